/* What steady flow makes straight in time (P02). Flow by rate = K (stress)^n takes the flow stress F/A - 2 gamma/d and
 * the strain less its elastic part stress/E. With w = ln(y/y_m), y = L0/L, y_m that of the middle, and a = (2
 * gamma/d)/(F/A) and e = F/(A E) there,
 *     dz/dw = exp(n w) [(1 - a)/(1 - a exp(w/2))]^n (1 - e exp(-w))/(1 - e)
 * makes z a straight line; a = e = 0: z = ((y/y_m)^n - 1)/n. A line through y itself curves by a/2 and e of its slope
 * for each unit of strain, which a segment of 20 % shows [measured in the round trips]. */
#include "creep_internal.h"
#include <math.h>
#include <vitrum/creep_law.h>

/* Points and weights of Gauss and Legendre on (0, 1). */
static const double AT[4] = {0.06943184420297371, 0.33000947820757187, 0.66999052179242813, 0.93056815579702629};
static const double WEIGHT[4] = {0.17392742256872693, 0.32607257743127307, 0.32607257743127307, 0.17392742256872693};

double vti_creep_straight_slope(const vti_creep_law *l, double w)
{
    if (l->n == 1.0) { /* of most records: one exponential */
        const double s = exp(0.5 * w), q = s * s;
        return (1.0 - l->capillary) / (1.0 - l->capillary * s) * (q - l->elastic) / (1.0 - l->elastic);
    }
    const double flow = (1.0 - l->capillary) / (1.0 - l->capillary * exp(0.5 * w));
    return exp(l->n * w) * pow(flow, l->n) * (1.0 - l->elastic * exp(-w)) / (1.0 - l->elastic);
}

double vti_creep_straight(const vti_creep_law *l, double w)
{
    if (l->capillary == 0.0 && l->elastic == 0.0) return fabs(l->n) > 1e-9 ? expm1(l->n * w) / l->n : w;
    /* Within a piece the exponent changes by 1 at most: 8th order leaves 1e-9 of z. */
    const double pieces = fmax(1.0, ceil(fmin(fabs(w) * fmax(fabs(l->n), 1.0), 100.0))), h = w / pieces;
    double z = 0.0;
    for (double i = 0.0; i < pieces; i += 1.0)
        for (int k = 0; k < 4; k++) z += h * WEIGHT[k] * vti_creep_straight_slope(l, h * (i + AT[k]));
    return z;
}

double vti_creep_straight_inverse(const vti_creep_law *l, double z)
{
    double w = fabs(l->n) > 1e-9 && l->n * z > -1.0 ? log1p(l->n * z) / l->n : z;
    for (int i = 0; i < 5; i++) w -= (vti_creep_straight(l, w) - z) / vti_creep_straight_slope(l, w);
    return w;
}

vti_creep_law vti_creep_law_at(const vti_creep_trace *r, double F, double y, double longest)
{
    vti_creep_law l = {.n = 1.0};
    double capillary;
    const double stress = F / (r->A0 * y);
    if (!(stress > 0.0) || !isfinite(stress)) return l;
    if (r->par.elastic_modulus > 0.0) l.elastic = stress / r->par.elastic_modulus;
    if (vt_capillary_stress(r->par.surface_tension, r->A0 * y, &capillary, NULL) == VT_OK)
        l.capillary = capillary / stress;
    /* Where nothing drives the flow, or all of the strain were elastic, the state refuses: here nothing is corrected.
     */
    if (!(l.capillary * sqrt(longest / y) < 0.9)) l.capillary = 0.0;
    if (!(l.elastic < 0.2)) l.elastic = 0.0;
    return l;
}
