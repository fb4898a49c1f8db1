/* What the record says of a layer: the published estimators by window, the rival models, and the verdict (P30). */
#include "base/quantity_internal.h"
#include "report_internal.h"
#include <math.h>
#include <stdio.h>
#include <vitrum/constants.h>
#include <vitrum/modelchoice.h>

static const char *const MODEL[VTI_TORSION_MODELS] = {"homogeneous", "layered", "layered, core yields", "equal yield",
                                                      "hardening"};

static vt_status emit_models(const vti_torsion_run *run, vt_error *err)
{
    double aicc[VTI_TORSION_MODELS], weight[VTI_TORSION_MODELS];
    for (int m = 0; m < VTI_TORSION_MODELS; m++) aicc[m] = run->fit[m].done ? run->fit[m].aicc : (double)INFINITY;
    vt_status st = vt_akaike_weights(VTI_TORSION_MODELS, aicc, weight, err);
    for (int m = 0; m < VTI_TORSION_MODELS && st == VT_OK; m++) {
        const vti_torsion_fit *f = &run->fit[m];
        if (!f->done) {
            st = vt_result_warn(run->result, err, "W_NOCONV", "the model '%s' could not be fitted", MODEL[m]);
            continue;
        }
        vt_model out = {.aicc = f->aicc, .weight = weight[m], .chi2 = NAN, .parameters = f->k + 2};
        snprintf(out.name, sizeof out.name, "%s", MODEL[m]);
        snprintf(out.group, sizeof out.group, "torque");
        st = vt_result_add_model(run->result, &out, err);
    }
    return st;
}

static vt_status emit_window(const vti_torsion_run *run, const vti_torsion_window *w, vt_error *err)
{
    const double z = vti_coverage_factor(run->job->common.level, INFINITY);
    char scope[32];
    vt_status st = VT_OK;
    snprintf(scope, sizeof scope, "%g %% past yield", 100.0 * w->share);
    vti_torsion_value v = {.name = "layer_thickness_slope",
                           .symbol = "SR_b",
                           .unit = "m",
                           .reading = "paper",
                           .method = run->par->core_modulus > 0.0 ? "R - (2 L b1/(pi G_i))^(1/4), all in u"
                                                                  : "R [1 - (b1/b0)^(1/4)], all in u",
                           .scope = scope,
                           .fit = {w->SR_b, w->u_SR_b, w->SR_b - z * w->u_SR_b, w->SR_b + z * w->u_SR_b}};
    if (isfinite(w->SR_b)) st = vti_torsion_emit(run, &v, err);
    v.name = "layer_thickness_intercept";
    v.symbol = "SR_a";
    v.method = "R [1 - (1 - 3 a1/(4 T_y))^(1/3)], all in u";
    v.fit = (vti_torsion_extent){w->SR_a, w->u_SR_a, w->SR_a - z * w->u_SR_a, w->SR_a + z * w->u_SR_a};
    if (st == VT_OK && isfinite(w->SR_a)) st = vti_torsion_emit(run, &v, err);
    return st;
}

static vt_status emit_windows(const vti_torsion_run *run, vt_error *err)
{
    enum { COLUMNS = 9 };
    double x[COLUMNS][VTI_TORSION_WINDOWS];
    const size_t n = run->windows;
    for (size_t k = 0; k < n; k++) {
        const vti_torsion_window *w = &run->window[k];
        const double row[COLUMNS] = {w->share, w->b1,     w->a1,      w->SR_b,       w->u_SR_b,
                                     w->SR_a,  w->u_SR_a, w->SR_null, w->p_curvature};
        for (size_t c = 0; c < COLUMNS; c++) x[c][k] = row[c];
        const vt_status st = emit_window(run, w, err);
        if (st != VT_OK) return st;
    }
    const vti_column columns[] = {{"window", "1", x[0], NULL},         {"slope", "N m rad-1", x[1], NULL},
                                  {"intercept", "N m", x[2], NULL},    {"SR_slope", "m", x[3], NULL},
                                  {"SR_slope_u", "m", x[4], NULL},     {"SR_intercept", "m", x[5], NULL},
                                  {"SR_intercept_u", "m", x[6], NULL}, {"SR_no_layer", "m", x[7], NULL},
                                  {"p_curvature", "1", x[8], NULL},    {0}};
    if (n == 0)
        return vt_result_warn(run->result, err, "W_SEGMENT_SHORT",
                              "the record has no window of 12 readings past yield: no line for the published recipe");
    return vti_emit_table(run->result, "windows",
                          "Published recipe by window; SR_no_layer: of a homogeneous wire of this yield", n, columns,
                          err);
}

/* G_s SR first; thickness and modulus where the record bounds them. */
/* The thickness where the likelihood closes it; an open side ends at nothing, or at the radius. */
static vti_torsion_extent thickness_of(const vti_torsion_run *run)
{
    const vti_torsion_extent *d = &run->fit[run->skin].d;
    vti_torsion_extent e = {.value = d->value, .low = isfinite(d->low) ? d->low : 0.0, .high = 1.0};
    const double level = run->job->common.level;
    if (isfinite(d->high)) e.high = d->high;
    e.u = (e.high - e.low) / (2.0 * vti_coverage_factor(level, INFINITY));
    return vti_torsion_times(e, run->R);
}

static vt_status separable(const vti_torsion_run *run, vt_error *err)
{
    const vti_torsion_fit *f = &run->fit[run->skin];
    const double skin = 2e-3 * run->L / (VT_PI * pow(run->R, 3.0)) * f->skin.value;
    char side[96] = "not bounded";
    if (isfinite(f->d.high))
        snprintf(side, sizeof side, "below %.3g um", 1e6 * run->R * f->d.high);
    else if (isfinite(f->d.low))
        snprintf(side, sizeof side, "above %.3g um", 1e6 * run->R * f->d.low);
    return vt_result_warn(run->result, err, "W_SEPARABLE",
                          "thickness and modulus of the layer cannot be told apart: only G_s SR = %.3g GPa um is "
                          "known, and SR %s; with G_s known from elsewhere, SR is that over G_s",
                          skin, side);
}

static vt_status emit_layer(const vti_torsion_run *run, vt_error *err)
{
    const vti_torsion_fit *f = &run->fit[run->skin];
    const double R = run->R, unit = 2.0 * run->L / VT_PI;
    const vti_torsion_value skin = {.name = "layer_stiffness",
                                    .symbol = "G_s SR",
                                    .unit = "Pa m",
                                    .reading = "physics",
                                    .method = run->skin == VTI_TORSION_LAYERED_CORE
                                                  ? "layer on a core that yields later, whole curve; interval by "
                                                    "profile likelihood"
                                                  : "layer on an elastic core, whole curve; interval by profile "
                                                    "likelihood",
                                    .fit = vti_torsion_times(f->skin, unit / (R * R * R)),
                                    .power = {-3.0, 1.0, 1.0, -1.0, 1.0}};
    const vti_torsion_value thickness = {.name = "layer_thickness",
                                         .symbol = "SR",
                                         .unit = "m",
                                         .reading = "physics",
                                         .method = skin.method,
                                         .fit = thickness_of(run),
                                         .power = {1.0, 0.0, 0.0, 0.0, 0.0}};
    const vti_torsion_value layer = {.name = "surface_shear_modulus",
                                     .symbol = "G_s",
                                     .unit = "Pa",
                                     .reading = "physics",
                                     .method = skin.method,
                                     .fit = vti_torsion_times(f->layer, unit / pow(R, 4.0)),
                                     .power = {-4.0, 1.0, 1.0, -1.0, 1.0}};
    vt_status st = vti_torsion_emit(run, &skin, err);
    if (st != VT_OK) return st;
    if ((st = vti_torsion_emit(run, &thickness, err)) != VT_OK) return st;
    if (run->skin == VTI_TORSION_LAYERED_CORE) {
        const vti_torsion_value core = {.name = "core_yield_strain",
                                        .symbol = "gamma_i",
                                        .unit = "1",
                                        .reading = "physics",
                                        .method = skin.method,
                                        .fit = vti_torsion_times(f->w, R / run->L),
                                        .power = {1.0, -1.0, 0.0, 1.0, 0.0, 1.0}};
        if ((st = vti_torsion_emit(run, &core, err)) != VT_OK) return st;
    }
    if (isfinite(f->d.low) && isfinite(f->d.high)) return vti_torsion_emit(run, &layer, err);
    return separable(run, err);
}

/* Why no layer is told of, in the order in which the conditions of P30 fail. */
static void reason(const vti_torsion_run *run, char *why, size_t size)
{
    const vti_torsion_fit *f = run->fit, *skin = &f[run->skin];
    const vti_torsion_model rival[2] = {VTI_TORSION_HOMOGENEOUS, VTI_TORSION_HARDENING};
    const int worse = f[rival[1]].done && (!f[rival[0]].done || f[rival[1]].aicc < f[rival[0]].aicc) ? 1 : 0;
    const double gain = f[rival[worse]].aicc - skin->aicc;
    if (!skin->done || !f[rival[0]].done || !f[rival[1]].done)
        snprintf(why, size, "the model '%s' could not be fitted, so nothing can be compared with it",
                 MODEL[!skin->done ? run->skin : rival[!f[rival[0]].done ? 0 : 1]]);
    else if (!(gain > 6.0))
        snprintf(why, size, "a layer betters the model '%s' by %.3g in AICc, and 6 is needed", MODEL[rival[worse]],
                 gain);
    else if (run->best != run->skin)
        snprintf(why, size, "the model '%s' is better, by %.3g in AICc", MODEL[run->best],
                 skin->aicc - f[run->best].aicc);
    else if (run->doubted)
        snprintf(
            why, size,
            "it betters one material in a grip that slips by %.2g deg at %.3g deg by %.3g in AICc, and 6 is needed",
            run->slip.by * 180.0 / VT_PI, run->slip.at * 180.0 / VT_PI, run->slipped - skin->aicc);
    else if (!(run->straight >= 0.05) || !isfinite(run->p_straight))
        snprintf(why, size,
                 "the line past the layer's yield goes on for %.2g %% of the angle at yield, and 5 %% is needed",
                 100.0 * run->straight);
    else
        snprintf(why, size, "the line past the layer's yield is bent, p = %.2g of a quadratic", run->p_straight);
}

static vt_status no_layer(const vti_torsion_run *run, vt_error *err)
{
    double low = INFINITY, high = 0.0;
    for (size_t k = 0; k < run->windows; k++)
        if (isfinite(run->window[k].SR_null)) {
            low = fmin(low, run->window[k].SR_null);
            high = fmax(high, run->window[k].SR_null);
        }
    char null[160] = "", why[160];
    if (high > 0.0)
        snprintf(null, sizeof null,
                 ". A homogeneous wire gives the published recipe a layer of %.2g to %.2g um in these windows",
                 1e6 * low, 1e6 * high);
    reason(run, why, sizeof why);
    return vt_result_warn(run->result, err, "W_LAYER_NOT_IDENTIFIED", "this record shows no layer: %s%s", why, null);
}

/* Of a range of thicknesses those that need no negative modulus: down to where G_app = G_i x^4. */
static vt_status leave_out_unphysical(const vti_torsion_run *run, double G_app, double SR[2], double G[2],
                                      vt_error *err)
{
    const double least = run->R * (1.0 - pow(G_app / run->par->core_modulus, 0.25)), thinnest = G[0];
    if (!(G[0] < 0.0)) return VT_OK;
    SR[0] = least;
    G[0] = 0.0;
    return vt_result_warn(run->result, err, "W_UNPHYSICAL",
                          "layers thinner than %.3g um would need a negative modulus, down to %.3g GPa: they are left "
                          "out of layer_thickness",
                          1e6 * least, 1e-9 * thinnest);
}

/* Layer modulus from the core's (ledger E1): asked for by layer_thickness, else only looked at. */
static vt_status composite(const vti_torsion_run *run, vt_error *err)
{
    const vti_torsion_params *p = run->par;
    const double G_app = 2.0 * run->L * run->b0 / (VT_PI * pow(run->R, 4.0));
    double SR[2] = {INFINITY, 0.0}, G[2];
    for (size_t k = 0; k < p->layer_thickness.n; k++) {
        SR[0] = fmin(SR[0], p->layer_thickness.x[k]);
        SR[1] = fmax(SR[1], p->layer_thickness.x[k]);
    }
    const bool asked = p->layer_thickness.n > 0;
    if (!(p->core_modulus > 0.0))
        return asked ? vt_fail(err, VT_EREFERENCE,
                               "the modulus of a layer of known thickness needs that of the core, measured "
                               "independently: give core_modulus=30GPa")
                     : VT_OK;
    for (size_t k = 0; !asked && k < run->windows; k++)
        if (run->window[k].SR_a > 0.0) {
            SR[0] = fmin(SR[0], run->window[k].SR_a);
            SR[1] = fmax(SR[1], run->window[k].SR_a);
        }
    if (!(SR[1] > 0.0)) return VT_OK;
    vt_error why = {0};
    vt_status st = vt_torsion_composite_range(G_app, p->core_modulus, run->R, SR, G, &why);
    if (st == VT_EUNPHYSICAL && !asked) return vt_result_warn(run->result, err, "W_UNPHYSICAL", "%s", why.msg);
    if (st != VT_OK) return asked ? vt_fail(err, st, "%s", why.msg) : VT_OK;
    if (!asked) return VT_OK;
    if ((st = leave_out_unphysical(run, G_app, SR, G, err)) != VT_OK) return st;
    const double middle = 0.5 * (G[0] + G[1]), z = vti_coverage_factor(run->job->common.level, INFINITY);
    const double part = pow(1.0 - 0.5 * (SR[0] + SR[1]) / run->R, 4.0), share = 1.0 - part;
    /* G_s = (G_app - G_i x^4)/(1 - x^4): both moduli are magnified by the thinness of the layer. */
    const double u =
        hypot((G[1] - G[0]) / sqrt(12.0), hypot(part * p->core_modulus_u / share, G_app * run->u_b0 / run->b0 / share));
    const double by = G_app / share / middle;
    const vti_torsion_value v = {.name = "surface_shear_modulus",
                                 .symbol = "G_s",
                                 .unit = "Pa",
                                 .reading = "physics",
                                 .method = "composite: G_app = G_s + (G_i - G_s) x^4, for the thickness given",
                                 .fit = {middle, u, fmax(0.0, middle - z * u), middle + z * u},
                                 .power = {-4.0 * by, by, by, -by, by}};
    return vti_torsion_emit(run, &v, err);
}

/* A slip too small to be taken out of the angle, but not to be fitted. */
static vt_status hidden_slip(const vti_torsion_run *run, vt_error *err)
{
    const double gain = run->fit[run->best].aicc - run->slipped;
    if (!(gain > 10.0) || run->layer) return VT_OK;
    return vt_result_warn(run->result, err, "W_SLIP",
                          "one material in a grip that slips by %.2g deg at %.3g deg betters every model by %.3g in "
                          "AICc: modulus and yield of this record are in error by it",
                          run->slip.by * 180.0 / VT_PI, run->slip.at * 180.0 / VT_PI, gain);
}

vt_status vti_torsion_layer_report(vti_torsion_run *run, vt_error *err)
{
    vt_status st = composite(run, err);
    if (st != VT_OK || !run->yielded) return st;
    VT_TRY(st = hidden_slip(run, err));
    VT_TRY(st = emit_models(run, err));
    VT_TRY(st = emit_windows(run, err));
    st = run->layer ? emit_layer(run, err) : no_layer(run, err);
done:
    return st;
}
