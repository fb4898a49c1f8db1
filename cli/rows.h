#pragma once
#include "cli.h"

/* Rows of named cells on standard output: aligned for people, or CSV, or a JSON array of objects. For
 * lists that are not results (alloy cards, the ledger). Cells are numbers or texts. */
typedef struct cli_rows cli_rows;

enum { CLI_ROW_CELLS = 12 }; /* columns at most */

typedef struct cli_cell {
    const char *text; /* NULL: a number */
    double number;    /* NaN: absent */
} cli_cell;

/* names: of the columns, NULL-terminated, borrowed. */
vt_status cli_rows_create(cli_rows **rows, const char *const *names, vt_error *err);
vt_status cli_rows_add(cli_rows *rows, const cli_cell *cells, vt_error *err); /* one cell per column; copied */
vt_status cli_rows_write(const cli_rows *rows, cli_format format, FILE *out, vt_error *err);
void cli_rows_free(cli_rows *rows);
