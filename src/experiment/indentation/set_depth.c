/* Do the values of a specimen depend on depth? Means by cycle, and the slope of P/S^2. */
#include "experiment/emit_internal.h"
#include "set_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <vitrum/line.h>

enum { C_CYCLE, C_N, C_DEPTH, C_LOAD, C_E, C_SD_E, C_H, C_SD_H, C_RATIO, C_SD_RATIO, C_COLUMNS };

static long cycle_of(const vti_set *s, const vti_indent_result *r)
{
    if (r->cycle != (size_t)-1) return s->indents->cycle[r->cycle].number;
    return r->row ? r->row->cycle : 0;
}

/* Mean and standard deviation, one value after the other. */
static void take(double v, double n, double *mean, double *square)
{
    const double d = v - *mean;
    *mean += d / n;
    *square += d * (v - *mean);
}

/* Row of specimen k at a cycle; returns the number of indents. */
static size_t row_of(const vti_set_plan *plan, size_t k, long cycle, double x[C_COLUMNS])
{
    size_t n = 0;
    double unused = 0.0;
    for (size_t c = 0; c < C_COLUMNS; c++) x[c] = 0.0;
    for (size_t i = 0; i < plan->set->n; i++) {
        const vti_indent_result *r = &plan->set->res[i];
        if (plan->of[i] != k || r->average || cycle_of(plan->set, r) != cycle) continue;
        const double m = (double)++n;
        take(r->h, m, &x[C_DEPTH], &unused);
        take(r->P, m, &x[C_LOAD], &unused);
        take(r->out[VT_CONTACT_MODULUS].value, m, &x[C_E], &x[C_SD_E]);
        take(r->out[VT_CONTACT_HARDNESS].value, m, &x[C_H], &x[C_SD_H]);
        take(r->out[VT_CONTACT_RATIO].value, m, &x[C_RATIO], &x[C_SD_RATIO]);
    }
    x[C_CYCLE] = (double)cycle;
    x[C_N] = (double)n;
    for (int c = C_SD_E; c <= C_SD_RATIO; c += 2) x[c] = n > 1 ? sqrt(x[c] / (double)(n - 1)) : NAN;
    return n;
}

/* ln(P/S^2) against ln(h) of all indents of a specimen; a change by more than 3 % over its depths that is no chance. */
static vt_status judge(const vti_set_plan *plan, size_t k, double *ln_h, double *ln_r, vt_error *err)
{
    size_t n = 0;
    double low = INFINITY, high = -INFINITY;
    vt_line l;
    for (size_t i = 0; i < plan->set->n; i++) {
        const vti_indent_result *r = &plan->set->res[i];
        if (plan->of[i] != k || r->average || !(r->h > 0.0) || !(r->out[VT_CONTACT_RATIO].value > 0.0)) continue;
        ln_h[n] = log(r->h);
        ln_r[n] = log(r->out[VT_CONTACT_RATIO].value);
        low = fmin(low, ln_h[n]);
        high = fmax(high, ln_h[n++]);
    }
    if (n < 4 || !(high - low > log(1.4))) return VT_OK;
    if (vt_line_ordinary(n, ln_h, ln_r, &l, NULL) != VT_OK) return VT_OK;
    const double change = l.slope * (high - low), p = 2.0 * gsl_cdf_tdist_Q(fabs(l.slope) / l.u_slope, (double)n - 2.0);
    if (!(fabs(change) > 0.03) || !(p < 0.01)) return VT_OK;
    return vt_result_warn(
        plan->result, err, "W_DEPTH",
        "specimen %s: P/S^2 %s by %.0f %% from %.3g to %.3g nm depth, where a homogeneous specimen keeps "
        "it: compliance of frame or mount, a rounded tip, a layer or a size effect",
        vti_set_specimen_text(plan, k), change > 0.0 ? "rises" : "falls", 100.0 * fabs(expm1(change)), 1e9 * exp(low),
        1e9 * exp(high));
}

static vt_status table(const vti_set_plan *plan, size_t rows, const double *v, const char *const *name, vt_error *err)
{
    static const struct {
        const char *name, *unit;
    } head[C_COLUMNS] = {{"cycle", "1"},
                         {"indents", "1"},
                         {"depth", "m"},
                         {"load", "N"},
                         {"elastic_modulus", "Pa"},
                         {"elastic_modulus_sd", "Pa"},
                         {"hardness", "Pa"},
                         {"hardness_sd", "Pa"},
                         {"load_over_stiffness_squared", "Pa-1"},
                         {"load_over_stiffness_squared_sd", "Pa-1"}};
    vti_column cols[C_COLUMNS + 2] = {{"specimen", NULL, NULL, name}};
    for (size_t c = 0; c < C_COLUMNS; c++) cols[c + 1] = (vti_column){head[c].name, head[c].unit, v + c * rows, NULL};
    return vti_emit_table(plan->result, "depths", "", rows, cols, err);
}

static long last_cycle(const vti_set *s)
{
    long last = 0;
    for (size_t i = 0; i < s->n; i++)
        if (cycle_of(s, &s->res[i]) > last) last = cycle_of(s, &s->res[i]);
    return last;
}

vt_status vti_set_depth(const vti_set_plan *plan, vt_error *err)
{
    const long last = last_cycle(plan->set);
    const size_t n = plan->set->n, room = n + 1;
    size_t rows = 0;
    double *v = calloc(room, (C_COLUMNS + 2) * sizeof *v);
    double *packed = calloc(room, C_COLUMNS * sizeof *packed);
    const char **name = calloc(room, sizeof *name);
    vt_status st = v && packed && name ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory for %zu results", n);
    VT_TRY(st);
    for (size_t k = 0; k < plan->nspecimens; k++) {
        VT_TRY(st = judge(plan, k, v, v + room, err));
        for (long c = 1; c <= last && last <= 1000; c++) {
            double x[C_COLUMNS];
            if (row_of(plan, k, c, x) == 0 || rows == n) continue;
            for (size_t j = 0; j < C_COLUMNS; j++) v[2 * room + j * room + rows] = x[j];
            name[rows++] = vti_set_specimen_text(plan, k);
        }
    }
    if (last < 2 || rows == 0) goto done;
    for (size_t j = 0; j < C_COLUMNS; j++)
        for (size_t i = 0; i < rows; i++) packed[j * rows + i] = v[2 * room + j * room + i];
    st = table(plan, rows, packed, name, err);
done:
    free(v);
    free(packed);
    free(name);
    return st;
}
