/* Kendall's tau with the exact distribution of S. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/kendall.h>

enum { PAIRS = VT_KENDALL_EXACT * (VT_KENDALL_EXACT - 1) / 2 + 1 };

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sizes of the groups of equal values, ascending in value; sorted: scratch of n. Returns their number. */
static size_t ties(size_t n, const double *v, double *sorted, size_t *group)
{
    size_t groups = 0;
    memcpy(sorted, v, n * sizeof *v);
    qsort(sorted, n, sizeof *sorted, by_value);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || sorted[i] > sorted[i - 1]) group[groups++] = 0;
        group[groups - 1]++;
    }
    return groups;
}

static double tied_pairs(size_t groups, const size_t *group)
{
    double sum = 0.0;
    for (size_t g = 0; g < groups; g++) sum += 0.5 * (double)group[g] * (double)(group[g] - 1);
    return sum;
}

static double concordance(size_t n, const double *x, const double *y)
{
    double S = 0.0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++) {
            const double a = (x[i] > x[k]) - (x[i] < x[k]), b = (y[i] > y[k]) - (y[i] < y[k]);
            S += a * b;
        }
    return S;
}

/* Probabilities of u = 0 ... m t pairs out of order between m values and t more, every mixture equally likely
 * (Mann-Whitney): along the sorted values, a new one is out of order with every old one that has come before. */
static void mixture(size_t m, size_t t, double *out)
{
    static const size_t ROW = VT_KENDALL_EXACT * VT_KENDALL_EXACT / 4 + 1;
    double f[VT_KENDALL_EXACT + 1][VT_KENDALL_EXACT * VT_KENDALL_EXACT / 4 + 1];
    memset(f, 0, sizeof f);
    f[0][0] = 1.0;
    for (size_t i = 0; i < m + t; i++)
        for (size_t j = (i < t ? i : t) + 1; j-- > 0;) { /* new ones so far, from many to few: in place */
            const size_t old = i - j;
            if (old > m || j > t) continue;
            const double left = (double)(m + t - i), p_new = (double)(t - j) / left;
            for (size_t u = ROW; u-- > 0;) {
                const double p = f[j][u];
                if (!(p > 0.0)) continue;
                if (j < t) f[j + 1][u + old] += p * p_new;
                f[j][u] = p * (1.0 - p_new);
            }
        }
    memcpy(out, f[t], (m * t + 1) * sizeof *out);
}

/* Probabilities of the number of pairs out of order, where only the grouped variable has ties. Returns their number. */
static size_t distribution(size_t groups, const size_t *group, double *p)
{
    double add[VT_KENDALL_EXACT * VT_KENDALL_EXACT / 4 + 1], next[PAIRS];
    size_t values = group[0], size = 1;
    p[0] = 1.0;
    for (size_t g = 1; g < groups; g++) {
        const size_t most = values * group[g];
        mixture(values, group[g], add);
        memset(next, 0, sizeof next);
        for (size_t a = 0; a < size; a++)
            for (size_t b = 0; b <= most; b++) next[a + b] += p[a] * add[b];
        size += most;
        values += group[g];
        memcpy(p, next, size * sizeof *p);
    }
    return size;
}

static void exact_grouped(size_t groups, const size_t *group, double S, vt_kendall *out)
{
    double p[PAIRS], sum = 0.0;
    const size_t size = distribution(groups, group, p);
    for (size_t u = 0; u < size; u++)
        if (fabs((double)(size - 1) - 2.0 * (double)u) >= fabs(S) - 0.5) sum += p[u];
    out->p_value = fmin(1.0, sum);
    out->p_least = fmin(1.0, p[0] + p[size - 1]);
    out->exact = true;
}

/* The next order of y in the dictionary; false after the last. */
static bool next_order(size_t n, double *y)
{
    size_t i = n - 1, k = n - 1;
    while (i > 0 && y[i - 1] >= y[i]) i--;
    if (i == 0) return false;
    while (y[k] <= y[i - 1]) k--;
    double swap = y[i - 1];
    y[i - 1] = y[k];
    y[k] = swap;
    for (size_t a = i, b = n - 1; a < b; a++, b--) {
        swap = y[a];
        y[a] = y[b];
        y[b] = swap;
    }
    return true;
}

static void exact_counted(size_t n, const double *x, const double *y, double S, vt_kendall *out)
{
    double order[VT_KENDALL_BOTH], most = 0.0, all = 0.0, at_least = 0.0, extreme = 0.0;
    memcpy(order, y, n * sizeof *y);
    qsort(order, n, sizeof *order, by_value);
    do {
        const double s = fabs(concordance(n, x, order));
        all += 1.0;
        at_least += s >= fabs(S) - 0.5 ? 1.0 : 0.0;
        if (s > most + 0.5) extreme = 0.0;
        if (s > most - 0.5) extreme += 1.0;
        most = fmax(most, s);
    } while (next_order(n, order));
    out->p_value = at_least / all;
    out->p_least = extreme / all;
    out->exact = true;
}

static double sum_of(size_t groups, const size_t *group, double a, double b)
{
    double sum = 0.0;
    for (size_t g = 0; g < groups; g++) {
        const double t = (double)group[g];
        sum += t * (t - 1.0) * (a * t + b);
    }
    return sum;
}

static double two_sided(double S, double variance)
{
    return fmin(1.0, 2.0 * gsl_cdf_ugaussian_Q(fmax(0.0, fabs(S) - 1.0) / sqrt(variance)));
}

vt_status vt_kendall_test(size_t n, const double *x, const double *y, vt_kendall *out, vt_error *err)
{
    double sorted[VT_KENDALL_MAX];
    size_t gx[VT_KENDALL_MAX], gy[VT_KENDALL_MAX];
    if (!x || !y || !out || n > VT_KENDALL_MAX)
        return vt_fail(err, VT_EARG, "x, y or result is NULL, or n = %zu is above %d", n, VT_KENDALL_MAX);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]) || !isfinite(y[i])) return vt_fail(err, VT_ENAN, "pair %zu is not finite", i);
    const size_t nx = n ? ties(n, x, sorted, gx) : 0, ny = n ? ties(n, y, sorted, gy) : 0;
    if (n < 3 || nx < 2 || ny < 2)
        return vt_fail(err, VT_EDOF,
                       "%zu pairs with %zu different x and %zu different y: a trend needs 3 pairs that "
                       "differ",
                       n, nx, ny);
    const double N = (double)n, n0 = 0.5 * N * (N - 1.0), tx = tied_pairs(nx, gx), ty = tied_pairs(ny, gy);
    vt_kendall k = {.S = concordance(n, x, y)};
    k.tau = k.S / sqrt((n0 - tx) * (n0 - ty));
    if (n <= VT_KENDALL_EXACT && ny == n)
        exact_grouped(nx, gx, k.S, &k);
    else if (n <= VT_KENDALL_EXACT && nx == n)
        exact_grouped(ny, gy, k.S, &k);
    else if (n <= VT_KENDALL_BOTH)
        exact_counted(n, x, y, k.S, &k);
    else {
        const double var = (N * (N - 1.0) * (2.0 * N + 5.0) - sum_of(nx, gx, 2, 5) - sum_of(ny, gy, 2, 5)) / 18.0 +
                           sum_of(nx, gx, 1, -2) * sum_of(ny, gy, 1, -2) / (9.0 * N * (N - 1.0) * (N - 2.0)) +
                           2.0 * tx * ty / (N * (N - 1.0));
        k.p_value = two_sided(k.S, var);
        k.p_least = two_sided(n0 - fmax(tx, ty), var);
    }
    *out = k;
    return VT_OK;
}
