#pragma once
/* Monte-Carlo round trips of the experiment `creep` (P02, P03, section 11): the virtual wire is pulled, the production
 * code reduces its record, the truth is compared. Shared by the campaigns of `make check` and the long ones. */
#include "round_trips.h"
#include "experiment/creep/creep_internal.h"
#include "experiment/creep/creep_truth.h"
#include <vitrum/constants.h>

/* Truth parameters with the same settings. */
static inline vti_creep_truth creep_truth(struct settings *s)
{
    vti_creep_truth p;
    read_truth(VTI_CREEP_TRUTH, s, &p);
    return p;
}

/* What a reader is told of the virtual wire, its diameter exactly; its modulus relaxed, 94.6 GPa over 1 + 0.3 of
 * delayed strain. */
static inline void tell_wire(struct settings *how)
{
    set_text(how, "surface_tension", "1 N/m");
    set_text(how, "elastic_modulus", "72.769 GPa");
    set_text(how, "poisson_ratio", "0.42");
    set_text(how, "force_resolution", "20 nN");
    set_text(how, "diameter_u", "0");
}

/* Power (mW) at which the Newtonian viscosity of the default glass is eta. */
static inline double power_for(const vti_creep_truth *p, double eta)
{
    const double B = p->vft_strength * p->vft_T0;
    const double T = p->vft_T0 + B / (log(eta / p->viscosity) + B / (p->glass_transition - p->vft_T0));
    return 1e3 * (T - p->grip_temperature) / p->thermal_resistance;
}

/* A wire of the box around section 11: 120 to 200 nm, 150 to 450 MPa, first rate 5e-5 to 1.5e-4 per s, four powers that
 * divide the viscosity by 2.5 each. */
static inline void draw_creep(struct settings *truth, uint64_t session)
{
    vt_stream r;
    vt_stream_init(&r, 20202, vt_stream_purpose("roundtrip/creep"), session);
    const double d = (120.0 + 80.0 * vt_stream_uniform(&r)) * 1e-9, A0 = 0.25 * VT_PI * d * d;
    const double stress = (150.0 + 300.0 * vt_stream_uniform(&r)) * 1e6;
    const double rate = 5e-5 * pow(3.0, vt_stream_uniform(&r)), eta = stress / (3.0 * rate);
    const vti_creep_truth p = creep_truth(truth);
    char list[SETTING_TEXT];
    snprintf(list, sizeof list, "%.6f,%.6f,%.6f,%.6f mW", power_for(&p, eta), power_for(&p, 0.4 * eta),
             power_for(&p, 0.16 * eta), power_for(&p, 0.064 * eta));
    set_text(truth, "powers", list);
    set_number(truth, "diameter", 1e9 * d, "nm");
    set_number(truth, "loads", 1e6 * stress * A0, "uN");
    set_text(truth, "diameter_error", "0");
    set_text(truth, "times", "100 s");
    set_text(truth, "sampling", "4 Hz");
    set_number(truth, "seed", (double)(1000 + session), "");
}

/* Set-point of the truth nearest to a power; its number. */
static inline size_t nearest_power(const vti_creep_truth *p, double P)
{
    size_t best = 0;
    for (size_t k = 1; k < p->powers.n; k++)
        if (fabs(p->powers.x[k] - P) < fabs(p->powers.x[best] - P)) best = k;
    return best;
}

static inline double scope_value(const vt_property *p, const char *key)
{
    const vt_scope *s = scope_of(p, key);
    return s ? s->value : (double)NAN;
}
