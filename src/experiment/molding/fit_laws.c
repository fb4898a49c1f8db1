/* Which law of viscosity the temperatures support, and whether the interface mobility has a kink too (P10). */
#include "molding.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/constants.h>
#include <vitrum/modelchoice.h>

vti_law_assumptions vti_mold_assumptions(const vti_mold_run *run)
{
    const vti_mold_params *p = run->par;
    vti_law_assumptions as = {.Tg = run->known.Tg,
                              .Omega = run->known.Omega,
                              .tau_g = run->known.tau_g,
                              .t_exp = run->known.t_exp,
                              .c = run->known.c,
                              .ratio = p->activation_ratio,
                              .delta = run->known.delta,
                              .R = run->known.R,
                              .ln_eta0 = log(p->vft_viscosity_infinite),
                              .T_low = INFINITY,
                              .T_high = -INFINITY};
    for (size_t k = 0; k < run->nc; k++) {
        as.T_low = fmin(as.T_low, run->c[k].T);
        as.T_high = fmax(as.T_high, run->c[k].T);
    }
    return as;
}

static vt_status collect(vti_mold_run *run, vt_error *err)
{
    vti_law_data *d = &run->data;
    double **array[] = {&d->T_eta, &d->ln_eta, &d->u_eta, &d->T_mobility, &d->ln_mobility, &d->u_mobility};
    for (size_t i = 0; i < 6; i++) {
        *array[i] = calloc(run->nc + 1, sizeof **array[i]);
        if (!*array[i]) return vt_fail(err, VT_EMEMORY, "%zu conditions", run->nc);
    }
    for (size_t k = 0; k < run->nc; k++) {
        const vti_condition *c = &run->c[k];
        if (isfinite(c->ln_eta)) {
            d->T_eta[d->n_eta] = c->T;
            d->ln_eta[d->n_eta] = c->ln_eta;
            d->u_eta[d->n_eta++] = c->u_ln_eta;
        }
        if (isfinite(c->ln_mobility)) {
            d->T_mobility[d->n_mobility] = c->T;
            d->ln_mobility[d->n_mobility] = c->ln_mobility;
            d->u_mobility[d->n_mobility++] = c->u_ln_mobility;
        }
    }
    return VT_OK;
}

static size_t temperatures(size_t n, const double *T)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) m += i == 0 || fabs(T[i] - T[i - 1]) > 1e-9 * T[i]; /* sorted by T */
    return m;
}

static vt_status add_model(vti_mold_run *run, const char *name, const char *group, const vt_kink_fit *fit,
                           double weight, vt_error *err)
{
    vt_model m = {.aicc = fit->aicc, .weight = weight, .chi2 = fit->chi2, .parameters = (long)fit->k};
    snprintf(m.name, sizeof m.name, "%s", name);
    snprintf(m.group, sizeof m.group, "%s", group);
    return vt_result_add_model(run->result, &m, err);
}

/* p-value of "no kink" against the better of the two laws without one. Where eta0 is held, curvature that a wrong eta0
 * leaves would pass for a kink: the largest p-value over eta0 within two standard uncertainties counts (Berger & Boos,
 * J. Am. Stat. Assoc. 89 (1994) 1012). */
static vt_status test_kink(vti_mold_run *run, const vt_kink_data *data, const vt_kink_options *opt,
                           vt_kink_model null_model, vt_error *err)
{
    const long r = run->job->common.replicates;
    const vt_kink_replicates how = {.count = r < 199   ? 199
                                             : r > 999 ? 999
                                                       : (size_t)r,
                                    .seed = run->job->common.seed,
                                    .threads = (int)run->job->common.threads};
    vt_kink_test_result t;
    vt_status st = vt_kink_test(data, opt, null_model, &how, &t, err);
    if (st != VT_OK) return st;
    run->p_kink = t.p_value;
    for (int k = -2; opt->fix_eta0 && k <= 2; k++) {
        vt_kink_options at = *opt;
        at.held.ln_eta0 += k * log(10.0) * run->par->vft_viscosity_infinite_decades;
        if (k == 0 || vt_kink_test(data, &at, null_model, &how, &t, NULL) != VT_OK) continue; /* no law there */
        run->p_kink = fmax(run->p_kink, t.p_value);
    }
    return VT_OK;
}

static const char *const KINK_NAME[] = {"VFT and Arrhenius with a kink", "VFT and Arrhenius with a jump", "VFT",
                                        "Arrhenius"};
enum { KINK, VFT, ARRHENIUS, RIVALS };

/* The rival laws of a study. */
struct rivals {
    vt_kink_options opt[RIVALS];
    vt_kink_fit fit[RIVALS];
    bool solved[RIVALS];
    double aicc[RIVALS], weight[RIVALS]; /* aicc INFINITY: cannot be compared */
};

static void fit_rivals(const vti_mold_run *run, const vt_kink_data *data, vt_kink *ws, struct rivals *r)
{
    const vt_kink_model model[RIVALS] = {run->par->kink == VTI_KINK_JUMP ? VT_KINK_JUMP : VT_KINK_CONTINUOUS,
                                         VT_KINK_VFT, VT_KINK_ARRHENIUS};
    for (int m = 0; m < RIVALS; m++) {
        vt_kink_options *opt = &r->opt[m];
        *opt = (vt_kink_options){.model = model[m],
                                 .fix_eta0 = true,
                                 .held = {.ln_eta0 = log(run->par->vft_viscosity_infinite)},
                                 .no_covariance = true};
        r->aicc[m] = INFINITY;
        if (m == KINK && run->par->kink == VTI_KINK_NONE) continue;
        if (vt_kink_solve(ws, data, opt, &r->fit[m], NULL) != VT_OK) continue;
        r->solved[m] = true;
        r->aicc[m] = r->fit[m].aicc;
        if (m == ARRHENIUS || r->fit[m].liquid < 6) continue; /* P10 step 2: with six liquid points eta0 is free */
        opt->fix_eta0 = false;
        if (vt_kink_solve(ws, data, opt, &r->fit[m], NULL) == VT_OK)
            r->aicc[m] = r->fit[m].aicc;
        else
            opt->fix_eta0 = true;
    }
}

static vt_status keep(vti_mold_run *run, const struct rivals *r, int m, vt_error *err)
{
    run->laws.model = r->opt[m].model;
    run->laws.fix_eta0 = r->opt[m].fix_eta0;
    if (m != KINK || !r->solved[m] || !r->fit[m].edge) return VT_OK;
    return vt_result_warn(run->result, err, "W_KINK_EDGE",
                          "the kink at %.4g degC lies at the edge of the temperatures: its position is a bound",
                          r->fit[m].law.Tk - 273.15);
}

/* Fits the rival laws; unless the user decides, the kink is kept where it beats both others and chance. */
static vt_status choose_viscosity(vti_mold_run *run, vt_kink *ws, vt_error *err)
{
    const vti_law_data *d = &run->data;
    const vt_kink_data data = {.n = d->n_eta, .T = d->T_eta, .ln_eta = d->ln_eta, .u = d->u_eta};
    const int wish = run->par->kink;
    struct rivals r = {0};
    vt_status st = VT_OK;
    fit_rivals(run, &data, ws, &r);
    run->laws.has_viscosity = true;
    const bool forced = (wish == VTI_KINK_CONTINUOUS || wish == VTI_KINK_JUMP) && r.solved[KINK];
    if (vt_akaike_weights(RIVALS, r.aicc, r.weight, NULL) != VT_OK) /* too few points to compare: VFT with eta0 held */
        return keep(run, &r, forced ? KINK : VFT, err);
    for (int m = 0; st == VT_OK && m < RIVALS; m++)
        if (isfinite(r.aicc[m]))
            st = add_model(run, KINK_NAME[r.opt[m].model], "viscosity law", &r.fit[m], r.weight[m], err);
    const int best = r.aicc[ARRHENIUS] < r.aicc[VFT] ? ARRHENIUS : VFT;
    if (st != VT_OK || !r.solved[KINK]) return st == VT_OK ? keep(run, &r, best, err) : st;
    st = test_kink(run, &data, &r.opt[KINK], r.opt[best].model, err);
    if (st != VT_OK) return st;
    /* with one point more than constants AICc cannot speak; the test against chance can */
    const bool better = !isfinite(r.aicc[KINK]) || r.aicc[KINK] < r.aicc[best];
    if (forced || (better && run->p_kink < 0.05)) return keep(run, &r, KINK, err);
    st = keep(run, &r, best, err);
    if (st != VT_OK) return st;
    return vt_result_warn(run->result, err, "W_NO_KINK",
                          "the viscosities do not prove a kink (p = %.3g); the law is %s at all temperatures",
                          run->p_kink, KINK_NAME[run->laws.model]);
}

/* Weighted line in 1/T with a break of slope at Tk: the change of slope and its uncertainty. */
static void slope_change(vti_mold_run *run, double Tk)
{
    const vti_law_data *d = &run->data;
    double A[3][4] = {{0}};
    size_t below = 0, above = 0;
    for (size_t i = 0; i < d->n_mobility; i++) {
        const double x = 1.0 / d->T_mobility[i] - 1.0 / Tk, w = 1.0 / d->u_mobility[i];
        const double row[4] = {w, w * x, x > 0.0 ? w * x : 0.0, w * d->ln_mobility[i]};
        below += x > 0.0;
        above += x <= 0.0;
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 4; b++) A[a][b] += row[a] * row[b];
    }
    if (below < 2 || above < 2) return;
    for (int a = 0; a < 2; a++) /* elimination; the last row leaves the change and its weight */
        for (int b = a + 1; b < 3; b++) {
            const double f = A[b][a] / A[a][a];
            for (int k = a; k < 4; k++) A[b][k] -= f * A[a][k];
        }
    if (!(A[2][2] > 0.0)) return;
    run->slope_change = -VT_BOLTZMANN * A[2][3] / A[2][2];
    run->u_slope_change = VT_BOLTZMANN / sqrt(A[2][2]);
}

vt_status vti_mold_fit_laws(vti_mold_run *run, vt_error *err)
{
    vt_kink *ws = NULL;
    const vti_law_assumptions as = vti_mold_assumptions(run);
    vt_status st;
    run->p_kink = run->slope_change = run->u_slope_change = NAN;
    VT_TRY(st = collect(run, err));
    const size_t n_eta = temperatures(run->data.n_eta, run->data.T_eta);
    const size_t n_mobility = temperatures(run->data.n_mobility, run->data.T_mobility);
    VT_TRY(st = vt_kink_create(&ws, run->data.n_eta + 1, err));
    run->laws.has_mobility = n_mobility >= 2;
    if (n_eta >= 3) VT_TRY(st = choose_viscosity(run, ws, err));
    if (n_eta < 3 || n_mobility < 2)
        VT_TRY(st = vt_result_warn(run->result, err, "W_FEW_TEMPERATURES",
                                   "viscosity at %zu and interface mobility at %zu temperatures; a viscosity law needs "
                                   "3, a mobility law 2",
                                   n_eta, n_mobility));
    st = vti_laws_solve(&run->data, &as, ws, &run->laws, err);
    if (st == VT_EDOF || st == VT_EDOMAIN || st == VT_EUNPHYSICAL) {
        run->laws.has_viscosity = run->laws.has_mobility = false;
        st = vt_result_warn(run->result, err, "W_NO_LAW", "no law over temperature: %s", err ? err->msg : "");
    }
    if (st == VT_OK && run->laws.has_viscosity && run->laws.has_mobility && run->laws.value[VTI_LAW_TK] > 0.0)
        slope_change(run, run->laws.value[VTI_LAW_TK]);
done:
    vt_kink_free(ws);
    return st;
}
