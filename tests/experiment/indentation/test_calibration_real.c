/* Fused silica and tungsten of a real instrument, before its calibration (published for that purpose). */
#include "check.h"
#include <vitrum/calibration.h>
#include <vitrum/experiment.h>
#include <vitrum/io.h>

static const char *const FILES[] = {"kla-fused-silica-10cycles-uncalibrated/FusedSilica.xlsx",
                                    "kla-tungsten-frame-stiffness/Tungsten_FrameStiffness.xlsx"};
static vt_result *RESULT;

static const double *column(const char *curve, const char *name, size_t *rows, const vt_table **table)
{
    for (size_t i = 0; i < vt_result_curves(RESULT); i++) {
        if (strcmp(vt_result_curve_name(RESULT, i), curve) != 0) continue;
        *table = vt_result_curve(RESULT, i);
        *rows = vt_table_rows(*table);
        const long c = vt_table_find(*table, name);
        return c < 0 ? NULL : vt_table_values(*table, (size_t)c);
    }
    return NULL;
}

static const vt_property *of(const char *name, const char *reference)
{
    for (size_t i = 0; i < vt_result_properties(RESULT); i++) {
        const vt_property *p = vt_result_property(RESULT, i);
        if (strcmp(p->name, name) == 0 && p->nscope > 0 && strcmp(p->scope[0].text, reference) == 0) return p;
    }
    CHECK_FAILED("no %s of %s", name, reference);
    static const vt_property none;
    return &none;
}

static const char *warning(const char *code, const char *part)
{
    for (size_t i = 0; i < vt_result_warnings(RESULT); i++)
        if (strcmp(vt_result_warning_code(RESULT, i), code) == 0 && strstr(vt_result_warning_message(RESULT, i), part))
            return vt_result_warning_message(RESULT, i);
    return NULL;
}

static void silica_has_its_modulus_in_every_cycle(void)
{
    size_t n = 0, cycles = 0;
    const vt_table *t = NULL;
    const double *E = column("loads", "elastic_modulus", &n, &t), *h = column("loads", "contact_depth", &n, &t);
    const double *before = column("loads", "elastic_modulus_before", &n, &t);
    for (size_t i = 0; E && h && before && i < n; i++) {
        if (strcmp(vt_table_text(t, 0, i), "fused silica") != 0 || !(h[i] > 40e-9)) continue;
        /* Predicted for indents that were left out of the fit; the issue asks for 72 +- 0.7 GPa above 100 nm. */
        CHECK_ABS(E[i], 72e9, 0.7e9);
        cycles++;
        if (i == 9) CHECK_REL(before[i], 49.5e9, 0.02); /* the vendor's, test 1: 49.5; mean of the tests: 49.8 */
    }
    CHECK(cycles == 7);
    CHECK_REL(of("elastic_modulus", "fused silica")->q.value, 72e9, 0.005);
    /* Oliver and Pharr (1992) found 1.25. */
    CHECK_ABS(of("unloading_exponent", "fused silica")->q.value, 1.25, 0.03);
}

static void tungsten_is_the_same_at_all_loads(void)
{
    size_t n = 0, cycles = 0;
    const vt_table *t = NULL;
    const double *E = column("loads", "elastic_modulus", &n, &t);
    const double *before = column("loads", "elastic_modulus_before", &n, &t);
    const double mean = of("elastic_modulus", "tungsten")->q.value;
    double low = INFINITY, high = 0.0;
    for (size_t i = 0; E && before && i < n; i++) {
        if (strcmp(vt_table_text(t, 0, i), "tungsten") != 0) continue;
        CHECK_REL(E[i], mean, 0.05);
        low = fmin(low, before[i]);
        high = fmax(high, before[i]);
        cycles++;
    }
    CHECK(cycles == 6);
    CHECK(low < 200e9 && high > 700e9); /* the vendor's means; test 1 goes from 155 to 738 GPa */
    const vt_property *line = of("line_compliance", "tungsten");
    CHECK(line->q.low < line->q.value && line->q.value < line->q.high);
    CHECK(line->q.high < 0.0);
    CHECK(of("frame_compliance", "tungsten")->q.value < 0.0);
    CHECK_TEXT(warning("W_COMPLIANCE_NEG", "tungsten"), "is negative");
    /* The two files were not taken with one frame correction, and that is said. */
    CHECK_TEXT(warning("W_FRAME", "tungsten"), "not one frame correction");
}

static void the_bad_contact_is_found(void)
{
    const char *why = warning("W_CONTACT", "Test 3:");
    CHECK_TEXT(why, "fused silica, Test 3: bad contact: at 0.0885 mN it is 47"); /* nm: 526 less its own zero point */
    CHECK_TEXT(why, "the test is left out");
    size_t n = 0, out = 0;
    const vt_table *t = NULL;
    (void)column("indents", "zero_point", &n, &t);
    const long used = t ? vt_table_find(t, "used") : -1;
    for (size_t i = 0; used >= 0 && i < n; i++) out += strcmp(vt_table_text(t, (size_t)used, i), "no") == 0;
    CHECK(n == 24 && out <= 2); /* test 11 starts 100 nm higher than the others: its zero point is in doubt too */
}

static void the_file_reads_back(void)
{
    vt_calibration c;
    vt_error err = {0};
    CHECK(vt_result_documents(RESULT) == 1);
    CHECK_TEXT(vt_result_document_name(RESULT, 0), "calibration.yaml");
    const char *text = vt_result_document_text(RESULT, 0);
    CHECK_OK(vt_calibration_parse("calibration.yaml", text ? text : "", text ? strlen(text) : 0, &c, &err), &err);
    CHECK_OK(vt_calibration_check(&c, &err), &err);
    CHECK(c.nreferences == 2 && c.nsources == 2 && strlen(c.source[0].sha256) == 64);
    CHECK(c.reference[0].area && !c.reference[1].area);
    CHECK_REL(c.C_f, of("frame_compliance", "fused silica")->q.value, 1e-12);
    CHECK(c.area.low < 50e-9 && c.area.high > 450e-9);
}

static vt_status calibrate(const char *root, vt_error *err)
{
    enum { MOST = 64 };
    vt_book *book[2] = {NULL, NULL};
    const vt_table *raw[MOST];
    size_t n = 0;
    vt_status st = VT_OK;
    for (int i = 0; i < 2 && st == VT_OK; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/nanoindentation/%s", root, FILES[i]);
        st = vt_book_read(path, NULL, &book[i], err);
        for (size_t k = 0; st == VT_OK && k < vt_book_tables(book[i]) && n < MOST; k++)
            raw[n++] = vt_book_table(book[i], k);
    }
    const vt_common common = {.seed = 1, .level = 0.95, .replicates = 40};
    const vt_request in = {.raw = raw, .nraw = n, .common = &common};
    if (st == VT_OK) st = vt_reduce(vt_experiment_find("indentation_calibration"), &in, &RESULT, err);
    for (int i = 0; i < 2; i++) vt_book_free(book[i]);
    return st;
}

int main(void)
{
    const struct CMUnitTest tests[] = {CHECK_CASE(silica_has_its_modulus_in_every_cycle),
                                       CHECK_CASE(tungsten_is_the_same_at_all_loads),
                                       CHECK_CASE(the_bad_contact_is_found), CHECK_CASE(the_file_reads_back)};
    const char *root = check_real_files();
    vt_error err = {0};
    if (!root) return CHECK_SKIPPED;
    if (calibrate(root, &err) != VT_OK) {
        fprintf(stderr, "%s: %s: %s\n", err.file, vt_status_name(err.code), err.msg);
        return 1;
    }
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    vt_result_free(RESULT);
    return failed;
}
