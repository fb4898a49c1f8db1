/* P06, step 6: the peak above the steady line continued to its strain. */
#include "compression_internal.h"
#include <math.h>

/* What the parabola through the window adds to its line at a strain, over its coefficient. Where the rate rises, m
 * falls on the way and ln(stress) bends; at a constant rate nothing should bend. */
static double bent(const vti_disc_test *s, double strain)
{
    const vti_steady *w = &s->steady;
    const double away = strain - w->strain, span = s->strain[w->to - 1] - s->strain[w->from];
    return away * away - span * span / 12.0;
}

static double steady_at(const vti_disc_test *s, double strain)
{
    const vti_steady *w = &s->steady;
    return exp(w->ln_stress + w->slope * (strain - w->strain) + w->rise * w->bend * bent(s, strain));
}

/* Relative, of that: noise of level, slope and bend; and the bend itself as a rectangle, for the law need not be a
 * parabola so far from the window. */
static double u_steady_at(const vti_disc_test *s, double strain)
{
    const vti_steady *w = &s->steady;
    const double q = bent(s, strain), noise = hypot(w->u, w->u_slope * (strain - w->strain));
    return hypot(hypot(noise, w->rise * w->u_bend * q), w->bend * q / sqrt(3.0));
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
        const double above = s->fit[i] / steady_at(s, s->strain[i]);
        if (above <= most) continue;
        most = above;
        at = i;
    }
    const double line = steady_at(s, s->strain[at]), u_line = line * u_steady_at(s, s->strain[at]);
    const double u_fit = s->noise * sqrt(s->gain[at]);
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
