/* Ten melts of the silicate database, against SciPy (tests/reference/viscosity_scipy.py). */
#include "experiment/viscosity_truth.h"
#include <sys/stat.h>

static const char *root; /* of the real files; NULL: not there */

static vt_table *database(void)
{
    static const vt_setting units[] = {{"T", "K", NULL, 0}, {"P", "GPa", NULL, 0}, {"*", "1", NULL, 0}};
    char path[1024];
    vt_table *raw = NULL, *t = NULL;
    vt_error err = {0};
    snprintf(path, sizeof path, "%s/viscosity/silicate-melt-viscosity-database/database.xlsx", root);
    const vt_read_options options = {.units = units, .nunits = 3, .sheet = "lp"};
    CHECK_OK(vt_table_read(path, &options, &raw, &err), &err);
    if (!raw) return NULL;
    const size_t n = vt_table_rows(raw);
    const char **names = malloc(n * sizeof *names);
    for (size_t i = 0; i < n; i++) names[i] = vt_table_text(raw, (size_t)vt_table_find(raw, "Name"), i);
    /* the column `viscosity` of the workbook is log10(eta / Pa s), as its SOURCE.md says */
    CHECK_OK(vt_table_create(&t, &err), &err);
    CHECK_OK(vt_table_add_text(t, "series", n, names, &err), &err);
    CHECK_OK(vt_table_add_si(t, "temperature", "K", n, vt_table_values(raw, (size_t)vt_table_find(raw, "T")), &err),
             &err);
    CHECK_OK(vt_table_add_si(t, "log10_viscosity", "1", n,
                             vt_table_values(raw, (size_t)vt_table_find(raw, "viscosity")), &err),
             &err);
    CHECK_OK(vt_table_name(t, "database.xlsx", &err), &err);
    free(names);
    vt_table_free(raw);
    return t;
}

static double reference(const vt_table *t, const char *name, size_t row)
{
    const long c = vt_table_find(t, name);
    return c >= 0 ? vt_table_values(t, (size_t)c)[row] : (double)NAN;
}

static void compare(const vt_result *r, const vt_table *ref, size_t row)
{
    const char *series = vt_table_text(ref, (size_t)vt_table_find(ref, "series"), row);
    const vt_quantity *T12 = quantity(r, "isoviscous_temperature", series), *m = quantity(r, "fragility", series);
    const vt_quantity *A = quantity(r, "log10_viscosity_infinite", series);
    const vt_quantity *gT = quantity(r, "myega_isoviscous_temperature", series);
    const vt_quantity *gm = quantity(r, "myega_fragility", series);
    if (!T12 || !m || !A || !gT || !gm) {
        CHECK_FAILED("series %s is not determined", series);
        return;
    }
    printf("%-12s T12 = %.1f K [%.1f, %.1f], m = %.1f [%.1f, %.1f]\n", vt_table_text(ref, 0, row), T12->value, T12->low,
           T12->high, m->value, m->low, m->high);
    /* chi2 is flat to 1e-10 at both minima: the constants agree to 1e-5 of their uncertainty, u/value < 0.03 */
    CHECK_REL(T12->value, reference(ref, "T12", row), 1e-6);
    CHECK_REL(m->value, reference(ref, "m", row), 1e-5);
    CHECK_REL(A->value, reference(ref, "A", row), 1e-5);
    CHECK_REL(gT->value, reference(ref, "myega_T12", row), 1e-6);
    CHECK_REL(gm->value, reference(ref, "myega_m", row), 1e-5);
    /* ends of profile intervals: 1e-6 of their distance, and the 1e-10 of the reference */
    CHECK_REL(T12->low, reference(ref, "T12_low", row), 1e-6);
    CHECK_REL(T12->high, reference(ref, "T12_high", row), 1e-6);
    CHECK_REL(m->low, reference(ref, "m_low", row), 1e-5);
    CHECK_REL(m->high, reference(ref, "m_high", row), 1e-5);
    CHECK_BAND(m->value, 15.0, 100.0);     /* strong to fragile silicates */
    CHECK_BAND(T12->value, 700.0, 1200.0); /* glass transitions of silicates */
}

static void ten_melts_agree_with_scipy(void)
{
    vt_error err = {0};
    vt_table *ref = NULL, *t = database();
    vt_result *r = NULL;
    CHECK_OK(vt_table_read("tests/reference/viscosity_scipy.csv", NULL, &ref, &err), &err);
    CHECK_OK(reduced(t, (const char *const[]){"min_points=25", NULL}, 0, &r, &err), &err);
    CHECK(ref && vt_table_rows(ref) == 10);
    for (size_t row = 0; r && ref && row < vt_table_rows(ref); row++) compare(r, ref, row);
    vt_result_free(r);
    vt_table_free(ref);
    vt_table_free(t);
}

int main(void)
{
    root = check_real_files();
    if (!root) return CHECK_SKIPPED;
    const struct CMUnitTest tests[] = {CHECK_CASE(ten_melts_agree_with_scipy)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
