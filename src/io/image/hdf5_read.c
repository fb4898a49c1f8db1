/* Pictures in HDF5 files: a dataset of numbers of two dimensions, or of three (a stack). Only in a child process. */
#define H5_USE_110_API
#include "io/image/image_internal.h"
#include "io/hdf5/hdf5_child_internal.h"
#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

enum { PATHS = 512, CANDIDATES = 64, LISTED = 400 };

struct search {
    size_t n;          /* datasets that may be pictures */
    char path[PATHS];  /* the first one */
    char list[LISTED]; /* their names, for the refusal */
};

static bool is_picture(hid_t d, hsize_t dims[3], int *rank)
{
    const hid_t type = H5Dget_type(d), space = H5Dget_space(d);
    const H5T_class_t class = type < 0 ? H5T_NO_CLASS : H5Tget_class(type);
    *rank = space < 0 ? -1 : H5Sget_simple_extent_ndims(space);
    const bool fits = (class == H5T_FLOAT || class == H5T_INTEGER) && (*rank == 2 || *rank == 3) &&
                      H5Sget_simple_extent_dims(space, dims, NULL) == *rank;
    if (space >= 0) H5Sclose(space);
    if (type >= 0) H5Tclose(type);
    return fits;
}

static herr_t on_object(hid_t root, const char *name, const H5O_info_t *info, void *context)
{
    struct search *s = context;
    hsize_t dims[3];
    int rank;
    if (info->type != H5O_TYPE_DATASET || strlen(name) >= PATHS) return 0;
    const hid_t d = H5Dopen2(root, name, H5P_DEFAULT);
    if (d < 0) return 0;
    if (is_picture(d, dims, &rank)) {
        const size_t used = strlen(s->list);
        if (s->n == 0) snprintf(s->path, sizeof s->path, "%s", name);
        snprintf(s->list + used, sizeof s->list - used, "%s%.100s", s->n > 0 ? ", " : "", name);
        s->n++;
    }
    H5Dclose(d);
    return s->n >= CANDIDATES ? 1 : 0;
}

static vt_status find(const vti_file *file, hid_t root, const vt_image_options *options, char path[PATHS],
                      vt_error *err)
{
    struct search s = {0};
    const char *asked = options && options->dataset ? options->dataset : "";
    if (H5Ovisit(root, H5_INDEX_NAME, H5_ITER_INC, on_object, &s) < 0)
        return vt_fail_at(err, VT_EPARSE, file->name, 0, 0, "is an HDF5 file that is damaged; copy it again");
    if (asked[0]) {
        snprintf(path, PATHS, "%s", asked);
        return VT_OK;
    }
    snprintf(path, PATHS, "%s", s.path);
    if (s.n == 1) return VT_OK;
    if (s.n == 0)
        return vt_fail_at(err, VT_ESHAPE, file->name, 0, 0,
                          "the HDF5 file has no dataset of numbers of two or three dimensions");
    return vt_fail_at(err, VT_ESHAPE, file->name, 0, 0,
                      "the HDF5 file has %zu%s datasets that may be the picture; say which with dataset: %s", s.n,
                      s.n >= CANDIDATES ? " or more" : "", s.list);
}

/* The size of a voxel in um, z y x, as several programs for volumes write it. */
static double element_size(hid_t d)
{
    double um[3] = {0.0, 0.0, 0.0};
    const hid_t a = H5Aexists(d, "element_size_um") > 0 ? H5Aopen(d, "element_size_um", H5P_DEFAULT) : -1;
    if (a < 0) return 0.0;
    const hid_t space = H5Aget_space(a), type = H5Aget_type(a);
    const bool three = space >= 0 && H5Sget_simple_extent_npoints(space) == 3 && type >= 0 &&
                       (H5Tget_class(type) == H5T_FLOAT || H5Tget_class(type) == H5T_INTEGER);
    const bool read = three && H5Aread(a, H5T_NATIVE_DOUBLE, um) >= 0;
    if (type >= 0) H5Tclose(type);
    if (space >= 0) H5Sclose(space);
    H5Aclose(a);
    return read && um[1] == um[2] && um[2] > 0.0 ? 1e-6 * um[2] : 0.0;
}

static vt_status read_slices(const vti_file *file, hid_t d, int rank, size_t first, vt_image *image, vt_error *err)
{
    const hsize_t start[3] = {first, 0, 0}, count[3] = {image->count, image->height, image->width};
    const hid_t space = H5Dget_space(d), memory = H5Screate_simple(rank, count + (3 - rank), NULL);
    const bool chosen = space >= 0 && memory >= 0 &&
                        (rank == 2 || H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, count, NULL) >= 0);
    const bool read = chosen && H5Dread(d, H5T_NATIVE_FLOAT, memory, space, H5P_DEFAULT, image->grey) >= 0;
    if (memory >= 0) H5Sclose(memory);
    if (space >= 0) H5Sclose(space);
    return read ? VT_OK : vt_fail_at(err, VT_EPARSE, file->name, 0, 0, "the dataset is damaged; copy the file again");
}

static vt_status read_dataset(const vti_file *file, hid_t d, const char *path, const vt_image_options *options,
                              vti_picture *out, vt_error *err)
{
    hsize_t dims[3] = {0, 0, 0};
    int rank = 0;
    size_t first = 0, count = 0;
    if (!is_picture(d, dims, &rank))
        return vt_fail_at(err, VT_ESHAPE, file->name, 0, 0,
                          "'%.200s' is not a dataset of numbers of two or three dimensions", path);
    const hsize_t *plane = dims + (rank - 2), most = VT_IMAGE_PIXELS;
    if (plane[0] > most || plane[1] > most || dims[0] > most)
        return vt_fail_at(err, VT_ELIMIT, file->name, 0, 0, "'%.200s' is larger than %d pixels", path, VT_IMAGE_PIXELS);
    vt_status st = vti_picture_slices(file, options, rank == 3 ? (size_t)dims[0] : 1, &first, &count, err);
    const hid_t type = H5Dget_type(d);
    const size_t bytes = type < 0 ? 1 : H5Tget_size(type);
    const bool real = type >= 0 && H5Tget_class(type) == H5T_FLOAT;
    if (type >= 0) H5Tclose(type);
    if (st == VT_OK) st = vti_picture_create(file, (size_t)plane[1], (size_t)plane[0], count, bytes, out, err);
    if (st != VT_OK) return st;
    out->image->bits = (unsigned)(8 * bytes);
    out->image->real = real;
    out->image->pixel_size = element_size(d);
    return read_slices(file, d, rank, first, out->image, err);
}

vt_status vti_hdf5_decode(const vti_file *file, const vt_image_options *options, vti_picture *out, vt_error *err)
{
    char path[PATHS];
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    H5PLset_loading_state(0);
    const hid_t f = vti_hdf5_open(file), root = f < 0 ? -1 : H5Gopen2(f, "/", H5P_DEFAULT);
    if (root < 0) {
        if (f >= 0) H5Fclose(f);
        return vt_fail_at(err, VT_EPARSE, file->name, 0, 0, "is an HDF5 file that is damaged; copy it again");
    }
    vt_status st = find(file, root, options, path, err);
    const hid_t d = st == VT_OK ? H5Dopen2(root, path, H5P_DEFAULT) : -1;
    if (st == VT_OK && d < 0)
        st = vt_fail_at(err, VT_EKEY, file->name, 0, 0, "the HDF5 file has no dataset '%.200s'", path);
    if (st == VT_OK) st = read_dataset(file, d, path, options, out, err);
    if (d >= 0) H5Dclose(d);
    H5Gclose(root);
    H5Fclose(f);
    return st;
}
