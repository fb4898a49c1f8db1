#pragma once
#include <stdbool.h>
#include <vitrum/thermogram.h>

/* Calibration of a calorimeter by standards: heat capacity of sapphire, edge of a melting peak (P21, step 2). Heat flow
 * counts endothermic upwards. Nothing allocates; thread-safe. */

/* ---- heat flow ---- */
#define VT_SAPPHIRE_LOW  100.0  /* K */
#define VT_SAPPHIRE_HIGH 1200.0 /* K */
#define VT_SAPPHIRE_U    0.001  /* relative standard uncertainty */

/* Heat capacity of sapphire (alpha-Al2O3) at constant pressure, J/(kg K), at T from VT_SAPPHIRE_LOW to
 * VT_SAPPHIRE_HIGH.
 *
 * Polynomial of tenth degree in (T - 650 K)/550 K of ISO 11357-4:2014, annex, for the values of the standard reference
 * material 720 (Ditmars et al., J. Res. Natl. Bur. Stand. 87 (1982) 159), which it meets within 0.1 %.
 *
 * VT_EARG: c is NULL; VT_EDOMAIN: T outside, *c untouched. */
vt_status vt_sapphire_heat_capacity(double T, double *c, vt_error *err);

/* ---- temperature ---- */
/* A pure substance melts at one temperature while its surroundings get hotter: heat flow rises along a straight edge
 * whose slope is one over the thermal resistance between both, and which begins where it melts. The calorimeter answers
 * late: after the peak heat flow decays along an exponential of T, whose length is rate times time constant, and each
 * steady feature of a scan is seen that much hotter. */
typedef struct vt_melting_edge {
    double onset, u_onset, u_onset_window; /* K: edge meets baseline, lag added; u of scatter; of parts and lag */
    double slope, u_slope, u_slope_window; /* W/K: of the edge above the baseline; likewise */
    double lag, u_lag;                     /* K: length of the decay after the peak; 0: too short to be told */
    double base;                           /* W: baseline at the onset */
    double apex, height;                   /* K, W: highest point above the baseline */
    vt_base_line edge, line;               /* of the edge without the lag, and the baseline */
} vt_melting_edge;

/* Edge of the highest endothermic peak of n readings of a heating at a constant rate.
 *
 * T    in   ascending, K
 * y    in   heat flow, W
 * out  out  lag: least squares line of ln(y above baseline) from 0.6 to 0.05 of the height after the apex. Edge: line
 * of y + lag dy/dT between 0.35 and 0.85 of its height before the apex, against 0.2 to 0.6, and a lag of u_lag more
 *
 * VT_EARG: NULL, or T does not ascend, by index; VT_EDOF: fewer than 4 readings on the edge, or fewer than 8 before the
 * peak; VT_ENOROOT: no peak stands out of the readings by 10 times their scatter. *out is untouched on failure. */
vt_status vt_melting_edge_find(size_t n, const double *T, const double *y, vt_melting_edge *out, vt_error *err);

/* Melting temperature (K) of a substance by name ("indium"; case does not matter): fixed points of the temperature
 * scale of 1990 and, of bismuth and lead, its secondary reference points. NULL-terminated list of names in *names, if
 * wanted. false: not known. */
bool vt_melting_point(const char *substance, double *T, const char *const **names);
