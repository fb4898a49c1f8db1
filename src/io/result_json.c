/* Results as JSON (interface.md, "Result"). */
#include "io/json_internal.h"
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <vitrum/io.h>
#include <vitrum/version.h>

/* Every json_* maker gives NULL for what JSON cannot hold (NaN, no memory): vti_json_set then fails. */

static json_t *budget_of(const vt_quantity *q, vt_status *st)
{
    json_t *list = json_array();
    for (size_t i = 0; i < q->nbudget; i++) {
        const vt_budget_item *b = &q->budget[i];
        const char type[2] = {b->type, '\0'};
        json_t *o = json_object();
        vti_json_set(o, "source", vti_json_text(b->source), st);
        vti_json_set(o, "type", json_string(type), st);
        vti_json_set(o, "u", json_real(b->u), st);
        vti_json_set(o, "c", json_real(b->c), st);
        vti_json_set(o, "contribution", json_real(fabs(b->c * b->u)), st);
        if (b->group[0]) vti_json_set(o, "group", vti_json_text(b->group), st);
        vti_json_append(list, o, st);
    }
    return list;
}

static json_t *scope_of(const vt_property *p, vt_status *st)
{
    json_t *o = json_object();
    for (size_t i = 0; i < p->nscope; i++) {
        const vt_scope *s = &p->scope[i];
        vti_json_set(o, s->key, s->text[0] ? vti_json_text(s->text) : json_real(s->value), st);
    }
    return o;
}

static json_t *property_of(const vt_property *p, vt_status *st)
{
    json_t *o = json_object();
    vti_json_set(o, "name", vti_json_text(p->name), st);
    if (p->symbol[0]) vti_json_set(o, "symbol", vti_json_text(p->symbol), st);
    vti_json_set(o, "value", json_real(p->q.value), st);
    vti_json_set(o, "unit", vti_json_text(p->q.unit), st);
    vti_json_set(o, "u", json_real(p->q.u), st);
    if (!isnan(p->q.low)) {
        vti_json_set(o, "low", json_real(p->q.low), st);
        vti_json_set(o, "high", json_real(p->q.high), st);
        vti_json_set(o, "level", json_real(p->q.level), st);
    }
    if (p->reading[0]) vti_json_set(o, "reading", vti_json_text(p->reading), st);
    vti_json_set(o, "scope", scope_of(p, st), st);
    if (p->method[0]) vti_json_set(o, "method", vti_json_text(p->method), st);
    if (isfinite(p->q.dof) && p->q.dof > 0.0) vti_json_set(o, "dof", json_real(p->q.dof), st);
    vti_json_set(o, "budget", budget_of(&p->q, st), st);
    return o;
}

static json_t *model_of(const vt_model *m, vt_status *st)
{
    json_t *o = json_object();
    vti_json_set(o, "name", vti_json_text(m->name), st);
    if (m->group[0]) vti_json_set(o, "group", vti_json_text(m->group), st);
    vti_json_set(o, "aicc", json_real(m->aicc), st);
    vti_json_set(o, "weight", json_real(m->weight), st);
    if (!isnan(m->chi2)) vti_json_set(o, "chi2", json_real(m->chi2), st);
    if (m->parameters > 0) vti_json_set(o, "parameters", json_integer(m->parameters), st);
    return o;
}

static json_t *segment_of(const vt_segment *s, vt_status *st)
{
    json_t *o = json_object();
    vti_json_set(o, "name", vti_json_text(s->name), st);
    vti_json_set(o, "begin", json_real(s->begin), st);
    vti_json_set(o, "end", json_real(s->end), st);
    vti_json_set(o, "unit", vti_json_text(s->unit), st);
    vti_json_set(o, "verdict", vti_json_text(s->verdict), st);
    return o;
}

/* The checksum is taken now if it was not when the file was read. What is no file (standard input, a table
 * simulated in memory) has none. */
static vt_status add_input(json_t *list, const vt_result *r, size_t i, vt_error *err)
{
    char hex[65];
    struct stat info;
    const char *path = vt_result_input_path(r, i);
    vt_status st = VT_OK;
    memcpy(hex, vt_result_input_sha256(r, i), 65);
    if (!hex[0] && stat(path, &info) == 0 && S_ISREG(info.st_mode)) st = vt_file_sha256(path, hex, err);
    if (st != VT_OK) return st;
    json_t *o = json_object();
    vti_json_set(o, "path", vti_json_text(path), &st);
    if (hex[0]) vti_json_set(o, "sha256", json_string(hex), &st);
    vti_json_append(list, o, &st);
    return st;
}

static json_t *option_of(const vt_option *option, vt_status *st)
{
    if (!option->unit[0]) return vti_json_text(option->text);
    json_t *o = json_object();
    vti_json_set(o, "value", json_real(option->value), st);
    vti_json_set(o, "unit", vti_json_text(option->unit), st);
    return o;
}

static json_t *constant_of(const vt_used_constant *c, vt_status *st)
{
    const char tag[2] = {c->tag, '\0'};
    json_t *o = json_object();
    vti_json_set(o, "name", vti_json_text(c->key), st);
    vti_json_set(o, "alloy", vti_json_text(c->alloy), st);
    vti_json_set(o, "value", json_real(c->value), st);
    if (c->u > 0.0) vti_json_set(o, "u", json_real(c->u), st);
    vti_json_set(o, "unit", vti_json_text(c->unit), st);
    vti_json_set(o, "tag", vti_json_text(tag), st);
    vti_json_set(o, "source", vti_json_text(c->source), st);
    return o;
}

/* Readers in JavaScript hold integers up to 2^53 exactly; a larger seed is a text. */
static json_t *seed_of(uint64_t seed)
{
    char text[24];
    if (seed <= UINT64_C(9007199254740992)) return json_integer((json_int_t)seed);
    snprintf(text, sizeof text, "%" PRIu64, seed);
    return json_string(text);
}

static vt_status add_origin(json_t *root, const vt_result *r, vt_error *err)
{
    vt_status st = VT_OK;
    json_t *inputs = json_array(), *options = json_object(), *constants = json_array();
    vti_json_set(root, "vitrum", json_string(VT_VERSION), &st);
    vti_json_set(root, vt_result_kind(r), json_string(vt_result_name(r)), &st);
    vti_json_set(root, "inputs", inputs, &st);
    vti_json_set(root, "options", options, &st);
    vti_json_set(root, "constants", constants, &st);
    vti_json_set(root, "seed", seed_of(vt_result_seed(r)), &st);
    for (size_t i = 0; st == VT_OK && i < vt_result_inputs(r); i++) st = add_input(inputs, r, i, err);
    for (size_t i = 0; st == VT_OK && i < vt_result_options(r); i++) {
        const vt_option *o = vt_result_option(r, i);
        vti_json_set(options, o->name, option_of(o, &st), &st);
    }
    for (size_t i = 0; st == VT_OK && i < vt_result_used_constants(r); i++)
        vti_json_append(constants, constant_of(vt_result_used_constant(r, i), &st), &st);
    return st;
}

static vt_status add_findings(json_t *root, const vt_result *r)
{
    vt_status st = VT_OK;
    json_t *properties = json_array(), *models = json_array(), *segments = json_array();
    json_t *curves = json_array(), *warnings = json_array();
    vti_json_set(root, "properties", properties, &st);
    vti_json_set(root, "models", models, &st);
    vti_json_set(root, "segments", segments, &st);
    vti_json_set(root, "curves", curves, &st);
    vti_json_set(root, "warnings", warnings, &st);
    for (size_t i = 0; st == VT_OK && i < vt_result_properties(r); i++)
        vti_json_append(properties, property_of(vt_result_property(r, i), &st), &st);
    for (size_t i = 0; st == VT_OK && i < vt_result_models(r); i++)
        vti_json_append(models, model_of(vt_result_model(r, i), &st), &st);
    for (size_t i = 0; st == VT_OK && i < vt_result_segments(r); i++)
        vti_json_append(segments, segment_of(vt_result_segment(r, i), &st), &st);
    for (size_t i = 0; st == VT_OK && i < vt_result_curves(r); i++)
        vti_json_append(curves, vti_json_text(vt_result_curve_name(r, i)), &st);
    for (size_t i = 0; st == VT_OK && i < vt_result_warnings(r); i++) {
        json_t *o = json_object();
        vti_json_set(o, "code", vti_json_text(vt_result_warning_code(r, i)), &st);
        vti_json_set(o, "message", vti_json_text(vt_result_warning_message(r, i)), &st);
        vti_json_append(warnings, o, &st);
    }
    return st;
}

vt_status vt_result_write_json(const vt_result *r, FILE *out, vt_error *err)
{
    if (!r || !out) return vt_fail(err, VT_EARG, "result or out is NULL");
    json_t *root = json_object();
    vt_error why = {0};
    vt_status st = root ? add_origin(root, r, &why) : VT_EMEMORY;
    if (st == VT_OK) st = add_findings(root, r);
    if (st == VT_OK)
        st = vti_json_write(root, out, err);
    else if (why.code == st && err)
        *err = why;
    else
        vt_fail(err, st, "result %s holds a value that JSON cannot hold, or memory is short", vt_result_name(r));
    json_decref(root);
    return st;
}
