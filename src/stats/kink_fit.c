#include "kink_internal.h"
#include "nlfit_internal.h"
#include <vitrum/constants.h>
#include <vitrum/modelchoice.h>
#include <gsl/gsl_cdf.h>
#include <float.h>
#include <math.h>
#include <string.h>

/* Free parameters whose derivative enters the Jacobian; Tk of a jump is not one: chi2 does not depend on it. */
static size_t free_columns(const vt_kink_options *opt, size_t *column)
{
    const bool kink = opt->model == VT_KINK_CONTINUOUS || opt->model == VT_KINK_JUMP;
    size_t k = 0;
    if (!opt->fix_eta0 || opt->model == VT_KINK_ARRHENIUS) column[k++] = VT_KINK_LN_ETA0;
    column[k++] = VT_KINK_B;
    if (!opt->hold_T0 && opt->model != VT_KINK_ARRHENIUS) column[k++] = VT_KINK_T0;
    if (opt->model == VT_KINK_CONTINUOUS && !opt->hold_Tk) column[k++] = VT_KINK_TK;
    if (kink && !opt->hold_Qg) column[k++] = VT_KINK_QG;
    if (opt->model == VT_KINK_JUMP) column[k++] = VT_KINK_JUMP_HEIGHT;
    return k;
}

/* d ln eta / d parameters at T. */
static void gradient(const vti_kink_candidate *c, double T, double *g)
{
    const bool glass = T < c->Tk;
    const double d = 1.0 / ((glass ? c->Tk : T) - c->T0);
    g[VT_KINK_LN_ETA0] = 1.0;
    g[VT_KINK_B] = d;
    g[VT_KINK_T0] = c->B * d * d;
    g[VT_KINK_TK] = glass ? c->q / (c->Tk * c->Tk) - c->B * d * d : 0.0;
    g[VT_KINK_QG] = glass ? (1.0 / T - 1.0 / c->Tk) / VT_BOLTZMANN : 0.0;
    g[VT_KINK_JUMP_HEIGHT] = glass ? 1.0 : 0.0;
}

/* A jump says only that Tk lies between two data temperatures: rectangular, and the jump moves with it. */
static void add_interval_of_Tk(const vt_kink *ws, const vti_kink_candidate *c, double *cov)
{
    enum { P = VT_KINK_PARAMETERS, K = VT_KINK_TK, J = VT_KINK_JUMP_HEIGHT };
    const double width = ws->T[c->liquid - 1] - ws->T[c->liquid], v = width * width / 12.0;
    const double d = 1.0 / (c->Tk - c->T0), s = c->B * d * d - c->q / (c->Tk * c->Tk);
    cov[K * P + K] += v;
    cov[K * P + J] += s * v;
    cov[J * P + K] += s * v;
    cov[J * P + J] += s * s * v;
}

static vt_status covariance(const vt_kink *ws, const vt_kink_options *opt, const vti_kink_candidate *c, double scale,
                            vt_kink_fit *fit, vt_error *err)
{
    enum { P = VT_KINK_PARAMETERS };
    size_t column[P];
    double g[P], C[P * P];
    const size_t k = free_columns(opt, column);
    for (size_t i = 0; i < ws->n; i++) {
        gradient(c, ws->T[i], g);
        for (size_t j = 0; j < k; j++) ws->work[i * k + j] = ws->w[i] * g[column[j]];
    }
    const vt_status st = vti_nlfit_inverse(ws->n, k, ws->work, C, &fit->condition, err);
    if (st != VT_OK) return st;
    if (!(fit->condition <= 1e10))
        return vt_fail(err, VT_EILLCOND,
                       "condition %.3g of the scaled normal matrix exceeds 1e10: the temperatures do not separate the "
                       "parameters; fix eta0 or add points",
                       fit->condition);
    fit->ill = fit->condition > 1e7;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) fit->cov[column[i] * P + column[j]] = scale * C[i * k + j];
    if (opt->model == VT_KINK_JUMP && !opt->hold_Tk) add_interval_of_Tk(ws, c, fit->cov);
    return VT_OK;
}

/* +inf where there are too few points for so many parameters. */
static double corrected_aic(vt_nlfit_weights weights, double chi2, size_t n, size_t k)
{
    double aicc = INFINITY;
    if (weights == VT_NLFIT_RELATIVE)
        (void)vt_aicc_relative(fmax(chi2, DBL_MIN), n, k, &aicc, NULL);
    else
        (void)vt_aicc_absolute(chi2, n, k, &aicc, NULL);
    return aicc;
}

/* Numbers that follow from the candidate alone. */
static void describe(const vt_kink *ws, const vt_kink_options *opt, const vti_kink_candidate *c, vt_kink_fit *fit)
{
    const bool kink = c->Tk > 0.0;
    fit->law = (vt_kink_law){
        .ln_eta0 = c->a, .B = c->B, .T0 = c->T0, .Tk = c->Tk, .Qg = kink ? c->q * VT_BOLTZMANN : 0.0, .jump = c->jump};
    fit->n = ws->n;
    fit->chi2 = c->chi2;
    fit->liquid = c->liquid;
    fit->glass = ws->n - c->liquid;
    fit->T0_at_zero = c->T0_at_zero;
    fit->aicc = corrected_aic(opt->weights, fit->chi2, fit->n, fit->k);
    fit->p_value = -1.0;
    if (kink && opt->model == VT_KINK_CONTINUOUS)
        fit->edge = !(c->Tk > ws->T[ws->m_max] * (1.0 + 1e-9)) || !(c->Tk < ws->T[ws->m_min - 1] * (1.0 - 1e-9));
    if (kink && opt->model == VT_KINK_JUMP) fit->edge = c->liquid == ws->m_min || c->liquid == ws->m_max;
}

vt_status vt_kink_solve(vt_kink *ws, const vt_kink_data *data, const vt_kink_options *opt, vt_kink_fit *fit,
                        vt_error *err)
{
    static const vt_kink_options defaults = {0};
    const vt_kink_options *o = opt ? opt : &defaults;
    vt_kink_fit f = {0};
    vti_kink_candidate c;
    if (!fit) return vt_fail(err, VT_EARG, "no place for the fit (NULL)");
    vt_status st = vti_kink_load(ws, data, err);
    if (st == VT_OK) st = vti_kink_check(ws, o, &f.k, err);
    if (st != VT_OK) return st;
    if (!vti_kink_search(ws, o, &c))
        return vt_fail(
            err, VT_EUNPHYSICAL,
            "no law with B > 0 fits: ln eta does not rise on cooling between %g and %g K; check the order of columns",
            ws->T[0], ws->T[ws->n - 1]);
    describe(ws, o, &c, &f);
    if (!o->no_covariance) {
        const double nu = (double)(f.n - f.k);
        st = covariance(ws, o, &c, o->weights == VT_NLFIT_RELATIVE ? f.chi2 / nu : 1.0, &f, err);
        if (st != VT_OK) return st;
        if (o->weights == VT_NLFIT_ABSOLUTE && f.n > f.k) f.p_value = gsl_cdf_chisq_Q(f.chi2, nu);
    }
    *fit = f;
    return VT_OK;
}

vt_status vt_kink_ln_eta(const vt_kink_law *law, size_t n, const double *T, double *ln_eta, vt_error *err)
{
    if (!law || (n > 0 && (!T || !ln_eta))) return vt_fail(err, VT_EARG, "law or array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!(T[i] > 0.0) || (!(T[i] < law->Tk) && !(T[i] > law->T0)))
            return vt_fail(err, VT_EDOMAIN, "T[%zu] = %g K is not > 0 and above T0 = %g K", i, T[i], law->T0);
    const vti_kink_candidate c = {
        .a = law->ln_eta0, .B = law->B, .T0 = law->T0, .Tk = law->Tk, .q = law->Qg / VT_BOLTZMANN, .jump = law->jump};
    for (size_t i = 0; i < n; i++) ln_eta[i] = vti_kink_model(&c, T[i]);
    return VT_OK;
}
