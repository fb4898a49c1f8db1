/* Free exponents: L^2 = a' (d/d_0)^(2 alpha) + b' (d/d_0)^(2 beta). The answer should include 1 and -1/2. */
#include "length_internal.h"
#include <vitrum/nlfit.h>
#include <math.h>

struct context {
    const vti_lengths *data;
    double ln_d0; /* crossing of the additive fit: makes level and exponent of a branch nearly independent */
    double var[256];
};

/* x: ln a', ln b', alpha, beta - alpha (negative) */
static int residual(const double *x, double *r, void *ctx)
{
    const struct context *c = ctx;
    if (!(x[3] < 0.0)) return 1;
    for (size_t i = 0; i < c->data->n; i++) {
        const double t = c->data->ln_d[i] - c->ln_d0;
        const double v = x[0] + 2.0 * x[2] * t, g = x[1] + 2.0 * (x[2] + x[3]) * t;
        const double y = 0.5 * (fmax(v, g) + log1p(exp(-fabs(v - g))));
        r[i] = (y - c->data->y[i]) / sqrt(c->var[i]);
    }
    return 0;
}

static int jacobian(const double *x, double *J, void *ctx)
{
    const struct context *c = ctx;
    for (size_t i = 0; i < c->data->n; i++) {
        const double t = c->data->ln_d[i] - c->ln_d0, w = 1.0 / sqrt(c->var[i]);
        const double v = x[0] + 2.0 * x[2] * t, g = x[1] + 2.0 * (x[2] + x[3]) * t;
        const double f = 1.0 / (1.0 + exp(g - v));
        J[4 * i] = 0.5 * f * w;
        J[4 * i + 1] = 0.5 * (1.0 - f) * w;
        J[4 * i + 2] = t * w;
        J[4 * i + 3] = (1.0 - f) * t * w;
    }
    return 0;
}

static void variances(struct context *c, double alpha, double beta, const double *x)
{
    for (size_t i = 0; i < c->data->n; i++) {
        const double t = c->data->ln_d[i] - c->ln_d0;
        const double f = 1.0 / (1.0 + exp(x[1] + 2.0 * beta * t - x[0] - 2.0 * alpha * t));
        const double slope = f * alpha + (1.0 - f) * beta, u = slope * c->data->pore_u;
        c->var[i] = c->data->s[i] * c->data->s[i] + u * u;
    }
}

vt_status vti_fit_free(const vti_lengths *p, const vti_length_fit *additive, vti_length_fit *fit, vt_error *err)
{
    if (p->n < 6 || p->n > 256)
        return vt_fail(err, VT_EDOF, "free exponents need 6 to 256 lengths, there are %zu", p->n);
    struct context c = {.data = p, .ln_d0 = vti_ln_crossing(additive, NULL)};
    const double level = additive->ln_a + 2.0 * c.ln_d0;
    double x[4] = {level, level, 1.0, -1.5}, cov[16];
    vt_nlfit *ws = NULL;
    vt_nlfit_summary sum;
    vt_status st = vt_nlfit_create(&ws, p->n, 4, err);
    for (int pass = 0; st == VT_OK && pass < 3; pass++) { /* weights follow the slopes */
        variances(&c, x[2], x[2] + x[3], x);
        const vt_nlfit_problem pr = {.n = p->n, .p = 4, .residual = residual, .jacobian = jacobian, .ctx = &c};
        st = vt_nlfit_solve(ws, &pr, NULL, x, cov, &sum, err);
    }
    vt_nlfit_free(ws);
    if (st != VT_OK) return st;
    vti_length_fit f = {.model = VTI_FREE, .n = p->n, .k = 4, .chi2 = sum.chi2, .objective = sum.chi2};
    f.alpha = x[2];
    f.beta = x[2] + x[3];
    f.u_alpha = sqrt(cov[10]);
    f.u_beta = sqrt(cov[10] + cov[15] + 2.0 * cov[11]);
    f.ln_a = x[0] - 2.0 * f.alpha * c.ln_d0;
    f.ln_b = x[1] - 2.0 * f.beta * c.ln_d0;
    for (size_t i = 0; i < p->n; i++) f.objective += log(c.var[i] / (p->s[i] * p->s[i]));
    *fit = f;
    return VT_OK;
}
