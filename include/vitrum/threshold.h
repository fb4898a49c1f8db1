#pragma once
#include <vitrum/error.h>
#include <stdbool.h>
#include <stddef.h>

/* A threshold that each specimen crosses somewhere between two readings: interval-censored normal thresholds of several
 * groups, by maximum likelihood (Tobin's and Turnbull's setting, as survreg in R; procedure P04 "logistic regression
 * with ridge", with specimens instead of points).
 *
 *   c_i ~ N(A_g(i) + B z_i, s^2),  low_i < c_i < high_i
 *
 * -infinity or +infinity: the specimen was seen on one side only. ln s has the weak prior N(ln s_prior, 1), which is
 * the ridge: without it s and the likelihood degenerate where every specimen agrees with one threshold (separable
 * data). */
enum { VT_THRESHOLD_GROUPS = 8 };

typedef struct vt_threshold_data {
    size_t n;
    const double *low, *high; /* n each, low < high */
    const double *z;          /* covariate; NULL: none */
    const int *group;         /* 0 ... groups - 1 */
    int groups;
    double s_prior; /* > 0 */
} vt_threshold_data;

typedef struct vt_threshold_interval {
    double value, low, high;
    bool low_closed, high_closed; /* false: the data do not bound it on this side */
} vt_threshold_interval;

typedef struct vt_threshold_fit {
    double A[VT_THRESHOLD_GROUPS]; /* at z = 0 */
    double B, s;
    double deviance;  /* -2 ln L, prior included */
    bool separable;   /* one threshold per group agrees with every specimen */
    size_t two_sided; /* specimens with both ends finite */
} vt_threshold_fit;

/* slope: fit B, else it is 0. VT_EARG, VT_ENAN, VT_ESHAPE (low >= high); VT_EONE_CLASS: no group has both an upper and
 * a lower end; VT_EDOF: fewer specimens than parameters; VT_ENOCONV. */
vt_status vt_threshold_solve(const vt_threshold_data *data, bool slope, vt_threshold_fit *fit, vt_error *err);

/* What a profile interval is wanted of. */
typedef enum vt_threshold_what { VT_THRESHOLD_A, VT_THRESHOLD_DIFFERENCE, VT_THRESHOLD_B } vt_threshold_what;

/* Profile-likelihood interval of A_g, of A_g - A_0 or of B; the limit is that of Student's t with n - parameters
 * degrees of freedom. fit: of vt_threshold_solve with the same data and slope. VT_EARG, VT_EDOF, VT_ENOCONV. */
vt_status vt_threshold_profile(const vt_threshold_data *data, bool slope, const vt_threshold_fit *fit,
                               vt_threshold_what what, int group, double level, vt_threshold_interval *out,
                               vt_error *err);
