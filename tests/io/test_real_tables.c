/* Every text table, workbook and report among the real instrument files reads, or is refused for the right
 * reason. Row counts come from the files' own statements ("Number of Points = 16390", "Test Data Points:
 * 2800") or their SOURCE.md (EM 278, CTT 669, GFA 6470, silicate lp 15440) where there is one. */
#include "check.h"
#include <dirent.h>
#include <sys/stat.h>
#include <vitrum/io.h>

/* A file is read (code VT_OK: rows and columns) or refused (code, line, part of the text). */
struct expectation {
    const char *path, *sheet, *units; /* units: "Time=s;*=1", or NULL */
    vt_status code;
    long line; /* of the refusal */
    size_t rows, columns;
    const char *part; /* of the message, or a column that must be there */
};

#define INDENT    "nanoindentation/"
#define STEEL     "tensile/steel-1045-tension/Steel_1045_Normalized_"
#define PS        "creep/polystyrene-melt-creep-relaxation/"
#define PMMA      "dsc/ta-discovery-pmma-glass-transition/UMET_DSC_N2_"
#define PYRIS     "dsc/perkinelmer-tg-overshoot/"
#define GLASSES   "tables/metallic-glass-moduli-and-temperatures/"
#define SILICATES "viscosity/silicate-melt-viscosity-database/database.xlsx"
#define HLD       INDENT "hysitron-triboscan-hld/experiment_"
#define HLD_UNITS "Time_s=s;Disp_nm=nm;Force_uN=uN;LoadCell_nm=nm;PiezoDisp_nm=nm;Disp_V=V;Force_V=V;Piezo_LowV=V"

static const struct expectation EXPECTED[] = {
    {"afm/polymer-nanowires-5um/5umSomeStraight_raw.txt", NULL, NULL, VT_EPARSE, 1, 0, 0, "without a header"},
    {PS "creep_ps145_data.csv", NULL, NULL, VT_EUNITS, 1, 0, 0, "'Time' has numbers but no unit"},
    {PS "creep_ps145_data.csv", NULL, "Time=s;Creep Compliance=1/Pa", VT_OK, 0, 7199, 2, "Creep Compliance"},
    {PS "creep_ps175_data.csv", NULL, "Time=s;Creep Compliance=1/Pa", VT_OK, 0, 3599, 2, "Time"},
    {PS "creep_ps190_data.csv", NULL, "Time=s;Creep Compliance=1/Pa", VT_OK, 0, 3598, 2, "Time"},
    {PS "stressrelaxation_ps145_data.csv", NULL, "Time=s;Relaxation Modulus=Pa", VT_OK, 0, 1799, 2,
     "Relaxation Modulus"},
    {PS "stressrelaxation_ps175_data.csv", NULL, "Time=s;Relaxation Modulus=Pa", VT_OK, 0, 696, 2,
     "Relaxation Modulus"},
    {PS "stressrelaxation_ps190_data.csv", NULL, "Time=s;Relaxation Modulus=Pa", VT_OK, 0, 401, 2,
     "Relaxation Modulus"},
    {PS "oscillation_ps145_data.csv", NULL, "Angular Frequency=rad/s;*=Pa", VT_OK, 0, 32, 3, "Loss Modulus"},
    {PS "oscillation_ps175_data.csv", NULL, "Angular Frequency=rad/s;*=Pa", VT_OK, 0, 32, 3, "Loss Modulus"},
    {PS "oscillation_ps190_data.csv", NULL, "Angular Frequency=rad/s;*=Pa", VT_OK, 0, 32, 3, "Loss Modulus"},
    /* the rows leave out the last, empty cell of the 24 columns */
    {"creep/trios-creep-export/creep_experiment.txt", NULL, NULL, VT_ESHAPE, 124, 0, 0, "names 24 columns"},
    {"dic/davis-sem-dic-displacement-map/testDataDIC.txt", NULL, NULL, VT_EPARSE, 2, 0, 0, "without a header"},
    {PYRIS "6HAW158.csv", NULL, NULL, VT_EUNITS, 1, 0, 0, "unit 'C' is the coulomb; write [degC]"},
    {PYRIS "6HAW158.csv", NULL, "Temperature=degC", VT_OK, 0, 271, 2, "Heat Flow Endo Up"},
    {PYRIS "7HAW008.csv", NULL, "Temperature=degC", VT_OK, 0, 240, 2, "Heat Flow Endo Up"},
    {PYRIS "7HAW010.csv", NULL, "Temperature=degC", VT_OK, 0, 271, 2, "Heat Flow Endo Up"},
    {PYRIS "7HAW012.csv", NULL, NULL, VT_OK, 0, 270, 2, "Time"},
    {PYRIS "7HAW104.csv", NULL, "Temperature=degC", VT_OK, 0, 450, 2, "Temperature"},
    {"dsc/ta-2920-eicosane-melting/sample_dsc_tainstruments.txt", NULL, NULL, VT_EPARSE, 32, 0, 0, "without a header"},
    {PMMA "10K_1.csv", NULL, NULL, VT_EUNITS, 2, 0, 0, "column 'Temp': unit 'k'"},
    {PMMA "20K_1.csv", NULL, NULL, VT_EUNITS, 2, 0, 0, "column 'Temp': unit 'k'"},
    {PMMA "3K_1.csv", NULL, NULL, VT_EUNITS, 2, 0, 0, "column 'Temp': unit 'k'"},
    {PMMA "3K_1.csv", NULL, "Temp=K", VT_OK, 0, 1482, 3, "Heat Flow"},
    /* one sheet of a workbook as a plain table; as books of tests they are in test_book_nanosuite.c */
    {INDENT "agilent-g200-csm-popin/Popin.xls", NULL, NULL, VT_EUNITS, 1, 0, 0, "column 'Avg Modulus'"},
    {INDENT "agilent-g200-csm-popin/Popin.xls", "Test 012", NULL, VT_OK, 0, 377, 7, "Harmonic Contact Stiffness"},
    {INDENT "agilent-g200-fused-silica-5cycles/FQ.xls", NULL, NULL, VT_EUNITS, 1, 0, 0, "column 'Time'"},
    {INDENT "agilent-g200-fused-silica-5cycles/FQ.xls", "Test 010", NULL, VT_OK, 0, 2981, 4, "Load On Sample"},
    {INDENT "mts-xp-film-on-substrate/MTS_1film_SiO2_Si_CSM-2nm.xls", NULL, NULL, VT_OK, 0, 67, 17, "marker"},
    {INDENT "mts-xp-fused-silica-csm/FS_XP.xls", NULL, NULL, VT_EUNITS, 1, 0, 0, "column 'Time At Start Of Approach'"},
    {INDENT "mts-xp-fused-silica-csm/FS_XP.xls", "Sheet1", NULL, VT_ESHAPE, 0, 0, 0, "empty"},
    {INDENT "mts-xp-fused-silica-csm/FS_XP.xls", "Test 1", NULL, VT_EKEY, 0, 0, 0, "no sheet 'Test 1'; there are"},
    {INDENT "mts-xp-sphere-popin-alumina-on-al/mts-XP_Indcon5um_Al2O3-40nm.xls", NULL, NULL, VT_OK, 0, 572, 7,
     "Stiffness"},
    {INDENT "anton-paar-curves-100mN/HT_V_100mN.TXT", NULL, NULL, VT_OK, 0, 7009, 16, "Y_HT_V_100mN_4_Pd"},
    {INDENT "anton-paar-curves-100mN/HT_V_100mN_data.TXT", NULL, NULL, VT_EUNITS, 1, 0, 0, "column 'Measurement'"},
    {INDENT "csm-nht2-zrcu-amorphous-alloy-map/Be0_matryca15_50mN_spacing7um_strefa_przejsciowa.TXT", NULL, NULL,
     VT_EPARSE, 2, 0, 0, "a CSM / Anton Paar report"},
    {INDENT "fischerscope-hm2000-report/FS1.txt", NULL, NULL, VT_EPARSE, 1, 0, 0, "is a Fischerscope report"},
    {INDENT "hysitron-lc-text-steel/RobinSteel0000LC.txt", NULL, NULL, VT_OK, 0, 5304, 5, "Load"},
    {INDENT "hysitron-nanodma-and-map/Hysitron_dma.txt", NULL, NULL, VT_EUNITS, 3, 0, 0, "column 'Tan-Delta'"},
    {INDENT "hysitron-nanodma-and-map/Hysitron_dma.txt", NULL, "Tan-Delta=1", VT_OK, 0, 3098, 25, "Storage Mod."},
    {INDENT "hysitron-nanodma-and-map/Hysitron_example_10x10.xlsx", NULL, NULL, VT_EUNITS, 3, 0, 0, "column 'A#2'"},
    {INDENT "hysitron-nanodma-and-map/Hysitron_example_10x10.xlsx", NULL, "*=1", VT_OK, 0, 100, 15, "hmax"},
    {INDENT "hysitron-ti990-popins/grain1_6um_indent01_HL_QS_LC.txt", NULL, NULL, VT_OK, 0, 16390, 3, "Depth"},
    {INDENT "hysitron-ti990-popins/grain2_6um_indent01_HL_QS_LC.txt", NULL, NULL, VT_OK, 0, 16397, 3, "Depth"},
    {HLD "a.hld", NULL, NULL, VT_EUNITS, 13, 0, 0, "column 'Time_s' has numbers but no unit"},
    {HLD "a.hld", NULL, HLD_UNITS, VT_OK, 0, 2800, 8, "Force_uN"},
    {HLD "b.hld", NULL, HLD_UNITS, VT_OK, 0, 2803, 8, "Force_uN"},
    {HLD "c.hld", NULL, HLD_UNITS, VT_OK, 0, 2604, 8, "Force_uN"},
    {INDENT "kla-fused-silica-10cycles-uncalibrated/FusedSilica.xlsx", NULL, NULL, VT_EUNITS, 1, 0, 0, "column 'Test'"},
    {INDENT "kla-fused-silica-10cycles-uncalibrated/FusedSilica.xlsx", "Test 1", NULL, VT_OK, 0, 2867, 4, "Depth"},
    {INDENT "kla-tungsten-frame-stiffness/Tungsten_FrameStiffness.xlsx", "Test 1", NULL, VT_OK, 0, 2039, 4, "Load"},
    {INDENT "kla-tungsten-frame-stiffness/Tungsten_FrameStiffness.xlsx", "Test 99", NULL, VT_EKEY, 0, 0, 0, "no sheet"},
    {INDENT "mts-xp-film-on-substrate/MTS_0film_Si_CSM-2nm_noSD.txt", NULL, NULL, VT_EPARSE, 1, 0, 0,
     "without a header"},
    {INDENT "mts-xp-fused-silica-csm/FS_XP_MethodInclCalibration.txt", NULL, NULL, VT_EPARSE, 1, 0, 0, "test method"},
    {GLASSES "CTT.csv", NULL, NULL, VT_EUNITS, 1, 0, 0, "column 'Tg' has numbers but no unit"},
    {GLASSES "CTT.csv", NULL, "Tg=K;Tx=K;Tl=K", VT_OK, 0, 669, 4, "Tl"},
    {GLASSES "EM.csv", NULL, NULL, VT_EUNITS, 1, 0, 0, "column 'G' has numbers but no unit"},
    {GLASSES "EM.csv", NULL, "G=GPa;K=GPa", VT_OK, 0, 278, 3, "K"},
    {GLASSES "GFA.csv", NULL, NULL, VT_OK, 0, 6470, 2, "GFA"},
    {STEEL "1_Formatted.csv", NULL, NULL, VT_OK, 0, 381, 8, "Strain"},
    {STEEL "2_Formatted.csv", NULL, NULL, VT_OK, 0, 321, 8, "Final Diameter"},
    {SILICATES, NULL, NULL, VT_EUNITS, 1, 0, 0, "column 'sio2' has numbers but no unit"},
    {SILICATES, "lp", "T=K;P=GPa;*=1", VT_OK, 0, 15440, 22, "viscosity"},
    {SILICATES, "hp", "T=K;P=GPa;*=1", VT_OK, 0, 1227, 23, "viscosity"},
    {SILICATES, "References", NULL, VT_OK, 0, 244, 2, "Details"},
};
enum { EXPECTATIONS = sizeof EXPECTED / sizeof *EXPECTED, UNITS = 16 };

static const char *root; /* NULL: not there */

/* Reads root/path with units as written above. */
static vt_status read_real(const char *path, const char *sheet, const char *units, vt_table **t, vt_error *err)
{
    char full[1024], text[512];
    vt_setting set[UNITS];
    size_t n = 0;
    snprintf(full, sizeof full, "%s/%s", root, path);
    snprintf(text, sizeof text, "%s", units ? units : "");
    char *next = NULL;
    for (char *p = strtok_r(text, ";", &next); p && n < UNITS; p = strtok_r(NULL, ";", &next)) {
        char *equal = strchr(p, '=');
        *equal = '\0';
        set[n++] = (vt_setting){.key = p, .text = equal + 1};
    }
    return vt_table_read(full, &(vt_read_options){.units = set, .nunits = n, .sheet = sheet}, t, err);
}

static void every_expectation_holds(void)
{
    for (size_t i = 0; i < EXPECTATIONS; i++) {
        const struct expectation *x = &EXPECTED[i];
        vt_table *t = NULL;
        vt_error err = {0};
        const vt_status st = read_real(x->path, x->sheet, x->units, &t, &err);
        if (st != x->code)
            CHECK_FAILED("%s: %s %s, expected %s", x->path, vt_status_name(st), err.msg, vt_status_name(x->code));
        else if (st != VT_OK && (err.line != x->line || !strstr(err.msg, x->part)))
            CHECK_FAILED("%s: line %ld \"%s\", expected line %ld \"%s\"", x->path, err.line, err.msg, x->line, x->part);
        else if (st == VT_OK &&
                 (vt_table_rows(t) != x->rows || vt_table_columns(t) != x->columns || vt_table_find(t, x->part) < 0))
            CHECK_FAILED("%s: %zu x %zu, expected %zu x %zu with column %s", x->path, vt_table_rows(t),
                         vt_table_columns(t), x->rows, x->columns, x->part);
        vt_table_free(t);
    }
}

static bool has_ending(const char *name)
{
    static const char *const ENDINGS[] = {".txt", ".csv", ".TXT", ".hld", ".hap", ".xlsx", ".xls"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof ENDINGS / sizeof *ENDINGS; i++)
        if (strcmp(dot, ENDINGS[i]) == 0) return true;
    return false;
}

static bool is_expected(const char *path)
{
    for (size_t i = 0; i < EXPECTATIONS; i++)
        if (strcmp(EXPECTED[i].path, path) == 0) return true;
    return false;
}

/* Licences are prose: refused as such. Everything else must be in the list above. */
static size_t visit(const char *folder, int depth)
{
    char full[1024];
    size_t files = 0;
    snprintf(full, sizeof full, "%s/%s", root, folder);
    DIR *d = opendir(full);
    for (const struct dirent *e; d && (e = readdir(d));) {
        char path[900];
        struct stat s;
        if (e->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s%s%s", folder, *folder ? "/" : "", e->d_name);
        snprintf(full, sizeof full, "%s/%s", root, path);
        if (stat(full, &s) != 0) continue;
        if (S_ISDIR(s.st_mode) && depth < 6) files += visit(path, depth + 1);
        if (!S_ISREG(s.st_mode) || !has_ending(path)) continue;
        files++;
        if (strncmp(path, "licences/", 9) != 0) {
            if (!is_expected(path)) CHECK_FAILED("%s: a real file without an expectation", path);
            continue;
        }
        vt_table *t = NULL;
        vt_error err = {0};
        if (read_real(path, NULL, NULL, &t, &err) != VT_EPARSE || !strstr(err.msg, "no table found"))
            CHECK_FAILED("%s: %s", path, err.msg);
        vt_table_free(t);
    }
    if (d) closedir(d);
    return files;
}

static void no_real_file_is_left_out(void)
{
    CHECK(visit("", 0) >= 40);
}

static double value_where(const vt_table *t, const char *name, const char *label, const char *text)
{
    const long c = vt_table_find(t, name), l = vt_table_find(t, label);
    for (size_t i = 0; c >= 0 && i < vt_table_rows(t); i++)
        if (l >= 0 && strcmp(vt_table_text(t, (size_t)l, i), text) == 0) return vt_table_values(t, (size_t)c)[i];
    return (double)NAN;
}

static double sum(const vt_table *t, const char *name)
{
    const long c = vt_table_find(t, name);
    double total = 0.0;
    for (size_t i = 0; c >= 0 && i < vt_table_rows(t); i++) total += vt_table_values(t, (size_t)c)[i];
    return total;
}

/* Numbers that SOURCE.md quotes. Conversions are one rounding: 2e-16. */
static void quoted_values_are_read(void)
{
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(read_real(GLASSES "EM.csv", NULL, "G=GPa;K=GPa", &t, &err), &err);
    CHECK_REL(value_where(t, "G", "Alloy", "Pt57.5Cu14.7Ni5.3P22.5"), 33.3e9, 2e-16);
    CHECK_REL(value_where(t, "K", "Alloy", "Pd40Cu30Ni10P20"), 172.6e9, 2e-16);
    size_t missing = 0;
    for (size_t i = 0; i < vt_table_rows(t); i++) missing += isnan(vt_table_values(t, 2)[i]) ? 1 : 0;
    CHECK(missing == 3); /* "3 K missing" */
    vt_table_free(t);
    t = NULL;
    CHECK_OK(read_real(GLASSES "CTT.csv", NULL, "*=K", &t, &err), &err);
    CHECK(value_where(t, "Tx", "Alloy", "Zr41.2Ti13.8Cu12.5Ni10Be22.5") == 672.0 &&
          value_where(t, "Tl", "Alloy", "Pd40Ni40P20") == 991.0);
    vt_table_free(t);
    t = NULL;
    CHECK_OK(read_real(SILICATES, "lp", "T=K;P=GPa;*=1", &t, &err), &err);
    CHECK(value_where(t, "T", "Name_publi", "Wo 87") == 1067.0);
    CHECK_REL(value_where(t, "viscosity", "Name_publi", "Wo 87"), 9.06, 1e-3); /* quoted with three digits */
    CHECK(vt_table_line(t, 15439) == 15441);
    /* math.fsum over the cells, read by Python's zipfile and re; plain summation of 15440 terms of one sign errs by
     * at most 15440 eps / 2 = 2e-12, typically 1e-14 */
    CHECK_REL(sum(t, "T"), 22697529.06062769, 1e-12);
    CHECK_REL(sum(t, "viscosity"), 63688.4979870924, 1e-11); /* both signs: a third of the terms cancels */
    CHECK(sum(t, "LineNumber") == 15440.0 * 15441.0 / 2.0);
    vt_table_free(t);
}

int main(void)
{
    root = check_real_files();
    if (!root) return CHECK_SKIPPED;
    const struct CMUnitTest tests[] = {CHECK_CASE(every_expectation_holds), CHECK_CASE(no_real_file_is_left_out),
                                       CHECK_CASE(quoted_values_are_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
