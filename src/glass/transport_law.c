/* The transport constants of one alloy together, and what follows from them. */
#include <vitrum/molding_law.h>
#include <vitrum/transport_law.h>

vt_status vt_transport_derive(const vt_transport_law *p, vt_transport_derived *out, vt_error *err)
{
    vt_transport_derived r = {0};
    double tau; /* s: checks the times */
    vt_status st;
    if (!p || !out) return vt_fail(err, VT_EARG, "law or output is NULL");
    VT_TRY(st = vt_viscosity_liquid(&p->viscosity, &r.liquid, err));
    VT_TRY(st = vt_vft_fragility(&r.liquid, p->Tg, &r.fragility, err));
    VT_TRY(st = vt_breakdown_tangency(&r.liquid, p->Tg, p->Q_B, &r.T_SER, NULL, err));
    VT_TRY(st = vt_vft_viscosity(&r.liquid, 1, &r.T_SER, &r.eta_SER, err));
    VT_TRY(st = vt_bulk_diffusion(&r.liquid, &p->se, p->Q_B, r.T_SER, &r.D_B, err));
    r.times = (vt_relaxation){
        .liquid = r.liquid, .Tg = p->Tg, .tau_g = p->tau_g, .D_B = r.D_B, .mobility = p->mobility, .delta = p->delta};
    VT_TRY(st = vt_relaxation_interface(&r.times, 1, &p->Tg, &tau, err));
    *out = r;
done:
    return st;
}

static vt_status critical_at(const vt_transport_law *p, double T, double *d_c, vt_error *err)
{
    double eta, mobility; /* Pa s, m^3/s */
    vt_status st = vt_viscosity_eta(&p->viscosity, 1, &T, &eta, err);
    if (st == VT_OK) st = vt_arrhenius_value(&p->mobility, 1, &T, &mobility, err);
    if (st == VT_OK) st = vt_critical_diameter(p->prefactor, p->Omega, T, eta, mobility, d_c, err);
    return st;
}

vt_status vt_transport_critical_diameter(const vt_transport_law *p, size_t n, const double *T, double *d_c,
                                         vt_error *err)
{
    double d;
    vt_error why = {0};
    if (!p || (n > 0 && (!T || !d_c))) return vt_fail(err, VT_EARG, "law or array is NULL");
    for (size_t i = 0; i < n; i++) { /* every input before the first output */
        const vt_status st = critical_at(p, T[i], &d, &why);
        if (st != VT_OK) return vt_fail(err, st, "at temperature %zu, %g K: %s", i, T[i], why.msg);
    }
    for (size_t i = 0; i < n; i++) {
        critical_at(p, T[i], &d, NULL);
        d_c[i] = d;
    }
    return VT_OK;
}
