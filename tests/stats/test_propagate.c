#include "check.h"
#include <vitrum/propagate.h>

static vt_stream stream(void)
{
    vt_stream s;
    vt_stream_init(&s, 20261121, vt_stream_purpose("test/propagate"), 0);
    return s;
}

/* GUM H.2: simultaneous measurement of resistance and reactance. V, I, phi; R = V/I cos phi, X = V/I sin phi, Z = V/I.
 */
static int resistance(const double *x, double *y, void *ctx)
{
    const int which = *(const int *)ctx;
    *y = x[0] / x[1] * (which == 0 ? cos(x[2]) : which == 1 ? sin(x[2]) : 1.0);
    return 0;
}

/* Table H.2: five simultaneous observations of V (V), I (mA), phi (rad). */
static const double H2[5][3] = {{5.007, 19.663, 1.0456},
                                {4.994, 19.639, 1.0438},
                                {5.005, 19.640, 1.0468},
                                {4.990, 19.685, 1.0428},
                                {4.999, 19.678, 1.0433}};

static void gum_h2_resistance_and_reactance(void)
{
    static const double value[3] = {127.732, 219.847, 254.260}, u[3] = {0.071, 0.295, 0.236}; /* Table H.3 */
    vt_input in[3] = {{0}};
    double r[9], s[9] = {0};
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < 3; i++) in[i].value += H2[k][i] / 5.0;
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < 9; i++) s[i] += (H2[k][i / 3] - in[i / 3].value) * (H2[k][i % 3] - in[i % 3].value) / 20.0;
    for (int i = 0; i < 9; i++) r[i] = i / 3 == i % 3 ? 1.0 : s[i] / sqrt(s[4 * (i / 3)] * s[4 * (i % 3)]);
    for (int i = 0; i < 3; i++) in[i].u = sqrt(s[4 * i]);
    r[3] = r[1], r[6] = r[2], r[7] = r[5]; /* symmetric to the last bit */
    in[1].value *= 1e-3;
    in[1].u *= 1e-3;
    for (int k = 0; k < 3; k++) {
        const vt_propagation p = {.n = 3, .input = in, .correlation = r, .f = resistance, .ctx = &k};
        vt_first_order out;
        vt_error err = {0};
        CHECK_OK(vt_propagate_first_order(&p, 0.95, &out, &err), &err);
        CHECK_ABS(out.y, value[k], 0.0005); /* printed digits */
        CHECK_ABS(out.u, u[k],
                  0.001); /* one unit of the last digit: the GUM went on from rounded intermediate values */
    }
}

/* GUM H.1: end gauge. Effective degrees of freedom of the length, 16 (H.1.6). Model: sum of the contributions in nm. */
static int sum_of_inputs(const double *x, double *y, void *ctx)
{
    const size_t n = *(const size_t *)ctx;
    *y = 0.0;
    for (size_t i = 0; i < n; i++) *y += x[i];
    return 0;
}

static void gum_h1_welch_satterthwaite(void)
{
    size_t n = 4;
    static const vt_input in[4] = {
        {.u = 25.0, .dof = 18.0}, {.u = 9.7, .dof = 25.6}, {.u = 2.9, .dof = 50.0}, {.u = 16.6, .dof = 2.0}};
    const vt_propagation p = {.n = 4, .input = in, .f = sum_of_inputs, .ctx = &n};
    vt_first_order out;
    CHECK(vt_propagate_first_order(&p, 0.99, &out, NULL) == VT_OK);
    CHECK_ABS(out.u, 32.0, 0.5);           /* H.1.5: 32 nm (31.7 before rounding) */
    CHECK_ABS(out.dof, 16.7, 0.1);         /* H.1.6; contributions are printed with two to three digits */
    CHECK_ABS(out.high, 2.92 * 32.0, 2.0); /* U99 = t99(16) u_c = 93 nm */
}

/* JCGM 101, 9.2.3: four rectangular inputs of zero mean and unit variance: interval [-3.88, 3.88] at 0.95; 9.2.2:
 * normal ones. */
static void jcgm_101_additive_model(void)
{
    size_t n = 4;
    vt_input in[4];
    const vt_propagation p = {.n = 4, .input = in, .f = sum_of_inputs, .ctx = &n};
    const vt_monte_carlo_options opt = {.level = 0.95, .draws_min = 200000};
    vt_stream s = stream();
    vt_propagated out;
    vt_error err = {0};
    for (int k = 0; k < 4; k++) in[k] = (vt_input){.u = 1.0, .distribution = VT_DIST_RECTANGULAR};
    CHECK_OK(vt_propagate(&p, &opt, &s, &out, &err), &err);
    CHECK_ABS(out.mc.low, -3.88,
              0.03); /* JCGM 101 Table 3, analytic +-3.88; standard error of an end 0.006 at 2e5 draws */
    CHECK_ABS(out.mc.high, 3.88, 0.03);
    CHECK_REL(out.mc.u, 2.0, 0.01);
    CHECK_ABS(out.first.high, 3.92, 0.005);
    CHECK(!out.nonlinear && out.high == out.first.high);
    /* 9.2.4: one of them ten times wider: analytic interval +-17.0, first order +-19.9: seen as not normal. */
    in[3].u = 10.0;
    CHECK_OK(vt_propagate(&p, &opt, &s, &out, &err), &err);
    CHECK_ABS(out.mc.high, 17.0, 0.1);
    CHECK_ABS(out.first.high, 19.9, 0.05);
    CHECK(out.nonlinear && out.high == out.mc.high);
}

static int product(const double *x, double *y, void *ctx)
{
    (void)ctx;
    *y = x[0] * x[1];
    return 0;
}

static int product_gradient(const double *x, double *c, void *ctx)
{
    (void)ctx;
    c[0] = x[1];
    c[1] = x[0];
    return 0;
}

static void differences_match_the_analytic_gradient(void)
{
    static const vt_input in[2] = {{.value = 3.7, .u = 0.4}, {.value = -1.9, .u = 0.05}};
    const vt_propagation a = {.n = 2, .input = in, .f = product, .gradient = product_gradient},
                         d = {.n = 2, .input = in, .f = product};
    vt_first_order x, y;
    CHECK(vt_propagate_first_order(&a, 0.95, &x, NULL) == VT_OK);
    CHECK(vt_propagate_first_order(&d, 0.95, &y, NULL) == VT_OK);
    CHECK_REL(x.u, hypot(1.9 * 0.4, 3.7 * 0.05), 1e-14);
    CHECK_REL(y.c[0], x.c[0], 1e-11); /* rounding / step: 1e-16 / 1e-3 */
    CHECK_REL(y.c[1], x.c[1], 1e-11);
}

static int logarithm(const double *x, double *y, void *ctx)
{
    (void)ctx;
    if (!(x[0] > 0.0)) return 1;
    *y = log(x[0]);
    return 0;
}

static void lognormal_logarithm_is_normal(void)
{
    static const vt_input in[1] = {{.value = 2.5, .u = 2.0, .distribution = VT_DIST_LOGNORMAL}};
    const vt_propagation p = {.n = 1, .input = in, .f = logarithm};
    const vt_monte_carlo_options opt = {.level = 0.9, .draws_min = 200000};
    vt_stream s = stream();
    vt_monte_carlo mc;
    const double s2 = log(1.0 + 0.64), sd = sqrt(s2);
    CHECK(vt_propagate_monte_carlo(&p, &opt, &s, &mc, NULL) == VT_OK);
    CHECK_ABS(mc.mean, log(2.5) - 0.5 * s2, 4.0 * sd / sqrt(2e5)); /* 4 standard errors */
    CHECK_ABS(mc.u, sd, 4.0 * sd / sqrt(4e5));
    CHECK_ABS(mc.high, log(2.5) - 0.5 * s2 + 1.644854 * sd, 4.0 * 2.114 * sd / sqrt(2e5));
}

static void copula_keeps_the_correlation(void)
{
    static const vt_input in[2] = {{.value = 1.0, .u = 0.3}, {.value = 2.0, .u = 0.4}};
    static const double r[4] = {1.0, 0.8, 0.8, 1.0};
    size_t n = 2;
    const vt_propagation p = {.n = 2, .input = in, .correlation = r, .f = sum_of_inputs, .ctx = &n};
    const vt_monte_carlo_options opt = {.level = 0.95, .draws_min = 100000};
    vt_stream s = stream();
    vt_monte_carlo mc;
    CHECK(vt_propagate_monte_carlo(&p, &opt, &s, &mc, NULL) == VT_OK);
    const double u = sqrt(0.09 + 0.16 + 2.0 * 0.8 * 0.12);
    CHECK_REL(mc.u, u, 4.0 / sqrt(2e5)); /* 4 standard errors */
}

static void t_and_triangle_have_their_quantiles(void)
{
    vt_input in[1] = {{.value = 0.0, .u = 1.0, .dof = 5.0}};
    size_t n = 1;
    const vt_propagation p = {.n = 1, .input = in, .f = sum_of_inputs, .ctx = &n};
    const vt_monte_carlo_options opt = {.level = 0.95, .draws_min = 200000};
    vt_stream s = stream();
    vt_monte_carlo mc;
    CHECK(vt_propagate_monte_carlo(&p, &opt, &s, &mc, NULL) == VT_OK);
    CHECK_ABS(mc.high, 2.570582, 0.06); /* t(0.975, 5); standard error of this quantile at 2e5: 0.014 */
    in[0] = (vt_input){.u = 1.0, .distribution = VT_DIST_TRIANGULAR};
    CHECK(vt_propagate_monte_carlo(&p, &opt, &s, &mc, NULL) == VT_OK);
    CHECK_ABS(mc.high, sqrt(6.0) * (1.0 - sqrt(0.05)), 0.016); /* density 0.091 there: standard error 0.004 */
}

static void rounding_of_given_values(void)
{
    double u;
    CHECK(vt_rounding_uncertainty(31.0, 1.0, 0.0, &u, NULL) == VT_OK);
    CHECK_REL(u, 0.5 / sqrt(3.0), 1e-15);
    CHECK(vt_rounding_uncertainty(31.0, 1.0, 0.03, &u, NULL) == VT_OK);
    CHECK_REL(u, hypot(0.5 / sqrt(3.0), 0.93), 1e-15);
    CHECK(vt_rounding_uncertainty(31.0, 0.0, 0.03, &u, NULL) == VT_EARG);
}

static void refusals_name_the_input(void)
{
    vt_input in[2] = {{.value = 1.0, .u = 0.3}, {.value = -2.0, .u = 0.4, .distribution = VT_DIST_LOGNORMAL}};
    static const double asymmetric[4] = {1.0, 0.8, 0.7, 1.0}, singular[4] = {1.0, 1.0, 1.0, 1.0};
    size_t n = 2;
    vt_propagation p = {.n = 2, .input = in, .f = sum_of_inputs, .ctx = &n};
    vt_first_order out = {.y = -7.0};
    vt_monte_carlo mc;
    vt_stream s = stream();
    vt_error err = {0};
    CHECK(vt_propagate_first_order(&p, 0.95, &out, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "input 1: a log-normal value must be > 0, not -2");
    in[1] = (vt_input){.value = 2.0, .u = -0.1};
    CHECK(vt_propagate_first_order(&p, 0.95, &out, &err) == VT_ERANGE);
    in[1] = (vt_input){.value = 2.0, .u = 0.1, .dof = 1.5};
    CHECK(vt_propagate_monte_carlo(&p, NULL, &s, &mc, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "has no variance");
    in[1].dof = 0.0;
    p.correlation = asymmetric;
    CHECK(vt_propagate_first_order(&p, 0.95, &out, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "correlation[0][1]");
    p.correlation = singular;
    CHECK(vt_propagate_monte_carlo(&p, NULL, &s, &mc, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "not positive definite");
    in[0] = (vt_input){.value = 0.1, .u = 1.0};
    p = (vt_propagation){.n = 1, .input = in, .f = logarithm};
    CHECK(vt_propagate_monte_carlo(&p, NULL, &s, &mc, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "outside the domain");
    CHECK(vt_propagate_first_order(&p, 1.0, &out, &err) == VT_EARG);
    CHECK(out.y == -7.0);
}

CHECK_MAIN(CHECK_CASE(gum_h2_resistance_and_reactance), CHECK_CASE(gum_h1_welch_satterthwaite),
           CHECK_CASE(jcgm_101_additive_model), CHECK_CASE(differences_match_the_analytic_gradient),
           CHECK_CASE(lognormal_logarithm_is_normal), CHECK_CASE(copula_keeps_the_correlation),
           CHECK_CASE(t_and_triangle_have_their_quantiles), CHECK_CASE(rounding_of_given_values),
           CHECK_CASE(refusals_name_the_input))
