/* Mauro-Yue-Ellison-Gupta-Allan viscosity. */
#include <gsl/gsl_sf_lambert.h>
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/myega.h>

/* K = log10(eta_g/eta_inf) and the curvature c = m/K - 1 of log10(eta/eta_inf) = K x exp[c (x - 1)], x = Tg/T. */
struct shape {
    double K, c;
};

static vt_status check_law(const vt_myega *p, struct shape *s, vt_error *err)
{
    if (!p) return vt_fail(err, VT_EARG, "law is NULL");
    if (!(p->eta_inf > 0.0) || !(p->eta_g > p->eta_inf) || !(p->Tg > 0.0) || isinf(p->eta_g) || isinf(p->Tg))
        return vt_fail(err, VT_EARG, "eta_inf = %g Pa s and Tg = %g K must be > 0, eta_g = %g Pa s > eta_inf",
                       p->eta_inf, p->Tg, p->eta_g);
    s->K = log10(p->eta_g / p->eta_inf);
    /* Rounding of K must not refuse the Arrhenius limit m = K. */
    if (!(p->m >= s->K * (1.0 - 1e-14)) || isinf(p->m))
        return vt_fail(err, VT_EARG, "fragility m = %g is below log10(eta_g/eta_inf) = %g", p->m, s->K);
    if (p->m > 100.0 * s->K)
        return vt_fail(err, VT_EARG, "fragility m = %g exceeds 100 log10(eta_g/eta_inf) = %g", p->m, 100.0 * s->K);
    s->c = fmax(0.0, p->m / s->K - 1.0);
    return VT_OK;
}

static vt_status check(const vt_myega *p, struct shape *s, size_t n, const double *T, const double *out, vt_error *err)
{
    const vt_status st = check_law(p, s, err);
    if (st != VT_OK) return st;
    if (n > 0 && (!T || !out)) return vt_fail(err, VT_EARG, "array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(T[i] > 0.0)) return vt_fail(err, VT_EDOMAIN, "T[%zu] = %g K is not above 0 K", i, T[i]);
    return VT_OK;
}

vt_status vt_myega_viscosity(const vt_myega *p, size_t n, const double *T, double *eta, vt_error *err)
{
    struct shape s;
    const vt_status st = check(p, &s, n, T, eta, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) {
        const double x = p->Tg / T[i];
        eta[i] = p->eta_inf * exp(log(10.0) * s.K * x * exp(s.c * (x - 1.0)));
    }
    return VT_OK;
}

vt_status vt_myega_temperature(const vt_myega *p, size_t n, const double *eta, double *T, vt_error *err)
{
    struct shape s;
    const vt_status st = check_law(p, &s, err);
    if (st != VT_OK) return st;
    if (n > 0 && (!eta || !T)) return vt_fail(err, VT_EARG, "array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(eta[i] > p->eta_inf) || isinf(eta[i]))
            return vt_fail(err, VT_EDOMAIN, "eta[%zu] = %g Pa s is not above eta_inf = %g Pa s and finite", i, eta[i],
                           p->eta_inf);
    for (size_t i = 0; i < n; i++) {
        const double y = log10(eta[i] / p->eta_inf) / s.K; /* y = x exp[c (x - 1)], hence c x = W(c y e^c) */
        const double w = s.c * y * exp(s.c);
        T[i] = w > 1e-14 ? p->Tg * s.c / gsl_sf_lambert_W0(w) : p->Tg / (y * exp(s.c));
    }
    return VT_OK;
}

vt_status vt_myega_activation_energy(const vt_myega *p, size_t n, const double *T, double *Q, vt_error *err)
{
    struct shape s;
    const vt_status st = check(p, &s, n, T, Q, err);
    if (st != VT_OK) return st;
    for (size_t i = 0; i < n; i++) {
        const double x = p->Tg / T[i];
        Q[i] = VT_BOLTZMANN * p->Tg * log(10.0) * s.K * (1.0 + s.c * x) * exp(s.c * (x - 1.0));
    }
    return VT_OK;
}
