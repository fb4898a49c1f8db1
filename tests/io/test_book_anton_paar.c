/* CSM / Anton Paar reports, results and curves, and NanoSuite methods: made-up files with every trap of the real ones,
 * every refusal, a thousand damages each; the real files if they are there. */
#include "io/book_text.h"
#include "io/mutate.h"

/* ---- report ---- */
#define TAIL(n, mean) \
    "\tMean\t" mean "\t\r\n\tStd Dev\t1,094\t\r\n\tMin\t83,785\t\r\n\tMax\t92,241\t\r\n\tN\t" n \
    "\t\r\n\tMedian\t89,309\t\r\n"
static const char REPORT[] =
    "\r\nNew Report\r\n----------\r\n\t\tMatryca 3 strefa przej\xB6"
    "ciowa\t\r\n"
    "HIT (O&P)\tData : 1\t7073,410\t\r\n[MPa]\tData : 2\t--.--\t\r\n\tData : 3\t6896,380\t\r\n" TAIL(
        "2,000",
        "698"
        "4,"
        "89"
        "5") "HVIT (O&P)\tData : 1\t655,075\t\r\n[Vickers]\tData : 2\t667\t\r\n\tData : "
             "3\t638,680\t\r\n" TAIL(
                 "3,000", "653,585") "Poisson's ratio\tData : 1\t0,367\t\r\n[Nu]\tData : "
                                     "2\t0,367\t\r\n\tData : "
                                     "3\t0,367\t\r\n" TAIL(
                                         "3,000", "0,367") "Ap (O&P)\tData : "
                                                           "1\t7075166,500\t\r\n[nm2]\tData : "
                                                           "2\t6947792,500\t\r\n\tData : "
                                                           "3\t-7\t\r\n" TAIL(
                                                               "3,000",
                                                               "0") "m "
                                                                    "(O&P)\tData "
                                                                    ": "
                                                                    "1\t1,"
                                                                    "396\t\r\n[]"
                                                                    "\tData : "
                                                                    "2\t1,"
                                                                    "387\t\r\n\tD"
                                                                    "ata : "
                                                                    "3\t1,"
                                                                    "384\t\r"
                                                                    "\n" TAIL("3,"
                                                                              "00"
                                                                              "0",
                                                                              "1,"
                                                                              "38"
                                                                              "9") "HIT (Tangent)\tData : "
                                                                                   "1\t--.--\t\r\n[MPa]\tData : "
                                                                                   "2\t--.--\t\r\n\tData : "
                                                                                   "3\t--.--\t\r\n" TAIL("0,000", "--.-"
                                                                                                                  "-");

static void reports_become_one_row_per_indent(void)
{
    static const char *const ENDS[] = {"\r\n", "\n", "\r"};
    for (size_t i = 0; i < 3; i++) {
        char *text = book_line_ends(REPORT, ENDS[i]);
        vt_book *b = book_of(text);
        const vt_table *t = vt_book_table(b, 0);
        CHECK_TEXT(vt_book_format(b), "CSM / Anton Paar report");
        CHECK(vt_book_tables(b) == 1 && vt_table_rows(t) == 3 && vt_table_columns(t) == 6);
        CHECK(strcmp(vt_table_form(t), "indents") == 0 && vt_table_line(t, 0) == 5 && vt_table_line(t, 2) == 7);
        CHECK_TEXT(vt_table_label(t), "Matryca 3 strefa przej\xC2\xB6"); /* Latin-1 as UTF-8 */
        CHECK(strcmp(vt_table_text(t, 0, 2), "3") == 0);
        CHECK_REL(book_at(b, 0, "HIT (O&P)", 0), 7073.410e6, 3e-16); /* number and unit: two roundings */
        CHECK(isnan(book_at(b, 0, "HIT (O&P)", 1)) && book_notes(b, "now missing: HIT (O&P) 1"));
        CHECK_REL(book_at(b, 0, "Ap (O&P)", 1), 6947792.5e-18, 3e-16);
        CHECK_REL(book_at(b, 0, "Ap (O&P)", 2), -7e-18, 3e-16); /* signs stay */
        CHECK(book_at(b, 0, "m (O&P)", 2) == 1.384 && book_at(b, 0, "Poisson's ratio", 1) == 0.367);
        CHECK(strcmp(book_meta(b, 0, "poisson_ratio"), "0.367") == 0);
        CHECK(book_at(b, 0, "HVIT (O&P)", 1) == 667.0 && !book_has_unit(b, 0, "HVIT (O&P)"));
        CHECK(book_notes(b, "unit 'Vickers' is not known") && book_ignores(b, "HIT (Tangent)"));
        CHECK(book_ignores(b, "36 lines of summaries"));
        vt_book_free(b);
        free(text);
    }
}

static void report_refusals_name_line_and_fix(void)
{
    book_refused_with(REPORT, "\tData : 3\t638,680\t\r\n", "", VT_ESHAPE, 14, "'HVIT (O&P)' has 2 values, the first");
    book_refused_with(REPORT, "\tData : 3\t6896,380", "\tData : 4\t6896,380", VT_ESHAPE, 7, "value 4 follows value 2");
    book_refused_with(REPORT, "\tData : 3\t6896,380", "\tData : x\t6896,380", VT_EPARSE, 7, "'Data : x' is no number");
    book_refused_with(REPORT, "6896,380", "6896.380", VT_EPARSE, 7, "'HIT (O&P)': '6896.380' is no number");
    book_refused_with(REPORT, "[MPa]", "MPa", VT_ESHAPE, 6, "'MPa' stands beside value 2");
    book_refused_with(REPORT, "HVIT (O&P)\t", "HIT (O&P)\t", VT_EUNITS, 14, "is in 'Vickers' here, in 'MPa' above");
    book_refused_with(REPORT, "HIT (Tangent)\t", "HIT (O&P)\t", VT_EKEY, 0, "'HIT (O&P)' stands twice for indent 1");
    book_refused_with(REPORT, "HVIT (O&P)\t", "\t", VT_ESHAPE, 14, "a block without a name");
    book_refused_with(REPORT, "\tMedian", "\tModus", VT_EPARSE, 13, "neither a value nor a summary");
    book_refused("New Report\n----------\n\t\ttitle\t\n", VT_ESHAPE, 1, "a report without values");
}

/* ---- results ---- */
static const char RESULTS[] = "Group\tMeasurement\tParameter\tUnit\tValue\n"
                              "Auto group\t1\tHIT (O&P)\tGPa\t6.328\nAuto group\t1\tPoisson's ratio\t\t0.300\n"
                              "Auto group\t1\tF/S\xB2(O&P)\tnm\xB2/mN\t285.660\n"
                              "HT_V\t1\tHIT (O&P)\tGPa\t3.473\nHT_V\t1\tPoisson's ratio\t\t0.300\n"
                              "HT_V\t1\tX\t\xB5m\t13375.833\nAuto group\t2\tHIT (O&P)\tGPa\t--.--\n"
                              "Auto group\t2\tPoisson's ratio\t\t0.300\n";

static void results_are_pivoted(void)
{
    vt_book *b = book_of(RESULTS);
    const vt_table *t = vt_book_table(b, 0);
    CHECK_TEXT(vt_book_format(b), "Anton Paar results");
    CHECK(vt_table_rows(t) == 3 && vt_table_columns(t) == 6 && strcmp(vt_table_form(t), "indents") == 0);
    CHECK(strcmp(vt_table_text(t, 0, 1), "HT_V_1") == 0 && strcmp(vt_table_text(t, 1, 1), "HT_V") == 0);
    CHECK(strcmp(vt_table_text(t, 0, 2), "Auto group_2") == 0 && vt_table_line(t, 2) == 8);
    CHECK_REL(book_at(b, 0, "HIT (O&P)", 1), 3.473e9, 3e-16);
    CHECK(isnan(book_at(b, 0, "HIT (O&P)", 2)) && isnan(book_at(b, 0, "X", 0)));
    CHECK(book_notes(b, "now missing: HIT (O&P) 1") && strcmp(book_meta(b, 0, "poisson_ratio"), "0.3") == 0);
    CHECK_REL(book_at(b, 0, "X", 1), 13375.833e-6, 3e-16);
    CHECK_REL(book_at(b, 0, "F/S\xC2\xB2(O&P)", 0), 285.660e-15, 4e-16); /* nm^2/mN: m^2/N */
    vt_book_free(b);
    book_refused_with(RESULTS, "\t\t0.300\nHT_V\t1\tX", "\n", VT_ESHAPE, 6, "has 3 of 5 cells");
    book_refused_with(RESULTS, "6.328", "6,328", VT_EPARSE, 2, "'6,328' is no number");
    book_refused_with(RESULTS, "GPa\t3.473", "MPa\t3473", VT_EUNITS, 5, "is in 'MPa' here, in 'GPa' above");
    book_refused_with(RESULTS, "Auto group\t2\tHIT", "Auto group\t1\tHIT", VT_EKEY, 0, "stands twice for indent 1");
    book_refused_with(RESULTS, "HT_V\t1\tX", "\t1\tX", VT_ESHAPE, 7, "is empty");
    book_refused("Group\tMeasurement\tParameter\tUnit\tValue\n", VT_ESHAPE, 1, "no rows below it");
}

/* Each measurement has a quantity of its own: a square of missing cells, larger than the file. */
static void sparse_results_are_refused(void)
{
    enum { N = 600, LINE = 32 };
    char *text = malloc((N + 2) * LINE);
    size_t n = (size_t)sprintf(text, "Group\tMeasurement\tParameter\tUnit\tValue\n");
    for (int i = 0; i < N; i++) n += (size_t)sprintf(text + n, "g\t%d\tp%d\tm\t1\n", i, i);
    book_refused(text, VT_ESHAPE, 0, "600 indents with 600 quantities in so small a file");
    free(text);
}

/* ---- curves ---- */
#define NAMES(n) "X_HT V_" n "_Time_[s]\tY_HT V_" n "_Fn_[mN]\tX_HT V_" n "_Time_[s]\tY_HT V_" n "_Pd_[nm]\t"
static const char CURVES[] = NAMES("1") NAMES("2") "\n0\t0\t0\t0\t0\t0\t0\t0\t\n"
                                                   "0.1\t1.5\t0.1\t2.5\t0.25\t-0.5\t0.25\t7\t\n"
                                                   "0.1\t1.5\t0.1\t2.5\t0.5\t9.9e37\t0.5\t8\t\n"
                                                   "0.1\t1.5\t0.1\t2.5\t\t\t\t\t\n";

static void curves_become_records_without_padding(void)
{
    vt_book *b = book_of(CURVES);
    CHECK_TEXT(vt_book_format(b), "Anton Paar curves");
    CHECK(vt_book_tables(b) == 2);
    const vt_table *one = vt_book_table(b, 0), *two = vt_book_table(b, 1);
    CHECK(strcmp(vt_table_label(one), "HT V_1") == 0 && strcmp(vt_table_label(two), "HT V_2") == 0);
    CHECK(strcmp(book_meta(b, 1, "group"), "HT V") == 0 && strcmp(vt_table_form(two), "record") == 0);
    CHECK(vt_table_rows(one) == 2 && vt_table_rows(two) == 3 && vt_table_columns(two) == 3);
    CHECK(vt_table_find(two, "Time") == 0 && vt_table_find(two, "Fn") == 1 && vt_table_find(two, "Pd") == 2);
    CHECK(book_at(b, 0, "Fn", 1) == 1.5e-3 && book_at(b, 0, "Pd", 1) == 2.5e-9 && book_at(b, 1, "Time", 2) == 0.5);
    CHECK(book_at(b, 1, "Fn", 1) == -0.5e-3 && isnan(book_at(b, 1, "Fn", 2)) && vt_table_line(two, 2) == 4);
    CHECK(book_notes(b, "3 rows that pad") && book_notes(b, "now missing: Fn 1"));
    vt_book_free(b);
    char *comma = book_line_ends(CURVES, "\n");
    for (char *p = strchr(comma, '\n'); *p; p++)
        if (*p == '.') *p = ',';
    b = book_of(comma);
    CHECK(book_at(b, 0, "Fn", 1) == 1.5e-3 && vt_table_rows(vt_book_table(b, 1)) == 3);
    vt_book_free(b);
    free(comma);
}

static void curve_refusals_name_line_and_fix(void)
{
    book_refused_with(CURVES, "\t0.25\t7", "\t0.26\t7", VT_ESHAPE, 3,
                      "'HT V_2': load is read at 0.25 s, depth at 0.26 s");
    book_refused_with(CURVES, "Y_HT V_2_Pd_[nm]\t", "", VT_ESHAPE, 1, "7 columns; each indent has four");
    book_refused_with(CURVES, "Y_HT V_2_Pd", "Y_HT V_3_Pd", VT_ESHAPE, 1, "column 8 is 'Y_HT V_3_Pd'");
    book_refused_with(CURVES, "X_HT V_2_Time", "X_HT V_2_Temp", VT_ESHAPE, 1, "column 5 is 'X_HT V_2_Temp'");
    book_refused_with(CURVES, "\t1.5\t", "\thigh\t", VT_EPARSE, 3, "'high' is no number");
    book_refused_with(CURVES, "\n0\t0", "\nend\n0\t0", VT_EPARSE, 2, "no row of numbers");
    book_refused(NAMES("1") "\n", VT_ESHAPE, 1, "no readings below it");
}

/* ---- method ---- */
static const char METHOD[] =
    "Method Name : C:\\Methods\\CSM Standard.msm\r\nOwner : MTS\r\nChannels\r\n\tContact Area\r\n\t\tInternal Name : "
    "ContactArea\r\n\t\tUnits : nm^2\r\n\t\tFormula : TipArea(ContactDepth,_TipName)\r\n\t\tDescription : "
    "one\r\nInputs "
    "of\r\nInputs\r\n\tConstants\r\n\t\tBeta\r\n\t\t\tInternal Name : Beta\r\n\t\t\tDefault Value : 1.000  \r\n"
    "Configuration Objects\r\n\tIndenter Tip\r\n\t\tCurrentTipName\r\n\t\t\tTipName : Berk\r\n\t\t\tFunctionType : "
    "0\r\n"
    "\t\t\tModulus : 1.1635e+005\r\n\t\t\tParameters\r\n\t\t\t\tLabel0 : m0   Value : 2.4695e+001\r\n"
    "\t\t\t\tLabel1 : m1   Value : -3.9577e+002\r\n\t\t\t\tLabel2 : m2   Value : 0.0000e+000\r\n"
    "\t\tOriginalTipName\r\n\t\t\tTipName : Other\r\n\t\t\t\tLabel0 : m0   Value : 1.0e+001\r\n";

static void methods_are_tables_of_settings(void)
{
    vt_book *b = book_of(METHOD);
    const vt_table *t = vt_book_table(b, 0);
    CHECK_TEXT(vt_book_format(b), "NanoSuite test method");
    CHECK(vt_table_rows(t) == 2 && strcmp(vt_table_form(t), "settings") == 0);
    CHECK(strcmp(vt_table_text(t, 0, 0), "Channels") == 0 && strcmp(vt_table_text(t, 0, 1), "Inputs") == 0);
    CHECK(strcmp(vt_table_text(t, 1, 1), "Beta") == 0 && strcmp(vt_table_text(t, 2, 0), "ContactArea") == 0);
    CHECK(strcmp(vt_table_text(t, 3, 0), "nm^2") == 0 && strcmp(vt_table_text(t, 5, 1), "1.000") == 0);
    CHECK_TEXT(vt_table_text(t, 4, 0), "TipArea(ContactDepth");
    CHECK(strcmp(book_meta(b, 0, "area_function"), "24.695,-395.77") == 0);
    CHECK(book_notes(b, "no readings; those are in the workbook") && book_notes(b, "modulus 1.1635e+005 has no unit"));
    vt_book_free(b);
    char other[sizeof METHOD];
    memcpy(other, METHOD, sizeof METHOD);
    *strstr(other, "Type : 0") = 'P';
    b = book_of(other);
    CHECK(!*book_meta(b, 0, "area_function") && book_notes(b, "give area_function yourself"));
    vt_book_free(b);
    book_refused("Method Name : x\nOwner : MTS\n", VT_ESHAPE, 1, "the readings are in the workbook (.xls)");
}

static void plain_tables_are_left_alone(void)
{
    static const char *const PLAIN[] = {
        "Group,Measurement,Parameter,Unit,Value\na,b,c,d,e\nf,g,h,i,k\n",
        "Group\tMeasurement\tValue [mN]\na\tb\t1\na\tc\t2\n",
        "X_a_Time_[s]\tY_a_Fn_[mN]\n0\t1\n1\t2\n",
        "Method Name [1],load [mN]\n0,1\n1,2\n",
    };
    for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++) {
        vt_book *b = book_of(PLAIN[i]);
        CHECK(strcmp(vt_book_format(b), "text table") == 0 && vt_table_rows(vt_book_table(b, 0)) == 2);
        vt_book_free(b);
    }
}

/* ---- real files ---- */
static double mean(const vt_book *b, size_t table, const char *name)
{
    const size_t n = vt_table_rows(vt_book_table(b, table));
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += book_at(b, table, name, i);
    return sum / (double)n;
}

static void real_report_has_its_means(void)
{
    vt_book *b = book_real("csm-nht2-zrcu-amorphous-alloy-map/Be0_matryca15_50mN_spacing7um_strefa_przejsciowa.TXT");
    if (!b) return;
    CHECK(vt_book_tables(b) == 1 && vt_table_rows(vt_book_table(b, 0)) == 225);
    CHECK(vt_table_columns(vt_book_table(b, 0)) == 24);
    static const struct {
        const char *name;
        double mean, unit;
    } MEANS[] = {{"HIT (O&P)", 7108.771, 1e6}, {"EIT (O&P)", 89.134, 1e9},  {"E* (O&P)", 103.008, 1e9},
                 {"Er (O&P)", 94.516, 1e9},    {"hm (O&P)", 625.722, 1e-9}, {"Fm (O&P)", 50.045, 1e-3},
                 {"S (O&P)", 0.293, 1e6},      {"hc (O&P)", 496.068, 1e-9}, {"hr (O&P)", 454.667, 1e-9},
                 {"hp (O&P)", 383.794, 1e-9},  {"Epsilon (O&P)", 0.758, 1}, {"m (O&P)", 1.415, 1},
                 {"CIT", 1.641, 1e-2},         {"RIT", -0.047, 1e-2},       {"Welast", 5006.063, 1e-12},
                 {"nit", 41.013, 1e-2},        {"X", 89.166, 1e-3},         {"Y", 41.432, 1e-3},
                 {"Wtotal", 12206.938, 1e-12}, {"Wplast", 7200.876, 1e-12}};
    /* the file prints three decimals of values and of means: half a unit of each */
    for (size_t i = 0; i < sizeof MEANS / sizeof *MEANS; i++)
        CHECK_ABS(mean(b, 0, MEANS[i].name) / MEANS[i].unit, MEANS[i].mean, 1.001e-3);
    CHECK_ABS(mean(b, 0, "Ap (O&P)") * 1e18, 7042656.5, 0.6); /* single precision inside the instrument: 0.5 */
    CHECK(strcmp(book_meta(b, 0, "poisson_ratio"), "0.367") == 0);
    CHECK_REL(book_at(b, 0, "HIT (O&P)", 224), 7150.068e6, 3e-16);
    CHECK(book_ignores(b, "17 quantities without any value") && !book_notes(b, "missing"));
    vt_book_free(b);
}

static void real_curves_and_results_read(void)
{
    static const size_t ROWS[] = {7005, 7009, 7006, 7006};
    vt_book *b = book_real("anton-paar-curves-100mN/HT_V_100mN.TXT");
    if (!b) return;
    CHECK(vt_book_tables(b) == 4 && book_notes(b, "10 rows that pad"));
    for (size_t i = 0; i < 4; i++) CHECK(vt_table_rows(vt_book_table(b, i)) == ROWS[i]);
    CHECK_REL(book_at(b, 0, "Pd", 7004), 365.391622884539e-9, 3e-16);
    CHECK_REL(book_at(b, 1, "Fn", 7008), 0.332591141901579e-3, 3e-16);
    CHECK(strcmp(vt_table_label(vt_book_table(b, 3)), "HT_V_100mN_4") == 0);
    vt_book_free(b);
    b = book_real("anton-paar-curves-100mN/HT_V_100mN_data.TXT");
    CHECK(vt_table_rows(vt_book_table(b, 0)) == 6 && vt_table_columns(vt_book_table(b, 0)) == 29);
    CHECK(strcmp(vt_table_text(vt_book_table(b, 0), 0, 2), "HT_V_100mN_1") == 0);
    CHECK_REL(book_at(b, 0, "EIT (O&P)", 2), 97.210e9, 3e-16);
    CHECK_REL(book_at(b, 0, "S (O&P)", 3), 0.595e6, 3e-16);
    CHECK(isnan(book_at(b, 0, "G (Creep)", 0)) && !book_notes(b, "missing")); /* not written for that group */
    vt_book_free(b);
}

static void real_method_reads(void)
{
    vt_book *b = book_real("mts-xp-fused-silica-csm/FS_XP_MethodInclCalibration.txt");
    if (!b) return;
    CHECK(vt_table_rows(vt_book_table(b, 0)) == 119); /* grep -c "Internal Name" */
    CHECK(strcmp(book_meta(b, 0, "area_function"), "24.695,395.77,-16.132,133.41,106.46") == 0);
    vt_book_free(b);
}

static void damaged_files_are_refused(void)
{
    const mutate_job jobs[] = {
        {.name = "made-up report", .bytes = REPORT, .size = sizeof REPORT - 1, .count = MUTATE_COUNT},
        {.name = "made-up results", .bytes = RESULTS, .size = sizeof RESULTS - 1, .count = MUTATE_COUNT},
        {.name = "made-up curves", .bytes = CURVES, .size = sizeof CURVES - 1, .count = MUTATE_COUNT},
        {.name = "made-up method", .bytes = METHOD, .size = sizeof METHOD - 1, .count = MUTATE_COUNT}};
    static const size_t REFUSED[] = {500, 300, 300, 50}; /* a method is words: most damage to it cannot be seen */
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) CHECK(mutate_run(&jobs[i]).refused > REFUSED[i]);
}

CHECK_MAIN(CHECK_CASE(reports_become_one_row_per_indent), CHECK_CASE(report_refusals_name_line_and_fix),
           CHECK_CASE(results_are_pivoted), CHECK_CASE(sparse_results_are_refused),
           CHECK_CASE(curves_become_records_without_padding), CHECK_CASE(curve_refusals_name_line_and_fix),
           CHECK_CASE(methods_are_tables_of_settings), CHECK_CASE(plain_tables_are_left_alone),
           CHECK_CASE(real_report_has_its_means), CHECK_CASE(real_curves_and_results_read),
           CHECK_CASE(real_method_reads), CHECK_CASE(damaged_files_are_refused))
