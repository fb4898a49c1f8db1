/* Places of the knots: exhaustive over a grid for each new one, then one at a time to the minimum. */
#include "knots_internal.h"
#include <math.h>
#include <string.h>

enum { P = VTI_KNOTS_TERMS, GRID = 64 };

/* Cholesky solution of A c = g in place (c in g). False: not positive definite. */
static int solve(size_t p, double A[P][P], double *g)
{
    for (size_t i = 0; i < p; i++) {
        const double before = A[i][i];
        for (size_t j = 0; j <= i; j++) {
            double s = A[i][j];
            for (size_t k = 0; k < j; k++) s -= A[i][k] * A[j][k];
            if (i == j && !(s > 1e-13 * before)) return 0;
            A[i][j] = i == j ? sqrt(s) : s / A[j][j];
        }
    }
    for (size_t i = 0; i < p; i++) {
        for (size_t k = 0; k < i; k++) g[i] -= A[i][k] * g[k];
        g[i] /= A[i][i];
    }
    for (size_t i = p; i-- > 0;) {
        for (size_t k = i + 1; k < p; k++) g[i] -= A[k][i] * g[k];
        g[i] /= A[i][i];
    }
    return 1;
}

double vti_knots_rss(const vt_knots_work *w, size_t k, const double *psi, double *coef)
{
    const size_t p = 2 + k;
    double A[P][P] = {{0.0}}, g[P] = {0.0}, h[P], c[P];
    for (size_t i = 0; i < w->n; i++) {
        const double t = w->t[i];
        size_t live = 2; /* knots right of t contribute nothing */
        h[0] = 1.0;
        h[1] = t;
        for (; live < p && t > psi[live - 2]; live++) h[live] = t - psi[live - 2];
        for (size_t a = 0; a < live; a++) {
            g[a] += h[a] * w->v[i];
            for (size_t b = 0; b <= a; b++) A[a][b] += h[a] * h[b];
        }
    }
    memcpy(c, g, sizeof c);
    if (!solve(p, A, c)) return INFINITY;
    double rss = w->vv;
    for (size_t a = 0; a < p; a++) rss -= c[a] * g[a];
    if (coef) memcpy(coef, c, p * sizeof *coef);
    return fmax(rss, 1e-20 * w->vv); /* rounding of the difference */
}

/* First index with t >= psi. */
static size_t index_of(const vt_knots_work *w, double psi)
{
    size_t lo = 0, hi = w->n;
    while (lo < hi) {
        const size_t mid = lo + (hi - lo) / 2;
        if (w->t[mid] >= psi)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

int vti_knots_range(const vt_knots_work *w, size_t k, const double *psi, size_t j, double *lo, double *hi)
{
    const size_t first = j > 0 ? index_of(w, psi[j - 1]) : 0;
    const size_t last = j + 1 < k ? index_of(w, psi[j + 1]) : w->n; /* points first ... last - 1 are free */
    if (last < first + 2 * w->piece) return 0;
    *lo = w->t[first + w->piece - 1];
    *hi = w->t[last - w->piece];
    return *hi > *lo;
}

/* Golden section for knot j between lo and hi; psi[j] keeps the best place. */
static double golden(const vt_knots_work *w, size_t k, double *psi, size_t j, double lo, double hi)
{
    static const double RATIO = 0.6180339887498949;
    double a = hi - RATIO * (hi - lo), b = lo + RATIO * (hi - lo);
    psi[j] = a;
    double fa = vti_knots_rss(w, k, psi, NULL);
    psi[j] = b;
    double fb = vti_knots_rss(w, k, psi, NULL);
    for (int i = 0; i < 60 && hi - lo > 1e-7; i++)
        if (fa < fb) {
            hi = b, b = a, fb = fa;
            psi[j] = a = hi - RATIO * (hi - lo);
            fa = vti_knots_rss(w, k, psi, NULL);
        } else {
            lo = a, a = b, fa = fb;
            psi[j] = b = lo + RATIO * (hi - lo);
            fb = vti_knots_rss(w, k, psi, NULL);
        }
    psi[j] = fa < fb ? a : b;
    return fmin(fa, fb);
}

double vti_knots_refine(const vt_knots_work *w, size_t k, double *psi, size_t held)
{
    double rss = vti_knots_rss(w, k, psi, NULL), window = 2.0 / GRID;
    for (int sweep = 0; sweep < 30; sweep++) {
        double moved = 0.0;
        for (size_t j = 0; j < k; j++) {
            double lo, hi;
            const double before = psi[j];
            if (j == held || !vti_knots_range(w, k, psi, j, &lo, &hi)) continue;
            lo = fmax(lo, before - window);
            hi = fmin(hi, before + window);
            const double there = golden(w, k, psi, j, lo, hi);
            if (there < rss)
                rss = there;
            else
                psi[j] = before;
            moved = fmax(moved, fabs(psi[j] - before));
        }
        if (moved < 1e-6) break;
        window = fmax(fmin(window, 4.0 * moved), 1e-6);
    }
    return rss;
}

double vti_knots_add(const vt_knots_work *w, size_t k, double *psi)
{
    double trial[VT_KNOTS_MAX], best[VT_KNOTS_MAX] = {0.0}, least = INFINITY;
    for (size_t g = 1; g < GRID; g++) {
        const double at = w->t[g * (w->n - 1) / GRID];
        size_t j = 0;
        double lo, hi;
        while (j < k && psi[j] < at) j++;
        memcpy(trial, psi, j * sizeof *trial);
        trial[j] = at;
        memcpy(trial + j + 1, psi + j, (k - j) * sizeof *trial);
        if (!vti_knots_range(w, k + 1, trial, j, &lo, &hi) || at < lo || at > hi) continue;
        const double rss = vti_knots_rss(w, k + 1, trial, NULL);
        if (!(rss < least)) continue;
        least = rss;
        memcpy(best, trial, sizeof best);
    }
    if (!isfinite(least)) return INFINITY;
    memcpy(psi, best, (k + 1) * sizeof *psi);
    return vti_knots_refine(w, k + 1, psi, k + 1);
}
