#pragma once
#include "io/book/book_internal.h"
#include <stdint.h>
#include <vitrum/image.h>

/* Decoders of pictures. They are called in a child process (vt_image_parse); tests and the fuzzer call them directly.
 */

enum {
    VTI_IMAGE_WORDS = 4096,    /* bytes of a description, and of the notes */
    VTI_IMAGE_FREE = 64 << 20, /* bytes of samples that any file may unpack to */
    VTI_IMAGE_TIMES = 1000     /* beyond that: for each byte of the file */
};

/* What a decoder finds. The image is the caller's to free, also where the decoder fails. */
typedef struct vti_picture {
    vt_image *image;
    char description[VTI_IMAGE_WORDS]; /* text of the file, "" for none */
    char notes[VTI_IMAGE_WORDS];       /* lines that each end with a line feed */
} vti_picture;

vt_status vti_tiff_decode(const vti_file *file, const vt_image_options *options, vti_picture *out, vt_error *err);
vt_status vti_png_decode(const vti_file *file, const vt_image_options *options, vti_picture *out, vt_error *err);
vt_status vti_hdf5_decode(const vti_file *file, const vt_image_options *options, vti_picture *out, vt_error *err);

/* Makes out->image; VT_ELIMIT also if samples of `bytes` each unpack to far more than the file holds. */
vt_status vti_picture_create(const vti_file *file, size_t width, size_t height, size_t count, size_t bytes,
                             vti_picture *out, vt_error *err);
void vti_picture_note(vti_picture *out, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The slices that are asked for: *first (from 0) and *count of `have`. VT_ERANGE. */
vt_status vti_picture_slices(const vti_file *file, const vt_image_options *options, size_t have, size_t *first,
                             size_t *count, vt_error *err);

/* Samples of one row as the file has them, in the order of the machine. */
typedef struct vti_samples {
    unsigned bits;                     /* 8, 16, or 32: float */
    unsigned per;                      /* of a pixel: 1 grey or index, 2 grey and alpha, 3 RGB, 4 RGB and alpha */
    bool inverted;                     /* 0 is white */
    const unsigned char (*palette)[3]; /* of 256 colours; NULL: none */
} vti_samples;
/* n pixels into the image from pixel `at` on. VT_EMEMORY: no room for the mask of colours. */
vt_status vti_samples_put(const vti_samples *s, const void *row, size_t n, vt_image *image, size_t at, vt_error *err);

/* Is a size of pixels that a file states one that was measured, not that of a printer or a screen? */
bool vti_pixel_is_physical(double size);
/* Keys and values of a description: lines "# key: value [unit]" become metadata; ImageJ's "unit=" its number of metres
 * (0: none). table NULL: only the unit. */
vt_status vti_description_read(const char *text, vt_table *table, double *unit, vt_error *err);

extern const vti_format VTI_IMAGE_FORMAT;
/* Reads an HDF5 file whose numbers are pictures as a book of one. */
vt_status vti_image_book(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err);
