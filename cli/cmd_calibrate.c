/* vitrum calibrate: records of reference materials become a calibration. A front of the experiment NAME_calibration. */
#include "cli.h"
#include <stdio.h>
#include <string.h>

static const char ENDING[] = "_calibration";

size_t cli_calibrated(const char *experiment)
{
    const size_t n = strlen(experiment), ending = strlen(ENDING);
    return n > ending && strcmp(experiment + n - ending, ENDING) == 0 ? n - ending : 0;
}

const vt_experiment *cli_calibration(const char *name)
{
    for (size_t i = 0; VT_EXPERIMENTS[i]; i++) {
        const size_t n = cli_calibrated(VT_EXPERIMENTS[i]->name);
        const bool full = strcmp(VT_EXPERIMENTS[i]->name, name) == 0; /* the whole name is understood as well */
        if (n > 0 && (full || (strlen(name) == n && strncmp(VT_EXPERIMENTS[i]->name, name, n) == 0)))
            return VT_EXPERIMENTS[i];
    }
    return NULL;
}

static vt_status find(const char *name, const vt_experiment **e, vt_error *err)
{
    char known[256] = "";
    *e = cli_calibration(name);
    for (size_t i = 0; VT_EXPERIMENTS[i]; i++) {
        const size_t n = cli_calibrated(VT_EXPERIMENTS[i]->name), used = strlen(known);
        if (n > 0)
            snprintf(known + used, sizeof known - used, "%s%.*s", used ? ", " : "", (int)n, VT_EXPERIMENTS[i]->name);
    }
    return *e ? VT_OK : vt_fail(err, VT_EUSAGE, "there is no calibration of \"%.60s\"; there is: %s", name, known);
}

static vt_status run(const cli_args *args, vt_error *err)
{
    const vt_experiment *e = NULL;
    cli_inputs tables = {0};
    vt_result *result = NULL;
    vt_status st;
    VT_TRY(st = find(args->words[0], &e, err));
    VT_TRY(st = cli_read(args, 1, e->columns, e->forms, &tables, err));
    const vt_request in = cli_request(args, &tables, NULL);
    VT_TRY(st = vt_reduce(e, &in, &result, err));
    st = cli_result(args, result, err);
done:
    vt_result_free(result);
    cli_inputs_free(&tables);
    return st;
}

const cli_command CMD_CALIBRATE = {
    .name = "calibrate",
    .usage = "EXPERIMENT FILE...",
    .summary = "calibrate an instrument on reference materials",
    .details =
        "Reads the records of reference materials and gives the calibration of the instrument with its uncertainty. "
        "With "
        "-o the folder also holds calibration.yaml, which other reductions take. `calibrate NAME` is the reduction of "
        "the experiment NAME_calibration: `vitrum describe NAME_calibration` lists its parameters.\n"
        "Which file is which material: its metadata line `# reference: tungsten`, --set references=..., or the name of "
        "the "
        "file.",
    .options = "set unit column sheet format output force seed level replicates threads",
    .examples = "vitrum calibrate indentation fused_silica.csv -o out/tip\n"
                "vitrum calibrate indentation fused_silica.csv day2_silica.csv --set min_depth=60nm\n"
                "vitrum reduce indentation wires.csv --set area_function=tip/calibration.yaml",
    .words_low = 2,
    .words_high = (size_t)-1,
    .run = run,
};
