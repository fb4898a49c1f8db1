/* Breakdown of the Stokes-Einstein relation: tangency, its closed form, intersection (P12). */
#include "glass/root_internal.h"

#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/diffusion.h>

enum { BRACKET_ABOVE_T0 = 60 }; /* K, P12 */

struct tangency {
    double B, T0, Q; /* K, K, Q_B/k in K */
};

/* B T^2/(T - T0)^2 + T - Q_B/k, K: the slope of -ln(D_SER) in 1/T less that of the Arrhenius line. */
static double tangency_at(double T, const void *context, double *slope)
{
    const struct tangency *p = context;
    const double u = 1.0 / (T - p->T0), q = T * u;
    *slope = 1.0 - 2.0 * p->B * T * p->T0 * u * u * u;
    return p->B * q * q + T - p->Q;
}

static vt_status check(const vt_vft *liquid, double Tg, vt_error *err)
{
    double unused;
    if (!liquid) return vt_fail(err, VT_EARG, "liquid is NULL");
    if (isinf(Tg)) return vt_fail(err, VT_EARG, "Tg must be finite");
    return vt_vft_ln_viscosity(liquid, 1, &Tg, &unused, err);
}

static vt_status tangency(const vt_vft *liquid, double Tg, double Q_B, double *T, vt_error *err)
{
    const struct tangency f = {liquid->B, liquid->T0, Q_B / VT_BOLTZMANN};
    const double lo = liquid->T0 + BRACKET_ABOVE_T0, hi = 1.5 * Tg;
    double slope;
    if (!(hi > lo))
        return vt_fail(err, VT_ENOROOT, "the bracket (T0 + 60 K, 1.5 Tg) = (%g, %g) K is empty: Tg = %g K", lo, hi, Tg);
    const vt_status st = vti_root(tangency_at, &f, lo, hi, T);
    if (st == VT_OK) return st;
    const double eV = VT_BOLTZMANN / VT_ELECTRONVOLT;
    if (st == VT_ENOCONV) return vt_fail(err, st, "no convergence between %g and %g K", lo, hi);
    return vt_fail(
        err, st,
        "no Stokes-Einstein breakdown in the bracket (%g, %g) K: the liquid's k[B T^2/(T-T0)^2 + T] is %g eV "
        "and %g eV there, Q_B = %g eV is not between them",
        lo, hi, eV * (tangency_at(lo, &f, &slope) + f.Q), eV * (tangency_at(hi, &f, &slope) + f.Q), eV * f.Q);
}

vt_status vt_breakdown_tangency(const vt_vft *liquid, double Tg, double Q_B, double *T_SER, double *grad, vt_error *err)
{
    double T, slope;
    vt_status st = check(liquid, Tg, err);
    if (st != VT_OK) return st;
    if (!T_SER) return vt_fail(err, VT_EARG, "T_SER is NULL");
    if (!(Q_B > 0.0) || isinf(Q_B)) return vt_fail(err, VT_EARG, "Q_B = %g J must be > 0 and finite", Q_B);
    st = tangency(liquid, Tg, Q_B, &T, err);
    if (st != VT_OK) return st;
    if (grad) { /* implicit function: f(T; Q_B, B, T0) = 0 */
        const struct tangency f = {liquid->B, liquid->T0, Q_B / VT_BOLTZMANN};
        const double u = 1.0 / (T - liquid->T0);
        tangency_at(T, &f, &slope);
        grad[0] = 1.0 / (VT_BOLTZMANN * slope);
        grad[1] = -T * T * u * u / slope;
        grad[2] = -2.0 * liquid->B * T * T * u * u * u / slope;
    }
    *T_SER = T;
    return VT_OK;
}

vt_status vt_breakdown_closed_form(const vt_vft *liquid, double Q_B, double *T_SER, vt_error *err)
{
    double T = 0.0;
    if (!T_SER) return vt_fail(err, VT_EARG, "T_SER is NULL");
    if (!liquid || !(liquid->B > 0.0) || !(liquid->T0 > 0.0))
        return vt_fail(err, VT_EARG, "the liquid must have B > 0 and T0 > 0");
    for (int k = 0; k < 3; k++) {                /* T = 0 in k T, then two iterations */
        const double Q = Q_B / VT_BOLTZMANN - T; /* K */
        if (!(Q > liquid->B))
            return vt_fail(err, VT_EDOMAIN, "Q_B = %g eV is not above k(B + T) = %g eV", Q_B / VT_ELECTRONVOLT,
                           VT_BOLTZMANN * (liquid->B + T) / VT_ELECTRONVOLT);
        T = liquid->T0 / (1.0 - sqrt(liquid->B / Q));
    }
    *T_SER = T;
    return VT_OK;
}

struct intersection {
    double B, T0; /* K */
    double Q;     /* K: Q/k of D_B */
    double level; /* ln D_B - ln D_SER = level - Q/T - ln T + B/(T - T0) */
};

static double intersection_at(double T, const void *context, double *slope)
{
    const struct intersection *p = context;
    const double u = 1.0 / (T - p->T0);
    *slope = p->Q / (T * T) - 1.0 / T - p->B * u * u;
    return p->level - p->Q / T - log(T) + p->B * u;
}

vt_status vt_breakdown_intersection(const vt_vft *liquid, const vt_stokes_einstein *se, const vt_arrhenius *D_B,
                                    double Tg, double *T_SER, vt_error *err)
{
    double T_touch, T, ln_D, slope; /* ln_D: logarithm of D_B at Tg */
    const double one = 1.0;
    double D_one; /* D_SER of 1 K and 1 Pa s: the constant k/(c pi R) */
    vt_status st = check(liquid, Tg, err);
    if (st == VT_OK && !T_SER) st = vt_fail(err, VT_EARG, "T_SER is NULL");
    if (st == VT_OK) st = vt_stokes_einstein_diffusivity(se, 1, &one, &one, &D_one, err);
    if (st == VT_OK) st = vt_arrhenius_ln(D_B, 1, &Tg, &ln_D, NULL, err);
    if (st != VT_OK) return st;
    if (!(D_B->Q > 0.0)) return vt_fail(err, VT_EARG, "Q of D_B = %g J must be > 0", D_B->Q);
    st = tangency(liquid, Tg, D_B->Q, &T_touch, err); /* where the two come closest */
    if (st != VT_OK) return st;
    const struct intersection f = {liquid->B, liquid->T0, D_B->Q / VT_BOLTZMANN,
                                   ln_D + D_B->Q / (VT_BOLTZMANN * Tg) - log(D_one) + log(liquid->eta0)};
    const double closest = intersection_at(T_touch, &f, &slope), last = intersection_at(1.5 * Tg, &f, &slope);
    st = vti_root(intersection_at, &f, T_touch, 1.5 * Tg, &T);
    if (st == VT_ENOCONV) return vt_fail(err, st, "no convergence between %g and %g K", T_touch, 1.5 * Tg);
    if (st != VT_OK)
        return vt_fail(err, st,
                       "D_B and D_SER do not cross in the bracket (%g, %g) K: their ratio is %g at its lower end, the "
                       "closest approach, and %g at its upper end",
                       T_touch, 1.5 * Tg, exp(closest), exp(last));
    *T_SER = T;
    return VT_OK;
}
