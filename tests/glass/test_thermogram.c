/* Kernels of scans: programme, bins, glass step, peaks, enthalpy between two scans, on curves whose answers are known.
 */
#include "check.h"
#include <vitrum/constants.h>
#include <vitrum/thermogram.h>

enum { N = 1201 };
static double T[N], y[N], slope[N], scratch[2 * N];

static double glass(double x)
{
    return 0.36 + 2e-4 * (x - 500.0);
}

static double liquid(double x)
{
    return 0.58 - 1e-4 * (x - 500.0);
}

/* Lines joined by a sigmoid at 500 K, width w, with an exotherm or endotherm of given area at T0. */
static void curve(double w, double area, double T0, double width)
{
    for (size_t i = 0; i < N; i++) {
        T[i] = 380.0 + 0.2 * (double)i + 0.013;
        const double s = 1.0 / (1.0 + exp(-(T[i] - 500.0) / w)), z = (T[i] - T0) / width;
        y[i] = glass(T[i]) + s * (liquid(T[i]) - glass(T[i])) + area / (width * sqrt(2.0 * VT_PI)) * exp(-0.5 * z * z);
    }
    for (size_t i = 0; i < N; i++) {
        const size_t a = i > 0 ? i - 1 : 0, b = i + 1 < N ? i + 1 : i;
        slope[i] = (y[b] - y[a]) / (T[b] - T[a]);
    }
}

static void a_sigmoid_gives_its_middle_and_step(void)
{
    vt_glass_step g;
    vt_error err = {0};
    curve(2.0, 0.0, 0.0, 1.0);
    CHECK_OK(vt_glass_step_find(N, T, y, (vt_window){440.0, 465.0}, (vt_window){530.0, 560.0}, &g, &err), &err);
    CHECK_ABS(g.midpoint, 500.0, 2e-3); /* linear interpolation over 0.2 K of a curve of width 2 K */
    CHECK_REL(g.step, 0.22, 1e-4);      /* tails of the sigmoid in the windows: exp(-15) */
    /* least squares slope of tanh(x/2w)/2 over |x| < w ln 3: 3 U^-3 (U^3/3 - U^5/15 + 2 U^7/105)/(4 w), U = ln(3)/2 */
    const double U = 0.5 * log(3.0), part = 1.0 / 3.0 - U * U / 15.0 + 2.0 * pow(U, 4.0) / 105.0;
    CHECK_REL(g.end - g.onset, 4.0 * 2.0 / (3.0 * part), 5e-3); /* 22 points at 0.2 K; the series ends at U^7 */
    CHECK_ABS(g.overshoot, 0.0, 1e-5);
    /* equal areas of a symmetric step: its middle, but for the slopes of the lines (pi^2 w^2/6 times their difference)
     */
    CHECK_ABS(g.fictive, 500.0, 0.02);
}

static void the_edge_is_where_the_slope_is_half_way(void)
{
    vt_step_edge e;
    vt_error err = {0};
    curve(2.0, 0.0, 0.0, 1.0);
    CHECK_OK(vt_step_edge_find(0, N, T, slope, &e, &err), &err);
    /* slope of the logistic is half its peak where cosh^2(x/2w) = 2 */
    const double half = 2.0 * 2.0 * log(1.0 + sqrt(2.0));
    CHECK_ABS(e.high, 500.0 + half, 0.05);
    CHECK_ABS(e.low, 500.0 - half, 0.05);
    CHECK(vt_step_edge_find(0, 4, T, slope, &e, &err) == VT_EDOF);
}

static void an_overshoot_is_told_above_the_liquid(void)
{
    vt_glass_step g;
    vt_error err = {0};
    curve(2.0, 0.5, 506.0, 2.5);
    CHECK_OK(vt_glass_step_find(N, T, y, (vt_window){440.0, 465.0}, (vt_window){530.0, 560.0}, &g, &err), &err);
    const double s = 1.0 / (1.0 + exp(-3.0)); /* at 506 K */
    CHECK_ABS(g.overshoot, 0.5 / (2.5 * sqrt(2.0 * VT_PI)) - (1.0 - s) * 0.218, 2e-3);
    CHECK_ABS(g.T_overshoot, 506.2, 0.5);
    CHECK(g.fictive < 499.0); /* an aged glass: 0.5/0.22 = 2.3 K */
    CHECK_ABS(g.fictive, 500.0 - 0.5 / 0.22, 0.05);
}

static void lines_that_are_none_are_refused(void)
{
    vt_glass_step g = {.midpoint = -7.0};
    vt_error err = {0};
    curve(2.0, 0.0, 0.0, 1.0);
    CHECK(vt_glass_step_find(N, T, y, (vt_window){440.0, 465.0}, (vt_window){460.0, 560.0}, &g, &err) == VT_EARG);
    CHECK(vt_glass_step_find(N, T, y, (vt_window){300.0, 310.0}, (vt_window){530.0, 560.0}, &g, &err) == VT_EDOF);
    for (size_t i = 0; i < N; i++) y[i] = -y[i];
    const vt_status st = vt_glass_step_find(N, T, y, (vt_window){440.0, 465.0}, (vt_window){530.0, 560.0}, &g, &err);
    CHECK(st == VT_ESIGN || st == VT_ENOROOT);
    CHECK(g.midpoint == -7.0);
}

static void peaks_are_told_from_steps(void)
{
    vt_peak p[4];
    curve(2.0, 0.0, 0.0, 1.0);
    CHECK(vt_peaks_find(N, T, y, slope, 4, p, scratch) == 0); /* a step is no peak */
    curve(2.0, -20.0, 560.0, 3.0);
    CHECK(vt_peaks_find(N, T, y, slope, 4, p, scratch) == 1);
    CHECK(p[0].sign == -1);
    CHECK_ABS(T[p[0].apex], 560.0, 0.2);
    CHECK_REL(p[0].height, 20.0 / (3.0 * sqrt(2.0 * VT_PI)), 0.02);
    CHECK(T[p[0].from] < 553.0 && T[p[0].from] > 540.0); /* 2 sigma and more out, not to the step */
    curve(2.0, 50.0, 440.0, 3.0);
    CHECK(vt_peaks_find(N, T, y, slope, 4, p, scratch) == 1);
    CHECK(p[0].sign == 1);
}

/* Crystallization 60 K above a glass transition, without any noise: each flank is restless up to the other. */
static void a_step_before_an_exotherm_is_no_tail_of_it(void)
{
    vt_peak p[4];
    curve(5.0, -50.0, 560.0, 4.0);
    for (size_t i = 0; i < N; i++) y[i] += 0.1 * exp(-0.5 * pow((T[i] - 520.0) / 8.0, 2.0)); /* overshoot */
    for (size_t i = 1; i + 1 < N; i++) slope[i] = (y[i + 1] - y[i - 1]) / (T[i + 1] - T[i - 1]);
    CHECK(vt_peaks_find(N, T, y, slope, 4, p, scratch) == 1);
    CHECK(p[0].sign == -1);
    CHECK(T[p[0].from] > 540.0 && T[p[0].from] < 548.0); /* 3 to 5 of its standard deviations */
}

/* A shoulder to the same side, ten times as wide and a twentieth as high, belongs to its peak. */
static void a_tail_widens_its_peak(void)
{
    vt_peak p[4];
    curve(2.0, 0.0, 0.0, 1.0);
    for (size_t i = 0; i < N; i++) {
        const double z = (T[i] - 440.0) / 1.5, w = (T[i] - 440.0) / 12.0;
        y[i] = 0.36 - 10.0 * exp(-0.5 * z * z) - exp(-0.5 * w * w);
    }
    for (size_t i = 1; i + 1 < N; i++) slope[i] = (y[i + 1] - y[i - 1]) / (T[i + 1] - T[i - 1]);
    slope[0] = slope[1];
    slope[N - 1] = slope[N - 2];
    CHECK(vt_peaks_find(N, T, y, slope, 4, p, scratch) == 1);
    CHECK(T[p[0].from] < 415.0 && T[p[0].to] > 465.0); /* 2 of 12 K and more */
}

/* A kink of the last readings comes back from nowhere. */
static void the_last_reading_is_no_peak(void)
{
    vt_peak p[4];
    curve(2.0, 0.0, 0.0, 1.0);
    for (size_t i = 0; i < N; i++) slope[i] = 1e-4 * (double)(i % 5);
    slope[N - 1] = -1.0;
    CHECK(vt_peaks_find(N, T, y, slope, 4, p, scratch) == 0);
}

/* Straight, then bent by c (T - 500)^2: the parabola takes it off exactly, the line leaves c L^3/6. */
static void baselines_leave_the_area(void)
{
    const vt_window w1 = {390.0, 420.0}, w2 = {580.0, 610.0};
    vt_relaxation_enthalpy h;
    vt_error err = {0};
    for (int bent = 0; bent < 2; bent++) {
        const double c = bent ? 1e-6 : 0.0;
        for (size_t i = 0; i < N; i++) {
            const double z = (T[i] - 500.0) / 12.0;
            y[i] = 0.03 + 1e-4 * (T[i] - 400.0) + c * pow(T[i] - 500.0, 2.0) -
                   8.0 / (12.0 * sqrt(2.0 * VT_PI)) * exp(-0.5 * z * z);
        }
        CHECK_OK(vt_relaxation_enthalpy_find(N, T, y, w1, w2, &h, &err), &err);
        CHECK_REL(h.quadratic, 8.0, 1e-6);
        if (!bent) CHECK_REL(h.linear, 8.0, 1e-6);
        if (bent) CHECK(h.linear > 8.0 + 1e-6 * pow(160.0, 3.0) / 6.0); /* chord of the inner ends is the least */
    }
    CHECK(vt_relaxation_enthalpy_find(N, T, y, w2, w1, &h, &err) == VT_EARG);
    CHECK(vt_relaxation_enthalpy_find(N, T, y, (vt_window){390.0, 390.5}, w2, &h, &err) == VT_EDOF);
}

/* Two heatings from 300 to 500 K, the cooling between them left out. */
static void a_way_back_that_was_not_recorded_cuts_it(void)
{
    enum { M = 4000 };
    static double t[M], at[M];
    vt_ramp r[4];
    size_t n = 0;
    vt_error err = {0};
    for (size_t i = 0; i < M; i++) {
        t[i] = 0.3 * (double)i + (i < M / 2 ? 0.0 : 247.0);
        at[i] = 300.0 + 0.1 * (double)(i % (M / 2));
    }
    for (int timed = 0; timed < 2; timed++) {
        CHECK_OK(vt_ramps(M, timed ? t : NULL, at, 4, r, &n, &err), &err);
        CHECK(n == 2 && r[0].direction == 1 && r[1].direction == 1);
        CHECK_REL(r[1].rate, timed ? 1.0 / 3.0 : 0.1, 1e-9);
        CHECK(r[0].to <= M / 2 && r[0].to > M / 2 - 24 && r[1].from >= M / 2 && r[1].from < M / 2 + 24); /* 3 blocks */
    }
}

static void a_programme_is_cut_where_it_turns(void)
{
    static double t[900], at[900];
    vt_ramp r[8];
    size_t n = 0;
    vt_error err = {0};
    for (size_t i = 0; i < 900; i++) {
        t[i] = 2.0 * (double)i;
        at[i] = i < 300 ? 300.0 + 0.5 * (double)i : i < 600 ? 450.0 : 450.0 - 0.25 * (double)(i - 600);
    }
    CHECK_OK(vt_ramps(900, t, at, 8, r, &n, &err), &err);
    CHECK(n == 3);
    CHECK(r[0].direction == 1 && r[1].direction == 0 && r[2].direction == -1);
    CHECK_REL(r[0].rate, 0.25, 1e-9);
    CHECK_REL(r[2].rate, -0.125, 1e-9);
    CHECK(r[0].to <= 302 && r[0].to >= 290 && r[2].from >= 598 && r[2].from <= 610);
    t[500] = t[499];
    CHECK(vt_ramps(900, t, at, 8, r, &n, &err) == VT_ETIME);
    CHECK_TEXT(err.msg, "time 500");
    CHECK(vt_ramps(900, NULL, at, 2, r, &n, &err) == VT_ELIMIT);
    for (size_t i = 0; i < 900; i++) at[i] = 300.0;
    CHECK(vt_ramps(900, NULL, at, 8, r, &n, &err) == VT_ENARROW);
}

static void bins_keep_the_mean(void)
{
    double Tb[40], yb[40];
    curve(2.0, 0.0, 0.0, 1.0);
    const size_t n = vt_thermogram_bin(N, T, T, 40, Tb, yb);
    CHECK(n == 40);
    for (size_t i = 0; i < n; i++) CHECK_ABS(Tb[i], yb[i], 1e-12 * Tb[i]);
    CHECK(vt_thermogram_bin(3, (const double[]){1.0, 1.0, 1.0}, y, 40, Tb, yb) == 0);
}

/* A line and what its scatter makes of it, 3-4-5. */
static void a_line_is_uncertain_away_from_its_middle(void)
{
    const vt_base_line l = {.a = 0.25, .b = -0.5, .T0 = 417.0, .u_a = 0.03, .u_b = 0.002};
    CHECK_REL(vt_base_line_at(&l, 437.0), -9.75, 1e-15);
    CHECK_REL(vt_base_line_u(&l, 437.0), 0.05, 1e-15);
    CHECK_REL(vt_base_line_u(&l, 397.0), 0.05, 1e-15);
}

CHECK_MAIN(CHECK_CASE(a_sigmoid_gives_its_middle_and_step), CHECK_CASE(the_edge_is_where_the_slope_is_half_way),
           CHECK_CASE(an_overshoot_is_told_above_the_liquid), CHECK_CASE(lines_that_are_none_are_refused),
           CHECK_CASE(peaks_are_told_from_steps), CHECK_CASE(a_step_before_an_exotherm_is_no_tail_of_it),
           CHECK_CASE(a_tail_widens_its_peak), CHECK_CASE(the_last_reading_is_no_peak),
           CHECK_CASE(baselines_leave_the_area), CHECK_CASE(a_programme_is_cut_where_it_turns),
           CHECK_CASE(a_way_back_that_was_not_recorded_cuts_it), CHECK_CASE(bins_keep_the_mean),
           CHECK_CASE(a_line_is_uncertain_away_from_its_middle))
