/* Time of 10 000 bootstrap refits of the seven-temperature study, from lengths to laws (experiment molding).
 *
 * Arguments: the study file, a folder. The lengths that its step "lengths" simulates go there as lengths.csv, for the
 * same refits in SciPy (bootstrap.py). */
#include "bench.h"
#include <string.h>
#include <vitrum/experiment.h>
#include <vitrum/io.h>
#include <vitrum/study.h>

/* The table that the step simulates. Borrowed from the study. */
static const vt_table *lengths(vt_study *study)
{
    vt_error err = {0};
    bench_need(vt_study_run(study, NULL, &err), &err);
    for (size_t i = 0; i < vt_study_steps(study); i++)
        if (strcmp(vt_study_step_name(study, i), "lengths") == 0)
            return vt_result_curve(vt_study_step_result(study, i), 0);
    fprintf(stderr, "the study has no step 'lengths'\n");
    exit(1);
}

/* Refits that failed, from the warning that says so. */
static int failures(const vt_result *result)
{
    int failed = 0;
    for (size_t i = 0; i < vt_result_warnings(result); i++)
        if (strcmp(vt_result_warning_code(result, i), "W_REPLICATES") == 0 &&
            sscanf(vt_result_warning_message(result, i), "%d of", &failed) != 1)
            failed = -1;
    return failed;
}

/* Time of one reduction on the wall. */
static double reduce(const vt_table *record, const char *replicates, const char *threads)
{
    const vt_setting settings[] = {{.key = "replicates", .text = replicates}, {.key = "threads", .text = threads}};
    const vt_request request = {.raw = &record, .nraw = 1, .settings = settings, .nsettings = 2};
    vt_result *result = NULL;
    vt_error err = {0};
    const double start = bench_wall();
    bench_need(vt_reduce(vt_experiment_find("molding"), &request, &result, &err), &err);
    const double time = bench_wall() - start;
    bench_print("bootstrap.failed", failures(result));
    vt_result_free(result);
    return time;
}

int main(int argc, char **argv)
{
    vt_study *study = NULL;
    vt_error err = {0};
    char path[4096];
    if (argc != 3) {
        fprintf(stderr, "usage: bootstrap STUDY FOLDER\n");
        return 2;
    }
    bench_need(vt_study_read(argv[1], &study, &err), &err);
    const vt_table *record = lengths(study);
    snprintf(path, sizeof path, "%s/lengths.csv", argv[2]);
    bench_need(vt_table_save(record, path, &err), &err);
    bench_print("bootstrap", reduce(record, "10000", "0"));
    const double start = bench_processor(); /* the difference of two counts is free of what is done once */
    reduce(record, "1000", "1");
    const double middle = bench_processor();
    reduce(record, "4000", "1");
    bench_print("bootstrap.core", (bench_processor() - middle - (middle - start)) / 3000.0);
    vt_study_free(study);
    return 0;
}
