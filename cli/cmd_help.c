/* vitrum help: the list of commands, or one of them. */
#include "doc.h"
#include <string.h>

static vt_status run(const cli_args *args, vt_error *err)
{
    const doc d = {stdout, DOC_TEXT};
    if (args->nwords == 0) {
        doc_main(&d);
        return VT_OK;
    }
    const cli_command *c = cli_command_find(args->words[0]);
    if (c) {
        doc_command(&d, c);
        return VT_OK;
    }
    return cli_unknown_word(args->words[0], err);
}

const cli_command CMD_HELP = {
    .name = "help",
    .usage = "[COMMAND]",
    .summary = "explain vitrum or one of its commands",
    .details = "",
    .options = "",
    .examples = "vitrum help\nvitrum help reduce",
    .words_low = 0,
    .words_high = 1,
    .run = run,
};
