#include "quantile_internal.h"
#include <gsl/gsl_statistics_double.h>
#include <math.h>

size_t vti_finite_first(double *x, size_t n)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (isfinite(x[i])) x[m++] = x[i];
    for (size_t i = m; i < n; i++) x[i] = NAN;
    return m;
}

size_t vti_order_quantile(double *x, size_t n, double p)
{
    const size_t k = (size_t)(p * (double)(n - 1));
    (void)gsl_stats_select(x, 1, n, k);
    if (k + 1 == n) return k;
    size_t next = k + 1; /* the least of what lies above */
    for (size_t i = k + 2; i < n; i++)
        if (x[i] < x[next]) next = i;
    const double swap = x[k + 1];
    x[k + 1] = x[next];
    x[next] = swap;
    return k;
}

double vti_finite_quantile(double *x, size_t n, double q)
{
    const size_t m = vti_finite_first(x, n);
    if (m == 0) return NAN;
    const double at = q * (double)(m - 1);
    const size_t low = vti_order_quantile(x, m, q), high = low + 1 < m ? low + 1 : low;
    return x[low] + (at - (double)low) * (x[high] - x[low]);
}
