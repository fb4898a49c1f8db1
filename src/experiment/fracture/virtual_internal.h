#pragma once
#include "fracture_internal.h"

/* The virtual microscope of `fracture`. */
enum { VTI_FORM_TRACED, VTI_FORM_UNWRAPPED, VTI_FORM_ANGLES, VTI_FORM_PICTURE };

typedef struct vti_broken {
    double theta, azimuth, diameter; /* rad, rad, m */
    const char *name;
} vti_broken;

/* One picture of it. */
typedef struct vti_look {
    double number, stated, azimuth, tilt, rho; /* rad: azimuth as written and true, out of and in the picture */
    double x0, y0;                             /* m */
} vti_look;

/* Rows on their way to the table; the columns are one block. */
typedef struct vti_record {
    size_t rows;
    double *x, *y, *view, *azimuth, *diameter;
    const char **feature, **name;
} vti_record;

/* Makes the picture of the rows, which are those of one specimen, a slice a view, and puts it on the table. */
vt_status vti_fracture_draw(const vti_fracture_truth *p, const vti_record *r, vt_table *record, vt_error *err);
