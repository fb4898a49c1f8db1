/* Dogbones and overlaps, P22: effective length while all is elastic, compliance in series where the narrow part flows;
 * two actuators on one specimen. */
#include "round_trips.h"
#include "experiment/onchip/film.h"
#include <vitrum/onchip_law.h>

/* ---- the law ---- */
static const vt_onchip_structure B = {FILM, .C_s = 2.3e-4, .u_s = -13e-9};
static const double U = 2.41e-6;

static void what_is_in_series_is_taken_off(void)
{
    vt_onchip_point p;
    vt_error err = {0};
    CHECK_OK(vt_onchip_state(&B, U, 0.5, &p, &err), &err);
    const double own = U - 2.3e-4 * p.F + 13e-9, k_a = B.E_a * B.w_a * B.t_a / (B.L_a - U);
    CHECK_REL(p.own, own, 1e-13);
    CHECK_REL(p.share, 1.0 + 2.3e-4 * k_a, 1e-13);
    CHECK_REL(p.strain, log(1.0 + own / B.L0) + 0.0013, 1e-13);
    CHECK_REL(p.sigma, p.F / (1.07e-6 * 361e-9) * (1.0 + own / B.L0), 1e-13);
    CHECK_REL(p.c2, (k_a * (B.L0 + own) - p.share * p.F) / (B.w * B.t * B.L0), 1e-12);
    double u;
    CHECK(vt_onchip_balance(&B, p.sigma, &u, NULL) == VT_OK);
    CHECK_REL(u, U, 1e-10); /* bisected to 1e-15 L0 */
}

/* Central differences of steps of 1e-4: their error is of order 1e-8 times a factor up to (eps_a/delta)^2, 5. */
static void sensitivities_hold_with_something_in_series(void)
{
    const double h = 1e-4;
    vt_onchip_gum g;
    vt_onchip_point p, low, high;
    CHECK(vt_onchip_sensitivities(&B, U, &g, NULL) == VT_OK && vt_onchip_state(&B, U, 0.5, &p, NULL) == VT_OK);
    for (int k = 0; k < 5; k++) {
        vt_onchip_structure a = B, b = B;
        double *const x[2][5] = {{&a.E_a, &a.eps_a, &a.L_a, &a.L0, &a.C_s}, {&b.E_a, &b.eps_a, &b.L_a, &b.L0, &b.C_s}};
        const double way = 2.0 * h * *x[0][k];
        const double wanted[] = {g.scale * p.sigma / B.E_a, g.stress_eps_a, g.stress_L_a, g.stress_L0, g.stress_C_s};
        *x[0][k] *= 1.0 - h;
        *x[1][k] *= 1.0 + h;
        CHECK(vt_onchip_state(&a, U, 0.5, &low, NULL) == VT_OK && vt_onchip_state(&b, U, 0.5, &high, NULL) == VT_OK);
        CHECK_REL((high.sigma - low.sigma) / way, wanted[k], 1e-5);
        if (k == 4) CHECK_REL((high.strain - low.strain) / way, g.strain_C_s, 1e-6);
    }
    CHECK(vt_onchip_state(&B, U * (1.0 - h), 0.5, &low, NULL) == VT_OK);
    CHECK(vt_onchip_state(&B, U * (1.0 + h), 0.5, &high, NULL) == VT_OK);
    CHECK_REL((high.sigma - low.sigma) / (2.0 * h * U), g.stress_u, 1e-6);
    CHECK_REL((high.strain - low.strain) / (2.0 * h * U), g.strain_u, 1e-6);
}

/* An elastic dogbone is the uniform beam of its effective length, and its narrow part with the rest in series: for one
 * modulus both tell the same strain, to the square of strains (2 % of 2 %). */
static void both_ways_to_see_an_elastic_dogbone_agree(void)
{
    const double E = 71e9, x[4] = {0.0, 6e-6, 31.3e-6, 37.3e-6}, w[4] = {3.1e-6, 1.07e-6, 1.07e-6, 3.1e-6};
    vt_onchip_structure whole = B, gauge = B;
    vt_onchip_point p, q;
    double L;
    CHECK(vt_onchip_effective_length(4, x, w, 1.07e-6, &L, NULL) == VT_OK);
    whole.L0 = L;
    whole.C_s = whole.u_s = whole.eps = gauge.eps = gauge.u_s = 0.0;
    gauge.C_s = (L - 25.3e-6) / (E * gauge.w * gauge.t);
    /* The u at which the nominal strain of the beam is F/(E w t): here. */
    double low = 0.0, high = 4e-6;
    for (int i = 0; i < 100; i++) {
        const double u = 0.5 * (low + high);
        CHECK(vt_onchip_state(&whole, u, 0.5, &p, NULL) == VT_OK);
        if (u / L < p.s / E)
            low = u;
        else
            high = u;
    }
    CHECK(vt_onchip_state(&gauge, low, 0.5, &q, NULL) == VT_OK);
    CHECK_REL(q.own / 25.3e-6, q.s / E, 1e-9);
    CHECK_REL(q.strain, p.strain, 1e-9);
}

static void refusals_name_what_is_in_series(void)
{
    vt_onchip_structure b = B;
    vt_onchip_point p = {.F = -7.0};
    vt_error err = {0};
    b.C_s = -1e-5;
    CHECK(vt_onchip_state(&b, U, 0.5, &p, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "compliance in series = -1e-05 m/N must be >= 0");
    b.C_s = 1.0;
    CHECK(vt_onchip_state(&b, U, 0.5, &p, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "the specimen would be shorter than nothing");
    CHECK(p.F == -7.0);
}

/* ---- through the virtual wafer ---- */
static const char *const ZERO[][2] = {
    {"displacement_noise", "0 nm"}, {"resolution", "0 nm"}, {"dimension_error", "0"},
    {"length_error", "0"},          {"modulus_error", "0"}, {"reference_error", "0 GPa"},
    {"scale_error", "0"},           {"session_error", "0"}, {"series_error", "0"},
    {"fracture_strain", "1"},       {"seed", "7"}};

static vt_table *perfect_but(size_t n, const char *const (*but)[2])
{
    struct settings s = {0};
    vt_error err = {0};
    set_texts(&s, sizeof ZERO / sizeof *ZERO, ZERO);
    set_texts(&s, n, but);
    return simulated("onchip", &s, &err);
}

static vt_table *perfect(const char *fillet, const char *overlap, const char *two)
{
    const char *const but[][2] = {{"fillet_length", fillet}, {"overlap_compliance", overlap}, {"two_actuators", two}};
    return perfect_but(3, but);
}

static vt_result *reduce_with(const vt_table *t, size_t n, const char *const (*how)[2])
{
    struct settings s = {0};
    vt_error err = {0};
    set_text(&s, "displacement_u", "0 nm");
    set_texts(&s, n, how);
    vt_result *r = reduced("onchip", t, &s, &err);
    CHECK_OK(err.code, &err);
    return r;
}

static double value(const vt_result *r, const char *name, const char *reading, const char *key, const char *text)
{
    size_t i = 0;
    const vt_property *p = next(r, &i, name, reading, key, text);
    CHECK(p != NULL);
    return p ? p->q.value : (double)NAN;
}

static double modulus(const vt_result *r)
{
    return value(r, "elastic_modulus", "paper", NULL, NULL);
}

/* With its profile a dogbone gives the modulus, the mismatch, hardening and V of its film; without, the fillets of
 * 6 um, ln(3)/2 of it each, and the overlap, 0.78 um of film, look like 25/32.4 of the modulus. */
static void a_profile_makes_the_slope_right(void)
{
    static const char *const UNIFORM[][2] = {
        {"profile_position", "0,37 um"}, {"profile_width", "1,1 um"}, {"specimen_length", "37 um"}};
    static const char *const NONE[][2] = {{"effective_length", "25 um"}, {"overlap_compliance", "0 m/N"}};
    vt_table *t = perfect("6 um", "3e-5 m/N", "0");
    vt_result *with = reduce_with(t, 0, NULL), *without = reduce_with(t, 2, NONE), *bad = reduce_with(t, 3, UNIFORM);
    /* What is left is of second order in strain, 3 % of what the fillets take, 20 %. */
    CHECK_REL(modulus(with), 72e9, 8e-3);
    CHECK_ABS(value(with, "specimen_mismatch", NULL, NULL, NULL), -0.0015, 1e-4);
    CHECK_REL(value(with, "hardening_modulus", "physics", NULL, NULL), 2.5e9, 0.02);
    CHECK_BAND(1e30 * value(with, "activation_volume", "physics", "multiplier", "M = sqrt(3)"), 127.0, 131.0);
    const double as_stiff = 25.0 + 12.0 * log(3.0) / 2.0 + 1e6 * 3e-5 * 72e9 * 1e-6 * 360e-9;
    /* To first order in strain, 3 %. */
    CHECK_REL(modulus(without), 72e9 * 25.0 / as_stiff, 0.03);
    CHECK(fabs(modulus(bad) / 72e9 - 1.0) > 0.1);
    fprintf(stderr, "dogbone: E %.2f GPa with its profile, %.2f without\n", 1e-9 * modulus(with),
            1e-9 * modulus(without));
    vt_result_free(with);
    vt_result_free(without);
    vt_result_free(bad);
    vt_table_free(t);
}

/* Every property of two results the same, to rounding. */
static void same(const vt_result *a, const vt_result *b)
{
    CHECK(vt_result_properties(a) == vt_result_properties(b));
    for (size_t i = 0; i < vt_result_properties(a) && i < vt_result_properties(b); i++) {
        const vt_property *p = vt_result_property(a, i), *q = vt_result_property(b, i);
        CHECK_ABS(p->q.value, q->q.value, 1e-7 * fabs(p->q.value));
    }
}

static void a_constant_width_is_no_dogbone(void)
{
    static const char *const FLAT[][2] = {{"profile_position", "3,11,28 um"}, {"profile_width", "1,1,1 um"}};
    vt_table *t = perfect("0 um", "0 m/N", "0");
    vt_result *plain = reduce_with(t, 0, NULL), *flat = reduce_with(t, 2, FLAT);
    same(plain, flat);
    vt_result_free(plain);
    vt_result_free(flat);
    vt_table_free(t);
}

/* The effective and the total length say the same as the profile. */
static void lengths_stand_for_a_profile(void)
{
    char effective[40];
    vt_table *t = perfect("6 um", "0 m/N", "0");
    snprintf(effective, sizeof effective, "%.15g um", 25.0 + 12.0 * log(3.0) / 2.0);
    const char *const how[][2] = {{"effective_length", effective}, {"total_length", "37 um"}};
    vt_result *profile = reduce_with(t, 0, NULL), *lengths = reduce_with(t, 2, how);
    same(profile, lengths);
    vt_result_free(profile);
    vt_result_free(lengths);
    vt_table_free(t);
}

/* Fillets contract by the mismatch of the film as the narrow part does: at a mismatch of -0.01 those 12 um take 0.12 um
 * off, 0.004 of the strain of the narrow part. */
static void fillets_have_the_mismatch_of_the_film(void)
{
    static const char *const TENSE[][2] = {{"fillet_length", "6 um"}, {"mismatch", "-0.01"}, {"under_etch", "0 um"}};
    vt_table *t = perfect_but(3, TENSE);
    vt_result *r = reduce_with(t, 0, NULL);
    const size_t last = vt_table_rows(t) - 1;
    const double u = vt_table_values(t, (size_t)vt_table_find(t, "displacement"))[last];
    const double L_a = vt_table_values(t, (size_t)vt_table_find(t, "actuator_length"))[last];
    const double F = 235e9 * 10e-6 * 200e-9 * (log1p(-u / L_a) + 0.00425), e = F / (72e9 * 1e-6 * 360e-9);
    const double own = u + 0.01 * 12e-6 - e * 12e-6 * log(3.0) / 2.0;
    /* Of second order in the strain of the fillets: 4 % of 4 % of 7 um in 25 um, 4e-4. */
    CHECK_ABS(value(r, "fracture_strain", NULL, NULL, NULL), log1p(own / 25e-6) + 0.01, 5e-4);
    vt_result_free(r);
    vt_table_free(t);
}

/* What fillets add is known to 10 %: of the modulus 10 % of 6.59 in 31.59. */
static void fillets_stand_in_the_budget(void)
{
    vt_table *t = perfect("6 um", "0 m/N", "0");
    vt_result *r = reduce_with(t, 0, NULL);
    size_t i = 0, lines = 0;
    const vt_property *E = next(r, &i, "elastic_modulus", "paper", NULL, NULL);
    for (size_t k = 0; E && k < E->q.nbudget; k++) {
        const vt_budget_item *item = &E->q.budget[k];
        if (strcmp(item->source, "fillets and overlap") != 0) continue;
        CHECK_REL(fabs(item->c) * item->u / E->q.value, 0.1 * 6.592 / 31.592,
                  0.1); /* true stress: some of it cancels */
        lines++;
    }
    CHECK(lines == 1);
    vt_result_free(r);
    vt_table_free(t);
}

/* ---- two actuators ---- */
static void two_actuators_are_one_of_their_length(void)
{
    vt_table *t = perfect("0 um", "0 m/N", "12");
    vt_result *r = reduce_with(t, 0, NULL);
    CHECK_REL(modulus(r), 72e9, 1e-3);
    CHECK_BAND(1e30 * value(r, "activation_volume", "physics", "multiplier", "M = sqrt(3)"), 127.0, 130.0);
    CHECK(!warned(r, "W_ENDS", ""));
    vt_result_free(r);
    vt_table_free(t);
}

/* Both actuators are longer than drawn, by 50 um each of some 400: half of that makes the modulus 70 % too large. */
static void two_actuators_are_under_etched_twice(void)
{
    static const char *const ETCHED[][2] = {{"two_actuators", "20"}, {"under_etch", "50 um"}};
    vt_table *t = perfect_but(2, ETCHED);
    vt_result *r = reduce_with(t, 0, NULL);
    CHECK_REL(modulus(r), 72e9, 1e-3); /* lengths are drawn in whole um */
    vt_result_free(r);
    vt_table_free(t);
}

/* Two cursors have the noise of two. */
static void two_cursors_are_less_certain(void)
{
    static const char *const NOISE[][2] = {{"displacement_u", "20 nm"}};
    vt_table *t = perfect("0 um", "0 m/N", "6");
    vt_result *r = reduce_with(t, 1, NOISE);
    double u[2] = {0.0};
    for (int k = 0; k < 2; k++) {
        size_t i = 0;
        const vt_property *p = next(r, &i, "relaxation_amplitude", NULL, "structure", k ? "s15" : "s14");
        CHECK(p != NULL);
        if (p) u[k] = p->q.u;
    }
    CHECK_REL(u[1] / u[0], sqrt(2.0), 1e-12);
    vt_result_free(r);
    vt_table_free(t);
}

/* A cursor that sticks 0.2 um short, ten times its noise, is told; its structure is named. */
static void unlike_forces_are_told(void)
{
    static const char *const NOISE[][2] = {{"displacement_u", "20 nm"}};
    vt_table *t = perfect("0 um", "0 m/N", "6");
    vt_result *fine = reduce_with(t, 1, NOISE);
    CHECK(!warned(fine, "W_ENDS", ""));
    double *u = (double *)(uintptr_t)vt_table_values(t, (size_t)vt_table_find(t, "displacement_2"));
    const size_t names = (size_t)vt_table_find(t, "structure");
    for (size_t i = 0; i < vt_table_rows(t); i++)
        if (strcmp(vt_table_text(t, names, i), "s17") == 0) u[i] -= 0.2e-6;
    vt_result *r = reduce_with(t, 1, NOISE);
    CHECK(warned(r, "W_ENDS", "structure 's17': its actuators pull with"));
    CHECK(warned(r, "W_ENDS", "(1 of 6 structures with two)"));
    vt_result_free(fine);
    vt_result_free(r);
    vt_table_free(t);
}

CHECK_MAIN(CHECK_CASE(what_is_in_series_is_taken_off), CHECK_CASE(sensitivities_hold_with_something_in_series),
           CHECK_CASE(both_ways_to_see_an_elastic_dogbone_agree), CHECK_CASE(refusals_name_what_is_in_series),
           CHECK_CASE(a_profile_makes_the_slope_right), CHECK_CASE(a_constant_width_is_no_dogbone),
           CHECK_CASE(lengths_stand_for_a_profile), CHECK_CASE(fillets_have_the_mismatch_of_the_film),
           CHECK_CASE(two_actuators_are_under_etched_twice), CHECK_CASE(two_cursors_are_less_certain),
           CHECK_CASE(fillets_stand_in_the_budget), CHECK_CASE(two_actuators_are_one_of_their_length),
           CHECK_CASE(unlike_forces_are_told))
