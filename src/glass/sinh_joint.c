/* The hyperbolic-sine law through the points of several powers, one activation volume for all. */
#include <math.h>
#include <vitrum/constants.h>
#include <vitrum/rate_sensitivity.h>
#include <vitrum/york.h>

/* ln S(z), S = sinh(sqrt z)/sqrt z, continued to z < 0 as sin(sqrt -z)/sqrt -z down to z = -pi^2, and h(z) = 2 z d ln
 * S/dz
 * + 1 = u coth u, which is 1/m. */
static double ln_shape(double z)
{
    if (fabs(z) < 1e-3) return z * (1.0 / 6.0 - z * (1.0 / 180.0 - z / 2835.0)); /* next term 3e-17 */
    const double u = sqrt(fabs(z));
    return z > 0.0 ? u + log(-expm1(-2.0 * u) / (2.0 * u)) : log(sin(u) / u);
}

/* d ln S / dz. */
static double shape_slope(double z)
{
    if (fabs(z) < 1e-3) return 1.0 / 6.0 - z * (1.0 / 90.0 - z * (1.0 / 945.0 - z / 9450.0)); /* next term 1e-17 */
    const double u = sqrt(fabs(z));
    return ((z > 0.0 ? u / tanh(u) : u / tan(u)) - 1.0) / (2.0 * z);
}

static const double Z_END = -VT_PI * VT_PI;

typedef struct law {
    const vt_sinh_points *p;
    const double *relative; /* of each group */
    double sigma0;          /* Pa: theta is the curving of group 0 times sigma0^2 */
} law;

/* theta: eta_N of the groups, then the curving. x = ln sigma, f = ln rate. */
static int curve(size_t i, double x, const double *theta, double *f, double *slope, double *g, void *ctx)
{
    const law *l = ctx;
    const int n = l->p->groups, k = l->p->group[i];
    const double s = exp(x) / l->sigma0, w = s * s * l->relative[k], z = theta[n] * w;
    if (!(z > 0.99 * Z_END) || !isfinite(z)) return 1;
    const double d = shape_slope(z);
    for (int j = 0; j < n; j++) g[j] = 0.0;
    g[k] = -1.0 / theta[k];
    g[n] = w * d;
    *f = x - log(3.0 * theta[k]) + ln_shape(z);
    *slope = 1.0 + 2.0 * z * d;
    return 0;
}

static vt_status check_points(const vt_sinh_points *p, vt_error *err)
{
    double low[VT_SINH_GROUPS], high[VT_SINH_GROUPS], span = 0.0;
    for (int k = 0; k < p->groups; k++) {
        low[k] = INFINITY;
        high[k] = -INFINITY;
        if (p->T && (!(p->T[k] > 0.0) || isinf(p->T[k])))
            return vt_fail(err, VT_ERANGE, "T[%d] = %g K must be > 0", k, p->T[k]);
    }
    for (size_t i = 0; i < p->n; i++) {
        const int k = p->group[i];
        if (k < 0 || k >= p->groups)
            return vt_fail(err, VT_EARG, "point %zu: group %d is not one of the %d", i, k, p->groups);
        if (!isfinite(p->ln_stress[i]) || !isfinite(p->ln_rate[i]))
            return vt_fail(err, VT_ENAN, "point %zu: ln rate = %g, ln stress = %g must be finite", i, p->ln_rate[i],
                           p->ln_stress[i]);
        low[k] = fmin(low[k], p->ln_stress[i]);
        high[k] = fmax(high[k], p->ln_stress[i]);
    }
    for (int k = 0; k < p->groups; k++) {
        if (!isfinite(low[k])) return vt_fail(err, VT_EARG, "group %d has no point", k);
        span = fmax(span, high[k] - low[k]);
    }
    if (!(exp(span) >= 1.3))
        return vt_fail(err, VT_ENARROW, "stresses of one power span at most a factor %.3g: V needs 1.3", exp(span));
    return VT_OK;
}

static vt_status check(const vt_nlfit *ws, const vt_sinh_points *p, const void *fit, vt_error *err)
{
    if (!ws || !p || !fit || !p->ln_rate || !p->ln_stress || !p->u_ln_rate || !p->u_ln_stress || !p->group)
        return vt_fail(err, VT_EARG, "workspace, points, a column or the place for the fit is NULL");
    if (p->groups < 1 || p->groups > VT_SINH_GROUPS)
        return vt_fail(err, VT_EARG, "%d groups: 1 to %d can be fitted at once", p->groups, (int)VT_SINH_GROUPS);
    if (!(p->level >= 0.0 && p->level < 1.0)) return vt_fail(err, VT_EARG, "level = %g is not in (0, 1)", p->level);
    if (p->n < (size_t)p->groups + 1)
        return vt_fail(err, VT_EDOF, "%zu points for %d powers: the joint fit needs %d", p->n, p->groups,
                       p->groups + 1);
    return check_points(p, err);
}

/* eta_N of each group that fits its points on average at this curving. */
static void viscosities(const law *l, double curving, double *theta)
{
    const vt_sinh_points *p = l->p;
    double sum[VT_SINH_GROUPS] = {0.0}, count[VT_SINH_GROUPS] = {0.0};
    for (size_t i = 0; i < p->n; i++) {
        const double s = exp(p->ln_stress[i]) / l->sigma0;
        sum[p->group[i]] += p->ln_stress[i] - p->ln_rate[i] + ln_shape(curving * s * s * l->relative[p->group[i]]);
        count[p->group[i]] += 1.0;
    }
    for (int k = 0; k < p->groups; k++) theta[k] = exp(sum[k] / count[k]) / 3.0;
    theta[p->groups] = curving;
}

typedef struct plan {
    law law;
    vt_xy_problem problem;
    vt_nlfit_options options;
    vt_nlfit_transform transform[VT_NLFIT_P_MAX];
    double start[4 * VT_NLFIT_P_MAX];
} plan;

/* Five starts: almost Newtonian to x = 5 at the middle stress. sigma0: the geometric mean stress. */
static void prepare(plan *pl, const vt_sinh_points *p, vt_sinh_joint_fit *f, double *theta)
{
    static const double CURVING[5] = {1.0, 0.01, 0.2, 5.0, 25.0};
    const size_t parameters = (size_t)p->groups + 1;
    double mean = 0.0;
    for (size_t i = 0; i < p->n; i++) mean += p->ln_stress[i] / (double)p->n;
    for (int k = 0; k < p->groups; k++) {
        f->relative[k] = p->T ? pow(p->T[0] / p->T[k], 2.0) : 1.0;
        pl->transform[k] = VT_NLFIT_LOG;
    }
    pl->transform[p->groups] = VT_NLFIT_NONE;
    pl->law = (law){.p = p, .relative = f->relative, .sigma0 = exp(mean)};
    viscosities(&pl->law, CURVING[0], theta);
    for (size_t s = 0; s < 4; s++) viscosities(&pl->law, CURVING[s + 1], pl->start + s * parameters);
    pl->options = (vt_nlfit_options){.starts = 5, .start = pl->start, .gradient = 1e-6};
    pl->problem = (vt_xy_problem){
        .data = {.n = p->n, .x = p->ln_stress, .y = p->ln_rate, .ux = p->u_ln_stress, .uy = p->u_ln_rate},
        .p = parameters,
        .curve_of = curve,
        .ctx = &pl->law,
        .transform = pl->transform};
}

static vt_status profile(vt_nlfit *ws, const plan *pl, const double *theta, size_t index, double level,
                         vt_sinh_interval *out, vt_error *err)
{
    const vt_nlfit_profile_request what = {.index = index, .level = level};
    vt_nlfit_interval v;
    const vt_status st = vt_xy_profile(ws, &pl->problem, &pl->options, theta, &what, &v, err);
    if (st == VT_OK)
        *out = (vt_sinh_interval){.value = theta[index],
                                  .low = v.low_closed ? v.low : 0.0,
                                  .high = v.high_closed ? v.high : 0.0,
                                  .low_closed = v.low_closed,
                                  .high_closed = v.high_closed};
    return st;
}

/* V from its square over that of 2 sqrt(3) k T: V = 0 where that is not positive. */
static vt_sinh_interval volume(const vt_sinh_interval *c, double T)
{
    const double unit = 2.0 * sqrt(3.0) * VT_BOLTZMANN * T;
    return (vt_sinh_interval){.value = unit * sqrt(fmax(c->value, 0.0)),
                              .low = unit * sqrt(fmax(c->low, 0.0)),
                              .high = unit * sqrt(fmax(c->high, 0.0)),
                              .low_closed = c->low_closed && c->low > 0.0,
                              .high_closed = c->high_closed};
}

vt_status vt_sinh_joint_solve(vt_nlfit *ws, const vt_sinh_points *points, vt_sinh_joint_fit *fit, vt_error *err)
{
    vt_status st = check(ws, points, fit, err);
    if (st != VT_OK) return st;
    vt_sinh_joint_fit f = {.groups = points->groups};
    double theta[VT_NLFIT_P_MAX];
    const double level = points->level > 0.0 ? points->level : 0.95;
    vt_nlfit_summary sum;
    plan pl;
    prepare(&pl, points, &f, theta);
    st = vt_xy_solve(ws, &pl.problem, &pl.options, theta, NULL, &sum, err);
    if (st != VT_OK) return st;
    f.misfit = sum.nu > 0 && sum.p_value < 0.05;
    if (f.misfit) pl.options.weights = VT_NLFIT_RELATIVE; /* same minimum, wider profile */
    for (int k = 0; k < f.groups && st == VT_OK; k++) st = profile(ws, &pl, theta, (size_t)k, level, &f.eta_N[k], err);
    if (st == VT_OK) st = profile(ws, &pl, theta, (size_t)f.groups, level, &f.curving, err);
    if (st != VT_OK) return st;
    const double unit = pl.law.sigma0 * pl.law.sigma0;
    f.curving.value /= unit;
    f.curving.low /= unit;
    f.curving.high /= unit;
    f.V = volume(&f.curving, points->T ? points->T[0] : 1.0);
    f.chi2 = sum.chi2;
    f.nu = sum.nu;
    f.p_value = sum.p_value;
    *fit = f;
    return VT_OK;
}

/* m = 1/(u coth u) and eta/eta_N = 1/S of z = u^2: both fall as z rises. */
static double m_of(double z)
{
    return 1.0 / (1.0 + 2.0 * z * shape_slope(z));
}

static double ratio_of(double z)
{
    return exp(-ln_shape(z));
}

/* The interval of a falling function of the curving. */
static vt_sinh_interval falling(double (*of)(double), const vt_sinh_interval *c, double w)
{
    vt_sinh_interval v = {.value = of(c->value * w), .low_closed = c->high_closed};
    v.low = c->high_closed ? of(c->high * w) : 0.0;
    v.high_closed = c->low_closed && c->low * w > 0.25 * Z_END; /* m is infinite at -pi^2/4 */
    v.high = v.high_closed ? of(c->low * w) : 0.0;
    return v;
}

vt_status vt_sinh_joint_at(const vt_sinh_joint_fit *fit, int group, double sigma, vt_sinh_interval *m,
                           vt_sinh_interval *ratio, vt_error *err)
{
    if (!fit || !m || !ratio || group < 0 || group >= fit->groups)
        return vt_fail(err, VT_EARG, "fit or a place is NULL, or group %d is not one of the fit", group);
    if (!(sigma > 0.0) || isinf(sigma)) return vt_fail(err, VT_EDOMAIN, "stress = %g Pa must be > 0", sigma);
    const double w = sigma * sigma * fit->relative[group];
    if (!(fit->curving.value * w > 0.25 * Z_END))
        return vt_fail(err, VT_EDOMAIN, "stress = %g Pa is beyond the fitted points, which stiffen", sigma);
    *m = falling(m_of, &fit->curving, w);
    *ratio = falling(ratio_of, &fit->curving, w);
    return VT_OK;
}
