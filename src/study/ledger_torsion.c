/* Ledger E1 to E10 and their neighbours: torsion of wires, the layer that is read off it, the angle of its fracture. */
#include "study/ledger_internal.h"

#include <math.h>
#include <vitrum/fracture_law.h>
#include <vitrum/line.h>
#include <vitrum/torsion_law.h>

static const double R = 26e-6; /* m: the wire of 52 um */

/* Apparent modulus (Pa) of a wire of radius r with a layer SR of modulus G_s on a core of G_i: torque of the forward
 * model, all elastic. */
static vt_status apparent(double r, double SR, double G_s, double G_i, double *G_app, vt_error *err)
{
    const vt_torsion_zone zone[2] = {{.b = r - SR, .G = G_i, .gamma = INFINITY},
                                     {.a = r - SR, .b = r, .G = G_s, .gamma = INFINITY}};
    const double theta = 1e-3 / r;
    vt_torsion_response sum;
    const vt_status st = vt_torsion_torque(2, zone, theta, &sum, NULL, err);
    if (st == VT_OK) *G_app = 2.0 * sum.T / (VT_PI * pow(r, 4.0) * theta);
    return st;
}

/* E1: layer modulus (GPa) from the apparent one of a wire with G_s = x[0], G_i = x[1] GPa, SR = x[2] um. */
static vt_status composite(const double *x, double *value, vt_error *err)
{
    double G_app, G_s;
    vt_status st = apparent(R, 1e-6 * x[2], 1e9 * x[0], 1e9 * x[1], &G_app, err);
    if (st == VT_OK) st = vt_torsion_composite(G_app, 1e9 * x[1], R, 1e-6 * x[2], &G_s, err);
    if (st == VT_OK) *value = 1e-9 * G_s;
    return st;
}

/* E2, E9: layer modulus (GPa) that G_app = x[0] on a core of x[1] GPa would need, SR = x[2] um: the apparent modulus is
 * linear in it, so two layers of the forward model tell. */
static vt_status needed(const double *x, double *value, vt_error *err)
{
    double at[2];
    vt_status st = apparent(R, 1e-6 * x[2], 10e9, 1e9 * x[1], &at[0], err);
    if (st == VT_OK) st = apparent(R, 1e-6 * x[2], 20e9, 1e9 * x[1], &at[1], err);
    if (st == VT_OK) *value = 10.0 + 10.0 * (1e9 * x[0] - at[0]) / (at[1] - at[0]);
    return st;
}

/* E2: lowest apparent modulus (GPa), of a layer without stiffness (1 Pa): core x[0] GPa, SR = x[1] um. */
static vt_status lowest(const double *x, double *value, vt_error *err)
{
    double G_app;
    const vt_status st = apparent(R, 1e-6 * x[1], 1.0, 1e9 * x[0], &G_app, err);
    if (st == VT_OK) *value = 1e-9 * G_app;
    return st;
}

/* E2: share (%) of the rigidity that a layer of x[0] um has of a wire of radius x[1] um: what its loss takes off. */
static vt_status share(const double *x, double *value, vt_error *err)
{
    double G_app;
    const vt_status st = apparent(1e-6 * x[1], 1e-6 * x[0], 1.0, 35e9, &G_app, err);
    if (st == VT_OK) *value = 100.0 * (1.0 - G_app / 35e9);
    return st;
}

/* Layer of x GPa, plastic throughout, on an elastic core (paper eq. 3): torque and slope at the twist theta; tau in Pa.
 * A layer that yields at once carries its yield stress everywhere. */
static vt_status plastic_layer(double SR, double G_i, double tau, double theta, vt_torsion_response *sum, vt_error *err)
{
    const double gamma = 1e-9;
    const vt_torsion_zone zone[2] = {{.b = R - SR, .G = G_i, .gamma = INFINITY},
                                     {.a = R - SR, .b = R, .G = tau / gamma, .gamma = gamma}};
    return vt_torsion_torque(2, zone, theta, sum, NULL, err);
}

/* E3: jump (%) of the torque at yield, from the modulus by force balance (all of G_s = x[0]) to eq. 3 (core x[1] GPa),
 * SR = x[2] um. */
static vt_status jump(const double *x, double *value, vt_error *err)
{
    const double G_s = 1e9 * x[0], gamma = 0.025, T_y = 0.5 * VT_PI * R * R * R * G_s * gamma;
    vt_torsion_response sum;
    const vt_status st = plastic_layer(1e-6 * x[2], 1e9 * x[1], G_s * gamma, gamma / R, &sum, err);
    if (st == VT_OK) *value = 100.0 * (sum.T / T_y - 1.0);
    return st;
}

/* E4: slope after yield over that before, b1/b0, as for jump. */
static vt_status slopes(const double *x, double *value, vt_error *err)
{
    const double G_s = 1e9 * x[0];
    vt_torsion_response sum;
    const vt_status st = plastic_layer(1e-6 * x[2], 1e9 * x[1], 0.025 * G_s, 0.03 / R, &sum, err);
    if (st == VT_OK) *value = sum.theta / (0.5 * VT_PI * pow(R, 4.0) * G_s);
    return st;
}

/* E4: thickness (um) at which b1 = b0, for G_s = x[0] and G_i = x[1] GPa. */
static vt_status thickest(const double *x, double *value, vt_error *err)
{
    double SR;
    const double L = 1e-3, b1 = 0.5 * VT_PI * pow(R, 4.0) * 1e9 * x[0] / L;
    const vt_status st = vt_torsion_layer_slope(R, L, b1, 1e9 * x[1], &SR, err);
    if (st == VT_OK) *value = 1e6 * SR;
    return st;
}

/* E5: layer (um) that the recipe finds in a homogeneous, ideally plastic wire, from a line through the record over a
 * window of x[0] % past yield. */
static vt_status window(const double *x, double *value, vt_error *err)
{
    enum { N = 401 };
    const vt_torsion_zone zone = {.b = R, .G = 30e9, .gamma = 0.025};
    double phi[N], T[N], SR;
    const double b0 = 0.5 * VT_PI * pow(R, 4.0) * 30e9;
    vt_line line;
    vt_status st = VT_OK;
    for (int i = 0; i < N && st == VT_OK; i++) {
        vt_torsion_response sum;
        phi[i] = 0.025 / R * (1.0 + 0.01 * x[0] * i / (N - 1.0));
        st = vt_torsion_torque(1, &zone, phi[i], &sum, NULL, err);
        T[i] = sum.T;
    }
    if (st == VT_OK) st = vt_line_ordinary(N, phi, T, &line, err);
    if (st == VT_OK) st = vt_torsion_layer_ratio(R, b0, line.slope, &SR, err);
    if (st == VT_OK) *value = 1e6 * SR;
    return st;
}

/* E8: modulus (GPa) at 100 nm by a line in ln D (x[3] = 0) or a power law (1) through (x[0] um, x[1] GPa) and the wire
 * of 52 um, x[2] GPa. */
static vt_status extrapolated(const double *x, double *value, vt_error *err)
{
    (void)err;
    const double t = log(0.1 / 52.0) / log(x[0] / 52.0);
    *value = x[3] > 0.0 ? x[2] * pow(x[1] / x[2], t) : x[2] + (x[1] - x[2]) * t;
    return VT_OK;
}

/* E10: angle from the transverse plane (degrees) of one against the axis. */
static vt_status from_axis(const double *x, double *value, vt_error *err)
{
    double theta;
    const vt_status st = vt_fracture_from_axis(x[0] * VT_PI / 180.0, &theta, err);
    if (st == VT_OK) *value = theta * 180.0 / VT_PI;
    return st;
}

/* P29: delay (%) with which three standard deviations of x[0] % of the torque show yield, and the layer (um) it is
 * taken for (x[1] > 0). */
static vt_status delay(const double *x, double *value, vt_error *err)
{
    const double wanted = 3.0 * 0.01 * x[0];
    *value = 100.0 * sqrt(0.5 * wanted); /* deficit of about 2 (phi/phi_y - 1)^2 of T_y */
    if (!(x[1] > 0.0)) return VT_OK;
    double SR;
    const vt_status st = vt_torsion_layer_null(R, 1.0, 1.0 + 0.01 * *value, &SR, err);
    if (st == VT_OK) *value = 1e6 * SR;
    return st;
}

/* P29: torque (uN m) of a surface stress of x[0] MPa in a wire of x[1] um. */
static vt_status torque(const double *x, double *value, vt_error *err)
{
    vt_torsion_section s;
    const vt_status st = vt_torsion_circle(1e-6 * x[1], &s, err);
    if (st == VT_OK) *value = 1e6 * 1e6 * x[0] / s.stress;
    return st;
}

/* P28: stiffness (N m/rad) of a rod of x[0] mm, x[1] mm long, x[2] GPa; x[3] > 0: modulus (GPa) that it seems to have
 * behind a spring of x[3] N m/rad. */
static vt_status rod(const double *x, double *value, vt_error *err)
{
    vt_torsion_section s;
    const vt_status st = vt_torsion_circle(1e-3 * x[0], &s, err);
    if (st != VT_OK) return st;
    const double k = 1e9 * x[2] * s.J / (1e-3 * x[1]);
    *value = x[3] > 0.0 ? x[2] / (1.0 + k / x[3]) : k;
    return VT_OK;
}

/* P28: percent by which the tungsten wire of x[0] GPa is off 156 GPa. */
static vt_status tungsten(const double *x, double *value, vt_error *err)
{
    (void)err;
    *value = 100.0 * (x[0] / 156.0 - 1.0);
    return VT_OK;
}

/* P30: thickness (nm) that one per cent of the slope b1 is worth, SR = 0.5 um. */
static vt_status leverage(const double *x, double *value, vt_error *err)
{
    double SR[2];
    const double L = 1e-3, b1 = 0.5 * VT_PI * pow(R - 0.5e-6, 4.0) * 35e9 / L;
    vt_status st = vt_torsion_layer_slope(R, L, b1 * (1.0 - 0.005 * x[0]), 35e9, &SR[0], err);
    if (st == VT_OK) st = vt_torsion_layer_slope(R, L, b1 * (1.0 + 0.005 * x[0]), 35e9, &SR[1], err);
    if (st == VT_OK) *value = 1e9 * (SR[0] - SR[1]);
    return st;
}

/* P30: SR (um) by the intercept from an exact line of a layer of 0.5 um, x[0] GPa on x[1] GPa; the torque at yield is
 * that of the whole wire. */
static vt_status intercept(const double *x, double *value, vt_error *err)
{
    const double tau = 0.025 * 1e9 * x[0], theta = 0.03 / R;
    vt_torsion_response sum;
    double G_app, SR;
    vt_status st = plastic_layer(0.5e-6, 1e9 * x[1], tau, theta, &sum, err);
    if (st == VT_OK) st = apparent(R, 0.5e-6, 1e9 * x[0], 1e9 * x[1], &G_app, err);
    if (st == VT_OK)
        st =
            vt_torsion_layer_intercept(R, sum.T - sum.theta * theta, 0.5 * VT_PI * R * R * R * G_app * 0.025, &SR, err);
    if (st == VT_OK) *value = 1e6 * SR;
    return st;
}

#define WIRE "52 um"
static const vti_ledger_row ROWS[] = {
    {ROW("E1/composite", "procedures E1, P30", "layer modulus from G_s + (G_i - G_s) x^4, forward model of 22 GPa",
         "GPa"),
     WITHIN(22.0, 1e-9, "rounding, amplified by the tenth of the rigidity that the layer has"), BY(composite),
     ARGS(22, 35, 0.7)},
    {ROW("E2/thin", "procedures E2", "layer modulus that 22 GPa on 35 GPa needs, SR = 0.4 um, " WIRE, "GPa"),
     PRINTED(-181), BY(needed), ARGS(22, 35, 0.4)},
    {ROW("E2/thick", "procedures E2", "layer modulus that 22 GPa on 35 GPa needs, SR = 1 um, " WIRE, "GPa"),
     PRINTED(-55), BY(needed), ARGS(22, 35, 1.0)},
    {ROW("E2/lowest/thin", "procedures E2", "lowest apparent modulus on 35 GPa, SR = 0.4 um", "GPa"), PRINTED(32.9),
     BY(lowest), ARGS(35, 0.4)},
    {ROW("E2/lowest/thick", "procedures E2", "lowest apparent modulus on 35 GPa, SR = 1 um", "GPa"), PRINTED(29.9),
     BY(lowest), ARGS(35, 1.0)},
    {ROW("E2/share/thin", "procedures E2", "share of the rigidity in a layer of 0.4 um, " WIRE, "percent"), PRINTED(6),
     BY(share), ARGS(0.4, 26)},
    {ROW("E2/share/thick", "procedures E2", "share of the rigidity in a layer of 1 um, " WIRE, "percent"),
     PRINTED(14.5), BY(share), ARGS(1.0, 26)},
    {ROW("E2/rod", "procedures E2", "share of the rigidity in a layer of 0.5 um on the rod of 4 mm", "percent"),
     AT_MOST(0.1, 0.0005, "half a unit of the next digit"), BY(share), ARGS(0.5, 2000)},
    {ROW("E3/jump", "procedures E3", "jump of the torque at yield between eq. 7 and eq. 3, SR = 0.5 um", "percent"),
     PRINTED(55), BY(jump), ARGS(22, 35, 0.5)},
    {ROW("E4/slopes", "procedures E4", "slope after yield over that before, SR = 0.5 um", "1"), PRINTED(1.47),
     BY(slopes), ARGS(22, 35, 0.5)},
    {ROW("E4/thickest", "procedures E4", "thickness above which the wire would not stiffen, " WIRE, "um"),
     PRINTED(2.85), BY(thickest), ARGS(22, 35)},
    {ROW("E5/2", "procedures E5", "layer read off a homogeneous wire, window of 2 %", "um"), PRINTED(0.26), BY(window),
     ARGS(2)},
    {ROW("E5/4", "procedures E5", "layer read off a homogeneous wire, window of 4 %", "um"), PRINTED(0.50), BY(window),
     ARGS(4)},
    {ROW("E5/6", "procedures E5", "layer read off a homogeneous wire, window of 6 %", "um"), PRINTED(0.75), BY(window),
     ARGS(6)},
    {ROW("E5/10", "procedures E5", "layer read off a homogeneous wire, window of 10 %", "um"), PRINTED(1.2), BY(window),
     ARGS(10)},
    {ROW("E8/paper", "S004, text", "modulus at 100 nm by a line in ln D through the rod and the wire of 52 um", "GPa"),
     PRINTED(4.8),
     .tension = "No simple law through the printed moduli gives 4.8 GPa: a line in ln D gives 10.5, a power law 14.1, "
                "and through the wires alone the modulus turns negative; 2.7 decades are no extrapolation.",
     BY(extrapolated), ARGS(4000, 30, 22, 0)},
    {ROW("E8/line", "procedures E8", "modulus at 100 nm by a line in ln D through (4 mm, 30), (52 um, 22)", "GPa"),
     PRINTED(10.5), BY(extrapolated), ARGS(4000, 30, 22, 0)},
    {ROW("E8/power", "procedures E8", "modulus at 100 nm by a power law through the same", "GPa"), PRINTED(14.1),
     BY(extrapolated), ARGS(4000, 30, 22, 1)},
    {ROW("E8/wires", "procedures E8", "modulus at 100 nm by a line in ln D through the wires alone", "GPa"),
     PRINTED(-25), BY(extrapolated), ARGS(101.5, 27, 22, 0)},
    {ROW("E9/layer", "procedures E9", "layer modulus that 22 GPa on a core of 26 GPa needs, SR = 1 um", "GPa"),
     WITHIN(-1.6, 0.59, "the core, 0.74 of 35 GPa, is 25.9 and printed as 26: 0.1 GPa of it is 0.59 GPa of layer"),
     BY(needed), ARGS(22, 26, 1.0)},
    {ROW("E10/rod", "S004 Fig. 5; procedures E10", "fracture angle of the rod from the transverse plane", "degree"),
     PRINTED(43), BY(from_axis), ARGS(47)},
    {ROW("P28/tungsten/100", "S004; procedures P28", "tungsten of 100 um, 159.5 GPa, against 156 GPa", "percent"),
     PRINTED(2.2), BY(tungsten), ARGS(159.5)},
    {ROW("P28/tungsten/50", "S004; procedures P28", "tungsten of 50 um, 153.8 GPa, against 156 GPa", "percent"),
     PRINTED(-1.4), BY(tungsten), ARGS(153.8)},
    {ROW("P28/rod", "procedures P28", "stiffness of the rod of 4 mm x 40 mm at 35 GPa", "N m rad-1"), PRINTED(22),
     BY(rod), ARGS(4, 40, 35, 0)},
    {ROW("P28/series", "procedures P28", "modulus of the rod of 35 GPa behind 130 N m/rad", "GPa"), PRINTED(30),
     BY(rod), ARGS(4, 40, 35, 130)},
    {ROW("P29/torque", "procedures P29", "torque at 550 MPa, " WIRE, "uN m"), PRINTED(15.2), BY(torque), ARGS(550, 52)},
    {ROW("P29/delay/0.05", "procedures P29", "late detection of yield, noise 0.05 %", "percent"), PRINTED(2.7),
     BY(delay), ARGS(0.05)},
    {ROW("P29/delay/0.1", "procedures P29", "late detection of yield, noise 0.1 %", "percent"), PRINTED(3.9), BY(delay),
     ARGS(0.1)},
    {ROW("P29/delay/0.2", "procedures P29", "late detection of yield, noise 0.2 %", "percent"), PRINTED(5.5), BY(delay),
     ARGS(0.2)},
    {ROW("P29/delay/0.5", "procedures P29", "late detection of yield, noise 0.5 %", "percent"), PRINTED(8.7), BY(delay),
     ARGS(0.5)},
    {ROW("P29/layer/0.05", "procedures P29", "layer that the delay is taken for, noise 0.05 %", "um"), PRINTED(0.7),
     BY(delay), ARGS(0.05, 1)},
    {ROW("P29/layer/0.1", "procedures P29", "layer that the delay is taken for, noise 0.1 %", "um"), PRINTED(1.0),
     BY(delay), ARGS(0.1, 1)},
    {ROW("P29/layer/0.5", "procedures P29", "layer that the delay is taken for, noise 0.5 %", "um"), PRINTED(2.1),
     BY(delay), ARGS(0.5, 1)},
    {ROW("P30/leverage", "procedures P30", "thickness that 1 % of the slope is worth", "nm"), PRINTED(64), BY(leverage),
     ARGS(1)},
    {ROW("P30/intercept", "procedures P30", "SR by the intercept of a layer of 0.5 um, 22 on 35 GPa", "um"),
     PRINTED(0.32), BY(intercept), ARGS(22, 35)},
    {ROW("P30/intercept/even", "procedures P30", "SR by the intercept of a layer of 0.5 um, 35 on 35 GPa", "um"),
     PRINTED(0.50), BY(intercept), ARGS(35, 35)},
};

const vti_ledger_block vti_ledger_torsion = {ROWS, sizeof ROWS / sizeof ROWS[0]};
