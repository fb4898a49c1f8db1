/* The reduction of rheometer records: each by its kernel, then side by side. */
#include "base/quantity_internal.h"
#include "rheology_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

double vti_rheology_modulus(const vt_terminal_zone *z, double time)
{
    double G = 0.0;
    for (size_t k = 0; k < z->modes; k++) G += z->g[k] * exp(-time / z->tau[k]);
    return G;
}

void vti_rheology_dynamic(const vt_terminal_zone *z, double omega, double *storage, double *loss)
{
    *storage = *loss = 0.0;
    for (size_t k = 0; k < z->modes; k++) {
        const double x = omega * z->tau[k];
        *storage += z->g[k] * x * x / (1.0 + x * x);
        *loss += z->g[k] * x / (1.0 + x * x);
    }
}

static void take_creep(vti_rheology_record *r, double level)
{
    const vt_creep_flow *f = &r->flow;
    const double k = vti_coverage_factor(level, INFINITY);
    r->found = f->steady;
    r->simple = f->simple;
    if (!f->constant) return;
    r->eta = f->viscosity;
    r->u = f->u;
    r->low = f->viscosity - k * f->u;
    r->high = f->viscosity + k * f->u;
    r->bound = f->viscosity - k * f->u_slope; /* dt/dJ rises towards the viscosity */
}

static void take_relaxation(vti_rheology_record *r)
{
    const vt_relaxation_integral *i = &r->integral;
    r->found = i->reached;
    r->simple = i->simple;
    r->eta = i->viscosity;
    r->u = i->u;
    r->low = i->low;
    r->high = i->high;
    r->bound = i->low;
}

static void take_oscillation(vti_rheology_record *r)
{
    const vt_terminal_zone *z = &r->zone;
    r->found = z->liquid;
    r->simple = z->simple;
    r->eta = z->viscosity;
    /* By as much as the spectrum lies below the bound it misses the readings themselves: noise is not all its error. */
    const double missed = fmax(z->low - z->viscosity, 0.0);
    r->low = fmax(z->low, z->interval_low) - missed;
    r->high = fmax(z->low, z->interval_high) + missed;
    r->u = (r->high - r->low) / (2.0 * sqrt(3.0)); /* the ends are those of a joint region: rectangular */
    r->bound = z->low;
}

static vt_status reduce_one(vti_rheology_run *run, vti_rheology_record *r, vt_error *err)
{
    const double level = run->job->common.level;
    vt_status st = VT_OK;
    if (r->test == VTI_COMPLIANCE) {
        st = vt_rheology_creep(r->n, r->x, r->a, level, run->work, &r->flow, err);
        if (st == VT_OK) take_creep(r, level);
    } else if (r->test == VTI_RELAXATION) {
        st = vt_rheology_relaxation(r->n, r->x, r->a, &r->integral, err);
        if (st == VT_OK) take_relaxation(r);
    } else {
        const vt_oscillation o = {.n = r->n, .omega = r->x, .storage = r->a, .loss = r->b};
        st = vt_rheology_oscillation(&o, level, run->nnls, run->work, &r->zone, err);
        if (st == VT_OK) take_oscillation(r);
    }
    r->done = st == VT_OK;
    return st;
}

/* Line of the reading that the kernels refuse with this code: the first for which it is true; 0: it is none. */
static long line_at_fault(const vti_rheology_record *r, vt_status code)
{
    for (size_t i = 0; i < r->n; i++) {
        const double *v[] = {r->x, r->a, r->b};
        bool finite = true, above = true;
        for (int k = 0; k < 3 && v[k]; k++) {
            finite = finite && isfinite(v[k][i]);
            above = above && v[k][i] > 0.0;
        }
        const bool falls = r->test != VTI_OSCILLATION && i > 0 && !(r->x[i] >= r->x[i - 1]);
        if ((code == VT_ENAN && !finite) || (code == VT_ERANGE && !above) || (code == VT_ETIME && falls))
            return vt_table_line(r->table, r->first + i);
    }
    return 0;
}

static vt_status warn_record(vti_rheology_run *run, const vt_error *why, vt_error *err)
{
    char place[VT_ERROR_PATH + 32] = "";
    if (why->file[0] && why->line > 0)
        snprintf(place, sizeof place, "%s:%ld: ", why->file, why->line);
    else if (why->file[0])
        snprintf(place, sizeof place, "%s: ", why->file);
    return vt_result_warn(run->result, err, "W_RECORD", "%s%s (%s)", place, why->msg, vt_status_name(why->code));
}

/* A record that fails is told and does not stop the others, unless all do. */
static vt_status reduce_all(vti_rheology_run *run, vt_error *err)
{
    vt_error first = {0};
    size_t done = 0;
    for (size_t i = 0; i < run->records; i++) {
        vti_rheology_record *r = &run->record[i];
        vt_error why = {0};
        vt_status st = reduce_one(run, r, &why);
        if (st == VT_OK) {
            st = vti_rheology_report(run, r, err);
            done++;
        } else {
            vt_error_place(&why, vt_table_path(r->table), line_at_fault(r, why.code));
            vt_error_about(&why, r->label);
            if (!first.code) first = why;
            st = warn_record(run, &why, err);
        }
        if (st != VT_OK) return st;
    }
    if (done) return VT_OK;
    if (err) *err = first;
    return first.code;
}

vt_status vti_rheology_reduce(const vt_job *job, const vt_experiment *e, vt_result *result, vt_error *err)
{
    vti_rheology_run run = {.job = job, .experiment = e, .result = result};
    vt_status st;
    VT_TRY(st = vti_rheology_gather(&run, err));
    VT_TRY(st = reduce_all(&run, err));
    VT_TRY(st = vti_rheology_compare(&run, err));
    st = vti_rheology_figures(&run, err);
done:
    vt_nnls_free(run.nnls);
    free(run.work);
    free(run.record);
    return st;
}
