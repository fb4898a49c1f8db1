/* Between which stresses each specimen turns from Newtonian to non-Newtonian. */
#include "flow_internal.h"
#include <math.h>

/* Labels out of order if everything up to ln_sigma = at is called Newtonian. */
static size_t wrong_at(const vti_flow_run *run, const vti_flow_specimen *s, vti_flow_label label, double at)
{
    size_t wrong = 0;
    for (size_t i = s->from; i < s->to; i++) {
        const vti_flow_point *p = &run->point[i];
        const vti_flow_class said = p->by[label];
        wrong += said != VTI_FLOW_UNKNOWN && (p->ln_sigma <= at) != (said == VTI_FLOW_NEWTONIAN);
    }
    return wrong;
}

static double next_above(const vti_flow_run *run, const vti_flow_specimen *s, vti_flow_label label, double at)
{
    double next = INFINITY;
    for (size_t i = s->from; i < s->to; i++)
        if (run->point[i].by[label] && run->point[i].ln_sigma > at) next = fmin(next, run->point[i].ln_sigma);
    return next;
}

/* The cuts with the fewest labels out of order; several alike give one wide interval. */
static void bound(const vti_flow_run *run, vti_flow_label label, vti_flow_specimen *s)
{
    s->low = -INFINITY;
    s->high = next_above(run, s, label, -INFINITY);
    s->wrong = wrong_at(run, s, label, -INFINITY);
    if (isinf(s->high)) return; /* nothing is labelled */
    for (size_t i = s->from; i < s->to; i++) {
        const double at = run->point[i].ln_sigma;
        if (!run->point[i].by[label]) continue;
        const size_t wrong = wrong_at(run, s, label, at);
        const double above = next_above(run, s, label, at);
        if (wrong < s->wrong) {
            s->low = at;
            s->high = above;
            s->wrong = wrong;
        } else if (wrong == s->wrong) {
            s->low = fmin(s->low, at);
            s->high = fmax(s->high, above);
        }
    }
}

/* Viscosity where it turns: of the points at the ends of the interval. */
static double viscosity_at(const vti_flow_run *run, const vti_flow_specimen *s)
{
    double sum = 0.0, all = 0.0;
    size_t n = 0;
    for (size_t i = s->from; i < s->to; i++) {
        all += run->point[i].ln_eta / (double)(s->to - s->from);
        if (run->point[i].ln_sigma != s->low && run->point[i].ln_sigma != s->high) continue;
        sum += run->point[i].ln_eta;
        n++;
    }
    return n ? sum / (double)n : all;
}

void vti_flow_bounds(vti_flow_run *run, vti_flow_label label)
{
    run->used = 0;
    run->ln_eta_mean = 0.0;
    for (size_t k = 0; k < run->specimens; k++) {
        vti_flow_specimen *s = &run->specimen[k];
        bound(run, label, s);
        if (isinf(s->low) && isinf(s->high)) continue;
        s->ln_eta = viscosity_at(run, s);
        run->low[run->used] = s->low;
        run->high[run->used] = s->high;
        run->z[run->used] = s->ln_eta;
        run->g[run->used++] = s->g;
    }
    for (size_t i = 0; i < run->used; i++) run->ln_eta_mean += run->z[i] / (double)run->used;
    for (size_t i = 0; i < run->used; i++) run->z[i] -= run->ln_eta_mean;
}
