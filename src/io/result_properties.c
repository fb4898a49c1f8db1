/* Properties of a result as one table. */
#include "base/number_internal.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/io.h>

/* A cell; quoted where the separator, a quote or a line end would break the row. */
static void put_text(FILE *out, const char *text, char separator)
{
    const char special[] = {separator, '"', '\n', '\r', '\0'};
    if (!strpbrk(text, special)) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (const char *c = text; *c; c++) {
        if (*c == '"') fputc('"', out);
        fputc(*c == '\n' || *c == '\r' ? ' ' : *c, out);
    }
    fputc('"', out);
}

static void put_number(FILE *out, double x)
{
    char text[VTI_NUMBER_TEXT];
    if (isnan(x)) return; /* an empty cell: none given */
    vti_number_write(x, text);
    fputs(text, out);
}

/* "temperature = 570.15 K; specimen = w52" */
static void put_scope(FILE *out, const vt_property *p, char separator)
{
    char text[VT_SCOPE_MAX * (2 * VT_NAME + 64)] = "", number[VTI_NUMBER_TEXT];
    size_t used = 0;
    for (size_t i = 0; i < p->nscope && used < sizeof text; i++) {
        const vt_scope *s = &p->scope[i];
        const int plain = s->text[0] || !s->unit[0] || strcmp(s->unit, "1") == 0;
        if (!s->text[0]) vti_number_write(s->value, number);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s = %s%s%s", i ? "; " : "", s->key,
                                 s->text[0] ? s->text : number, plain ? "" : " ", plain ? "" : s->unit);
    }
    put_text(out, text, separator);
}

vt_status vt_result_write_properties(const vt_result *r, FILE *out, char separator, vt_error *err)
{
    static const char *const head[] = {"name", "symbol", "reading", "value", "unit",  "u",
                                       "low",  "high",   "level",   "scope", "method"};
    if (!r || !out) return vt_fail(err, VT_EARG, "result or out is NULL");
    if (separator != ',' && separator != ';' && separator != '\t')
        return vt_fail(err, VT_EARG, "separator '%c' is not a comma, semicolon or tab", separator);
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) fprintf(out, "%s%c", head[i], i == 10 ? '\n' : separator);
    for (size_t i = 0; i < vt_result_properties(r); i++) {
        const vt_property *p = vt_result_property(r, i);
        const char *texts[3] = {p->name, p->symbol, p->reading};
        const double tail[4] = {p->q.u, p->q.low, p->q.high, isnan(p->q.low) ? (double)NAN : p->q.level};
        for (int k = 0; k < 3; k++) put_text(out, texts[k], separator), fputc(separator, out);
        put_number(out, p->q.value);
        fputc(separator, out);
        put_text(out, p->q.unit, separator);
        for (int k = 0; k < 4; k++) fputc(separator, out), put_number(out, tail[k]);
        fputc(separator, out);
        put_scope(out, p, separator);
        fputc(separator, out);
        put_text(out, p->method, separator);
        fputc('\n', out);
    }
    if (ferror(out)) return vt_fail(err, VT_EWRITE, "the properties cannot be written: %s", strerror(errno));
    return VT_OK;
}
