#pragma once
#include <stdbool.h>
#include <vitrum/result.h>

/* Figures and the HTML report of results.
 *
 * Every figure is a data file and a gnuplot script that a user can restyle, and, if gnuplot is found
 * when the report is written, an SVG (text as text) and a PNG of publication size: 89 mm wide, 8 pt.
 * The report is one HTML page that needs no network, no script and no other file.
 *
 * The same input gives the same bytes. SOURCE_DATE_EPOCH, if set, adds the date it stands for. gnuplot
 * is looked up in PATH; the environment variable VITRUM_GNUPLOT names another program. It is started
 * without a shell and without the user's start-up file, and ended when it takes too long. */

/* What became of the figures. note: "" or one line for standard error, "gnuplot was not found: ..." */
typedef struct vt_render {
    size_t written; /* figures whose data and script were written */
    size_t drawn;   /* of these, figures with SVG and PNG */
    char note[VT_ERROR_TEXT];
} vt_render;

/* Writes dir/figures/<name>.csv and .gp for every figure of *r and, if draw, .svg and .png with one
 * gnuplot process. dir exists; dir/figures is made if the result has figures. Missing gnuplot or a figure
 * that gnuplot cannot draw is a note, not a failure.
 *
 * done  out  counts and note; NULL allowed
 *
 * VT_EARG: NULL. VT_EINTERNAL: a figure names a curve or column that the result does not have, or its
 * name has other characters than a-z, 0-9, '_' and '-' (64 at most). VT_EUNITS: an axis unit that does not
 * fit its columns. VT_EWRITE: a file cannot be written. */
vt_status vt_report_figures(const vt_result *r, const char *dir, bool draw, vt_render *done, vt_error *err);

/* One of the numbers that matter. */
typedef struct vt_answer {
    const char *label;           /* "Largest critical diameter" */
    const vt_property *property; /* value, interval and unit are printed from it; borrowed; NULL: text only */
    const char *text;            /* instead of a property: the answer in words; may be NULL */
    const char *sentence;        /* one sentence: what it means; may be NULL */
} vt_answer;

/* One part of the page: a result, or words only. */
typedef struct vt_section {
    const char *heading;     /* "Molding lengths reduced" */
    const char *text;        /* a paragraph; blank lines part paragraphs; may be NULL */
    const vt_result *result; /* borrowed; NULL: words only */
    const char *folder;      /* where its figures go, below dir: "steps/fit" gives dir/steps/fit/figures. NULL or "":
                                dir/figures. Letters, digits, '_', '-', '.' and '/'; it exists already */
} vt_section;

/* The page. Strings are plain UTF-8 text, borrowed; NULL is absent. Everything is escaped. */
typedef struct vt_report {
    const char *title;
    const char *question;
    const char *reference; /* paper that the study follows */
    size_t nanswers;       /* three is good */
    const vt_answer *answers;
    size_t nsections;
    const vt_section *sections;
    size_t nnotes; /* remarks under the answer */
    const char *const *notes;
    const char *command_line; /* repeats the run */
    const char *study_path;   /* as given */
    const char *study_text;   /* the study file, shown under provenance */
    bool draw;                /* run gnuplot; false: data and scripts only */
} vt_report;

/* Writes the figures of all sections (one gnuplot process) and dir/report.html. dir exists. Figures of
 * two sections that share a folder and a name are VT_EINTERNAL.
 * Codes as vt_report_figures. On failure there is no report.html. */
vt_status vt_report_write(const char *dir, const vt_report *doc, vt_render *done, vt_error *err);

/* The page of a single result: title and question from its kind and name; the answer is its first three
 * properties with an uncertainty that are no family over temperatures, specimens ... (else its first three). */
vt_status vt_report_result(const char *dir, const vt_result *r, const char *command_line, bool draw, vt_render *done,
                           vt_error *err);
