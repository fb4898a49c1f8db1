#pragma once
#include <vitrum/card.h>
#include <vitrum/result.h>
#include <stddef.h>

/* Short forms to put values, tables and budgets into a result; shared by experiments and processes. */

/* One property. Zero or NULL in a field: absent. */
typedef struct vti_value {
    const char *name, *symbol, *unit, *reading, *method;
    double value, u;
    double low, high, level;            /* level 0: no interval given */
    double dof;                         /* 0: not limited */
    double T;                           /* K: scope "temperature" */
    double pressure, time;              /* Pa, s: scopes, where one temperature has several conditions */
    const char *scope_key, *scope_text; /* a text scope */
    const char *and_key, *and_text;     /* and another one */
    size_t nbudget;
    const vt_budget_item *budget;
} vti_value;
vt_status vti_emit_value(vt_result *r, const vti_value *v, vt_error *err);

/* The same with the interval value -+ t u, t of the level and of v->dof (0: normal). */
vt_status vti_emit_covered(vt_result *r, const vti_value *v, double level, vt_error *err);

/* A column of a curve: numbers in SI, or texts. */
typedef struct vti_column {
    const char *name, *unit;
    const double *x;
    const char *const *text;
} vti_column;
/* title "": a curve only, not shown as a table. cols ends with a column without name. */
vt_status vti_emit_table(vt_result *r, const char *name, const char *title, size_t n, const vti_column *cols,
                         vt_error *err);

/* A table made row by row. */
typedef struct vti_rows {
    const char *name, *title;
    size_t n;
    const vti_column *cols; /* as above, only names and units are read; unit NULL: a column of texts */
    /* Writes row i: its numbers and its texts, each in the order of its columns. */
    void (*row)(const void *of, size_t i, double *number, const char **text);
    const void *of;
} vti_rows;
vt_status vti_emit_rows(vt_result *r, const vti_rows *rows, vt_error *err);

/* Appends a series of columns x and y of a curve to a figure and returns it; NULL: the figure is full and stays. */
vt_series *vti_emit_series(vt_figure *f, const char *curve, const char *x, const char *y, vt_style style, int color,
                           const char *label);
/* Its columns of the ends of intervals: error bars of points, edges of a band. s NULL: nothing. */
void vti_series_interval(vt_series *s, const char *low, const char *high);

/* Quantile p (0 to 1) of n numbers, of which NaN are left out; scratch: n. NaN if none is left. */
double vti_quantile(const double *x, size_t n, size_t stride, double p, double *scratch);

/* A constant on its way from a fit to its alloy card, tag C. */
typedef struct vti_fact {
    const char *key, *unit;
    double value, u; /* SI; u NaN: not given */
    const char *conditions;
} vti_fact;
/* Adds it; a value out of the range of the card stays off it and warns W_CARD: no card refuses a fit. */
vt_status vti_emit_fact(vt_card *card, const vti_fact *f, const char *source, vt_result *r, vt_error *err);
