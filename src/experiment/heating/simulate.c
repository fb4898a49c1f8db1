/* The virtual heated wire: a rod whose conductivity and resistivity follow its temperature, between contacts that take
 * most of the power (section 11, P05). Finer than the reduction, which knows a parabola. */
#include "heating_internal.h"
#include <math.h>
#include <stdio.h>
#include <vitrum/constants.h>
#include <vitrum/joule.h>

enum { NODES = 401 };

static double area(const vti_heating_truth *p)
{
    return 0.25 * VT_PI * p->diameter * p->diameter;
}

vt_status vti_heating_rod_at(const vti_heating_truth *p, double P, vti_heating_rod *out, vt_error *err)
{
    double T[NODES], scratch[2 * NODES], ln_eta[NODES], f;
    const vt_joule_wire w = {.d = p->diameter,
                             .L = p->length,
                             .power = P * (1.0 - p->contact_share),
                             .kappa = p->thermal_conductivity,
                             .kappa_slope = p->conductivity_slope,
                             .rho_slope = p->resistivity_slope,
                             .T_ref = p->grip_temperature,
                             .T_grip = {p->grip_temperature, p->grip_temperature},
                             .R_contact = p->contact_resistance,
                             .P_contact = 0.5 * P * p->contact_share,
                             .T_ambient = p->grip_temperature,
                             .emissivity = p->emissivity};
    vt_joule_profile profile;
    vt_status st = vt_joule_temperature(&w, NODES, T, scratch, &profile, err);
    if (st != VT_OK) return st;
    const double B = p->vft_strength * p->vft_T0, top = profile.T_max;
    if (!(top > p->vft_T0))
        return vt_fail(err, VT_EDOMAIN, "at %g mW the wire has %g K, not above vft_T0 = %g K: it does not flow",
                       1e3 * P, top, p->vft_T0);
    for (size_t i = 0; i < NODES; i++) ln_eta[i] = T[i] > p->vft_T0 ? B / (T[i] - p->vft_T0) : (double)INFINITY;
    st = vt_joule_active_fraction(NODES, ln_eta, B / (top - p->vft_T0), &f, err);
    if (st != VT_OK) return st;
    const double rise = top - p->grip_temperature;
    *out = (vti_heating_rod){top, rise / P, f, rise > 0.0 ? (T[0] - p->grip_temperature) / rise : 1.0};
    return VT_OK;
}

/* Resistance of wire and contacts. */
static double resistance(const vti_heating_truth *p)
{
    const double wire = p->resistivity * p->length / area(p);
    return wire / (1.0 - fmin(p->contact_share, 0.999));
}

/* Power, current, voltage, viscosity of reading k. */
static vt_status read_out(const vti_heating_truth *p, size_t k, double shared, vt_stream *s, double out[4],
                          vt_error *err)
{
    const double P = p->powers.x[k], B = p->vft_strength * p->vft_T0;
    vti_heating_rod rod;
    const vt_status st = vti_heating_rod_at(p, P, &rod, err);
    if (st != VT_OK) return st;
    const double eta = p->viscosity * exp(B / (rod.T_max - p->vft_T0) - B / (p->glass_transition - p->vft_T0));
    const double R = resistance(p), seen = P * (1.0 + p->power_noise * vt_stream_normal(s));
    out[0] = seen;
    out[1] = sqrt(seen / R);
    out[2] = sqrt(seen * R);
    out[3] = eta / rod.f * exp(shared + p->viscosity_scatter * vt_stream_normal(s));
    if (p->open_from > 0 && k + 1 >= (size_t)p->open_from) { /* the source goes on stepping at its voltage limit */
        out[2] = sqrt(p->powers.x[0] * R);
        out[0] = out[1] * out[2];
    }
    return VT_OK;
}

vt_status vti_heating_simulate(const vt_job *job, vt_table *record, vt_error *err)
{
    if (!job || !record || !job->params) return vt_fail(err, VT_EARG, "job, record or parameters is NULL");
    const vti_heating_truth *p = job->params;
    double column[4][VT_LIST_MAX];
    vt_stream s;
    vt_stream_init(&s, job->common.seed, vt_stream_purpose("heating/wire"), 0);
    if (p->powers.n == 0) return vt_fail(err, VT_EARG, "powers must not be empty");
    const double shared = p->viscosity_error * vt_stream_normal(&s);
    const double stated = p->diameter * (1.0 + p->diameter_error * vt_stream_normal(&s));
    for (size_t k = 0; k < p->powers.n; k++) {
        double out[4];
        const vt_status st = read_out(p, k, shared, &s, out, err);
        if (st != VT_OK) return st;
        for (size_t c = 0; c < 4; c++) column[c][k] = out[c];
    }
    char text[64];
    vt_status st = VT_OK;
    snprintf(text, sizeof text, "%.6g nm", 1e9 * stated);
    VT_TRY(st = vt_table_add_meta(record, "diameter", text, 0, err));
    snprintf(text, sizeof text, "%.6g um", 1e6 * p->length);
    VT_TRY(st = vt_table_add_meta(record, "length", text, 0, err));
    VT_TRY(st = vt_table_add_si(record, "power", "W", p->powers.n, column[0], err));
    VT_TRY(st = vt_table_add_si(record, "current", "A", p->powers.n, column[1], err));
    VT_TRY(st = vt_table_add_si(record, "voltage", "V", p->powers.n, column[2], err));
    st = vt_table_add_si(record, "viscosity", "Pa s", p->powers.n, column[3], err);
done:
    return st;
}
