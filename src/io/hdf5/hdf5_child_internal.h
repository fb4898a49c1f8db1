#pragma once
#include "io/hdf5/hdf5_internal.h"
#include "io/isolated_internal.h"
#include <stdint.h>

/* What the child sends for each item: the head, the path, then text bytes or numbers. kind 0: the end. */
typedef struct vti_hdf5_head {
    uint32_t kind, path; /* bytes of the path */
    uint64_t n;          /* bytes of text, or numbers */
} vti_hdf5_head;

enum {
    VTI_HDF5_ITEMS = 1 << 16, /* items of a file */
    VTI_HDF5_PATH = 512,      /* bytes of a path */
    VTI_HDF5_LONG = 1 << 16,  /* bytes of one text */
    VTI_HDF5_FEW = 256,       /* numbers of an attribute */
    VTI_HDF5_TIMES = 6,       /* bytes of everything sent, for each of the file */
    VTI_HDF5_SPARE = 1 << 16  /* and beside that */
};

/* The file from memory as an id of the HDF5 library, < 0: damaged. Nothing is opened. Only in a child. */
int64_t vti_hdf5_open(const vti_file *file);

/* Walks the file and sends its items. Only in a child. */
vt_status vti_hdf5_walk(const vti_file *file, vti_pipe *out, vt_error *err);

/* Everything that the child sends, up to the end, into the list: not sorted yet. Released by the caller. */
vt_status vti_hdf5_take(const vti_file *file, vti_pipe *in, vti_hdf5 *content, vt_error *err);
void vti_hdf5_sort(vti_hdf5 *content);
