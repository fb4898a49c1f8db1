/* Parameters of a run: defaults, then the metadata lines of the tables, then settings. */
#include "experiment/experiment_internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const vt_param NO_PARAMS[] = {VT_PARAM_END};

static const vt_param *rows_of(const vti_run_params *p)
{
    return p->table ? p->table : NO_PARAMS;
}

static bool same_name(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char x = a[i] >= 'A' && a[i] <= 'Z' ? (char)(a[i] - 'A' + 'a') : a[i] == ' ' ? '_' : a[i];
        const char y = b[i] >= 'A' && b[i] <= 'Z' ? (char)(b[i] - 'A' + 'a') : b[i] == ' ' ? '_' : b[i];
        if (!a[i] || x != y) return false;
    }
    return a[n] == '\0';
}

/* May tables give this parameter differently? */
static bool of_each_table(const vt_column *metadata, const char *name)
{
    for (const vt_column *c = metadata; c && c->name; c++)
        if (strcmp(c->name, name) == 0) return c->required == VT_EACH_TABLE;
    return false;
}

/* Row of the descriptor's metadata list that a key means, by name or alias; NULL: none. */
static const vt_column *metadata_of_key(const vti_run_params *p, const char *key)
{
    for (const vt_column *c = p->metadata; c && c->name; c++) {
        bool fits = same_name(key, c->name, strlen(c->name));
        for (const char *a = c->aliases; a && *a && !fits;) {
            const size_t n = strcspn(a, ";");
            fits = n > 0 && same_name(key, a, n);
            a += n + (a[n] == ';');
        }
        if (fits) return c;
    }
    return NULL;
}

/* Parameter row that a metadata key means: its name, or an alias in the descriptor's list. */
static const vt_param *row_of_key(const vti_run_params *p, const char *key)
{
    const vt_param *row = vt_param_find(rows_of(p), key);
    const vt_column *c = row ? NULL : metadata_of_key(p, key);
    return c ? vt_param_find(rows_of(p), c->name) : row;
}

/* Where a parameter was set by metadata. */
struct origin {
    const char *file;
    long line;
    char text[VT_PARAM_TEXT + 64];
};

static vt_status apply_meta(vti_run_params *p, const vt_table *t, const vt_meta *m, struct origin *origins,
                            vt_result *notes, vt_error *err)
{
    const vt_param *row = row_of_key(p, m->key);
    if (!row) {
        if (!notes || metadata_of_key(p, m->key)) return VT_OK; /* the second: of its table alone */
        return vt_result_warn(notes, err, "W_INPUT", "metadata '%.60s' of %.200s is not used by %s", m->key,
                              vt_table_path(t), p->owner);
    }
    struct origin *o = &origins[row - p->table];
    if (o->file && of_each_table(p->metadata, row->name)) return VT_OK; /* the options show the first one */
    vt_status st = vt_param_set(p->table, p->params, &p->given, row->name, m->text, err);
    if (st != VT_OK) {
        vt_error_place(err, vt_table_path(t), m->line);
        return vt_error_about(err, vt_table_label(t)), st;
    }
    char now[sizeof o->text];
    vt_param_format(row, p->params, now, sizeof now);
    if (o->file && strcmp(now, o->text) != 0)
        return vt_fail_at(err, VT_EMISMATCH, vt_table_path(t), m->line, 0,
                          "%s = %.60s contradicts %.60s in %.200s:%ld; reduce the files apart, or give --set %s=VALUE",
                          row->name, now, o->text, o->file, o->line, row->name);
    if (!o->file) {
        o->file = vt_table_path(t);
        o->line = m->line;
        memcpy(o->text, now, sizeof now);
    }
    return VT_OK;
}

/* A key that a setting gives need not agree in the files. */
static bool overridden(const vti_run_params *p, const vt_request *in, const char *key)
{
    const vt_param *row = row_of_key(p, key);
    for (size_t i = 0; row && i < in->nsettings; i++)
        if (strcmp(in->settings[i].key, row->name) == 0) return true;
    return false;
}

static vt_status apply_metadata(vti_run_params *p, const vt_request *in, vt_result *notes, vt_error *err)
{
    vt_status st = VT_OK;
    size_t n = 0;
    while (rows_of(p)[n].name) n++;
    struct origin *origins = calloc(n + 1, sizeof *origins);
    if (!origins) return vt_fail(err, VT_EMEMORY, "no memory for the parameters");
    for (size_t i = 0; st == VT_OK && i < in->nraw; i++)
        for (size_t k = 0; st == VT_OK && k < vt_table_metas(in->raw[i]); k++) {
            const vt_meta m = vt_table_meta(in->raw[i], k);
            if (!overridden(p, in, m.key)) st = apply_meta(p, in->raw[i], &m, origins, notes, err);
        }
    free(origins);
    return st;
}

bool vti_is_among(uint64_t set, const vt_param *table, const char *name)
{
    const vt_param *row = vt_param_find(table, name);
    return row && (set >> (row - table) & 1u);
}

static vt_status unknown(const vti_run_params *p, const char *key, vt_error *err)
{
    const char *near = vt_param_nearest(rows_of(p), key);
    if (!near) near = vt_param_nearest(VT_COMMON_PARAMS, key);
    if (near) return vt_fail(err, VT_EKEY, "unknown key '%.60s' of %s; did you mean '%s'?", key, p->owner, near);
    char known[512] = "";
    size_t n = 0;
    for (const vt_param *row = rows_of(p); row->name && n < sizeof known; row++)
        n += (size_t)snprintf(known + n, sizeof known - n, "%s, ", row->name);
    return vt_fail(err, VT_EKEY, "unknown key '%.60s' of %s; known are %sseed, level, replicates, threads", key,
                   p->owner, known);
}

static vt_status apply_setting(vti_run_params *p, const vt_setting *s, vt_error *err)
{
    vt_status st;
    if (!s->key || !s->text) return vt_fail(err, VT_EARG, "a setting without key or text");
    if (vt_param_find(rows_of(p), s->key))
        st = vt_param_set(p->table, p->params, &p->settled, s->key, s->text, err);
    else if (vt_param_find(VT_COMMON_PARAMS, s->key))
        st = vt_param_set(VT_COMMON_PARAMS, &p->common, NULL, s->key, s->text, err);
    else
        st = unknown(p, s->key, err);
    if (st != VT_OK && s->file) vt_error_place(err, s->file, s->line);
    return st;
}

vt_status vti_run_settings(vti_run_params *p, const vt_request *in, vt_result *notes, vt_error *err)
{
    vt_status st = VT_OK;
    p->given = p->settled = 0;
    if (p->table) st = vt_param_defaults(p->table, p->params, err);
    if (st == VT_OK) st = vt_param_defaults(VT_COMMON_PARAMS, &p->common, err);
    if (st == VT_OK && in->common) p->common = *in->common;
    if (st == VT_OK) st = apply_metadata(p, in, notes, err);
    for (size_t i = 0; st == VT_OK && i < in->nsettings; i++) st = apply_setting(p, &in->settings[i], err);
    p->given |= p->settled;
    if (st == VT_OK && p->table) st = vt_param_complete(p->table, p->given, err);
    return st;
}

static size_t size_of(const vt_param *row)
{
    switch (row->type) {
    case VT_REAL: return sizeof(double);
    case VT_INT: return sizeof(long);
    case VT_SEED: return sizeof(uint64_t);
    case VT_TEXT: return VT_PARAM_TEXT;
    case VT_LIST: return sizeof(vt_list);
    case VT_CHOICE:
    case VT_FLAG: break;
    }
    return sizeof(int);
}

vt_status vti_table_params(const vt_job *job, const vt_experiment *e, size_t i, void *params, vt_error *err)
{
    vti_run_params p = {.owner = e->name, .table = e->params, .metadata = e->metadata, .params = params};
    const vt_table *t = job->tables[i];
    vt_status st = vt_param_defaults(e->params, params, err);
    for (const vt_param *row = e->params; st == VT_OK && row->name; row++)
        if (!of_each_table(e->metadata, row->name) || job->settled >> (row - e->params) & 1)
            memcpy((char *)params + row->offset, (const char *)job->params + row->offset, size_of(row));
    for (size_t k = 0; st == VT_OK && k < vt_table_metas(t); k++) {
        const vt_meta m = vt_table_meta(t, k);
        const vt_param *row = row_of_key(&p, m.key);
        if (!row || !of_each_table(e->metadata, row->name) || job->settled >> (row - e->params) & 1) continue;
        st = vt_param_set(e->params, params, &p.given, row->name, m.text, err);
        if (st != VT_OK) vt_error_place(err, vt_table_path(t), m.line);
    }
    return st;
}
