#pragma once
#include <stdio.h>
#include "cli.h"

/* One description, three shapes: text for the terminal, Markdown for docs/, roff for man. */
typedef enum doc_format { DOC_TEXT, DOC_MARKDOWN, DOC_MAN } doc_format;

typedef struct doc {
    FILE *out;
    doc_format format;
} doc;

void doc_title(const doc *d, const char *name, const char *summary); /* page and what it is about */
void doc_heading(const doc *d, const char *text);
void doc_paragraph(const doc *d, const char *text); /* wrapped; a newline starts a new paragraph */
void doc_code(const doc *d, const char *lines);     /* as it stands, indented */
/* A list of items follows: head is the Markdown table's head, "parameter | meaning". */
void doc_items_begin(const doc *d, const char *head);
void doc_item(const doc *d, const char *term, const char *text);

/* Pages. */
void doc_main(const doc *d);                          /* vitrum itself: commands, files, exit status */
void doc_command(const doc *d, const cli_command *c); /* one command with its options and examples */
void doc_experiment(const doc *d, const vt_experiment *e);
void doc_forecast(const doc *d, const vt_forecast *f);
void doc_registry(const doc *d); /* every experiment, process and map in one line each */
void doc_parameters(const doc *d, const char *heading, const vt_param *table);
