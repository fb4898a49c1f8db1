/* What a command reads: tables for a descriptor, the alloy card. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

vt_status cli_read(const cli_args *args, size_t first, const vt_column *columns, const vt_form *forms, cli_inputs *in,
                   vt_error *err)
{
    const char **names = NULL;
    const size_t n = args->nwords - first;
    vt_status st;
    *in = (cli_inputs){0};
    VT_TRY(st = vt_text_columns(columns, forms, &names, err));
    vt_read_options options = {.units = args->units,
                               .nunits = args->nunits,
                               .names = args->names,
                               .nnames = args->nnames,
                               .sheet = args->sheet,
                               .text_columns = names,
                               .unitless = !columns && !forms};
    vt_read_pictures(&options, args->nsettings, args->settings);
    in->books = calloc(n + 1, sizeof(*in->books));
    if (!in->books) VT_TRY(st = vt_fail(err, VT_EMEMORY, "no memory for %zu files", n));
    VT_TRY(st = vt_books_read(n, (const char *const *)args->words + first, &options, (int)args->common.threads,
                              in->books, err));
    in->nbooks = n;
    st = vt_books_tables(n, in->books, &in->tables, &in->n, err);
done:
    free(names);
    return st;
}

void cli_inputs_free(cli_inputs *in)
{
    vt_books_free(in->nbooks, in->books);
    free(in->books);
    free(in->tables);
    *in = (cli_inputs){0};
}

vt_request cli_request(const cli_args *args, const cli_inputs *in, const vt_card *card)
{
    return (vt_request){.raw = in ? in->tables : NULL,
                        .nraw = in ? in->n : 0,
                        .settings = args->settings,
                        .nsettings = args->nsettings,
                        .alloy = card};
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
