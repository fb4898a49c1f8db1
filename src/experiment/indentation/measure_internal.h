#pragma once
#include "indentation_internal.h"

/* Parts of vti_indents_measure. */

/* Keeps the code and words of an error. */
void vti_verdict_set(vti_verdict *v, const vt_error *why);

/* Markers of the vendor that part the record, in the order of readings; at most `most`. Returns their number. */
size_t vti_indent_marks(const vti_indent *s, size_t most, vt_indent_mark *mark);

/* Finds the vendor's row of every cycle: same test and cycle, else the same test and rank among its rows. */
void vti_indents_match_rows(vti_indents *set);

/* ---- unloading of one cycle ---- */

/* What an unloading is fitted with. */
typedef struct vti_unloading {
    vt_indent_work *work;
    const vt_indent_curve *curve; /* drift taken off */
    double *depth;                /* curve->n: scratch, or the depth of the curve itself */
} vti_unloading;

/* Fit of y->span without the compliance C (m/N) of everything in series with the contact: the recovery follows a power
 * law only then. Writes fits, verdicts, and P, h, S, m with what goes with them, C in h and S again. */
void vti_unload_cycle(const vti_measure_options *how, const vti_indent *s, const vti_unloading *u, double C,
                      vti_indent_cycle *y);

/* The fit of a cycle that was measured, again, without another compliance. The reason of a fit that fails is in its
 * verdict; VT_EMEMORY. Thread-safe. */
vt_status vti_unload_again(const vti_measure_options *how, const vti_indent *s, double C, vti_indent_cycle *y,
                           vt_error *err);
