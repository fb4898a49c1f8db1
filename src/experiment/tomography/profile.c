/* Signed depth of every voxel, and the mean grey by depth with its standard error (P31, steps 2 and 3). */
#include "tomography_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SUMS = 4, PARTS = 1 + VTI_TOMO_HALVES, POOL = 8, FEWEST = 4 };

static const double LEAST_SPAN = 1e-9; /* m */

/* Sums of the bins of one part: n, s, g; of the whole also the squares of what its profile leaves. */
struct bins {
    const vti_tomo_body *b;
    size_t n;
    double low, width; /* m */
    double *sum;       /* PARTS x n x SUMS */
    double mean;       /* of the grey, taken off before it is summed */
    vti_tomo_noise noise;
    vti_tomo_pairs pairs;
    float *residual; /* of each voxel of a slice; NaN: not in the profile */
    int *place;      /* its bin, times 4, +1: right half, +2: lower half; -1 */
};

enum visit { SUM, RESIDUAL, PLACE }; /* PLACE: residual and place again, without its square */

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

/* Grey less the line between the mean of the bin and that of its neighbour on that side: the slope of an edge within a
 * bin is no noise. */
static double residual(const struct bins *k, size_t bin, double s, double g)
{
    const double *c = cell(k, 0, bin), from = c[1] / c[0], off = s - from;
    const double *beside = off < 0.0 ? (bin > 0 ? c - SUMS : NULL) : (bin + 1 < k->n ? c + SUMS : NULL);
    const double apart = beside && beside[0] >= FEWEST ? beside[1] / beside[0] - from : 0.0;
    const double slope = fabs(apart) > 0.5 * k->width ? (beside[2] / beside[0] - c[2] / c[0]) / apart : 0.0;
    return g - c[2] / c[0] - slope * off;
}

static void visit_voxel(struct bins *k, enum visit what, size_t at, size_t bin, const double voxel[4])
{
    const double dx = voxel[0], dy = voxel[1], s = voxel[2], g = voxel[3];
    const size_t part[3] = {0, dx >= 0.0 ? 1 : 2, dy >= 0.0 ? 3 : 4};
    if (what != SUM) {
        const double e = residual(k, bin, s, g);
        k->place[at] = 4 * (int)bin + (dx >= 0.0 ? 1 : 0) + (dy >= 0.0 ? 2 : 0);
        k->residual[at] = (float)e;
        if (what == RESIDUAL) cell(k, 0, bin)[3] += e * e;
        return;
    }
    for (size_t p = 0; p < 3; p++) {
        double *c = cell(k, part[p], bin);
        c[0] += 1.0;
        c[1] += s;
        c[2] += g;
    }
}

/* Each voxel of the slice that lies in the range of depths. */
static void visit(struct bins *k, size_t slice, enum visit what)
{
    const vt_image *m = k->b->image;
    const vti_outline *o = &k->b->outline[slice];
    const float *grey = vt_image_slice(m, slice);
    const double scale = k->b->par.voxel, high = k->low + k->width * (double)k->n;
    for (size_t y = 0; y < m->height; y++)
        for (size_t x = 0; x < m->width; x++) {
            const size_t at = y * m->width + x;
            const double dx = (double)x - o->x, dy = (double)y - o->y, s = depth_of(o, scale, dx, dy);
            if (what != SUM) k->residual[at] = NAN;
            if (what != SUM) k->place[at] = -1;
            if (!(s >= k->low) || !(s < high) || vti_tomo_masked(k->b, slice, x, y)) continue;
            const size_t bin = (size_t)((s - k->low) / k->width);
            const double voxel[4] = {dx, dy, s, (double)grey[at] - k->mean};
            visit_voxel(k, what, at, bin < k->n ? bin : k->n - 1, voxel);
        }
}

/* Variance of a voxel about the profile, pooled over the bins beside its own. */
static double variance(const struct bins *k, size_t bin)
{
    const size_t from = bin > POOL ? bin - POOL : 0, to = bin + POOL < k->n ? bin + POOL : k->n - 1;
    double sum = 0.0, dof = 0.0;
    for (size_t i = from; i <= to; i++) {
        const double *c = cell(k, 0, i);
        if (c[0] < 2.0) continue;
        sum += c[3];
        dof += c[0] - 1.0;
    }
    const double q = k->b->image->real ? 0.0 : 1.0; /* a step of whole numbers, P 1.1 step 7 */
    return (dof > 0.0 ? sum / dof : 0.0) + q * q / 12.0;
}

static vt_status to_profile(const struct bins *k, size_t part, vti_profile *p, vt_error *err)
{
    const size_t n = k->n, lags = k->pairs.lags;
    double *block = malloc((3 + lags + 1) * n * sizeof *block), *bin = malloc(2 * n * sizeof *bin);
    size_t *kept = malloc(n * sizeof *kept);
    vt_status st = VT_EMEMORY;
    *p = (vti_profile){.s = block, .bin = k->width, .absolute = true, .correlation = k->noise.total};
    if (!block || !bin || !kept) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu bins", n);
        goto done;
    }
    p->g = block + n;
    p->u = block + 2 * n;
    p->band = block + 3 * n;
    for (size_t i = 0; i < n; i++) {
        const double *c = cell(k, part, i), s2 = variance(k, i);
        bin[i] = c[0];
        bin[n + i] = sqrt(s2);
        if (c[0] < FEWEST || !(s2 > 0.0)) continue;
        kept[p->n] = i;
        p->s[p->n] = c[1] / c[0];
        p->g[p->n] = c[2] / c[0] + k->mean;
        p->pixels += c[0];
        p->n++;
    }
    const vti_tomo_bins of = {.lags = lags, .count = bin, .scatter = bin + n, .kept = kept};
    st = vti_tomo_covariance(&of, k->pairs.sum + part * n * (lags + 1), k->noise.white, p, err);
done:
    free(bin);
    free(kept);
    return st;
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

/* The correlation of the noise from what the profile leaves, and the pairs of voxels that have it. */
static vt_status correlate(struct bins *k, vt_error *err)
{
    const vt_image *m = k->b->image;
    for (size_t i = 0; i < m->count; i++) {
        visit(k, i, RESIDUAL);
        vti_tomo_noise_add(&k->noise, k->residual, m->width, m->height);
    }
    vti_tomo_noise_settle(&k->noise);
    k->pairs = (vti_tomo_pairs){.n = k->n, .lags = vti_tomo_lags(&k->noise)};
    k->pairs.sum = calloc(PARTS * k->n * (k->pairs.lags + 1), sizeof *k->pairs.sum);
    if (!k->pairs.sum) return vt_fail(err, VT_EMEMORY, "no memory for the pairs of %zu bins", k->n);
    for (size_t i = 0; i < m->count; i++) {
        if (m->count > 1) visit(k, i, PLACE); /* of one slice they are there */
        vti_tomo_count_pairs(&k->pairs, &k->noise, k->place, m->width, m->height);
    }
    return VT_OK;
}

vt_status vti_tomo_profiles(vti_tomo_body *b, vt_error *err)
{
    const vt_image *m = b->image;
    struct bins k = {.b = b, .width = 0.5 * b->par.voxel};
    double high;
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
    k.place = malloc(m->width * m->height * sizeof *k.place);
    if (!k.sum || !k.residual || !k.place) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for %zu bins", k.n));
    for (size_t i = 0; i < m->count; i++) visit(&k, i, SUM);
    VT_TRY(st = correlate(&k, err));
    for (size_t part = 0; part < PARTS; part++)
        VT_TRY(st = to_profile(&k, part, part ? &b->half[part - 1] : &b->whole, err));
done:
    free(k.sum);
    free(k.pairs.sum);
    free(k.residual);
    free(k.place);
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
