#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/error.h>

/* Kendall's rank correlation and its exact test against no trend. Thread-safe, allocates nothing. */

enum {
    VT_KENDALL_MAX = 400,  /* pairs of values, at most */
    VT_KENDALL_EXACT = 30, /* exact where x or y has no ties */
    VT_KENDALL_BOTH = 9    /* exact where both have ties: every order is counted */
};

typedef struct vt_kendall {
    double tau;     /* tau_b = S/sqrt((n0 - ties of x)(n0 - ties of y)), -1 to 1; n0 = n (n - 1)/2 */
    double S;       /* concordant less discordant pairs */
    double p_value; /* P(|S| at least this large) if x and y are unrelated: every order of y equally likely */
    double p_least; /* smallest p_value that these x and y, with their ties, could give in any order: 2/n! without ties
                       (four values: 0.083) */
    bool exact;     /* false: normal approximation with the variance of ties, corrected for continuity */
} vt_kendall;

/* VT_EARG: NULL, n above VT_KENDALL_MAX; VT_ENAN; VT_EDOF: n < 3, or all x or all y equal. On failure *out is
 * untouched. Source: Kendall, Biometrika 30 (1938) 81; variance with ties: Kendall, Rank Correlation Methods (1970),
 * chapter 4. */
vt_status vt_kendall_test(size_t n, const double *x, const double *y, vt_kendall *out, vt_error *err);
