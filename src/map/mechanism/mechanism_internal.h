#pragma once
#include "process/forecast_internal.h"

/* vitrum map mechanism: critical diameter against temperature (P11). */

extern const vt_forecast vti_map_mechanism;

enum { VTI_MAP_POINTS = 2000, VTI_MAP_AT = 20 };

typedef struct vti_mechanism_settings {
    double temperature_low, temperature_high; /* K; high NaN: 50 K above Tg, the kink or the data */
    long points;                              /* of the temperature grid */
    double measured_low, measured_high;       /* K; NaN: from the table of conditions, or the card */
    double extrapolation;                     /* K: how far beyond the data the curve is still drawn solid */
    vt_list at;                               /* K: temperatures to report */
    int prefactor;                            /* card, 32, 16 */
} vti_mechanism_settings;

typedef struct vti_mechanism_map {
    const vt_job *job;
    const vti_mechanism_settings *set;
    vt_result *result;
    vti_law law;
    size_t n;                           /* of the grid */
    double *T, *d_c, *low, *high;       /* n each: m, NaN outside the laws */
    double measured_low, measured_high; /* K; NaN: not known */
    double *x;                          /* draws * VTI_INPUTS */
    size_t draws;
    double T_max, d_max; /* of the best estimate; NaN: no maximum inside */
} vti_mechanism_map;

/* Critical diameter (m) at T (K) with the constants x; NaN outside the laws. */
double vti_mechanism_critical(const vti_law *law, const double *x, double T);

/* Largest critical diameter on the grid and at the kink; false if it sits at an end of the range. */
bool vti_mechanism_maximum(const vti_mechanism_map *map, const double *x, double *T_max, double *d_max);

vt_status vti_mechanism_properties(vti_mechanism_map *map, vt_error *err);
vt_status vti_mechanism_conditions(vti_mechanism_map *map, vt_error *err);
vt_status vti_mechanism_figure(vti_mechanism_map *map, vt_error *err);
