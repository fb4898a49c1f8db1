/* The two parameter sets that the ledger of the nanomolding paper computes with. */
#include "study/ledger_internal.h"

#include <math.h>
#include <vitrum/molding_law.h>

vt_transport_law vti_ledger_reference_set(void)
{
    const double Tg = 590.15; /* K */
    return (vt_transport_law){
        .viscosity = {.T_ref = Tg,
                      .ln_eta_ref = log(1.671e9),
                      .D = 13.18,
                      .T0 = 415.56,
                      .Tk = 560.65,
                      .Qg = 0.884 * VT_ELECTRONVOLT},
        .mobility = {.X_ref = 1.272e-26, .T_ref = Tg, .Q = 1.580 * VT_ELECTRONVOLT},
        .Tg = Tg,
        .tau_g = 76.0,
        .Q_B = 2.0 * 1.580 * VT_ELECTRONVOLT,
        .delta = 0.368e-9,
        .se = {.c = 6.0, .R = 0.1316e-9},
        .Omega = 1.233e-29,
        .prefactor = VT_MOLDING_PREFACTOR_PAPER,
    };
}

vt_status vti_ledger_reference_derived(vt_transport_derived *out, vt_error *err)
{
    const vt_transport_law p = vti_ledger_reference_set();
    return vt_transport_derive(&p, out, err);
}

vt_status vti_ledger_reference_state(double T_C, double *eta, double *mobility, vt_error *err)
{
    const vt_transport_law p = vti_ledger_reference_set();
    const double T = T_C + VT_ZERO_CELSIUS;
    const vt_status st = vt_viscosity_eta(&p.viscosity, 1, &T, eta, err);
    return st == VT_OK ? vt_arrhenius_value(&p.mobility, 1, &T, mobility, err) : st;
}

vt_status vti_ledger_coefficients(double T_C, double impulse, double ab[2], vt_error *err)
{
    vt_molding_condition c = {.prefactor = VT_MOLDING_PREFACTOR_PAPER,
                              .Omega = vti_ledger_reference_set().Omega,
                              .T = T_C + VT_ZERO_CELSIUS,
                              .impulse = impulse};
    const vt_status st = vti_ledger_reference_state(T_C, &c.eta, &c.mobility, err);
    return st == VT_OK ? vt_molding_coefficients(&c, &ab[0], &ab[1], err) : st;
}

vt_status vti_ledger_s1(double T_C, double d_nm, double *eta, double *mobility, vt_error *err)
{
    const double T = T_C + VT_ZERO_CELSIUS, T_k = 287.0 + VT_ZERO_CELSIUS, Omega = 1.233e-29;
    double product, product_k, m; /* Pa m^3, Pa m^3, m^3/s */
    vt_status st;
    VT_TRY(st = vt_critical_product(VT_MOLDING_PREFACTOR_PAPER, Omega, T_k, 97e-9, &product_k, err));
    VT_TRY(st = vt_critical_product(VT_MOLDING_PREFACTOR_PAPER, Omega, T, 1e-9 * d_nm, &product, err));
    const vt_arrhenius law = {.X_ref = product_k / 1e12, .T_ref = T_k, .Q = 1.58 * VT_ELECTRONVOLT};
    VT_TRY(st = vt_arrhenius_value(&law, 1, &T, &m, err));
    *eta = product / m;
    *mobility = m;
done:
    return st;
}

vt_status vti_ledger_eta(const double *x, double *value, vt_error *err)
{
    double mobility;
    return vti_ledger_reference_state(x[0], value, &mobility, err);
}

vt_status vti_ledger_d_c(const double *x, double *value, vt_error *err)
{
    const vt_transport_law p = vti_ledger_reference_set();
    const double T = x[0] + VT_ZERO_CELSIUS;
    double d; /* m */
    const vt_status st = vt_transport_critical_diameter(&p, 1, &T, &d, err);
    if (st == VT_OK) *value = 1e9 * d;
    return st;
}
