/* Yield: onset by a cumulative sum, offsets, bilinear knot (P29). */
#include "torsion_internal.h"
#include <math.h>

enum { LEAST = 8 }; /* means on each side of a knot */

/* One-sided cumulative sum of the deficit against the elastic line, k = 0.5, h = 5 standard deviations of the residuals
 * of the elastic window, widened for their correlation. Yield does not heal: the sum must stand above h at the end of
 * the record, and onset is its last zero. */
static void onset(const vti_torsion_run *run, double at[2])
{
    const double sigma = run->s * sqrt((1.0 + run->r) / (1.0 - run->r));
    double sum = 0.0;
    size_t zero = run->from;
    for (size_t i = run->from; i < run->bins && sigma > 0.0; i++) {
        sum = fmax(0.0, sum + (run->a0 + run->b0 * run->bin_phi[i] - run->bin_T[i]) / sigma - 0.5);
        if (sum == 0.0) zero = i;
    }
    if (!(sum > 5.0)) return;
    at[0] = run->bin_phi[zero] - run->z;
    at[1] = run->b0 * at[0];
}

/* Where the record stays below the elastic line moved by the surface strain gamma. */
static void offset(const vti_torsion_run *run, double gamma, double at[2])
{
    const double shift = gamma * run->L / run->R;
    double before = -1.0;
    for (size_t i = run->bins; i-- > run->from;) {
        const double low = run->b0 * (run->bin_phi[i] - run->z - shift) - run->bin_T[i];
        if (low < 0.0) {
            if (i + 1 >= run->bins) return; /* never below */
            const double part = -low / (before - low);
            at[0] = run->bin_phi[i] + part * (run->bin_phi[i + 1] - run->bin_phi[i]) - run->z;
            at[1] = run->bin_T[i] + part * (run->bin_T[i + 1] - run->bin_T[i]);
            return;
        }
        before = low;
    }
}

/* Bilinear knot: of all means, the one where a change of slope takes most of the squares that one line leaves. The part
 * of the hinge h = max(x - k, 0) that a line cannot take comes from sums over the means beyond k. */
static void knot(const vti_torsion_run *run, double at[2])
{
    const size_t n = run->bins - run->from;
    const double *x = run->bin_phi + run->from, *y = run->bin_T + run->from, N = (double)n;
    double xm = 0.0, ym = 0.0, sxx = 0.0, sxy = 0.0, most = 0.0;
    double m = 0.0, s1 = 0.0, s2 = 0.0, e1 = 0.0, ex = 0.0; /* beyond k: count, sums of u, u^2, e, u e; u = x - xm */
    for (size_t i = 0; i < n; i++) {
        xm += x[i] / N;
        ym += y[i] / N;
    }
    for (size_t i = 0; i < n; i++) {
        sxx += (x[i] - xm) * (x[i] - xm);
        sxy += (x[i] - xm) * (y[i] - ym);
    }
    for (size_t i = n; i-- > LEAST;) {
        const double u = x[i] - xm, e = y[i] - ym - sxy / sxx * u;
        m += 1.0;
        s1 += u;
        s2 += u * u;
        e1 += e;
        ex += u * e;
        const double h = s1 - m * u, hu = s2 - u * s1, hh = s2 - 2.0 * u * s1 + m * u * u, he = ex - u * e1;
        const double own = hh - h * h / N - hu * hu / sxx;
        if (n - i < LEAST || !(own > 0.0) || !(he < 0.0) || he * he / own <= most) continue;
        const double bend = he / own, slope = sxy / sxx - bend * hu / sxx;
        most = he * he / own;
        at[0] = x[i] - run->z;
        at[1] = ym - bend * h / N + slope * u;
    }
}

void vti_torsion_yields(vti_torsion_run *run)
{
    for (int m = 0; m < VTI_YIELD_METHODS; m++) run->yield[m][0] = run->yield[m][1] = NAN;
    onset(run, run->yield[VTI_YIELD_ONSET]);
    run->yielded = isfinite(run->yield[VTI_YIELD_ONSET][0]);
    if (!run->yielded) return;
    offset(run, 0.0002, run->yield[VTI_YIELD_SMALL]);
    offset(run, 0.001, run->yield[VTI_YIELD_LARGE]);
    knot(run, run->yield[VTI_YIELD_KNOT]);
}
