/* Thickness, density ratio and diameter with their budgets; the same from each half of the body. */
#include "base/quantity_internal.h"
#include "tomography_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

double vti_tomo_quantile(const vti_tomo_run *run, const vti_tomo_body *b)
{
    return vti_coverage_factor(run->job->common.level, b->dof);
}

static double cov_of(const vti_edge_fit *f, size_t i, size_t j)
{
    return f->cov[i * VT_EDGE_P + j];
}

/* Root mean square error of the outline: what smears both edges beyond the blur that is known, m. */
static double outline_error(const vti_tomo_body *b)
{
    double sum = 0.0;
    if (!b->image) return 0.0;
    for (size_t i = 0; i < b->image->count; i++) {
        const vti_outline *o = &b->outline[i];
        for (size_t k = 1; k < 2 * o->harmonics + 1; k++) sum += 0.5 * o->u[k] * o->u[k];
    }
    return b->par.voxel * sqrt(sum / (double)b->image->count);
}

/* Shares of the uncertainty: with the blur held, what the fit alone has; the smear acts as blur, d sigma = e^2/(2
 * sigma). */
static void split(vti_tomo_body *b, vti_edge_problem *p)
{
    vti_edge_fit held = b->fit[b->best];
    const vti_edge_fit *f = &b->fit[b->best];
    const double all = sqrt(cov_of(f, VT_EDGE_SR, VT_EDGE_SR)), e = outline_error(b);
    const double slope = cov_of(f, VT_EDGE_SR, VT_EDGE_SIGMA) / cov_of(f, VT_EDGE_SIGMA, VT_EDGE_SIGMA);
    const bool done = vti_edge_solve(p, &held, VTI_EDGE_BLUR);
    b->u_fit = done ? fmin(sqrt(cov_of(&held, VT_EDGE_SR, VT_EDGE_SR)), all) : all;
    b->u_resolution = sqrt(fmax(all * all - b->u_fit * b->u_fit, 0.0));
    b->u_voxel = b->image ? b->SR * b->par.voxel_u : 0.0;
    b->u_shape = fabs(slope) * e * e / (2.0 * f->x[VT_EDGE_SIGMA]);
}

/* The profile interval of the chosen model about the mean over the models, widened by what is not in the fit. */
static void interval(vti_tomo_run *run, vti_tomo_body *b, vti_edge_problem *p)
{
    const double z = vti_tomo_quantile(run, b), level = 2.0 * gsl_cdf_ugaussian_P(z) - 1.0;
    const double best = b->fit[b->best].x[VT_EDGE_SR];
    double low, high;
    b->low = b->high = NAN;
    if (!vti_edge_interval(p, &b->fit[b->best], level, &low, &high)) return;
    const double more = z * hypot(hypot(b->u_voxel, b->u_shape), b->u_model);
    b->low = b->SR - hypot(best - low, more);
    b->high = b->SR + hypot(high - best, more);
}

/* Density ratio of one model and its variance. */
static double ratio_of(const vti_edge_fit *f, double *variance)
{
    const double rim = f->x[VT_EDGE_RIM] - f->x[VT_EDGE_AIR], core = rim + f->x[VT_EDGE_STEP];
    const double d[3] = {rim / (core * core) - 1.0 / core, 1.0 / core - rim / (core * core), -rim / (core * core)};
    static const size_t AT[3] = {VT_EDGE_AIR, VT_EDGE_RIM, VT_EDGE_STEP};
    *variance = 0.0;
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++) *variance += d[i] * d[j] * cov_of(f, AT[i], AT[j]);
    return rim / core;
}

/* What linear cupping leaves of the parabola that a beam hardens to, at the end of the profile, as the half-width of a
 * rectangle: its square over 3, over the grey of the core. */
static double parabola(const vti_tomo_body *b, const vti_edge_fit *f)
{
    const double core = f->x[VT_EDGE_RIM] - f->x[VT_EDGE_AIR] + f->x[VT_EDGE_STEP];
    if (!b->image || !f->cupping) return 0.0;
    const double depth = b->whole.s[b->whole.n - 1], R = b->outline[0].c[0] * b->par.voxel;
    return pow(f->x[VT_EDGE_CUP] * depth * depth / (2.0 * R * core), 2.0) / 3.0;
}

/* Akaike weight of each model with a layer; 0 of the others. */
static void weights(const vti_tomo_body *b, double w[VTI_TOMO_MODELS])
{
    double sum = 0.0;
    for (size_t m = 0; m < VTI_TOMO_MODELS; m++) {
        const vti_edge_fit *f = &b->fit[m];
        w[m] = f->layer && isfinite(f->aicc) ? exp(0.5 * (b->fit[b->best].aicc - f->aicc)) : 0.0;
        sum += w[m];
    }
    for (size_t m = 0; m < VTI_TOMO_MODELS; m++) w[m] /= sum;
}

/* Mean thickness over the models and the spread between them (Burnham & Anderson, Model Selection and Multimodel
 * Inference, 2002, section 4.3). */
static void average(vti_tomo_body *b, const double w[VTI_TOMO_MODELS])
{
    double SR = 0.0, spread = 0.0;
    for (size_t m = 0; m < VTI_TOMO_MODELS; m++)
        if (w[m] > 0.0) SR += w[m] * b->fit[m].x[VT_EDGE_SR];
    for (size_t m = 0; m < VTI_TOMO_MODELS; m++)
        if (w[m] > 0.0) spread += w[m] * pow(b->fit[m].x[VT_EDGE_SR] - SR, 2.0);
    b->u_model = sqrt(spread);
    b->SR = SR;
}

/* The sharp layer with the most nuisances that could be fitted. */
static const vti_edge_fit *fullest(const vti_tomo_body *b)
{
    const vti_edge_fit *full = NULL;
    for (size_t m = 0; m < VTI_TOMO_MODELS; m++) {
        const vti_edge_fit *f = &b->fit[m];
        if (!f->layer || f->graded || !isfinite(f->aicc)) continue;
        if (!full || f->k > full->k || (f->k == full->k && f->aicc < full->aicc)) full = f;
    }
    return full ? full : &b->fit[b->best];
}

/* Greys come from the model with cupping and fringe, whether or not chance lets them be seen: both are always there a
 * little, and a mean over models is biased where they are weak and too wide where they are none (Hjort & Claeskens, J.
 * Am. Stat. Assoc. 98 (2003) 879). Between a sharp and a graded inner edge, by Akaike weight. */
static void density(vti_tomo_body *b, vti_edge_problem *p, double graded)
{
    const vti_edge_fit *full = fullest(b);
    vti_edge_fit held = *full;
    double all, fit, other, off = 0.0;
    b->ratio = ratio_of(full, &all);
    fit = all;
    if (vti_edge_solve(p, &held, VTI_EDGE_BLUR)) (void)ratio_of(&held, &fit);
    const double share = all > 0.0 ? fmin(fit / all, 1.0) : 1.0;
    if (graded > 0.0) {
        off = ratio_of(&b->fit[VTI_TOMO_MODELS - 1], &other) - b->ratio;
        all += graded * (other - all);
    }
    b->ratio += graded * off;
    b->u_ratio_fit = sqrt(share * all);
    b->u_ratio_blur = sqrt((1.0 - share) * all);
    b->u_ratio_model = sqrt(graded * (1.0 - graded)) * fabs(off);
    b->u_ratio_cupping = sqrt(parabola(b, full));
    b->u_ratio = hypot(hypot(b->u_ratio_fit, b->u_ratio_blur), hypot(b->u_ratio_model, b->u_ratio_cupping));
}

/* Radius of the disc of the outline's area, mean over the slices, pixels. */
static double mean_radius(const vti_tomo_body *b, double *u)
{
    double sum = 0.0, square = 0.0;
    for (size_t i = 0; i < b->image->count; i++) {
        const vti_outline *o = &b->outline[i];
        double area = o->c[0] * o->c[0];
        for (size_t k = 1; k < 2 * o->harmonics + 1; k++) area += 0.5 * o->c[k] * o->c[k];
        sum += sqrt(area);
        square += o->u[0] * o->u[0];
    }
    *u = sqrt(square) / (double)b->image->count;
    return sum / (double)b->image->count;
}

/* The surface is where the grey is steepest (P31, step 1), outside that of a blurred disc by what its curvature takes,
 * if the blur is known; if not, the width of the edge may be streaks or roughness, and what a blur of that width would
 * take is the width of a rectangle. Where the fitted edge lies elsewhere, blur is not the only thing at the edge: that
 * is half the width of another one. */
static void diameter(vti_tomo_body *b)
{
    const vti_edge_fit *f = &b->fit[b->best];
    double u_outline, shift = 0.0;
    const double voxel = b->par.voxel, R = mean_radius(b, &u_outline) * voxel, s0 = f->x[VT_EDGE_S0];
    const bool known = b->sigma > 0.0;
    (void)vt_edge_profile_curvature(f->x[VT_EDGE_SIGMA], R, &shift, NULL);
    b->diameter = 2.0 * (known ? R - shift : R);
    b->u_outline = 2.0 * voxel * u_outline;
    b->u_edge = 2.0 * hypot(s0 / sqrt(3.0), known ? 0.25 * shift : shift / sqrt(12.0));
    b->u_diameter = hypot(hypot(b->u_outline, b->u_edge), b->diameter * b->par.voxel_u);
}

/* The chosen model on each half; the halves share what the fit of the whole says of the blur. */
static void halves(vti_tomo_body *b, vti_edge_problem *p)
{
    for (size_t k = 0; k < VTI_TOMO_HALVES; k++) {
        vti_edge_fit f = b->fit[b->best];
        vti_edge_problem q = *p;
        b->side[k] = b->u_side[k] = NAN;
        if (!b->layer || b->half[k].n < VTI_TOMO_LEAST) continue;
        q.p = &b->half[k];
        if (!vti_edge_solve(&q, &f, VTI_EDGE_BLUR)) continue;
        b->side[k] = f.x[VT_EDGE_SR];
        b->u_side[k] = sqrt(cov_of(&f, VT_EDGE_SR, VT_EDGE_SR));
    }
}

vt_status vti_tomo_layer(vti_tomo_run *run, vti_tomo_body *b, vti_edge_problem *p, vt_error *err)
{
    double w[VTI_TOMO_MODELS];
    (void)err;
    b->low = b->high = NAN;
    if (b->layer) {
        b->SR = b->fit[b->best].x[VT_EDGE_SR];
        split(b, p);
        weights(b, w);
        average(b, w);
        density(b, p, w[VTI_TOMO_MODELS - 1]);
        b->u_SR = sqrt(b->u_fit * b->u_fit + b->u_resolution * b->u_resolution + b->u_voxel * b->u_voxel +
                       b->u_shape * b->u_shape + b->u_model * b->u_model);
        interval(run, b, p);
    }
    if (b->image) diameter(b);
    halves(b, p);
    return VT_OK;
}
