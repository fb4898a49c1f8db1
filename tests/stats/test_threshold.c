/* Interval-censored thresholds: limits, invariants, coverage, refusals. */
#include "check.h"
#include <vitrum/random.h>
#include <vitrum/threshold.h>

enum { N = 400 };

/* Very narrow intervals are plain normal data: mean and (maximum likelihood) standard deviation. */
static void narrow_intervals_are_plain_data(void)
{
    double low[N], high[N], mean = 0.0, ss = 0.0;
    int group[N] = {0};
    vt_stream s;
    vt_stream_init(&s, 3, vt_stream_purpose("threshold/plain"), 0);
    for (size_t i = 0; i < N; i++) {
        const double c = 18.0 + 0.3 * vt_stream_normal(&s);
        low[i] = c - 1e-5;
        high[i] = c + 1e-5;
        mean += c / N;
    }
    for (size_t i = 0; i < N; i++) ss += pow(0.5 * (low[i] + high[i]) - mean, 2.0);
    const vt_threshold_data d = {.n = N, .low = low, .high = high, .group = group, .groups = 1, .s_prior = 0.3};
    vt_threshold_fit f;
    CHECK(vt_threshold_solve(&d, false, &f, NULL) == VT_OK);
    CHECK_ABS(f.A[0], mean, 1e-6);
    CHECK_REL(f.s, sqrt(ss / N), 2e-4); /* the prior weighs 1/800 of the data */
    CHECK(!f.separable && f.two_sided == N);
    vt_threshold_interval i;
    CHECK(vt_threshold_profile(&d, false, &f, VT_THRESHOLD_A, 0, 0.95, &i, NULL) == VT_OK);
    CHECK_REL(i.high - i.value, 1.966 * f.s / sqrt(N), 0.01);
    CHECK_REL(i.value - i.low, 1.966 * f.s / sqrt(N), 0.01);
}

/* One group: every specimen says 1 < c < 2. The threshold is anywhere between; the ridge keeps s finite. */
static void separable_data_have_the_gap_as_interval(void)
{
    const double low[6] = {1.0, 0.9, 1.0, 0.5, -INFINITY, 0.7}, high[6] = {2.0, 2.5, 2.0, INFINITY, 2.2, 2.0};
    const int group[6] = {0};
    const vt_threshold_data d = {.n = 6, .low = low, .high = high, .group = group, .groups = 1, .s_prior = 0.2};
    vt_threshold_fit f;
    vt_threshold_interval i;
    CHECK(vt_threshold_solve(&d, false, &f, NULL) == VT_OK);
    CHECK(f.separable);
    CHECK_BAND(f.A[0], 1.0, 2.0);
    CHECK(f.s > 0.0 && f.s < 1.0);
    CHECK(vt_threshold_profile(&d, false, &f, VT_THRESHOLD_A, 0, 0.95, &i, NULL) == VT_OK);
    CHECK(i.low_closed && i.high_closed && i.low < 1.1 && i.high > 1.9);
}

/* A group that was never seen beyond its threshold has a lower bound only. */
static void one_sided_group_has_a_bound(void)
{
    const double low[8] = {1.0, 0.9, 1.2, 1.1, 2.4, 2.6, 2.5, 2.3};
    const double high[8] = {1.3, 1.4, 1.5, 1.2, INFINITY, INFINITY, INFINITY, INFINITY};
    const int group[8] = {0, 0, 0, 0, 1, 1, 1, 1};
    const vt_threshold_data d = {.n = 8, .low = low, .high = high, .group = group, .groups = 2, .s_prior = 0.2};
    vt_threshold_fit f;
    vt_threshold_interval i;
    CHECK(vt_threshold_solve(&d, false, &f, NULL) == VT_OK);
    CHECK(vt_threshold_profile(&d, false, &f, VT_THRESHOLD_DIFFERENCE, 1, 0.95, &i, NULL) == VT_OK);
    CHECK(i.low_closed && !i.high_closed);
    CHECK_BAND(i.low, 0.8, 1.4); /* between the edge of both groups and their centres */
}

/* Adding a constant to group 1 adds it to the difference; the unit of c scales everything. */
static void shifts_and_scales_go_through(void)
{
    double low[10], high[10], low2[10], high2[10];
    int group[10];
    vt_stream s;
    vt_stream_init(&s, 5, vt_stream_purpose("threshold/shift"), 0);
    for (size_t i = 0; i < 10; i++) {
        const double c = 0.2 * vt_stream_normal(&s);
        group[i] = i >= 5;
        low[i] = c - 0.15 * vt_stream_uniform(&s);
        high[i] = c + 0.15 * vt_stream_uniform(&s);
        low2[i] = 3.0 * (low[i] + (group[i] ? 1.7 : 0.0));
        high2[i] = 3.0 * (high[i] + (group[i] ? 1.7 : 0.0));
    }
    const vt_threshold_data a = {.n = 10, .low = low, .high = high, .group = group, .groups = 2, .s_prior = 0.2},
                            b = {.n = 10, .low = low2, .high = high2, .group = group, .groups = 2, .s_prior = 0.6};
    vt_threshold_fit f, g;
    vt_threshold_interval i, k;
    CHECK(vt_threshold_solve(&a, false, &f, NULL) == VT_OK && vt_threshold_solve(&b, false, &g, NULL) == VT_OK);
    CHECK_REL(g.s, 3.0 * f.s, 1e-4);
    CHECK(vt_threshold_profile(&a, false, &f, VT_THRESHOLD_DIFFERENCE, 1, 0.95, &i, NULL) == VT_OK);
    CHECK(vt_threshold_profile(&b, false, &g, VT_THRESHOLD_DIFFERENCE, 1, 0.95, &k, NULL) == VT_OK);
    CHECK_ABS(k.value, 3.0 * (i.value + 1.7), 1e-4);
    CHECK_ABS(k.low, 3.0 * (i.low + 1.7), 1e-4);
    CHECK_ABS(k.high, 3.0 * (i.high + 1.7), 1e-4);
}

/* Nine specimens against six, scatter 0.2, thresholds seen on a ladder of steps of 0.3: the interval of the difference
 * and that of a slope cover. 200 sets: 0.95 -+ 3 sqrt(0.95 0.05/200). */
static void intervals_cover(void)
{
    enum { SETS = 200, M = 15 };
    size_t hit = 0, slope = 0;
    for (uint64_t r = 0; r < SETS; r++) {
        double low[M], high[M], z[M];
        int group[M];
        vt_stream s;
        vt_stream_init(&s, 11, vt_stream_purpose("threshold/cover"), r);
        for (size_t i = 0; i < M; i++) {
            group[i] = i >= 9;
            z[i] = 4.0 * vt_stream_uniform(&s) - 2.0;
            const double c = 18.0 + (group[i] ? 1.386 : 0.0) + 0.2 * vt_stream_normal(&s),
                         u = 0.3 * vt_stream_uniform(&s);
            low[i] = floor((c - u) / 0.3) * 0.3 + u;
            high[i] = low[i] + 0.3;
        }
        const vt_threshold_data d = {
            .n = M, .low = low, .high = high, .z = z, .group = group, .groups = 2, .s_prior = 0.2};
        vt_threshold_fit f;
        vt_threshold_interval i;
        CHECK(vt_threshold_solve(&d, false, &f, NULL) == VT_OK);
        CHECK(vt_threshold_profile(&d, false, &f, VT_THRESHOLD_DIFFERENCE, 1, 0.95, &i, NULL) == VT_OK);
        hit += i.low <= 1.386 && i.high >= 1.386;
        CHECK(vt_threshold_solve(&d, true, &f, NULL) == VT_OK);
        CHECK(vt_threshold_profile(&d, true, &f, VT_THRESHOLD_B, 0, 0.95, &i, NULL) == VT_OK);
        slope += i.low <= 0.0 && i.high >= 0.0;
    }
    CHECK_BAND((double)hit / SETS, 0.9037, 0.9963);
    CHECK_BAND((double)slope / SETS, 0.9037, 0.9963);
}

static void refusals(void)
{
    double low[3] = {1.0, 1.1, 1.2}, high[3] = {INFINITY, INFINITY, INFINITY};
    const int group[3] = {0};
    vt_threshold_data d = {.n = 3, .low = low, .high = high, .group = group, .groups = 1, .s_prior = 0.2};
    vt_threshold_fit f;
    vt_error err = {0};
    CHECK(vt_threshold_solve(&d, false, &f, &err) == VT_EONE_CLASS);
    high[1] = 1.0;
    CHECK(vt_threshold_solve(&d, false, &f, &err) == VT_ESHAPE);
    CHECK_TEXT(err.msg, "specimen 1");
    high[1] = NAN;
    CHECK(vt_threshold_solve(&d, false, &f, &err) == VT_ENAN);
    high[1] = 2.0;
    d.n = 1;
    low[0] = 0.0;
    high[0] = 1.0;
    CHECK(vt_threshold_solve(&d, false, &f, &err) == VT_EDOF);
    CHECK(vt_threshold_solve(&d, true, &f, &err) == VT_EARG);
}

CHECK_MAIN(CHECK_CASE(narrow_intervals_are_plain_data), CHECK_CASE(separable_data_have_the_gap_as_interval),
           CHECK_CASE(one_sided_group_has_a_bound), CHECK_CASE(shifts_and_scales_go_through),
           CHECK_CASE(intervals_cover), CHECK_CASE(refusals))
