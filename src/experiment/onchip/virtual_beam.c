/* One virtual structure: actuator and specimen in balance, elastic strain with its change of volume and plastic strain
 * without, flow by sigma = sigma_y + theta eps_p + S ln(rate/rate0). */
#include "onchip_internal.h"
#include <math.h>

/* What overlap and fillets take of u under the force F: the fillets obey the law of the film, sigma = E ln(1 + e) with
 * the section thinned by nu, to second order in strain. */
static double taken(const vti_onchip_virtual *v, double F)
{
    const double e = F / (v->E * v->b.w * v->b.t);
    return v->C * F + v->loose + e * (v->around[0] + (2.0 * v->nu + 0.5) * e * v->around[1]);
}

vt_status vti_onchip_virtual_own(const vti_onchip_virtual *v, double u, double *own, vt_error *err)
{
    vt_onchip_point p;
    const vt_status st = vt_onchip_state(&v->b, u, 0.5, &p, err);
    if (st == VT_OK) *own = u - taken(v, p.F);
    return st;
}

/* Mechanical strain of the specimen less elastic and plastic one, at u: rises with u. sigma: true stress there. */
static double excess(const vti_onchip_virtual *v, double x, double u, double *sigma)
{
    vt_onchip_point p;
    if (vt_onchip_state(&v->b, u, 0.5, &p, NULL) != VT_OK) return NAN;
    const double lambda = 1.0 + (u - taken(v, p.F)) / v->b.L0, flat = p.s * lambda;
    /* sigma = s lambda exp(-(1 - 2 nu) (elastic stretch since release)): two steps of Newton from s lambda. */
    const double k = 1.0 - 2.0 * v->nu;
    double y = flat;
    for (int i = 0; i < 3; i++) {
        const double wanted = flat * exp(-k * (y / v->E + v->b.eps));
        y -= (y - wanted) / (1.0 + k / v->E * wanted);
    }
    *sigma = y;
    return log(lambda) - v->b.eps - y / v->E - x;
}

vt_status vti_onchip_virtual_balance(const vti_onchip_virtual *v, double x, double *u, double *sigma, vt_error *err)
{
    double low = -0.05 * v->b.L0, high = -expm1(v->b.eps_a) * v->b.L_a * (1.0 - 1e-12), y = 0.0;
    if (!(excess(v, x, low, &y) <= 0.0) || !(excess(v, x, high, &y) >= 0.0))
        return vt_fail(err, VT_ENOROOT, "an actuator of %.4g um does not balance a plastic strain of %g",
                       1e6 * v->b.L_a, x);
    double f_low = excess(v, x, low, &y), f_high = excess(v, x, high, &y);
    for (int i = 0; i < 200 && fabs(high - low) > 1e-16 + 1e-13 * v->b.L0; i++) {
        /* Illinois: a secant that keeps the bracket. */
        const double middle = low - f_low * (high - low) / (f_high - f_low), f = excess(v, x, middle, &y);
        if (!(fabs(f) > 1e-15)) {
            low = high = middle;
            break;
        }
        if (f * f_high < 0.0) {
            low = high;
            f_low = f_high;
        } else
            f_low *= 0.5;
        high = middle;
        f_high = f;
    }
    excess(v, x, high, &y);
    *u = high;
    *sigma = y;
    return VT_OK;
}

/* (stress - flow stress at the reference rate)/S at the plastic strain x. */
static double drive(const vti_onchip_virtual *v, double x, double *u, vt_status *st, vt_error *err)
{
    double sigma = 0.0;
    if (*st == VT_OK) *st = vti_onchip_virtual_balance(v, x, u, &sigma, err);
    return (sigma - v->sigma_y - v->theta * x) / v->S;
}

/* Plastic strain from which on time counts: the rate there is e^25 of the reference. */
static double start(const vti_onchip_virtual *v, double *u, vt_status *st, vt_error *err)
{
    double low = 0.0, high = 1.0;
    if (drive(v, 0.0, u, st, err) < 25.0) return 0.0;
    for (int i = 0; i < 60 && *st == VT_OK; i++) {
        const double middle = 0.5 * (low + high);
        vt_status there = VT_OK;
        double at;
        if (drive(v, middle, &at, &there, NULL) > 25.0 && there == VT_OK)
            low = middle;
        else
            high = middle;
    }
    drive(v, low, u, st, err);
    return low;
}

/* The driving stress falls along straight pieces in x, of which each takes the time
 *   dt = dx (e^-b - e^-a)/((a - b) rate0), a -> b: exact for a straight piece; pieces are a twentieth of S. */
vt_status vti_onchip_virtual_relax(const vti_onchip_virtual *v, size_t n, const double *t, double *u, vt_error *err)
{
    enum { MOST = 200000 };
    vt_status st = VT_OK;
    double u0 = 0.0, x = start(v, &u0, &st, err), a = drive(v, x, &u0, &st, err), now = 0.0, dx = 1e-6;
    size_t k = 0;
    for (int i = 0; k < n && st == VT_OK; i++) {
        double u1 = u0, b = drive(v, x + dx, &u1, &st, err);
        if (st != VT_OK) break;
        const double fall = a - b, dt = dx * exp(-a) * expm1(fall) / (fall * v->rate0);
        if (i == MOST || !(fall > 0.0))
            return vt_fail(err, VT_ENOCONV, "a virtual specimen runs away at a plastic strain of %g", x);
        for (; k < n && now + dt >= t[k]; k++) {
            const double share = log1p((t[k] - now) / dt * expm1(fall)) / fall;
            u[k] = u0 + share * (u1 - u0);
        }
        now += dt;
        x += dx;
        a = b;
        u0 = u1;
        dx *= fmin(2.0, 0.05 / fall);
    }
    return st;
}

vt_status vti_onchip_virtual_design(const vti_onchip_virtual *v, double strain, double *L_a, vt_error *err)
{
    /* sigma = E (strain - x) = sigma_y + theta x, or elastic. */
    const double x = fmax(0.0, (v->E * strain - v->sigma_y) / (v->E + v->theta)), sigma = v->E * (strain - x);
    const double own = v->b.L0 * expm1(strain + v->b.eps), carried = sigma * v->b.w * v->b.t / (1.0 + own / v->b.L0);
    const double u = own + taken(v, carried);
    const double left = -expm1(v->b.eps_a + carried / (v->b.E_a * v->b.w_a * v->b.t_a));
    if (!(left > 0.0) || !(u > 0.0) || !(u / left < 9e-3))
        return vt_fail(err, VT_ENOROOT,
                       "no actuator of up to 9 mm strains the specimen to %g at %.4g MPa: give a wider or thicker one",
                       strain, 1e-6 * sigma);
    *L_a = 1e-6 * ceil(1e6 * u / left);
    return VT_OK;
}
