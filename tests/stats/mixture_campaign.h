#pragma once
#include "check.h"
#include <stdbool.h>
#include <vitrum/mixture.h>
#include <vitrum/random.h>

enum { POINTS_MAX = 225 };

/* Modulus (GPa) and hardness of a glass, and with probability `share` of a second phase `step` standard deviations of
 * modulus away. */
static void draw_points(size_t n, size_t d, double share, double step, uint64_t replicate, double *x)
{
    vt_stream s;
    vt_stream_init(&s, 47, vt_stream_purpose("test/mixture"), replicate);
    for (size_t i = 0; i < n; i++) {
        const bool second = vt_stream_uniform(&s) < share;
        const double a = vt_stream_normal(&s), b = vt_stream_normal(&s);
        x[i * d] = 89.0 + 1.1 * (a + (second ? step : 0.0));
        if (d > 1) x[i * d + 1] = 7.1 + 0.14 * (0.6 * a + 0.8 * b - (second ? 0.5 * step : 0.0));
    }
}

/* Sets of one phase in which one was found. */
static size_t one_phase(size_t replicates, size_t n, size_t d)
{
    size_t one = 0;
    for (uint64_t r = 0; r < replicates; r++) {
        double x[2 * POINTS_MAX];
        vt_mixture m;
        vt_error err = {0};
        const vt_mixture_options opt = {.seed = r, .replicates = 1, .starts = 6, .k_max = 3};
        draw_points(n, d, 0.0, 0.0, r, x);
        CHECK_OK(vt_mixture_fit(n, d, x, &opt, &m, NULL, &err), &err);
        one += m.k == 1;
    }
    return one;
}
