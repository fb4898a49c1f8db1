/* The binary workbook: cells of every type, texts cut by CONTINUE records, both versions, and every refusal. */
#include "io/table_text.h"
#include "io/xls_text.h"

enum { BIFF8 = 0x0600, BIFF5 = 0x0500 };

/* Workbook of one sheet with these cells and shared strings. */
static unsigned char *one_sheet(struct xls cells, const struct xls *extra, size_t *size)
{
    struct xls_sheet sheet = {.name = "one", .cells = cells};
    return xls_file(xls_stream(BIFF8, extra, &sheet, 1), size);
}

static vt_table *read_one(struct xls cells, struct xls extra)
{
    size_t n;
    unsigned char *file = one_sheet(cells, extra.p ? &extra : NULL, &n);
    vt_table *t = table_of_size((const char *)file, n, NULL);
    free(file);
    free(extra.p);
    return t;
}

static void names(struct xls *x)
{
    xls_label(x, 0, 0, "T [K]", BIFF8);
    xls_label(x, 0, 1, "who", BIFF8);
}

/* The numbers of examples in OpenOffice.org's Documentation of the Excel file format, 2.5.5, beside some of ours: a
 * negative integer, a negative integer over a hundred, and the double whose upper 30 bits are kept. */
static void packed_numbers_are_unpacked(void)
{
    static const struct {
        uint32_t rk;
        double value;
    } ROWS[] = {{0x3FF00000u, 1.0},      {0x3FF00001u, 0.01},         {0x004B5646u, 1234321.0},
                {0x004B5647u, 12343.21}, {(uint32_t)-7 << 2 | 2, -7}, {(uint32_t)-7 << 2 | 3, -0.07},
                {0xC0590000u, -100.0}};
    enum { N = sizeof ROWS / sizeof *ROWS };
    struct xls x = {0};
    xls_label(&x, 0, 0, "a [1]", BIFF8);
    for (unsigned i = 0; i < N; i++) xls_rk(&x, i + 1, 0, ROWS[i].rk);
    vt_table *t = read_one(x, (struct xls){0});
    CHECK(vt_table_rows(t) == N);
    for (unsigned i = 0; i < N; i++) CHECK(at(t, "a", i) == ROWS[i].value); /* the nearest double: exact */
    vt_table_free(t);
}

static void cells_of_every_type_are_read(void)
{
    static const char *const STRINGS[] = {"T [degC]", "eta [Pa s]", "who"};
    struct xls x = {0}, b = xls_at(3, 0);
    for (unsigned i = 0; i < 3; i++) xls_shared(&x, 2, i, i);
    xls_int(&b, 0x4072A000u, 4); /* MULRK: format and number of each cell, then the last column; 298 */
    xls_int(&b, 15, 2);
    xls_int(&b, 0x40F86A00u, 4); /* 1e5 */
    xls_int(&b, 1, 2);
    xls_take(&x, 0x00BD, &b);
    xls_label(&x, 3, 2, "\xB5 \"quoted\"", BIFF8);
    xls_record(&x, 0x0201, "\4\0\0\0\x0F\0", 6); /* BLANK */
    xls_number(&x, 4, 0, 299.5);
    xls_record(&x, 0x0205, "\4\0\1\0\x0F\0\x07\1", 8); /* BOOLERR: #DIV/0! */
    xls_formula(&x, 4, 2, "\0\0\0\0\0\0\xFF\xFF");
    xls_record(&x, 0x04BC, "shared formula", 14); /* may stand between a formula and its text */
    b = (struct xls){0};
    xls_text(&b, "of a formula", BIFF8);
    xls_take(&x, 0x0207, &b);
    xls_formula(&x, 6, 0, "\0\0\0\0\0\xC8\x72\x40"); /* 300.5 */
    xls_formula(&x, 6, 1, "\2\0\x2A\0\0\0\xFF\xFF"); /* #N/A */
    xls_record(&x, 0x0205, "\6\0\2\0\x0F\0\1\0", 8); /* TRUE */
    vt_table *t = read_one(x, xls_strings(STRINGS, 3));
    CHECK(vt_table_rows(t) == 3 && vt_table_columns(t) == 3);
    CHECK(at(t, "T", 0) == 298.0 + 273.15 && at(t, "T", 1) == 299.5 + 273.15 && at(t, "T", 2) == 300.5 + 273.15);
    CHECK(at(t, "eta", 0) == 1e5 && isnan(at(t, "eta", 1)) && isnan(at(t, "eta", 2)));
    CHECK(strcmp(vt_table_text(t, 2, 0), "\xC2\xB5 \"quoted\"") == 0);
    CHECK(strcmp(vt_table_text(t, 2, 1), "of a formula") == 0 && strcmp(vt_table_text(t, 2, 2), "1") == 0);
    CHECK(vt_table_line(t, 0) == 4 && vt_table_line(t, 1) == 5 && vt_table_line(t, 2) == 7); /* rows of the sheet */
    vt_table_free(t);
}

/* SST: "ab" of single bytes cut after 'a' and going on in two bytes each; a wide text cut and going on in single bytes;
 * one with formatting runs and phonetic bytes that a cut parts; one that begins a CONTINUE record. */
static void shared_strings_go_on_in_other_records(void)
{
    struct xls b = {0}, x = {0}, cells = {0};
    xls_int(&b, 4, 4);
    xls_int(&b, 4, 4);
    xls_bytes(&b,
              "\2\0\0"
              "a",
              4);
    xls_take(&x, 0x00FC, &b);
    xls_bytes(&b,
              "\1"
              "b\0",
              3); /* wide now */
    xls_bytes(&b,
              "\3\0\1"
              "\xBC\3",
              5); /* three characters, wide: mu */
    xls_take(&x, 0x003C, &b);
    xls_bytes(&b,
              "\0"
              "m\xB2",
              3); /* single bytes now: m, superscript two */
    xls_bytes(&b,
              "\2\0\x0C\2\0\5\0\0\0"
              "Pa",
              11); /* rich and far eastern: 2 runs, 5 bytes */
    xls_bytes(&b, "runs", 4);
    xls_take(&x, 0x003C, &b);
    xls_bytes(&b, "RUNSphone", 9); /* no flags byte before these */
    xls_take(&x, 0x003C, &b);
    xls_bytes(&b, "\4\0\0last", 7);
    xls_take(&x, 0x003C, &b);
    xls_label(&cells, 0, 0, "name", BIFF8);
    xls_label(&cells, 0, 1, "d [um]", BIFF8);
    for (unsigned i = 0; i < 4; i++) xls_shared(&cells, i + 1, 0, i);
    for (unsigned i = 0; i < 4; i++) xls_number(&cells, i + 1, 1, 17.0 + i);
    vt_table *t = read_one(cells, x);
    static const char *const EXPECTED[] = {"ab", "\xCE\xBCm\xC2\xB2", "Pa", "last"};
    for (size_t i = 0; i < 4; i++)
        if (strcmp(vt_table_text(t, 0, i), EXPECTED[i]) != 0)
            CHECK_FAILED("string %zu is '%s', expected '%s'", i, vt_table_text(t, 0, i), EXPECTED[i]);
    vt_table_free(t);
}

static void excel_5_is_read(void)
{
    struct xls_sheet sheet = {.name = "f\xFCnf"};
    size_t n;
    xls_label(&sheet.cells, 0, 0, "d [\xB5m]", BIFF5);
    xls_number(&sheet.cells, 1, 0, 52.0);
    struct xls stream = xls_stream(BIFF5, NULL, &sheet, 1);
    unsigned char *file = ole_make("Book", stream.p, stream.n, &n);
    vt_table *t = table_of_size((const char *)file, n, &(vt_read_options){.sheet = "f\xC3\xBCnf"});
    CHECK(at(t, "d", 0) == 52e-6); /* division by 1e6: the nearest double */
    vt_table_free(t);
    free(file);
    free(stream.p);
}

/* Charts are no sheets of cells, whether they stand beside a sheet or inside it; the first sheet that is not empty is
 * the one that is meant; cells may come in any order. */
static void sheets_are_found(void)
{
    struct xls_sheet sheet[4] = {{.name = "empty"}, {.name = "chart", .type = 2}, {.name = "a"}, {.name = "b"}};
    size_t n;
    for (unsigned k = 2; k < 4; k++) {
        struct xls *x = &sheet[k].cells;
        xls_number(x, 2, 0, 100.0 * k + 2.0);
        xls_bof(x, BIFF8, 0x0020);
        xls_number(x, 1, 0, -1.0); /* of the chart */
        xls_eof(x);
        xls_number(x, 1, 0, 100.0 * k + 1.0);
        names(x);
        xls_label(x, 1, 1, "somebody", BIFF8);
    }
    unsigned char *file = xls_file(xls_stream(BIFF8, NULL, sheet, 4), &n);
    vt_table *t = table_of_size((const char *)file, n, NULL);
    CHECK(vt_table_rows(t) == 2 && at(t, "T", 0) == 201.0 && at(t, "T", 1) == 202.0);
    vt_table_free(t);
    t = table_of_size((const char *)file, n, &(vt_read_options){.sheet = "b"});
    CHECK(at(t, "T", 0) == 301.0);
    vt_table_free(t);
    refused_size((const char *)file, n, &(vt_read_options){.sheet = "chart"}, VT_EKEY, 0,
                 "has no sheet 'chart'; there are 'empty', 'a', 'b'");
    refused_size((const char *)file, n, &(vt_read_options){.sheet = "empty"}, VT_ESHAPE, 0, "empty");
    free(file);
}

static void markers_without_a_name_get_one(void)
{
    static const char *const NAMES[] = {"h", "P", "t"}, *const UNITS[] = {"nm", "mN", "s"};
    struct xls x = {0};
    xls_label(&x, 2, 0, "Begin", BIFF8);
    for (unsigned c = 0; c < 3; c++) {
        xls_label(&x, 0, c + 1, NAMES[c], BIFF8);
        xls_label(&x, 1, c + 1, UNITS[c], BIFF8);
        for (unsigned r = 2; r < 7; r++) xls_number(&x, r, c + 1, 17.0 * r + c);
    }
    vt_table *t = read_one(x, (struct xls){0});
    CHECK(vt_table_columns(t) == 4 && vt_table_find(t, "marker") == 0 && vt_table_rows(t) == 5);
    CHECK(strcmp(vt_table_text(t, 0, 0), "Begin") == 0 && at(t, "h", 1) == 51e-9);
    vt_table_free(t);
}

/* ---- refusals ---- */
static void refused_file(unsigned char *file, size_t n, vt_status code, long line, const char *part)
{
    refused_size((const char *)file, n, NULL, code, line, part);
    free(file);
}

static void refused_cells(struct xls cells, vt_status code, long line, const char *part)
{
    size_t n;
    unsigned char *file = one_sheet(cells, NULL, &n);
    refused_file(file, n, code, line, part);
}

static void refused_stream(const char *name, struct xls stream, vt_status code, const char *part)
{
    size_t n;
    unsigned char *file = ole_make(name, stream.p, stream.n, &n);
    free(stream.p);
    refused_file(file, n, code, 0, part);
}

static void damaged_cells_are_refused(void)
{
    struct xls x = {0};
    xls_shared(&x, 16, 0, 3);
    refused_cells(x, VT_EPARSE, 17, "a shared string that does not exist in row 17");
    x = (struct xls){0};
    xls_record(&x, 0x0203, "\4\0\0\0\x0F\0short", 11);
    refused_cells(x, VT_EPARSE, 5, "sheet 'one' is damaged in row 5");
    x = (struct xls){0};
    xls_record(&x, 0x0204, "\4\0\0\0\x0F\0\xFF\xFF\0abc", 12); /* 65535 characters */
    refused_cells(x, VT_EPARSE, 5, "sheet 'one' is damaged in row 5");
    x = (struct xls){0};
    xls_record(&x, 0x00BD, "\4\0\xFF\xFF\x0F\0\0\0\0\0\0\0", 12); /* a column beyond all */
    refused_cells(x, VT_EPARSE, 5, "sheet 'one' is damaged in row 5");
    refused_cells((struct xls){0}, VT_ESHAPE, 0, "empty");
}

static void sheets_that_are_mostly_empty_are_refused(void)
{
    struct xls x = {0};
    for (unsigned i = 0; i < 3000; i++) xls_number(&x, i, i % 255, 1.5 + i);
    refused_cells(x, VT_ELIMIT, 0, "sheet 'one' is mostly empty: 3000 cells in 3000 rows of up to 255 columns");
}

static void other_files_are_refused(void)
{
    struct xls x = {0};
    size_t n;
    xls_bof(&x, BIFF8, 0x0005);
    xls_record(&x, 0x002F, "\1\0\1\0", 4);
    refused_stream("Workbook", x, VT_EPARSE, "is an encrypted workbook; open it and save it without a password");
    x = (struct xls){0};
    xls_bytes(&x, "secret", 6);
    refused_stream("EncryptedPackage", x, VT_EPARSE, "is an encrypted workbook");
    x = (struct xls){0};
    xls_bytes(&x, "prose", 5);
    refused_stream("WordDocument", x, VT_EPARSE, "is an OLE2 compound file without a workbook that can be read");
    x = (struct xls){0};
    xls_bof(&x, 0x0400, 0x0005);
    refused_stream("Workbook", x, VT_EPARSE, "a workbook of version 0x0400");
    x = (struct xls){0};
    xls_eof(&x);
    refused_stream("Workbook", x, VT_EPARSE, "does not begin as one");
    x = (struct xls){0};
    xls_bof(&x, BIFF8, 0x0005);
    xls_eof(&x);
    refused_stream("Workbook", x, VT_ESHAPE, "the workbook has no sheet");
    x = (struct xls){0};
    xls_bof(&x, BIFF8, 0x0005);
    xls_record(&x, 0x0085, "\0\0\0\0\0\0\x09\0", 8); /* a name of 9 characters that are not there */
    refused_stream("Workbook", x, VT_EPARSE, "the name of sheet 1");
    x = (struct xls){0};
    xls_bof(&x, BIFF8, 0x0005);
    xls_record(&x, 0x0085, "\xFF\xFF\0\0\0\0\1\0a", 9);
    xls_eof(&x);
    refused_stream("Workbook", x, VT_EPARSE, "sheet 'a' is not where the workbook says");
    refused_file(memcpy(malloc(8), "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8), 8, VT_EPARSE, 0, "cannot be opened");
    unsigned char *file = one_sheet((struct xls){0}, NULL, &n);
    refused_file(file, n - 2048, VT_EPARSE, 0, "damaged or cut off");
}

static void a_cut_stream_is_refused(void)
{
    struct xls_sheet sheet = {.name = "one"};
    size_t n;
    names(&sheet.cells);
    for (unsigned i = 1; i < 400; i++) xls_number(&sheet.cells, i, 0, 300.5 + i);
    struct xls stream = xls_stream(BIFF8, NULL, &sheet, 1);
    unsigned char *file = ole_make("Workbook", stream.p, stream.n - 9, &n);
    /* the padding of the last sector reads as records of no length and number 0, up to the end */
    refused_file(file, n, VT_EPARSE, 0, "ends in the middle of sheet 'one': cut off");
    free(stream.p);
}

CHECK_MAIN(CHECK_CASE(packed_numbers_are_unpacked), CHECK_CASE(cells_of_every_type_are_read),
           CHECK_CASE(shared_strings_go_on_in_other_records), CHECK_CASE(excel_5_is_read), CHECK_CASE(sheets_are_found),
           CHECK_CASE(markers_without_a_name_get_one), CHECK_CASE(damaged_cells_are_refused),
           CHECK_CASE(sheets_that_are_mostly_empty_are_refused), CHECK_CASE(other_files_are_refused),
           CHECK_CASE(a_cut_stream_is_refused))
