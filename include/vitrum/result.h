#pragma once
#include <stdint.h>
#include <vitrum/param.h>
#include <vitrum/quantity.h>
#include <vitrum/table.h>

/* What a reduction, prediction or map gives back: properties with uncertainty and budget, model
 * comparison, curves and tables, figures, warnings, provenance. Written by io as JSON, CSV and the
 * result folder, by report as HTML. */
typedef struct vt_result vt_result;

/* kind: "experiment", "process", "map"; name: "molding". */
vt_status vt_result_create(vt_result **result, const char *kind, const char *name, vt_error *err);
void vt_result_free(vt_result *result);
const char *vt_result_kind(const vt_result *r);
const char *vt_result_name(const vt_result *r);

/* ---- properties ---- */
enum { VT_SCOPE_MAX = 6, VT_METHOD_TEXT = 160 };

/* What a value belongs to: {"temperature", 570.15, "K"} or {"specimen", text "w52"}. */
typedef struct vt_scope {
    char key[VT_NAME];
    char text[VT_NAME]; /* "" for a number */
    double value;       /* SI */
    char unit[32];      /* SI; "" for a text */
} vt_scope;

typedef struct vt_property {
    char name[VT_NAME];   /* fixed names of the experiment, "critical_diameter" */
    char symbol[VT_NAME]; /* "d_c" */
    char reading[16];     /* "paper", "physics" or "" */
    char method[VT_METHOD_TEXT];
    size_t nscope;
    vt_scope scope[VT_SCOPE_MAX];
    vt_quantity q;
} vt_property;

/* Copies *p. value, u finite, u >= 0, interval finite or both NaN: otherwise VT_EINTERNAL, since a
 * quantity that could not be determined is absent, with a warning. */
vt_status vt_result_add_property(vt_result *r, const vt_property *p, vt_error *err);
size_t vt_result_properties(const vt_result *r);
const vt_property *vt_result_property(const vt_result *r, size_t i); /* borrowed */

/* First property with this name and reading (NULL: any) whose scope has key = value (NULL key: any;
 * relative tolerance 1e-9); NULL if none. */
const vt_property *vt_result_find(const vt_result *r, const char *name, const char *reading, const char *scope_key,
                                  double scope_value);

/* ---- model comparison ---- */
typedef struct vt_model {
    char name[VT_NAME];  /* "additive" */
    char group[VT_NAME]; /* what the comparison is about: "T = 570.15 K"; models of one group are rivals */
    double aicc, weight; /* Akaike weight within the group, 0 ... 1 */
    double chi2;         /* NaN: not applicable */
    long parameters;
} vt_model;
vt_status vt_result_add_model(vt_result *r, const vt_model *m, vt_error *err);
size_t vt_result_models(const vt_result *r);
const vt_model *vt_result_model(const vt_result *r, size_t i);

/* ---- curves and tables: numeric or text columns with units, written one CSV each ---- */
/* Takes over *table (freed with the result, also on failure). shown: also print it in the report under
 * this title; title "" keeps it a curve only. */
vt_status vt_result_add_curve(vt_result *r, const char *name, const char *title, vt_table *table, vt_error *err);
size_t vt_result_curves(const vt_result *r);
const char *vt_result_curve_name(const vt_result *r, size_t i);
const char *vt_result_curve_title(const vt_result *r, size_t i);
const vt_table *vt_result_curve(const vt_result *r, size_t i);

/* ---- segments of a record ---- */
typedef struct vt_segment {
    char name[VT_NAME];
    double begin, end; /* SI, along `unit` */
    char unit[32];
    char verdict[VT_METHOD_TEXT];
} vt_segment;
vt_status vt_result_add_segment(vt_result *r, const vt_segment *s, vt_error *err);
size_t vt_result_segments(const vt_result *r);
const vt_segment *vt_result_segment(const vt_result *r, size_t i);

/* ---- warnings ---- */
/* code: "W_ENTRANCE"; message in words. The same code and message is kept once. */
vt_status vt_result_warn(vt_result *r, vt_error *err, const char *code, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
size_t vt_result_warnings(const vt_result *r);
const char *vt_result_warning_code(const vt_result *r, size_t i);
const char *vt_result_warning_message(const vt_result *r, size_t i);

/* ---- figures ---- */
/* VT_TILES: a map; a tile about each point, as wide as the nearest other point is far, coloured by `value`. */
typedef enum vt_style { VT_LINE, VT_DASHED, VT_POINTS, VT_BAND, VT_RULE_X, VT_RULE_Y, VT_TILES } vt_style;
enum { VT_SERIES_MAX = 24, VT_LABEL_MAX = 16 };

/* A series: columns of a curve of the same result. Rows where any needed column is NaN break a line. */
typedef struct vt_series {
    char curve[VT_NAME];
    char x[VT_NAME], y[VT_NAME];      /* column names; RULE_X needs x only, RULE_Y y only */
    char low[VT_NAME], high[VT_NAME]; /* BAND: its edges; POINTS: error bars, "" if none */
    vt_style style;
    int color;           /* index into the palette (0 ...), same index = same colour and marker */
    char label[VT_NAME]; /* legend; "" for none */
    char value[VT_NAME]; /* TILES: column that the colour shows */
} vt_series;

typedef struct vt_axis {
    char label[VT_NAME]; /* "diameter" */
    char unit[32];       /* unit shown, "nm", "degC"; the data are SI */
    int log;             /* 1: logarithmic */
    double low, high;    /* shown range in SI; NaN: automatic */
} vt_axis;

typedef struct vt_label { /* text inside the plot, at SI coordinates */
    double x, y;
    char text[VT_NAME];
} vt_label;

typedef struct vt_figure {
    char name[VT_NAME]; /* file stem, "mechanism_map" */
    char title[128];
    char alt[512]; /* what the figure shows, in words, with its numbers: alternative text and caption */
    vt_axis x, y;
    vt_axis value; /* scale of colours of TILES, which ends at its low and high; linear */
    size_t nseries, nlabels;
    vt_series series[VT_SERIES_MAX];
    vt_label labels[VT_LABEL_MAX];
} vt_figure;
vt_status vt_result_add_figure(vt_result *r, const vt_figure *f, vt_error *err); /* copies */
size_t vt_result_figures(const vt_result *r);
const vt_figure *vt_result_figure(const vt_result *r, size_t i);

/* ---- provenance ---- */
/* path as given; sha256: 64 hex digits, or "" to be filled by io when the result is written. */
vt_status vt_result_add_input(vt_result *r, const char *path, const char *sha256, vt_error *err);
size_t vt_result_inputs(const vt_result *r);
const char *vt_result_input_path(const vt_result *r, size_t i);
const char *vt_result_input_sha256(const vt_result *r, size_t i);

/* Records every row of a parameter table with its value (call once per table). "threads" is left out. */
vt_status vt_result_add_options(vt_result *r, const vt_param *table, const void *base, vt_error *err);
/* An option as recorded. Numbers have unit and value; others text only (unit ""). */
typedef struct vt_option {
    char name[VT_NAME];
    char unit[32];
    double value;
    char text[VT_PARAM_TEXT];
} vt_option;
size_t vt_result_options(const vt_result *r);
const vt_option *vt_result_option(const vt_result *r, size_t i);

void vt_result_set_seed(vt_result *r, uint64_t seed);
uint64_t vt_result_seed(const vt_result *r);

/* A constant of an alloy card that the computation leaned on: its source travels with the result. */
typedef struct vt_used_constant {
    char key[VT_NAME];
    char alloy[2 * VT_NAME];
    double value, u; /* SI; u 0: none stated */
    char unit[32];   /* SI */
    char tag;        /* 'A', 'B', 'C', 'R': see card.h */
    char source[400];
} vt_used_constant;
/* Copies *c; the same key of the same alloy is kept once. VT_EINTERNAL: value not finite. */
vt_status vt_result_use_constant(vt_result *r, const vt_used_constant *c, vt_error *err);
size_t vt_result_used_constants(const vt_result *r);
const vt_used_constant *vt_result_used_constant(const vt_result *r, size_t i);

/* An alloy card that the result makes (transport): kept and freed with the result; NULL if none. */
typedef struct vt_card vt_card;
void vt_result_adopt_card(vt_result *r, vt_card *card);
const vt_card *vt_result_card(const vt_result *r);

/* ---- documents ---- */
/* A text file that the result makes for other runs to read ("calibration.yaml"): written into the result folder under
 * this name. Copied. VT_EINTERNAL: not the name of a file, or one that the folder holds anyway. */
vt_status vt_result_add_document(vt_result *r, const char *name, const char *text, vt_error *err);
size_t vt_result_documents(const vt_result *r);
const char *vt_result_document_name(const vt_result *r, size_t i); /* borrowed; NULL beyond the last */
const char *vt_result_document_text(const vt_result *r, size_t i);
