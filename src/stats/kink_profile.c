/* Profile-likelihood intervals of the kink fit: the parameter is held, everything else is searched globally again. */
#include "kink_internal.h"
#include "profile_internal.h"
#include <vitrum/constants.h>
#include <math.h>

typedef struct hold {
    vt_kink *ws;
    vt_kink_options opt;
    double *value; /* the held parameter in opt */
    double centre; /* of the fit */
    double chi2, limit;
    bool lower; /* chi2 below the fit's was met */
} hold;

static bool z_at(double h, double *z, void *ctx)
{
    hold *w = ctx;
    vti_kink_candidate c;
    size_t k;
    *w->value = w->centre + h;
    if (vti_kink_check(w->ws, &w->opt, &k, NULL) != VT_OK || !vti_kink_search(w->ws, &w->opt, &c)) return false;
    if (c.chi2 < w->chi2 - 1e-6 * fmax(w->chi2, w->limit * w->limit)) w->lower = true;
    *z = sqrt(fmax(c.chi2 - w->chi2, 0.0));
    return true;
}

/* Marks the parameter as held; first guess of its uncertainty where the fit has no covariance. */
static double take_hold(hold *w, const vt_kink_fit *fit, size_t index)
{
    const double var = fit->cov[index * VT_KINK_PARAMETERS + index];
    if (index == VT_KINK_T0) {
        w->opt.hold_T0 = true;
        w->value = &w->opt.held.T0;
        w->centre = fit->law.T0;
        return var > 0.0 ? sqrt(var) : 1.0;
    }
    if (index == VT_KINK_TK) {
        w->opt.hold_Tk = true;
        w->value = &w->opt.held.Tk;
        w->centre = fit->law.Tk;
        return var > 0.0 ? sqrt(var) : 0.5;
    }
    w->opt.hold_Qg = true;
    w->value = &w->opt.held.Qg;
    w->centre = fit->law.Qg;
    return var > 0.0 ? sqrt(var) : 0.1 * VT_ELECTRONVOLT;
}

static vt_status check(const vt_kink_options *opt, const vt_nlfit_profile_request *what, vt_error *err)
{
    const bool kink = opt->model == VT_KINK_CONTINUOUS || opt->model == VT_KINK_JUMP;
    const bool known = (what->index == VT_KINK_T0 && !opt->hold_T0 && opt->model != VT_KINK_ARRHENIUS) ||
                       (what->index == VT_KINK_TK && kink && !opt->hold_Tk) ||
                       (what->index == VT_KINK_QG && kink && !opt->hold_Qg);
    if (!known) return vt_fail(err, VT_EARG, "parameter %zu has no profile here: T0, Tk or Qg, if free", what->index);
    return VT_OK;
}

vt_status vt_kink_profile(vt_kink *ws, const vt_kink_data *data, const vt_kink_options *opt, const vt_kink_fit *fit,
                          const vt_nlfit_profile_request *what, vt_nlfit_interval *out, vt_error *err)
{
    hold w = {.ws = ws, .opt = opt ? *opt : (vt_kink_options){0}};
    double k;
    if (!fit || !what || !out) return vt_fail(err, VT_EARG, "fit, request or interval is NULL");
    vt_status st = check(&w.opt, what, err);
    if (st == VT_OK) st = vti_kink_load(ws, data, err);
    if (st != VT_OK) return st;
    const vt_nlfit_summary s = {.nu = fit->n - fit->k, .weights = w.opt.weights};
    st = vt_nlfit_coverage(&s, what->level, &k, err);
    if (st != VT_OK) return st;
    const double u = take_hold(&w, fit, what->index);
    w.chi2 = fit->chi2;
    w.limit = k * (w.opt.weights == VT_NLFIT_RELATIVE ? sqrt(w.chi2 / (double)s.nu) : 1.0);
    const vti_profile p = {.z = z_at,
                           .ctx = &w,
                           .limit = w.limit,
                           .guess = k * u,
                           .reach = (what->reach > 0.0 ? fmax(what->reach, k) : 100.0) * u};
    vt_nlfit_interval found;
    found.low = w.centre + vti_profile_end(&p, -1.0, &found.low_closed);
    found.high = w.centre + vti_profile_end(&p, 1.0, &found.high_closed);
    if (w.lower)
        return vt_fail(err, VT_ENOCONV, "chi2 below %g was found: the fit does not belong to these data and options",
                       w.chi2);
    *out = found;
    return VT_OK;
}
