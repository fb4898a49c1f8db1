/* vitrum describe: the registry, one descriptor, or what a file holds. */
#include "doc.h"
#include <string.h>
#include <unistd.h>

static bool described(const char *name)
{
    const doc d = {stdout, DOC_TEXT};
    const vt_experiment *e = vt_experiment_find(name);
    const vt_forecast *p = vt_forecast_find(VT_PROCESS, name), *m = vt_forecast_find(VT_MAP, name);
    if (e) doc_experiment(&d, e);
    if (e && p) printf("\n");
    if (p) doc_forecast(&d, p);
    if ((e || p) && m) printf("\n");
    if (m) doc_forecast(&d, m);
    return e || p || m;
}

static vt_status unknown(const char *name, vt_error *err)
{
    const char *known[128] = {NULL};
    size_t n = 0;
    for (size_t i = 0; VT_EXPERIMENTS[i] && n < 127; i++) known[n++] = VT_EXPERIMENTS[i]->name;
    for (size_t i = 0; VT_FORECASTS[i] && n < 127; i++) known[n++] = VT_FORECASTS[i]->name;
    return cli_unknown("experiment, process, map or file", name, known, "`vitrum describe`", err);
}

static vt_status run(const cli_args *args, vt_error *err)
{
    const doc d = {stdout, DOC_TEXT};
    if (args->nwords == 0) {
        printf("vitrum describes what it reads and gives. `vitrum describe NAME` says more about each.\n");
        doc_registry(&d);
        return VT_OK;
    }
    if (args->nwords == 1 && described(args->words[0])) return VT_OK;
    for (size_t i = 0; i < args->nwords; i++) {
        const char *word = args->words[i];
        const bool path = strcmp(word, "-") == 0 || strchr(word, '/') || strchr(word, '.') || access(word, F_OK) == 0;
        if (!path) return unknown(word, err);
    }
    return cli_describe_files(args, err);
}

const cli_command CMD_DESCRIBE = {
    .name = "describe",
    .usage = "[EXPERIMENT|PROCESS|MAP|FILE...]",
    .summary = "say what an experiment, process or map reads and gives, or what a file holds",
    .details = "Without operand lists every experiment, process and map. With a name prints its columns, parameters "
               "with units, defaults and ranges, properties, model and reference. With files says what each was "
               "recognised as, lists its tables, columns and metadata, what was replaced, left out or not read, which "
               "experiments would read it, what each would use and ignore, or why it refuses.",
    .options = "unit column sheet threads",
    .examples = "vitrum describe\n"
                "vitrum describe molding\n"
                "vitrum describe lengths.csv",
    .words_low = 0,
    .words_high = (size_t)-1,
    .run = run,
};
