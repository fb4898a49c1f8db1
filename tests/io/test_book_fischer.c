/* Fischerscope reports: a made-up one with every trap of the real ones, every refusal, a thousand damages; the real one
 * if it is there. */
#include "io/book_text.h"
#include "io/mutate.h"

#define HEAD \
    "FS1.hap\tName of the application\r\n\tApplication comment\r\nF = ESP n 300.000mN/120s/37s\r\n" \
    "3928,59\t44,652\t6,01398\tHM\tx\ty\r\n---\tn<LSL\tStatistics of block\r\n"
#define RESULTS(value, hmax) \
    "FS1.hap   26.05.2020  15:17:54\nIndenter shape correction: Hardness\nHM  0.299995/    117.0/      0.0=   " \
    "3928.6\n" \
    "Block : 1   Value : " value \
    "\nx=    44.65  y=     6.01\r\nWt\t[\xB5J]\t      0.1\nWe\t[\xB5J]\t      0.1\t    79.01%\n" \
    "EIT/(1-vs^2)\t[GPa]\t     83.7\nHIT\t[N/mm\xB2]\t------\nhmax\t[\xB5m]\t    " hmax \
    "\nCompliance\t[\xB5m/N]\t      1.9\n" \
    " \nDesignations of the Test Parameters described in ISO 14577-1\n \nEIT/(1-vs^2) 0.300 / 120.0  / 0.0 / " \
    "2.2\r\n\n" \
    "Calculation of tangent with Power Law Method\r\n20.95%  -  95.33% Fmax     Epsilon = 0.750\r\n\r\nF\th\tt\r\n"
#define CURVE "0,416459\t0,031365\t0,1\r\n299,995\t1,535\t60\r\n29,9902\t------\t120\r\n\r\n"
static const char REPORT[] = HEAD RESULTS("1", "1.535") CURVE RESULTS("2", "1.535") CURVE;
/* the peak of the second curve is not where its results say */
static const char UNSURE[] = HEAD RESULTS("1", "1.535") CURVE RESULTS("2", "1535") CURVE;

static void blocks_become_records_and_indents(void)
{
    vt_book *b = book_of(REPORT);
    CHECK_TEXT(vt_book_format(b), "Fischerscope");
    CHECK(vt_book_tables(b) == 3);
    for (size_t i = 0; i < 2; i++) {
        const vt_table *t = vt_book_table(b, i);
        CHECK(strcmp(vt_table_label(t), i ? "Value 2" : "Value 1") == 0 && strcmp(vt_table_form(t), "record") == 0);
        CHECK(vt_table_rows(t) == 3 && vt_table_columns(t) == 3 && vt_table_line(t, 2) == (i ? 52 : 28));
        CHECK_REL(book_at(b, i, "F", 1), 0.299995, 3e-16); /* number and unit: two roundings */
        CHECK_REL(book_at(b, i, "h", 1), 1.535e-6, 3e-16);
        CHECK(book_at(b, i, "t", 2) == 120.0 && isnan(book_at(b, i, "h", 2)));
    }
    const vt_table *t = vt_book_table(b, 2);
    CHECK(vt_table_rows(t) == 2 && strcmp(vt_table_form(t), "indents") == 0);
    CHECK(strcmp(vt_table_text(t, 0, 1), "Value 2") == 0 && vt_table_line(t, 1) == 33);
    CHECK_REL(book_at(b, 2, "EIT/(1-vs^2)", 1), 83.7e9, 3e-16);
    CHECK_REL(book_at(b, 2, "Compliance", 0), 1.9e-6, 3e-16);
    CHECK_REL(book_at(b, 2, "We/Wt", 0), 0.7901, 3e-16);
    CHECK_REL(book_at(b, 2, "fit from", 0), 0.2095, 3e-16);
    CHECK_REL(book_at(b, 2, "fit to", 0), 0.9533, 3e-16);
    CHECK(book_at(b, 2, "Epsilon", 0) == 0.75 && book_at(b, 2, "Fmax", 1) == 0.299995);
    CHECK(book_at(b, 2, "position x", 0) == 44.65 && !book_has_unit(b, 2, "position x"));
    CHECK(vt_table_find(t, "HIT") < 0 && book_ignores(b, "1 quantities without any value: HIT"));
    CHECK(book_notes(b, "now missing: h 2") && book_notes(b, "every curve has the peak"));
    vt_book_free(b);
}

static void units_that_the_report_does_not_confirm_are_asked_for(void)
{
    vt_book *b = book_of(UNSURE);
    CHECK(book_has_unit(b, 0, "F") && !book_has_unit(b, 1, "F") && !book_has_unit(b, 1, "h"));
    CHECK(book_at(b, 1, "F", 1) == 299.995 && book_notes(b, "t of 1 curves are not confirmed"));
    CHECK(book_notes(b, "--unit F=mN"));
    CHECK(isnan(book_at(b, 2, "Fmax", 1)));
    vt_book_free(b);
}

static void refusals_name_line_and_fix(void)
{
    book_refused(HEAD, VT_ESHAPE, 1, "without curves; export it with the curves");
    book_refused(HEAD RESULTS("1", "1.5") CURVE RESULTS("1", "1.5") CURVE, VT_EKEY, 33, "'Value 1' stands twice");
    book_refused_with(REPORT, "F\th\tt\r\n", "", VT_EPARSE, 25, "without a header 'F h t'");
    book_refused_with(REPORT, "299,995", "299.995", VT_EPARSE, 27, "column 'F': '299.995' is no number");
    book_refused_with(REPORT, "299,995\t", "", VT_ESHAPE, 27, "has 2 cells");
    book_refused_with(REPORT, "     83.7", "high", VT_EPARSE, 13, "'EIT/(1-vs^2)': 'high' is no number");
    book_refused_with(REPORT, "Wt\t[\xB5J]\t      0.1", "hmax\t[nm]\t2", VT_EUNITS, 15,
                      "'hmax' is in '\xC2\xB5m' here");
    book_refused_with(REPORT, "Wt\t[\xB5J]", "We\t[\xB5J]", VT_EKEY, 0, "'We' stands twice for indent 1");
    book_refused(HEAD RESULTS("1", "1.5") CURVE "F\th\tt\n1\t2\t3\n", VT_ESHAPE, 30, "a second curve of 'Value 1'");
    book_refused(HEAD RESULTS("1", "1.5"), VT_ESHAPE, 25, "no readings below it");
}

static void real_report_reads(void)
{
    vt_book *b = book_real("fischerscope-hm2000-report/FS1.txt");
    if (!b) return;
    CHECK(vt_book_tables(b) == 11);
    for (size_t i = 0; i < 10; i++) CHECK(vt_table_rows(vt_book_table(b, i)) == 1200 && book_has_unit(b, i, "F"));
    CHECK(strcmp(vt_table_label(vt_book_table(b, 9)), "Value 10") == 0);
    CHECK_REL(book_at(b, 0, "F", 0), 0.416459e-3, 3e-16);
    CHECK_REL(book_at(b, 9, "h", 1199), 0.980259e-6, 3e-16);
    CHECK(book_at(b, 9, "t", 1199) == 120.0 && vt_table_line(vt_book_table(b, 9), 1199) == 12319);
    CHECK(vt_table_rows(vt_book_table(b, 10)) == 10);
    /* SOURCE.md */
    CHECK_REL(book_at(b, 10, "EIT/(1-vs^2)", 0), 83.7e9, 3e-16);
    CHECK_REL(book_at(b, 10, "HIT", 0), 8553.6e6, 3e-16);
    CHECK_REL(book_at(b, 10, "EIT/(1-vs^2)", 9), 77.2e9, 3e-16);
    CHECK_REL(book_at(b, 10, "HIT", 9), 7437.7e6, 3e-16);
    CHECK_REL(book_at(b, 10, "hmax", 0), 1.535e-6, 3e-16);
    CHECK(!book_notes(b, "missing"));
    vt_book_free(b);
}

static void damaged_reports_are_refused(void)
{
    const mutate_job job = {
        .name = "made-up report", .bytes = REPORT, .size = sizeof REPORT - 1, .count = 2 * MUTATE_COUNT};
    CHECK(mutate_run(&job).refused > 200); /* words and statistics are not looked at */
}

CHECK_MAIN(CHECK_CASE(blocks_become_records_and_indents),
           CHECK_CASE(units_that_the_report_does_not_confirm_are_asked_for), CHECK_CASE(refusals_name_line_and_fix),
           CHECK_CASE(real_report_reads), CHECK_CASE(damaged_reports_are_refused))
