/* Rows and columns of bound tables. */
#include "experiment/experiment_internal.h"

const double *vti_bound_numbers(const vt_table *t, const char *name)
{
    const long c = vt_table_find(t, name);
    return c >= 0 ? vt_table_values(t, (size_t)c) : NULL;
}

const char *vti_bound_text(const vt_table *t, const char *name, size_t row)
{
    const long c = vt_table_find(t, name);
    return c >= 0 ? vt_table_text(t, (size_t)c, row) : "";
}

size_t vti_job_rows(const vt_job *job)
{
    size_t rows = 0;
    for (size_t i = 0; i < job->ntables; i++) rows += vt_table_rows(job->tables[i]);
    return rows;
}

vt_status vti_each_row(const vt_job *job, vt_status (*take)(void *run, const vt_table *t, size_t row, vt_error *err),
                       void *run, vt_error *err)
{
    for (size_t i = 0; i < job->ntables; i++)
        for (size_t row = 0; row < vt_table_rows(job->tables[i]); row++) {
            const vt_status st = take(run, job->tables[i], row, err);
            if (st != VT_OK) return st;
        }
    return VT_OK;
}
