/* vitrum simulate: the virtual instrument of an experiment writes what reduce reads. */
#include "cli.h"
#include <string.h>
#include <vitrum/image.h>

static void say(const char *path, const vt_table *record)
{
    const vt_image *i = vt_table_image(record);
    if (i)
        fprintf(stderr, "vitrum: %s: %zu x %zu pixels, slices: %zu\n", path, i->width, i->height, i->count);
    else
        fprintf(stderr, "vitrum: %s: %zu rows\n", path, vt_table_rows(record));
}

static vt_status run(const cli_args *args, vt_error *err)
{
    const vt_experiment *e = NULL;
    vt_card *card = NULL;
    vt_table *record = NULL;
    vt_status st;
    VT_TRY(st = cli_experiment(args->words[0], &e, err));
    if (!e->simulate) VT_TRY(st = vt_fail(err, VT_EKEY, "%s has no virtual instrument", e->name));
    VT_TRY(st = cli_card(args, NULL, &card, err));
    const vt_request in = cli_request(args, NULL, card);
    VT_TRY(st = vt_simulate(e, &in, &record, err));
    if (!args->output || strcmp(args->output, "-") == 0) {
        VT_TRY(st = vt_table_write(record, stdout, err));
    } else {
        VT_TRY(st = vt_table_save(record, args->output, err));
        if (!args->quiet) say(args->output, record);
    }
done:
    vt_table_free(record);
    vt_card_free(card);
    return st;
}

const cli_command CMD_SIMULATE = {
    .name = "simulate",
    .usage = "EXPERIMENT",
    .summary = "write the table that a virtual instrument would measure",
    .details =
        "Computes what an experiment would measure for a known truth, with the scatter of a real instrument, and "
        "writes a table, or a picture (TIFF), that `vitrum reduce` reads: to plan a campaign, to test a reduction, to "
        "teach.\n"
        "The same seed gives the same bytes. Without -o, and with -o -, the table goes to standard output.",
    .options = "set alloy output seed level replicates threads",
    .examples = "vitrum simulate molding --seed 1 -o lengths.csv\n"
                "vitrum simulate molding --set pressures=300MPa | vitrum reduce molding -",
    .words_low = 1,
    .words_high = 1,
    .run = run,
};
