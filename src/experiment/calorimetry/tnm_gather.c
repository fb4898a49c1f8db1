/* Heatings after coolings at several rates: readings into bins of equal width. */
#include "calorimetry_internal.h"
#include "experiment/emit_internal.h"
#include "tnm_internal.h"
#include <math.h>
#include <stdlib.h>

const vt_column VTI_TNM_COLUMNS[] = {
    {"temperature", "K", 1, 50.0, 3000.0, "T;Temp", "of the sample, rising within each heating"},
    {"heat_capacity", "J kg-1 K-1", 1, -1e5, 1e6, "cp;c_p;specific_heat", "of a heating"},
    {"cooling_rate", "K s-1", 1, 1e-9, 1e9, NULL, "of the cooling before it, from the liquid"},
    {"heating_rate", "K s-1", 1, 1e-9, 1e7, NULL, "of the heating"},
    VT_COLUMN_END};

enum { BINS_LEAST = 20, BINS_MOST = 4000, COLUMNS = 8 };

static const double *column(const vt_table *t, const char *name)
{
    return vt_table_values(t, (size_t)vt_table_find(t, name));
}

static bool wanted(const vti_calorimetry_params *p, double T)
{
    return p->search.n != 2 || (T >= p->search.x[0] && T <= p->search.x[1]);
}

/* Rows a ... b - 1 of a table are one heating. */
static vt_status add(vti_tnm_fit *f, const vt_table *t, size_t a, size_t b, double width, vt_error *err)
{
    const vti_calorimetry_params *p = f->job->params;
    const double *T = column(t, "temperature"), *c = column(t, "heat_capacity");
    while (a < b && !wanted(p, T[a])) a++;
    while (b > a && !wanted(p, T[b - 1])) b--;
    if (b - a < BINS_LEAST)
        return vt_fail_at(err, VT_EDOF, vt_table_path(t), vt_table_line(t, a), 0,
                          "a heating of %zu readings; the fit needs %d of each", b - a, BINS_LEAST);
    if (f->scans == VTI_TNM_SCANS)
        return vt_fail_at(err, VT_ELIMIT, vt_table_path(t), vt_table_line(t, a), 0, "more than %d heatings",
                          VTI_TNM_SCANS);
    /* Bins of a whole number of readings: their mean lies in the middle. */
    const double spacing = (T[b - 1] - T[a]) / (double)(b - a - 1);
    width = spacing * fmax(1.0, rint(width / spacing));
    vti_tnm_scan *s = &f->scan[f->scans];
    *s = (vti_tnm_scan){.table = t,
                        .cooling = column(t, "cooling_rate")[a],
                        .heating = column(t, "heating_rate")[a],
                        .begin = T[a] - 0.5 * spacing,
                        .width = width,
                        .first = f->bins,
                        .readings = b - a};
    s->n = (size_t)floor((T[b - 1] - s->begin) / width + 1e-9);
    if (s->n < BINS_LEAST || f->bins + s->n > BINS_MOST)
        return vt_fail_at(err, VT_ERANGE_T, vt_table_path(t), vt_table_line(t, a), 0,
                          "%zu bins of %g K in this heating, %zu in all; %d to %d are needed", s->n, width,
                          f->bins + s->n, BINS_LEAST, BINS_MOST);
    for (size_t i = 0; i < s->n; i++) f->T[f->bins + i] = f->c[f->bins + i] = f->u[f->bins + i] = 0.0;
    for (size_t i = a; i < b; i++) {
        const double place = floor((T[i] - s->begin) / width);
        if (!(place >= 0.0) || place >= (double)s->n) continue;
        const size_t k = f->bins + (size_t)place;
        f->T[k] += T[i];
        f->c[k] += c[i];
        f->u[k] += 1.0;
    }
    for (size_t k = f->bins; k < f->bins + s->n; k++) {
        if (!(f->u[k] > 0.0))
            return vt_fail_at(err, VT_EDOF, vt_table_path(t), vt_table_line(t, a), 0,
                              "no reading in a bin of %g K of this heating; raise the sampling", width);
        f->T[k] /= f->u[k];
        f->c[k] /= f->u[k];
        f->u[k] = 1.0 / sqrt(f->u[k]);
    }
    f->bins += s->n;
    f->scans++;
    return VT_OK;
}

/* A heating ends where a rate changes or temperature falls. */
static vt_status table(vti_tnm_fit *f, const vt_table *t, double width, vt_error *err)
{
    const double *T = column(t, "temperature"), *q = column(t, "cooling_rate"), *h = column(t, "heating_rate");
    const size_t n = vt_table_rows(t);
    vt_status st = VT_OK;
    for (size_t a = 0, b; st == VT_OK && a < n; a = b) {
        for (b = a + 1; b < n && q[b] == q[a] && h[b] == h[a] && T[b] > T[b - 1]; b++) continue;
        st = add(f, t, a, b, width, err);
    }
    return st;
}

static double highest(const vt_job *job)
{
    double top = 0.0;
    for (size_t k = 0; k < job->ntables; k++) {
        const double *T = column(job->tables[k], "temperature");
        for (size_t i = 0; i < vt_table_rows(job->tables[k]); i++) top = fmax(top, T[i]);
    }
    return top;
}

/* Noise of a bin from second differences: the median of their sizes, of all scans. */
static void noise(vti_tnm_fit *f)
{
    double *d = f->basis; /* free until the model comes */
    size_t n = 0;
    for (size_t k = 0; k < f->scans; k++)
        for (size_t i = f->scan[k].first + 1; i + 1 < f->scan[k].first + f->scan[k].n; i++) {
            const double w = sqrt(f->u[i - 1] * f->u[i - 1] + 4.0 * f->u[i] * f->u[i] + f->u[i + 1] * f->u[i + 1]);
            d[n++] = fabs(f->c[i - 1] - 2.0 * f->c[i] + f->c[i + 1]) / w;
        }
    const double middle = vti_quantile(d, n, 1, 0.5, d + n);
    f->noise = fmax(1.4826 * middle, 1e-9 * fabs(f->c[0]) + 1e-12);
    for (size_t i = 0; i < f->bins; i++) f->u[i] *= f->noise;
}

vt_status vti_tnm_gather(vti_tnm_fit *f, vt_error *err)
{
    const vti_calorimetry_params *p = f->job->params;
    double *x = malloc(((COLUMNS + VTI_TNM_LINEAR + VTI_TNM_P) * BINS_MOST + VTI_TNM_SCANS) * sizeof *x);
    f->edge = malloc((BINS_MOST + 1) * sizeof *f->edge);
    if (!x || !f->edge) {
        free(x);
        return vt_fail(err, VT_EMEMORY, "no memory for heatings");
    }
    f->T = x;
    f->c = x + BINS_MOST;
    f->u = x + 2 * BINS_MOST;
    f->model = x + 3 * BINS_MOST;
    f->last_r = x + 6 * BINS_MOST;
    f->basis = x + 7 * BINS_MOST;
    f->J = f->basis + VTI_TNM_LINEAR * BINS_MOST;
    f->defect = f->J + VTI_TNM_P * BINS_MOST; /* an end more than bins in each heating */
    vt_status st = VT_OK;
    for (size_t k = 0; st == VT_OK && k < f->job->ntables; k++) st = table(f, f->job->tables[k], p->fit_step, err);
    if (st != VT_OK) return st;
    noise(f);
    f->start = isfinite(p->start_temperature) ? p->start_temperature : highest(f->job);
    f->T_ref = 0.5 * (f->scan[0].begin + f->start);
    for (size_t k = 0; k < f->scans; k++)
        if (!(f->start > f->scan[k].begin + 10.0 * p->fit_step))
            return vt_fail(err, VT_ERANGE_T, "start_temperature = %g K is not above the heating that begins at %g K",
                           f->start, f->scan[k].begin);
    return VT_OK;
}

void vti_tnm_free(vti_tnm_fit *f)
{
    free(f->T);
    free(f->t);
    free(f->edge);
    free(f);
}
