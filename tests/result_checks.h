#pragma once
/* What tests ask of a result: its warnings, its properties, the whole of it as text. */
#include "check.h"
#include <stdbool.h>
#include <vitrum/experiment.h>
#include <vitrum/io.h>
#include <vitrum/result.h>

/* A warning of this code that says these words ("": any). */
static inline bool warned(const vt_result *r, const char *code, const char *words)
{
    for (size_t i = 0; r && i < vt_result_warnings(r); i++)
        if (strcmp(vt_result_warning_code(r, i), code) == 0 && strstr(vt_result_warning_message(r, i), words))
            return true;
    return false;
}

/* How many of its warnings have this code. */
static inline size_t warnings(const vt_result *r, const char *code)
{
    size_t n = 0;
    for (size_t i = 0; r && i < vt_result_warnings(r); i++) n += strcmp(vt_result_warning_code(r, i), code) == 0;
    return n;
}

/* What a property belongs to under this key; NULL if to none. */
static inline const vt_scope *scope_of(const vt_property *p, const char *key)
{
    for (size_t i = 0; i < p->nscope; i++)
        if (strcmp(p->scope[i].key, key) == 0) return &p->scope[i];
    return NULL;
}

/* First property of this name and reading that belongs to `of`, the text of any of its scopes (NULL: any, of both). */
static inline const vt_property *named_property(const vt_result *r, const char *name, const char *reading,
                                                const char *of)
{
    for (size_t i = 0; r && i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        bool its = !of;
        for (size_t k = 0; k < p->nscope; k++) its = its || strcmp(p->scope[k].text, of) == 0;
        if (its && strcmp(p->name, name) == 0 && (!reading || strcmp(p->reading, reading) == 0)) return p;
    }
    return NULL;
}

static inline const vt_quantity *quantity(const vt_result *r, const char *name, const char *of)
{
    const vt_property *p = named_property(r, name, NULL, of);
    return p ? &p->q : NULL;
}

/* The interval holds the truth. */
static inline bool covers(const vt_quantity *q, double truth)
{
    return q && q->low <= truth && truth <= q->high;
}

/* A table given as text, through the reduction of an experiment; NULL and *err if either refuses. */
static inline vt_result *reduced_text(const char *experiment, const char *name, const char *text, const vt_setting *set,
                                      size_t nset, vt_error *err)
{
    vt_table *t = NULL;
    vt_result *r = NULL;
    *err = (vt_error){0};
    if (vt_table_parse(name, text, strlen(text), NULL, &t, err) == VT_OK) {
        const vt_request in = {.raw = (const vt_table *const *)&t, .nraw = 1, .settings = set, .nsettings = nset};
        vt_reduce(vt_experiment_find(experiment), &in, &r, err);
    }
    vt_table_free(t);
    return r;
}

/* To be freed. Two results are the same if these are. */
static inline char *json(const vt_result *r)
{
    char *text = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&text, &size);
    vt_error err = {0};
    CHECK_OK(vt_result_write_json(r, f, &err), &err);
    fclose(f);
    return text;
}
