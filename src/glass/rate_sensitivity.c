/* Rate sensitivity from steady points at one power: line or quadratic of ln sigma in ln rate, its slope, its class. */
#include "base/quantity_internal.h"
#include <math.h>
#include <vitrum/rate_sensitivity.h>
#include <vitrum/york.h>

/* P03. Two stresses within 5 % are one level: force steps are far larger, drift with strain smaller. */
static const double NARROW = 1.3, LEVEL_STEP = 0.05;

const char *vt_flow_class_text(vt_flow_class c)
{
    return c == VT_FLOW_NEWTONIAN ? "newtonian" : c == VT_FLOW_NON_NEWTONIAN ? "non-newtonian" : "undetermined";
}

vt_flow_class vt_flow_class_of(double low, double high, double threshold)
{
    if (low > threshold) return VT_FLOW_NEWTONIAN;
    return high < threshold ? VT_FLOW_NON_NEWTONIAN : VT_FLOW_UNDETERMINED;
}

/* A level begins where no lower stress lies within LEVEL_STEP below. O(n^2) of a handful of points. */
static size_t count_levels(const vt_load_jumps *j)
{
    size_t levels = 0;
    for (size_t i = 0; i < j->n; i++) {
        bool first = true;
        for (size_t k = 0; k < j->n; k++) {
            const double below = j->ln_stress[i] - j->ln_stress[k];
            if ((below > 0.0 || (below == 0.0 && k < i)) && below <= LEVEL_STEP) first = false;
        }
        levels += first ? 1 : 0;
    }
    return levels;
}

static vt_status check(const vt_nlfit *ws, const vt_load_jumps *j, const void *fit, vt_error *err)
{
    if (!ws || !j || !fit || !j->ln_rate || !j->ln_stress || !j->u_ln_rate || !j->u_ln_stress)
        return vt_fail(err, VT_EARG, "workspace, points, a column or the place for the fit is NULL");
    if (!(j->level >= 0.0 && j->level < 1.0) || !(j->threshold >= 0.0 && j->threshold < 1.0))
        return vt_fail(err, VT_EARG, "level = %g and threshold = %g must be in (0, 1)", j->level, j->threshold);
    if (j->degree < 0 || j->degree > 2) return vt_fail(err, VT_EARG, "degree = %d is not 0, 1 or 2", j->degree);
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < j->n; i++) {
        if (!isfinite(j->ln_rate[i]) || !isfinite(j->ln_stress[i]))
            return vt_fail(err, VT_ENAN, "point %zu: ln rate = %g, ln stress = %g must be finite", i, j->ln_rate[i],
                           j->ln_stress[i]);
        low = fmin(low, j->ln_stress[i]);
        high = fmax(high, j->ln_stress[i]);
    }
    const size_t levels = count_levels(j), need = j->degree == 2 ? 3 : 2;
    if (levels < need)
        return vt_fail(err, VT_EFEWLEVELS, "%zu levels of stress (more than 5 %% apart): m needs %zu, better 3 or more",
                       levels, need);
    if (!(exp(high - low) >= NARROW))
        return vt_fail(err, VT_ENARROW, "stresses span a factor %.3g: m needs %g or more", exp(high - low), NARROW);
    return VT_OK;
}

static vt_status fit_line(const vt_xy_data *d, vt_rate_sensitivity_fit *f, vt_error *err)
{
    vt_york_fit york;
    const vt_status st = vt_york_line(d, &york, err);
    if (st != VT_OK) return st;
    f->c[0] = york.intercept + york.slope * f->ln_rate0; /* at ln_rate0 */
    f->c[1] = york.slope;
    const double v = york.u_slope * york.u_slope, x0 = f->ln_rate0;
    f->cov[0] = york.u_intercept * york.u_intercept + 2.0 * x0 * york.cov + x0 * x0 * v;
    f->cov[1] = f->cov[3] = york.cov + x0 * v;
    f->cov[4] = v;
    f->chi2 = york.chi2;
    f->nu = york.nu;
    f->p_value = york.p_value;
    return VT_OK;
}

static int quadratic(double x, const double *c, double *f, double *slope, double *g, void *ctx)
{
    const double d = x - *(const double *)ctx;
    *f = c[0] + d * (c[1] + d * c[2]);
    *slope = c[1] + 2.0 * d * c[2];
    g[0] = 1.0;
    g[1] = d;
    g[2] = d * d;
    return 0;
}

/* Starts from the line, which f holds. Gradient: chi2, often far below 1 here, resolves its minimum to 1e-8 of u only,
 * and where the points refute the curve (chi2 = 44 of one degree of freedom) Gauss-Newton stalls at 3e-6: 1e-5 is 7e-5
 * of u there. */
static vt_status fit_quadratic(vt_nlfit *ws, const vt_xy_data *d, vt_rate_sensitivity_fit *f, vt_error *err)
{
    double x0 = f->ln_rate0;
    const vt_xy_problem pr = {.data = *d, .p = 3, .curve = quadratic, .ctx = &x0};
    const vt_nlfit_options opt = {.gradient = 1e-5};
    vt_nlfit_summary sum;
    const vt_status st = vt_xy_solve(ws, &pr, &opt, f->c, f->cov, &sum, err);
    if (st != VT_OK) return st;
    f->chi2 = sum.chi2;
    f->nu = sum.nu;
    f->p_value = sum.p_value;
    return VT_OK;
}

/* Intervals: the stated uncertainties, unless the points refute them. */
static void judge(vt_rate_sensitivity_fit *f, double level)
{
    f->misfit = f->nu > 0 && f->p_value < 0.05;
    f->factor = vti_coverage_factor(level, f->misfit ? (double)f->nu : INFINITY);
    if (f->misfit)
        for (size_t k = 0; k < 9; k++) f->cov[k] *= f->chi2 / (double)f->nu;
}

vt_status vt_rate_sensitivity_solve(vt_nlfit *ws, const vt_load_jumps *jumps, vt_rate_sensitivity_fit *fit,
                                    vt_error *err)
{
    vt_status st = check(ws, jumps, fit, err);
    if (st != VT_OK) return st;
    vt_rate_sensitivity_fit f = {.n = jumps->n, .levels = count_levels(jumps)};
    for (size_t i = 0; i < jumps->n; i++) f.ln_rate0 += jumps->ln_rate[i] / (double)jumps->n;
    f.degree = jumps->degree > 0 ? jumps->degree : f.levels >= 4 ? 2 : 1;
    f.chord = f.levels == 2;
    f.threshold = jumps->threshold > 0.0 ? jumps->threshold : 0.7;
    const vt_xy_data data = {
        .n = jumps->n, .x = jumps->ln_rate, .y = jumps->ln_stress, .ux = jumps->u_ln_rate, .uy = jumps->u_ln_stress};
    st = fit_line(&data, &f, err);
    if (st == VT_OK && !(f.c[1] + 2.0 * sqrt(f.cov[4]) > 0.0))
        st = vt_fail(err, VT_EUNPHYSICAL,
                     "stress falls as the rate rises: m = %.3g +- %.2g; look for a segment at "
                     "another power or temperature",
                     f.c[1], sqrt(f.cov[4]));
    if (st == VT_OK && f.degree == 2) st = fit_quadratic(ws, &data, &f, err);
    if (st != VT_OK) return st;
    judge(&f, jumps->level > 0.0 ? jumps->level : 0.95);
    *fit = f;
    return VT_OK;
}

static vt_rate_sensitivity at(const vt_rate_sensitivity_fit *f, double ln_rate, double u_ln_rate)
{
    const double d = ln_rate - f->ln_rate0, place = 2.0 * f->c[2] * u_ln_rate;
    vt_rate_sensitivity r = {.m = f->c[1] + 2.0 * f->c[2] * d};
    r.u = sqrt(f->cov[4] + 4.0 * d * f->cov[5] + 4.0 * d * d * f->cov[8] + place * place);
    r.low = r.m - f->factor * r.u;
    r.high = r.m + f->factor * r.u;
    r.class_of = vt_flow_class_of(r.low, r.high, f->threshold);
    r.above_1 = r.m - 2.0 * r.u > 1.0;
    return r;
}

vt_status vt_rate_sensitivity_at(const vt_rate_sensitivity_fit *fit, size_t n, const double *ln_rate,
                                 const double *u_ln_rate, vt_rate_sensitivity *out, vt_error *err)
{
    if (!fit || (n > 0 && (!ln_rate || !out))) return vt_fail(err, VT_EARG, "fit or array is NULL");
    for (size_t i = 0; i < n; i++)
        if (!isfinite(ln_rate[i]) || (u_ln_rate && !(u_ln_rate[i] >= 0.0)))
            return vt_fail(err, VT_ENAN, "ln rate %zu = %g or its uncertainty is not a number", i, ln_rate[i]);
    for (size_t i = 0; i < n; i++) out[i] = at(fit, ln_rate[i], u_ln_rate ? u_ln_rate[i] : 0.0);
    return VT_OK;
}
