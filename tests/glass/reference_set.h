#pragma once
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/transport_law.h>

/* The reference set of procedures 10.3, exact decimals. */
static inline vt_transport_law reference_set(void)
{
    return (vt_transport_law){
        .viscosity = {.T_ref = 590.15,
                      .ln_eta_ref = log(1.671e9),
                      .D = 13.18,
                      .T0 = 415.56,
                      .Tk = 560.65,
                      .Qg = 0.884 * VT_ELECTRONVOLT,
                      .jump = 0.0},
        .mobility = {.X_ref = 1.272e-26, .T_ref = 590.15, .Q = 1.580 * VT_ELECTRONVOLT},
        .Tg = 590.15,
        .tau_g = 76.0,
        .Q_B = 3.160 * VT_ELECTRONVOLT,
        .delta = 0.368e-9,
        .se = {.c = 6.0, .R = 0.1316e-9},
        .Omega = 1.233e-29,
        .prefactor = 32.0,
    };
}
