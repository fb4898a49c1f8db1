/* Curves of single tests: load and depth with segments, and what continuous stiffness gives along the depth. */
#include "curves_internal.h"
#include "experiment/emit_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_POINTS = 1500, FIT_POINTS = 60 };

/* ---- load and depth ---- */
static vt_status record(vti_indentation_run *run, const vti_indent *s, size_t k, vt_error *err)
{
    const size_t stride = s->n / MOST_POINTS + 1, n = (s->n + stride - 1) / stride;
    double *x = malloc((3 * n + 1) * sizeof *x), *h = x + n, *P = x + 2 * n;
    char name[VT_NAME];
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for a curve of %zu points", n);
    for (size_t i = 0; i < n; i++) {
        const size_t j = i * stride;
        const double drift = s->drift_corrected ? s->drift * (s->t[j] - s->t0) : 0.0;
        x[i] = s->t ? s->t[j] : (double)j;
        h[i] = s->h[j] - s->h0 - drift;
        P[i] = s->P[j] - s->P0;
    }
    snprintf(name, sizeof name, "load_depth_%zu", k + 1);
    const vt_status st = vti_emit_table(run->result, name, "", n,
                                        (const vti_column[]){{s->t ? "time" : "reading", s->t ? "s" : "1", x, NULL},
                                                             {"depth", "m", h, NULL},
                                                             {"load", "N", P, NULL},
                                                             {0}},
                                        err);
    free(x);
    return st;
}

/* The fitted unloading of every cycle, parted by missing rows. */
static vt_status fits(vti_indentation_run *run, const vti_indent *s, size_t k, vt_error *err)
{
    const size_t n = s->ncycles * (FIT_POINTS + 1);
    double *h = malloc((2 * n + 1) * sizeof *h), *P = h + n;
    char name[VT_NAME];
    if (!h) return vt_fail(err, VT_EMEMORY, "no memory for a curve of %zu points", n);
    for (size_t c = 0, i = 0; c < s->ncycles; c++) {
        const vti_indent_cycle *y = &run->set.cycle[s->first_cycle + c];
        const bool good = y->verdict.status == VT_OK;
        for (size_t j = 0; j <= FIT_POINTS; j++, i++) {
            const double share = y->fit.high + (y->fit.low - y->fit.high) * (double)j / (FIT_POINTS - 1);
            P[i] = good && j < FIT_POINTS ? share * y->fit.P_max : (double)NAN;
            h[i] = good && j < FIT_POINTS
                       ? y->fit.h_f + y->fit.D * pow(share, 1.0 / y->fit.m) - s->h0 + y->fit_compliance * P[i]
                       : (double)NAN;
        }
    }
    snprintf(name, sizeof name, "unloading_%zu", k + 1);
    const vt_status st = vti_emit_table(
        run->result, name, "", n, (const vti_column[]){{"depth", "m", h, NULL}, {"load", "N", P, NULL}, {0}}, err);
    free(h);
    return st;
}

static vt_status segment(vti_indentation_run *run, const vti_indent *s, const vti_indent_cycle *y, const char *what,
                         size_t from, size_t to, vt_error *err)
{
    vt_segment g = {.unit = "s"};
    if (to <= from || to > s->n) return VT_OK;
    g.begin = s->t[from];
    g.end = s->t[to - 1];
    snprintf(g.name, sizeof g.name, "%.40s: %s %ld", s->test, what, y->number);
    if (y->verdict.status != VT_OK)
        snprintf(g.verdict, sizeof g.verdict, "%s", vt_status_name(y->verdict.status));
    else
        snprintf(g.verdict, sizeof g.verdict, "maximum load %.4g mN, S = %.4g N/m, m = %.3f", 1e3 * y->P, y->S, y->m);
    return vt_result_add_segment(run->result, &g, err);
}

static vt_status segments(vti_indentation_run *run, const vti_indent *s, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t c = 0; s->t && c < s->ncycles && st == VT_OK; c++) {
        const vti_indent_cycle *y = &run->set.cycle[s->first_cycle + c];
        const vt_indent_cycle *p = &y->span;
        VT_TRY(st = segment(run, s, y, "loading", p->load_from, p->hold_from, err));
        VT_TRY(st = segment(run, s, y, "hold", p->hold_from, p->unload_from, err));
        VT_TRY(st = segment(run, s, y, "unloading", p->unload_from, p->unload_to, err));
        st = segment(run, s, y, "drift hold", p->drift_from, p->drift_to, err);
    }
done:
    return st;
}

vt_status vti_curves_records(vti_indentation_run *run, const size_t *which, size_t shown, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t k = 0; k < shown && st == VT_OK; k++) {
        const vti_indent *s = &run->set.indent[which[k]];
        VT_TRY(st = record(run, s, k, err));
        VT_TRY(st = fits(run, s, k, err));
        st = segments(run, s, err);
    }
done:
    return st;
}

/* ---- along the depth ---- */
enum {
    DEPTH,
    LOAD,
    STIFFNESS,
    CONTACT_DEPTH,
    AREA,
    HARDNESS,
    MODULUS,
    REDUCED,
    P_S2,
    HARDNESS_C,
    MODULUS_C,
    VENDOR_HC,
    VENDOR_A,
    VENDOR_H,
    VENDOR_E,
    COLUMNS
};

static double at(const double *channel, size_t i)
{
    return channel ? channel[i] : (double)NAN;
}

static size_t fill(const vti_indentation_run *run, const vti_indent *s, double *const c[COLUMNS])
{
    size_t n = 0;
    const size_t end = vti_csm_end(run, s);
    const bool amplitude = vti_csm_amplitude(run, s);
    vti_indent_value v[VT_CONTACT_OUTPUTS], u[VT_CONTACT_OUTPUTS];
    for (size_t i = s->contact; i < end; i++) {
        vti_csm_point p = {.indent = s, .reading = i};
        if (vti_csm_at(run, &p, 0.0, v, NULL) != VT_OK) continue;
        p.unbiased = true;
        const bool corrected = amplitude && vti_csm_at(run, &p, 0.0, u, NULL) == VT_OK;
        const double row[COLUMNS] = {[DEPTH] = vti_csm_depth(s, i),
                                     [LOAD] = s->P[i] - s->P0,
                                     [STIFFNESS] = v[VT_CONTACT_STIFFNESS].value,
                                     [CONTACT_DEPTH] = v[VT_CONTACT_DEPTH].value,
                                     [AREA] = v[VT_CONTACT_AREA].value,
                                     [HARDNESS] = v[VT_CONTACT_HARDNESS].value,
                                     [MODULUS] = v[VT_CONTACT_MODULUS].value,
                                     [REDUCED] = v[VT_CONTACT_REDUCED].value,
                                     [P_S2] = v[VT_CONTACT_RATIO].value,
                                     [HARDNESS_C] = corrected ? u[VT_CONTACT_HARDNESS].value : (double)NAN,
                                     [MODULUS_C] = corrected ? u[VT_CONTACT_MODULUS].value : (double)NAN,
                                     [VENDOR_HC] = at(s->h_c, i),
                                     [VENDOR_A] = at(s->A, i),
                                     [VENDOR_H] = at(s->H, i),
                                     [VENDOR_E] = at(s->E, i)};
        for (int k = 0; k < COLUMNS; k++) c[k][n] = row[k];
        n++;
    }
    return n;
}

static vt_status along(vti_indentation_run *run, const vti_indent *s, size_t k, vt_error *err)
{
    static const char *const name[COLUMNS] = {"depth",
                                              "load",
                                              "contact_stiffness",
                                              "contact_depth",
                                              "contact_area",
                                              "hardness",
                                              "elastic_modulus",
                                              "reduced_modulus",
                                              "load_over_stiffness_squared",
                                              "hardness_without_amplitude",
                                              "elastic_modulus_without_amplitude",
                                              "vendor_contact_depth",
                                              "vendor_contact_area",
                                              "vendor_hardness",
                                              "vendor_elastic_modulus"};
    static const char *const unit[COLUMNS] = {"m",    "N",  "N m-1", "m", "m2", "Pa", "Pa", "Pa",
                                              "Pa-1", "Pa", "Pa",    "m", "m2", "Pa", "Pa"};
    const size_t most = vti_csm_end(run, s) + 1;
    double *x = malloc(COLUMNS * most * sizeof *x), *c[COLUMNS];
    char curve[VT_NAME];
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for a curve of %zu points", most);
    for (int j = 0; j < COLUMNS; j++) c[j] = x + (size_t)j * most;
    const size_t n = fill(run, s, c);
    vti_column column[COLUMNS + 1] = {{0}};
    size_t m = 0;
    for (int j = 0; j < COLUMNS; j++) {
        bool any = false;
        for (size_t i = 0; i < n && !any; i++) any = isfinite(c[j][i]);
        if (any) column[m++] = (vti_column){name[j], unit[j], c[j], NULL};
    }
    snprintf(curve, sizeof curve, "depth_%zu", k + 1);
    const vt_status st = n ? vti_emit_table(run->result, curve, "", n, column, err) : VT_OK;
    free(x);
    return st;
}

vt_status vti_curves_depth(vti_indentation_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t i = 0; i < run->n && st == VT_OK; i++) {
        const vti_indent_result *r = &run->res[i];
        if (r->average && r->indent < VTI_DEPTH_CURVES && r->verdict.status == VT_OK)
            st = along(run, &run->set.indent[r->indent], r->indent, err);
    }
    return st;
}
