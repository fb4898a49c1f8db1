#pragma once
#include <jansson.h>
#include <stdio.h>
#include <vitrum/error.h>

/* Writes a JSON object: its members one a line, lists of objects one object a line, the rest inline. Numbers have
 * the fewest digits that read back exactly (Jansson alone writes 0.1 as 0.10000000000000001). Members keep the order
 * in which they were set. VT_EIO; VT_EINTERNAL: a value that is no JSON. */
vt_status vti_json_write(const json_t *object, FILE *out, vt_error *err);

/* A text; bytes that are not UTF-8 (a file name of an old disk) become '?'. NULL: no memory. */
json_t *vti_json_text(const char *text);

/* Sets a member; a NULL value or failure is remembered in *st. Takes over value. */
void vti_json_set(json_t *object, const char *key, json_t *value, vt_status *st);
/* Same for the next item of a list. */
void vti_json_append(json_t *list, json_t *value, vt_status *st);
