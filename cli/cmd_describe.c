/* vitrum describe: the registry, one descriptor, or what a file holds. */
#include "doc.h"
#include <string.h>
#include <unistd.h>

static void found(const vt_table *t)
{
    const doc d = {stdout, DOC_TEXT};
    printf("%s: %zu rows, %zu columns", vt_table_path(t), vt_table_rows(t), vt_table_columns(t));
    if (vt_table_rows(t) > 0 && vt_table_line(t, 0) > 0) printf(", first row at line %ld", vt_table_line(t, 0));
    printf("\n");
    if (vt_table_columns(t) > 0) doc_heading(&d, "Columns found");
    for (size_t i = 0; i < vt_table_columns(t); i++) {
        const vt_unit *u = vt_table_column_unit(t, i);
        char text[256];
        if (vt_table_column_is_text(t, i))
            snprintf(text, sizeof text, "text");
        else if (!vt_table_column_has_unit(t, i))
            snprintf(text, sizeof text, "no unit in the header; declare it: --unit \"%s=UNIT\"",
                     vt_table_column_name(t, i));
        else
            snprintf(text, sizeof text, "in %s, kept in %s", u->text, u->si);
        doc_item(&d, vt_table_column_name(t, i), text);
    }
    if (vt_table_metas(t) > 0) doc_heading(&d, "Metadata found");
    for (size_t i = 0; i < vt_table_metas(t); i++) {
        const vt_meta m = vt_table_meta(t, i);
        doc_item(&d, m.key, m.text);
    }
    if (vt_table_notes(t) > 0) doc_heading(&d, "Replaced or left out");
    for (size_t i = 0; i < vt_table_notes(t); i++) doc_paragraph(&d, vt_table_note(t, i));
}

/* What one experiment would make of the table: columns used, columns ignored, or why it refuses.
 */
static void suits(const doc *d, const vt_experiment *e, const vt_table *t)
{
    vt_table *bound = NULL;
    vt_error why = {0};
    if (vt_experiment_bind(e, t, &bound, &why) != VT_OK) {
        char text[VT_ERROR_TEXT + 64];
        const size_t n = (size_t)snprintf(text, sizeof text, "refuses it, %s: ", vt_status_name(why.code));
        snprintf(text + n, sizeof text - n, "%s", why.msg);
        doc_item(d, e->name, text);
        return;
    }
    char text[2048] = "reads ";
    for (size_t i = 0; i < vt_table_columns(bound); i++) {
        const size_t n = strlen(text);
        snprintf(text + n, sizeof text - n, "%s%s", i ? ", " : "", vt_table_column_name(bound, i));
    }
    for (size_t i = vt_table_notes(t); i < vt_table_notes(bound); i++) {
        const size_t n = strlen(text);
        snprintf(text + n, sizeof text - n, "; %s", vt_table_note(bound, i));
    }
    doc_item(d, e->name, text);
    vt_table_free(bound);
}

/* Text columns differ by experiment, so each one that might read the file reads it its own way. */
static vt_status file(const cli_args *args, vt_error *err)
{
    const doc d = {stdout, DOC_TEXT};
    vt_table **plain = NULL;
    const vt_status st = cli_read(args, 0, NULL, &plain, err);
    if (st != VT_OK) return st;
    found(plain[0]);
    doc_heading(&d, "Experiments that read it");
    for (const vt_experiment *const *e = VT_EXPERIMENTS; *e; e++) {
        vt_table **own = NULL;
        const bool again = strcmp(args->words[0], "-") != 0 && cli_read(args, 0, (*e)->columns, &own, NULL) == VT_OK;
        suits(&d, *e, again ? own[0] : plain[0]);
        cli_tables_free(own, args->nwords);
    }
    cli_tables_free(plain, args->nwords);
    return VT_OK;
}

static bool described(const char *name)
{
    const doc d = {stdout, DOC_TEXT};
    const vt_experiment *e = vt_experiment_find(name);
    const vt_forecast *p = vt_forecast_find(VT_PROCESS, name), *m = vt_forecast_find(VT_MAP, name);
    if (e) doc_experiment(&d, e);
    if (e && p) printf("\n");
    if (p) doc_forecast(&d, p);
    if ((e || p) && m) printf("\n");
    if (m) doc_forecast(&d, m);
    return e || p || m;
}

static vt_status unknown(const char *name, vt_error *err)
{
    const char *known[128] = {NULL};
    size_t n = 0;
    for (size_t i = 0; VT_EXPERIMENTS[i] && n < 127; i++) known[n++] = VT_EXPERIMENTS[i]->name;
    for (size_t i = 0; VT_FORECASTS[i] && n < 127; i++) known[n++] = VT_FORECASTS[i]->name;
    return cli_unknown("experiment, process, map or file", name, known, "`vitrum describe`", err);
}

static vt_status run(const cli_args *args, vt_error *err)
{
    const doc d = {stdout, DOC_TEXT};
    if (args->nwords == 0) {
        printf("vitrum describes what it reads and gives. `vitrum describe NAME` says more about each.\n");
        doc_registry(&d);
        return VT_OK;
    }
    const char *word = args->words[0];
    if (described(word)) return VT_OK;
    const bool path = strcmp(word, "-") == 0 || strchr(word, '/') || strchr(word, '.') || access(word, F_OK) == 0;
    return path ? file(args, err) : unknown(word, err);
}

const cli_command CMD_DESCRIBE = {
    .name = "describe",
    .usage = "[EXPERIMENT|PROCESS|MAP|FILE]",
    .summary = "say what an experiment, process or map reads and gives, or what a file holds",
    .details = "Without operand lists every experiment, process and map. With a name prints its columns, parameters "
               "with units, defaults and ranges, properties, model and reference. With a file says which columns were "
               "found, which experiments would read it, what each would use and ignore, or why it refuses.",
    .options = "unit column sheet",
    .examples = "vitrum describe\n"
                "vitrum describe molding\n"
                "vitrum describe lengths.csv",
    .words_low = 0,
    .words_high = 1,
    .run = run,
};
