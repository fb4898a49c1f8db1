#pragma once
#include "text_internal.h"
#include <vitrum/result.h>

/* A figure between its description and its files. */

enum { VTI_PLOT_COLUMNS = 5 * VT_SERIES_MAX, VTI_PLOT_ROWS = 1500, VTI_HEAD = 2 * VT_NAME + 48 };

/* One column of the data file. */
typedef struct vti_column {
    char head[VTI_HEAD]; /* "diameter [nm]" */
    const double *si;    /* n values, borrowed from the result */
    size_t n;
    const vt_unit *unit; /* the unit of its axis */
} vti_column;

/* A series: numbers of its columns, from 1; 0: it has none. */
typedef struct vti_trace {
    size_t x, y, low, high, value;
    size_t rows;
} vti_trace;

/* Where a label stands: shift of its anchor from the point, in widths and heights of the plot. */
typedef struct vti_place {
    double dx, dy;
    char align; /* 'l', 'c', 'r' */
} vti_place;

typedef struct vti_plot {
    const vt_figure *f;
    vt_unit ux, uy, uvalue;
    size_t ncolumns;
    vti_column column[VTI_PLOT_COLUMNS];
    vti_trace trace[VT_SERIES_MAX];
    double x[2], y[2]; /* shown range, in the units of the axes */
    bool tiles;        /* has a map */
    double value[2];   /* of its colours */
    double tile[2];    /* half widths of its tiles along x and y */
    vti_place place[VT_LABEL_MAX];
    size_t key_rows;     /* of the legend; 0: none */
    double key_shift[2]; /* of the widths that gnuplot takes for its entries, in letters: SVG, PNG */
    double key_height;   /* px of 1/96 inch, as all of these */
    double height;       /* of the figure; its width is VTI_WIDTH */
} vti_plot;

/* 89 mm, and the rest of the layout, in px of 1/96 inch. */
#define VTI_WIDTH       336.0
#define VTI_FONT        10.67 /* 8 pt */
#define VTI_PLOT_HEIGHT 232.0 /* without the legend */
#define VTI_BELOW       42.0  /* numbers and name of the x axis */
#define VTI_ABOVE       8.0
#define VTI_KEY_ROW     16.0

/* Looks up curves and columns, reads the units, finds ranges, legend and label places. r and f are
 * borrowed by *p. Codes: vt_report_figures. */
vt_status vti_plot_prepare(const vt_result *r, const vt_figure *f, vti_plot *p, vt_error *err);

/* Value k of a column in its unit; NaN beyond its end. */
double vti_plot_value(const vti_plot *p, size_t column, size_t row);

/* An entry of the legend, cut to what a legend can show. */
void vti_key_label(const char *label, vti_text *out);

/* The parts of vti_plot_prepare; tiles before ranges. */
void vti_plot_tiles(vti_plot *p);
void vti_plot_ranges(vti_plot *p);
void vti_plot_places(vti_plot *p);

/* Data file, and gnuplot script that draws it as <name>.svg and <name>.png. */
void vti_plot_data(const vti_plot *p, vti_text *csv);
void vti_plot_script(const vti_plot *p, vti_text *gp);
/* Palette and scale of a map; one of its series. */
void vti_plot_palette(const vti_plot *p, vti_text *gp);
void vti_plot_tile_clause(const vti_plot *p, size_t series, vti_text *gp);
/* Tick marks: axis 'x' or 'y', shown range. */
void vti_plot_linear_tics(char axis, const double range[2], vti_text *gp);
void vti_plot_log_tics(char axis, const double range[2], vti_text *gp);
