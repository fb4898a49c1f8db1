/* The joint fit: start, multi-start Levenberg-Marquardt, variance of what follows. */
#include "transport_internal.h"
#include <vitrum/constants.h>
#include <math.h>

enum { P = VTI_TRANSPORT_P };

static const double K_EV = VT_BOLTZMANN / VT_ELECTRONVOLT;

/* Half-widths of the spread of starts: a decade of viscosity and mobility, a few units of D*, a few kelvin. */
static const double SPREAD[P] = {1.5, 2.0, 15.0, 0.2, 4.0, 1.5, 0.5, 0.2, 0.1};

static const vti_transport_row *first(const vti_transport_problem *p, vti_transport_kind kind)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->row[i].kind == kind && !(p->skip && p->skip[i])) return &p->row[i];
    return NULL;
}

static double value_or(const vti_transport_problem *p, vti_transport_kind kind, double fallback)
{
    const vti_transport_row *r = first(p, kind);
    return r ? r->value : fallback;
}

/* D* that a liquid with T0 and eta0 needs for the stated viscosities, on average; 13 if none is stated. */
static double start_strength(const vti_transport_problem *p, double T0, double eta0, double Tk)
{
    double sum = 0.0, n = 0.0;
    for (size_t i = 0; i < p->n; i++) {
        const vti_transport_row *r = &p->row[i];
        if (r->kind != VTI_VISCOSITY || r->T < Tk - 1.0 || !(r->T > T0 + 1.0)) continue;
        sum += log(r->value / eta0) * (r->T - T0) / T0;
        n += 1.0;
    }
    return n > 0.0 && sum / n > 1.0 ? sum / n : 13.0;
}

/* ln(delta D_I) at Tg that the stated mobilities, or else the critical diameters, need on average. */
static double start_mobility(const vti_transport_problem *p, const double *x)
{
    double sum = 0.0, n = 0.0;
    for (int pass = 0; pass < 2 && n <= 0.0; pass++)
        for (size_t i = 0; i < p->n; i++) {
            const vti_transport_row *r = &p->row[i];
            double y;
            if (r->kind != (pass ? VTI_CRITICAL_DIAMETER : VTI_INTERFACE_MOBILITY) || r->bound) continue;
            if (vti_transport_predict(&p->setup, r, x, &y, NULL, NULL) != VT_OK) continue;
            sum += (pass ? 3.0 : 1.0) * (log(r->value) - y);
            n += 1.0;
        }
    return x[VTI_LN_MOBILITY] + (n > 0.0 ? sum / n : 0.0);
}

void vti_transport_start(const vti_transport_problem *p, double *x)
{
    const double Tg = p->setup.Tg;
    const double eta0 = value_or(p, VTI_VISCOSITY_INFINITE, 4e-5);
    const double T0 = 0.705 * Tg; /* metallic glasses: 0.65 to 0.8 of Tg */
    const double Tk = value_or(p, VTI_KINK_TEMPERATURE, value_or(p, VTI_BULK_TRANSITION, 0.95 * Tg));
    x[VTI_T0] = T0;
    x[VTI_STRENGTH] = start_strength(p, T0, eta0, Tk);
    x[VTI_LN_ETA] = log(eta0) + x[VTI_STRENGTH] * T0 / (Tg - T0);
    x[VTI_TK] = Tk;
    x[VTI_QG] = 18.0 * K_EV * Tg; /* 18 kT: half of a liquid's ln(1e12/1e-5) */
    x[VTI_QI] = value_or(p, VTI_INTERFACE_ENERGY, 31.0 * K_EV * Tg * VT_ELECTRONVOLT) / VT_ELECTRONVOLT;
    x[VTI_LN_DELTA] = log(value_or(p, VTI_INTERFACE_THICKNESS, 5e-10));
    x[VTI_LN_RADIUS] = log(value_or(p, VTI_ATOMIC_RADIUS, 1.3e-10));
    x[VTI_LN_MOBILITY] = log(1e-26);
    x[VTI_LN_MOBILITY] = start_mobility(p, x);
}

void vti_transport_untouched(const vti_transport_problem *p, const double *x, bool *fixed)
{
    double g[P];
    for (size_t j = 0; j < P; j++) fixed[j] = true;
    for (size_t i = 0; i < p->n; i++) {
        double y;
        if (p->skip && p->skip[i]) continue;
        if (vti_transport_predict(&p->setup, &p->row[i], x, &y, g, NULL) != VT_OK) continue;
        for (size_t j = 0; j < P; j++)
            if (g[j] != 0.0) fixed[j] = false;
    }
    if (!p->setup.kink) fixed[VTI_TK] = fixed[VTI_QG] = true;
}

static vt_status minimum(vt_nlfit *ws, const vti_transport_problem *p, size_t starts, vti_transport_fit *fit,
                         vt_error *err)
{
    /* ctx is not written; vt_nlfit hands it back as it came */
    const vt_nlfit_problem problem = {.n = p->n,
                                      .p = P,
                                      .residual = vti_transport_residual,
                                      .jacobian = vti_transport_jacobian,
                                      .ctx = (void *)p,
                                      .fixed = fit->fixed};
    const vt_nlfit_options options = {.weights = VT_NLFIT_ABSOLUTE, .starts = starts, .spread = SPREAD};
    return vt_nlfit_solve(ws, &problem, &options, fit->x, fit->cov, &fit->sum, err);
}

/* chi2 has a corner where the kink meets the temperature of an observation; a minimum in the corner has no gradient of
 * zero. The best fit with the kink held at one of these temperatures is that minimum. */
static vt_status corner(vt_nlfit *ws, const vti_transport_problem *p, vti_transport_fit *fit, vt_error *err)
{
    vti_transport_fit best = *fit;
    double chi2 = INFINITY;
    for (size_t i = 0; i < p->n; i++) {
        vti_transport_fit f = *fit;
        if (!(fabs(p->row[i].T - fit->x[VTI_TK]) < 15.0) || (p->skip && p->skip[i])) continue;
        f.x[VTI_TK] = p->row[i].T;
        f.fixed[VTI_TK] = true;
        if (minimum(ws, p, 1, &f, NULL) != VT_OK || !(f.sum.chi2 < chi2)) continue;
        chi2 = f.sum.chi2;
        best = f;
    }
    if (!isfinite(chi2)) return vt_fail(err, VT_ENOCONV, "the fit of the transport constants did not converge");
    best.fixed[VTI_TK] = fit->fixed[VTI_TK];
    *fit = best;
    return VT_OK;
}

vt_status vti_transport_solve(vt_nlfit *ws, const vti_transport_problem *p, size_t starts, vti_transport_fit *fit,
                              vt_error *err)
{
    const vt_status st = minimum(ws, p, starts, fit, err);
    return st == VT_ENOCONV && p->setup.kink && !fit->fixed[VTI_TK] ? corner(ws, p, fit, err) : st;
}

double vti_transport_variance(const vti_transport_fit *fit, const double *g)
{
    double v = 0.0;
    for (size_t i = 0; i < P; i++)
        for (size_t j = 0; j < P; j++) v += g[i] * fit->cov[i * P + j] * g[j];
    return v > 0.0 ? v : 0.0;
}
