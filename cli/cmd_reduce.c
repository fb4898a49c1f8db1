/* vitrum reduce: tables of an experiment become properties. */
#include "cli.h"

static vt_status run(const cli_args *args, vt_error *err)
{
    const vt_experiment *e = NULL;
    cli_inputs tables = {0};
    vt_card *card = NULL;
    vt_result *result = NULL;
    vt_status st;
    VT_TRY(st = cli_experiment(args->words[0], &e, err));
    VT_TRY(st = cli_read(args, 1, e->columns, e->forms, &tables, err));
    VT_TRY(st = cli_card(args, tables.tables[0], &card, err));
    const vt_request in = cli_request(args, &tables, card);
    VT_TRY(st = vt_reduce(e, &in, &result, err));
    VT_TRY(st = cli_result(args, result, err));
done:
    vt_result_free(result);
    cli_inputs_free(&tables);
    vt_card_free(card);
    return st;
}

const cli_command CMD_REDUCE = {
    .name = "reduce",
    .usage = "EXPERIMENT FILE...",
    .summary = "reduce measured tables to properties with uncertainty",
    .details =
        "Reads the tables that an experiment wrote and gives its properties, each with standard uncertainty, "
        "interval and budget. `vitrum describe EXPERIMENT` lists the columns, the parameters and the properties.\n"
        "Parameters come from their defaults, then from metadata lines of the first file, then from --set. With "
        "-o the folder also holds result.json, properties.csv, the curves, the figures and report.html.",
    .options = "set unit column sheet alloy format output force seed level replicates threads",
    .examples = "vitrum reduce molding lengths.csv\n"
                "vitrum reduce molding lengths.csv --set entrance=yes -o out/lengths\n"
                "vitrum reduce molding day1.csv day2.csv --format json > lengths.json\n"
                "vitrum reduce molding lengths.csv --unit length=nm    # the header gives no unit",
    .words_low = 2,
    .words_high = (size_t)-1,
    .run = run,
};
