/* The result object: inputs, options, constants that were used. */
#include "base/result_internal.h"
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- inputs ---- */
vt_status vt_result_add_input(vt_result *r, const char *path, const char *sha256, vt_error *err)
{
    if (!r || !path || !sha256) return vt_fail(err, VT_EARG, "result, path or sha256 is NULL");
    const size_t digits = strspn(sha256, "0123456789abcdef");
    if (sha256[digits] != '\0' || (digits != 0 && digits != 64))
        return vt_fail(err, VT_EARG, "SHA-256 \"%.70s\" of %.200s is not 64 lower-case hex digits", sha256, path);
    char *copy = malloc(strlen(path) + 1);
    if (!copy) return vt_fail(err, VT_EMEMORY, "the path of an input");
    const vt_status st = vti_grow_by_one(&r->inputs, r->ninputs, sizeof *r->inputs, err);
    if (st != VT_OK) {
        free(copy);
        return st;
    }
    result_input *in = &r->inputs[r->ninputs++];
    in->path = strcpy(copy, path);
    snprintf(in->sha256, sizeof in->sha256, "%s", sha256);
    return VT_OK;
}

size_t vt_result_inputs(const vt_result *r)
{
    return r ? r->ninputs : 0;
}

const char *vt_result_input_path(const vt_result *r, size_t i)
{
    return r && i < r->ninputs ? r->inputs[i].path : "";
}

const char *vt_result_input_sha256(const vt_result *r, size_t i)
{
    return r && i < r->ninputs ? r->inputs[i].sha256 : "";
}

/* ---- options ---- */
/* Numbers keep unit and value; a seed above 2^53, which no double holds, stays text. */
static void fill_option(vt_option *o, const vt_param *row, const void *base)
{
    const char *field = (const char *)base + row->offset;
    long n = 0;
    uint64_t seed = 0;
    *o = (vt_option){.value = 0.0};
    snprintf(o->name, sizeof o->name, "%s", row->name);
    vt_param_format(row, base, o->text, sizeof o->text);
    switch (row->type) {
    case VT_REAL:
        memcpy(&o->value, field, sizeof o->value);
        snprintf(o->unit, sizeof o->unit, "%s", row->unit ? row->unit : "1");
        break;
    case VT_INT:
        memcpy(&n, field, sizeof n);
        o->value = (double)n;
        snprintf(o->unit, sizeof o->unit, "1");
        break;
    case VT_SEED:
        memcpy(&seed, field, sizeof seed);
        if (seed > UINT64_C(9007199254740992)) break;
        o->value = (double)seed;
        snprintf(o->unit, sizeof o->unit, "1");
        break;
    default: break;
    }
}

vt_status vt_result_add_options(vt_result *r, const vt_param *table, const void *base, vt_error *err)
{
    if (!r || !table || !base) return vt_fail(err, VT_EARG, "result, table or base is NULL");
    const size_t before = r->noptions;
    for (const vt_param *row = table; row->name; row++) {
        vt_option o;
        if (strcmp(row->name, "threads") == 0 || !vt_param_present(row, base)) continue;
        fill_option(&o, row, base);
        vt_status st = isfinite(o.value) ? VT_OK : vt_fail(err, VT_EINTERNAL, "option %s = %g", row->name, o.value);
        if (st == VT_OK) st = vti_grow_by_one(&r->options, r->noptions, sizeof *r->options, err);
        if (st != VT_OK) {
            r->noptions = before;
            return st;
        }
        r->options[r->noptions++] = o;
    }
    return VT_OK;
}

size_t vt_result_options(const vt_result *r)
{
    return r ? r->noptions : 0;
}

const vt_option *vt_result_option(const vt_result *r, size_t i)
{
    return r && i < r->noptions ? &r->options[i] : NULL;
}

/* ---- constants of alloy cards ---- */
vt_status vt_result_use_constant(vt_result *r, const vt_used_constant *c, vt_error *err)
{
    if (!r || !c) return vt_fail(err, VT_EARG, "result or constant is NULL");
    if (!isfinite(c->value) || !(c->u >= 0.0) || !isfinite(c->u))
        return vt_fail(err, VT_EINTERNAL, "constant %.63s = %g +- %g", c->key, c->value, c->u);
    for (size_t i = 0; i < r->nconstants; i++)
        if (strcmp(r->constants[i].key, c->key) == 0 && strcmp(r->constants[i].alloy, c->alloy) == 0) return VT_OK;
    const vt_status st = vti_grow_by_one(&r->constants, r->nconstants, sizeof *r->constants, err);
    if (st == VT_OK) r->constants[r->nconstants++] = *c;
    return st;
}

size_t vt_result_used_constants(const vt_result *r)
{
    return r ? r->nconstants : 0;
}

const vt_used_constant *vt_result_used_constant(const vt_result *r, size_t i)
{
    return r && i < r->nconstants ? &r->constants[i] : NULL;
}
