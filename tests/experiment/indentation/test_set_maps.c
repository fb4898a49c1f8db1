#include "check.h"
#include "set_sample.h"
#include <vitrum/result.h>

static sample M;

/* 7 x 7 indents of one specimen on a grid of 30 um, one cycle each; E and H grow by `gradient` (relative) along x, and
 * are lower by `step` beyond the diagonal. */
static vt_result *map_of(double gradient, double step, uint64_t replicate)
{
    const sample_group g = {.name = "plate",
                            .specimens = 1,
                            .indents = 49,
                            .cycles = 1,
                            .H = 7.1e9,
                            .E = 89e9,
                            .within = 0.005,
                            .noise = 0.001,
                            .diameter = NAN};
    vt_result *r = NULL;
    vt_error err = {0};
    sample_make(&M, 1, &g, replicate);
    for (size_t i = 0; i < M.n; i++) {
        vti_indent_result *p = &M.res[i];
        p->x = 1e-2 + 30e-6 * (double)(i % 7);
        p->y = 2e-2 + 30e-6 * (double)(i / 7);
        const double factor = 1.0 + gradient * ((double)(i % 7) / 6.0) - (i % 7 > i / 7 ? step : 0.0);
        for (size_t k = 0; k < VT_CONTACT_OUTPUTS; k++) p->out[k].value *= factor;
    }
    CHECK_OK(vt_result_create(&r, "experiment", "indentation", &err), &err);
    CHECK_OK(vti_set_statistics(&M.s, r, &err), &err);
    return r;
}

static const vt_table *curve(const vt_result *r, const char *name)
{
    for (size_t i = 0; i < vt_result_curves(r); i++)
        if (strcmp(vt_result_curve_name(r, i), name) == 0) return vt_result_curve(r, i);
    return NULL;
}

static void even_maps_are_drawn_and_not_warned_of(void)
{
    vt_result *r = map_of(0.0, 0.0, 3);
    const vt_table *t = curve(r, "map_1");
    CHECK(t && vt_table_rows(t) == 49);
    if (t) CHECK_ABS(vt_table_values(t, 0)[0], 0.0, 0.0); /* from the corner of the map */
    if (t) CHECK_REL(vt_table_values(t, 0)[6], 180e-6, 1e-9);
    size_t maps = 0, histograms = 0;
    for (size_t i = 0; i < vt_result_figures(r); i++) {
        const vt_figure *f = vt_result_figure(r, i);
        maps += f->series[0].style == VT_TILES;
        histograms += strncmp(f->name, "histogram_", 10) == 0;
        CHECK(strlen(f->alt) > 60);
    }
    CHECK(maps == 2 && histograms == 2);
    CHECK(!sample_warning(r, "W_TREND"));
    CHECK(!sample_warning(r, "W_PHASES"));
    const vt_property *p = sample_find(r, "phases", "", "specimen", "plate 1");
    CHECK(p && p->q.value == 1.0);
    vt_result_free(r);
}

static void a_gradient_is_told(void)
{
    vt_result *r = map_of(0.03, 0.0, 4);
    CHECK_TEXT(sample_warning(r, "W_TREND"), "elastic modulus changes by 2."); /* 3 % of 89 GPa: 2.7 GPa */
    vt_result_free(r);
}

static void two_phases_are_told(void)
{
    vt_result *r = map_of(0.0, 0.08, 5);
    const vt_property *p = sample_find(r, "phases", "", "specimen", "plate 1");
    CHECK(p && p->q.value == 2.0);
    CHECK_TEXT(sample_warning(r, "W_PHASES"), "fall into 2 groups");
    p = sample_find(r, "phase_fraction", "", "phase", "1"); /* 21 of 49 lie beyond the diagonal */
    CHECK(p != NULL);
    if (p) CHECK_ABS(p->q.value, 21.0 / 49.0, 0.02);
    p = sample_find(r, "phase_hardness", "", "phase", "2");
    if (p) CHECK_REL(p->q.value, 7.1e9, 0.005);
    vt_result_free(r);
}

/* Values that grow evenly over a map are no phases, however much they grow; phases on such a plane are. */
static void a_gradient_is_no_phase(void)
{
    static const double GRADIENT[] = {0.02, 0.05, 0.2};
    for (size_t k = 0; k < 3; k++) {
        vt_result *r = map_of(GRADIENT[k], 0.0, 7 + k);
        const vt_property *p = sample_find(r, "phases", "", "specimen", "plate 1");
        CHECK(p && p->q.value == 1.0);
        if (p) CHECK_TEXT(p->method, "about the plane over place");
        CHECK(sample_warning(r, "W_TREND") != NULL);
        CHECK(!sample_warning(r, "W_PHASES"));
        vt_result_free(r);
    }
    sample_make(&M, 1,
                &(sample_group){.name = "plate",
                                .specimens = 1,
                                .indents = 49,
                                .cycles = 1,
                                .H = 7.1e9,
                                .E = 89e9,
                                .within = 0.005,
                                .noise = 0.001,
                                .diameter = NAN},
                11);
    for (size_t i = 0; i < M.n; i++) {
        vti_indent_result *p = &M.res[i];
        p->x = 30e-6 * (double)(i % 7);
        p->y = 30e-6 * (double)(i / 7);
        const double factor =
            1.0 + 0.1 * (double)(i % 7) / 6.0 - ((i * 37 + i / 7 * 3) % 11 < 4 ? 0.08 : 0.0); /* scattered */
        for (size_t k = 0; k < VT_CONTACT_OUTPUTS; k++) p->out[k].value *= factor;
    }
    vt_result *r = NULL;
    vt_error err = {0};
    CHECK_OK(vt_result_create(&r, "experiment", "indentation", &err), &err);
    CHECK_OK(vti_set_statistics(&M.s, r, &err), &err);
    const vt_property *p = sample_find(r, "phases", "", "specimen", "plate 1");
    CHECK(p && p->q.value == 2.0);
    CHECK_TEXT(sample_warning(r, "W_PHASES"), "into 2 groups about the plane over place");
    vt_result_free(r);
}

static void an_odd_indent_is_named(void)
{
    vt_error err = {0};
    vt_result *r = map_of(0.0, 0.0, 6);
    vt_result_free(r);
    M.res[17].out[VT_CONTACT_HARDNESS].value *= 1.2;
    CHECK_OK(vt_result_create(&r, "experiment", "indentation", &err), &err);
    CHECK_OK(vti_set_statistics(&M.s, r, &err), &err);
    CHECK_TEXT(sample_warning(r, "W_OUTLIERS"), "1 of 49 indents lie apart in hardness");
    CHECK_TEXT(sample_warning(r, "W_OUTLIERS"), "Test 18");
    CHECK_TEXT(sample_warning(r, "W_OUTLIERS"), "GPa without (hardness_robust)");
    const vt_property *p = sample_find(r, "hardness_robust", "", "specimen", "plate 1");
    double mean = 0.0;
    for (size_t i = 0; i < M.n; i++)
        if (i != 17) mean += M.res[i].out[VT_CONTACT_HARDNESS].value / 48.0;
    CHECK(p != NULL);
    if (p) CHECK_REL(p->q.value, mean, 1e-12);
    if (p) CHECK_TEXT(p->method, "mean of 48 of 49 indents");
    if (p) CHECK(p->q.low < mean && mean < p->q.high && p->q.dof == 47.0);
    CHECK(!sample_find(r, "reduced_modulus_robust", "", "specimen", "plate 1")); /* nothing odd in it */
    vt_result_free(r);
}

CHECK_MAIN(CHECK_CASE(even_maps_are_drawn_and_not_warned_of), CHECK_CASE(a_gradient_is_told),
           CHECK_CASE(two_phases_are_told), CHECK_CASE(a_gradient_is_no_phase), CHECK_CASE(an_odd_indent_is_named))
