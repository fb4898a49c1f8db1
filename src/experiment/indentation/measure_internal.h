#pragma once
#include "indentation_internal.h"

/* Parts of vti_indents_measure. */

/* Keeps the code and words of an error. */
void vti_verdict_set(vti_verdict *v, const vt_error *why);

/* Markers of the vendor that part the record, in the order of readings; at most `most`. Returns their number. */
size_t vti_indent_marks(const vti_indent *s, size_t most, vt_indent_mark *mark);

/* Finds the vendor's row of every cycle: same test and cycle, else the same test and rank among its rows. */
void vti_indents_match_rows(vti_indents *set);
