/* P06, step 6: the peak above the steady line continued to its strain. */
#include "compression_internal.h"
#include <math.h>

static double steady_at(const vti_steady *w, double strain)
{
    return exp(w->ln_stress + w->slope * (strain - w->strain));
}

/* Without a steady line, or an overshoot: the largest smoothed stress. */
static void plain_peak(const vti_compression_run *run, vti_disc_test *s)
{
    s->peak = s->yield;
    for (size_t i = s->yield; i < s->end && s->strain[i] < run->par.overshoot_strain; i++)
        if (s->fit[i] > s->fit[s->peak]) s->peak = i;
    s->peak_stress = s->fit[s->peak];
    s->peak_strain = s->strain[s->peak];
    s->u_peak = s->noise * sqrt(s->gain[s->peak]);
}

vt_status vti_compression_overshoot(const vti_compression_run *run, vti_disc_test *s, vt_error *err)
{
    (void)err;
    plain_peak(run, s);
    if (!s->is_steady) return VT_OK;
    const vti_steady *w = &s->steady;
    size_t at = s->yield;
    double most = -INFINITY;
    for (size_t i = s->yield; i < w->from && s->strain[i] < run->par.overshoot_strain; i++) {
        const double above = s->fit[i] / steady_at(w, s->strain[i]);
        if (above <= most) continue;
        most = above;
        at = i;
    }
    const double line = steady_at(w, s->strain[at]), away = s->strain[at] - w->strain;
    const double u_line = line * hypot(w->u, w->u_slope * away), u_fit = s->noise * sqrt(s->gain[at]);
    const double u = hypot(u_line, u_fit), overshoot = s->fit[at] - line;
    s->limit = fmax(5.0 * u, run->par.overshoot_least * line);
    s->over = isfinite(most) && overshoot > s->limit;
    if (!s->over) return VT_OK;
    s->peak = at;
    s->peak_stress = s->fit[at];
    s->peak_strain = s->strain[at];
    s->u_peak = u_fit;
    s->overshoot = overshoot;
    s->u_overshoot = u;
    return VT_OK;
}
