/* The overshoot of a strongly aged glass: ten times as high as its step and a few K wide, the first scan looks like
 * melting. Another heating of the same piece, which has no such history, tells that its glass transition lies there. */
#include "calorimetry_internal.h"
#include "transition_internal.h"
#include <math.h>

static const double STEP = 0.5; /* of the other's step: what stays behind the peak */
/* Of it: by how much heat flow is less before a later peak than in the other scan, which is liquid already. */
static const double BEHIND = 0.15;
/* An aged glass becomes liquid later: its overshoot begins below this share of the temperature where the other's edge
 * ends. */
static const double LATE = 1.05;
/* Alone: this share of its height stays behind the peak, over the line of so many kelvin before it. Melting leaves a
 * hundredth. */
static const double STAYS = 0.05, BEFORE = 25.0;

/* How much heat flow rises from T0 to T1, over a line of this slope. */
static double rise(const vti_scan *s, double T0, double T1, double slope)
{
    size_t i = s->from, k;
    while (i + 1 < s->to && s->T[i] < T0) i++;
    for (k = i; k + 1 < s->to && s->T[k] < T1;) k++;
    return vti_scan_mean(s, k, s->from, s->to) - vti_scan_mean(s, i, s->from, s->to) - slope * (s->T[k] - s->T[i]);
}

bool vti_peak_overshoots(const vti_scan *s, const vt_peak *p, const vti_scan *other)
{
    const double from = s->T[p->from], to = s->T[p->to], slope = other->step.glass.b, step = other->step.step;
    if (!other->has_step || p->sign < 0 || from > LATE * other->edge.high || to < other->step.midpoint) return false;
    const double before = fmin(from, other->step.onset), inside = fmin(from, other->edge.high);
    if (!(rise(s, before, to, slope) > STEP * step)) return false;
    return from < other->step.end ||
           rise(other, before, inside, slope) - rise(s, before, inside, slope) > BEHIND * step;
}

bool vti_piece_overshoots(vti_scan *scan, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            vti_scan *s = &scan[i];
            const vti_scan *other = &scan[j];
            if (i == j || s->direction < 0 || other->direction < 0 || !other->has_step) continue;
            size_t left = 0;
            for (size_t k = 0; k < s->npeaks; k++)
                if (!vti_peak_overshoots(s, &s->peak[k], other)) s->peak[left++] = s->peak[k];
            any = any || left < s->npeaks;
            s->npeaks = left;
        }
    return any;
}

const vt_peak *vti_scan_perhaps_overshoot(const vti_scan *s)
{
    for (size_t k = 0; k < s->npeaks && s->direction > 0; k++) {
        const vt_peak *p = &s->peak[k];
        const double from = s->T[p->from];
        vt_base_line before;
        if (p->sign > 0 &&
            vt_base_line_fit(s->n, s->T, s->y, (vt_window){from - BEFORE, from}, &before, NULL) == VT_OK &&
            rise(s, from, s->T[p->to], before.b) > STAYS * p->height)
            return p;
    }
    return NULL;
}
