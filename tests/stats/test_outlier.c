#include "check.h"
#include <stdbool.h>
#include <vitrum/outlier.h>
#include <vitrum/random.h>

/* Rosner, Technometrics 25 (1983) 165, table 2; NIST/SEMATECH e-Handbook, 1.3.5.17.3: 3 outliers of 54 at alpha 0.05.
 */
static const double ROSNER[54] = {-0.25, 0.68, 0.94, 1.15, 1.20, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56,
                                  1.58,  1.65, 1.69, 1.70, 1.76, 1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.10,
                                  2.14,  2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.40, 2.47, 2.54, 2.62, 2.64, 2.90, 2.92,
                                  2.92,  2.93, 3.21, 3.26, 3.30, 3.59, 3.68, 4.30, 4.64, 5.34, 5.42, 6.01};

static void published_critical_values_and_outliers(void)
{
    const double lambda[10] = {3.159, 3.151, 3.144, 3.136, 3.128, 3.120, 3.112, 3.103, 3.094, 3.085}; /* handbook */
    bool out[54];
    double work[54], l;
    size_t n;
    vt_error err = {0};
    for (size_t k = 0; k < 10; k++) {
        CHECK_OK(vt_outlier_limit(54, k + 1, 0.05, &l, &err), &err);
        CHECK_ABS(l, lambda[k], 1.1e-3); /* printed to three digits, cut */
    }
    const vt_outlier_options opt = {.alpha = 0.05, .most = 10};
    CHECK_OK(vt_outliers(54, ROSNER, &opt, out, &n, work, &err), &err);
    CHECK(n == 3 && out[51] && out[52] && out[53] && !out[50] && !out[0]);
}

static double loss(size_t values, size_t most)
{
    size_t hits = 0;
    for (uint64_t r = 0; r < 2000; r++) {
        double v[40], work[40];
        bool out[40];
        size_t n;
        vt_stream s;
        vt_stream_init(&s, 41, vt_stream_purpose("test/outlier"), r);
        for (size_t i = 0; i < values; i++) v[i] = vt_stream_normal(&s);
        const vt_outlier_options opt = {.alpha = 0.05, .most = most};
        CHECK(vt_outliers(values, v, &opt, out, &n, work, NULL) == VT_OK);
        hits += n > 0;
    }
    return (double)hits / 2000.0;
}

static void clean_sets_lose_a_value_as_often_as_stated(void)
{
    const double band = 0.0146; /* 3 sqrt(0.05 0.95/2000) */
    CHECK_BAND(loss(8, 1), 0.05 - band, 0.05 + band);
    CHECK_BAND(loss(30, 5), 0.05 - band, 0.05 + band);
    CHECK_BAND(loss(16, 4), 0.05 - band, 0.075 + band);
}

static void two_outliers_do_not_hide_each_other(void)
{
    const double v[11] = {7.1, 7.2, 7.0, 7.15, 7.05, 7.12, 9.9, 7.08, 9.8, 7.11, 7.03};
    double work[11];
    bool out[11];
    size_t n;
    const vt_outlier_options opt = {0};
    CHECK(vt_outliers(11, v, &opt, out, &n, work, NULL) == VT_OK);
    CHECK(n == 2 && out[6] && out[8]);
}

static void small_and_wrong_sets(void)
{
    double v[5] = {1.0, 1.1, 50.0, 1.2, NAN}, work[5], l = -7.0;
    bool out[5] = {true, true, true, true, true};
    size_t n = 9;
    vt_error err = {0};
    vt_outlier_options opt = {0};
    CHECK(vt_outliers(4, v, &opt, out, &n, work, &err) == VT_OK);
    CHECK(n == 0 && !out[2]); /* four values tell nothing */
    CHECK(vt_outliers(5, v, &opt, out, &n, work, &err) == VT_ENAN);
    CHECK_TEXT(err.msg, "value 4");
    v[4] = 1.3;
    opt.most = 3;
    CHECK(vt_outliers(5, v, &opt, out, &n, work, &err) == VT_EARG);
    opt = (vt_outlier_options){.alpha = 0.7};
    CHECK(vt_outliers(5, v, &opt, out, &n, work, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "alpha = 0.7");
    CHECK(vt_outlier_limit(5, 4, 0.05, &l, &err) == VT_EARG && l == -7.0);
    CHECK(vt_outliers(5, NULL, &opt, out, &n, work, &err) == VT_EARG);
    for (int i = 0; i < 5; i++) v[i] = 3.3;
    opt = (vt_outlier_options){0};
    CHECK(vt_outliers(5, v, &opt, out, &n, work, &err) == VT_OK && n == 0); /* equal values */
}

CHECK_MAIN(CHECK_CASE(published_critical_values_and_outliers), CHECK_CASE(clean_sets_lose_a_value_as_often_as_stated),
           CHECK_CASE(two_outliers_do_not_hide_each_other), CHECK_CASE(small_and_wrong_sets))
