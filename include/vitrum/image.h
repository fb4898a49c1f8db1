#pragma once
#include <stdbool.h>
#include <stdio.h>
#include <vitrum/table.h>

/* Grey images and stacks of them: what TIFF, PNG and HDF5 files hold, and what virtual cameras write.
 *
 * An image comes to an experiment on a table without columns: vt_book_read gives a file of pictures as a book of one
 * table that carries the image (vt_table_image), with the metadata that the file states ("voxel"); an experiment whose
 * descriptor says `images` gets it among job->tables, and looks with vt_table_image. A simulator hands its picture over
 * the same way (vt_table_set_image); vt_table_save then writes a 32-bit TIFF whose description holds the metadata. */
typedef struct vt_image {
    size_t width, height;  /* pixels, >= 1 */
    size_t count;          /* slices of the stack, >= 1 */
    float *grey;           /* [slice][y][x], from the upper left corner; as stored: 0 to 255 of 8 bit, 65535 of 16 */
    unsigned char *colour; /* same shape, 1: the pixel is coloured (lettering, arrows, overlays), its grey is the
                              luminance; NULL: no pixel is */
    unsigned char *rgb;    /* [slice][y][x][3], 0 to 255: of coloured pixels, else 0; NULL where `colour` is NULL */
    double pixel_size;     /* m, of both sides; 0: the file does not say it */
    unsigned bits;         /* of a sample in the file: 8, 16, 32 */
    bool real;             /* stored as floating point */
    bool palette;          /* stored as indices into a palette */
} vt_image;

enum {
    VT_IMAGE_SIDE = 1 << 16,   /* pixels of a side, at most */
    VT_IMAGE_PIXELS = 1 << 27, /* of the whole stack, at most */
    VT_IMAGE_COUNT = 1 << 14   /* slices, at most */
};

/* Image of zeros, 32 bits, real. VT_ELIMIT: a side, the count or the whole is 0 or beyond the limits above. */
vt_status vt_image_create(vt_image **image, size_t width, size_t height, size_t count, vt_error *err);
void vt_image_free(vt_image *image); /* NULL allowed */
/* Grey of slice k: height rows of width values; borrowed. */
const float *vt_image_slice(const vt_image *image, size_t k);

/* What to read of a file that holds more than one picture. Zeros: everything. */
typedef struct vt_image_options {
    const char *dataset; /* HDF5: path of the dataset ("exchange/data"); NULL or "": the only one of two or three
                            dimensions */
    long slice;          /* of the stack, from 1; 0: all */
} vt_image_options;

/* Reads a file of pictures from memory: TIFF (8 or 16 bit unsigned, 32-bit float, grey, palette or RGB, every page of
 * one size = a stack), PNG (8 or 16 bit, grey, palette, RGB, with or without alpha), HDF5 (a dataset of numbers of two
 * or three dimensions). Colour becomes luminance (ITU-R BT.601), and vt_image.colour says where. name stands for the
 * path in errors. What the file states beside the pixels goes as metadata and notes onto *table, if given: lines
 * "# key: value [unit]" of a TIFF description, and "resolution ignored" notes. The decoders run in a child process.
 *
 * VT_EPARSE: damaged, truncated, none of these, or samples that are not read (signed, 1 bit, complex); VT_ELIMIT:
 * beyond the limits, or a file that unpacks to far more than its size; VT_ESHAPE: pages of different size, no dataset
 * or several to choose from; VT_EKEY: no such dataset; VT_ERANGE: no such slice; VT_ENAN: a sample is not finite. All
 * with the file. */
vt_status vt_image_parse(const char *name, const void *bytes, size_t size, const vt_image_options *options,
                         vt_image **image, vt_table *table, vt_error *err);
/* 32-bit float TIFF, or RGB of 8 bits if the image has colours (its grey is 0 to 255 then), one page a slice,
 * uncompressed; description: text of the first page, NULL: none. The same image gives the same bytes. */
vt_status vt_image_write(const vt_image *image, const char *description, FILE *out, vt_error *err);

/* The picture that a table carries; borrowed, NULL: none. */
const vt_image *vt_table_image(const vt_table *table);
/* Takes it over (freed with the table), in the place of one it had. */
void vt_table_set_image(vt_table *table, vt_image *image);
