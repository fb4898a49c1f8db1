#pragma once
#include "text_internal.h"

/* One script that gnuplot is to run in a folder. */
typedef struct vti_script {
    char folder[VT_ERROR_PATH]; /* below dir: "figures", "steps/fit/figures" */
    const char *name;           /* stem: <name>.gp makes <name>.svg and <name>.png */
    bool drawn;                 /* out */
} vti_script;

/* Runs all scripts with one gnuplot process (a further one for the rest, if it stops at an error) and sets
 * `drawn`. note: "" or one line that says what is missing and why.
 * Returns VT_OK also if nothing could be drawn; VT_EMEMORY. */
vt_status vti_gnuplot_run(const char *dir, size_t n, vti_script *scripts, char note[VT_ERROR_TEXT], vt_error *err);
