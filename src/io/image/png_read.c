/* PNG through libpng, from memory. Only in a child process. */
#include "io/image/image_internal.h"
#include <png.h>
#include <stdlib.h>
#include <string.h>

struct source {
    const vti_file *file;
    size_t at;
    char why[128];
    jmp_buf back;
};

static void on_read(png_structp png, png_bytep to, size_t n)
{
    struct source *s = png_get_io_ptr(png);
    if (n > s->file->size - s->at) png_error(png, "it ends before its picture does");
    memcpy(to, s->file->bytes + s->at, n);
    s->at += n;
}

static void on_error(png_structp png, const char *text)
{
    struct source *s = png_get_error_ptr(png);
    snprintf(s->why, sizeof s->why, "%s", text);
    longjmp(s->back, 1);
}

static void on_warning(png_structp png, const char *text)
{
    (void)png, (void)text;
}

/* What the file holds becomes 8 or 16 bit grey or RGB, with or without alpha. */
static void expand(png_structp png, png_infop info)
{
    const uint16_t one = 1;
    if (png_get_color_type(png, info) == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
    if (png_get_color_type(png, info) == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png, info) < 8)
        png_set_expand_gray_1_2_4_to_8(png);
    if (png_get_bit_depth(png, info) == 16 && *(const unsigned char *)&one == 1) png_set_swap(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
}

static void size_of_pixel(png_structp png, png_infop info, vti_picture *out)
{
    png_uint_32 x = 0, y = 0;
    int unit = 0;
    if (!png_get_pHYs(png, info, &x, &y, &unit) || unit != PNG_RESOLUTION_METER || x == 0 || x != y) return;
    if (vti_pixel_is_physical(1.0 / x))
        out->image->pixel_size = 1.0 / x;
    else
        vti_picture_note(out,
                         "the resolution of the file, a pixel of %.4g um, is that of a printer or screen and is "
                         "not used",
                         1e6 / x);
}

/* Everything that may jump back. *pixels: malloc'd here, freed by the caller. */
static vt_status read_pixels(png_structp png, png_infop info, struct source *s, vti_picture *out,
                             unsigned char *volatile *pixels, png_bytep *volatile *rows, vt_error *err)
{
    png_read_info(png, info);
    const png_uint_32 width = png_get_image_width(png, info), height = png_get_image_height(png, info);
    const unsigned depth = png_get_bit_depth(png, info);
    const bool palette = png_get_color_type(png, info) == PNG_COLOR_TYPE_PALETTE;
    if (depth == 1)
        return vt_fail_at(err, VT_EPARSE, s->file->name, 0, 0,
                          "PNG of 1 bit: black and white hold no grey; export it again with 8 or 16 bit");
    expand(png, info);
    const size_t line = png_get_rowbytes(png, info);
    const vti_samples how = {.bits = png_get_bit_depth(png, info), .per = png_get_channels(png, info)};
    vt_status st;
    VT_TRY(st = vti_picture_create(s->file, width, height, 1, line / width, out, err));
    out->image->bits = palette ? 8 : depth;
    out->image->real = false;
    out->image->palette = palette;
    size_of_pixel(png, info, out);
    *pixels = malloc(line * height);
    *rows = malloc(height * sizeof **rows);
    if (!*pixels || !*rows) return vt_fail(err, VT_EMEMORY, "no memory for %u x %u pixels", width, height);
    for (png_uint_32 y = 0; y < height; y++) (*rows)[y] = *pixels + y * line;
    png_read_image(png, *rows);
    png_read_end(png, NULL); /* its checksums tell damage */
    for (png_uint_32 y = 0; st == VT_OK && y < height; y++)
        st = vti_samples_put(&how, (*rows)[y], width, out->image, (size_t)y * width, err);
done:
    return st;
}

vt_status vti_png_decode(const vti_file *file, const vt_image_options *options, vti_picture *out, vt_error *err)
{
    struct source s = {.file = file};
    unsigned char *volatile pixels = NULL;
    png_bytep *volatile rows = NULL;
    size_t first, count;
    vt_status volatile st = vti_picture_slices(file, options, 1, &first, &count, err);
    if (st != VT_OK) return st;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &s, on_error, on_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info) {
        png_destroy_read_struct(&png, NULL, NULL);
        return vt_fail(err, VT_EMEMORY, "no memory to read %s", file->name);
    }
    if (setjmp(s.back) == 0) {
        png_set_read_fn(png, &s, on_read);
        png_set_user_limits(png, VT_IMAGE_SIDE, VT_IMAGE_SIDE);
        png_set_chunk_cache_max(png, 64);
        png_set_chunk_malloc_max(png, 8 << 20);
        st = read_pixels(png, info, &s, out, &pixels, &rows, err);
    } else {
        st = vt_fail_at(err, VT_EPARSE, file->name, 0, 0, "the PNG file is damaged (%s); copy it again", s.why);
    }
    png_destroy_read_struct(&png, &info, NULL);
    free(rows);
    free(pixels);
    return st;
}
