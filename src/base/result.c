/* The result object: life, properties, seed, card. */
#include "base/result_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int vti_result_terminated(const char *text, size_t size)
{
    return memchr(text, '\0', size) != NULL;
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

int vti_result_is_stem(const char *name)
{
    if (!name || !is_letter(name[0])) return 0;
    const char *c = name;
    while (is_letter(*c) || (*c >= '0' && *c <= '9') || *c == '_' || *c == '-') c++;
    return *c == '\0' && (size_t)(c - name) < VT_NAME;
}

vt_status vt_result_create(vt_result **result, const char *kind, const char *name, vt_error *err)
{
    if (!result || !kind || !name) return vt_fail(err, VT_EARG, "result, kind or name is NULL");
    if (!vti_result_is_stem(kind) || !vti_result_is_stem(name))
        return vt_fail(err, VT_EARG, "kind \"%.64s\" and name \"%.64s\" must be words of letters, digits, '_', '-'",
                       kind, name);
    vt_result *r = calloc(1, sizeof *r);
    if (!r) return vt_fail(err, VT_EMEMORY, "a result");
    snprintf(r->kind, sizeof r->kind, "%s", kind);
    snprintf(r->name, sizeof r->name, "%s", name);
    *result = r;
    return VT_OK;
}

void vt_result_free(vt_result *r)
{
    if (!r) return;
    for (size_t i = 0; i < r->ncurves; i++) vt_table_free(r->curves[i].table);
    for (size_t i = 0; i < r->nwarnings; i++) free(r->warnings[i].message);
    for (size_t i = 0; i < r->ninputs; i++) free(r->inputs[i].path);
    for (size_t i = 0; i < r->ndocuments; i++) free(r->documents[i].text);
    free(r->documents);
    free(r->properties);
    free(r->models);
    free(r->curves);
    free(r->segments);
    free(r->warnings);
    free(r->figures);
    free(r->inputs);
    free(r->options);
    free(r->constants);
    if (r->card) r->card_free(r->card);
    free(r);
}

const char *vt_result_kind(const vt_result *r)
{
    return r ? r->kind : "";
}

const char *vt_result_name(const vt_result *r)
{
    return r ? r->name : "";
}

/* ---- properties ---- */
static vt_status check_texts(const vt_property *p, vt_error *err)
{
    if (!vti_result_terminated(p->name, sizeof p->name) || !p->name[0])
        return vt_fail(err, VT_EINTERNAL, "a property without name");
    if (!vti_result_terminated(p->symbol, sizeof p->symbol) || !vti_result_terminated(p->method, sizeof p->method) ||
        !vti_result_terminated(p->reading, sizeof p->reading) || !vti_result_terminated(p->q.unit, sizeof p->q.unit))
        return vt_fail(err, VT_EINTERNAL, "property %s: a text that does not end", p->name);
    if (!p->q.unit[0]) return vt_fail(err, VT_EINTERNAL, "property %s has no unit; \"1\" if dimensionless", p->name);
    if (p->reading[0] && strcmp(p->reading, "paper") != 0 && strcmp(p->reading, "physics") != 0)
        return vt_fail(err, VT_EINTERNAL, "property %s: reading \"%s\" is not paper, physics or \"\"", p->name,
                       p->reading);
    return VT_OK;
}

static vt_status check_numbers(const vt_property *p, vt_error *err)
{
    const vt_quantity *q = &p->q;
    if (!isfinite(q->value)) return vt_fail(err, VT_EINTERNAL, "property %s = %g %s", p->name, q->value, q->unit);
    if (!(q->u >= 0.0) || !isfinite(q->u))
        return vt_fail(err, VT_EINTERNAL, "property %s: u = %g %s is not >= 0 and finite", p->name, q->u, q->unit);
    if (isnan(q->dof)) return vt_fail(err, VT_EINTERNAL, "property %s: degrees of freedom are NaN", p->name);
    if (isnan(q->low) && isnan(q->high)) return VT_OK;
    if (!isfinite(q->low) || !isfinite(q->high) || !(q->low <= q->high))
        return vt_fail(err, VT_EINTERNAL, "property %s: interval [%g, %g] %s; both NaN if there is none", p->name,
                       q->low, q->high, q->unit);
    if (!(q->level > 0.0 && q->level < 1.0))
        return vt_fail(err, VT_EINTERNAL, "property %s: level %g of its interval is not in (0, 1)", p->name, q->level);
    return VT_OK;
}

static vt_status check_lists(const vt_property *p, vt_error *err)
{
    if (p->nscope > VT_SCOPE_MAX || p->q.nbudget > VT_BUDGET_MAX)
        return vt_fail(err, VT_EINTERNAL, "property %s: %zu scopes (at most %d), %zu budget lines (at most %d)",
                       p->name, p->nscope, VT_SCOPE_MAX, p->q.nbudget, VT_BUDGET_MAX);
    for (size_t i = 0; i < p->nscope; i++) {
        const vt_scope *s = &p->scope[i];
        if (!vti_result_terminated(s->key, sizeof s->key) || !s->key[0] ||
            !vti_result_terminated(s->text, sizeof s->text) || !vti_result_terminated(s->unit, sizeof s->unit))
            return vt_fail(err, VT_EINTERNAL, "property %s: scope %zu has no key or a text that does not end", p->name,
                           i);
        if (!s->text[0] && !isfinite(s->value))
            return vt_fail(err, VT_EINTERNAL, "property %s: scope %s = %g", p->name, s->key, s->value);
    }
    for (size_t i = 0; i < p->q.nbudget; i++) {
        const vt_budget_item *b = &p->q.budget[i];
        if (!vti_result_terminated(b->source, sizeof b->source) || !vti_result_terminated(b->group, sizeof b->group) ||
            !isfinite(b->u) || !isfinite(b->c) || !isfinite(b->c * b->u) || (b->type != 'A' && b->type != 'B'))
            return vt_fail(err, VT_EINTERNAL, "property %s: budget line %zu: u = %g, c = %g, type '%c'", p->name, i,
                           b->u, b->c, b->type ? b->type : '0');
    }
    return VT_OK;
}

vt_status vt_result_add_property(vt_result *r, const vt_property *p, vt_error *err)
{
    vt_status st;
    if (!r || !p) return vt_fail(err, VT_EARG, "result or property is NULL");
    VT_TRY(st = check_texts(p, err));
    VT_TRY(st = check_numbers(p, err));
    VT_TRY(st = check_lists(p, err));
    VT_TRY(st = vti_grow_by_one(&r->properties, r->nproperties, sizeof *r->properties, err));
    r->properties[r->nproperties++] = *p;
done:
    return st;
}

size_t vt_result_properties(const vt_result *r)
{
    return r ? r->nproperties : 0;
}

const vt_property *vt_result_property(const vt_result *r, size_t i)
{
    return r && i < r->nproperties ? &r->properties[i] : NULL;
}

/* Numbers that stand for one another: 570.15 K typed and computed. */
static int scope_matches(const vt_property *p, const char *key, double value)
{
    const double tolerance = 1e-9 * fabs(value);
    for (size_t i = 0; i < p->nscope; i++)
        if (!p->scope[i].text[0] && strcmp(p->scope[i].key, key) == 0 && fabs(p->scope[i].value - value) <= tolerance)
            return 1;
    return 0;
}

const vt_property *vt_result_find(const vt_result *r, const char *name, const char *reading, const char *scope_key,
                                  double scope_value)
{
    if (!r || !name) return NULL;
    for (size_t i = 0; i < r->nproperties; i++) {
        const vt_property *p = &r->properties[i];
        if (strcmp(p->name, name) != 0 || (reading && strcmp(p->reading, reading) != 0)) continue;
        if (!scope_key || scope_matches(p, scope_key, scope_value)) return p;
    }
    return NULL;
}

/* ---- seed and card ---- */
void vt_result_set_seed(vt_result *r, uint64_t seed)
{
    if (r) r->seed = seed;
}

uint64_t vt_result_seed(const vt_result *r)
{
    return r ? r->seed : 0;
}

const vt_card *vt_result_card(const vt_result *r)
{
    return r ? r->card : NULL;
}
