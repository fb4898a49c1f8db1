/* Signed depth of every voxel, and the mean grey by depth with its standard error (P31, steps 2 and 3). */
#include "tomography_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SUMS = 4, PARTS = 1 + VTI_TOMO_HALVES, POOL = 8, FEWEST = 4 };

static const double LEAST_SPAN = 1e-9; /* m */

/* Sums of the bins of one part: n, s, g, g^2. */
struct bins {
    const vti_tomo_body *b;
    size_t n;
    double low, width; /* m */
    double *sum;       /* PARTS x n x SUMS */
    double mean;       /* of the grey, taken off before squares are summed */
    double correlation, pairs;
    float *residual;
};

static double *cell(const struct bins *k, size_t part, size_t bin)
{
    return k->sum + (part * k->n + bin) * SUMS;
}

/* Depth of a voxel below the outline, m: along the normal of the outline. */
static double depth_of(const vti_outline *o, double voxel, double dx, double dy)
{
    const double r = sqrt(dx * dx + dy * dy);
    if (r < 0.5) return o->c[0] * voxel;
    const double c = dx / r, s = dy / r;
    double R = o->c[0] + o->c[1] * c + o->c[2] * s, slope = o->c[2] * c - o->c[1] * s, ck = c, sk = s;
    for (size_t k = 2; k <= o->harmonics; k++) {
        const double next = ck * c - sk * s;
        sk = sk * c + ck * s;
        ck = next;
        R += o->c[2 * k - 1] * ck + o->c[2 * k] * sk;
        slope += (double)k * (o->c[2 * k] * ck - o->c[2 * k - 1] * sk);
    }
    return voxel * (R - r) / sqrt(1.0 + slope * slope / (R * R));
}

/* Calls each voxel of the slice that lies in the range: adds it, or (again) leaves its residual. */
static void visit(struct bins *k, size_t slice, bool again)
{
    const vt_image *m = k->b->image;
    const vti_outline *o = &k->b->outline[slice];
    const float *grey = vt_image_slice(m, slice);
    const double voxel = k->b->par.voxel, high = k->low + k->width * (double)k->n;
    for (size_t y = 0; y < m->height; y++)
        for (size_t x = 0; x < m->width; x++) {
            const double dx = (double)x - o->x, dy = (double)y - o->y, s = depth_of(o, voxel, dx, dy);
            if (again) k->residual[y * m->width + x] = NAN;
            if (!(s >= k->low) || !(s < high) || vti_tomo_masked(k->b, slice, x, y)) continue;
            const size_t bin = (size_t)((s - k->low) / k->width) < k->n ? (size_t)((s - k->low) / k->width) : k->n - 1;
            const double g = (double)grey[y * m->width + x] - k->mean;
            double *whole = cell(k, 0, bin);
            if (again) {
                k->residual[y * m->width + x] = (float)(g - whole[2] / whole[0]);
                continue;
            }
            const size_t part[3] = {0, dx >= 0.0 ? 1 : 2, dy >= 0.0 ? 3 : 4};
            for (size_t p = 0; p < 3; p++) {
                double *c = cell(k, part[p], bin);
                c[0] += 1.0;
                c[1] += s;
                c[2] += g;
                c[3] += g * g;
            }
        }
}

/* Variance of a voxel about the mean of its bin, pooled over the bins beside it. */
static double variance(const struct bins *k, size_t bin)
{
    const size_t from = bin > POOL ? bin - POOL : 0, to = bin + POOL < k->n ? bin + POOL : k->n - 1;
    double sum = 0.0, dof = 0.0;
    for (size_t i = from; i <= to; i++) {
        const double *c = cell(k, 0, i);
        if (c[0] < 2.0) continue;
        sum += fmax(c[3] - c[2] * c[2] / c[0], 0.0);
        dof += c[0] - 1.0;
    }
    const double q = k->b->image->real ? 0.0 : 1.0; /* a step of whole numbers, P 1.1 step 7 */
    return (dof > 0.0 ? sum / dof : 0.0) + q * q / 12.0;
}

static vt_status to_profile(const struct bins *k, size_t part, vti_profile *p, vt_error *err)
{
    double *block = malloc(3 * k->n * sizeof *block);
    if (!block) return vt_fail(err, VT_EMEMORY, "no memory for %zu bins", k->n);
    *p = (vti_profile){.s = block, .g = block + k->n, .u = block + 2 * k->n, .bin = k->width, .absolute = true};
    for (size_t i = 0; i < k->n; i++) {
        const double *c = cell(k, part, i), s2 = variance(k, i);
        if (c[0] < FEWEST || !(s2 > 0.0)) continue;
        p->s[p->n] = c[1] / c[0];
        p->g[p->n] = c[2] / c[0] + k->mean;
        p->u[p->n] = sqrt(s2 * k->correlation / c[0]);
        p->pixels += c[0];
        p->n++;
    }
    p->correlation = k->correlation;
    return VT_OK;
}

/* Range of depths: what is asked for, else from the blur and the voxel, within the body and the picture. */
static void range(const vti_tomo_body *b, double *low, double *high)
{
    const double voxel = b->par.voxel, fwhm = b->sigma > 0.0 ? VT_EDGE_FWHM * b->sigma : 0.0;
    const double depth = b->par.depth > 0.0 ? b->par.depth : fmax(20.0 * fwhm, 40.0 * voxel);
    const double margin = b->par.margin > 0.0 ? b->par.margin : fmax(6.0 * fwhm, 10.0 * voxel);
    *high = fmin(depth, 0.8 * b->outline[0].c[0] * voxel);
    *low = -margin;
}

static vt_status check_size(const vti_tomo_body *b, vt_error *err)
{
    const double D = 2.0 * b->outline[0].c[0] * b->par.voxel;
    if (D >= 20e-9 && D <= 5e-3) return VT_OK;
    return vt_fail_at(err, VT_EUNITS, vt_table_path(b->table), 0, 0,
                      "voxel = %.4g m makes the body %.4g m across; wires have 20 nm to 5 mm: is the voxel %s?",
                      b->par.voxel, D, D > 5e-3 ? "in nm or um, not in um or mm" : "in um, not in nm");
}

vt_status vti_tomo_profiles(vti_tomo_body *b, vt_error *err)
{
    const vt_image *m = b->image;
    struct bins k = {.b = b, .width = 0.5 * b->par.voxel, .correlation = 1.0};
    double high, sum = 0.0;
    vt_status st = VT_OK;
    b->outline = calloc(m->count, sizeof *b->outline);
    if (!b->outline) return vt_fail(err, VT_EMEMORY, "no memory for %zu slices", m->count);
    for (size_t i = 0; i < m->count; i++) VT_TRY(st = vti_tomo_outline(b, i, &b->outline[i], err));
    VT_TRY(st = check_size(b, err));
    range(b, &k.low, &high);
    k.n = (size_t)fmax((high - k.low) / k.width, 1.0);
    k.mean = (double)m->grey[0];
    k.sum = calloc(PARTS * k.n * SUMS, sizeof *k.sum);
    k.residual = malloc(m->width * m->height * sizeof *k.residual);
    if (!k.sum || !k.residual) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for %zu bins", k.n));
    for (size_t i = 0; i < m->count; i++) visit(&k, i, false);
    for (size_t i = 0; i < m->count; i++) {
        visit(&k, i, true);
        sum += vti_tomo_correlation(k.residual, m->width, m->height);
    }
    k.correlation = sum / (double)m->count;
    for (size_t part = 0; part < PARTS; part++)
        VT_TRY(st = to_profile(&k, part, part ? &b->half[part - 1] : &b->whole, err));
done:
    free(k.sum);
    free(k.residual);
    return st;
}

vt_status vti_tomo_read_profile(const vt_table *t, const char *place, vti_profile *p, vt_error *err)
{
    const double *s = vti_bound_numbers(t, place), *g = vti_bound_numbers(t, "grey");
    const double *u = vti_bound_numbers(t, "grey_u");
    const size_t n = vt_table_rows(t);
    double *block = malloc(3 * n * sizeof *block);
    if (!block) return vt_fail(err, VT_EMEMORY, "no memory for %zu rows", n);
    *p = (vti_profile){.n = n, .s = block, .g = block + n, .u = block + 2 * n, .correlation = 1.0};
    p->absolute = u != NULL;
    memcpy(p->s, s, n * sizeof *s);
    memcpy(p->g, g, n * sizeof *g);
    for (size_t i = 0; i < n; i++) {
        p->u[i] = u ? u[i] : 1.0;
        if (u && isnan(u[i]))
            return vt_fail_at(err, VT_ENAN, vt_table_path(t), vt_table_line(t, i), 0,
                              "column 'grey_u' has no value; give it in every row, or leave the column out");
        if (i > 0 && !(s[i] > s[i - 1]))
            return vt_fail_at(err, VT_ERANGE, vt_table_path(t), vt_table_line(t, i), 0,
                              "%s %g nm does not increase after %g nm; sort the rows", place, 1e9 * s[i],
                              1e9 * s[i - 1]);
    }
    if (n > 1 && !(s[n - 1] - s[0] >= LEAST_SPAN))
        return vt_fail_at(err, VT_EUNITS, vt_table_path(t), 0, 0,
                          "column '%s' covers %.3g nm in all, and a blurred edge is wider than %g nm: is it in m or um "
                          "instead?",
                          place, 1e9 * (s[n - 1] - s[0]), 1e9 * LEAST_SPAN);
    return VT_OK;
}
