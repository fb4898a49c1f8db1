/* Pictures that are not as the scanner's: halves that differ, several wires, lettering, dark bodies, breakage. */
#include "round_trips.h"
#include <vitrum/image.h>

static vt_table *scanned(const char *const *set, vt_error *err)
{
    struct settings s = {0};
    set_text(&s, "diameter", "12 um");
    for (; set && *set; set += 2) set_text(&s, set[0], set[1]);
    return simulated("tomography", &s, err);
}

/* A test may change what it simulated. */
static vt_image *picture(vt_table *t)
{
    return (vt_image *)vt_table_image(t);
}

static vt_result *read_back(const vt_table *t, vt_error *err)
{
    struct settings how = {0};
    return reduced("tomography", t, &how, err);
}

static void refused(const vt_table *t, vt_status code, const char *words)
{
    vt_error err = {0};
    vt_result *r = read_back(t, &err);
    if (r || err.code != code)
        CHECK_FAILED("%s: %s, expected %s", vt_status_name(err.code), err.msg, vt_status_name(code));
    CHECK_TEXT(err.msg, words);
    vt_result_free(r);
}

/* Blurred disc in a disc whose centre lies `off` to the right, noise of 2 %. */
static vt_table *two_discs(double off)
{
    enum { SIDE = 260 };
    vt_table *t = NULL;
    vt_image *i = NULL;
    vt_stream s;
    const double voxel = 64.1e-9, sigma = 100e-9 / 2.3548 / voxel, R = 110.3, r = R - 500e-9 / voxel;
    vt_stream_init(&s, 7, vt_stream_purpose("test/discs"), 0);
    CHECK(vt_table_create(&t, NULL) == VT_OK && vt_image_create(&i, SIDE, SIDE, 1, NULL) == VT_OK);
    for (size_t k = 0; k < (size_t)SIDE * SIDE; k++) {
        const double x = (double)(k % SIDE) - 129.3, y = (double)(k / SIDE) - 128.8;
        const double outer = 0.5 * erfc((hypot(x, y) - R) / (sigma * sqrt(2.0)));
        const double inner = 0.5 * erfc((hypot(x - off, y) - r) / (sigma * sqrt(2.0)));
        i->grey[k] = (float)(100.0 + 800.0 * outer + 200.0 * inner + 20.0 * vt_stream_normal(&s));
    }
    vt_table_set_image(t, i);
    CHECK(vt_table_add_meta(t, "voxel", "64.1 nm", 0, NULL) == VT_OK);
    CHECK(vt_table_add_meta(t, "resolution", "100 nm", 0, NULL) == VT_OK);
    return t;
}

static void sides_are_compared(void)
{
    vt_error err = {0};
    vt_table *same = two_discs(0.0), *apart = two_discs(1.5); /* 96 nm: 60 nm of the mean of a half */
    vt_result *a = read_back(same, &err), *b = read_back(apart, &err);
    const vt_quantity *SR = quantity(a, "layer_thickness", NULL);
    CHECK(a && b && !warned(a, "W_SIDES", ""));
    CHECK(warned(b, "W_SIDES", "right and left"));
    CHECK(covers(SR, 500e-9));
    vt_result_free(a);
    vt_result_free(b);
    vt_table_free(same);
    vt_table_free(apart);
}

static void dark_bodies_are_read_too(void)
{
    vt_error err = {0};
    vt_table *t = two_discs(0.0);
    vt_image *i = picture(t);
    for (size_t k = 0; k < i->width * i->height; k++) i->grey[k] = 2000.0F - i->grey[k];
    vt_result *r = read_back(t, &err);
    CHECK(r && covers(quantity(r, "layer_thickness", NULL), 500e-9));
    vt_result_free(r);
    vt_table_free(t);
}

static void wires_are_compared(void)
{
    const char *const thin[] = {"layer_thickness", "400 nm", NULL}, *const thick[] = {"layer_thickness", "600 nm",
                                                                                      NULL};
    vt_error err = {0};
    vt_table *t[2] = {scanned(thin, &err), scanned(thick, &err)};
    vt_result *r = NULL;
    const vt_request in = {.raw = (const vt_table *const *)t, .nraw = 2};
    CHECK_OK(vt_reduce(vt_experiment_find("tomography"), &in, &r, &err), &err);
    CHECK(r && warned(r, "W_LAYER_DIFFERS", "2 specimens"));
    CHECK(r && vt_result_figures(r) == 7); /* slice, profile and residuals of each, thickness by diameter */
    vt_result_free(r);
    vt_table_free(t[0]);
    vt_table_free(t[1]);
}

/* Letters across the wire's rim: left out where they are coloured, or by their grey. */
static void lettering_is_left_out(void)
{
    for (int colour = 0; colour < 2; colour++) {
        vt_error err = {0};
        struct settings how = {0};
        vt_table *t = two_discs(0.0);
        vt_image *i = picture(t);
        if (colour) i->colour = calloc(i->width * i->height, 1);
        for (size_t y = 120; y < 130; y++)
            for (size_t x = 0; x < 60; x++) {
                i->grey[y * i->width + x] = 3000.0F;
                if (colour) i->colour[y * i->width + x] = 1;
            }
        if (!colour) set_text(&how, "mask_above", "2000");
        vt_result *r = reduced("tomography", t, &how, &err);
        if (!r) CHECK_FAILED("%s: %s", vt_status_name(err.code), err.msg);
        CHECK(covers(quantity(r, "layer_thickness", NULL), 500e-9));
        CHECK(warned(r, "W_MASKED", "") == (colour == 1));
        vt_result_free(r);
        vt_table_free(t);
    }
}

static void stacks_are_pooled(void)
{
    const char *const three[] = {"slices", "3", "noise", "0.1", NULL}, *const one[] = {"noise", "0.1", NULL};
    vt_error err = {0};
    vt_table *many = scanned(three, &err), *single = scanned(one, &err);
    vt_result *a = read_back(many, &err), *b = read_back(single, &err);
    const vt_quantity *A = quantity(a, "density_ratio", NULL), *B = quantity(b, "density_ratio", NULL);
    CHECK(covers(quantity(a, "layer_thickness", NULL), 500e-9));
    CHECK(A && B && A->u < 0.8 * B->u); /* 1/sqrt 3 but for the model's share */
    vt_result_free(a);
    vt_result_free(b);
    vt_table_free(many);
    vt_table_free(single);
}

/* A layer that changes over 200 nm has its middle where it is said to be. */
static void graded_layers_have_their_middle(void)
{
    const char *const set[] = {"layer", "graded", "grade", "300 nm", NULL};
    vt_error err = {0};
    vt_table *t = scanned(set, &err);
    vt_result *r = read_back(t, &err);
    const vt_quantity *SR = quantity(r, "layer_thickness", NULL);
    CHECK(SR != NULL);
    if (SR) CHECK_ABS(SR->value, 500e-9, 15e-9); /* a ramp is no error function: 5 % of its width */
    vt_result_free(r);
    vt_table_free(t);
}

static void clipped_bodies_are_refused(void)
{
    vt_table *t = two_discs(0.0);
    vt_image *i = picture(t);
    i->bits = 8;
    i->real = false;
    for (size_t k = 0; k < i->width * i->height; k++)
        i->grey[k] = floorf(fminf(fmaxf(0.25F * i->grey[k], 0.0F), 255.0F));
    refused(t, VT_ESATURATED, "255, the end of the scale of 8 bit");
    vt_table_free(t);
}

/* The left part of the discs, so many pixels wide. */
static void cut_is_refused(size_t width, const char *words)
{
    vt_table *t = two_discs(0.0);
    vt_image *i = picture(t), *cut = NULL;
    CHECK(vt_image_create(&cut, width, i->height, 1, NULL) == VT_OK);
    for (size_t k = 0; k < cut->width * cut->height; k++)
        cut->grey[k] = i->grey[k / cut->width * i->width + k % cut->width];
    vt_table_set_image(t, cut);
    refused(t, VT_EROI, words);
    vt_table_free(t);
}

static void bodies_at_the_border_are_refused(void)
{
    cut_is_refused(238, "reaches the border");
    cut_is_refused(120, "the border of the picture cuts a body over 219"); /* the chord 9.8 voxels from the middle of a
                                                                              radius of 110.3 is 219.7 */
}

/* 100 um instead of 100 nm would look for an edge wider than the picture. */
static void resolutions_beyond_the_body_are_refused(void)
{
    vt_error err = {0};
    vt_table *t = two_discs(0.0);
    struct settings how = {0};
    set_text(&how, "resolution", "100 um");
    vt_result *r = reduced("tomography", t, &how, &err);
    CHECK(!r && err.code == VT_EUNITS);
    CHECK_TEXT(err.msg, "the resolution, 100 um, is wider than the body of slice 1");
    vt_result_free(r);
    vt_table_free(t);
}

static void two_bodies_are_ambiguous(void)
{
    vt_table *t = two_discs(0.0);
    vt_image *i = picture(t), *both = NULL;
    CHECK(vt_image_create(&both, 2 * i->width, i->height, 1, NULL) == VT_OK);
    for (size_t k = 0; k < both->width * both->height; k++)
        both->grey[k] = i->grey[k / both->width * i->width + k % both->width % i->width];
    vt_table_set_image(t, both);
    vt_error err = {0};
    vt_result *r = read_back(t, &err);
    CHECK(!r && (err.code == VT_EAMBIGUOUS || err.code == VT_ENARROW));
    CHECK_TEXT(err.msg, "center_x");
    struct settings how = {0};
    set_text(&how, "center_x", "389");
    set_text(&how, "center_y", "129");
    r = reduced("tomography", t, &how, &err);
    CHECK(r && covers(quantity(r, "layer_thickness", NULL), 500e-9));
    vt_result_free(r);
    vt_table_free(t);
}

CHECK_MAIN(CHECK_CASE(sides_are_compared), CHECK_CASE(dark_bodies_are_read_too), CHECK_CASE(wires_are_compared),
           CHECK_CASE(lettering_is_left_out), CHECK_CASE(stacks_are_pooled),
           CHECK_CASE(graded_layers_have_their_middle), CHECK_CASE(clipped_bodies_are_refused),
           CHECK_CASE(resolutions_beyond_the_body_are_refused), CHECK_CASE(bodies_at_the_border_are_refused),
           CHECK_CASE(two_bodies_are_ambiguous))
