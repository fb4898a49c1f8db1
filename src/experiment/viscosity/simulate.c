/* The virtual viscometer: points of a known law with scatter of log10(eta). */
#include "viscosity_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/random.h>

static vt_status draw(const vti_viscosity_truth *p, const vt_job *job, double *T, double *y, char (*name)[32],
                      vt_error *err)
{
    const double x[VTI_VISCOSITY_P] = {
        [VTI_A] = p->log10_viscosity_infinite, [VTI_TG] = p->isoviscous_temperature, [VTI_M] = p->fragility};
    const double L = log10(p->glass_viscosity), first = 1.0 / p->T_high, last = 1.0 / p->T_low;
    const vti_viscosity_law law = p->law == 1 ? VTI_MYEGA : VTI_VFT;
    size_t row = 0;
    for (long s = 0; s < p->series; s++) {
        vt_stream random;
        vt_stream_init(&random, job->common.seed, vt_stream_purpose("viscosity/scatter"), (uint64_t)s);
        for (long i = 0; i < p->points; i++, row++) {
            T[row] = 1.0 / (first + (last - first) * (double)i / (double)(p->points - 1));
            if (!vti_viscosity_y(law, L, x, T[row], &y[row], NULL))
                return vt_fail(err, VT_EDOMAIN,
                               "the law has no viscosity at %.6g K: T_low must lie above its divergence, and "
                               "log10_viscosity_infinite below %.4g",
                               T[row], L);
            y[row] += p->scatter * vt_stream_normal(&random);
            snprintf(name[row], sizeof name[row], "liquid_%ld", s + 1);
        }
    }
    return VT_OK;
}

vt_status vti_viscosity_simulate(const vt_job *job, vt_table *record, vt_error *err)
{
    if (!job || !record || !job->params) return vt_fail(err, VT_EARG, "job, record or parameters is NULL");
    const vti_viscosity_truth *p = job->params;
    if (!(p->T_low < p->T_high))
        return vt_fail(err, VT_ERANGE, "T_low = %g K must be below T_high = %g K", p->T_low, p->T_high);
    const size_t n = (size_t)p->series * (size_t)p->points;
    double *T = malloc(n * sizeof *T), *y = malloc(n * sizeof *y);
    char(*name)[32] = malloc(n * sizeof *name);
    const char **names = malloc(n * sizeof *names);
    vt_status st = VT_EMEMORY;
    if (!T || !y || !name || !names) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu points", n);
        goto done;
    }
    VT_TRY(st = draw(p, job, T, y, name, err));
    for (size_t i = 0; i < n; i++) names[i] = name[i];
    VT_TRY(st = vt_table_add_text(record, "series", n, names, err));
    VT_TRY(st = vt_table_add_si(record, "temperature", "K", n, T, err));
    st = vt_table_add_si(record, "log10_viscosity", "1", n, y, err);
done:
    free(T);
    free(y);
    free(name);
    free(names);
    return st;
}
