#include "check.h"
#include <stdbool.h>
#include <vitrum/random.h>
#include <vitrum/segment.h>

static vt_segment_work *workspace(size_t n)
{
    vt_segment_work *ws = NULL;
    vt_error err = {0};
    CHECK_OK(vt_segment_create(&ws, n, &err), &err);
    return ws;
}

static vt_stream stream(uint64_t index)
{
    vt_stream s;
    vt_stream_init(&s, 20261121, vt_stream_purpose("test/segment"), index);
    return s;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Lowest biweight cost of one segment: the level is the mean of the points it does not clip, a run of the sorted ones.
 */
static double segment_cost(const double *y, size_t n, double K)
{
    double s[64], best = INFINITY;
    memcpy(s, y, n * sizeof *s);
    qsort(s, n, sizeof *s, ascending);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i; j < n; j++) {
            double mean = 0.0, cost = 0.0;
            for (size_t k = i; k <= j; k++) mean += s[k] / (double)(j - i + 1);
            for (size_t k = 0; k < n; k++) cost += fmin((s[k] - mean) * (s[k] - mean), K * K);
            best = fmin(best, cost);
        }
    return best;
}

/* Dynamic programming over all segmentations, the definition itself. */
static double optimal_cost(const double *y, size_t n, double K, double penalty)
{
    double F[65];
    F[0] = -penalty;
    for (size_t t = 1; t <= n; t++) {
        F[t] = INFINITY;
        for (size_t s = 0; s < t; s++) F[t] = fmin(F[t], F[s] + penalty + segment_cost(y + s, t - s, K));
    }
    return F[n];
}

static void pruning_is_exact(void)
{
    enum { N = 28 };
    for (uint64_t r = 0; r < 12; r++) {
        vt_stream s = stream(r);
        double y[N], cost = -3.0 * log(N) * 0.49;
        vt_setpoint seg[N];
        vt_segments out = {.segment = seg, .capacity = N};
        vt_segment_work *ws = workspace(N);
        vt_error err = {0};
        for (int i = 0; i < N; i++)
            y[i] = 5.0 + 0.7 * vt_stream_normal(&s) + (i > 9 ? 3.0 : 0.0) + (i % 11 == 5 ? 9.0 : 0.0);
        CHECK_OK(vt_segment_levels(ws, N, y, &(vt_segment_options){.noise = 0.7}, &out, &err), &err);
        for (size_t k = 0; k < out.count; k++) {
            cost += 3.0 * log(N) * 0.49;
            for (size_t i = seg[k].from; i < seg[k].to; i++) cost += fmin(pow(y[i] - seg[k].level, 2.0), 2.1 * 2.1);
        }
        CHECK_REL(cost, optimal_cost(y, N, 2.1, 3.0 * log(N) * 0.49), 1e-9); /* rounding of the quadratics */
        vt_segment_free(ws);
    }
}

static void set_points_are_found_and_outliers_are_not(void)
{
    enum { N = 600, M = 200 };
    static const size_t edge[3] = {150, 320, 450};
    static const double level[4] = {10.0, 10.8, 10.2, 12.0};
    static double y[N];
    vt_setpoint seg[20];
    vt_segment_work *ws = workspace(N);
    int right = 0;
    for (uint64_t r = 0; r < M; r++) {
        vt_stream s = stream(100 + r);
        vt_segments out = {.segment = seg, .capacity = 20};
        for (size_t i = 0; i < N; i++) {
            const int k = (i >= edge[0]) + (i >= edge[1]) + (i >= edge[2]);
            y[i] = level[k] + 0.1 * vt_stream_normal(&s) + (i % 97 == 40 ? 5.0 : 0.0);
        }
        CHECK(vt_segment_levels(ws, N, y, NULL, &out, NULL) == VT_OK);
        bool ok = out.count == 4;
        for (size_t k = 0; ok && k < 3; k++)
            ok = seg[k].to + 2 >= edge[k] && seg[k].to <= edge[k] + 2; /* +-2 samples, section 11 */
        for (size_t k = 0; ok && k < 4; k++) ok = fabs(seg[k].level - level[k]) < 4.0 * 0.1 / sqrt(120.0);
        right += ok;
        CHECK_REL(out.noise, 0.1, 0.25); /* MAD of 600 differences, 4 %; 2 % of them are outliers */
    }
    printf("set points: all edges within 2 samples in %d of %d records\n", right, M);
    CHECK_BAND(right / (double)M, 0.97, 1.0);
    vt_segment_free(ws);
}

static void noise_alone_is_one_segment(void)
{
    enum { N = 1000, M = 200 };
    static double y[N];
    vt_setpoint seg[50];
    vt_segment_work *ws = workspace(N);
    int one = 0;
    for (uint64_t r = 0; r < M; r++) {
        vt_stream s = stream(1000 + r);
        vt_segments out = {.segment = seg, .capacity = 50};
        for (size_t i = 0; i < N; i++) y[i] = -3.0 + 2.0 * vt_stream_normal(&s);
        CHECK(vt_segment_levels(ws, N, y, NULL, &out, NULL) == VT_OK);
        one += out.count == 1;
    }
    CHECK_BAND(one / (double)M, 0.97, 1.0); /* penalty 3 ln n: false cuts in well under 1 % */
    vt_segment_free(ws);
}

static void quantised_and_constant_channels(void)
{
    double y[40];
    vt_setpoint seg[10];
    vt_segments out = {.segment = seg, .capacity = 10};
    vt_segment_work *ws = workspace(40);
    for (int i = 0; i < 40; i++) y[i] = i < 25 ? 300.0 : 300.5;
    CHECK(vt_segment_levels(ws, 40, y, NULL, &out, NULL) == VT_OK);
    CHECK(out.count == 2 && seg[0].to == 25);
    CHECK_REL(out.noise, 0.5 / sqrt(12.0), 1e-12);
    CHECK_REL(seg[1].level, 300.5, 1e-12);
    for (int i = 0; i < 40; i++) y[i] = 300.0;
    CHECK(vt_segment_levels(ws, 40, y, NULL, &out, NULL) == VT_OK);
    CHECK(out.count == 1 && seg[0].from == 0 && seg[0].to == 40);
    CHECK_REL(seg[0].level, 300.0, 1e-9);
    vt_segment_free(ws);
}

static void padding_shrinks_inner_edges(void)
{
    vt_setpoint seg[3] = {{0, 10, 1.0}, {10, 13, 2.0}, {13, 30, 3.0}};
    vt_segments s = {.segment = seg, .capacity = 3, .count = 3};
    vt_segment_pad(&s, 30, 2);
    CHECK(s.count == 2); /* 3 samples minus 2 on each side: nothing */
    CHECK(seg[0].from == 0 && seg[0].to == 8 && seg[1].from == 15 && seg[1].to == 30);
}

static void refusals(void)
{
    double y[4] = {1.0, 9.0, NAN, 2.0};
    vt_setpoint seg[1];
    vt_segments out = {.segment = seg, .capacity = 1, .count = 77};
    vt_segment_work *ws = workspace(4);
    vt_error err = {0};
    CHECK(vt_segment_levels(ws, 4, y, NULL, &out, &err) == VT_ENAN);
    CHECK_TEXT(err.msg, "sample 2");
    CHECK(vt_segment_levels(ws, 5, y, NULL, &out, &err) == VT_EARG);
    y[2] = 9.0;
    CHECK(vt_segment_levels(ws, 4, y, &(vt_segment_options){.noise = 0.1}, &out, &err) == VT_ELIMIT);
    CHECK_TEXT(err.msg, "room for 1");
    CHECK(out.count == 77);
    vt_segment_free(ws);
}

CHECK_MAIN(CHECK_CASE(pruning_is_exact), CHECK_CASE(set_points_are_found_and_outliers_are_not),
           CHECK_CASE(noise_alone_is_one_segment), CHECK_CASE(quantised_and_constant_channels),
           CHECK_CASE(padding_shrinks_inner_edges), CHECK_CASE(refusals))
