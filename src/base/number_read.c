/* Whole texts that are numbers, or refused. */
#include "base/number_internal.h"
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include <vitrum/units.h>

static const char *skip_blanks(const char *s)
{
    while (*s == ' ' || *s == '\t') s++;
    return s;
}

vt_status vt_number_read(const char *text, double *value, vt_error *err)
{
    if (!text || !value) return vt_fail(err, VT_EARG, "number or result is NULL");
    const char *s = skip_blanks(text);
    double v = 0.0;
    const char *after = vti_number_scan(s, s + strlen(s), '.', &v);
    if (!after || *skip_blanks(after) || !isfinite(v)) {
        if (after && *after == ',')
            return vt_fail(err, VT_EPARSE, "'%.80s' is not a number: write the decimals after a point", text);
        return vt_fail(err, VT_EPARSE, "'%.80s' is not a finite decimal number", text);
    }
    *value = v;
    return VT_OK;
}

vt_status vt_integer_read(const char *text, long low, long high, long *value, vt_error *err)
{
    if (!text || !value) return vt_fail(err, VT_EARG, "integer or result is NULL");
    const char *s = skip_blanks(text), *c = s;
    const bool negative = *c == '-';
    if (*c == '-' || *c == '+') c++;
    long v = 0;
    bool digits = false, fits = true;
    for (; *c >= '0' && *c <= '9'; c++, digits = true) {
        const long digit = *c - '0';
        if (v > (LONG_MAX - digit) / 10) fits = false;
        if (fits) v = 10 * v + digit;
    }
    if (!digits || *skip_blanks(c)) return vt_fail(err, VT_EPARSE, "'%.80s' is not a whole number", text);
    if (negative) v = -v;
    if (!fits || v < low || v > high) return vt_fail(err, VT_ERANGE, "%.80s is outside %ld ... %ld", s, low, high);
    *value = v;
    return VT_OK;
}
