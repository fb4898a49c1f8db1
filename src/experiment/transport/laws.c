/* Predictions of the observations from the transport constants, with analytic derivatives (procedures 10.5). */
#include "transport_internal.h"
#include <vitrum/constants.h>
#include <vitrum/molding_law.h>
#include <math.h>
#include <string.h>

enum { P = VTI_TRANSPORT_P };

const vti_transport_fact VTI_TRANSPORT_FACTS[VTI_TRANSPORT_KINDS] = {
    {"critical_diameter", "d_c", "m", true, true, 1e-10, 1e-3},
    {"viscosity", "eta", "Pa s", true, true, 1e-5, 1e30},
    {"interface_mobility", "delta D_I", "m3 s-1", true, true, 1e-60, 1e-12},
    {"kink_temperature", "T_k", "K", false, false, 100.0, 3000.0},
    {"bulk_glass_transition", "T_g,B", "K", false, false, 100.0, 3000.0},
    {"interface_glass_transition", "T_g,I", "K", false, false, 100.0, 3000.0},
    {"stokes_einstein_breakdown", "T_SER", "K", false, false, 100.0, 3000.0},
    {"interface_activation_energy", "Q_I", "J", false, false, 1e-21, 5e-18},
    {"interface_thickness", "delta", "m", true, false, 1e-11, 1e-7},
    {"atomic_radius", "R", "m", true, false, 2e-11, 1e-9},
    {"vft_viscosity_infinite", "eta_0", "Pa s", true, false, 1e-12, 1e3},
};

static vt_viscosity viscosity(const vti_transport_setup *s, const double *x, bool glass)
{
    return (vt_viscosity){.T_ref = s->Tg,
                          .ln_eta_ref = x[VTI_LN_ETA],
                          .D = x[VTI_STRENGTH],
                          .T0 = x[VTI_T0],
                          .Tk = glass && s->kink ? x[VTI_TK] : 0.0,
                          .Qg = glass && s->kink ? x[VTI_QG] * VT_ELECTRONVOLT : 0.0};
}

static vt_arrhenius mobility(const vti_transport_setup *s, const double *x)
{
    return (vt_arrhenius){.X_ref = exp(x[VTI_LN_MOBILITY]), .T_ref = s->Tg, .Q = x[VTI_QI] * VT_ELECTRONVOLT};
}

vt_status vti_transport_law(const vti_transport_setup *s, const double *x, vt_transport_law *law, vt_error *err)
{
    for (size_t j = 0; j < P; j++)
        if (!isfinite(x[j])) return vt_fail(err, VT_EDOMAIN, "transport constant %zu is not finite", j);
    if (!(x[VTI_STRENGTH] > 0.0) || !(x[VTI_T0] > 0.0) || !(x[VTI_T0] < s->Tg) || !(x[VTI_QI] > 0.0))
        return vt_fail(err, VT_EDOMAIN, "D* = %g, T0 = %g K (Tg = %g K), Q_I = %g eV are outside the laws",
                       x[VTI_STRENGTH], x[VTI_T0], s->Tg, x[VTI_QI]);
    if (s->kink && (!(x[VTI_TK] > x[VTI_T0]) || !(x[VTI_QG] >= 0.0)))
        return vt_fail(err, VT_EDOMAIN, "T_k = %g K must be above T0 = %g K, Q_g = %g eV >= 0", x[VTI_TK], x[VTI_T0],
                       x[VTI_QG]);
    *law = (vt_transport_law){.viscosity = viscosity(s, x, true),
                              .mobility = mobility(s, x),
                              .Tg = s->Tg,
                              .tau_g = s->tau_g,
                              .Q_B = s->ratio * x[VTI_QI] * VT_ELECTRONVOLT,
                              .delta = exp(x[VTI_LN_DELTA]),
                              .se = {.c = s->c, .R = exp(x[VTI_LN_RADIUS])},
                              .Omega = s->Omega,
                              .prefactor = s->prefactor};
    return VT_OK;
}

/* ln eta of the law (glass branch too) and its derivatives. */
static vt_status ln_viscosity(const vti_transport_setup *s, const double *x, double T, double *y, double *g,
                              vt_error *err)
{
    const vt_viscosity v = viscosity(s, x, true);
    double jac[VT_VISCOSITY_PARAMETERS];
    const vt_status st = vt_viscosity_ln(&v, 1, &T, y, jac, err);
    if (st != VT_OK || !g) return st;
    g[VTI_LN_ETA] = jac[VT_VISCOSITY_LN_ETA_REF];
    g[VTI_STRENGTH] = jac[VT_VISCOSITY_D];
    g[VTI_T0] = jac[VT_VISCOSITY_T0];
    if (s->kink) {
        g[VTI_TK] = jac[VT_VISCOSITY_TK];
        g[VTI_QG] = jac[VT_VISCOSITY_QG] * VT_ELECTRONVOLT;
    }
    return VT_OK;
}

static vt_status ln_mobility(const vti_transport_setup *s, const double *x, double T, double *y, double *g,
                             vt_error *err)
{
    const vt_arrhenius m = mobility(s, x);
    double jac[VT_ARRHENIUS_PARAMETERS];
    const vt_status st = vt_arrhenius_ln(&m, 1, &T, y, jac, err);
    if (st != VT_OK || !g) return st;
    g[VTI_LN_MOBILITY] += jac[VT_ARRHENIUS_LN_X_REF];
    g[VTI_QI] += jac[VT_ARRHENIUS_Q] * VT_ELECTRONVOLT;
    return VT_OK;
}

/* Eq. 3: ln d_c = [ln(8 c Omega / kT) + ln eta + ln(delta D_I)] / 3. */
static vt_status ln_critical_diameter(const vti_transport_setup *s, const double *x, double T, double *y, double *g,
                                      vt_error *err)
{
    double eta, m;
    vt_status st = ln_viscosity(s, x, T, &eta, g, err);
    if (st == VT_OK) st = ln_mobility(s, x, T, &m, g, err);
    if (st != VT_OK) return st;
    *y = (log(8.0 * s->prefactor * s->Omega / (VT_BOLTZMANN * T)) + eta + m) / 3.0;
    for (size_t j = 0; g && j < P; j++) g[j] /= 3.0;
    return VT_OK;
}

vt_status vti_transport_bulk_transition(const vti_transport_setup *s, const double *x, double *T, double *grad,
                                        vt_error *err)
{
    /* T - T0 = B / (B/(Tg - T0) + ln(t/tau_g)), B = D* T0 */
    const double D = x[VTI_STRENGTH], T0 = x[VTI_T0], B = D * T0, up = B / (s->Tg - T0);
    const double q = up + log(s->t_exp / s->tau_g);
    if (!(q > 0.0)) return vt_fail(err, VT_EDOMAIN, "t = %g s is shorter than any relaxation time", s->t_exp);
    *T = T0 + B / q;
    if (!grad) return VT_OK;
    const double dB = 1.0 / q - up / (q * q), dT0 = 1.0 - up * up / (q * q);
    memset(grad, 0, P * sizeof *grad);
    grad[VTI_STRENGTH] = T0 * dB;
    grad[VTI_T0] = dT0 + D * dB;
    return VT_OK;
}

vt_status vti_transport_breakdown(const vti_transport_setup *s, const double *x, double *T, double *grad,
                                  double *d_ratio, vt_error *err)
{
    const double D = x[VTI_STRENGTH], T0 = x[VTI_T0], QI = x[VTI_QI] * VT_ELECTRONVOLT;
    const vt_viscosity v = viscosity(s, x, false);
    vt_vft liquid;
    double g[3];
    vt_status st = vt_viscosity_liquid(&v, &liquid, err);
    if (st == VT_OK) st = vt_breakdown_tangency(&liquid, s->Tg, s->ratio * QI, T, g, err);
    if (st != VT_OK) return st;
    if (d_ratio) *d_ratio = g[0] * QI;
    if (!grad) return VT_OK;
    memset(grad, 0, P * sizeof *grad);
    grad[VTI_QI] = g[0] * s->ratio * VT_ELECTRONVOLT;
    grad[VTI_STRENGTH] = g[1] * T0;
    grad[VTI_T0] = g[2] + g[1] * D;
    return VT_OK;
}

/* dT/dx = -(dF/dx)/(dF/dT) of F = ln tau_I(T) - ln t. Tangency makes F stationary in T_SER, so T_SER counts as fixed.
 */
static void interface_gradient(const vti_transport_setup *s, const double *x, double T, double Ts, double *grad,
                               double *d_ratio)
{
    const double D = x[VTI_STRENGTH], T0 = x[VTI_T0], B = D * T0, k_eV = VT_BOLTZMANN / VT_ELECTRONVOLT;
    const double u = 1.0 / (T - T0), us = 1.0 / (Ts - T0), w = 1.0 / T - 1.0 / Ts;
    const double F_T = -B * u * u + (s->ratio - 1.0) * x[VTI_QI] / (k_eV * T * T);
    const double F_B = u - us;
    memset(grad, 0, P * sizeof *grad);
    grad[VTI_LN_ETA] = 1.0 / F_T;
    grad[VTI_STRENGTH] = -T0 * F_B / F_T;
    grad[VTI_T0] = -(B * (u * u - us * us) + D * F_B) / F_T;
    grad[VTI_QI] = -((1.0 / T - 1.0 / s->Tg) - s->ratio * w) / (k_eV * F_T);
    grad[VTI_LN_MOBILITY] = 1.0 / F_T;
    grad[VTI_LN_DELTA] = -1.0 / F_T;
    grad[VTI_LN_RADIUS] = 1.0 / F_T;
    if (d_ratio) *d_ratio = x[VTI_QI] * w / (k_eV * F_T);
}

vt_status vti_transport_interface_transition(const vti_transport_setup *s, const double *x, double *T, double *grad,
                                             double *d_ratio, vt_error *err)
{
    vt_transport_law law;
    vt_transport_derived derived;
    vt_status st = vti_transport_law(s, x, &law, err);
    if (st == VT_OK) st = vt_transport_derive(&law, &derived, err);
    if (st == VT_OK) st = vt_glass_transition_interface(&derived.times, s->t_exp, T, err);
    if (st != VT_OK) return st;
    if (grad) interface_gradient(s, x, *T, derived.T_SER, grad, d_ratio);
    return VT_OK;
}

/* ln eta0 = ln eta_g - B/(Tg - T0). */
static void ln_viscosity_infinite(const vti_transport_setup *s, const double *x, double *y, double *g)
{
    const double D = x[VTI_STRENGTH], T0 = x[VTI_T0], w = s->Tg - T0;
    *y = x[VTI_LN_ETA] - D * T0 / w;
    if (!g) return;
    g[VTI_LN_ETA] = 1.0;
    g[VTI_STRENGTH] = -T0 / w;
    g[VTI_T0] = -D * s->Tg / (w * w);
}

static vt_status plain(const double *x, size_t j, double scale, double *y, double *g)
{
    *y = x[j] * scale;
    if (g) g[j] = scale;
    return VT_OK;
}

vt_status vti_transport_predict(const vti_transport_setup *s, const vti_transport_row *row, const double *x, double *y,
                                double *grad, vt_error *err)
{
    if (grad) memset(grad, 0, P * sizeof *grad);
    switch (row->kind) {
    case VTI_CRITICAL_DIAMETER: return ln_critical_diameter(s, x, row->T, y, grad, err);
    case VTI_VISCOSITY: return ln_viscosity(s, x, row->T, y, grad, err);
    case VTI_INTERFACE_MOBILITY: return ln_mobility(s, x, row->T, y, grad, err);
    case VTI_KINK_TEMPERATURE: return plain(x, VTI_TK, 1.0, y, grad);
    case VTI_BULK_TRANSITION: return vti_transport_bulk_transition(s, x, y, grad, err);
    case VTI_INTERFACE_TRANSITION: return vti_transport_interface_transition(s, x, y, grad, NULL, err);
    case VTI_STOKES_EINSTEIN_BREAKDOWN: return vti_transport_breakdown(s, x, y, grad, NULL, err);
    case VTI_INTERFACE_ENERGY: return plain(x, VTI_QI, VT_ELECTRONVOLT, y, grad);
    case VTI_INTERFACE_THICKNESS: return plain(x, VTI_LN_DELTA, 1.0, y, grad);
    case VTI_ATOMIC_RADIUS: return plain(x, VTI_LN_RADIUS, 1.0, y, grad);
    case VTI_VISCOSITY_INFINITE: ln_viscosity_infinite(s, x, y, grad); return VT_OK;
    case VTI_TRANSPORT_KINDS: break;
    }
    return vt_fail(err, VT_EINTERNAL, "unknown kind of observation %d", (int)row->kind);
}
