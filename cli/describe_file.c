/* What a file holds: tables, columns, metadata, what was left out, and which experiments read it. */
#include "doc.h"
#include <stdlib.h>
#include <string.h>
#include <vitrum/image.h>

enum { TEXT = 4096 };

/* Adds to a text that may be full. */
static void add(char text[TEXT], const char *fmt, const char *a, const char *b)
{
    const size_t n = strlen(text);
    snprintf(text + n, TEXT - n, fmt, a, b);
}

/* ---- tables that look alike are described once ---- */
static bool same_look(const vt_table *a, const vt_table *b)
{
    if (strcmp(vt_table_form(a), vt_table_form(b)) != 0 || vt_table_columns(a) != vt_table_columns(b)) return false;
    for (size_t i = 0; i < vt_table_columns(a); i++) {
        const vt_unit *u = vt_table_column_unit(a, i), *v = vt_table_column_unit(b, i);
        if (strcmp(vt_table_column_name(a, i), vt_table_column_name(b, i)) != 0 || !u != !v ||
            (u && strcmp(u->text, v->text) != 0) || vt_table_column_has_unit(a, i) != vt_table_column_has_unit(b, i))
            return false;
    }
    return true;
}

/* Has an earlier table of the book the same look? */
static bool seen(const vt_book *book, size_t i)
{
    for (size_t k = i; k-- > 0;)
        if (same_look(vt_book_table(book, k), vt_book_table(book, i))) return true;
    return false;
}

/* "Test 001", or the form, or "the table". */
static const char *name_of(const vt_table *t)
{
    return vt_table_label(t)[0] ? vt_table_label(t) : vt_table_form(t)[0] ? vt_table_form(t) : "the table";
}

static void plural(char *text, size_t size, size_t n, const char *what)
{
    snprintf(text, size, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

static void column(const doc *d, const vt_table *t, size_t i)
{
    const vt_unit *u = vt_table_column_unit(t, i);
    char text[256];
    if (vt_table_column_is_text(t, i))
        snprintf(text, sizeof text, "text");
    else if (!vt_table_column_has_unit(t, i))
        snprintf(text, sizeof text, "no unit in the file; declare it: --unit \"%s=UNIT\"", vt_table_column_name(t, i));
    else
        snprintf(text, sizeof text, "in %s, kept in %s", u->text, u->si);
    doc_item(d, vt_table_column_name(t, i), text);
}

/* Columns of every look there is, under the tables that have it. */
static void columns(const doc *d, const vt_book *book)
{
    for (size_t i = 0; i < vt_book_tables(book); i++) {
        const vt_table *t = vt_book_table(book, i);
        char heading[256] = "Columns found";
        size_t n = 0;
        if (vt_table_columns(t) == 0 || seen(book, i)) continue;
        for (size_t k = i; k < vt_book_tables(book); k++) n += same_look(t, vt_book_table(book, k));
        if (vt_book_tables(book) > 1 && n == 1)
            snprintf(heading, sizeof heading, "Columns found in %s", name_of(t));
        else if (n > 1)
            snprintf(heading, sizeof heading, "Columns found in %zu tables such as %s", n, name_of(t));
        doc_heading(d, heading);
        for (size_t k = 0; k < vt_table_columns(t); k++) column(d, t, k);
    }
}

static void tables(const doc *d, const vt_book *book, const char *path)
{
    const size_t n = vt_book_tables(book);
    const vt_table *first = vt_book_table(book, 0);
    char rows[64], wide[64], text[256];
    const vt_image *image = vt_table_image(first);
    if (image) {
        printf("%s: %s, %zu x %zu pixels, slices: %zu, %u bit%s%s%s\n", path, vt_book_format(book), image->width,
               image->height, image->count, image->bits, image->real ? " floating point" : "",
               image->palette ? ", palette" : "", image->colour ? ", with colours" : "");
        return;
    }
    if (n == 1 && !vt_table_label(first)[0]) {
        plural(rows, sizeof rows, vt_table_rows(first), "row");
        plural(wide, sizeof wide, vt_table_columns(first), "column");
        printf("%s: %s, %s, %s", path, vt_book_format(book), rows, wide);
        if (vt_table_rows(first) > 0 && vt_table_line(first, 0) > 0)
            printf(", first row at line %ld", vt_table_line(first, 0));
        printf("\n");
        return;
    }
    plural(text, sizeof text, n, "table");
    printf("%s: %s, %s\n", path, vt_book_format(book), text);
    doc_heading(d, "Tables found");
    for (size_t i = 0; i < n; i++) {
        const vt_table *t = vt_book_table(book, i);
        plural(rows, sizeof rows, vt_table_rows(t), "row");
        plural(wide, sizeof wide, vt_table_columns(t), "column");
        snprintf(text, sizeof text, "%.60s%s%s, %s", vt_table_form(t), vt_table_form(t)[0] ? ", " : "", rows, wide);
        doc_item(d, name_of(t), text);
    }
}

/* ---- metadata: a key once, with its text, or the first and the last of them ---- */
static const char *meta_of(const vt_table *t, const char *key)
{
    for (size_t k = 0; k < vt_table_metas(t); k++)
        if (strcmp(vt_table_meta(t, k).key, key) == 0) return vt_table_meta(t, k).text;
    return NULL;
}

static void metadatum(const doc *d, const vt_book *book, size_t from, const char *key)
{
    const char *first = meta_of(vt_book_table(book, from), key), *last = first;
    char text[TEXT], number[64];
    size_t n = 0;
    bool differ = false;
    for (size_t i = from; i < vt_book_tables(book); i++) {
        const char *own = meta_of(vt_book_table(book, i), key);
        if (!own) continue;
        n++;
        differ = differ || strcmp(own, first) != 0;
        last = own;
    }
    snprintf(text, sizeof text, "%.400s", first);
    plural(number, sizeof number, n, "table");
    if (n > 1) add(text, differ ? " ... %.400s (%s)" : "%s (%s)", differ ? last : "", number);
    doc_item(d, key, text);
}

static void metadata(const doc *d, const vt_book *book)
{
    bool any = false;
    for (size_t i = 0; i < vt_book_tables(book); i++)
        for (size_t k = 0; k < vt_table_metas(vt_book_table(book, i)); k++) {
            const char *key = vt_table_meta(vt_book_table(book, i), k).key;
            bool before = meta_of(vt_book_table(book, i), key) != vt_table_meta(vt_book_table(book, i), k).text;
            for (size_t j = 0; j < i && !before; j++) before = meta_of(vt_book_table(book, j), key) != NULL;
            if (before) continue;
            if (!any) doc_heading(d, "Metadata found");
            any = true;
            metadatum(d, book, i, key);
        }
}

static void left_out(const doc *d, const vt_book *book)
{
    bool any = false;
    for (size_t i = 0; i < vt_book_tables(book); i++) {
        const vt_table *t = vt_book_table(book, i);
        for (size_t k = 0; k < vt_table_notes(t); k++) {
            if (!any) doc_heading(d, "Replaced or left out");
            any = true;
            doc_paragraph(d, vt_table_note(t, k));
        }
    }
    if (vt_book_ignored(book) > 0) doc_heading(d, "Parts of the file that are not read");
    for (size_t i = 0; i < vt_book_ignored(book); i++) doc_paragraph(d, vt_book_ignored_text(book, i));
}

/* ---- what experiments make of it ---- */
/* What one experiment would make of one table: form, columns used, columns ignored, or why it refuses. */
static void judge(const vt_experiment *e, const vt_table *t, char text[TEXT])
{
    vt_table *bound = NULL;
    vt_error why = {0};
    if (vt_experiment_bind(e, t, &bound, &why) != VT_OK) {
        const size_t n = strlen(vt_table_label(t));
        const bool labelled = n > 0 && strncmp(why.msg, vt_table_label(t), n) == 0 && why.msg[n] == ':';
        snprintf(text, TEXT, "refuses it, %s: %s", vt_status_name(why.code), why.msg + (labelled ? n + 2 : 0));
        return;
    }
    const char *form = vt_table_form(bound);
    if (vt_table_image(bound)) {
        snprintf(text, TEXT, "reads it as %s", e->images);
        vt_table_free(bound);
        return;
    }
    snprintf(text, TEXT, form[0] ? "reads as %s: " : "reads ", form);
    for (size_t i = 0; i < vt_table_columns(bound); i++)
        add(text, "%s%s", i ? ", " : "", vt_table_column_name(bound, i));
    for (size_t i = vt_table_notes(t); i < vt_table_notes(bound); i++) add(text, "; %s%s", vt_table_note(bound, i), "");
    vt_table_free(bound);
}

/* One line for all tables of which the experiment says the same. */
static void suits(const doc *d, const vt_experiment *e, const vt_book *book)
{
    const size_t n = vt_book_tables(book);
    char(*text)[TEXT] = calloc(n, sizeof *text);
    for (size_t i = 0; text && i < n; i++) judge(e, vt_book_table(book, i), text[i]);
    for (size_t i = 0; text && i < n; i++) {
        char line[TEXT + 512];
        size_t same = 0;
        bool before = false;
        for (size_t k = 0; k < i && !before; k++) before = strcmp(text[k], text[i]) == 0;
        if (before) continue;
        for (size_t k = i; k < n; k++) same += strcmp(text[k], text[i]) == 0;
        const char *name = name_of(vt_book_table(book, i));
        if (n == 1)
            snprintf(line, sizeof line, "%s", text[i]);
        else if (same == 1)
            snprintf(line, sizeof line, "%.200s: %s", name, text[i]);
        else
            snprintf(line, sizeof line, "%zu tables such as %.200s: %s", same, name, text[i]);
        doc_item(d, e->name, line);
    }
    free(text);
}

/* Text columns differ by experiment, so each one that might read a plain table reads it its own way. */
static void experiments(const doc *d, const cli_args *args, size_t word, const vt_book *plain)
{
    const vt_table *first = vt_book_table(plain, 0);
    const bool again = !vt_table_image(first) && vt_book_tables(plain) == 1 && !vt_table_form(first)[0] &&
                       strcmp(args->words[word], "-") != 0;
    cli_args one = *args;
    one.nwords = word + 1;
    doc_heading(d, "Experiments that read it");
    for (const vt_experiment *const *e = VT_EXPERIMENTS; *e; e++) {
        cli_inputs own = {0};
        const bool read = again && cli_read(&one, word, (*e)->columns, (*e)->forms, &own, NULL) == VT_OK;
        suits(d, *e, read ? own.books[0] : plain);
        cli_inputs_free(&own);
    }
}

vt_status cli_describe_files(const cli_args *args, vt_error *err)
{
    const doc d = {stdout, DOC_TEXT};
    cli_inputs in = {0};
    const vt_status st = cli_read(args, 0, NULL, NULL, &in, err);
    for (size_t i = 0; st == VT_OK && i < in.nbooks; i++) {
        if (i > 0) printf("\n");
        tables(&d, in.books[i], args->words[i]);
        columns(&d, in.books[i]);
        metadata(&d, in.books[i]);
        left_out(&d, in.books[i]);
        experiments(&d, args, i, in.books[i]);
    }
    cli_inputs_free(&in);
    return st;
}
