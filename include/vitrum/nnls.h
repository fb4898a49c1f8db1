#pragma once
#include <vitrum/error.h>
#include <stdbool.h>
#include <stddef.h>

/* Non-negative least squares by the active-set method of Lawson and Hanson, Solving Least Squares Problems (1974),
 * chapter 23, algorithm NNLS. */

enum { VT_NNLS_P_MAX = 16 };

typedef struct vt_nnls_work vt_nnls_work; /* workspace, one per thread */

/* Workspace for up to n_max equations and p_max unknowns. VT_EARG: a size is 0 or p_max > VT_NNLS_P_MAX; VT_EMEMORY. */
vt_status vt_nnls_create(vt_nnls_work **ws, size_t n_max, size_t p_max, vt_error *err);

/* NULL allowed. */
void vt_nnls_free(vt_nnls_work *ws);

typedef struct vt_nnls_summary {
    double chi2;                /* |A x - b|^2 */
    size_t positive;            /* unknowns above 0 */
    bool active[VT_NNLS_P_MAX]; /* true: held at 0 */
    double dual[VT_NNLS_P_MAX]; /* A'(b - A x): 0 where x > 0, <= 0 where x = 0 (Kuhn-Tucker) */
    double condition;           /* 2-norm condition number of the columns in use, scaled to unit length */
    size_t iterations;
} vt_nnls_summary;

typedef struct vt_nnls_problem { /* borrowed */
    size_t n, p;                 /* equations (1 to n_max) and unknowns (1 to p_max of the workspace) */
    const double *A;             /* n x p, row-major; weights are the caller's: multiply rows of A and b */
    const double *b;             /* n */
    const bool *unbounded;       /* p values, true: this unknown may be negative too; NULL: none may */
} vt_nnls_problem;

/* Minimum of |A x - b|^2 under x >= 0.
 *
 * x    out: p values
 * cov  out: p x p, (A'A)^-1 over the unknowns above 0 (or unbounded), rows of the others 0; not multiplied by
 *      chi2/nu; may be NULL
 * sum  out: may be NULL
 *
 * Columns are scaled to unit length inside. VT_EARG: NULL or a size; VT_ENAN: an entry is not finite, by index;
 * VT_EILLCOND: columns in use are linearly dependent (condition above 1e12; a bounded column that depends on others in
 * use stays at 0 instead); VT_ENOCONV: more than 3 p + 30 changes of
 * the active set. Allocates nothing. On failure the outputs are untouched. */
vt_status vt_nnls_solve(vt_nnls_work *ws, const vt_nnls_problem *pr, double *x, double *cov, vt_nnls_summary *sum,
                        vt_error *err);
