/* The surface of a body in a slice: the steepest grey along rays, to a fraction of a voxel, and a robust outline. */
#include "stats/quantile_internal.h"
#include "tomography_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/constants.h>

enum { RAYS = 720, FEWEST = 32, ROUNDS = 12, SAMPLES = 4096 };

static const double STEP = 0.5; /* pixels along a ray */

struct search {
    const vti_tomo_body *b;
    size_t slice;
    const float *grey;
    double reach;   /* pixels from the centre */
    double R;       /* first guess */
    double sigma;   /* of the derivative, pixels */
    double sign;    /* +1: brighter inside */
    double wanted;  /* the sign that the body has against the frame; 0: the place is given */
    int half;       /* samples of the derivative on either side */
    size_t room;    /* of the line */
    double *weight; /* of the samples: d/sigma exp(-d^2/(2 sigma^2)), 2 half + 1 */
    double *line;   /* greys along a ray, STEP apart; in the block of weight */
    vti_outline *o;
};

static double grey_at(const struct search *s, double x, double y)
{
    const vt_image *m = s->b->image;
    if (!(x >= 0.0) || !(y >= 0.0) || x > (double)m->width - 1.0 || y > (double)m->height - 1.0) return NAN;
    const size_t i = x < (double)m->width - 1.0 ? (size_t)x : m->width > 1 ? m->width - 2 : 0;
    const size_t j = y < (double)m->height - 1.0 ? (size_t)y : m->height > 1 ? m->height - 2 : 0;
    if (m->width < 2 || m->height < 2 || vti_tomo_masked(s->b, s->slice, i, j)) return NAN;
    const double a = x - (double)i, c = y - (double)j;
    const float *g = s->grey + j * m->width + i;
    return (1.0 - c) * ((1.0 - a) * (double)g[0] + a * (double)g[1]) +
           c * ((1.0 - a) * (double)g[m->width] + a * (double)g[m->width + 1]);
}

bool vti_tomo_masked(const vti_tomo_body *b, size_t slice, size_t x, size_t y)
{
    const vt_image *m = b->image;
    const float *grey = vt_image_slice(m, slice);
    const bool colour = b->par.mask_colour && m->colour, bright = !isnan(b->par.mask_above);
    if (!colour && !bright) return false;
    for (size_t j = y > 0 ? y - 1 : 0; j <= y + 1 && j < m->height; j++)
        for (size_t i = x > 0 ? x - 1 : 0; i <= x + 1 && i < m->width; i++) {
            const size_t at = j * m->width + i;
            if (colour && m->colour[slice * m->width * m->height + at]) return true;
            if (bright && (double)grey[at] > b->par.mask_above) return true;
        }
    return false;
}

/* ---- where the body is ---- */
static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median of the frame of the picture, and the grey farthest from it that is not an outlier. */
static void levels(const struct search *s, double *frame, double *body)
{
    const vt_image *m = s->b->image;
    double v[SAMPLES];
    const size_t n = m->width * m->height, step = n / SAMPLES + 1, round = 2 * (m->width + m->height);
    size_t k = 0;
    for (size_t i = 0; i < round && k < SAMPLES; i += round / SAMPLES + 1) {
        const size_t x = i < 2 * m->width ? i % m->width : (i - 2 * m->width) % 2 ? m->width - 1 : 0;
        const size_t y = i < m->width ? 0 : i < 2 * m->width ? m->height - 1 : (i - 2 * m->width) / 2;
        v[k++] = (double)s->grey[y * m->width + x];
    }
    qsort(v, k, sizeof *v, by_value);
    *frame = v[k / 2];
    k = 0;
    for (size_t i = 0; i < n && k < SAMPLES; i += step) v[k++] = (double)s->grey[i];
    qsort(v, k, sizeof *v, by_value);
    const double low = v[k / 50], high = v[k - 1 - k / 50];
    *body = fabs(high - *frame) > fabs(low - *frame) ? high : low;
}

static vt_status find_center(struct search *s, vt_error *err)
{
    const vt_image *m = s->b->image;
    double frame, body, sum = 0.0, x = 0.0, y = 0.0;
    if (s->b->par.center_x >= 0.0) {
        s->o->x = s->b->par.center_x;
        s->o->y = s->b->par.center_y;
        return VT_OK;
    }
    levels(s, &frame, &body);
    for (size_t i = 0; i < m->width * m->height; i++) {
        if (fabs((double)s->grey[i] - frame) < 0.5 * fabs(body - frame)) continue;
        if (vti_tomo_masked(s->b, s->slice, i % m->width, i / m->width)) continue;
        sum += 1.0;
        const size_t row = i / m->width;
        x += (double)(i - row * m->width);
        y += (double)row;
    }
    if (body == frame || sum < 9.0)
        return vt_fail_at(err, VT_ENARROW, vt_table_path(s->b->table), 0, 0,
                          "slice %zu shows no body: its grey is that of its frame, %.6g%s", s->slice + 1, frame,
                          s->b->par.mask_colour && m->colour ? "; its coloured pixels are left out: is it the picture "
                                                               "that is coloured (mask_colour=no), or lettering?"
                                                             : "");
    s->wanted = body > frame ? 1.0 : -1.0;
    s->o->x = x / sum;
    s->o->y = y / sum;
    return VT_OK;
}

/* ---- first guess of the radius: the steepest mean grey ---- */
static vt_status first_radius(struct search *s, vt_error *err)
{
    enum { TURNS = 96 };
    const vt_image *m = s->b->image;
    const double w = (double)m->width - 1.0, h = (double)m->height - 1.0, x = s->o->x, y = s->o->y;
    double best = 0.0, before[2] = {NAN, NAN};
    s->reach = fmin(fmin(x, w - x), fmin(y, h - y));
    if (s->b->par.search_radius > 0.0) s->reach = fmin(s->reach, s->b->par.search_radius);
    for (double r = 0.0; r <= s->reach; r += 1.0) {
        double sum = 0.0, count = 0.0;
        for (int k = 0; k < TURNS; k++) {
            const double t = 2.0 * VT_PI * k / TURNS, g = grey_at(s, x + r * cos(t), y + r * sin(t));
            if (isnan(g)) continue;
            sum += g;
            count += 1.0;
        }
        const double mean = count > 0.0 ? sum / count : (double)NAN, slope = mean - before[1];
        if (r >= 3.0 && fabs(slope) > fabs(best)) {
            best = slope;
            s->R = r - 1.0;
        }
        before[1] = before[0];
        before[0] = mean;
    }
    s->sign = best < 0.0 ? 1.0 : -1.0;
    if (best != 0.0 && s->R >= 2.0) return VT_OK;
    return vt_fail_at(err, VT_ENARROW, vt_table_path(s->b->table), 0, 0,
                      "slice %zu has no edge within %.4g pixels of (%.4g, %.4g); give center_x, center_y and "
                      "search_radius",
                      s->slice + 1, s->reach, x, y);
}

/* ---- rays ---- */
static double radius(const vti_outline *o, double t)
{
    double r = o->c[0];
    for (size_t k = 1; k <= o->harmonics; k++)
        r += o->c[2 * k - 1] * cos((double)k * t) + o->c[2 * k] * sin((double)k * t);
    return r;
}

/* Weights of the derivative, once a slice, and room for the greys of a ray. Samples beyond the picture are NaN whatever
 * their weight. */
static vt_status make_kernel(struct search *s, vt_error *err)
{
    const size_t most = 2 * (s->b->image->width + s->b->image->height);
    s->half = (int)fmin(ceil(6.0 * s->sigma), (double)most);
    s->room = 4 * most + 2 * (size_t)s->half + 8;
    s->weight = malloc((2 * (size_t)s->half + 1 + s->room) * sizeof *s->weight);
    if (!s->weight) return vt_fail(err, VT_EMEMORY, "no memory for %zu samples of a ray", s->room);
    s->line = s->weight + 2 * s->half + 1;
    for (int k = -s->half; k <= s->half; k++) {
        const double d = STEP * k;
        s->weight[k + s->half] = d / s->sigma * exp(-0.5 * d * d / (s->sigma * s->sigma));
    }
    return VT_OK;
}

/* Slope of the grey at r, the i-th sample of the line: derivative of a Gaussian. NaN where a sample is missing. */
static double slope_at(const struct search *s, size_t i, double r)
{
    const double *g = s->line + i - s->half;
    double sum = 0.0, norm = 0.0;
    for (int k = 0; k <= 2 * s->half; k++) {
        const double d = STEP * (k - s->half);
        if (r + d < 0.0) continue;
        sum += s->weight[k] * g[k];
        norm += s->weight[k] * d;
    }
    return -s->sign * sum / norm;
}

/* Edge of one ray within `window` of r0, by a parabola through the steepest three samples; false: none. */
static bool edge_of(const struct search *s, double t, double r0, double window, double *r, double *slope)
{
    if (!(window > 0.0) || !(2.0 * window / STEP < (double)s->room)) return false;
    const size_t count = (size_t)(2.0 * window / STEP) + 1, margin = (size_t)s->half + 1, n = count + 2 * margin;
    const double c = cos(t), q = sin(t), first = r0 - window;
    size_t at = 0;
    double best = 0.0;
    if (n > s->room) return false;
    for (size_t i = 0; i < n; i++) {
        const double p = first + STEP * ((double)i - (double)margin);
        s->line[i] = grey_at(s, s->o->x + p * c, s->o->y + p * q);
    }
    for (size_t i = margin; i < margin + count; i++) {
        const double p = first + STEP * (double)(i - margin), v = p >= 1.0 ? slope_at(s, i, p) : 0.0;
        if (v > best) best = v, at = i;
    }
    if (at == 0) return false;
    const double place = first + STEP * (double)(at - margin);
    const double before = slope_at(s, at - 1, place - STEP), after = slope_at(s, at + 1, place + STEP);
    const double bend = before - 2.0 * best + after, shift = 0.5 * (before - after) / bend;
    if (!(bend < 0.0) || !(fabs(shift) <= 1.0) || fabs(place - r0) > window - STEP) return false;
    *r = place + STEP * shift;
    *slope = best;
    return true;
}

/* All rays of one round. Rays whose edge is less than a third as steep as the median have none. */
static size_t cast_rays(const struct search *s, double window, double *theta, double *r)
{
    double slope[RAYS], order[RAYS];
    size_t n = 0, kept = 0;
    const size_t rays = (size_t)fmin(fmax(VT_PI * s->R, FEWEST * 2.0), (double)RAYS);
    for (size_t k = 0; k < rays; k++) {
        const double t = 2.0 * VT_PI * (double)k / (double)rays;
        theta[n] = t;
        if (edge_of(s, t, radius(s->o, t), window, &r[n], &slope[n])) n++;
    }
    s->o->rays = rays;
    memcpy(order, slope, n * sizeof *order);
    const double least = n > 0 ? order[vti_order_quantile(order, n, 0.5)] / 3.0 : 0.0;
    for (size_t k = 0; k < n; k++) {
        if (slope[k] < least) continue;
        theta[kept] = theta[k];
        r[kept++] = r[k];
    }
    return kept;
}

/* Longest stretch of the frame, pixels, that has the grey of the body. */
static size_t cut_by_border(const struct search *s)
{
    const vt_image *m = s->b->image;
    double frame, body;
    size_t longest = 0;
    levels(s, &frame, &body);
    for (int side = 0; side < 4; side++) {
        const size_t n = side < 2 ? m->width : m->height;
        for (size_t i = 0, run = 0; i < n; i++) {
            const size_t x = side < 2 ? i : side == 2 ? 0 : m->width - 1;
            const size_t y = side >= 2 ? i : side == 0 ? 0 : m->height - 1;
            const double g = (double)s->grey[y * m->width + x];
            const bool its = fabs(g - frame) >= 0.5 * fabs(body - frame) && !vti_tomo_masked(s->b, s->slice, x, y);
            run = its ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }
    }
    return longest;
}

static vt_status ambiguous(const struct search *s, size_t n, vt_error *err)
{
    const size_t cut = isnan(s->b->par.center_x) ? cut_by_border(s) : 0,
                 side = s->b->image->width + s->b->image->height;
    if (cut >= 8 && 20 * cut >= side)
        return vt_fail_at(err, VT_EROI, vt_table_path(s->b->table), 0, 0,
                          "slice %zu: the border of the picture cuts a body over %zu pixels; take a wider field, or "
                          "give center_x, center_y and search_radius of a whole one",
                          s->slice + 1, cut);
    return vt_fail_at(
        err, VT_EAMBIGUOUS, vt_table_path(s->b->table), 0, 0,
        "slice %zu: %zu of %zu rays about (%.5g, %.5g) meet one edge near %.5g pixels, which is no body; give "
        "center_x, center_y and search_radius of one",
        s->slice + 1, n, s->o->rays, s->o->x, s->o->y, s->R);
}

static vt_status refine(struct search *s, vt_error *err)
{
    double theta[RAYS], r[RAYS], weight[RAYS];
    double window = fmax(fmax(0.35 * s->R, 4.0 * s->sigma), 3.0);
    s->o->c[0] = s->R;
    for (int round = 0; round < ROUNDS; round++) {
        s->o->harmonics = round < 2 ? 1 : (size_t)s->b->par.harmonics;
        const size_t n = cast_rays(s, fmin(window, s->o->c[0] - 1.0), theta, r);
        if (n < FEWEST || 2 * n < s->o->rays) return ambiguous(s, n, err);
        const vt_status st = vti_tomo_harmonics(n, theta, r, weight, s->o, err);
        if (st != VT_OK) return ambiguous(s, n, err);
        const double shift = hypot(s->o->c[1], s->o->c[2]);
        s->o->x += s->o->c[1];
        s->o->y += s->o->c[2];
        s->o->c[1] = s->o->c[2] = 0.0;
        window = fmax(fmax(4.0 * s->sigma, 6.0 * s->o->scatter), 3.0);
        if (round > 3 && shift < 1e-3) break;
    }
    /* edges all over, or the gap between bodies */
    const bool ragged = s->o->scatter > fmax(1.5, 0.02 * s->o->c[0]);
    if (ragged || 2 * s->o->kept < s->o->rays || s->wanted * s->sign < 0.0) return ambiguous(s, s->o->kept, err);
    return VT_OK;
}

/* ---- checks ---- */
static vt_status check_inside(const struct search *s, vt_error *err)
{
    const vt_image *m = s->b->image;
    double most = 0.0;
    for (int k = 0; k < 64; k++) most = fmax(most, radius(s->o, 2.0 * VT_PI * k / 64));
    const double need = most + 2.0 * s->sigma;
    if (s->o->x >= need && s->o->y >= need && s->o->x + need <= (double)m->width - 1.0 &&
        s->o->y + need <= (double)m->height - 1.0)
        return VT_OK;
    return vt_fail_at(err, VT_EROI, vt_table_path(s->b->table), 0, 0,
                      "slice %zu: the body about (%.5g, %.5g) of radius %.5g pixels reaches the border of the picture; "
                      "take a wider field",
                      s->slice + 1, s->o->x, s->o->y, most);
}

/* Whole numbers whose largest value is the largest there can be, or stands in many voxels of the body. */
static vt_status check_clipped(const struct search *s, vt_error *err)
{
    const vt_image *m = s->b->image;
    const double full = m->bits <= 8 ? 255.0 : 65535.0, R = s->o->c[0];
    size_t n = 0, clipped = 0;
    if (m->real) return VT_OK;
    for (size_t y = 0; y < m->height; y++)
        for (size_t x = 0; x < m->width; x++) {
            if (hypot((double)x - s->o->x, (double)y - s->o->y) > R) continue;
            if (vti_tomo_masked(s->b, s->slice, x, y)) continue;
            n++;
            clipped += (double)s->grey[y * m->width + x] >= full;
        }
    if (50 * clipped <= n) return VT_OK;
    return vt_fail_at(
        err, VT_ESATURATED, vt_table_path(s->b->table), 0, 0,
        "slice %zu: %zu of the %zu voxels of the body are at %g, the end of the scale of %u bit; export it "
        "again with a wider window of grey",
        s->slice + 1, clipped, n, full, m->bits);
}

/* A resolution in a wrong unit would blur the body away. */
static vt_status check_blur(const struct search *s, vt_error *err)
{
    const double wide = VT_EDGE_FWHM * s->b->sigma, body = 2.0 * s->R * s->b->par.voxel;
    if (!(wide > body)) return VT_OK;
    return vt_fail_at(err, VT_EUNITS, vt_table_path(s->b->table), 0, 0,
                      "the resolution, %.4g um, is wider than the body of slice %zu, about %.4g um; is one of them, or "
                      "the voxel, in another unit?",
                      1e6 * wide, s->slice + 1, 1e6 * body);
}

vt_status vti_tomo_outline(const vti_tomo_body *b, size_t slice, vti_outline *o, vt_error *err)
{
    const double blur = b->sigma > 0.0 ? b->sigma / b->par.voxel : 0.0;
    struct search s = {
        .b = b, .slice = slice, .grey = vt_image_slice(b->image, slice), .o = o, .sigma = fmax(1.0, blur)};
    vt_status st;
    *o = (vti_outline){.harmonics = 1};
    VT_TRY(st = make_kernel(&s, err));
    VT_TRY(st = find_center(&s, err));
    VT_TRY(st = first_radius(&s, err));
    VT_TRY(st = check_blur(&s, err));
    VT_TRY(st = refine(&s, err));
    VT_TRY(st = check_inside(&s, err));
    st = check_clipped(&s, err);
done:
    free(s.weight);
    return st;
}
