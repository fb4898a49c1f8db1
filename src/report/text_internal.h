#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <vitrum/error.h>

/* A growing text. Appending never fails visibly: out of memory sets `failed`, and vti_text_save or
 * vti_text_check tells. Start with {0}; release with vti_text_free. */
typedef struct vti_text {
    char *s; /* terminated, NULL while empty */
    size_t n, room;
    bool failed;
} vti_text;

void vti_text_free(vti_text *t);
void vti_put(vti_text *t, const char *s); /* as it is; NULL is "" */
void vti_putn(vti_text *t, const char *s, size_t n);
void vti_putf(vti_text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Text for HTML or XML content and quoted attributes: & < > " ' become entities; broken UTF-8, control
 * characters and direction overrides become U+FFFD (tab and line feed stay). */
void vti_put_html(vti_text *t, const char *s);

/* The same for sentences and titles: "297 degC" is shown as "297 °C". Not for paths and code. */
void vti_put_words(vti_text *t, const char *s);

/* A gnuplot string in single quotes, in which gnuplot neither runs `commands` nor expands @macros:
 * apostrophe and backtick become typographic quotes, anything below a space becomes a space; "degC" as above. */
void vti_put_gnuplot(vti_text *t, const char *s);

/* One CSV cell. */
void vti_put_csv(vti_text *t, const char *s);

/* data:<type>;base64,... */
void vti_put_data_uri(vti_text *t, const char *type, const char *data, size_t n);

/* VT_EMEMORY if something was lost. */
vt_status vti_text_check(const vti_text *t, vt_error *err);
/* Writes dir/name whole or not at all. */
vt_status vti_text_save(const vti_text *t, const char *dir, const char *name, vt_error *err);
/* Reads a file of at most limit bytes. */
vt_status vti_text_read(vti_text *t, const char *dir, const char *name, size_t limit, vt_error *err);

/* Next code point; U+FFFD for a broken byte; 0 at the end. */
unsigned long vti_utf8_next(const char **s);
/* Number of code points. */
size_t vti_utf8_length(const char *s);

/* Numbers are written with a decimal point whatever the locale: begin returns what end takes back. */
void *vti_c_locale_begin(void);
void vti_c_locale_end(void *previous);
