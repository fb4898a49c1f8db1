#pragma once
#include "io/table_read_internal.h"

/* What one separator makes of a line. */
typedef struct vti_shape {
    size_t total;   /* cells */
    size_t used;    /* cells up to the last that is not empty */
    size_t empty;   /* empty ones among the used */
    size_t numbers; /* numbers, with the decimal sign of the separator */
    size_t texts;
} vti_shape;

typedef struct vti_sample_line {
    const char *p, *end;
    long number;
    bool comment;
    vti_shape shape;
} vti_sample_line;

typedef struct vti_sample {
    size_t n;
    vti_sample_line *line; /* lines that are not blank */
    bool whole;            /* the whole text has been looked at */
    char separator, decimal;
    vti_cell *cell; /* two rows of `cells`, for work */
    size_t cells;   /* no line has more, up to VTI_COLUMN_LIMIT */
} vti_sample;

/* A header with rows below it. */
typedef struct vti_candidate {
    bool found;
    size_t header, units, row; /* lines of the sample; units = header: none */
    size_t last;               /* last line of its block */
    size_t numbers;            /* in the rows that fit */
    size_t weight;             /* numbers, more if units are given */
} vti_candidate;

/* Shapes of all lines for sample->separator, and its decimal sign. */
void vti_sample_measure(vti_sample *s);
/* The heaviest header with rows. */
vti_candidate vti_sample_headed(const vti_sample *s);
/* The longest block of rows that are mostly numbers, with or without header. */
vti_candidate vti_sample_headless(const vti_sample *s);
