/* Pictures of the virtual wire. */
#include "tomography_internal.h"
#include <math.h>
#include <stdlib.h>
#include <vitrum/random.h>

enum { SUB = 4 }; /* a voxel is the mean of SUB x SUB points */

/* An ellipse with its centre and turn, pixels. */
struct wire {
    double x, y, a, b, c, s;
};

/* Depth of a point below an ellipse to the first order in its distance from it, pixels. */
static double depth_at(const struct wire *w, double px, double py)
{
    const double dx = px - w->x, dy = py - w->y, x = w->c * dx + w->s * dy, y = w->c * dy - w->s * dx;
    const double p = x / w->a, q = y / w->b, u = p / w->a, v = q / w->b;
    const double f = sqrt(p * p + q * q), slope = sqrt(u * u + v * v); /* nothing near the ends of the scale */
    return slope > 0.0 ? (1.0 - f) * f / slope : w->b;
}

static double voxel_grey(const struct wire *w, const vti_virtual_grey *v, double voxel, size_t x, size_t y)
{
    const double middle = depth_at(w, (double)x, (double)y) * voxel;
    double sum = 0.0;
    /* far outside, or where the mean over a voxel is that of a parabola, cupping (voxel/R)^2/12 from its middle */
    if (middle < v->from - 2.0 * voxel || middle > v->plain + 2.0 * voxel) return vti_virtual_grey_at(v, middle);
    for (int j = 0; j < SUB; j++)
        for (int i = 0; i < SUB; i++) {
            const double px = (double)x + (i + 0.5) / SUB - 0.5, py = (double)y + (j + 0.5) / SUB - 0.5;
            sum += vti_virtual_grey_at(v, voxel * depth_at(w, px, py));
        }
    return sum / (SUB * SUB);
}

/* Noise of unit variance: white, mixed with its mean over 3 x 3 binomial weights until neighbours have the correlation
 * that is asked for. */
static void smooth(size_t width, size_t height, double mix, const double *white, float *out, double scale)
{
    static const double K[3] = {0.25, 0.5, 0.25};
    double square = 0.0;
    for (int j = 0; j < 3; j++)
        for (int i = 0; i < 3; i++) {
            const double k = mix * K[i] * K[j] + (i == 1 && j == 1 ? 1.0 - mix : 0.0);
            square += k * k;
        }
    for (size_t y = 0; y < height; y++)
        for (size_t x = 0; x < width; x++) {
            double sum = (1.0 - mix) * white[(y + 1) * (width + 2) + x + 1];
            for (size_t j = 0; j < 3; j++)
                for (size_t i = 0; i < 3; i++) sum += mix * K[i] * K[j] * white[(y + j) * (width + 2) + x + i];
            out[y * width + x] += (float)(scale * sum / sqrt(square));
        }
}

/* Share of the mean whose nearest neighbours have this correlation; bisection on its closed form. */
static double mix_of(double correlation)
{
    double low = 0.0, high = 1.0;
    for (int k = 0; k < 50; k++) {
        const double m = 0.5 * (low + high), c = 1.0 - m + 0.25 * m, e = 0.125 * m, d = 0.0625 * m;
        const double one = 2.0 * c * e + 4.0 * d * e, zero = c * c + 4.0 * e * e + 4.0 * d * d;
        if (one / zero < correlation)
            low = m;
        else
            high = m;
    }
    return low;
}

static void add_rings(const vti_tomography_truth *p, vt_stream *s, vt_image *image, double *ring, float *grey)
{
    const double span = hypot((double)image->width, (double)image->height);
    const double x0 = (0.1 + 0.8 * vt_stream_uniform(s)) * (double)image->width;
    const double y0 = (0.1 + 0.8 * vt_stream_uniform(s)) * (double)image->height;
    for (size_t k = 0; k < (size_t)span + 2; k++) ring[k] = p->rings * p->contrast * vt_stream_normal(s);
    for (size_t y = 0; y < image->height; y++)
        for (size_t x = 0; x < image->width; x++)
            grey[y * image->width + x] += (float)ring[(size_t)(hypot((double)x - x0, (double)y - y0) + 0.5)];
}

static vt_status one_slice(const vt_job *job, const vti_virtual_grey *v, vt_image *image, size_t k, vt_error *err)
{
    const vti_tomography_truth *p = job->params;
    const double R = 0.5 * p->diameter / p->voxel, middle = 0.5 * (double)(image->width - 1);
    const size_t W = image->width, H = image->height, n = (W + 2) * (H + 2);
    float *grey = image->grey + k * W * H;
    double *white = malloc(n * sizeof *white);
    vt_stream s;
    if (!white) return vt_fail(err, VT_EMEMORY, "no memory for %zu x %zu voxels", W, H);
    vt_stream_init(&s, job->common.seed, vt_stream_purpose("tomography/slice"), k);
    const double turn = 3.14159265 * vt_stream_uniform(&s);
    const struct wire w = {.x = middle + vt_stream_uniform(&s) - 0.5,
                           .y = middle + vt_stream_uniform(&s) - 0.5,
                           .a = R * (1.0 + p->ellipticity),
                           .b = R * (1.0 - p->ellipticity),
                           .c = cos(turn),
                           .s = sin(turn)};
    for (size_t i = 0; i < W * H; i++)
        grey[i] = (float)(p->air + p->contrast * voxel_grey(&w, v, p->voxel, i % W, i / W));
    if (p->rings > 0.0) add_rings(p, &s, image, white, grey);
    for (size_t i = 0; p->noise > 0.0 && i < n; i++) white[i] = vt_stream_normal(&s);
    if (p->noise > 0.0) smooth(W, H, mix_of(p->correlation), white, grey, p->noise * p->contrast);
    free(white);
    return VT_OK;
}

vt_status vti_virtual_slice(const vt_job *job, const vti_virtual_grey *v, vt_image **image, vt_error *err)
{
    const vti_tomography_truth *p = job->params;
    const double span = (p->diameter * (1.0 + p->ellipticity) + 2.0 * p->margin) / p->voxel;
    const size_t side = span < VT_IMAGE_SIDE ? (size_t)span + 4 : VT_IMAGE_SIDE + 1;
    vt_image *i = NULL;
    vt_status st = vt_image_create(&i, side, side, (size_t)p->slices, err);
    for (size_t k = 0; st == VT_OK && k < i->count; k++) st = one_slice(job, v, i, k, err);
    if (st != VT_OK) {
        vt_image_free(i);
        return st;
    }
    i->pixel_size = p->voxel;
    *image = i;
    return VT_OK;
}
