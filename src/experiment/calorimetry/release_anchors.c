/* Anchor windows of the enthalpy: W1 below all relaxation, W2 in the liquid (P21, step 4). */
#include "release_internal.h"
#include "transition_internal.h"
#include <math.h>

/* W1 begins so far below the glass transition and is so wide (P21); W2 begins with the line of the liquid and is at
 * most so wide; W1 ends at least so far below the transition, where a glass that was made fast relaxes already. */
static const double BELOW = 200.0, WIDTH = 40.0, CLEAR = 120.0;
/* Of the step: what two liquids differ by at most, what a first scan lacks at most that takes up nothing else, and by
 * what it is higher at most: more is an overshoot; in a K, the slope of a scan that is liquid less that of another; K:
 * how far an overshoot reaches. */
static const double LIQUID = 0.5, GLASS = 1.2, HIGH = 5.0, SETTLED = 0.02, AFTER = 60.0;

/* Where a scan is liquid: the line of the midpoint's window, or behind its end. */
static double liquid_begin(const vti_scan *s)
{
    return fmax(1.025 * s->edge.high, s->step.end);
}

/* W2 lies in what is liquid in this scan as well: after an overshoot, or what else is taken up across the transition,
 * that lasts into it; before any other peak. */
static void in_liquid(const vti_scan *s, const vti_scan *by, vt_window *w2)
{
    const double Tg = by->step.midpoint;
    for (size_t k = 0; k < s->npeaks && by->has_step; k++) {
        const vt_peak *p = &s->peak[k];
        if (s->T[p->to] <= w2->low) continue;
        if (vti_peak_overshoots(s, p, by) || (p->sign > 0 && s->T[p->from] <= Tg))
            w2->low = s->T[p->to];
        else if (s->T[p->apex] > Tg)
            w2->high = fmin(w2->high, vti_scan_peak_begin(s, p));
    }
}

/* Both scans, from low to high, hold the windows. */
static vt_status hold(const vti_difference *d, double low, double high, double Tg, vt_error *err)
{
    const char *path = vt_table_path(d->second->table);
    if (d->w2.high <= high + 0.5 && d->w2.high - d->w2.low < 3.0 && high - d->w2.low >= 3.0)
        return vt_fail_at(err, VT_ERANGE_T, path, 0, 0,
                          "the anchor window in the supercooled liquid, which begins at %.1f K, ends at %.1f K, where "
                          "crystallization or melting begins: they are too near; heat faster, or give anchor_high",
                          d->w2.low, d->w2.high);
    if (d->w2.high > high + 0.5 || d->w2.high - d->w2.low < 3.0)
        return vt_fail_at(err, VT_ERANGE_T, path, 0, 0,
                          "the scans end at %.1f K and do not reach the anchor window in the supercooled liquid, which "
                          "begins at %.1f K; heat farther, below crystallization",
                          high, d->w2.low);
    if (d->w1.low < low - 0.5 || d->w1.high - d->w1.low < 8.0)
        return vt_fail_at(err, VT_ERANGE_T, path, 0, 0,
                          "the scans begin at %.1f K: no anchor window of 8 K below %.1f K, where nothing relaxes yet; "
                          "begin lower",
                          low, Tg - CLEAR);
    return VT_OK;
}

/* Behind the overshoot of the first scan: where its slope is that of the second, but for a share of the step in a
 * kelvin. The slope is smoothed and sees what ends the window too early. */
static void behind_overshoot(const vti_scan *a, const vti_scan *b, vt_window *w2)
{
    const double see = 0.015 * w2->low, until = fmin(w2->high - see, w2->low + AFTER);
    const double low = w2->low;
    size_t k = b->from;
    for (size_t i = a->from; i < a->to && b->has_step; i++) {
        if (a->T[i] < low || a->T[i] > until) continue;
        while (k + 1 < b->to && b->T[k] < a->T[i]) k++;
        if (fabs(a->slope[i] - b->slope[k]) > SETTLED * b->step.step) w2->low = a->T[i];
    }
}

vt_status vti_release_anchors(vti_difference *d, vt_error *err)
{
    const vti_scan *a = d->first, *b = d->second, *by = b->has_step ? b : a;
    const char *path = vt_table_path(b->table);
    const double low = fmax(a->T[a->from], b->T[b->from]), high = fmin(a->T[a->to - 1], b->T[b->to - 1]);
    const bool both = vti_window_is_set(&b->par.anchor_low) && vti_window_is_set(&b->par.anchor_high);
    char why[400];
    vti_scan_why(b, true, why, sizeof why);
    if (!by->has_step && !both)
        return vt_fail_at(err, VT_ERANGE_T, path, 0, 0,
                          "no glass transition between %.1f and %.1f K, from which the anchor windows count%s; give "
                          "anchor_low and anchor_high",
                          low, high, why);
    const double Tg = by->has_step ? by->step.midpoint : NAN;
    d->w1.low = fmax(low, Tg - BELOW);
    d->w1 = (vt_window){d->w1.low, fmin(d->w1.low + WIDTH, Tg - CLEAR)};
    d->w2.low = by->has_step ? liquid_begin(by) : high;
    /* An aged glass becomes liquid later. */
    if (b->has_step && a->has_step) d->w2.low = fmax(d->w2.low, liquid_begin(a));
    d->w2.high = high;
    in_liquid(a, by, &d->w2);
    in_liquid(b, by, &d->w2);
    behind_overshoot(a, b, &d->w2);
    d->w2.high = fmin(d->w2.high, d->w2.low + WIDTH);
    if (vti_window_is_set(&b->par.anchor_low)) d->w1 = (vt_window){b->par.anchor_low.x[0], b->par.anchor_low.x[1]};
    if (vti_window_is_set(&b->par.anchor_high)) d->w2 = (vt_window){b->par.anchor_high.x[0], b->par.anchor_high.x[1]};
    return hold(d, low, high, Tg, err);
}

/* The first scan is liquid in W2, as the second is: it has risen by as much of the step, and the difference of both
 * does not change there by most of one. The overshoot of an aged glass may come behind the end of the scans, or stand
 * at it. */
vt_status vti_release_liquid(const vti_difference *d, vt_error *err)
{
    const vti_scan *a = d->first, *b = d->second;
    vt_base_line line;
    if (!b->has_step || vti_window_is_set(&b->par.anchor_high) ||
        vt_base_line_fit(d->n, d->T, d->d, d->w2, &line, NULL) != VT_OK)
        return VT_OK;
    const double glass = fmax(b->step.glass.T0, a->T[a->from]), liquid = 0.5 * (d->w2.low + d->w2.high);
    const double rise[2] = {vti_scan_fit(a, liquid) - vti_scan_fit(a, glass),
                            vti_scan_fit(b, liquid) - vti_scan_fit(b, glass)};
    const double less = (rise[1] - rise[0]) / b->step.step;
    const double change = fabs(line.b) * (d->w2.high - d->w2.low) * b->q / b->step.step;
    if (!(less > LIQUID && less < GLASS) && !(less < -HIGH) && !(change > LIQUID)) return VT_OK;
    return vt_fail_at(
        err, VT_ERANGE_T, vt_table_path(a->table), 0, 0,
        "in the anchor window in the supercooled liquid, %.1f to %.1f K, the first scan is no liquid yet: "
        "its rise differs by %.2g of the step, and by %.2g of it within the window; heat farther, or give "
        "anchor_high",
        d->w2.low, d->w2.high, -less, change);
}
