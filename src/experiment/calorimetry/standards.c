/* Which tables are of standards, and what standards make of temperature and heat flow of a scan. */
#include "standards_internal.h"
#include "stats/quantile_internal.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/units.h>

/* ---- which ---- */

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The text of "file:text" in a list, whose end is *end; NULL: the file is not in it. */
static const char *listed(const char *list, const char *path, const char **end)
{
    const char *name = file_name(path);
    const size_t n = strlen(name);
    for (const char *p = list; *p; p = *end + (**end == ',')) {
        *end = p + strcspn(p, ",");
        while (p < *end && isspace((unsigned char)*p)) p++;
        if (n > 0 && (size_t)(*end - p) > n && strncmp(p, name, n) == 0 && p[n] == ':') return p + n + 1;
    }
    return NULL;
}

static const char *meta_standard(const vt_table *t)
{
    for (size_t i = 0; i < vt_table_metas(t); i++)
        if (strcmp(vt_table_meta(t, i).key, "standard") == 0) return vt_table_meta(t, i).text;
    return "";
}

static vt_status unknown(const vt_table *t, const char *text, vt_error *err)
{
    const char *const *names = NULL;
    char known[160] = "";
    vt_melting_point("", NULL, &names);
    for (size_t i = 0, used = 0; names[i] && used < sizeof known; i++)
        used += (size_t)snprintf(known + used, sizeof known - used, ", %s", names[i]);
    return vt_fail_at(
        err, VT_EREFERENCE, vt_table_path(t), 0, 0,
        "'%.60s' is no known standard; known are pan, sapphire%s, or NAME:TEMPERATURE as adamantane:208.62K", text,
        known);
}

vt_status vti_standard_of(const vti_calorimetry_run *run, const vt_table *t, vti_standard_kind *kind, double *T_m,
                          char name[VT_NAME], vt_error *err)
{
    const char *end = NULL, *set = listed(run->par->standards, vt_table_path(t), &end);
    char text[VT_NAME];
    snprintf(text, sizeof text, "%.*s", set ? (int)(end - set) : VT_NAME - 1, set ? set : meta_standard(t));
    char *T = strchr(text, ':');
    *kind = VTI_SPECIMEN;
    *T_m = NAN;
    if (!text[0]) return VT_OK;
    if (T) {
        *T++ = '\0';
        *kind = VTI_MELTING;
        if (vt_unit_read_value(T, "K", T_m, NULL, err) != VT_OK || !(*T_m > 0.0)) return unknown(t, T, err);
    } else if (strcmp(text, "pan") == 0 || strcmp(text, "empty_pan") == 0) {
        *kind = VTI_PAN;
    } else if (strcmp(text, "sapphire") == 0) {
        *kind = VTI_SAPPHIRE;
    } else if (vt_melting_point(text, T_m, NULL)) {
        *kind = VTI_MELTING;
    } else {
        return unknown(t, text, err);
    }
    memcpy(name, text, VT_NAME);
    return VT_OK;
}

vt_status vti_standards_known(const vti_calorimetry_run *run, vt_error *err)
{
    const char *end;
    for (const char *p = run->par->standards; *p; p = end + (*end == ',')) {
        bool found = false;
        const char *other;
        end = p + strcspn(p, ",");
        for (size_t i = 0; i < run->job->ntables; i++) {
            const char *at = listed(run->par->standards, vt_table_path(run->job->tables[i]), &other);
            found = found || (at && at > p && at < end);
        }
        if (!found)
            return vt_fail(err, VT_EREFERENCE,
                           "standards names '%.*s', which is none of the files; write FILE:pan, FILE:sapphire or "
                           "FILE:indium, with the file's name as given",
                           (int)(end - p), p);
    }
    return VT_OK;
}

/* ---- temperature ---- */

/* Of the lag of a scan by that of the calibrants at another rate (assumed: what melted decays, too). */
static const double LATE = 0.1;

double vti_scan_settled(const vti_scan *s, double calibrated)
{
    const vti_standards *k = s->std;
    const double T = calibrated - (isfinite(s->q) ? s->q * (s->par.thermal_lag + k->tau) : k->q * k->tau);
    return k->melts ? T + k->a + k->b * (T - k->T0) - s->lag : T;
}

double vti_scan_temperature(const vti_scan *s, double T)
{
    return vti_scan_settled(s, vti_scan_calibrated(&s->par, T));
}

double vti_scan_temperature_u(const vti_scan *s, double T)
{
    const vti_standards *k = s->std;
    if (k->melts == 0) return s->par.temperature_u;
    const double scale = hypot(k->u_a, k->u_b * (T - k->T0)),
                 late = isfinite(s->q) ? LATE * k->tau * (s->q - k->q) : 0.0;
    return hypot(hypot(scale, late), k->R > 0.0 ? s->lag * k->u_R / k->R : 0.0);
}

/* ---- heat flow ---- */

static double pan_at(const vti_scan *pan, double T)
{
    if (T < pan->T[pan->from] || T > pan->T[pan->to - 1]) return NAN;
    size_t a = pan->from, b = pan->to - 1;
    while (b - a > 1) {
        const size_t m = (a + b) / 2;
        if (pan->T[m] > T)
            b = m;
        else
            a = m;
    }
    return pan->fit[a] + (T - pan->T[a]) / (pan->T[b] - pan->T[a]) * (pan->fit[b] - pan->fit[a]);
}

double vti_scan_flow(const vti_scan *s, double T, double y)
{
    const vti_standards *k = s->std;
    const double flow = s->scale * y;
    if (!s->blank) return flow;
    const double off = flow - pan_at(&k->pan, T) / (s->specific ? s->par.mass : 1.0), x = T - k->T_c;
    if (!k->has_gain) return off;
    return T >= k->low && T <= k->high ? off * (k->c[0] + x * (k->c[1] + x * k->c[2])) : (double)NAN;
}

/* Its lag behind the calibrants, by the middle of its heat flow. */
static vt_status resist(const vti_standards *k, vti_scan *s, size_t n, const double *y, vt_error *err)
{
    if (!(k->R > 0.0) || (s->by_table && !isfinite(s->par.mass))) return VT_OK;
    double *sorted = malloc(n * sizeof *sorted);
    if (!sorted) return vt_fail(err, VT_EMEMORY, "no memory for %zu readings", n);
    memcpy(sorted, y, n * sizeof *sorted);
    const double flow = s->scale * sorted[vti_order_quantile(sorted, n, 0.5)] * (s->specific ? s->par.mass : 1.0);
    s->lag = k->R * (flow - k->base);
    free(sorted);
    return VT_OK;
}

static vt_status blank(vti_calorimetry_run *run, vti_scan *s, vt_error *err)
{
    const double pan = run->std.pan.q;
    if (s->direction < 0)
        return vt_result_warn(run->result, err, "W_STANDARD",
                              "a cooling is left as measured: the empty pan was heated");
    if (s->specific && !isfinite(s->par.mass))
        return vt_fail_at(err, VT_EKEY, vt_table_path(s->table), 0, 0,
                          "heat flow is given per mass: to take the empty pan off, the mass is needed; set mass");
    if (!isfinite(s->q))
        return vt_fail_at(err, VT_EKEY, vt_table_path(s->table), 0, 0,
                          "the rate is not known, the empty pan was heated at %.5g K/min; give time, or heating_rate",
                          60.0 * pan);
    if (!(fabs(s->q / pan - 1.0) <= 0.02))
        return vt_fail_at(err, VT_EMISMATCH, vt_table_path(s->table), 0, 0,
                          "heated at %.5g K/min, the empty pan at %.5g K/min: measure both at one rate", 60.0 * s->q,
                          60.0 * pan);
    s->blank = true;
    return VT_OK;
}

vt_status vti_scan_standards(vti_calorimetry_run *run, vti_scan *s, size_t n, const double *y, vt_error *err)
{
    const vti_standards *k = &run->std;
    vt_status st = k->melts ? resist(k, s, n, y, err) : VT_OK;
    if (st == VT_OK && k->q > 0.0 && !k->timed && fabs(s->q / k->q - 1.0) > 0.05)
        st = vt_result_warn(run->result, err, "W_STANDARD",
                            "a scan at %.4g K/min, what melts at %.4g K/min, whose decay is too short to tell the lag: "
                            "the temperature is off by lag times the difference; measure both at one rate",
                            60.0 * s->q, 60.0 * k->q);
    return st == VT_OK && k->has_pan ? blank(run, s, err) : st;
}

/* ---- all of them ---- */

static vt_status take_table(vti_calorimetry_run *run, size_t index, vti_standard_kind kind, double T_m,
                            const char *name, vt_error *err)
{
    const size_t before = run->n;
    vt_status st = vti_scans_add_table(run, index, kind == VTI_PAN, err);
    if (st == VT_OK) st = vti_standard_take(run, kind, T_m, name, run->scan + before, run->n - before, err);
    for (size_t i = before; i < run->n; i++) {
        free(run->scan[i].T);
        free(run->scan[i].row);
    }
    run->n = before;
    return st;
}

vt_status vti_standards_gather(vti_calorimetry_run *run, size_t *specimens, vt_error *err)
{
    vt_status st = vti_standards_known(run, err);
    for (int stage = VTI_SPECIMEN; stage <= VTI_SAPPHIRE && st == VT_OK; stage++) {
        for (size_t i = 0; i < run->job->ntables && st == VT_OK; i++) {
            vti_standard_kind kind;
            double T_m;
            char name[VT_NAME];
            st = vti_standard_of(run, run->job->tables[i], &kind, &T_m, name, err);
            if (st != VT_OK || (int)kind != stage) continue;
            if (kind == VTI_SPECIMEN)
                ++*specimens;
            else
                st = take_table(run, i, kind, T_m, name, err);
        }
        if (stage == VTI_MELTING && run->std.melts) vti_standards_scale(&run->std, run->gain_u);
    }
    return st;
}
