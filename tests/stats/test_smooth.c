/* Local quadratic smoothing: exact on parabolas, order of its bias, gain against a Monte-Carlo variance, bandwidth. */
#include "check.h"
#include <vitrum/random.h>
#include <vitrum/smooth.h>

enum { N = 301 };

/* Uneven steps: the filter does not need equal ones. */
static void grid(double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) x[i] = 2.0 * (double)i / (double)(n - 1) + 0.002 * sin(7.0 * (double)i);
}

static void a_parabola_stays_itself(void)
{
    double x[N], y[N], fit[N], slope[N];
    grid(x, N);
    for (size_t i = 0; i < N; i++) y[i] = 3.1 - 1.7 * x[i] + 0.6 * x[i] * x[i];
    vt_error err = {0};
    CHECK_OK(vt_smooth_quadratic(N, x, y, 0.13, &(vt_smooth_curve){fit, slope, NULL}, NULL, &err), &err);
    for (size_t i = 0; i < N; i++) {
        CHECK_ABS(fit[i], y[i], 1e-11); /* rounding of sliding sums over 40 points, conditioned by 1e3 */
        CHECK_ABS(slope[i], -1.7 + 1.2 * x[i], 1e-8);
    }
}

/* In the middle of an even grid the bias of a local parabola is of order h^4. */
static void the_bias_falls_with_the_fourth_power(void)
{
    double x[N], y[N], fit[N], e[2];
    for (size_t i = 0; i < N; i++) {
        x[i] = 2.0 * (double)i / (N - 1);
        y[i] = sin(3.0 * x[i]);
    }
    const double h[2] = {0.4, 0.2};
    for (int k = 0; k < 2; k++) {
        CHECK(vt_smooth_quadratic(N, x, y, h[k], &(vt_smooth_curve){fit, NULL, NULL}, NULL, NULL) == VT_OK);
        e[k] = fabs(fit[N / 2] - y[N / 2]);
    }
    CHECK_ABS(log2(e[0] / e[1]), 4.0, 0.1); /* next order: (0.4 * 3)^2/40 of it */
}

/* Gain: variance of the fit over that of one reading, against 2000 records of noise; noise from the residuals. */
static void gain_and_noise_are_those_of_noise(void)
{
    enum { SETS = 2000, M = 60 };
    double x[M], y[M], fit[M], gain[M], square[M] = {0}, noise = 0.0;
    grid(x, M);
    vt_stream s;
    vt_stream_init(&s, 11, vt_stream_purpose("smooth"), 0);
    for (int k = 0; k < SETS; k++) {
        vt_smooth out;
        for (size_t i = 0; i < M; i++) y[i] = 0.3 * vt_stream_normal(&s);
        CHECK(vt_smooth_quadratic(M, x, y, 0.5, &(vt_smooth_curve){fit, NULL, gain}, &out, NULL) == VT_OK);
        for (size_t i = 0; i < M; i++) square[i] += fit[i] * fit[i] / SETS;
        noise += out.noise * out.noise / SETS;
    }
    CHECK_REL(noise, 0.09, 0.015); /* 3 sqrt(2/(50 2000)): some 50 degrees of freedom each */
    for (size_t i = 0; i < M; i += 7) CHECK_REL(square[i], 0.09 * gain[i], 0.13); /* 4 sqrt(2/2000) */
    CHECK(gain[0] > 2.0 * gain[M / 2]);                                           /* ends have half the points */
}

/* Cross-validation: within 30 % of the best loss that any bandwidth of the grid has, on average over 50 records. */
static void cross_validation_comes_near_the_best_bandwidth(void)
{
    enum { SETS = 50 };
    double x[N], y[N], truth[N], fit[N], chosen = 0.0, best = 0.0;
    grid(x, N);
    vt_stream s;
    vt_stream_init(&s, 12, vt_stream_purpose("smooth"), 1);
    for (size_t i = 0; i < N; i++) truth[i] = sin(6.0 * x[i]) + exp(-50.0 * (x[i] - 0.4) * (x[i] - 0.4));
    for (int k = 0; k < SETS; k++) {
        double least = INFINITY, loss = 0.0;
        vt_smooth out;
        for (size_t i = 0; i < N; i++) y[i] = truth[i] + 0.1 * vt_stream_normal(&s);
        CHECK(vt_smooth_gcv(N, x, y, 0.0, &(vt_smooth_curve){fit, NULL, NULL}, &out, NULL) == VT_OK);
        for (size_t i = 0; i < N; i++) loss += (fit[i] - truth[i]) * (fit[i] - truth[i]);
        chosen += loss;
        for (double h = 0.03; h < 1.0; h *= 1.25) {
            double sum = 0.0;
            if (vt_smooth_quadratic(N, x, y, h, &(vt_smooth_curve){fit, NULL, NULL}, NULL, NULL) != VT_OK) continue;
            for (size_t i = 0; i < N; i++) sum += (fit[i] - truth[i]) * (fit[i] - truth[i]);
            least = fmin(least, sum);
        }
        best += least;
    }
    CHECK(chosen < 1.3 * best);
}

/* Sliding sums must not drift: 2e5 points against direct sums at the far end. */
static void sliding_sums_do_not_drift(void)
{
    enum { M = 200000 };
    double *x = malloc(M * sizeof *x), *y = malloc(M * sizeof *y), *fit = malloc(M * sizeof *fit), tail[500];
    CHECK(x && y && fit);
    for (size_t i = 0; i < M; i++) {
        x[i] = 1e-3 * (double)i;
        y[i] = 1e8 + 1e6 * sin(0.05 * x[i]) + 1e3 * (double)(i * 7919 % 101);
    }
    CHECK(vt_smooth_quadratic(M, x, y, 0.1, &(vt_smooth_curve){fit, NULL, NULL}, NULL, NULL) == VT_OK);
    CHECK(vt_smooth_quadratic(500, x + M - 500, y + M - 500, 0.1, &(vt_smooth_curve){tail, NULL, NULL}, NULL, NULL) ==
          VT_OK);
    for (size_t i = 200; i < 500; i++) CHECK_REL(fit[M - 500 + i], tail[i], 1e-11);
    free(x);
    free(y);
    free(fit);
}

static void refusals_name_the_place(void)
{
    double x[6] = {0, 1, 2, 3, 4, 5}, y[6] = {1, 2, 1, 3, 2, 4}, h;
    vt_error err = {0};
    CHECK(vt_smooth_quadratic(6, x, y, 1.5, NULL, NULL, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "x[0]");
    CHECK(vt_smooth_quadratic(4, x, y, 9.0, NULL, NULL, &err) == VT_EDOF);
    CHECK(vt_smooth_quadratic(6, x, y, NAN, NULL, NULL, &err) == VT_EARG);
    CHECK(vt_smooth_quadratic(6, NULL, y, 9.0, NULL, NULL, &err) == VT_EARG);
    CHECK(vt_smooth_least(6, x, 4, &h, &err) == VT_OK);
    CHECK_REL(h, 4.0, 1e-8); /* the first point needs the fifth */
    x[3] = 2.0;
    CHECK(vt_smooth_gcv(6, x, y, 0.0, NULL, NULL, &err) == VT_ETIME);
    CHECK_TEXT(err.msg, "x[3] = 2");
    y[1] = NAN;
    CHECK(vt_smooth_gcv(6, x, y, 0.0, NULL, NULL, &err) == VT_ENAN);
    CHECK_TEXT(err.msg, "y[1]");
}

/* 1e5 points, 20 periods: with the bandwidth found among block means the loss is within 10 % of that of the whole
 * search, which runs where there is no place for the means. */
static void block_means_choose_as_well(void)
{
    enum { M = 100000 };
    double *x = malloc(M * sizeof *x), *y = malloc(M * sizeof *y), *fit = malloc(M * sizeof *fit), loss[2] = {0.0, 0.0};
    CHECK(x && y && fit);
    vt_stream s;
    vt_stream_init(&s, 14, vt_stream_purpose("smooth"), 1);
    for (size_t i = 0; i < M; i++) {
        x[i] = (double)i / M;
        y[i] = sin(125.0 * x[i]) + 0.1 * vt_stream_normal(&s);
    }
    vt_smooth all, blocks;
    CHECK(vt_smooth_gcv(M, x, y, 0.0, &(vt_smooth_curve){fit, NULL, NULL}, &blocks, NULL) == VT_OK);
    for (size_t i = 0; i < M; i++) loss[0] += pow(fit[i] - sin(125.0 * x[i]), 2.0);
    CHECK(vt_smooth_gcv(M, x, y, 0.0, NULL, &all, NULL) == VT_OK);
    CHECK(vt_smooth_quadratic(M, x, y, all.bandwidth, &(vt_smooth_curve){fit, NULL, NULL}, NULL, NULL) == VT_OK);
    for (size_t i = 0; i < M; i++) loss[1] += pow(fit[i] - sin(125.0 * x[i]), 2.0);
    CHECK(loss[0] < 1.1 * loss[1]);
    CHECK_REL(blocks.noise, 0.1, 0.01); /* of one reading, not of a mean; sqrt(1/(2 M)) = 0.2 % */
    free(x);
    free(y);
    free(fit);
}

CHECK_MAIN(CHECK_CASE(a_parabola_stays_itself), CHECK_CASE(the_bias_falls_with_the_fourth_power),
           CHECK_CASE(gain_and_noise_are_those_of_noise), CHECK_CASE(cross_validation_comes_near_the_best_bandwidth),
           CHECK_CASE(sliding_sums_do_not_drift), CHECK_CASE(block_means_choose_as_well),
           CHECK_CASE(refusals_name_the_place))
