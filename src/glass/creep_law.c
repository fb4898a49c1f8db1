/* Mechanics of a wire that flows under a known force (P02). */
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/creep_law.h>

vt_status vt_wire_section(size_t n, const double *d, const double *dx, double *A, double *s, vt_error *err)
{
    double mean = 0.0, ss = 0.0; /* of 1/A, Welford */
    if (!d || !A || n == 0) return vt_fail(err, VT_EARG, "diameters or the result are NULL, or there is no diameter");
    for (size_t i = 0; i < n; i++) {
        const double across = dx ? dx[i] : d[i];
        if (!(d[i] > 0.0) || !(across > 0.0) || !isfinite(d[i]) || !isfinite(across))
            return vt_fail(err, VT_ERANGE, "diameter[%zu] = %g m by %g m is not > 0", i, d[i], across);
        const double q = 4.0 / (VT_PI * d[i] * across), step = q - mean;
        mean += step / (double)(i + 1);
        ss += step * (q - mean);
    }
    *A = 1.0 / mean;
    if (s) *s = n > 1 ? sqrt(ss / (double)(n - 1) / (double)n) / mean : 0.0;
    return VT_OK;
}

vt_status vt_capillary_stress(double gamma, double A, double *sigma, vt_error *err)
{
    if (!sigma) return vt_fail(err, VT_EARG, "no place for the stress (NULL)");
    if (!(A > 0.0) || !(gamma >= 0.0))
        return vt_fail(err, VT_EDOMAIN, "section %g m^2 must be > 0, surface tension %g N/m >= 0", A, gamma);
    *sigma = gamma / sqrt(A / VT_PI);
    return VT_OK;
}

static vt_status check_point(const vt_creep_point *p, vt_error *err)
{
    if (!(p->A0 > 0.0) || !(p->y > 0.0) || !(p->E > 0.0) || !(p->gamma >= 0.0))
        return vt_fail(err, VT_EDOMAIN,
                       "A0 = %g m^2, L0/L = %g and elastic modulus %g Pa must be > 0, surface tension %g N/m >= 0",
                       p->A0, p->y, p->E, p->gamma);
    if (!isfinite(p->y_t) || !isfinite(p->F_t)) return vt_fail(err, VT_EDOMAIN, "a slope of the record is not finite");
    if (!(p->F > 0.0)) return vt_fail(err, VT_ESIGN, "force %g N is not > 0: tension is positive", p->F);
    return VT_OK;
}

vt_status vt_creep_state_at(const vt_creep_point *p, vt_creep_state *out, vt_error *err)
{
    if (!p || !out) return vt_fail(err, VT_EARG, "point or result is NULL");
    vt_status st = check_point(p, err);
    if (st != VT_OK) return st;
    const double A = p->A0 * p->y, pull = -p->y_t / p->y;
    double capillary;
    st = vt_capillary_stress(p->gamma, A, &capillary, err);
    if (st != VT_OK) return st;
    vt_creep_state s = {.stress = p->F / A, .flow = p->F / A - capillary};
    s.rate = pull - (p->F_t / A + s.stress * pull) / p->E;
    if (!(s.flow > 0.0))
        return vt_fail(err, VT_ESIGN,
                       "surface tension takes %.4g MPa off a stress of %.4g MPa: nothing drives the flow",
                       1e-6 * capillary, 1e-6 * s.stress);
    if (!(s.rate > 0.0))
        return vt_fail(err, VT_ENEGATIVE, "strain rate %.4g per s is not > 0: the specimen does not stretch", s.rate);
    s.eta = s.flow / (3.0 * s.rate);
    *out = s;
    return VT_OK;
}

vt_status vt_creep_power_law(double y0, double n, double a, double t, double *y, vt_error *err)
{
    if (!y) return vt_fail(err, VT_EARG, "no place for L0/L (NULL)");
    if (!(y0 > 0.0) || !(n > 0.0) || !(a > 0.0) || !isfinite(t))
        return vt_fail(err, VT_EDOMAIN, "L0/L = %g, n = %g and rate %g per s must be > 0, t = %g s finite", y0, n, a,
                       t);
    const double left = pow(y0, n) - n * a * t;
    if (!(left > 0.0))
        return vt_fail(err, VT_ERANGE, "t = %g s: the wire has thinned to nothing at %g s", t, pow(y0, n) / (n * a));
    *y = pow(left, 1.0 / n);
    return VT_OK;
}

/* -a - ln(1 - a), a < 1, without cancellation near 0. */
static double g(double a)
{
    if (fabs(a) > 0.05) return -a - log1p(-a);
    double sum = 0.0, power = a * a;
    for (int k = 2; k < 16; k++, power *= a) sum += power / k; /* next term: 0.05^14/16 of the first */
    return sum;
}

vt_status vt_creep_capillary_time(double y0, double y, double p, double q, double *t, vt_error *err)
{
    if (!t) return vt_fail(err, VT_EARG, "no place for the time (NULL)");
    if (!(y0 > 0.0) || !(y > 0.0) || !(p > 0.0) || !(q >= 0.0))
        return vt_fail(err, VT_EDOMAIN, "L0/L = %g, %g and p = %g per s must be > 0, q = %g per s >= 0", y0, y, p, q);
    const double a0 = q * sqrt(y0) / p, a = q * sqrt(y) / p;
    if (!(a0 < 1.0) || !(a < 1.0))
        return vt_fail(err, VT_ESIGN, "surface tension outweighs the force: p = %g, q sqrt(L0/L) = %g per s", p,
                       fmax(a0, a) * p);
    if (q == 0.0)
        *t = (y0 - y) / p;
    else if (fmax(a0, a) < 1e-7) /* first order in a: both g cancel to rounding */
        *t = (y0 - y) / p * (1.0 + (2.0 / 3.0) * (a0 * a0 + a0 * a + a * a) / (a0 + a));
    else
        *t = 2.0 * p / (q * q) * (g(a0) - g(a));
    return VT_OK;
}

vt_status vt_wire_rise(double P, double L, double A, double kappa, double *rise, vt_error *err)
{
    if (!rise) return vt_fail(err, VT_EARG, "no place for the temperature (NULL)");
    if (!(P > 0.0) || !(L > 0.0) || !(A > 0.0) || !(kappa > 0.0))
        return vt_fail(err, VT_EDOMAIN,
                       "power %g W, length %g m, section %g m^2 and conductivity %g W/(m K) must be > 0", P, L, A,
                       kappa);
    *rise = P * L / (8.0 * kappa * A);
    return VT_OK;
}
