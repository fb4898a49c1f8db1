#pragma once
#include <tiffio.h>

/* Handlers of libtiff for a file in memory, whether it is read or written. */

static inline int vti_tiff_close(thandle_t handle)
{
    (void)handle;
    return 0;
}

/* Takes a message and prints nothing. */
static inline int vti_tiff_silent(TIFF *tiff, void *data, const char *module, const char *format, va_list args)
{
    (void)tiff, (void)data, (void)module, (void)format, (void)args;
    return 1;
}
