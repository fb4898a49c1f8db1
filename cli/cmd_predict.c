/* vitrum predict and vitrum map: forecasts and maps from an alloy card. */
#include "cli.h"

static vt_status forecast(vt_model_kind kind, const cli_args *args, vt_error *err)
{
    const vt_forecast *f = NULL;
    vt_card *card = NULL;
    cli_inputs tables = {0};
    vt_result *result = NULL;
    vt_status st;
    VT_TRY(st = cli_forecast(kind, args->words[0], &f, err));
    VT_TRY(st = cli_card(args, NULL, &card, err));
    if (args->nwords > 1 && !f->columns) VT_TRY(st = vt_fail(err, VT_EUSAGE, "%s takes no table", f->name));
    VT_TRY(st = cli_read(args, 1, f->columns, NULL, &tables, err));
    const vt_request in = cli_request(args, &tables, card);
    VT_TRY(st = vt_forecast_run(f, &in, &result, err));
    VT_TRY(st = cli_result(args, result, err));
done:
    vt_result_free(result);
    cli_inputs_free(&tables);
    vt_card_free(card);
    return st;
}

static vt_status predict(const cli_args *args, vt_error *err)
{
    return forecast(VT_PROCESS, args, err);
}

static vt_status map(const cli_args *args, vt_error *err)
{
    return forecast(VT_MAP, args, err);
}

const cli_command CMD_PREDICT = {
    .name = "predict",
    .usage = "PROCESS [FILE]...",
    .summary = "forecast a forming run from an alloy card",
    .details = "Says what a run will give, each number with an interval that follows from the uncertainties of the "
               "card. `vitrum describe PROCESS` lists the parameters.",
    .options = "set unit column sheet alloy format output force seed level replicates threads",
    .examples =
        "vitrum predict molding -a Ni45Pd35P16B4 -s temperature=287degC -s pressure=2GPa -s time=10h -s diameter=40nm",
    .words_low = 1,
    .words_high = (size_t)-1,
    .run = predict,
};

const cli_command CMD_MAP = {
    .name = "map",
    .usage = "KIND [FILE]...",
    .summary = "draw a map: which mechanism rules at which size and temperature",
    .details = "Computes a map from an alloy card. With -o the folder holds the figure as SVG, PNG, data and gnuplot "
               "script. Points of tables given as FILE are marked on it. `vitrum describe KIND` lists the parameters.",
    .options = "set unit column sheet alloy format output force seed level replicates threads",
    .examples = "vitrum map mechanism --alloy Ni45Pd35P16B4 -o out/map",
    .words_low = 1,
    .words_high = (size_t)-1,
    .run = map,
};
