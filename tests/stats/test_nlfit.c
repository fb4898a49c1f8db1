#include "check.h"
#include <gsl/gsl_cdf.h>
#include <vitrum/nlfit.h>
#include <vitrum/random.h>

/* Counts allocations, to hold the promise that fits make none. Not under a sanitizer, which owns malloc. */
#if defined(__SANITIZE_ADDRESS__)
#define COUNTS_ALLOCATIONS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define COUNTS_ALLOCATIONS 0
#endif
#endif
#if !defined(COUNTS_ALLOCATIONS) && defined(__GLIBC__)
#define COUNTS_ALLOCATIONS 1
extern void *__libc_malloc(size_t size);
static size_t allocations;
void *malloc(size_t size)
{
    allocations++;
    return __libc_malloc(size);
}
#else
static size_t allocations;
#endif

static vt_nlfit *workspace(size_t n, size_t p)
{
    vt_nlfit *ws = NULL;
    vt_error err = {0};
    CHECK_OK(vt_nlfit_create(&ws, n, p, &err), &err);
    return ws;
}

/* A straight line: everything has a closed form. */
enum { LINE_N = 6 };
static const double LX[LINE_N] = {0.5, 1.0, 2.0, 3.5, 4.0, 6.0}, LY[LINE_N] = {1.9, 2.2, 4.5, 6.9, 8.4, 11.7};
static const double LU[LINE_N] = {0.2, 0.1, 0.3, 0.2, 0.2, 0.4};

static int line_residual(const double *b, double *r, void *ctx)
{
    (void)ctx;
    for (int i = 0; i < LINE_N; i++) r[i] = (b[0] + b[1] * LX[i] - LY[i]) / LU[i];
    return 0;
}

static int line_jacobian(const double *b, double *J, void *ctx)
{
    (void)b, (void)ctx;
    for (int i = 0; i < LINE_N; i++) {
        J[2 * i] = 1.0 / LU[i];
        J[2 * i + 1] = LX[i] / LU[i];
    }
    return 0;
}

static const vt_nlfit_problem LINE = {.n = LINE_N, .p = 2, .residual = line_residual, .jacobian = line_jacobian};

typedef struct closed_form {
    double a, b, vaa, vab, vbb, chi2;
} closed_form;

static closed_form line_solution(void)
{
    double W = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    closed_form c = {0};
    for (int i = 0; i < LINE_N; i++) {
        const double w = 1.0 / (LU[i] * LU[i]);
        W += w, sx += w * LX[i], sy += w * LY[i], sxx += w * LX[i] * LX[i], sxy += w * LX[i] * LY[i];
    }
    const double D = W * sxx - sx * sx;
    c.b = (W * sxy - sx * sy) / D;
    c.a = (sxx * sy - sx * sxy) / D;
    c.vaa = sxx / D, c.vab = -sx / D, c.vbb = W / D;
    for (int i = 0; i < LINE_N; i++) c.chi2 += pow((c.a + c.b * LX[i] - LY[i]) / LU[i], 2.0);
    return c;
}

static void linear_problem_has_its_closed_form(void)
{
    const closed_form c = line_solution();
    vt_nlfit *ws = workspace(LINE_N, 2);
    for (int relative = 0; relative < 2; relative++) {
        const vt_nlfit_options opt = {.weights = relative ? VT_NLFIT_RELATIVE : VT_NLFIT_ABSOLUTE};
        const double scale = relative ? c.chi2 / 4.0 : 1.0;
        double x[2] = {-20.0, 30.0}, cov[4], k;
        vt_nlfit_summary s;
        vt_error err = {0};
        CHECK_OK(vt_nlfit_solve(ws, &LINE, &opt, x, cov, &s, &err), &err);
        CHECK_REL(x[0], c.a, 1e-8); /* gradient limit 1e-8 */
        CHECK_REL(x[1], c.b, 1e-8);
        CHECK_REL(cov[0], c.vaa * scale, 1e-12);
        CHECK_REL(cov[1], c.vab * scale, 1e-12);
        CHECK_REL(cov[3], c.vbb * scale, 1e-12);
        CHECK(cov[1] == cov[2]);
        CHECK_REL(s.chi2, c.chi2, 1e-12);
        CHECK(s.nu == 4 && !s.ill && s.converged == 1 && s.at_best == 1);
        /* Correlation r of two scaled columns: condition (1 + |r|)/(1 - |r|). */
        const double r = fabs(c.vab) / sqrt(c.vaa * c.vbb);
        CHECK_REL(s.condition, (1.0 + r) / (1.0 - r), 1e-10);
        if (relative)
            CHECK(s.p_value == -1.0);
        else
            CHECK_REL(s.p_value, exp(-0.5 * c.chi2) * (1.0 + 0.5 * c.chi2), 1e-10); /* chi2 with 4 dof, closed form */
        CHECK(vt_nlfit_coverage(&s, 0.95, &k, NULL) == VT_OK);
        CHECK_REL(k, relative ? 2.7764451052 : 1.9599639845, 1e-10); /* tables */
    }
    vt_nlfit_free(ws);
}

static void profile_of_a_linear_problem_is_symmetric(void)
{
    const closed_form c = line_solution();
    vt_nlfit *ws = workspace(LINE_N, 2);
    for (int relative = 0; relative < 2; relative++) {
        const vt_nlfit_options opt = {.weights = relative ? VT_NLFIT_RELATIVE : VT_NLFIT_ABSOLUTE};
        const vt_nlfit_profile_request what = {.index = 1, .level = 0.95};
        const double half = (relative ? 2.7764451052 * sqrt(c.chi2 / 4.0) : 1.9599639845) * sqrt(c.vbb);
        double x[2] = {1.0, 1.0};
        vt_nlfit_interval e;
        vt_error err = {0};
        CHECK_OK(vt_nlfit_solve(ws, &LINE, &opt, x, NULL, NULL, &err), &err);
        CHECK_OK(vt_nlfit_profile(ws, &LINE, &opt, x, &what, &e, &err), &err);
        CHECK(e.low_closed && e.high_closed);
        CHECK_ABS(e.low, c.b - half, 2e-6 * half); /* ends are found to 1e-6 of the distance */
        CHECK_ABS(e.high, c.b + half, 2e-6 * half);
    }
    vt_nlfit_free(ws);
}

/* y = A exp(-k t), both positive. */
enum { DECAY_N = 8 };
typedef struct decay {
    double t[DECAY_N], y[DECAY_N], u;
    double t0; /* the law y = A (t - t0)^k has the domain t0 < t[0] */
} decay;

static int decay_residual(const double *b, double *r, void *ctx)
{
    const decay *d = ctx;
    for (int i = 0; i < DECAY_N; i++) r[i] = (b[0] * exp(-b[1] * d->t[i]) - d->y[i]) / d->u;
    return 0;
}

static int decay_jacobian(const double *b, double *J, void *ctx)
{
    const decay *d = ctx;
    for (int i = 0; i < DECAY_N; i++) {
        const double e = exp(-b[1] * d->t[i]);
        J[2 * i] = e / d->u;
        J[2 * i + 1] = -b[0] * d->t[i] * e / d->u;
    }
    return 0;
}

static decay decay_data(void)
{
    decay d = {.u = 0.01};
    for (int i = 0; i < DECAY_N; i++) {
        d.t[i] = 0.3 + 0.5 * i;
        d.y[i] = 2.3 * exp(-0.8 * d.t[i]) + (i % 2 ? 0.006 : -0.006);
    }
    return d;
}

static void logarithms_change_nothing_but_the_path(void)
{
    static const vt_nlfit_transform logs[2] = {VT_NLFIT_LOG, VT_NLFIT_LOG};
    decay d = decay_data();
    vt_nlfit_problem pr = {.n = DECAY_N, .p = 2, .residual = decay_residual, .jacobian = decay_jacobian, .ctx = &d};
    double plain[2] = {1.0, 1.0}, transformed[2] = {1.0, 1.0}, cov[4], cov_log[4];
    vt_nlfit *ws = workspace(DECAY_N, 2);
    vt_error err = {0};
    CHECK_OK(vt_nlfit_solve(ws, &pr, NULL, plain, cov, NULL, &err), &err);
    pr.transform = logs;
    CHECK_OK(vt_nlfit_solve(ws, &pr, NULL, transformed, cov_log, NULL, &err), &err);
    for (int j = 0; j < 2; j++) CHECK_REL(transformed[j], plain[j], 1e-8); /* gradient limit */
    for (int j = 0; j < 4; j++) CHECK_REL(cov_log[j], cov[j], 1e-7);
    vt_nlfit_free(ws);
}

static void a_fixed_parameter_stays(void)
{
    static const bool fixed[2] = {false, true};
    decay d = decay_data();
    const vt_nlfit_problem pr = {
        .n = DECAY_N, .p = 2, .residual = decay_residual, .jacobian = decay_jacobian, .ctx = &d, .fixed = fixed};
    double x[2] = {1.0, 0.75}, cov[4], num = 0.0, den = 0.0;
    vt_nlfit *ws = workspace(DECAY_N, 2);
    vt_nlfit_summary s;
    CHECK(vt_nlfit_solve(ws, &pr, NULL, x, cov, &s, NULL) == VT_OK);
    for (int i = 0; i < DECAY_N; i++) {
        const double e = exp(-0.75 * d.t[i]);
        num += e * d.y[i];
        den += e * e;
    }
    CHECK(x[1] == 0.75);
    CHECK_REL(x[0], num / den, 1e-9); /* linear in A */
    CHECK_REL(cov[0], d.u * d.u / den, 1e-12);
    CHECK(cov[1] == 0.0 && cov[2] == 0.0 && cov[3] == 0.0 && s.nu == DECAY_N - 1);
    vt_nlfit_free(ws);
}

/* y = A (t - t0)^k with the domain t0 < t[0]. */
static int power_residual(const double *b, double *r, void *ctx)
{
    const decay *d = ctx;
    if (!(b[2] < d->t[0])) return 1;
    for (int i = 0; i < DECAY_N; i++) r[i] = (b[0] * pow(d->t[i] - b[2], b[1]) - d->y[i]) / d->u;
    return 0;
}

static int power_jacobian(const double *b, double *J, void *ctx)
{
    const decay *d = ctx;
    if (!(b[2] < d->t[0])) return 1;
    for (int i = 0; i < DECAY_N; i++) {
        const double s = d->t[i] - b[2], f = pow(s, b[1]);
        J[3 * i] = f / d->u;
        J[3 * i + 1] = b[0] * f * log(s) / d->u;
        J[3 * i + 2] = -b[0] * b[1] * f / s / d->u;
    }
    return 0;
}

static void steps_out_of_the_domain_are_shortened(void)
{
    decay d = {.u = 0.01};
    for (int i = 0; i < DECAY_N; i++) {
        d.t[i] = 0.3 + 0.5 * i;
        d.y[i] = 1.7 * pow(d.t[i] - 0.28, 1.5); /* the true t0 is close to the edge of the domain */
    }
    const vt_nlfit_problem pr = {
        .n = DECAY_N, .p = 3, .residual = power_residual, .jacobian = power_jacobian, .ctx = &d};
    double x[3] = {1.0, 1.0, -1.0}, outside[3] = {1.0, 1.0, 0.5};
    vt_nlfit *ws = workspace(DECAY_N, 3);
    vt_error err = {0};
    CHECK_OK(vt_nlfit_solve(ws, &pr, NULL, x, NULL, NULL, &err), &err);
    CHECK_REL(x[0], 1.7, 1e-7); /* exact data: rounding times condition */
    CHECK_REL(x[1], 1.5, 1e-7);
    CHECK_REL(x[2], 0.28, 1e-7);
    CHECK(vt_nlfit_solve(ws, &pr, NULL, outside, NULL, NULL, &err) == VT_EDOMAIN);
    CHECK(outside[2] == 0.5);
    vt_nlfit_free(ws);
}

/* A sine of unknown frequency: many minima. */
static int sine_residual(const double *b, double *r, void *ctx)
{
    const decay *d = ctx;
    for (int i = 0; i < DECAY_N; i++) r[i] = (sin(b[0] * d->t[i]) - d->y[i]) / d->u;
    return 0;
}

static int sine_jacobian(const double *b, double *J, void *ctx)
{
    const decay *d = ctx;
    for (int i = 0; i < DECAY_N; i++) J[i] = d->t[i] * cos(b[0] * d->t[i]) / d->u;
    return 0;
}

static void several_starts_find_the_deeper_minimum(void)
{
    decay d = {.u = 0.01};
    for (int i = 0; i < DECAY_N; i++) {
        d.t[i] = 0.3 + 0.5 * i;
        d.y[i] = sin(2.2 * d.t[i]);
    }
    static const double spread[1] = {4.0}, given[4] = {0.3, 1.1, 2.0, 5.5};
    const vt_nlfit_problem pr = {.n = DECAY_N, .p = 1, .residual = sine_residual, .jacobian = sine_jacobian, .ctx = &d};
    vt_nlfit_options opt = {.starts = 1};
    double x[1] = {4.4};
    vt_nlfit *ws = workspace(DECAY_N, 1);
    vt_nlfit_summary s;
    CHECK(vt_nlfit_solve(ws, &pr, &opt, x, NULL, &s, NULL) == VT_OK);
    CHECK(s.chi2 > 100.0); /* a wrong minimum: the test has something to find */
    x[0] = 4.4;
    opt = (vt_nlfit_options){.starts = 12, .spread = spread};
    CHECK(vt_nlfit_solve(ws, &pr, &opt, x, NULL, &s, NULL) == VT_OK);
    CHECK_REL(x[0], 2.2, 1e-9);
    CHECK(s.at_best >= 1 && s.at_best < s.converged && s.converged <= 12);
    x[0] = 4.4;
    opt = (vt_nlfit_options){.starts = 5, .start = given};
    CHECK(vt_nlfit_solve(ws, &pr, &opt, x, NULL, &s, NULL) == VT_OK);
    CHECK_REL(x[0], 2.2, 1e-9);
    vt_nlfit_free(ws);
}

/* r_i = a + (1 + eps i) b - y_i: columns that differ by eps. */
static int twin_residual(const double *b, double *r, void *ctx)
{
    const double eps = *(const double *)ctx;
    for (int i = 0; i < LINE_N; i++) r[i] = b[0] + (1.0 + eps * LX[i]) * b[1] - LY[i];
    return 0;
}

static int twin_jacobian(const double *b, double *J, void *ctx)
{
    const double eps = *(const double *)ctx;
    (void)b;
    for (int i = 0; i < LINE_N; i++) {
        J[2 * i] = 1.0;
        J[2 * i + 1] = 1.0 + eps * LX[i];
    }
    return 0;
}

static void inseparable_parameters_are_marked_then_refused(void)
{
    double eps = 3e-4, x[2] = {1.0, 1.0};
    const vt_nlfit_problem pr = {
        .n = LINE_N, .p = 2, .residual = twin_residual, .jacobian = twin_jacobian, .ctx = &eps};
    vt_nlfit *ws = workspace(LINE_N, 2);
    vt_nlfit_summary s;
    vt_error err = {0};
    CHECK_OK(vt_nlfit_solve(ws, &pr, NULL, x, NULL, &s, &err), &err);
    CHECK(s.ill);
    CHECK_BAND(s.condition, 1e7, 1e8); /* about 4 / (eps SD(x))^2 */
    eps = 1e-6;
    x[0] = x[1] = 1.0;
    CHECK(vt_nlfit_solve(ws, &pr, NULL, x, NULL, &s, &err) == VT_EILLCOND);
    CHECK_TEXT(err.msg, "do not separate the 2 parameters");
    eps = 0.0;
    CHECK(vt_nlfit_solve(ws, &pr, NULL, x, NULL, &s, &err) == VT_EILLCOND);
    CHECK(x[0] == 1.0 && x[1] == 1.0);
    vt_nlfit_free(ws);
}

static void fits_allocate_only_for_a_new_shape(void)
{
    decay d = decay_data();
    const vt_nlfit_problem pr = {
        .n = DECAY_N, .p = 2, .residual = decay_residual, .jacobian = decay_jacobian, .ctx = &d};
    double x[2] = {1.0, 1.0}, y[2] = {1.0, 1.0}, cov[4];
    const vt_nlfit_profile_request what = {.index = 0, .level = 0.95};
    vt_nlfit_interval e;
    vt_nlfit *ws = workspace(DECAY_N, 2);
    CHECK(vt_nlfit_solve(ws, &pr, NULL, x, cov, NULL, NULL) == VT_OK);
    CHECK(vt_nlfit_profile(ws, &pr, NULL, x, &what, &e, NULL) == VT_OK);
    CHECK(vt_nlfit_solve(ws, &LINE, NULL, y, cov, NULL, NULL) == VT_OK);
    const size_t before = allocations;
    for (int k = 0; k < 10; k++) {
        x[0] = 1.0 + k;
        y[0] = -k;
        CHECK(vt_nlfit_solve(ws, &pr, NULL, x, cov, NULL, NULL) == VT_OK);
        CHECK(vt_nlfit_solve(ws, &LINE, NULL, y, cov, NULL, NULL) == VT_OK);
        CHECK(vt_nlfit_profile(ws, &pr, NULL, x, &what, &e, NULL) == VT_OK);
    }
    CHECK(allocations == before);
    vt_nlfit_free(ws);
}

/* Coverage of Gauss-Newton intervals in a mildly nonlinear problem, procedure 1.9. */
static void intervals_cover(void)
{
    enum { M = 1000 };
    decay d = {.u = 0.05};
    int inside = 0;
    const vt_nlfit_problem pr = {
        .n = DECAY_N, .p = 2, .residual = decay_residual, .jacobian = decay_jacobian, .ctx = &d};
    const vt_nlfit_options opt = {.weights = VT_NLFIT_RELATIVE};
    vt_nlfit *ws = workspace(DECAY_N, 2);
    for (uint64_t m = 0; m < M; m++) {
        vt_stream s;
        double x[2] = {1.0, 1.0}, cov[4], k;
        vt_nlfit_summary sum;
        vt_stream_init(&s, 5, vt_stream_purpose("test/nlfit"), m);
        for (int i = 0; i < DECAY_N; i++) {
            d.t[i] = 0.3 + 0.5 * i;
            d.y[i] = 2.3 * exp(-0.8 * d.t[i]) + 0.05 * vt_stream_normal(&s);
        }
        CHECK(vt_nlfit_solve(ws, &pr, &opt, x, cov, &sum, NULL) == VT_OK);
        CHECK(vt_nlfit_coverage(&sum, 0.95, &k, NULL) == VT_OK);
        inside += fabs(x[1] - 0.8) <= k * sqrt(cov[3]);
    }
    CHECK_BAND(inside / (double)M, 0.929, 0.971);
    vt_nlfit_free(ws);
}

static void refusals(void)
{
    static const bool all[2] = {true, true};
    static const vt_nlfit_transform logs[2] = {VT_NLFIT_LOG, VT_NLFIT_LOG};
    vt_nlfit_problem pr = LINE;
    double x[2] = {-1.0, 1.0}, k = -7.0;
    vt_nlfit_interval e;
    vt_nlfit *ws = workspace(LINE_N, 2), *none = NULL;
    vt_error err = {0};
    CHECK(vt_nlfit_create(&none, 5, VT_NLFIT_P_MAX + 1, &err) == VT_EARG);
    CHECK(none == NULL);
    pr.n = LINE_N + 1;
    CHECK(vt_nlfit_solve(ws, &pr, NULL, x, NULL, NULL, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "the workspace holds 1 to 6");
    pr = LINE;
    pr.fixed = all;
    CHECK(vt_nlfit_solve(ws, &pr, NULL, x, NULL, NULL, &err) == VT_EARG);
    pr = LINE;
    pr.transform = logs;
    CHECK(vt_nlfit_solve(ws, &pr, NULL, x, NULL, NULL, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "parameter 0 is -1");
    pr = LINE;
    pr.n = 2;
    CHECK(vt_nlfit_solve(ws, &pr, &(vt_nlfit_options){.weights = VT_NLFIT_RELATIVE}, x, NULL, NULL, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "need at least 3");
    x[1] = INFINITY;
    CHECK(vt_nlfit_solve(ws, &LINE, NULL, x, NULL, NULL, &err) == VT_ENAN);
    x[1] = 1.0;
    CHECK(vt_nlfit_profile(ws, &LINE, NULL, x, &(vt_nlfit_profile_request){.index = 2, .level = 0.9}, &e, &err) ==
          VT_EARG);
    CHECK(vt_nlfit_profile(ws, &LINE, NULL, x, &(vt_nlfit_profile_request){.index = 1, .level = 0.9}, &e, &err) ==
          VT_ENOCONV);
    CHECK_TEXT(err.msg, "beside the given solution");
    CHECK(vt_nlfit_coverage(&(vt_nlfit_summary){.nu = 3}, 1.0, &k, &err) == VT_EARG);
    CHECK(k == -7.0);
    decay d = decay_data();
    pr = (vt_nlfit_problem){.n = LINE_N, .p = 2, .residual = decay_residual, .jacobian = decay_jacobian, .ctx = &d};
    vt_nlfit_free(ws);
    ws = workspace(DECAY_N, 2);
    pr.n = DECAY_N;
    CHECK(vt_nlfit_solve(ws, &pr, &(vt_nlfit_options){.max_iterations = 1}, x, NULL, NULL, &err) == VT_ENOCONV);
    CHECK_TEXT(err.msg, "none of 1 starts converged");
    vt_nlfit_free(ws);
    vt_nlfit_free(NULL);
}

CHECK_MAIN(CHECK_CASE(linear_problem_has_its_closed_form), CHECK_CASE(profile_of_a_linear_problem_is_symmetric),
           CHECK_CASE(logarithms_change_nothing_but_the_path), CHECK_CASE(a_fixed_parameter_stays),
           CHECK_CASE(steps_out_of_the_domain_are_shortened), CHECK_CASE(several_starts_find_the_deeper_minimum),
           CHECK_CASE(inseparable_parameters_are_marked_then_refused), CHECK_CASE(fits_allocate_only_for_a_new_shape),
           CHECK_CASE(intervals_cover), CHECK_CASE(refusals))
