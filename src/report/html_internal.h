#pragma once
#include "figures_internal.h"
#include "unit_text_internal.h"

/* The HTML page while it is written. Everything that comes from files or users goes through
 * vti_put_html. */

extern const char *const VTI_STYLE[]; /* lines of CSS; NULL ends */

typedef struct vti_page {
    vti_text *out;
    const char *dir;
    const vt_report *doc;
    size_t ndrawings;
    const vti_drawing *drawings;
    const char *note;       /* of the renderer; "" if all figures are drawn */
    size_t figures, tables; /* numbered so far */
    bool readings_told;     /* what paper and physics mean stands on the page once */
} vti_page;

/* A table in a labelled region that scrolls: begin, then rows, then end. heads: NULL-terminated; a head
 * that starts with '>' is of a numeric column. */
void vti_table_begin(vti_page *p, const char *caption, const char *const *heads);
void vti_table_end(vti_page *p);
/* One cell, escaped: tag "th" (row header) or "td"; css class or NULL. */
void vti_cell(vti_text *t, const char *tag, const char *css, const char *text);

/* Parts of a section; each writes nothing if the result has nothing of the kind. */
vt_status vti_html_figures(vti_page *p, const vt_result *r, vt_error *err);
void vti_html_properties(vti_page *p, const vt_result *r);
void vti_html_budgets(vti_page *p, const vt_result *r);
void vti_html_models(vti_page *p, const vt_result *r);
/* folder: of the result, below that of the page; NULL: the same. Long tables are linked to. */
void vti_html_curves(vti_page *p, const char *folder, const vt_result *r);
void vti_html_segments(vti_page *p, const vt_result *r);
void vti_html_warnings(vti_page *p, const vt_result *r);
void vti_html_provenance(vti_page *p);

/* "temperature 287 °C, specimen w52": what a property belongs to. */
void vti_show_scope(const vt_property *p, char *out, size_t size);
/* <span class="badge paper">paper</span>; nothing for "". */
void vti_put_reading(vti_text *t, const char *reading);
/* Paragraphs of a text, parted by blank lines. */
void vti_put_paragraphs(vti_text *t, const char *text);

/* The whole page; drawings are written already. */
vt_status vti_html_page(vti_page *p, vt_error *err);
