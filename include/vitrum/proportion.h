#pragma once
#include <vitrum/error.h>
#include <stddef.h>

/* Intervals for a proportion: x of n independent trials. Procedure 1.7. Never for spatially correlated patterns without
 * a design effect. level: two-sided probability, e.g. 0.95. All: VT_EARG if a pointer is NULL, level is not in (0, 1),
 * n = 0 or x > n; on failure nothing is written. Thread-safe, nothing allocates. */

typedef struct vt_proportion {
    double estimate; /* x / n */
    double low, high;
} vt_proportion;

/* Score interval: Wilson, J. Am. Stat. Assoc. 22 (1927) 209. The default. */
vt_status vt_proportion_wilson(size_t x, size_t n, double level, vt_proportion *out, vt_error *err);

/* Exact interval, conservative: beta quantiles. Clopper & Pearson, Biometrika 26 (1934) 404. */
vt_status vt_proportion_clopper_pearson(size_t x, size_t n, double level, vt_proportion *out, vt_error *err);

/* Quantiles of Beta(x + 1/2, n - x + 1/2), low = 0 at x = 0 and high = 1 at x = n: Brown, Cai & DasGupta, Stat. Sci. 16
 * (2001) 101. */
vt_status vt_proportion_jeffreys(size_t x, size_t n, double level, vt_proportion *out, vt_error *err);

/* Pass band for the observed coverage of a nominal interval in a test with `replicates` replicates (procedure 1.9):
 * level -+ 3 sqrt(level (1 - level) / replicates), cut to [0, 1]. 1000 at 0.95: 0.929 to 0.971. */
vt_status vt_coverage_band(double level, size_t replicates, double *low, double *high, vt_error *err);
