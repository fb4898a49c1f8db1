#pragma once
/* Small HDF5 files of the micromechanics layout, made in memory by the library itself. */
#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

/* What a made-up file holds beside its tests; NULL: left out. */
typedef struct image_recipe {
    const char *uri, *version, *config;
    const char *force_unit; /* attribute of the column `force` */
    size_t tests;           /* test_1, test_2, ... of `rows` + k readings each */
    size_t rows;
    int torn;    /* test_2 has one force less than times */
    int foreign; /* beside the tests: a soft link, an external link, a two-dimensional dataset, one of texts */
} image_recipe;

static inline void image_text(hid_t object, const char *name, const char *text)
{
    if (!text) return;
    const hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    const hid_t a = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(a, type, &text);
    H5Aclose(a);
    H5Sclose(space);
    H5Tclose(type);
}

static inline void image_number(hid_t object, const char *name, double value)
{
    const hid_t space = H5Screate(H5S_SCALAR);
    const hid_t a = H5Acreate2(object, name, H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(a, H5T_NATIVE_DOUBLE, &value);
    H5Aclose(a);
    H5Sclose(space);
}

static inline hid_t image_column(hid_t group, const char *name, size_t n, double first, double step)
{
    const hsize_t rows = n;
    double *x = malloc(n * sizeof *x);
    for (size_t i = 0; i < n; i++) x[i] = first + step * (double)i;
    if (n > 3 && strcmp(name, "force") == 0) x[n - 2] = 1.7976931348623157e308; /* a sentinel */
    const hid_t space = H5Screate_simple(1, &rows, NULL), made = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_obj_track_times(made, 0); /* the same bytes at any time */
    const hid_t d = H5Dcreate2(group, name, H5T_IEEE_F64LE, space, H5P_DEFAULT, made, H5P_DEFAULT);
    H5Dwrite(d, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, x);
    H5Pclose(made);
    H5Sclose(space);
    free(x);
    return d;
}

static inline void image_test(hid_t root, const image_recipe *r, size_t k)
{
    char name[32];
    snprintf(name, sizeof name, "test_%zu", k);
    const size_t n = r->rows + k;
    const hid_t test = H5Gcreate2(root, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t data = H5Gcreate2(test, "data", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    image_number(test, "y_coordinate_um", 10.0 * (double)k);
    image_number(test, "z_coordinate_um", -4.5);
    image_number(data, "drift_rate_nm_s", 0.125);
    H5Dclose(image_column(data, "displacement", n, -3.5, 1.25));
    H5Dclose(image_column(data, "time", n, 0.0, 0.25));
    const hid_t force = image_column(data, "force", n - (r->torn && k == 2), -0.5, 0.125 * (double)k);
    image_text(force, "unit", r->force_unit);
    H5Dclose(force);
    H5Dclose(image_column(data, "temperature", n, 25.0, 0.5));
    if (r->foreign) H5Dclose(image_column(data, "short", 2, 1.0, 1.0));
    H5Gclose(data);
    H5Gclose(test);
}

static inline void image_foreign(hid_t root)
{
    const hsize_t square[2] = {2, 3};
    const hid_t space = H5Screate_simple(2, square, NULL), type = H5Tcopy(H5T_C_S1);
    H5Dclose(H5Dcreate2(root, "flat", H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Tset_size(type, 4);
    H5Dclose(H5Dcreate2(root, "words", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Lcreate_soft("/test_1", root, "soft", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_external("/etc/passwd", "/", root, "outside", H5P_DEFAULT, H5P_DEFAULT);
    H5Tclose(type);
    H5Sclose(space);
}

/* malloc'd bytes of the file; *size their number. */
static inline unsigned char *image_make(const image_recipe *r, size_t *size)
{
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_fapl_core(access, 1 << 12, 0);
    const hid_t f = H5Fcreate("made-up", H5F_ACC_TRUNC, H5P_DEFAULT, access), root = H5Gopen2(f, "/", H5P_DEFAULT);
    image_text(root, "uri", r->uri);
    image_text(root, "version", r->version);
    if (r->config) {
        const hid_t post = H5Gcreate2(root, "post_test_analysis", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        const hid_t own = H5Gcreate2(post, "com_github_micromechanics", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        image_text(own, "config", r->config);
        H5Gclose(own);
        H5Gclose(post);
    }
    const hid_t instrument = H5Gcreate2(root, "instrument", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    image_text(instrument, "control", "force");
    H5Gclose(instrument);
    for (size_t k = r->tests; k > 0; k--) image_test(root, r, k);
    if (r->foreign) image_foreign(root);
    H5Gclose(root);
    H5Fflush(f, H5F_SCOPE_GLOBAL);
    const ssize_t n = H5Fget_file_image(f, NULL, 0);
    unsigned char *bytes = malloc((size_t)n);
    H5Fget_file_image(f, bytes, (size_t)n);
    H5Fclose(f);
    H5Pclose(access);
    *size = (size_t)n;
    return bytes;
}
