/* Real workbooks of indenters. Every number of them agrees with what xlrd 1.2.0 (.xls, 520 000 cells) and
 * openpyxl 3.0.9
 * (.xlsx, 189 000 cells) read; first and last values, labels and counts of those stand here. */
#include "io/workbook_text.h"

static const char *root;

static void fused_silica_of_the_xp(void)
{
    static const size_t ROWS[] = {1521, 586, 642, 907, 768, 755, 947, 771, 756};
    vt_book *b = real_book(root, "nanoindentation/mts-xp-fused-silica-csm/FS_XP.xls");
    CHECK(vt_book_tables(b) == 10);
    for (size_t i = 0; i < 9; i++) {
        char label[16];
        snprintf(label, sizeof label, "Test %03zu", i + 1);
        book_table(b, i, label, "record", ROWS[i], 31);
    }
    const vt_table *t = vt_book_table(b, 0), *last = vt_book_table(b, 8);
    CHECK_REL(book_at(t, "Displacement Into Surface", 0), -2593.126434032199e-9, 1e-15); /* one rounding */
    CHECK_REL(book_last(t, "Displacement Into Surface"), 571.6767207095553e-9, 1e-15);
    CHECK_REL(book_last(t, "Load On Sample"), 10.328976713876878e-3, 1e-15);
    CHECK_REL(book_at(last, "Displacement Into Surface", 0), -1003.2444271803536e-9, 1e-15);
    book_text(t, "marker", 1457, "Hold Segment Type");
    book_text(t, "marker", 1493, "Thermal Drift Hold Segment");
    book_note(t, "Harmonic Contact Stiffness 504, Hardness 5203, Modulus 624, Contact Area 5203, Contact Depth 5173");
    book_meta(t, "poisson_ratio", "0.18");
    book_meta(t, "area_function", "24.6954,395.7700812,-16.13158277");
    book_meta(t, "vendor_averaging_window", "100 nm,200 nm");
    book_meta(last, "drift_rate", "0.014 nm/s");
    book_meta(last, "x", "112910.597 um");
    t = book_table(b, 9, "Results", "indents", 9, 9);
    CHECK(book_at(t, "E Average Over Defined Range", 7) == 80.023e9);
    book_ignored(b, "rows 'Mean', 'Std. Dev.', '% COV': no tests");
    vt_book_free(b);
}

static void fused_silica_in_five_cycles(void)
{
    static const size_t ROWS[] = {2979, 2981, 2981, 2979, 2980, 2980, 2980, 2979, 2980, 2980};
    vt_book *b = real_book(root, "nanoindentation/agilent-g200-fused-silica-5cycles/FQ.xls");
    CHECK(vt_book_tables(b) == 12);
    for (size_t i = 0; i < 10; i++) {
        char label[16];
        snprintf(label, sizeof label, "Test %03zu", i + 1);
        book_table(b, i, label, "record", ROWS[i], 4);
    }
    const vt_table *t = vt_book_table(b, 0);
    book_text(t, "marker", 378, "Cycle Unload Marker 1");
    CHECK_REL(book_last(t, "Load On Sample"), 3.703255064893174e-3, 1e-15);
    book_meta(t, "poisson_ratio", "0.18");
    book_table(b, 10, "Results", "indents", 10, 7);
    t = book_table(b, 11, "Results, cycles", "indents", 50, 8);
    book_text(t, "test", 49, "Test 010");
    CHECK(book_at(t, "cycle", 49) == 5.0 && book_at(t, "Stiffness", 0) == 145949.167);
    book_ignored(b, "Frame Stiffness Correction 3600000 N/m");
    vt_book_free(b);
}

static void pop_ins(void)
{
    vt_book *b = real_book(root, "nanoindentation/agilent-g200-csm-popin/Popin.xls");
    CHECK(vt_book_tables(b) == 13);
    book_table(b, 1, "Test 002", "record", 395, 7);
    book_note(vt_book_table(b, 0), "Hardness 174, Modulus 174");
    book_note(vt_book_table(b, 0), "'Unloading Marker' stands below the end of 12 tests");
    CHECK(book_at(vt_book_table(b, 12), "Avg Modulus", 11) == 312.2e9);
    vt_book_free(b);
    b = real_book(root, "nanoindentation/mts-xp-sphere-popin-alumina-on-al/mts-XP_Indcon5um_Al2O3-40nm.xls");
    CHECK(vt_book_tables(b) == 50); /* 38 that are called tests, and 12 records on sheets "Feuil" */
    book_table(b, 0, "Test 001", "record", 596, 7);
    book_table(b, 4, "Test 006", "record", 573, 7); /* stored before Test 008 */
    book_table(b, 37, "Test 049", "record", 571, 7);
    book_table(b, 49, "Feuil12", "record", 584, 7);
    book_note(vt_book_table(b, 0), "Stiffness 28673, Modulus 28673, Hardness 28673");
    vt_book_free(b);
}

/* Averages over tests: the layout of a record whose first column has no name. */
static void averages(void)
{
    vt_book *b = real_book(root, "nanoindentation/mts-xp-film-on-substrate/MTS_1film_SiO2_Si_CSM-2nm.xls");
    CHECK(vt_book_tables(b) == 1);
    const vt_table *t = book_table(b, 0, "sample1_bilayerSystem.xls", "record", 66, 17);
    CHECK_REL(book_at(t, "OP_Modulus", 8), 79.00960941717959e9, 1e-15); /* SOURCE.md: 79.0 GPa at 51 nm */
    book_ignored(b, "sheet 'Analyst Project'");
    vt_book_free(b);
}

static void inview_fused_silica(void)
{
    static const size_t ROWS[] = {2867, 2868, 2934, 2869, 2870, 2869, 2870, 2868,
                                  2870, 2868, 2881, 2870, 2869, 2869, 2868, 2868};
    vt_book *b = real_book(root, "nanoindentation/kla-fused-silica-10cycles-uncalibrated/FusedSilica.xlsx");
    CHECK_TEXT(vt_book_format(b), "InView workbook (.xlsx)");
    CHECK(vt_book_tables(b) == 17);
    for (size_t i = 0; i < 16; i++) {
        char label[16];
        snprintf(label, sizeof label, "Test %zu", i + 1);
        book_table(b, i, label, "record", ROWS[i], 4);
    }
    const vt_table *t = vt_book_table(b, 0);
    book_text(t, "marker", 0, "Surface Index");
    book_text(t, "marker", 1728, "End Of Loading Index");
    book_meta(t, "poisson_ratio", "0.188");
    book_meta(t, "x", "129010.98 um");
    t = book_table(b, 16, "Cycles-GroupedByTest", "indents", 160, 10);
    book_text(t, "test", 159, "Test 16");
    CHECK(book_at(t, "cycle", 9) == 10.0 && book_at(t, "Cycle Su", 9) == 151000.0); /* SOURCE.md */
    CHECK_REL(book_at(t, "Cycle Acu", 9), 7.3636e-12, 1e-5); /* "nmA2": nm^2; five digits there */
    CHECK(book_at(t, "Cycle Eu", 9) == 49.54e9 && book_at(t, "Cycle Hu", 9) == 6.47e9);
    book_ignored(b, "sheet 'Post-Test Inputs': Data Aquisition Rate 10 Hz, Drift Correction? (1-Y,0-N) 1");
    book_ignored(b, "sheet 'Cycles-GroupedByCycle': the rows of 'Cycles-GroupedByTest' in another order");
    vt_book_free(b);
}

static void inview_tungsten(void)
{
    static const double E[] = {154.99, 211.56, 297.1, 458.41, 565.49, 738.07}; /* GPa, test 1 */
    vt_book *b = real_book(root, "nanoindentation/kla-tungsten-frame-stiffness/Tungsten_FrameStiffness.xlsx");
    CHECK(vt_book_tables(b) == 9);
    const vt_table *t = book_table(b, 7, "Test 8", "record", 2043, 4);
    CHECK_REL(book_at(vt_book_table(b, 0), "Time", 1), 46.0195645, 1e-15);
    book_meta(t, "x", "");
    t = book_table(b, 8, "Cycles-GroupedByTest", "indents", 48, 10);
    for (size_t i = 0; i < 6; i++) CHECK_REL(book_at(t, "Cycle Eu", i), 1e9 * E[i], 1e-15);
    vt_book_free(b);
}

/* A map of a Hysitron as somebody saved it: the micro sign went through a Japanese code page. */
static void a_plain_workbook(void)
{
    static const vt_setting UNITS[] = {{.key = "A#2", .text = "1"}, {.key = "m", .text = "1"}};
    char path[1024];
    vt_book *b = NULL;
    vt_error err = {0};
    snprintf(path, sizeof path, "%s/nanoindentation/hysitron-nanodma-and-map/Hysitron_example_10x10.xlsx", root);
    CHECK(vt_book_read(path, NULL, &b, &err) == VT_EUNITS);
    CHECK_TEXT(err.msg, "column 'A#2' has numbers but no unit");
    CHECK_OK(vt_book_read(path, &(vt_read_options){.units = UNITS, .nunits = 2}, &b, &err), &err);
    const vt_table *t = book_table(b, 0, "", "", 100, 15);
    for (size_t i = 0; i < 100; i++) /* H = P/A to the printed digits: six decimals of 4.7 GPa */
        CHECK_REL(book_at(t, "H", i), book_at(t, "Pmax", i) / book_at(t, "A", i), 3e-7);
    CHECK(book_at(t, "S", 0) == 85.312515e3);
    vt_book_free(b);
}

int main(void)
{
    root = check_real_files();
    if (!root) return CHECK_SKIPPED;
    const struct CMUnitTest tests[] = {CHECK_CASE(fused_silica_of_the_xp),
                                       CHECK_CASE(fused_silica_in_five_cycles),
                                       CHECK_CASE(pop_ins),
                                       CHECK_CASE(averages),
                                       CHECK_CASE(inview_fused_silica),
                                       CHECK_CASE(inview_tungsten),
                                       CHECK_CASE(a_plain_workbook)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
