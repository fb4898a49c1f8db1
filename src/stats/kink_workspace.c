#include "kink_internal.h"
#include <math.h>
#include <stdlib.h>

enum { WORK_ROWS = 7 }; /* variable projection with 3 linear parameters: 3 rows, 3 derivatives, 1 residual */

vt_status vt_kink_create(vt_kink **ws, size_t n_max, vt_error *err)
{
    if (!ws) return vt_fail(err, VT_EARG, "no place for the workspace (NULL)");
    if (n_max < 1 || n_max > SIZE_MAX / sizeof(double) / 16)
        return vt_fail(err, VT_EARG, "workspace for %zu points: need at least 1", n_max);
    vt_kink *w = calloc(1, sizeof *w);
    double *block = calloc((5 + WORK_ROWS) * n_max, sizeof *block);
    size_t *order = calloc(n_max, sizeof *order);
    if (!w || !block || !order) {
        free(w);
        free(block);
        free(order);
        return vt_fail(err, VT_EMEMORY, "no memory for a kink fit of %zu points", n_max);
    }
    *w = (vt_kink){.n_max = n_max,
                   .T = block,
                   .x = block + n_max,
                   .y = block + 2 * n_max,
                   .w = block + 3 * n_max,
                   .wy = block + 4 * n_max,
                   .work = block + 5 * n_max,
                   .order = order};
    *ws = w;
    return VT_OK;
}

void vt_kink_free(vt_kink *ws)
{
    if (!ws) return;
    free(ws->T);
    free(ws->order);
    free(ws);
}

static vt_status check_data(const vt_kink *ws, const vt_kink_data *d, vt_error *err)
{
    if (!ws || !d || !d->T || !d->ln_eta || !d->u) return vt_fail(err, VT_EARG, "workspace, data or a column is NULL");
    if (d->n > ws->n_max) return vt_fail(err, VT_EARG, "%zu points: the workspace holds %zu", d->n, ws->n_max);
    for (size_t i = 0; i < d->n; i++) {
        if (!isfinite(d->T[i]) || !isfinite(d->ln_eta[i]) || !isfinite(d->u[i]))
            return vt_fail(err, VT_ENAN, "point %zu: T = %g K, ln eta = %g, u = %g: every value must be finite", i,
                           d->T[i], d->ln_eta[i], d->u[i]);
        if (!(d->T[i] > 0.0)) return vt_fail(err, VT_EDOMAIN, "T[%zu] = %g K is not > 0: give kelvin", i, d->T[i]);
        if (!(d->u[i] > 0.0))
            return vt_fail(err, VT_ERANGE, "u[%zu] = %g of ln eta is not > 0: give a standard uncertainty", i, d->u[i]);
    }
    return VT_OK;
}

/* Insertion sort, stable: fits have few points and often come sorted; equal results on every machine. */
static void sort_descending(vt_kink *ws, const vt_kink_data *d)
{
    for (size_t i = 0; i < d->n; i++) {
        size_t j = i;
        for (; j > 0 && d->T[ws->order[j - 1]] < d->T[i]; j--) ws->order[j] = ws->order[j - 1];
        ws->order[j] = i;
    }
}

/* Fewest and most liquid points of a division with 3 distinct liquid and 2 distinct glass temperatures. */
static void set_divisions(vt_kink *ws)
{
    const size_t n = ws->n;
    size_t distinct = 0;
    ws->m_min = n + 1;
    for (size_t i = 0; i < n; i++) {
        distinct += i == 0 || ws->T[i] < ws->T[i - 1];
        if (distinct == 3) {
            ws->m_min = i + 1;
            break;
        }
    }
    while (ws->m_min < n && ws->T[ws->m_min] == ws->T[ws->m_min - 1]) ws->m_min++;
    ws->m_max = 0;
    distinct = 0;
    for (size_t i = n; i-- > 0;) {
        distinct += i + 1 == n || ws->T[i] > ws->T[i + 1];
        if (distinct > 2) {
            ws->m_max = i + 1;
            break;
        }
    }
}

vt_status vti_kink_load(vt_kink *ws, const vt_kink_data *data, vt_error *err)
{
    const vt_status st = check_data(ws, data, err);
    if (st != VT_OK) return st;
    ws->n = data->n;
    sort_descending(ws, data);
    for (size_t i = 0; i < ws->n; i++) {
        const size_t j = ws->order[i];
        ws->T[i] = data->T[j];
        ws->x[i] = 1.0 / data->T[j];
        ws->y[i] = data->ln_eta[j];
        ws->w[i] = 1.0 / data->u[j];
    }
    set_divisions(ws);
    return VT_OK;
}

static size_t free_parameters(const vt_kink_options *opt)
{
    if (opt->model == VT_KINK_ARRHENIUS) return 2;
    size_t k = 3 - (size_t)opt->fix_eta0 - (size_t)opt->hold_T0;
    if (opt->model == VT_KINK_VFT) return k;
    k += 2 - (size_t)opt->hold_Tk - (size_t)opt->hold_Qg;
    return opt->model == VT_KINK_JUMP ? k + 1 : k;
}

static vt_status check_held(const vt_kink *ws, const vt_kink_options *opt, vt_error *err)
{
    const vt_kink_law *h = &opt->held;
    const bool kink = opt->model == VT_KINK_CONTINUOUS || opt->model == VT_KINK_JUMP;
    if (opt->fix_eta0 && !isfinite(h->ln_eta0)) return vt_fail(err, VT_ENAN, "fixed ln eta0 is not finite");
    if (opt->hold_Qg && !isfinite(h->Qg)) return vt_fail(err, VT_ENAN, "held Qg is not finite");
    const double lowest = ws->T[(kink ? ws->m_min : ws->n) - 1];
    if (opt->hold_T0 && (!(h->T0 >= 0.0) || !(h->T0 < lowest)))
        return vt_fail(err, VT_EDOMAIN, "held T0 = %g K must be >= 0 and below the liquid temperatures (%g K)", h->T0,
                       lowest);
    if (kink && opt->hold_Tk && (!(h->Tk >= ws->T[ws->m_max]) || !(h->Tk <= ws->T[ws->m_min - 1])))
        return vt_fail(err, VT_EDOMAIN,
                       "held Tk = %g K is not between %g and %g K, the second lowest and third highest T", h->Tk,
                       ws->T[ws->m_max], ws->T[ws->m_min - 1]);
    return VT_OK;
}

vt_status vti_kink_check(const vt_kink *ws, const vt_kink_options *opt, size_t *k, vt_error *err)
{
    if ((unsigned)opt->model > VT_KINK_ARRHENIUS)
        return vt_fail(err, VT_EARG, "unknown kink model %d", (int)opt->model);
    const bool kink = opt->model == VT_KINK_CONTINUOUS || opt->model == VT_KINK_JUMP;
    *k = free_parameters(opt);
    const size_t need = opt->weights == VT_NLFIT_RELATIVE ? *k + 1 : *k;
    if (kink && !(ws->m_min <= ws->m_max))
        return vt_fail(
            err, VT_EDOF,
            "%zu points: a kink needs 3 liquid and 2 glass temperatures that differ; add temperatures or fit VFT",
            ws->n);
    if (ws->n < need || ws->n < 1)
        return vt_fail(err, VT_EDOF, "%zu points for %zu free parameters: need at least %zu%s", ws->n, *k, need,
                       opt->fix_eta0 ? "" : "; fixing eta0 saves one");
    return check_held(ws, opt, err);
}
