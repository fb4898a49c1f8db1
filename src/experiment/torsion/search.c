/* Least squares of one model at a held thickness. Torque is linear in the moduli, so only angles are searched (variable
 * projection): a grid of them, then a simplex. The second derivative of the torque jumps where a front crosses a
 * reading, and a modulus can end at its limit; a simplex minds neither. */
#include "models_internal.h"
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multimin.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/constants.h>

enum { YIELDS = 16, CORES = 6, STEPS = 300 };
static const double FAR_AWAY = 1e100; /* sum of squares outside the domain */
static const double LEAST = 1e-9;     /* modulus of layer or core over the other's */

struct vti_torsion_search {
    gsl_multimin_fminimizer *two, *three; /* by the number of angles */
};

vt_status vti_torsion_search_create(vti_torsion_search **work, vt_error *err)
{
    vti_torsion_search *w = calloc(1, sizeof *w);
    if (w) {
        w->two = gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, 2);
        w->three = gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, 3);
    }
    if (!w || !w->two || !w->three) {
        vti_torsion_search_free(w);
        return vt_fail(err, VT_EMEMORY, "no memory for a search");
    }
    *work = w;
    return VT_OK;
}

void vti_torsion_search_free(vti_torsion_search *work)
{
    if (!work) return;
    if (work->two) gsl_multimin_fminimizer_free(work->two);
    if (work->three) gsl_multimin_fminimizer_free(work->three);
    free(work);
}

/* Torque of a ring a <= rho <= b of a wire of radius 1 per unit of its b (VTI_P_B). */
struct ring {
    double a, b, gamma, a3, b3, a4, b4;
};

static struct ring ring(double a, double b, double gamma)
{
    return (struct ring){a, b, gamma, a * a * a, b * b * b, a * a * a * a, b * b * b * b};
}

static double torque(const struct ring *r, double theta)
{
    if (theta * r->b <= r->gamma) return theta * (r->b4 - r->a4);
    if (theta * r->a >= r->gamma) return 4.0 / 3.0 * r->gamma * (r->b3 - r->a3);
    const double p = r->gamma / theta, p3 = p * p * p;
    return theta * (p3 * p - r->a4) + 4.0 / 3.0 * r->gamma * (r->b3 - p3);
}

/* The two columns of a model: rings, or a ring and the line that hardening adds. */
struct columns {
    size_t n;
    struct ring r[2];
};

static struct columns columns(vti_torsion_model m, const double *x)
{
    const double c = 1.0 - x[VTI_P_D], y = x[VTI_P_Y];
    switch (m) {
    case VTI_TORSION_LAYERED: return (struct columns){2, {ring(0.0, c, INFINITY), ring(c, 1.0, y)}};
    case VTI_TORSION_LAYERED_CORE: return (struct columns){2, {ring(0.0, c, x[VTI_P_W]), ring(c, 1.0, y)}};
    case VTI_TORSION_EQUAL_YIELD: return (struct columns){2, {ring(0.0, c, y), ring(c, 1.0, y)}};
    case VTI_TORSION_HARDENING: return (struct columns){2, {ring(0.0, 1.0, y), ring(0.0, 1.0, INFINITY)}};
    default: return (struct columns){1, {ring(0.0, 1.0, y), ring(0.0, 0.0, INFINITY)}};
    }
}

/* Yield of the layer within the record, that of the core after it. Where the core yields no later than its last means
 * show, those decide; beyond, it is elastic and another model. */
enum { CORE_MEANS = 6 };

static double limited(double x, double low, double high, double *excess)
{
    const double at = fmin(fmax(x, low), high);
    *excess += fabs(x - at);
    return at;
}

/* Moves x into the domain; by how much. */
static double confine(const vti_torsion_problem *p, double *x)
{
    double excess = 0.0;
    x[VTI_P_Z] = limited(x[VTI_P_Z], -0.5, 0.5, &excess);
    const double end = p->phi[p->n - 1] - x[VTI_P_Z], far = p->phi[p->n - 1 - CORE_MEANS] - x[VTI_P_Z];
    const double core = (1.0 - x[VTI_P_D]) * far;
    x[VTI_P_Y] = limited(x[VTI_P_Y], 0.02 * end, p->model == VTI_TORSION_LAYERED_CORE ? 0.98 * core : end, &excess);
    if (p->model == VTI_TORSION_LAYERED_CORE) x[VTI_P_W] = limited(x[VTI_P_W], 1.001 * x[VTI_P_Y], core, &excess);
    return excess;
}

/* Coefficients of least squares from the sums of products; false: dependent. positive: neither falls below LEAST of
 * the other. */
static bool coefficients(const double s[5], size_t n, bool positive, double c[2])
{
    c[1] = 0.0;
    c[0] = s[0] > 0.0 ? s[3] / s[0] : 0.0;
    if (n == 1) return c[0] > 0.0;
    const double det = s[0] * s[2] - s[1] * s[1];
    if (!(det > 1e-13 * s[0] * s[2])) return false;
    c[0] = (s[3] * s[2] - s[4] * s[1]) / det;
    c[1] = (s[4] * s[0] - s[3] * s[1]) / det;
    if (!positive) return c[0] > 0.0 && c[0] + c[1] > 0.0;
    if (c[0] > LEAST * c[1] && c[1] > LEAST * c[0]) return true;
    const double low = s[3] / s[0], high = s[4] / s[2]; /* one column alone */
    const bool first = s[3] * low > s[4] * high;
    c[0] = first ? low : LEAST * high;
    c[1] = first ? LEAST * low : high;
    return c[0] > 0.0 && c[1] > 0.0;
}

bool vti_torsion_project(const vti_torsion_problem *p, double *x, double *rss)
{
    double a[VTI_TORSION_BINS], b[VTI_TORSION_BINS], y[VTI_TORSION_BINS], s[5] = {0}, c[2], before[3] = {0}, sum = 0.0;
    const double white = 1.0 / sqrt(1.0 - p->rho * p->rho);
    (void)confine(p, x);
    const struct columns m = columns(p->model, x);
    for (size_t i = 0; i < p->n; i++) {
        const double theta = p->phi[i] - x[VTI_P_Z], sign = theta < 0.0 ? -1.0 : 1.0;
        const double now[3] = {sign * torque(&m.r[0], fabs(theta)), m.n > 1 ? sign * torque(&m.r[1], fabs(theta)) : 0.0,
                               p->T[i]};
        a[i] = i ? (now[0] - p->rho * before[0]) * white : now[0];
        b[i] = i ? (now[1] - p->rho * before[1]) * white : now[1];
        y[i] = i ? (now[2] - p->rho * before[2]) * white : now[2];
        memcpy(before, now, sizeof before);
        s[0] += a[i] * a[i];
        s[1] += a[i] * b[i];
        s[2] += b[i] * b[i];
        s[3] += a[i] * y[i];
        s[4] += b[i] * y[i];
    }
    const bool hard = p->model == VTI_TORSION_HARDENING;
    if (!coefficients(s, m.n, !hard, c)) return false;
    for (size_t i = 0; i < p->n; i++) {
        const double e = y[i] - c[0] * a[i] - c[1] * b[i];
        sum += e * e;
    }
    x[VTI_P_B] = hard ? c[0] + c[1] : c[0];
    x[VTI_P_S] = hard ? c[1] / x[VTI_P_B] : c[1];
    *rss = sum;
    return true;
}

/* What the simplex moves, in steps: where the record bends, zero of the torque, yield of the core. */
static const double STEP[3] = {0.02, 0.004, 0.05};

struct simplex {
    const vti_torsion_problem *p;
    double x[VTI_P];
};

static void place(double *x, const double *q, size_t n)
{
    x[VTI_P_Z] = q[1] * STEP[1];
    x[VTI_P_Y] = q[0] * STEP[0] - x[VTI_P_Z];
    if (n > 2) x[VTI_P_W] = q[2] * STEP[2];
}

static double height(const gsl_vector *q, void *ctx)
{
    struct simplex *s = ctx;
    double rss;
    place(s->x, q->data, q->size);
    const double excess = confine(s->p, s->x);
    return vti_torsion_project(s->p, s->x, &rss) ? rss * (1.0 + 10.0 * excess) : FAR_AWAY;
}

/* Downhill from x. False: no end in STEPS. */
static bool descend(const vti_torsion_problem *p, double *x, double *rss)
{
    const bool core = p->model == VTI_TORSION_LAYERED_CORE;
    gsl_multimin_fminimizer *g = core ? p->work->three : p->work->two;
    struct simplex s = {.p = p};
    memcpy(s.x, x, sizeof s.x);
    double q[3] = {(x[VTI_P_Y] + x[VTI_P_Z]) / STEP[0], x[VTI_P_Z] / STEP[1], x[VTI_P_W] / STEP[2]};
    double one[3] = {0.5, 0.5, 0.5};
    const size_t n = core ? 3 : 2;
    gsl_multimin_function f = {height, n, &s};
    gsl_vector_view at = gsl_vector_view_array(q, n), step = gsl_vector_view_array(one, n);
    if (gsl_multimin_fminimizer_set(g, &f, &at.vector, &step.vector) != GSL_SUCCESS) return false;
    int status = GSL_CONTINUE;
    for (int k = 0; k < STEPS && status == GSL_CONTINUE; k++) {
        if (gsl_multimin_fminimizer_iterate(g) != GSL_SUCCESS) return false;
        status = gsl_multimin_test_size(gsl_multimin_fminimizer_size(g), 1e-4); /* of a step: 1e-3 of its u or less */
    }
    if (status != GSL_SUCCESS) return false;
    place(s.x, g->x->data, n);
    if (!vti_torsion_project(p, s.x, rss)) return false;
    memcpy(x, s.x, sizeof s.x);
    return true;
}

/* The best of a grid of yields, at the elastic line's zero. */
static bool scan(const vti_torsion_problem *p, double d, double *best, double *least)
{
    const bool core = p->model == VTI_TORSION_LAYERED_CORE;
    bool found = false;
    for (int j = 0; j < YIELDS; j++)
        for (int k = 0; k < (core ? CORES : 1); k++) {
            double x[VTI_P] = {[VTI_P_Z] = p->zero, [VTI_P_D] = d}, rss;
            const double end = (1.0 - d) * (p->phi[p->n - 1] - p->zero);
            x[VTI_P_Y] = p->onset * (0.56 + 0.04 * j);
            x[VTI_P_W] = x[VTI_P_Y] + (end - x[VTI_P_Y]) * (k + 0.5) / CORES;
            if (!vti_torsion_project(p, x, &rss) || (found && !(rss < *least))) continue;
            memcpy(best, x, sizeof x);
            *least = rss;
            found = true;
        }
    return found;
}

bool vti_torsion_solve(const vti_torsion_problem *p, const double *near, double *x, double *rss)
{
    double from[VTI_P], other[VTI_P], least = INFINITY, rss2;
    bool found = scan(p, x[VTI_P_D], from, &least);
    if (near) {
        memcpy(other, near, sizeof other);
        other[VTI_P_D] = x[VTI_P_D];
        if (vti_torsion_project(p, other, &rss2) && rss2 < least) {
            memcpy(from, other, sizeof from);
            found = true;
        }
    }
    if (!found || !descend(p, from, &least)) return false;
    memcpy(x, from, sizeof from);
    *rss = least;
    return true;
}

long vti_torsion_parameters(vti_torsion_model m)
{
    static const long K[VTI_TORSION_MODELS] = {3, 5, 6, 5, 4};
    return K[m];
}

bool vti_torsion_covariance(const vti_torsion_problem *p, const double *x, double rss, double *cov)
{
    const bool two = p->model != VTI_TORSION_HOMOGENEOUS;
    const size_t all[] = {VTI_P_B, VTI_P_Y, VTI_P_Z, VTI_P_S, VTI_P_W};
    const size_t n = p->model == VTI_TORSION_LAYERED_CORE ? 5 : two ? 4 : 3;
    const double white = 1.0 / sqrt(1.0 - p->rho * p->rho);
    double N[25] = {0}, before[VTI_P] = {0}, unit[5];
    for (size_t i = 0; i < p->n; i++) {
        double d[VTI_P], row[5];
        (void)vti_torsion_derive(p->model, x, p->phi[i], d);
        for (size_t k = 0; k < n; k++) row[k] = i ? (d[all[k]] - p->rho * before[all[k]]) * white : d[all[k]];
        for (size_t k = 0; k < n; k++)
            for (size_t l = 0; l < n; l++) N[k * n + l] += row[k] * row[l];
        memcpy(before, d, sizeof before);
    }
    for (size_t k = 0; k < n; k++) {
        unit[k] = sqrt(N[k * n + k]);
        if (!(unit[k] > 0.0)) return false;
    }
    for (size_t k = 0; k < n * n; k++) N[k] /= unit[k / n] * unit[k % n];
    gsl_matrix_view A = gsl_matrix_view_array(N, n, n);
    if (gsl_linalg_cholesky_decomp1(&A.matrix) != GSL_SUCCESS || gsl_linalg_cholesky_invert(&A.matrix) != GSL_SUCCESS)
        return false;
    memset(cov, 0, VTI_P * VTI_P * sizeof *cov);
    const double s2 = rss / ((double)p->n - (double)n);
    for (size_t k = 0; k < n; k++)
        for (size_t l = 0; l < n; l++) cov[all[k] * VTI_P + all[l]] = s2 * N[k * n + l] / (unit[k] * unit[l]);
    return true;
}
