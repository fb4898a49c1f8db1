#pragma once
#include "io/book/book_internal.h"

/* HDF5 files as a flat list: every attribute that is text or numbers, and every dataset of one dimension of numbers.
 * The library runs in a child process (isolated_internal.h), since damaged files bring it down. */
typedef enum vti_hdf5_kind { VTI_HDF5_TEXT = 1, VTI_HDF5_NUMBERS, VTI_HDF5_DATA, VTI_HDF5_LEFT_OUT } vti_hdf5_kind;

typedef struct vti_hdf5_item {
    vti_hdf5_kind kind;
    char *path;    /* "test_1/data/force" of a dataset, "test_1/data/force@unit" of an attribute, "@uri" of the root */
    char *text;    /* TEXT; of LEFT_OUT the reason */
    size_t n;      /* NUMBERS, DATA */
    double *value; /* as the file has them; NULL for n = 0, or once they are somebody else's */
} vti_hdf5_item;

typedef struct vti_hdf5 {
    size_t n, room;
    vti_hdf5_item *item; /* sorted by path, runs of digits by their value */
} vti_hdf5;

bool vti_is_hdf5(const vti_file *head);
/* VT_EPARSE: damaged; VT_ELIMIT: its numbers, unpacked, take more than six times the file. */
vt_status vti_hdf5_load(const vti_file *file, vti_hdf5 *content, vt_error *err);
void vti_hdf5_free(vti_hdf5 *content);
/* Item by path, NULL: none. */
vti_hdf5_item *vti_hdf5_find(const vti_hdf5 *content, const char *path);
/* Text of an attribute, NULL: none. */
const char *vti_hdf5_text(const vti_hdf5 *content, const char *path);

/* Tables of a micromechanics file from its items, whose numbers they take over; sorted as vti_hdf5_load leaves them. */
vt_status vti_micromechanics_tables(const vti_file *file, const vti_hdf5 *content, vt_book *book, vt_error *err);
