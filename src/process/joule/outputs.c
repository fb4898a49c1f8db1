/* What one set of constants says of a heated wire (P05). */
#include "process/joule/joule_internal.h"
#include <math.h>

static double input(const vti_joule_run *run, const double *x, size_t i)
{
    return run->law.input[i].log ? exp(x[i]) : x[i];
}

vt_joule_wire vti_joule_wire_at(const vti_joule_run *run, const double *x)
{
    const vti_joule_settings *s = run->set;
    const double P = input(run, x, run->P), second = s->second_grip_temperature;
    vt_joule_wire w = {.d = input(run, x, run->d),
                       .L = input(run, x, run->L),
                       .power = P * (1.0 - s->contact_share),
                       .kappa = input(run, x, run->kappa),
                       .kappa_slope = s->conductivity_slope,
                       .rho_slope = s->resistivity_slope,
                       .T_ref = s->grip_temperature,
                       .T_grip = {s->grip_temperature, isnan(second) ? s->grip_temperature : second},
                       .R_contact = s->contact_resistance,
                       .P_contact = 0.5 * P * s->contact_share,
                       .T_ambient = isnan(s->ambient_temperature) ? s->grip_temperature : s->ambient_temperature,
                       .emissivity = s->emissivity};
    /* Electrons carry L0 T/rho, the lattice the rest: the slope is that of the electrons' part. */
    if (s->resistivity > 0.0) w.kappa_slope = VTI_LORENZ / s->resistivity / w.kappa;
    return w;
}

bool vti_joule_solve(const vt_joule_wire *wire, double *T, vt_joule_profile *p)
{
    double scratch[2 * VTI_JOULE_NODES];
    return vt_joule_temperature(wire, VTI_JOULE_NODES, T, scratch, p, NULL) == VT_OK;
}

double vti_joule_ln_eta(const vti_joule_run *run, const double *x, double T)
{
    const double T0 = x[run->T0], D = x[run->D];
    return T > T0 ? D * T0 / (T - T0) : (double)INFINITY;
}

/* d T_max/d strain when the wire thins at constant volume and power: what a constant-power segment does (ledger B5). */
static double ramp(const vt_joule_wire *wire)
{
    const double step = 1e-3;
    double T[VTI_JOULE_NODES], top[2];
    for (int k = 0; k < 2; k++) {
        const double e = k ? step : -step;
        vt_joule_wire w = *wire;
        vt_joule_profile p;
        w.L *= exp(e);
        w.d *= exp(-0.5 * e);
        if (!vti_joule_solve(&w, T, &p)) return (double)NAN;
        top[k] = p.T_max;
    }
    return (top[1] - top[0]) / (2.0 * step);
}

/* Power at which the hottest place has the wanted temperature: secant in the power, which is nearly linear. */
static double power_for(const vt_joule_wire *wire, double whole, double wanted)
{
    double T[VTI_JOULE_NODES], P0 = 0.0, T0, P1 = whole;
    vt_joule_wire w = *wire;
    vt_joule_profile p;
    const double share = whole > 0.0 ? wire->power / whole : 0.0, contact = whole > 0.0 ? wire->P_contact / whole : 0.0;
    if (!(whole > 0.0) || !(wanted > fmax(wire->T_grip[0], wire->T_grip[1]))) return (double)NAN;
    T0 = fmax(wire->T_grip[0], wire->T_grip[1]);
    for (int k = 0; k < 60; k++) {
        w.power = share * P1;
        w.P_contact = contact * P1;
        if (!vti_joule_solve(&w, T, &p)) return (double)NAN;
        if (fabs(p.T_max - wanted) < 1e-9 * wanted) return P1;
        const double next = P1 + (wanted - p.T_max) * (P1 - P0) / (p.T_max - T0);
        P0 = P1;
        T0 = p.T_max;
        P1 = next > 0.0 ? next : 0.5 * P1;
    }
    return (double)NAN;
}

static double active(const vti_joule_run *run, const double *x, const double *T, double T_max)
{
    double ln_eta[VTI_JOULE_NODES], f;
    if (run->T0 == VTI_JOULE_ABSENT || run->D == VTI_JOULE_ABSENT) return (double)NAN;
    for (size_t i = 0; i < VTI_JOULE_NODES; i++) ln_eta[i] = vti_joule_ln_eta(run, x, T[i]);
    const vt_status st = vt_joule_active_fraction(VTI_JOULE_NODES, ln_eta, vti_joule_ln_eta(run, x, T_max), &f, NULL);
    return st == VT_OK ? f : (double)NAN;
}

void vti_joule_outputs(const vti_law *law, const double *x, double *y, void *context)
{
    (void)law;
    const vti_joule_run *run = context;
    const vt_joule_wire w = vti_joule_wire_at(run, x);
    const double whole = input(run, x, run->P);
    double T[VTI_JOULE_NODES];
    vt_joule_profile p;
    for (int j = 0; j < VTI_JOULE_COUNT; j++) y[j] = (double)NAN;
    if (!vti_joule_solve(&w, T, &p)) return;
    y[VTI_JOULE_T_MAX] = p.T_max;
    y[VTI_JOULE_T_MEAN] = p.T_mean;
    y[VTI_JOULE_RISE] = p.T_max - 0.5 * (w.T_grip[0] + w.T_grip[1]);
    y[VTI_JOULE_R_TH] = y[VTI_JOULE_RISE] / whole;
    y[VTI_JOULE_RADIATED] = w.power > 0.0 ? p.radiated / w.power : (double)NAN;
    y[VTI_JOULE_RAMP] = ramp(&w);
    y[VTI_JOULE_POWER] = run->set->temperature > 0.0 ? power_for(&w, whole, run->set->temperature) : (double)NAN;
    y[VTI_JOULE_ACTIVE] = active(run, x, T, p.T_max);
}
