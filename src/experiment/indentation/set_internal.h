#pragma once
#include "experiment/indentation/indentation_internal.h"
#include <vitrum/indent_set.h>
#include <vitrum/random_effects.h>
#include <vitrum/result.h>

/* Statistics of a set of reduced indents (P19: size series, sanity; ledger C2, C3). The reduction evaluates every
 * cycle, then calls these three in this order. */

/* Evaluates result i again with a further compliance C (m/N) in series, as it was evaluated (same convention, same area
 * function), but that an unloading is fitted again without C. VT_OK: *out holds all outputs. ctx: of the reduction. */
typedef vt_status vti_set_evaluate(void *ctx, size_t i, double C, vti_indent_result *out, vt_error *err);

/* Load (N) and stiffness (N/m) at one reading of an indent with continuous stiffness, without frame compliance and,
 * where the amplitude is known, without its bias. C: compliance of the mount as far as it is known (m/N); the bias is
 * that of the contact alone, but S keeps C. Other codes than VT_OK: the reading tells nothing. */
typedef vt_status vti_set_point(void *ctx, size_t indent, size_t reading, double C, double *P, double *S);

typedef struct vti_set {
    const vti_indents *indents;
    size_t n;
    vti_indent_result *res; /* n; verdicts are changed by vti_set_places */
    const vti_indentation_params *params;
    const vt_common *common;    /* seed, level, replicates, threads */
    double u_C_f;               /* m/N: uncertainty of the frame compliance that was taken off all indents */
    vti_set_evaluate *evaluate; /* NULL: no correction for structural compliance */
    vti_set_point *point;       /* NULL: readings of the averaged window as they are */
    void *ctx;
} vti_set;

/* Rules of place: an indent nearer to an edge than edge_rule diameters (7 h each, P19) gets the verdict VT_EEDGE and is
 * left out of all statistics; neighbours nearer than spacing_rule diameters are warned of (W_SPACING), as is pile-up
 * where h_f/h > 0.7 (W_PILE_UP). */
vt_status vti_set_places(vti_set *s, vt_result *result, vt_error *err);

/* Everything about sets: means, scatter and ratios (paper), structural compliance, corrected values (physics), identity
 * C2, dependence on depth, maps. Adds properties, curves, figures and warnings. */
vt_status vti_set_statistics(const vti_set *s, vt_result *result, vt_error *err);

/* ---- parts ---- */
/* What is averaged over indents: the outputs of the contact chain, and the load at one depth. */
typedef enum vti_set_quantity {
    VTI_SET_MODULUS,
    VTI_SET_HARDNESS,
    VTI_SET_REDUCED,
    VTI_SET_PLANE,
    VTI_SET_LOAD, /* P/h^2, N m^-2 */
    VTI_SET_QUANTITIES
} vti_set_quantity;
extern const struct vti_set_name {
    const char *name, *symbol, *unit, *words;
    int output; /* vt_contact_output; -1: none */
} VTI_SET_NAMES[VTI_SET_QUANTITIES];

/* One value per indent, and who belongs to what. */
typedef struct vti_set_plan {
    const vti_set *set;
    vt_result *result; /* where everything goes */
    size_t n;          /* indents with a value */
    size_t *pick;      /* n: which result stands for the indent (average over depth, else its deepest unloading) */
    size_t *specimen;  /* n */
    size_t *of;        /* of each result of the set: its specimen; (size_t)-1: none */
    size_t nspecimens, ngroups, reference; /* reference: index of the group that others are compared with */
    char (*specimen_name)[VT_NAME];        /* "" where there is one without name */
    size_t *group;                         /* of each specimen */
    char (*group_name)[VT_NAME];
} vti_set_plan;
vt_status vti_set_plan_make(const vti_set *s, vt_result *result, vti_set_plan *plan, vt_error *err);
void vti_set_plan_free(vti_set_plan *plan);

/* A way to read the indents: as reduced (paper), or with the compliance of the specimen taken out (physics). */
typedef struct vti_set_reading {
    const char *name;        /* "paper", "physics"; "": there is one reading only */
    vti_indent_result *res;  /* plan.n */
    vt_group_effect *effect; /* VTI_SET_QUANTITIES x ngroups, filled by vti_set_means */
    double *mount;           /* physics: plan.n x VT_CONTACT_OUTPUTS changes for one u(C_s), common to a specimen */
    double *mount_dof;       /* physics: plan.n degrees of freedom of that u */
} vti_set_reading;

/* Value of a result; NaN: not there. */
double vti_set_value(const vti_indent_result *r, vti_set_quantity q);
/* Mean parts of the shared influences over the indents of a group: VTI_INFLUENCES - VTI_IN_SHARED numbers. */
void vti_set_shared(const vti_set_plan *plan, const vti_set_reading *reading, vti_set_quantity q, size_t group,
                    double *part);

/* A property of a set. Scopes end with a NULL key. */
typedef struct vti_set_scope {
    const char *key, *text;
} vti_set_scope;
typedef struct vti_set_property {
    const char *name, *symbol, *reading, *method;
    vti_set_scope scope[3];
    const vt_quantity *q;
} vti_set_property;
vt_status vti_set_add(const vti_set_plan *plan, const vti_set_property *p, vt_error *err);
/* The same for one specimen: it and its group become the scopes of *p. */
vt_status vti_set_add_of_specimen(const vti_set_plan *plan, size_t specimen, vti_set_property *p, vt_error *err);
/* Scope of a group: {"group", name}, or {"set", "all"} where there is one without name. */
vti_set_scope vti_set_group_scope(const vti_set_plan *plan, size_t group);
const char *vti_set_group_text(const vti_set_plan *plan, size_t group);
const char *vti_set_specimen_text(const vti_set_plan *plan, size_t specimen);

/* Means and scatter by group and specimen into properties and the table "sets". */
vt_status vti_set_means(const vti_set_plan *plan, vti_set_reading *reading, vt_error *err);

/* Ratios to the reference group. Rows are collected from all readings and end in the table "ratios". */
typedef struct vti_set_ratio {
    const char *reading;
    size_t group;
    vti_set_quantity quantity;
    bool told; /* scatter between specimens is known on both sides, so that `differs` is a verdict on the groups */
    vt_ratio ratio;
} vti_set_ratio;
typedef struct vti_set_ratios {
    size_t n, room;
    vti_set_ratio *row;
} vti_set_ratios;
vt_status vti_set_ratios_add(const vti_set_plan *plan, const vti_set_reading *reading, vti_set_ratios *ratios,
                             vt_error *err);
vt_status vti_set_ratios_table(const vti_set_plan *plan, const vti_set_ratios *ratios, vt_error *err);
/* NULL: not found. */
const vti_set_ratio *vti_set_ratio_find(const vti_set_ratios *ratios, const char *reading, size_t group,
                                        vti_set_quantity q);

/* Structural compliance of each specimen; told false: why says why. */
typedef struct vti_set_mount {
    bool told;
    bool soft, stiff; /* the interval is above, below 0, and it moves the modulus by more than 1 % */
    vt_compliance fit;
    double low, high, dof; /* interval of C_s with the uncertainty of the frame compliance */
    double effect;         /* C_s S at the deepest indents: share of the stiffness that it takes */
    vt_status why;         /* not told */
} vti_set_mount;
vt_status vti_set_compliance(const vti_set_plan *plan, vti_set_mount *mount, vt_error *err);
/* The indents with the compliance of their specimens taken out, into reading->res; those that cannot be evaluated keep
 * the reason in their verdict. */
vt_status vti_set_correct(const vti_set_plan *plan, const vti_set_mount *mount, vti_set_reading *reading,
                          vt_error *err);
/* Compliances could not be told though groups differ: what a compliance would have to be. */
vt_status vti_set_untold(const vti_set_plan *plan, const vti_set_mount *mount, const vti_set_reading *paper,
                         const vti_set_ratios *ratios, vt_error *err);

/* Ledger C2 for every group against the reference. */
vt_status vti_set_identity(const vti_set_plan *plan, const vti_set_reading *reading, const vti_set_ratios *ratios,
                           vt_error *err);

/* Means by cycle, and whether P/S^2 changes with depth. */
vt_status vti_set_depth(const vti_set_plan *plan, vt_error *err);

/* Maps of specimens with places: curves, figures, and whether values depend on place (W_TREND, W_PATCHES). */
vt_status vti_set_maps(const vti_set_plan *plan, const vti_set_reading *reading, vt_error *err);

/* Two values of each of n points (x, y, x, y ... and v, w, v, w ...) without the planes through them, about their
 * means, into flat; false: a place is not known, all lie on a line, or neither plane takes more of the variance than
 * chance does with probability alpha (F test). */
bool vti_plane_off(size_t n, const double *place, const double *value, double alpha, double *flat);

/* Phases and histograms of specimens with many indents. */
vt_status vti_set_phases(const vti_set_plan *plan, const vti_set_reading *reading, vt_error *err);

/* Indents that lie apart from the others of their specimen: told (W_OUTLIERS), not left out. */
vt_status vti_set_outliers(const vti_set_plan *plan, const vti_set_reading *reading, vt_error *err);

/* Label of the test of a result; "" if it has none. */
const char *vti_set_test(const vti_set *s, const vti_indent_result *r);

/* Maps and histograms are drawn of so many specimens at most. */
enum { VTI_SET_DRAWN = 4 };

/* Points of the Jakes plot: load (N), stiffness (N/m), specimen. */
typedef struct vti_set_jakes {
    size_t n;
    const double *P, *S;
    const size_t *specimen;
} vti_set_jakes;
/* Curve `jakes` of all points, and the figure with points and line of the first specimens of every group. */
vt_status vti_set_jakes_figure(const vti_set_plan *plan, const vti_set_mount *mount, const vti_set_jakes *points,
                               vt_error *err);
