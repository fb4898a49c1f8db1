/* The result object: model comparison and warnings. */
#include "base/result_internal.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- models ---- */
vt_status vt_result_add_model(vt_result *r, const vt_model *m, vt_error *err)
{
    if (!r || !m) return vt_fail(err, VT_EARG, "result or model is NULL");
    if (!vti_result_terminated(m->name, sizeof m->name) || !m->name[0] ||
        !vti_result_terminated(m->group, sizeof m->group))
        return vt_fail(err, VT_EINTERNAL, "a model without name, or a text that does not end");
    if (!isfinite(m->aicc) || !(m->weight >= 0.0 && m->weight <= 1.0))
        return vt_fail(err, VT_EINTERNAL, "model %s: AICc = %g, weight = %g", m->name, m->aicc, m->weight);
    if (isinf(m->chi2) || m->parameters < 0)
        return vt_fail(err, VT_EINTERNAL, "model %s: chi2 = %g, %ld parameters", m->name, m->chi2, m->parameters);
    const vt_status st = vti_grow_by_one(&r->models, r->nmodels, sizeof *r->models, err);
    if (st != VT_OK) return st;
    r->models[r->nmodels++] = *m;
    return VT_OK;
}

size_t vt_result_models(const vt_result *r)
{
    return r ? r->nmodels : 0;
}

const vt_model *vt_result_model(const vt_result *r, size_t i)
{
    return r && i < r->nmodels ? &r->models[i] : NULL;
}

/* ---- warnings ---- */
static int is_warned(const vt_result *r, const char *code, const char *message)
{
    for (size_t i = 0; i < r->nwarnings; i++)
        if (strcmp(r->warnings[i].code, code) == 0 && strcmp(r->warnings[i].message, message) == 0) return 1;
    return 0;
}

/* The text in memory of its own, one line; NULL: no memory. */
static char *format_line(const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    const int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    char *text = n < 0 ? NULL : malloc((size_t)n + 1);
    if (!text) return NULL;
    vsnprintf(text, (size_t)n + 1, fmt, args);
    for (char *c = text; *c; c++)
        if (*c == '\n' || *c == '\r') *c = ' ';
    return text;
}

static vt_status keep_warning(vt_result *r, const char *code, char *message, vt_error *err)
{
    const vt_status st = vti_grow_by_one(&r->warnings, r->nwarnings, sizeof *r->warnings, err);
    if (st != VT_OK) return st;
    result_warning *w = &r->warnings[r->nwarnings++];
    snprintf(w->code, sizeof w->code, "%s", code);
    w->message = message;
    return VT_OK;
}

vt_status vt_result_warn(vt_result *r, vt_error *err, const char *code, const char *fmt, ...)
{
    if (!r || !code || !fmt) return vt_fail(err, VT_EARG, "result, code or text is NULL");
    if (strncmp(code, "W_", 2) != 0 || strlen(code) >= VT_NAME)
        return vt_fail(err, VT_EINTERNAL, "warning code \"%.64s\" does not begin with W_ or is too long", code);
    va_list args;
    va_start(args, fmt);
    char *message = format_line(fmt, args);
    va_end(args);
    if (!message) return vt_fail(err, VT_EMEMORY, "the text of %s", code);
    if (is_warned(r, code, message)) {
        free(message);
        return VT_OK;
    }
    const vt_status st = keep_warning(r, code, message, err);
    if (st != VT_OK) free(message);
    return st;
}

size_t vt_result_warnings(const vt_result *r)
{
    return r ? r->nwarnings : 0;
}

const char *vt_result_warning_code(const vt_result *r, size_t i)
{
    return r && i < r->nwarnings ? r->warnings[i].code : "";
}

const char *vt_result_warning_message(const vt_result *r, size_t i)
{
    return r && i < r->nwarnings ? r->warnings[i].message : "";
}
