#pragma once
#include <stdbool.h>
#include <vitrum/experiment.h>

/* Makes the bound table for a list of columns (vt_experiment_bind, and the tables of a forecast).
 * owner: name of the experiment or forecast, for messages. */
vt_status vti_bind(const char *owner, const vt_column *columns, const vt_table *raw, vt_table **bound, vt_error *err);

/* The bound table of an experiment, for a raw one of this form (vti_form_of); one that carries a picture borrows it
 * from raw. */
vt_status vti_bind_table(const vt_experiment *e, int form, const vt_table *raw, vt_table **bound, vt_error *err);

/* Shape of a raw table: -1 the columns of the experiment (also where nothing fits: binding then says what is missing),
 * k its forms[k]. */
int vti_form_of(const vt_experiment *e, const vt_table *raw);
const vt_column *vti_form_columns(const vt_experiment *e, int form);

/* Index of the raw column that stands for c (exact name, else any name or alias without regard to case), -1: none,
 * with st VT_EKEY and err if two fit. */
long vti_bind_find(const vt_column *c, const vt_table *raw, vt_status *st, vt_error *err);

/* Finite and inside the plausible range? Errors carry file, line, value, limit and the probable slip. origin: unit
 * that the file gave. */
vt_status vti_bind_check(const vt_column *c, const vt_table *raw, const vt_unit *origin, size_t n, const double *si,
                         vt_error *err);

/* Parameters of a run: defaults <- metadata of the tables <- settings; and the common ones. notes: vt_result or NULL,
 * gets a warning for metadata that nothing reads. */
typedef struct vti_run_params {
    const char *owner;         /* "molding" */
    const vt_param *table;     /* the descriptor's rows, NULL: none */
    const vt_column *metadata; /* aliases of metadata keys, NULL: none */
    void *params;
    uint64_t given;
    uint64_t settled; /* by settings */
    vt_common common;
} vti_run_params;
vt_status vti_run_settings(vti_run_params *p, const vt_request *in, vt_result *notes, vt_error *err);

/* Is this parameter among those of a set of bits: `given` or `settled` of a job? */
bool vti_is_among(uint64_t set, const vt_param *table, const char *name);

/* Parameters as table i gives them: those of the job, but rows that the metadata list marks VT_EACH_TABLE and no
 * setting gives have the value of this table's own metadata, else their default. params: struct of the size of e. */
vt_status vti_table_params(const vt_job *job, const vt_experiment *e, size_t i, void *params, vt_error *err);

/* A constant that a reduction takes as known: from a setting or metadata, else from the card (a recalled one warns),
 * else the default of its parameter. */
typedef struct vti_known {
    const char *param;   /* parameter of the experiment */
    const char *key;     /* constant of the card */
    bool of_one_alloy;   /* the default is that of Ni45Pd35P16B4: its use warns W_ASSUMED */
    double *to;          /* SI; holds the value of the parameter */
    double *u;           /* relative standard uncertainty, taken from the card with the value; NULL: not wanted */
    const char *u_param; /* parameter of u: where it is given, it stays; NULL: none */
} vti_known;
vt_status vti_known_constants(const vt_job *job, const vt_param *table, size_t n, const vti_known *known,
                              vt_result *result, vt_error *err);

/* W_DUPLICATE for every bound table that holds the same columns and rows as an earlier one. */
vt_status vti_warn_duplicates(size_t n, vt_table *const *tables, vt_result *result, vt_error *err);

/* Rows of all tables of a job; `take` for each of them, in order, until one fails. */
size_t vti_job_rows(const vt_job *job);
vt_status vti_each_row(const vt_job *job, vt_status (*take)(void *run, const vt_table *t, size_t row, vt_error *err),
                       void *run, vt_error *err);

/* Columns of a bound table by name: its numbers, NULL where it has none; the text of a row, "" where it has none. */
const double *vti_bound_numbers(const vt_table *t, const char *name);
const char *vti_bound_text(const vt_table *t, const char *name, size_t row);
