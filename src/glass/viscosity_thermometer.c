/* Temperature of a heated wire from its own viscosity (P05, route i). */
#include <math.h>
#include <vitrum/joule.h>

enum { NODES = 401, BISECTIONS = 100 };

struct wire {
    const vt_vft *law;
    vt_joule_rod rod;
};

/* ln of the viscosity at T less that of the limit of high temperature. */
static double excess(const vt_vft *law, double T)
{
    return T > law->T0 ? law->B / (T - law->T0) : (double)INFINITY;
}

/* Integral of the conductivity from the grip temperature up to a rise above it, over the conductivity there. */
static double heat(const vt_joule_rod *rod, double rise)
{
    return rise * (1.0 + 0.5 * rod->kappa_slope * rise);
}

/* Active fraction with the hottest place at T, by the trapezoidal rule from the middle to one end. */
static double active(const struct wire *w, double T)
{
    double ln_eta[NODES], f = NAN;
    const double rise = T - w->rod.T_grip, top = heat(&w->rod, rise), end = heat(&w->rod, w->rod.end_share * rise);
    for (int i = 0; i < NODES; i++) {
        const double u = i / (NODES - 1.0), theta = top - (top - end) * u * u;
        const double root = sqrt(fmax(0.0, 1.0 + 2.0 * w->rod.kappa_slope * theta));
        ln_eta[i] = excess(w->law, w->rod.T_grip + 2.0 * theta / (1.0 + root));
    }
    vt_joule_active_fraction(NODES, ln_eta, ln_eta[0], &f, NULL);
    return f;
}

/* Root of ln eta(T) - ln f(T) = wanted between low and high, where the left side falls from above to below. */
static double bisect(const struct wire *w, double wanted, double low, double high)
{
    for (int i = 0; i < BISECTIONS && high - low > 1e-13 * high; i++) {
        const double T = 0.5 * (low + high);
        if (excess(w->law, T) - log(active(w, T)) > wanted)
            low = T;
        else
            high = T;
    }
    return 0.5 * (low + high);
}

vt_status vt_joule_thermometer(const vt_vft *law, double eta, const vt_joule_rod *rod, double *T_max, double *f,
                               vt_error *err)
{
    if (!law || !rod || !T_max) return vt_fail(err, VT_EARG, "law, rod or result is NULL");
    if (!(rod->T_grip > 0.0) || !(rod->end_share >= 0.0) || !(rod->end_share <= 1.0) || !isfinite(rod->kappa_slope))
        return vt_fail(err, VT_EARG, "T_grip = %g K must be > 0, end_share = %g within 0 to 1, kappa_slope = %g finite",
                       rod->T_grip, rod->end_share, rod->kappa_slope);
    double uniform;
    const vt_status st = vt_vft_temperature(law, 1, &eta, &uniform, err);
    if (st != VT_OK) return st;
    const struct wire w = {law, *rod};
    const double wanted = log(eta / law->eta0);
    const double limit = rod->kappa_slope < 0.0 ? fmin(1e5, rod->T_grip - 1.0 / rod->kappa_slope) : 1e5;
    double T = uniform;
    /* A wire colder than its grips is coldest in the middle: no Joule heat makes that. */
    if (uniform > rod->T_grip && rod->end_share < 1.0) {
        double high = uniform + 1.0;
        while (high < limit && excess(law, high) - log(active(&w, high)) > wanted)
            high = uniform + 2.0 * (high - uniform);
        if (!(high < limit))
            return vt_fail(err, VT_ENOROOT,
                           "no temperature below %.4g K makes a wire between grips at %g K flow with "
                           "an apparent viscosity of %g Pa s",
                           limit, rod->T_grip, eta);
        T = bisect(&w, wanted, uniform, high);
    }
    *T_max = T;
    if (f) *f = uniform > rod->T_grip && rod->end_share < 1.0 ? active(&w, T) : 1.0;
    return VT_OK;
}
