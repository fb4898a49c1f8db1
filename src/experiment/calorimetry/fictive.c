/* Fictive temperature of a scan by equal areas. The area reaches from below all relaxation to equilibrium, farther than
 * the windows of the midpoint: a glass begins to relax some 16 % below the edge, and heat flow comes down to the line
 * of the liquid some 5 % above it only. Both lines weigh on the whole area, so this has windows of its own. */
#include "calorimetry_internal.h"
#include <math.h>

enum { SHIFTS = 4 };
/* Of the temperature of the midpoint: window of the glass. Of the middle of the midpoint's window of the liquid: begin
 * of this one, its width at least and at most. */
static const double GLASS[2] = {0.77, 0.84}, LATER = 1.012, LEAST = 0.01, WIDE = 0.035;

/* Hottest reading that is liquid still. */
static double liquid_end(const vti_scan *s)
{
    double end = s->T[s->to - 1];
    for (size_t k = 0; k < s->npeaks; k++)
        if (s->T[s->peak[k].from] > s->step.end) end = fmin(end, vti_scan_peak_begin(s, &s->peak[k]));
    return end;
}

/* Window of the points of a line: even about its middle. */
static vt_window window_of(const vti_scan *s, const vt_base_line *line, double *width)
{
    const double bin = (s->T[s->n - 1] - s->T[0]) / (double)(s->n - 1);
    *width = bin * (double)line->n;
    return (vt_window){line->T0 - 0.5 * *width, line->T0 + 0.5 * *width};
}

/* What scatter makes of the lines, and they of the area: that of the glass counts up to T_f, that of the liquid from
 * there on. K. */
static double lines_u(const vt_glass_step *g, vt_window glass, vt_window liquid)
{
    const double Tf = g->fictive, step = vt_base_line_at(&g->liquid, Tf) - vt_base_line_at(&g->glass, Tf);
    return hypot(vt_base_line_u(&g->glass, 0.5 * (glass.high + Tf)) * (Tf - glass.high),
                 vt_base_line_u(&g->liquid, 0.5 * (Tf + liquid.low)) * (liquid.low - Tf)) /
           step;
}

static void windows(const vti_scan *s, vt_window *glass, vt_window *liquid)
{
    double wide_g, wide_l;
    const vt_window far = {fmax(GLASS[0] * s->step.midpoint, s->T[s->from]), GLASS[1] * s->step.midpoint};
    vt_window late = {LATER * s->step.liquid.T0, fmin(liquid_end(s), (LATER + WIDE) * s->step.liquid.T0)};
    if (late.high - late.low < 0.5 * WIDE * late.low) late.low = s->step.liquid.T0;
    *glass = window_of(s, &s->step.glass, &wide_g);
    *liquid = window_of(s, &s->step.liquid, &wide_l);
    if (!vti_window_is_set(&s->par.glass_window) && far.high - far.low > 0.5 * (GLASS[1] - GLASS[0]) * s->step.midpoint)
        *glass = far;
    if (!vti_window_is_set(&s->par.liquid_window) && late.high - late.low > LEAST * late.low) *liquid = late;
}

/* Lines through windows a quarter of their width apart differ by scatter as well: slopes of white scatter by
 * 2 (1 - 9/32) of their variance, and each of the four shifts moves one line of two. That much of the spread is in
 * u_lines already; correlated scatter and bent lines make more. */
static double beyond_scatter(double spread2, double u)
{
    return sqrt(fmax(0.0, spread2 - 0.5 * 2.0 * (1.0 - 9.0 / 32.0) * u * u));
}

bool vti_scan_fictive(const vti_scan *s, vti_fictive *out)
{
    vt_window glass, liquid;
    vt_glass_step g;
    double t2 = 0.0, s2 = 0.0, n = 0.0;
    windows(s, &glass, &liquid);
    if (vt_glass_step_find(s->n, s->T, s->y, glass, liquid, &g, NULL) != VT_OK || !isfinite(g.fictive)) return false;
    const double dg = 0.25 * (glass.high - glass.low), dl = 0.25 * (liquid.high - liquid.low);
    const double shift[SHIFTS][2] = {{-dg, 0.0}, {dg, 0.0}, {0.0, -dl}, {0.0, dl}};
    for (size_t k = 0; k < SHIFTS; k++) {
        vt_glass_step other;
        const vt_window a = {glass.low + shift[k][0], glass.high + shift[k][0]};
        const vt_window b = {liquid.low + shift[k][1], liquid.high + shift[k][1]};
        if (vt_glass_step_find(s->n, s->T, s->y, a, b, &other, NULL) != VT_OK || !isfinite(other.fictive)) continue;
        t2 += pow(other.fictive - g.fictive, 2.0);
        s2 += pow(other.step - g.step, 2.0);
        n += 1.0;
    }
    const double u_lines = lines_u(&g, glass, liquid);
    *out = (vti_fictive){.step = g,
                         .u_lines = u_lines,
                         .u_window = n > 0.0 ? beyond_scatter(t2 / n, u_lines) : s->u_window,
                         .u_step_window = n > 0.0 ? sqrt(s2 / n) : s->u_step_window};
    return true;
}
