/* Liquid branch (VFT) with an Arrhenius glass branch below a kink. */
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/viscosity.h>

static vt_status check_law(const vt_viscosity *p, vt_error *err)
{
    if (!p) return vt_fail(err, VT_EARG, "law is NULL");
    if (!(p->D > 0.0) || !(p->T0 > 0.0) || isinf(p->D) || isinf(p->T0))
        return vt_fail(err, VT_EARG, "strength D* = %g and T0 = %g K must be > 0 and finite", p->D, p->T0);
    if (!(p->T_ref > p->T0) || !isfinite(p->ln_eta_ref))
        return vt_fail(err, VT_EARG, "T_ref = %g K must be above T0 = %g K, ln_eta_ref = %g finite", p->T_ref, p->T0,
                       p->ln_eta_ref);
    if (p->Tk == 0.0) return VT_OK;
    if (!(p->Tk > p->T0) || isinf(p->Tk))
        return vt_fail(err, VT_EARG, "kink Tk = %g K must be above T0 = %g K, or 0 for none", p->Tk, p->T0);
    if (!(p->Qg >= 0.0) || isinf(p->Qg) || !isfinite(p->jump))
        return vt_fail(err, VT_EARG, "Qg = %g J must be >= 0, jump = %g finite", p->Qg, p->jump);
    return VT_OK;
}

static vt_status check(const vt_viscosity *p, size_t n, const double *T, const double *out, vt_error *err)
{
    const vt_status st = check_law(p, err);
    if (st != VT_OK) return st;
    if (n > 0 && (!T || !out)) return vt_fail(err, VT_EARG, "array is NULL");
    const double limit = p->Tk > 0.0 ? 0.0 : p->T0;
    for (size_t i = 0; i < n; i++)
        if (!(T[i] > limit))
            return vt_fail(err, VT_EDOMAIN, "T[%zu] = %g K is not above %s = %g K", i, T[i],
                           p->Tk > 0.0 ? "absolute zero" : "T0", limit);
    return VT_OK;
}

static double liquid_ln(const vt_viscosity *p, double T)
{
    return p->ln_eta_ref + p->D * p->T0 * (1.0 / (T - p->T0) - 1.0 / (p->T_ref - p->T0));
}

static double ln_at(const vt_viscosity *p, double T)
{
    if (T >= p->Tk) return liquid_ln(p, T);
    return liquid_ln(p, p->Tk) + p->jump + p->Qg / VT_BOLTZMANN * (1.0 / T - 1.0 / p->Tk);
}

static void row_at(const vt_viscosity *p, double T, double *row)
{
    const double TL = T >= p->Tk ? T : p->Tk;                              /* where the liquid branch is read */
    const double g = 1.0 / (TL - p->T0), g_ref = 1.0 / (p->T_ref - p->T0); /* 1/K; g_ref = 0 for T_ref = INFINITY */
    row[VT_VISCOSITY_LN_ETA_REF] = 1.0;
    row[VT_VISCOSITY_D] = p->T0 * (g - g_ref);
    row[VT_VISCOSITY_T0] = p->D * (g - g_ref) + p->D * p->T0 * (g * g - g_ref * g_ref);
    row[VT_VISCOSITY_TK] = row[VT_VISCOSITY_QG] = row[VT_VISCOSITY_JUMP] = 0.0;
    if (T >= p->Tk) return;
    row[VT_VISCOSITY_TK] = p->Qg / (VT_BOLTZMANN * p->Tk * p->Tk) - p->D * p->T0 * g * g;
    row[VT_VISCOSITY_QG] = (1.0 / T - 1.0 / p->Tk) / VT_BOLTZMANN;
    row[VT_VISCOSITY_JUMP] = 1.0;
}

vt_status vt_viscosity_ln(const vt_viscosity *p, size_t n, const double *T, double *ln_eta, double *jac, vt_error *err)
{
    const vt_status st = check(p, n, T, ln_eta, err);
    if (st != VT_OK) return st;
    if (jac)
        for (size_t i = 0; i < n; i++) row_at(p, T[i], jac + i * VT_VISCOSITY_PARAMETERS);
    for (size_t i = 0; i < n; i++) ln_eta[i] = ln_at(p, T[i]);
    return VT_OK;
}

vt_status vt_viscosity_eta(const vt_viscosity *p, size_t n, const double *T, double *eta, vt_error *err)
{
    const vt_status st = check(p, n, T, eta, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) eta[i] = exp(ln_at(p, T[i]));
    return VT_OK;
}

vt_status vt_viscosity_activation_energy(const vt_viscosity *p, size_t n, const double *T, double *Q, vt_error *err)
{
    const vt_status st = check(p, n, T, Q, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) {
        const double q = T[i] / (T[i] - p->T0);
        Q[i] = T[i] >= p->Tk ? VT_BOLTZMANN * p->D * p->T0 * q * q : p->Qg;
    }
    return VT_OK;
}

vt_status vt_viscosity_liquid(const vt_viscosity *p, vt_vft *liquid, vt_error *err)
{
    const vt_status st = check_law(p, err);
    if (st != VT_OK) return st;
    if (!liquid) return vt_fail(err, VT_EARG, "liquid is NULL");
    const double B = p->D * p->T0; /* K */
    const double ln_eta0 = p->ln_eta_ref - B / (p->T_ref - p->T0);
    const double eta0 = exp(ln_eta0);
    if (!(eta0 > 0.0) || isinf(eta0))
        return vt_fail(err, VT_ERANGE, "eta0 = exp(%g) Pa s leaves the range of numbers; D* = %g, T0 = %g K", ln_eta0,
                       p->D, p->T0);
    *liquid = (vt_vft){.eta0 = eta0, .B = B, .T0 = p->T0};
    return VT_OK;
}
