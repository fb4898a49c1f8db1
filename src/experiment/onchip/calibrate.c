/* P22, step 2: mismatch strain of the actuators from free ones: u_free = -eps_a L_a + u_0, with pointers beside it. */
#include "onchip_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <vitrum/line.h>

enum { LEAST = 5 };

/* Mean displacement of a structure over its sessions. */
static double mean_of(const vti_onchip_run *run, const vti_onchip_beam *b)
{
    double sum = 0.0;
    for (size_t k = 0; k < b->n; k++) sum += run->reading[b->from + k].u;
    return sum / (double)b->n;
}

static vt_status pointers(vti_onchip_run *run, vt_error *err)
{
    vti_onchip_calibration *c = &run->cal;
    double sum = 0.0, noise = 0.0;
    for (size_t i = 0; i < run->beams; i++) {
        const vti_onchip_beam *b = &run->beam[i];
        double eps;
        if (b->role != VTI_ONCHIP_POINTER || b->n == 0) continue;
        const double y = mean_of(run, b);
        const vt_status st = vt_onchip_pointer(y, b->own.L_a, b->arm, b->offset, &eps, err);
        if (st != VT_OK) return st;
        sum += eps;
        noise += pow(eps / y * run->par.displacement_u, 2.0) / (double)b->n;
        c->pointers++;
    }
    const double n = (double)c->pointers;
    c->pointer = c->pointers ? log1p(sum / n) : (double)NAN;
    c->u_pointer = c->pointers ? sqrt(noise) / n : (double)NAN; /* the scale of the microscope is a term of its own */
    return VT_OK;
}

/* Moments of L and L^3 about their means. */
struct cubic {
    double W, z0, xz, zz, left; /* left: of zz beside a line */
};

/* How far the line bends by a term in L^3, as curled beams look from above (kappa^2 L^3/6): its coefficient. */
static struct cubic curl(vti_onchip_calibration *c, const double *weight)
{
    double W = 0.0, x0 = 0.0, z0 = 0.0, xx = 0.0, xz = 0.0, zz = 0.0, zu = 0.0;
    size_t n = 0;
    c->curl = c->u_curl = NAN;
    for (size_t i = 0; i < c->n; i++) {
        W += weight[i];
        x0 += weight[i] * c->L[i];
        z0 += weight[i] * pow(c->L[i], 3.0);
        n += weight[i] > 0.0;
    }
    if (n < LEAST + 1) return (struct cubic){0};
    x0 /= W;
    z0 /= W;
    for (size_t i = 0; i < c->n; i++) {
        const double x = c->L[i] - x0, z = pow(c->L[i], 3.0) - z0;
        xx += weight[i] * x * x;
        xz += weight[i] * x * z;
        zz += weight[i] * z * z;
    }
    const double left = zz - xz * xz / xx;
    for (size_t i = 0; i < c->n; i++) zu += weight[i] * (pow(c->L[i], 3.0) - z0 - (c->L[i] - x0) * xz / xx) * c->u[i];
    c->curl = zu / left;
    c->u_curl = 1.0 / sqrt(left);
    return (struct cubic){.W = W, .z0 = z0, .xz = xz, .zz = zz, .left = left};
}

/* Where a term in L^3 is taken out, its noise is in slope and zero. They are drawn apart from each other, so that the
 * zero moves to the length where the two do not go together: of u = a + b (L - x0) + c (L^3 - z0) the line without the
 * term has the variances zz/(xx left) of its slope and 1/W + z0^2/zz there, x0 - z0 xz/zz. */
static void beside_curl(vti_onchip_calibration *c, const struct cubic *m)
{
    c->u_eps_a *= sqrt(m->zz / m->left);
    c->u_zero *= sqrt(1.0 + m->W * m->z0 * m->z0 / m->zz);
    c->mean_length -= m->z0 * m->xz / m->zz;
    c->zero = c->u0 + c->slope * c->mean_length;
    c->u_u0 = hypot(c->u_zero, c->mean_length * c->u_eps_a * (1.0 - c->slope));
}

/* Weighted line with the uncertainty that the known noise gives; scatter beyond it widens. */
static void weighted(vti_onchip_calibration *c, const double *share, const double *weight)
{
    double W = 0.0, x0 = 0.0, y0 = 0.0, sxx = 0.0, sxy = 0.0;
    for (size_t i = 0; i < c->n; i++) {
        if (!(weight[i] > 0.0)) continue;
        W += weight[i];
        x0 += (c->L[i] - x0) * weight[i] / W;
        y0 += (c->u[i] - y0) * weight[i] / W;
    }
    for (size_t i = 0; i < c->n; i++) {
        sxx += weight[i] * pow(c->L[i] - x0, 2.0);
        sxy += weight[i] * (c->L[i] - x0) * (c->u[i] - y0);
    }
    c->slope = sxy / sxx;
    c->mean_length = x0;
    c->zero = y0;
    c->u0 = y0 - c->slope * x0;
    c->chi2 = 0.0;
    c->nu = 0;
    for (size_t i = 0; i < c->n; i++) {
        c->line[i] = c->u0 + c->slope * c->L[i];
        if (!(weight[i] > 0.0) || !(share[i] > 0.0)) continue;
        c->chi2 += pow(c->u[i] - c->line[i], 2.0) / share[i];
        c->nu++;
    }
    const size_t fitted = c->curled ? 3 : 2;
    c->nu = c->nu > fitted ? c->nu - fitted : 0;
    const double wider = c->nu && gsl_cdf_chisq_Q(c->chi2, (double)c->nu) < 0.05 ? sqrt(c->chi2 / (double)c->nu) : 1.0;
    c->u_zero = wider / sqrt(W);
    c->u_eps_a = wider / sqrt(sxx) / (1.0 - c->slope);
    c->u_u0 = hypot(c->u_zero, x0 * wider / sqrt(sxx));
}

/* The robust line tells which ones lie off by more than four times their noise; the rest weigh by it. */
static vt_status line(vti_onchip_run *run, const double *share, vt_error *err)
{
    vti_onchip_calibration *c = &run->cal;
    vt_line_work *ws = NULL;
    vt_robust_line fit;
    double *weight = malloc(c->n * sizeof *weight);
    vt_status st = weight ? vt_line_create(&ws, c->n, err) : vt_fail(err, VT_EMEMORY, "no memory for %zu points", c->n);
    if (st == VT_OK) st = vt_line_robust(ws, c->n, c->L, c->u, NULL, &fit, err);
    vt_line_free(ws);
    for (size_t i = 0; st == VT_OK && i < c->n; i++) {
        const double off = fabs(c->u[i] - fit.robust.intercept - fit.robust.slope * c->L[i]);
        const double noise = fmax(sqrt(share[i]), 1e-12), limit = 4.0 * hypot(noise, fit.robust.s);
        const bool out = off > limit;
        weight[i] = out ? 0.0 : 1.0 / (noise * noise);
        c->outliers += out;
    }
    if (st == VT_OK) {
        const struct cubic moments = curl(c, weight);
        c->curled = c->curl > 4.0 * c->u_curl;
        for (size_t i = 0; c->curled && i < c->n; i++) c->u[i] -= c->curl * pow(c->L[i], 3.0);
        weighted(c, share, weight);
        if (c->curled) beside_curl(c, &moments);
    }
    free(weight);
    return st;
}

static vt_status free_ones(vti_onchip_run *run, vt_error *err)
{
    vti_onchip_calibration *c = &run->cal;
    double *share = malloc((run->beams + 1) * sizeof *share);
    c->L = malloc(4 * (run->beams + 1) * sizeof *c->L);
    vt_status st = VT_OK;
    size_t lengths = 0;
    if (!share || !c->L) {
        st = vt_fail(err, VT_EMEMORY, "no memory for %zu structures", run->beams);
        goto done;
    }
    c->u = c->L + run->beams + 1;
    c->line = c->u + run->beams + 1;
    c->u_u = c->line + run->beams + 1;
    for (size_t i = 0; i < run->beams; i++) {
        const vti_onchip_beam *b = &run->beam[i];
        if (b->role != VTI_ONCHIP_FREE || b->n == 0) continue;
        bool known = false;
        for (size_t k = 0; k < c->n; k++) known = known || fabs(c->L[k] - b->own.L_a) < 1e-6 * b->own.L_a;
        lengths += !known;
        c->L[c->n] = b->own.L_a;
        share[c->n] = run->par.displacement_u * run->par.displacement_u / (double)b->n;
        c->u_u[c->n] = sqrt(share[c->n]);
        c->u[c->n++] = mean_of(run, b);
    }
    if (isfinite(run->par.actuator_mismatch)) goto done;
    if (lengths < LEAST && !(lengths == 0 && c->pointers))
        st = vt_fail(err, VT_ECAL,
                     "lengths of free actuators: %zu; the mismatch strain needs %d: add rows with role free, or give "
                     "--set actuator_mismatch=-0.0043",
                     lengths, LEAST);
    else if (lengths >= LEAST)
        st = line(run, share, err);
done:
    free(share);
    return st;
}

static void take_over(vti_onchip_run *run)
{
    vti_onchip_calibration *c = &run->cal;
    const vti_onchip_params *p = &run->par;
    if (isfinite(p->actuator_mismatch)) {
        c->given = true;
        c->eps_a = p->actuator_mismatch;
        c->u_eps_a = p->actuator_mismatch_u;
    } else if (c->slope > 0.0) {
        c->eps_a = log1p(-c->slope);
    } else {
        c->eps_a = c->pointer;
        c->u_eps_a = c->u_pointer;
    }
}

vt_status vti_onchip_calibrate(vti_onchip_run *run, vt_error *err)
{
    vti_onchip_calibration *c = &run->cal;
    c->curl = c->u_curl = NAN;
    vt_status st = pointers(run, err);
    if (st == VT_OK) st = free_ones(run, err);
    if (st != VT_OK) return st;
    if (c->n && !isfinite(run->par.actuator_mismatch) && !(c->slope > 0.0))
        return vt_fail(err, VT_ESIGN,
                       "free actuators contract by %g of their length: mismatch strain must be < 0; count contraction "
                       "above 0",
                       c->slope);
    take_over(run);
    if (!(c->eps_a < 0.0))
        return vt_fail(err, VT_ESIGN, "actuator_mismatch = %g must be < 0: the actuator contracts", c->eps_a);
    if (!(c->eps_a > -0.05) || !(c->eps_a < -2e-5))
        return vt_fail(err, VT_EUNITS,
                       "mismatch strain of the actuators = %.4g is outside -0.05 ... -2e-05: look at the units of "
                       "actuator_length and displacement",
                       c->eps_a);
    return VT_OK;
}
