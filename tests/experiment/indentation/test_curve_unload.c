/* Unloading law and stiffness of one cycle (P19 steps 4 and 5). */
#include "check.h"
#include "curve_record.h"
#include <vitrum/io.h>
#include <vitrum/table.h>

enum { ROOM = 400 };

typedef struct law {
    size_t n;
    double P_max, h_f, D, m;
} law;

static const law GLASS = {180, 48.3e-3, 411.7e-9, 389.1e-9, 1.2731};

/* Samples of an unloading from 97 % to 21 % of the largest load. */
static void sample(const law *l, double *h, double *P)
{
    for (size_t i = 0; i < l->n; i++) {
        const double x = 0.97 - 0.76 * (double)i / (double)(l->n - 1);
        P[i] = x * l->P_max;
        h[i] = l->h_f + l->D * pow(x, 1.0 / l->m);
    }
}

static vt_status fit(const law *l, const double *h, const double *P, const vt_unload_options *o, vt_unload_fit *f,
                     vt_error *err)
{
    vt_indent_work *ws = NULL;
    const vt_indent_curve c = {.n = l->n, .h = h, .P = P};
    const vt_indent_cycle cy = {.unload_to = l->n, .P_max = l->P_max};
    CHECK_OK(vt_indent_create(&ws, l->n < VT_INDENT_POINTS ? VT_INDENT_POINTS : l->n, err), err);
    const vt_status st = vt_unload_fit_cycle(ws, &c, &cy, o, f, err);
    vt_indent_free(ws);
    return st;
}

static void an_exact_law_is_found(void)
{
    static const law LAW[] = {{180, 48.3e-3, 411.7e-9, 389.1e-9, 1.2731},
                              {60, 1.1e-3, -3.1e-9, 31.3e-9, 1.9371}, /* zero of depth elsewhere */
                              {9, 310e-3, 751e-9, 788e-9, 1.1413},
                              {300, 2.5, 9.1e-6, 1.7e-6, 1.5119}};
    double h[ROOM], P[ROOM];
    vt_error err = {0};
    for (size_t k = 0; k < sizeof LAW / sizeof *LAW; k++)
        for (int load = 0; load < 2; load++) {
            const law *l = &LAW[k];
            vt_unload_fit f = {0};
            const vt_unload_options o = {.load_on_depth = load == 1};
            sample(l, h, P);
            CHECK_OK(fit(l, h, P, &o, &f, &err), &err);
            /* rounding of h, 1e-16 h_max/D, grows by the condition of the three columns, some 1e3 */
            CHECK_REL(f.m, l->m, 1e-10);
            CHECK_REL(f.D, l->D, 1e-10);
            CHECK_ABS(f.h_f, l->h_f, 1e-10 * l->D);
            CHECK_REL(f.S, l->m * l->P_max / l->D, 1e-10);
            CHECK_REL(f.h_max, l->h_f + l->D, 1e-10);
            CHECK_REL(f.alpha * pow(l->D, l->m), l->P_max, 1e-8); /* both powers of numbers near 1e-7 */
            CHECK(f.u_S < 1e-9 * f.S && f.s < 1e-11 * f.D);
            CHECK(f.n == l->n && f.from == 0 && f.to == l->n);
        }
}

static double column(const vt_table *t, const char *name, size_t row)
{
    const long c = vt_table_find(t, name);
    return c >= 0 ? vt_table_values(t, (size_t)c)[row] : (double)NAN;
}

/* Points of a row of the reference, by the formula of its script. */
static law points(const vt_table *ref, size_t row, double *h, double *P)
{
    const law l = {(size_t)column(ref, "n", row), column(ref, "P_max", row), column(ref, "truth_h_f", row),
                   column(ref, "truth_D", row), column(ref, "truth_m", row)};
    const double a = column(ref, "a", row), b = column(ref, "b", row);
    sample(&l, h, P);
    for (size_t i = 0; i < l.n; i++) {
        const double x = P[i] / l.P_max;
        h[i] += a * sin(2.4 * pow((double)i, 1.1)) + b * x * (1.0 - x);
    }
    return l;
}

/* tests/reference/unloading_scipy.py: curve_fit, a Levenberg-Marquardt in three parameters with a numerical Jacobian.
 * It does not know serial correlation: its factor is taken out. */
static void scipy_finds_the_same_fits(void)
{
    vt_table *ref = NULL;
    vt_error err = {0};
    double h[ROOM], P[ROOM];
    CHECK_OK(vt_table_read("tests/reference/unloading_scipy.csv", NULL, &ref, &err), &err);
    CHECK(ref && vt_table_rows(ref) == 12);
    for (size_t row = 0; ref && row < vt_table_rows(ref); row++) {
        const law l = points(ref, row, h, P);
        const vt_unload_options o = {.m_low = 0.5, .m_high = 9.0, .load_on_depth = row >= 6};
        vt_unload_fit f = {0};
        CHECK_OK(fit(&l, h, P, &o, &f, &err), &err);
        const double white = sqrt((1.0 - f.r) / (1.0 + f.r));
        /* the sum of squares is flat to 1e-12 at both minima: parameters agree to 1e-6 of their uncertainty */
        const double tol = 1e-5;
        CHECK_ABS(f.m, column(ref, "m", row), tol * f.u_m);
        CHECK_ABS(f.h_f, column(ref, "h_f", row), tol * sqrt(f.cov[0]));
        CHECK_ABS(f.D, column(ref, "D", row), tol * sqrt(f.cov[4]));
        CHECK_ABS(f.S, column(ref, "S", row), tol * f.u_S);
        /* numerical Jacobian of the reference: 1e-7 relative in each column, times their collinearity */
        CHECK_REL(sqrt(f.cov[0]) * white, column(ref, "u_h_f", row), 1e-4);
        CHECK_REL(sqrt(f.cov[4]) * white, column(ref, "u_D", row), 1e-4);
        CHECK_REL(f.u_m * white, column(ref, "u_m", row), 1e-4);
        CHECK_REL(f.u_S * white, column(ref, "u_S", row), 1e-4);
        CHECK_REL(f.cov_S_h * white * white, column(ref, "cov_S_h", row), 3e-4);
    }
    vt_table_free(ref);
}

/* What the fit answers to a compliance that is taken off, beside fits of the record without it: first order, so the
 * difference over a step of C = 1e-5 of 1/S is that to 1e-3; load on depth leaves out the curvature of the law, which
 * residuals of zero make vanish. */
static void the_answer_to_a_compliance_is_that_of_another_fit(void)
{
    double h[ROOM], P[ROOM], moved[ROOM];
    vt_error err = {0};
    for (int load = 0; load < 2; load++) {
        const vt_unload_options o = {.load_on_depth = load == 1};
        const double S = GLASS.m * GLASS.P_max / GLASS.D, step = 1e-5 / S;
        vt_unload_fit f[2], at = {0};
        sample(&GLASS, h, P);
        CHECK_OK(fit(&GLASS, h, P, &o, &at, &err), &err);
        for (int side = 0; side < 2; side++) {
            for (size_t i = 0; i < GLASS.n; i++) moved[i] = h[i] - (side ? step : -step) * P[i];
            f[side] = at;
            CHECK_OK(fit(&GLASS, moved, P, &o, &f[side], &err), &err);
        }
        CHECK_REL(at.dC[0], (f[1].h_max - f[0].h_max) / (2.0 * step), 1e-3);
        CHECK_REL(at.dC[1], (f[1].S - f[0].S) / (2.0 * step), 1e-3);
        CHECK_REL(at.dC[2], (f[1].m - f[0].m) / (2.0 * step), 1e-3);
        /* Nearly what a compliance in series is: the law does not follow the remainder. */
        CHECK_REL(at.dC[0], -GLASS.P_max, 0.05);
        CHECK_REL(at.dC[1], S * S, 0.1);
        CHECK(fabs(at.dC[1] / (S * S) - 1.0) > 1e-4);
    }
}

/* Covariances of S, h_max, m are those of h_f, D, m through the chain rule; checked by moving the parameters. */
static void covariances_follow_the_chain_rule(void)
{
    double h[ROOM], P[ROOM];
    vt_error err = {0};
    vt_unload_fit f = {0};
    sample(&GLASS, h, P);
    for (size_t i = 0; i < GLASS.n; i++) h[i] += 0.7e-9 * sin(2.7 * (double)i);
    CHECK_OK(fit(&GLASS, h, P, NULL, &f, &err), &err);
    const double g[3] = {0.0, -f.S / f.D, f.P_max / f.D}, e[3] = {1.0, 1.0, 0.0};
    double SS = 0.0, Sh = 0.0, hh = 0.0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            const double v = f.cov[3 * i + j];
            SS += g[i] * g[j] * v, Sh += g[i] * e[j] * v, hh += e[i] * e[j] * v;
            CHECK_REL(v, f.cov[3 * j + i], 1e-14); /* symmetric: the same product */
        }
    /* sums of terms that cancel to 1e-3 */
    CHECK_REL(f.u_S * f.u_S, SS, 1e-10);
    CHECK_REL(f.cov_S_h, Sh, 1e-10);
    CHECK_REL(f.u_h_max * f.u_h_max, hh, 1e-9);
    CHECK_REL(f.cov_S_m, g[1] * f.cov[5] + g[2] * f.cov[8], 1e-10);
    CHECK_REL(f.cov_h_m, f.cov[2] + f.cov[5], 1e-9);
    CHECK(f.u_h_max < sqrt(f.cov[0]) && f.u_h_max < sqrt(f.cov[4])); /* h_f and D are anticorrelated */
}

/* Half the noise: half the error of S and half its uncertainty; the noise itself is recovered. */
static void errors_are_of_first_order_in_noise(void)
{
    double h[ROOM], P[ROOM], off[2], u[2], s[2];
    vt_error err = {0};
    for (int k = 0; k < 2; k++) {
        const double sd = k == 0 ? 0.2e-9 : 0.1e-9;
        vt_stream draw;
        vt_unload_fit f = {0};
        vt_stream_init(&draw, 4, vt_stream_purpose("test/unload"), 0);
        sample(&GLASS, h, P);
        for (size_t i = 0; i < GLASS.n; i++) h[i] += sd * vt_stream_normal(&draw);
        CHECK_OK(fit(&GLASS, h, P, NULL, &f, &err), &err);
        off[k] = f.S - GLASS.m * GLASS.P_max / GLASS.D, u[k] = f.u_S, s[k] = f.s / sd;
    }
    CHECK_REL(off[0] / off[1], 2.0, 0.02); /* second order is u_S/S, below 1e-2 */
    CHECK_REL(u[0] / u[1], 2.0, 0.01);
    CHECK_BAND(s[0], 0.84, 1.16); /* 3 / sqrt(2 n) */
}

/* mN and nm, or hours of any unit: the same fit. Not a matter of tolerance inside the kernel. */
static void units_do_not_matter(void)
{
    double h[ROOM], P[ROOM];
    vt_error err = {0};
    vt_unload_fit a = {0}, b = {0};
    law scaled = GLASS;
    sample(&GLASS, h, P);
    for (size_t i = 0; i < GLASS.n; i++) h[i] += 0.3e-9 * cos(3.1 * (double)i);
    CHECK_OK(fit(&GLASS, h, P, NULL, &a, &err), &err);
    for (size_t i = 0; i < GLASS.n; i++) h[i] *= 1e9, P[i] *= 1e3;
    scaled.P_max *= 1e3;
    CHECK_OK(fit(&scaled, h, P, NULL, &b, &err), &err);
    /* rounding of the scaled data times the condition of the fit */
    CHECK_REL(b.m, a.m, 1e-9);
    CHECK_REL(b.S * 1e6, a.S, 1e-9);
    CHECK_REL(b.u_S * 1e6, a.u_S, 1e-7);
    CHECK_REL(b.h_f * 1e-9, a.h_f, 1e-9);
    CHECK(a.n == b.n && a.from == b.from);
}

/* Depth noise of a tenth of the recovery: load on depth loses a fifth of the stiffness, depth on load none. */
static void load_on_depth_is_biased_by_noise(void)
{
    const law l = {390, 3.5e-3, 98e-9, 15e-9, 1.4};
    const double S = l.m * l.P_max / l.D;
    double h[ROOM], P[ROOM], mean[2] = {0.0};
    vt_error err = {0};
    for (uint64_t k = 0; k < 40; k++) {
        vt_stream draw;
        vt_stream_init(&draw, 9, vt_stream_purpose("test/regress"), k);
        sample(&l, h, P);
        for (size_t i = 0; i < l.n; i++) h[i] += 1e-9 * vt_stream_normal(&draw);
        for (int load = 0; load < 2; load++) {
            vt_unload_fit f = {0};
            const vt_unload_options o = {.load_on_depth = load == 1, .m_low = 0.3, .m_high = 9.0};
            CHECK_OK(fit(&l, h, P, &o, &f, &err), &err);
            mean[load] += f.S / S / 40.0;
        }
    }
    CHECK_BAND(mean[0], 0.96, 1.06); /* u_S/S = 0.07 each, 0.011 of the mean; skewed upwards */
    CHECK_BAND(mean[1], 0.70, 0.90);
}

/* Rounded to 2 nm, with far finer noise: q/sqrt 12 enters. */
static void quantised_depths_have_their_uncertainty(void)
{
    double h[ROOM], P[ROOM];
    vt_error err = {0};
    vt_unload_fit f = {0};
    sample(&GLASS, h, P);
    for (size_t i = 0; i < GLASS.n; i++) h[i] = 2e-9 * rint(h[i] / 2e-9);
    CHECK_OK(fit(&GLASS, h, P, NULL, &f, &err), &err);
    CHECK_BAND(f.s, 0.4e-9, 0.75e-9); /* 2 nm / sqrt 12 = 0.58 nm */
    CHECK(fabs(f.S - GLASS.m * GLASS.P_max / GLASS.D) < 4.0 * f.u_S);
}

static void refused(const law *l, const double *h, const double *P, const vt_unload_options *o, vt_status code,
                    const char *text)
{
    vt_error err = {0};
    vt_unload_fit f = {.S = -7.0};
    CHECK(fit(l, h, P, o, &f, &err) == code);
    CHECK(err.code == code);
    CHECK_TEXT(err.msg, text);
    if (code != VT_EUNLOAD_FIT) CHECK(f.S == -7.0); /* untouched */
}

static void bad_windows_are_refused(void)
{
    double h[ROOM], P[ROOM];
    law few = GLASS;
    few.n = 7;
    sample(&few, h, P);
    refused(&few, h, P, NULL, VT_EDOF, "7 samples of the unloading lie between 0.98 and 0.2");
    sample(&GLASS, h, P);
    refused(&GLASS, h, P, &(vt_unload_options){.high = 0.3, .low = 0.5}, VT_EARG, "window from 0.3 to 0.5");
    refused(&GLASS, h, P, &(vt_unload_options){.high = 0.3, .low = 0.25}, VT_ENARROW, "need a tenth");
    refused(&GLASS, h, P, &(vt_unload_options){.high = NAN}, VT_EARG, "window");
    refused(&GLASS, h, P, &(vt_unload_options){.m_low = 2.0, .m_high = 1.5}, VT_EARG, "exponents from 2 to 1.5");
    refused(&GLASS, h, P, &(vt_unload_options){.P_air = 0.1}, VT_ESIGN, "is not above that in air");
    refused(&GLASS, NULL, P, NULL, VT_EARG, "NULL");
    h[11] = NAN;
    refused(&GLASS, h, P, NULL, VT_ENAN, "sample 11");
}

/* A flat punch (m = 1) is no Berkovich unloading; the fit comes back for the message. */
static void an_exponent_out_of_range_is_returned_with_its_refusal(void)
{
    const law punch = {100, 5e-3, 100e-9, 50e-9, 1.02}, soft = {100, 5e-3, 100e-9, 50e-9, 2.6};
    double h[ROOM], P[ROOM];
    vt_error err = {0};
    vt_unload_fit f = {0};
    sample(&punch, h, P);
    CHECK(fit(&punch, h, P, NULL, &f, &err) == VT_EUNLOAD_FIT);
    CHECK_TEXT(err.msg, "m = 1.02");
    CHECK_REL(f.m, 1.02, 1e-9);
    sample(&soft, h, P);
    refused(&soft, h, P, NULL, VT_EUNLOAD_FIT, "outside 1.1 to 2");
    CHECK_OK(fit(&soft, h, P, &(vt_unload_options){.m_high = 3.0}, &f, &err), &err);
    CHECK_REL(f.m, 2.6, 1e-9);
    for (size_t i = 0; i < soft.n; i++) h[i] = 2.0 * soft.h_f - h[i]; /* the tip goes deeper while the load falls */
    refused(&soft, h, P, NULL, VT_EUNLOAD_FIT, "not an elastic unloading");
}

/* An unloading that stops at half its load is fitted over what there is; the load in air is taken off. */
static void the_window_ends_where_the_unloading_ends(void)
{
    double h[ROOM], P[ROOM];
    vt_error err = {0};
    vt_unload_fit f = {0};
    const double air = 1.3e-3;
    sample(&GLASS, h, P);
    law part = GLASS;
    part.n = 100; /* down to 0.97 - 0.76 * 99/179 = 0.55 */
    for (size_t i = 0; i < part.n; i++) P[i] += air;
    part.P_max += air;
    CHECK_OK(fit(&part, h, P, &(vt_unload_options){.P_air = air}, &f, &err), &err);
    CHECK_REL(f.m, GLASS.m, 1e-9);
    CHECK_REL(f.S, GLASS.m * GLASS.P_max / GLASS.D, 1e-9);
    CHECK_ABS(f.low, 0.97 - 0.76 * 99.0 / 179.0, 1e-12);
    CHECK_ABS(f.high, 0.97, 1e-12);
    CHECK_OK(fit(&part, h, P, &(vt_unload_options){.P_air = air, .high = 0.9, .low = 0.6}, &f, &err), &err);
    CHECK_BAND(f.high, 0.89, 0.9);
    CHECK_BAND(f.low, 0.6, 0.61);
    CHECK(f.from == 17 && f.n == f.to - f.from); /* 0.97 - 0.76 i/179 <= 0.9 from i = 16.5 on */
}

CHECK_MAIN(CHECK_CASE(an_exact_law_is_found), CHECK_CASE(scipy_finds_the_same_fits),
           CHECK_CASE(the_answer_to_a_compliance_is_that_of_another_fit), CHECK_CASE(covariances_follow_the_chain_rule),
           CHECK_CASE(errors_are_of_first_order_in_noise), CHECK_CASE(units_do_not_matter),
           CHECK_CASE(load_on_depth_is_biased_by_noise), CHECK_CASE(quantised_depths_have_their_uncertainty),
           CHECK_CASE(bad_windows_are_refused), CHECK_CASE(an_exponent_out_of_range_is_returned_with_its_refusal),
           CHECK_CASE(the_window_ends_where_the_unloading_ends))
