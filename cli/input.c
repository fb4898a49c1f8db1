/* What a command reads: tables for a descriptor, the alloy card. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 64 };

/* Columns that are text even where all their cells look like numbers. */
static void text_columns(const vt_column *columns, const char *names[TEXT_MAX + 1])
{
    size_t n = 0;
    for (const vt_column *c = columns; c && c->name && n < TEXT_MAX; c++) {
        if (strcmp(c->unit, "text") == 0) names[n++] = c->name;
        if (strncmp(c->unit, "row", 3) == 0) names[n++] = "unit";
    }
    names[n] = NULL;
}

vt_status cli_read(const cli_args *args, size_t first, const vt_column *columns, vt_table ***tables, vt_error *err)
{
    const char *names[TEXT_MAX + 1];
    text_columns(columns, names);
    const vt_read_options options = {.units = args->units,
                                     .nunits = args->nunits,
                                     .names = args->names,
                                     .nnames = args->nnames,
                                     .sheet = args->sheet,
                                     .text_columns = names};
    const size_t n = args->nwords - first;
    vt_table **read = calloc(n + 1, sizeof *read);
    if (!read) return vt_fail(err, VT_EMEMORY, "no memory for %zu tables", n);
    for (size_t i = 0; i < n; i++) {
        const vt_status st = vt_table_read(args->words[first + i], &options, &read[i], err);
        if (st != VT_OK) {
            cli_tables_free(read, n);
            return st;
        }
    }
    *tables = read;
    return VT_OK;
}

void cli_tables_free(vt_table **tables, size_t n)
{
    if (!tables) return;
    for (size_t i = 0; i < n; i++) vt_table_free(tables[i]);
    free(tables);
}

/* The alloy as a setting or the first table names it; NULL: neither does. */
static const char *named_alloy(const cli_args *args, const vt_table *first)
{
    const char *name = NULL;
    for (size_t i = 0; first && i < vt_table_metas(first); i++)
        if (strcmp(vt_table_meta(first, i).key, "alloy") == 0) name = vt_table_meta(first, i).text;
    for (size_t i = 0; i < args->nsettings; i++)
        if (strcmp(args->settings[i].key, "alloy") == 0) name = args->settings[i].text;
    return name;
}

vt_status cli_card(const cli_args *args, const vt_table *first, vt_card **card, vt_error *err)
{
    *card = NULL;
    if (args->alloy) return vt_card_open(args->alloy, card, err);
    const char *name = named_alloy(args, first);
    if (!name || !name[0]) return VT_OK;
    vt_error why = {0};
    const vt_status st = vt_card_open(name, card, &why);
    if (st == VT_OK || (st == VT_EKEY && !why.file[0])) return VT_OK; /* an alloy may have a name and no card */
    if (err) *err = why;
    return st;
}
