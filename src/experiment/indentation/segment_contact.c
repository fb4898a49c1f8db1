/* Where the first loading begins: the approach in air ahead of it. */
#include "curve_internal.h"
#include <math.h>

/* The load leaves air at this fraction of the first peak at least; the depth there and at PART of the peak are
 * extrapolated to contact as P ~ (h - h0)^2. */
static const double LEAST = 2e-3, PART = 0.1;

/* Last sample before i at which the load is at or below level, else 0. */
static size_t last_below(const vt_indent_curve *c, size_t i, double level)
{
    while (i > 0 && c->P[i] > level) i--;
    return i;
}

size_t vti_contact(vt_indent_work *ws, const vt_indent_curve *c, const vt_indent_cycle *first,
                   const vt_indent_noise *noise, double *P_air, double *u_P_air)
{
    const size_t top = first->hold_from < c->n ? first->hold_from : c->n - 1;
    const double peak = c->P[top];
    double air = 0.0;
    size_t leave = 0;
    *P_air = *u_P_air = 0.0;
    for (int pass = 0; pass < 3; pass++) {
        leave = last_below(c, top, air + vti_max(5.0 * noise->P, LEAST * (peak - air)));
        if (leave < 2) return 0;
        for (size_t i = 0; i < leave; i++) ws->a[i] = c->P[i];
        air = vti_median(ws->a, leave);
    }
    /* Contact extrapolated from the first samples above the two levels, with the loads that they have. */
    const size_t part = last_below(c, top, air + PART * (peak - air));
    const size_t p = leave + 1 < top ? leave + 1 : top, q = part + 1 < top ? part + 1 : top;
    const double ratio = vti_min(sqrt(vti_max(c->P[p] - air, 0.0) / vti_max(c->P[q] - air, noise->P)), 0.9);
    const double h0 = (c->h[p] - ratio * c->h[q]) / (1.0 - ratio);
    size_t contact = leave;
    while (contact > 0 && c->h[contact] > h0) contact--;
    if (contact < 5) return 0;
    /* The second half of the approach: the load in air may still settle in the first. */
    const size_t from = contact / 2;
    const size_t n = contact - from;
    double mean = 0.0, c0 = 0.0, c1 = 0.0, r;
    for (size_t i = from; i < contact; i++) mean += c->P[i] / (double)n;
    for (size_t i = from; i < contact; i++) {
        const double d = c->P[i] - mean;
        c0 += d * d;
        if (i > from) c1 += d * (c->P[i - 1] - mean);
    }
    const double n_eff = vti_effective(n, c0 > 0.0 ? c1 / c0 : 0.0, &r);
    *P_air = mean;
    *u_P_air = sqrt(c0 / (double)(n - 1) / vti_max(n_eff, 1.0));
    return contact;
}
