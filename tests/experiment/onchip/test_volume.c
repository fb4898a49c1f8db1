/* Point 4 of issue 6, through the simulator and the reduction: V_true = 130 A^3 with theta = 2.5 GPa. */
#include "experiment/onchip/wafer.h"

static double volume(const vt_result *r, const char *reading, const char *M)
{
    size_t i = 0;
    const vt_property *p = next(r, &i, "activation_volume", reading, "multiplier", M);
    CHECK(p != NULL);
    if (p) CHECK_TEXT(scope_of(p, "hardening")->text, reading[1] == 'a' ? "ignored" : "handled");
    return p ? 1e30 * p->q.value : (double)NAN;
}

static double largest_residual(const vt_result *r)
{
    double most = 0.0;
    for (size_t i = 0; i < vt_result_curves(r); i++) {
        if (strcmp(vt_result_curve_name(r, i), "structures") != 0) continue;
        const vt_table *t = vt_result_curve(r, i);
        const double *x = vt_table_values(t, (size_t)vt_table_find(t, "largest_residual"));
        for (size_t k = 0; k < vt_table_rows(t); k++) most = isfinite(x[k]) && x[k] > most ? x[k] : most;
    }
    return most;
}

/* Verified in P23: 128 to 129 with the hardening handled, 148 to 162 without, by how stiff the actuators are. */
static void hardening_is_what_makes_the_volume_too_large(void)
{
    static const char *const thickness[] = {"160 nm", "150 nm"};
    double last = 0.0;
    for (int k = 0; k < 2; k++) {
        struct settings how = {0};
        vt_result *r = perfect(thickness[k], "0.092", &how);
        CHECK_BAND(volume(r, "physics", "M = sqrt(3)"), 127.5, 129.5);
        const double without = volume(r, "paper", "M = sqrt(3)");
        CHECK_BAND(without, 148.0, 162.0);
        CHECK(without > last); /* softer actuators: more of the same error */
        CHECK_REL(volume(r, "paper", "M = 3.06"), without * 3.06 / sqrt(3.0), 1e-12);
        fprintf(stderr, "actuators of %s: V %.1f A^3 handled, %.1f ignored\n", thickness[k],
                volume(r, "physics", "M = sqrt(3)"), without);
        last = without;
        /* The law itself, u = A1 ln(A2 t), is left by 2 to 7 nm: the rounding of those two is within the band. */
        const double off = 1e9 * largest_residual(r);
        fprintf(stderr, "  largest residual of the law %.2f nm\n", off);
        CHECK_BAND(off, 1.5, 7.5);
        vt_result_free(r);
    }
}

/* Without noise the rest comes back too: what is left is the shape of the relaxation, which is no straight line in ln
 * t.
 */
static void a_perfect_wafer_comes_back(void)
{
    struct settings how = {0};
    vt_result *r = perfect("200 nm", "0.145", &how);
    const vt_quantity *E = quantity(r, "elastic_modulus", NULL), *theta = quantity(r, "hardening_modulus", NULL);
    const vt_quantity *eps = quantity(r, "specimen_mismatch", NULL), *eps_a = quantity(r, "actuator_mismatch", NULL);
    CHECK(E && theta && eps && eps_a);
    if (E && theta && eps && eps_a) {
        CHECK_REL(E->value, 72e9, 1e-4);
        CHECK_REL(theta->value, 2.5e9, 5e-3);
        CHECK_ABS(eps->value, -0.0015, 1e-5);
        CHECK_REL(eps_a->value, -0.00425, 1e-6);
    }
    vt_result_free(r);
}

/* Given hardening takes the place of the one found: 0 gives the paper's volume, but for the change of volume:
 * (1 - 2 nu) sigma/E = 0.9 % of the stress, and as much of its slope. */
static void given_hardening_is_used(void)
{
    struct settings how = {0};
    set_text(&how, "hardening", "0 GPa");
    vt_result *r = perfect("170 nm", "0.092", &how);
    const double handled = volume(r, "physics", "M = sqrt(3)"), without = volume(r, "paper", "M = sqrt(3)");
    CHECK_REL(handled, without, 0.02);
    vt_result_free(r);
}

CHECK_MAIN(CHECK_CASE(hardening_is_what_makes_the_volume_too_large), CHECK_CASE(a_perfect_wafer_comes_back),
           CHECK_CASE(given_hardening_is_used))
