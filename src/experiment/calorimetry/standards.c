/* Which tables are of standards, and what standards make of temperature and heat flow of a scan. */
#include "standards_internal.h"
#include "stats/quantile_internal.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <vitrum/units.h>

/* ---- which ---- */

/* Length of "FILE:" at p, the file given by its path or its name; 0: p is of another. */
static size_t naming(const char *p, const char *path)
{
    const char *slash = strrchr(path, '/'), *names[2] = {path, slash ? slash + 1 : path};
    for (int k = 0; k < 2; k++) {
        const size_t n = strlen(names[k]);
        if (n > 0 && strncmp(p, names[k], n) == 0 && p[n] == ':') return n + 1;
    }
    return 0;
}

static const char *past_blanks(const char *p)
{
    while (isspace((unsigned char)*p)) p++;
    return p;
}

/* The text of "file:text" in a list, whose end is *end; NULL: the file is not in it. A name may hold commas. */
static const char *listed(const char *list, const char *path, const char **end)
{
    for (const char *p = past_blanks(list); *p; p = past_blanks(*end + (**end == ','))) {
        const size_t n = naming(p, path);
        *end = p + n + strcspn(p + n, ",");
        if (n > 0) return p + n;
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

/* "NAME:TEMPERATURE", parted at colon. */
static vt_status told(const vt_table *t, const char *name, const char *T, double *T_m, vt_error *err)
{
    if (!name[0])
        return vt_fail_at(err, VT_EREFERENCE, vt_table_path(t), 0, 0,
                          "a substance without a name melts at '%.40s'; write NAME:TEMPERATURE as adamantane:208.62K",
                          T);
    if (vt_unit_read_value(T, "K", T_m, NULL, NULL) == VT_OK && *T_m > 0.0) return VT_OK;
    return vt_fail_at(err, VT_EREFERENCE, vt_table_path(t), 0, 0,
                      "'%.40s' is no temperature at which %.40s melts; write it with its unit, as adamantane:208.62K",
                      T, name);
}

/* Without blanks at its ends. */
static void cut(const char *from, size_t n, char out[VT_NAME])
{
    while (n > 0 && isspace((unsigned char)*from)) from++, n--;
    while (n > 0 && isspace((unsigned char)from[n - 1])) n--;
    snprintf(out, VT_NAME, "%.*s", (int)(n < VT_NAME ? n : VT_NAME - 1), from);
}

vt_status vti_standard_of(const vti_calorimetry_run *run, const vt_table *t, vti_standard_kind *kind, double *T_m,
                          char name[VT_NAME], vt_error *err)
{
    const char *end = NULL, *set = listed(run->par->standards, vt_table_path(t), &end), *meta = meta_standard(t);
    char text[VT_NAME];
    cut(set ? set : meta, set ? (size_t)(end - set) : strlen(meta), text);
    char *T = strchr(text, ':');
    *kind = VTI_SPECIMEN;
    *T_m = NAN;
    if (!text[0]) return VT_OK;
    if (T) {
        *T++ = '\0';
        *kind = VTI_MELTING;
        const vt_status st = told(t, text, T, T_m, err);
        if (st != VT_OK) return st;
    } else if (strcasecmp(text, "pan") == 0 || strcasecmp(text, "empty_pan") == 0) {
        *kind = VTI_PAN;
    } else if (strcasecmp(text, "sapphire") == 0) {
        *kind = VTI_SAPPHIRE;
    } else if (vt_melting_point(text, T_m, NULL)) {
        *kind = VTI_MELTING;
    } else {
        return unknown(t, text, err);
    }
    memcpy(name, text, VT_NAME);
    return VT_OK;
}

/* The file of the entry at p, whose text is *text; NULL: none. */
static const vt_table *file_of(const vti_calorimetry_run *run, const char *p, const char **text)
{
    *text = p;
    for (size_t i = 0; i < run->job->ntables; i++) {
        const size_t n = naming(p, vt_table_path(run->job->tables[i]));
        if (n == 0) continue;
        *text = p + n;
        return run->job->tables[i];
    }
    return NULL;
}

vt_status vti_standards_known(const vti_calorimetry_run *run, vt_error *err)
{
    const char *end, *other, *text, *const list = run->par->standards;
    for (const char *p = past_blanks(list); *p; p = past_blanks(end + (*end == ','))) {
        const vt_table *t = file_of(run, p, &text);
        end = text + strcspn(text, ",");
        const int n = (int)(end - p);
        if (!t)
            return vt_fail(err, VT_EREFERENCE,
                           "standards names '%.*s', which is none of the files; write FILE:pan, FILE:sapphire or "
                           "FILE:indium, with the file's name as given",
                           n, p);
        if (past_blanks(text) == end)
            return vt_fail(err, VT_EREFERENCE,
                           "standards names '%.*s', but not what it is; write FILE:pan, FILE:sapphire or FILE:indium",
                           n, p);
        if (listed(list, vt_table_path(t), &other) != text)
            return vt_fail(err, VT_EREFERENCE, "standards names '%.*s', a file that it named before; name it once", n,
                           p);
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

double vti_standards_factor(const vti_standards *k, double T)
{
    const double x = T - k->T_c;
    return k->c[0] + x * (k->c[1] + x * k->c[2]);
}

double vti_scan_flow(const vti_scan *s, double T, double y)
{
    const vti_standards *k = s->std;
    const double flow = s->scale * y;
    if (!s->blank) return flow;
    const double off = flow - vti_scan_fit(&k->pan, T) / (s->specific ? s->par.mass : 1.0);
    if (!k->has_gain) return off;
    return T >= k->low && T <= k->high ? off * vti_standards_factor(k, T) : (double)NAN;
}

/* Its lag behind the calibrants, by the middle of its heat flow. */
static vt_status resist(const vti_calorimetry_run *run, vti_scan *s, size_t n, const double *y, vt_error *err)
{
    const vti_standards *k = &run->std;
    if (!(k->R > 0.0)) return VT_OK;
    if (s->by_table && !isfinite(s->par.mass))
        return vt_result_warn(run->result, err, "W_STANDARD",
                              "heat flow of %.200s is given per mass: without the mass its temperature is not shifted "
                              "by heat flow times thermal resistance; set mass",
                              vt_table_path(s->table));
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
    vt_status st = k->melts ? resist(run, s, n, y, err) : VT_OK;
    if (st == VT_OK && k->q > 0.0 && !k->timed && fabs(s->q / k->q - 1.0) > 0.05)
        st = vt_result_warn(run->result, err, "W_STANDARD",
                            "a scan at %.4g K/min, what melts at %.4g K/min, whose decay is too short to tell the lag: "
                            "the temperature is off by lag times the difference; measure both at one rate",
                            60.0 * s->q, 60.0 * k->q);
    return st == VT_OK && k->has_pan ? blank(run, s, err) : st;
}

vt_status vti_scan_reached(vti_calorimetry_run *run, const vti_scan *s, size_t n, const double *T, const double *y,
                           vt_error *err)
{
    double low = INFINITY, high = -INFINITY;
    size_t lost = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(y[i])) {
            lost++;
            continue;
        }
        low = fmin(low, T[i]);
        high = fmax(high, T[i]);
    }
    if (2 * lost > n)
        return vt_fail_at(err, VT_ERANGE_T, vt_table_path(s->table), 0, 0,
                          "the scan goes from %.1f to %.1f K, but the empty pan or sapphire reaches %zu of its %zu "
                          "readings only: heat all of them through the same temperatures",
                          T[0], T[n - 1], n - lost, n);
    if (20 * lost <= n) return VT_OK;
    return vt_result_warn(run->result, err, "W_STANDARD",
                          "%.200s counts from %.1f to %.1f K only: the empty pan or sapphire does not reach farther",
                          vt_table_path(s->table), low, high);
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
