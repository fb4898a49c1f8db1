/* What unit a column without one might have, from its name: for messages only. */
#include "base/units_internal.h"
#include <ctype.h>
#include <string.h>

bool vti_name_holds(const char *name, const char *part)
{
    const size_t n = strlen(part);
    for (; *name; name++) {
        size_t i = 0;
        while (i < n && tolower((unsigned char)name[i]) == part[i]) i++;
        if (i == n) return true;
    }
    return false;
}

const char *vti_unit_likely(const char *name)
{
    static const char *const LIKELY[][2] = {
        {"temp", "K"},      {"time", "s"},    {"load", "mN"},    {"force", "N"},  {"depth", "nm"},
        {"length", "um"},   {"diam", "nm"},   {"stress", "MPa"}, {"strain", "1"}, {"angular freq", "rad/s"},
        {"viscos", "Pa s"}, {"press", "MPa"}, {"modulus", "GPa"}};
    for (size_t i = 0; i < sizeof LIKELY / sizeof *LIKELY; i++)
        if (vti_name_holds(name, LIKELY[i][0])) return LIKELY[i][1];
    return name[0] == 'T' && strlen(name) <= 2 ? "K" : "UNIT";
}
