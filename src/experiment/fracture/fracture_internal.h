#pragma once
#include <vitrum/experiment.h>
#include <vitrum/fracture_law.h>
#include <vitrum/kendall.h>

/* The experiment `fracture`: angle of a torsion fracture from the transverse plane (P32, ledger E10). */
extern const vt_experiment vti_fracture_experiment;

typedef enum vti_convention { VTI_CONVENTION_UNSTATED, VTI_CONVENTION_TRANSVERSE, VTI_CONVENTION_AXIS } vti_convention;

typedef struct vti_fracture_params {
    int convention;
    int angles; /* 0 unsigned, 1 signed */
    double diameter, azimuth;
    vt_list azimuths;
    double axis_u, tilt_u, azimuth_u, diameter_u, mode_tolerance;
    char axis_colour[VT_PARAM_TEXT], trace_colour[VT_PARAM_TEXT], edge_colour[VT_PARAM_TEXT];
    double colour_tolerance;
} vti_fracture_params;

typedef enum vti_shape_of_fracture { VTI_FRACTURE_PLANE, VTI_FRACTURE_HELIX } vti_shape_of_fracture;

typedef struct vti_fracture_truth {
    vt_list angle, diameter;
    int shape; /* vti_shape_of_fracture */
    int form;  /* traced, unwrapped, angles, picture */
    long specimens, views, points, edge_points;
    double specimen_scatter, view_spacing, setting, edge_error, tilt, azimuth_error, edge_noise, roughness, taper;
    double outliers, pixel, span;
    int state_azimuth, upside_down;
} vti_fracture_truth;

typedef enum vti_feature { VTI_EDGE_LEFT, VTI_EDGE_RIGHT, VTI_TRACE, VTI_AXIS, VTI_FEATURES } vti_feature;

/* A traced point. */
typedef struct vti_trace_point {
    size_t of; /* specimen and view: index into run->view */
    size_t order;
    vti_feature feature;
    double x, y; /* of the picture, m or pixels */
} vti_trace_point;

/* A point of a fracture on the unwrapped circumference. */
typedef struct vti_round_point {
    size_t of; /* index into run->specimen */
    size_t order;
    double azimuth, height; /* rad, m */
} vti_round_point;

/* One look at one fracture. */
typedef struct vti_fracture_view {
    size_t specimen;
    double number;                 /* as the table calls it */
    size_t table;                  /* that it stands in */
    double azimuth;                /* rad; NaN: not known */
    double diameter;               /* m; NaN: not known */
    bool in_metres;                /* the points are */
    long line;                     /* of its first row */
    double axis, apparent;         /* rad: direction of the axis in the picture; apparent angle, signed */
    double u, u_axis, u_trace;     /* rad */
    double R, centre;              /* half the distance of the edges at the trace, and their middle; NaN: no edges */
    double u_centre;               /* of the middle, over the radius */
    double unit;                   /* m or pixels: t and z are in it */
    double a, b, c;                /* z = a + b t + c sqrt(1 - t^2) along the axis; c 0: not fitted */
    double disagreement;           /* rad: of the two edges; NaN */
    size_t from, to;               /* its points in run->point */
    size_t trace_points, outliers; /* weight below 0.1 */
    bool stated;                   /* the angle stands in the table */
} vti_fracture_view;

typedef enum vti_fracture_basis {
    VTI_BASIS_BOUND,  /* fewer than three views: lower bound only */
    VTI_BASIS_KNOWN,  /* views at known azimuths */
    VTI_BASIS_RANDOM, /* views at unknown azimuths */
    VTI_BASIS_PLANE,  /* sinusoid of the unwrapped trace */
    VTI_BASIS_HELIX,  /* slope of the unwrapped trace */
    VTI_BASIS_NONE    /* not determined */
} vti_fracture_basis;

typedef enum vti_fracture_mode {
    VTI_MODE_OPEN,
    VTI_MODE_FLAT,
    VTI_MODE_MIXED,
    VTI_MODE_HELIX,
    VTI_MODES
} vti_fracture_mode;

typedef struct vti_fracture_specimen {
    const char *name; /* borrowed; "" */
    char shown[VT_NAME];
    double diameter; /* m; NaN */
    size_t order;
    size_t views;                /* of run->view, those of this specimen */
    size_t round_from, round_to; /* in run->round */
    vti_fracture_basis basis;
    double paper, u_paper;   /* rad: largest apparent angle, as published; NaN */
    vt_fracture_angle angle; /* where the basis gives one */
    double bound;            /* rad; NaN */
    double u_diameter;       /* rad: part of the uncertainty that the diameter makes */
    double A[3];             /* unwrapped: height = A0 + A1 cos + A2 sin, or A0 + A1 azimuth */
    vti_fracture_mode mode;
} vti_fracture_specimen;

typedef struct vti_fracture_run {
    const vt_job *job;
    const vti_fracture_params *par;
    vt_result *result;
    double z; /* normal quantile of the level */
    size_t n, views, specimens, rounds;
    size_t pictures; /* so far, slices too */
    size_t room, view_room, specimen_room, round_room;
    vti_trace_point *point;
    vti_round_point *round;
    vti_fracture_view *view;
    vti_fracture_specimen *specimen;
    double *scratch; /* 10 (n + rounds + specimens + 8) values; made after gathering */
} vti_fracture_run;

/* ---- robust linear fit of at most four terms ---- */
enum { VTI_TERMS = 4 };
typedef struct vti_terms_fit {
    double x[VTI_TERMS];
    double V[VTI_TERMS][VTI_TERMS]; /* covariance, stretched for serial correlation */
    double s, rss;                  /* robust scale; weighted residual sum of squares */
    double n_eff, dof, stretch;     /* (1 + r)/(1 - r) */
    double t_over_z;                /* quantile of Student's t for dof over that of a normal law, at the level */
    size_t outliers;                /* weight below 0.1 */
} vti_terms_fit;
/* y against p terms, X: n rows of VTI_TERMS (the last row may be a prior: it counts as a point); rows in the order
 * along the trace; w: out, n weights. Bisquare as in procedure 1.2, from a start of least absolute deviations;
 * covariance of Huber, stretched by (1 + r)/(1 - r) of
 * procedure 1.3 (12 points or more). VT_EDOF: n <= p; VT_EILLCOND: the terms are not independent. */
vt_status vti_terms(size_t n, size_t p, const double *X, const double *y, double level, double *w, vti_terms_fit *out,
                    vt_error *err);

double vti_t_over_z(double level, double dof);

/* ---- steps ---- */
vt_status vti_fracture_gather(vti_fracture_run *run, vt_error *err);
/* Adds the marks of a picture as points of a view. */
vt_status vti_fracture_picture(vti_fracture_run *run, size_t table, vt_error *err);
/* Text of a metadata line of the table; "". */
const char *vti_fracture_meta(const vt_table *t, const char *key);
vt_status vti_fracture_add_point(vti_fracture_run *run, const vti_trace_point *p, vt_error *err);
/* The specimen of this name, and of it the view of this number in this table: new ones if there are none. *index says
 * which. VT_ELIMIT, VT_EMEMORY; VT_EMISMATCH: it was given another diameter or azimuth before. */
vt_status vti_fracture_specimen_of(vti_fracture_run *run, const char *name, double diameter, size_t *index,
                                   vt_error *err);
vt_status vti_fracture_view_of(vti_fracture_run *run, const vti_fracture_view *v, size_t *index, vt_error *err);
enum { VTI_FRACTURE_MOST = 4096 }; /* specimens, and views */
vt_status vti_fracture_axis(vti_fracture_run *run, vti_fracture_view *v, vt_error *err);
vt_status vti_fracture_trace(vti_fracture_run *run, vti_fracture_view *v, vt_error *err);
/* Points of the trace in the frame of the wire: across t and along z, 2 n values in x, sorted across. Returns n. */
size_t vti_fracture_frame(const vti_fracture_run *run, const vti_fracture_view *v, vti_feature feature, double *tz);
vt_status vti_fracture_unwrapped(vti_fracture_run *run, vti_fracture_specimen *s, vt_error *err);
vt_status vti_fracture_orient(vti_fracture_run *run, vti_fracture_specimen *s, vt_error *err);
vti_fracture_mode vti_fracture_mode_of(const vti_fracture_params *p, double low, double high);
const char *vti_fracture_mode_text(vti_fracture_mode mode);
vt_status vti_fracture_report(vti_fracture_run *run, vt_error *err);
vt_status vti_fracture_pool(vti_fracture_run *run, vt_error *err);
vt_status vti_fracture_figures(vti_fracture_run *run, vt_error *err);
vt_status vti_fracture_reduce(const vt_job *job, vt_result *result, vt_error *err);
vt_status vti_fracture_simulate(const vt_job *job, vt_table *record, vt_error *err);
/* "88um, view 2" into buf. */
const char *vti_fracture_view_name(const vti_fracture_run *run, const vti_fracture_view *v, char *buf, size_t size);
