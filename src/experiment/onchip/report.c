/* Calibration, modulus, yield and hardening, each with its budget. */
#include "base/quantity_internal.h"
#include "experiment/emit_internal.h"
#include "onchip_internal.h"
#include <math.h>
#include <stdio.h>

struct influence {
    int in;
    const char *name;
};
static const struct influence INFLUENCES[] = {{VTI_WAFER_EPS_A, "mismatch of the actuators"},
                                              {VTI_WAFER_ZERO, "zero of the free actuators"},
                                              {VTI_WAFER_L0, "specimen length"},
                                              {VTI_WAFER_SERIES, "fillets and overlap"},
                                              {VTI_WAFER_L_A, "actuator length"},
                                              {VTI_WAFER_SEM, "microscope scale"},
                                              {VTI_WAFER_NU, "Poisson's ratio"},
                                              {VTI_WAFER_E_REF, "independent modulus"},
                                              {VTI_WAFER_T, "temperature"},
                                              {VTI_WAFER_THETA, "hardening"}};

/* Room for two lines more is left: what goes beyond joins the last one. */
static void add(vt_budget_item *item, size_t *n, const char *name, double u, double c)
{
    if (*n == VT_BUDGET_MAX - 2) {
        vt_budget_item *last = &item[*n - 1];
        *last = (vt_budget_item){
            .source = "what else is shared", .type = 'B', .u = 1.0, .c = hypot(last->c * last->u, c * u)};
        return;
    }
    item[*n] = (vt_budget_item){.type = 'B', .u = u, .c = c};
    snprintf(item[*n].source, sizeof item[*n].source, "%s", name);
    snprintf(item[*n].group, sizeof item[*n].group, "%s", name);
    (*n)++;
}

size_t vti_onchip_budget(const vti_onchip_run *run, const double *c, size_t stride, double scale, vt_budget_item *item)
{
    const vti_onchip_params *p = &run->par;
    const struct {
        const char *name;
        double u, sign;
    } SCALE[] = {{"modulus of the actuators", p->actuator_modulus_u, 1.0},
                 {"actuator width", p->actuator_width_u, 1.0},
                 {"actuator thickness", p->actuator_thickness_u, 1.0},
                 {"specimen width", p->width_u, -1.0},
                 {"specimen thickness", p->thickness_u, -1.0}};
    size_t n = 0;
    const double by = c[VTI_WAFER_SCALE * stride];
    /* What differences of the passes leave of a term that cancels is not told. */
    for (int k = 0; k < 5; k++)
        if (fabs(by) * SCALE[k].u > 1e-7 * scale) add(item, &n, SCALE[k].name, SCALE[k].u, SCALE[k].sign * by);
    for (size_t k = 0; k < sizeof INFLUENCES / sizeof *INFLUENCES; k++) {
        const struct influence *i = &INFLUENCES[k];
        const double u = run->in.u[i->in], its = c[(size_t)i->in * stride];
        if (fabs(its) * u > 1e-7 * scale) add(item, &n, i->name, u, its);
    }
    return n;
}

double vti_onchip_u(const vti_onchip_run *run, int out)
{
    vt_budget_item item[VT_BUDGET_MAX];
    const double scale = fabs(run->pass.out[out]);
    const size_t n = vti_onchip_budget(run, &run->c[0][out], VTI_CHIP_COUNT, scale, item);
    return hypot(vti_budget_u(n, item), run->own[out]);
}

/* Interval in first order, at z standard uncertainties. */
static void first_order(const vti_onchip_told *told, double x, double z, vti_onchip_interval *of)
{
    const double wide = z * of->u / x, model = z * told->u_factor, r = sqrt(fmax(0.0, wide * wide - model * model));
    of->low = x - z * of->u;
    of->high = x + z * of->u;
    if (!(x > 0.0) || !(told->inverse || told->product)) return;
    of->low = x * exp(-(told->inverse ? hypot(log1p(r), model) : wide));
    of->high = x * exp(told->inverse ? r < 1.0 ? hypot(log1p(-r), model) : (double)INFINITY : wide);
}

/* Doubts of an interval; what is told in several ways is told once. */
static vt_status doubt(const vti_onchip_run *run, const vti_onchip_told *told, bool drawn, bool open, vt_error *err)
{
    char name[2 * VT_NAME];
    snprintf(name, sizeof name, "%s %s%s%s", told->name, told->symbol, told->reading ? ", reading " : "",
             told->reading ? told->reading : "");
    if (open)
        return vt_result_warn(
            run->result, err, "W_RESOLUTION",
            "%s: at the level %g the rate stress may be 0; it has no upper end, and no interval is told", name,
            run->job->common.level);
    if (!drawn) return VT_OK;
    return vt_result_warn(
        run->result, err, "W_NONLINEAR",
        "%s: first order and Monte Carlo differ by more than 10 %% of the half-width; the interval is that of Monte "
        "Carlo",
        name);
}

static double factor_of(const vti_onchip_told *told)
{
    return told->factor > 0.0 ? told->factor : 1.0;
}

static size_t lines(const vti_onchip_run *run, const vti_onchip_told *told, vt_budget_item *item)
{
    const double x = run->pass.out[told->out], factor = factor_of(told);
    size_t n = vti_onchip_budget(run, &run->c[0][told->out], VTI_CHIP_COUNT, fabs(x), item);
    for (size_t i = 0; i < n; i++) item[i].c *= factor;
    if (run->own[told->out] > 0.0)
        item[n++] =
            (vt_budget_item){.source = "noise of the readings", .type = 'A', .u = run->own[told->out], .c = factor};
    if (told->u_factor > 0.0) add(item, &n, "constants of the cooperative shear model", told->u_factor, x * factor);
    return n;
}

bool vti_onchip_cover(const vti_onchip_run *run, const vti_onchip_told *told, vti_onchip_interval *of)
{
    const double factor = factor_of(told), z = vti_coverage_factor(run->job->common.level, INFINITY);
    vt_budget_item item[VT_BUDGET_MAX];
    of->u = vti_budget_u(lines(run, told, item), item);
    first_order(told, run->pass.out[told->out] * factor, z, of);
    return vti_onchip_drawn(run, told, factor, of);
}

vt_status vti_onchip_emit(const vti_onchip_run *run, const vti_onchip_told *told, vt_error *err)
{
    const double x = run->pass.out[told->out] * factor_of(told);
    vt_budget_item item[VT_BUDGET_MAX];
    vti_onchip_interval of;
    if (!isfinite(x)) return VT_OK;
    const bool drawn = vti_onchip_cover(run, told, &of);
    const size_t n = lines(run, told, item);
    const vti_value v = {.name = told->name,
                         .symbol = told->symbol,
                         .unit = told->unit,
                         .reading = told->reading,
                         .method = told->method,
                         .value = x,
                         .u = of.u,
                         .low = of.low,
                         .high = of.high,
                         .level = run->job->common.level,
                         .time = told->time,
                         .scope_key = told->key,
                         .scope_text = told->text,
                         .and_key = told->and_key,
                         .and_text = told->and_text,
                         .nbudget = n,
                         .budget = item};
    const vt_status st = vti_emit_value(run->result, &v, err);
    return st == VT_OK ? doubt(run, told, drawn, !isfinite(of.high), err) : st;
}

static vt_status calibration(const vti_onchip_run *run, vt_error *err)
{
    const vti_onchip_calibration *c = &run->cal;
    char method[VT_METHOD_TEXT];
    const double level = run->job->common.level, scale = c->given ? 0.0 : run->par.scale_u * c->eps_a;
    const char *from = c->given         ? "mismatch as given"
                       : c->slope > 0.0 ? "line of the free actuators"
                                        : "noise of pointers";
    vt_budget_item item[2] = {
        {.group = "mismatch of the actuators", .type = c->given ? 'B' : 'A', .u = c->u_eps_a, .c = 1},
        {.source = "microscope scale", .group = "microscope scale", .type = 'B', .u = run->par.scale_u, .c = c->eps_a}};
    snprintf(item[0].source, sizeof item[0].source, "%s", from);
    if (c->given)
        snprintf(method, sizeof method, "given");
    else if (c->slope > 0.0)
        snprintf(method, sizeof method, "robust line through %zu free actuators, chi2 %.3g of %zu", c->n, c->chi2,
                 c->nu);
    else
        snprintf(method, sizeof method, "mean of %zu pointers", c->pointers);
    vt_status st = vti_emit_covered(run->result,
                                    &(vti_value){.name = "actuator_mismatch",
                                                 .symbol = "eps_a",
                                                 .unit = "1",
                                                 .method = method,
                                                 .value = c->eps_a,
                                                 .u = hypot(c->u_eps_a, scale),
                                                 .budget = item,
                                                 .nbudget = c->given ? 1 : 2},
                                    level, err);
    if (st == VT_OK && c->slope > 0.0 && !c->given)
        st = vti_emit_covered(
            run->result,
            &(vti_value){.name = "actuator_zero",
                         .symbol = "u_0",
                         .unit = "m",
                         .value = c->u0,
                         .u = c->u_u0,
                         .method = "that line at no length; every actuator is longer by it over the slope"},
            level, err);
    if (st != VT_OK || c->pointers == 0 || !(c->slope > 0.0 || c->given)) return st;
    snprintf(method, sizeof method, "mean of %zu pointers, hinges without stiffness", c->pointers);
    return vti_emit_covered(run->result,
                            &(vti_value){.name = "actuator_mismatch",
                                         .symbol = "eps_a",
                                         .unit = "1",
                                         .method = method,
                                         .value = c->pointer,
                                         .u = hypot(c->u_pointer, run->par.scale_u * c->pointer),
                                         .scope_key = "method",
                                         .scope_text = "pointers"},
                            level, err);
}

static vt_status elastic(const vti_onchip_run *run, vt_error *err)
{
    char method[VT_METHOD_TEXT];
    snprintf(method, sizeof method, "line through %zu elastic specimens, scale of the stated geometry", run->elastic);
    const vti_onchip_told ROW[] = {
        {.name = "elastic_modulus",
         .symbol = "E",
         .unit = "Pa",
         .reading = "paper",
         .out = VTI_CHIP_E,
         .product = true,
         .method = method},
        {.name = "elastic_modulus",
         .symbol = "E",
         .unit = "Pa",
         .reading = "physics",
         .out = VTI_CHIP_E_F,
         .method = "that slope in the scale of reading physics: geometry and independent modulus by their variances"}};
    vt_status st = VT_OK;
    if (run->elastic == 0) return VT_OK;
    for (size_t k = 0; st == VT_OK && k < sizeof ROW / sizeof *ROW; k++)
        if (run->has_reference || ROW[k].out != VTI_CHIP_E_F) st = vti_onchip_emit(run, &ROW[k], err);
    return st;
}

static vt_status consistency(const vti_onchip_run *run, vt_error *err)
{
    static const vti_onchip_told ROW[] = {
        {.name = "consistency_factor",
         .symbol = "f",
         .unit = "1",
         .out = VTI_CHIP_F,
         .product = true,
         .method = "slope by the geometry over the independent modulus: one factor for the wafer"},
        {.name = "specimen_mismatch",
         .symbol = "eps_mis",
         .unit = "1",
         .out = VTI_CHIP_EPS,
         .method = "where the elastic line meets zero stress"}};
    vt_status st = VT_OK;
    if (run->elastic == 0) return VT_OK;
    for (size_t k = run->has_reference ? 0 : 1; st == VT_OK && k < sizeof ROW / sizeof *ROW; k++)
        st = vti_onchip_emit(run, &ROW[k], err);
    return st;
}

/* By the offset and by the change point, in both readings. */
static vt_status yields(const vti_onchip_run *run, vt_error *err)
{
    static const int OUT[2][2] = {{VTI_CHIP_YIELD_P, VTI_CHIP_YIELD_F}, {VTI_CHIP_KNEE_P, VTI_CHIP_KNEE_F}};
    char method[2][VT_METHOD_TEXT], at[64] = "", offset[VT_NAME];
    vt_status st = VT_OK;
    if (isfinite(run->pass.ln_rate[0])) snprintf(at, sizeof at, " at %.3g 1/s", exp(run->pass.ln_rate[0]));
    snprintf(offset, sizeof offset, "%.3g %% offset", 100.0 * run->par.offset_strain);
    snprintf(method[0], sizeof method[0], "line through %zu specimens that flowed, at this plastic strain%s",
             run->plastic, at);
    snprintf(method[1], sizeof method[1], "where that line meets the elastic one%s", at);
    for (int k = 0; k < 4 && st == VT_OK; k++)
        st = vti_onchip_emit(run,
                             &(vti_onchip_told){.name = "yield_stress",
                                                .symbol = "sigma_y",
                                                .unit = "Pa",
                                                .reading = k % 2 ? "physics" : "paper",
                                                .method = method[k / 2],
                                                .out = OUT[k / 2][k % 2],
                                                .key = "criterion",
                                                .text = k / 2 ? "change point" : offset,
                                                .time = run->group_time[run->pass.group[0]]},
                             err);
    return st;
}

static vt_status plastic(const vti_onchip_run *run, vt_error *err)
{
    const char *method =
        isfinite(run->par.hardening) ? "given" : "common slope of the isochronous curves, brought to one rate";
    vti_onchip_told theta = {.name = "hardening_modulus",
                             .symbol = "theta",
                             .unit = "Pa",
                             .reading = "paper",
                             .method = method,
                             .out = VTI_CHIP_THETA_P};
    if (run->plastic < 3) return VT_OK;
    vt_status st = yields(run, err);
    if (st == VT_OK) st = vti_onchip_emit(run, &theta, err);
    theta.reading = "physics";
    theta.out = VTI_CHIP_THETA_F;
    return st == VT_OK ? vti_onchip_emit(run, &theta, err) : st;
}

vt_status vti_onchip_report_calibration(vti_onchip_run *run, vt_error *err)
{
    const vt_status st = calibration(run, err);
    return st == VT_OK ? consistency(run, err) : st;
}

vt_status vti_onchip_report(vti_onchip_run *run, vt_error *err)
{
    vt_status st = elastic(run, err);
    return st == VT_OK ? plastic(run, err) : st;
}
