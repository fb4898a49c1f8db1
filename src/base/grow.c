/* Arrays that grow by one entry at a time. */
#include "base/grow_internal.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *vti_copy(const char *text)
{
    const size_t n = strlen(text) + 1;
    char *copy = malloc(n);
    if (copy) memcpy(copy, text, n);
    return copy;
}

void *vti_grow(void *array, size_t used, size_t *room, size_t size)
{
    if (used < *room) return array;
    const size_t wanted = *room ? 2 * *room : 8;
    if (wanted > SIZE_MAX / 2 / size) return NULL;
    void *bigger = realloc(array, wanted * size);
    if (bigger) *room = wanted;
    return bigger;
}

vt_status vti_grow_by_one(void *array, size_t n, size_t size, vt_error *err)
{
    void *old;
    memcpy(&old, array, sizeof old);
    if (n > 0 && (n & (n - 1)) != 0) return VT_OK; /* room until the next power of two */
    const size_t room = n ? 2 * n : 1;
    if (room > SIZE_MAX / size) return vt_fail(err, VT_EMEMORY, "%zu entries of %zu bytes", room, size);
    void *grown = realloc(old, room * size);
    if (!grown) return vt_fail(err, VT_EMEMORY, "%zu entries of %zu bytes", room, size);
    memcpy(array, &grown, sizeof grown);
    return VT_OK;
}

vt_status vti_keep_text(char ***list, size_t *n, size_t *room, vt_error *err, const char *fmt, va_list args)
{
    char text[512];
    vsnprintf(text, sizeof text, fmt, args);
    char **grown = vti_grow(*list, *n, room, sizeof *grown);
    if (grown) *list = grown;
    char *copy = grown ? vti_copy(text) : NULL;
    if (!copy) return vt_fail(err, VT_EMEMORY, "no memory for a note");
    grown[(*n)++] = copy;
    return VT_OK;
}
