/* Standards of the virtual calorimeter: empty pan, sapphire, a substance that melts. */
#include "calorimetry_truth.h"
#include <math.h>
#include <vitrum/calorimeter.h>

enum { STEPS = 50 };                   /* of the balance of heat, between two readings */
static const double RESISTANCE = 60.0; /* K/W */

/* Sapphire follows the sensor; its lag is that of every sample. */
static vt_status sapphire(const vti_calorimetry_truth *p, double *flow, vt_error *err)
{
    for (size_t i = 0; i < vti_calorimetry_readings(p); i++) {
        double c;
        const vt_status st = vt_sapphire_heat_capacity(vti_calorimetry_place(p, i), &c, err);
        if (st != VT_OK) return st;
        flow[i] = c * p->heating_rate;
    }
    return VT_OK;
}

/* The sensor is heated evenly; through the resistance R heat flows to the substance, which gets hotter, stays at its
 * melting temperature until it has taken up the enthalpy of fusion, and comes after with the time constant R m c. */
static vt_status melting(const vti_calorimetry_truth *p, double *flow, vt_error *err)
{
    double T_m;
    if (!vt_melting_point(p->substance, &T_m, NULL))
        return vt_fail(err, VT_EKEY, "no melting temperature of '%.40s' is known; set substance=indium", p->substance);
    const double R = isfinite(p->thermal_resistance) ? p->thermal_resistance : RESISTANCE;
    const double tau = R * p->mass * p->melt_heat_capacity, h = p->spacing / p->heating_rate / STEPS;
    const double lag = p->heating_rate * tau, to_melt = p->mass * p->fusion_enthalpy, keep = exp(-h / tau);
    double T = p->begin - lag, molten = 0.0;
    for (size_t i = 0; i < vti_calorimetry_readings(p); i++) {
        const double there = vti_calorimetry_place(p, i);
        for (int k = 0; k < STEPS; k++) {
            const double sensor = there - p->heating_rate * h * (double)(STEPS - 1 - k);
            if (T >= T_m && molten < to_melt) {
                molten += (sensor - T_m) / R * h;
                T = T_m;
            } else {
                /* exact for a ramp: the distance to sensor - lag decays */
                T = sensor - lag + (T - (sensor - p->heating_rate * h - lag)) * keep;
            }
        }
        flow[i] = (there - T) / R / p->mass;
    }
    return VT_OK;
}

vt_status vti_calorimetry_standard(const vti_calorimetry_truth *p, double *flow, vt_error *err)
{
    if (p->record == VTI_CALORIMETRY_SAPPHIRE) return sapphire(p, flow, err);
    if (p->record == VTI_CALORIMETRY_MELTING) return melting(p, flow, err);
    for (size_t i = 0; i < vti_calorimetry_readings(p); i++) flow[i] = 0.0;
    return VT_OK;
}
