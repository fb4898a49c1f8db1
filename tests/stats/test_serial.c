#include "check.h"
#include <gsl/gsl_cdf.h>
#include <vitrum/proportion.h>
#include <vitrum/random.h>
#include <vitrum/serial.h>

static void ar1(uint64_t index, double rho, size_t n, double *x, double *y)
{
    vt_stream s;
    vt_stream_init(&s, 20261121, vt_stream_purpose("test/serial"), index);
    double e = vt_stream_normal(&s) / sqrt(1.0 - rho * rho); /* stationary from the start */
    for (size_t i = 0; i < n; i++) {
        x[i] = 0.5 * (double)i;
        y[i] = 2.0 + 0.03 * x[i] + e;
        e = rho * e + vt_stream_normal(&s);
    }
}

/* Table of procedure 1.3: n = 150, rho = 0.5. */
static void coverage_table_of_the_procedures(void)
{
    enum { N = 150, M = 4000, METHODS = 4 };
    static const double expected[METHODS] = {0.735, 0.885, 0.936, 0.940};
    static const char *const name[METHODS] = {"OLS", "Newey-West", "inflated", "bias-corrected"};
    double x[N], y[N], covered[METHODS] = {0};
    const double t = gsl_cdf_tdist_Qinv(0.025, N - 2);
    for (uint64_t m = 0; m < M; m++) {
        vt_serial_slope s;
        double nw;
        vt_error err = {0};
        ar1(m, 0.5, N, x, y);
        CHECK_OK(vt_serial_slope_fit(N, x, y, 0.95, &s, &err), &err);
        CHECK(vt_serial_newey_west(N, x, y, &nw, NULL) == VT_OK);
        const double e = fabs(s.ordinary.slope - 0.03), r = fmax(s.r1, 0.0), u = s.ordinary.u_slope;
        covered[0] += (e <= t * u) / (double)M;
        covered[1] += (e <= t * nw) / (double)M;
        covered[2] += (e <= t * u * sqrt((1.0 + r) / (1.0 - r))) / (double)M;
        covered[3] += (s.low <= 0.03 && 0.03 <= s.high) / (double)M;
    }
    for (int k = 0; k < METHODS; k++) {
        /* Three standard errors of a table of 1000 replicates (its size is not printed) and of ours. */
        const double p = expected[k], tol = 3.0 * sqrt(p * (1.0 - p) * (1.0 / 1000 + 1.0 / M));
        printf("%-15s coverage %.4f, procedure 1.3: %.3f\n", name[k], covered[k], p);
        CHECK_ABS(covered[k], p, tol);
    }
}

static void strong_correlation_goes_through_blocks(void)
{
    enum { N = 2000, M = 200 };
    static double x[N], y[N];
    double low, high, inside = 0.0;
    CHECK(vt_coverage_band(0.95, M, &low, &high, NULL) == VT_OK);
    for (uint64_t m = 0; m < M; m++) {
        vt_serial_slope s;
        ar1(m, 0.94, N, x, y);
        CHECK(vt_serial_slope_fit(N, x, y, 0.95, &s, NULL) == VT_OK);
        CHECK(s.blocks >= 8);
        CHECK(s.dof == (double)s.blocks - 2.0);
        inside += (s.low <= 0.03 && 0.03 <= s.high) / (double)M;
    }
    CHECK_BAND(inside, low, high);
}

static void formulas_on_a_small_series(void)
{
    const double v[6] = {1.0, 3.0, 2.0, 4.0, 3.5, 5.5};
    double r1, m = 19.0 / 6.0, c0 = 0, c1 = 0;
    for (int i = 0; i < 6; i++) {
        c0 += (v[i] - m) * (v[i] - m);
        if (i) c1 += (v[i] - m) * (v[i - 1] - m);
    }
    CHECK(vt_serial_autocorrelation(6, v, &r1, NULL) == VT_OK);
    CHECK_REL(r1, c1 / c0, 1e-13);
    double x[150], y[150];
    vt_serial_slope s;
    ar1(3, 0.5, 150, x, y);
    CHECK(vt_serial_slope_fit(150, x, y, 0.95, &s, NULL) == VT_OK);
    CHECK_REL(s.r, s.r1 + (1.0 + 3.0 * s.r1) / 150.0, 1e-14);
    CHECK_REL(s.n_eff, 150.0 * (1.0 - s.r) / (1.0 + s.r), 1e-14);
    CHECK_REL(s.u_slope, s.ordinary.u_slope * sqrt((1.0 + s.r) / (1.0 - s.r)), 1e-14);
    CHECK_REL(s.high - s.slope, gsl_cdf_tdist_Pinv(0.975, s.n_eff - 2.0) * s.u_slope, 1e-12);
}

static void stride_makes_the_series_white(void)
{
    enum { N = 4000 };
    static double x[N], y[N], thin[N];
    size_t k = 0;
    double r1;
    ar1(1, 0.8, N, x, y);
    for (size_t i = 0; i < N; i++) y[i] -= 0.03 * x[i];
    CHECK(vt_serial_stride(N, y, 0.2, &k, NULL) == VT_OK);
    CHECK_BAND((double)k, 6.0, 10.0); /* 0.8^8 = 0.17; standard error of r1 after thinning: 0.05 */
    for (size_t i = 0; i * k < N; i++) thin[i] = y[i * k];
    CHECK(vt_serial_autocorrelation((N - 1) / k + 1, thin, &r1, NULL) == VT_OK);
    CHECK(fabs(r1) < 0.2);
}

static void short_correlated_series_are_refused(void)
{
    double x[40], y[40];
    vt_serial_slope s = {.slope = -7.0};
    vt_error err = {0};
    for (int i = 0; i < 40; i++) {
        x[i] = i;
        y[i] = sin(0.15 * i); /* one slow wave: r1 near 0.95 */
    }
    CHECK(vt_serial_slope_fit(40, x, y, 0.95, &s, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "need 8");
    CHECK(vt_serial_slope_fit(7, x, y, 0.95, &s, &err) == VT_EDOF);
    CHECK(vt_serial_slope_fit(40, x, y, 95.0, &s, &err) == VT_EARG);
    CHECK(s.slope == -7.0);
    size_t k = 9;
    CHECK(vt_serial_stride(40, y, 0.01, &k, &err) == VT_EDOF);
    CHECK(k == 9);
}

CHECK_MAIN(CHECK_CASE(coverage_table_of_the_procedures), CHECK_CASE(strong_correlation_goes_through_blocks),
           CHECK_CASE(formulas_on_a_small_series), CHECK_CASE(stride_makes_the_series_white),
           CHECK_CASE(short_correlated_series_are_refused))
