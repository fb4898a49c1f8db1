#pragma once
#include "base/grow_internal.h"
#include <vitrum/image.h>
#include <vitrum/table.h>

/* The strings of a text column lie end to end in one block, each with its terminator. */
struct vti_column {
    char *name;
    vt_unit unit;
    bool has_unit;
    bool is_text;
    double *values; /* numeric: SI */
    char *pool;     /* text */
    size_t *start;  /* text: where string i begins in pool */
};

struct vti_line_mark {
    size_t row;
    long line;
};

struct vti_meta {
    char *key, *text;
    long line;
};

struct vt_table {
    char *path;
    char *label, *form; /* NULL: "" */
    size_t rows;
    size_t ncolumns, columns_room;
    struct vti_column *column;
    long header_line; /* in the file; 0: unknown */
    size_t nmarks, marks_room;
    struct vti_line_mark *mark; /* rows ascending */
    size_t nmetas, metas_room;
    struct vti_meta *meta;
    size_t nnotes, notes_room;
    char **note;
    vt_image *image; /* NULL: none */
    bool borrowed_image;
};

/* Takes over pool and start (malloc'd; n strings) as a text column. On failure both stay the caller's. */
vt_status vti_table_adopt_text(vt_table *table, const char *name, size_t n, char *pool, size_t *start, vt_error *err);

/* Lets the table show the picture of another one, which must outlive it. */
void vti_table_borrow_image(vt_table *table, const vt_table *owner);
