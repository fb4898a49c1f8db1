/* The generic front door: a request to a reduction, a virtual instrument or a forecast, with provenance. */
#include "experiment/experiment_internal.h"
#include <stdlib.h>
#include <string.h>

/* Everything that a run owns. */
struct run {
    vti_run_params p;
    vt_table **bound;
    int *form; /* of each bound table */
    size_t nbound;
    vt_result *result;
};

static void run_free(struct run *r)
{
    for (size_t i = 0; i < r->nbound; i++) vt_table_free(r->bound[i]);
    free(r->bound);
    free(r->form);
    free(r->p.params);
    vt_result_free(r->result);
}

static vt_status run_init(struct run *r, const char *owner, const vt_param *table, size_t size, vt_error *err)
{
    *r = (struct run){.p = {.owner = owner, .table = table}};
    r->p.params = calloc(1, size ? size : 1);
    return r->p.params ? VT_OK : vt_fail(err, VT_EMEMORY, "no memory for the parameters of %s", owner);
}

/* e NULL: every table has the given columns. */
static vt_status bind_all(struct run *r, const vt_experiment *e, const vt_column *columns, const vt_request *in,
                          vt_error *err)
{
    r->bound = calloc(in->nraw + 1, sizeof *r->bound);
    r->form = calloc(in->nraw + 1, sizeof *r->form);
    if (!r->bound || !r->form) return vt_fail(err, VT_EMEMORY, "no memory for %zu tables", in->nraw);
    for (size_t i = 0; i < in->nraw; i++) {
        if (!in->raw[i]) return vt_fail(err, VT_EARG, "table %zu is NULL", i);
        r->form[i] = e ? vti_form_of(e, in->raw[i]) : -1;
        const vt_status st = e ? vti_bind_table(e, r->form[i], in->raw[i], &r->bound[i], err)
                               : vti_bind(r->p.owner, columns, in->raw[i], &r->bound[i], err);
        if (st != VT_OK) return st;
        r->nbound++;
    }
    return VT_OK;
}

/* Is the file of table i an earlier table's, too? Tables of one file mostly follow each other. */
static bool named_before(const vt_request *in, size_t i)
{
    const char *path = vt_table_path(in->raw[i]);
    if (!path[0]) return true;
    for (size_t k = i; k-- > 0;)
        if (strcmp(vt_table_path(in->raw[k]), path) == 0) return true;
    return false;
}

/* What a note says before the path that it ends with. */
static size_t note_words(const vt_table *t, size_t k)
{
    const char *note = vt_table_note(t, k), *path = vt_table_path(t);
    const size_t n = strlen(note), m = strlen(path);
    return m > 0 && n > m && strcmp(note + n - m, path) == 0 ? n - m : n;
}

/* Does note k of table i say but for the path what a note of an earlier table says; later: how many tables from i on
 * say it (NULL: not wanted). */
static bool noted_before(const struct run *r, size_t i, size_t k, size_t *later)
{
    const char *note = vt_table_note(r->bound[i], k);
    const size_t n = note_words(r->bound[i], k);
    for (size_t j = later ? i : 0; j < (later ? r->nbound : i); j++)
        for (size_t m = 0; m < vt_table_notes(r->bound[j]); m++) {
            if (note_words(r->bound[j], m) != n || strncmp(vt_table_note(r->bound[j], m), note, n) != 0) continue;
            if (!later) return note[n] != '\0' || strcmp(vt_table_note(r->bound[j], m), note) == 0;
            ++*later;
            break;
        }
    return false;
}

static vt_status warn_of_note(struct run *r, size_t i, size_t k, vt_error *err)
{
    size_t tables = 0;
    const char *note = vt_table_note(r->bound[i], k);
    (void)noted_before(r, i, k, &tables);
    if (tables < 2 || !note[note_words(r->bound[i], k)]) return vt_result_warn(r->result, err, "W_INPUT", "%s", note);
    return vt_result_warn(r->result, err, "W_INPUT", "%s and %zu more tables", note, tables - 1);
}

/* Inputs, options, seed, and what the readers replaced or left out. */
static vt_status record_origin(struct run *r, const vt_request *in, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t i = 0; st == VT_OK && i < r->nbound; i++) {
        if (!named_before(in, i)) st = vt_result_add_input(r->result, vt_table_path(in->raw[i]), "", err);
        for (size_t k = 0; st == VT_OK && k < vt_table_notes(r->bound[i]); k++)
            if (!noted_before(r, i, k, NULL)) st = warn_of_note(r, i, k, err);
    }
    if (st == VT_OK && in->alloy && vt_card_path(in->alloy)[0])
        st = vt_result_add_input(r->result, vt_card_path(in->alloy), "", err);
    if (st == VT_OK && r->p.table) st = vt_result_add_options(r->result, r->p.table, r->p.params, err);
    if (st == VT_OK) st = vt_result_add_options(r->result, VT_COMMON_PARAMS, &r->p.common, err);
    if (st == VT_OK) vt_result_set_seed(r->result, r->p.common.seed);
    return st;
}

static vt_job job_of(const struct run *r, const vt_request *in)
{
    return (vt_job){.tables = (const vt_table *const *)r->bound,
                    .ntables = r->nbound,
                    .form = r->form,
                    .params = r->p.params,
                    .given = r->p.given,
                    .settled = r->p.settled,
                    .common = r->p.common,
                    .alloy = in->alloy};
}

/* The setting that a refusal begins with, as in "area_function: ..."; NULL: none. */
static const vt_setting *setting_of(const vt_request *in, const char *message)
{
    for (size_t i = in->nsettings; i-- > 0;) {
        const size_t n = strlen(in->settings[i].key);
        if (n > 0 && strncmp(message, in->settings[i].key, n) == 0 && message[n] == ':') return &in->settings[i];
    }
    return NULL;
}

/* A refusal that names no place is about the setting that it names: that of the command, or of the file that it stands
 * in; else, of a run on one file, about that file. */
static void place(const struct run *r, const vt_request *in, vt_status st, vt_error *err)
{
    if (st == VT_OK || !err || err->file[0]) return;
    const vt_setting *s = setting_of(in, err->msg);
    if (s && s->file) vt_error_place(err, s->file, s->line);
    if (s || r->nbound != 1) return;
    const char *path = vt_table_path(r->bound[0]);
    if (path[0]) vt_error_place(err, path, 0);
    vt_error_about(err, vt_table_label(r->bound[0]));
}

static vt_status check_request(const vt_request *in, vt_error *err)
{
    if (!in) return vt_fail(err, VT_EARG, "request is NULL");
    if ((in->nraw > 0 && !in->raw) || (in->nsettings > 0 && !in->settings))
        return vt_fail(err, VT_EARG, "tables or settings of the request are NULL");
    return VT_OK;
}

vt_status vt_reduce(const vt_experiment *e, const vt_request *in, vt_result **result, vt_error *err)
{
    if (!e || !result) return vt_fail(err, VT_EARG, "experiment or result is NULL");
    if (!e->reduce) return vt_fail(err, VT_EUSAGE, "%s has no reduction", e->name);
    vt_status st = check_request(in, err);
    if (st != VT_OK) return st;
    if (in->nraw == 0) return vt_fail(err, VT_EUSAGE, "%s needs at least one table", e->name);
    struct run r = {0};
    VT_TRY(st = run_init(&r, e->name, e->params, e->params_size, err));
    r.p.metadata = e->metadata;
    VT_TRY(st = bind_all(&r, e, NULL, in, err));
    VT_TRY(st = vt_result_create(&r.result, "experiment", e->name, err));
    VT_TRY(st = vti_run_settings(&r.p, in, r.result, err));
    VT_TRY(st = record_origin(&r, in, err));
    VT_TRY(st = vti_warn_duplicates(r.nbound, r.bound, r.result, err));
    const vt_job job = job_of(&r, in);
    st = e->reduce(&job, r.result, err);
    place(&r, in, st, err);
    VT_TRY(st);
    *result = r.result;
    r.result = NULL;
done:
    run_free(&r);
    return st;
}

vt_status vt_simulate(const vt_experiment *e, const vt_request *in, vt_table **record, vt_error *err)
{
    if (!e || !record) return vt_fail(err, VT_EARG, "experiment or record is NULL");
    if (!e->simulate) return vt_fail(err, VT_EUSAGE, "%s has no virtual instrument", e->name);
    vt_status st = check_request(in, err);
    if (st != VT_OK) return st;
    struct run r = {0};
    vt_table *t = NULL;
    VT_TRY(st = run_init(&r, e->name, e->truth, e->truth_size, err));
    VT_TRY(st = vti_run_settings(&r.p, in, NULL, err));
    VT_TRY(st = vt_table_create(&t, err));
    const vt_job job = job_of(&r, in);
    VT_TRY(st = e->simulate(&job, t, err));
    *record = t;
    t = NULL;
done:
    vt_table_free(t);
    run_free(&r);
    return st;
}

vt_status vt_forecast_run(const vt_forecast *f, const vt_request *in, vt_result **result, vt_error *err)
{
    if (!f || !result) return vt_fail(err, VT_EARG, "forecast or result is NULL");
    vt_status st = check_request(in, err);
    if (st != VT_OK) return st;
    if (in->nraw > 0 && !f->columns) return vt_fail(err, VT_EUSAGE, "%s takes no table", f->name);
    struct run r = {0};
    VT_TRY(st = run_init(&r, f->name, f->params, f->params_size, err));
    VT_TRY(st = bind_all(&r, NULL, f->columns, in, err));
    VT_TRY(st = vt_result_create(&r.result, f->kind == VT_MAP ? "map" : "process", f->name, err));
    VT_TRY(st = vti_run_settings(&r.p, in, r.result, err));
    VT_TRY(st = record_origin(&r, in, err));
    const vt_job job = job_of(&r, in);
    st = f->run(&job, r.result, err);
    place(&r, in, st, err);
    VT_TRY(st);
    *result = r.result;
    r.result = NULL;
done:
    run_free(&r);
    return st;
}
