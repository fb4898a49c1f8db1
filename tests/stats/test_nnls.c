#include "check.h"
#include <vitrum/nnls.h>
#include <vitrum/random.h>

static vt_nnls_work *workspace(void)
{
    vt_nnls_work *ws = NULL;
    vt_error err = {0};
    CHECK_OK(vt_nnls_create(&ws, 200, VT_NNLS_P_MAX, &err), &err);
    return ws;
}

static void an_active_bound_has_its_closed_form(void)
{
    /* Lawson and Hanson's picture: free minimum at (3, -2); with x1 held at 0, x0 = a0.b/|a0|^2. */
    const double A[] = {2.0, 1.0, 1.0, 3.0, -1.0, 2.0};
    const double b[] = {3.0 * 2.0 - 2.0, 3.0 - 6.0, -3.0 - 4.0};
    double x[2], cov[4];
    vt_nnls_summary s;
    vt_error err = {0};
    vt_nnls_work *ws = workspace();
    const vt_nnls_problem pr = {.n = 3, .p = 2, .A = A, .b = b};
    CHECK_OK(vt_nnls_solve(ws, &pr, x, cov, &s, &err), &err);
    CHECK_REL(x[0], (2.0 * b[0] + b[1] - b[2]) / 6.0, 1e-14);
    CHECK(x[1] == 0.0 && s.active[1] && !s.active[0] && s.positive == 1);
    CHECK_REL(cov[0], 1.0 / 6.0, 1e-14);
    CHECK(cov[1] == 0.0 && cov[3] == 0.0);
    CHECK_ABS(s.dual[0], 0.0, 1e-13);
    CHECK(s.dual[1] < 0.0);
    /* The same with x1 unbounded: the free minimum, exactly. */
    const bool unbounded[] = {false, true};
    const vt_nnls_problem loose = {.n = 3, .p = 2, .A = A, .b = b, .unbounded = unbounded};
    CHECK_OK(vt_nnls_solve(ws, &loose, x, cov, &s, &err), &err);
    CHECK_REL(x[0], 3.0, 1e-13);
    CHECK_REL(x[1], -2.0, 1e-13);
    CHECK_ABS(s.chi2, 0.0, 1e-25);
    /* (A'A)^-1 of {{6, 3}, {3, 14}}: determinant 75. */
    CHECK_REL(cov[0], 14.0 / 75.0, 1e-13);
    CHECK_REL(cov[1], -3.0 / 75.0, 1e-13);
    CHECK_REL(cov[3], 6.0 / 75.0, 1e-13);
    vt_nnls_free(ws);
}

static void scipy_gives_the_same(void)
{
    /* scipy.optimize.nnls, SciPy 1.10.1. First: areas of a tip over h^2, h, h^(1/2), h^(1/4), h^(1/8), relative
     * weights, noise of 1 %. The columns are nearly parallel: condition 1e4 costs four of sixteen digits. */
    static const double H[] = {31, 47, 70, 105, 158, 236, 354, 531, 797, 1100};
    static const double E[] = {.011, -.007, .004, -.013, .009, .002, -.006, .012, -.003, .005};
    double A[50], b[10], x[5];
    vt_nnls_summary s;
    vt_error err = {0};
    vt_nnls_work *ws = workspace();
    for (int i = 0; i < 10; i++) {
        const double y = (24.1 * H[i] * H[i] + 613.0 * H[i] + 2900.0 * sqrt(H[i])) * (1.0 + E[i]);
        const double p[] = {2.0, 1.0, 0.5, 0.25, 0.125};
        for (int j = 0; j < 5; j++) A[5 * i + j] = pow(H[i], p[j]) / y;
        b[i] = 1.0;
    }
    const vt_nnls_problem tip = {.n = 10, .p = 5, .A = A, .b = b};
    CHECK_OK(vt_nnls_solve(ws, &tip, x, NULL, &s, &err), &err);
    CHECK_REL(x[0], 24.1029092707343, 1e-10);
    CHECK_REL(x[1], 737.9919288436804, 1e-10);
    CHECK_REL(x[2], 174.40965205588375, 1e-8);
    CHECK(x[3] == 0.0);
    CHECK_REL(x[4], 7738.519951638328, 1e-9);
    CHECK_REL(sqrt(s.chi2), 0.02194126421440794, 1e-12);
    CHECK_BAND(s.condition, 10.0, 1e5);
    static const double B[] = {3,  -1, 2,   0.5, 1, 4, -2, 1.5, -2, 1,   5,   -0.7,
                               .3, -2, 1.0, 3,   2, 2, -1, -4,  1,  0.1, 0.2, 0.9};
    static const double C[] = {2.0, -3, 1.5, 4, -1, 0.7};
    const vt_nnls_problem mixed = {.n = 6, .p = 4, .A = B, .b = C};
    CHECK_OK(vt_nnls_solve(ws, &mixed, x, NULL, &s, &err), &err);
    CHECK_REL(x[0], 0.3042257676852549, 1e-13);
    CHECK(x[1] == 0.0);
    CHECK_REL(x[2], 0.6921493585188536, 1e-13);
    CHECK_REL(x[3], 0.3980831756778397, 1e-13);
    CHECK_REL(sqrt(s.chi2), 3.505897365541862, 1e-13);
    vt_nnls_free(ws);
}

/* Kuhn and Tucker: x >= 0, gradient <= 0, and one of each pair 0. They are sufficient, as the problem is convex. */
static void every_solution_meets_the_optimality_conditions(void)
{
    vt_stream r;
    vt_error err = {0};
    vt_nnls_work *ws = workspace();
    vt_stream_init(&r, 5, vt_stream_purpose("test/nnls"), 0);
    size_t held = 0;
    for (int trial = 0; trial < 300; trial++) {
        const size_t p = 1 + vt_stream_below(&r, VT_NNLS_P_MAX), n = p + vt_stream_below(&r, 30);
        double A[46 * VT_NNLS_P_MAX], b[46], x[VT_NNLS_P_MAX];
        bool unbounded[VT_NNLS_P_MAX];
        for (size_t i = 0; i < n * p; i++) A[i] = vt_stream_normal(&r) * exp(3.0 * (double)(i % p)); /* any scale */
        for (size_t i = 0; i < n; i++) b[i] = 1e3 * vt_stream_normal(&r);
        for (size_t j = 0; j < p; j++) unbounded[j] = vt_stream_below(&r, 5) == 0;
        vt_nnls_summary s;
        const vt_nnls_problem pr = {.n = n, .p = p, .A = A, .b = b, .unbounded = unbounded};
        CHECK_OK(vt_nnls_solve(ws, &pr, x, NULL, &s, &err), &err);
        double size = 0.0;
        for (size_t i = 0; i < n; i++) size = hypot(size, b[i]);
        for (size_t j = 0; j < p; j++) {
            double length = 0.0;
            for (size_t i = 0; i < n; i++) length = hypot(length, A[i * p + j]);
            const double dual = s.dual[j] / length / size; /* cosine: rounding 1e-16 times the condition */
            CHECK(unbounded[j] || x[j] >= 0.0);
            CHECK(dual < 1e-9);
            CHECK(s.active[j] ? x[j] == 0.0 : fabs(dual) < 1e-9);
            held += s.active[j];
        }
    }
    CHECK(held > 300); /* bounds were active often enough for the test to mean something */
    vt_nnls_free(ws);
}

static void fewer_equations_than_unknowns_are_met(void)
{
    const double A[] = {1.0, 2.0, 0.5, 0.3, 1.0, 4.0}, b[] = {5.0, 7.0};
    double x[3];
    vt_nnls_summary s;
    vt_error err = {0};
    vt_nnls_work *ws = workspace();
    const vt_nnls_problem pr = {.n = 2, .p = 3, .A = A, .b = b};
    CHECK_OK(vt_nnls_solve(ws, &pr, x, NULL, &s, &err), &err);
    CHECK_ABS(s.chi2, 0.0, 1e-24);
    vt_nnls_free(ws);
}

static void what_cannot_be_is_refused(void)
{
    const double A[] = {1.0, 2.0, 2.0, 4.0, 3.0, 6.0}, b[] = {1.0, -5.0, 2.0};
    const double bad[] = {1.0, 2.0, NAN, 4.0, 3.0, 6.0};
    double x[2] = {-7.0, -7.0};
    const bool both[] = {true, true};
    vt_error err = {0};
    vt_nnls_work *ws = workspace(), *none = NULL;
    vt_nnls_problem pr = {.n = 3, .p = 2, .A = bad, .b = b};
    CHECK(vt_nnls_solve(ws, &pr, x, NULL, NULL, &err) == VT_ENAN);
    CHECK_TEXT(err.msg, "A[1][0] = nan");
    pr.A = A;
    pr.unbounded = both;
    CHECK(vt_nnls_solve(ws, &pr, x, NULL, NULL, &err) == VT_EILLCOND);
    CHECK_TEXT(err.msg, "linearly dependent");
    pr.unbounded = NULL;
    pr.p = 17;
    CHECK(vt_nnls_solve(ws, &pr, x, NULL, NULL, &err) == VT_EARG);
    CHECK(vt_nnls_solve(ws, NULL, x, NULL, NULL, &err) == VT_EARG);
    CHECK(x[0] == -7.0 && x[1] == -7.0);
    /* Two parallel columns, bounded: one of them does, none is refused. */
    const double c[] = {1.0, 2.0, 3.0};
    pr = (vt_nnls_problem){.n = 3, .p = 2, .A = A, .b = c};
    CHECK_OK(vt_nnls_solve(ws, &pr, x, NULL, NULL, &err), &err);
    CHECK_REL(x[0] + 2.0 * x[1], 1.0, 1e-14);
    CHECK(vt_nnls_create(&none, 0, 2, &err) == VT_EARG);
    CHECK(vt_nnls_create(&none, 9, 17, &err) == VT_EARG);
    CHECK_TEXT(err.msg, "1 to 16");
    vt_nnls_free(NULL);
    vt_nnls_free(ws);
}

CHECK_MAIN(CHECK_CASE(an_active_bound_has_its_closed_form), CHECK_CASE(scipy_gives_the_same),
           CHECK_CASE(every_solution_meets_the_optimality_conditions),
           CHECK_CASE(fewer_equations_than_unknowns_are_met), CHECK_CASE(what_cannot_be_is_refused))
