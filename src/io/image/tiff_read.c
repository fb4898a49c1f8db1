/* TIFF through libtiff, from memory. Only in a child process. */
#include "io/image/image_internal.h"
#include "io/image/tiff_internal.h"
#include <stdlib.h>
#include <string.h>

struct source {
    const vti_file *file;
    size_t at;
    char why[256]; /* first thing that libtiff says */
};

/* ---- the file as libtiff sees it ---- */
static tmsize_t on_read(thandle_t handle, void *to, tmsize_t n)
{
    struct source *s = (struct source *)handle;
    const size_t left = s->file->size - s->at, part = n < 0 ? 0 : (size_t)n < left ? (size_t)n : left;
    memcpy(to, s->file->bytes + s->at, part);
    s->at += part;
    return (tmsize_t)part;
}

static tmsize_t on_write(thandle_t handle, void *from, tmsize_t n)
{
    (void)handle, (void)from, (void)n;
    return -1;
}

static toff_t on_seek(thandle_t handle, toff_t offset, int whence)
{
    struct source *s = (struct source *)handle;
    const uint64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? s->at : s->file->size;
    if (offset > s->file->size - base) return (toff_t)-1;
    s->at = (size_t)(base + offset);
    return s->at;
}

static toff_t on_size(thandle_t handle)
{
    return ((struct source *)handle)->file->size;
}

static int on_error(TIFF *tiff, void *data, const char *module, const char *format, va_list args)
{
    struct source *s = data;
    (void)tiff, (void)module;
    if (!s->why[0]) vsnprintf(s->why, sizeof s->why, format, args);
    return 1;
}

static TIFF *open_tiff(struct source *s)
{
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options) return NULL;
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)4 * VT_IMAGE_PIXELS);
    TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, s);
    TIFFOpenOptionsSetWarningHandlerExtR(options, vti_tiff_silent, s);
    TIFF *t = TIFFClientOpenExt(s->file->name, "rm", s, on_read, on_write, on_seek, vti_tiff_close, on_size, NULL, NULL,
                                options);
    TIFFOpenOptionsFree(options);
    return t;
}

static vt_status damaged(const struct source *s, size_t page, vt_error *err)
{
    return vt_fail_at(err, VT_EPARSE, s->file->name, 0, 0,
                      "page %zu of the TIFF file is damaged (%.200s); copy it again", page + 1,
                      s->why[0] ? s->why : "no reason given");
}

/* ---- one page ---- */
struct page {
    uint32_t width, height;
    uint16_t bits, per, format, photometric, planar;
    unsigned char palette[256][3];
};

/* libtiff gives no default for what a file must state. */
static void ask(TIFF *t, struct page *p)
{
    *p = (struct page){.bits = 1, .per = 1, .format = SAMPLEFORMAT_UINT, .photometric = 0xFFFF};
    TIFFGetField(t, TIFFTAG_IMAGEWIDTH, &p->width);
    TIFFGetField(t, TIFFTAG_IMAGELENGTH, &p->height);
    TIFFGetFieldDefaulted(t, TIFFTAG_BITSPERSAMPLE, &p->bits);
    TIFFGetFieldDefaulted(t, TIFFTAG_SAMPLESPERPIXEL, &p->per);
    TIFFGetFieldDefaulted(t, TIFFTAG_SAMPLEFORMAT, &p->format);
    TIFFGetFieldDefaulted(t, TIFFTAG_PLANARCONFIG, &p->planar);
    TIFFGetField(t, TIFFTAG_PHOTOMETRIC, &p->photometric);
}

static bool ask_palette(TIFF *t, struct page *p)
{
    uint16_t *c[3] = {NULL, NULL, NULL};
    if (!TIFFGetField(t, TIFFTAG_COLORMAP, &c[0], &c[1], &c[2]) || !c[0] || !c[1] || !c[2]) return false;
    for (int i = 0; i < 256; i++)
        for (int k = 0; k < 3; k++) p->palette[i][k] = (unsigned char)(c[k][i] >> 8);
    return true;
}

static vt_status check_page(const struct source *s, TIFF *t, struct page *p, vt_error *err)
{
    const bool grey = p->photometric == PHOTOMETRIC_MINISBLACK || p->photometric == PHOTOMETRIC_MINISWHITE;
    const bool real = p->format == SAMPLEFORMAT_IEEEFP && p->bits == 32, rgb = p->photometric == PHOTOMETRIC_RGB;
    const bool whole = p->format == SAMPLEFORMAT_UINT && (p->bits == 8 || p->bits == 16);
    const bool palette = p->photometric == PHOTOMETRIC_PALETTE && whole && p->bits == 8 && p->per == 1;
    const bool fits = (grey && (whole || real) && (p->per == 1 || p->per == 2)) ||
                      (rgb && whole && (p->per == 3 || p->per == 4)) || (palette && ask_palette(t, p));
    if (fits && (p->planar == PLANARCONFIG_CONTIG || p->per == 1)) return VT_OK;
    return vt_fail_at(err, VT_EPARSE, s->file->name, 0, 0,
                      "the TIFF file has %u samples of %u bit, format %u, photometric %u, planar %u; read are 8 and 16 "
                      "bit unsigned and 32-bit float grey, and 8 and 16 bit RGB or palette: save it as one of these",
                      p->per, p->bits, p->format, p->photometric, p->planar);
}

static vti_samples samples_of(const struct page *p)
{
    return (vti_samples){.bits = p->bits,
                         .per = p->per,
                         .inverted = p->photometric == PHOTOMETRIC_MINISWHITE && p->format == SAMPLEFORMAT_UINT,
                         .palette = p->photometric == PHOTOMETRIC_PALETTE ? p->palette : NULL};
}

static vt_status read_strips(const struct source *s, TIFF *t, const struct page *p, vt_image *image, size_t slice,
                             vt_error *err)
{
    const vti_samples how = samples_of(p);
    const size_t bytes = (size_t)TIFFScanlineSize64(t), need = (size_t)p->width * p->per * p->bits / 8;
    unsigned char *row = bytes >= need ? calloc(1, bytes) : NULL;
    vt_status st = row ? VT_OK : damaged(s, slice, err);
    for (uint32_t y = 0; st == VT_OK && y < p->height; y++) {
        if (TIFFReadScanline(t, row, y, 0) != 1) st = damaged(s, slice, err);
        if (st == VT_OK)
            st = vti_samples_put(&how, row, p->width, image, (slice * p->height + y) * (size_t)p->width, err);
    }
    free(row);
    return st;
}

static vt_status read_tiles(const struct source *s, TIFF *t, const struct page *p, vt_image *image, size_t slice,
                            vt_error *err)
{
    const vti_samples how = samples_of(p);
    uint32_t w = 0, h = 0;
    TIFFGetField(t, TIFFTAG_TILEWIDTH, &w);
    TIFFGetField(t, TIFFTAG_TILELENGTH, &h);
    const uint64_t bytes = TIFFTileSize64(t), line = (uint64_t)w * p->per * p->bits / 8;
    if (w == 0 || h == 0 || w > VT_IMAGE_SIDE || h > VT_IMAGE_SIDE || bytes < line * h ||
        bytes > (uint64_t)4 * VT_IMAGE_PIXELS)
        return damaged(s, slice, err);
    unsigned char *tile = calloc(1, (size_t)bytes);
    vt_status st = tile ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory for a tile");
    for (uint32_t y = 0; st == VT_OK && y < p->height; y += h)
        for (uint32_t x = 0; st == VT_OK && x < p->width; x += w) {
            const size_t across = w < p->width - x ? w : p->width - x, down = h < p->height - y ? h : p->height - y;
            if (TIFFReadTile(t, tile, x, y, 0, 0) < 0) st = damaged(s, slice, err);
            for (size_t k = 0; st == VT_OK && k < down; k++)
                st = vti_samples_put(&how, tile + k * (size_t)line, across, image,
                                     (slice * p->height + y + k) * (size_t)p->width + x, err);
        }
    free(tile);
    return st;
}

/* ---- the whole ---- */
static void size_of_pixel(TIFF *t, vti_picture *out)
{
    float x = 0.0F, y = 0.0F;
    uint16_t unit = RESUNIT_INCH;
    double metres = 0.0;
    vti_description_read(out->description, NULL, &metres, NULL);
    if (!TIFFGetField(t, TIFFTAG_XRESOLUTION, &x) || !TIFFGetField(t, TIFFTAG_YRESOLUTION, &y)) return;
    TIFFGetFieldDefaulted(t, TIFFTAG_RESOLUTIONUNIT, &unit);
    const bool said = metres > 0.0;
    if (!said) metres = unit == RESUNIT_INCH ? 0.0254 : unit == RESUNIT_CENTIMETER ? 0.01 : 0.0;
    if (!(x > 0.0F) || !(y > 0.0F) || metres == 0.0) return;
    const double size = metres / (double)x;
    if (x > 1.001F * y || y > 1.001F * x)
        vti_picture_note(out, "pixels of %.6g m by %.6g m are not square: the size of a pixel is taken as unknown",
                         size, metres / (double)y);
    else if (said || vti_pixel_is_physical(size))
        out->image->pixel_size = size;
    else
        vti_picture_note(out,
                         "the resolution of the file, a pixel of %.4g um, is that of a printer or screen and is "
                         "not used",
                         1e6 * size);
}

static void describe(TIFF *t, vti_picture *out)
{
    char *text = NULL;
    if (TIFFGetField(t, TIFFTAG_IMAGEDESCRIPTION, &text) && text)
        snprintf(out->description, sizeof out->description, "%s", text);
}

static vt_status read_page(const struct source *s, TIFF *t, const struct page *first, size_t slice, vti_picture *out,
                           vt_error *err)
{
    struct page p;
    ask(t, &p);
    vt_status st = check_page(s, t, &p, err);
    if (st != VT_OK) return st;
    if (p.width != first->width || p.height != first->height || p.bits != first->bits)
        return vt_fail_at(err, VT_ESHAPE, s->file->name, 0, 0,
                          "page %zu has %u x %u pixels of %u bit, the first one %u x %u of %u: take one with slice",
                          slice + 1, p.width, p.height, p.bits, first->width, first->height, first->bits);
    return TIFFIsTiled(t) ? read_tiles(s, t, &p, out->image, slice, err)
                          : read_strips(s, t, &p, out->image, slice, err);
}

static vt_status read_all(struct source *s, TIFF *t, const vt_image_options *options, vti_picture *out, vt_error *err)
{
    struct page first;
    size_t from = 0, count = 0;
    const size_t pages = TIFFNumberOfDirectories(t);
    if (s->why[0] || pages == 0) return damaged(s, pages, err);
    vt_status st;
    VT_TRY(st = vti_picture_slices(s->file, options, pages, &from, &count, err));
    if (!TIFFSetDirectory(t, (tdir_t)from)) return damaged(s, from, err);
    ask(t, &first);
    VT_TRY(st = check_page(s, t, &first, err));
    VT_TRY(st = vti_picture_create(s->file, first.width, first.height, count, (size_t)first.per * first.bits / 8, out,
                                   err));
    out->image->bits = first.bits;
    out->image->real = first.format == SAMPLEFORMAT_IEEEFP;
    out->image->palette = first.photometric == PHOTOMETRIC_PALETTE;
    describe(t, out);
    size_of_pixel(t, out);
    for (size_t k = 0; k < count; k++) {
        if (k > 0 && !TIFFReadDirectory(t)) return damaged(s, from + k, err);
        VT_TRY(st = read_page(s, t, &first, k, out, err));
    }
done:
    return st;
}

vt_status vti_tiff_decode(const vti_file *file, const vt_image_options *options, vti_picture *out, vt_error *err)
{
    struct source s = {.file = file};
    TIFF *t = open_tiff(&s);
    if (!t) return damaged(&s, 0, err);
    const vt_status st = read_all(&s, t, options, out, err);
    TIFFClose(t);
    return st;
}
