/* Scans of one piece whose temperatures do not belong together: a unit, a programme or a calibration that only one of
 * them has. What the second shows about its glass transition, the first shows elsewhere. */
#include "release_internal.h"
#include <math.h>

/* The slope of the second scan within this share of the temperature about its edge is looked for in the first, so far
 * away; it is found elsewhere if it fits so much better there than here, and explains so much of itself. What a piece
 * was made by and how it aged moves its edge by a few K as a rule (LEAST), and, where it was quenched within
 * milliseconds or grown from vapour, by some 30 K at most (MOST): in between, both are possible. */
static const double ABOUT = 0.06, REACH = 150.0, LEAST = 12.0, MOST = 35.0, BETTER = 0.4, TWICE = 0.5;
static const double CELSIUS = 273.15, NEAR = 15.0; /* K */

static double slope_at(const vti_scan *s, double T, size_t *k)
{
    while (*k > s->from && s->T[*k] > T) --*k;
    while (*k + 2 < s->to && s->T[*k + 1] < T) ++*k;
    const double x = (T - s->T[*k]) / (s->T[*k + 1] - s->T[*k]);
    return s->slope[*k] + x * (s->slope[*k + 1] - s->slope[*k]);
}

/* Mean square of slope of a at T + lag less slope of b at T, T within the window; *variance of b's own. INFINITY: the
 * window leaves a. */
static double misfit(const vti_scan *a, const vti_scan *b, vt_window w, double lag, double *variance)
{
    double sum = 0.0, s1 = 0.0, s2 = 0.0, n = 0.0;
    size_t k = a->from;
    if (w.low + lag < a->T[a->from] || w.high + lag > a->T[a->to - 1]) return INFINITY;
    for (size_t i = b->from; i < b->to; i++) {
        if (b->T[i] < w.low || b->T[i] > w.high) continue;
        const double d = slope_at(a, b->T[i] + lag, &k) - b->slope[i];
        sum += d * d;
        s1 += b->slope[i];
        s2 += b->slope[i] * b->slope[i];
        n += 1.0;
    }
    *variance = n > 0.0 ? s2 / n - (s1 / n) * (s1 / n) : 0.0;
    return n > 0.0 ? sum / n : INFINITY;
}

/* Whether the first scan has a rise of its own at that of the second, half as steep at least. A piece that was quenched
 * and aged rises twice: early, by what it aged, and at its transition. */
static bool rises_here(const vti_scan *a, const vti_scan *b)
{
    const double T = b->edge.inflection, least = b->edge.base + TWICE * (b->edge.peak - b->edge.base);
    for (size_t i = a->from + 1; i + 1 < a->to; i++) {
        if (!(fabs(a->T[i] - T) < LEAST && a->slope[i] > least)) continue;
        bool inside = false;
        for (size_t k = 0; k < a->npeaks; k++) inside = inside || (i >= a->peak[k].from && i <= a->peak[k].to);
        if (!inside && a->slope[i] >= a->slope[i - 1] && a->slope[i] >= a->slope[i + 1]) return true;
    }
    return false;
}

/* Lag of the first scan; 0 where none is better than none. */
static double lag_of(const vti_scan *a, const vti_scan *b)
{
    if (!b->has_edge || a->to - a->from < 8) return 0.0;
    const double T = b->edge.inflection;
    const vt_window w = {fmax(T * (1.0 - ABOUT), b->T[b->from]), fmin(T * (1.0 + ABOUT), b->T[b->to - 1])};
    double variance = 0.0, best = INFINITY, lag = 0.0;
    const double here = misfit(a, b, w, 0.0, &variance);
    for (int k = -(int)REACH; k <= (int)REACH; k++) {
        const double there = misfit(a, b, w, (double)k, &variance);
        if (!(there < best)) continue;
        best = there;
        lag = (double)k;
    }
    const bool elsewhere = fabs(lag) >= LEAST && best < BETTER * here && best < BETTER * variance;
    return elsewhere && !rises_here(a, b) ? lag : 0.0;
}

static vt_status apart(const vti_calorimetry_run *run, const vti_scan *a, const vti_scan *b, double lag, vt_error *err)
{
    return vt_result_warn(
        run->result, err, "W_SHIFT",
        "%s%sthe glass transition of the second scan, at %.1f K, lies at %.1f K in the first: a piece "
        "that was quenched, aged or grown can do that, and so can a wrong unit, temperature_offset, "
        "calibration or programme of one of them",
        a->specimen, a->specimen[0] ? ": " : "", b->edge.inflection, b->edge.inflection + lag);
}

vt_status vti_release_shift(const vti_calorimetry_run *run, const vti_scan *a, const vti_scan *b, vt_error *err)
{
    const char *path = vt_table_path(b->table);
    const double begin = a->T[a->from] - b->T[b->from], end = a->T[a->to - 1] - b->T[b->to - 1];
    if (fabs(fabs(begin) - CELSIUS) < NEAR && fabs(fabs(end) - CELSIUS) < NEAR)
        return vt_fail_at(err, VT_EMISMATCH, path, 0, 0,
                          "the scans go from %.1f to %.1f K and from %.1f to %.1f K, 273 K apart: the temperature of "
                          "one of them is in degC and called K, or the other way round; set its unit right",
                          a->T[a->from], a->T[a->to - 1], b->T[b->from], b->T[b->to - 1]);
    const double lag = lag_of(a, b);
    if (!(fabs(lag) > 0.0)) return VT_OK;
    if (fabs(lag) < MOST) return apart(run, a, b, lag, err);
    return vt_fail_at(err, VT_EMISMATCH, path, 0, 0,
                      "the scans are shifted against each other by %.0f K: the glass transition of the second, at %.1f "
                      "K, lies at %.1f K in the first; unit, temperature_offset, calibration or programme of one of "
                      "them is wrong, or they are of two alloys",
                      lag, b->edge.inflection, b->edge.inflection + lag);
}
