/* Properties, models and warnings of one specimen. */
#include "experiment/emit_internal.h"
#include "tomography_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/constants.h>
#include <vitrum/modelchoice.h>

static vt_status put_models(vti_tomo_run *run, const vti_tomo_body *b, vt_error *err)
{
    double weight[VTI_TOMO_MODELS];
    for (size_t m = 0; m < VTI_TOMO_MODELS; m++) weight[m] = b->fit[m].aicc;
    vt_status st = vt_akaike_weights(VTI_TOMO_MODELS, weight, weight, err);
    for (size_t m = 0; st == VT_OK && m < VTI_TOMO_MODELS; m++) {
        if (!isfinite(b->fit[m].aicc)) continue;
        vt_model v = {.aicc = b->fit[m].aicc, .weight = weight[m], .chi2 = b->fit[m].chi2, .parameters = b->fit[m].k};
        snprintf(v.name, sizeof v.name, "%s", b->fit[m].name);
        snprintf(v.group, sizeof v.group, "%s", b->name);
        st = vt_result_add_model(run->result, &v, err);
    }
    return st;
}

static vt_status put_layer(vti_tomo_run *run, const vti_tomo_body *b, vt_error *err)
{
    const vt_budget_item budget[] = {
        {.source = "fit of the profile", .type = 'A', .u = b->u_fit, .c = 1.0},
        {.source = "resolution",
         .group = "resolution",
         .type = 'B',
         .u = b->u_sigma > 0.0 ? b->u_sigma : 0.0,
         .c = b->u_sigma > 0.0 ? b->u_resolution / b->u_sigma : 0.0},
        {.source = "voxel scale", .group = "voxel", .type = 'B', .u = b->par.voxel_u, .c = b->image ? b->SR : 0.0},
        {.source = "centre and outline", .type = 'A', .u = b->u_shape, .c = 1.0},
        {.source = "choice of model", .type = 'B', .u = b->u_model, .c = 1.0}};
    return vti_emit_value(run->result,
                          &(vti_value){.name = "layer_thickness",
                                       .symbol = "SR",
                                       .unit = "m",
                                       .value = b->SR,
                                       .u = b->u_SR,
                                       .low = b->low,
                                       .high = b->high,
                                       .level = run->job->common.level,
                                       .method = b->fit[b->best].name,
                                       .scope_key = "specimen",
                                       .scope_text = b->name,
                                       .nbudget = 5,
                                       .budget = budget},
                          err);
}

static vt_status put_density(vti_tomo_run *run, const vti_tomo_body *b, vt_error *err)
{
    const double z = vti_tomo_quantile(run, b);
    const vt_budget_item budget[] = {
        {.source = "fit of the profile", .type = 'A', .u = b->u_ratio_fit, .c = 1.0},
        {.source = "resolution",
         .group = "resolution",
         .type = 'B',
         .u = b->u_sigma > 0.0 ? b->u_sigma : 0.0,
         .c = b->u_sigma > 0.0 ? b->u_ratio_blur / b->u_sigma : 0.0},
        {.source = "sharp or graded", .type = 'B', .u = b->u_ratio_model, .c = 1.0},
        {.source = "cupping that is not linear", .type = 'B', .u = b->u_ratio_cupping, .c = 1.0}};
    return vti_emit_value(run->result,
                          &(vti_value){.name = "density_ratio",
                                       .symbol = "rho_s/rho_c",
                                       .unit = "1",
                                       .value = b->ratio,
                                       .u = b->u_ratio,
                                       .low = b->ratio - z * b->u_ratio,
                                       .high = b->ratio + z * b->u_ratio,
                                       .level = run->job->common.level,
                                       .method = "contrast over that of the core, grey "
                                                 "linear in density; cupping and fringe fitted",
                                       .scope_key = "specimen",
                                       .scope_text = b->name,
                                       .nbudget = 4,
                                       .budget = budget},
                          err);
}

static vt_status put_diameter(vti_tomo_run *run, const vti_tomo_body *b, vt_error *err)
{
    const vt_budget_item budget[] = {
        {.source = "outline", .type = 'A', .u = b->u_outline, .c = 1.0},
        {.source = "what the edge is", .type = 'B', .u = b->u_edge, .c = 1.0},
        {.source = "voxel scale", .group = "voxel", .type = 'B', .u = b->par.voxel_u, .c = b->diameter}};
    return vti_emit_covered(run->result,
                            &(vti_value){.name = "diameter",
                                         .symbol = "D",
                                         .unit = "m",
                                         .value = b->diameter,
                                         .u = b->u_diameter,
                                         .method = "disc of the same area, steepest grey",
                                         .scope_key = "specimen",
                                         .scope_text = b->name,
                                         .nbudget = 3,
                                         .budget = budget},
                            run->job->common.level, err);
}

/* ---- warnings ---- */
static vt_status warn_layer(vti_tomo_run *run, const vti_tomo_body *b, vt_error *err)
{
    const double fwhm = VT_EDGE_FWHM * b->fit[b->best].x[VT_EDGE_SIGMA];
    const bool open = isnan(b->low);
    if (b->layer && (b->SR < fwhm || open))
        return vt_result_warn(run->result, err, "W_RESOLUTION",
                              "%s: a layer of %.4g nm is thinner than the resolution, %.4g nm: its thickness and its "
                              "density cannot be told apart%s",
                              b->name, 1e9 * b->SR, 1e9 * fwhm,
                              open ? ", and its interval is not closed: not given" : "");
    if (b->layer) return VT_OK;
    if (!(b->sigma > 0.0))
        return vt_result_warn(
            run->result, err, "W_RESOLUTION",
            "%s: the resolution is not known, and a layer cannot be told from blur; the edge has a full "
            "width of %.4g nm. Give resolution, or a table of form edge",
            b->name, 1e9 * fwhm);
    const double gain =
        b->best_layer < VTI_TOMO_MODELS ? b->fit[b->best_single].aicc - b->fit[b->best_layer].aicc : 0.0;
    return vt_result_warn(
        run->result, err, "W_LAYER_NOT_IDENTIFIED",
        "%s: %s explains the profile; the best model with a layer is %s by %.1f in AICc, and better by %d is "
        "asked for",
        b->name, b->fit[b->best].name, gain < 0.0 ? "worse" : "better", fabs(gain), VTI_TOMO_GAIN);
}

static vt_status warn_sides(vti_tomo_run *run, const vti_tomo_body *b, vt_error *err)
{
    static const char *const PAIR[2] = {"right and left", "lower and upper"};
    vt_status st = VT_OK;
    for (size_t k = 0; b->layer && st == VT_OK && k < 2; k++) {
        const double a = b->side[2 * k], c = b->side[2 * k + 1], u = hypot(b->u_side[2 * k], b->u_side[2 * k + 1]);
        if (!(fabs(a - c) > 3.3 * u)) continue; /* one in a thousand */
        st = vt_result_warn(
            run->result, err, "W_SIDES",
            "%s: the layer of the %s half is %.4g nm and %.4g nm, %.1f standard uncertainties apart: it is "
            "no layer of one thickness",
            b->name, PAIR[k], 1e9 * a, 1e9 * c, fabs(a - c) / u);
    }
    return st;
}

/* Voxels at the end of the scale in the whole picture, and those that the profile holds. */
static vt_status warn_lettering(vti_tomo_run *run, const vti_tomo_body *b, vt_error *err)
{
    const vt_image *m = b->image;
    const double full = m->bits <= 8 ? 255.0 : 65535.0, reach = b->outline[0].c[0] - b->whole.s[0] / b->par.voxel;
    size_t all = 0, near = 0;
    if (m->real) return VT_OK;
    for (size_t y = 0; y < m->height; y++)
        for (size_t x = 0; x < m->width; x++) {
            if ((double)m->grey[y * m->width + x] < full) continue;
            all++;
            near +=
                hypot((double)x - b->outline[0].x, (double)y - b->outline[0].y) < reach && !vti_tomo_masked(b, 0, x, y);
        }
    if (all == 0) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_LETTERING",
        "%s: %zu pixels of the picture are at %g, the end of its scale, like lettering; %zu of them are "
        "in the profile%s",
        b->name, all, full, near, near ? ": leave them out with mask_above" : "");
}

static vt_status warn_steps(vti_tomo_run *run, const vti_tomo_body *b, vt_error *err)
{
    const vt_image *m = b->image;
    const vti_edge_fit *f = &b->fit[b->best];
    const double contrast = fabs(f->x[VT_EDGE_RIM] + f->x[VT_EDGE_STEP] - f->x[VT_EDGE_AIR]);
    const double slope = contrast / (f->x[VT_EDGE_SIGMA] * sqrt(2.0 * VT_PI));
    const double step = 255.0 / ((1U << (m->bits < 8 ? m->bits : 8)) - 1.0); /* 2 and 4 bit are spread over 0 to 255 */
    if (m->real || m->bits > 8) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_QUANTIZED",
        "%s: %u bit%s: the contrast is %.0f steps of grey; rounding to a step is %.2g nm of the edge in "
        "each voxel, and grey through a window or palette need not be linear in density",
        b->name, m->bits, m->palette ? ", palette" : "", contrast / step, 1e9 * step / (sqrt(12.0) * slope));
}

/* What whole numbers of few bits, correlated voxels and an edge that is not only blurred cost. */
static vt_status warn_picture(vti_tomo_run *run, const vti_tomo_body *b, vt_error *err)
{
    if (!b->image) return VT_OK;
    vt_status st = warn_steps(run, b, err);
    if (st == VT_OK && b->image->colour && b->par.mask_colour)
        st = vt_result_warn(run->result, err, "W_MASKED", "%s: coloured pixels and their neighbours are left out",
                            b->name);
    if (st == VT_OK && b->whole.correlation > 4.0)
        st = vt_result_warn(
            run->result, err, "W_CORRELATED",
            "%s: the noise of neighbours is correlated, as in a resampled picture or beside streaks: the "
            "%.0f voxels are as good as %.0f independent ones, which makes the errors %.1f times larger",
            b->name, b->whole.pixels, b->whole.pixels / b->whole.correlation, sqrt(b->whole.correlation));
    const double off = fabs(b->fit[b->best].x[VT_EDGE_S0]);
    if (st == VT_OK && off > 0.1 * b->par.voxel)
        st = vt_result_warn(
            run->result, err, "W_EDGE",
            "%s: the grey is steepest %.3g nm from where the fitted edge is half way: the edge is not only "
            "blurred (streaks, halo, resampling); the diameter has that as uncertainty",
            b->name, 1e9 * off);
    return st == VT_OK ? warn_lettering(run, b, err) : st;
}

vt_status vti_tomo_report(vti_tomo_run *run, vti_tomo_body *b, vt_error *err)
{
    vt_status st;
    VT_TRY(st = put_models(run, b, err));
    if (b->layer && !isnan(b->low)) {
        VT_TRY(st = put_layer(run, b, err));
        VT_TRY(st = put_density(run, b, err));
    }
    if (b->image) VT_TRY(st = put_diameter(run, b, err));
    VT_TRY(st = warn_layer(run, b, err));
    VT_TRY(st = warn_sides(run, b, err));
    st = warn_picture(run, b, err);
done:
    return st;
}
