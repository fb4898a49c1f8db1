/* Workbooks of KLA InView, made up; the real ones are in test_book_workbooks.c. */
#include "io/inview_file.h"
#include "io/mutate.h"
#include "io/workbook_text.h"

#define TEST(first) \
    "Markers|Depth|Load|Time\n|nm|mN|s\nSurface Index|0|0|45.5\n|" first "|0.0125|45.75\n" \
    "End Of Loading Index|137.25|1.5|46\n|12.5|0.25|46.25"
#define CYCLES \
    "|Cycle Pmax|Cycle Su|Cycle Acu\n|mN|N/m|nm\xC3\x82\xC2\xB2\nTest 1\n'     1:1'|1.5|130000|600980.5\n" \
    "'     1:2'|3|224000|1056339.5\n   Avg|2.25|177000|828660\nTest 10\n'     10:1'|1.25|128000|590000"
#define RESULTS \
    "Test|Pmax|X_Position|Y_Position\n|mN|\xC3\x82\xC2\xB5m|\xC3\x82\xC2\xB5m\n1|1.5|129010.5|76257.25\n" \
    "10|1.25|128980.75|76347\nAverage|1.375|128995|76302"
#define BEFORE "Test| Poisson's Ratio of Sample| Target Load\n| None| mN\n1|0.3|45\n10|0.3|45"
/* names from the third on stand one column too far to the right */
#define AFTER \
    "Test|Data Rate| Drift Correction? (1-Y|'0-N)'| Poisson's Ratio of Sample\n|Hz| Integer| " \
    "None\n1|10|1|0.25\n10|10|1|0.25"

static const struct inview_part PARTS[] = {{"Results", RESULTS},           {"Pre-Test Inputs", BEFORE},
                                           {"Post-Test Inputs", AFTER},    {"Cycles-GroupedByTest", CYCLES},
                                           {"Cycles-GroupedByCycle", "x"}, {"Test 1", TEST("17.5")},
                                           {"Test 10", TEST("19.5")},      {"Test 2", TEST("18.5")}};
enum { NPARTS = sizeof PARTS / sizeof *PARTS };

static vt_book *book_of_parts(const struct inview_part *part, size_t n)
{
    size_t size;
    char *file = inview_file(part, n, &size);
    vt_book *b = book_of(file, size, NULL);
    free(file);
    return b;
}

static void tests_and_cycles_are_read(void)
{
    vt_book *b = book_of_parts(PARTS, NPARTS);
    CHECK_TEXT(vt_book_format(b), "InView workbook (.xlsx)");
    CHECK(vt_book_tables(b) == 4);
    const vt_table *t = book_table(b, 0, "Test 1", "record", 4, 4);
    book_table(b, 1, "Test 2", "record", 4, 4);
    book_table(b, 2, "Test 10", "record", 4, 4); /* by number, not by letters */
    CHECK(book_at(t, "Depth", 1) == 17.5e-9 && book_at(t, "Load", 2) == 1.5e-3 && book_at(t, "Time", 3) == 46.25);
    book_text(t, "marker", 0, "Surface Index");
    book_text(t, "marker", 2, "End Of Loading Index");
    t = book_table(b, 3, "Cycles-GroupedByTest", "indents", 3, 5);
    book_text(t, "test", 1, "Test 1");
    book_text(t, "test", 2, "Test 10");
    CHECK(book_at(t, "cycle", 1) == 2.0 && book_at(t, "cycle", 2) == 1.0);
    CHECK_REL(book_at(t, "Cycle Acu", 0), 600980.5e-18, 1e-15); /* nm^2, whose scale is no whole reciprocal */
    book_ignored(b, "sheet 'Cycles-GroupedByTest': rows 'Avg': no tests");
    book_ignored(b, "sheet 'Cycles-GroupedByCycle': the rows of 'Cycles-GroupedByTest' in another order");
    vt_book_free(b);
}

static void inputs_become_metadata(void)
{
    vt_book *b = book_of_parts(PARTS, NPARTS);
    const vt_table *t = vt_book_table(b, 0);
    book_meta(t, "poisson_ratio", "0.25"); /* after the tests, under the name that was moved */
    book_meta(t, "x", "129010.5 um");
    book_meta(vt_book_table(b, 1), "x", "");
    book_meta(vt_book_table(b, 2), "y", "76347 um");
    book_ignored(b, "sheet 'Post-Test Inputs': Data Rate 10 Hz, Drift Correction? (1-Y,0-N) 1");
    book_ignored(b, "sheet 'Pre-Test Inputs': Target Load 45 mN");
    vt_book_free(b);
}

static void results_count_where_there_are_no_cycles(void)
{
    const struct inview_part part[] = {PARTS[0], PARTS[5]};
    vt_book *b = book_of_parts(part, 2);
    CHECK(vt_book_tables(b) == 2);
    const vt_table *t = book_table(b, 1, "Results", "indents", 2, 4);
    book_text(t, "test", 0, "Test 1");
    book_text(t, "test", 1, "10"); /* whose sheet is not there */
    CHECK(book_at(t, "X_Position", 0) == 129010.5e-6);
    vt_book_free(b);
}

static void nanosuite_writes_xlsx_too(void)
{
    const struct inview_part part = {
        "Test 001", "Segment|Displacement Into Surface|Load On Sample\n|nm|mN\nSurface Marker|5.5|0.25\n|7.5|0.5\nEND"};
    vt_book *b = book_of_parts(&part, 1);
    CHECK_TEXT(vt_book_format(b), "NanoSuite workbook (.xlsx)");
    book_table(b, 0, "Test 001", "record", 2, 3);
    vt_book_free(b);
}

static void a_unit_that_is_not_known_is_said(void)
{
    const struct inview_part part = {"Test 1", "Markers|Depth|Load\n|nm|furlong\nSurface Index|5.5|0.25\n|7.5|0.5"};
    vt_book *b = book_of_parts(&part, 1);
    const vt_table *t = book_table(b, 0, "Test 1", "record", 2, 3);
    book_note(t, "sheet 'Test 1': unit 'furlong' of column 'Load' is not known; --unit gives it");
    CHECK(!vt_table_column_has_unit(t, 2) && book_at(t, "Load", 1) == 0.5);
    vt_book_free(b);
}

static void damaged_files_are_refused(void)
{
    size_t n;
    char *file = inview_file(PARTS, NPARTS, &n);
    const mutate_job job = {
        .name = "made-up InView .xlsx", .bytes = (unsigned char *)file, .size = n, .count = 2 * MUTATE_COUNT};
    CHECK(mutate_run(&job).refused > 1000); /* every part has a checksum */
    free(file);
}

CHECK_MAIN(CHECK_CASE(tests_and_cycles_are_read), CHECK_CASE(inputs_become_metadata),
           CHECK_CASE(results_count_where_there_are_no_cycles), CHECK_CASE(nanosuite_writes_xlsx_too),
           CHECK_CASE(a_unit_that_is_not_known_is_said), CHECK_CASE(damaged_files_are_refused))
