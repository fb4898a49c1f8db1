/* "Fastest mechanism wins": L = max(sqrt(a) d, sqrt(b/d)), by exhaustive division with fixed slopes 1 and -1/2 (P09).
 *
 * Below the crossing every point is diffusive, above it viscous; for one division both coefficients are weighted
 * means. The likelihood of the maximum itself decides between divisions, so a division that contradicts its own
 * crossing pays for it. */
#include "length_internal.h"
#include <math.h>

struct branch {
    double W, Wz, ln; /* sums of weights, of weighted values of 2 y -+ ..., mean */
};

static double objective(const vti_lengths *p, double ln_a, double ln_b, double *chi2)
{
    double total = 0.0;
    *chi2 = 0.0;
    for (size_t i = 0; i < p->n; i++) {
        const double v = 0.5 * ln_a + p->ln_d[i], g = 0.5 * (ln_b - p->ln_d[i]);
        const double slope = v >= g ? 1.0 : -0.5, r = p->y[i] - (v >= g ? v : g);
        const double s2 = p->s[i] * p->s[i], var = s2 + slope * slope * p->pore_u * p->pore_u;
        *chi2 += r * r / var;
        total += r * r / var + log(var / s2);
    }
    return total;
}

/* Means of both branches with the first k points diffusive. */
static void divide(const vti_lengths *p, size_t k, struct branch *v, struct branch *d)
{
    *v = *d = (struct branch){0};
    for (size_t i = 0; i < p->n; i++) {
        const bool diffusive = i < k;
        const double slope = diffusive ? -0.5 : 1.0;
        const double w = 0.25 / (p->s[i] * p->s[i] + slope * slope * p->pore_u * p->pore_u);
        struct branch *b = diffusive ? d : v;
        b->W += w;
        b->Wz += w * (2.0 * p->y[i] + (diffusive ? p->ln_d[i] : -2.0 * p->ln_d[i]));
    }
    v->ln = v->Wz / v->W;
    d->ln = d->Wz / d->W;
}

vt_status vti_fit_fastest(const vti_lengths *p, vti_length_fit *fit, vt_error *err)
{
    if (p->n < 2) return vt_fail(err, VT_EDOF, "%zu lengths for 2 parameters; measure more diameters", p->n);
    vti_length_fit best = {.objective = INFINITY};
    for (size_t k = 1; k < p->n; k++) {
        struct branch v, d;
        double chi2;
        if (!(p->ln_d[k] > p->ln_d[k - 1])) continue; /* equal diameters stay together */
        divide(p, k, &v, &d);
        const double o = objective(p, v.ln, d.ln, &chi2);
        if (!(o < best.objective)) continue;
        best = (vti_length_fit){.model = VTI_FASTEST,
                                .ln_a = v.ln,
                                .ln_b = d.ln,
                                .V_aa = 1.0 / v.W,
                                .V_bb = 1.0 / d.W,
                                .alpha = 1.0,
                                .beta = -0.5,
                                .chi2 = chi2,
                                .objective = o,
                                .n = p->n,
                                .k = 2,
                                .viscous = p->n - k,
                                .diffusive = k};
    }
    if (!isfinite(best.objective)) return vt_fail(err, VT_EDOF, "all lengths belong to one diameter");
    *fit = best;
    return VT_OK;
}

vt_status vti_fit_length(const vti_lengths *p, vti_length_model model, vti_length_fit *fit, vt_error *err)
{
    switch (model) {
    case VTI_ADDITIVE: return vti_fit_additive(p, fit, err);
    case VTI_FASTEST: return vti_fit_fastest(p, fit, err);
    case VTI_VISCOUS:
    case VTI_DIFFUSION: return vti_fit_single(p, model, fit, err);
    case VTI_FREE:
    case VTI_LENGTH_MODELS: break;
    }
    return vt_fail(err, VT_EARG, "model %d is not fitted here", (int)model);
}
