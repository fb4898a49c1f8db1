/* JSON text from a Jansson tree, with numbers as short as exact. */
#include "base/number_internal.h"
#include "io/json_internal.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { JSON_DEPTH = 12 }; /* a result is six deep */

json_t *vti_json_text(const char *text)
{
    json_t *s = json_string(text);
    if (s) return s;
    char *plain = malloc(strlen(text) + 1);
    if (!plain) return NULL;
    strcpy(plain, text);
    for (char *c = plain; *c; c++)
        if ((unsigned char)*c >= 0x80) *c = '?';
    s = json_string(plain);
    free(plain);
    return s;
}

void vti_json_set(json_t *object, const char *key, json_t *value, vt_status *st)
{
    if (json_object_set_new(object, key, value) != 0) *st = VT_EINTERNAL;
}

void vti_json_append(json_t *list, json_t *value, vt_status *st)
{
    if (json_array_append_new(list, value) != 0) *st = VT_EINTERNAL;
}

static int put(const json_t *value, FILE *out, int depth);

/* One a line, below a bracket. */
static void new_line(FILE *out, int depth)
{
    fputc('\n', out);
    for (int i = 0; i < depth; i++) fputs("  ", out);
}

static int put_object(const json_t *object, FILE *out, int depth)
{
    const char *key;
    json_t *value;
    int good = 1, first = 1;
    fputc('{', out);
    for (void *i = json_object_iter((json_t *)object); i; i = json_object_iter_next((json_t *)object, i)) {
        key = json_object_iter_key(i);
        value = json_object_iter_value(i);
        if (!first) fputs(depth == 0 ? "," : ", ", out);
        if (depth == 0) new_line(out, 1);
        first = 0;
        json_t *name = json_string(key);
        good = good && name && json_dumpf(name, out, JSON_ENCODE_ANY) == 0;
        json_decref(name);
        fputs(": ", out);
        good = put(value, out, depth + 1) && good;
    }
    if (depth == 0 && !first) fputc('\n', out);
    fputc('}', out);
    return good;
}

static int put_list(const json_t *list, FILE *out, int depth)
{
    const size_t n = json_array_size(list);
    const int lines = depth == 1 && n > 0 && json_is_object(json_array_get(list, 0));
    int good = 1;
    fputc('[', out);
    for (size_t i = 0; i < n; i++) {
        if (i > 0) fputs(lines ? "," : ", ", out);
        if (lines) new_line(out, 2);
        good = put(json_array_get(list, i), out, depth + 1) && good;
    }
    if (lines) new_line(out, 1);
    fputc(']', out);
    return good;
}

static int put(const json_t *value, FILE *out, int depth)
{
    char number[VTI_NUMBER_TEXT];
    if (depth > JSON_DEPTH || !value) return 0;
    switch (json_typeof(value)) {
    case JSON_OBJECT: return put_object(value, out, depth);
    case JSON_ARRAY: return put_list(value, out, depth);
    case JSON_REAL: vti_number_write(json_real_value(value), number); return fputs(number, out) >= 0;
    default: return json_dumpf(value, out, JSON_ENCODE_ANY) == 0;
    }
}

vt_status vti_json_write(const json_t *object, FILE *out, vt_error *err)
{
    const int good = put(object, out, 0);
    fputc('\n', out);
    if (ferror(out)) return vt_fail(err, VT_EWRITE, "JSON cannot be written: %s", strerror(errno));
    return good ? VT_OK : vt_fail(err, VT_EINTERNAL, "a value that is no JSON");
}
