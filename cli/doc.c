/* The three shapes of a description: text wrapped for a terminal, Markdown, roff. */
#include "doc.h"
#include <string.h>
#include <vitrum/version.h>

enum { WIDTH = 79, INDENT = 4, TERM = 26 };

/* Columns that a UTF-8 text of n bytes takes: continuation bytes take none. */
static size_t columns(const char *text, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (((unsigned char)text[i] & 0xC0u) != 0x80u) count++;
    return count;
}

/* Words of text, wrapped at WIDTH; `at` columns of the first line are taken already. */
static void wrap(FILE *out, const char *text, size_t at, size_t indent)
{
    bool first = true;
    while (*text) {
        const size_t blank = strspn(text, " ");
        text += blank;
        const size_t n = strcspn(text, " ");
        if (n == 0) break;
        const size_t w = columns(text, n);
        if (!first && at + 1 + w > WIDTH) {
            fprintf(out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (!first) {
            fputc(' ', out);
            at++;
        }
        fwrite(text, 1, n, out);
        at += w;
        text += n;
        first = false;
    }
    fputc('\n', out);
}

/* Text with the characters escaped that mean something in the format. */
static void escaped(const doc *d, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char c = text[i];
        if (d->format == DOC_MAN && (c == '\\' || c == '-'))
            fputs(c == '-' ? "\\-" : "\\e", d->out);
        else if (d->format == DOC_MAN && i == 0 && (c == '.' || c == '\''))
            fprintf(d->out, "\\&%c", c);
        else if (d->format == DOC_MARKDOWN && c != '\0' && strchr("|<>*[]", c))
            fprintf(d->out, "\\%c", c);
        else
            fputc(c, d->out);
    }
}

void doc_title(const doc *d, const char *name, const char *summary)
{
    switch (d->format) {
    case DOC_TEXT:
        fprintf(d->out, "%s: ", name);
        wrap(d->out, summary, columns(name, strlen(name)) + 2, INDENT);
        break;
    case DOC_MARKDOWN: fprintf(d->out, "# %s\n\n%s\n", name, summary); break;
    case DOC_MAN:
        fprintf(d->out, ".\\\" Made by `vitrum docs --man`; do not edit.\n.TH \"");
        for (const char *c = name; *c; c++)
            fputc(*c == ' ' ? '-' : *c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c, d->out);
        fprintf(d->out, "\" \"1\" \"\" \"vitrum %s\" \"vitrum manual\"\n.SH NAME\n", VT_VERSION);
        for (const char *c = name; *c; c++) *c == ' ' ? fputs("\\-", d->out) : fputc(*c, d->out);
        fputs(" \\- ", d->out);
        escaped(d, summary, strlen(summary));
        fputc('\n', d->out);
        break;
    }
}

void doc_heading(const doc *d, const char *text)
{
    switch (d->format) {
    case DOC_TEXT: fprintf(d->out, "\n%s\n", text); break;
    case DOC_MARKDOWN: fprintf(d->out, "\n## %s\n\n", text); break;
    case DOC_MAN:
        fputs(".SH \"", d->out);
        for (const char *c = text; *c; c++) fputc(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c, d->out);
        fputs("\"\n", d->out);
        break;
    }
}

static void paragraph(const doc *d, const char *text, size_t n, bool first)
{
    char line[4096];
    snprintf(line, sizeof line, "%.*s", (int)n, text);
    switch (d->format) {
    case DOC_TEXT:
        if (!first) fputc('\n', d->out);
        fprintf(d->out, "%*s", INDENT, "");
        wrap(d->out, line, INDENT, INDENT);
        break;
    case DOC_MARKDOWN:
        if (!first) fputc('\n', d->out);
        escaped(d, line, strlen(line));
        fputc('\n', d->out);
        break;
    case DOC_MAN:
        fputs(".PP\n", d->out);
        escaped(d, line, strlen(line));
        fputc('\n', d->out);
        break;
    }
}

void doc_paragraph(const doc *d, const char *text)
{
    bool first = true;
    while (text && *text) {
        const size_t n = strcspn(text, "\n");
        if (n > 0) {
            paragraph(d, text, n, first);
            first = false;
        }
        text += n + (text[n] == '\n');
    }
}

void doc_code(const doc *d, const char *lines)
{
    if (d->format == DOC_MARKDOWN) fputs("```sh\n", d->out);
    if (d->format == DOC_MAN) fputs(".PP\n.nf\n.RS 4\n", d->out);
    while (*lines) {
        const size_t n = strcspn(lines, "\n");
        if (d->format == DOC_TEXT) fprintf(d->out, "%*s", INDENT, "");
        if (d->format == DOC_MAN)
            escaped(d, lines, n);
        else
            fwrite(lines, 1, n, d->out);
        fputc('\n', d->out);
        lines += n + (lines[n] == '\n');
    }
    if (d->format == DOC_MARKDOWN) fputs("```\n", d->out);
    if (d->format == DOC_MAN) fputs(".RE\n.fi\n", d->out);
}

void doc_items_begin(const doc *d, const char *head)
{
    if (d->format == DOC_MARKDOWN) fprintf(d->out, "| %s |\n|---|---|\n", head);
}

void doc_item(const doc *d, const char *term, const char *text)
{
    const size_t n = columns(term, strlen(term));
    switch (d->format) {
    case DOC_TEXT:
        if (n + INDENT + 2 > TERM)
            fprintf(d->out, "%*s%s\n%*s", INDENT, "", term, TERM, "");
        else
            fprintf(d->out, "%*s%s%*s", INDENT, "", term, (int)(TERM - INDENT - n), "");
        wrap(d->out, text, TERM, TERM);
        break;
    case DOC_MARKDOWN:
        fprintf(d->out, "| `");
        for (const char *c = term; *c; c++) *c == '|' ? fputs("\\|", d->out) : fputc(*c, d->out);
        fputs("` | ", d->out);
        escaped(d, text, strlen(text));
        fputs(" |\n", d->out);
        break;
    case DOC_MAN:
        fputs(".TP\n.B ", d->out);
        escaped(d, term, strlen(term));
        fputc('\n', d->out);
        escaped(d, text, strlen(text));
        fputc('\n', d->out);
        break;
    }
}
