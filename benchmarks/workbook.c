/* Time to read workbooks of indenters whole, every test and result: processor time of one core.
 *
 * Argument: the folder of real instrument files; a file that is not there is passed over. */
#include "bench.h"
#include <unistd.h>
#include <vitrum/io.h>

enum { READS = 10 };

static void measure(const char *id, const char *root, const char *relative)
{
    char path[1024];
    vt_error err = {0};
    snprintf(path, sizeof path, "%s/nanoindentation/%s", root, relative);
    if (access(path, R_OK) != 0) {
        fprintf(stderr, "%s is not there\n", path);
        return;
    }
    const double start = bench_processor();
    for (int i = 0; i < READS; i++) {
        vt_book *book = NULL;
        bench_need(vt_book_read(path, NULL, &book, &err), &err);
        vt_book_free(book);
    }
    bench_print(id, (bench_processor() - start) / READS);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: workbook FOLDER\n");
        return 2;
    }
    measure("workbook.xls", argv[1], "mts-xp-fused-silica-csm/FS_XP.xls");
    measure("workbook.xlsx", argv[1], "kla-fused-silica-10cycles-uncalibrated/FusedSilica.xlsx");
    return 0;
}
