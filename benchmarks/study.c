/* Time of a whole study without figures: read, run, write the folder. Arguments: the study file, a folder to write
 * into. */
#include "bench.h"
#include <vitrum/study.h>

int main(int argc, char **argv)
{
    vt_study *study = NULL;
    vt_error err = {0};
    char dir[4096];
    if (argc != 3) {
        fprintf(stderr, "usage: study STUDY FOLDER\n");
        return 2;
    }
    snprintf(dir, sizeof dir, "%s/study", argv[2]);
    const vt_study_output out = {.dir = dir, .force = true, .command_line = "vitrum run"};
    const double start = bench_wall();
    bench_need(vt_study_read(argv[1], &study, &err), &err);
    const double read = bench_wall();
    bench_need(vt_study_run(study, NULL, &err), &err);
    const double run = bench_wall();
    bench_need(vt_study_save(study, &out, NULL, &err), &err);
    const double saved = bench_wall();
    bench_print("study.read", read - start);
    bench_print("study.run", run - read);
    bench_print("study.save", saved - run);
    bench_print("study", saved - start);
    bench_print("study.core", bench_processor());
    vt_study_free(study);
    return 0;
}
