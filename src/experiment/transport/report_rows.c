/* Each observation recomputed, with its pull; and predicted by a fit that does not know it. */
#include "experiment/emit_internal.h"
#include "transport.h"
#include <vitrum/units.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { P = VTI_TRANSPORT_P, N = VTI_TRANSPORT_ROWS };

struct row_table {
    size_t n;
    char label[2 * N][96], unit[2 * N][32];
    const char *labels[2 * N], *units[2 * N];
    double T[2 * N], stated[2 * N], u_stated[2 * N], value[2 * N], u[2 * N], pull[2 * N], index[2 * N];
};

static double outward(const vti_transport_row *row, double y)
{
    return VTI_TRANSPORT_FACTS[row->kind].scale ? exp(y) : y;
}

/* Appends row i with a model value, everything in the unit of the row. */
static void append(struct row_table *t, const vti_transport_run *run, size_t i, double y, double u, const char *label,
                   double pull)
{
    const vti_transport_row *row = &run->row[i];
    const size_t k = t->n++;
    vt_unit unit = {.scale = 1.0};
    (void)vt_unit_read(run->unit[i], VTI_TRANSPORT_FACTS[row->kind].unit, &unit, NULL);
    snprintf(t->label[k], sizeof t->label[k], "%s", label);
    snprintf(t->unit[k], sizeof t->unit[k], "%s", run->unit[i]);
    t->labels[k] = t->label[k];
    t->units[k] = t->unit[k];
    t->T[k] = row->T;
    t->stated[k] = vt_unit_from_si(&unit, row->value);
    t->u_stated[k] = row->u / unit.scale;
    t->value[k] = vt_unit_from_si(&unit, outward(row, y));
    t->u[k] = u / unit.scale;
    t->pull[k] = pull;
    t->index[k] = (double)(k + 1);
}

/* A stated kink of a law without glass branch says nothing about the fit, and the fit nothing about it. */
static bool untested(const vti_transport_run *run, size_t i)
{
    return run->row[i].kind == VTI_KINK_TEMPERATURE && run->fit.fixed[VTI_TK];
}

/* Is the row's value already a property of its own name? */
static bool has_property(const vti_transport_run *run, size_t i)
{
    return !VTI_TRANSPORT_FACTS[run->row[i].kind].at_temperature &&
           vt_result_find(run->result, VTI_TRANSPORT_FACTS[run->row[i].kind].name, NULL, NULL, 0.0);
}

static vt_status row_value(vti_transport_run *run, const vti_transport_row *row, const char *reading, double factor,
                           double value, double u, vt_error *err)
{
    const vti_transport_fact *f = &VTI_TRANSPORT_FACTS[row->kind];
    const double k = run->z * u;
    return vti_emit_value(run->result,
                          &(vti_value){.name = f->name,
                                       .symbol = f->symbol,
                                       .unit = f->unit,
                                       .reading = reading,
                                       .method = "recomputed from the fitted constants",
                                       .value = factor * value,
                                       .u = factor * u,
                                       .low = factor * (f->scale ? value * exp(-k / value) : value - k),
                                       .high = factor * (f->scale ? value * exp(k / value) : value + k),
                                       .level = run->level,
                                       .T = row->T},
                          err);
}

static vt_status row_properties(vti_transport_run *run, size_t i, double y, double u, double pull, vt_error *err)
{
    const vti_transport_row *row = &run->row[i];
    const vti_transport_fact *f = &VTI_TRANSPORT_FACTS[row->kind];
    const double value = outward(row, y);
    vt_status st = VT_OK;
    if (row->kind == VTI_VISCOSITY) {
        const double c = run->problem.setup.prefactor;
        st = row_value(run, row, "paper", c / 32.0, value, u, err);
        if (st == VT_OK) st = row_value(run, row, "physics", c / 16.0, value, u, err);
    } else if (!has_property(run, i))
        st = row_value(run, row, "", 1.0, value, u, err);
    if (st != VT_OK) return st;
    return vti_emit_value(run->result,
                          &(vti_value){.name = "pull",
                                       .symbol = "pull",
                                       .unit = "1",
                                       .method = row->assumed ? "(recomputed - assumed)/u" : "(recomputed - stated)/u",
                                       .value = pull,
                                       .T = row->T,
                                       .scope_key = "quantity",
                                       .scope_text = f->name},
                          err);
}

/* Two-sided rows beyond 2 u, and bounds broken by more than 1 u, are told in words. */
static vt_status tension(vti_transport_run *run, size_t i, double y, double pull, vt_error *err)
{
    const vti_transport_row *row = &run->row[i];
    char label[96];
    vt_unit unit = {.scale = 1.0};
    if (fabs(pull) < (row->bound ? 1.0 : 2.0)) return VT_OK;
    vti_transport_label(row, label, sizeof label);
    (void)vt_unit_read(run->unit[i], VTI_TRANSPORT_FACTS[row->kind].unit, &unit, NULL);
    return vt_result_warn(
        run->result, err, "W_TENSION",
        "%s: %s %.4g %s, but all observations together give %.4g %s (%+.1f standard uncertainties)", label,
        row->bound > 0   ? "stated at most"
        : row->bound < 0 ? "stated at least"
                         : "stated",
        vt_unit_from_si(&unit, row->value), run->unit[i], vt_unit_from_si(&unit, outward(row, y)), run->unit[i], pull);
}

vt_status vti_transport_report_rows(vti_transport_run *run, vt_error *err)
{
    struct row_table *t = calloc(1, sizeof *t);
    if (!t) return vt_fail(err, VT_EMEMORY, "a table of pulls");
    vt_status st = VT_OK;
    for (size_t i = 0; st == VT_OK && i < run->problem.n; i++) {
        double y, g[P];
        char label[96];
        if (untested(run, i)) continue;
        st = vti_transport_predict(&run->problem.setup, &run->row[i], run->fit.x, &y, g, err);
        if (st != VT_OK) break;
        const double pull = vti_transport_pull(&run->row[i], run->row[i].value, y, NULL);
        const double u =
            sqrt(vti_transport_variance(&run->fit, g)) * (VTI_TRANSPORT_FACTS[run->row[i].kind].scale ? exp(y) : 1.0);
        vti_transport_label(&run->row[i], label, sizeof label);
        append(t, run, i, y, u, label, pull);
        st = row_properties(run, i, y, u, pull, err);
        if (st == VT_OK) st = tension(run, i, y, pull, err);
    }
    if (st == VT_OK)
        st = vti_emit_table(run->result, "pulls", "Stated numbers and what one set of constants gives", t->n,
                            (const vti_column[]){{"observation", NULL, NULL, t->labels},
                                                 {"stated", "1", t->stated, NULL},
                                                 {"uncertainty", "1", t->u_stated, NULL},
                                                 {"recomputed", "1", t->value, NULL},
                                                 {"recomputed_u", "1", t->u, NULL},
                                                 {"unit", NULL, NULL, t->units},
                                                 {"pull", "1", t->pull, NULL},
                                                 {"row", "1", t->index, NULL},
                                                 {0}},
                            err);
    free(t);
    return st;
}

/* Fit without the rows of skip; predicts row i. false: the rest does not determine it. */
static bool predict_without(vti_transport_run *run, const bool *skip, vti_transport_fit *fit)
{
    vti_transport_problem p = run->problem;
    size_t used = 0, free_parameters = 0;
    p.skip = skip;
    *fit = run->fit;
    vti_transport_untouched(&p, fit->x, fit->fixed);
    for (size_t j = 0; j < P; j++) {
        if (fit->fixed[j] && !run->fit.fixed[j]) return false;
        free_parameters += !fit->fixed[j];
    }
    for (size_t i = 0; i < p.n; i++) used += !skip[i];
    return used >= free_parameters && vti_transport_solve(run->ws, &p, 3, fit, NULL) == VT_OK;
}

/* Emits the prediction of row i by a fit without it. */
static vt_status predicted(vti_transport_run *run, struct row_table *t, size_t i, const vti_transport_fit *fit,
                           const char *without, vt_error *err)
{
    const vti_transport_row *row = &run->row[i];
    const vti_transport_fact *f = &VTI_TRANSPORT_FACTS[row->kind];
    double y, g[P];
    char label[96], name[VT_NAME];
    if (vti_transport_predict(&run->problem.setup, row, fit->x, &y, g, NULL) != VT_OK) return VT_OK;
    const double u = sqrt(vti_transport_variance(fit, g)) * (f->scale ? exp(y) : 1.0);
    double slope, pull = vti_transport_pull(row, row->value, y, &slope);
    const double wide = fabs(slope) * u / (f->scale ? exp(y) : 1.0); /* of the prediction, in u of the row */
    pull /= hypot(1.0, wide);
    vti_transport_label(row, label, sizeof label);
    append(t, run, i, y, u, label, pull);
    if (without[0] != 'i') snprintf(t->label[t->n - 1], sizeof t->label[0], "%.60s, without %.24s", label, without);
    snprintf(name, sizeof name, "%s_predicted", f->name);
    return vti_emit_value(run->result,
                          &(vti_value){.name = name,
                                       .symbol = f->symbol,
                                       .unit = f->unit,
                                       .method = "fit without this observation",
                                       .value = f->scale ? exp(y) : y,
                                       .u = u,
                                       .T = row->T,
                                       .scope_key = "without",
                                       .scope_text = without},
                          err);
}

static bool is_derived_temperature(const vti_transport_row *row)
{
    return row->kind == VTI_BULK_TRANSITION || row->kind == VTI_INTERFACE_TRANSITION ||
           row->kind == VTI_STOKES_EINSTEIN_BREAKDOWN;
}

static vt_status without_derived(vti_transport_run *run, struct row_table *t, vt_error *err)
{
    bool skip[N] = {false};
    vti_transport_fit fit;
    size_t count = 0;
    for (size_t i = 0; i < run->problem.n; i++) count += skip[i] = is_derived_temperature(&run->row[i]);
    if (count < 2 || !predict_without(run, skip, &fit)) return VT_OK;
    for (size_t i = 0; i < run->problem.n; i++) {
        if (!skip[i]) continue;
        const vt_status st = predicted(run, t, i, &fit, "derived temperatures", err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

vt_status vti_transport_report_left_out(vti_transport_run *run, vt_error *err)
{
    struct row_table *t = calloc(1, sizeof *t);
    if (!t) return vt_fail(err, VT_EMEMORY, "a table of predictions");
    vt_status st = VT_OK;
    for (size_t i = 0; st == VT_OK && i < run->problem.n; i++) {
        bool skip[N] = {false};
        vti_transport_fit fit;
        if (run->row[i].kind >= VTI_INTERFACE_THICKNESS || untested(run, i)) continue; /* assumptions */
        skip[i] = true;
        if (predict_without(run, skip, &fit)) st = predicted(run, t, i, &fit, "itself", err);
    }
    if (st == VT_OK) st = without_derived(run, t, err);
    if (st == VT_OK && t->n > 0)
        st = vti_emit_table(run->result, "predictions", "What the other observations predict", t->n,
                            (const vti_column[]){{"observation", NULL, NULL, t->labels},
                                                 {"stated", "1", t->stated, NULL},
                                                 {"predicted", "1", t->value, NULL},
                                                 {"predicted_u", "1", t->u, NULL},
                                                 {"unit", NULL, NULL, t->units},
                                                 {"pull", "1", t->pull, NULL},
                                                 {0}},
                            err);
    free(t);
    return st;
}
