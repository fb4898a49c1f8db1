#include "check.h"
#include "stats/quantile_internal.h"
#include <gsl/gsl_sort.h>
#include <math.h>
#include <vitrum/random.h>

enum { N = 301 };

static void draw(uint64_t r, size_t n, double *x)
{
    vt_stream s;
    vt_stream_init(&s, 4711, vt_stream_purpose("quantile"), r);
    /* rounded: equal values are frequent */
    for (size_t i = 0; i < n; i++) x[i] = r % 2 ? vt_stream_normal(&s) : round(3.0 * vt_stream_normal(&s));
}

static void two_neighbours_stand_as_if_sorted(void)
{
    static const double P[] = {0.0, 0.025, 0.31, 0.5, 0.975, 0.9999, 1.0};
    static const size_t SIZE[] = {1, 2, 3, 20, N};
    for (uint64_t r = 0; r < 40; r++)
        for (size_t k = 0; k < sizeof SIZE / sizeof *SIZE; k++)
            for (size_t j = 0; j < sizeof P / sizeof *P; j++) {
                const size_t n = SIZE[k];
                double x[N], sorted[N];
                draw(r, n, x);
                memcpy(sorted, x, n * sizeof *x);
                gsl_sort(sorted, 1, n);
                const size_t at = vti_order_quantile(x, n, P[j]);
                CHECK(at == (size_t)(P[j] * (double)(n - 1)));
                CHECK(x[at] == sorted[at]);
                CHECK(at + 1 == n || x[at + 1] == sorted[at + 1]);
                gsl_sort(x, 1, n); /* nothing is lost */
                for (size_t i = 0; i < n; i++) CHECK(x[i] == sorted[i]);
            }
}

/* What is not finite leaves no copies behind: a second quantile of the same array counts nothing twice. */
static void finite_ones_come_first_and_once(void)
{
    double x[7] = {NAN, 3.5, INFINITY, -1.25, 7.0, -INFINITY, 2.0};
    for (int again = 0; again < 2; again++) {
        CHECK(vti_finite_first(x, 7) == 4);
        CHECK(x[0] == 3.5 && x[1] == -1.25 && x[2] == 7.0 && x[3] == 2.0);
        CHECK(isnan(x[4]) && isnan(x[5]) && isnan(x[6]));
    }
}

enum { MOST = 20000 };

/* Verdicts of 400 sets of draws of exp(s g), by their 95 % ends against exp(s) = 1 -+ s of first order. */
static long verdicts(double s, size_t n, double level)
{
    static double x[MOST];
    const double tail = 0.5 * (1.0 - level), z = level > 0.99 ? 3.290527 : 1.959964;
    long differ = 0;
    for (uint64_t r = 0; r < 400; r++) {
        vt_stream stream;
        vt_stream_init(&stream, 4711, vt_stream_purpose("ends"), r);
        for (size_t i = 0; i < n; i++) x[i] = exp(s * vt_stream_normal(&stream));
        const double low = vti_finite_quantile(x, n, tail), high = vti_finite_quantile(x, n, 1.0 - tail);
        differ += vti_ends_differ((double[]){1.0 - z * s, 1.0 + z * s}, (double[]){low, high}, level, n);
    }
    return differ;
}

/* The upper end of exp(s g) lies z s/2 of the half-width off: 0.1 % and 24 %. That of 200 draws scatters by 9.6 % of
 * the half-width: a tenth alone would be left by more than half of the sets, a tenth and two standard errors by 0.5 %.
 */
static void few_draws_do_not_make_ends_differ(void)
{
    CHECK(verdicts(0.001, 200, 0.95) <= 8);
    CHECK(verdicts(0.001, 2000, 0.95) == 0);
    CHECK(verdicts(0.25, 5000, 0.95) == 400);
}

/* 2000 draws have one beyond either end at 0.999, which says nothing of where it lies. */
static void ends_need_draws_beyond_them(void)
{
    CHECK(vti_draws_tell_ends(0.95, 200) && !vti_draws_tell_ends(0.95, 199));
    CHECK(vti_draws_tell_ends(0.999, 10000) && !vti_draws_tell_ends(0.999, 9999));
    CHECK(verdicts(0.25, 2000, 0.999) == 0);
}

static void ends_that_are_not_finite_differ(void)
{
    const double first[2] = {1.0, 2.0}, open[2] = {1.0, INFINITY}, lost[2] = {NAN, 2.0};
    CHECK(!vti_ends_differ(first, first, 0.95, 2000));
    CHECK(vti_ends_differ(first, open, 0.95, 2000) && vti_ends_differ(first, lost, 0.95, 2000));
}

CHECK_MAIN(CHECK_CASE(two_neighbours_stand_as_if_sorted), CHECK_CASE(finite_ones_come_first_and_once),
           CHECK_CASE(few_draws_do_not_make_ends_differ), CHECK_CASE(ends_need_draws_beyond_them),
           CHECK_CASE(ends_that_are_not_finite_differ))
