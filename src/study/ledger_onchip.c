/* Ledger D3 to D5 and P23: relaxation of films under tension on a chip. */
#include "study/ledger_internal.h"

#include <math.h>
#include <vitrum/onchip_law.h>

static const double T = 298.0; /* K */

/* S (Pa) at which the activation volume is V (angstrom^3) for the factor M: the inverse of V = M k T/S. */
static vt_status rate_stress(double M, double V, double *S, vt_error *err)
{
    double at_one;
    const vt_status st = vt_onchip_volume(M, T, 1.0, &at_one, err);
    if (st == VT_OK) *S = at_one / (1e-30 * V);
    return st;
}

/* D4: m at x[2] GPa of V = x[0] angstrom^3, M = x[1]. */
static vt_status sensitivity(const double *x, double *value, vt_error *err)
{
    double S;
    const vt_status st = rate_stress(x[1], x[0], &S, err);
    return st == VT_OK ? vt_onchip_rate_sensitivity(S, 1e9 * x[2], 0.0, value, err) : st;
}

/* P23: drop of the stress (MPa) from 2 h to 51 d, V = x[0] angstrom^3, M = x[1]. */
static vt_status drop(const double *x, double *value, vt_error *err)
{
    double S, by;
    vt_status st = rate_stress(x[1], x[0], &S, err);
    if (st == VT_OK) st = vt_onchip_stress_drop(S, 2.0 * 3600.0, 51.0 * 86400.0, &by, err);
    if (st == VT_OK) *value = 1e-6 * by;
    return st;
}

/* D5: zone volume (nm^3) of the consistent choice, M = sqrt(3) with the root at T/Tg = x[2], where the paper's V = x[0]
 * angstrom^3 was computed with M = x[1]. */
static vt_status zone(const double *x, double *value, vt_error *err)
{
    const vt_csm js = VT_CSM_PUBLISHED, u = VT_CSM_UNCERTAINTY;
    double S, V, C, u_C;
    vt_status st = rate_stress(x[1], x[0], &S, err);
    if (st == VT_OK) st = vt_onchip_volume(sqrt(3.0), T, S, &V, err);
    if (st == VT_OK) st = vt_onchip_zone_factor(&js, &u, x[2], &C, &u_C, NULL, err);
    if (st == VT_OK) *value = 1e27 * C * V;
    return st;
}

/* P23: relative uncertainty (%) of C' at T/Tg = x[0], from the constants of the model. */
static vt_status model_uncertainty(const double *x, double *value, vt_error *err)
{
    const vt_csm js = VT_CSM_PUBLISHED, u = VT_CSM_UNCERTAINTY;
    double C, u_C;
    const vt_status st = vt_onchip_zone_factor(&js, &u, x[0], &C, &u_C, NULL, err);
    if (st == VT_OK) *value = 100.0 * u_C / C;
    return st;
}

static const vti_ledger_row ROWS[] = {
    {ROW("D4/m/100", "procedures D4, P23", "m at 3 GPa of V = 100 A^3, M = 3.06", "1"), PRINTED(0.042), BY(sensitivity),
     ARGS(100, 3.06, 3)},
    {ROW("D4/m/140", "procedures D4, P23", "m at 3 GPa of V = 140 A^3, M = 3.06", "1"), PRINTED(0.030), BY(sensitivity),
     ARGS(140, 3.06, 3)},
    {ROW("D4/m/200", "procedures D4, P23", "m at 3 GPa of V = 200 A^3, M = 3.06", "1"), PRINTED(0.021), BY(sensitivity),
     ARGS(200, 3.06, 3)},
    {ROW("D5/zone/low", "procedures D5", "zone volume, M = sqrt(3) with the root, V = 100 A^3 at M = 3.06", "nm3"),
     PRINTED(1.2), BY(zone), ARGS(100, 3.06, 0.466)},
    {ROW("D5/zone/high", "procedures D5", "zone volume, M = sqrt(3) with the root, V = 200 A^3 at M = 3.06", "nm3"),
     PRINTED(2.4), BY(zone), ARGS(200, 3.06, 0.466)},
    {ROW("P23/drop/100", "procedures P23", "drop of the stress from 2 h to 51 d, V = 100 A^3, M = 3.06", "MPa"),
     PRINTED(808), BY(drop), ARGS(100, 3.06)},
    {ROW("P23/drop/140", "procedures P23", "drop of the stress from 2 h to 51 d, V = 140 A^3, M = 3.06", "MPa"),
     PRINTED(577), BY(drop), ARGS(140, 3.06)},
    {ROW("P23/drop/200", "procedures P23", "drop of the stress from 2 h to 51 d, V = 200 A^3, M = 3.06", "MPa"),
     PRINTED(404), BY(drop), ARGS(200, 3.06)},
    {ROW("P23/uncertainty", "procedures P23", "uncertainty of the zone volume by the constants of the model",
         "percent"),
     PRINTED(17),
     .tension =
         "The printed 17 % counts gamma_C0 once; with the root C' goes with its power 3/2, and the constants make "
         "18 %.",
     BY(model_uncertainty), ARGS(0.466)},
};

const vti_ledger_block vti_ledger_onchip = {ROWS, sizeof ROWS / sizeof ROWS[0]};
