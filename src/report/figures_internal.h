#pragma once
#include "gnuplot_internal.h"
#include <vitrum/report.h>

/* A figure of a result on its way to the folder. */
typedef struct vti_drawing {
    const vt_result *r; /* borrowed, as f */
    const vt_figure *f;
    double height;     /* px of 1/96 inch */
    char drawn_by[64]; /* "gnuplot 5.4 patchlevel 4"; "" if not drawn */
    vti_script script;
} vti_drawing;

/* Appends the figures of *r to an array that grows (start with NULL, 0; free it). folder: below the
 * folder of the page, may be NULL or ""; its "figures" is where they go. */
vt_status vti_drawings_add(vti_drawing **d, size_t *n, const vt_result *r, const char *folder, vt_error *err);

/* Writes data and scripts of all, draws them with one process, cleans the SVG files. */
vt_status vti_drawings_write(const char *dir, size_t n, vti_drawing *d, bool draw, vt_render *done, vt_error *err);

/* Reads one file of a drawing: ending ".svg", ".png", ".csv" or ".gp". */
vt_status vti_drawing_read(const char *dir, const vti_drawing *d, const char *ending, vti_text *text, vt_error *err);
