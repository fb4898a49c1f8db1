/* Texts to and from files, and the locale in which numbers are written. */
#define _POSIX_C_SOURCE 200809L
#include "text_internal.h"
#include "io/file_internal.h"
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <vitrum/io.h>

vt_status vti_text_check(const vti_text *t, vt_error *err)
{
    if (t->failed) return vt_fail(err, VT_EMEMORY, "out of memory after %zu bytes of text", t->n);
    return VT_OK;
}

static vt_status join(char path[VT_ERROR_PATH], const char *dir, const char *name, vt_error *err)
{
    const int n = snprintf(path, VT_ERROR_PATH, "%s/%s", dir, name);
    if (n < 0 || n >= VT_ERROR_PATH)
        return vt_fail(err, VT_ELIMIT, "the path %s/%s is longer than %d bytes; use a shorter folder name", dir, name,
                       VT_ERROR_PATH - 1);
    return VT_OK;
}

vt_status vti_text_save(const vti_text *t, const char *dir, const char *name, vt_error *err)
{
    char path[VT_ERROR_PATH];
    vti_file_out out = {0};
    vt_status st;
    VT_TRY(st = vti_text_check(t, err));
    VT_TRY(st = join(path, dir, name, err));
    VT_TRY(st = vti_file_begin(&out, path, err));
    if (t->n > 0) fwrite(t->s, 1, t->n, out.stream); /* commit reports a failed write */
    VT_TRY(st = vti_file_commit(&out, err));
done:
    vti_file_abandon(&out);
    return st;
}

vt_status vti_text_read(vti_text *t, const char *dir, const char *name, size_t limit, vt_error *err)
{
    char path[VT_ERROR_PATH], *text = NULL;
    size_t size = 0;
    vt_status st;
    VT_TRY(st = join(path, dir, name, err));
    VT_TRY(st = vt_file_text(path, limit, &text, &size, err));
    vti_putn(t, text, size);
    VT_TRY(st = vti_text_check(t, err));
done:
    free(text);
    return st;
}

struct locales {
    locale_t previous, c;
};

void *vti_c_locale_begin(void)
{
    struct locales *l = malloc(sizeof *l);
    if (!l) return NULL;
    l->c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (l->c == (locale_t)0) {
        free(l);
        return NULL;
    }
    l->previous = uselocale(l->c);
    return l;
}

void vti_c_locale_end(void *previous)
{
    struct locales *l = previous;
    if (!l) return;
    uselocale(l->previous);
    freelocale(l->c);
    free(l);
}
