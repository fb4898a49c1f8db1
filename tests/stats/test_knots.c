#include "check.h"
#include <vitrum/knots.h>
#include <vitrum/proportion.h>
#include <vitrum/random.h>

static vt_knots_work *workspace(size_t n)
{
    vt_knots_work *ws = NULL;
    vt_error err = {0};
    CHECK_OK(vt_knots_create(&ws, n, &err), &err);
    return ws;
}

static vt_stream stream(uint64_t index)
{
    vt_stream s;
    vt_stream_init(&s, 20261121, vt_stream_purpose("test/knots"), index);
    return s;
}

/* Slopes 0.5, -1.0, 0.2 with knots at 33.3 and 71.9. */
static double truth(double x)
{
    return 4.0 + 0.5 * x - 1.5 * fmax(x - 33.3, 0.0) + 1.2 * fmax(x - 71.9, 0.0);
}

static void exact_lines_give_their_knots_back(void)
{
    enum { N = 101 };
    double x[N], y[N];
    vt_knots_work *ws = workspace(N);
    vt_knots k;
    vt_error err = {0};
    for (int i = 0; i < N; i++) y[i] = truth(x[i] = i);
    const vt_knots_data d = {.n = N, .x = x, .y = y};
    CHECK_OK(vt_knots_fit(ws, &d, 3, 0.95, &k, &err), &err);
    CHECK(k.count >= 2); /* without noise a third knot may find rounding to fit */
    for (int i = 0; i < N; i++) y[i] += i % 2 ? 1e-4 : -1e-4;
    CHECK_OK(vt_knots_fit(ws, &d, 3, 0.95, &k, &err), &err);
    CHECK(k.count == 2);
    CHECK_ABS(k.x[0], 33.3, 1e-4); /* 1e-4 over the change of slope, 1.2 */
    CHECK_ABS(k.x[1], 71.9, 1e-4);
    CHECK_ABS(k.slope[0], 0.5, 1e-5);
    CHECK_ABS(k.slope[1], -1.0, 1e-5);
    CHECK_ABS(k.slope[2], 0.2, 1e-5);
    CHECK_ABS(k.start, 4.0, 1e-4);
    vt_knots_free(ws);
}

static void number_of_knots_and_their_intervals(void)
{
    enum { N = 120, M = 200 };
    double x[N], y[N], low, high;
    int two = 0, inside[2] = {0};
    vt_knots_work *ws = workspace(N);
    for (uint64_t r = 0; r < M; r++) {
        vt_stream s = stream(r);
        vt_knots k;
        for (int i = 0; i < N; i++) y[i] = truth(x[i] = 100.0 * i / (N - 1)) + vt_stream_normal(&s);
        const vt_knots_data d = {.n = N, .x = x, .y = y};
        CHECK(vt_knots_fit(ws, &d, 3, 0.95, &k, NULL) == VT_OK);
        two += k.count == 2;
        for (int j = 0; j < 2 && k.count == 2; j++) {
            const double at = j ? 71.9 : 33.3;
            inside[j] += (!k.ci[j].low_closed || k.ci[j].low <= at) && (!k.ci[j].high_closed || at <= k.ci[j].high);
        }
    }
    printf("knots: two chosen in %d of %d, intervals cover %d and %d\n", two, M, inside[0], inside[1]);
    CHECK_BAND(two / (double)M, 0.9, 1.0);
    CHECK(vt_coverage_band(0.95, (size_t)two, &low, &high, NULL) == VT_OK);
    for (int j = 0; j < 2; j++) CHECK_BAND(inside[j] / (double)two, low, high);
    vt_knots_free(ws);
}

static void correlated_noise_bends_no_line(void)
{
    enum { N = 200, M = 200 };
    double x[N], y[N];
    int white = 0, red = 0;
    vt_knots_work *ws = workspace(N);
    for (uint64_t r = 0; r < M; r++) {
        vt_stream s = stream(1000 + r);
        vt_knots k;
        double e = 0.0;
        for (int i = 0; i < N; i++) y[i] = 1.0 + 0.02 * (x[i] = i) + vt_stream_normal(&s);
        const vt_knots_data d = {.n = N, .x = x, .y = y};
        CHECK(vt_knots_fit(ws, &d, 3, 0.95, &k, NULL) == VT_OK);
        white += k.count == 0;
        for (int i = 0; i < N; i++) y[i] = 1.0 + 0.02 * x[i] + (e = 0.6 * e + vt_stream_normal(&s));
        CHECK(vt_knots_fit(ws, &d, 3, 0.95, &k, NULL) == VT_OK);
        red += k.count == 0;
    }
    printf("no knot: none chosen in %d (white) and %d (AR 0.6) of %d\n", white, red, M);
    CHECK_BAND(white / (double)M, 0.95, 1.0); /* two parameters at ln 200 each: P(chi2-like gain > 10.6) is 1 to 3 % */
    CHECK_BAND(red / (double)M, 0.85, 1.0);   /* without n_eff fewer than half */
    vt_knots_free(ws);
}

static void pieces_keep_eight_points(void)
{
    enum { N = 40 };
    double x[N], y[N];
    vt_knots_work *ws = workspace(N);
    vt_knots k = {0};
    for (int i = 0; i < N; i++) y[i] = fmax((x[i] = i) - 20.0, 0.0) * 5.0 + (i % 2 ? 0.1 : -0.1);
    const vt_knots_data d = {.n = N, .x = x, .y = y};
    CHECK(vt_knots_fit(ws, &d, 6, 0.95, &k, NULL) == VT_OK);
    CHECK(isfinite(k.bic[1]));
    CHECK(isinf(k.bic[5]) && isinf(k.bic[6])); /* six pieces of eight do not fit into forty */
    CHECK(k.count == 1);
    CHECK_ABS(k.x[0], 20.0, 0.05); /* 0.1 of noise over a change of slope of 5 */
    vt_knots_free(ws);
}

static void refusals(void)
{
    double x[10] = {0, 1, 2, 3, 3, 5, 6, 7, 8, 9}, y[10] = {0};
    vt_knots k = {.rss = -7.0};
    vt_knots_work *ws = workspace(10);
    vt_error err = {0};
    vt_knots_data d = {.n = 10, .x = x, .y = y};
    CHECK(vt_knots_fit(ws, &d, 1, 0.95, &k, &err) == VT_ETIME);
    CHECK_TEXT(err.msg, "x[4] = 3");
    d.n = 7;
    CHECK(vt_knots_fit(ws, &d, 1, 0.95, &k, &err) == VT_EDOF);
    d.n = 11;
    CHECK(vt_knots_fit(ws, &d, 1, 0.95, &k, &err) == VT_EARG);
    d.n = 10;
    CHECK(vt_knots_fit(ws, &d, VT_KNOTS_MAX + 1, 0.95, &k, &err) == VT_EARG);
    CHECK(k.rss == -7.0);
    vt_knots_free(ws);
}

CHECK_MAIN(CHECK_CASE(exact_lines_give_their_knots_back), CHECK_CASE(number_of_knots_and_their_intervals),
           CHECK_CASE(correlated_noise_bends_no_line), CHECK_CASE(pieces_keep_eight_points), CHECK_CASE(refusals))
