/* Old workbooks from arbitrary bytes, and, so that the fuzzer need not find sectors and offsets first, arbitrary
 * records inside a good file: the first byte says whether the bytes are the file, its stream, its shared strings, or
 * the cells of a sheet that is a plain one, a test, or a list of tests. */
#include "../io/xls_text.h"
#include <vitrum/io.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct xls bytes_of(const uint8_t *data, size_t size)
{
    struct xls x = {0};
    xls_bytes(&x, data, size);
    return x;
}

/* Names and units of a test, so that its rows are the fuzzer's. */
static void heads(struct xls *x, const char *first)
{
    static const char *const NAMES[] = {"Displacement Into Surface", "Load On Sample", "Poissons Ratio"},
                             *const UNITS[] = {"nm", "mN", "1"};
    xls_label(x, 0, 0, first, 0x0600);
    for (unsigned i = 0; i < 3; i++) {
        xls_label(x, 0, i + 1, NAMES[i], 0x0600);
        xls_label(x, 1, i + 1, UNITS[i], 0x0600);
    }
}

/* Workbook of a test and a list of results; `which` of the two ends in the bytes. */
static unsigned char *tests(const uint8_t *data, size_t size, unsigned which, size_t *n)
{
    static const char *const STRINGS[] = {"1-2", "Segment Type", "END"};
    struct xls strings = xls_strings(STRINGS, 3);
    struct xls_sheet s[2] = {{.name = "Results"}, {.name = "Test 001"}};
    heads(&s[0].cells, "Test");
    heads(&s[1].cells, "Segment");
    xls_number(&s[1].cells, 2, 1, 17.5);
    xls_bytes(&s[which].cells, data, size);
    unsigned char *file = xls_file(xls_stream(0x0600, &strings, s, 2), n);
    free(strings.p);
    return file;
}

static unsigned char *plain(const uint8_t *data, size_t size, bool strings, size_t *n)
{
    struct xls x = bytes_of(data, size), extra = {0};
    struct xls_sheet s = {.name = "one"};
    xls_label(&s.cells, 0, 0, "T [K]", 0x0600);
    xls_number(&s.cells, 1, 0, 570.0);
    if (strings) {
        xls_take(&extra, 0x00FC, &x);
        for (uint32_t i = 0; i < 4; i++) xls_shared(&s.cells, 0, i + 1, i);
    } else {
        xls_bytes(&s.cells, x.p, x.n);
    }
    unsigned char *file = xls_file(xls_stream(0x0600, strings ? &extra : NULL, &s, 1), n);
    free(strings ? extra.p : x.p);
    return file;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > 60000) return 0; /* a record has at most 65535 bytes */
    const unsigned which = data[0] % 6;
    size_t n = size - 1;
    unsigned char *file = NULL;
    if (which == 0) file = bytes_of(data + 1, n).p;
    if (which == 1) file = ole_make("Workbook", data + 1, n, &n);
    if (which == 2 || which == 3) file = plain(data + 1, n, which == 2, &n);
    if (which >= 4) file = tests(data + 1, n, which - 4, &n);
    vt_book *book = NULL;
    vt_error err = {0};
    const vt_status st = vt_book_parse("fuzz.xls", file, n, NULL, &book, &err);
    if (st == VT_OK ? vt_book_tables(book) == 0 : (err.code != st || !err.msg[0] || book)) abort();
    vt_book_free(book);
    free(file);
    return 0;
}
