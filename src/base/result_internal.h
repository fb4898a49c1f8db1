#pragma once
#include "base/grow_internal.h"
#include <vitrum/result.h>

/* The result object, shared by the result*.c files only. */

typedef struct result_curve {
    char name[VT_NAME];
    char title[128];
    vt_table *table; /* owned */
} result_curve;

typedef struct result_warning {
    char code[VT_NAME];
    char *message; /* owned */
} result_warning;

typedef struct result_input {
    char *path; /* owned */
    char sha256[65];
} result_input;

typedef struct result_document {
    char name[VT_NAME];
    char *text; /* owned */
} result_document;

struct vt_result {
    char kind[VT_NAME], name[VT_NAME];
    uint64_t seed;
    vt_card *card;                    /* owned, NULL: none */
    void (*card_free)(vt_card *card); /* set with card, so that base need not know what a card is */
    size_t nproperties, nmodels, ncurves, nsegments, nwarnings, nfigures, ninputs, noptions, nconstants, ndocuments;
    vt_property *properties;
    vt_model *models;
    result_curve *curves;
    vt_segment *segments;
    result_warning *warnings;
    vt_figure *figures;
    result_input *inputs;
    vt_option *options;
    vt_used_constant *constants;
    result_document *documents;
};

/* Is there a terminator within size bytes? Callers fill fixed fields by hand. */
int vti_result_terminated(const char *text, size_t size);

/* May name be a file stem: a letter, then letters, digits, '_', '-'; shorter than VT_NAME. */
int vti_result_is_stem(const char *name);
