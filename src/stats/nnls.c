/* Non-negative least squares, Lawson and Hanson (1974), chapter 23. The equations are first reduced by one QR
 * decomposition of [A b]; the active-set search then works on at most p + 1 rows. */
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/nnls.h>

enum { P = VT_NNLS_P_MAX, K = VT_NNLS_P_MAX + 1 };

static const double DUAL = 1e-12;      /* |b|: gradients below are rounding, as the columns have unit length */
static const double DEPENDENT = 1e-12; /* what a unit column keeps across the others; below it is one of them */

struct vt_nnls_work {
    size_t n_max, p_max;
    double *Ab;  /* n_max x (p_max + 1) */
    double *tau; /* min(n, p + 1) */
};

vt_status vt_nnls_create(vt_nnls_work **ws, size_t n_max, size_t p_max, vt_error *err)
{
    if (!ws) return vt_fail(err, VT_EARG, "no place for the workspace (NULL)");
    if (n_max < 1 || p_max < 1 || p_max > P)
        return vt_fail(err, VT_EARG, "%zu equations and %zu unknowns: need 1 or more and 1 to %d", n_max, p_max, P);
    if (n_max > SIZE_MAX / sizeof(double) / K) return vt_fail(err, VT_EMEMORY, "%zu equations are too many", n_max);
    vt_nnls_work *w = calloc(1, sizeof *w);
    if (w) {
        *w = (vt_nnls_work){.n_max = n_max, .p_max = p_max};
        w->Ab = malloc(n_max * (p_max + 1) * sizeof *w->Ab);
        w->tau = malloc(K * sizeof *w->tau);
    }
    if (!w || !w->Ab || !w->tau) {
        vt_nnls_free(w);
        return vt_fail(err, VT_EMEMORY, "no memory for %zu equations with %zu unknowns", n_max, p_max);
    }
    *ws = w;
    return VT_OK;
}

void vt_nnls_free(vt_nnls_work *ws)
{
    if (!ws) return;
    free(ws->Ab);
    free(ws->tau);
    free(ws);
}

static vt_status check(const vt_nnls_work *ws, const vt_nnls_problem *pr, const double *x, vt_error *err)
{
    if (!ws || !pr || !x || !pr->A || !pr->b) return vt_fail(err, VT_EARG, "problem, workspace or output is NULL");
    if (pr->n < 1 || pr->n > ws->n_max || pr->p < 1 || pr->p > ws->p_max)
        return vt_fail(err, VT_EARG, "%zu equations with %zu unknowns: the workspace takes 1 to %zu and 1 to %zu",
                       pr->n, pr->p, ws->n_max, ws->p_max);
    for (size_t i = 0; i < pr->n; i++) {
        if (!isfinite(pr->b[i])) return vt_fail(err, VT_ENAN, "b[%zu] = %g is not finite", i, pr->b[i]);
        for (size_t j = 0; j < pr->p; j++)
            if (!isfinite(pr->A[i * pr->p + j]))
                return vt_fail(err, VT_ENAN, "A[%zu][%zu] = %g is not finite", i, j, pr->A[i * pr->p + j]);
    }
    return VT_OK;
}

/* The reduced problem: k rows, columns of unit length, and the state of the search. */
typedef struct search {
    size_t k, p;
    double A[K][P], b[K];
    double norm[P]; /* lengths of the columns of the caller */
    double size;    /* |b| */
    bool unbounded[P], in[P], barred[P];
    double x[P], dual[P];
    size_t changes;
    /* decomposition of the columns in use, in the order of `use` */
    size_t q, use[P];
    double R[K * P], tau[P], s[P];
} search;

static void reduce(vt_nnls_work *ws, const vt_nnls_problem *pr, search *s)
{
    const size_t n = pr->n, p = pr->p, k = n < p + 1 ? n : p + 1;
    *s = (search){.k = k, .p = p};
    for (size_t j = 0; j < p; j++) {
        double scale = 0.0, sum = 0.0; /* scaled against overflow */
        for (size_t i = 0; i < n; i++) scale = fmax(scale, fabs(pr->A[i * p + j]));
        for (size_t i = 0; i < n && scale > 0.0; i++) sum += pow(pr->A[i * p + j] / scale, 2.0);
        s->norm[j] = scale * sqrt(sum);
        s->unbounded[j] = pr->unbounded && pr->unbounded[j];
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < p; j++) ws->Ab[i * (p + 1) + j] = s->norm[j] > 0.0 ? pr->A[i * p + j] / s->norm[j] : 0.0;
        ws->Ab[i * (p + 1) + p] = pr->b[i];
        s->size = hypot(s->size, pr->b[i]);
    }
    gsl_matrix_view Ab = gsl_matrix_view_array(ws->Ab, n, p + 1);
    gsl_vector_view tau = gsl_vector_view_array(ws->tau, k);
    gsl_linalg_QR_decomp(&Ab.matrix, &tau.vector);
    for (size_t i = 0; i < k; i++) {
        for (size_t j = i; j < p; j++) s->A[i][j] = ws->Ab[i * (p + 1) + j];
        s->b[i] = ws->Ab[i * (p + 1) + p];
    }
}

/* Least squares over the columns in use into s->s. False: the last of them depends on the others. */
static bool fit(search *s)
{
    s->q = 0;
    for (size_t j = 0; j < s->p; j++)
        if (s->in[j]) s->use[s->q++] = j;
    if (s->q == 0) return true;
    if (s->q > s->k) return false;
    double b[K];
    for (size_t i = 0; i < s->k; i++) {
        for (size_t c = 0; c < s->q; c++) s->R[i * s->q + c] = s->A[i][s->use[c]];
        b[i] = s->b[i];
    }
    gsl_matrix_view R = gsl_matrix_view_array(s->R, s->k, s->q);
    gsl_vector_view tau = gsl_vector_view_array(s->tau, s->q), rhs = gsl_vector_view_array(b, s->k);
    gsl_linalg_QR_decomp(&R.matrix, &tau.vector);
    for (size_t c = 0; c < s->q; c++)
        if (!(fabs(s->R[c * s->q + c]) > DEPENDENT)) return false;
    gsl_linalg_QR_QTvec(&R.matrix, &tau.vector, &rhs.vector);
    for (size_t c = s->q; c-- > 0;) {
        double sum = b[c];
        for (size_t d = c + 1; d < s->q; d++) sum -= s->R[c * s->q + d] * s->s[d];
        s->s[c] = sum / s->R[c * s->q + c];
    }
    return true;
}

static void gradient(search *s)
{
    memset(s->dual, 0, sizeof s->dual);
    for (size_t i = 0; i < s->k; i++) {
        double r = s->b[i];
        for (size_t j = 0; j < s->p; j++) r -= s->A[i][j] * s->x[j];
        for (size_t j = 0; j < s->p; j++) s->dual[j] += s->A[i][j] * r;
    }
}

/* Walks from x towards the solution of the columns in use until no bounded one is left below 0. */
static bool settle(search *s, size_t limit)
{
    for (;; s->changes++) {
        double step = 1.0;
        size_t hit = P; /* the one that meets 0 first */
        if (s->changes > limit || !fit(s)) return false;
        for (size_t c = 0; c < s->q; c++) {
            const size_t j = s->use[c];
            if (s->unbounded[j] || s->s[c] > 0.0) continue;
            const double way = s->x[j] - s->s[c], t = way > 0.0 ? s->x[j] / way : 0.0;
            if (hit == P || t < step) step = t, hit = j;
        }
        for (size_t c = 0; c < s->q; c++) {
            const size_t j = s->use[c];
            s->x[j] = hit == P ? s->s[c] : s->x[j] + step * (s->s[c] - s->x[j]);
        }
        if (hit == P) return true;
        for (size_t c = 0; c < s->q; c++) {
            const size_t j = s->use[c];
            if (!s->unbounded[j] && (j == hit || s->x[j] <= 0.0)) s->x[j] = 0.0, s->in[j] = false;
        }
    }
}

/* The column that gains most; P: none gains. */
static size_t entering(const search *s)
{
    size_t best = P;
    for (size_t j = 0; j < s->p; j++)
        if (!s->in[j] && !s->barred[j] && s->dual[j] > DUAL * s->size && (best == P || s->dual[j] > s->dual[best]))
            best = j;
    return best;
}

static vt_status run(search *s, vt_error *err)
{
    const size_t limit = 3 * s->p + 30;
    for (size_t j = 0; j < s->p; j++) s->in[j] = s->unbounded[j];
    if (!settle(s, limit)) return vt_fail(err, VT_EILLCOND, "the unbounded columns are linearly dependent");
    for (;;) {
        gradient(s);
        const size_t j = entering(s);
        if (j == P) break;
        s->in[j] = true;
        s->changes++;
        /* Rounding can let a column in that its own solution puts below 0, or that depends on the others: it is barred
         * until another step has been made (Lawson and Hanson, step 6). */
        bool wrong = !fit(s);
        for (size_t c = 0; c < s->q && !wrong; c++) wrong = s->use[c] == j && !(s->s[c] > 0.0);
        if (wrong) {
            s->in[j] = false;
            s->barred[j] = true;
            continue;
        }
        memset(s->barred, 0, sizeof s->barred);
        if (!settle(s, limit))
            return vt_fail(err, VT_ENOCONV, "non-negative least squares: not settled in %zu changes", s->changes);
    }
    return fit(s) ? VT_OK : vt_fail(err, VT_EILLCOND, "the columns in use are linearly dependent");
}

static double condition(const search *s)
{
    double A[K * P], V[P * P], S[P], work[P];
    if (s->q == 0) return 1.0;
    for (size_t i = 0; i < s->k; i++)
        for (size_t c = 0; c < s->q; c++) A[i * s->q + c] = s->A[i][s->use[c]];
    gsl_matrix_view a = gsl_matrix_view_array(A, s->k, s->q), v = gsl_matrix_view_array(V, s->q, s->q);
    gsl_vector_view sv = gsl_vector_view_array(S, s->q), w = gsl_vector_view_array(work, s->q);
    gsl_linalg_SV_decomp(&a.matrix, &v.matrix, &sv.vector, &w.vector);
    return S[0] / S[s->q - 1];
}

/* (A'A)^-1 = R^-1 R^-T over the columns in use, back in the caller's scale. */
static void covariance(const search *s, double *cov)
{
    double inv[P][P] = {{0}}; /* R^-1, upper triangular */
    for (size_t c = 0; c < s->q; c++) {
        inv[c][c] = 1.0 / s->R[c * s->q + c];
        for (size_t r = c; r-- > 0;) {
            double sum = 0.0;
            for (size_t d = r + 1; d <= c; d++) sum -= s->R[r * s->q + d] * inv[d][c];
            inv[r][c] = sum / s->R[r * s->q + r];
        }
    }
    memset(cov, 0, s->p * s->p * sizeof *cov);
    for (size_t a = 0; a < s->q; a++)
        for (size_t b = 0; b < s->q; b++) {
            double sum = 0.0;
            for (size_t d = a > b ? a : b; d < s->q; d++) sum += inv[a][d] * inv[b][d];
            cov[s->use[a] * s->p + s->use[b]] = sum / s->norm[s->use[a]] / s->norm[s->use[b]];
        }
}

static void summarise(const search *s, const vt_nnls_problem *pr, const double *x, vt_nnls_summary *sum)
{
    *sum = (vt_nnls_summary){.iterations = s->changes, .condition = condition(s)};
    for (size_t i = 0; i < pr->n; i++) {
        double r = pr->b[i];
        for (size_t j = 0; j < pr->p; j++) r -= pr->A[i * pr->p + j] * x[j];
        for (size_t j = 0; j < pr->p; j++) sum->dual[j] += pr->A[i * pr->p + j] * r;
        sum->chi2 += r * r;
    }
    for (size_t j = 0; j < pr->p; j++) {
        sum->active[j] = !s->in[j];
        sum->positive += x[j] > 0.0;
    }
}

vt_status vt_nnls_solve(vt_nnls_work *ws, const vt_nnls_problem *pr, double *x, double *cov, vt_nnls_summary *sum,
                        vt_error *err)
{
    search s;
    vt_status st = check(ws, pr, x, err);
    if (st != VT_OK) return st;
    reduce(ws, pr, &s);
    st = run(&s, err);
    if (st == VT_OK && condition(&s) > 1.0 / DEPENDENT)
        st = vt_fail(err, VT_EILLCOND, "the columns in use are linearly dependent: condition %.1e", condition(&s));
    if (st != VT_OK) return st;
    for (size_t j = 0; j < pr->p; j++) x[j] = s.norm[j] > 0.0 ? s.x[j] / s.norm[j] : 0.0;
    if (cov) covariance(&s, cov);
    if (sum) summarise(&s, pr, x, sum);
    return VT_OK;
}
