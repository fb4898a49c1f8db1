/* Modulus and yield with their budgets, and the table of yield methods. */
#include "base/quantity_internal.h"
#include "report_internal.h"
#include <math.h>
#include <stdio.h>
#include <vitrum/constants.h>

/* Shared influences, relative: what they are, and their standard uncertainty. At a torque its whole calibration counts,
 * with the covariance of slope and zero; a yield strain has the zero alone, as an angle. */
static double shared_u(const vti_torsion_run *run, const vti_torsion_value *v, size_t k)
{
    const vti_torsion_params *p = run->par;
    const double slope = run->by_current ? p->torque_constant_u / p->torque_constant : p->torque_u;
    const double torque = run->by_current && v->T > 0.0 ? vti_torsion_torque_u(p, v->T) / v->T : slope;
    const double yield = run->yielded ? run->b0 * run->yield[VTI_YIELD_ONSET][0] : (double)INFINITY;
    const double u[VTI_SHARED] = {
        p->diameter_u,           p->gauge_length_u, torque, p->angle_u, run->b0 * p->machine_compliance_u,
        p->torque_zero_u / yield};
    return u[k];
}

vt_status vti_torsion_emit(const vti_torsion_run *run, const vti_torsion_value *v, vt_error *err)
{
    static const char *const NAME[VTI_SHARED] = {"diameter",    "gauge length",       "torque calibration",
                                                 "angle scale", "machine compliance", "torque zero"};
    const double level = run->job->common.level, z = vti_coverage_factor(level, INFINITY);
    vt_budget_item budget[VTI_SHARED + 1] = {{.source = "fit", .type = 'A', .u = v->fit.u, .c = 1.0}};
    double shared = 0.0;
    size_t n = 1;
    for (size_t k = 0; k < VTI_SHARED; k++) {
        const double u = shared_u(run, v, k), c = v->power[k] * v->fit.value;
        if (c == 0.0 || u == 0.0) continue;
        budget[n] = (vt_budget_item){.type = 'B', .u = u, .c = c};
        snprintf(budget[n].source, sizeof budget[n].source, "%s", NAME[k]);
        snprintf(budget[n].group, sizeof budget[n].group, "%s", NAME[k]);
        shared = hypot(shared, c * u);
        n++;
    }
    const vti_value out = {.name = v->name,
                           .symbol = v->symbol,
                           .unit = v->unit,
                           .reading = v->reading,
                           .method = v->method,
                           .value = v->fit.value,
                           .u = hypot(v->fit.u, shared),
                           .low = v->fit.low == 0.0 ? 0.0 /* not bounded below */
                                                    : v->fit.value - hypot(v->fit.value - v->fit.low, z * shared),
                           .high = v->fit.value + hypot(v->fit.high - v->fit.value, z * shared),
                           .level = level,
                           .scope_key = run->specimen[0] ? "specimen" : NULL,
                           .scope_text = run->specimen,
                           .and_key = v->scope ? "window" : NULL,
                           .and_text = v->scope,
                           .nbudget = n,
                           .budget = budget};
    return vti_emit_value(run->result, &out, err);
}

/* value -+ t u, in another unit. */
static vti_torsion_extent about(const vti_torsion_run *run, double value, double u)
{
    const double z = vti_coverage_factor(run->job->common.level, INFINITY);
    return (vti_torsion_extent){value, u, value - z * u, value + z * u};
}

vti_torsion_extent vti_torsion_times(vti_torsion_extent e, double by)
{
    return (vti_torsion_extent){by * e.value, by * e.u, by * e.low, by * e.high};
}

static vt_status modulus(const vti_torsion_run *run, vt_error *err)
{
    const double to_G = 2.0 * run->L / (VT_PI * pow(run->R, 4.0));
    vti_torsion_value v = {.name = "apparent_shear_modulus",
                           .symbol = "G_app",
                           .unit = "Pa",
                           .reading = "paper",
                           .method = "slope of surface stress over surface strain in the elastic window",
                           .fit = about(run, to_G * run->b0, to_G * run->u_b0),
                           .power = {-4.0, 1.0, 1.0, -1.0, 1.0}};
    vt_status st = vti_torsion_emit(run, &v, err);
    if (st != VT_OK) return st;
    v.name = "surface_shear_modulus";
    v.symbol = "G_s";
    v.method = "the apparent modulus, called surface modulus as published (ledger E1)";
    st = vti_torsion_emit(run, &v, err);
    if (st != VT_OK || !run->yielded) return st;
    v.name = "apparent_shear_modulus";
    v.symbol = "G_app";
    v.reading = "physics";
    v.method = "initial slope of the model chosen, whole curve";
    v.fit = vti_torsion_times(run->fit[run->told].b0, to_G);
    return vti_torsion_emit(run, &v, err);
}

/* Expected lateness of a threshold of three standard deviations on a homogeneous wire, relative to the angle at yield
 * (P29): sqrt(k sigma/(2 T_y)). */
static double delay(const vti_torsion_run *run)
{
    return sqrt(1.5 * run->s / run->yield[VTI_YIELD_ONSET][1]);
}

static vt_status paper_yield(const vti_torsion_run *run, vt_error *err)
{
    const double late = delay(run) / sqrt(3.0), *y = run->yield[VTI_YIELD_ONSET];
    const vti_torsion_value stress = {.name = "yield_stress",
                                      .symbol = "tau_SY",
                                      .unit = "Pa",
                                      .reading = "paper",
                                      .method = "16 T/(pi D^3) where the record leaves the elastic line; its "
                                                "detection delay is in u",
                                      .fit = about(run, run->stress * y[1], run->stress * y[1] * late),
                                      .T = y[1],
                                      .power = {-3.0, 0.0, 1.0, 0.0, 0.0}};
    const double g = run->R / run->L;
    const vti_torsion_value strain = {.name = "yield_strain",
                                      .symbol = "gamma_SY",
                                      .unit = "1",
                                      .reading = "paper",
                                      .method = "D phi/(2 L) where the record leaves the elastic line; its "
                                                "detection delay is in u",
                                      .fit = about(run, g * y[0], g * y[0] * late),
                                      .power = {1.0, -1.0, 0.0, 1.0, 0.0, 1.0}};
    const vt_status st = vti_torsion_emit(run, &stress, err);
    return st == VT_OK ? vti_torsion_emit(run, &strain, err) : st;
}

static vt_status model_yield(const vti_torsion_run *run, vt_error *err)
{
    const vti_torsion_fit *f = &run->fit[run->told];
    const vti_torsion_value strain = {.name = "yield_strain",
                                      .symbol = "gamma_y",
                                      .unit = "1",
                                      .reading = "physics",
                                      .method = "of the model chosen, whole curve",
                                      .fit = vti_torsion_times(f->y, run->R / run->L),
                                      .power = {1.0, -1.0, 0.0, 1.0, 0.0, 1.0}};
    const vt_status st = vti_torsion_emit(run, &strain, err);
    if (st != VT_OK || vti_torsion_is_layered(run->told)) return st;
    const double b = f->x[VTI_P_B], y = f->x[VTI_P_Y], T = b * y;
    const double u2 = y * y * f->cov[VTI_P_B * VTI_P + VTI_P_B] + b * b * f->cov[VTI_P_Y * VTI_P + VTI_P_Y] +
                      2.0 * b * y * f->cov[VTI_P_B * VTI_P + VTI_P_Y];
    const vti_torsion_value stress = {.name = "yield_stress",
                                      .symbol = "tau_y",
                                      .unit = "Pa",
                                      .reading = "physics",
                                      .method = "modulus times yield strain of the model chosen, whole curve",
                                      .fit = about(run, run->stress * T, run->stress * sqrt(fmax(0.0, u2))),
                                      .T = T,
                                      .power = {-3.0, 0.0, 1.0, 0.0, 0.0}};
    return vti_torsion_emit(run, &stress, err);
}

static vt_status yield_table(vti_torsion_run *run, vt_error *err)
{
    static const char *const NAME[VTI_YIELD_METHODS] = {"onset (cumulative sum)", "offset 0.02 %", "offset 0.1 %",
                                                        "bilinear knot", "model chosen"};
    const vti_torsion_fit *f = &run->fit[run->told];
    const char *name[VTI_YIELD_METHODS];
    double x[4][VTI_YIELD_METHODS];
    size_t n = 0;
    run->yield[VTI_YIELD_MODEL][0] = f->y.value;
    run->yield[VTI_YIELD_MODEL][1] = f->b0.value * f->y.value;
    for (int m = 0; m < VTI_YIELD_METHODS; m++) {
        if (!isfinite(run->yield[m][0])) continue;
        name[n] = NAME[m];
        x[0][n] = run->yield[m][0];
        x[1][n] = run->yield[m][0] * run->R / run->L;
        x[2][n] = run->yield[m][1] * run->stress;
        x[3][n++] = m == VTI_YIELD_ONSET ? delay(run) * run->yield[m][0] * run->R / run->L : (double)NAN;
    }
    const vti_column columns[] = {{"method", "", NULL, name},  {"angle", "rad", x[0], NULL},
                                  {"strain", "1", x[1], NULL}, {"stress", "Pa", x[2], NULL},
                                  {"delay", "1", x[3], NULL},  {0}};
    return vti_emit_table(run->result, "yields", "Yield by method; delay: expected lateness in strain", n, columns,
                          err);
}

vt_status vti_torsion_report(vti_torsion_run *run, vt_error *err)
{
    vt_status st = modulus(run, err);
    if (st != VT_OK) return st;
    if (!run->yielded)
        return vt_result_warn(run->result, err, "W_NO_YIELD",
                              "the record does not leave its elastic line, to a surface strain of %.3g %%: no yield, "
                              "and nothing to read a layer from",
                              100.0 * (run->bin_phi[run->bins - 1] - run->z) * run->R / run->L);
    VT_TRY(st = paper_yield(run, err));
    VT_TRY(st = model_yield(run, err));
    st = yield_table(run, err);
done:
    return st;
}
