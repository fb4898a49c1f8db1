/* Curves of the laws with their bands, and of the stated points. */
#include "experiment/emit_internal.h"
#include "transport.h"
#include <vitrum/transport_law.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { P = VTI_TRANSPORT_P, GRID = 141, BAND_MAX = 400 };

/* value, low, high of three laws on one grid of temperatures */
struct laws {
    double T[GRID], inverse[GRID];
    double y[3][GRID], low[3][GRID], high[3][GRID];
};
static const vti_transport_kind LAW[3] = {VTI_VISCOSITY, VTI_INTERFACE_MOBILITY, VTI_CRITICAL_DIAMETER};

static void grid(const vti_transport_run *run, double *T)
{
    double low = run->problem.setup.Tg - 60.0, high = run->problem.setup.Tg + 20.0;
    for (size_t i = 0; i < run->problem.n; i++) {
        if (!(run->row[i].T > 0.0)) continue;
        low = fmin(low, run->row[i].T - 5.0);
        high = fmax(high, run->row[i].T + 5.0);
    }
    low = fmax(low, run->problem.setup.kink ? 250.0 : run->fit.x[VTI_T0] + 20.0);
    for (size_t k = 0; k < GRID; k++) T[k] = low + (high - low) * (double)k / (GRID - 1);
}

/* The three laws at one temperature; false outside their domain. */
static bool evaluate(const vti_transport_run *run, const double *x, double T, double y[3])
{
    for (size_t l = 0; l < 3; l++) {
        const vti_transport_row row = {.kind = LAW[l], .T = T};
        if (vti_transport_predict(&run->problem.setup, &row, x, &y[l], NULL, NULL) != VT_OK) return false;
        y[l] = exp(y[l]);
    }
    return true;
}

static void band(const vti_transport_run *run, struct laws *c, size_t k, double *draws, double *scratch)
{
    const size_t n = run->nrep < BAND_MAX ? run->nrep : BAND_MAX;
    const double tail = 0.5 * (1.0 - run->level);
    for (size_t i = 0; i < n; i++)
        if (!evaluate(run, run->draws + i * P, c->T[k], draws + 3 * i))
            draws[3 * i] = draws[3 * i + 1] = draws[3 * i + 2] = NAN;
    for (size_t l = 0; l < 3; l++) {
        c->low[l][k] = vti_quantile(draws + l, n, 3, tail, scratch);
        c->high[l][k] = vti_quantile(draws + l, n, 3, 1.0 - tail, scratch);
    }
}

static vt_status add_laws(vti_transport_run *run, const struct laws *c, vt_error *err)
{
    return vti_emit_table(run->result, "laws", "", GRID,
                          (const vti_column[]){{"temperature", "K", c->T, NULL},
                                               {"inverse_temperature", "K-1", c->inverse, NULL},
                                               {"viscosity", "Pa s", c->y[0], NULL},
                                               {"viscosity_low", "Pa s", c->low[0], NULL},
                                               {"viscosity_high", "Pa s", c->high[0], NULL},
                                               {"interface_mobility", "m3 s-1", c->y[1], NULL},
                                               {"interface_mobility_low", "m3 s-1", c->low[1], NULL},
                                               {"interface_mobility_high", "m3 s-1", c->high[1], NULL},
                                               {"critical_diameter", "m", c->y[2], NULL},
                                               {"critical_diameter_low", "m", c->low[2], NULL},
                                               {"critical_diameter_high", "m", c->high[2], NULL},
                                               {0}},
                          err);
}

/* Largest critical diameter on the grid and between its points: it sits on the kink, if there is one. */
static vt_status maximum(vti_transport_run *run, const struct laws *c, vt_error *err)
{
    double y[3], best = 0.0, at = 0.0;
    for (size_t k = 1; k + 1 < GRID; k++)
        if (c->y[2][k] > best) best = c->y[2][k], at = c->T[k];
    if (run->problem.setup.kink && evaluate(run, run->fit.x, run->fit.x[VTI_TK], y) && y[2] >= best)
        best = y[2], at = run->fit.x[VTI_TK];
    if (!(best > c->y[2][0]) || !(best > c->y[2][GRID - 1])) return VT_OK;
    const vti_transport_row row = {.kind = VTI_CRITICAL_DIAMETER, .T = at};
    double v, g[P];
    const vt_status st = vti_transport_predict(&run->problem.setup, &row, run->fit.x, &v, g, err);
    if (st != VT_OK) return st;
    const double u = sqrt(vti_transport_variance(&run->fit, g));
    return vti_emit_value(run->result,
                          &(vti_value){.name = "maximum_critical_diameter",
                                       .symbol = "d_c,max",
                                       .unit = "m",
                                       .method = "largest d_c(T) of the fitted laws",
                                       .value = best,
                                       .u = best * u,
                                       .low = best * exp(-run->z * u),
                                       .high = best * exp(run->z * u),
                                       .level = run->level,
                                       .T = at},
                          err);
}

/* Points of one kind: stated, with one-u error bars. */
static vt_status stated_points(vti_transport_run *run, vti_transport_kind kind, const char *name, vt_error *err)
{
    double T[VTI_TRANSPORT_ROWS], inv[VTI_TRANSPORT_ROWS], v[VTI_TRANSPORT_ROWS], lo[VTI_TRANSPORT_ROWS],
        hi[VTI_TRANSPORT_ROWS];
    size_t n = 0;
    for (size_t i = 0; i < run->problem.n; i++) {
        const vti_transport_row *r = &run->row[i];
        if (r->kind != kind) continue;
        T[n] = r->T;
        inv[n] = 1.0 / r->T;
        v[n] = r->value;
        lo[n] = r->lognormal ? r->value * exp(-r->u / r->value) : fmax(r->value - r->u, 0.01 * r->value);
        hi[n++] = r->lognormal ? r->value * exp(r->u / r->value) : r->value + r->u;
    }
    if (n == 0) return VT_OK;
    return vti_emit_table(run->result, name, "", n,
                          (const vti_column[]){{"temperature", "K", T, NULL},
                                               {"inverse_temperature", "K-1", inv, NULL},
                                               {"value", VTI_TRANSPORT_FACTS[kind].unit, v, NULL},
                                               {"low", VTI_TRANSPORT_FACTS[kind].unit, lo, NULL},
                                               {"high", VTI_TRANSPORT_FACTS[kind].unit, hi, NULL},
                                               {0}},
                          err);
}

/* Critical diameters as predicted by fits without them. */
static vt_status predicted_points(vti_transport_run *run, vt_error *err)
{
    double T[VTI_TRANSPORT_ROWS], v[VTI_TRANSPORT_ROWS];
    size_t n = 0;
    for (size_t i = 0; i < vt_result_properties(run->result) && n < VTI_TRANSPORT_ROWS; i++) {
        const vt_property *p = vt_result_property(run->result, i);
        if (strcmp(p->name, "critical_diameter_predicted") != 0) continue;
        T[n] = p->scope[0].value;
        v[n++] = p->q.value;
    }
    if (n == 0) return VT_OK;
    return vti_emit_table(run->result, "predicted_critical_diameters", "", n,
                          (const vti_column[]){{"temperature", "K", T, NULL}, {"value", "m", v, NULL}, {0}}, err);
}

static vt_status limits(vti_transport_run *run, vt_error *err)
{
    const double y[] = {-2.0, 0.0, 2.0};
    return vti_emit_table(run->result, "pull_limits", "", 3, (const vti_column[]){{"pull", "1", y, NULL}, {0}}, err);
}

vt_status vti_transport_report_curves(vti_transport_run *run, vt_error *err)
{
    struct laws *c = malloc(sizeof *c);
    double *draws = malloc(4 * BAND_MAX * sizeof *draws);
    vt_status st = VT_OK;
    if (!c || !draws) st = vt_fail(err, VT_EMEMORY, "curves");
    for (size_t k = 0; st == VT_OK && k < GRID; k++) {
        double y[3];
        if (k == 0) grid(run, c->T);
        c->inverse[k] = 1.0 / c->T[k];
        const bool ok = evaluate(run, run->fit.x, c->T[k], y);
        for (size_t l = 0; l < 3; l++) c->y[l][k] = ok ? y[l] : NAN;
        band(run, c, k, draws, draws + 3 * BAND_MAX);
    }
    if (st == VT_OK) st = add_laws(run, c, err);
    if (st == VT_OK && !run->fit.fixed[VTI_LN_MOBILITY]) st = maximum(run, c, err);
    if (st == VT_OK) st = stated_points(run, VTI_CRITICAL_DIAMETER, "stated_critical_diameters", err);
    if (st == VT_OK) st = stated_points(run, VTI_VISCOSITY, "stated_viscosities", err);
    if (st == VT_OK) st = stated_points(run, VTI_INTERFACE_MOBILITY, "stated_mobilities", err);
    if (st == VT_OK) st = predicted_points(run, err);
    if (st == VT_OK) st = limits(run, err);
    free(draws);
    free(c);
    return st;
}
