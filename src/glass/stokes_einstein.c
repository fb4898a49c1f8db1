/* Stokes-Einstein diffusivity and the bulk diffusivity anchored on it. */
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/diffusion.h>

static vt_status check_law(const vt_stokes_einstein *p, vt_error *err)
{
    if (!p) return vt_fail(err, VT_EARG, "law is NULL");
    if (!(p->c > 0.0) || !(p->R > 0.0) || isinf(p->c) || isinf(p->R))
        return vt_fail(err, VT_EARG, "c = %g and radius R = %g m must be > 0 and finite", p->c, p->R);
    return VT_OK;
}

vt_status vt_stokes_einstein_diffusivity(const vt_stokes_einstein *p, size_t n, const double *T, const double *eta,
                                         double *D, vt_error *err)
{
    const vt_status st = check_law(p, err);
    if (st != VT_OK) return st;
    if (n > 0 && (!T || !eta || !D)) return vt_fail(err, VT_EARG, "array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(T[i] > 0.0) || !(eta[i] > 0.0))
            return vt_fail(err, VT_EDOMAIN, "T[%zu] = %g K and eta[%zu] = %g Pa s must be > 0", i, T[i], i, eta[i]);
    for (size_t i = 0; i < n; i++) D[i] = VT_BOLTZMANN * T[i] / (p->c * VT_PI * p->R * eta[i]);
    return VT_OK;
}

vt_status vt_bulk_diffusion(const vt_vft *liquid, const vt_stokes_einstein *se, double Q_B, double T_SER,
                            vt_arrhenius *D_B, vt_error *err)
{
    double eta, D; /* Pa s, m^2/s at T_SER */
    if (!D_B) return vt_fail(err, VT_EARG, "D_B is NULL");
    if (!(Q_B > 0.0) || isinf(Q_B)) return vt_fail(err, VT_EARG, "Q_B = %g J must be > 0 and finite", Q_B);
    vt_status st = vt_vft_viscosity(liquid, 1, &T_SER, &eta, err);
    if (st == VT_OK) st = vt_stokes_einstein_diffusivity(se, 1, &T_SER, &eta, &D, err);
    if (st != VT_OK) return st;
    if (!(D > 0.0)) return vt_fail(err, VT_ERANGE, "D_SER underflows at T_SER = %g K (eta = %g Pa s)", T_SER, eta);
    *D_B = (vt_arrhenius){.X_ref = D, .T_ref = T_SER, .Q = Q_B};
    return VT_OK;
}
