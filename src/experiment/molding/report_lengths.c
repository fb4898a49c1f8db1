/* Curves: measured lengths, fitted branches, conditions, laws with their bands, normalised lengths. */
#include "experiment/emit_internal.h"
#include "molding.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/molding_law.h>

enum { GRID = 81, BAND_MAX = 400 };

/* n columns of m numbers in one block. */
static double *block(size_t columns, size_t m)
{
    return calloc(columns * m + 1, sizeof(double));
}

/* Measured points of all conditions: length of the run with one-u bars, and the normalised coordinates of Fig. 1b. */
static vt_status points(vti_mold_run *run, vt_error *err)
{
    enum { KELVIN, D, L, LOW, HIGH, X, Y, POINT_COLUMNS };
    double *v = block(POINT_COLUMNS, run->n);
    if (!v) return vt_fail(err, VT_EMEMORY, "points");
    size_t m = 0;
    for (size_t k = 0; k < run->nc; k++)
        for (size_t i = run->c[k].first; i < run->c[k].first + run->c[k].n; i++, m++) {
            const vti_condition *c = &run->c[k];
            const double y = run->y[i], u = run->s[i] * sqrt(c->scale);
            v[KELVIN * run->n + m] = c->T;
            v[D * run->n + m] = run->d[i];
            v[L * run->n + m] = exp(y);
            v[LOW * run->n + m] = exp(y - u);
            v[HIGH * run->n + m] = exp(y + u);
            v[X * run->n + m] = isfinite(c->ln_eta) ? run->d[i] / exp(0.5 * c->ln_eta) : NAN;
            v[Y * run->n + m] = exp(y) / sqrt(c->I);
        }
    const vt_status st = vti_emit_table(run->result, "lengths", "", m,
                                        (const vti_column[]){{"temperature", "K", v + KELVIN * run->n, NULL},
                                                             {"diameter", "m", v + D * run->n, NULL},
                                                             {"length", "m", v + L * run->n, NULL},
                                                             {"length_low", "m", v + LOW * run->n, NULL},
                                                             {"length_high", "m", v + HIGH * run->n, NULL},
                                                             {"reduced_diameter", "1", v + X * run->n, NULL},
                                                             {"reduced_length", "1", v + Y * run->n, NULL},
                                                             {0}},
                                        err);
    free(v);
    return st;
}

/* One condition: its points, and the fitted sum and branches. */
static vt_status condition(vti_mold_run *run, size_t k, vt_error *err)
{
    const vti_condition *c = &run->c[k];
    double d[GRID], sum[GRID], viscous[GRID], diffusion[GRID];
    double p_d[GRID], p_L[GRID], p_low[GRID], p_high[GRID];
    char name[VT_NAME];
    const double low = run->ln_d[c->first] - 0.1, high = run->ln_d[c->first + c->n - 1] + 0.1;
    for (size_t i = 0; i < GRID; i++) {
        const double ln_d = low + (high - low) * (double)i / (GRID - 1);
        d[i] = exp(ln_d);
        sum[i] = exp(vti_length_value(&c->best, run->par->entrance != 0, ln_d, NULL));
        viscous[i] = isfinite(c->best.ln_a) ? exp(0.5 * c->best.ln_a + ln_d) : NAN;
        diffusion[i] = isfinite(c->best.ln_b) ? exp(0.5 * (c->best.ln_b - ln_d)) : NAN;
    }
    snprintf(name, sizeof name, "fit_%zu", k + 1);
    vt_status st = vti_emit_table(run->result, name, "", GRID,
                                  (const vti_column[]){{"diameter", "m", d, NULL},
                                                       {"length", "m", sum, NULL},
                                                       {"viscous", "m", viscous, NULL},
                                                       {"diffusion", "m", diffusion, NULL},
                                                       {0}},
                                  err);
    if (st != VT_OK) return st;
    const size_t n = c->n < GRID ? c->n : GRID;
    for (size_t i = 0; i < n; i++) {
        const double y = run->y[c->first + i], u = run->s[c->first + i] * sqrt(c->scale);
        p_d[i] = run->d[c->first + i];
        p_L[i] = exp(y);
        p_low[i] = exp(y - u);
        p_high[i] = exp(y + u);
    }
    snprintf(name, sizeof name, "points_%zu", k + 1);
    return vti_emit_table(run->result, name, "", n,
                          (const vti_column[]){{"diameter", "m", p_d, NULL},
                                               {"length", "m", p_L, NULL},
                                               {"length_low", "m", p_low, NULL},
                                               {"length_high", "m", p_high, NULL},
                                               {0}},
                          err);
}

/* The numbers of one condition, in the order of both tables below. */
enum {
    C_T,
    C_INVERSE,
    C_P,
    C_TIME,
    C_N,
    C_ETA,
    C_LOW_ETA,
    C_HIGH_ETA,
    C_MOBILITY,
    C_LOW_MOBILITY,
    C_HIGH_MOBILITY,
    C_DC,
    C_LOW_DC,
    C_HIGH_DC,
    C_DC_ADDITIVE,
    C_DC_FASTEST,
    C_W_ADDITIVE,
    C_W_FASTEST,
    C_ALPHA,
    C_U_ALPHA,
    C_BETA,
    C_U_BETA,
    CONDITION_COLUMNS
};

static void fill_condition(const vti_condition *c, double *x)
{
    const bool both = c->side == VTI_BOTH_SIDES;
    double u;
    const double ln_dc = vti_ln_crossing(&c->best, &u);
    for (size_t j = 0; j < CONDITION_COLUMNS; j++) x[j] = NAN;
    x[C_T] = c->T;
    x[C_INVERSE] = 1.0 / c->T;
    x[C_P] = c->p;
    x[C_TIME] = c->t;
    x[C_N] = (double)c->n;
    x[C_ETA] = exp(c->ln_eta);
    x[C_LOW_ETA] = exp(c->ln_eta - c->u_ln_eta);
    x[C_HIGH_ETA] = exp(c->ln_eta + c->u_ln_eta);
    x[C_MOBILITY] = exp(c->ln_mobility);
    x[C_LOW_MOBILITY] = exp(c->ln_mobility - c->u_ln_mobility);
    x[C_HIGH_MOBILITY] = exp(c->ln_mobility + c->u_ln_mobility);
    x[C_W_ADDITIVE] = c->weight[VTI_ADDITIVE];
    x[C_W_FASTEST] = c->weight[VTI_FASTEST];
    if (!both) return;
    u *= sqrt(c->scale);
    x[C_DC] = exp(ln_dc);
    x[C_LOW_DC] = exp(ln_dc - u);
    x[C_HIGH_DC] = exp(ln_dc + u);
    if (c->fitted[VTI_ADDITIVE]) x[C_DC_ADDITIVE] = exp(vti_ln_crossing(&c->fit[VTI_ADDITIVE], NULL));
    if (c->fitted[VTI_FASTEST]) x[C_DC_FASTEST] = exp(vti_ln_crossing(&c->fit[VTI_FASTEST], NULL));
    if (!c->fitted[VTI_FREE]) return;
    x[C_ALPHA] = c->fit[VTI_FREE].alpha;
    x[C_U_ALPHA] = c->fit[VTI_FREE].u_alpha;
    x[C_BETA] = c->fit[VTI_FREE].beta;
    x[C_U_BETA] = c->fit[VTI_FREE].u_beta;
}

/* The table for readers: what each model says at each condition. */
static vt_status shown(vti_mold_run *run, size_t m, const double *v, vt_error *err)
{
    return vti_emit_table(run->result, "conditions",
                          "Conditions: viscosity (paper convention), mobility, critical diameter by model", m,
                          (const vti_column[]){{"temperature", "K", v + C_T * m, NULL},
                                               {"pressure", "Pa", v + C_P * m, NULL},
                                               {"time", "s", v + C_TIME * m, NULL},
                                               {"diameters", "1", v + C_N * m, NULL},
                                               {"viscosity", "Pa s", v + C_ETA * m, NULL},
                                               {"interface_mobility", "m3 s-1", v + C_MOBILITY * m, NULL},
                                               {"critical_diameter_additive", "m", v + C_DC_ADDITIVE * m, NULL},
                                               {"critical_diameter_fastest", "m", v + C_DC_FASTEST * m, NULL},
                                               {"weight_additive", "1", v + C_W_ADDITIVE * m, NULL},
                                               {"weight_fastest", "1", v + C_W_FASTEST * m, NULL},
                                               {"slope_viscous", "1", v + C_ALPHA * m, NULL},
                                               {"slope_viscous_u", "1", v + C_U_ALPHA * m, NULL},
                                               {"slope_diffusion", "1", v + C_BETA * m, NULL},
                                               {"slope_diffusion_u", "1", v + C_U_BETA * m, NULL},
                                               {0}},
                          err);
}

/* The curve behind the figures: values with one-u bars over temperature. */
static vt_status measured(vti_mold_run *run, size_t m, const double *v, vt_error *err)
{
    return vti_emit_table(run->result, "measured", "", m,
                          (const vti_column[]){{"temperature", "K", v + C_T * m, NULL},
                                               {"inverse_temperature", "K-1", v + C_INVERSE * m, NULL},
                                               {"viscosity", "Pa s", v + C_ETA * m, NULL},
                                               {"viscosity_low", "Pa s", v + C_LOW_ETA * m, NULL},
                                               {"viscosity_high", "Pa s", v + C_HIGH_ETA * m, NULL},
                                               {"interface_mobility", "m3 s-1", v + C_MOBILITY * m, NULL},
                                               {"interface_mobility_low", "m3 s-1", v + C_LOW_MOBILITY * m, NULL},
                                               {"interface_mobility_high", "m3 s-1", v + C_HIGH_MOBILITY * m, NULL},
                                               {"critical_diameter", "m", v + C_DC * m, NULL},
                                               {"critical_diameter_low", "m", v + C_LOW_DC * m, NULL},
                                               {"critical_diameter_high", "m", v + C_HIGH_DC * m, NULL},
                                               {0}},
                          err);
}

static vt_status conditions(vti_mold_run *run, vt_error *err)
{
    const size_t m = run->nc;
    double *v = block(CONDITION_COLUMNS, m);
    if (!v) return vt_fail(err, VT_EMEMORY, "conditions");
    for (size_t k = 0; k < m; k++) {
        double x[CONDITION_COLUMNS];
        fill_condition(&run->c[k], x);
        for (size_t j = 0; j < CONDITION_COLUMNS; j++) v[j * m + k] = x[j];
    }
    vt_status st = shown(run, m, v, err);
    if (st == VT_OK) st = measured(run, m, v, err);
    free(v);
    return st;
}

/* Laws of a replicate, from its draw, to evaluate them on a grid. */
static vti_laws laws_of(const vti_mold_run *run, const double *draw)
{
    vti_laws l = run->laws;
    memcpy(l.value, draw, sizeof l.value);
    l.viscosity = (vt_kink_law){.ln_eta0 = draw[VTI_LAW_LN_ETA0],
                                .B = draw[VTI_LAW_T0] * draw[VTI_LAW_STRENGTH],
                                .T0 = draw[VTI_LAW_T0],
                                .Tk = isfinite(draw[VTI_LAW_TK]) ? draw[VTI_LAW_TK] : 0.0,
                                .Qg = draw[VTI_LAW_QG],
                                .jump = isfinite(draw[VTI_LAW_JUMP]) ? draw[VTI_LAW_JUMP] : 0.0};
    return l;
}

static void evaluate(const vti_laws *l, const vti_law_assumptions *as, double T, double y[3])
{
    y[0] = exp(vti_laws_ln_eta(l, T));
    y[1] = exp(vti_laws_ln_mobility(l, as, T));
    y[2] = exp(vti_laws_ln_diameter(l, as, T));
}

struct bands {
    double T[GRID], inverse[GRID], y[3][GRID], low[3][GRID], high[3][GRID];
};

static void fill(const vti_mold_run *run, struct bands *b, double *draws, double *scratch)
{
    const vti_law_assumptions as = vti_mold_assumptions(run);
    const bool vft = isfinite(run->laws.value[VTI_LAW_T0]);
    const size_t n = !vft ? 0 : run->nrep < BAND_MAX ? run->nrep : BAND_MAX;
    const double tail = 0.5 * (1.0 - run->job->common.level), low = as.T_low - 10.0, high = as.T_high + 10.0;
    for (size_t k = 0; k < GRID; k++) {
        double y[3];
        b->T[k] = low + (high - low) * (double)k / (GRID - 1);
        b->inverse[k] = 1.0 / b->T[k];
        evaluate(&run->laws, &as, b->T[k], y);
        for (size_t i = 0; i < n; i++) {
            const vti_laws l = laws_of(run, run->draws + i * VTI_LAW_N);
            evaluate(&l, &as, b->T[k], draws + 3 * i);
        }
        for (size_t j = 0; j < 3; j++) {
            b->y[j][k] = y[j];
            b->low[j][k] = n ? vti_quantile(draws + j, n, 3, tail, scratch) : NAN;
            b->high[j][k] = n ? vti_quantile(draws + j, n, 3, 1.0 - tail, scratch) : NAN;
        }
    }
}

static vt_status laws(vti_mold_run *run, vt_error *err)
{
    if (!run->laws.has_viscosity && !run->laws.has_mobility) return VT_OK;
    struct bands *b = malloc(sizeof *b);
    double *draws = malloc(4 * BAND_MAX * sizeof *draws);
    vt_status st = b && draws ? VT_OK : vt_fail(err, VT_EMEMORY, "bands");
    if (st == VT_OK) {
        fill(run, b, draws, draws + 3 * BAND_MAX);
        st = vti_emit_table(run->result, "laws", "", GRID,
                            (const vti_column[]){{"temperature", "K", b->T, NULL},
                                                 {"inverse_temperature", "K-1", b->inverse, NULL},
                                                 {"viscosity", "Pa s", b->y[0], NULL},
                                                 {"viscosity_low", "Pa s", b->low[0], NULL},
                                                 {"viscosity_high", "Pa s", b->high[0], NULL},
                                                 {"interface_mobility", "m3 s-1", b->y[1], NULL},
                                                 {"interface_mobility_low", "m3 s-1", b->low[1], NULL},
                                                 {"interface_mobility_high", "m3 s-1", b->high[1], NULL},
                                                 {"critical_diameter", "m", b->y[2], NULL},
                                                 {"critical_diameter_low", "m", b->low[2], NULL},
                                                 {"critical_diameter_high", "m", b->high[2], NULL},
                                                 {0}},
                            err);
    }
    free(draws);
    free(b);
    return st;
}

/* Viscous flow in the normalised plot: L/sqrt(I) = d/sqrt(32 eta), slope 1/sqrt(32) (ledger A4). */
static vt_status reduced_law(vti_mold_run *run, vt_error *err)
{
    double low = INFINITY, high = 0.0;
    for (size_t k = 0; k < run->nc; k++) {
        const vti_condition *c = &run->c[k];
        if (!isfinite(c->ln_eta)) continue;
        low = fmin(low, run->d[c->first] / exp(0.5 * c->ln_eta));
        high = fmax(high, run->d[c->first + c->n - 1] / exp(0.5 * c->ln_eta));
    }
    if (!(high > low)) return VT_OK;
    const double slope = 1.0 / sqrt(VT_MOLDING_PREFACTOR_PAPER), x[2] = {low, high}, y[2] = {slope * low, slope * high};
    return vti_emit_table(
        run->result, "reduced_law", "", 2,
        (const vti_column[]){{"reduced_diameter", "1", x, NULL}, {"reduced_length", "1", y, NULL}, {0}}, err);
}

vt_status vti_mold_report_lengths(vti_mold_run *run, vt_error *err)
{
    vt_status st;
    VT_TRY(st = conditions(run, err));
    VT_TRY(st = points(run, err));
    for (size_t k = 0; k < run->nc; k++) VT_TRY(st = condition(run, k, err));
    VT_TRY(st = laws(run, err));
    VT_TRY(st = reduced_law(run, err));
done:
    return st;
}
