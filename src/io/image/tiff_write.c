/* 32-bit TIFF through libtiff, made in memory and written in one piece. */
#include "io/image/tiff_internal.h"
#include <stdlib.h>
#include <string.h>
#include <vitrum/image.h>

struct sink {
    unsigned char *bytes;
    size_t size, room, at;
};

static tmsize_t on_read(thandle_t handle, void *to, tmsize_t n)
{
    struct sink *s = (struct sink *)handle;
    const size_t left = s->at < s->size ? s->size - s->at : 0, part = n < 0 ? 0 : (size_t)n < left ? (size_t)n : left;
    if (part > 0) memcpy(to, s->bytes + s->at, part);
    s->at += part;
    return (tmsize_t)part;
}

static tmsize_t on_write(thandle_t handle, void *from, tmsize_t n)
{
    struct sink *s = (struct sink *)handle;
    const size_t end = s->at + (size_t)n;
    if (n <= 0) return 0;
    if (end > s->room) {
        const size_t room = end > 2 * s->room ? end : 2 * s->room;
        unsigned char *bigger = realloc(s->bytes, room);
        if (!bigger) return -1;
        memset(bigger + s->room, 0, room - s->room);
        s->bytes = bigger;
        s->room = room;
    }
    memcpy(s->bytes + s->at, from, (size_t)n);
    s->at = end;
    if (end > s->size) s->size = end;
    return n;
}

static toff_t on_seek(thandle_t handle, toff_t offset, int whence)
{
    struct sink *s = (struct sink *)handle;
    s->at = (size_t)offset + (whence == SEEK_CUR ? s->at : whence == SEEK_END ? s->size : 0);
    return s->at;
}

static toff_t on_size(thandle_t handle)
{
    return ((struct sink *)handle)->size;
}

static TIFF *open_sink(struct sink *s)
{
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options) return NULL;
    TIFFOpenOptionsSetErrorHandlerExtR(options, vti_tiff_silent, NULL);
    TIFFOpenOptionsSetWarningHandlerExtR(options, vti_tiff_silent, NULL);
    TIFF *t =
        TIFFClientOpenExt("image", "wlm", s, on_read, on_write, on_seek, vti_tiff_close, on_size, NULL, NULL, options);
    TIFFOpenOptionsFree(options);
    return t;
}

/* The size of a pixel as pixels of a centimetre. */
static void set_size(TIFF *t, double pixel)
{
    if (!(pixel > 0.0)) return;
    TIFFSetField(t, TIFFTAG_RESOLUTIONUNIT, RESUNIT_CENTIMETER);
    TIFFSetField(t, TIFFTAG_XRESOLUTION, 0.01 / pixel);
    TIFFSetField(t, TIFFTAG_YRESOLUTION, 0.01 / pixel);
}

/* Row y as it is stored: floats, or the colours with the grey between them. */
static void make_row(const vt_image *image, size_t slice, size_t y, void *row)
{
    const size_t at = (slice * image->height + y) * image->width;
    unsigned char *rgb = row;
    if (!image->rgb) {
        memcpy(row, image->grey + at, image->width * sizeof *image->grey); /* libtiff may turn its bytes round */
        return;
    }
    for (size_t i = 0; i < 3 * image->width; i++) {
        const float g = image->grey[at + i / 3];
        const bool coloured = image->colour && image->colour[at + i / 3];
        rgb[i] = coloured ? image->rgb[3 * at + i] : g > 255.0f ? 255 : g > 0.0f ? (unsigned char)(g + 0.5f) : 0;
    }
}

static bool put_page(TIFF *t, const vt_image *image, size_t slice, const char *description, void *row)
{
    const bool rgb = image->rgb != NULL;
    TIFFSetField(t, TIFFTAG_IMAGEWIDTH, (uint32_t)image->width);
    TIFFSetField(t, TIFFTAG_IMAGELENGTH, (uint32_t)image->height);
    TIFFSetField(t, TIFFTAG_BITSPERSAMPLE, rgb ? 8 : 32);
    TIFFSetField(t, TIFFTAG_SAMPLEFORMAT, rgb ? SAMPLEFORMAT_UINT : SAMPLEFORMAT_IEEEFP);
    TIFFSetField(t, TIFFTAG_SAMPLESPERPIXEL, rgb ? 3 : 1);
    TIFFSetField(t, TIFFTAG_PHOTOMETRIC, rgb ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK);
    TIFFSetField(t, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(t, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    TIFFSetField(t, TIFFTAG_ROWSPERSTRIP, TIFFDefaultStripSize(t, 0));
    set_size(t, image->pixel_size);
    if (slice == 0 && description && description[0]) TIFFSetField(t, TIFFTAG_IMAGEDESCRIPTION, description);
    for (size_t y = 0; y < image->height; y++) {
        make_row(image, slice, y, row);
        if (TIFFWriteScanline(t, row, (uint32_t)y, 0) != 1) return false;
    }
    return TIFFWriteDirectory(t) == 1;
}

vt_status vt_image_write(const vt_image *image, const char *description, FILE *out, vt_error *err)
{
    if (!image || !out) return vt_fail(err, VT_EARG, "image or out is NULL");
    struct sink s = {0};
    float *row = calloc(image->width, sizeof *row); /* more than 3 bytes a pixel */
    TIFF *t = row ? open_sink(&s) : NULL;
    bool good = t != NULL;
    for (size_t k = 0; good && k < image->count; k++) good = put_page(t, image, k, description, row);
    if (t) TIFFClose(t);
    free(row);
    vt_status st = good ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory to write an image");
    if (good && fwrite(s.bytes, 1, s.size, out) != s.size) st = vt_fail(err, VT_EWRITE, "an image cannot be written");
    free(s.bytes);
    return st;
}
