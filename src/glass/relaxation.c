/* Relaxation times of bulk and interface, and the glass transitions that they give. */
#include "glass/root_internal.h"

#include <math.h>
#include <stdbool.h>
#include <vitrum/constants.h>
#include <vitrum/relaxation.h>

static vt_status check_bulk(const vt_relaxation *p, vt_error *err)
{
    double unused;
    if (!p) return vt_fail(err, VT_EARG, "law is NULL");
    if (!(p->tau_g > 0.0) || isinf(p->tau_g) || isinf(p->Tg))
        return vt_fail(err, VT_EARG, "tau_g = %g s must be > 0, Tg = %g K finite", p->tau_g, p->Tg);
    return vt_vft_ln_viscosity(&p->liquid, 1, &p->Tg, &unused, err);
}

static vt_status check_interface(const vt_relaxation *p, vt_error *err)
{
    double unused;
    vt_status st = check_bulk(p, err);
    if (st != VT_OK) return st;
    if (!(p->delta > 0.0) || isinf(p->delta))
        return vt_fail(err, VT_EARG, "interface thickness delta = %g m must be > 0", p->delta);
    st = vt_arrhenius_ln(&p->D_B, 1, &p->Tg, &unused, NULL, err);
    if (st == VT_OK) st = vt_arrhenius_ln(&p->mobility, 1, &p->Tg, &unused, NULL, err);
    return st;
}

static vt_status check_T(const vt_relaxation *p, size_t n, const double *T, const double *tau, vt_error *err)
{
    if (n > 0 && (!T || !tau)) return vt_fail(err, VT_EARG, "array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(T[i] > p->liquid.T0))
            return vt_fail(err, VT_EDOMAIN, "T[%zu] = %g K is not above T0 = %g K", i, T[i], p->liquid.T0);
    return VT_OK;
}

static double ln_bulk(const vt_relaxation *p, double T)
{
    return log(p->tau_g) + p->liquid.B * (1.0 / (T - p->liquid.T0) - 1.0 / (p->Tg - p->liquid.T0));
}

/* ln X of an Arrhenius law that has been checked. */
static double ln_law(const vt_arrhenius *p, double T)
{
    return log(p->X_ref) - p->Q / VT_BOLTZMANN * (1.0 / T - 1.0 / p->T_ref);
}

static double ln_interface(const vt_relaxation *p, double T)
{
    return ln_bulk(p, T) + ln_law(&p->D_B, T) - (ln_law(&p->mobility, T) - log(p->delta));
}

vt_status vt_relaxation_bulk(const vt_relaxation *p, size_t n, const double *T, double *tau, vt_error *err)
{
    vt_status st = check_bulk(p, err);
    if (st == VT_OK) st = check_T(p, n, T, tau, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) tau[i] = exp(ln_bulk(p, T[i]));
    return VT_OK;
}

vt_status vt_relaxation_interface(const vt_relaxation *p, size_t n, const double *T, double *tau, vt_error *err)
{
    vt_status st = check_interface(p, err);
    if (st == VT_OK) st = check_T(p, n, T, tau, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) tau[i] = exp(ln_interface(p, T[i]));
    return VT_OK;
}

vt_status vt_glass_transition_bulk(const vt_relaxation *p, double t, double *T, vt_error *err)
{
    const vt_status st = check_bulk(p, err);
    if (st != VT_OK) return st;
    if (!T) return vt_fail(err, VT_EARG, "T is NULL");
    if (!(t > 0.0) || isinf(t)) return vt_fail(err, VT_EARG, "time t = %g s must be > 0 and finite", t);
    const double x = p->liquid.B / (p->Tg - p->liquid.T0) + log(t / p->tau_g); /* B/(T - T0) */
    if (!(x > 0.0))
        return vt_fail(err, VT_EDOMAIN, "t = %g s is not above the limit of high temperature, %g s", t,
                       p->tau_g * exp(-p->liquid.B / (p->Tg - p->liquid.T0)));
    *T = p->liquid.T0 + p->liquid.B / x;
    return VT_OK;
}

struct transition {
    const vt_relaxation *p;
    double ln_t; /* ln s */
};

static double transition_at(double T, const void *context, double *slope)
{
    const struct transition *c = context;
    const vt_relaxation *p = c->p;
    const double u = 1.0 / (T - p->liquid.T0);
    *slope = -p->liquid.B * u * u + (p->D_B.Q - p->mobility.Q) / (VT_BOLTZMANN * T * T);
    return ln_interface(p, T) - c->ln_t;
}

vt_status vt_glass_transition_interface(const vt_relaxation *p, double t, double *T, vt_error *err)
{
    vt_status st = check_interface(p, err);
    if (st != VT_OK) return st;
    if (!T) return vt_fail(err, VT_EARG, "T is NULL");
    if (!(t > 0.0) || isinf(t)) return vt_fail(err, VT_EARG, "time t = %g s must be > 0 and finite", t);
    const struct transition c = {p, log(t)};
    const double lo = p->liquid.T0 + 0.01 * (p->Tg - p->liquid.T0), hi = 1.5 * p->Tg;
    double root;
    st = vti_root(transition_at, &c, lo, hi, &root);
    if (st == VT_ENOCONV) return vt_fail(err, st, "no convergence between %g and %g K", lo, hi);
    if (st != VT_OK)
        return vt_fail(err, st,
                       "tau_I is nowhere t = %g s in the bracket (%g, %g) K: log10(tau_I/s) is %g and %g at its ends",
                       t, lo, hi, ln_interface(p, lo) / log(10.0), ln_interface(p, hi) / log(10.0));
    *T = root;
    return VT_OK;
}

vt_status vt_maxwell_ratio(double eta, double tau, double G, double *ratio, vt_error *err)
{
    if (!ratio) return vt_fail(err, VT_EARG, "ratio is NULL");
    if (!(eta > 0.0) || !(tau > 0.0) || !(G > 0.0))
        return vt_fail(err, VT_EARG, "eta = %g Pa s, tau = %g s and G = %g Pa must be > 0", eta, tau, G);
    *ratio = eta / (tau * G);
    return VT_OK;
}
