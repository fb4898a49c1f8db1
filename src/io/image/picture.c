/* What the decoders share: limits, notes, samples to grey. */
#include "io/image/image_internal.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const double LARGEST = 10e-6; /* m: finer than 2540 dpi, no printer, screen or scanner has */

bool vti_pixel_is_physical(double size)
{
    return size > 1e-13 && size < LARGEST;
}

vt_status vti_picture_create(const vti_file *file, size_t width, size_t height, size_t count, size_t bytes,
                             vti_picture *out, vt_error *err)
{
    const double whole = (double)width * (double)height * (double)count * (double)bytes;
    const double most = VTI_IMAGE_FREE + (double)VTI_IMAGE_TIMES * (double)file->size;
    if (whole > most)
        return vt_fail(err, VT_ELIMIT,
                       "%zu x %zu pixels of %zu slices unpack to %.3g bytes, the %zu bytes of the file to %.3g at "
                       "most; is it damaged?",
                       width, height, count, whole, file->size, most);
    return vt_image_create(&out->image, width, height, count, err);
}

void vti_picture_note(vti_picture *out, const char *fmt, ...)
{
    const size_t n = strlen(out->notes), room = sizeof out->notes - n;
    va_list args;
    va_start(args, fmt);
    const int wrote = vsnprintf(out->notes + n, room, fmt, args);
    va_end(args);
    if (wrote < 0 || (size_t)wrote + 1 >= room)
        out->notes[n] = '\0';
    else
        memcpy(out->notes + n + wrote, "\n", 2);
}

vt_status vti_picture_slices(const vti_file *file, const vt_image_options *options, size_t have, size_t *first,
                             size_t *count, vt_error *err)
{
    const long slice = options ? options->slice : 0;
    if (slice < 0 || (slice > 0 && (size_t)slice > have))
        return vt_fail_at(err, VT_ERANGE, file->name, 0, 0, "slice %ld is asked for; the file has 1 to %zu", slice,
                          have);
    *first = slice > 0 ? (size_t)slice - 1 : 0;
    *count = slice > 0 ? 1 : have;
    return VT_OK;
}

/* Luminance after ITU-R BT.601, and whether there is colour: more than 1/16 of the range between the channels, above
 * what a compression of grey leaves. */
static float luminance(const double c[3], double full, bool *coloured)
{
    double low = c[0], high = c[0];
    for (int k = 1; k < 3; k++) {
        low = c[k] < low ? c[k] : low;
        high = c[k] > high ? c[k] : high;
    }
    *coloured = 16.0 * (high - low) > full;
    return (float)(high > low ? 0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2] : high);
}

static double sample(const vti_samples *s, const void *row, size_t i)
{
    if (s->bits == 8) return ((const unsigned char *)row)[i];
    if (s->bits == 16) {
        uint16_t v;
        memcpy(&v, (const unsigned char *)row + 2 * i, sizeof v);
        return v;
    }
    float v;
    memcpy(&v, (const unsigned char *)row + 4 * i, sizeof v);
    return (double)v;
}

static vt_status mark(vt_image *image, size_t at, const double c[3], double full, vt_error *err)
{
    const size_t n = image->width * image->height * image->count;
    if (!image->colour) image->colour = calloc(n, 1);
    if (!image->rgb) image->rgb = calloc(n, 3);
    if (!image->colour || !image->rgb) return vt_fail(err, VT_EMEMORY, "no memory for the colours of an image");
    image->colour[at] = 1;
    for (size_t k = 0; k < 3; k++) image->rgb[3 * at + k] = (unsigned char)(c[k] / full * 255.0 + 0.5);
    return VT_OK;
}

vt_status vti_samples_put(const vti_samples *s, const void *row, size_t n, vt_image *image, size_t at, vt_error *err)
{
    const double full = s->bits == 8 ? 255.0 : 65535.0;
    vt_status st = VT_OK;
    for (size_t i = 0; st == VT_OK && i < n; i++) {
        bool coloured = false;
        double c[3] = {0.0, 0.0, 0.0};
        float v;
        if (s->palette) {
            const unsigned char *p = s->palette[((const unsigned char *)row)[i * s->per]];
            for (int k = 0; k < 3; k++) c[k] = p[k];
            v = luminance(c, 255.0, &coloured);
        } else if (s->per >= 3) {
            for (size_t k = 0; k < 3; k++) c[k] = sample(s, row, i * s->per + k);
            v = luminance(c, full, &coloured);
        } else {
            v = (float)sample(s, row, i * s->per);
        }
        image->grey[at + i] = s->inverted ? (float)full - v : v;
        if (coloured) st = mark(image, at + i, c, s->palette ? 255.0 : full, err);
    }
    return st;
}
