#pragma once
#include <vitrum/error.h>
#include <stdbool.h>
#include <stddef.h>

/* Median of n values with an interval that needs no law of their distribution. */
typedef struct vt_median {
    double median;
    double mad;       /* 1.4826 times the median distance from the median: standard deviation of a normal sample */
    double low, high; /* interval; order statistics, interpolated (n >= VT_MEDIAN_LEAST) */
    size_t n;
} vt_median;

enum { VT_MEDIAN_LEAST = 6 }; /* fewer values have no order-statistic interval of 95 % */

/* Sign-test interval between two order statistics, interpolated to `level` (Hettmansperger & Sheather, Stat. Probab.
 * Lett. 4 (1986) 75). x is sorted in place; scratch: n values.
 *
 * VT_EARG: NULL, level not in (0, 1); VT_ENAN; VT_EDOF: n = 0. With fewer values than `level` needs (at 0.95: 6) low
 * and high are NaN. Nothing allocates; thread-safe. */
vt_status vt_median_interval(size_t n, double *x, double level, double *scratch, vt_median *out, vt_error *err);
