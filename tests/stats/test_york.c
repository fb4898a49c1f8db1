#include "check.h"
#include <vitrum/york.h>

/* Pearson's data with York's weights: Reed, Am. J. Phys. 57 (1989) 642; York et al., Am. J. Phys. 72 (2004) 367, Table
 * II. */
enum { N = 10 };
static const double X[N] = {0.0, 0.9, 1.8, 2.6, 3.3, 4.4, 5.2, 6.1, 6.5, 7.4};
static const double Y[N] = {5.9, 5.4, 4.4, 4.6, 3.5, 3.7, 2.8, 2.8, 2.4, 1.5};
static const double WX[N] = {1000, 1000, 500, 800, 200, 80, 60, 20, 1.8, 1};
static const double WY[N] = {1, 1.8, 4, 8, 20, 20, 70, 70, 100, 500};
static double UX[N], UY[N];

static vt_xy_data pearson(void)
{
    for (size_t i = 0; i < N; i++) {
        UX[i] = 1.0 / sqrt(WX[i]);
        UY[i] = 1.0 / sqrt(WY[i]);
    }
    return (vt_xy_data){.n = N, .x = X, .y = Y, .ux = UX, .uy = UY};
}

static void pearson_with_yorks_weights(void)
{
    const vt_xy_data d = pearson();
    vt_york_fit f;
    vt_error err = {0};
    CHECK_OK(vt_york_line(&d, &f, &err), &err);
    /* Slope and intercept: Neri et al., J. Phys. E 22 (1989) 215, and Williamson's values in 12 digits. */
    CHECK_ABS(f.slope, -0.48053340745, 1e-11);
    CHECK_ABS(f.intercept, 5.47991022403, 1e-11);
    /* York 2004, Table II: 0.058 and 0.295; more digits from the R package bfsl, an independent code. */
    CHECK_ABS(f.u_slope, 0.0579850090, 1e-9);
    CHECK_ABS(f.u_intercept, 0.294970735, 1e-8);
    CHECK_ABS(f.chi2 / 8.0, 1.483294149, 1e-8);
    CHECK(f.nu == 8);
    CHECK_ABS(f.p_value, 0.157, 1e-3); /* chi2 = 11.8664 for 8: tables */
}

static int line(double x, const double *theta, double *f, double *df, double *g, void *ctx)
{
    (void)ctx;
    *f = theta[0] + theta[1] * x;
    *df = theta[1];
    g[0] = 1.0;
    g[1] = x;
    return 0;
}

static void stacked_problem_gives_the_york_line(void)
{
    const vt_xy_problem pr = {.data = pearson(), .p = 2, .curve = line};
    vt_nlfit *ws = NULL;
    vt_nlfit_summary sum;
    vt_york_fit york;
    vt_error err = {0};
    double theta[2] = {4.0, -0.2}, cov[4];
    CHECK_OK(vt_nlfit_create(&ws, N, 2, &err), &err);
    CHECK_OK(vt_york_line(&pr.data, &york, &err), &err);
    CHECK_OK(vt_xy_solve(ws, &pr, NULL, theta, cov, &sum, &err), &err);
    /* Two algorithms, one minimum: both stop at a relative gradient of 1e-8 or better. */
    CHECK_ABS(theta[0], york.intercept, 1e-7);
    CHECK_ABS(theta[1], york.slope, 1e-8);
    CHECK_REL(sum.chi2, york.chi2, 1e-12);
    /* Same information matrix up to second-order terms in the residuals (York 2004, section IV). */
    CHECK_REL(sqrt(cov[3]), york.u_slope, 0.02);
    CHECK_REL(cov[1], york.cov, 0.04);
    vt_nlfit_free(ws);
}

static int power(double x, const double *theta, double *f, double *df, double *g, void *ctx)
{
    (void)ctx;
    if (!(x > 0.0)) return 1;
    g[0] = pow(x, theta[1]);
    *f = theta[0] * g[0];
    *df = theta[1] * *f / x;
    g[1] = *f * log(x);
    return 0;
}

static void exact_points_of_a_curve_give_it_back(void)
{
    enum { M = 7 };
    double x[M], y[M], ux[M], uy[M], theta[2] = {1.0, 1.0}, cov[4];
    for (size_t i = 0; i < M; i++) {
        x[i] = 0.7 + 0.4 * (double)i;
        y[i] = 2.3 * pow(x[i], 1.7);
        ux[i] = i == 3 ? 0.0 : 0.03; /* one point without error in x */
        uy[i] = 0.05;
    }
    const vt_xy_problem pr = {.data = {.n = M, .x = x, .y = y, .ux = ux, .uy = uy}, .p = 2, .curve = power};
    vt_nlfit *ws = NULL;
    vt_nlfit_summary sum;
    vt_error err = {0};
    CHECK_OK(vt_nlfit_create(&ws, M, 2, &err), &err);
    CHECK_OK(vt_xy_solve(ws, &pr, NULL, theta, cov, &sum, &err), &err);
    CHECK_REL(theta[0], 2.3, 1e-10); /* exact data: rounding times condition */
    CHECK_REL(theta[1], 1.7, 1e-10);
    vt_nlfit_free(ws);
}

static void no_error_in_x_is_the_weighted_line(void)
{
    const double x[4] = {1.0, 2.0, 3.5, 4.0}, y[4] = {2.1, 3.9, 7.2, 7.9}, ux[4] = {0}, uy[4] = {0.1, 0.2, 0.1, 0.3};
    const vt_xy_data d = {.n = 4, .x = x, .y = y, .ux = ux, .uy = uy};
    double W = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    vt_york_fit f;
    for (int i = 0; i < 4; i++) {
        const double w = 1.0 / (uy[i] * uy[i]);
        W += w, sx += w * x[i], sy += w * y[i], sxx += w * x[i] * x[i], sxy += w * x[i] * y[i];
    }
    const double D = W * sxx - sx * sx;
    CHECK(vt_york_line(&d, &f, NULL) == VT_OK);
    CHECK_REL(f.slope, (W * sxy - sx * sy) / D, 1e-12); /* closed form; rounding of sums */
    CHECK_REL(f.intercept, (sxx * sy - sx * sxy) / D, 1e-11);
    CHECK_REL(f.u_slope, sqrt(W / D), 1e-12);
    CHECK_REL(f.u_intercept, sqrt(sxx / D), 1e-12);
    CHECK_REL(f.cov, -sx / D, 1e-12);
}

static void swapping_the_axes_inverts_the_line(void)
{
    const vt_xy_data d = pearson(), s = {.n = N, .x = Y, .y = X, .ux = UY, .uy = UX};
    vt_york_fit a, b;
    CHECK(vt_york_line(&d, &a, NULL) == VT_OK);
    CHECK(vt_york_line(&s, &b, NULL) == VT_OK);
    CHECK_REL(b.slope, 1.0 / a.slope, 1e-11); /* the slope settles to 1e-13 */
    CHECK_REL(b.intercept, -a.intercept / a.slope, 1e-11);
    CHECK_REL(b.chi2, a.chi2, 1e-12);
}

static void bad_data_are_refused(void)
{
    const double x[3] = {1, 1, 1}, y[3] = {2, 3, 4}, u[3] = {0.1, 0.1, 0.1}, z[3] = {0.1, 0.0, 0.1}, r[3] = {0, 1.0, 0};
    vt_york_fit f = {.slope = -7.0};
    vt_error err = {0};
    vt_xy_data d = {.n = 3, .x = x, .y = y, .ux = u, .uy = u};
    CHECK(vt_york_line(&d, &f, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "different x");
    d.ux = d.uy = z;
    CHECK(vt_york_line(&d, &f, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "point 1");
    d.ux = d.uy = u;
    d.r = r;
    CHECK(vt_york_line(&d, &f, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "correlation 1");
    CHECK(vt_york_line(NULL, &f, &err) == VT_EARG);
    CHECK(f.slope == -7.0); /* untouched */
}

CHECK_MAIN(CHECK_CASE(pearson_with_yorks_weights), CHECK_CASE(stacked_problem_gives_the_york_line),
           CHECK_CASE(exact_points_of_a_curve_give_it_back), CHECK_CASE(no_error_in_x_is_the_weighted_line),
           CHECK_CASE(swapping_the_axes_inverts_the_line), CHECK_CASE(bad_data_are_refused))
