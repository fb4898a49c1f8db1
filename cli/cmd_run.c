/* vitrum run: a whole study. */
#include "cli.h"
#include <string.h>
#include <vitrum/study.h>

/* The folder of results when -o is not given: out/NAME, NAME of the folder that holds the study, or of the file itself
 * where it lies in the folder one works in. */
static void default_output(const char *path, char *dir, size_t size)
{
    const char *file = strrchr(path, '/');
    const char *name = path;
    size_t n = file ? (size_t)(file - path) : 0; /* the folder's part of the path */
    for (size_t i = 0; i < n; i++)
        if (path[i] == '/') name = path + i + 1;
    n -= (size_t)(name - path) < n ? (size_t)(name - path) : n;
    if (n == 0 || strncmp(name, ".", n) == 0 || strncmp(name, "..", n) == 0) {
        name = file ? file + 1 : path;
        const char *dot = strrchr(name, '.');
        n = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    }
    snprintf(dir, size, "out/%.*s", (int)n, name);
}

static vt_status give(const cli_args *args, const vt_study *study, const char *dir, vt_error *err)
{
    vt_result *merged = NULL;
    vt_status st = VT_OK;
    for (size_t i = 0; i < vt_study_answers(study) && args->format == CLI_TABLE; i++)
        printf("%s\n", vt_study_answer(study, i));
    if (args->format != CLI_TABLE) {
        VT_TRY(st = vt_study_merge(study, &merged, err));
        VT_TRY(st = args->format == CLI_JSON ? vt_result_write_json(merged, stdout, err)
                                             : vt_result_write_properties(merged, stdout, ',', err));
    }
    if (args->format == CLI_TABLE) printf("report: %s/report.html\n", dir);
done:
    vt_result_free(merged);
    return st;
}

static vt_status run(const cli_args *args, vt_error *err)
{
    char dir[4096];
    vt_study *study = NULL;
    vt_render render = {0};
    vt_status st;
    const vt_study_options options = {
        .settings = args->settings, .nsettings = args->nsettings, .threads = args->common.threads};
    default_output(args->words[0], dir, sizeof dir);
    const vt_study_output output = {.dir = args->output ? args->output : dir,
                                    .force = args->force != 0,
                                    .figures = true,
                                    .command_line = args->command_line};
    VT_TRY(st = vt_study_read(args->words[0], &study, err));
    VT_TRY(st = vt_study_run(study, &options, err));
    VT_TRY(st = vt_study_save(study, &output, &render, err));
    if (!args->quiet && render.note[0]) fprintf(stderr, "vitrum: %s\n", render.note);
    VT_TRY(st = give(args, study, output.dir, err));
done:
    vt_study_free(study);
    return st;
}

const cli_command CMD_RUN = {
    .name = "run",
    .usage = "STUDY.yaml",
    .summary = "run a study: reduce, fit, map, forecast, report",
    .details = "Runs every step of a study file and writes one folder with all results, figures and report.html. The "
               "folder is written whole or not at all; without -o it is out/NAME, where NAME is the folder of the "
               "study file. The answers of the study go to standard output.\n"
               "--set changes a study without editing it: --set STEP.KEY=VALUE.",
    .options = "set format output force seed level replicates threads",
    .examples = "vitrum run studies/liu2023/study.yaml\n"
                "vitrum run mine/study.yaml -o out/mine --force --threads 4",
    .words_low = 1,
    .words_high = 1,
    .run = run,
};
