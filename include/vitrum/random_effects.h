#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <vitrum/error.h>

/* Nested random effects: values in specimens, specimens in groups,
 *
 *   y = mu(group) + b(specimen) + w + e,   b ~ N(0, tau^2),  w ~ N(0, sigma^2),  e ~ N(0, u_i^2), u_i known or 0.
 *
 * For indents: tau is the scatter between specimens of one kind, sigma between indents of one specimen beyond the
 * uncertainty u_i that each indent has of its own. What all values share (a calibration) does not belong into u_i: it
 * moves every value alike and cancels in ratios (vt_group_ratio). P19, size series. */

typedef struct vt_nested {
    size_t n;
    const double *y;        /* n values */
    const double *u;        /* n standard uncertainties, >= 0, of each value alone; NULL: all part of sigma */
    const size_t *specimen; /* n indices, 0 ... nspecimens - 1; a specimen may have no value */
    size_t nspecimens;
    const size_t *group; /* nspecimens indices, 0 ... ngroups - 1 */
    size_t ngroups;
} vt_nested;

typedef struct vt_random_effects_options {
    double level; /* of the intervals, two-sided, e.g. 0.95 */
    bool pool; /* one tau and one sigma for all groups; false: each group its own. A group of one specimen borrows tau
                  from the others in any case, and one of single values sigma */
} vt_random_effects_options;

/* A component of scatter with its interval; low may be 0. */
typedef struct vt_scatter {
    bool known; /* false: the data cannot tell (one specimen, one value each); the numbers are NaN then */
    double value, low, high;
} vt_scatter;

typedef struct vt_group_effect {
    size_t n, specimens; /* values, specimens with values */
    double mean;         /* of the group, over specimens */
    double u, dof;       /* standard uncertainty; degrees of freedom of its t interval */
    double low, high;    /* mean -+ t(level, dof) u; NaN where dof is 0: one value without anything else known */
    bool between_known;  /* false: u leaves out the scatter between specimens, because there is only one everywhere */
    bool borrowed;       /* the scatter between specimens comes from the other groups */
    vt_scatter between;  /* tau */
    vt_scatter within;   /* sigma */
    vt_scatter icc;      /* tau^2/(tau^2 + sigma^2): share of the variance that lies between specimens */
    vt_scatter ratio;    /* tau/sigma; high may be +inf where sigma may be 0 */
    double noise;        /* root mean square of u_i; 0 without */
    double scatter;      /* standard deviation of all values of the group about their mean; NaN: one value */
} vt_group_effect;

/* Means and components of every group.
 *
 * Components: sigma^2 solves sum (y - m_s)^2/(sigma^2 + u_i^2) = n - S, tau^2 solves sum w_s (m_s - mu)^2 = S - G with
 * w_s = 1/(tau^2 + v_s), both at least 0 (Paule and Mandel, J. Res. NBS 87 (1982) 377); for balanced data without u
 * these are the estimates of the analysis of variance. Intervals of tau, of the ratio and of the intraclass
 * correlation: generalised pivots (Weerahandi, 1995; Q profile of Viechtbauer, Stat. Med. 26 (2007) 37, averaged over
 * the distribution of sigma), the average taken by quadrature, so that there is no random number in it.
 *
 * Mean: sum w_s m_s/sum w_s with variance sum w_s (m_s - mu)^2/((S - 1) sum w_s) and t with S - 1 degrees of freedom
 * (Hartung and Knapp, Stat. Med. 20 (2001) 3875): for balanced data the t interval of the means of specimens, exact at
 * any tau. Pooled: the sum runs over all groups, S - G degrees of freedom. One specimen everywhere: t interval of its
 * values, between_known false.
 *
 * level   0.95 ...;  effect  out: ngroups. A group without values has n = 0 and NaN.
 *
 * VT_EARG: NULL, level not in (0, 1); VT_ENAN: y or u not finite; VT_ERANGE: u < 0; VT_ESHAPE: an index beyond its
 * number; VT_EDOF: no value at all. Allocates its workspace (VT_EMEMORY); thread-safe; outputs untouched on failure. */
vt_status vt_random_effects(const vt_nested *d, const vt_random_effects_options *opt, vt_group_effect *effect,
                            vt_error *err);

/* Mean, its standard uncertainty (values only, for the specimen itself) and number of values of each specimen. */
typedef struct vt_specimen_effect {
    size_t n;
    double mean, u; /* NaN: no value, or one without uncertainty */
} vt_specimen_effect;

/* Means of specimens with the weights 1/(sigma^2 + u_i^2) of vt_random_effects. effect: out, nspecimens. Codes: as it.
 */
vt_status vt_specimen_means(const vt_nested *d, const vt_random_effects_options *opt, vt_specimen_effect *effect,
                            vt_error *err);

/* ---- ratio of two groups ---- */
enum { VT_SHARED_MAX = 16 };

/* One side of a ratio: mean with u and dof as found above, and what moves it together with all others. */
typedef struct vt_ratio_side {
    double mean, u, dof;
    double part[VT_SHARED_MAX]; /* sensitivity times standard uncertainty of shared influence k, with sign */
} vt_ratio_side;

typedef struct vt_ratio_options {
    size_t nshared; /* 0 ... VT_SHARED_MAX */
    double level;
    size_t replicates; /* >= 200; 0: 20000 */
    uint64_t seed;
    bool pooled; /* u of both sides comes from one and the same estimate of scatter (pool, or a group that borrowed) */
} vt_ratio_options;

typedef struct vt_ratio {
    double value, u;   /* u: first order, of what does not cancel */
    double low, high;  /* interval, symmetric in the logarithm */
    double p_value;    /* two-sided, of ratio = 1 */
    double u_separate; /* what u would be if the shared influences were independent */
    bool differs;      /* 1 lies outside the interval */
} vt_ratio;

/* a/b with the interval of the parametric bootstrap: the pivot ln(ratio)/u is drawn with the two variances estimated
 * anew in every replicate, each with its degrees of freedom, so that unequal scatter and few specimens are allowed for
 * (Krishnamoorthy, Lu and Mathew, Comput. Stat. Data Anal. 51 (2007) 5731). A shared influence moves both sides at
 * once and leaves the difference of its relative sensitivities (P19). Equal seeds give equal numbers.
 * Coverage of 95 % intervals at two degrees of freedom on either side, 8000 sets each: 0.956 at equal scatter, 0.957 at
 * 1 : 1.5, 0.931 at 1 : 4.
 * VT_EARG; VT_ENAN; VT_ERANGE: u < 0, dof < 1, replicates < 200; VT_EDOMAIN: a mean is not at least 4 u above 0;
 * VT_EMEMORY. */
vt_status vt_group_ratio(const vt_ratio_side *a, const vt_ratio_side *b, const vt_ratio_options *opt, vt_ratio *out,
                         vt_error *err);
