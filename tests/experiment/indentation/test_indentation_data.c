/* Real instrument files through the whole reduction: the vendors' numbers come back (issue 3, points 1 to 4). Every
 * expected number stands in the file itself or in the SOURCE.md beside it. */
#include "check.h"
#include <vitrum/experiment.h>
#include <vitrum/io.h>

enum { MOST_FILES = 4, PATH = 1024 };

static const char *root;

/* One run: files below the root, settings "key=value" ... NULL. */
static vt_result *reduce(const char *const *files, const char *const *settings)
{
    char path[MOST_FILES][PATH];
    const char *paths[MOST_FILES];
    vt_book *books[MOST_FILES] = {NULL};
    const vt_table **tables = NULL;
    vt_setting set[8];
    size_t n = 0, nset = 0, ntables = 0;
    vt_result *result = NULL;
    vt_error err = {0};
    for (; files[n]; n++) {
        snprintf(path[n], PATH, "%s/nanoindentation/%s", root, files[n]);
        paths[n] = path[n];
    }
    static char keys[8][64];
    for (; settings[nset]; nset++) {
        const char *is = strchr(settings[nset], '=');
        snprintf(keys[nset], sizeof keys[nset], "%.*s", (int)(is - settings[nset]), settings[nset]);
        set[nset] = (vt_setting){.key = keys[nset], .text = is + 1};
    }
    CHECK_OK(vt_books_read(n, paths, NULL, 2, books, &err), &err);
    CHECK_OK(vt_books_tables(n, books, &tables, &ntables, &err), &err);
    const vt_request in = {.raw = tables, .nraw = ntables, .settings = set, .nsettings = nset};
    CHECK_OK(vt_reduce(vt_experiment_find("indentation"), &in, &result, &err), &err);
    free(tables);
    vt_books_free(n, books);
    return result;
}

static const vt_table *curve(const vt_result *r, const char *name)
{
    for (size_t i = 0; i < vt_result_curves(r); i++)
        if (strcmp(vt_result_curve_name(r, i), name) == 0) return vt_result_curve(r, i);
    return NULL;
}

static const double *column(const vt_table *t, const char *name)
{
    const long c = t ? vt_table_find(t, name) : -1;
    CHECK(c >= 0);
    return c >= 0 ? vt_table_values(t, (size_t)c) : NULL;
}

static const char *scope(const vt_property *p, const char *key)
{
    for (size_t i = 0; i < p->nscope; i++)
        if (strcmp(p->scope[i].key, key) == 0) return p->scope[i].text;
    return NULL;
}

/* The mean of the set: the first property of this name that belongs to no test, specimen or group. */
static const vt_property *of_set(const vt_result *r, const char *name)
{
    for (size_t i = 0; r && i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        if (strcmp(p->name, name) == 0 && !scope(p, "test") && !scope(p, "specimen")) return p;
    }
    CHECK(!"a mean of the set");
    return NULL;
}

static const vt_property *of_test(const vt_result *r, const char *name, const char *test)
{
    for (size_t i = 0; r && i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        const char *label = scope(p, "test");
        if (strcmp(p->name, name) == 0 && label && strcmp(label, test) == 0) return p;
    }
    return NULL;
}

static const char *warning(const vt_result *r, const char *code, const char *word)
{
    for (size_t i = 0; r && i < vt_result_warnings(r); i++)
        if (strcmp(vt_result_warning_code(r, i), code) == 0 && strstr(vt_result_warning_message(r, i), word))
            return vt_result_warning_message(r, i);
    return NULL;
}

/* Every row of a column of ratios lies within `tolerance` of 1; returns how many rows there are. */
static size_t within(const vt_result *r, const char *name, double tolerance)
{
    const vt_table *t = curve(r, "vendor_comparison");
    const double *x = column(t, name);
    size_t n = 0;
    for (size_t i = 0; x && i < vt_table_rows(t); i++) {
        if (isnan(x[i])) continue;
        CHECK_ABS(x[i], 1.0, tolerance);
        n++;
    }
    return n;
}

/* Point 1. The vendor fits the upper half of the unloading ("Percent Unload In Stiffness Calculation 50 %") and uses
 * beta = 1, and regresses load
 * on depth as instruments do (by depth on load one of the 50 is 0.42 % off); its area is that of its hardness, P/H,
 * printed to 10 MPa: 0.1 % of H, 0.05 % of E. */
static void fused_silica_of_five_cycles_has_the_vendors_stiffness(void)
{
    vt_result *r = reduce((const char *[]){"agilent-g200-fused-silica-5cycles/FQ.xls", NULL},
                          (const char *[]){"beta=1", "unload_low=0.5", "regression=load", NULL});
    CHECK(within(r, "contact_stiffness_ratio", 0.004) == 50); /* 10 tests of 5 cycles; asked for: 0.4 % */
    const vt_table *t = curve(r, "indents");
    const double *E = column(t, "elastic_modulus");
    double mean = 0.0;
    for (size_t i = 0; E && i < 50; i++) mean += E[i] / 50.0;
    CHECK_REL(mean, 72.5e9, 0.005);
    vt_result_free(r);
}

/* Point 2. The workbook prints three of the five terms of its area function; the description of the method has all, to
 * five digits: 2e-5 of the area. */
static void continuous_stiffness_of_fused_silica_comes_back_at_every_depth(void)
{
    char method[PATH];
    snprintf(method, sizeof method,
             "area_function=%s/nanoindentation/mts-xp-fused-silica-csm/FS_XP_MethodInclCalibration.txt", root);
    vt_result *r = reduce((const char *[]){"mts-xp-fused-silica-csm/FS_XP.xls", NULL},
                          (const char *[]){"beta=1", "depth_low=100nm", "depth_high=200nm", method, NULL});
    size_t depths = 0;
    for (int k = 1; k <= 9; k++) {
        char name[32];
        snprintf(name, sizeof name, "depth_%d", k);
        const vt_table *t = curve(r, name);
        const double *h = column(t, "depth"), *h_c = column(t, "contact_depth"),
                     *v_h = column(t, "vendor_contact_depth"), *H = column(t, "hardness"),
                     *v_H = column(t, "vendor_hardness"), *E = column(t, "elastic_modulus"),
                     *v_E = column(t, "vendor_elastic_modulus");
        for (size_t i = 0; h && v_E && i < vt_table_rows(t); i++) {
            if (!(h[i] > 100e-9) || isnan(v_E[i])) continue;
            CHECK_REL(h_c[i], v_h[i], 1e-12); /* the file has the vendor's doubles: h - 0.75 P/S */
            CHECK_REL(H[i], v_H[i], 0.001);
            CHECK_REL(E[i], v_E[i], 0.001);
            depths++;
        }
    }
    CHECK(depths > 900); /* about 110 of each test */
    CHECK_REL(column(curve(r, "vendor_comparison"), "hardness_ratio")[0], 1.0, 0.005);
    double E = 0.0, H = 0.0;
    for (int i = 0; i < 9; i++) {
        E += column(curve(r, "indents"), "elastic_modulus")[i] / 9.0;
        H += column(curve(r, "indents"), "hardness")[i] / 9.0;
    }
    CHECK_REL(E, 77.72e9, 0.005);
    CHECK_REL(H, 10.21e9, 0.005);
    CHECK(warning(r, "W_AREA", "do not follow") == NULL);
    vt_result_free(r);
    /* Its own three terms alone: areas are 0.5 % off, which is said. */
    r = reduce((const char *[]){"mts-xp-fused-silica-csm/FS_XP.xls", NULL}, (const char *[]){"beta=1", NULL});
    const char *three = warning(r, "W_AREA", "prints 3 coefficients");
    CHECK_TEXT(three ? three : "", "its contact areas are 0.47 % off");
    vt_result_free(r);
}

/* Point 3. H = Fm/Ap with Fm printed to 1 uN of 50 mN: 1e-5 of a single row; the mean of 225 rows agrees to 1e-6. */
static void map_of_an_amorphous_alloy_comes_back_row_by_row(void)
{
    vt_result *r = reduce(
        (const char *[]){"csm-nht2-zrcu-amorphous-alloy-map/Be0_matryca15_50mN_spacing7um_strefa_przejsciowa.TXT",
                         NULL},
        (const char *[]){"epsilon=file", NULL});
    CHECK(within(r, "hardness_ratio", 1.05e-5) == 225);
    CHECK(within(r, "elastic_modulus_ratio", 1e-4) == 225);
    CHECK(within(r, "reduced_modulus_ratio", 1e-4) == 225);
    const double *H = column(curve(r, "vendor_comparison"), "hardness_ratio");
    double mean = 0.0;
    for (size_t i = 0; H && i < 225; i++) mean += H[i] / 225.0;
    CHECK_ABS(mean, 1.0, 1e-6);
    const vt_property *E = of_set(r, "elastic_modulus"), *h = of_set(r, "hardness");
    if (E) CHECK_REL(E->q.value, 89.13e9, 1e-4); /* last digit of the report */
    if (h) CHECK_REL(h->q.value, 7.1088e9, 1e-4);
    const vt_property *s = of_set(r, "hardness_scatter"), *ratio = of_set(r, "hardness_scatter_ratio");
    if (s) CHECK_REL(s->q.value, 139.4e6, 0.005); /* Std Dev of the report */
    if (ratio) CHECK(ratio->q.value > 1.0);
    vt_result_free(r);
}

/* Point 4, Anton Paar: the vendor's window is 40 to 98 %; S is printed to 0.001 of 0.6 mN/nm. */
static void anton_paar_curves_have_the_vendors_stiffness(void)
{
    vt_result *r = reduce(
        (const char *[]){"anton-paar-curves-100mN/HT_V_100mN.TXT", "anton-paar-curves-100mN/HT_V_100mN_data.TXT", NULL},
        (const char *[]){"unload_low=0.4", "beta=1", NULL});
    CHECK(within(r, "contact_stiffness_ratio", 0.003) == 4);
    CHECK(within(r, "elastic_modulus_ratio", 0.005) == 4);
    const double m[2] = {1.308, 1.291}; /* of the report */
    for (int i = 0; i < 2; i++) {
        const vt_property *p = of_test(r, "unloading_exponent", i ? "HT_V_100mN_2" : "HT_V_100mN_1");
        CHECK(p != NULL);
        if (p) CHECK_ABS(p->q.value, m[i], 0.002);
    }
    vt_result_free(r);
}

/* Point 4, Hysitron: depth is noisy (1.2 nm of a recovery of 13 nm), so both regressions are given; that of load on
 * depth, which instruments use, gives 243 and 259 GPa. c has hardly a reading between air and load. */
static void hysitron_indents_agree_and_the_failed_one_is_left_out(void)
{
    vt_result *r =
        reduce((const char *[]){"hysitron-triboscan-hld/experiment_a.hld", "hysitron-triboscan-hld/experiment_b.hld",
                                "hysitron-triboscan-hld/experiment_c.hld", NULL},
               (const char *[]){NULL});
    for (int i = 0; i < 2; i++) {
        const vt_property *p = of_test(r, "reduced_modulus", i ? "experiment_b" : "experiment_a");
        CHECK(p != NULL);
        if (!p) continue;
        CHECK_BAND(p->q.value, 240e9, 260e9);
        CHECK_TEXT(p->reading, "paper");
    }
    CHECK(of_test(r, "reduced_modulus", "experiment_c") == NULL);
    CHECK(warning(r, "W_INDENT", "experiment_c: E_") != NULL);
    CHECK(warning(r, "W_REGRESSION", "too soft") != NULL);
    vt_result_free(r);
}

/* Point 4, Fischer: E* of the deepest unloading; the report takes a frame compliance and a shape of the tip into
 * account that it does not give, which SOURCE.md puts at 1.6 to 1.9 %. */
static void fischer_report_has_the_vendors_modulus(void)
{
    vt_result *r = reduce((const char *[]){"fischerscope-hm2000-report/FS1.txt", NULL},
                          (const char *[]){"beta=1", "unload_high=0.9533", "unload_low=0.2095", NULL});
    CHECK(within(r, "plane_strain_modulus_ratio", 0.02) == 10);
    vt_result_free(r);
}

/* InView's surface lies where the load does not rise yet: 60 to 170 nm above the contact of this fused silica. */
static void surface_in_air_is_not_believed(void)
{
    vt_result *r = reduce((const char *[]){"kla-fused-silica-10cycles-uncalibrated/FusedSilica.xlsx", NULL},
                          (const char *[]){NULL});
    CHECK(warning(r, "W_ZERO", "rises elsewhere than at the surface") != NULL);
    CHECK(warning(r, "W_INDENT", "Test 3, cycle 1: E_UNLOAD_FIT") != NULL ||
          warning(r, "W_INDENT", "more of 160 indents and cycles") != NULL);
    vt_result_free(r);
    r = reduce((const char *[]){"kla-fused-silica-10cycles-uncalibrated/FusedSilica.xlsx", NULL},
               (const char *[]){"zero=file", "beta=1", NULL});
    CHECK(warning(r, "W_ZERO", "rises elsewhere") == NULL);
    vt_result_free(r);
}

/* The same numbers whatever the number of threads. */
static void threads_change_nothing(void)
{
    const char *const file[] = {"agilent-g200-fused-silica-5cycles/FQ.xls", NULL};
    vt_result *one = reduce(file, (const char *[]){"threads=1", NULL}),
              *two = reduce(file, (const char *[]){"threads=2", NULL});
    const size_t n = vt_result_properties(one);
    CHECK(n > 400 && vt_result_properties(two) == n);
    for (size_t i = 0; i < n; i++) {
        const vt_quantity *a = &vt_result_property(one, i)->q, *b = &vt_result_property(two, i)->q;
        CHECK(a->value == b->value && a->u == b->u);
    }
    vt_result_free(one);
    vt_result_free(two);
}

int main(void)
{
    root = check_real_files();
    if (!root) return CHECK_SKIPPED;
    const struct CMUnitTest tests[] = {CHECK_CASE(fused_silica_of_five_cycles_has_the_vendors_stiffness),
                                       CHECK_CASE(continuous_stiffness_of_fused_silica_comes_back_at_every_depth),
                                       CHECK_CASE(map_of_an_amorphous_alloy_comes_back_row_by_row),
                                       CHECK_CASE(anton_paar_curves_have_the_vendors_stiffness),
                                       CHECK_CASE(hysitron_indents_agree_and_the_failed_one_is_left_out),
                                       CHECK_CASE(fischer_report_has_the_vendors_modulus),
                                       CHECK_CASE(surface_in_air_is_not_believed),
                                       CHECK_CASE(threads_change_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
