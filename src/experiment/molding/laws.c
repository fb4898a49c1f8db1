/* Laws over temperature: viscosity with a kink, interface mobility, and what follows from them (P10 to P12). One fit,
 * without allocation: it is the kernel of the bootstrap. */
#include "molding.h"
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/molding_law.h>

/* ln(delta D_I) = ln M_ref - (Q/k)(1/T - 1/T_ref), weighted line. */
static vt_status solve_mobility(const vti_law_data *d, double T_ref, vti_laws *laws, vt_error *err)
{
    double W = 0.0, Wx = 0.0, Wy = 0.0, Wxx = 0.0, Wxy = 0.0;
    for (size_t i = 0; i < d->n_mobility; i++) {
        const double w = 1.0 / (d->u_mobility[i] * d->u_mobility[i]);
        const double x = 1.0 / d->T_mobility[i] - 1.0 / T_ref;
        W += w;
        Wx += w * x;
        Wy += w * d->ln_mobility[i];
        Wxx += w * x * x;
        Wxy += w * x * d->ln_mobility[i];
    }
    const double det = W * Wxx - Wx * Wx;
    if (!(det > 1e-12 * W * Wxx)) return vt_fail(err, VT_EDOF, "mobilities at one temperature give no law");
    const double slope = (W * Wxy - Wx * Wy) / det;
    laws->value[VTI_LAW_LN_MOBILITY] = (Wy - slope * Wx) / W;
    laws->value[VTI_LAW_QI] = -slope * VT_BOLTZMANN;
    return VT_OK;
}

static vt_status solve_viscosity(const vti_law_data *d, const vti_law_assumptions *as, vt_kink *ws, vti_laws *laws,
                                 vt_error *err)
{
    const vt_kink_data data = {.n = d->n_eta, .T = d->T_eta, .ln_eta = d->ln_eta, .u = d->u_eta};
    const vt_kink_options opt = {.model = laws->model,
                                 .weights = VT_NLFIT_ABSOLUTE,
                                 .fix_eta0 = laws->fix_eta0,
                                 .held = {.ln_eta0 = as->ln_eta0},
                                 .no_covariance = true};
    vt_kink_fit fit;
    const vt_status st = vt_kink_solve(ws, &data, &opt, &fit, err);
    if (st != VT_OK) return st;
    double *v = laws->value;
    laws->viscosity = fit.law;
    v[VTI_LAW_LN_ETA0] = fit.law.ln_eta0;
    v[VTI_LAW_TK] = fit.law.Tk > 0.0 ? fit.law.Tk : NAN;
    v[VTI_LAW_QG] = fit.law.Tk > 0.0 ? fit.law.Qg : NAN;
    v[VTI_LAW_JUMP] = laws->model == VT_KINK_JUMP ? fit.law.jump : NAN;
    if (!(as->Tg > fit.law.T0)) return vt_fail(err, VT_EDOMAIN, "T0 = %g K is not below Tg = %g K", fit.law.T0, as->Tg);
    const double w = as->Tg - fit.law.T0;
    v[VTI_LAW_LN_ETA] = fit.law.ln_eta0 + fit.law.B / w;
    v[VTI_LAW_FRAGILITY] = fit.law.B * as->Tg / (w * w * log(10.0));
    if (laws->model == VT_KINK_ARRHENIUS || !(fit.law.T0 > 0.0)) return VT_OK; /* no VFT temperature to speak of */
    v[VTI_LAW_T0] = fit.law.T0;
    v[VTI_LAW_STRENGTH] = fit.law.B / fit.law.T0;
    const double q = fit.law.B / w + log(as->t_exp / as->tau_g);
    if (q > 0.0) v[VTI_LAW_BULK] = fit.law.T0 + fit.law.B / q;
    return VT_OK;
}

/* Stokes-Einstein breakdown and interface transition; left NaN where they do not exist. */
static void solve_derived(const vti_law_assumptions *as, vti_laws *laws)
{
    double *v = laws->value;
    if (!isfinite(v[VTI_LAW_T0]) || !(v[VTI_LAW_QI] > 0.0)) return;
    const vt_transport_law law = {
        .viscosity = {.T_ref = as->Tg, .ln_eta_ref = v[VTI_LAW_LN_ETA], .D = v[VTI_LAW_STRENGTH], .T0 = v[VTI_LAW_T0]},
        .mobility = {.X_ref = exp(v[VTI_LAW_LN_MOBILITY]), .T_ref = as->Tg, .Q = v[VTI_LAW_QI]},
        .Tg = as->Tg,
        .tau_g = as->tau_g,
        .Q_B = as->ratio * v[VTI_LAW_QI],
        .delta = as->delta,
        .se = {.c = as->c, .R = as->R},
        .Omega = as->Omega,
        .prefactor = VT_MOLDING_PREFACTOR_PAPER};
    vt_transport_derived derived;
    double T;
    if (vt_transport_derive(&law, &derived, NULL) != VT_OK) return;
    v[VTI_LAW_T_SER] = derived.T_SER;
    if (vt_glass_transition_interface(&derived.times, as->t_exp, &T, NULL) == VT_OK) v[VTI_LAW_INTERFACE] = T;
}

double vti_laws_ln_eta(const vti_laws *laws, double T)
{
    double y;
    return laws->has_viscosity && vt_kink_ln_eta(&laws->viscosity, 1, &T, &y, NULL) == VT_OK ? y : NAN;
}

double vti_laws_ln_mobility(const vti_laws *laws, const vti_law_assumptions *as, double T)
{
    if (!laws->has_mobility) return NAN;
    return laws->value[VTI_LAW_LN_MOBILITY] - laws->value[VTI_LAW_QI] / VT_BOLTZMANN * (1.0 / T - 1.0 / as->Tg);
}

double vti_laws_ln_diameter(const vti_laws *laws, const vti_law_assumptions *as, double T)
{
    const double c = 8.0 * VT_MOLDING_PREFACTOR_PAPER * as->Omega / (VT_BOLTZMANN * T);
    return (log(c) + vti_laws_ln_eta(laws, T) + vti_laws_ln_mobility(laws, as, T)) / 3.0;
}

/* Largest d_c in the range of the conditions: on a grid, at the kink, or at an end. */
static void solve_maximum(const vti_law_assumptions *as, vti_laws *laws)
{
    enum { STEPS = 48 };
    double best = -INFINITY, at = NAN;
    const double Tk = laws->value[VTI_LAW_TK];
    for (int i = 0; i <= STEPS + 1; i++) {
        const double T = i > STEPS ? Tk : (as->T_low * (STEPS - i) + as->T_high * i) / STEPS; /* both ends exact */
        if (!(T >= as->T_low) || !(T <= as->T_high)) continue;
        const double y = vti_laws_ln_diameter(laws, as, T);
        if (y > best) best = y, at = T;
    }
    if (!isfinite(best)) return;
    laws->value[VTI_LAW_DMAX] = exp(best);
    laws->value[VTI_LAW_TMAX] = at;
    laws->value[VTI_LAW_INSIDE] = at > as->T_low && at < as->T_high ? 1.0 : 0.0;
}

vt_status vti_laws_solve(const vti_law_data *data, const vti_law_assumptions *as, vt_kink *ws, vti_laws *laws,
                         vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t i = 0; i < VTI_LAW_N; i++) laws->value[i] = NAN;
    laws->value[VTI_LAW_OMEGA] = as->Omega;
    if (laws->has_viscosity) st = solve_viscosity(data, as, ws, laws, err);
    if (st == VT_OK && laws->has_mobility) st = solve_mobility(data, as->Tg, laws, err);
    if (st != VT_OK || !laws->has_viscosity || !laws->has_mobility) return st;
    solve_derived(as, laws);
    solve_maximum(as, laws);
    return VT_OK;
}
