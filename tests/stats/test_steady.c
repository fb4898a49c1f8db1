#include "check.h"
#include <vitrum/proportion.h>
#include <vitrum/random.h>
#include <vitrum/steady.h>

static vt_stream stream(uint64_t index)
{
    vt_stream s;
    vt_stream_init(&s, 20261121, vt_stream_purpose("test/steady"), index);
    return s;
}

static void ratio_follows_its_recursion(void)
{
    double x[14], R[14], d2 = 0.0, xf, v2;
    vt_stream s = stream(0);
    for (int i = 0; i < 14; i++) x[i] = 2.0 + vt_stream_normal(&s);
    for (int i = 1; i < 10; i++) d2 += pow(x[i] - x[i - 1], 2.0) / 9.0;
    v2 = d2, xf = x[0];
    CHECK(vt_steady_ratio(14, x, R, NULL) == VT_OK);
    CHECK_REL(R[0], 1.8, 1e-14);
    for (int i = 1; i < 14; i++) {
        v2 = 0.1 * pow(x[i] - xf, 2.0) + 0.9 * v2;
        xf = 0.2 * x[i] + 0.8 * xf;
        d2 = 0.1 * pow(x[i] - x[i - 1], 2.0) + 0.9 * d2;
        CHECK_REL(R[i], 1.8 * v2 / d2, 1e-12);
    }
    CHECK(vt_steady_ratio(14, x, x, NULL) == VT_OK); /* in place */
    CHECK(memcmp(x, R, sizeof R) == 0);
}

static void ratio_is_one_for_white_noise_and_large_on_a_ramp(void)
{
    enum { N = 200000 };
    double *x = malloc(N * sizeof *x), mean = 0.0;
    size_t from = 0;
    vt_stream s = stream(1);
    for (int i = 0; i < N; i++) x[i] = 7.0 + vt_stream_normal(&s);
    CHECK(vt_steady_ratio(N, x, x, NULL) == VT_OK);
    for (int i = 100; i < N; i++) mean += x[i] / (N - 100);
    /* Ratio of means is 1; the mean of a ratio of two estimates with about 19 samples each is a few per cent higher. */
    CHECK_BAND(mean, 1.0, 1.1);
    for (int i = 0; i < 300; i++) x[i] = 2.0 * i + vt_stream_normal(&s);
    CHECK(vt_steady_ratio(300, x, x, NULL) == VT_OK);
    CHECK(x[299] > 2.0); /* filter lag 4 steps of 2 against differences of 2.4 */
    CHECK(vt_steady_since(300, x, &from, NULL) == VT_ENOT_STEADY);
    free(x);
}

static void the_end_of_a_transient_is_found(void)
{
    enum { N = 400, M = 200 };
    static double x[N], R[N];
    int found = 0, mser = 0;
    for (uint64_t r = 0; r < M; r++) {
        vt_stream s = stream(10 + r);
        size_t from = 0, cut = 0;
        for (int i = 0; i < N; i++) x[i] = 5.0 - 40.0 * exp(-i / 15.0) + vt_stream_normal(&s);
        CHECK(vt_steady_ratio(N, x, R, NULL) == VT_OK);
        found += vt_steady_since(N, R, &from, NULL) == VT_OK && from >= 25;
        mser += vt_steady_mser5(N, x, &cut, NULL) == VT_OK && cut >= 30 && cut <= 120;
    }
    /* The transient exceeds the noise until 15 ln 40 = 55 samples; R may settle a little earlier, never at once. R > 2
     * by chance within 400 samples (about 1 sample in 200) moves the start or, at the very end, refuses. */
    printf("transient: R finds the end in %d, MSER-5 in %d of %d records\n", found, mser, M);
    CHECK_BAND(found / (double)M, 0.85, 1.0);
    CHECK_BAND(mser / (double)M, 0.9, 1.0);
}

static void mser_minimises_the_error_of_the_mean(void)
{
    /* Batches 9, 1, -1, 1, -1, 1, -1, 1 (five equal samples each): dropping the first leaves variance 8/7^2... the
     * least. */
    static const double z[8] = {9, 1, -1, 1, -1, 1, -1, 1};
    double x[40];
    size_t cut = 99;
    for (int i = 0; i < 40; i++) x[i] = z[i / 5];
    CHECK(vt_steady_mser5(40, x, &cut, NULL) == VT_OK);
    CHECK(cut == 5);
    for (int i = 0; i < 40; i++) x[i] = i; /* a ramp: the later the better */
    vt_error err = {0};
    CHECK(vt_steady_mser5(40, x, &cut, &err) == VT_ENOT_STEADY);
    CHECK_TEXT(err.msg, "transient fills the record");
    CHECK(cut == 5);
}

static void runs_decide_as_described(void)
{
    double R[40];
    size_t from = 0;
    for (int i = 0; i < 40; i++) R[i] = i < 12 ? 3.0 : 1.0;
    CHECK(vt_steady_since(40, R, &from, NULL) == VT_OK);
    CHECK(from == 12);
    R[20] = 1.7; /* undecided: breaks a run that is not yet ten long, ends nothing */
    CHECK(vt_steady_since(40, R, &from, NULL) == VT_OK);
    CHECK(from == 21);
    R[33] = 1.7;
    CHECK(vt_steady_since(40, R, &from, NULL) == VT_OK);
    CHECK(from == 21);
    R[34] = 2.5;
    CHECK(vt_steady_since(40, R, &from, NULL) == VT_ENOT_STEADY);
}

static void constant_rates_pass_and_changing_ones_do_not(void)
{
    enum { N = 400, M = 200 };
    static double t[N], y[N];
    int agree = 0, straight = 0, bent = 0;
    double low, high;
    for (uint64_t r = 0; r < M; r++) {
        vt_stream s = stream(1000 + r);
        vt_steady_constancy c;
        double e = 0.0;
        for (int i = 0; i < N; i++) {
            t[i] = i;
            e = 0.5 * e + vt_stream_normal(&s);
            y[i] = 3.0 + 0.4 * t[i] + e;
        }
        CHECK(vt_steady_rate(N, t, y, &c, NULL) == VT_OK);
        agree += c.p_slopes > 0.05;
        straight += c.straight;
        CHECK(c.difference < 0.1); /* slopes are known to 0.5 % */
        CHECK(c.slopes_agree == (c.p_slopes > 0.05));
        for (int i = 0; i < N; i++) y[i] += 2e-4 * t[i] * t[i]; /* rate 0.4 to 0.56 */
        CHECK(vt_steady_rate(N, t, y, &c, NULL) == VT_OK);
        bent += !c.slopes_agree && !c.straight;
        CHECK_REL(c.curvature, 2e-4, 0.35); /* u = 1.2e-5 at this noise: 5 u */
    }
    CHECK(vt_coverage_band(0.95, M, &low, &high, NULL) == VT_OK);
    CHECK_BAND(agree / (double)M, low, high);
    CHECK_BAND(straight / (double)M, low, high);
    CHECK(bent == M);
}

static void noisy_records_do_not_prove_steadiness(void)
{
    double t[60], y[60];
    vt_stream s = stream(5000);
    vt_steady_constancy c;
    int proved = 0;
    for (int k = 0; k < 50; k++) {
        for (int i = 0; i < 60; i++) {
            t[i] = i;
            y[i] = 0.01 * t[i] + vt_stream_normal(&s); /* slope of a half: 0.01 +- 0.015 */
        }
        CHECK(vt_steady_rate(60, t, y, &c, NULL) == VT_OK);
        proved += c.slopes_agree;
    }
    CHECK_BAND(proved, 0, 10); /* within 10 % by chance in a few */
}

static void refusals(void)
{
    double x[30] = {0}, R[30];
    vt_steady_constancy c;
    vt_error err = {0};
    size_t cut;
    CHECK(vt_steady_ratio(9, x, R, &err) == VT_EDOF);
    CHECK(vt_steady_ratio(30, x, R, NULL) == VT_OK);
    CHECK(R[29] == 1.0); /* a constant is steady */
    CHECK(vt_steady_mser5(19, x, &cut, &err) == VT_EDOF);
    CHECK(vt_steady_rate(30, x, x, &c, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "all 15 x are 0");
    x[3] = NAN;
    CHECK(vt_steady_ratio(30, x, R, &err) == VT_ENAN);
}

/* A line with white noise and exp(-i/8) before it: the cut lies where the transient is below the noise of a mean of
 * five. */
static void mser_about_a_line_finds_the_end_of_a_transient(void)
{
    enum { M = 300 };
    double t[M], y[M];
    size_t cut = 7;
    vt_stream s;
    vt_stream_init(&s, 3, vt_stream_purpose("mser line"), 0);
    for (int i = 0; i < M; i++) {
        t[i] = 0.5 * i;
        y[i] = 0.9 - 2e-3 * t[i] + 1e-4 * vt_stream_normal(&s) + 0.02 * exp(-i / 8.0);
    }
    CHECK(vt_steady_mser5_line(M, t, y, &cut, NULL) == VT_OK);
    /* 0.02 exp(-i/8) falls below 1e-4/sqrt(5) at i = 49; at most half is ever cut */
    CHECK_BAND((double)cut, 25.0, 150.0);
    for (int i = 0; i < M; i++) y[i] = 0.9 - 2e-3 * t[i];
    vt_error err = {0};
    CHECK(vt_steady_mser5_line(39, t, y, &cut, &err) == VT_EDOF);
    CHECK(vt_steady_mser5_line(M, t, NULL, &cut, &err) == VT_EARG);
    CHECK(vt_steady_mser5_line(M, t, y, NULL, &err) == VT_EARG);
}

/* The quadratic coefficient, also where lines through the halves would have too few effective points. */
static void curvature_is_told_without_noise(void)
{
    enum { M = 60 };
    double t[M], y[M], c = 0.0, u, p;
    for (int i = 0; i < M; i++) {
        t[i] = 0.7 * i;
        y[i] = 0.9 - 2e-3 * t[i] - 3.1e-5 * t[i] * t[i] + 1e-7 * (i % 3 - 1);
    }
    CHECK(vt_steady_curvature(M, t, y, &c, &u, &p, NULL) == VT_OK);
    CHECK_REL(c, -3.1e-5, 1e-3);
    CHECK(p < 1e-12);
    CHECK_ABS(c, -3.1e-5, 5.0 * u);
    vt_error err = {0};
    CHECK(vt_steady_curvature(15, t, y, &c, &u, &p, &err) == VT_EDOF);
    CHECK(vt_steady_curvature(M, t, y, NULL, &u, &p, &err) == VT_EARG);
    for (int i = 0; i < M; i++) t[i] = 2.0;
    CHECK(vt_steady_curvature(M, t, y, &c, &u, &p, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "all times are equal");
}

CHECK_MAIN(CHECK_CASE(mser_about_a_line_finds_the_end_of_a_transient), CHECK_CASE(curvature_is_told_without_noise),
           CHECK_CASE(ratio_follows_its_recursion), CHECK_CASE(ratio_is_one_for_white_noise_and_large_on_a_ramp),
           CHECK_CASE(the_end_of_a_transient_is_found), CHECK_CASE(mser_minimises_the_error_of_the_mean),
           CHECK_CASE(runs_decide_as_described), CHECK_CASE(constant_rates_pass_and_changing_ones_do_not),
           CHECK_CASE(noisy_records_do_not_prove_steadiness), CHECK_CASE(refusals))
