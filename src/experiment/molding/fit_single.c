/* One mechanism alone: a weighted mean. */
#include "length_internal.h"
#include <vitrum/molding_law.h>
#include <math.h>

/* Viscous column with an entrance: ln L for ln a at ln d; slope dy/dln a. */
static double viscous_entrance(double ln_a, double ln_d, double *grad)
{
    const double d = exp(ln_d), e = 0.5 * VT_MOLDING_ENTRANCE * d, ad2 = exp(ln_a) * d * d;
    const double root = sqrt(e * e + ad2), L = ad2 / (e + root);
    *grad = 0.5 * ad2 / (L * root); /* dL/da = d^2/(2 root) */
    return log(L);
}

vt_status vti_fit_single(const vti_lengths *p, vti_length_model model, vti_length_fit *fit, vt_error *err)
{
    const bool viscous = model == VTI_VISCOUS;
    if (!viscous && model != VTI_DIFFUSION)
        return vt_fail(err, VT_EARG, "model %d is not a single mechanism", (int)model);
    if (p->n < 1) return vt_fail(err, VT_EDOF, "no length");
    const double slope = viscous ? 1.0 : -0.5;
    double x = 0.0, W = 0.0;
    for (int i = 0; i < (viscous && p->entrance ? 40 : 1); i++) { /* one pass is exact without entrance */
        double top = 0.0;
        W = 0.0;
        for (size_t k = 0; k < p->n; k++) {
            const double var = p->s[k] * p->s[k] + slope * slope * p->pore_u * p->pore_u;
            double g = 0.5, y = 0.5 * x + (viscous ? p->ln_d[k] : -0.5 * p->ln_d[k]);
            if (viscous && p->entrance) y = viscous_entrance(x, p->ln_d[k], &g);
            top += g * (p->y[k] - y) / var;
            W += g * g / var;
        }
        x += top / W;
    }
    vti_length_fit f = {
        .model = model, .ln_a = -INFINITY, .ln_b = -INFINITY, .alpha = 1.0, .beta = -0.5, .n = p->n, .k = 1};
    *(viscous ? &f.ln_a : &f.ln_b) = x;
    *(viscous ? &f.V_aa : &f.V_bb) = 1.0 / W;
    *(viscous ? &f.viscous : &f.diffusive) = p->n;
    for (size_t k = 0; k < p->n; k++) {
        const double s2 = p->s[k] * p->s[k], var = s2 + slope * slope * p->pore_u * p->pore_u;
        double g, y = 0.5 * x + (viscous ? p->ln_d[k] : -0.5 * p->ln_d[k]);
        if (viscous && p->entrance) y = viscous_entrance(x, p->ln_d[k], &g);
        const double r = p->y[k] - y;
        f.chi2 += r * r / var;
        f.objective += r * r / var + log(var / s2);
    }
    *fit = f;
    return VT_OK;
}
