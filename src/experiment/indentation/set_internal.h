#pragma once
#include "experiment/indentation/indentation_internal.h"
#include <vitrum/result.h>

/* Statistics of a set of reduced indents (P19: size series, sanity; ledger C2, C3). The reduction evaluates every
 * cycle, then calls these three in this order. */

/* Evaluates result i again with a further compliance C (m/N) in series, exactly as it was evaluated (same convention,
 * same area function). VT_OK: *out holds all outputs. ctx: of the reduction. */
typedef vt_status vti_set_evaluate(void *ctx, size_t i, double C, vti_indent_result *out, vt_error *err);

typedef struct vti_set {
    const vti_indents *indents;
    size_t n;
    vti_indent_result *res; /* n; verdicts are changed by vti_set_places */
    const vti_indentation_params *params;
    const vt_common *common;    /* seed, level, replicates, threads */
    vti_set_evaluate *evaluate; /* NULL: no correction for structural compliance */
    void *ctx;
} vti_set;

/* Rules of place: an indent nearer to an edge than edge_rule diameters gets the verdict VT_EEDGE (it is left out of all
 * statistics); neighbours nearer than spacing_rule diameters are warned of (W_SPACING). Diameter: that of the contact,
 * 2 sqrt(A/pi), or 7 h without it. Pile-up: W_PILE_UP where h_f/h_max > 0.7. */
vt_status vti_set_places(vti_set *s, vt_result *result, vt_error *err);

/* Everything about sets: means, scatter and ratios (paper), structural compliance, corrected values (physics), identity
 * C2, dependence on depth, maps. Adds properties, curves, figures and warnings. */
vt_status vti_set_statistics(const vti_set *s, vt_result *result, vt_error *err);
