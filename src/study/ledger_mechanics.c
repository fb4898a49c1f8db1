/* Ledger B1, C2, C3, D4, D5, D9, E11 and their neighbours: wires, films, indentation, torsion. */
#include "study/ledger_internal.h"

#include <math.h>
#include <vitrum/contact.h>
#include <vitrum/elastic.h>
#include <vitrum/indent_set.h>
#include <vitrum/yield.h>

/* B1: v/L with v = x[0] um/min, L = x[1] um; 1/s. */
static vt_status pulling_rate(const double *x, double *value, vt_error *err)
{
    (void)err;
    *value = x[0] / 60.0 / x[1];
    return VT_OK;
}

/* P07: uniform thinning at constant volume from L0 = x[0] um, d0 = x[1] nm to d = x[2] nm at 10 um/min;
 * x[3] = 0: true strain, 1: length (um), 2: duration (s), 3: rate at the end (1/s). */
static vt_status thinning(const double *x, double *value, vt_error *err)
{
    (void)err;
    const double v = 10.0 / 60.0, L = x[0] * (x[1] / x[2]) * (x[1] / x[2]);
    const double all[4] = {log(L / x[0]), L, (L - x[0]) / v, v / L};
    *value = all[(int)x[3]];
    return VT_OK;
}

/* C2, C3: Oliver-Pharr, beta = 1, Berkovich. */
static const vt_tip TIP = {.C0 = 24.56, .epsilon = 0.75, .beta = 1.0};

static double reduced(double E, double nu)
{
    return vt_contact_reduced_modulus(E, nu, 1141e9, 0.07); /* diamond indenter */
}

/* Pd40Cu30Ni10P20. The paper prints no absolute values: E from G = 35 GPa (ultrasonic) and nu = 0.389 (neighbouring
 * alloy), H = 3 sqrt(3) tau_y of the cooperative shear model. */
static vt_status rod(vt_elastic *e, double *H, vt_error *err)
{
    const vt_csm js = VT_CSM_PUBLISHED;
    const double theta = 298.0 / 578.0;
    double ratio;
    vt_status st;
    VT_TRY(st = vt_elastic_from(VT_ELASTIC_GNU, 35e9, 0.389, e, err));
    VT_TRY(st = vt_csm_yield(&js, 1, &theta, &ratio, err));
    *H = 3.0 * sqrt(3.0) * ratio * e->G;
done:
    return st;
}

/* C2: change of the load (%) when E falls by x[0] % and H by x[1] %; a quarter more or less of E or H moves the answer
 * by 0.3 %. */
static vt_status load_drop(const double *x, double *value, vt_error *err)
{
    vt_elastic e;
    double H, ratio;
    vt_status st;
    VT_TRY(st = rod(&e, &H, err));
    const double E_r = reduced(e.E, e.nu), E1_r = reduced(e.E * (1.0 + 0.01 * x[0]), e.nu);
    VT_TRY(st = vt_load_ratio(&TIP, H, E_r, 1.0 + 0.01 * x[1], E1_r / E_r, &ratio, NULL, err));
    *value = 100.0 * (ratio - 1.0);
done:
    return st;
}

/* C3: change (%) of E (x[2] = 0), H (1) or load (2) at the depth x[1] nm as read, under x[0] nm/mN in series. */
static vt_status soft_mount(const double *x, double *value, vt_error *err)
{
    vt_elastic e;
    double H;
    vt_apparent stiff, soft;
    vt_status st;
    VT_TRY(st = rod(&e, &H, err));
    const double E_r = reduced(e.E, e.nu), diamond = (1.0 - 0.07 * 0.07) / 1141e9;
    VT_TRY(st = vt_apparent_contact(&TIP, H, E_r, 1e-9 * x[1], 0.0, &stiff, err));
    VT_TRY(st = vt_apparent_contact(&TIP, H, E_r, 1e-9 * x[1], 1e-6 * x[0], &soft, err));
    const double E = (1.0 - e.nu * e.nu) / (1.0 / soft.E_r - diamond);
    const double ratio[3] = {E / e.E, soft.H / H, soft.P / stiff.P};
    *value = 100.0 * (ratio[(int)x[2]] - 1.0);
done:
    return st;
}

/* P19: u(E)/E (%) from u(nu) = x[1] at nu = x[0]. */
static vt_status poisson_part(const double *x, double *value, vt_error *err)
{
    (void)err;
    *value = 100.0 * 2.0 * x[0] * x[1] / (1.0 - x[0] * x[0]);
    return VT_OK;
}

/* P19: epsilon of the unloading exponent x[0]. */
static vt_status epsilon(const double *x, double *value, vt_error *err)
{
    return vt_contact_epsilon(x[0], value, NULL, err);
}

/* D4, pair 13: V (angstrom^3) for M = x[0], m = x[1], sigma = x[2] MPa at x[3] K. */
static vt_status activation_volume(const double *x, double *value, vt_error *err)
{
    double V;
    const vt_status st = vt_activation_volume(x[0], x[3], x[1], 1e6 * x[2], &V, err);
    if (st == VT_OK) *value = 1e30 * V;
    return st;
}

/* D5: C' at theta = x[0]; x[0] < 0: the form without the root. */
static vt_status zone_factor(const double *x, double *value, vt_error *err)
{
    const vt_csm js = VT_CSM_PUBLISHED;
    double s = 0.0;
    vt_status st = x[0] < 0.0 ? VT_OK : vt_csm_reduced_stress(&js, x[0], &s, err);
    return st == VT_OK ? vt_csm_zone_factor(&js, s, value, err) : st;
}

/* D9: elastic strain (%) of a stress x[0] GPa at E = x[1] GPa. */
static vt_status elastic_strain(const double *x, double *value, vt_error *err)
{
    (void)err;
    *value = 100.0 * x[0] / x[1];
    return VT_OK;
}

/* E11: surface strain (%) of a wire of diameter x[0] um and gauge length x[1] mm twisted by x[2] degrees:
 * gamma = D phi/(2 L) (P29). */
static vt_status surface_strain(const double *x, double *value, vt_error *err)
{
    (void)err;
    *value = 100.0 * (1e-6 * x[0]) * (x[2] * VT_PI / 180.0) / (2.0 * 1e-3 * x[1]);
    return VT_OK;
}

/* P31: barrier at G = x[0] GPa: x[1] = 0: MJ per m^3 of zone, else eV of a zone of x[1] nm^3. */
static vt_status barrier(const double *x, double *value, vt_error *err)
{
    const vt_csm js = VT_CSM_PUBLISHED;
    const double Omega = x[1] > 0.0 ? 1e-27 * x[1] : 1e-27;
    double W;
    const vt_status st = vt_csm_barrier(&js, 1e9 * x[0], Omega, 0.0, &W, err);
    if (st == VT_OK) *value = x[1] > 0.0 ? W / VT_ELECTRONVOLT : 1e-6 * W / Omega;
    return st;
}

/* Pair 4: yield stress over shear modulus at x[0]/x[1]. */
static vt_status yield(const double *x, double *value, vt_error *err)
{
    const vt_csm js = VT_CSM_PUBLISHED;
    const double theta = x[0] / x[1];
    return vt_csm_yield(&js, 1, &theta, value, err);
}

/* Pair 5: percent by which x[1] differs from x[0]; also the change of the barrier, which is proportional to G. */
static vt_status barrier_change(const double *x, double *value, vt_error *err)
{
    double before, after;
    const double from[2] = {x[0], 3.0}, to[2] = {x[1], 3.0};
    vt_status st = barrier(from, &before, err);
    if (st == VT_OK) st = barrier(to, &after, err);
    if (st == VT_OK) *value = 100.0 * (after / before - 1.0);
    return st;
}

static const char PRINTED_AS[] = "half a unit of the last digit that the paper prints";

static const vti_ledger_row ROWS[] = {
    {ROW("B1/long", "S000 Table 1; procedures B1", "initial rate, 10 um/min on 1.50 um", "s-1"), PRINTED(0.111),
     BY(pulling_rate), ARGS(10, 1.50)},
    {ROW("B1/short", "S000 Table 1; procedures B1", "initial rate, 10 um/min on 0.45 um", "s-1"), PRINTED(0.370),
     BY(pulling_rate), ARGS(10, 0.45)},
    {ROW("P07/strain", "procedures P07", "true strain from 150 to 50 nm", "1"), PRINTED(2.197), BY(thinning),
     ARGS(1.5, 150, 50, 0)},
    {ROW("P07/length", "procedures P07", "length of the 1.5 um wire at 50 nm", "um"), PRINTED(13.5), BY(thinning),
     ARGS(1.5, 150, 50, 1)},
    {ROW("P07/time", "procedures P07", "time to 50 nm", "s"), PRINTED(72), BY(thinning), ARGS(1.5, 150, 50, 2)},
    {ROW("P07/rate", "procedures P07", "rate at 50 nm", "s-1"), PRINTED(0.0123), BY(thinning), ARGS(1.5, 150, 50, 3)},
    {ROW("C2/paper", "S002 Fig. 2a", "change of the load at 400 nm for E -26 % and H -17 %", "percent"),
     WITHIN(-25.0, 0.5, PRINTED_AS),
     .tension = "At fixed depth the load of a self-similar tip follows from hardness and modulus: -26 % and -17 % give "
                "-19 %, and -25 % would need a hardness 25 % lower.",
     BY(load_drop), ARGS(-26, -17)},
    {ROW("C2/physics", "procedures C2", "change of the load at fixed depth for E -26 % and H -17 %", "percent"),
     PRINTED(-19), BY(load_drop), ARGS(-26, -17)},
    {ROW("C2/inverse", "procedures C2", "change of the load at fixed depth for E -26 % and H -25 %", "percent"),
     PRINTED(-25), BY(load_drop), ARGS(-26, -25)},
    {ROW("C3/modulus", "procedures C3", "change of E under 1.5 nm/mN in series, 400 nm as read", "percent"),
     WITHIN(-26.0, 0.78, "published as about -26: 3 % of the number"), BY(soft_mount), ARGS(1.5, 400, 0)},
    {ROW("C3/hardness", "procedures C3", "change of H under 1.5 nm/mN in series, 400 nm as read", "percent"),
     PRINTED(-3), BY(soft_mount), ARGS(1.5, 400, 1)},
    {ROW("C3/load", "S002 Fig. 2a; procedures C2, C3", "change of the load under 1.5 nm/mN, 400 nm as read", "percent"),
     WITHIN(-25.0, 0.5, PRINTED_AS),
     .tension = "The compliance that mimics the modulus takes 9 % off the load at a depth as read: load and hardness "
                "of the wires fell by more than a soft mount explains.",
     BY(soft_mount), ARGS(1.5, 400, 2)},
    {ROW("P19/nu", "procedures P19", "u(E)/E from u(nu) = 0.02 at nu = 0.40", "percent"), PRINTED(1.9),
     BY(poisson_part), ARGS(0.40, 0.02)},
    {ROW("P19/epsilon/1.2", "procedures P19", "epsilon at m = 1.2", "1"), PRINTED(0.793), BY(epsilon), ARGS(1.2)},
    {ROW("P19/epsilon/1.3", "procedures P19", "epsilon at m = 1.3", "1"), PRINTED(0.772), BY(epsilon), ARGS(1.3)},
    {ROW("P19/epsilon/1.4", "procedures P19", "epsilon at m = 1.4", "1"), PRINTED(0.759), BY(epsilon), ARGS(1.4)},
    {ROW("P19/epsilon/1.5", "procedures P19", "epsilon at m = 1.5", "1"), PRINTED(0.750), BY(epsilon), ARGS(1.5)},
    {ROW("P19/epsilon/2", "procedures P19", "epsilon at m = 2", "1"), PRINTED(0.727), BY(epsilon), ARGS(2)},
    {ROW("D4/3.06", "procedures D4", "activation volume, M = 3.06, m = 0.03, 3 GPa", "angstrom3"), PRINTED(140),
     BY(activation_volume), ARGS(3.06, 0.03, 3000, 298)},
    {ROW("D4/sqrt3", "procedures D4", "activation volume, M = sqrt(3), m = 0.03, 3 GPa", "angstrom3"), PRINTED(79),
     BY(activation_volume), ARGS(1.7320508075688772, 0.03, 3000, 298)},
    {ROW("D5/no_root", "S003; procedures D5", "C' without the root", "1"), PRINTED(10.97), BY(zone_factor), ARGS(-1)},
    {ROW("D5/0.3", "procedures P23", "C' at T/Tg = 0.3", "1"), PRINTED(24.6), BY(zone_factor), ARGS(0.3)},
    {ROW("D5/0.466", "procedures D5, P23", "C' at T/Tg = 0.466", "1"), PRINTED(21.2), BY(zone_factor), ARGS(0.466)},
    {ROW("D5/1", "procedures P23", "C' at T = Tg", "1"), PRINTED(16.5), BY(zone_factor), ARGS(1.0)},
    {ROW("D9/strain", "S003; procedures D9", "elastic strain of 3.25 GPa at E = 72 GPa", "percent"), PRINTED(4.5),
     BY(elastic_strain), ARGS(3.25, 72)},
    {ROW("E11/88um", "S004 Table S1; procedures E11", "surface strain, 294 deg, 88 um, 5.5 mm", "percent"),
     PRINTED(4.105), BY(surface_strain), ARGS(88, 5.5, 294)},
    {ROW("E11/52um", "S004 Table S1; procedures E11", "surface strain, 419 deg, 52 um, 5 mm", "percent"),
     PRINTED(3.803), BY(surface_strain), ARGS(52, 5, 419)},
    {ROW("P31/35GPa", "procedures P31", "barrier per volume of zone at G = 35 GPa", "MJ m-3"), PRINTED(76.5),
     BY(barrier), ARGS(35)},
    {ROW("P31/22GPa", "procedures P31", "barrier per volume of zone at G = 22 GPa", "MJ m-3"), PRINTED(48.1),
     BY(barrier), ARGS(22)},
    {ROW("P31/35GPa/3nm3", "procedures P31", "barrier of a zone of 3 nm^3 at G = 35 GPa", "eV"), PRINTED(1.43),
     BY(barrier), ARGS(35, 3)},
    {ROW("P31/22GPa/3nm3", "procedures P31", "barrier of a zone of 3 nm^3 at G = 22 GPa", "eV"), PRINTED(0.90),
     BY(barrier), ARGS(22, 3)},
    {ROW("M4/Vit1", "JS05; materials 3, pair 4", "tau_y/G of Vit 1 at 300 K, Tg 625 K", "1"), PRINTED(0.0262),
     BY(yield), ARGS(300, 625)},
    {ROW("M4/Pd40Cu30", "JS05; materials 3, pair 4", "tau_y/G of Pd40Cu30Ni10P20 at 298 K, Tg 578 K", "1"),
     PRINTED(0.0257), BY(yield), ARGS(298, 578)},
    {ROW("M4/survey", "JS05; materials 3, pair 4", "tau_y/G of Vit 1 within the survey of 30 glasses", "1"),
     BAND(0.0247, 0.0287, "0.0267 +- 0.0020, the survey's standard deviation"), BY(yield), ARGS(300, 625)},
    {ROW("M4/torsion", "D21; materials 3, pair 4", "tau_y/G of Pd40Cu30Ni10P20 against torsion", "1"),
     BAND(0.023, 0.027, "measured 0.025 +- 0.002"), BY(yield), ARGS(298, 578)},
    {ROW("M5/52um", "D21; materials 3, pair 5", "change of the barrier as G falls from 30 to 22 GPa", "percent"),
     PRINTED(-26.7), BY(barrier_change), ARGS(30, 22)},
    {ROW("M5/rod", "D21; materials 3, pair 5", "change of the barrier as G falls from 35 to 30 GPa", "percent"),
     PRINTED(-14.3), BY(barrier_change), ARGS(35, 30)},
    {ROW("M13/sqrt3", "Z19; materials 3, pair 13", "activation volume of Zr65Ni35, M = sqrt(3)", "angstrom3"),
     PRINTED(73), BY(activation_volume), ARGS(1.7320508075688772, 0.03, 3250, 298)},
    {ROW("M13/3.06", "Z19; materials 3, pair 13", "activation volume of Zr65Ni35, M = 3.06", "angstrom3"), PRINTED(129),
     BY(activation_volume), ARGS(3.06, 0.03, 3250, 298)},
    {ROW("M13/range", "Z19; materials 3, pair 13", "activation volume of Zr65Ni35, M = 3.06", "angstrom3"),
     BAND(100.0, 200.0, "the range that the paper prints"), BY(activation_volume), ARGS(3.06, 0.03, 3250, 298)},
    {ROW("M13/range/sqrt3", "Z19; procedures D4", "activation volume of Zr65Ni35, M = sqrt(3)", "angstrom3"),
     BAND(100.0, 200.0, "the range that the paper prints"),
     .tension = "The printed range needs a Taylor factor of about 3, which is not defined for a glass; von Mises gives "
                "73 (ledger D4).",
     BY(activation_volume), ARGS(1.7320508075688772, 0.03, 3250, 298)},
};

const vti_ledger_block vti_ledger_mechanics = {ROWS, sizeof ROWS / sizeof ROWS[0]};
