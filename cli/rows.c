/* Rows of named cells: aligned text, CSV or JSON. */
#include "rows.h"
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct cell {
    char *text; /* owned; NULL: a number */
    double number;
};

struct cli_rows {
    const char *const *names;
    size_t ncolumns, nrows, room;
    struct cell *cells; /* nrows x ncolumns */
};

vt_status cli_rows_create(cli_rows **rows, const char *const *names, vt_error *err)
{
    cli_rows *r = calloc(1, sizeof *r);
    if (!r) return vt_fail(err, VT_EMEMORY, "no memory for a list");
    r->names = names;
    while (names[r->ncolumns]) r->ncolumns++;
    *rows = r;
    return VT_OK;
}

void cli_rows_free(cli_rows *r)
{
    if (!r) return;
    for (size_t i = 0; i < r->nrows * r->ncolumns; i++) free(r->cells[i].text);
    free(r->cells);
    free(r);
}

vt_status cli_rows_add(cli_rows *r, const cli_cell *cells, vt_error *err)
{
    if (r->nrows == r->room) {
        const size_t room = r->room ? 2 * r->room : 16;
        struct cell *grown = realloc(r->cells, room * r->ncolumns * sizeof *grown);
        if (!grown) return vt_fail(err, VT_EMEMORY, "no memory for %zu rows", room);
        r->cells = grown;
        r->room = room;
    }
    struct cell *row = r->cells + r->nrows * r->ncolumns;
    for (size_t j = 0; j < r->ncolumns; j++) row[j] = (struct cell){NULL, cells[j].number};
    r->nrows++;
    for (size_t j = 0; j < r->ncolumns; j++)
        if (cells[j].text && !(row[j].text = strdup(cells[j].text)))
            return vt_fail(err, VT_EMEMORY, "no memory for a cell");
    return VT_OK;
}

/* exact: as many digits as read back to the same number; else six. */
static const char *shown(const struct cell *c, char *buf, size_t size, bool exact)
{
    if (c->text) return c->text;
    if (isnan(c->number)) return "";
    double back = 0.0;
    int digits = exact ? 15 : 6;
    snprintf(buf, size, "%.*g", digits, c->number);
    while (exact && digits < 17 && !(vt_number_read(buf, &back, NULL) == VT_OK && back == c->number))
        snprintf(buf, size, "%.*g", ++digits, c->number);
    return buf;
}

/* Columns on screen that a UTF-8 text takes. */
static size_t width_of(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        if (((unsigned char)*text & 0xC0u) != 0x80u) n++;
    return n;
}

static void write_table(const cli_rows *r, FILE *out)
{
    size_t width[CLI_ROW_CELLS] = {0};
    char buf[64];
    for (size_t j = 0; j < r->ncolumns; j++) {
        width[j] = strlen(r->names[j]);
        for (size_t i = 0; i < r->nrows; i++) {
            const size_t w = width_of(shown(&r->cells[i * r->ncolumns + j], buf, sizeof buf, false));
            if (w > width[j]) width[j] = w;
        }
    }
    for (size_t i = 0; i <= r->nrows; i++) {
        for (size_t j = 0; j < r->ncolumns; j++) {
            const char *text =
                i == 0 ? r->names[j] : shown(&r->cells[(i - 1) * r->ncolumns + j], buf, sizeof buf, false);
            const bool last = j + 1 == r->ncolumns;
            fprintf(out, "%s%*s", text, last ? 0 : (int)(width[j] - width_of(text)) + 2, "");
        }
        fputc('\n', out);
    }
}

static void csv_cell(const char *text, FILE *out)
{
    if (!text[strcspn(text, ",\"\n\r")]) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"') fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

static void write_csv(const cli_rows *r, FILE *out)
{
    char buf[64];
    for (size_t i = 0; i <= r->nrows; i++) {
        for (size_t j = 0; j < r->ncolumns; j++) {
            if (j) fputc(',', out);
            csv_cell(i == 0 ? r->names[j] : shown(&r->cells[(i - 1) * r->ncolumns + j], buf, sizeof buf, true), out);
        }
        fputc('\n', out);
    }
}

static vt_status write_json(const cli_rows *r, FILE *out, vt_error *err)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < r->nrows; i++) {
        json_t *row = json_object();
        for (size_t j = 0; row && j < r->ncolumns; j++) {
            const struct cell *c = &r->cells[i * r->ncolumns + j];
            if (!c->text && !isfinite(c->number)) continue; /* absent, never a made-up number */
            if (json_object_set_new(row, r->names[j], c->text ? json_string(c->text) : json_real(c->number)) != 0)
                row = (json_decref(row), NULL);
        }
        if (!row || json_array_append_new(list, row) != 0) list = (json_decref(list), NULL);
    }
    if (!list) return vt_fail(err, VT_EMEMORY, "no memory for the list as JSON");
    json_dumpf(list, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(list);
    return VT_OK;
}

vt_status cli_rows_write(const cli_rows *r, cli_format format, FILE *out, vt_error *err)
{
    if (format == CLI_JSON) return write_json(r, out, err);
    if (format == CLI_CSV)
        write_csv(r, out);
    else
        write_table(r, out);
    return VT_OK;
}
