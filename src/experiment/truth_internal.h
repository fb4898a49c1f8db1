#pragma once
#include <vitrum/experiment.h>

/* What virtual instruments have in common. */

/* A parameter of real value that an alloy card may tell, and its key there. */
typedef struct vti_told {
    const char *param, *constant;
} vti_told;

/* Truth of a virtual instrument on its way from settings. */
typedef struct vti_truth {
    const vt_param *table;
    void *params;   /* struct of that table; holds what every flow under load needs: see there */
    uint64_t given; /* of the job: these stay */
    const vt_card *card;
} vti_truth;

/* Constants of the card in place of defaults that were not set: glass transition, VFT strength and temperature,
 * activation volume of flow, Young's modulus (by the shear modulus where the card has no other), Poisson's ratio, and n
 * more. text: the alloy, names and tags, cut at size; NULL: not wanted. */
void vti_truth_from_card(const vti_truth *truth, size_t n, const vti_told *told, char *text, size_t size);

/* Appends to text, cut at size; NULL: nothing. */
void vti_truth_say(char *text, size_t size, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Appends that the rest is not of the card. */
void vti_truth_say_rest(char *text, size_t size);

/* Adds a column in the unit that people write. per_unit: steps of one unit to which values are rounded, so that the
 * change of units adds no digits; 0: not rounded. x: SI, is overwritten. */
typedef struct vti_shown_column {
    const char *name, *unit, *si;
} vti_shown_column;
vt_status vti_add_shown(vt_table *t, const vti_shown_column *c, double per_unit, size_t n, double *x, vt_error *err);
