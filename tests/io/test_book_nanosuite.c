/* Workbooks of MTS, Agilent and KLA NanoSuite, made up; the real ones are in test_book_workbooks.c. */
#include "io/workbook_text.h"
#include "io/mutate.h"
#include "io/nanosuite_file.h"

static vt_book *made_up(double nu_1, double nu_2)
{
    size_t n;
    unsigned char *file = nanosuite_file(nu_1, nu_2, &n);
    vt_book *book = book_of(file, n, NULL);
    free(file);
    return book;
}

static void tests_come_in_their_own_order(void)
{
    vt_book *b = made_up(0.28, 0.28);
    CHECK_TEXT(vt_book_format(b), "NanoSuite workbook (.xls)");
    CHECK(vt_book_tables(b) == 5);
    const vt_table *t = book_table(b, 0, "Test 001", "record", 6, 6);
    book_table(b, 1, "Test 002", "record", 5, 6);
    book_table(b, 2, "Feuil1", "record", 4, 6);
    /* values are division by a power of ten: the nearest double, exact */
    CHECK(book_at(t, "Displacement Into Surface", 0) == 101e-9);
    CHECK(book_at(t, "Displacement Into Surface", 5) == 113.5e-9);
    CHECK(book_at(t, "Time On Sample", 5) == 1.0 && book_at(t, "CSM Status", 5) == 3.0);
    CHECK(!vt_table_column_has_unit(t, (size_t)vt_table_find(t, "CSM Status")));
    book_text(t, "marker", 0, "Surface Marker");
    book_text(t, "marker", 1, "");
    CHECK(vt_table_line(t, 0) == 3 && vt_table_line(t, 5) == 8);
    book_ignored(b, "sheet 'Test 003': the record of a test without readings");
    book_ignored(b, "sheet 'Sheet1': empty");
    book_ignored(b, "sheet 'Notes': no test");
    vt_book_free(b);
}

static void cells_without_a_value_are_counted(void)
{
    vt_book *b = made_up(0.28, 0.28);
    const vt_table *t = vt_book_table(b, 0);
    CHECK(isnan(book_at(t, "Load On Sample", 2)) && isnan(book_at(t, "Harmonic Contact Stiffness", 1)));
    CHECK(book_at(t, "Load On Sample", 1) == 1.035e-3);
    book_note(t, "(1.8e308, almost zero, an error): Load On Sample 3, Harmonic Contact Stiffness 3");
    book_note(t, "marker 'Unloading Marker' stands below the end of 3 tests");
    vt_book_free(b);
}

static void results_become_indents(void)
{
    vt_book *b = made_up(0.28, 0.28);
    const vt_table *t = book_table(b, 3, "Results", "indents", 2, 8);
    book_text(t, "test", 1, "Test 002");
    book_text(t, "Tip Name", 1, "Berk-17");
    CHECK(book_at(t, "Avg Modulus", 1) == 75.5e9); /* the window is no part of the name */
    CHECK(book_at(t, "Temperature", 0) == 296.65); /* "C" is Celsius here: 23.5 + 273.15, exact */
    CHECK(book_at(t, "Time", 0) == 21600.0);       /* a quarter of a day */
    CHECK(vt_table_line(t, 1) == 6);
    t = book_table(b, 4, "Results, cycles", "indents", 4, 3);
    book_text(t, "test", 2, "Test 002");
    CHECK(book_at(t, "cycle", 0) == 1.0 && book_at(t, "cycle", 3) == 2.0 && book_at(t, "E", 3) == 76.5e9);
    book_ignored(b, "sheet 'Results': rows 'Mean', 'Std. Dev.': no tests");
    vt_book_free(b);
}

static void inputs_become_metadata(void)
{
    vt_book *b = made_up(0.28, 0.28);
    const vt_table *one = vt_book_table(b, 0), *two = vt_book_table(b, 1);
    book_meta(one, "poisson_ratio", "0.28"); /* of the inputs after the tests, not of those before (0.35) */
    book_meta(two, "poisson_ratio", "");
    book_meta(one, "area_function", "24.5,-17.25");
    book_meta(one, "x", "1017.5 um");
    book_meta(two, "x", "967.5 um");
    book_meta(two, "drift_rate", "0.05 nm/s");
    book_meta(two, "vendor_averaging_window", "100 nm,200 nm");
    book_meta(vt_book_table(b, 2), "drift_rate", ""); /* of the renamed sheet nothing is known */
    book_ignored(b, "sheet 'Required Inputs': Frequency Target 45 Hz");
    vt_book_free(b);
    b = made_up(0.28, 0.31);
    book_meta(vt_book_table(b, 0), "poisson_ratio", "");
    book_note(vt_book_table(b, 0), "Poisson's ratio differs between the tests of sheet 'Inputs Editable Post Test'");
    vt_book_free(b);
}

static void one_sheet_is_a_plain_table(void)
{
    size_t n;
    unsigned char *file = nanosuite_file(0.28, 0.28, &n);
    const vt_setting unit = {.key = "CSM Status", .text = "1"};
    vt_book *b = book_of(file, n, &(vt_read_options){.sheet = "Test 002", .units = &unit, .nunits = 1});
    CHECK_TEXT(vt_book_format(b), "sheet of a workbook (.xls)");
    const vt_table *t = book_table(b, 0, "", "", 7, 6); /* with the rows of both last markers */
    CHECK(book_at(t, "Load On Sample", 0) == 2.02e-3);
    book_ignored(b, "the other sheets of the workbook; --sheet NAME reads one of its 9");
    vt_book_free(b);
    free(file);
}

static void a_long_name_is_refused(void)
{
    struct xls_sheet s = {.name = "Test 001"};
    char name[200];
    size_t n;
    vt_book *b = NULL;
    vt_error err = {0};
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    nanosuite_test(&s.cells, 5, 17.0);
    xls_label(&s.cells, 0, 6, name, 0x0600);
    unsigned char *file = xls_file(xls_stream(0x0600, NULL, &s, 1), &n);
    CHECK(vt_book_parse("t.xls", file, n, NULL, &b, &err) == VT_ELIMIT && !b);
    CHECK_TEXT(err.msg, "the name or unit of column 7 of sheet 'Test 001' is longer than 120 bytes");
    CHECK(err.line == 1 && strcmp(err.file, "t.xls") == 0);
    free(file);
}

/* ---- damaged files ---- */
static void damaged_files_are_refused(void)
{
    size_t n;
    unsigned char *file = nanosuite_file(0.28, 0.28, &n);
    const mutate_job job = {.name = "made-up NanoSuite .xls", .bytes = file, .size = n, .count = 2 * MUTATE_COUNT};
    const mutate_counts c = mutate_run(&job);
    CHECK(c.refused > 400); /* the mutations did bite */
    free(file);
}

CHECK_MAIN(CHECK_CASE(tests_come_in_their_own_order), CHECK_CASE(cells_without_a_value_are_counted),
           CHECK_CASE(results_become_indents), CHECK_CASE(inputs_become_metadata),
           CHECK_CASE(one_sheet_is_a_plain_table), CHECK_CASE(a_long_name_is_refused),
           CHECK_CASE(damaged_files_are_refused))
