/* Grey of the virtual wire by depth, on a fine grid, blurred. */
#include "tomography_internal.h"
#include <math.h>
#include <stdlib.h>

enum { NONE, SHARP, GRADED, STEPS = 24 };

/* Density over that of the core at depth s, without blur; the cupping of a beam that hardens, quadratic in the radius.
 */
static double density(const vti_tomography_truth *p, double s)
{
    const double R = 0.5 * p->diameter, r = 1.0 - s / R, half = 0.5 * p->grade;
    double rho = 1.0, share = 1.0;
    if (s < 0.0) return 0.0;
    if (p->layer == SHARP && s < p->layer_thickness) share = 0.0;
    if (p->layer == GRADED) share = fmin(fmax((s - p->layer_thickness + half) / p->grade, 0.0), 1.0);
    if (p->layer != NONE) rho = p->density_ratio + (1.0 - p->density_ratio) * share;
    return rho * (1.0 - p->cupping * (1.0 - fmax(r, 0.0) * fmax(r, 0.0)));
}

/* The blur of the optics: with the voxel it makes the resolution. */
static double optics(const vti_tomography_truth *p)
{
    const double sigma = p->resolution / VT_EDGE_FWHM;
    return sqrt(sigma * sigma - p->voxel * p->voxel / 12.0);
}

double vti_virtual_grey_at(const vti_virtual_grey *v, double s)
{
    const double at = (s - v->from) / v->step;
    if (!(at > 0.0)) return v->g[0];
    const size_t i = (size_t)at;
    if (i + 1 >= v->n) return v->g[v->n - 1];
    return v->g[i] + (at - (double)i) * (v->g[i + 1] - v->g[i]);
}

static const double PEAK = 0.24197072451914337; /* exp(-1/2)/sqrt(2 pi) */

/* Gaussian blur with a kernel of whole steps; the fringe is that of a weak phase object, the second derivative of what
 * is blurred, scaled to its amplitude at the surface, PEAK of a step. */
static void blur(const vti_tomography_truth *p, size_t n, const double *sharp, double *g)
{
    double kernel[2 * 6 * STEPS + 1], sum = 0.0, second[2 * 6 * STEPS + 1];
    const int half = 6 * STEPS;
    for (int k = -half; k <= half; k++) {
        const double u = (double)k / STEPS;
        kernel[k + half] = exp(-0.5 * u * u);
        sum += kernel[k + half];
        second[k + half] = (u * u - 1.0) * kernel[k + half];
    }
    for (size_t i = 0; i < n; i++) {
        double a = 0.0, b = 0.0;
        for (int k = -half; k <= half; k++) {
            const long j = (long)i + k;
            const double v = j < 0 ? 0.0 : sharp[j >= (long)n ? n - 1 : (size_t)j];
            a += kernel[k + half] * v;
            b += second[k + half] * v;
        }
        g[i] = (a - p->fringe * b / PEAK) / sum;
    }
}

vt_status vti_virtual_grey_make(const vti_tomography_truth *p, vti_virtual_grey *v, vt_error *err)
{
    const double sigma = optics(p), R = 0.5 * p->diameter;
    const double deep = fmin(R, fmax(p->depth, 3.0 * p->layer_thickness) + p->grade) + 12.0 * sigma;
    v->plain = 6.0 * sigma + (p->layer == NONE ? 0.0 : p->layer_thickness + 0.5 * p->grade);
    v->step = sigma / STEPS;
    v->from = -12.0 * sigma;
    v->n = (size_t)((deep - v->from) / v->step) + 2;
    if (v->n > 1 << 22)
        return vt_fail(err, VT_ELIMIT, "the resolution is too fine for a depth of %g m: %zu steps", deep, v->n);
    const bool whole = p->record == 0; /* a slice shows the inside up to its centre */
    const double last = whole ? R : deep;
    v->n = (size_t)((last - v->from) / v->step) + 2;
    double *sharp = calloc(v->n, sizeof *sharp);
    v->g = calloc(v->n, sizeof *v->g);
    if (!sharp || !v->g || v->n > 1 << 24) {
        free(sharp);
        return vt_fail(err, VT_EMEMORY, "no memory for %zu steps of depth", v->n);
    }
    for (size_t i = 0; i < v->n; i++) sharp[i] = density(p, v->from + v->step * (double)i);
    blur(p, v->n, sharp, v->g);
    free(sharp);
    return VT_OK;
}
