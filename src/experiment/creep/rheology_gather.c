/* Records of a rheometer: forms, and what of each table is used. */
#include "experiment/experiment_internal.h"
#include "creep_internal.h"
#include "rheology_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEMPERATURE \
    { \
        "temperature", "K", 0, 280.0, 2500.0, "T;specimen temperature", "of the specimen, where the file has it" \
    }

static const vt_column COMPLIANCE[] = {
    {"time", "s", 1, -1.0, 1e9, "!step time;t;elapsed time", "since the load came on"},
    {"creep_compliance", "Pa-1", 1, 0.0, 1e3, "compliance;J;J(t)", "shear strain over shear stress"},
    TEMPERATURE,
    VT_COLUMN_END};

static const vt_column RELAXATION[] = {
    {"time", "s", 1, -1.0, 1e9, "!step time;t;elapsed time", "since the strain came on"},
    {"relaxation_modulus", "Pa", 1, -1e12, 1e12, "modulus;G(t)", "shear stress over shear strain"},
    TEMPERATURE,
    VT_COLUMN_END};

static const vt_column OSCILLATION[] = {
    {"angular_frequency", "rad s-1", 1, 1e-9, 1e9, "omega;ang. frequency", "of the oscillation"},
    {"storage_modulus", "Pa", 1, 0.0, 1e12, "G';G_prime", "in phase with the strain"},
    {"loss_modulus", "Pa", 1, 0.0, 1e12, "G'';G_double_prime", "in phase with the strain rate"},
    TEMPERATURE,
    VT_COLUMN_END};

const vt_form vti_creep_forms[] = {
    {"compliance", COMPLIANCE, "rheometer, creep: compliance over time at constant shear stress"},
    {"relaxation", RELAXATION, "rheometer, relaxation: modulus over time at constant shear strain"},
    {"oscillation", OSCILLATION, "rheometer, oscillation: storage and loss modulus over frequency"},
    VT_FORM_END};

vt_status vti_rheology_wanted(const vt_job *job, bool *wanted, vt_error *err)
{
    size_t have = 0;
    for (size_t i = 0; i < job->ntables; i++) have += job->form && job->form[i] >= 0;
    if (have != 0 && have != job->ntables)
        return vt_fail(err, VT_EMISMATCH,
                       "%zu of %zu tables are records of a rheometer, the others of wires: reduce them in two runs",
                       have, job->ntables);
    *wanted = have != 0;
    return VT_OK;
}

static const char *meta_of(const vt_table *t, const char *key)
{
    for (size_t k = 0; k < vt_table_metas(t); k++)
        if (strcmp(vt_table_meta(t, k).key, key) == 0) return vt_table_meta(t, k).text;
    return "";
}

static double mean_of(const double *x, size_t n)
{
    double sum = 0.0, count = 0.0;
    for (size_t i = 0; x && i < n; i++)
        if (isfinite(x[i])) sum += x[i], count += 1.0;
    return count > 0.0 ? sum / count : NAN;
}

/* Readings before the step, of which none is used, and times that the file gives twice. */
static vt_status clean_time(vti_rheology_run *run, vti_rheology_record *r, vt_error *err)
{
    size_t before = 0, twice = 0;
    while (before < r->n && !(r->x[before] > 0.0)) before++;
    r->x += before;
    r->a += before;
    r->n -= before;
    r->first = before;
    for (size_t i = 1; i < r->n; i++) twice += r->x[i] == r->x[i - 1];
    vt_status st = VT_OK;
    if (before)
        st = vt_result_warn(run->result, err, "W_TIME", "%s: %zu reading%s at or before time 0 left out", r->label,
                            before, before == 1 ? " is" : "s are");
    if (st == VT_OK && twice)
        st = vt_result_warn(run->result, err, "W_TIME",
                            "%s: %zu reading%s the time of the one before; the file rounds its times", r->label, twice,
                            twice == 1 ? " has" : "s have");
    return st;
}

static vt_status take_table(vti_rheology_run *run, vti_rheology_record *r, vt_error *err)
{
    static const char *const TEST[] = {"creep", "relaxation", "oscillation"};
    const vt_column *columns = vti_creep_forms[r->test].columns;
    vti_creep_params par;
    vt_status st = vti_table_params(run->job, run->experiment, r->index, &par, err);
    if (st != VT_OK) return st;
    r->n = vt_table_rows(r->table);
    r->x = vti_bound_numbers(r->table, columns[0].name);
    r->a = vti_bound_numbers(r->table, columns[1].name);
    r->b = r->test == VTI_OSCILLATION ? vti_bound_numbers(r->table, columns[2].name) : NULL;
    r->T = mean_of(vti_bound_numbers(r->table, "temperature"), r->n);
    if (isnan(r->T)) r->T = par.temperature;
    snprintf(r->specimen, sizeof r->specimen, "%.63s", meta_of(r->table, "specimen"));
    if (isnan(r->T))
        snprintf(r->label, sizeof r->label, "%s", TEST[r->test]);
    else
        snprintf(r->label, sizeof r->label, "%s at %.5g degC", TEST[r->test], r->T - 273.15);
    return r->test == VTI_OSCILLATION ? VT_OK : clean_time(run, r, err);
}

/* Two records of one test, temperature and specimen would bear the same name: the file tells them apart. */
static void tell_apart(vti_rheology_run *run)
{
    for (size_t i = 0; i < run->records; i++)
        for (size_t k = 0; k < run->records; k++) {
            vti_rheology_record *r = &run->record[i];
            const vti_rheology_record *s = &run->record[k];
            const bool same = r->T == s->T || (isnan(r->T) && isnan(s->T));
            if (i == k || r->test != s->test || !same || strcmp(r->specimen, s->specimen) != 0) continue;
            const char *path = vt_table_path(r->table), *slash = strrchr(path, '/');
            snprintf(r->specimen, sizeof r->specimen, "%zu %.40s", i + 1, slash ? slash + 1 : path);
        }
}

vt_status vti_rheology_gather(vti_rheology_run *run, vt_error *err)
{
    const size_t n = run->job->ntables;
    size_t longest = 1;
    vt_status st = VT_OK;
    run->record = calloc(n + 1, sizeof *run->record);
    if (!run->record) return vt_fail(err, VT_EMEMORY, "no memory for %zu records", n);
    for (size_t i = 0; st == VT_OK && i < n; i++) {
        vti_rheology_record *r = &run->record[run->records++];
        r->table = run->job->tables[i];
        r->index = i;
        r->test = (vti_rheology_test)run->job->form[i];
        if (vt_table_rows(r->table) > longest) longest = vt_table_rows(r->table);
        st = take_table(run, r, err);
    }
    if (st != VT_OK) return st;
    tell_apart(run);
    run->work = malloc(2 * (VT_NNLS_P_MAX + 1) * longest * sizeof *run->work);
    if (!run->work) return vt_fail(err, VT_EMEMORY, "no memory for %zu readings", longest);
    return vt_nnls_create(&run->nnls, 2 * longest, VT_NNLS_P_MAX, err);
}
