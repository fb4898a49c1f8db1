/* Temperature of a heated wire from its own viscosity (P05, route i). */
#include <math.h>
#include <vitrum/joule.h>

enum { NODES = 401, BISECTIONS = 100 };

struct wire {
    const vt_vft *law;
    double T_grip, end_share;
};

/* ln of the viscosity at T less that of the limit of high temperature. */
static double excess(const vt_vft *law, double T)
{
    return T > law->T0 ? law->B / (T - law->T0) : (double)INFINITY;
}

/* Active fraction with the hottest place at T, by the trapezoidal rule from the middle to one end. */
static double active(const struct wire *w, double T)
{
    double ln_eta[NODES], f = NAN;
    const double T_end = w->T_grip + w->end_share * (T - w->T_grip);
    for (int i = 0; i < NODES; i++) {
        const double u = i / (NODES - 1.0);
        ln_eta[i] = excess(w->law, T - (T - T_end) * u * u);
    }
    vt_joule_active_fraction(NODES, ln_eta, excess(w->law, T), &f, NULL);
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

vt_status vt_joule_thermometer(const vt_vft *law, double eta, double T_grip, double end_share, double *T_max, double *f,
                               vt_error *err)
{
    if (!law || !T_max) return vt_fail(err, VT_EARG, "law or result is NULL");
    if (!(T_grip > 0.0) || !(end_share >= 0.0) || !(end_share <= 1.0))
        return vt_fail(err, VT_EARG, "T_grip = %g K must be > 0, end_share = %g within 0 to 1", T_grip, end_share);
    double uniform;
    const vt_status st = vt_vft_temperature(law, 1, &eta, &uniform, err);
    if (st != VT_OK) return st;
    const struct wire w = {law, T_grip, end_share};
    const double wanted = log(eta / law->eta0);
    double T = uniform;
    /* A wire colder than its grips is coldest in the middle: no Joule heat makes that. */
    if (uniform > T_grip && end_share < 1.0) {
        double high = uniform + 1.0;
        while (excess(law, high) - log(active(&w, high)) > wanted && high < 1e5)
            high = uniform + 2.0 * (high - uniform);
        if (!(high < 1e5))
            return vt_fail(err, VT_ENOROOT,
                           "no temperature below 1e5 K makes a wire between grips at %g K flow with "
                           "an apparent viscosity of %g Pa s",
                           T_grip, eta);
        T = bisect(&w, wanted, uniform, high);
    }
    *T_max = T;
    if (f) *f = uniform > T_grip ? active(&w, T) : 1.0;
    return VT_OK;
}
