/* Quantities: budgets, intervals, shared influences. */
#include "check.h"
#include <vitrum/quantity.h>
#include <vitrum/random.h>

static vt_quantity make(double value, const char *unit, double dof)
{
    vt_quantity q = {.value = value, .low = NAN, .high = NAN, .dof = dof, .level = 0.95};
    snprintf(q.unit, sizeof q.unit, "%s", unit);
    return q;
}

static void a_budget_adds_in_quadrature(void)
{
    vt_quantity q = make(2.0, "Pa", INFINITY);
    CHECK(vt_quantity_add(&q, "gauge", "g", 'B', 0.3, 1.0, NULL) == VT_OK);
    CHECK(vt_quantity_add(&q, "scatter", "", 'A', 0.2, 2.0, NULL) == VT_OK);
    CHECK_REL(q.u, 0.5, 1e-15); /* 3-4-5 */
    CHECK(vt_quantity_add(&q, "gauge again", "g", 'B', 0.3, -1.0, NULL) == VT_OK);
    CHECK_REL(q.u, 0.4, 1e-15); /* one influence with two signs cancels itself */
    vt_quantity_add(&q, "gauge once more", "g", 'B', 0.3, 1.0, NULL);
    CHECK_REL(q.u, 0.5, 1e-15); /* and counts once, however many lines it has */
}

static void intervals_use_the_t_distribution(void)
{
    vt_quantity q = make(10.0, "m", 5.0);
    vt_quantity_add(&q, "scatter", "", 'A', 1.0, 1.0, NULL);
    CHECK(vt_quantity_cover(&q, 0.95, NULL) == VT_OK);
    CHECK_REL(q.high - 10.0, 2.5705818366147395, 1e-9); /* t(0.975, 5), Abramowitz & Stegun 26.10 */
    CHECK_REL(10.0 - q.low, q.high - 10.0, 1e-14);
    q.dof = INFINITY;
    CHECK(vt_quantity_cover(&q, 0.95, NULL) == VT_OK);
    CHECK_REL(q.high - 10.0, 1.959963984540054, 1e-12);
}

static void shared_influences_cancel_in_a_ratio(void)
{
    /* stress ratio of two specimens of one load cell: the cell cancels, the scatter stays */
    vt_quantity a = make(4.0, "Pa", INFINITY), b = make(2.0, "Pa", INFINITY), r;
    vt_quantity_add(&a, "cell", "cell", 'B', 0.1, 4.0, NULL);
    vt_quantity_add(&b, "cell", "cell", 'B', 0.1, 2.0, NULL);
    vt_quantity_add(&a, "scatter", "", 'A', 0.04, 1.0, NULL);
    vt_quantity_add(&b, "scatter", "", 'A', 0.06, 1.0, NULL);
    vt_error err = {0};
    CHECK_OK(vt_quantity_ratio(&a, &b, &r, &err), &err);
    CHECK_REL(r.value, 2.0, 1e-15);
    CHECK_REL(r.u, 2.0 * hypot(0.01, 0.03), 1e-14);
    CHECK_TEXT(r.unit, "1");
    CHECK_REL(vt_quantity_covariance(&a, &b), 0.4 * 0.2, 1e-14);
    CHECK_REL(r.high - r.low, 2 * 1.959963984540054 * r.u, 1e-12);
}

/* First order against Monte Carlo with a partly shared influence: agreement to the noise of 4e5 draws. */
static void ratio_agrees_with_monte_carlo(void)
{
    vt_quantity a = make(4.0, "m", INFINITY), b = make(-2.5, "s", INFINITY), r;
    vt_quantity_add(&a, "clock", "clock", 'B', 0.5, 0.08, NULL);
    vt_quantity_add(&b, "clock", "clock", 'B', 0.5, 0.02, NULL);
    vt_quantity_add(&a, "noise", "", 'A', 0.03, 1.0, NULL);
    vt_quantity_add(&b, "noise", "", 'A', 0.01, 2.0, NULL);
    CHECK(vt_quantity_ratio(&a, &b, &r, NULL) == VT_OK);
    CHECK(strcmp(r.unit, "m s-1") == 0);
    vt_stream s;
    vt_stream_init(&s, 5, 6, 7);
    double sum = 0, square = 0;
    enum { M = 400000 };
    for (int i = 0; i < M; i++) {
        const double clock = 0.5 * vt_stream_normal(&s), na = 0.03 * vt_stream_normal(&s);
        const double x = (4.0 + 0.08 * clock + na) / (-2.5 + 0.02 * clock + 0.02 * vt_stream_normal(&s)) + 1.6;
        sum += x;
        square += x * x;
    }
    const double sd = sqrt(square / M - pow(sum / M, 2));
    CHECK_REL(r.u, sd, 0.005); /* 4 sigma of a sample SD of 4e5 draws: 4/sqrt(2 M) = 0.0045 */
}

static void a_full_budget_still_makes_a_ratio(void)
{
    vt_quantity a = make(3.0, "1", 8.0), b = make(2.0, "K", 4.0), r;
    for (int i = 0; i < VT_BUDGET_MAX; i++) {
        CHECK(vt_quantity_add(&a, "x", "", 'A', 0.1, 1.0, NULL) == VT_OK);
        CHECK(vt_quantity_add(&b, "y", "", 'A', 0.1, 1.0, NULL) == VT_OK);
    }
    vt_error err = {0};
    CHECK(vt_quantity_add(&a, "too many", "", 'A', 0.1, 1.0, &err) == VT_ELIMIT);
    CHECK_TEXT(err.msg, "too many");
    CHECK(vt_quantity_ratio(&a, &b, &r, NULL) == VT_OK);
    CHECK_REL(r.u, 1.5 * hypot(0.4 / 3, 0.4 / 2), 1e-13);
    CHECK(r.nbudget == VT_BUDGET_MAX && strcmp(r.unit, "K-1") == 0);
    const double ua = 0.4 / 2, ub = 1.5 * 0.4 / 2; /* Welch-Satterthwaite */
    CHECK_REL(r.dof, pow(r.u, 4) / (pow(ua, 4) / 8 + pow(ub, 4) / 4), 1e-12);
}

static void wrong_calls_are_refused(void)
{
    vt_quantity a = make(1.5, "m", 3.0), zero = make(0.0, "m", 3.0), r = make(-7.0, "", 1.0);
    vt_error err = {0};
    CHECK(vt_quantity_ratio(&a, &zero, &r, &err) == VT_EDOMAIN && r.value == -7.0);
    CHECK(vt_quantity_add(&a, "x", "", 'A', -0.1, 1.0, &err) == VT_EARG);
    CHECK(vt_quantity_add(&a, "x", "", 'A', NAN, 1.0, &err) == VT_EARG);
    CHECK(vt_quantity_add(&a, "x", "", 'C', 0.1, 1.0, &err) == VT_EARG);
    CHECK(a.nbudget == 0);
    CHECK(vt_quantity_cover(&a, 1.0, &err) == VT_EARG);
    a.dof = 0;
    CHECK(vt_quantity_cover(&a, 0.95, &err) == VT_EDOF);
}

CHECK_MAIN(CHECK_CASE(a_budget_adds_in_quadrature), CHECK_CASE(intervals_use_the_t_distribution),
           CHECK_CASE(shared_influences_cancel_in_a_ratio), CHECK_CASE(ratio_agrees_with_monte_carlo),
           CHECK_CASE(a_full_budget_still_makes_a_ratio), CHECK_CASE(wrong_calls_are_refused))
