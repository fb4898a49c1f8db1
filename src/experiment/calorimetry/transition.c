/* Glass transitions of one piece: edges of its scans, windows that they share, construction, properties. */
#include "calorimetry_internal.h"
#include "transition_internal.h"
#include <math.h>
#include <stdio.h>

/* Windows of the tangents, as shares of the temperature where the edge ends (half-height of the slope; the last of the
 * scans of a piece, so that what is called liquid is liquid in each). Glass transitions are about as wide as a few
 * percent of their temperature; these distances are that of common practice for 3 to 40 K/min. */
static const double GLASS[2] = {0.125, 0.085}, LIQUID[2] = {0.025, 0.06};
/* A step is told if it is this share of the change between the windows, so many times its uncertainty, and so many
 * times what the choice of the windows makes of it; its edge is no wider than this share of the temperature. The
 * midpoint of a first scan that is this share away from that of the second, or a step that is this share higher or
 * lower, is that of what it releases. */
static const double SHARE = 0.2, SIGNIFICANT = 5.0, WIDEST = 0.12, HOLDS = 3.0, AWAY = 0.015, HIGHER = 0.25;
static const double FAR = 50.0; /* K: from the card, beyond what rates and fragility make */

/* The steepest edge among the stretches between peaks, inside low ... high. */
static void find_edge(vti_scan *s, double low, double high)
{
    const double clear = 0.015 * s->T[s->n / 2];
    s->has_edge = false;
    /* The broad slope sees a transient one bandwidth further than it lasts. */
    low = fmax(low, s->from > 0 ? s->T[s->from] + clear : 0.0);
    high = fmin(high, s->to < s->n ? s->T[s->to - 1] - clear : INFINITY);
    for (size_t a = s->from, b; a < s->to; a = b) {
        size_t inside = s->npeaks;
        for (size_t k = 0; k < s->npeaks; k++)
            if (s->T[a] >= s->T[s->peak[k].from] - clear && s->T[a] <= s->T[s->peak[k].to] + clear) inside = k;
        b = a + 1;
        if (inside < s->npeaks || s->T[a] < low || s->T[a] > high) continue;
        double end = high;
        for (size_t k = 0; k < s->npeaks; k++)
            if (s->T[s->peak[k].from] > s->T[a]) end = fmin(end, s->T[s->peak[k].from] - clear);
        while (b < s->to && s->T[b] <= end) b++;
        vt_step_edge e;
        if (vt_step_edge_find(a, b, s->T, s->slope, &e, NULL) != VT_OK || e.high - e.low > WIDEST * e.high) continue;
        if (s->has_edge && e.peak - e.base <= s->edge.peak - s->edge.base) continue;
        s->edge = e;
        s->has_edge = true;
    }
}

/* Windows for an edge that ends at T2, cut to the scan and to what lies between its peaks. */
static bool windows(const vti_scan *s, double T2, vt_window *glass, vt_window *liquid)
{
    *glass = (vt_window){T2 * (1.0 - GLASS[0]), T2 * (1.0 - GLASS[1])};
    *liquid = (vt_window){T2 * (1.0 + LIQUID[0]), T2 * (1.0 + LIQUID[1])};
    if (vti_window_is_set(&s->par.glass_window))
        *glass = (vt_window){s->par.glass_window.x[0], s->par.glass_window.x[1]};
    if (vti_window_is_set(&s->par.liquid_window))
        *liquid = (vt_window){s->par.liquid_window.x[0], s->par.liquid_window.x[1]};
    glass->low = fmax(glass->low, s->T[s->from]);
    liquid->high = fmin(liquid->high, s->T[s->to - 1]);
    for (size_t k = 0; k < s->npeaks; k++) {
        const double from = s->T[s->peak[k].from], to = s->T[s->peak[k].to];
        if (from > T2) liquid->high = fmin(liquid->high, vti_scan_peak_begin(s, &s->peak[k]));
        if (to < T2) glass->low = fmax(glass->low, to);
    }
    const double least = 0.005 * T2, first = s->T[s->from], span = (GLASS[0] - GLASS[1]) * T2;
    /* A scan that begins too late for the window has it at its begin, as long as that is well below the edge. */
    if (!vti_window_is_set(&s->par.glass_window) && glass->high - glass->low < least && first + span < s->edge.low)
        *glass = (vt_window){first, first + span};
    return glass->high - glass->low > least && liquid->high - liquid->low > least;
}

/* Spread of midpoint and step as each window moves by a quarter of its width, away and near. */
static void window_spread(vti_scan *s, vt_window glass, vt_window liquid)
{
    const double dg = 0.25 * (glass.high - glass.low), dl = 0.25 * (liquid.high - liquid.low);
    const double shift[4][2] = {{-dg, 0.0}, {dg, 0.0}, {0.0, -dl}, {0.0, dl}};
    double t2 = 0.0, s2 = 0.0, n = 0.0;
    for (size_t k = 0; k < 4; k++) {
        const vt_window g = {glass.low + shift[k][0], glass.high + shift[k][0]};
        const vt_window l = {liquid.low + shift[k][1], liquid.high + shift[k][1]};
        vt_glass_step other;
        if (vt_glass_step_find(s->n, s->T, s->y, g, l, &other, NULL) != VT_OK) continue;
        t2 += pow(other.midpoint - s->step.midpoint, 2.0);
        s2 += pow(other.step - s->step.step, 2.0);
        n += 1.0;
    }
    s->u_window = n > 0.0 ? sqrt(t2 / n) : 0.0;
    s->u_step_window = n > 0.0 ? sqrt(s2 / n) : 0.0;
}

/* Whether the step stands out; else why not. */
static bool find_step(vti_scan *s, double T2, char *why, size_t size)
{
    vt_window glass, liquid;
    vt_error err = {0};
    s->has_step = false;
    if (!windows(s, T2, &glass, &liquid)) {
        snprintf(why, size, "the scan (%.1f to %.1f K) does not hold the lines of glass and liquid about %.1f K",
                 s->T[s->from], s->T[s->to - 1], T2);
        return false;
    }
    vt_glass_step *g = &s->step;
    if (vt_glass_step_find(s->n, s->T, s->y, glass, liquid, g, &err) != VT_OK) {
        snprintf(why, size, "%.150s", err.msg);
        return false;
    }
    const double change = vt_base_line_at(&g->liquid, g->liquid.T0) - vt_base_line_at(&g->glass, g->glass.T0);
    if (!(g->step > SHARE * fabs(change)) || !(g->step > SIGNIFICANT * g->u_step)) {
        snprintf(why, size, "the step at %.1f K is %.2g of the change between the lines, and %.2g of its uncertainty",
                 g->midpoint, g->step / fabs(change), g->step / g->u_step);
        return false;
    }
    /* An early rise of an aged glass, far below its transition, makes a stretch that is no line. */
    if (!(g->onset > glass.low && g->end > g->onset && g->end < liquid.high)) {
        snprintf(why, size, "the rise about %.1f K is no step: its tangent would go from %.1f to %.1f K", g->midpoint,
                 g->onset, g->end);
        return false;
    }
    window_spread(s, glass, liquid);
    if (!(g->step > HOLDS * s->u_step_window)) {
        snprintf(why, size, "the step at %.1f K depends on where the tangents are laid: it is %.2g of what they make",
                 g->midpoint, g->step / s->u_step_window);
        return false;
    }
    s->has_step = true;
    return true;
}

static void limits(const vti_scan *s, double *low, double *high)
{
    *low = vti_window_is_set(&s->par.search) ? s->par.search.x[0] : 0.0;
    *high = vti_window_is_set(&s->par.search) ? s->par.search.x[1] : INFINITY;
}

/* Edges of the heatings, then of the coolings near them; the last end of those with a step. NaN: none. */
static double last_edge(vti_scan *scan, size_t n)
{
    double last = NAN, low, high;
    char why[160];
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < n; i++) {
            vti_scan *s = &scan[i];
            if ((s->direction > 0) != (pass == 0)) continue;
            limits(s, &low, &high);
            if (pass == 1 && isfinite(last)) {
                low = fmax(low, 0.9 * last);
                high = fmin(high, 1.05 * last);
            }
            find_edge(s, low, high);
            if (!s->has_edge || !find_step(s, s->edge.high, why, sizeof why)) continue;
            last = fmax(isfinite(last) ? last : 0.0, s->edge.high);
        }
    return last;
}

/* The release of a first scan bends its line of the glass: the second scan tells where the transition is. That of an
 * aged glass lies above it, and overshoots more. */
static void compare_pair(vti_scan *scan, size_t n)
{
    const vti_scan *second = NULL;
    for (size_t i = 0; i < n; i++)
        if (scan[i].told && scan[i].ordinal == 2 && scan[i].direction > 0 && scan[i].has_step) second = &scan[i];
    for (size_t i = 0; i < n && second; i++) {
        vti_scan *s = &scan[i];
        if (!s->told || s->ordinal != 1 || !s->has_step || s->direction < 0) continue;
        const double away = s->step.midpoint - second->step.midpoint, ratio = s->step.step / second->step.step;
        const bool aged = away > 0.0 && s->step.overshoot > second->step.overshoot;
        const bool placed = aged || fabs(away) <= AWAY * second->step.midpoint;
        /* The height of the step is the piece's, whatever its history. */
        if (placed && !(fabs(ratio - 1.0) > HIGHER)) continue;
        s->has_step = false;
        if (placed) {
            snprintf(
                s->why, sizeof s->why,
                "its step would be %.2g times that of the second scan: what it releases bends the line of the glass",
                ratio);
            continue;
        }
        snprintf(s->why, sizeof s->why,
                 "its midpoint would be %.1f K away from that of the second scan: what it releases bends the line of "
                 "the glass",
                 away);
    }
}

/* Celsius for kelvin, another alloy, another event: the card has a glass transition far from this one. */
static vt_status against_card(const vti_calorimetry_run *run, const vti_scan *s, vt_error *err)
{
    const vt_constant *c = run->job->alloy ? vt_card_find(run->job->alloy, "glass_transition") : NULL;
    const double far = c ? s->step.midpoint - c->value : 0.0;
    if (!(fabs(far) > FAR)) return VT_OK;
    return vt_result_warn(run->result, err, "W_CARD",
                          "%s%s%s: glass transition at %.1f K, %.0f K away from that of the card, %.1f K%s",
                          s->specimen, s->specimen[0] ? ", " : "", s->label, s->step.midpoint, far, c->value,
                          fabs(fabs(far) - 273.15) < FAR ? ": is the unit of temperature degC for K?" : "");
}

static void glass_until(vti_scan *scan, size_t n)
{
    double last = NAN;
    for (size_t i = 0; i < n; i++)
        if (scan[i].has_step && scan[i].direction > 0) last = fmax(isfinite(last) ? last : 0.0, scan[i].edge.high);
    for (size_t i = 0; i < n; i++) scan[i].glass = scan[i].has_step ? scan[i].step.midpoint : last;
}

void vti_scan_why(const vti_scan *s, bool again, char *out, size_t size)
{
    const vt_peak *p = vti_scan_perhaps_overshoot(s);
    const int n = snprintf(out, size, ": %s", s->why);
    if (p && n > 0 && (size_t)n < size)
        snprintf(out + n, size - (size_t)n,
                 "; the peak at %.1f K, behind which heat flow stays higher, may be the overshoot of an aged glass: %s",
                 s->T[p->apex],
                 again ? "cool it from the liquid as fast as it is heated, and heat it again"
                       : "heat the same piece again");
}

static vt_status no_transition(const vti_calorimetry_run *run, const vti_scan *s, bool again, vt_error *err)
{
    char why[400];
    vti_scan_why(s, again, why, sizeof why);
    return vt_result_warn(run->result, err, "W_NO_TRANSITION", "%s%s%s: no glass transition is told%s", s->specimen,
                          s->specimen[0] ? ", " : "", s->label, why);
}

vt_status vti_piece_transitions(vti_calorimetry_run *run, size_t from, size_t to, vt_error *err)
{
    double T2 = last_edge(run->scan + from, to - from);
    if (vti_piece_overshoots(run->scan + from, to - from)) T2 = last_edge(run->scan + from, to - from);
    for (size_t i = from; i < to; i++) {
        vti_scan *s = &run->scan[i];
        const double own = s->has_edge ? s->edge.high : T2;
        /* A scan whose edge is far from the others' has windows of its own. */
        const double at = isfinite(T2) && isfinite(own) && fabs(own / T2 - 1.0) < 0.04 ? T2 : own;
        snprintf(s->why, sizeof s->why, "no edge stands out of the slope");
        s->has_step = isfinite(at) && s->has_edge && find_step(s, at, s->why, sizeof s->why);
        /* Crystallization may leave no room for a line of the liquid behind the last of them. */
        if (!s->has_step && s->has_edge && at > own) s->has_step = find_step(s, own, s->why, sizeof s->why);
    }
    compare_pair(run->scan + from, to - from);
    size_t heatings = 0;
    for (size_t i = from; i < to; i++) heatings += run->scan[i].direction > 0;
    glass_until(run->scan + from, to - from);
    vt_status st = VT_OK;
    for (size_t i = from; i < to && st == VT_OK; i++) {
        const vti_scan *s = &run->scan[i];
        if (s->has_step) {
            st = vti_transition_report(run, s, err);
            if (st == VT_OK) st = against_card(run, s, err);
        } else
            st = no_transition(run, s, heatings > 1, err);
    }
    return st;
}
