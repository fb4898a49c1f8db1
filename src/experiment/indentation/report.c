/* Properties of single indents with their budgets, and the table of indents. */
#include "experiment/emit_internal.h"
#include "reduce_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_ROWS = 40 };

static const struct {
    int output; /* vt_contact_output */
    const char *name, *symbol, *unit;
} OUTPUTS[] = {{VT_CONTACT_MODULUS, "elastic_modulus", "E", "Pa"},
               {VT_CONTACT_HARDNESS, "hardness", "H", "Pa"},
               {VT_CONTACT_REDUCED, "reduced_modulus", "E_r", "Pa"},
               {VT_CONTACT_PLANE, "plane_strain_modulus", "E*", "Pa"},
               {VT_CONTACT_STIFFNESS, "contact_stiffness", "S", "N m-1"},
               {VT_CONTACT_DEPTH, "contact_depth", "h_c", "m"},
               {VT_CONTACT_AREA, "contact_area", "A", "m2"},
               {VT_CONTACT_RATIO, "load_over_stiffness_squared", "P/S^2", "Pa-1"}};

/* Standard uncertainty of a shared source in its own unit; 0: not one number. */
static double source_u(const vti_indentation_run *run, int k)
{
    const vti_indentation_params *p = run->par;
    switch (k) {
    case VTI_IN_LOAD_CELL: return p->load_u;
    case VTI_IN_REFERENCE: return run->u_ln_A_reference;
    case VTI_IN_FRAME: return run->u_C_f;
    case VTI_IN_EPSILON: return p->epsilon_half_width / sqrt(3.0);
    case VTI_IN_BETA: return p->beta_half_width / sqrt(3.0);
    case VTI_IN_POISSON: return p->poisson_ratio_u;
    default: return 0.0;
    }
}

static vt_status budget(const vti_indentation_run *run, const vti_indent_result *r, const vti_indent_value *v,
                        vt_quantity *q, vt_error *err)
{
    vt_status st = VT_OK;
    for (int k = 0; k < VTI_INFLUENCES && st == VT_OK; k++) {
        if (!(fabs(v->part[k]) > 0.0)) continue;
        const double known = source_u(run, k), u = known > 0.0 ? known : fabs(v->part[k]);
        const char *source = k == VTI_IN_FIT && r->average        ? "scatter over depth"
                             : k == VTI_IN_FIT && !isfinite(r->m) ? "rounding"
                                                                  : VTI_INFLUENCE_NAMES[k].source;
        st = vt_quantity_add(q, source, VTI_INFLUENCE_NAMES[k].group, k < VTI_IN_SHARED ? 'A' : 'B', u, v->part[k] / u,
                             err);
    }
    return st;
}

/* Effective degrees of freedom: only the fit has few (Welch-Satterthwaite). */
static double freedom(const vti_indentation_run *run, const vti_indent_result *r, const vti_indent_value *v)
{
    const double u = vti_indent_u(v), a = fabs(v->part[VTI_IN_FIT]);
    double dof = (double)INFINITY;
    if (r->cycle < run->set.ncycles) dof = run->set.cycle[r->cycle].fit.dof;
    if (r->average) dof = r->n_eff - 1.0;
    if (!(a > 0.0) || !(dof < 1e6)) return (double)INFINITY;
    return fmax(dof, 1.0) * pow(u / a, 4.0);
}

static void scope_text(vt_property *p, const char *key, const char *text)
{
    if (!text[0] || p->nscope == VT_SCOPE_MAX) return;
    vt_scope *s = &p->scope[p->nscope++];
    *s = (vt_scope){.value = 0.0};
    snprintf(s->key, sizeof s->key, "%s", key);
    snprintf(s->text, sizeof s->text, "%.63s", text);
}

static void scope_number(vt_property *p, const char *key, double value, const char *unit)
{
    vt_scope *s = &p->scope[p->nscope++];
    *s = (vt_scope){.value = value};
    snprintf(s->key, sizeof s->key, "%s", key);
    snprintf(s->unit, sizeof s->unit, "%s", unit);
}

static long cycle_number(const vti_indentation_run *run, const vti_indent_result *r)
{
    if (r->cycle < run->set.ncycles)
        return run->set.indent[r->indent].ncycles > 1 ? run->set.cycle[r->cycle].number : 0;
    return r->indent < run->set.n || !r->row ? 0 : r->row->cycle;
}

static void scopes(const vti_indentation_run *run, const vti_indent_result *r, vt_property *p)
{
    const vti_indent *s = r->indent < run->set.n ? &run->set.indent[r->indent] : NULL;
    const long cycle = cycle_number(run, r);
    scope_text(p, "test", vti_result_test(run, r));
    if (cycle > 0) scope_number(p, "cycle", (double)cycle, "1");
    scope_text(p, "specimen", s ? s->specimen : r->row->specimen);
    scope_text(p, "group", s ? s->group : r->row->group);
}

static void method(const vti_indentation_run *run, const vti_indent_result *r, vt_property *p)
{
    static const char *const area[] = {"area function", "area of the vendor", "ideal tip"};
    if (r->average) {
        const vti_indent *s = &run->set.indent[r->indent];
        snprintf(p->method, sizeof p->method, "continuous stiffness, mean over depth %.4g ... %.4g nm, beta = %.4g, %s",
                 1e9 * vti_csm_depth(s, r->from), 1e9 * vti_csm_depth(s, r->to - 1), run->par->beta,
                 area[run->area_source]);
    } else {
        snprintf(p->method, sizeof p->method, "%s, epsilon = %.4g, beta = %.4g, %s",
                 r->cycle < run->set.ncycles ? "unloading fit" : "stiffness of the table", r->epsilon, run->par->beta,
                 area[run->area_source]);
    }
}

static vt_status emit(const vti_indentation_run *run, const vti_indent_result *r, size_t k, const char *reading,
                      vt_error *err)
{
    const vti_indent_value *v = &r->out[OUTPUTS[k].output];
    vt_property p = {.q = {.value = v->value, .low = NAN, .high = NAN}};
    if (!isfinite(v->value)) return VT_OK;
    snprintf(p.name, sizeof p.name, "%s", OUTPUTS[k].name);
    snprintf(p.symbol, sizeof p.symbol, "%s", OUTPUTS[k].symbol);
    snprintf(p.q.unit, sizeof p.q.unit, "%s", OUTPUTS[k].unit);
    snprintf(p.reading, sizeof p.reading, "%s", reading);
    p.q.dof = freedom(run, r, v);
    scopes(run, r, &p);
    method(run, r, &p);
    vt_status st = budget(run, r, v, &p.q, err);
    if (st == VT_OK && p.q.u > 0.0) st = vt_quantity_cover(&p.q, run->job->common.level, err);
    return st == VT_OK ? vt_result_add_property(run->result, &p, err) : st;
}

static vt_status plain(const vti_indentation_run *run, const vti_indent_result *r, const vt_property *what,
                       double value, double u, vt_error *err)
{
    vt_property p = *what;
    if (!isfinite(value)) return VT_OK;
    p.q = (vt_quantity){.value = value, .u = isfinite(u) ? u : 0.0, .low = NAN, .high = NAN, .dof = INFINITY};
    memcpy(p.q.unit, what->q.unit, sizeof p.q.unit);
    scopes(run, r, &p);
    vt_status st = VT_OK;
    if (p.q.u > 0.0) st = vt_quantity_cover(&p.q, run->job->common.level, err);
    return st == VT_OK ? vt_result_add_property(run->result, &p, err) : st;
}

bool vti_two_readings(const vti_indentation_run *run, const vti_indent_result *r)
{
    if (r->average) return vti_csm_amplitude(run, &run->set.indent[r->indent]);
    return r->cycle < run->set.ncycles && run->set.cycle[r->cycle].noisy;
}

static vt_status values(const vti_indentation_run *run, const vti_indent_result *r, const char *reading, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t k = 0; k < sizeof OUTPUTS / sizeof *OUTPUTS && st == VT_OK; k++) {
        const int o = OUTPUTS[k].output;
        if (o == VT_CONTACT_PLANE && isfinite(run->par->poisson_ratio)) continue;
        if (r->average && (o == VT_CONTACT_STIFFNESS || o == VT_CONTACT_DEPTH || o == VT_CONTACT_AREA))
            continue; /* they grow with depth */
        st = emit(run, r, k, reading, err);
    }
    return st;
}

/* The other reading: without the bias of the amplitude, or by the regression of depth on load. */
static vt_status physics(const vti_indentation_run *run, const vti_indent_result *r, vt_error *err)
{
    vti_indent_result other;
    const vt_status st =
        r->average ? vti_csm_evaluate(run, r, 0.0, true, &other, NULL) : vti_indentation_other(run, r, &other, NULL);
    return st == VT_OK ? values(run, &other, "physics", err) : VT_OK; /* a failure is warned of */
}

static vt_status of_result(const vti_indentation_run *run, const vti_indent_result *r, vt_error *err)
{
    static const vt_property exponent = {
        .name = "unloading_exponent", .symbol = "m", .method = "unloading fit", .q = {.unit = "1"}};
    static const vt_property drift = {
        .name = "drift_rate", .symbol = "dh/dt", .method = "robust line through the hold", .q = {.unit = "m s-1"}};
    static const vt_property popin = {
        .name = "pop_in_load", .symbol = "P_pop", .method = "first burst of the loading", .q = {.unit = "N"}};
    vt_status st = VT_OK;
    vt_property m = exponent;
    if (r->cycle >= run->set.ncycles) snprintf(m.method, sizeof m.method, "as the table gives it");
    const bool two = vti_two_readings(run, r);
    st = values(run, r, two ? "paper" : "", err);
    if (st == VT_OK && two) st = physics(run, r, err);
    const vti_indent_cycle *y = r->cycle < run->set.ncycles ? &run->set.cycle[r->cycle] : NULL;
    if (st == VT_OK)
        st = plain(run, r, &m, r->m, y ? hypot(hypot(y->fit.u_m, y->drift[2]), y->dC[2] * run->u_C_f) : 0.0, err);
    if (st != VT_OK || r->indent >= run->set.n || (y && y->number > 1)) return st;
    const vti_indent *s = &run->set.indent[r->indent];
    if (st == VT_OK) st = plain(run, r, &drift, s->drift, s->u_drift, err);
    if (st == VT_OK) st = plain(run, r, &popin, s->popin_load, 0.0, err);
    return st;
}

/* ---- the table of indents ---- */
enum {
    CYCLE,
    LOAD,
    DEPTH,
    STIFFNESS,
    EXPONENT,
    EPSILON,
    CONTACT_DEPTH,
    AREA,
    HARDNESS,
    U_H,
    MODULUS,
    U_E,
    REDUCED,
    U_ER,
    H_LOW,
    H_HIGH,
    E_LOW,
    E_HIGH,
    ER_LOW,
    ER_HIGH,
    P_S2,
    RATIO,
    COLUMNS
};

static void table_row(const vti_indentation_run *run, const vti_indent_result *r, double *const c[COLUMNS], size_t i)
{
    const long cycle = cycle_number(run, r);
    const vti_indent_value *o = r->out;
    const double H = o[VT_CONTACT_HARDNESS].value, E = o[VT_CONTACT_MODULUS].value, E_r = o[VT_CONTACT_REDUCED].value;
    const double u_H = vti_indent_u(&o[VT_CONTACT_HARDNESS]), u_E = vti_indent_u(&o[VT_CONTACT_MODULUS]),
                 u_Er = vti_indent_u(&o[VT_CONTACT_REDUCED]);
    const double x[COLUMNS] = {[CYCLE] = cycle > 0 ? (double)cycle : 1.0,
                               [LOAD] = r->P,
                               [DEPTH] = r->h,
                               [STIFFNESS] = o[VT_CONTACT_STIFFNESS].value,
                               [EXPONENT] = r->m,
                               [EPSILON] = r->epsilon,
                               [CONTACT_DEPTH] = o[VT_CONTACT_DEPTH].value,
                               [AREA] = o[VT_CONTACT_AREA].value,
                               [HARDNESS] = H,
                               [U_H] = u_H,
                               [MODULUS] = E,
                               [U_E] = u_E,
                               [REDUCED] = E_r,
                               [U_ER] = u_Er,
                               [H_LOW] = H - u_H,
                               [H_HIGH] = H + u_H,
                               [E_LOW] = E - u_E,
                               [E_HIGH] = E + u_E,
                               [ER_LOW] = E_r - u_Er,
                               [ER_HIGH] = E_r + u_Er,
                               [P_S2] = o[VT_CONTACT_RATIO].value,
                               [RATIO] = r->pile_up};
    for (int k = 0; k < COLUMNS; k++) c[k][i] = r->verdict.status == VT_OK || k == CYCLE ? x[k] : (double)NAN;
}

static vt_status table_of_indents(const vti_indentation_run *run, vt_error *err)
{
    const size_t n = run->n;
    double *x = malloc((COLUMNS * n + 1) * sizeof *x), *c[COLUMNS];
    const char **text = malloc((4 * n + 1) * sizeof *text);
    vt_status st = x && text ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory for a table of %zu indents", n);
    for (int k = 0; st == VT_OK && k < COLUMNS; k++) c[k] = x + (size_t)k * n;
    for (size_t i = 0; st == VT_OK && i < n; i++) {
        const vti_indent_result *r = &run->res[i];
        const vti_indent *s = r->indent < run->set.n ? &run->set.indent[r->indent] : NULL;
        text[i] = vti_result_test(run, r);
        text[n + i] = s ? s->specimen : r->row->specimen;
        text[2 * n + i] = s ? s->group : r->row->group;
        text[3 * n + i] = r->verdict.status == VT_OK ? "ok" : vt_status_name(r->verdict.status);
        table_row(run, r, c, i);
    }
    if (st == VT_OK)
        st = vti_emit_table(run->result, "indents", n <= SHOWN_ROWS ? "Indents" : "", n,
                            (const vti_column[]){{"test", NULL, NULL, text},
                                                 {"specimen", NULL, NULL, text + n},
                                                 {"group", NULL, NULL, text + 2 * n},
                                                 {"cycle", "1", c[CYCLE], NULL},
                                                 {"max_load", "N", c[LOAD], NULL},
                                                 {"max_depth", "m", c[DEPTH], NULL},
                                                 {"contact_stiffness", "N m-1", c[STIFFNESS], NULL},
                                                 {"unloading_exponent", "1", c[EXPONENT], NULL},
                                                 {"epsilon", "1", c[EPSILON], NULL},
                                                 {"contact_depth", "m", c[CONTACT_DEPTH], NULL},
                                                 {"contact_area", "m2", c[AREA], NULL},
                                                 {"hardness", "Pa", c[HARDNESS], NULL},
                                                 {"hardness_u", "Pa", c[U_H], NULL},
                                                 {"hardness_low", "Pa", c[H_LOW], NULL},
                                                 {"hardness_high", "Pa", c[H_HIGH], NULL},
                                                 {"elastic_modulus", "Pa", c[MODULUS], NULL},
                                                 {"elastic_modulus_u", "Pa", c[U_E], NULL},
                                                 {"elastic_modulus_low", "Pa", c[E_LOW], NULL},
                                                 {"elastic_modulus_high", "Pa", c[E_HIGH], NULL},
                                                 {"reduced_modulus", "Pa", c[REDUCED], NULL},
                                                 {"reduced_modulus_u", "Pa", c[U_ER], NULL},
                                                 {"reduced_modulus_low", "Pa", c[ER_LOW], NULL},
                                                 {"reduced_modulus_high", "Pa", c[ER_HIGH], NULL},
                                                 {"load_over_stiffness_squared", "Pa-1", c[P_S2], NULL},
                                                 {"final_over_maximum_depth", "1", c[RATIO], NULL},
                                                 {"verdict", NULL, NULL, text + 3 * n},
                                                 {0}},
                            err);
    free(text);
    free(x);
    return st;
}

vt_status vti_indentation_report(vti_indentation_run *run, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t i = 0; i < run->n && st == VT_OK; i++)
        if (run->res[i].verdict.status == VT_OK) st = of_result(run, &run->res[i], err);
    if (st == VT_OK) st = table_of_indents(run, err);
    if (st == VT_OK) st = vti_indentation_vendor(run, err);
    if (st == VT_OK) st = vti_indentation_warn(run, err);
    return st;
}
