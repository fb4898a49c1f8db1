/* Short forms to put values, tables and budgets into a result. */
#include "base/quantity_internal.h"
#include "stats/quantile_internal.h"
#include "experiment/emit_internal.h"
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void text(char *to, size_t size, const char *from)
{
    snprintf(to, size, "%s", from ? from : "");
}

static void scope(vt_property *p, const char *key, double value, const char *unit)
{
    vt_scope *s = &p->scope[p->nscope++];
    *s = (vt_scope){.value = value};
    text(s->key, sizeof s->key, key);
    text(s->unit, sizeof s->unit, unit);
}

static void scopes(vt_property *p, const vti_value *v)
{
    if (v->T > 0.0) scope(p, "temperature", v->T, "K");
    if (v->pressure > 0.0) scope(p, "pressure", v->pressure, "Pa");
    if (v->time > 0.0) scope(p, "time", v->time, "s");
    const char *const texts[2][2] = {{v->scope_key, v->scope_text}, {v->and_key, v->and_text}};
    for (size_t i = 0; i < 2; i++) {
        if (!texts[i][0]) continue;
        scope(p, texts[i][0], 0.0, "");
        text(p->scope[p->nscope - 1].text, sizeof p->scope[0].text, texts[i][1]);
    }
}

vt_status vti_emit_value(vt_result *r, const vti_value *v, vt_error *err)
{
    vt_property p = {.q = {.value = v->value, .u = v->u, .low = NAN, .high = NAN, .dof = INFINITY}};
    text(p.name, sizeof p.name, v->name);
    text(p.symbol, sizeof p.symbol, v->symbol);
    text(p.reading, sizeof p.reading, v->reading);
    text(p.method, sizeof p.method, v->method);
    text(p.q.unit, sizeof p.q.unit, v->unit);
    scopes(&p, v);
    if (v->level > 0.0 && isfinite(v->low) && isfinite(v->high)) {
        p.q.low = v->low;
        p.q.high = v->high;
        p.q.level = v->level;
    }
    if (v->dof > 0.0) p.q.dof = v->dof;
    for (size_t i = 0; i < v->nbudget && i < VT_BUDGET_MAX; i++) p.q.budget[p.q.nbudget++] = v->budget[i];
    return vt_result_add_property(r, &p, err);
}

vt_status vti_emit_covered(vt_result *r, const vti_value *v, double level, vt_error *err)
{
    const double t = vti_coverage_factor(level, v->dof > 0.0 ? v->dof : INFINITY);
    vti_value out = *v;
    out.low = v->value - t * v->u;
    out.high = v->value + t * v->u;
    out.level = level;
    return vti_emit_value(r, &out, err);
}

vt_status vti_emit_table(vt_result *r, const char *name, const char *title, size_t n, const vti_column *cols,
                         vt_error *err)
{
    vt_table *t = NULL;
    vt_status st = vt_table_create(&t, err);
    for (const vti_column *c = cols; st == VT_OK && c->name; c++)
        st = c->text ? vt_table_add_text(t, c->name, n, c->text, err)
                     : vt_table_add_si(t, c->name, c->unit, n, c->x, err);
    if (st == VT_OK) return vt_result_add_curve(r, name, title, t, err);
    vt_table_free(t);
    return st;
}

/* Rows to columns: x has room for n numbers of each column and one row, word for as many texts. */
static void turn(const vti_rows *rows, const size_t count[2], double *x, const char **word)
{
    double *number = x + count[0] * rows->n;
    const char **text = word + count[1] * rows->n;
    for (size_t i = 0; i < rows->n; i++) {
        rows->row(rows->of, i, number, text);
        for (size_t c = 0; c < count[0]; c++) x[c * rows->n + i] = number[c];
        for (size_t c = 0; c < count[1]; c++) word[c * rows->n + i] = text[c];
    }
}

vt_status vti_emit_rows(vt_result *r, const vti_rows *rows, vt_error *err)
{
    size_t count[2] = {0, 0}, all = 0;
    for (; rows->cols[all].name; all++) count[rows->cols[all].unit ? 0 : 1]++;
    vti_column *cols = calloc(all + 1, sizeof *cols);
    double *x = malloc((count[0] * (rows->n + 1) + 1) * sizeof *x);
    const char **word = malloc((count[1] * (rows->n + 1) + 1) * sizeof(*word));
    vt_status st = VT_EMEMORY;
    if (!cols || !x || !word) {
        vt_fail(err, VT_EMEMORY, "no memory for %zu rows of %s", rows->n, rows->name);
        goto done;
    }
    turn(rows, count, x, word);
    for (size_t c = 0, numbers = 0, texts = 0; c < all; c++) {
        cols[c] = (vti_column){.name = rows->cols[c].name, .unit = rows->cols[c].unit};
        if (cols[c].unit)
            cols[c].x = x + numbers++ * rows->n;
        else
            cols[c].text = word + texts++ * rows->n;
    }
    st = vti_emit_table(r, rows->name, rows->title, rows->n, cols, err);
done:
    free(cols);
    free(x);
    free(word);
    return st;
}

vt_series *vti_emit_series(vt_figure *f, const char *curve, const char *x, const char *y, vt_style style, int color,
                           const char *label)
{
    if (f->nseries >= VT_SERIES_MAX) return NULL;
    vt_series *s = &f->series[f->nseries++];
    *s = (vt_series){.style = style, .color = color};
    text(s->curve, sizeof s->curve, curve);
    text(s->x, sizeof s->x, x);
    text(s->y, sizeof s->y, y);
    text(s->label, sizeof s->label, label);
    return s;
}

void vti_series_interval(vt_series *s, const char *low, const char *high)
{
    if (!s) return;
    text(s->low, sizeof s->low, low);
    text(s->high, sizeof s->high, high);
}

double vti_quantile(const double *x, size_t n, size_t stride, double p, double *scratch)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (isfinite(x[i * stride])) scratch[m++] = x[i * stride];
    if (m == 0) return NAN;
    (void)vti_order_quantile(scratch, m, p);
    return gsl_stats_quantile_from_sorted_data(scratch, 1, m, p);
}

vt_status vti_emit_fact(vt_card *card, const vti_fact *f, const char *source, vt_result *r, vt_error *err)
{
    vt_constant c = {.value = f->value, .u = f->u, .tag = 'C'};
    snprintf(c.key, sizeof c.key, "%s", f->key);
    snprintf(c.unit, sizeof c.unit, "%s", f->unit);
    snprintf(c.conditions, sizeof c.conditions, "%s", f->conditions);
    snprintf(c.source, sizeof c.source, "%s", source);
    vt_error why = {0};
    const vt_status st = vt_card_add(card, &c, &why);
    if (st == VT_ERANGE) return vt_result_warn(r, err, "W_CARD", "not on the alloy card: %s", why.msg);
    if (st != VT_OK && err) *err = why;
    return st;
}
