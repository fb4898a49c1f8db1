#pragma once
/* Round trips of P31: blurred two-edge profiles and slices from the virtual scanner, which is finer than the reduction
 * (voxels integrate, cupping is quadratic, both edges have a fringe, noise is correlated). TRIPS is set by the .c file.
 */
#include "round_trips.h"
#include <gsl/gsl_linalg.h>
#include <stdbool.h>
#include <string.h>
#include <vitrum/edge_profile.h>

struct layer_case {
    const char *name;
    double SR, noise, correlation, within; /* nm; 1; 1; nm: half-width that holds 95 % of the values, 0: not checked */
    const char *set[6];                    /* further settings, key and text */
};

struct outcome {
    long n, told, within, warned_thin, refused;
    struct tally SR, ratio, diameter;
};

static inline void settings_of(const struct layer_case *c, bool slice, long trip, struct settings *s)
{
    set_text(s, "record", slice ? "slice" : "profile");
    set_text(s, "layer", c->SR > 0.0 ? "sharp" : "none");
    if (c->SR > 0.0) set_number(s, "layer_thickness", c->SR, "nm");
    set_number(s, "noise", c->noise, "");
    set_number(s, "correlation", c->correlation, "");
    for (int k = 0; k + 1 < 6 && c->set[k]; k += 2) set_text(s, c->set[k], c->set[k + 1]);
    set_number(s, "seed", (double)(1000 + trip), "");
}

static inline void one_trip(const struct layer_case *c, bool slice, long trip, struct outcome *o)
{
    struct settings truth = {0}, how = {0};
    settings_of(c, slice, trip, &truth);
    vt_result *r = there_and_back("tomography", &truth, &how);
    const vt_quantity *SR = quantity(r, "layer_thickness", NULL), *D = quantity(r, "diameter", NULL);
    size_t i = 0;
    o->n++;
    if (!r) o->refused++;
    if (SR) {
        size_t k = 0;
        o->told++;
        o->within += fabs(SR->value - 1e-9 * c->SR) <= 1e-9 * c->within;
        count(&o->SR, next(r, &i, "layer_thickness", NULL, NULL, NULL), 1e-9 * c->SR);
        if (c->SR > 0.0) count(&o->ratio, next(r, &k, "density_ratio", NULL, NULL, NULL), 0.8);
    }
    i = 0;
    if (D) count(&o->diameter, next(r, &i, "diameter", NULL, NULL, NULL), 20e-6);
    o->warned_thin += warned(r, "W_RESOLUTION", "");
    vt_result_free(r);
}

static inline struct outcome campaign(const struct layer_case *c, bool slice, long trips)
{
    struct outcome o = {
        .SR = {.what = "layer_thickness"}, .ratio = {.what = "density_ratio"}, .diameter = {.what = "diameter"}};
    for (long k = 0; k < trips; k++) one_trip(c, slice, k, &o);
    fprintf(stderr, "%s: n %ld told %ld within %.3g nm %ld thin %ld\n", c->name, o.n, o.told, c->within, o.within,
            o.warned_thin);
    return o;
}

/* Standard deviation (nm) that no unbiased estimator of the thickness undercuts (Cramer-Rao) where the four levels and
 * places are fitted and the blur is known to 5 %: contrast 1, ratio 0.8, bins of 32.05 nm from -600 to 2000 nm, white
 * noise of a bin. */
static inline double least_scatter(double SR, double noise)
{
    enum { P = 6 };
    static const int PLACE[P] = {VT_EDGE_AIR, VT_EDGE_RIM, VT_EDGE_S0, VT_EDGE_SIGMA, VT_EDGE_STEP, VT_EDGE_SR};
    const double sigma = 100.0 / VT_EDGE_FWHM, u_sigma = 0.05 * sigma;
    const double x[VT_EDGE_P] = {[VT_EDGE_RIM] = 0.8, [VT_EDGE_SIGMA] = sigma, [VT_EDGE_STEP] = 0.2, [VT_EDGE_SR] = SR};
    double fisher[P * P] = {[3 * P + 3] = 1.0 / (u_sigma * u_sigma)}, d[VT_EDGE_P];
    for (double s = -600.0; s < 2000.0; s += 32.05) {
        (void)vt_edge_profile_grey(x, 0.0, s, d);
        for (int i = 0; i < P; i++)
            for (int k = 0; k < P; k++) fisher[i * P + k] += d[PLACE[i]] * d[PLACE[k]] / (noise * noise);
    }
    gsl_matrix_view F = gsl_matrix_view_array(fisher, P, P);
    if (gsl_linalg_cholesky_decomp1(&F.matrix) || gsl_linalg_cholesky_invert(&F.matrix)) return NAN;
    return sqrt(fisher[P * P - 1]);
}

/* The share of the best estimator's values within that half-width, 0.95 at most. */
static inline double share_within(const struct layer_case *c)
{
    const double best = least_scatter(c->SR, c->noise), share = erf(c->within / (best * sqrt(2.0)));
    fprintf(stderr, "%s: at best %.1f nm, %.3f within %.0f nm\n", c->name, best, share, c->within);
    return fmin(share, 0.95);
}

/* A layer that is there: told, its interval covers (P 1.9), and the published half-width holds the share of the values
 * that it can hold. */
static inline void layer_is_found(const struct layer_case *c, bool slice, long trips)
{
    struct outcome o = campaign(c, slice, trips);
    CHECK(o.refused == 0);
    CHECK(20 * o.told >= 19 * o.n);
    if (c->within > 0.0) {
        const double p = share_within(c);
        CHECK((double)o.within / (double)o.n >= p - 3.0 * sqrt(p * (1.0 - p) / (double)o.n));
    }
    judge(&o.SR, c->name);
    judge(&o.ratio, c->name);
    if (slice) judge(&o.diameter, c->name);
}

/* No layer: a single edge in at least 95 % (P 11, row P31). */
static inline void no_layer_is_told(const struct layer_case *c, bool slice, long trips)
{
    const struct outcome o = campaign(c, slice, trips);
    CHECK(o.refused == 0);
    CHECK(20 * o.told <= o.n);
}
