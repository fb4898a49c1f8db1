#include "check.h"
#include <vitrum/line.h>
#include <vitrum/random.h>

static vt_line_work *workspace(size_t n)
{
    vt_line_work *ws = NULL;
    vt_error err = {0};
    CHECK_OK(vt_line_create(&ws, n, &err), &err);
    return ws;
}

static void ordinary_line_matches_its_closed_form(void)
{
    const double x[5] = {1.5, 2.5, 4.0, 5.5, 9.0}, y[5] = {3.2, 4.9, 8.4, 10.7, 18.9};
    double sx = 0, sy = 0, sxx = 0, sxy = 0, rss = 0;
    vt_line l;
    for (int i = 0; i < 5; i++) sx += x[i], sy += y[i], sxx += x[i] * x[i], sxy += x[i] * y[i];
    const double D = 5 * sxx - sx * sx, b = (5 * sxy - sx * sy) / D, a = (sy - b * sx) / 5;
    for (int i = 0; i < 5; i++) rss += (y[i] - a - b * x[i]) * (y[i] - a - b * x[i]);
    CHECK(vt_line_ordinary(5, x, y, &l, NULL) == VT_OK);
    CHECK_REL(l.slope, b, 1e-13); /* rounding of the sums */
    CHECK_REL(l.intercept, a, 1e-12);
    CHECK_REL(l.s, sqrt(rss / 3), 1e-12);
    CHECK_REL(l.u_slope, sqrt(rss / 3 * 5 / D), 1e-12);
    CHECK_REL(l.u_intercept, sqrt(rss / 3 * sxx / D), 1e-12);
    CHECK_REL(l.cov, -sx / D * rss / 3, 1e-12);
}

static void outliers_are_found_and_do_not_pull(void)
{
    enum { N = 40 };
    double x[N], y[N], w[N];
    vt_stream s;
    vt_stream_init(&s, 11, 1, 0);
    for (int i = 0; i < N; i++) {
        x[i] = 0.5 * i;
        y[i] = 2.0 - 0.7 * x[i] + 0.05 * vt_stream_normal(&s);
    }
    for (int i = 30; i < N; i++) y[i] += 8.0; /* a quarter, all at one end: worst place */
    vt_line_work *ws = workspace(N);
    vt_robust_line l;
    vt_error err = {0};
    CHECK_OK(vt_line_robust(ws, N, x, y, w, &l, &err), &err);
    CHECK_ABS(l.robust.slope, -0.7, 4.0 * l.robust.u_slope);
    CHECK_REL(l.robust.u_slope, 0.00211,
              0.4);                 /* the 30 clean points alone: 0.05/sqrt(Sxx); their scatter is known to 13 % */
    CHECK(l.ordinary.slope > -0.5); /* least squares is pulled */
    CHECK_REL(l.outlier_fraction, 0.25, 1e-12);
    CHECK(l.outliers);
    for (int i = 0; i < N; i++) CHECK((w[i] < 0.1) == (i >= 30));
    vt_line_free(ws);
}

static void exact_points_give_their_line(void)
{
    const double x[6] = {1, 2, 3, 4, 5, 6}, y[6] = {2.3, 4.0, 5.7, 7.4, 9.1, 40.0};
    vt_line_work *ws = workspace(6);
    vt_robust_line l;
    CHECK(vt_line_robust(ws, 6, x, y, NULL, &l, NULL) == VT_OK);
    CHECK_REL(l.robust.slope, 1.7, 1e-12); /* five points on a line: rounding only */
    CHECK_REL(l.robust.intercept, 0.6, 1e-11);
    CHECK_REL(l.outlier_fraction, 1.0 / 6.0, 1e-12);
    vt_line_free(ws);
}

static void a_line_moves_with_its_points(void)
{
    enum { N = 25 };
    double x[N], y[N], x2[N], y2[N];
    vt_stream s;
    vt_stream_init(&s, 12, 1, 0);
    for (int i = 0; i < N; i++) {
        x[i] = 1.0 + 0.3 * i;
        y[i] = 1.0 + 2.0 * x[i] + 0.1 * vt_stream_normal(&s) + (i % 9 == 4 ? 3.0 : 0.0);
        x2[N - 1 - i] = 100.0 * x[i];
        y2[N - 1 - i] = -5.0 * y[i] + 7.0;
    }
    vt_line_work *ws = workspace(N);
    vt_robust_line a, b;
    CHECK(vt_line_robust(ws, N, x, y, NULL, &a, NULL) == VT_OK);
    CHECK(vt_line_robust(ws, N, x2, y2, NULL, &b, NULL) == VT_OK);
    CHECK_REL(b.robust.slope, -0.05 * a.robust.slope, 1e-8); /* both settle to 1e-9 u */
    CHECK_REL(b.robust.intercept, 7.0 - 5.0 * a.robust.intercept, 1e-8);
    CHECK_REL(b.robust.u_slope, 0.05 * a.robust.u_slope, 1e-6);
    vt_line_free(ws);
}

/* Normal errors: 95 % efficiency, and the interval covers. */
static void efficiency_and_coverage_for_normal_errors(void)
{
    enum { N = 50, M = 1000 };
    double x[N], y[N], v_robust = 0.0, v_ols = 0.0;
    int inside = 0;
    vt_line_work *ws = workspace(N);
    for (int m = 0; m < M; m++) {
        vt_stream s;
        vt_robust_line l;
        vt_stream_init(&s, 13, 1, (uint64_t)m);
        for (int i = 0; i < N; i++) {
            x[i] = (double)i;
            y[i] = 3.0 + 0.2 * x[i] + vt_stream_normal(&s);
        }
        CHECK(vt_line_robust(ws, N, x, y, NULL, &l, NULL) == VT_OK);
        const double e = l.robust.slope - 0.2, o = l.ordinary.slope - 0.2;
        v_robust += e * e;
        v_ols += o * o;
        inside += fabs(e) <= 2.01 * l.robust.u_slope; /* t(0.975, 48) */
    }
    CHECK_REL(v_ols / v_robust, 0.95, 0.04);      /* asymptotic 0.95; ratio of two strongly correlated variances, 1 % */
    CHECK_BAND(inside / (double)M, 0.929, 0.971); /* procedure 1.9 */
    vt_line_free(ws);
}

static void many_points_are_subsampled(void)
{
    enum { N = 20000 };
    double *x = malloc(N * sizeof *x), *y = malloc(N * sizeof *y);
    vt_line_work *ws = workspace(N);
    vt_robust_line l;
    vt_error err = {0};
    vt_stream s;
    vt_stream_init(&s, 14, 1, 0);
    for (int i = 0; i < N; i++) {
        x[i] = (double)((i * 7919) % N); /* not sorted */
        y[i] = 5.0 - 0.001 * x[i] + vt_stream_normal(&s) + (i % 4 == 0 ? 30.0 : 0.0);
    }
    CHECK_OK(vt_line_robust(ws, N, x, y, NULL, &l, &err), &err);
    CHECK(l.subsampled);
    CHECK_ABS(l.theil_sen, -0.001, 1e-5); /* u of the line: 1.4e-6; contaminated median: a few times that */
    CHECK_ABS(l.robust.slope, -0.001, 4.0 * l.robust.u_slope);
    CHECK_ABS(l.outlier_fraction, 0.25, 0.005); /* 0.3 % of good points lie beyond the weight 0.1 */
    vt_line_free(ws);
    free(x);
    free(y);
}

static void refusals(void)
{
    const double x[4] = {1, 2, 3, NAN}, same[4] = {5, 5, 5, 5}, y[4] = {1, 2, 3, 4};
    vt_line_work *ws = workspace(4);
    vt_robust_line l = {.theil_sen = -7.0};
    vt_error err = {0};
    CHECK(vt_line_robust(ws, 2, x, y, NULL, &l, &err) == VT_EDOF);
    CHECK(vt_line_robust(ws, 4, x, y, NULL, &l, &err) == VT_ENAN);
    CHECK_TEXT(err.msg, "point 3");
    CHECK(vt_line_robust(ws, 4, same, y, NULL, &l, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "all 4 x are 5");
    CHECK(vt_line_robust(ws, 5, x, y, NULL, &l, &err) == VT_EARG);
    CHECK(l.theil_sen == -7.0);
    vt_line_free(ws);
}

/* Eight free actuators of a virtual wafer (um), of which one lies where the bisquare is flat: 1000 rounds, not 200. */
static void slow_weights_settle(void)
{
    static const double x[8] = {100, 300, 500, 700, 900, 1100, 1300, 1500};
    static const double y[8] = {0.43625, 1.28825, 2.13225, 2.969, 3.822, 4.6775, 5.50025, 6.38475};
    vt_line_work *ws = NULL;
    vt_robust_line l;
    vt_error err = {0};
    CHECK_OK(vt_line_create(&ws, 8, &err), &err);
    CHECK_OK(vt_line_robust(ws, 8, x, y, NULL, &l, &err), &err);
    CHECK(l.iterations > 200);
    CHECK_BAND(l.robust.slope, 4.22e-3, 4.24e-3); /* least squares: 4.239e-3; without the last: 4.228e-3 */
    vt_line_free(ws);
}

CHECK_MAIN(CHECK_CASE(ordinary_line_matches_its_closed_form), CHECK_CASE(outliers_are_found_and_do_not_pull),
           CHECK_CASE(exact_points_give_their_line), CHECK_CASE(a_line_moves_with_its_points),
           CHECK_CASE(efficiency_and_coverage_for_normal_errors), CHECK_CASE(many_points_are_subsampled),
           CHECK_CASE(slow_weights_settle), CHECK_CASE(refusals))
