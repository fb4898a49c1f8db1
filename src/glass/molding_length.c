/* Length of a molded wire: viscous flow, interface diffusion, their sums, entrance and imprint. */
#include "glass/root_internal.h"

#include <gsl/gsl_sf_log.h>
#include <math.h>
#include <stdbool.h>
#include <vitrum/constants.h>
#include <vitrum/molding_law.h>

static vt_status check_diameters(size_t n, const double *d, const double *out, vt_error *err)
{
    if (n > 0 && (!d || !out)) return vt_fail(err, VT_EARG, "array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(d[i] > 0.0) || isinf(d[i])) return vt_fail(err, VT_EDOMAIN, "diameter d[%zu] = %g m is not > 0", i, d[i]);
    return VT_OK;
}

vt_status vt_molding_coefficients(const vt_molding_condition *p, double *a, double *b, vt_error *err)
{
    if (!p || !a || !b) return vt_fail(err, VT_EARG, "condition or output is NULL");
    const struct {
        const char *name, *unit;
        double value;
    } field[] = {{"prefactor", "", p->prefactor},     {"viscosity", " Pa s", p->eta},
                 {"mobility", " m^3/s", p->mobility}, {"atomic volume", " m^3", p->Omega},
                 {"temperature", " K", p->T},         {"impulse", " Pa s", p->impulse}};
    for (size_t i = 0; i < sizeof field / sizeof field[0]; i++)
        if (!(field[i].value > 0.0) || isinf(field[i].value))
            return vt_fail(err, VT_EARG, "%s = %g%s must be > 0 and finite", field[i].name, field[i].value,
                           field[i].unit);
    *a = p->impulse / (p->prefactor * p->eta);
    *b = 8.0 * p->mobility * p->Omega * p->impulse / (VT_BOLTZMANN * p->T);
    return VT_OK;
}

/* The two squared lengths that a model uses, 0 for the one it does not. */
static void squares(vt_molding_model model, const double ab[2], double d, double *viscous, double *diffusive)
{
    *viscous = model == VT_MOLDING_DIFFUSION ? 0.0 : ab[0] * d * d;
    *diffusive = model == VT_MOLDING_VISCOUS ? 0.0 : ab[1] / d;
    if (model != VT_MOLDING_FASTEST) return;
    if (*viscous >= *diffusive)
        *diffusive = 0.0;
    else
        *viscous = 0.0;
}

static vt_status check_model(vt_molding_model model, const double ab[2], vt_error *err)
{
    if (!ab) return vt_fail(err, VT_EARG, "coefficients are NULL");
    if ((unsigned)model > VT_MOLDING_DIFFUSION) return vt_fail(err, VT_EARG, "unknown model %d", (int)model);
    if (model != VT_MOLDING_DIFFUSION && (!(ab[0] > 0.0) || isinf(ab[0])))
        return vt_fail(err, VT_EARG, "viscous coefficient a = %g must be > 0 and finite", ab[0]);
    if (model != VT_MOLDING_VISCOUS && (!(ab[1] > 0.0) || isinf(ab[1])))
        return vt_fail(err, VT_EARG, "diffusive coefficient b = %g m^3 must be > 0 and finite", ab[1]);
    return VT_OK;
}

vt_status vt_molding_length(vt_molding_model model, const double ab[2], size_t n, const double *d, double *L,
                            double *slopes, vt_error *err)
{
    vt_status st = check_model(model, ab, err);
    if (st == VT_OK) st = check_diameters(n, d, L, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) {
        double viscous, diffusive; /* m^2 */
        squares(model, ab, d[i], &viscous, &diffusive);
        const double sum = viscous + diffusive, f = viscous / sum;
        if (slopes) {
            slopes[3 * i] = f - 0.5 * (1.0 - f);
            slopes[3 * i + 1] = 0.5 * f;
            slopes[3 * i + 2] = 0.5 * (1.0 - f);
        }
        L[i] = sqrt(sum);
    }
    return VT_OK;
}

struct entrance {
    double d, e;   /* m: diameter, added length of the viscous column */
    double ad3, P; /* m^3: a d^3, a d^3 + b */
    double Q;      /* m^4: b e */
};

/* The bracket of the header's equation times 2 d/P, less 1: impulse needed for L over impulse given. */
static double entrance_at(double L, const void *context, double *slope)
{
    const struct entrance *p = context;
    const double x = p->P * L / p->Q;
    *slope = 2.0 * p->d * L * (L + p->e) / (p->P * L + p->Q);
    /* L - (Q/P) ln(1 + x) = -(Q/P) [ln(1 + x) - x], which GSL gives without cancellation. */
    const double rest = -p->Q / p->P * gsl_sf_log_1plusx_mx(x);
    return 2.0 * p->d / p->P * (0.5 * L * L + p->e * p->ad3 / p->P * rest) - 1.0;
}

static vt_status entrance_length(const double ab[2], double d, double *L)
{
    const double half = 0.5 * VT_MOLDING_ENTRANCE * d;
    if (ab[1] == 0.0) { /* L^2 + 2 e L = a d^2, in the form that keeps short wires exact */
        *L = ab[0] * d * d / (half + sqrt(half * half + ab[0] * d * d));
        return VT_OK;
    }
    const double ad3 = ab[0] * d * d * d;
    const struct entrance c = {d, half, ad3, ad3 + ab[1], ab[1] * half};
    const double free = sqrt(ab[0] * d * d + ab[1] / d); /* without entrance: an upper bound */
    return vti_root(entrance_at, &c, 1e-6 * fmin(free, d), free * (1.0 + 1e-12), L);
}

vt_status vt_molding_length_entrance(const double ab[2], size_t n, const double *d, double *L, vt_error *err)
{
    vt_status st = check_model(VT_MOLDING_VISCOUS, ab, err);
    if (st == VT_OK && (!(ab[1] >= 0.0) || isinf(ab[1])))
        st = vt_fail(err, VT_EARG, "diffusive coefficient b = %g m^3 must be >= 0 and finite", ab[1]);
    if (st == VT_OK) st = check_diameters(n, d, L, err);
    if (st != VT_OK) return st;
    double length;
    for (size_t i = 0; i < n; i++) /* first pass: nothing is written before every solution is known to exist */
        if (entrance_length(ab, d[i], &length) != VT_OK)
            return vt_fail(err, VT_ENOCONV, "no length found for d[%zu] = %g m", i, d[i]);
    for (size_t i = 0; i < n; i++) {
        entrance_length(ab, d[i], &length);
        L[i] = length;
    }
    return VT_OK;
}

vt_status vt_molding_add_imprint(size_t n, const double *L, const double *L0, double *L_total, vt_error *err)
{
    if (n > 0 && (!L || !L0 || !L_total)) return vt_fail(err, VT_EARG, "array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(L[i] > 0.0) || !(L0[i] >= 0.0))
            return vt_fail(err, VT_EDOMAIN, "L[%zu] = %g m must be > 0 and L0[%zu] = %g m >= 0", i, L[i], i, L0[i]);
    for (size_t i = 0; i < n; i++) L_total[i] = hypot(L[i], L0[i]);
    return VT_OK;
}

vt_status vt_molding_remove_imprint(size_t n, const double *L, const double *L0, double *L_run, vt_error *err)
{
    if (n > 0 && (!L || !L0 || !L_run)) return vt_fail(err, VT_EARG, "array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(L0[i] >= 0.0) || !(L[i] > L0[i]))
            return vt_fail(err, VT_EDOMAIN, "length L[%zu] = %g m does not exceed its imprint L0[%zu] = %g m >= 0", i,
                           L[i], i, L0[i]);
    for (size_t i = 0; i < n; i++) L_run[i] = sqrt((L[i] - L0[i]) * (L[i] + L0[i]));
    return VT_OK;
}

vt_status vt_molding_impulse(vt_molding_model model, const vt_molding_condition *p, double d, double L, double L0,
                             double *impulse, vt_error *err)
{
    double ab[2], viscous, diffusive; /* of an impulse of 1 Pa s */
    if (!p || !impulse) return vt_fail(err, VT_EARG, "condition or output is NULL");
    vt_molding_condition unit = *p;
    unit.impulse = 1.0;
    vt_status st = vt_molding_coefficients(&unit, &ab[0], &ab[1], err);
    if (st == VT_OK) st = check_model(model, ab, err);
    if (st == VT_OK) st = check_diameters(1, &d, impulse, err);
    if (st != VT_OK) return st;
    if (!(L0 >= 0.0) || !(L > L0) || isinf(L))
        return vt_fail(err, VT_EDOMAIN, "length L = %g m does not exceed its imprint L0 = %g m >= 0", L, L0);
    squares(model, ab, d, &viscous, &diffusive);
    *impulse = (L - L0) * (L + L0) / (viscous + diffusive);
    return VT_OK;
}
