/* The published recipe: a line through the record just past yield, and the layer that its slope and its intercept make
 * of it; for several widths of the window, since the window sets the answer (ledger E5). */
#include "torsion_internal.h"
#include <math.h>
#include <vitrum/serial.h>

enum { LEAST_POINTS = 12 };

/* u of SR_b: the fourth root of the slopes (P30). */
static void slope_estimate(const vti_torsion_run *run, vti_torsion_window *w)
{
    const vti_torsion_params *p = run->par;
    const double L = run->L, R = run->R, uD = p->diameter_u;
    const bool core = p->core_modulus > 0.0;
    const vt_status st = core ? vt_torsion_layer_slope(R, L, w->b1, p->core_modulus, &w->SR_b, NULL)
                              : vt_torsion_layer_ratio(R, run->b0, w->b1, &w->SR_b, NULL);
    if (st != VT_OK) return;
    const double r = R - w->SR_b, own = w->u_b1 / w->b1;
    if (core) {
        const double torque = run->by_current ? p->torque_constant_u / p->torque_constant : p->torque_u;
        const double shared = hypot(p->gauge_length_u, hypot(torque, p->angle_u));
        w->u_SR_b = hypot(R * uD, 0.25 * r * hypot(own, hypot(p->core_modulus_u / p->core_modulus, shared)));
    } else
        w->u_SR_b = hypot(w->SR_b * uD, 0.25 * r * hypot(own, run->u_b0 / run->b0));
}

static void intercept_estimate(const vti_torsion_run *run, vti_torsion_window *w)
{
    const double Ty = run->yield[VTI_YIELD_ONSET][1], R = run->R;
    if (vt_torsion_layer_intercept(R, w->a1, Ty, &w->SR_a, NULL) != VT_OK) return;
    const double x = 1.0 - w->SR_a / R, u_Ty = run->b0 * run->yield[VTI_YIELD_ONSET][0] * run->u_b0 / run->b0;
    const double fit = R / (4.0 * Ty * x * x) * hypot(w->u_a1, w->a1 / Ty * u_Ty);
    w->u_SR_a = hypot(w->SR_a * run->par->diameter_u, fit);
}

static void window(const vti_torsion_run *run, double share, vti_torsion_window *w)
{
    const double from = run->z + run->yield[VTI_YIELD_ONSET][0], to = from + share * run->yield[VTI_YIELD_ONSET][0];
    vt_serial_slope line;
    size_t i = 0, n = 0;
    *w = (vti_torsion_window){.share = share, .SR_b = NAN, .u_SR_b = NAN, .SR_a = NAN, .u_SR_a = NAN, .SR_null = NAN};
    while (i < run->n && run->phi[i] < from) i++;
    while (i + n < run->n && run->phi[i + n] <= to) n++;
    /* A record that ends inside the window has not this window. */
    if (n < LEAST_POINTS || i + n >= run->n) return;
    if (!vti_torsion_line(n, run->phi + i, run->T + i, run->job->common.level, &line)) return;
    double phi = 0.0, T = 0.0;
    for (size_t k = i; k < i + n; k++) {
        phi += run->phi[k] / (double)n;
        T += run->T[k] / (double)n;
    }
    const double s = line.ordinary.s * sqrt((1.0 + line.r) / (1.0 - line.r) / (double)n);
    w->n = n;
    w->b1 = line.slope;
    w->u_b1 = line.u_slope;
    w->a1 = T - w->b1 * (phi - run->z);
    w->u_a1 = hypot(s, w->u_b1 * (phi - run->z));
    w->p_curvature = vti_torsion_curvature(n, run->phi + i, run->T + i);
    slope_estimate(run, w);
    intercept_estimate(run, w);
    const vti_torsion_fit *f = &run->fit[run->told];
    const double onset = run->yield[VTI_YIELD_ONSET][0];
    /* Of a layered wire no homogeneous fit tells the yield, and one may end beyond the window: then the onset does. */
    if (vti_torsion_is_layered(run->told) ||
        vt_torsion_layer_null(run->R, f->y.value, phi - f->x[VTI_P_Z], &w->SR_null, NULL) != VT_OK)
        w->SR_null = run->R * (1.0 - onset / (phi - run->z));
}

/* Steeper after yield than before, by two standard uncertainties, in the widest window: no model of yield does this. In
 * a narrow one noise does, and the estimate is left out. The noise is that of the elastic part: what a bent record
 * leaves of a line would hide its slope. */
static vt_status check_stiffening(const vti_torsion_run *run, vt_error *err)
{
    const vti_torsion_window *w = run->windows > 0 ? &run->window[run->windows - 1] : NULL;
    if (!w) return VT_OK;
    const double width = w->share * run->yield[VTI_YIELD_ONSET][0];
    const double means = (double)w->n * (double)run->bins / (double)run->n;
    const double u = run->s * sqrt(12.0 / means * (1.0 + run->r) / (1.0 - run->r)) / width;
    if (!(w->b1 - run->b0 > 2.0 * hypot(u, run->u_b0))) return VT_OK;
    return vt_fail(err, VT_ESTIFFENING,
                   "past the deviation from the elastic line the torque rises by %.4g uN m/rad, before it by %.4g: a "
                   "wire that yields does not stiffen. Look for a slip of the grip or a toe beyond window_start = %g",
                   1e6 * w->b1, 1e6 * run->b0, run->par->window_start);
}

vt_status vti_torsion_windows(vti_torsion_run *run, vt_error *err)
{
    const vt_list *share = &run->par->windows;
    for (size_t k = 0; run->yielded && k < share->n && run->windows < VTI_TORSION_WINDOWS; k++) {
        vti_torsion_window w;
        window(run, share->x[k], &w);
        if (w.n > 0) run->window[run->windows++] = w;
    }
    return check_stiffening(run, err);
}
