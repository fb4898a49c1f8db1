#pragma once
#include <stdarg.h>
#include <vitrum/error.h>

/* Arrays that grow by one entry at a time. */

/* Makes room for one more element of `size` bytes in a growing array; returns the array, or NULL. */
void *vti_grow(void *array, size_t used, size_t *room, size_t size);

/* The same for an array of n entries that does not remember its room: grows by doubling at powers of two.
 * array: address of the pointer to the array, of any object type. */
vt_status vti_grow_by_one(void *array, size_t n, size_t size, vt_error *err);

/* malloc'd copy of a string, NULL if memory is short. */
char *vti_copy(const char *text);

/* Appends a text, cut at 511 bytes, to a growing list of owned texts. */
vt_status vti_keep_text(char ***list, size_t *n, size_t *room, vt_error *err, const char *fmt, va_list args)
    __attribute__((format(printf, 5, 0)));
