/* What runs of standards tell: corrections of temperature, thermal resistance, factor of heat flow. */
#include "experiment/experiment_internal.h"
#include "standards_internal.h"
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An onset comes again to this (assumed, as makers state it); without a second substance the correction is taken as
 * even to this for each kelvin away. */
static const double AGAIN = 0.1, EVEN = 0.002; /* K, 1 */

/* The only heating among scans; E_RANGE_T: none. */
static vt_status heating(vti_scan *scan, size_t n, const char *name, vti_scan **out, vt_error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (scan[i].direction < 0) continue;
        *out = &scan[i];
        if (isfinite(scan[i].q)) return VT_OK;
        return vt_fail_at(err, VT_EKEY, vt_table_path(scan[i].table), 0, 0,
                          "the rate of the run of %s is not known; give time, or heating_rate", name);
    }
    return vt_fail_at(err, VT_ERANGE_T, n > 0 ? vt_table_path(scan[0].table) : "", 0, 0, "no heating in the run of %s",
                      name);
}

/* Readings of a run in ascending temperature; one that is not hotter than that before is left out. */
static size_t readings(const vti_scan *s, double *T, double *y)
{
    const double *seen = vti_bound_numbers(s->table, "temperature"), *flow = vti_bound_numbers(s->table, "heat_flow");
    const double mass = s->specific && isfinite(s->par.mass) ? s->par.mass : 1.0;
    size_t n = 0;
    if (!flow) flow = vti_bound_numbers(s->table, "specific_heat_flow");
    for (size_t i = 0; i < s->rows; i++) {
        const double at = vti_scan_temperature(s, seen[s->row[i]]);
        if (n > 0 && !(at > T[n - 1])) continue;
        T[n] = at;
        y[n++] = s->scale * mass * flow[s->row[i]];
    }
    return n;
}

/* "indium", and of its next runs "indium 2". */
static void label(const vti_standards *k, const char *name, char out[VT_NAME])
{
    const size_t length = strlen(name);
    size_t n = 1;
    for (size_t i = 0; i < k->melts; i++) {
        const char *other = k->melt[i].name;
        n += strncmp(other, name, length) == 0 && (!other[length] || other[length] == ' ');
    }
    if (n > 1)
        snprintf(out, VT_NAME, "%.40s %zu", name, n);
    else
        snprintf(out, VT_NAME, "%.40s", name);
}

static vt_status melting(vti_calorimetry_run *run, double T_m, const char *name, const vti_scan *s, vt_error *err)
{
    vti_standards *k = &run->std;
    if (k->melts == VTI_MELTS)
        return vt_fail(err, VT_ELIMIT, "more than %d runs of what melts: leave some out", VTI_MELTS);
    double *T = malloc(2 * s->rows * sizeof *T);
    if (!T) return vt_fail(err, VT_EMEMORY, "no memory for %zu readings", s->rows);
    double *y = T + s->rows;
    const size_t n = readings(s, T, y);
    vti_melt m = {.T_m = T_m, .q = s->q};
    label(k, name, m.name);
    vt_status st = vt_melting_edge_find(n, T, y, &m.edge, err);
    if (st != VT_OK) {
        st = vt_error_place(err, vt_table_path(s->table), 0);
    } else if (!(fabs(m.edge.onset - T_m) < 50.0)) {
        st = vt_fail_at(
            err, VT_ECAL, vt_table_path(s->table), 0, 0,
            "the record of %s melts at %.2f K, %.1f K away from its melting temperature, %.2f K: is it another "
            "substance, or the unit of temperature degC for K?",
            name, m.edge.onset, m.edge.onset - T_m, T_m);
    } else {
        m.tau = m.edge.lag > 0.0 ? m.edge.lag / s->q - s->par.thermal_lag : (double)NAN;
        m.u = hypot(hypot(m.edge.u_onset, m.edge.u_onset_window / sqrt(3.0)), AGAIN);
        k->melt[k->melts++] = m;
        st = vti_standard_report_melting(run, &m, T, y, n, err);
    }
    free(T);
    return st;
}

/* Rate and lag of the calibrants. An onset is seen later the faster the run, those of scans at other rates, too. */
static void delay(vti_standards *k)
{
    double n = 0.0;
    for (size_t i = 0; i < k->melts; i++) {
        k->q += k->melt[i].q / (double)k->melts;
        n += isfinite(k->melt[i].tau);
    }
    k->timed = n > 0.0;
    for (size_t i = 0; i < k->melts; i++)
        if (isfinite(k->melt[i].tau)) k->tau += k->melt[i].tau / n;
}

/* Onset of a run at rest. */
static double onset(const vti_standards *k, const vti_melt *m)
{
    return m->edge.onset - k->tau * m->q;
}

void vti_standards_scale(vti_standards *k, double gain_u)
{
    double w = 0.0, sT = 0.0, sd = 0.0, sTT = 0.0, sTd = 0.0, sr = 0.0, su = 0.0, sb = 0.0;
    const double n = (double)k->melts;
    delay(k);
    for (size_t i = 0; i < k->melts; i++) {
        const vti_melt *m = &k->melt[i];
        const double p = 1.0 / (m->u * m->u);
        w += p;
        sT += p * onset(k, m);
        sd += p * (m->T_m - onset(k, m));
        sr += 1.0 / m->edge.slope / n;
        sb += m->edge.base / n;
        su += hypot(m->edge.u_slope, m->edge.u_slope_window / sqrt(3.0)) / (m->edge.slope * m->edge.slope) / n;
    }
    k->T0 = sT / w;
    k->a = sd / w;
    k->u_a = 1.0 / sqrt(w);
    for (size_t i = 0; i < k->melts; i++) {
        const vti_melt *m = &k->melt[i];
        const double t = onset(k, m) - k->T0, p = 1.0 / (m->u * m->u);
        sTT += p * t * t;
        sTd += p * t * (m->T_m - onset(k, m) - k->a);
    }
    /* Two substances at one temperature tell no slope. */
    const bool line = k->melts > 1 && sTT > w * 1.0;
    k->b = line ? sTd / sTT : 0.0;
    k->u_b = line ? 1.0 / sqrt(sTT) : EVEN;
    k->R = sr;
    k->u_R = hypot(su, gain_u * sr);
    k->base = sb;
}

/* Least squares parabola through the factor at the bins; the relative scatter about it in *s. */
static bool parabola(const vti_scan *s, const double *factor, vti_standards *k, double *scatter)
{
    double A[9] = {0}, b[3] = {0}, rss = 0.0, n = 0.0;
    const double scale = 0.5 * (k->high - k->low);
    for (size_t i = s->from; i < s->to; i++) {
        const double x = (s->T[i] - k->T_c) / scale, p[3] = {1.0, x, x * x};
        if (!isfinite(factor[i])) continue;
        n += 1.0;
        for (int r = 0; r < 3; r++) {
            b[r] += p[r] * factor[i];
            for (int c = 0; c < 3; c++) A[3 * r + c] += p[r] * p[c];
        }
    }
    gsl_matrix_view m = gsl_matrix_view_array(A, 3, 3);
    gsl_vector_view v = gsl_vector_view_array(b, 3);
    if (!(n > 24.0) || gsl_linalg_cholesky_decomp1(&m.matrix) || gsl_linalg_cholesky_svx(&m.matrix, &v.vector))
        return false;
    for (int r = 0; r < 3; r++) k->c[r] = b[r] / pow(scale, r);
    for (size_t i = s->from; i < s->to; i++)
        if (isfinite(factor[i])) rss += pow(factor[i] - vti_standards_factor(k, s->T[i]), 2.0);
    *scatter = sqrt(rss / (n - 3.0)) / fabs(k->c[0]) * sqrt(3.0 / n);
    return true;
}

/* Factor at every bin; NaN where the heat capacity is not known. */
static vt_status sapphire(vti_calorimetry_run *run, vti_scan *s, vt_error *err)
{
    vti_standards *k = &run->std;
    const char *path = vt_table_path(s->table);
    double *factor = run->work, scatter;
    if (!k->has_pan)
        return vt_fail_at(err, VT_EREFERENCE, path, 0, 0,
                          "sapphire tells the gain only with a run of the empty pan at the same rate; give that, too");
    if (k->has_gain) return vt_fail_at(err, VT_EREFERENCE, path, 0, 0, "a second run of sapphire: give one");
    if (!s->specific) return vt_fail_at(err, VT_EKEY, path, 0, 0, "the mass of the sapphire is not known; give mass");
    k->low = s->T[s->from];
    k->high = s->T[s->to - 1];
    k->T_c = 0.5 * (k->low + k->high);
    for (size_t i = s->from; i < s->to; i++) {
        double c;
        const bool known = vt_sapphire_heat_capacity(s->T[i], &c, NULL) == VT_OK;
        factor[i] = known ? c * s->q / s->y[i] : (double)NAN;
    }
    if (!parabola(s, factor, k, &scatter) || !(k->c[0] > 0.0))
        return vt_fail_at(err, VT_ECAL, path, 0, 0,
                          "sapphire takes up no more heat than the empty pan: no factor of heat flow; are the files "
                          "exchanged, or the sign of one of them?");
    if (!(k->c[0] > 0.2 && k->c[0] < 5.0))
        return vt_fail_at(
            err, VT_EUNITS, path, 0, 0,
            "heat flow would have to be taken %.4g times: is the mass of the sapphire (%.4g mg) or the unit "
            "of heat flow wrong?",
            k->c[0], 1e6 * s->par.mass);
    k->has_gain = true;
    if (!vti_is_among(run->job->given, VTI_CALORIMETRY_PARAMS, "gain_u")) {
        /* Of the parabola's middle, where heat flow of the sapphire is mass times mean of y. */
        const double flow = s->par.mass * s->fit[(s->from + s->to) / 2];
        k->u_gain = hypot(hypot(scatter, VT_SAPPHIRE_U), hypot(s->par.mass_u, sqrt(2.0) * s->par.zero_u / flow));
        run->gain_u = k->u_gain;
    }
    return vti_standard_report_sapphire(run, s, factor, err);
}

vt_status vti_standard_take(vti_calorimetry_run *run, vti_standard_kind kind, double T_m, const char *name,
                            vti_scan *scan, size_t n, vt_error *err)
{
    vti_scan *s = NULL;
    const vt_status st = heating(scan, n, name, &s, err);
    if (st != VT_OK) return st;
    if (kind == VTI_MELTING) return melting(run, T_m, name, s, err);
    if (kind == VTI_SAPPHIRE) return sapphire(run, s, err);
    const char *path = vt_table_path(s->table);
    if (run->std.has_pan) return vt_fail_at(err, VT_EREFERENCE, path, 0, 0, "a second run of the empty pan: give one");
    if (s->specific)
        return vt_fail_at(err, VT_EUNITS, path, 0, 0,
                          "heat flow of the empty pan per mass: it has none; export it in mW");
    run->std.pan = *s;
    run->std.has_pan = true;
    s->T = NULL;
    s->row = NULL;
    return VT_OK;
}
