/* The thickness of several wires: table, figure over the diameter, and whether they agree. */
#include "experiment/emit_internal.h"
#include "tomography_internal.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 12 };

static vt_status table(const vti_tomo_run *run, vt_error *err)
{
    double *x = malloc(COLUMNS * run->n * sizeof *x);
    const char **name = malloc(run->n * sizeof *name);
    vt_status st = VT_EMEMORY;
    if (!x || !name) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu specimens", run->n);
        goto done;
    }
    for (size_t i = 0; i < run->n; i++) {
        const vti_tomo_body *b = &run->body[i];
        const bool told = b->layer && !isnan(b->low);
        const double row[COLUMNS] = {b->image ? b->diameter : (double)NAN,
                                     b->image ? b->u_diameter : (double)NAN,
                                     told ? b->SR : (double)NAN,
                                     told ? b->low : (double)NAN,
                                     told ? b->high : (double)NAN,
                                     told ? b->ratio : (double)NAN,
                                     b->side[0],
                                     b->side[1],
                                     b->side[2],
                                     b->side[3],
                                     VT_EDGE_FWHM * b->fit[b->best].x[VT_EDGE_SIGMA],
                                     b->image ? b->outline[0].scatter * b->par.voxel : (double)NAN};
        for (size_t c = 0; c < COLUMNS; c++) x[c * run->n + i] = row[c];
        name[i] = b->name;
    }
    static const char *const HEAD[COLUMNS][2] = {{"diameter", "m"},   {"diameter_u", "m"}, {"layer_thickness", "m"},
                                                 {"low", "m"},        {"high", "m"},       {"density_ratio", "1"},
                                                 {"right_half", "m"}, {"left_half", "m"},  {"lower_half", "m"},
                                                 {"upper_half", "m"}, {"edge_width", "m"}, {"surface_scatter", "m"}};
    vti_column columns[COLUMNS + 2] = {{"specimen", "", NULL, name}};
    for (size_t c = 0; c < COLUMNS; c++) columns[c + 1] = (vti_column){HEAD[c][0], HEAD[c][1], x + c * run->n, NULL};
    st = vti_emit_table(run->result, "specimens", "Specimens", run->n, columns, err);
done:
    free(x);
    free(name);
    return st;
}

static vt_status figure(const vti_tomo_run *run, size_t told, vt_error *err)
{
    vt_figure f = {.name = "layer_by_diameter",
                   .title = "Layer thickness by diameter",
                   .x = {.label = "diameter", .unit = "um", .low = NAN, .high = NAN},
                   .y = {.label = "layer thickness", .unit = "nm", .low = NAN, .high = NAN}};
    vti_series_interval(
        vti_emit_series(&f, "specimens", "diameter", "layer_thickness", VT_POINTS, 0, "SR with its interval"), "low",
        "high");
    snprintf(f.alt, sizeof f.alt, "Thickness of the surface layer of %zu wires against their diameter, with intervals.",
             told);
    return vt_result_add_figure(run->result, &f, err);
}

vt_status vti_tomo_compare(vti_tomo_run *run, vt_error *err)
{
    double w = 0.0, sum = 0.0, chi2 = 0.0;
    size_t told = 0, pictures = 0;
    vt_status st;
    if (run->n == 0) return VT_OK;
    VT_TRY(st = table(run, err));
    for (size_t i = 0; i < run->n; i++) {
        const vti_tomo_body *b = &run->body[i];
        if (!b->layer || isnan(b->low)) continue;
        told++;
        pictures += b->image != NULL;
        w += 1.0 / (b->u_SR * b->u_SR);
        sum += b->SR / (b->u_SR * b->u_SR);
    }
    if (told < 2) return VT_OK;
    if (pictures >= 2) VT_TRY(st = figure(run, pictures, err));
    for (size_t i = 0; i < run->n; i++) {
        const vti_tomo_body *b = &run->body[i];
        if (b->layer && !isnan(b->low)) chi2 += pow((b->SR - sum / w) / b->u_SR, 2.0);
    }
    const double p = gsl_cdf_chisq_Q(chi2, (double)told - 1.0);
    if (p < 0.01)
        st =
            vt_result_warn(run->result, err, "W_LAYER_DIFFERS",
                           "the layers of %zu specimens differ beyond their uncertainties (p = %.2g): no one thickness "
                           "holds for all of them",
                           told, p);
done:
    return st;
}
