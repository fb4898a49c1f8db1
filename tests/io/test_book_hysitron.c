/* Hysitron TriboScan .hld, curves and nanoDMA as text: made-up files with every trap of the real ones, every refusal, a
 * thousand damages each; the real files if they are there. */
#include "io/book_text.h"
#include "io/mutate.h"
#include <vitrum/table.h>

#define TIP \
    "Tip ID: Probe 7\r\nTip Usable Depth: 15000 nm\r\nTip C0: 24.5 nm^2/nm^2\r\nTip C1: 512.25 nm^2/nm\r\n" \
    "Tip C2: -3.5e+03 nm^2/nm^0.5\r\nTip B: 0 nm\r\n"
#define TEST \
    "Test Data Points: 4\r\nTime_s\tDisp_nm\tForce_\xB5N\tLoad Cell_nm\tDisp_V\tPiezo_LowV\tTag\r\n" \
    "0.000000\t-1.250000\t1.906664\t3544.5\t-2.388154\t0.001575\t7\r\n" \
    "0.009997\t0.500000\t-4.489116\t3544.1\t-2.388093\t0.001575\t7\r\n" \
    "0.019994\t1.7976931348623157e308\t7.5\t------\t-2.388066\t1.5e-3\t7\r\n" \
    "0.029990\t12.5\t1500\t3543.9\t-2.38\t0.001575\t7\r\n"
static const char HLD[] =
    "File Version: Hysitron HighLoad FBControls 6.1 Release\r\nTest Type: Indentation\r\n"
    "Time Stamp: Mon Dec 03 15:13:34 2018\r\nStage X: 0.5 mm\r\nStage Y: 550 \xB5m\r\nContact Threshold: 250 \xB5N\r\n"
    "Machine Comp: 0.0066 nm/\xB5N\r\n" TIP "Drift Rate: 0.03648 nm/s\r\nNumber of Segments: 1\r\n"
    "Segment Number: 0\r\nSegment Points: 4\r\nSample Approach Data Points: 2\r\nTime_s\tMotorDisp_mm\tPiezo "
    "Extension_nm\r\n"
    "0.024\t-0.000002\t-8.191\r\n0.067\t0.0\t-9.3\r\nDrift Measurement Data Points: 0\r\nTime_s\tDisp_nm\r\n" TEST;
static const char BARE[] = "Test Type: Indentation\r\nTime Stamp: Wed Mar 04 13:56:27 2026\r\n" TIP TEST;

static void check_hld(const vt_book *b, double first_line)
{
    const vt_table *t = vt_book_table(b, 0);
    CHECK_TEXT(vt_book_format(b), "TriboScan");
    CHECK(vt_book_tables(b) == 1 && vt_table_rows(t) == 4 && vt_table_columns(t) == 7);
    CHECK(strcmp(vt_table_form(t), "record") == 0 && vt_table_line(t, 0) == (long)first_line);
    CHECK(vt_table_line(t, 3) == (long)first_line + 3);
    CHECK(book_at(b, 0, "Disp_nm", 0) == -1.25e-9 &&
          book_at(b, 0, "Force_uN", 1) == -4.489116e-6); /* nearest doubles */
    CHECK(book_at(b, 0, "Time_s", 3) == 0.02999 && book_at(b, 0, "Disp_V", 3) == -2.38);
    CHECK(book_at(b, 0, "Force_uN", 3) == 1500e-6 && book_at(b, 0, "Piezo_LowV", 2) == 1.5e-3);
    CHECK(isnan(book_at(b, 0, "Disp_nm", 2)) && isnan(book_at(b, 0, "Load Cell_nm", 2)));
    CHECK(book_at(b, 0, "Tag", 3) == 7.0 && !book_has_unit(b, 0, "Tag") && book_has_unit(b, 0, "Piezo_LowV"));
    CHECK(book_notes(b, "now missing: Disp_nm 1, Load Cell_nm 1"));
    CHECK(strcmp(book_meta(b, 0, "area_function"), "24.5,512.25,-3.5e+03") == 0);
}

static void hld_files_read_whatever_their_line_ends(void)
{
    static const char *const ENDS[] = {"\r\n", "\n", "\r"};
    for (size_t i = 0; i < 3; i++) {
        char *text = book_line_ends(HLD, ENDS[i]), *bare = book_line_ends(BARE, ENDS[i]);
        vt_book *b = book_of(text);
        check_hld(b, 26);
        CHECK(strcmp(book_meta(b, 0, "x"), "0.5 mm") == 0 && strcmp(book_meta(b, 0, "y"), "550 um") == 0);
        CHECK(strcmp(book_meta(b, 0, "drift_rate"), "0.03648 nm/s") == 0);
        CHECK(book_notes(b, "machine compliance 0.0066 nm/uN"));
        CHECK(book_ignores(b, "block 'Sample Approach': 2 readings") && book_ignores(b, "'Drift Measurement': 0 "));
        CHECK(book_ignores(b, "HighLoad FBControls 6.1"));
        vt_book_free(b);
        b = book_of(bare);
        check_hld(b, 11);
        vt_book_free(b);
        free(text);
        free(bare);
    }
    size_t n;
    char *wide = book_utf16(BARE, &n);
    vt_book *b = book_of_size(wide, n);
    check_hld(b, 11);
    vt_book_free(b);
    free(wide);
}

static void tips_that_are_not_understood_are_not_passed_on(void)
{
    static const char *const CHANGES[][2] = {{"nm^2/nm\r\n", "um^2/nm\r\n"},
                                             {"Tip B: 0 nm", "Tip B: 12 nm"},
                                             {"Tip C1", "Tip C5"},
                                             {"24.5 nm^2", "24.5nm^2"}};
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        char text[sizeof BARE + 32];
        const char *at = strstr(BARE, CHANGES[i][0]);
        snprintf(text, sizeof text, "%.*s%s%s", (int)(at - BARE), BARE, CHANGES[i][1], at + strlen(CHANGES[i][0]));
        vt_book *b = book_of(text);
        CHECK(!*book_meta(b, 0, "area_function") && book_notes(b, "give area_function yourself"));
        vt_book_free(b);
    }
    vt_book *b = book_of("Test Type: Scratch\nTime Stamp: x\nTest Data Points: 1\nTime_s\tDisp_nm\n1\t2\n");
    CHECK(book_notes(b, "test type 'Scratch'") && !book_notes(b, "tip") && vt_table_metas(vt_book_table(b, 0)) == 0);
    vt_book_free(b);
}

static void hld_refusals_name_line_and_fix(void)
{
    book_refused_with(BARE, "Points: 4", "Points: 5", VT_ESHAPE, 15, "announces 5 readings, but only 4");
    book_refused_with(BARE, "Points: 4", "Points: 3", VT_ESHAPE, 14, "follows the 3 readings");
    book_refused_with(BARE, "Points: 4", "Points: four", VT_EPARSE, 9, "is no whole number");
    book_refused_with(BARE, "Points: 4", "Points: 99999999999", VT_EPARSE, 9, "is no whole number");
    book_refused_with(BARE, "Points: 4", "Points: 0", VT_ESHAPE, 11, "follows the 0 readings");
    book_refused_with(BARE, "\t7.5\t", "\t7,5\t", VT_EPARSE, 13, "column 'Force_uN': '7,5' is no number");
    book_refused_with(BARE, "\t7.5\t", "\t", VT_ESHAPE, 13, "has 6 cells, the header in line 10 names 7");
    book_refused_with(BARE, "\t7.5\t", "\t7.5\t1\t", VT_ESHAPE, 13, "has more than 7 cells");
    book_refused_with(BARE, "Disp_nm\t", "\t", VT_ESHAPE, 10, "column 2 has no name");
    book_refused_with(BARE, "Test Data", "Tset Data", VT_ESHAPE, 14, "without a block 'Test Data Points: ...'");
    char twice[2 * sizeof BARE];
    snprintf(twice, sizeof twice, "%s%s", BARE, TEST);
    book_refused(twice, VT_ESHAPE, 15, "a second block 'Test'");
    char cut[sizeof BARE];
    memcpy(cut, BARE, sizeof BARE);
    *strstr(cut, "Time_s") = '\0';
    book_refused(cut, VT_ESHAPE, 9, "has no header; the file is cut off");
    memcpy(cut, BARE, sizeof BARE);
    *strstr(cut, "24.5") = '\0';
    book_refused_size(cut, sizeof BARE - 1, VT_EPARSE, 5, "NUL byte");
}

#define CURVE_HEAD \
    "Mon Apr 29 10:41:06 2019\n\nNumber of Points = 3\nDepth (nm)\tLoad (\xB5N)\tTime (s)\tDepth (V)\tLoad (V)\n"
static const char CURVE[] = CURVE_HEAD "-4.75\t1.5\t0.000000\t-0.5\t0.25\n\n0.125\t-2\t0.005005\t-0.25\t0.5\n"
                                       "3.5\t2061.5\t0.01001\t0\t0.75\n";

static void check_curve(const vt_book *b, long first, long second)
{
    const vt_table *t = vt_book_table(b, 0);
    CHECK_TEXT(vt_book_format(b), "Hysitron curve");
    CHECK(vt_book_tables(b) == 1 && vt_table_rows(t) == 3 && vt_table_columns(t) == 5);
    CHECK(book_at(b, 0, "Depth", 0) == -4.75e-9 && book_at(b, 0, "Load", 2) == 2061.5e-6);
    CHECK(book_at(b, 0, "Time", 1) == 0.005005 && book_at(b, 0, "Depth (V)", 1) == -0.25);
    CHECK(vt_table_find(t, "Load (V)") == 4 && strcmp(vt_table_form(t), "record") == 0);
    CHECK(vt_table_line(t, 0) == first && vt_table_line(t, 1) == second && vt_table_line(t, 2) == second + 1);
}

static void curves_read_with_their_blank_lines(void)
{
    vt_book *b = book_of(CURVE); /* the blank line of mapping files */
    check_curve(b, 5, 7);
    vt_book_free(b);
    char *mac = book_line_ends(CURVE, "\r"), *both = book_line_ends(CURVE, "\r\n");
    b = book_of(mac);
    check_curve(b, 5, 7);
    vt_book_free(b);
    b = book_of(both);
    check_curve(b, 5, 7);
    vt_book_free(b);
    free(mac);
    free(both);
    /* as a TI 990 writes it: LF and CR mixed in the head, CR alone below */
    b = book_of("Mon Apr 14 16:00:13 2025\n\n\rNumber of Points = 2\n\rDepth (nm)\tLoad (\xB5N)\tTime (s)\r"
                "-4.5\t2061.5\t0.0\r-4.25\t2050\t0.005\r");
    CHECK(vt_table_rows(vt_book_table(b, 0)) == 2 && book_at(b, 0, "Load", 1) == 2050e-6);
    vt_book_free(b);
}

static void curve_refusals_name_line_and_fix(void)
{
    book_refused_with(CURVE, "= 3", "= 4", VT_ESHAPE, 9, "announces 4 readings, but only 3");
    book_refused_with(CURVE, "= 3", "= 2", VT_ESHAPE, 8, "follows the 2 readings");
    book_refused_with(CURVE, "= 3", "= x", VT_EPARSE, 3, "'Number of Points = x' is expected");
    book_refused_with(CURVE, "0.125", "0.1 25", VT_EPARSE, 7, "column 'Depth': '0.1 25' is no number");
    book_refused(CURVE_HEAD, VT_ESHAPE, 5, "only 0 are there");
    book_refused("today\nNumber of Points = 3\n", VT_ESHAPE, 2, "no header of columns");
    book_refused_with(CURVE, "0\t0.75\n", "0\t0.75\nEND\n", VT_EPARSE, 9, "no row of the table");
}

static const char DMA[] =
    "nanoDMA Text Export Version 1.00\n\n Test Time (s)\t Indent Disp. (nm)\t Indent Load (\xB5N)\t "
    "Tan-Delta\t Storage Stiff. (\xB5N/nm)\t\n5.018394\t0.719472\t9.36416\t0.022961\t8.178623\t\n"
    "5.02839\t0.659753\t9.351015\t8.0e-005\t8.181644\t\n";

static void nanodma_reads(void)
{
    vt_book *b = book_of(DMA);
    CHECK_TEXT(vt_book_format(b), "nanoDMA");
    CHECK(vt_table_rows(vt_book_table(b, 0)) == 2 && vt_table_columns(vt_book_table(b, 0)) == 5);
    CHECK(book_at(b, 0, "Indent Disp.", 0) == 0.719472e-9 && book_at(b, 0, "Tan-Delta", 1) == 8e-5);
    CHECK_REL(book_at(b, 0, "Storage Stiff.", 1), 8181.644, 4e-16); /* N/m; one product, one rounding */
    CHECK(!book_has_unit(b, 0, "Tan-Delta") && vt_table_line(vt_book_table(b, 0), 1) == 5);
    vt_book_free(b);
    book_refused("nanoDMA Text Export Version 1.00\n", VT_ESHAPE, 1, "no header of columns");
    book_refused_with(DMA, "\t8.178623\t", "", VT_ESHAPE, 4, "has 4 cells, the header in line 3 names 5");
}

static void plain_tables_are_left_alone(void)
{
    static const char *const PLAIN[] = {
        "Test Type [1],Time Stamp [s]\n1,2\n2,3\n",
        "# Test Type: Indentation\n# Test Data Points: 2\ntime [s],load [mN]\n0,1\n1,2\n",
        "Number of Points [1]\tload [mN]\n1\t2\n2\t3\n",
        "nanoDMA [1],load [mN]\n1,2\n2,4\n",
    };
    for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++) {
        vt_book *b = book_of(PLAIN[i]);
        CHECK(strcmp(vt_book_format(b), "text table") == 0 && vt_table_rows(vt_book_table(b, 0)) == 2);
        vt_book_free(b);
    }
}

static double most(const vt_book *b, const char *name)
{
    double m = 0.0;
    for (size_t i = 0; i < vt_table_rows(vt_book_table(b, 0)); i++) m = fmax(m, book_at(b, 0, name, i));
    return m;
}

static void real_files_read(void)
{
    /* rows as the files announce; largest values as their SOURCE.md gives them, to the printed digit */
    vt_book *b = book_real("hysitron-triboscan-hld/experiment_a.hld");
    if (!b) return;
    CHECK(vt_table_rows(vt_book_table(b, 0)) == 2800 && vt_table_columns(vt_book_table(b, 0)) == 8);
    CHECK(book_at(b, 0, "Time_s", 2799) == 16.020211 && book_at(b, 0, "Disp_nm", 0) == -1.881236e-9);
    CHECK(vt_table_line(vt_book_table(b, 0), 2799) == 2813);
    CHECK_REL(book_at(b, 0, "Force_uN", 2799), 40.727524e-6, 3e-16); /* two roundings: number, unit */
    CHECK_ABS(most(b, "Force_uN"), 3517e-6, 0.5e-6);
    CHECK_ABS(most(b, "Disp_nm"), 118.0e-9, 0.05e-9);
    CHECK(strcmp(book_meta(b, 0, "area_function"), "24.5,7749.44,229988,-2.17869e+06,2.49969e+06,0") == 0);
    vt_book_free(b);
    static const struct {
        const char *path;
        size_t rows, columns;
        const char *load;
        double first;
    } FILES[] = {{"hysitron-triboscan-hld/experiment_b.hld", 2803, 8, "Force_uN", 1.576032e-6},
                 {"hysitron-triboscan-hld/experiment_c.hld", 2604, 8, "Force_uN", 5.885122e-6},
                 {"hysitron-lc-text-steel/RobinSteel0000LC.txt", 5304, 5, "Load", 1.836146e-6},
                 {"hysitron-ti990-popins/grain1_6um_indent01_HL_QS_LC.txt", 16390, 3, "Load", 2061.851134e-6},
                 {"hysitron-ti990-popins/grain2_6um_indent01_HL_QS_LC.txt", 16397, 3, "Load", 2035.142784e-6},
                 {"hysitron-nanodma-and-map/Hysitron_dma.txt", 3098, 25, "Indent Load", 9.36416e-6}};
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        b = book_real(FILES[i].path);
        const vt_table *t = vt_book_table(b, 0);
        CHECK(vt_book_tables(b) == 1 && vt_table_rows(t) == FILES[i].rows && vt_table_columns(t) == FILES[i].columns);
        CHECK_REL(book_at(b, 0, FILES[i].load, 0), FILES[i].first, 3e-16);
        CHECK(!book_notes(b, "missing"));
        vt_book_free(b);
    }
}

static void damaged_files_are_refused(void)
{
    const mutate_job jobs[] = {
        {.name = "made-up .hld", .bytes = HLD, .size = sizeof HLD - 1, .count = MUTATE_COUNT},
        {.name = "made-up curve", .bytes = CURVE, .size = sizeof CURVE - 1, .count = MUTATE_COUNT},
        {.name = "made-up nanoDMA", .bytes = DMA, .size = sizeof DMA - 1, .count = MUTATE_COUNT}};
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        const mutate_counts c = mutate_run(&jobs[i]);
        CHECK(c.refused > 300); /* damage to header lines and digits goes unseen */
    }
}

CHECK_MAIN(CHECK_CASE(hld_files_read_whatever_their_line_ends),
           CHECK_CASE(tips_that_are_not_understood_are_not_passed_on), CHECK_CASE(hld_refusals_name_line_and_fix),
           CHECK_CASE(curves_read_with_their_blank_lines), CHECK_CASE(curve_refusals_name_line_and_fix),
           CHECK_CASE(nanodma_reads), CHECK_CASE(plain_tables_are_left_alone), CHECK_CASE(real_files_read),
           CHECK_CASE(damaged_files_are_refused))
