/* Standards of calorimeters: sapphire against another table, melting edges against their closed form, coverage. */
#include "check.h"
#include <math.h>
#include <stdlib.h>
#include <vitrum/calorimeter.h>
#include <vitrum/random.h>

/* Molar heat capacity of alumina as the JANAF tables (Chase 1998) have it, J/(mol K); molar mass 101.961 g/mol. That
 * fit is another one: both agree within 0.15 %. */
static void sapphire_is_that_of_other_tables(void)
{
    static const double T[] = {200.0, 298.15, 400.0, 600.0, 800.0, 1000.0, 1200.0};
    static const double C[] = {51.120, 79.015, 96.086, 112.545, 120.135, 124.771, 128.252};
    for (int k = 0; k < 7; k++) {
        double c = 0.0;
        CHECK(vt_sapphire_heat_capacity(T[k], &c, NULL) == VT_OK);
        CHECK_REL(c, C[k] / 0.101961, 1.5e-3);
    }
    double c = -7.0;
    vt_error err = {0};
    CHECK(vt_sapphire_heat_capacity(99.0, &c, &err) == VT_EDOMAIN);
    CHECK_TEXT(err.msg, "T = 99 K is outside 100 to 1200 K");
    CHECK(vt_sapphire_heat_capacity((double)NAN, &c, NULL) == VT_EDOMAIN);
    CHECK(c == -7.0);
    CHECK(vt_sapphire_heat_capacity(300.0, NULL, NULL) == VT_EARG);
}

static void melting_points_are_those_of_the_scale(void)
{
    double T = 0.0;
    const char *const *names = NULL;
    CHECK(vt_melting_point("Indium", &T, &names) && T == 429.7485);
    CHECK(vt_melting_point("ZINC", &T, NULL) && T == 692.677);
    CHECK(!vt_melting_point("kryptonite", &T, NULL) && T == 692.677);
    CHECK(!vt_melting_point(NULL, &T, NULL));
    size_t n = 0;
    for (; names && names[n]; n++) CHECK(vt_melting_point(names[n], &T, NULL));
    CHECK(n == 8);
}

/* A straight edge from `onset` on, as long as `width`, through a first-order lag L; y0 + drift T below. Closed form:
 * edge s (t - L (1 - exp(-t/L))), then decay. */
typedef struct peak {
    double onset, slope, width, lag, base, drift, step, noise;
} peak;
static const peak INDIUM = {
    .onset = 430.31, .slope = 0.0127, .width = 2.61, .lag = 0.93, .base = 6.7e-4, .drift = 2.3e-6, .step = 0.07};

enum { MOST = 2000 };
static size_t readings(const peak *p, vt_stream *r, double *T, double *y)
{
    size_t n = 0;
    const double end = p->slope * (p->width - p->lag * (1.0 - exp(-p->width / p->lag)));
    for (; n < 800; n++) {
        T[n] = 402.0 + p->step * (double)n;
        const double t = T[n] - p->onset;
        y[n] = p->base + p->drift * (T[n] - 400.0);
        if (t > 0.0 && t <= p->width) y[n] += p->slope * (t - p->lag * (1.0 - exp(-t / p->lag)));
        if (t > p->width) y[n] += end * exp(-(t - p->width) / p->lag);
        if (r) y[n] += p->noise * vt_stream_normal(r);
    }
    return n;
}

static void edge_is_that_of_its_closed_form(void)
{
    static double T[MOST], y[MOST];
    vt_melting_edge e = {0};
    vt_error err = {0};
    const size_t n = readings(&INDIUM, NULL, T, y);
    CHECK_OK(vt_melting_edge_find(n, T, y, &e, &err), &err);
    /* The decay is exact: the lag to rounding of differences. dy/dT over two steps of h errs by h^2/6 y''' < 1e-3. */
    CHECK_REL(e.lag, INDIUM.lag, 2e-3);
    CHECK_ABS(e.onset, INDIUM.onset + INDIUM.lag, 5e-3);
    CHECK_REL(e.slope, INDIUM.slope, 5e-3);
    CHECK_REL(e.base, INDIUM.base + INDIUM.drift * (e.onset - 400.0), 1e-3);
    CHECK_ABS(e.apex, INDIUM.onset + INDIUM.width, INDIUM.step);
}

/* Errors within what is stated: scatter alone, and parts and lag; 300 draws of 3 uW of noise. */
static void noise_is_covered(void)
{
    static double T[MOST], y[MOST];
    long on = 0, sl = 0;
    const long runs = 300;
    double bias = 0.0;
    for (long k = 0; k < runs; k++) {
        vt_stream r;
        vt_melting_edge e;
        peak p = INDIUM;
        vt_stream_init(&r, 9, vt_stream_purpose("edge"), (uint64_t)k);
        p.noise = 3e-6;
        p.onset += 0.07 * vt_stream_uniform(&r);
        p.lag *= 0.7 + 0.6 * vt_stream_uniform(&r);
        const size_t n = readings(&p, &r, T, y);
        if (vt_melting_edge_find(n, T, y, &e, NULL) != VT_OK) continue;
        const double u = hypot(e.u_onset, e.u_onset_window), us = hypot(e.u_slope, e.u_slope_window);
        on += fabs(e.onset - p.onset - p.lag) <= 1.96 * u;
        sl += fabs(e.slope - p.slope) <= 1.96 * us;
        bias += (e.onset - p.onset - p.lag) / (double)runs;
    }
    fprintf(stderr, "onset %ld, slope %ld of %ld covered, onset off by %+.4f K\n", on, sl, runs, bias);
    CHECK_BAND((double)on / (double)runs, 0.91, 1.0); /* from below: parts differ more than each errs */
    CHECK_BAND((double)sl / (double)runs, 0.91, 1.0);
    CHECK_ABS(bias, 0.0, 0.01);
}

static void refused(size_t n, const double *T, const double *y, vt_status code, const char *words)
{
    vt_melting_edge e = {.onset = -7.0};
    vt_error err = {0};
    CHECK(vt_melting_edge_find(n, T, y, &e, &err) == code);
    CHECK_TEXT(err.msg, words);
    CHECK(e.onset == -7.0);
}

static void refusals(void)
{
    static double T[MOST], y[MOST];
    vt_stream r;
    vt_stream_init(&r, 9, vt_stream_purpose("flat"), 0);
    peak p = INDIUM;
    p.noise = 3e-6;
    p.slope = 0.0;
    size_t n = readings(&p, &r, T, y);
    refused(n, T, y, VT_ENOROOT, "no melting peak");
    n = readings(&INDIUM, NULL, T, y);
    refused(n - 390, T + 390, y + 390, VT_EDOF, "its baseline needs 8; begin the scan lower");
    p = INDIUM;
    p.step = 0.9;
    n = readings(&p, NULL, T, y);
    refused(80, T, y, VT_EDOF, "4 are needed; read more often");
    T[5] = T[4];
    refused(80, T, y, VT_EARG, "reading 5");
    CHECK(vt_melting_edge_find(80, NULL, y, NULL, NULL) == VT_EARG);
    refused(3, T, y, VT_EARG, "fewer than 16");
}

CHECK_MAIN(CHECK_CASE(sapphire_is_that_of_other_tables), CHECK_CASE(melting_points_are_those_of_the_scale),
           CHECK_CASE(edge_is_that_of_its_closed_form), CHECK_CASE(noise_is_covered), CHECK_CASE(refusals))
