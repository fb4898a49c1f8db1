/* Weighted residuals of the stated observations. */
#include "transport_internal.h"
#include <math.h>

enum { P = VTI_TRANSPORT_P };

double vti_transport_pull(const vti_transport_row *row, double stated, double y, double *slope)
{
    const bool scale = VTI_TRANSPORT_FACTS[row->kind].scale;
    double r, d;
    if (row->lognormal) { /* sigma of the logarithm; it belongs to the row, not to the draw of a replicate */
        const double sigma = row->u / row->value;
        r = ((scale ? y : log(y)) - log(stated)) / sigma;
        d = (scale ? 1.0 : 1.0 / y) / sigma;
    } else {
        const double model = scale ? exp(y) : y;
        r = (model - stated) / row->u;
        d = (scale ? model : 1.0) / row->u;
    }
    if ((row->bound > 0 && r < 0.0) || (row->bound < 0 && r > 0.0)) r = d = 0.0;
    if (slope) *slope = d;
    return r;
}

static double stated(const vti_transport_problem *p, size_t i)
{
    return p->stated ? p->stated[i] : p->row[i].value;
}

int vti_transport_residual(const double *x, double *r, void *ctx)
{
    const vti_transport_problem *p = ctx;
    vt_transport_law law;
    if (vti_transport_law(&p->setup, x, &law, NULL) != VT_OK) return 1;
    for (size_t i = 0; i < p->n; i++) {
        double y = 0.0;
        r[i] = 0.0;
        if (p->skip && p->skip[i]) continue;
        if (vti_transport_predict(&p->setup, &p->row[i], x, &y, NULL, NULL) != VT_OK) return 1;
        r[i] = vti_transport_pull(&p->row[i], stated(p, i), y, NULL);
    }
    return 0;
}

int vti_transport_jacobian(const double *x, double *J, void *ctx)
{
    const vti_transport_problem *p = ctx;
    for (size_t i = 0; i < p->n; i++) {
        double y = 0.0, slope = 0.0, *g = J + i * P;
        for (size_t j = 0; j < P; j++) g[j] = 0.0;
        if (p->skip && p->skip[i]) continue;
        if (vti_transport_predict(&p->setup, &p->row[i], x, &y, g, NULL) != VT_OK) return 1;
        (void)vti_transport_pull(&p->row[i], stated(p, i), y, &slope);
        for (size_t j = 0; j < P; j++) g[j] *= slope;
    }
    return 0;
}
