/* Order in a map: Moran's I of neighbours and a plane, both against permutations of the values. */
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <vitrum/random.h>
#include <vitrum/spatial.h>

enum { N_MIN = 9, N_MAX = 20000 };

typedef struct map {
    size_t n, npairs, room;
    size_t *pair;      /* 2 npairs */
    double *z;         /* n: values less their mean; permuted */
    double *q[2];      /* orthonormal directions of the plane */
    double mean[3];    /* of x, y, v */
    double inverse[4]; /* from the coefficients of q to slopes */
    double square;     /* sum z^2 */
} map;

static void map_free(map *m)
{
    free(m->pair);
    free(m->z);
}

static vt_status check(size_t n, const double *x, const double *y, const double *v, double reach, vt_error *err)
{
    if (n < N_MIN) return vt_fail(err, VT_EDOF, "%zu points: a map needs %d", n, N_MIN);
    if (n > N_MAX) return vt_fail(err, VT_ELIMIT, "%zu points; this test takes %d at most", n, N_MAX);
    if (!x || !y || !v) return vt_fail(err, VT_EARG, "places or values are NULL");
    if (!(reach >= 0.0)) return vt_fail(err, VT_EARG, "reach = %g must be at least 0", reach);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]) || !isfinite(y[i]) || !isfinite(v[i]))
            return vt_fail(err, VT_ENAN, "place or value of point %zu is not finite", i);
    return VT_OK;
}

/* 1.5 times the median distance to the nearest neighbour. */
static double usual_reach(size_t n, const double *x, const double *y, double *scratch)
{
    for (size_t i = 0; i < n; i++) {
        double least = INFINITY;
        for (size_t j = 0; j < n; j++) {
            const double d = (x[i] - x[j]) * (x[i] - x[j]) + (y[i] - y[j]) * (y[i] - y[j]);
            if (j != i && d > 0.0 && d < least) least = d;
        }
        scratch[i] = sqrt(least);
    }
    gsl_sort(scratch, 1, n);
    return 1.5 * scratch[n / 2];
}

static vt_status add_pair(map *m, size_t i, size_t j, vt_error *err)
{
    if (m->npairs == m->room) {
        const size_t room = m->room ? 2 * m->room : 4 * m->n;
        size_t *grown = realloc(m->pair, 2 * room * sizeof *grown);
        if (!grown) return vt_fail(err, VT_EMEMORY, "no memory for %zu pairs", room);
        m->pair = grown;
        m->room = room;
    }
    m->pair[2 * m->npairs] = i;
    m->pair[2 * m->npairs++ + 1] = j;
    return VT_OK;
}

static vt_status find_pairs(map *m, const double *x, const double *y, double reach, vt_error *err)
{
    for (size_t i = 0; i < m->n; i++)
        for (size_t j = i + 1; j < m->n; j++) {
            if (!(hypot(x[i] - x[j], y[i] - y[j]) <= reach)) continue;
            const vt_status st = add_pair(m, i, j, err);
            if (st != VT_OK) return st;
        }
    if (2 * m->npairs < m->n)
        return vt_fail(err, VT_EDOF,
                       "%zu pairs of %zu points lie within %g: no neighbours to compare; give a wider reach", m->npairs,
                       m->n, reach);
    return VT_OK;
}

/* Centred values and the two directions of a plane by Gram-Schmidt. */
static vt_status fill(map *m, const double *x, const double *y, const double *v, vt_error *err)
{
    const double *in[3] = {x, y, v};
    double xx = 0.0, xy = 0.0, yy = 0.0, all = 0.0;
    for (int k = 0; k < 3; k++)
        for (size_t i = 0; i < m->n; i++) m->mean[k] += (in[k][i] - m->mean[k]) / (double)(i + 1);
    for (size_t i = 0; i < m->n; i++) {
        const double dx = x[i] - m->mean[0], dy = y[i] - m->mean[1];
        m->z[i] = v[i] - m->mean[2];
        m->square += m->z[i] * m->z[i];
        xx += dx * dx;
        xy += dx * dy;
        all += dy * dy;
    }
    if (!(m->square > 0.0)) return vt_fail(err, VT_ERANGE, "all %zu values are equal: nothing to map", m->n);
    const double part = xx > 0.0 ? xy / xx : 0.0;
    for (size_t i = 0; i < m->n; i++) {
        const double rest = y[i] - m->mean[1] - part * (x[i] - m->mean[0]);
        yy += rest * rest;
    }
    if (!(xx > 0.0) || !(yy > 1e-9 * all)) return vt_fail(err, VT_ERANGE, "all %zu places lie on a line: no map", m->n);
    for (size_t i = 0; i < m->n; i++) {
        m->q[0][i] = (x[i] - m->mean[0]) / sqrt(xx);
        m->q[1][i] = (y[i] - m->mean[1] - part * (x[i] - m->mean[0])) / sqrt(yy);
    }
    /* v = c0 q0 + c1 q1: slope_y = c1/sqrt(yy), slope_x = c0/sqrt(xx) - part slope_y */
    m->inverse[0] = 1.0 / sqrt(xx);
    m->inverse[1] = -part / sqrt(yy);
    m->inverse[2] = 0.0;
    m->inverse[3] = 1.0 / sqrt(yy);
    return VT_OK;
}

static vt_status map_create(size_t n, map *m, vt_error *err)
{
    *m = (map){.n = n, .z = calloc(n, 3 * sizeof(double))};
    if (!m->z) return vt_fail(err, VT_EMEMORY, "no memory for %zu points", n);
    m->q[0] = m->z + n;
    m->q[1] = m->z + 2 * n;
    return VT_OK;
}

static double moran(const map *m)
{
    double sum = 0.0;
    for (size_t k = 0; k < m->npairs; k++) sum += m->z[m->pair[2 * k]] * m->z[m->pair[2 * k + 1]];
    return sum / (double)m->npairs * (double)m->n / m->square;
}

static void plane(const map *m, double c[2])
{
    c[0] = c[1] = 0.0;
    for (size_t i = 0; i < m->n; i++) {
        c[0] += m->q[0][i] * m->z[i];
        c[1] += m->q[1][i] * m->z[i];
    }
}

/* Of the unpermuted values. */
static void measure(const map *m, const double *x, const double *y, vt_spatial *s)
{
    double c[2], low = INFINITY, high = -INFINITY;
    plane(m, c);
    s->moran = moran(m);
    s->moran_expected = -1.0 / ((double)m->n - 1.0);
    s->neighbours = 2.0 * (double)m->npairs / (double)m->n;
    s->r2 = (c[0] * c[0] + c[1] * c[1]) / m->square;
    const double s2 = fmax(1.0 - s->r2, 0.0) * m->square / ((double)m->n - 3.0);
    s->slope[0] = m->inverse[0] * c[0] + m->inverse[1] * c[1];
    s->slope[1] = m->inverse[3] * c[1];
    s->u_slope[0] = sqrt(s2) * hypot(m->inverse[0], m->inverse[1]);
    s->u_slope[1] = sqrt(s2) * m->inverse[3];
    for (size_t i = 0; i < m->n; i++) {
        const double v = s->slope[0] * x[i] + s->slope[1] * y[i];
        low = fmin(low, v);
        high = fmax(high, v);
    }
    s->range = high - low;
}

static void permute(map *m, const vt_spatial_options *opt, vt_spatial *s)
{
    const size_t draws = opt->permutations > 0 ? opt->permutations : 999;
    size_t ordered = 0, inclined = 0;
    vt_stream stream;
    vt_stream_init(&stream, opt->seed, vt_stream_purpose("spatial"), 0);
    for (size_t k = 0; k < draws; k++) {
        double c[2];
        for (size_t i = m->n - 1; i > 0; i--) {
            const size_t j = vt_stream_below(&stream, i + 1);
            const double t = m->z[i];
            m->z[i] = m->z[j];
            m->z[j] = t;
        }
        plane(m, c);
        if (moran(m) >= s->moran) ordered++;
        if ((c[0] * c[0] + c[1] * c[1]) / m->square >= s->r2) inclined++;
    }
    s->p_moran = (1.0 + (double)ordered) / (1.0 + (double)draws);
    s->p_trend = (1.0 + (double)inclined) / (1.0 + (double)draws);
}

vt_status vt_spatial_test(size_t n, const double *x, const double *y, const double *v, double reach,
                          const vt_spatial_options *opt, vt_spatial *out, vt_error *err)
{
    map m = {0};
    vt_spatial s = {0};
    vt_status st;
    if (!opt || !out) return vt_fail(err, VT_EARG, "options or output is NULL");
    VT_TRY(st = check(n, x, y, v, reach, err));
    VT_TRY(st = map_create(n, &m, err));
    VT_TRY(st = find_pairs(&m, x, y, reach > 0.0 ? reach : usual_reach(n, x, y, m.z), err));
    VT_TRY(st = fill(&m, x, y, v, err));
    measure(&m, x, y, &s);
    permute(&m, opt, &s);
    *out = s;
done:
    map_free(&m);
    return st;
}
