/* Every model at every condition; which of the two joint models holds; which mechanisms the lengths show (P09). */
#include "base/quantity_internal.h"
#include "molding.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/modelchoice.h>
#include <vitrum/molding_law.h>

/* Drop of -2 ln likelihood that a second mechanism must bring: 95 % of chi2 with one degree of freedom. */
static const double EVIDENCE = 3.841458820694124;

double vti_mold_ln_eta(const vti_condition *c, double ln_a)
{
    return log(c->I / VT_MOLDING_PREFACTOR_PAPER) - ln_a;
}

double vti_mold_ln_mobility(const vti_condition *c, double T, double Omega, double ln_b)
{
    return ln_b - log(8.0 * Omega * c->I / (VT_BOLTZMANN * T));
}

static void fit_all(vti_mold_run *run, size_t k)
{
    vti_condition *c = &run->c[k];
    const vti_lengths data = vti_mold_lengths(run, k);
    for (int m = 0; m < VTI_FREE; m++)
        c->fitted[m] = vti_fit_length(&data, (vti_length_model)m, &c->fit[m], NULL) == VT_OK;
    if (c->fitted[VTI_ADDITIVE] && !run->par->entrance)
        c->fitted[VTI_FREE] = vti_fit_free(&data, &c->fit[VTI_ADDITIVE], &c->fit[VTI_FREE], NULL) == VT_OK;
    for (int m = 0; m < VTI_LENGTH_MODELS; m++) {
        c->aicc[m] = INFINITY;
        if (!c->fitted[m]) continue;
        const vti_length_fit *f = &c->fit[m];
        const vt_status st = c->relative ? vt_aicc_relative(f->chi2, f->n, f->k, &c->aicc[m], NULL)
                                         : vt_aicc_absolute(f->objective, f->n, f->k, &c->aicc[m], NULL);
        if (st != VT_OK) c->aicc[m] = INFINITY;
    }
    if (vt_akaike_weights(VTI_LENGTH_MODELS, c->aicc, c->weight, NULL) != VT_OK)
        for (int m = 0; m < VTI_LENGTH_MODELS; m++) c->weight[m] = 0.0;
}

/* -2 ln likelihood in units that compare: relative weights are scaled by the fit of the better joint model. */
static double badness(const vti_condition *c, vti_length_model m)
{
    if (!c->fitted[m]) return INFINITY;
    if (!c->relative) return c->fit[m].objective;
    double best = INFINITY;
    for (int j = VTI_ADDITIVE; j <= VTI_FASTEST; j++)
        if (c->fitted[j]) best = fmin(best, c->fit[j].chi2 / ((double)c->n - 2.0));
    return best > 0.0 && isfinite(best) ? c->fit[m].chi2 / best : c->fit[m].chi2;
}

/* Does the joint model show both mechanisms, with diameters on either side of its crossing? */
static vti_side side_of(const vti_condition *c, vti_length_model model, const double *ln_d)
{
    const double viscous = badness(c, VTI_VISCOUS), diffusion = badness(c, VTI_DIFFUSION), both = badness(c, model);
    const vti_side stronger = viscous <= diffusion ? VTI_VISCOUS_SIDE : VTI_DIFFUSION_SIDE;
    if (!(both < viscous - EVIDENCE) || !(both < diffusion - EVIDENCE)) return stronger;
    const double crossing = vti_ln_crossing(&c->fit[model], NULL);
    if (crossing <= ln_d[0]) return VTI_VISCOUS_SIDE;
    if (crossing >= ln_d[c->n - 1]) return VTI_DIFFUSION_SIDE;
    return VTI_BOTH_SIDES;
}

/* One nature at all conditions: the joint model with the higher likelihood over those that show both mechanisms. */
static vti_length_model choose(const vti_mold_run *run)
{
    double difference = 0.0; /* fastest minus additive */
    if (run->par->model == VTI_CHOOSE_ADDITIVE || run->par->entrance) return VTI_ADDITIVE;
    if (run->par->model == VTI_CHOOSE_FASTEST) return VTI_FASTEST;
    for (size_t k = 0; k < run->nc; k++) {
        const vti_condition *c = &run->c[k];
        const double a = badness(c, VTI_ADDITIVE), f = badness(c, VTI_FASTEST);
        if (!isfinite(a) || !isfinite(f)) continue;
        const double single = fmin(badness(c, VTI_VISCOUS), badness(c, VTI_DIFFUSION));
        if (fmin(a, f) < single - EVIDENCE) difference += f - a;
    }
    return difference < 0.0 ? VTI_FASTEST : VTI_ADDITIVE;
}

/* Covariance scale and quantile of the interval. */
static void reliability(vti_condition *c, double level)
{
    const double nu = (double)c->best.n - (double)c->best.k;
    const double scatter = nu > 0.0 ? c->best.chi2 / nu : 1.0;
    const bool misfit = nu > 0.0 && gsl_cdf_chisq_Q(c->best.chi2, nu) < 0.01;
    c->scale = c->relative ? fmax(scatter, 1e-12) : misfit ? scatter : 1.0; /* exact lengths: u of 1e-7 */
    if (c->relative || misfit) c->dof = nu;
    c->quantile = vti_coverage_factor(level, c->dof);
}

static void values(vti_mold_run *run, vti_condition *c)
{
    c->side = side_of(c, run->model, run->ln_d + c->first);
    const bool joint = c->fitted[run->model] && isfinite(badness(c, run->model)) &&
                       badness(c, run->model) < fmin(badness(c, VTI_VISCOUS), badness(c, VTI_DIFFUSION)) - EVIDENCE;
    const vti_length_model single = c->side == VTI_DIFFUSION_SIDE ? VTI_DIFFUSION : VTI_VISCOUS;
    c->best = c->fit[c->side == VTI_BOTH_SIDES || joint ? run->model : single];
    reliability(c, run->job->common.level);
    const double root = sqrt(c->scale);
    const bool eta = c->side != VTI_DIFFUSION_SIDE, mobility = c->side != VTI_VISCOUS_SIDE;
    c->ln_eta = eta ? vti_mold_ln_eta(c, c->best.ln_a) : NAN;
    c->u_ln_eta = eta ? root * sqrt(c->best.V_aa) : NAN;
    c->ln_mobility = mobility ? vti_mold_ln_mobility(c, c->T, run->known.Omega, c->best.ln_b) : NAN;
    c->u_ln_mobility = mobility ? root * sqrt(c->best.V_bb) : NAN;
}

/* Bound in words, for a refusal. */
static vt_status one_branch(vti_mold_run *run, vt_error *err)
{
    const vti_condition *c = &run->c[0];
    char label[96];
    const bool viscous = c->side == VTI_VISCOUS_SIDE;
    const vti_lengths data = vti_mold_lengths(run, 0);
    const double drop = pow(gsl_cdf_ugaussian_Pinv(run->job->common.level), 2.0) * c->scale;
    double limit, other;
    const vt_status st = vti_length_limit(&data, viscous ? VTI_DIFFUSION : VTI_VISCOUS, drop, &limit, &other, err);
    if (st != VT_OK) return st;
    const double d_c = exp((viscous ? limit - other : other - limit) / 3.0);
    return vt_fail_at(err, VT_EONE_BRANCH, run->file[c->first], run->line[c->first], 0,
                      "all diameters at %s lie on the %s side of the crossing: d_c is %s %.3g nm (%.3g confidence); "
                      "measure %s diameters",
                      vti_mold_label(c, label, sizeof label), viscous ? "viscous" : "diffusion",
                      viscous ? "at most" : "at least", 1e9 * d_c, run->job->common.level,
                      viscous ? "smaller" : "larger");
}

vt_status vti_mold_fit(vti_mold_run *run, vt_error *err)
{
    size_t crossing = 0;
    for (size_t k = 0; k < run->nc; k++) fit_all(run, k);
    run->model = choose(run);
    for (size_t k = 0; k < run->nc; k++) {
        values(run, &run->c[k]);
        crossing += run->c[k].side == VTI_BOTH_SIDES;
    }
    return crossing == 0 ? one_branch(run, err) : VT_OK;
}
