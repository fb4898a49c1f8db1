/* What the text of a picture says: metadata lines of vitrum, the unit of ImageJ. */
#include "io/image/image_internal.h"
#include <stdio.h>
#include <string.h>

enum { LINE = 512 };

/* "# voxel: 64.1 [nm]" gives "voxel" and "64.1 nm"; other lines give nothing. */
static bool metadata(const char *line, size_t n, char key[LINE], char text[LINE])
{
    if (n < 3 || n >= LINE || line[0] != '#' || line[1] != ' ') return false;
    const char *colon = memchr(line, ':', n);
    if (!colon || colon == line + 2) return false;
    const size_t k = (size_t)(colon - line) - 2;
    memcpy(key, line + 2, k);
    key[k] = '\0';
    size_t from = (size_t)(colon - line) + 1, m = 0;
    while (from < n && line[from] == ' ') from++;
    const char *open = n > 0 && line[n - 1] == ']' ? memchr(line + from, '[', n - from) : NULL;
    for (size_t i = from; i < n; i++)
        if (!open || (line + i != open && i != n - 1)) text[m++] = line[i];
    text[m] = '\0';
    return true;
}

/* Metres of ImageJ's "unit=micron"; 0: not a unit of length that it writes. */
static double metres(const char *unit, size_t n)
{
    static const struct {
        const char *name;
        double scale;
    } UNITS[] = {{"nm", 1e-9}, {"um", 1e-6}, {"\xC2\xB5m", 1e-6}, {"\xB5m", 1e-6}, {"\\u00B5m", 1e-6}, {"micron", 1e-6},
                 {"mm", 1e-3}, {"cm", 1e-2}, {"m", 1.0},          {"pm", 1e-12},   {"nanometer", 1e-9}};
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
        if (strlen(UNITS[i].name) == n && memcmp(unit, UNITS[i].name, n) == 0) return UNITS[i].scale;
    return 0.0;
}

vt_status vti_description_read(const char *text, vt_table *table, double *unit, vt_error *err)
{
    char key[LINE], value[LINE];
    const bool imagej = strncmp(text, "ImageJ=", 7) == 0;
    vt_status st = VT_OK;
    *unit = 0.0;
    for (const char *line = text; st == VT_OK && *line;) {
        const size_t n = strcspn(line, "\r\n");
        if (imagej && n > 5 && memcmp(line, "unit=", 5) == 0) *unit = metres(line + 5, n - 5);
        if (table && metadata(line, n, key, value)) st = vt_table_add_meta(table, key, value, 0, err);
        line += n;
        line += strspn(line, "\r\n");
    }
    return st;
}
