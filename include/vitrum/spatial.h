#pragma once
#include <stddef.h>
#include <stdint.h>
#include <vitrum/error.h>

/* Order in a map: does a value depend on where it was measured? Both tests permute the values over the places, so that
 * they hold for any distribution and any grid with holes. */

typedef struct vt_spatial_options {
    size_t permutations; /* 0: 999 */
    uint64_t seed;
} vt_spatial_options;

typedef struct vt_spatial {
    double moran, moran_expected, p_moran; /* Moran's I of neighbours, -1/(n - 1), one-sided p value of I this large */
    double neighbours;                     /* pairs counted, on average per point */
    double slope[2], u_slope[2];           /* plane v = v0 + slope_x x + slope_y y, per unit of x and y */
    double p_trend;                        /* of the share of the variance that the plane takes */
    double r2;                             /* that share */
    double range;                          /* change of the plane over the map: largest less smallest */
} vt_spatial;

/* n points (x, y) with values v. Neighbours are pairs no farther apart than `reach` (same unit as x; 0: 1.5 times the
 * median distance to the nearest neighbour, i.e. the eight around a point of a square grid). O(n^2 + pairs
 * permutations).
 *
 * Source: Moran, Biometrika 37 (1950) 17; permutation tests: Cliff and Ord, Spatial Processes (1981).
 * VT_EARG; VT_ENAN; VT_EDOF: n < 9, or fewer than n/2 pairs; VT_ERANGE: all values equal, all places on a line;
 * VT_ELIMIT: n > 20000; VT_EMEMORY. */
vt_status vt_spatial_test(size_t n, const double *x, const double *y, const double *v, double reach,
                          const vt_spatial_options *opt, vt_spatial *out, vt_error *err);
