/* Fits of length against diameter: exact data, both joint models, bounds, entrance. */
#include "check.h"
#include "experiment/molding/length_internal.h"
#include <vitrum/constants.h>
#include <vitrum/molding_law.h>

enum { N = 10 };
static const double D[N] = {10, 20, 40, 60, 80, 100, 120, 160, 200, 250}; /* nm */

/* 297 degC of procedures 10.4 */
static const double LN_A = 2.6768312, LN_B = -47.4738;
static double ln_d[N], y[N], s[N];

static vti_lengths make(size_t first, size_t n, double ln_a, double ln_b, bool fastest)
{
    for (size_t i = 0; i < n; i++) {
        ln_d[i] = log(1e-9 * D[first + i]);
        const double v = exp(ln_a + 2.0 * ln_d[i]), g = exp(ln_b - ln_d[i]);
        y[i] = 0.5 * log(fastest ? fmax(v, g) : v + g);
        s[i] = 0.03 + 0.002 * (double)i; /* weights must not be equal */
    }
    return (vti_lengths){.n = n, .ln_d = ln_d, .y = y, .s = s, .pore_u = 0.03};
}

static void exact_lengths_give_their_coefficients(void)
{
    vt_error err = {0};
    vti_length_fit f;
    vti_lengths p = make(0, N, LN_A, LN_B, false);
    CHECK_OK(vti_fit_additive(&p, &f, &err), &err);
    CHECK_ABS(f.ln_a, LN_A, 1e-9); /* Gauss-Newton is quadratic on exact data; weights settle to 1e-7 */
    CHECK_ABS(f.ln_b, LN_B, 1e-9);
    CHECK_ABS(f.chi2, 0.0, 1e-12);
    CHECK(f.viscous + f.diffusive == N && f.diffusive == 3); /* d_c = 54.95 nm */
    p = make(0, N, LN_A, LN_B, true);
    CHECK_OK(vti_fit_fastest(&p, &f, &err), &err);
    CHECK_ABS(f.ln_a, LN_A, 1e-12);
    CHECK_ABS(f.ln_b, LN_B, 1e-12);
    CHECK(f.diffusive == 3);
    CHECK_OK(vti_fit_single(&p, VTI_VISCOUS, &f, &err), &err);
    CHECK(f.chi2 > 100.0);
}

/* Ledger A3: d_c of (eta, delta D_I) is the crossing of the two length laws. */
static void the_crossing_is_that_of_the_length_laws(void)
{
    const double T = 570.15, Omega = 1.233e-29, I = 1.25e9 * 36000.0;
    vt_error err = {0};
    vti_length_fit f;
    const vti_lengths p = make(0, N, LN_A, LN_B, false);
    CHECK_OK(vti_fit_additive(&p, &f, &err), &err);
    const double c[2] = {32.0, 16.0};
    double crossing, eta[2];
    CHECK_OK(vt_crossing_diameter(exp(f.ln_a), exp(f.ln_b), &crossing, &err), &err);
    CHECK_REL(exp(vti_ln_crossing(&f, NULL)), crossing, 1e-12);
    for (int i = 0; i < 2; i++) {
        double d_c;
        eta[i] = I / (c[i] * exp(f.ln_a));
        const double mobility = exp(f.ln_b) * VT_BOLTZMANN * T / (8.0 * Omega * I);
        CHECK_OK(vt_critical_diameter(c[i], Omega, T, eta[i], mobility, &d_c, &err), &err);
        CHECK_REL(d_c, crossing, 1e-12);
    }
    CHECK_REL(eta[1] / eta[0], 2.0, 1e-14);
}

/* The covariance is that of the linearised problem: perturbing one length by h moves ln a by V J' W h. */
static void the_covariance_matches_the_sensitivities(void)
{
    vt_error err = {0};
    vti_length_fit f, g;
    double V = 0.0;
    vti_lengths p = make(0, N, LN_A, LN_B, false);
    p.pore_u = 0.0; /* weights do not move */
    CHECK_OK(vti_fit_additive(&p, &f, &err), &err);
    for (size_t i = 0; i < N; i++) {
        const double h = 1e-4;
        y[i] += h;
        CHECK_OK(vti_fit_additive(&p, &g, &err), &err);
        y[i] -= h;
        const double c = (g.ln_a - f.ln_a) / h;
        V += c * c * s[i] * s[i];
    }
    CHECK_REL(V, f.V_aa, 1e-3); /* first order in h */
}

/* Numbers of P09: a two-branch fit on additive data gives eta 15 % low, an additive fit on fastest data 15 % high. */
static void the_wrong_model_is_biased_as_published(void)
{
    vt_error err = {0};
    vti_length_fit f;
    vti_lengths p = make(0, N, LN_A, LN_B, false);
    for (size_t i = 0; i < N; i++) s[i] = 0.12 / sqrt(12.0);
    CHECK_OK(vti_fit_fastest(&p, &f, &err), &err);
    CHECK_BAND(exp(LN_A - f.ln_a), 0.80, 0.90);
    p = make(0, N, LN_A, LN_B, true);
    for (size_t i = 0; i < N; i++) s[i] = 0.12 / sqrt(12.0);
    CHECK_OK(vti_fit_additive(&p, &f, &err), &err);
    CHECK_BAND(exp(LN_A - f.ln_a), 1.10, 1.20);
    CHECK_BAND(f.chi2 / 8.0, 3.0, 12.0); /* distinguishable */
}

static void free_exponents_return_one_and_minus_a_half(void)
{
    vt_error err = {0};
    vti_length_fit a, f;
    const vti_lengths p = make(0, N, LN_A, LN_B, false);
    CHECK_OK(vti_fit_additive(&p, &a, &err), &err);
    CHECK_OK(vti_fit_free(&p, &a, &f, &err), &err);
    CHECK_ABS(f.alpha, 1.0, 1e-6);
    CHECK_ABS(f.beta, -0.5, 1e-6);
    CHECK_ABS(f.ln_a, LN_A, 1e-4); /* far extrapolation from d_c to 1 m: 17 e-folds times the exponent's error */
    CHECK(f.u_alpha > 0.01 && f.u_alpha < 0.2);
}

/* Diameters far above the crossing: b is not determined; its limit is where chi2 has risen. */
static void one_sided_lengths_give_a_bound(void)
{
    vt_error err = {0};
    vti_length_fit f;
    double limit = 0.0, other = 0.0;
    const double ln_b = LN_A + 3.0 * log(2e-9); /* crossing at 2 nm */
    const vti_lengths p = make(5, 5, LN_A, ln_b, false);
    CHECK_OK(vti_fit_single(&p, VTI_VISCOUS, &f, &err), &err);
    CHECK_ABS(f.ln_a, LN_A, 1e-4);
    CHECK_OK(vti_length_limit(&p, VTI_DIFFUSION, 2.706, &limit, &other, &err), &err);
    const double d_c = exp((limit - other) / 3.0);
    CHECK_BAND(d_c, 2e-9, 100e-9);
    /* at the limit the objective, refitted in a, has risen by the drop */
    const vti_length_fit at = {.model = VTI_ADDITIVE, .ln_a = other, .ln_b = limit};
    double chi2 = 0.0;
    for (size_t i = 0; i < 5; i++) {
        double slope;
        const double r = y[i] - vti_length_value(&at, false, ln_d[i], &slope);
        const double var = s[i] * s[i] + slope * slope * 9e-4;
        chi2 += r * r / var + log(var / (s[i] * s[i]));
    }
    double floor = 0.0;
    for (size_t i = 0; i < 5; i++) floor += log((s[i] * s[i] + 9e-4) / (s[i] * s[i]));
    CHECK_ABS(chi2 - floor, 2.706, 0.05); /* the exact data lie 1e-3 off the plateau */
    const vti_lengths q =
        make(0, 4, LN_A - 3.0 * log(10.0), LN_B, false); /* crossing ten times higher: diffusion only */
    CHECK_OK(vti_length_limit(&q, VTI_VISCOUS, 2.706, &limit, &other, &err), &err);
    CHECK(exp((other - limit) / 3.0) < 550e-9 && exp((other - limit) / 3.0) > 60e-9);
}

/* Lengths made with an entrance, fitted with and without it (ledger A12: 30 to 37 % at L/d near 1). */
static void the_entrance_is_fitted(void)
{
    vt_error err = {0};
    vti_length_fit f;
    const double ab[2] = {1.14, 6.83e-22}; /* 267 degC */
    vti_lengths p = make(0, N, log(ab[0]), log(ab[1]), false);
    for (size_t i = 0; i < N; i++) {
        const double d = exp(ln_d[i]);
        double L;
        CHECK_OK(vt_molding_length_entrance(ab, 1, &d, &L, &err), &err);
        y[i] = log(L);
    }
    p.entrance = true;
    CHECK_OK(vti_fit_additive(&p, &f, &err), &err);
    CHECK_ABS(f.ln_a, log(ab[0]), 1e-6); /* derivatives by differences of 1e-4 */
    CHECK_ABS(f.ln_b, log(ab[1]), 1e-6);
    p.entrance = false;
    CHECK_OK(vti_fit_additive(&p, &f, &err), &err);
    CHECK_BAND(1.0 - exp(f.ln_a) / ab[0], 0.25, 0.45); /* viscosity too high by that, as a share of it */
}

static void too_few_lengths_are_refused(void)
{
    vt_error err = {0};
    vti_length_fit f = {.n = 77};
    const vti_lengths p = make(0, 1, LN_A, LN_B, false);
    CHECK(vti_fit_additive(&p, &f, &err) == VT_EDOF);
    CHECK(vti_fit_fastest(&p, &f, &err) == VT_EDOF);
    const vti_lengths q = make(7, 3, LN_A, LN_B - 20.0, false); /* no trace of diffusion */
    CHECK(vti_fit_additive(&q, &f, &err) == VT_EONE_BRANCH);
    CHECK(f.n == 77); /* untouched */
}

CHECK_MAIN(CHECK_CASE(exact_lengths_give_their_coefficients), CHECK_CASE(the_crossing_is_that_of_the_length_laws),
           CHECK_CASE(the_covariance_matches_the_sensitivities), CHECK_CASE(the_wrong_model_is_biased_as_published),
           CHECK_CASE(free_exponents_return_one_and_minus_a_half), CHECK_CASE(one_sided_lengths_give_a_bound),
           CHECK_CASE(the_entrance_is_fitted), CHECK_CASE(too_few_lengths_are_refused))
