/* Properties of the enthalpy that a piece releases: both baselines, per mole, sub-peaks, the drawn baseline. */
#include "release_internal.h"
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include <math.h>
#include <stdio.h>
#include <vitrum/smooth.h>

static vti_scan_value enthalpy(const char *name, const char *method, double value, double noise)
{
    vti_scan_value v = {.name = name,
                        .symbol = "dH_rel",
                        .unit = "J kg-1",
                        .reading = "physics",
                        .method = method,
                        .value = value,
                        .whole = true};
    vti_scan_budget(&v, "noise", "", 'A', noise, 1.0);
    return v;
}

static vti_scan_value linear_value(const vti_difference *d)
{
    const double bend = d->h.quadratic - d->h.linear;
    vti_scan_value v =
        enthalpy("relaxation_enthalpy_linear", "first less second scan, straight line through both anchors",
                 d->h.linear, d->h.u_linear);
    /* Rectangular between the two baselines, with what the noise makes of their difference: covers small bends, 0.95 at
     * up to 0.6 mW/g over (100 K)^2, and is not too wide without any. */
    vti_scan_budget(&v, "curvature of the baseline", "", 'B', hypot(bend, d->h.difference_u) / sqrt(3.0), 1.0);
    vti_scan_budget(&v, "choice of the anchors", "", 'B', d->u_linear_window, 1.0);
    return v;
}

static vti_scan_value quadratic_value(const vti_difference *d)
{
    const double bend = d->h.quadratic - d->h.linear;
    vti_scan_value v =
        enthalpy("relaxation_enthalpy_quadratic", "first less second scan, parabola through both anchors",
                 d->h.quadratic, d->h.u_quadratic);
    vti_scan_budget(&v, "baseline other than a parabola", "", 'B', 0.1 * bend, 1.0);
    vti_scan_budget(&v, "choice of the anchors", "", 'B', d->u_quadratic_window, 1.0);
    return v;
}

/* What glasses store, P21; less than nothing: an aged one. */
static vt_status in_range(const vti_calorimetry_run *run, const vti_scan *s, double H, vt_error *err)
{
    const char *name = s->specimen, *colon = name[0] ? ": " : "";
    if (H >= 100.0 && H <= 2000.0) return VT_OK;
    if (H < 0.0 && H >= -2000.0)
        return vt_result_warn(run->result, err, "W_ENTHALPY_RANGE",
                              "%s%s%.3g kJ/mol: the piece stored less than after its first scan, as an aged glass "
                              "does; if it was not aged, look at the order of the scans and at the baseline",
                              name, colon, 1e-3 * H);
    return vt_result_warn(run->result, err, "W_ENTHALPY_RANGE",
                          "%s%s%.3g kJ/mol lies outside 0.1 to 2 kJ/mol, which glasses store: look at mass, molar mass "
                          "and baseline",
                          name, colon, 1e-3 * H);
}

static vt_status molar(const vti_calorimetry_run *run, const vti_scan *s, const vti_scan_value *of, vt_error *err)
{
    vti_scan_value v = *of;
    const double M = run->molar_mass, H = M * of->value;
    if (!isfinite(M)) return VT_OK;
    v.name = "molar_relaxation_enthalpy";
    v.symbol = "dH_rel";
    v.unit = "J mol-1";
    v.value = H;
    for (size_t k = 0; k < v.nbudget; k++) v.budget[k].c *= M;
    const vt_status st = vti_scan_emit(run, s, &v, err);
    return st == VT_OK ? in_range(run, s, H, err) : st;
}

/* Sub-peaks: the release over the baseline, smoothed, split at its lowest places between its maxima. */
typedef struct sub_peak {
    double low, high, top, heat, at; /* K, K, J/(kg K), J/kg, K */
} sub_peak;

static size_t split(const vti_difference *d, const double *r, double noise, sub_peak *out, size_t capacity)
{
    size_t n = 0;
    double valley = INFINITY, T_valley = d->w1.high, most = 0.0;
    bool rising = true;
    for (size_t i = 0; i < d->n; i++)
        if (d->T[i] > d->w1.high && d->T[i] < d->w2.low) most = fmax(most, r[i]);
    const double least = fmax(0.05 * most, 5.0 * noise);
    sub_peak p = {.low = d->w1.high, .top = -INFINITY};
    for (size_t i = 0; i < d->n; i++) {
        if (!(d->T[i] > d->w1.high && d->T[i] < d->w2.low)) continue;
        if (rising && r[i] > p.top) {
            p.top = r[i];
            p.at = d->T[i];
        }
        if (rising && p.top > least && r[i] < 0.85 * p.top) {
            rising = false;
            valley = INFINITY;
        }
        if (!rising && r[i] < valley) {
            valley = r[i];
            T_valley = d->T[i];
        }
        if (!rising && r[i] > valley + fmax(0.15 * p.top, least) && n + 1 < capacity) {
            p.high = T_valley;
            out[n++] = p;
            p = (sub_peak){.low = T_valley, .top = r[i], .at = d->T[i]};
            rising = true;
        }
    }
    p.high = d->w2.low;
    if (p.top > least) out[n++] = p;
    return n;
}

static vt_status sub_peaks(const vti_calorimetry_run *run, const vti_difference *d, double value, double u,
                           vt_error *err)
{
    double *fit = run->work + 2 * VTI_SCAN_BINS, least;
    const double *c = d->bent ? d->h.parabola : d->h.line;
    const vt_smooth_curve curve = {.fit = fit};
    vt_status st = vt_smooth_least(d->n, d->T, 8, &least, err);
    if (st == VT_OK)
        st = vt_smooth_quadratic(d->n, d->T, d->d, fmax(2.0 * least, 0.015 * d->w2.low), &curve, NULL, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < d->n; i++) {
        const double t = d->T[i] - d->h.T0;
        fit[i] = c[0] + t * (c[1] + t * c[2]) - fit[i];
    }
    sub_peak p[6];
    const size_t n = split(d, fit, d->h.s, p, 6);
    for (size_t k = 0; k < n && st == VT_OK && n > 1; k++) {
        char which[64];
        double heat = 0.0;
        for (size_t i = 0; i + 1 < d->n; i++)
            if (d->T[i] >= p[k].low && d->T[i + 1] <= p[k].high)
                heat += 0.5 * (fit[i] + fit[i + 1]) * (d->T[i + 1] - d->T[i]);
        snprintf(which, sizeof which, "%zu at %d degC", k + 1, (int)rint(p[k].at - 273.15));
        vti_scan_value v = {.name = "relaxation_peak_enthalpy",
                            .symbol = "dH_k",
                            .unit = "J kg-1",
                            .method = "part of the release between the lowest places beside the maximum",
                            .value = heat,
                            .whole = true,
                            .detail = which};
        vti_scan_budget(&v, "baseline and noise, as of the whole", "", 'B', u, heat / value);
        vti_scan_shared(d->first, &v);
        st = vti_scan_emit(run, d->first, &v, err);
    }
    return st;
}

static vt_status emit_drawn(const vti_calorimetry_run *run, const vti_scan *s, const char *method, double value,
                            double u, vt_error *err)
{
    vti_scan_value v = {.name = "relaxation_enthalpy",
                        .symbol = "dH_rel",
                        .unit = "J kg-1",
                        .reading = "paper",
                        .method = method,
                        .value = value,
                        .whole = true};
    vti_scan_budget(&v, "drawn baseline", "", 'B', u, 1.0);
    vti_scan_shared(s, &v);
    return vti_scan_emit(run, s, &v, err);
}

vt_status vti_release_report(vti_calorimetry_run *run, const vti_difference *d, double *value, double *u, vt_error *err)
{
    vti_scan_value line = linear_value(d), parabola = quadratic_value(d), best = d->bent ? parabola : line;
    const double own = vti_budget_u(best.nbudget, best.budget);
    *value = best.value;
    vti_scan_shared(d->first, &line);
    vti_scan_shared(d->first, &parabola);
    vti_scan_shared(d->first, &best);
    *u = hypot(own, d->first->par.mass_u * best.value);
    best.name = "relaxation_enthalpy";
    vt_status st = vti_scan_emit(run, d->first, &best, err);
    if (st == VT_OK) st = vti_scan_emit(run, d->first, &line, err);
    if (st == VT_OK) st = vti_scan_emit(run, d->first, &parabola, err);
    if (st == VT_OK) st = molar(run, d->first, &best, err);
    if (st == VT_OK) st = vti_release_fictive(run, d, best.value, own, err);
    if (st == VT_OK && best.value > 2.0 * own) st = sub_peaks(run, d, best.value, own, err);
    if (st == VT_OK) st = vti_release_sanity(run, d, best.value, err);
    if (st == VT_OK && d->bent)
        st = vt_result_warn(
            run->result, err, "W_CURVATURE",
            "%s%sthe baseline is bent: %.3g J/g by a straight line, %.3g J/g by a parabola, which counts",
            d->first->specimen, d->first->specimen[0] ? ": " : "", 1e-3 * d->h.linear, 1e-3 * d->h.quadratic);
    double drawn, u_drawn;
    /* What the rise of the heat capacity opens below the chord is no exotherm; an aged glass has none. */
    if (st != VT_OK || !(best.value > 0.0) ||
        !vti_release_drawn(d->first, d->second->has_step ? d->second : d->first, &drawn, &u_drawn) ||
        !(drawn > 2.0 * u_drawn))
        return st;
    return emit_drawn(run, d->first, "area under the exotherm of the first scan alone, drawn baseline", drawn, u_drawn,
                      err);
}

/* What lies below a chord from line to the smoothed curve at `end`, over the rate; J/kg. */
static double below_chord(const vti_scan *s, const vt_base_line *line, double end)
{
    double sum = 0.0, y_end = NAN;
    for (size_t i = s->from; i < s->to; i++)
        if (s->T[i] <= end) y_end = s->fit[i];
    const double y0 = vt_base_line_at(line, line->T0), slope = (y_end - y0) / (end - line->T0);
    for (size_t i = s->from; i + 1 < s->to; i++)
        if (s->T[i] >= line->T0 && s->T[i + 1] <= end)
            sum += (y0 + slope * (s->T[i] - line->T0) - s->y[i]) * (s->T[i + 1] - s->T[i]);
    return sum / s->q;
}

/* The chord goes from the line of the window below all relaxation to the onset of the glass transition. There the heat
 * capacity rises already, which opens an area below the chord where nothing is released: what becomes of the area when
 * the chord ends as far below the onset as the midpoint lies above it is its uncertainty. */
bool vti_release_drawn(const vti_scan *s, const vti_scan *by, double *value, double *u)
{
    if (!by->has_step || !s->specific || !isfinite(s->q)) return false;
    const double end = by->step.onset, low = fmax(s->T[s->from], by->step.midpoint - 200.0);
    vt_base_line line;
    if (vt_base_line_fit(s->n, s->T, s->y, (vt_window){low, fmin(low + 40.0, end - 40.0)}, &line, NULL) != VT_OK)
        return false;
    *value = below_chord(s, &line, end);
    *u = fabs(*value - below_chord(s, &line, 2.0 * end - by->step.midpoint));
    return *value > 0.0;
}

vt_status vti_release_paper(vti_calorimetry_run *run, const vti_scan *s, vt_error *err)
{
    double value, u;
    if (s->told && s->specific && isfinite(s->q) && !s->has_step)
        return vt_result_warn(run->result, err, "W_ONE_SCAN",
                              "%s%sone heating only, without a glass transition that its baseline could end at: no "
                              "relaxation_enthalpy; heat the same piece again",
                              s->specimen, s->specimen[0] ? ": " : "");
    if (!s->has_step || !s->specific || !isfinite(s->q) || !vti_release_drawn(s, s, &value, &u)) return VT_OK;
    if (!(value > 2.0 * u))
        return vt_result_warn(
            run->result, err, "W_ONE_SCAN",
            "%s%sone heating only, and no exotherm stands out of its drawn baseline (%.3g J/g, %.2g of "
            "it by where the baseline ends): no relaxation_enthalpy; heat the same piece again",
            s->specimen, s->specimen[0] ? ": " : "", 1e-3 * value, u / value);
    const vt_status st = emit_drawn(run, s, "area under the exotherm of one scan over a drawn baseline", value, u, err);
    if (st != VT_OK) return st;
    return vt_result_warn(
        run->result, err, "W_ONE_SCAN",
        "%s%sone heating only: its enthalpy is an area over a drawn baseline, which counts the rise of "
        "the heat capacity twice; heat the same piece again",
        s->specimen, s->specimen[0] ? ": " : "");
}
