/* Time of a molding study: simulate, reduce with 10 000 bootstrap refits from lengths to laws, fit of the stated
 * numbers, the whole study of Liu et al. without figures. Prints one table. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <vitrum/experiment.h>
#include <vitrum/io.h>
#include <vitrum/study.h>

enum { REPEATS = 3 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void row(const char *what, double time, double limit, const char *text)
{
    printf("%-58s %9.4f s   limit %5.2f s   %s\n", what, time, limit, text);
}

static void stop(const vt_error *err)
{
    fprintf(stderr, "%s: %s\n", vt_status_name(err->code), err->msg);
    exit(1);
}

/* Shortest of several reductions: the machine may be busy with something else. Counts refits that failed. */
static double reduce(const vt_experiment *e, const vt_table *t, const char *replicates, const char *threads,
                     int *failed)
{
    double best = INFINITY;
    for (int k = 0; k < REPEATS; k++) {
        const vt_setting set[] = {{"replicates", replicates, NULL, 0}, {"threads", threads, NULL, 0}};
        const vt_request in = {.raw = &t, .nraw = 1, .settings = set, .nsettings = 2};
        vt_error err = {0};
        vt_result *r = NULL;
        const double start = seconds();
        if (vt_reduce(e, &in, &r, &err) != VT_OK) stop(&err);
        best = fmin(best, seconds() - start);
        *failed = 0;
        for (size_t i = 0; i < vt_result_warnings(r); i++)
            if (sscanf(vt_result_warning_code(r, i), "W_REPLICATE%*c") == 0 &&
                sscanf(vt_result_warning_message(r, i), "%d of %*d bootstrap refits", failed) == 1)
                break;
        vt_result_free(r);
    }
    return best;
}

static double study(const char *path)
{
    double best = INFINITY;
    for (int k = 0; k < REPEATS; k++) {
        vt_error err = {0};
        vt_study *s = NULL;
        const vt_study_options options = {.threads = 2};
        const double start = seconds();
        if (vt_study_read(path, &s, &err) != VT_OK || vt_study_run(s, &options, &err) != VT_OK) stop(&err);
        best = fmin(best, seconds() - start);
        vt_study_free(s);
    }
    return best;
}

int main(void)
{
    vt_error err = {0};
    char path[1024], text[64];
    int failed = 0;
    vt_table *lengths = NULL, *stated = NULL;
    const vt_experiment *molding = vt_experiment_find("molding"), *transport = vt_experiment_find("transport");
    const vt_request nothing = {0};
    if (!molding || !transport || vt_simulate(molding, &nothing, &lengths, &err) != VT_OK) stop(&err);
    for (int threads = 1; threads <= 2; threads++) {
        char what[80];
        snprintf(text, sizeof text, "%d", threads);
        const double time = reduce(molding, lengths, "10000", text, &failed);
        snprintf(what, sizeof what, "10 000 refits, lengths to laws, 7 temperatures, %d thread%s", threads,
                 threads == 1 ? "" : "s");
        snprintf(text, sizeof text, "failed %d", failed);
        row(what, time, 4.0, text);
    }
    row("one molding study reduced, 300 refits, 2 threads", reduce(molding, lengths, "300", "2", &failed), 0.2, "");
    if (vt_data_path("studies/liu2023/stated.csv", path, sizeof path, &err) != VT_OK ||
        vt_table_read(path, NULL, &stated, &err) != VT_OK)
        stop(&err);
    row("stated numbers fitted, 300 refits, 2 threads", reduce(transport, stated, "300", "2", &failed), 0.1, "");
    if (vt_data_path("studies/liu2023/study.yaml", path, sizeof path, &err) != VT_OK) stop(&err);
    row("whole study of Liu et al., no figures, 2 threads", study(path), 0.5, "");
    vt_table_free(lengths);
    vt_table_free(stated);
    return 0;
}
