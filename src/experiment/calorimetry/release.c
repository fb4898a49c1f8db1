/* What two heatings of one piece tell: the enthalpy that the first releases (P21, steps 3 to 7). */
#include "release_internal.h"
#include "transition_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* W1 begins so far below the glass transition and is so wide (P21); W2 begins with the line of the liquid and is at
 * most so wide; W1 ends at least so far below the transition, where a
 * glass that was made fast relaxes already. */
static const double BELOW = 200.0, WIDTH = 40.0, CLEAR = 120.0;
/* Of the step: what two liquids differ by at most, what a first scan lacks at most that takes up nothing else, and by
 * what it is higher at most: more is an overshoot; in a K, the slope of a scan that is liquid less that of another; K:
 * how far an overshoot reaches. */
static const double LIQUID = 0.5, GLASS = 1.2, HIGH = 5.0, SETTLED = 0.02, AFTER = 60.0;
static const double SAME = 0.02; /* of the temperature: edges at one place */

/* First and second heating: as told by `scan`, else the first two in order. */
static int choose(const vti_calorimetry_run *run, size_t from, size_t to, const vti_scan *pair[2])
{
    int found = 0;
    bool told = false;
    pair[0] = pair[1] = NULL;
    for (size_t i = from; i < to; i++) told = told || run->scan[i].told;
    for (size_t i = from; i < to && found < 2; i++) {
        const vti_scan *s = &run->scan[i];
        if (s->direction <= 0 || (told && found == 1 && s->ordinal != 0 && s->ordinal == pair[0]->ordinal)) continue;
        pair[found++] = s;
    }
    return found;
}

static vt_status comparable(const vti_scan *a, const vti_scan *b, vt_error *err)
{
    const char *path = vt_table_path(b->table);
    if (a->specific != b->specific || fabs(a->par.mass / b->par.mass - 1.0) > 0.005)
        return vt_fail_at(err, VT_EMISMATCH, path, 0, 0,
                          "the scans have masses of %.5g and %.5g mg: they must be of the same piece",
                          1e6 * a->par.mass, 1e6 * b->par.mass);
    if (fabs(a->q / b->q - 1.0) > 0.02)
        return vt_fail_at(err, VT_EMISMATCH, path, 0, 0,
                          "the scans were heated at %.5g and %.5g K/min: their difference is no enthalpy; measure both "
                          "at one rate",
                          60.0 * a->q, 60.0 * b->q);
    return VT_OK;
}

/* Means of a fiftieth of a scan at its begin and its end. */
static void ends(const vti_scan *s, double *first, double *last)
{
    const size_t few = (s->to - s->from) / 50 + 1;
    *first = *last = 0.0;
    for (size_t i = 0; i < few; i++) {
        *first += s->y[s->from + i] / (double)few;
        *last += s->y[s->to - 1 - i] / (double)few;
    }
}

/* Glass and liquid take up more heat the hotter they are, and a glass transition adds to it. */
static vt_status rises(const vti_scan *b, vt_error *err)
{
    double first, last;
    ends(b, &first, &last);
    if (b->has_step || last > first) return VT_OK;
    return vt_fail_at(err, VT_ESIGN, vt_table_path(b->table), 0, 0,
                      "heat flow of the second scan falls from %.4g to %.4g W/kg, while a heat capacity rises: does it "
                      "count the other way? It is taken as %s upwards; if that is right the baseline is not level",
                      first, last, b->scale > 0.0 ? "endothermic" : "exothermic");
}

/* A second run that crystallized has no step, or less of the exotherm above it. (A glass that was quenched and aged
 * rises twice, and falls between, below the end of the step.) The heights of the steps are no measure: what the first
 * scan releases lies below its step. */
static vt_status not_crystallized(const vti_scan *a, const vti_scan *b, vt_error *err)
{
    const char *path = vt_table_path(b->table);
    if (a->has_step && !b->has_step)
        return vt_fail_at(
            err, VT_ECRYST, path, 0, 0,
            "the second scan has no glass transition (%s), the first has one at %.1f K: the piece crystallized "
            "between them, or they are exchanged; end the first scan below the onset of crystallization",
            b->why, a->step.midpoint);
    double exotherm[2] = {0.0, 0.0};
    const vti_scan *both[2] = {a, b};
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < both[k]->npeaks; i++)
            if (both[k]->peak[i].sign < 0 && both[k]->T[both[k]->peak[i].apex] > b->edge.high)
                exotherm[k] = fmax(exotherm[k], both[k]->peak[i].height);
    if (exotherm[0] > 0.0 && exotherm[1] < 0.85 * exotherm[0])
        return vt_fail_at(err, VT_ECRYST, path, 0, 0,
                          "the exotherm of crystallization is %.0f %% lower in the second scan: so much of the piece "
                          "had crystallized before",
                          100.0 * (1.0 - exotherm[1] / exotherm[0]));
    return VT_OK;
}

static bool given(const vt_list *l)
{
    return l->n == 2 && l->x[0] < l->x[1];
}

/* Heat flow of the first scan rises across a glass transition that the second does not have; 0.15 of its end. */
static bool lost_step(const vti_scan *a, const vti_scan *b)
{
    double first[2], last[2];
    /* It has an edge there, too, which scatter hides. */
    if (a->has_edge && b->has_edge && fabs(a->edge.inflection - b->edge.inflection) < SAME * b->edge.inflection &&
        b->edge.peak - b->edge.base > 0.5 * (a->edge.peak - a->edge.base))
        return false;
    ends(a, &first[0], &last[0]);
    ends(b, &first[1], &last[1]);
    return last[0] - first[0] - (last[1] - first[1]) > 0.15 * fabs(last[0]);
}

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

/* Anchor windows inside the range that both scans have. */
static vt_status anchors(const vti_scan *a, const vti_scan *b, vti_difference *d, vt_error *err)
{
    const vti_scan *by = b->has_step ? b : a;
    const char *path = vt_table_path(b->table);
    const double low = fmax(a->T[a->from], b->T[b->from]), high = fmin(a->T[a->to - 1], b->T[b->to - 1]);
    const bool both = given(&b->par.anchor_low) && given(&b->par.anchor_high);
    char why[400];
    if (!by->has_step && lost_step(a, b) && !vti_scan_perhaps_overshoot(b))
        return vt_fail_at(err, VT_ECRYST, path, 0, 0,
                          "heat flow of the first scan rises through a glass transition, that of the second does not: "
                          "the piece crystallized between them; end the first scan below the onset of crystallization");
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
    if (given(&b->par.anchor_low)) d->w1 = (vt_window){b->par.anchor_low.x[0], b->par.anchor_low.x[1]};
    if (given(&b->par.anchor_high)) d->w2 = (vt_window){b->par.anchor_high.x[0], b->par.anchor_high.x[1]};
    return hold(d, low, high, Tg, err);
}

/* d(T) = (y1 - y2)/q at the bins of the first scan. */
static void subtract(const vti_scan *a, const vti_scan *b, vti_difference *d)
{
    size_t k = 0;
    d->n = 0;
    for (size_t i = a->from; i < a->to; i++) {
        const double T = a->T[i];
        if (T < b->T[b->from] || T > b->T[b->to - 1]) continue;
        while (k + 2 < b->n && b->T[k + 1] < T) k++;
        const double x = (T - b->T[k]) / (b->T[k + 1] - b->T[k]);
        d->T[d->n] = T;
        d->d[d->n++] = (a->y[i] - b->y[k] - x * (b->y[k + 1] - b->y[k])) / a->q;
    }
}

/* The first scan is liquid in W2, as the second is: it has risen by as much of the step, and the difference of both
 * does not change there by most of one. The overshoot of an aged glass may come behind the end of the scans, or stand
 * at it. */
static vt_status both_liquid(const vti_difference *d, vt_error *err)
{
    const vti_scan *a = d->first, *b = d->second;
    vt_base_line line;
    if (!b->has_step || given(&b->par.anchor_high) || vt_base_line_fit(d->n, d->T, d->d, d->w2, &line, NULL) != VT_OK)
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

/* Enthalpy, and how far it moves as each window moves inwards or outwards by a quarter of its width. */
static vt_status enthalpy(vti_difference *d, vt_error *err)
{
    const vt_status st = vt_relaxation_enthalpy_find(d->n, d->T, d->d, d->w1, d->w2, &d->h, err);
    if (st != VT_OK) return st;
    const double a = 0.25 * (d->w1.high - d->w1.low), b = 0.25 * (d->w2.high - d->w2.low);
    double sum[2] = {0.0, 0.0}, n = 0.0;
    for (int k = 0; k < 2; k++) {
        const vt_window w1 = {d->w1.low, d->w1.high - (k == 0 ? a : 0.0)};
        const vt_window w2 = {d->w2.low + (k == 1 ? b : 0.0), d->w2.high};
        vt_relaxation_enthalpy other;
        if (vt_relaxation_enthalpy_find(d->n, d->T, d->d, w1, w2, &other, NULL) != VT_OK) continue;
        sum[0] += pow(other.linear - d->h.linear, 2.0);
        sum[1] += pow(other.quadratic - d->h.quadratic, 2.0);
        n += 1.0;
    }
    d->u_linear_window = n > 0.0 ? sqrt(sum[0] / n) : 0.0;
    d->u_quadratic_window = n > 0.0 ? sqrt(sum[1] / n) : 0.0;
    d->bent = fabs(d->h.quadratic - d->h.linear) > 2.0 * d->h.difference_u;
    return VT_OK;
}

static vt_status remember(vti_calorimetry_run *run, const vti_scan *s, double value, double u, vt_error *err)
{
    vti_release *more = realloc(run->release, (run->releases + 1) * sizeof *more);
    if (!more) return vt_fail(err, VT_EMEMORY, "no memory for %zu pieces", run->releases + 1);
    run->release = more;
    more[run->releases++] =
        (vti_release){.specimen = s->specimen, .group = s->group, .value = value, .u = u, .diameter = s->par.diameter};
    return VT_OK;
}

static vt_status two(vti_calorimetry_run *run, const vti_scan *a, const vti_scan *b, vt_error *err)
{
    vti_difference d = {.T = run->work, .d = run->work + VTI_SCAN_BINS, .first = a, .second = b};
    double value = 0.0, u = 0.0;
    vt_status st = comparable(a, b, err);
    if (st == VT_OK) st = vti_release_shift(run, a, b, err);
    if (st == VT_OK) st = rises(b, err);
    if (st == VT_OK) st = not_crystallized(a, b, err);
    if (st == VT_OK) st = anchors(a, b, &d, err);
    if (st != VT_OK) return st;
    subtract(a, b, &d);
    st = both_liquid(&d, err);
    if (st == VT_OK) st = enthalpy(&d, err);
    if (st == VT_OK && !a->told && !b->told && !(d.h.linear > 0.0 && d.h.quadratic > 0.0))
        return vt_fail(err, VT_EMISMATCH,
                       "the first releases nothing (%.3g J/g) over a baseline through both anchors; if the piece was "
                       "aged, number them by `scan`: 1 as made, 2 again",
                       1e-3 * d.h.linear);
    if (st == VT_OK) st = vti_release_report(run, &d, &value, &u, err);
    if (st == VT_OK) st = remember(run, a, value, u, err);
    return st == VT_OK ? vti_release_figure(run, &d, err) : st;
}

vt_status vti_piece_release(vti_calorimetry_run *run, size_t from, size_t to, vt_error *err)
{
    const vti_scan *pair[2];
    const int n = choose(run, from, to, pair);
    const char *name = run->scan[from].specimen;
    if (n == 0) return VT_OK;
    if (n == 1) return vti_release_paper(run, pair[0], err);
    const vti_scan *a = pair[0], *b = pair[1];
    const bool meant = a->told || b->told;
    if (!a->specific || !isfinite(a->q) || !b->specific || !isfinite(b->q))
        return vt_result_warn(run->result, err, "W_NO_ENTHALPY", "%s%sno relaxation_enthalpy: %s not known", name,
                              name[0] ? ": " : "", a->specific && b->specific ? "the rate is" : "the mass is");
    vt_error why = {0};
    const vt_status st = two(run, a, b, &why);
    if (st == VT_OK) return VT_OK;
    if (meant || st == VT_EMEMORY) {
        if (err) *err = why;
        return st;
    }
    /* Nobody said that these two heatings are to be compared. */
    return vt_result_warn(run->result, err, "W_NO_ENTHALPY", "%s%s%s and %s give no relaxation_enthalpy: %s", name,
                          name[0] ? ": " : "", a->label, b->label, why.msg);
}
