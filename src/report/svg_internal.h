#pragma once
#include "text_internal.h"

/* What an SVG of gnuplot is turned into. */
typedef struct vti_svg {
    const char *title, *desc; /* text alternatives, replace gnuplot's */
    const char *prefix;       /* put before every id: ids of several figures on one page stay apart; [a-z0-9-] */
    bool inlined;             /* for an HTML page: no size, role and labels; false: a file of its own, in mm */
    double width, height;     /* px of 1/96 inch */
} vti_svg;

/* Parses svg (well-formed or VT_EPARSE), keeps known drawing elements only, without scripts, event
 * handlers and references to anything outside, and appends the result. */
vt_status vti_svg_clean(const char *svg, size_t n, const vti_svg *how, vti_text *out, vt_error *err);
