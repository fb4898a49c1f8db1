/* A scan before anything is read off it: smoothed, without its transients, its peaks known. */
#include "calorimetry_internal.h"
#include "stats/quantile_internal.h"
#include <math.h>
#include <string.h>
#include <vitrum/smooth.h>

/* Bandwidths: of the glass transition 1.5 % of the temperature, of peaks 1/200 of the scan; 4 other bins at least. */
static const double BROAD = 0.015, NARROW = 1.0 / 200.0;

/* A peak is so many times as high as the scatter of a bin; its flank goes on below what is told of it by this share of
 * it: that of a normal curve, told from 3.4 standard deviations on, to 3.8. */
static const double HIGH = 5.0, FLANK = 0.12;

bool vti_window_is_set(const vt_list *window)
{
    return window->n == 2;
}

/* Bin k from an end. */
static size_t counted(const vti_scan *s, bool at_end, size_t k)
{
    return at_end ? s->n - 1 - k : k;
}

/* Steepest departure from the base slope among bins a ... b - 1. */
static double steepest(const vti_scan *s, size_t a, size_t b, double base)
{
    double most = 0.0;
    for (size_t i = a; i < b; i++) most = fmax(most, fabs(s->fine[i] - base));
    return most;
}

/* Bins at an end before heat flow has settled: up to the last one, within an eighth of the scan, whose slope is beyond
 * 4 robust standard deviations of all; if it is three times as steep there as anywhere else, and heat flow does not
 * come back: else it is a step or a peak. */
static size_t transient(const vti_scan *s, bool at_end, double base, double sigma)
{
    const size_t first = counted(s, at_end, 0);
    const double reach = 0.125 * (s->T[s->n - 1] - s->T[0]);
    double most = 0.0, change = 0.0;
    size_t last = 0, k = 0;
    for (; k < s->n / 2 && fabs(s->T[counted(s, at_end, k)] - s->T[first]) < reach; k++) {
        const size_t i = counted(s, at_end, k);
        change = fabs(s->y[i] - s->y[first] - base * (s->T[i] - s->T[first]));
        most = fmax(most, change);
        if (fabs(s->fine[i] - base) > 4.0 * sigma) last = k + 1;
    }
    const double inside = steepest(s, k, s->n - k, base);
    const double outside = at_end ? steepest(s, s->n - k, s->n, base) : steepest(s, 0, k, base);
    /* At the hot end heat flow falls when the ramp begins or ends there: a rise is a glass transition. */
    const bool rises = at_end && k > 0 && s->y[first] > s->y[counted(s, true, k - 1)];
    return change > 0.5 * most && outside > 3.0 * inside && !rises ? last : 0;
}

static void cut_transients(vti_scan *s, double *scratch)
{
    memcpy(scratch, s->fine, s->n * sizeof *scratch);
    const double base = scratch[vti_order_quantile(scratch, s->n, 0.5)];
    for (size_t i = 0; i < s->n; i++) scratch[i] = fabs(s->fine[i] - base);
    const double sigma = 1.4826 * scratch[vti_order_quantile(scratch, s->n, 0.5)];
    s->from = transient(s, false, base, sigma);
    s->to = s->n - transient(s, true, base, sigma);
}

vt_status vti_scan_prepare(const vti_calorimetry_run *run, vti_scan *s, vt_error *err)
{
    double least;
    vt_smooth how = {0};
    if (s->n < 24)
        return vt_fail_at(err, VT_EDOF, vt_table_path(s->table), 0, 0,
                          "%zu different temperatures in a scan: 24 are needed", s->n);
    vt_status st = vt_smooth_least(s->n, s->T, 4, &least, err);
    if (st != VT_OK) return st;
    const double range = s->T[s->n - 1] - s->T[0];
    const double narrow = fmax(least, NARROW * range), broad = fmax(2.0 * least, BROAD * s->T[s->n / 2]);
    const vt_smooth_curve fine = {.slope = s->fine}, curve = {.fit = s->fit, .slope = s->slope};
    st = vt_smooth_quadratic(s->n, s->T, s->y, narrow, &fine, &how, err);
    s->noise = how.noise;
    if (st == VT_OK) st = vt_smooth_quadratic(s->n, s->T, s->y, broad, &curve, NULL, err);
    if (st != VT_OK) return st;
    cut_transients(s, run->work);
    const size_t n = s->to - s->from;
    s->npeaks = vt_peaks_find(n, s->T + s->from, s->y + s->from, s->fine + s->from, VTI_SCAN_PEAKS, s->peak, run->work);
    size_t high = 0;
    for (size_t k = 0; k < s->npeaks; k++) {
        vt_peak p = s->peak[k];
        p.from += s->from;
        p.to += s->from;
        p.apex += s->from;
        if (p.height > HIGH * s->noise) s->peak[high++] = p;
    }
    s->npeaks = high;
    return VT_OK;
}

double vti_scan_peak_begin(const vti_scan *s, const vt_peak *p)
{
    return s->T[p->from] - FLANK * (s->T[p->apex] - s->T[p->from]);
}

double vti_scan_mean(const vti_scan *s, size_t i, size_t from, size_t to)
{
    double sum = 0.0, n = 0.0;
    for (size_t k = i > from + 2 ? i - 2 : from; k < to && k <= i + 2; k++, n += 1.0) sum += s->y[k];
    return sum / n;
}

double vti_scan_fit(const vti_scan *s, double T)
{
    if (T < s->T[s->from] || T > s->T[s->to - 1]) return NAN;
    size_t a = s->from, b = s->to - 1;
    while (b - a > 1) {
        const size_t m = (a + b) / 2;
        if (s->T[m] > T)
            b = m;
        else
            a = m;
    }
    return s->fit[a] + (T - s->T[a]) / (s->T[b] - s->T[a]) * (s->fit[b] - s->fit[a]);
}
