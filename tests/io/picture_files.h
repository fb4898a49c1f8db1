#pragma once
/* Files of pictures made by the libraries themselves, in a folder of the test's own. */
#include "check.h"
#include <hdf5.h>
#include <png.h>
#include <stdlib.h>
#include <tiffio.h>
#include <unistd.h>
#include <vitrum/image.h>
#include <vitrum/io.h>
#include <zlib.h>

enum { PW = 23, PH = 17 }; /* pixels: neither a power of two nor a multiple of a tile */

static char picture_path[64];

static inline const char *picture_place(void)
{
    snprintf(picture_path, sizeof picture_path, "/tmp/vitrum-picture-XXXXXX");
    const int fd = mkstemp(picture_path);
    CHECK(fd >= 0);
    if (fd >= 0) close(fd);
    return picture_path;
}

/* Bytes of the file at picture_path, which goes away. */
static inline char *picture_bytes(size_t *size)
{
    char *bytes = NULL;
    vt_error err = {0};
    CHECK_OK(vt_file_text(picture_path, 1 << 26, &bytes, size, &err), &err);
    unlink(picture_path);
    return bytes;
}

typedef struct tiff_recipe {
    uint16_t bits, per, format, photometric, compression;
    bool tiled;
    size_t pages;
    uint32_t width, height; /* 0: PW, PH */
    float resolution;       /* pixels of a unit; 0: none */
    uint16_t unit;
    const char *description;
} tiff_recipe;

/* Sample k of pixel (x, y) of page p: differs in all of them. */
static inline double sample_at(const tiff_recipe *r, size_t p, size_t x, size_t y, size_t k)
{
    const size_t v = 7 * x + 31 * y + 101 * p + 57 * k;
    if (r->bits == 8) return (double)(v % 256);
    if (r->bits == 16) return (double)((v * 257) % 65536);
    return (double)((float)v / 3.0F - 100.0F);
}

static inline void sample_put(const tiff_recipe *r, unsigned char *to, size_t i, double v)
{
    const uint16_t whole = (uint16_t)v;
    const float real = (float)v;
    if (r->bits == 8) to[i] = (unsigned char)v;
    if (r->bits == 16) memcpy(to + 2 * i, &whole, 2);
    if (r->bits == 32) memcpy(to + 4 * i, &real, 4);
}

static inline void tiff_pixels(TIFF *t, const tiff_recipe *r, size_t p, uint32_t w, uint32_t h)
{
    unsigned char *buffer = calloc((size_t)w * h * r->per * 4 + 4096, 1);
    const uint32_t side = 16;
    for (uint32_t y = 0; !r->tiled && y < h; y++) {
        for (uint32_t x = 0; x < w; x++)
            for (size_t k = 0; k < r->per; k++) sample_put(r, buffer, x * r->per + k, sample_at(r, p, x, y, k));
        CHECK(TIFFWriteScanline(t, buffer, y, 0) == 1);
    }
    for (uint32_t y = 0; r->tiled && y < h; y += side)
        for (uint32_t x = 0; x < w; x += side) {
            for (uint32_t j = 0; j < side; j++)
                for (uint32_t i = 0; i < side; i++)
                    for (size_t k = 0; k < r->per; k++)
                        sample_put(r, buffer, (j * side + i) * r->per + k, sample_at(r, p, x + i, y + j, k));
            CHECK(TIFFWriteTile(t, buffer, x, y, 0, 0) > 0);
        }
    free(buffer);
}

static inline void tiff_palette(TIFF *t)
{
    uint16_t c[3][256];
    for (unsigned i = 0; i < 256; i++) c[0][i] = c[1][i] = c[2][i] = (uint16_t)(257 * (255 - i));
    c[0][200] = 65535; /* one entry is a colour */
    c[1][200] = c[2][200] = 0;
    TIFFSetField(t, TIFFTAG_COLORMAP, c[0], c[1], c[2]);
}

static inline char *tiff_file(const tiff_recipe *r, size_t *size)
{
    TIFF *t = TIFFOpen(picture_place(), "w");
    const uint32_t w = r->width ? r->width : PW, h = r->height ? r->height : PH;
    for (size_t p = 0; p < (r->pages ? r->pages : 1); p++) {
        TIFFSetField(t, TIFFTAG_IMAGEWIDTH, w);
        TIFFSetField(t, TIFFTAG_IMAGELENGTH, h);
        TIFFSetField(t, TIFFTAG_BITSPERSAMPLE, r->bits);
        TIFFSetField(t, TIFFTAG_SAMPLESPERPIXEL, r->per);
        TIFFSetField(t, TIFFTAG_SAMPLEFORMAT, r->format ? r->format : SAMPLEFORMAT_UINT);
        TIFFSetField(t, TIFFTAG_PHOTOMETRIC, r->photometric);
        TIFFSetField(t, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
        TIFFSetField(t, TIFFTAG_COMPRESSION, r->compression ? r->compression : COMPRESSION_NONE);
        if (r->tiled) TIFFSetField(t, TIFFTAG_TILEWIDTH, 16);
        if (r->tiled) TIFFSetField(t, TIFFTAG_TILELENGTH, 16);
        if (!r->tiled) TIFFSetField(t, TIFFTAG_ROWSPERSTRIP, 5);
        if (r->photometric == PHOTOMETRIC_PALETTE) tiff_palette(t);
        if (r->unit) TIFFSetField(t, TIFFTAG_RESOLUTIONUNIT, r->unit);
        if (r->resolution > 0.0F) TIFFSetField(t, TIFFTAG_XRESOLUTION, (double)r->resolution);
        if (r->resolution > 0.0F) TIFFSetField(t, TIFFTAG_YRESOLUTION, (double)r->resolution);
        if (r->description) TIFFSetField(t, TIFFTAG_IMAGEDESCRIPTION, r->description);
        tiff_pixels(t, r, p, w, h);
        CHECK(TIFFWriteDirectory(t) == 1);
    }
    TIFFClose(t);
    return picture_bytes(size);
}

/* Grey or RGB PNG; sample k of pixel (x, y) is (9 x + 13 y + 40 k) mod 2^depth. */
static inline char *png_file(int colour, int depth, bool interlaced, size_t *size)
{
    FILE *f = fopen(picture_place(), "wb");
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    const size_t per = (size_t)(colour == PNG_COLOR_TYPE_RGB_ALPHA ? 4 : colour == PNG_COLOR_TYPE_RGB ? 3 : 1);
    unsigned char rows[PH][PW * 4 * 2];
    png_bytep row[PH];
    png_init_io(png, f);
    png_set_IHDR(png, info, PW, PH, depth, colour, interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(png, info, 3780, 3780, PNG_RESOLUTION_METER);
    png_color palette[256];
    for (int i = 0; i < 256; i++) palette[i] = (png_color){(png_byte)i, (png_byte)i, (png_byte)(i == 99 ? 0 : i)};
    if (colour == PNG_COLOR_TYPE_PALETTE) png_set_PLTE(png, info, palette, 256);
    png_write_info(png, info);
    for (size_t y = 0; y < PH; y++) {
        row[y] = rows[y];
        for (size_t i = 0; i < PW * per; i++) {
            const size_t v = 9 * (i / per) + 13 * y + 40 * (i % per);
            if (depth == 8) rows[y][i] = (unsigned char)v;
            if (depth == 16) rows[y][2 * i] = (unsigned char)(v >> 8), rows[y][2 * i + 1] = (unsigned char)v;
        }
    }
    png_write_image(png, row);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    fclose(f);
    return picture_bytes(size);
}

/* Volume of 4 slices at "exchange/data", a plane at "other" if two; value 1000 z + 10 y + x. */
static inline char *hdf5_file(bool two, size_t *size)
{
    const hsize_t dims[3] = {4, PH, PW};
    int16_t v[4][PH][PW];
    const double um[3] = {3.0, 0.25, 0.25};
    const hsize_t three = 3;
    for (int z = 0; z < 4; z++)
        for (int y = 0; y < PH; y++)
            for (int x = 0; x < PW; x++) v[z][y][x] = (int16_t)(1000 * z + 10 * y + x);
    const hid_t f = H5Fcreate(picture_place(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t g = H5Gcreate2(f, "exchange", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t space = H5Screate_simple(3, dims, NULL), plane = H5Screate_simple(2, dims + 1, NULL);
    const hid_t d = H5Dcreate2(g, "data", H5T_STD_I16LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dwrite(d, H5T_NATIVE_INT16, H5S_ALL, H5S_ALL, H5P_DEFAULT, v);
    const hid_t row = H5Screate_simple(1, &three, NULL);
    const hid_t a = H5Acreate2(d, "element_size_um", H5T_IEEE_F64LE, row, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(a, H5T_NATIVE_DOUBLE, um);
    H5Aclose(a);
    if (two) {
        const hid_t o = H5Dcreate2(f, "other", H5T_STD_I16LE, plane, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        H5Dwrite(o, H5T_NATIVE_INT16, H5S_ALL, H5S_ALL, H5P_DEFAULT, v[1]);
        H5Dclose(o);
    }
    H5Sclose(row), H5Sclose(space), H5Sclose(plane);
    H5Dclose(d), H5Gclose(g), H5Fclose(f);
    return picture_bytes(size);
}
