#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Pulling of wires at constant speed v, volume conserved (procedure P07; ledger B1): L = L0 (d0/d)^2,
 * true strain 2 ln(d0/d), rate v/L. */
typedef struct vt_pulled {
    double rate_initial; /* 1/s: v/L0 */
    double strain;       /* true strain */
    double length;       /* m: L0 (d0/d)^2 */
    double rate_final;   /* 1/s: v/L */
    double time;         /* s: (L - L0)/v */
} vt_pulled;

/* v: m/s, L0, d0, d: m, all > 0. d = NaN: not measured; strain, length, rate_final and time are NaN then. VT_EDOMAIN:
 * one is not > 0; VT_ERANGE: d > d0. On failure *out is untouched. Thread-safe. */
vt_status vt_pulling(double v, double L0, double d0, double d, vt_pulled *out, vt_error *err);

/* Time in which capillarity rounds a wire, eta d/(2 gamma), s. eta: Pa s, d: m, gamma: N/m, all > 0: else NaN. */
double vt_capillary_time(double eta, double d, double gamma);
