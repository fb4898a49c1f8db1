#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Piecewise-constant signals: set-point segments of a control channel (force, power, temperature). Procedure 1.6,
 * step 1. */

typedef struct vt_setpoint {
    size_t from, to; /* samples from ... to - 1 */
    double level;    /* robust level, in the unit of the signal */
} vt_setpoint;

typedef struct vt_segment_options {
    double noise; /* standard deviation of the noise; 0: 1.4826 median |y_i - y_(i-1)| / sqrt 2; where more than half of
                   * the differences are 0 (a quantised channel), the smallest non-zero difference / sqrt 12 */
    double penalty; /* cost of one more segment is penalty ln(n) noise^2; 0: 3 */
    double clip;    /* biweight: a residual counts at most (clip noise)^2; 0: 3 */
} vt_segment_options;

typedef struct vt_segment_work vt_segment_work; /* workspace, one per thread; it keeps what memory it grew to */

/* Workspace for up to n_max samples. VT_EARG, VT_EMEMORY. */
vt_status vt_segment_create(vt_segment_work **ws, size_t n_max, vt_error *err);

/* NULL allowed. */
void vt_segment_free(vt_segment_work *ws);

typedef struct vt_segments {
    vt_setpoint *segment; /* in: room for `capacity` segments, the caller's */
    size_t capacity;
    size_t count; /* out */
    double noise; /* out: standard deviation that was used */
} vt_segments;

/* Optimal segmentation: minimum over all segmentations of sum min((y_i - level)^2, (clip noise)^2) + penalty per
 * segment. The cost of Killick et al., J. Am. Stat. Assoc. 107 (2012) 1590, made robust and pruned exactly as by
 * Fearnhead & Rigaill, J. Am. Stat. Assoc. 114 (2019) 169 (R-FPOP, biweight loss): single outliers cut no segment.
 * About linear in n.
 *
 * VT_EARG: NULL, n > n_max, n = 0; VT_ENAN; VT_ELIMIT: more segments than capacity (raise the penalty). On failure
 * count and noise are untouched. */
vt_status vt_segment_levels(vt_segment_work *ws, size_t n, const double *y, const vt_segment_options *opt,
                            vt_segments *out, vt_error *err);

/* Takes pad samples off both ends of every segment at an inner edge (procedure: max(3 control time constants, 2
 * samples)) and drops what is empty then. n: samples of the record. */
void vt_segment_pad(vt_segments *s, size_t n, size_t pad);
