/* The part that calls the HDF5 library: in a child process. Links out of the file are not followed, filters are not
 * loaded, no length is taken from the file without a limit. */
#define H5_USE_110_API
#include "io/hdf5/hdf5_child_internal.h"
#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 16 };

struct walk {
    const vti_file *file;
    vti_pipe *out;
    size_t items, sent;
    char path[VTI_HDF5_PATH];
    unsigned depth;
    vt_status st;
    vt_error *err;
};

static herr_t stop(struct walk *w, vt_status code, const char *what)
{
    if (w->st == VT_OK) w->st = vt_fail_at(w->err, code, w->file->name, 0, 0, "'%.200s' %s", w->path, what);
    return -1;
}

/* One item; bytes: what follows the path. */
static herr_t send_item(struct walk *w, vti_hdf5_kind kind, const char *attribute, const void *data, size_t n,
                        size_t size)
{
    char path[2 * VTI_HDF5_PATH];
    const int length = attribute ? snprintf(path, sizeof path, "%s@%s", w->path, attribute)
                                 : snprintf(path, sizeof path, "%s", w->path);
    if (length >= VTI_HDF5_PATH) return stop(w, VT_ELIMIT, "has a name that is too long");
    const vti_hdf5_head head = {.kind = kind, .path = (uint32_t)length, .n = n};
    w->sent += sizeof head + (size_t)length + n * size;
    if (++w->items > VTI_HDF5_ITEMS || w->sent > VTI_HDF5_TIMES * w->file->size + VTI_HDF5_SPARE)
        return stop(w, VT_ELIMIT, "and what stands before it unpacks to more than six times the file");
    const bool sent = vti_pipe_put(w->out, &head, sizeof head) && vti_pipe_put(w->out, path, (size_t)length) &&
                      vti_pipe_put(w->out, data, n * size);
    return sent ? 0 : stop(w, VT_EIO, "cannot be handed over");
}

static herr_t leave_out(struct walk *w, const char *attribute, const char *why)
{
    return send_item(w, VTI_HDF5_LEFT_OUT, attribute, why, strlen(why), 1);
}

/* ---- attributes ---- */
static herr_t send_text(struct walk *w, hid_t attribute, hid_t type, const char *name)
{
    char *text = NULL;
    size_t n = 0;
    herr_t st = 0;
    if (H5Tis_variable_str(type) > 0) {
        if (H5Aread(attribute, type, &text) < 0) return leave_out(w, name, "cannot be read");
        n = text ? strnlen(text, VTI_HDF5_LONG) : 0;
    } else {
        const size_t size = H5Tget_size(type);
        if (size == 0 || size > VTI_HDF5_LONG) return leave_out(w, name, "a text of impossible length");
        text = calloc(1, size + 1);
        if (!text || H5Aread(attribute, type, text) < 0) st = leave_out(w, name, "cannot be read");
        n = text ? strnlen(text, size) : 0;
    }
    if (st == 0) st = send_item(w, VTI_HDF5_TEXT, name, text, n, 1);
    return st; /* the child's memory goes with it */
}

static herr_t on_attribute(hid_t object, const char *name, const H5A_info_t *info, void *context)
{
    (void)info;
    struct walk *w = context;
    double number[VTI_HDF5_FEW];
    const hid_t a = H5Aopen(object, name, H5P_DEFAULT), type = a < 0 ? -1 : H5Aget_type(a);
    const hid_t space = a < 0 ? -1 : H5Aget_space(a);
    const hssize_t n = space < 0 ? -1 : H5Sget_simple_extent_npoints(space);
    const H5T_class_t class = type < 0 ? H5T_NO_CLASS : H5Tget_class(type);
    herr_t st;
    if (class == H5T_STRING && n == 1)
        st = send_text(w, a, type, name);
    else if ((class == H5T_FLOAT || class == H5T_INTEGER) && n >= 1 && n <= VTI_HDF5_FEW)
        st = H5Aread(a, H5T_NATIVE_DOUBLE, number) < 0
                 ? leave_out(w, name, "cannot be read")
                 : send_item(w, VTI_HDF5_NUMBERS, name, number, (size_t)n, sizeof *number);
    else
        st = leave_out(w, name, "neither a text nor a few numbers");
    if (space >= 0) H5Sclose(space);
    if (type >= 0) H5Tclose(type);
    if (a >= 0) H5Aclose(a);
    return st;
}

/* ---- datasets ---- */
/* Does it take its numbers from elsewhere (another file, another dataset)? */
static bool is_elsewhere(hid_t dataset)
{
    const hid_t made = H5Dget_create_plist(dataset);
    if (made < 0) return true;
    const bool elsewhere = H5Pget_external_count(made) != 0 || H5Pget_layout(made) == H5D_VIRTUAL;
    H5Pclose(made);
    return elsewhere;
}

static herr_t send_dataset(struct walk *w, hid_t d)
{
    hsize_t n = 0;
    const hid_t type = H5Dget_type(d), space = H5Dget_space(d);
    const H5T_class_t class = type < 0 ? H5T_NO_CLASS : H5Tget_class(type);
    const int rank = space < 0 ? -1 : H5Sget_simple_extent_ndims(space);
    if (class != H5T_FLOAT && class != H5T_INTEGER) return leave_out(w, NULL, "a dataset that is not of numbers");
    if (rank != 1 || H5Sget_simple_extent_dims(space, &n, NULL) != 1)
        return leave_out(w, NULL, "a dataset that is not of one dimension");
    if (is_elsewhere(d)) return leave_out(w, NULL, "a dataset whose numbers are not in this file");
    if (n > VTI_HDF5_TIMES * w->file->size / sizeof(double) + 1)
        return stop(w, VT_ELIMIT, "unpacks to more than six times the file");
    double *number = malloc((n ? (size_t)n : 1) * sizeof *number);
    if (!number) return stop(w, VT_EMEMORY, "does not fit into memory");
    if (n > 0 && H5Dread(d, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, number) < 0)
        return stop(w, VT_EPARSE, "is damaged; copy the file again");
    const herr_t st = send_item(w, VTI_HDF5_DATA, NULL, number, (size_t)n, sizeof *number);
    free(number);
    H5Sclose(space);
    H5Tclose(type);
    return st;
}

/* ---- groups ---- */
static herr_t walk_object(struct walk *w, hid_t object);

static herr_t on_link(hid_t group, const char *name, const H5L_info_t *info, void *context)
{
    struct walk *w = context;
    const size_t n = strlen(w->path);
    const int length = snprintf(w->path + n, sizeof w->path - n, "%s%s", n > 0 ? "/" : "", name);
    if (length < 0 || (size_t)length >= sizeof w->path - n) return stop(w, VT_ELIMIT, "has a name that is too long");
    herr_t st = 0;
    if (info->type != H5L_TYPE_HARD) {
        st = leave_out(w, NULL, "a link that is not followed");
    } else {
        const hid_t object = H5Oopen(group, name, H5P_DEFAULT);
        st = object < 0 ? stop(w, VT_EPARSE, "is damaged; copy the file again") : walk_object(w, object);
        if (object >= 0) H5Oclose(object);
    }
    w->path[n] = '\0';
    return st;
}

/* Depth is bounded by DEPTH, and everything by the number of items. */
static herr_t walk_object(struct walk *w, hid_t object)
{
    const H5I_type_t type = H5Iget_type(object);
    hsize_t at = 0;
    if (H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &at, on_attribute, w) < 0)
        return stop(w, VT_EPARSE, "has attributes that are damaged; copy the file again");
    if (type == H5I_DATASET) return send_dataset(w, object);
    if (type != H5I_GROUP) return leave_out(w, NULL, "neither a group nor a dataset");
    if (w->depth == DEPTH) return stop(w, VT_ELIMIT, "lies deeper than vitrum looks");
    w->depth++;
    const herr_t st = H5Literate(object, H5_INDEX_NAME, H5_ITER_INC, NULL, on_link, w);
    w->depth--;
    return st < 0 ? stop(w, VT_EPARSE, "is damaged; copy the file again") : 0;
}

hid_t vti_hdf5_open(const vti_file *file)
{
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (access < 0 || H5Pset_fapl_core(access, 1 << 16, 0) < 0 ||
        H5Pset_file_image(access, (void *)file->bytes, file->size) < 0)
        return -1;
    return H5Fopen("vitrum", H5F_ACC_RDONLY, access);
}

vt_status vti_hdf5_walk(const vti_file *file, vti_pipe *out, vt_error *err)
{
    struct walk w = {.file = file, .out = out, .err = err};
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    H5PLset_loading_state(0);
    const hid_t f = vti_hdf5_open(file), root = f < 0 ? -1 : H5Gopen2(f, "/", H5P_DEFAULT);
    if (root < 0) return vt_fail_at(err, VT_EPARSE, file->name, 0, 0, "is an HDF5 file that is damaged; copy it again");
    walk_object(&w, root);
    return w.st;
}
