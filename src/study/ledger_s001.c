/* Ledger A1-A9: the equations of the nanomolding paper (S001). */
#include "study/ledger_internal.h"

#include <math.h>
#include <vitrum/molding_law.h>

/* A1: x = {p, t, L/d}: viscosity of Eq. 1 restored. */
static vt_status inversion(const double *x, double *value, vt_error *err)
{
    return vt_molding_viscosity(VT_MOLDING_PREFACTOR_PAPER, x[0] * x[1], 1e-7, x[2] * 1e-7, value, err);
}

/* A2: x = {0: eta_16/eta_32, 1: d_c(128, eta_16)/d_c(256, eta_32)} read from one wire. */
static vt_status prefactor_ratio(const double *x, double *value, vt_error *err)
{
    const double impulse = 2e9 * 36000.0, d = 2e-7, L = 3.1e-7, T = 560.15, mobility = 2.4e-27, Omega = 1.233e-29;
    double eta_32, eta_16, d_32, d_16;
    vt_status st;
    VT_TRY(st = vt_molding_viscosity(VT_MOLDING_PREFACTOR_PAPER, impulse, d, L, &eta_32, err));
    VT_TRY(st = vt_molding_viscosity(VT_MOLDING_PREFACTOR_PHYSICS, impulse, d, L, &eta_16, err));
    VT_TRY(st = vt_critical_diameter(VT_MOLDING_PREFACTOR_PAPER, Omega, T, eta_32, mobility, &d_32, err));
    VT_TRY(st = vt_critical_diameter(VT_MOLDING_PREFACTOR_PHYSICS, Omega, T, eta_16, mobility, &d_16, err));
    *value = x[0] == 0.0 ? eta_16 / eta_32 : d_16 / d_32;
done:
    return st;
}

/* A3: the largest |d_c of Eq. 3 over the crossing of Eqs. 1 and 2, less 1| at the published temperatures. */
static vt_status crossing_identity(const double *x, double *value, vt_error *err)
{
    (void)x;
    double worst = 0.0, ab[2], d, crossing;
    vt_status st = VT_OK;
    for (double T_C = 267.0; T_C < 330.0; T_C += 10.0) {
        VT_TRY(st = vti_ledger_coefficients(T_C, 1.25e9 * 36000.0, ab, err));
        VT_TRY(st = vt_crossing_diameter(ab[0], ab[1], &crossing, err));
        VT_TRY(st = vti_ledger_d_c(&T_C, &d, err));
        worst = fmax(worst, fabs(1e-9 * d / crossing - 1.0));
    }
    *value = worst;
done:
    return st;
}

/* A3: the number in front of the group of Eq. 3, from the crossing. */
static vt_status crossing_prefactor(const double *x, double *value, vt_error *err)
{
    const vt_transport_law p = vti_ledger_reference_set();
    double eta, mobility, ab[2], d;
    vt_status st;
    VT_TRY(st = vti_ledger_reference_state(x[0], &eta, &mobility, err));
    VT_TRY(st = vti_ledger_coefficients(x[0], 7.2e13, ab, err));
    VT_TRY(st = vt_crossing_diameter(ab[0], ab[1], &d, err));
    *value = d * d * d * VT_BOLTZMANN * (x[0] + VT_ZERO_CELSIUS) / (p.Omega * mobility * eta);
done:
    return st;
}

/* A4: slope of L/sqrt(p t) against d/sqrt(eta). */
static vt_status figure_slope(const double *x, double *value, vt_error *err)
{
    double eta, mobility, L, ab[2];
    const double d = 1.6e-7, impulse = 3e11;
    vt_status st;
    VT_TRY(st = vti_ledger_reference_state(x[0], &eta, &mobility, err));
    VT_TRY(st = vti_ledger_coefficients(x[0], impulse, ab, err));
    VT_TRY(st = vt_molding_length(VT_MOLDING_VISCOUS, ab, 1, &d, &L, NULL, err));
    *value = L / sqrt(impulse) / (d / sqrt(eta));
done:
    return st;
}

/* A5: additive length over either branch at the crossing. */
static vt_status additive_factor(const double *x, double *value, vt_error *err)
{
    double ab[2], d, L, single;
    vt_status st;
    VT_TRY(st = vti_ledger_coefficients(x[0], 1.8e12, ab, err));
    VT_TRY(st = vt_crossing_diameter(ab[0], ab[1], &d, err));
    VT_TRY(st = vt_molding_length(VT_MOLDING_ADDITIVE, ab, 1, &d, &L, NULL, err));
    VT_TRY(st = vt_molding_length(VT_MOLDING_DIFFUSION, ab, 1, &d, &single, NULL, err));
    *value = L / single;
done:
    return st;
}

/* A5: where the slope of the additive length vanishes, by bisection, over the crossing; x[1] = 1: percent off it. */
static vt_status shortest_wire(const double *x, double *value, vt_error *err)
{
    double ab[2], d_c, lo, hi;
    vt_status st;
    VT_TRY(st = vti_ledger_coefficients(x[0], 1.8e12, ab, err));
    VT_TRY(st = vt_crossing_diameter(ab[0], ab[1], &d_c, err));
    lo = 0.1 * d_c;
    hi = 10.0 * d_c;
    for (int k = 0; k < 60; k++) {
        double L, slope[3];
        const double mid = 0.5 * (lo + hi);
        VT_TRY(st = vt_molding_length(VT_MOLDING_ADDITIVE, ab, 1, &mid, &L, slope, err));
        if (slope[0] < 0.0)
            lo = mid;
        else
            hi = mid;
    }
    *value = x[1] == 0.0 ? lo / d_c : 100.0 * (lo / d_c - 1.0);
done:
    return st;
}

/* A6, P12: shift (K) of the interface transition when delta is multiplied by x[0] and R by x[1]. */
static vt_status interface_shift(const double *x, double *value, vt_error *err)
{
    vt_transport_law p = vti_ledger_reference_set();
    vt_transport_derived r;
    double before, after;
    vt_status st;
    VT_TRY(st = vt_transport_derive(&p, &r, err));
    VT_TRY(st = vt_glass_transition_interface(&r.times, 36000.0, &before, err));
    p.delta *= x[0];
    p.se.R *= x[1];
    VT_TRY(st = vt_transport_derive(&p, &r, err));
    VT_TRY(st = vt_glass_transition_interface(&r.times, 36000.0, &after, err));
    *value = after - before;
done:
    return st;
}

/* A7: a multiple x[0] of Tg in degC; x[1] = 1: (x[0] degC)/Tg in kelvin; 2: the slip of a ratio taken in Celsius. */
static vt_status homologous(const double *x, double *value, vt_error *err)
{
    (void)err;
    const double Tg = vti_ledger_reference_set().Tg; /* K */
    *value = x[0] * Tg - VT_ZERO_CELSIUS;
    if (x[1] == 1.0) *value = (x[0] + VT_ZERO_CELSIUS) / Tg;
    if (x[1] == 2.0) *value = x[0] * (Tg - VT_ZERO_CELSIUS);
    return VT_OK;
}

/* A8, P12: breakdown temperature (degC) for Q_B = x[0] eV; x[1] = 1: in units of Tg; 2: dT/dQ_B in K/eV. */
static vt_status breakdown(const double *x, double *value, vt_error *err)
{
    const vt_transport_law p = vti_ledger_reference_set();
    vt_vft liquid;
    double T, grad[3];
    vt_status st;
    VT_TRY(st = vt_viscosity_liquid(&p.viscosity, &liquid, err));
    VT_TRY(st = vt_breakdown_tangency(&liquid, p.Tg, x[0] * VT_ELECTRONVOLT, &T, grad, err));
    *value = T - VT_ZERO_CELSIUS;
    if (x[1] == 1.0) *value = T / p.Tg;
    if (x[1] == 2.0) *value = grad[0] * VT_ELECTRONVOLT;
done:
    return st;
}

static const char ROUNDING[] = "identity of the algebra; rounding only";

static const vti_ledger_row ROWS[] = {
    {ROW("A1/eta", "S001 Eq. 1, Fig. 6a; procedures A1", "viscosity of L/d = 1.5 after 2 GPa for 36000 s", "Pa s"),
     WITHIN(1e12, 1e10, "the paper gives the level at the kink to one digit, L/d = 1.500 to four"), BY(inversion),
     ARGS(2e9, 36000.0, 1.5)},
    {ROW("A2/viscosity", "S001 Eqs. 1, 2; procedures A2", "integrated over mean-speed viscosity of one wire", "1"),
     WITHIN(2.0, 1e-12, ROUNDING), BY(prefactor_ratio), ARGS(0)},
    {ROW("A2/diameter", "S001 Eq. 3; procedures A2", "d_c with 128 eta_16 over d_c with 256 eta_32", "1"),
     WITHIN(1.0, 1e-12, ROUNDING), BY(prefactor_ratio), ARGS(1)},
    {ROW("A3/identity", "S001 Eq. 3; procedures A3", "d_c of Eq. 3 over the crossing of Eqs. 1 and 2, less 1", "1"),
     AT_MOST(0.0, 1e-12, ROUNDING), BY(crossing_identity)},
    {ROW("A3/prefactor", "S001 Eq. 3; procedures A3", "prefactor of Eq. 3 from the crossing", "1"),
     WITHIN(256.0, 256e-12, ROUNDING), BY(crossing_prefactor), ARGS(297)},
    {ROW("A4/slope", "S001 Fig. 1b; procedures A4", "slope of L/sqrt(p t) against d/sqrt(eta)", "1"), PRINTED(0.1768),
     BY(figure_slope), ARGS(317)},
    {ROW("A5/factor", "procedures A5", "additive length over either branch at d_c", "1"),
     WITHIN(1.4142135623730951, 1e-12, ROUNDING), BY(additive_factor), ARGS(297)},
    {ROW("A5/minimum", "procedures A5", "diameter of the shortest wire over d_c", "1"), PRINTED(0.794),
     BY(shortest_wire), ARGS(297, 0)},
    {ROW("A5/bias", "procedures A5", "error of reading d_c at the shortest wire", "percent"), PRINTED(-20.6),
     BY(shortest_wire), ARGS(297, 1)},
    {ROW("A6/delta", "procedures A6, P12", "shift of the interface glass transition when delta is halved", "K"),
     PRINTED(-1.9), BY(interface_shift), ARGS(0.5, 1)},
    {ROW("A6/radius", "procedures P12", "shift of the interface glass transition when R is doubled", "K"),
     PRINTED(-1.9), BY(interface_shift), ARGS(1, 2)},
    {ROW("A7/1.15Tg", "S001 text; procedures A7", "1.15 Tg", "degC"), PRINTED(405.5), BY(homologous), ARGS(1.15, 0)},
    {ROW("A7/ratio", "S001 text; procedures A7", "408 degC over Tg, in kelvin", "1"), PRINTED(1.154), BY(homologous),
     ARGS(408, 1)},
    {ROW("A7/slip", "procedures A7", "1.15 Tg if the ratio were taken in Celsius", "degC"), PRINTED(365),
     BY(homologous), ARGS(1.15, 2)},
    {ROW("A8/T_SER", "S001 text; procedures A8", "Stokes-Einstein breakdown, tangency at Q_B = 3.16 eV", "degC"),
     PRINTED(408), BY(breakdown), ARGS(3.16, 0)},
    {ROW("A8/ratio", "S001 text; procedures A7, A8", "Stokes-Einstein breakdown over Tg", "1"), PRINTED(1.15),
     BY(breakdown), ARGS(3.16, 1)},
    {ROW("A9/slope", "procedures A9", "dT_SER/dQ_B at 3.16 eV", "K/eV"),
     WITHIN(-70.0, 5.0, "published as about -70, one digit"), BY(breakdown), ARGS(3.16, 2)},
};

const vti_ledger_block vti_ledger_s001 = {ROWS, sizeof ROWS / sizeof ROWS[0]};
