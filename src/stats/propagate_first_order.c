/* Law of propagation of uncertainty, JCGM 100 (GUM). */
#include "propagate_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

static vt_status check_input(size_t i, const vt_input *x, vt_error *err)
{
    if (!isfinite(x->value) || !isfinite(x->u) || isnan(x->dof))
        return vt_fail(err, VT_ENAN, "input %zu: value %g, u %g, dof %g: not finite", i, x->value, x->u, x->dof);
    if (!(x->u >= 0.0)) return vt_fail(err, VT_ERANGE, "input %zu: u = %g must be >= 0", i, x->u);
    if (x->dof != 0.0 && !(x->dof >= 1.0))
        return vt_fail(err, VT_ERANGE, "input %zu: %g degrees of freedom: at least 1, or 0 for not limited", i, x->dof);
    if ((unsigned)x->distribution > VT_DIST_LOGNORMAL)
        return vt_fail(err, VT_EARG, "input %zu: unknown distribution %d", i, (int)x->distribution);
    if (x->distribution == VT_DIST_LOGNORMAL && !(x->value > 0.0))
        return vt_fail(err, VT_ERANGE, "input %zu: a log-normal value must be > 0, not %g", i, x->value);
    return VT_OK;
}

vt_status vti_propagate_check(const vt_propagation *p, double level, vt_error *err)
{
    if (!p || !p->input || !p->f) return vt_fail(err, VT_EARG, "propagation, inputs or model is NULL");
    if (p->n < 1 || p->n > VT_PROPAGATE_MAX)
        return vt_fail(err, VT_EARG, "%zu inputs: 1 to %d", p->n, VT_PROPAGATE_MAX);
    if (!(level > 0.0 && level < 1.0)) return vt_fail(err, VT_EARG, "level = %g is not between 0 and 1", level);
    for (size_t i = 0; i < p->n; i++) {
        const vt_status st = check_input(i, &p->input[i], err);
        if (st != VT_OK) return st;
        for (size_t j = 0; p->correlation && j < p->n; j++) {
            const double r = p->correlation[i * p->n + j];
            if (!(fabs(r) <= 1.0) || (i == j && r != 1.0) || r != p->correlation[j * p->n + i])
                return vt_fail(err, VT_ERANGE,
                               "correlation[%zu][%zu] = %g: need a symmetric matrix in [-1, 1], diagonal 1", i, j, r);
        }
    }
    return VT_OK;
}

/* Five-point differences; order h^4. */
static vt_status differences(const vt_propagation *p, double *c, vt_error *err)
{
    static const double at[4] = {-2.0, -1.0, 1.0, 2.0}, weight[4] = {1.0, -8.0, 8.0, -1.0};
    double x[VT_PROPAGATE_MAX], f;
    for (size_t i = 0; i < p->n; i++) x[i] = p->input[i].value;
    for (size_t i = 0; i < p->n; i++) {
        const double h = 0.01 * p->input[i].u;
        c[i] = 0.0;
        for (int k = 0; k < 4 && h > 0.0; k++) {
            x[i] = p->input[i].value + at[k] * h;
            if (p->f(x, &f, p->ctx) != 0 || !isfinite(f))
                return vt_fail(err, VT_EDOMAIN, "the model fails at input %zu = %g, %g u beside its estimate", i, x[i],
                               0.01 * at[k]);
            c[i] += weight[k] * f / (12.0 * h);
        }
        x[i] = p->input[i].value;
    }
    return VT_OK;
}

static double combined_variance(const vt_propagation *p, const double *c)
{
    double s = 0.0;
    for (size_t i = 0; i < p->n; i++)
        for (size_t j = 0; j < p->n; j++) {
            const double r = p->correlation ? p->correlation[i * p->n + j] : (double)(i == j);
            s += c[i] * c[j] * p->input[i].u * p->input[j].u * r;
        }
    return fmax(s, 0.0);
}

static double effective_dof(const vt_propagation *p, const double *c, double u)
{
    double s = 0.0;
    for (size_t i = 0; i < p->n; i++)
        if (p->input[i].dof > 0.0 && isfinite(p->input[i].dof)) s += pow(c[i] * p->input[i].u, 4.0) / p->input[i].dof;
    return s > 0.0 ? pow(u, 4.0) / s : INFINITY;
}

vt_status vt_propagate_first_order(const vt_propagation *p, double level, vt_first_order *out, vt_error *err)
{
    vt_first_order r = {0};
    double x[VT_PROPAGATE_MAX];
    vt_status st = vti_propagate_check(p, level, err);
    if (st != VT_OK) return st;
    if (!out) return vt_fail(err, VT_EARG, "no place for the result (NULL)");
    for (size_t i = 0; i < p->n; i++) x[i] = p->input[i].value;
    if (p->f(x, &r.y, p->ctx) != 0 || !isfinite(r.y))
        return vt_fail(err, VT_EDOMAIN, "the model fails at the estimates");
    if (!p->gradient)
        st = differences(p, r.c, err);
    else if (p->gradient(x, r.c, p->ctx) != 0)
        st = vt_fail(err, VT_EDOMAIN, "the gradient of the model fails at the estimates");
    if (st != VT_OK) return st;
    r.u = sqrt(combined_variance(p, r.c));
    if (!isfinite(r.u)) return vt_fail(err, VT_EDOMAIN, "the gradient of the model is not finite at the estimates");
    r.dof = effective_dof(p, r.c, r.u);
    const double tail = 0.5 * (1.0 - level);
    const double k = isfinite(r.dof) ? gsl_cdf_tdist_Qinv(tail, r.dof) : gsl_cdf_ugaussian_Qinv(tail);
    r.low = r.y - k * r.u;
    r.high = r.y + k * r.u;
    *out = r;
    return VT_OK;
}

vt_status vt_rounding_uncertainty(double value, double unit_of_last_digit, double approximate, double *u, vt_error *err)
{
    if (!u || !isfinite(value) || !(unit_of_last_digit > 0.0) || !(approximate >= 0.0))
        return vt_fail(err, VT_EARG, "value %g, unit of the last digit %g (> 0), share %g (>= 0) or result NULL", value,
                       unit_of_last_digit, approximate);
    *u = hypot(0.5 * unit_of_last_digit / sqrt(3.0), approximate * value);
    return VT_OK;
}
