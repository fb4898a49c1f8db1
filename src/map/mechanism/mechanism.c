/* vitrum map mechanism: the descriptor and the run. */
#include "map/mechanism/mechanism_internal.h"
#include "stats/quantile_internal.h"
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <vitrum/parallel.h>

enum { DRAWS_MAX = 4000 };

#define AT(field) offsetof(vti_mechanism_settings, field)

static const vt_param PARAMS[] = {
    {"temperature_low", VT_REAL, "K", "25 degC", 50.0, 1500.0, NULL, "lowest temperature", AT(temperature_low)},
    {"temperature_high", VT_REAL, "K", "", 50.0, 2000.0, NULL,
     "highest temperature; 50 K above the glass transition if not given", AT(temperature_high)},
    {"points", VT_INT, NULL, "161", 20, VTI_MAP_POINTS, NULL, "temperatures of the grid", AT(points)},
    {"measured_low", VT_REAL, "K", "", 50.0, 2000.0, NULL,
     "lowest temperature of the data; of the table or the card if not given", AT(measured_low)},
    {"measured_high", VT_REAL, "K", "", 50.0, 2000.0, NULL, "highest temperature of the data", AT(measured_high)},
    {"extrapolation", VT_REAL, "K", "50 K", 0.0, 500.0, NULL, "how far beyond the data the curve is drawn solid",
     AT(extrapolation)},
    {"at", VT_LIST, "K", "25,100,287 degC", 50.0, 2000.0, NULL, "temperatures to report", AT(at)},
    {"prefactor", VT_CHOICE, NULL, "card", 0, 0, "card|32|16",
     "convention that the viscosity goes with: as the card says, mean speed (32), integrated (16)", AT(prefactor)},
    VT_PARAM_END};

static const vt_column COLUMNS[] = {
    {"temperature", "K", 1, 273.15, 1500.0, "T;temp;mold temperature", "temperature of a run"},
    {"diameter", "m", 1, 1e-9, 1e-3, "d;pore diameter;wire diameter", "diameter of its pores"},
    /* a table of molding may be given as it is */
    {"pressure", "Pa", 0, 0, 0, NULL, "not used by the map"},
    {"time", "s", 0, 0, 0, NULL, "not used by the map"},
    {"length", "m", 0, 0, 0, NULL, "not used by the map"},
    {"length_sd", "m", 0, 0, 0, NULL, "not used by the map"},
    {"count", "1", 0, 0, 0, NULL, "not used by the map"},
    {"imprint_length", "m", 0, 0, 0, NULL, "not used by the map"},
    VT_COLUMN_END};

static const vt_output OUTPUTS[] = {
    {"critical_diameter", "d_c", "m", "critical diameter at the chosen temperatures"},
    {"maximum_critical_diameter", "d_c,max", "m", "the largest critical diameter"},
    {"maximum_temperature", "T_max", "K", "where it is largest"},
    {"maximum_probability", "P", "1", "probability that the maximum lies inside the range"},
    VT_OUTPUT_END};

static vt_status make_grid(vti_mechanism_map *map, vt_error *err)
{
    double x[VTI_INPUTS], high = map->set->temperature_high;
    const double low = map->set->temperature_low;
    vti_law_best(&map->law, x);
    if (isnan(high)) {
        high = fmax(isnan(map->law.Tg) ? x[VTI_IN_T0] + 150.0 : map->law.Tg, map->law.kink ? x[VTI_IN_TK] : 0.0) + 50.0;
        if (map->measured_high > high - 10.0) high = map->measured_high + 10.0;
    }
    if (!(high > low + 1.0))
        return vt_fail(err, VT_ERANGE, "temperature_high = %.2f degC must be above temperature_low = %.2f degC",
                       high - 273.15, low - 273.15);
    map->n = (size_t)map->set->points;
    map->draws = (size_t)map->job->common.replicates;
    if (map->draws > DRAWS_MAX) map->draws = DRAWS_MAX; /* a band needs no more */
    map->T = malloc(4 * map->n * sizeof *map->T);
    map->x = malloc(map->draws * VTI_INPUTS * sizeof *map->x);
    if (!map->T || !map->x) return vt_fail(err, VT_EMEMORY, "no memory for the map");
    map->d_c = map->T + map->n;
    map->low = map->d_c + map->n;
    map->high = map->low + map->n;
    for (size_t k = 0; k < map->n; k++) map->T[k] = low + (high - low) * (double)k / (double)(map->n - 1);
    return VT_OK;
}

/* Where data lie: settings, else the table of conditions, else the card. */
static vt_status find_measured(vti_mechanism_map *map, vt_error *err)
{
    vt_quantity q;
    vt_status st = VT_OK;
    map->measured_low = map->set->measured_low;
    map->measured_high = map->set->measured_high;
    if (!isnan(map->measured_low) && !isnan(map->measured_high)) return VT_OK;
    map->measured_low = map->measured_high = NAN;
    for (size_t k = 0; k < map->job->ntables; k++) {
        const vt_table *t = map->job->tables[k];
        const double *T = vt_table_values(t, (size_t)vt_table_find(t, "temperature"));
        for (size_t i = 0; i < vt_table_rows(t); i++) {
            map->measured_low = fmin(map->measured_low, T[i]); /* fmin and fmax pass over NaN */
            map->measured_high = fmax(map->measured_high, T[i]);
        }
    }
    if (!isnan(map->measured_low)) return VT_OK;
    if (!vt_card_find(map->job->alloy, "data_temperature_low") ||
        !vt_card_find(map->job->alloy, "data_temperature_high"))
        return vt_result_warn(
            map->result, err, "W_EXTRAPOLATED",
            "where data lie is not known: give measured_low and measured_high, or a table of conditions");
    st = vt_job_constant(map->job, map->result, "data_temperature_low", &q, err);
    if (st == VT_OK) map->measured_low = q.value;
    if (st == VT_OK) st = vt_job_constant(map->job, map->result, "data_temperature_high", &q, err);
    if (st == VT_OK) map->measured_high = q.value;
    return st;
}

static vt_status one_temperature(size_t k, void *shared, void *scratch, vt_error *err)
{
    (void)scratch;
    vti_mechanism_map *map = shared;
    double best[VTI_INPUTS];
    double *sample = malloc(map->draws * sizeof *sample);
    if (!sample) return vt_fail(err, VT_EMEMORY, "no memory for %zu draws", map->draws);
    vti_law_best(&map->law, best);
    map->d_c[k] = vti_mechanism_critical(&map->law, best, map->T[k]);
    for (size_t i = 0; i < map->draws; i++)
        sample[i] = vti_mechanism_critical(&map->law, map->x + i * VTI_INPUTS, map->T[k]);
    const double tail = 0.5 * (1.0 - map->job->common.level);
    map->low[k] = vti_finite_quantile(sample, map->draws, tail);
    map->high[k] = vti_finite_quantile(sample, map->draws, 1.0 - tail);
    if (isnan(map->d_c[k])) map->low[k] = map->high[k] = NAN;
    free(sample);
    return VT_OK;
}

static vt_status draw_band(vti_mechanism_map *map, vt_error *err)
{
    const uint32_t purpose = vt_stream_purpose("map/mechanism");
    for (size_t i = 0; i < map->draws; i++) {
        vt_stream stream;
        vt_stream_init(&stream, map->job->common.seed, purpose, i);
        vti_law_draw(&map->law, &stream, map->x + i * VTI_INPUTS);
    }
    const vt_parallel how = {.threads = (int)map->job->common.threads, .shared = map};
    vt_status st = vt_parallel_for(map->n, one_temperature, &how, err);
    size_t good = 0;
    for (size_t k = 0; st == VT_OK && k < map->n; k++) good += isfinite(map->d_c[k]) != 0;
    if (st == VT_OK && good == 0)
        st = vt_fail(err, VT_EDOMAIN, "the laws of the card do not reach %.2f ... %.2f degC", map->T[0] - 273.15,
                     map->T[map->n - 1] - 273.15);
    return st;
}

static vt_status warn(vti_mechanism_map *map, vt_error *err)
{
    vt_status st = VT_OK;
    const double beyond = map->set->extrapolation;
    double x[VTI_INPUTS];
    vti_law_best(&map->law, x);
    if (map->measured_low - beyond > map->T[0] || map->measured_high + beyond < map->T[map->n - 1])
        st = vt_result_warn(
            map->result, err, "W_EXTRAPOLATED",
            "data lie between %.4g and %.4g degC; more than %.3g K beyond them the curve is an extrapolation",
            map->measured_low - 273.15, map->measured_high - 273.15, beyond);
    if (st == VT_OK && map->law.kink && x[VTI_IN_TK] > map->T[0])
        st = vt_result_warn(
            map->result, err, "W_APPARENT",
            "below the kink at %.2f degC the viscosity of the glass is apparent, not that of equilibrium",
            x[VTI_IN_TK] - 273.15);
    return st;
}

static vt_status run_mechanism(const vt_job *job, vt_result *result, vt_error *err)
{
    static const double PREFACTOR[] = {0.0, 32.0, 16.0};
    vti_mechanism_map *map = calloc(1, sizeof *map);
    vt_status st;
    if (!map) return vt_fail(err, VT_EMEMORY, "no memory for the map");
    map->job = job;
    map->set = job->params;
    map->result = result;
    if (map->set->at.n > VTI_MAP_AT) {
        st = vt_fail(err, VT_ELIMIT, "at: %zu temperatures, at most %d are reported", map->set->at.n, VTI_MAP_AT);
        goto done;
    }
    VT_TRY(st = vti_law_read(job, PREFACTOR[map->set->prefactor], result, &map->law, err));
    if (!map->law.diffusion) {
        st = vt_fail(err, VT_EREFERENCE,
                     "the card of %s has no interface mobility and activation energy: there is no critical diameter",
                     vt_card_alloy(job->alloy));
        goto done;
    }
    VT_TRY(st = vti_law_factor(&map->law, err));
    VT_TRY(st = find_measured(map, err));
    VT_TRY(st = make_grid(map, err));
    VT_TRY(st = draw_band(map, err));
    VT_TRY(st = vti_mechanism_properties(map, err));
    VT_TRY(st = vti_mechanism_conditions(map, err));
    VT_TRY(st = warn(map, err));
    VT_TRY(st = vti_mechanism_figure(map, err));
done:
    free(map->x);
    free(map->T);
    free(map);
    return st;
}

const vt_forecast vti_map_mechanism = {
    .kind = VT_MAP,
    .name = "mechanism",
    .summary = "Critical diameter against temperature: where viscous flow or interface diffusion leads",
    .reference = "Liu et al. 2023 (S001), Eq. 3; procedure P11; ledger A3, A16",
    .details =
        "d_c(T) = (8 c Omega delta D_I eta / kT)^(1/3) with the laws and the covariance of the alloy card, as a "
        "band by Monte Carlo. The maximum is sought in every draw, so its place has an interval and its existence "
        "a probability. The kink is uncertain too: the band smears it. Below the kink the viscosity is apparent; "
        "beyond the data the curve is dashed. A table of runs (temperature, diameter) is marked on the map.",
    .example = "vitrum map mechanism --alloy Ni45Pd35P16B4 --set temperature_high=350degC",
    .params = PARAMS,
    .params_size = sizeof(vti_mechanism_settings),
    .outputs = OUTPUTS,
    .run = run_mechanism,
    .columns = COLUMNS,
};
