/* P06, step 9, physics: steady law through all rates. The sinh law; where it misses, that of free-volume flow: in
 * steady flow creation equals annihilation, cosh X - 1 = (K v/n_D)(1 - exp(1/v - 1/v_eq)) (vt_free_volume_flow). With v
 * next to v_eq the jumps exp(-1/v) are faster than at equilibrium by 1/(1 - c (cosh X - 1)), c = n_D/(K v_eq), and rate
 * = s/(3 eta_N) sinh(X)/(1 - c (cosh X - 1)), X = sigma/s. */
#include "base/quantity_internal.h"
#include "experiment/compression/law_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

/* X coth X and ln(sinh X) without cancellation. */
static double x_coth(double X)
{
    return X > 1e-4 ? X / tanh(X) : 1.0 + X * X / 3.0;
}

static double ln_sinh(double X)
{
    return X > 1e-4 ? log(sinh(X)) : log(X) + X * X / 6.0;
}

/* theta: ln eta_N, ln s, c. */
static int curve(double x, const double *theta, double *f, double *df_dx, double *df, void *ctx)
{
    (void)ctx;
    const double X = exp(x - theta[1]), c = theta[2];
    if (!(X < 300.0)) return 1;
    const double half = sinh(0.5 * X), rise = 2.0 * half * half, still = 1.0 - c * rise;
    if (!(still > 0.0)) return 1; /* no steady state: more free volume is made than can go */
    const double D = x_coth(X) + c * X * sinh(X) / still;
    *f = theta[1] - log(3.0) - theta[0] + ln_sinh(X) - log(still);
    *df_dx = D;
    df[0] = -1.0;
    df[1] = 1.0 - D;
    df[2] = rise / still;
    return isfinite(*f) && isfinite(D) ? 0 : 1;
}

/* m = 1/D and ln(eta/eta_N), with the derivatives of both by theta and by X. */
void vti_disc_law_at(const vti_disc_law *l, double ln_sigma, double u_ln_sigma, vti_disc_law_point *out)
{
    const double X = exp(ln_sigma - l->theta[1]), c = l->theta[2], S = sinh(X), C = cosh(X),
                 still = 1.0 - c * (C - 1.0);
    const double D = x_coth(X) + c * X * S / still, near = X > 1e-4 ? X * X / (S * S) : 1.0 - X * X / 3.0;
    const double slope = x_coth(X) - near + c * ((X * S + X * X * C) / still + c * X * X * S * S / (still * still));
    const double g[3] = {0.0, slope / (D * D), -X * S / (still * still * D * D)};
    const double q[3] = {0.0, D - 1.0, -(C - 1.0) / still};
    double vm = pow(slope / (D * D) * u_ln_sigma, 2.0), vq = pow((1.0 - D) * u_ln_sigma, 2.0);
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++) {
            vm += g[i] * g[j] * l->cov[3 * i + j];
            vq += q[i] * q[j] * l->cov[3 * i + j];
        }
    out->m = 1.0 / D;
    out->u_m = sqrt(fmax(vm, 0.0));
    out->ln_ratio = log(X) - ln_sinh(X) + log(still);
    out->u_ln_ratio = sqrt(fmax(vq, 0.0));
}

enum { STARTS = 5 };

/* Starts: stress units by which the largest stress is 1.2 to 4, with c such that it is near the limit of steady flow;
 * eta_N from the lowest rate. */
static void starts(const vti_disc_points *p, double (*theta)[3])
{
    static const double X[STARTS] = {2.2, 1.2, 1.7, 3.0, 4.0};
    size_t low = 0, high = 0;
    for (size_t i = 1; i < p->n; i++) {
        if (p->ln_rate[i] < p->ln_rate[low]) low = i;
        if (p->ln_stress[i] > p->ln_stress[high]) high = i;
    }
    for (size_t k = 0; k < STARTS; k++) {
        theta[k][1] = p->ln_stress[high] - log(X[k]);
        theta[k][2] = 0.6 / (cosh(X[k]) - 1.0);
        theta[k][0] = p->ln_stress[low] - p->ln_rate[low] - log(3.0);
    }
}

vt_status vti_disc_law_fit(vt_nlfit *ws, const vti_disc_points *p, vti_disc_law *out, vt_error *err)
{
    const vt_xy_problem pr = {
        .data = {p->n, p->ln_stress, p->ln_rate, p->u_ln_stress, p->u_ln_rate, NULL}, .p = 3, .curve = curve};
    double theta[STARTS][3];
    starts(p, theta);
    const vt_nlfit_options opt = {.starts = STARTS, .start = theta[1]};
    vti_disc_law l = {.theta = {theta[0][0], theta[0][1], theta[0][2]}};
    vt_nlfit_summary sum;
    const vt_status st = vt_xy_solve(ws, &pr, &opt, l.theta, l.cov, &sum, err);
    if (st != VT_OK) return st;
    l.chi2 = sum.chi2;
    l.nu = p->n - 3;
    l.p_value = l.nu ? gsl_cdf_chisq_Q(l.chi2, (double)l.nu) : 1.0;
    l.factor = vti_coverage_factor(p->level, INFINITY);
    if (l.p_value < 0.05) {
        const double scale = l.chi2 / (double)l.nu;
        for (size_t i = 0; i < 9; i++) l.cov[i] *= scale;
        l.factor = vti_coverage_factor(p->level, (double)l.nu);
    }
    *out = l;
    return VT_OK;
}
