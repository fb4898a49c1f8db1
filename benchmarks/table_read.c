/* Speed of the text table reader on one core: prints "name, size, processor seconds, MB/s" per kind of
 * table.
 * Argument: megabytes per table (default 100). */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <vitrum/io.h>

struct kind {
    const char *name, *header;
    char separator, decimal;
    int digits; /* after the point, of "%.*e" */
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Writes about `size` bytes of five columns; the same 20000 rows over and over. Returns the rows. */
static size_t write_table(FILE *f, const struct kind *k, size_t size)
{
    enum { ROWS = 20000 };
    char *block = malloc((size_t)ROWS * 160);
    size_t n = 0, rows = 0;
    unsigned long s = 12345;
    for (int i = 0; i < ROWS; i++) {
        for (int c = 0; c < 5; c++) {
            s = s * 6364136223846793005ul + 1442695040888963407ul;
            const double x = ((double)(s >> 11) / 9007199254740992.0 - 0.25) * (c == 0 ? 1e3 : 1e-3);
            const int length = sprintf(block + n, k->digits > 8 ? "%.*g" : "%.*f", k->digits, x);
            for (int j = 0; j < length; j++)
                if (block[n + (size_t)j] == '.') block[n + (size_t)j] = k->decimal;
            n += (size_t)length;
            block[n++] = c < 4 ? k->separator : '\n';
        }
    }
    fputs(k->header, f);
    for (size_t written = 0; written < size; written += n, rows += ROWS) fwrite(block, 1, n, f);
    free(block);
    return rows;
}

static int measure(const struct kind *k, size_t size)
{
    char path[] = "/tmp/vitrum-benchmark-XXXXXX";
    const int fd = mkstemp(path);
    FILE *f = fd >= 0 ? fdopen(fd, "wb") : NULL;
    if (!f) return 1;
    const size_t rows = write_table(f, k, size);
    const double bytes = (double)ftell(f);
    fclose(f);
    double best = 1e9;
    int failed = 0;
    for (int run = 0; run < 3 && !failed; run++) {
        vt_table *t = NULL;
        vt_error err = {0};
        const double start = now();
        failed = vt_table_read(path, NULL, &t, &err) != VT_OK || vt_table_rows(t) != rows;
        const double seconds = now() - start;
        if (seconds < best) best = seconds;
        if (failed) fprintf(stderr, "%s: %s\n", k->name, err.msg);
        vt_table_free(t);
    }
    remove(path);
    if (!failed) printf("%s, %.0f MB, %.3f s, %.0f MB/s\n", k->name, 1e-6 * bytes, best, 1e-6 * bytes / best);
    return failed;
}

int main(int argc, char **argv)
{
    static const struct kind KINDS[] = {
        {"table_read comma, 17 digits", "t [s],F [mN],h [nm],T [degC],I [A]\n", ',', '.', 17},
        {"table_read comma, 6 decimals", "t [s],F [mN],h [nm],T [degC],I [A]\n", ',', '.', 6},
        {"table_read tab, decimal comma", "t [s]\tF [mN]\th [nm]\tT [degC]\tI [A]\n", '\t', ',', 6}};
    const long mb = argc > 1 ? strtol(argv[1], NULL, 10) : 100;
    int failed = !(mb > 0);
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS && !failed; i++)
        failed = measure(&KINDS[i], (size_t)mb * 1000000);
    return failed;
}
