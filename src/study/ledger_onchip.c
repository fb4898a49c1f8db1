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

/* D5: zone volume (nm^3) of the paper, C' without the root times its V = x[0] angstrom^3. */
static vt_status zone_without_root(const double *x, double *value, vt_error *err)
{
    const vt_csm js = VT_CSM_PUBLISHED, u = VT_CSM_UNCERTAINTY;
    double C, u_C;
    const vt_status st = vt_onchip_zone_factor(&js, &u, 0.0, &C, &u_C, NULL, err);
    if (st == VT_OK) *value = 1e-3 * C * x[0];
    return st;
}

/* P22: mismatch strain of nitride under 1 GPa. */
static vt_status mismatch(const double *x, double *value, vt_error *err)
{
    (void)err;
    *value = x[0] / x[1];
    return VT_OK;
}

/* A film of the paper (25 um by 1 um by 360 nm, 72 GPa, 3250 MPa, hardening of 2.5 GPa) at this strain, held by an
 * actuator of nitride 10 um wide and of this thickness (m): c2 (Pa/m) and c3 (1/m) of its balance. */
static const double THETA = 2.5e9, YOUNG = 72e9;
static vt_status beam(double strain, double t_a, double *c2, double *c3, vt_error *err)
{
    vt_onchip_structure b = {.E_a = 235e9,
                             .L_a = 1e-3,
                             .w_a = 10e-6,
                             .t_a = t_a,
                             .eps_a = -1.0 / 235.0,
                             .L0 = 25e-6,
                             .w = 1e-6,
                             .t = 360e-9};
    const double sigma = (3.25e9 + THETA * strain) / (1.0 + THETA / YOUNG), u = b.L0 * expm1(strain);
    const double F = sigma * b.w * b.t * exp(-strain);
    vt_onchip_point p;
    b.L_a = u / -expm1(b.eps_a + F / (b.E_a * b.w_a * b.t_a));
    vt_status st = vt_onchip_state(&b, u, 0.5, &p, err);
    if (st == VT_OK) st = vt_onchip_plastic_rate(b.L0, u, p.c2, YOUNG, c3, err);
    if (st == VT_OK) *c2 = p.c2;
    return st;
}

/* D6: by how much (%) V without hardening is too large at the strain x[0], actuator of x[1] nm. */
static vt_status inflation(const double *x, double *value, vt_error *err)
{
    double c2, c3;
    const vt_status st = beam(x[0], 1e-9 * x[1], &c2, &c3, err);
    if (st == VT_OK) *value = 100.0 * THETA * c3 / c2;
    return st;
}

/* P22: plastic rate (1/s) at the time x[0] h after release, c3 A1/t, strain of 9 %, V = x[1] angstrom^3 for M = x[2].
 */
static vt_status rate(const double *x, double *value, vt_error *err)
{
    double S, c2, c3;
    vt_status st = rate_stress(x[2], x[1], &S, err);
    if (st == VT_OK) st = beam(0.09, 200e-9, &c2, &c3, err);
    if (st == VT_OK) *value = c3 * S / (c2 + THETA * c3) / (3600.0 * x[0]);
    return st;
}

/* P23: V (angstrom^3) of m = x[1] at x[2] MPa for M = x[0]. */
static vt_status volume(const double *x, double *value, vt_error *err)
{
    double V;
    const vt_status st = vt_onchip_volume(x[0], T, x[1] * 1e6 * x[2], &V, err);
    if (st == VT_OK) *value = 1e30 * V;
    return st;
}

#define DECADE "a printed power of ten: a decade either way"
static const vti_ledger_row ROWS[] = {
    {ROW("P22/mismatch", "S003; procedures P22", "mismatch strain of nitride, 1 GPa over 235 GPa", "1"),
     PRINTED(0.0043), BY(mismatch), ARGS(1, 235)},
    {ROW("P22/rate/2h", "S003; procedures P22", "plastic rate 2 h after release, V = 140 A^3, M = 3.06", "s-1"),
     BAND(1e-8, 1e-6, DECADE), BY(rate), ARGS(2, 140, 3.06)},
    {ROW("P22/rate/51d", "S003; procedures P22", "plastic rate 51 d after release, V = 140 A^3, M = 3.06", "s-1"),
     BAND(1e-10, 1e-8, DECADE), BY(rate), ARGS(1224, 140, 3.06)},
    /* One actuator, of a thickness that is not printed, 154 nm, makes both ends of the range. */
    {ROW("D6/low", "procedures D6, P23", "V without hardening too large by, strain 4.7 %, actuator of 154 nm",
         "percent"),
     PRINTED(14), BY(inflation), ARGS(0.047, 154)},
    {ROW("D6/high", "procedures D6, P23", "V without hardening too large by, strain 9.2 %, actuator of 154 nm",
         "percent"),
     PRINTED(25), BY(inflation), ARGS(0.092, 154)},
    {ROW("P23/indentation", "S003; procedures P23", "V of m = 0.03 at 3250 MPa, M = 3.06, beside indentation",
         "angstrom3"),
     BAND(120, 130, "the printed range by indentation at 0.05 1/s, which the paper finds the same"), BY(volume),
     ARGS(3.06, 0.03, 3250)},
    {ROW("D5/paper/low", "S003", "zone volume without the root, V = 100 A^3", "nm3"), PRINTED(1), BY(zone_without_root),
     ARGS(100)},
    {ROW("D5/paper/high", "S003", "zone volume without the root, V = 200 A^3", "nm3"), PRINTED(2),
     BY(zone_without_root), ARGS(200)},
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
