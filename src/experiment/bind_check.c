/* Values of a bound column: finite, and inside the plausible box, else the probable slip (procedures 1.1). */
#include "experiment/experiment_internal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/constants.h>

/* Units that instruments use, for naming the one that was probably meant. */
static const char *const USUAL[] = {"nm",   "um",  "mm",  "m",   "pm", "Pa",  "kPa", "MPa",  "GPa",   "s",    "ms",
                                    "us",   "min", "h",   "N",   "mN", "uN",  "nN",  "Pa s", "MPa s", "kg",   "g",
                                    "mg",   "ug",  "W",   "mW",  "uW", "A",   "mA",  "uA",   "N m",   "mN m", "uN m",
                                    "nN m", "m2",  "um2", "nm2", "m3", "um3", "nm3", "1",    "%",     NULL};

static bool inside(const vt_column *c, double x)
{
    return x >= c->low && x <= c->high;
}

/* "52 um": the value as the file has it. */
static void show(const vt_unit *u, double si, char *buf, size_t size)
{
    const bool plain = strcmp(u->text, "1") == 0;
    snprintf(buf, size, "%.6g%s%s", vt_unit_from_si(u, si), plain ? "" : " ", plain ? "" : u->text);
}

/* The usual unit that is `factor` times the given one; "": none. */
static const char *usual_unit(const vt_unit *origin, double factor)
{
    for (size_t i = 0; USUAL[i]; i++) {
        vt_unit u;
        if (vt_unit_read(USUAL[i], origin->si, &u, NULL) != VT_OK) continue;
        if (fabs(u.scale / (origin->scale * factor) - 1.0) < 1e-9) return USUAL[i];
    }
    return "";
}

/* Power of a thousand that brings the value inside, as near to the middle of the box as can be; 0: none. */
static double likely_factor(const vt_column *c, double si)
{
    static const double FACTORS[] = {1e-3, 1e3, 1e-6, 1e6, 1e-9, 1e9};
    const double middle = c->low > 0.0 ? 0.5 * (log(c->low) + log(c->high)) : log(c->high);
    double best = 0.0, least = INFINITY;
    for (size_t i = 0; i < sizeof FACTORS / sizeof *FACTORS; i++) {
        const double x = si * FACTORS[i], size = fabs(x);
        if (!inside(c, x) || !(size > 0.0) || !(fabs(log(size) - middle) < least)) continue;
        least = fabs(log(size) - middle);
        best = FACTORS[i];
    }
    return best;
}

/* What would bring the value inside; false: nothing simple. */
static bool find_slip(const vt_column *c, const vt_unit *origin, double si, char *hint, size_t size)
{
    if (strcmp(c->unit, "K") == 0) {
        const bool kelvin = origin->offset == 0.0;
        if (kelvin && inside(c, si + 273.15)) {
            snprintf(hint, size, "it looks like degC in a column of K; write [degC] in the header");
            return true;
        }
        if (!kelvin && inside(c, si - 273.15)) {
            snprintf(hint, size, "it looks like K in a column of %s; write [K] in the header", origin->text);
            return true;
        }
        return false;
    }
    if (strcmp(c->unit, "rad") == 0) { /* no thousands of angles */
        const bool degrees = origin->scale == 1.0 && inside(c, si * VT_PI / 180.0);
        if (degrees) snprintf(hint, size, "it looks like degrees in a column of rad; write [deg] in the header");
        return degrees;
    }
    const double slip = likely_factor(c, si);
    if (!(slip > 0.0)) return false;
    const char *meant = usual_unit(origin, slip);
    if (meant[0])
        snprintf(hint, size, "it would fit in %s: is the unit wrong by %g?", meant, slip);
    else
        snprintf(hint, size, "is the unit wrong by %g?", slip);
    return true;
}

static vt_status refuse(const vt_column *c, const vt_table *raw, const vt_unit *origin, size_t row, double si,
                        vt_error *err)
{
    char value[64], low[64], high[64], hint[160];
    show(origin, si, value, sizeof value);
    show(origin, c->low, low, sizeof low);
    show(origin, c->high, high, sizeof high);
    const bool slip = find_slip(c, origin, si, hint, sizeof hint);
    return vt_fail_at(err, slip ? VT_EUNITS : VT_ERANGE, vt_table_path(raw), vt_table_line(raw, row), 0,
                      "%s = %s is outside %s ... %s%s%s", c->name, value, low, high, slip ? "; " : "",
                      slip ? hint : "; correct or remove the row");
}

vt_status vti_bind_check(const vt_column *c, const vt_table *raw, const vt_unit *origin, size_t n, const double *si,
                         vt_error *err)
{
    const bool any = c->low == 0.0 && c->high == 0.0;
    for (size_t i = 0; i < n; i++) {
        if (any ? isfinite(si[i]) : inside(c, si[i])) continue;
        if (isnan(si[i]) && !c->required) continue;
        if (!isfinite(si[i]))
            return vt_fail_at(err, VT_ENAN, vt_table_path(raw), vt_table_line(raw, i), 0,
                              "column '%s' is %s; give a number or remove the row", c->name,
                              isnan(si[i]) ? "missing or nan" : "infinite");
        return refuse(c, raw, origin, i, si[i], err);
    }
    return VT_OK;
}
