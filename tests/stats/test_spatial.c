#include "check.h"
#include <vitrum/random.h>
#include <vitrum/spatial.h>

enum { SIDE = 8, N = SIDE * SIDE };

typedef struct grid {
    double x[N], y[N], v[N];
} grid;

static void draw(grid *g, double gx, double gy, uint64_t replicate)
{
    vt_stream s;
    vt_stream_init(&s, 43, vt_stream_purpose("test/spatial"), replicate);
    for (size_t i = 0; i < N; i++) {
        g->x[i] = 7e-6 * (double)(i % SIDE);
        g->y[i] = 5e-3 + 7e-6 * (double)(i / SIDE);
        g->v[i] = 89e9 + gx * g->x[i] + gy * g->y[i] + 1e9 * vt_stream_normal(&s);
    }
}

static void plane_and_moran_of_an_exact_gradient(void)
{
    grid g;
    vt_spatial s;
    vt_error err = {0};
    const vt_spatial_options opt = {.permutations = 199, .seed = 3};
    draw(&g, 0.0, 0.0, 1);
    for (size_t i = 0; i < N; i++) g.v[i] = 2e15 * g.x[i] - 3e15 * g.y[i];
    CHECK_OK(vt_spatial_test(N, g.x, g.y, g.v, 0.0, &opt, &s, &err), &err);
    CHECK_REL(s.slope[0], 2e15, 1e-9); /* y has 5e-3 and steps of 7e-6: 3 digits lost */
    CHECK_REL(s.slope[1], -3e15, 1e-9);
    CHECK_REL(s.r2, 1.0, 1e-12);
    CHECK_REL(s.range, 5e15 * 49e-6, 1e-9);
    CHECK_REL(s.p_trend, 1.0 / 200.0, 1e-12);
    CHECK_REL(s.neighbours, 2.0 * (2.0 * SIDE * (SIDE - 1) + 2.0 * (SIDE - 1) * (SIDE - 1)) / N,
              1e-12); /* eight around */
}

/* Checkerboard, four neighbours: every product is -1, I = -1. Rows of equal values: hand sum. */
static void moran_of_a_checkerboard_is_minus_one(void)
{
    grid g;
    vt_spatial s;
    const vt_spatial_options opt = {.permutations = 99, .seed = 3};
    draw(&g, 0.0, 0.0, 1);
    for (size_t i = 0; i < N; i++) g.v[i] = (i % SIDE + i / SIDE) % 2 ? 5.3 : 4.1;
    CHECK(vt_spatial_test(N, g.x, g.y, g.v, 7.1e-6, &opt, &s, NULL) == VT_OK);
    CHECK_REL(s.moran, -1.0, 1e-12);
    CHECK_REL(s.moran_expected, -1.0 / (N - 1.0), 1e-12);
    for (size_t i = 0; i < N; i++) g.v[i] = i / SIDE < SIDE / 2 ? 1.7 : -1.7; /* two halves: 8 of 112 pairs differ */
    CHECK(vt_spatial_test(N, g.x, g.y, g.v, 7.1e-6, &opt, &s, NULL) == VT_OK);
    CHECK_REL(s.moran, (104.0 - 8.0) / 112.0, 1e-12);
    CHECK(s.p_moran < 0.02);
}

static void null_p_values_are_uniform_and_gradients_are_found(void)
{
    size_t small[2] = {0, 0}, found = 0;
    const vt_spatial_options opt = {.permutations = 199, .seed = 9};
    for (uint64_t r = 0; r < 200; r++) {
        grid g;
        vt_spatial s;
        draw(&g, 0.0, 0.0, r);
        CHECK(vt_spatial_test(N, g.x, g.y, g.v, 0.0, &opt, &s, NULL) == VT_OK);
        small[0] += s.p_moran <= 0.05;
        small[1] += s.p_trend <= 0.05;
        draw(&g, 5e13, 0.0, 1000 + r); /* 2.4 GPa over the map, scatter 1 GPa: r^2 near 0.4 */
        CHECK(vt_spatial_test(N, g.x, g.y, g.v, 0.0, &opt, &s, NULL) == VT_OK);
        found += s.p_trend <= 0.05;
    }
    CHECK(small[0] <= 19 && small[1] <= 19); /* 10 expected, + 3 sqrt(200 0.05 0.95) */
    CHECK(small[0] >= 1 && small[1] >= 1);
    CHECK(found >= 195);
}

static void what_makes_no_map_is_refused(void)
{
    grid g;
    vt_spatial s = {.moran = -7.0};
    vt_error err = {0};
    const vt_spatial_options opt = {0};
    draw(&g, 0.0, 0.0, 1);
    CHECK(vt_spatial_test(8, g.x, g.y, g.v, 0.0, &opt, &s, &err) == VT_EDOF);
    CHECK(vt_spatial_test(N, g.x, g.y, g.v, 1e-9, &opt, &s, &err) == VT_EDOF);
    CHECK_TEXT(err.msg, "wider reach");
    CHECK(vt_spatial_test(N, g.x, g.x, g.v, 0.0, &opt, &s, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "on a line");
    CHECK(vt_spatial_test(N, g.x, g.y, g.v, -1.0, &opt, &s, &err) == VT_EARG);
    CHECK(vt_spatial_test(30000, g.x, g.y, g.v, 0.0, &opt, &s, &err) == VT_ELIMIT);
    g.v[5] = NAN;
    CHECK(vt_spatial_test(N, g.x, g.y, g.v, 0.0, &opt, &s, &err) == VT_ENAN);
    for (size_t i = 0; i < N; i++) g.v[i] = 1.25;
    CHECK(vt_spatial_test(N, g.x, g.y, g.v, 0.0, &opt, &s, &err) == VT_ERANGE);
    CHECK_TEXT(err.msg, "equal");
    CHECK(vt_spatial_test(N, g.x, g.y, g.v, 0.0, NULL, &s, &err) == VT_EARG);
    CHECK(s.moran == -7.0);
}

CHECK_MAIN(CHECK_CASE(plane_and_moran_of_an_exact_gradient), CHECK_CASE(moran_of_a_checkerboard_is_minus_one),
           CHECK_CASE(null_p_values_are_uniform_and_gradients_are_found), CHECK_CASE(what_makes_no_map_is_refused))
