/* The symbols that vitrum reads in units, and the slips it knows.
 *
 * UDUNITS reads far more: "a" is an are, "pa" a pico-are, "at.%" a hundredth of a technical atmosphere, "kt" a
 * knot, "R" a roentgen, "u" an atomic mass, "e" a charge. A closed list is what keeps such readings out. */
#include "base/units_internal.h"
#include <stddef.h>
#include <string.h>

/* eV and u as in CODATA 2018: UDUNITS 2.2.28 still has the values of 1986. */
static const vti_unit_symbol SYMBOLS[] = {
    {"m", "m", true, 0, 0},
    {"meter", "m", false, 0, 0},
    {"metre", "m", false, 0, 0},
    {"g", "g", true, 0, 0},
    {"s", "s", true, 0, 0},
    {"sec", "s", false, 0, 0},
    {"second", "s", false, 0, 0},
    {"min", "min", false, 0, 0},
    {"minute", "min", false, 0, 0},
    {"h", "h", false, 0, 0},
    {"hr", "h", false, 0, 0},
    {"hrs", "h", false, 0, 0},
    {"hour", "h", false, 0, 0},
    {"d", "d", false, 0, 0},
    {"day", "d", false, 0, 0},
    {"year", "year", false, 0, 0},
    {"A", "A", true, 0, 0},
    {"K", "K", true, 0, 0},
    {"kelvin", "K", false, 0, 0},
    {"Kelvin", "K", false, 0, 0},
    {"degC", "K", false, 0, 'C'},
    {"celsius", "K", false, 0, 'C'},
    {"Celsius", "K", false, 0, 'C'},
    {"degF", "0.55555555555555556 K", false, 0, 'F'},
    {"mol", "mol", true, 0, 0},
    {"cd", "cd", true, 0, 0},
    {"rad", "rad", true, 1, 0},
    {"radian", "rad", false, 1, 0},
    {"deg", "degree", false, 1, 0},
    {"degree", "degree", false, 1, 0},
    {"arcmin", "arcmin", false, 1, 0},
    {"arcsec", "arcsec", false, 1, 0},
    {"Hz", "Hz", true, 0, 0},
    {"N", "N", true, 0, 0},
    {"newton", "N", false, 0, 0},
    {"Newton", "N", false, 0, 0},
    {"Pa", "Pa", true, 0, 0},
    {"pascal", "Pa", false, 0, 0},
    {"Pascal", "Pa", false, 0, 0},
    {"J", "J", true, 0, 0},
    {"joule", "J", false, 0, 0},
    {"Joule", "J", false, 0, 0},
    {"W", "W", true, 0, 0},
    {"watt", "W", false, 0, 0},
    {"Watt", "W", false, 0, 0},
    {"V", "V", true, 0, 0},
    {"volt", "V", false, 0, 0},
    {"Volt", "V", false, 0, 0},
    {"ohm", "ohm", true, 0, 0},
    {"Ohm", "ohm", true, 0, 0},
    {"S", "S", true, 0, 0},
    {"T", "T", true, 0, 0},
    {"Wb", "Wb", true, 0, 0},
    {"L", "L", true, 0, 0},
    {"l", "L", true, 0, 0},
    {"bar", "bar", true, 0, 0},
    {"atm", "atm", false, 0, 0},
    {"torr", "torr", true, 0, 0},
    {"Torr", "torr", true, 0, 0},
    {"mmHg", "mmHg", false, 0, 0},
    {"psi", "psi", false, 0, 0},
    {"ksi", "1000 psi", false, 0, 0},
    {"eV", "1.602176634e-19 J", true, 0, 0},
    {"cal", "cal", true, 0, 0},
    {"erg", "erg", false, 0, 0},
    {"dyn", "dyne", false, 0, 0},
    {"dyne", "dyne", false, 0, 0},
    {"gf", "0.001 kgf", true, 0, 0},
    {"lbf", "lbf", false, 0, 0},
    {"poise", "poise", false, 0, 0},
    {"Poise", "poise", false, 0, 0},
    {"cP", "0.01 poise", false, 0, 0},
    {"angstrom", "angstrom", false, 0, 0},
    {"Angstrom", "angstrom", false, 0, 0},
    {"Ang", "angstrom", false, 0, 0},
    {"micron", "1e-6 m", false, 0, 0},
    {"micrometer", "1e-6 m", false, 0, 0},
    {"micrometre", "1e-6 m", false, 0, 0},
    {"nanometer", "1e-9 m", false, 0, 0},
    {"nanometre", "1e-9 m", false, 0, 0},
    {"millimeter", "1e-3 m", false, 0, 0},
    {"millimetre", "1e-3 m", false, 0, 0},
    {"inch", "inch", false, 0, 0},
    {"in", "inch", false, 0, 0},
    {"amu", "1.66053906660e-27 kg", false, 0, 0},
    {"%", "0.01", false, 0, 0},
    {"percent", "0.01", false, 0, 0},
    {"ppm", "1e-6", false, 0, 0},
    {"ppb", "1e-9", false, 0, 0},
    {"atom", "1", false, 0, 0},
    {"count", "1", false, 0, 0},
    {"counts", "1", false, 0, 0},
    {"cts", "1", false, 0, 0},
    {NULL, NULL, false, 0, 0},
};

static const struct {
    char letter;
    const char *factor;
} PREFIXES[] = {{'a', "1e-18"}, {'f', "1e-15"}, {'p', "1e-12"}, {'n', "1e-9"}, {'u', "1e-6"}, {'m', "1e-3"},
                {'c', "1e-2"},  {'d', "1e-1"},  {'h', "1e2"},   {'k', "1e3"},  {'M', "1e6"},  {'G', "1e9"},
                {'T', "1e12"},  {'P', "1e15"},  {'E', "1e18"},  {0, NULL}};

static const vti_unit_symbol *exact(const char *name)
{
    for (const vti_unit_symbol *s = SYMBOLS; s->name; s++)
        if (strcmp(s->name, name) == 0) return s;
    return NULL;
}

/* seconds, pascals, hours: the plural of a name written out. */
static const vti_unit_symbol *plural(const char *name)
{
    char one[VT_UNIT_TEXT];
    const size_t n = strlen(name);
    if (n < 4 || n >= sizeof one || name[n - 1] != 's') return NULL;
    memcpy(one, name, n - 1);
    one[n - 1] = '\0';
    const vti_unit_symbol *s = exact(one);
    return s && strlen(s->name) > 3 && !s->prefix ? s : NULL;
}

const vti_unit_symbol *vti_unit_symbol_find(const char *name, const char **prefix)
{
    *prefix = NULL;
    const vti_unit_symbol *s = exact(name);
    if (!s) s = plural(name);
    if (s || !name[0] || !name[1]) return s;
    for (size_t i = 0; PREFIXES[i].letter; i++) {
        if (name[0] != PREFIXES[i].letter) continue;
        s = exact(name + 1);
        if (!s || !s->prefix) return NULL;
        *prefix = PREFIXES[i].factor;
        return s;
    }
    return NULL;
}

static const struct {
    const char *name, *hint;
} HINTS[] = {
    {"C", "for a temperature write degC; a charge is A s"},
    {"c", "for a temperature write degC"},
    {"F", "for a temperature write degF"},
    {"k", "for a temperature write K"},
    {"u", "a prefix alone; for micrometres write um"},
    {"n", "a prefix alone; for nanometres write nm"},
    {"p", "a prefix alone"},
    {"M", "a prefix alone; a concentration is mol/L"},
    {"G", "a prefix alone"},
    {"P", "a prefix alone; for the viscosity unit write poise"},
    {"Nm", "write N m for newton metre, nm for nanometre"},
    {"mNm", "write mN m"},
    {"Pas", "write Pa s"},
    {"MPas", "write MPa s"},
    {"GPas", "write GPa s"},
    {"mPas", "write mPa s"},
    {"Js", "write J s"},
    {"a", "for years write year"},
    {"y", "for years write year"},
    {"t", "for a time write s; a mass is 1000 kg"},
    {"sr", "solid angles are not used"},
    {"rpm", "write s-1 or rad/s, which differ by 2 pi"},
    {"since", "a time since a date is not a duration; give seconds from the start of the record"},
    {"from", "an origin is not a unit"},
    {"after", "a time after a date is not a duration; give seconds from the start of the record"},
    {"ref", "an origin is not a unit"},
    {"px", "a pixel is not a length; give the pixel size"},
    {"pixel", "a pixel is not a length; give the pixel size"},
    {"au", "arbitrary units cannot be converted; write 1 if only ratios matter"},
    {"arb", "arbitrary units cannot be converted; write 1 if only ratios matter"},
    {"sqrt", "only whole powers of units are read"},
    {"log", "logarithmic units are not read"},
    {"lg", "logarithmic units are not read"},
    {"dB", "logarithmic units are not read"},
    {NULL, NULL},
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_letters(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if (lower(*a) != lower(*b)) return false;
    return !*a && !*b;
}

const char *vti_unit_hint(const char *name)
{
    for (size_t i = 0; HINTS[i].name; i++)
        if (strcmp(HINTS[i].name, name) == 0) return HINTS[i].hint;
    static const struct {
        const char *name, *hint;
    } CASES[] = {{"MPa", "case matters: MPa, mPa"}, {"GPa", "case matters: GPa"}, {"kPa", "case matters: kPa"},
                 {"Pa", "case matters: Pa"},        {"um", "case matters: um"},   {"mm", "case matters: mm"},
                 {"nm", "case matters: nm"},        {"uN", "case matters: uN"},   {"mN", "case matters: mN"},
                 {"kJ", "case matters: kJ"},        {"eV", "case matters: eV"},   {"Hz", "case matters: Hz"},
                 {"degC", "case matters: degC"},    {"mol", "case matters: mol"}, {NULL, NULL}};
    for (size_t i = 0; CASES[i].name; i++)
        if (same_letters(CASES[i].name, name)) return CASES[i].hint;
    return NULL;
}
