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

CHECK_MAIN(CHECK_CASE(two_neighbours_stand_as_if_sorted), CHECK_CASE(finite_ones_come_first_and_once))
