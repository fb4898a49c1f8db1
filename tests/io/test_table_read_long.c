/* Ten million rows: every row there, memory bounded by the columns, not by the file. */
#include "io/table_text.h"
#include <sys/resource.h>
#include <unistd.h>

static double peak_bytes(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return 1024.0 * (double)u.ru_maxrss;
}

static void ten_million_rows_are_read_in_bounded_memory(void)
{
    enum { ROWS = 10000000, LINE = 26 };
    char path[] = "/tmp/vitrum-rows-XXXXXX";
    const int fd = mkstemp(path);
    FILE *f = fd >= 0 ? fdopen(fd, "wb") : NULL;
    CHECK(f != NULL);
    if (!f) return;
    fputs("time [s],temperature [degC]\n", f);
    for (long i = 0; i < ROWS; i++) fprintf(f, "%012.3f,%012.6f\n", 0.5 * (double)i, 20.0 + 1e-5 * (double)i);
    const double size = (double)ftell(f);
    fclose(f);
    vt_table *t = NULL;
    vt_error err = {0};
    const double before = peak_bytes();
    CHECK_OK(vt_table_read(path, NULL, &t, &err), &err);
    const double grown = peak_bytes() - before, columns = 2.0 * 8.0 * ROWS;
    remove(path);
    CHECK(vt_table_rows(t) == ROWS && size > 2.5e8);
    size_t wrong = 0;
    for (size_t i = 0; i < vt_table_rows(t); i++) {
        wrong += at(t, "time", i) != 0.5 * (double)i;
        wrong += !(fabs(at(t, "temperature", i) - (293.15 + 1e-5 * (double)i)) <= 5.1e-7); /* six decimals */
    }
    CHECK(wrong == 0 && vt_table_line(t, ROWS - 1) == ROWS + 1);
    /* columns grow by half: 1.5 of their size, one of them twice while it moves (1.5 + 1.0 + 0.75), and a window */
    CHECK_BAND(grown, columns, 1.75 * columns + 8e6);
    vt_table_free(t);
}

CHECK_MAIN(CHECK_CASE(ten_million_rows_are_read_in_bounded_memory))
