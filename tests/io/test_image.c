/* Pictures: every kind of sample against the formula that made it, refusals by code and words, damaged files. */
#include "io/mutate.h"
#include "io/picture_files.h"

static vt_image *parsed(const char *bytes, size_t size, const vt_image_options *o, vt_table *t)
{
    vt_image *i = NULL;
    vt_error err = {0};
    CHECK_OK(vt_image_parse("made-up", bytes, size, o, &i, t, &err), &err);
    return i;
}

static void refused(const char *bytes, size_t size, const vt_image_options *o, vt_status code, const char *words)
{
    vt_image *i = NULL;
    vt_error err = {0};
    const vt_status st = vt_image_parse("made-up", bytes, size, o, &i, NULL, &err);
    if (st != code) CHECK_FAILED("%s: %s, expected %s (%s)", vt_status_name(st), err.msg, vt_status_name(code), words);
    CHECK_TEXT(err.msg, words);
    CHECK(!i);
    CHECK(strcmp(err.file, "made-up") == 0 || code == VT_ELIMIT);
    vt_image_free(i);
}

/* What grey the reader must make of a pixel. */
static double expected(const tiff_recipe *r, size_t p, size_t x, size_t y)
{
    const double v = sample_at(r, p, x, y, 0);
    if (r->photometric == PHOTOMETRIC_MINISWHITE) return (r->bits == 8 ? 255.0 : 65535.0) - v;
    if (r->photometric == PHOTOMETRIC_PALETTE) return v == 200.0 ? 0.299 * 255.0 : 255.0 - v;
    if (r->photometric != PHOTOMETRIC_RGB) return v;
    return 0.299 * v + 0.587 * sample_at(r, p, x, y, 1) + 0.114 * sample_at(r, p, x, y, 2);
}

static void tiff_as_made(const tiff_recipe *r)
{
    size_t size;
    char *bytes = tiff_file(r, &size);
    vt_image *i = parsed(bytes, size, NULL, NULL);
    CHECK(i && i->width == PW && i->height == PH && i->count == (r->pages ? r->pages : 1) && i->bits == r->bits);
    for (size_t k = 0; i && k < i->width * i->height * i->count; k++) {
        const size_t x = k % PW, y = k / PW % PH, p = k / PW / PH;
        /* the luminance is kept as a float: 2^-24 of 65535 */
        CHECK_ABS((double)i->grey[k], expected(r, p, x, y), 4e-3);
        if (r->photometric == PHOTOMETRIC_PALETTE)
            CHECK((i->colour && i->colour[k]) == (sample_at(r, p, x, y, 0) == 200.0));
    }
    if (i) CHECK(i->real == (r->bits == 32) && i->palette == (r->photometric == PHOTOMETRIC_PALETTE));
    vt_image_free(i);
    free(bytes);
}

static void every_kind_of_tiff_is_read(void)
{
    const uint16_t black = PHOTOMETRIC_MINISBLACK, white = PHOTOMETRIC_MINISWHITE, rgb = PHOTOMETRIC_RGB;
    const tiff_recipe all[] = {
        {.bits = 8, .per = 1, .photometric = black},
        {.bits = 16, .per = 1, .photometric = black, .compression = COMPRESSION_LZW, .pages = 3},
        {.bits = 32, .per = 1, .photometric = black, .format = SAMPLEFORMAT_IEEEFP, .pages = 2},
        {.bits = 32, .per = 1, .photometric = black, .format = SAMPLEFORMAT_IEEEFP, .tiled = true},
        {.bits = 8, .per = 1, .photometric = white, .compression = COMPRESSION_PACKBITS},
        {.bits = 16, .per = 1, .photometric = white},
        {.bits = 8, .per = 3, .photometric = rgb, .tiled = true, .compression = COMPRESSION_ADOBE_DEFLATE},
        {.bits = 16, .per = 3, .photometric = rgb},
        {.bits = 8, .per = 4, .photometric = rgb},
        {.bits = 8, .per = 1, .photometric = PHOTOMETRIC_PALETTE},
    };
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) tiff_as_made(&all[k]);
}

static void what_is_written_reads_back(void)
{
    vt_image *made = NULL, *back;
    vt_table *t = NULL;
    vt_error err = {0};
    char *bytes = NULL, *again = NULL;
    size_t size = 0, size_again = 0;
    CHECK_OK(vt_image_create(&made, 29, 13, 3, &err), &err);
    for (size_t k = 0; k < (size_t)29 * 13 * 3; k++) made->grey[k] = 1.0F / (float)(k + 3) - 0.1F;
    made->pixel_size = 64.1e-9;
    for (int k = 0; k < 2; k++) {
        FILE *f = open_memstream(k ? &again : &bytes, k ? &size_again : &size);
        CHECK_OK(vt_image_write(made, "# voxel: 64.1 [nm]\n# specimen: w52\nplain words\n", f, &err), &err);
        fclose(f);
    }
    CHECK(size == size_again && memcmp(bytes, again, size) == 0);
    CHECK_OK(vt_table_create(&t, &err), &err);
    back = parsed(bytes, size, NULL, t);
    CHECK(back && back->count == 3 && back->real);
    if (back) CHECK(memcmp(back->grey, made->grey, 29 * 13 * 3 * sizeof(float)) == 0);
    if (back) CHECK_REL(back->pixel_size, 64.1e-9, 1e-6); /* a float of the format */
    CHECK(vt_table_metas(t) == 2);
    CHECK_TEXT(vt_table_meta(t, 0).key, "voxel");
    CHECK_TEXT(vt_table_meta(t, 0).text, "64.1 nm");
    CHECK_TEXT(vt_table_meta(t, 1).text, "w52");
    const vt_image_options second = {.slice = 2};
    vt_image *one = parsed(bytes, size, &second, NULL);
    CHECK(one && one->count == 1 && memcmp(one->grey, vt_image_slice(made, 1), 29 * 13 * sizeof(float)) == 0);
    vt_image_free(one);
    vt_image_free(back);
    vt_image_free(made);
    vt_table_free(t);
    free(bytes);
    free(again);
}

static void every_kind_of_png_is_read(void)
{
    static const struct {
        int colour, depth;
        bool interlaced;
    } ALL[] = {{PNG_COLOR_TYPE_GRAY, 8, false},
               {PNG_COLOR_TYPE_GRAY, 16, true},
               {PNG_COLOR_TYPE_RGB, 8, true},
               {PNG_COLOR_TYPE_RGB_ALPHA, 16, false},
               {PNG_COLOR_TYPE_PALETTE, 8, false}};
    for (size_t k = 0; k < sizeof ALL / sizeof *ALL; k++) {
        size_t size;
        char *bytes = png_file(ALL[k].colour, ALL[k].depth, ALL[k].interlaced, &size);
        vt_image *i = parsed(bytes, size, NULL, NULL);
        for (size_t n = 0; i && n < PW * PH; n++) {
            const size_t x = n % PW, y = n / PW, mask = ALL[k].depth == 8 ? 255 : 65535;
            const double v = (double)((9 * x + 13 * y) & mask), g = (double)((9 * x + 13 * y + 40) & mask),
                         b = (double)((9 * x + 13 * y + 80) & mask);
            const bool rgb = ALL[k].colour & PNG_COLOR_MASK_COLOR && ALL[k].colour != PNG_COLOR_TYPE_PALETTE;
            const bool spot = ALL[k].colour == PNG_COLOR_TYPE_PALETTE && v == 99.0;
            CHECK_ABS((double)i->grey[n], rgb ? 0.299 * v + 0.587 * g + 0.114 * b : spot ? 0.886 * v : v, 4e-3);
            if (!rgb) CHECK((i->colour && i->colour[n]) == spot);
        }
        CHECK(i && i->pixel_size == 0.0 && (int)i->bits == ALL[k].depth); /* 3780 pixels a metre: a screen */
        vt_image_free(i);
        free(bytes);
    }
}

static void hdf5_is_read_by_name_and_slice(void)
{
    size_t size, size2;
    char *one = hdf5_file(false, &size), *two = hdf5_file(true, &size2);
    const vt_image_options third = {.slice = 3}, named = {.dataset = "other"}, wrong = {.dataset = "exchange/date"};
    const vt_image_options fifth = {.slice = 5};
    vt_image *all = parsed(one, size, NULL, NULL), *slice = parsed(one, size, &third, NULL);
    vt_image *other = parsed(two, size2, &named, NULL);
    CHECK(all && all->count == 4 && all->bits == 16 && !all->real);
    if (all) CHECK(all->grey[(2 * PH + 7) * PW + 11] == 2081.0F);
    if (all) CHECK_REL(all->pixel_size, 0.25e-6, 1e-12);
    CHECK(slice && slice->count == 1 && slice->grey[7 * PW + 11] == 2081.0F);
    CHECK(other && other->count == 1 && other->grey[7 * PW + 11] == 1081.0F);
    refused(two, size2, NULL, VT_ESHAPE, "exchange/data, other");
    refused(two, size2, &wrong, VT_EKEY, "no dataset 'exchange/date'");
    refused(one, size, &fifth, VT_ERANGE, "1 to 4");
    vt_image_free(all);
    vt_image_free(slice);
    vt_image_free(other);
    /* as a book, without and with the name */
    vt_book *b = NULL;
    vt_error err = {0};
    CHECK_OK(vt_book_parse("v.h5", one, size, NULL, &b, &err), &err);
    CHECK(b && vt_table_image(vt_book_table(b, 0)) && vt_table_columns(vt_book_table(b, 0)) == 0);
    CHECK_TEXT(vt_book_format(b), "HDF5 picture");
    vt_book_free(b);
    free(one);
    free(two);
}

static void pixel_sizes_are_physical_or_not_used(void)
{
    tiff_recipe r = {.bits = 8, .per = 1, .photometric = PHOTOMETRIC_MINISBLACK, .resolution = 300.0F};
    static const struct {
        float resolution;
        uint16_t unit;
        const char *description;
        double size;
        size_t notes;
    } ALL[] = {{300.0F, RESUNIT_INCH, NULL, 0.0, 1},
               {20000.0F, RESUNIT_CENTIMETER, NULL, 0.5e-6, 0},
               {4.0F, RESUNIT_NONE, "ImageJ=1.53\nunit=micron\n", 0.25e-6, 0},
               {4.0F, RESUNIT_NONE, "unit=micron\n", 0.0, 0}};
    for (size_t k = 0; k < sizeof ALL / sizeof *ALL; k++) {
        size_t size;
        vt_table *t = NULL;
        CHECK(vt_table_create(&t, NULL) == VT_OK);
        r.resolution = ALL[k].resolution;
        r.unit = ALL[k].unit;
        r.description = ALL[k].description;
        char *bytes = tiff_file(&r, &size);
        vt_image *i = parsed(bytes, size, NULL, t);
        if (i) CHECK_ABS(i->pixel_size, ALL[k].size, 1e-6 * ALL[k].size);
        CHECK(vt_table_notes(t) == ALL[k].notes);
        if (ALL[k].notes) CHECK_TEXT(vt_table_note(t, 0), "printer or screen");
        vt_image_free(i);
        vt_table_free(t);
        free(bytes);
    }
}

static void put32(char *to, uint32_t v) /* big end first */
{
    for (int k = 0; k < 4; k++) to[k] = (char)(v >> (24 - 8 * k));
}

static void bombs_and_wrong_samples_are_refused(void)
{
    size_t size;
    const tiff_recipe int16 = {.bits = 16, .per = 1, .photometric = PHOTOMETRIC_MINISBLACK, .format = SAMPLEFORMAT_INT};
    char *bytes = tiff_file(&int16, &size);
    refused(bytes, size, NULL, VT_EPARSE, "save it as one of these");
    refused(bytes, 60, NULL, VT_EPARSE, "damaged");
    refused("no picture at all", 17, NULL, VT_EPARSE, "no TIFF, PNG or HDF5");
    free(bytes);
    const tiff_recipe wide = {.bits = 8, .per = 1, .photometric = PHOTOMETRIC_MINISBLACK, .width = 60000, .height = 3};
    static const char HEIGHT[8] = {1, 1, 3, 0, 1, 0, 0, 0}; /* tag 257, one SHORT */
    bytes = tiff_file(&wide, &size);
    vt_image *i = parsed(bytes, size, NULL, NULL);
    CHECK(i && i->width == 60000);
    vt_image_free(i);
    for (size_t k = 0; k + 10 < size; k++)
        if (memcmp(bytes + k, HEIGHT, 8) == 0) memcpy(bytes + k + 8, &(uint16_t){60000}, 2);
    refused(bytes, size, NULL, VT_ELIMIT, "unpack to 3.6e+09 bytes");
    free(bytes);
    bytes = png_file(PNG_COLOR_TYPE_GRAY, 8, false, &size);
    put32(bytes + 16, 60000);
    put32(bytes + 20, 60000);
    put32(bytes + 29, (uint32_t)crc32(0, (const unsigned char *)bytes + 12, 17)); /* the head is good again */
    refused(bytes, size, NULL, VT_ELIMIT, "unpack to 3.6e+09 bytes");
    put32(bytes + 16, 70000);
    put32(bytes + 29, (uint32_t)crc32(0, (const unsigned char *)bytes + 12, 17));
    refused(bytes, size, NULL, VT_EPARSE, "Invalid IHDR data");
    put32(bytes + 16, PW);
    put32(bytes + 20, PH);
    bytes[24] = 1; /* bits */
    put32(bytes + 29, (uint32_t)crc32(0, (const unsigned char *)bytes + 12, 17));
    refused(bytes, size, NULL, VT_EPARSE, "PNG of 1 bit: black and white hold no grey");
    free(bytes);
}

static void numbers_that_are_none_are_refused(void)
{
    vt_image *made = NULL;
    char *bytes = NULL;
    size_t size = 0;
    CHECK(vt_image_create(&made, 5, 4, 2, NULL) == VT_OK);
    made->grey[5 * 4 + 5 * 2 + 3] = NAN;
    FILE *f = open_memstream(&bytes, &size);
    CHECK(vt_image_write(made, NULL, f, NULL) == VT_OK);
    fclose(f);
    refused(bytes, size, NULL, VT_ENAN, "pixel (3, 2) of slice 2");
    vt_image_free(made);
    free(bytes);
    vt_error err = {0};
    CHECK(vt_image_create(&made, 1 << 15, 1 << 15, 2, &err) == VT_ELIMIT);
    CHECK_TEXT(err.msg, "crop it");
    CHECK(vt_image_create(&made, 0, 3, 1, &err) == VT_ELIMIT);
}

static void damaged_files_are_read_or_refused(void)
{
    size_t size[3];
    const tiff_recipe r = {.bits = 16,
                           .per = 1,
                           .photometric = PHOTOMETRIC_MINISBLACK,
                           .pages = 2,
                           .compression = COMPRESSION_LZW,
                           .description = "# voxel: 64.1 [nm]\n"};
    char *bytes[3] = {tiff_file(&r, &size[0]), png_file(PNG_COLOR_TYPE_RGB, 8, false, &size[1]),
                      hdf5_file(false, &size[2])};
    const char *names[3] = {"made-up .tif", "made-up .png", "made-up .h5"};
    for (int k = 0; k < 3; k++) {
        const mutate_job job = {.name = names[k], .bytes = bytes[k], .size = size[k], .count = MUTATE_COUNT};
        const mutate_counts c = mutate_run(&job);
        CHECK(c.accepted + c.refused == MUTATE_COUNT);
        CHECK(c.refused > 100);
        free(bytes[k]);
    }
}

CHECK_MAIN(CHECK_CASE(every_kind_of_tiff_is_read), CHECK_CASE(what_is_written_reads_back),
           CHECK_CASE(every_kind_of_png_is_read), CHECK_CASE(hdf5_is_read_by_name_and_slice),
           CHECK_CASE(pixel_sizes_are_physical_or_not_used), CHECK_CASE(bombs_and_wrong_samples_are_refused),
           CHECK_CASE(numbers_that_are_none_are_refused), CHECK_CASE(damaged_files_are_read_or_refused))
