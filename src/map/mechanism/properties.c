/* Properties of the map: critical diameters at chosen temperatures, the maximum and where it lies. */
#include "base/quantity_internal.h"
#include "map/mechanism/mechanism_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/proportion.h>

/* Outputs: the chosen temperatures, then value and place of the maximum. */
static void outputs(const vti_law *law, const double *x, double *y, void *ctx)
{
    const vti_mechanism_map *map = ctx;
    const size_t n = map->set->at.n;
    for (size_t i = 0; i < n; i++) y[i] = vti_mechanism_critical(law, x, map->set->at.x[i]);
    y[n] = y[n + 1] = NAN;
    vti_mechanism_maximum(map, x, &y[n + 1], &y[n]);
}

static vt_scope at_temperature(double T)
{
    return (vt_scope){.key = "temperature", .value = T, .unit = "K"};
}

static vt_status chosen(vti_mechanism_map *map, const vti_forecast_output *out, vt_error *err)
{
    static const vti_forecast_property WHAT = {"critical_diameter", "d_c", "m", NULL,
                                               "(8 c Omega delta D_I eta / kT)^(1/3) with the laws of the card"};
    vt_status st = VT_OK;
    for (size_t i = 0; st == VT_OK && i < map->set->at.n; i++) {
        const double T = map->set->at.x[i];
        const vt_scope scope = at_temperature(T);
        if (!out[i].known)
            st =
                vt_result_warn(map->result, err, "W_DOMAIN", "the laws of the card do not reach %.2f degC", T - 273.15);
        else
            st = vti_forecast_emit(map->result, &WHAT, &scope, 1, &out[i], map->job->common.level, err);
    }
    return st;
}

/* Share of the draws whose maximum lies inside: the test of non-monotonicity (P11). */
static vt_status emit_probability(vti_mechanism_map *map, double share, vt_error *err)
{
    const double level = map->job->common.level;
    const size_t draws = 10 * (size_t)map->job->common.replicates;
    vt_proportion q;
    vt_status st = vt_proportion_wilson((size_t)llround(share * (double)draws), draws, level, &q, err);
    if (st != VT_OK) return st;
    vt_property p = {.name = "maximum_probability",
                     .symbol = "P",
                     .method = "share of the draws whose largest critical diameter lies inside the range"};
    const double u = 0.5 * (q.high - q.low) / vti_coverage_factor(level, INFINITY);
    p.q = (vt_quantity){
        .value = q.estimate, .u = u, .low = q.low, .high = q.high, .level = level, .dof = INFINITY, .unit = "1"};
    st = vt_result_add_property(map->result, &p, err);
    if (st == VT_OK && share < level)
        st =
            vt_result_warn(map->result, err, "W_NO_MAXIMUM",
                           "the critical diameter has its maximum inside %.4g ... %.4g degC with probability %.3g only",
                           map->T[0] - 273.15, map->T[map->n - 1] - 273.15, share);
    return st;
}

static vt_status maximum(vti_mechanism_map *map, vti_forecast_output *out, vt_error *err)
{
    static const vti_forecast_property SIZE = {"maximum_critical_diameter", "d_c,max", "m", NULL,
                                               "largest critical diameter over the temperature"},
                                       PLACE = {"maximum_temperature", "T_max", "K", NULL,
                                                "temperature of the largest critical diameter"};
    const double share = 1.0 - out[0].lost;
    map->T_max = out[1].known ? out[1].value : NAN;
    map->d_max = out[0].known ? out[0].value : NAN;
    vt_status st = emit_probability(map, out[0].known ? share : 0.0, err);
    if (st != VT_OK || !out[0].known) return st;
    const vt_scope scope = at_temperature(map->T_max);
    out[0].lost = out[1].lost = 0.0; /* draws without a maximum are what the probability counts */
    st = vti_forecast_emit(map->result, &SIZE, &scope, 1, &out[0], map->job->common.level, err);
    if (st == VT_OK) st = vti_forecast_emit(map->result, &PLACE, NULL, 0, &out[1], map->job->common.level, err);
    return st;
}

vt_status vti_mechanism_properties(vti_mechanism_map *map, vt_error *err)
{
    const size_t n = map->set->at.n;
    bool positive[VTI_OUTPUTS] = {false};
    for (size_t i = 0; i <= n; i++) positive[i] = true;
    vti_forecast_output out[VTI_OUTPUTS];
    const vti_forecast f = {.law = &map->law,
                            .f = outputs,
                            .ctx = map,
                            .m = n + 2,
                            .positive = positive,
                            .draws = 10 * (size_t)map->job->common.replicates,
                            .seed = map->job->common.seed,
                            .purpose = "map/mechanism",
                            .level = map->job->common.level,
                            .threads = (int)map->job->common.threads};
    vt_status st = vti_forecast_propagate(&f, out, NULL, err);
    if (st == VT_OK) st = chosen(map, out, err);
    return st == VT_OK ? maximum(map, out + n, err) : st;
}
