/* The virtual calorimeter writes what it measured. */
#include "calorimetry_truth.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { RUNS = 2, LABEL = 16 };

static vt_status head(vt_table *t, const char *key, double value, const char *unit, vt_error *err)
{
    char text[64];
    snprintf(text, sizeof text, "%.8g%s%s", value, unit[0] ? " " : "", unit);
    return vt_table_add_meta(t, key, text, 0, err);
}

/* A column in the unit that people write, without the digits that the change of units adds. */
static vt_status column(vt_table *t, const char *name, const char *unit, const char *si, size_t n, double *x,
                        vt_error *err)
{
    vt_unit u;
    const vt_status st = vt_unit_read(unit, si, &u, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) x[i] = rint(1e6 * vt_unit_from_si(&u, x[i])) / 1e6;
    return vt_table_add(t, name, &u, n, x, err);
}

static vt_status describe(const vti_calorimetry_truth *p, vt_table *t, vt_error *err)
{
    static const char *const STANDARD[] = {[VTI_CALORIMETRY_PAN] = "pan", [VTI_CALORIMETRY_SAPPHIRE] = "sapphire"};
    vt_status st = VT_OK;
    if (p->record >= VTI_CALORIMETRY_PAN) {
        const char *what = p->record == VTI_CALORIMETRY_MELTING ? p->substance : STANDARD[p->record];
        VT_TRY(st = vt_table_add_meta(t, "standard", what, 0, err));
        if (p->record != VTI_CALORIMETRY_PAN) VT_TRY(st = head(t, "mass", 1e6 * p->mass, "mg", err));
        VT_TRY(st = head(t, "heating_rate", 60.0 * p->heating_rate, "K/min", err));
        return vt_table_add_meta(t, "sign", "endo_up", 0, err);
    }
    if (p->specimen[0]) VT_TRY(st = vt_table_add_meta(t, "specimen", p->specimen, 0, err));
    if (p->group[0]) VT_TRY(st = vt_table_add_meta(t, "group", p->group, 0, err));
    VT_TRY(st = head(t, "mass", 1e6 * p->mass, "mg", err));
    VT_TRY(st = head(t, "heating_rate", 60.0 * p->heating_rate, "K/min", err));
    VT_TRY(st = head(t, "molar_mass", 1e3 * p->molar_mass, "g/mol", err));
    if (p->diameter > 0.0) VT_TRY(st = head(t, "diameter", 1e6 * p->diameter, "um", err));
    st = vt_table_add_meta(t, "sign", "endo_up", 0, err);
done:
    return st;
}

/* Two runs of one piece: scan, time, temperature, heat flow. */
static vt_status pair(const vti_calorimetry_truth *p, uint64_t seed, vt_table *t, vt_error *err)
{
    const size_t n = vti_calorimetry_readings(p);
    const vti_calorimetry_box box = vti_calorimetry_box_of(p, seed);
    const double span = (p->end - p->begin) / p->heating_rate;
    const double rest = span + (p->end - p->begin) / p->rerun_rate + 120.0; /* s: until the second run */
    const double R = isfinite(p->thermal_resistance) ? p->thermal_resistance : 0.0;
    const char **scan = malloc(RUNS * n * sizeof *scan);
    double *x = malloc(3 * RUNS * n * sizeof *x), released;
    double *time = x, *T = x + RUNS * n, *flow = x + 2 * RUNS * n;
    vt_stream s;
    vt_status st = VT_OK;
    vt_stream_init(&s, seed, vt_stream_purpose("calorimetry/piece"), 0);
    if (!x || !scan) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for %zu readings", n));
    VT_TRY(st = vti_calorimetry_heat(p, flow, flow + n, &released, err));
    for (size_t i = 0; i < RUNS * n; i++) flow[i] *= p->heating_rate;
    const double mass = p->mass * fmax(0.1, 1.0 + p->mass_error * vt_stream_normal(&s));
    for (size_t r = 0; r < RUNS; r++) {
        /* What flows into the sample makes the sensor hotter than it; pan and base line are the same for every sample.
         */
        for (size_t i = 0; i < n; i++)
            T[r * n + i] = vti_calorimetry_scale(p, &box, vti_calorimetry_place(p, i) + R * flow[r * n + i] * mass);
        vti_calorimetry_see(p, &box, r ? 0.0 : p->curvature, &s, flow + r * n);
        for (size_t i = 0; i < n; i++) {
            const size_t k = r * n + i;
            scan[k] = r ? "2" : "1";
            time[k] = span * ((double)i + 0.5) / (double)n + (r ? rest : 0.0);
            flow[k] *= mass;
        }
    }
    VT_TRY(st = describe(p, t, err));
    VT_TRY(st = vt_table_add_text(t, "scan", RUNS * n, scan, err));
    VT_TRY(st = column(t, "time", "s", "s", RUNS * n, time, err));
    VT_TRY(st = column(t, "temperature", "K", "K", RUNS * n, T, err));
    st = column(t, "heat_flow", "mW", "W", RUNS * n, flow, err);
done:
    free(x);
    free(scan);
    return st;
}

/* How the sample lies on its sensor, as a standard normal variable. */
static double placed(uint64_t seed)
{
    vt_stream s;
    vt_stream_init(&s, seed, vt_stream_purpose("calorimetry/place"), 0);
    return vt_stream_normal(&s);
}

/* One run of a standard: time, temperature, heat flow. */
static vt_status standard(const vti_calorimetry_truth *p, uint64_t seed, vt_table *t, vt_error *err)
{
    const size_t n = vti_calorimetry_readings(p);
    const vti_calorimetry_box box = vti_calorimetry_box_of(p, seed);
    const double R =
        p->record == VTI_CALORIMETRY_SAPPHIRE && isfinite(p->thermal_resistance) ? p->thermal_resistance : 0.0;
    double *x = malloc(3 * n * sizeof *x), *time = x, *T = x + n, *flow = x + 2 * n;
    vt_stream s;
    vt_status st = VT_OK;
    vt_stream_init(&s, seed, vt_stream_purpose("calorimetry/standard"), 0);
    if (!x) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for %zu readings", n));
    VT_TRY(st = vti_calorimetry_standard(p, flow, err));
    const double mass =
        p->mass * (p->record == VTI_CALORIMETRY_SAPPHIRE ? fmax(0.1, 1.0 + p->mass_error * vt_stream_normal(&s))
                                                         : 1.0); /* that of the others scales no result */
    const double lies = p->record == VTI_CALORIMETRY_MELTING ? p->onset_error * placed(seed) : 0.0;
    for (size_t i = 0; i < n; i++)
        T[i] = vti_calorimetry_scale(p, &box, vti_calorimetry_place(p, i) + R * flow[i] * mass) + lies;
    vti_calorimetry_see(p, &box, p->curvature, &s, flow);
    for (size_t i = 0; i < n; i++) {
        flow[i] *= mass;
        time[i] = (p->end - p->begin) / p->heating_rate * ((double)i + 0.5) / (double)n;
    }
    VT_TRY(st = describe(p, t, err));
    VT_TRY(st = column(t, "time", "s", "s", n, time, err));
    VT_TRY(st = column(t, "temperature", "K", "K", n, T, err));
    st = column(t, "heat_flow", "mW", "W", n, flow, err);
done:
    free(x);
    return st;
}

/* Heat capacity after coolings at several rates: the form `relaxation`. */
static vt_status rates(const vti_calorimetry_truth *p, uint64_t seed, vt_table *t, vt_error *err)
{
    const size_t n = vti_calorimetry_readings(p), m = p->cooling_rates.n * n;
    const vti_calorimetry_box box = vti_calorimetry_box_of(p, seed);
    double *x = malloc(4 * m * sizeof *x);
    double *T = x, *heat = x + m, *cool = x + 2 * m, *warm = x + 3 * m;
    vt_stream s;
    vt_status st = VT_OK;
    vt_stream_init(&s, seed, vt_stream_purpose("calorimetry/rates"), 0);
    if (!x) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for %zu readings", m));
    const double noise = p->noise / p->heating_rate; /* of heat capacity */
    const double weighed = fmax(0.1, 1.0 + p->mass_error * vt_stream_normal(&s)) * box.gain;
    for (size_t k = 0; k < p->cooling_rates.n; k++) {
        VT_TRY(st = vti_calorimetry_heat_after(p, p->cooling_rates.x[k], heat + k * n, NULL, err));
        for (size_t i = k * n; i < (k + 1) * n; i++) {
            T[i] = vti_calorimetry_scale(p, &box, vti_calorimetry_place(p, i - k * n));
            heat[i] = weighed * heat[i] + noise * vt_stream_normal(&s);
            cool[i] = p->cooling_rates.x[k];
            warm[i] = p->heating_rate;
        }
    }
    VT_TRY(st = head(t, "start_temperature", p->end, "K", err));
    VT_TRY(st = column(t, "temperature", "K", "K", m, T, err));
    VT_TRY(st = column(t, "heat_capacity", "J/(g K)", "J kg-1 K-1", m, heat, err));
    VT_TRY(st = column(t, "cooling_rate", "K/min", "K s-1", m, cool, err));
    st = column(t, "heating_rate", "K/min", "K s-1", m, warm, err);
done:
    free(x);
    return st;
}

vt_status vti_calorimetry_simulate(const vt_job *job, vt_table *record, vt_error *err)
{
    if (!job || !record || !job->params) return vt_fail(err, VT_EARG, "job, record or parameters is NULL");
    const vti_calorimetry_truth *p = job->params;
    const vt_status st = vti_calorimetry_truth_check(p, err);
    if (st != VT_OK) return st;
    if (p->record == VTI_CALORIMETRY_RATES) return rates(p, job->common.seed, record, err);
    if (p->record == VTI_CALORIMETRY_PAIR) return pair(p, job->common.seed, record, err);
    return standard(p, job->common.seed, record, err);
}
