/* Which picture of a file the settings of a run ask for. */
#include "base/number_internal.h"
#include <string.h>
#include <vitrum/io.h>

void vt_read_pictures(vt_read_options *options, size_t n, const vt_setting *settings)
{
    for (size_t i = 0; i < n; i++) {
        double v;
        if (strcmp(settings[i].key, "dataset") == 0) options->dataset = settings[i].text;
        if (strcmp(settings[i].key, "slice") != 0) continue;
        const bool read = vt_number_read(settings[i].text, &v, NULL) == VT_OK;
        options->slice = read && v >= 1.0 && v <= 1e6 ? (long)v : 0;
    }
}
