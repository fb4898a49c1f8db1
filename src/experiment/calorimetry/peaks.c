/* Peaks of a scan: melting, freezing, crystallization; their enthalpy over a straight baseline. */
#include "calorimetry_internal.h"
#include "experiment/experiment_internal.h"
#include <math.h>
#include <stdio.h>

/* The baseline begins this many widths of the peak outside of it, as far as no step or other peak is there. */
static const double MARGIN = 1.0;

typedef struct area {
    double low, high;     /* K: ends of the baseline */
    double y_low, y_high; /* heat flow there, endothermic up */
    double heat;          /* taken up: J or J/kg */
    double onset, apex;   /* K */
} area;

static double y_at(const vti_scan *s, double T)
{
    size_t i = 1;
    while (i + 1 < s->n && s->T[i] < T) i++;
    return s->direction * vti_scan_mean(s, i, 0, s->n);
}

/* Heat over the baseline. In time where the record has it, since temperature need not rise evenly during a peak. */
static double heat_of(const vti_scan *s, const area *a)
{
    const double *T = vti_bound_numbers(s->table, "temperature"), *time = vti_bound_numbers(s->table, "time");
    const double *y = vti_bound_numbers(s->table, s->specific ? "specific_heat_flow" : "heat_flow");
    if (!y) y = vti_bound_numbers(s->table, "heat_flow");
    double sum = 0.0, last_x = NAN, last_h = NAN;
    bool inside = false, over = false;
    const double first = s->direction > 0 ? a->low : a->high, end = s->direction > 0 ? a->high : a->low;
    for (size_t i = 0; i < s->rows && !over; i++) {
        const size_t r = s->row[i];
        const double at = vti_scan_temperature(s, T[r]);
        inside = inside || s->direction * (at - first) >= 0.0;
        over = s->direction * (at - end) > 0.0;
        if (!inside || over) continue;
        const double base = a->y_low + (a->y_high - a->y_low) * (at - a->low) / (a->high - a->low);
        const double h = vti_scan_flow(s, at, y[r]) - base, x = time ? time[r] : at / s->q;
        if (isfinite(last_x) && isfinite(h)) sum += 0.5 * (x - last_x) * (h + last_h);
        if (!isfinite(h)) continue;
        last_x = x;
        last_h = h;
    }
    return sum;
}

/* The steepest place of the flank that the scan meets first, and where its tangent leaves the baseline. */
static double onset_of(const vti_scan *s, const vt_peak *p, const area *a)
{
    size_t i = p->apex;
    for (size_t k = s->direction > 0 ? p->from : p->apex; k < (s->direction > 0 ? p->apex : p->to); k++)
        if (fabs(s->fine[k]) > fabs(s->fine[i])) i = k;
    const double slope = s->direction * s->fine[i], base_slope = (a->y_high - a->y_low) / (a->high - a->low);
    const double over = s->direction * s->y[i] - a->y_low - base_slope * (s->T[i] - a->low);
    return fabs(slope - base_slope) > 0.0 ? s->T[i] - over / (slope - base_slope) : s->T[i];
}

static area area_of(const vti_scan *s, const vt_peak *p, double margin)
{
    const double width = s->T[p->to] - s->T[p->from];
    area a = {.apex = s->T[p->apex],
              .low = fmax(s->T[p->from] - margin * width, s->T[s->from]),
              .high = fmin(s->T[p->to] + margin * width, s->T[s->to - 1])};
    for (size_t k = 0; k < s->npeaks; k++) {
        if (s->peak[k].to < p->from) a.low = fmax(a.low, s->T[s->peak[k].to]);
        if (s->peak[k].from > p->to) a.high = fmin(a.high, s->T[s->peak[k].from]);
    }
    if (s->has_step && s->step.end < s->T[p->from]) a.low = fmax(a.low, s->step.end);
    if (s->has_step && s->step.onset > s->T[p->to]) a.high = fmin(a.high, s->step.onset);
    if (vti_window_is_set(&s->par.peak_window)) {
        a.low = s->par.peak_window.x[0];
        a.high = s->par.peak_window.x[1];
    }
    a.y_low = y_at(s, a.low);
    a.y_high = y_at(s, a.high);
    a.heat = heat_of(s, &a);
    a.onset = onset_of(s, p, &a);
    return a;
}

static vt_status temperature(const vti_calorimetry_run *run, const vti_scan *s, const char *name, const char *symbol,
                             const char *method, const char *which, double T, double u, vt_error *err)
{
    vti_scan_value v = {.name = name, .symbol = symbol, .unit = "K", .method = method, .value = T, .detail = which};
    vti_scan_budget(&v, "choice of the baseline", "", 'B', u, 1.0);
    vti_scan_budget(&v, "scale of temperature", "temperature scale", 'B', vti_scan_temperature_u(s, T), 1.0);
    return vti_scan_emit(run, s, &v, err);
}

static vt_status report(vti_calorimetry_run *run, vti_scan *s, const vt_peak *p, size_t index, bool crystal,
                        vt_error *err)
{
    const area a = area_of(s, p, MARGIN), near = area_of(s, p, 0.5 * MARGIN), far = area_of(s, p, 1.5 * MARGIN);
    const double u_onset = 0.5 * fabs(far.onset - near.onset), u_heat = 0.5 * fabs(far.heat - near.heat);
    const int endo = p->sign * s->direction;
    char which[32];
    snprintf(which, sizeof which, "peak %zu, %s", index + 1, endo > 0 ? "endothermic" : "exothermic");
    if (crystal && !isfinite(s->T_x)) {
        s->T_x = a.onset;
        s->H_x = -a.heat;
        s->u_T_x = u_onset;
    }
    vt_status st = temperature(run, s, crystal ? "crystallization_onset" : "peak_onset", crystal ? "T_x" : "T_on",
                               "tangent of the flank and baseline", which, a.onset, u_onset, err);
    if (st == VT_OK)
        st = temperature(run, s, "peak_temperature", "T_p", "farthest from the baseline", which, a.apex, 0.0, err);
    if (st != VT_OK) return st;
    if (!isfinite(s->q) && !vti_bound_numbers(s->table, "time"))
        return vt_result_warn(run->result, err, "W_NO_ENTHALPY",
                              "%s%s%s, %s: no enthalpy, as neither time nor rate is known; set heating_rate",
                              s->specimen, s->specimen[0] ? ", " : "", s->label, which);
    vti_scan_value v = {.name = crystal ? "crystallization_enthalpy" : "peak_enthalpy",
                        .symbol = crystal ? "dH_x" : "dH",
                        .unit = s->specific ? "J kg-1" : "J",
                        .method = "released, over a straight baseline between the ends of the peak",
                        .value = -a.heat,
                        .detail = which};
    vti_scan_budget(&v, "choice of the baseline", "", 'B', u_heat, 1.0);
    vti_scan_shared(s, &v);
    return vti_scan_emit(run, s, &v, err);
}

vt_status vti_scan_peaks(vti_calorimetry_run *run, vti_scan *s, vt_error *err)
{
    for (size_t k = 0; k < s->npeaks; k++) {
        const vt_peak *p = &s->peak[k];
        const bool crystal = s->direction > 0 && p->sign < 0 && !(s->T[p->apex] < s->glass);
        const vt_status st = report(run, s, p, k, crystal, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}
