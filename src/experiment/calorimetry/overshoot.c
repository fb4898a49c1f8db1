/* The overshoot of a strongly aged glass: ten times as high as its step and a few K wide, the first scan looks like
 * melting. Another heating of the same piece, which has no such history, tells that its glass transition lies there. */
#include "calorimetry_internal.h"
#include "transition_internal.h"

static const double STEP = 0.5; /* of the other's step: what stays behind the peak */
/* Alone: this share of its height stays behind the peak, over the line of so many kelvin before it. Melting leaves a
 * hundredth. */
static const double STAYS = 0.05, BEFORE = 25.0;

/* Heat flow behind the peak less that before it, over a line of this slope. */
static double stays(const vti_scan *s, const vt_peak *p, double slope)
{
    return s->y[p->to] - s->y[p->from] - slope * (s->T[p->to] - s->T[p->from]);
}

static bool is_overshoot(const vti_scan *s, const vt_peak *p, const vti_scan *other)
{
    return p->sign > 0 && s->T[p->from] < other->edge.high && s->T[p->to] > other->edge.low &&
           stays(s, p, other->step.glass.b) > STEP * other->step.step;
}

bool vti_piece_overshoots(vti_scan *scan, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            vti_scan *s = &scan[i];
            const vti_scan *other = &scan[j];
            if (s->direction < 0 || s->has_step || other->direction < 0 || !other->has_step) continue;
            size_t left = 0;
            for (size_t k = 0; k < s->npeaks; k++)
                if (!is_overshoot(s, &s->peak[k], other)) s->peak[left++] = s->peak[k];
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
            stays(s, p, before.b) > STAYS * p->height)
            return p;
    }
    return NULL;
}
