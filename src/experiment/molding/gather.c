/* From the tables to conditions: order, checks of P08, logarithms with their standard errors. */
#include "experiment/experiment_internal.h"
#include "molding.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/molding_law.h>

enum { MOST_ROWS = 20000 };

struct row {
    double T, p, t, d, L, sd, count, L0;
    long line;
    const char *file;
    size_t order;
};

/* Falling temperature, then pressure, time, rising diameter, and the order of the file. */
static int compare(const void *pa, const void *pb)
{
    const struct row *a = pa, *b = pb;
    const double key_a[] = {-a->T, a->p, a->t, a->d}, key_b[] = {-b->T, b->p, b->t, b->d};
    for (int i = 0; i < 4; i++)
        if (key_a[i] != key_b[i]) return key_a[i] < key_b[i] ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fabs(a);
}

static bool same_condition(const struct row *a, const struct row *b)
{
    return near(a->T, b->T) && near(a->p, b->p) && near(a->t, b->t);
}

static vt_status check_row(const vti_mold_run *run, const struct row *r, vt_error *err)
{
    const double full = run->par->template_thickness;
    if (full > 0.0 && !(r->L < full))
        return vt_fail_at(err, VT_EFILLED, r->file, r->line, 0,
                          "length %g um reaches the template thickness %g um: the pore is full and the length only a "
                          "lower bound; leave the row out or mold for a shorter time",
                          1e6 * r->L, 1e6 * full);
    if (r->L0 > 0.0 && !(r->L > r->L0))
        return vt_fail_at(err, VT_ERANGE, r->file, r->line, 0,
                          "length %g nm does not exceed its imprint %g nm; leave the row out", 1e9 * r->L, 1e9 * r->L0);
    if (isfinite(r->count) && !(r->count >= 1.0))
        return vt_fail_at(err, VT_ERANGE, r->file, r->line, 0, "count %g must be 1 or more", r->count);
    if (isfinite(r->count) && r->count != floor(r->count))
        return vt_fail_at(err, VT_ERANGE, r->file, r->line, 0, "count %g is not a whole number", r->count);
    return VT_OK;
}

static vt_status read_rows(vti_mold_run *run, struct row *rows, vt_error *err)
{
    size_t k = 0;
    for (size_t j = 0; j < run->job->ntables; j++) {
        const vt_table *t = run->job->tables[j];
        const double *T = vti_bound_numbers(t, "temperature"), *p = vti_bound_numbers(t, "pressure"),
                     *time = vti_bound_numbers(t, "time"), *d = vti_bound_numbers(t, "diameter"),
                     *L = vti_bound_numbers(t, "length"), *sd = vti_bound_numbers(t, "length_sd"),
                     *count = vti_bound_numbers(t, "count"), *L0 = vti_bound_numbers(t, "imprint_length");
        if (!T || !p || !time || !d || !L)
            return vt_fail_at(err, VT_EKEY, vt_table_path(t), 0, 0,
                              "columns temperature, pressure, time, diameter and length are needed");
        for (size_t i = 0; i < vt_table_rows(t); i++, k++) {
            rows[k] = (struct row){T[i],
                                   p[i],
                                   time[i],
                                   d[i],
                                   L[i],
                                   sd ? sd[i] : NAN,
                                   count ? count[i] : NAN,
                                   L0 ? L0[i] : NAN,
                                   vt_table_line(t, i),
                                   vt_table_path(t),
                                   k};
            const vt_status st = check_row(run, &rows[k], err);
            if (st != VT_OK) return st;
        }
    }
    qsort(rows, k, sizeof *rows, compare);
    return VT_OK;
}

static bool is_single(const struct row *r)
{
    return !isfinite(r->sd) && !(r->count > 1.0);
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* A mean that stands in one table twice, to the last digit. Two single wires may well be equally long. */
static bool repeats(const struct row *a, const struct row *b)
{
    return a->file == b->file && !is_single(a) && a->T == b->T && a->p == b->p && a->t == b->t && a->d == b->d &&
           a->L == b->L && same_number(a->sd, b->sd) && same_number(a->count, b->count) && same_number(a->L0, b->L0);
}

static vt_status warn_repeated(const vti_mold_run *run, const struct row *rows, size_t n, vt_error *err)
{
    char text[200] = "";
    size_t used = 0;
    for (size_t i = 1; i < n && used < sizeof text - 60; i++)
        if (repeats(&rows[i - 1], &rows[i]))
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%ld and %ld", used ? ", " : "",
                                     rows[i - 1].line, rows[i].line);
    if (used == 0) return VT_OK;
    return vt_result_warn(run->result, err, "W_DUPLICATE",
                          "rows repeat each other exactly in lines %s%s: they count twice, and the uncertainties come "
                          "out too small; leave one of each out",
                          text, used < sizeof text - 60 ? "" : ", ...");
}

/* Rows of one diameter, each a single wire, become the mean of that pore: its error is common to its wires, and the
 * wires show their own scatter. Sorted rows; the number that is left. */
static size_t merge_wires(struct row *rows, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0, j; i < n; i = j) {
        double sum = 0.0, squares = 0.0, imprint = 0.0;
        bool single = true;
        for (j = i; j < n && same_condition(&rows[i], &rows[j]) && near(rows[i].d, rows[j].d); j++) {
            single = single && is_single(&rows[j]);
            sum += rows[j].L;
            imprint += rows[j].L0;
        }
        const double m = (double)(j - i), mean = sum / m;
        if (!single || j - i < 2) {
            for (size_t k = i; k < j; k++) rows[kept++] = rows[k];
            continue;
        }
        for (size_t k = i; k < j; k++) squares += (rows[k].L - mean) * (rows[k].L - mean);
        rows[kept] = rows[i];
        rows[kept].L = mean;
        rows[kept].sd = sqrt(squares / (m - 1.0));
        rows[kept].count = m;
        rows[kept++].L0 = imprint / m;
    }
    return kept;
}

static vt_status allocate(vti_mold_run *run, size_t n, vt_error *err)
{
    double **array[] = {&run->d, &run->L, &run->ln_d, &run->y, &run->s, &run->L0, &run->sd, &run->count};
    run->n = n;
    for (size_t i = 0; i < sizeof array / sizeof *array; i++) {
        *array[i] = calloc(n + 1, sizeof **array[i]);
        if (!*array[i]) return vt_fail(err, VT_EMEMORY, "%zu rows", n);
    }
    run->line = calloc(n + 1, sizeof *run->line);
    run->c = calloc(n + 1, sizeof *run->c);
    run->file = calloc(n + 1, sizeof *run->file);
    return run->line && run->c && run->file ? VT_OK : vt_fail(err, VT_EMEMORY, "%zu rows", n);
}

void vti_mold_release(vti_mold_run *run)
{
    double *array[] = {run->d,
                       run->L,
                       run->ln_d,
                       run->y,
                       run->s,
                       run->L0,
                       run->sd,
                       run->count,
                       run->data.T_eta,
                       run->data.ln_eta,
                       run->data.u_eta,
                       run->data.T_mobility,
                       run->data.ln_mobility,
                       run->data.u_mobility,
                       run->draws};
    for (size_t i = 0; i < sizeof array / sizeof *array; i++) free(array[i]);
    free(run->line);
    free(run->file);
    free(run->c);
}

/* Pooled relative scatter of a condition: sum (n_i - 1) cv_i^2 / sum (n_i - 1). Bartlett's test at 0.1 % refuses the
 * pooling where the diameters scatter differently; then each row keeps its own. */
static bool pool(vti_mold_run *run, vti_condition *c)
{
    double nu = 0.0, S = 0.0, sum_ln = 0.0, inverse = 0.0;
    size_t used = 0;
    for (size_t i = c->first; i < c->first + c->n; i++) {
        const double cv = run->sd[i] / run->L[i], f = run->count[i] - 1.0;
        if (!(cv > 0.0) || !(f > 0.0)) continue;
        nu += f;
        S += f * cv * cv;
        sum_ln += f * log(cv * cv);
        inverse += 1.0 / f;
        used++;
    }
    c->relative = used < c->n;
    c->scatter = used == c->n ? sqrt(S / nu) : NAN;
    c->dof = nu;
    if (c->relative || used < 2) return true;
    const double k = (double)used - 1.0, factor = 1.0 + (inverse - 1.0 / nu) / (3.0 * k);
    return gsl_cdf_chisq_Q((nu * log(S / nu) - sum_ln) / factor, k) > 1e-3;
}

/* y = 1/2 ln(L^2 - L0^2), less the capillary share of the pressure, with its standard error from the wires. */
static vt_status logarithms(vti_mold_run *run, vti_condition *c, vt_error *err)
{
    const bool pooled = pool(run, c);
    const double gamma = run->known.surface_tension, theta = run->known.contact_angle;
    c->min_aspect = INFINITY;
    c->imprint_given = true;
    for (size_t i = c->first; i < c->first + c->n; i++) {
        const double d = run->d[i], L = run->L[i], L0 = isfinite(run->L0[i]) ? run->L0[i] : 0.0;
        double p_c;
        const vt_status st = vt_capillary_pressure(gamma, theta, 1, &d, &p_c, err);
        if (st != VT_OK) return st;
        const double share = 1.0 + p_c / c->p;
        if (run->par->capillary && !(share > 0.0))
            return vt_fail_at(err, VT_EDOMAIN, run->file[i], run->line[i], 0,
                              "capillary pressure %g GPa at d = %g nm exceeds the applied %g GPa; set contact_angle or "
                              "capillary=no",
                              -1e-9 * p_c, 1e9 * d, 1e-9 * c->p);
        const double own = run->sd[i] / L, n = run->count[i];
        const double cv = c->relative ? 0.1 : pooled ? c->scatter : own;
        run->ln_d[i] = log(d);
        run->y[i] = 0.5 * log((L - L0) * (L + L0)) - (run->par->capillary ? 0.5 * log(share) : 0.0);
        run->s[i] = cv / sqrt(n > 0.0 ? n : 1.0) * L * L / ((L - L0) * (L + L0));
        c->imprint_given = c->imprint_given && isfinite(run->L0[i]);
        c->min_aspect = fmin(c->min_aspect, L / d);
        c->max_stress = fmax(c->max_stress, c->p * d / (4.0 * L));
        c->max_capillary = fmax(c->max_capillary, fabs(p_c) / c->p);
    }
    return VT_OK;
}

static size_t distinct(const vti_mold_run *run, const vti_condition *c)
{
    size_t n = c->n > 0;
    for (size_t i = c->first + 1; i < c->first + c->n; i++) n += !near(run->d[i], run->d[i - 1]);
    return n;
}

/* A condition with fewer than four diameters cannot show two mechanisms: refused if it is the only one, else left
 * out. */
static vt_status few_diameters(vti_mold_run *run, const vti_condition *c, bool only, vt_error *err)
{
    char label[96];
    vti_mold_label(c, label, sizeof label);
    if (only)
        return vt_fail_at(err, VT_EDOF, run->file[c->first], run->line[c->first], 0,
                          "%zu diameters at %s; at least 4 are needed to tell two mechanisms apart", distinct(run, c),
                          label);
    return vt_result_warn(run->result, err, "W_DOF", "%s has only %zu diameters (4 are needed) and is left out", label,
                          distinct(run, c));
}

static vt_status divide(vti_mold_run *run, const struct row *rows, vt_error *err)
{
    for (size_t i = 0; i < run->n; i++) {
        run->d[i] = rows[i].d;
        run->L[i] = rows[i].L;
        run->sd[i] = rows[i].sd;
        run->count[i] = rows[i].count;
        run->L0[i] = rows[i].L0;
        run->line[i] = rows[i].line;
        run->file[i] = rows[i].file;
        if (i == 0 || !same_condition(&rows[i], &rows[i - 1]))
            run->c[run->nc++] =
                (vti_condition){.T = rows[i].T, .p = rows[i].p, .t = rows[i].t, .I = rows[i].p * rows[i].t, .first = i};
        run->c[run->nc - 1].n++;
    }
    size_t kept = 0, total = run->nc;
    for (size_t k = 0; k < total; k++) {
        vti_condition *c = &run->c[k];
        c->same_T = (k > 0 && near(c->T, run->c[k - 1].T)) || (k + 1 < total && near(c->T, run->c[k + 1].T));
    }
    for (size_t k = 0; k < total; k++) {
        vti_condition *c = &run->c[k];
        if (distinct(run, c) < 4) {
            const vt_status st = few_diameters(run, c, kept == 0 && k + 1 == total, err);
            if (st != VT_OK) return st;
        } else
            run->c[kept++] = *c;
    }
    run->nc = kept;
    for (size_t k = 0; k < kept; k++) {
        const vt_status st = logarithms(run, &run->c[k], err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

vt_status vti_mold_gather(vti_mold_run *run, vt_error *err)
{
    size_t n = vti_job_rows(run->job);
    if (n == 0) return vt_fail(err, VT_ESHAPE, "the table has no rows");
    if (n > MOST_ROWS)
        return vt_fail_at(err, VT_ELIMIT, run->path, 0, 0,
                          "%zu rows, at most %d: one row is one pore diameter with the mean of its wires", n,
                          MOST_ROWS);
    struct row *rows = calloc(n, sizeof *rows);
    if (!rows) return vt_fail(err, VT_EMEMORY, "%zu rows", n);
    vt_status st = read_rows(run, rows, err);
    if (st == VT_OK) st = warn_repeated(run, rows, n, err);
    if (st == VT_OK) n = merge_wires(rows, n);
    if (st == VT_OK) st = allocate(run, n, err);
    if (st == VT_OK) st = divide(run, rows, err);
    free(rows);
    return st;
}

vti_lengths vti_mold_lengths(const vti_mold_run *run, size_t k)
{
    const vti_condition *c = &run->c[k];
    return (vti_lengths){.n = c->n,
                         .ln_d = run->ln_d + c->first,
                         .y = run->y + c->first,
                         .s = run->s + c->first,
                         .pore_u = run->par->diameter_u,
                         .entrance = run->par->entrance != 0};
}

const char *vti_mold_label(const vti_condition *c, char *buf, size_t size)
{
    if (c->same_T)
        snprintf(buf, size, "%.6g degC, %.4g GPa, %.6g s", c->T - 273.15, 1e-9 * c->p, c->t);
    else
        snprintf(buf, size, "%.6g degC", c->T - 273.15);
    return buf;
}
