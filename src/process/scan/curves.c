/* The two scans, and what other cooling rates would store. */
#include "experiment/emit_internal.h"
#include "process/scan/scan_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double SLOWEST = 1e-3, FASTEST = 1e6; /* K/s: of the sweep */

/* Heat capacity along a run at the middles of its steps, smeared by the calorimeter. */
static void heat(const vti_thermal_run *run, const vti_thermal_case *c, const vti_thermal_history *h, size_t leg,
                 double *out)
{
    const size_t a = h->from[leg], n = h->from[leg + 1] - a;
    double seen = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double *T = h->walk.T + a + i, *Tf = h->walk.Tf + a + i;
        const double T0 = T[0], T1 = T[1], Tf0 = Tf[0], Tf1 = Tf[1];
        const double now = vt_tnm_heat_capacity(&c->heat, 0.5 * (T0 + T1), 0.5 * (Tf0 + Tf1), (Tf1 - Tf0) / (T1 - T0));
        const double dt = (T1 - T0) / run->set->heating_rate;
        const double forget = run->set->response > 0.0 ? -expm1(-dt / run->set->response) : 1.0;
        seen = i == 0 ? now : seen + forget * (now - seen);
        out[i] = seen;
    }
}

static vt_status add_heat_figure(vti_thermal_run *run, vt_error *err)
{
    vt_figure f = {.name = "heat_capacity",
                   .title = "Heat capacity of the first and the second scan",
                   .x = {.label = "temperature", .unit = "degC", .low = NAN, .high = NAN},
                   .y = {.label = "heat capacity", .unit = "J/(g K)", .low = NAN, .high = NAN}};
    vti_emit_series(&f, "scans", "temperature", "heat_capacity", VT_LINE, 0, "first scan");
    vti_emit_series(&f, "scans", "temperature", "reference_heat_capacity", VT_DASHED, 1, "second scan");
    snprintf(f.alt, sizeof f.alt,
             "Heat capacity against temperature of a piece cooled at %.4g K/s, and of the same piece after cooling at "
             "%.4g K/s: between the curves lie %.3g J/g.",
             exp(run->law.input[run->rate].x), run->set->reference_rate, 1e-3 * run->out[VTI_THERMAL_RELEASED].value);
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status add_fictive_figure(vti_thermal_run *run, vt_error *err)
{
    vt_figure f = {.name = "fictive_temperature",
                   .title = "Fictive temperature of the first and the second scan",
                   .x = {.label = "temperature", .unit = "degC", .low = NAN, .high = NAN},
                   .y = {.label = "fictive temperature", .unit = "degC", .low = NAN, .high = NAN}};
    vti_emit_series(&f, "scans", "temperature", "fictive_temperature", VT_LINE, 0, "first scan");
    vti_emit_series(&f, "scans", "temperature", "reference_fictive_temperature", VT_DASHED, 1, "second scan");
    snprintf(f.alt, sizeof f.alt,
             "Fictive temperature against temperature on heating: the first scan begins at %.1f degC, the second at "
             "%.1f degC; both end in equilibrium.",
             run->out[VTI_THERMAL_TF].value - 273.15, run->out[VTI_THERMAL_TF_REFERENCE].value - 273.15);
    return vt_result_add_figure(run->result, &f, err);
}

static vt_status scans(vti_thermal_run *run, const vti_thermal_case *c, vt_error *err)
{
    vti_thermal_history h;
    vt_status st = vti_thermal_follow(run, c, run->set->step, &h, err);
    if (st != VT_OK) return st;
    const size_t a = h.from[h.run[0]], b = h.from[h.run[1]], n = h.from[h.run[0] + 1] - a;
    double *x = malloc(6 * n * sizeof *x);
    if (!x) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for %zu points", n));
    double *T = x, *first = x + n, *second = x + 2 * n, *excess = x + 3 * n, *Tf = x + 4 * n, *ref = x + 5 * n;
    heat(run, c, &h, h.run[0], first);
    heat(run, c, &h, h.run[1], second);
    for (size_t i = 0; i < n; i++) {
        T[i] = 0.5 * (h.walk.T[a + i] + h.walk.T[a + i + 1]);
        excess[i] = first[i] - second[i];
        Tf[i] = 0.5 * (h.walk.Tf[a + i] + h.walk.Tf[a + i + 1]);
        ref[i] = 0.5 * (h.walk.Tf[b + i] + h.walk.Tf[b + i + 1]);
    }
    const vti_column columns[] = {{"temperature", "K", T, NULL},
                                  {"heat_capacity", "J kg-1 K-1", first, NULL},
                                  {"reference_heat_capacity", "J kg-1 K-1", second, NULL},
                                  {"difference", "J kg-1 K-1", excess, NULL},
                                  {"fictive_temperature", "K", Tf, NULL},
                                  {"reference_fictive_temperature", "K", ref, NULL},
                                  {0}};
    VT_TRY(st = vti_emit_table(run->result, "scans", "", n, columns, err));
    VT_TRY(st = add_heat_figure(run, err));
    st = add_fictive_figure(run, err);
done:
    free(x);
    vt_tnm_walk_free(&h.walk);
    return st;
}

static vt_status sweep_figures(vti_thermal_run *run, vt_error *err)
{
    const double rate = exp(run->law.input[run->rate].x);
    vt_figure f = {.name = "cooling_rate",
                   .title = "Stored enthalpy against cooling rate",
                   .x = {.label = "cooling rate", .unit = "K/s", .log = 1, .low = NAN, .high = NAN},
                   .y = {.label = "released enthalpy", .unit = "J/g", .low = NAN, .high = NAN}};
    vti_emit_series(&f, "sweep", "cooling_rate", "relaxation_enthalpy", VT_LINE, 0, "");
    vti_emit_series(&f, "here", "cooling_rate", "relaxation_enthalpy", VT_POINTS, 1, "this history");
    if (run->out[VTI_THERMAL_RELEASED].u > 0.0) {
        snprintf(f.series[1].low, sizeof f.series[1].low, "enthalpy_low");
        snprintf(f.series[1].high, sizeof f.series[1].high, "enthalpy_high");
    }
    snprintf(f.alt, sizeof f.alt,
             "Enthalpy that a scan releases more than one after cooling at %.4g K/s, against the cooling rate of the "
             "making: %.3g J/g at %.4g K/s.",
             run->set->reference_rate, 1e-3 * run->out[VTI_THERMAL_RELEASED].value, rate);
    const vt_status st = vt_result_add_figure(run->result, &f, err);
    if (st != VT_OK || !run->out[VTI_THERMAL_ELASTIC].known) return st;
    snprintf(f.name, sizeof f.name, "softening");
    snprintf(f.title, sizeof f.title, "Softening against cooling rate");
    f.y = (vt_axis){.label = "change of the shear modulus", .unit = "%", .low = NAN, .high = NAN};
    snprintf(f.series[0].y, sizeof f.series[0].y, "modulus_change");
    snprintf(f.series[1].y, sizeof f.series[1].y, "modulus_change");
    if (f.series[1].low[0]) {
        snprintf(f.series[1].low, sizeof f.series[1].low, "modulus_low");
        snprintf(f.series[1].high, sizeof f.series[1].high, "modulus_high");
    }
    snprintf(f.alt, sizeof f.alt,
             "Change of the shear modulus by the elastic model, from that after cooling at %.4g K/s, against the "
             "cooling rate of the making: %.3g %% at %.4g K/s.",
             run->set->reference_rate, 100.0 * run->out[VTI_THERMAL_ELASTIC].value, rate);
    return vt_result_add_figure(run->result, &f, err);
}

static double end_of(const vti_forecast_output *o, double edge)
{
    return isfinite(edge) ? edge : o->value;
}

static vt_status here(vti_thermal_run *run, vt_error *err)
{
    const vti_forecast_output *H = &run->out[VTI_THERMAL_RELEASED], *G = &run->out[VTI_THERMAL_ELASTIC];
    const double rate = exp(run->law.input[run->rate].x);
    const double v[6] = {H->value, end_of(H, H->low), end_of(H, H->high),
                         G->value, end_of(G, G->low), end_of(G, G->high)};
    const vti_column columns[] = {{"cooling_rate", "K s-1", &rate, NULL},
                                  {"relaxation_enthalpy", "J kg-1", &v[0], NULL},
                                  {"enthalpy_low", "J kg-1", &v[1], NULL},
                                  {"enthalpy_high", "J kg-1", &v[2], NULL},
                                  {G->known ? "modulus_change" : NULL, "1", &v[3], NULL},
                                  {"modulus_low", "1", &v[4], NULL},
                                  {"modulus_high", "1", &v[5], NULL},
                                  {0}};
    return vti_emit_table(run->result, "here", "", 1, columns, err);
}

/* The same history, but made at other rates; a rate that the history does not bear is left out. */
static vt_status sweep(vti_thermal_run *run, const vti_thermal_case *c, vt_error *err)
{
    double rate[VTI_THERMAL_RATES], H[VTI_THERMAL_RATES], G[VTI_THERMAL_RATES], Tf[VTI_THERMAL_RATES],
        y[VTI_THERMAL_COUNT];
    size_t n = 0;
    for (int k = 0; k < VTI_THERMAL_RATES; k++) {
        vti_thermal_case other = *c;
        vti_thermal_history h;
        other.rate = SLOWEST * pow(FASTEST / SLOWEST, (double)k / (VTI_THERMAL_RATES - 1));
        if (vti_thermal_follow(run, &other, 0.5, &h, NULL) != VT_OK) continue;
        vti_thermal_read(run, &other, &h, y);
        vt_tnm_walk_free(&h.walk);
        rate[n] = other.rate;
        H[n] = y[VTI_THERMAL_RELEASED];
        G[n] = y[VTI_THERMAL_ELASTIC];
        Tf[n++] = y[VTI_THERMAL_TF];
    }
    if (n == 0) return VT_OK;
    const vti_column columns[] = {{"cooling_rate", "K s-1", rate, NULL},
                                  {"fictive_temperature", "K", Tf, NULL},
                                  {"relaxation_enthalpy", "J kg-1", H, NULL},
                                  {run->out[VTI_THERMAL_ELASTIC].known ? "modulus_change" : NULL, "1", G, NULL},
                                  {0}};
    vt_status st = vti_emit_table(run->result, "sweep", "", n, columns, err);
    if (st == VT_OK) st = here(run, err);
    return st == VT_OK ? sweep_figures(run, err) : st;
}

vt_status vti_thermal_curves(vti_thermal_run *run, vt_error *err)
{
    double x[VTI_INPUTS];
    vti_law_best(&run->law, x);
    const vti_thermal_case c = vti_thermal_case_at(run, x);
    const vt_status st = scans(run, &c, err);
    return st == VT_OK ? sweep(run, &c, err) : st;
}
