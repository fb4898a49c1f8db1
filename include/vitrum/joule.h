#pragma once
#include <vitrum/error.h>
#include <stddef.h>
#include <vitrum/vft.h>

/* Steady temperature along a wire that a current heats (procedure P05; ledger B5):
 *
 *   d/dx (kappa(T) dT/dx) + q(T) - (4/d) emissivity sigma_SB (T^4 - T_ambient^4) = 0,   0 <= x <= L,
 *   kappa(T) = kappa (1 + kappa_slope (T - T_ref)),   q(T) proportional to 1 + rho_slope (T - T_ref),
 *   with the integral of q over the wire equal to `power`.
 *
 * With constant properties T = T_end + (q/2 kappa)(L^2/4 - (x - L/2)^2), and the rise is P L/(8 kappa A). */
typedef struct vt_joule_wire {
    double d, L;        /* m, > 0: diameter, length between the grips */
    double power;       /* W, >= 0: dissipated in the wire itself, not in its contacts */
    double kappa;       /* W/(m K), > 0: thermal conductivity at T_ref */
    double kappa_slope; /* 1/K: relative, of kappa */
    double rho_slope;   /* 1/K: relative, of the resistivity */
    double T_ref;       /* K, > 0 */
    double T_grip[2];   /* K, > 0: at x = 0 and x = L */
    double R_contact;   /* K/W, >= 0: thermal resistance of each contact between wire and grip */
    double P_contact;   /* W, >= 0: dissipated in each contact; heats the end of the wire if R_contact > 0 */
    double T_ambient;   /* K, > 0 */
    double emissivity;  /* 0 to 1 */
} vt_joule_wire;

typedef struct vt_joule_profile {
    double T_max, x_max; /* K, m: vertex of the parabola through the three hottest nodes */
    double T_mean;       /* K: over the length */
    double radiated;     /* W */
    double conducted;    /* W: through both ends; power = radiated + conducted */
} vt_joule_profile;

/* Temperatures T of n nodes x_i = i L/(n - 1), finite volumes of second order, Newton's method.
 *
 * T        out  n values, n >= 5
 * scratch  in   2 n values
 * out      out  may be NULL
 *
 * VT_EARG: NULL, n < 5 or a constant out of range; VT_EDOMAIN: kappa or resistivity not > 0 at some temperature of the
 * solution (or no steady state: the wire runs away); VT_ENOCONV. T is undefined on failure. Thread-safe. */
vt_status vt_joule_temperature(const vt_joule_wire *wire, size_t n, double *T, double *scratch, vt_joule_profile *out,
                               vt_error *err);

/* Active length fraction f = (1/L) integral of eta(T_max)/eta(T) dx, 0 < f <= 1: the hot part carries the flow, so the
 * true rate is rate/f and the true viscosity f times the apparent one.
 *
 * ln_eta      in   n logarithms of the viscosity at the nodes; INFINITY where it does not flow
 * ln_eta_max  in   of the viscosity at T_max
 *
 * VT_EARG, VT_EDOMAIN (NaN). */
vt_status vt_joule_active_fraction(size_t n, const double *ln_eta, double ln_eta_max, double *f, vt_error *err);

/* What shapes the temperature along a wire that a current heats. */
typedef struct vt_joule_rod {
    double T_grip;      /* K, > 0 */
    double end_share;   /* 0 to 1: share of the rise above T_grip that the ends have */
    double kappa_slope; /* 1/K: conductivity is kappa (1 + kappa_slope (T - T_grip)), > 0 up to T_max */
} vt_joule_rod;

/* Viscosity as a thermometer (P05, route i): temperature of the hottest place of a wire whose apparent viscosity,
 * stress over three times the rate of the whole length, is eta. The profile falls from T_max to ends at
 * T_grip + end_share (T_max - T_grip); heat is made evenly, so the integral of the conductivity over temperature
 * (Kirchhoff) is a parabola, as is T where kappa_slope is 0. Only the fraction f of the length flows, so
 * eta = eta(T_max)/f. end_share = 1 is a wire of one temperature, f = 1: T = T0 + B/ln(eta/eta0).
 *
 * law        VFT law of the glass
 * eta        Pa s, above law->eta0
 * T_max, f   out; f may be NULL
 *
 * A wire that is not hotter than its grips has one temperature. VT_EARG; VT_EDOMAIN; VT_ENOROOT: no T_max below 1e5 K,
 * or below that where the conductivity would be 0, makes it flow so fast. */
vt_status vt_joule_thermometer(const vt_vft *law, double eta, const vt_joule_rod *rod, double *T_max, double *f,
                               vt_error *err);
