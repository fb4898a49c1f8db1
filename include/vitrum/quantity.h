#pragma once
#include <vitrum/error.h>

/* A measured or computed quantity: value, standard uncertainty, coverage interval, unit and the
 * budget behind it (procedures, section 0). */

enum { VT_NAME = 64, VT_BUDGET_MAX = 16 };

/* One line of an uncertainty budget: contribution c * u to the quantity. Items of two quantities
 * with the same non-empty group are the same physical influence (a pressure gauge, a pore batch, an
 * area function) and are fully correlated through it. */
typedef struct vt_budget_item {
    char source[VT_NAME]; /* "pressure gauge" */
    char group[VT_NAME];  /* shared-group id; "": independent */
    char type;            /* 'A' statistical, 'B' otherwise */
    double u;             /* standard uncertainty of the source, in the source's SI unit */
    double c;             /* sensitivity d(quantity)/d(source), SI */
} vt_budget_item;

typedef struct vt_quantity {
    double value;     /* SI */
    double u;         /* standard uncertainty, SI, >= 0 */
    double low, high; /* coverage interval, SI; low = high = NaN: none given */
    double level;     /* of the interval, e.g. 0.95 */
    double dof;       /* effective degrees of freedom; INFINITY if not limited */
    char unit[32];    /* SI, UDUNITS spelling */
    size_t nbudget;
    vt_budget_item budget[VT_BUDGET_MAX];
} vt_quantity;

/* Adds a line; VT_ELIMIT beyond VT_BUDGET_MAX. Recomputes q->u as the root sum of squares. */
vt_status vt_quantity_add(vt_quantity *q, const char *source, const char *group, char type, double u, double c,
                          vt_error *err);

/* Symmetric interval value -+ t(level, dof) u. */
vt_status vt_quantity_cover(vt_quantity *q, double level, vt_error *err);

/* Covariance of two quantities through their shared groups: sum of c_a u c_b u over equal groups. */
double vt_quantity_covariance(const vt_quantity *a, const vt_quantity *b);

/* a / b with the shared influences cancelled: unit is unit(a)/unit(b) if they differ, "1" if equal.
 * The budget of the result keeps one line per shared group with the difference of the relative
 * sensitivities. VT_EDOMAIN if b->value is 0. */
vt_status vt_quantity_ratio(const vt_quantity *a, const vt_quantity *b, vt_quantity *out, vt_error *err);
