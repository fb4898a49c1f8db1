/* Doubts that travel with the result (P22, P23). */
#include "onchip_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>

static vt_status calibration(vti_onchip_run *run, vt_error *err)
{
    const vti_onchip_calibration *c = &run->cal;
    vt_status st = VT_OK;
    if (c->given) return VT_OK;
    if (!(c->slope > 0.0))
        return vt_result_warn(
            run->result, err, "W_CALIBRATION",
            "the mismatch strain of the actuators comes from %zu pointers alone, their hinges taken to "
            "be without stiffness; free actuators of 5 lengths would tell",
            c->pointers);
    if (5 * c->outliers > c->n)
        st = vt_result_warn(run->result, err, "W_OUTLIERS", "%zu of %zu free actuators lie off their line", c->outliers,
                            c->n);
    if (st == VT_OK && c->nu && gsl_cdf_chisq_Q(c->chi2, (double)c->nu) < 0.05)
        st = vt_result_warn(
            run->result, err, "W_SCATTER",
            "free actuators scatter about their line by more than displacement_u = %g nm: chi2 = %.3g of "
            "%zu; its uncertainty is widened",
            1e9 * run->par.displacement_u, c->chi2, c->nu);
    if (st == VT_OK && c->curled)
        st =
            vt_result_warn(run->result, err, "W_CURL",
                           "free actuators contract by more than a line the longer they are, as curled beams seen from "
                           "above (curvature %.3g 1/m): a term in the cube of the length is taken out; pointers would "
                           "tell",
                           sqrt(6.0 * c->curl));
    if (st != VT_OK || c->pointers == 0) return st;
    const double apart = c->pointer - c->eps_a, u = hypot(c->u_pointer, c->u_eps_a);
    if (fabs(apart) <= 2.0 * u) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_MISMATCH",
        "mismatch strain %.4g by pointers, %.4g by free actuators: apart by %.2g times their uncertainty", c->pointer,
        c->eps_a, fabs(apart) / u);
}

static vt_status scale(vti_onchip_run *run, vt_error *err)
{
    const double f = run->pass.out[VTI_CHIP_F];
    vt_status st = VT_OK;
    if (run->elastic == 0)
        st = vt_result_warn(
            run->result, err, "W_NO_ELASTIC",
            "no three specimens below yield: the independent modulus %.4g GPa is used, the scale is that of "
            "the geometry and the mismatch of the specimen %s",
            1e-9 * run->par.independent_modulus, isfinite(run->par.mismatch) ? "as given" : "taken as 0");
    else if (!run->has_reference)
        st = vt_result_warn(run->result, err, "W_NO_REFERENCE",
                            "no independent_modulus: the scale of stress is that of the stated geometry");
    else if (fabs(f - 1.0) > 2.0 * vti_onchip_u(run, VTI_CHIP_F))
        st = vt_result_warn(
            run->result, err, "W_CONSISTENCY",
            "the elastic specimens have %.3g +- %.2g of the independent modulus: widths, thicknesses, the "
            "modulus of the actuators or the shape of the dogbones are off by more than stated",
            f, vti_onchip_u(run, VTI_CHIP_F));
    for (size_t i = 0; st == VT_OK && run->elastic && i < run->beams; i++) {
        const double eps = run->beam[i].own.eps, fit = run->pass.out[VTI_CHIP_EPS];
        if (run->beam[i].role != VTI_ONCHIP_SPECIMEN || !isfinite(eps)) continue;
        if (fabs(eps - fit) <= 2.0 * vti_onchip_u(run, VTI_CHIP_EPS)) return VT_OK;
        return vt_result_warn(run->result, err, "W_MISMATCH",
                              "mismatch strain of the specimens stated as %.4g; their elastic line says %.4g +- %.2g",
                              eps, fit, vti_onchip_u(run, VTI_CHIP_EPS));
    }
    return st;
}

static vt_status yield(vti_onchip_run *run, vt_error *err)
{
    if (run->plastic == 0)
        return vt_result_warn(run->result, err, "W_NO_YIELD",
                              "no specimen is seen to flow: no yield stress, hardening or activation volume");
    if (run->plastic < 3)
        return vt_result_warn(run->result, err, "W_FEW_PLASTIC",
                              "%zu specimens flowed: hardening and yield stress need 3", run->plastic);
    const double theta = run->pass.out[VTI_CHIP_THETA_F], u = vti_onchip_u(run, VTI_CHIP_THETA_F);
    if (theta > 2.0 * u) return VT_OK;
    if (theta < -2.0 * u)
        return vt_result_warn(run->result, err, "W_SOFTENING",
                              "stress falls with strain beyond yield, %.3g +- %.2g GPa: the film softens, or "
                              "displacements of long actuators are clipped; reading physics of V takes it as it is",
                              1e-9 * theta, 1e-9 * u);
    return vt_result_warn(
        run->result, err, "W_HARDENING",
        "hardening %.3g +- %.2g GPa is not told from none: reading physics of V uses it all the same, and "
        "its uncertainty",
        1e-9 * theta, 1e-9 * u);
}

/* Specimens that relax too little to be seen, and those that leave the law. */
static vt_status laws(vti_onchip_run *run, vt_error *err)
{
    char names[160] = "";
    size_t small = 0, at = 0;
    double chi2 = 0.0, nu = 0.0, worst = 0.0;
    for (size_t i = 0; i < run->beams; i++) {
        const vti_onchip_beam *b = &run->beam[i];
        size_t first = b->from, last = b->from, n = 0;
        if (b->is != VTI_ONCHIP_PLASTIC || isnan(b->A1)) continue;
        for (size_t r = b->from; r < b->from + b->n; r++) {
            if (!run->reading[r].used) continue;
            if (n++ == 0) first = r;
            last = r;
        }
        chi2 += b->chi2;
        nu += (double)(n - 2);
        worst = fmax(worst, b->residual);
        if (run->reading[last].u - run->reading[first].u >= 2.0 * vti_onchip_noise(run, i)) continue;
        small++;
        if (at < sizeof names)
            at += (size_t)snprintf(names + at, sizeof names - at, "%s%.20s", at ? ", " : "", b->name);
    }
    vt_status st = VT_OK;
    if (small)
        st = vt_result_warn(run->result, err, "W_RESOLUTION",
                            "%zu specimens that flowed moved by less than twice displacement_u = %g nm while they were "
                            "watched: %s%s",
                            small, 1e9 * run->par.displacement_u, names, at < sizeof names ? "" : " ...");
    if (st != VT_OK || !(nu > 0.0) || !isfinite(chi2) || !(gsl_cdf_chisq_Q(chi2, nu) < 0.01)) return st;
    return vt_result_warn(
        run->result, err, "W_LACK_OF_FIT",
        "displacements leave u = A1 ln(A2 t) by more than their noise: chi2 = %.3g of %.0f, up to %.2g nm; "
        "look at the scale of each session, or at displacement_u",
        chi2, nu, 1e9 * worst);
}

/* A threshold that is given and leaves no thermal part. */
static vt_status threshold(vti_onchip_run *run, vt_error *err)
{
    const double stress = run->pass.out[VTI_CHIP_STRESS_F], limit = run->par.threshold_stress;
    if (!run->relaxed || !isfinite(limit) || stress > limit) return VT_OK;
    return vt_result_warn(run->result, err, "W_THRESHOLD",
                          "threshold_stress = %.4g MPa is not below the mean stress of the specimens that flowed, %.4g "
                          "MPa, which flow above it: no rate_sensitivity above the threshold",
                          1e-6 * limit, 1e-6 * stress);
}

/* The same specimen under two names counts twice. */
static vt_status twice(vti_onchip_run *run, vt_error *err)
{
    const char *name[2] = {NULL, NULL};
    size_t pairs = 0;
    for (size_t i = 0; i < run->beams; i++)
        for (size_t j = i + 1; j < run->beams; j++) {
            const vti_onchip_beam *a = &run->beam[i], *b = &run->beam[j];
            bool same = a->role == VTI_ONCHIP_SPECIMEN && b->role == a->role && a->n == b->n && a->n >= 3;
            for (size_t k = 0; same && k < a->n; k++) {
                const vti_onchip_reading *x = &run->reading[a->from + k], *y = &run->reading[b->from + k];
                same = !(fabs(x->u - y->u) > 0.0) && !(fabs(x->t - y->t) > 0.0);
            }
            if (!same) continue;
            if (pairs++ == 0) name[0] = a->name, name[1] = b->name;
        }
    if (pairs == 0) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_DUPLICATE",
        "structures '%.40s' and '%.40s' have the same readings to the last digit (pairs: %zu): if they "
        "are one they count twice; leave one out",
        name[0], name[1], pairs);
}

vt_status vti_onchip_warn(vti_onchip_run *run, vt_error *err)
{
    vt_status st = calibration(run, err);
    if (st == VT_OK) st = vti_onchip_compare_ends(run, err);
    if (st == VT_OK) st = twice(run, err);
    if (st == VT_OK) st = threshold(run, err);
    if (st == VT_OK) st = scale(run, err);
    if (st == VT_OK) st = yield(run, err);
    if (st == VT_OK) st = laws(run, err);
    if (st == VT_OK && fabs(run->A1_elastic) > 2.0 * run->u_A1_elastic && run->u_A1_elastic > 0.0)
        st = vt_result_warn(run->result, err, "W_ELASTIC_RELAXATION",
                            "elastic specimens move too: A1 = %.2g +- %.2g nm; the scale of the sessions, or stiction, "
                            "moves the others as well",
                            1e9 * run->A1_elastic, 1e9 * run->u_A1_elastic);
    const double nu = (double)run->pass.plastic - 1.0;
    if (st != VT_OK || !(nu > 0.0) || !isfinite(run->pass.chi2_S) || gsl_cdf_chisq_Q(run->pass.chi2_S, nu) > 0.01)
        return st;
    return vt_result_warn(run->result, err, "W_SCATTER",
                          "rate stresses of the specimens scatter by more than their noise: chi2 = %.3g of %.0f; their "
                          "mean is as much less certain",
                          run->pass.chi2_S, nu);
}
