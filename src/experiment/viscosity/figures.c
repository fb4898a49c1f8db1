/* Viscosity against temperature, and against T12/T as Angell draws it, for the first fitted series. */
#include "experiment/emit_internal.h"
#include "viscosity_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SHOWN = 8, GRID = 101 };

static vt_status points(vti_viscosity_run *run, const vti_viscosity_series *s, size_t index, vt_error *err)
{
    char name[VT_NAME];
    double *x = malloc(4 * s->n * sizeof *x);
    if (!x) return vt_fail(err, VT_EMEMORY, "no memory for %zu points", s->n);
    double *inverse = x, *reduced = x + s->n, *eta = x + 2 * s->n, *residual = x + 3 * s->n;
    for (size_t i = 0; i < s->n; i++) {
        const double T = run->T[s->begin + i], y = run->y[s->begin + i];
        double law = (double)NAN;
        (void)vti_viscosity_y(VTI_VFT, run->L, s->fit[VTI_VFT].x, T, &law, NULL);
        inverse[i] = 1.0 / T;
        reduced[i] = s->fit[VTI_VFT].x[VTI_TG] / T;
        eta[i] = pow(10.0, y);
        residual[i] = y - law;
    }
    snprintf(name, sizeof name, "points_%zu", index + 1);
    const vt_status st = vti_emit_table(run->result, name, "", s->n,
                                        (const vti_column[]){{"temperature", "K", run->T + s->begin, NULL},
                                                             {"inverse_temperature", "K-1", inverse, NULL},
                                                             {"reduced_inverse_temperature", "1", reduced, NULL},
                                                             {"viscosity", "Pa s", eta, NULL},
                                                             {"residual_of_log10_viscosity", "1", residual, NULL},
                                                             {0}},
                                        err);
    free(x);
    return st;
}

/* Both laws over the points and, if it is not far, to T12. */
static vt_status laws(vti_viscosity_run *run, const vti_viscosity_series *s, size_t index, vt_error *err)
{
    char name[VT_NAME];
    double T[GRID], inverse[GRID], reduced[GRID], eta[VTI_VISCOSITY_LAWS][GRID];
    const double Tg = s->fit[VTI_VFT].x[VTI_TG];
    const bool near = run->L - s->y_high < 3.0 && Tg < s->T_low;
    const double first = 1.0 / s->T_high, last = 1.0 / (near ? Tg : s->T_low);
    for (size_t i = 0; i < GRID; i++) {
        inverse[i] = first + (last - first) * (double)i / (GRID - 1);
        T[i] = 1.0 / inverse[i];
        reduced[i] = Tg * inverse[i];
        for (int law = 0; law < VTI_VISCOSITY_LAWS; law++) {
            double y = (double)NAN;
            (void)vti_viscosity_y((vti_viscosity_law)law, run->L, s->fit[law].x, T[i], &y, NULL);
            eta[law][i] = pow(10.0, y);
        }
    }
    snprintf(name, sizeof name, "law_%zu", index + 1);
    return vti_emit_table(run->result, name, "", GRID,
                          (const vti_column[]){{"temperature", "K", T, NULL},
                                               {"inverse_temperature", "K-1", inverse, NULL},
                                               {"reduced_inverse_temperature", "1", reduced, NULL},
                                               {"viscosity", "Pa s", eta[VTI_VFT], NULL},
                                               {"myega_viscosity", "Pa s", eta[VTI_MYEGA], NULL},
                                               {0}},
                          err);
}

/* Series of the curve of one liquid. */
static void add_series(vt_figure *f, const char *x, const char *y, const char *curve, size_t index, vt_style style,
                       const char *label)
{
    char name[VT_NAME], cut[41];
    snprintf(name, sizeof name, "%s_%zu", curve, index + 1);
    snprintf(cut, sizeof cut, "%.40s", label);
    vti_emit_series(f, name, x, y, style, (int)index, cut);
}

static vt_status figure(vti_viscosity_run *run, vt_figure *f, const char *x, const size_t *which, size_t n,
                        vt_error *err)
{
    for (size_t i = 0; i < n; i++) {
        const char *name = run->series[which[i]].name[0] ? run->series[which[i]].name : "points";
        add_series(f, x, "viscosity", "points", i, VT_POINTS, name);
        add_series(f, x, "viscosity", "law", i, VT_LINE, n == 1 ? "VFT" : "");
        if (n > 1) continue;
        add_series(f, x, "myega_viscosity", "law", i, VT_DASHED, "MYEGA");
        f->series[f->nseries - 1].color = 1;
    }
    return vt_result_add_figure(run->result, f, err);
}

vt_status vti_viscosity_figures(vti_viscosity_run *run, vt_error *err)
{
    size_t which[SHOWN], n = 0;
    vt_status st = VT_OK;
    for (size_t k = 0; k < run->nseries && n < SHOWN; k++)
        if (run->series[k].fitted) which[n++] = k;
    for (size_t i = 0; i < n; i++) {
        VT_TRY(st = points(run, &run->series[which[i]], i, err));
        VT_TRY(st = laws(run, &run->series[which[i]], i, err));
    }
    const vti_viscosity_series *s = &run->series[which[0]];
    vt_figure f = {.name = "viscosity",
                   .title = "Viscosity against inverse temperature",
                   .x = {.label = "inverse temperature", .unit = "K-1", .low = NAN, .high = NAN},
                   .y = {.label = "viscosity", .unit = "Pa s", .log = 1, .low = NAN, .high = NAN}};
    snprintf(
        f.alt, sizeof f.alt,
        "Viscosity on a logarithmic scale against inverse temperature: points of %zu series from %.3g to %.3g K (the "
        "first), each with its VFT law, which reaches %.3g Pa s at %.4g K with fragility %.3g.",
        n, s->T_low, s->T_high, run->par->glass_viscosity, s->fit[VTI_VFT].x[VTI_TG], s->fit[VTI_VFT].x[VTI_M]);
    VT_TRY(st = figure(run, &f, "inverse_temperature", which, n, err));
    vt_figure a = {.name = "angell",
                   .title = "Viscosity against T12/T",
                   .x = {.label = "T12/T", .unit = "1", .low = NAN, .high = NAN},
                   .y = {.label = "viscosity", .unit = "Pa s", .log = 1, .low = NAN, .high = NAN}};
    snprintf(
        a.alt, sizeof a.alt,
        "Viscosity on a logarithmic scale against T12/T, where T12 is the temperature at which the VFT law reaches "
        "%.3g Pa s: %zu series meet at 1; the steeper there, the more fragile. Fragility of the first: %.3g.",
        run->par->glass_viscosity, n, s->fit[VTI_VFT].x[VTI_M]);
    st = figure(run, &a, "reduced_inverse_temperature", which, n, err);
done:
    return st;
}
