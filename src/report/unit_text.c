/* Units as people read them, and the unit in which a value is best read. */
#include "unit_text_internal.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static void put(char *out, size_t size, size_t *n, const char *s)
{
    const size_t k = strlen(s);
    if (*n + k >= size) { /* full: nothing after it either */
        *n = size;
        return;
    }
    memcpy(out + *n, s, k + 1);
    *n += k;
}

static const struct {
    const char *plain, *pretty;
} WORDS[] = {{"degC", "°C"},    {"degree_Celsius", "°C"},
             {"celsius", "°C"}, {"degrees", "°"},
             {"degree", "°"},   {"um", "µm"},
             {"us", "µs"},      {"uN", "µN"},
             {"uA", "µA"},      {"uW", "µW"},
             {"ug", "µg"},      {"uC", "µC"},
             {"uV", "µV"},      {"ohm", "Ω"},
             {"micron", "µm"},  {"angstrom", "Å"},
             {"percent", "%"}};

static const char *const RAISED[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

static void put_raised(char *out, size_t size, size_t *n, const char *number)
{
    for (; *number; number++) put(out, size, n, *number == '-' ? "⁻" : RAISED[*number - '0']);
}

/* One factor: letters and perhaps an exponent, or a number. Returns what follows it. */
static const char *put_factor(const char *s, char *out, size_t size, size_t *n)
{
    char word[32] = "", number[8] = "";
    size_t k = 0;
    while (*s && !strchr(" .*/^-+0123456789()", *s) && k < sizeof word - 1) word[k++] = *s++;
    const bool letters = k > 0;
    while (!letters && isdigit((unsigned char)*s) && k < sizeof word - 1) word[k++] = *s++; /* 10^3 */
    word[k] = '\0';
    if (k > 0 && *s == '^') s++;
    const bool raised = letters || (k > 0 && s[-1] == '^');
    size_t m = 0;
    if (raised && *s == '-' && isdigit((unsigned char)s[1])) number[m++] = *s++;
    while (raised && isdigit((unsigned char)*s) && m < sizeof number - 1) number[m++] = *s++;
    number[m] = '\0';
    const char *shown = word;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strcmp(word, WORDS[i].plain) == 0) shown = WORDS[i].pretty;
    put(out, size, n, shown);
    put_raised(out, size, n, number);
    return s;
}

void vti_unit_pretty(const char *unit, char *out, size_t size)
{
    size_t n = 0;
    if (size > 0) out[0] = '\0';
    if (!unit || strcmp(unit, "1") == 0 || strcmp(unit, "-") == 0) return;
    for (const char *s = unit; *s;) {
        const char *before = s;
        const bool gap = *s == ' ' || *s == '.' || *s == '*';
        if (gap) {
            s++;
            while (*s == ' ') s++;
            if (n > 0 && *s && *s != '/') put(out, size, &n, "·");
        } else {
            s = put_factor(s, out, size, &n);
        }
        if (s == before) { /* a sign, bracket or stray digit: as it is */
            put(out, size, &n, (char[]){*s, '\0'});
            s++;
        }
    }
}

/* Below `below`, in the SI unit, a value of dimension si reads best in `unit`. Rows of one dimension
 * stand in rising order; above the last the SI unit stays. */
static const struct scale {
    const char *si;
    double below;
    const char *unit;
} SCALES[] = {
    {"m", 1e-6, "nm"},
    {"m", 1e-3, "um"},
    {"m", 1.0, "mm"},
    {"Pa", 1e3, "Pa"},
    {"Pa", 1e6, "kPa"},
    {"Pa", 1e9, "MPa"},
    {"Pa", 1e15, "GPa"},
    {"N", 1e-6, "nN"},
    {"N", 1e-3, "uN"},
    {"N", 1.0, "mN"},
    {"J", 1e-15, "eV"},
    {"J", 1e-9, "pJ"},
    {"J", 1e-6, "nJ"},
    {"s", 1e-6, "ns"},
    {"s", 1e-3, "us"},
    {"s", 1.0, "ms"},
    {"s", 300.0, "s"},
    {"s", 7200.0, "min"},
    {"s", 259200.0, "h"},
    {"s", 1e9, "d"},
    {"m2", 1e-14, "nm^2"},
    {"m2", 1e-8, "um^2"},
    {"m2", 1e-2, "mm^2"},
    {"m3", 1e-22, "nm^3"},
    {"m3", 1e-13, "um^3"},
    {"m3", 1e-4, "mm^3"},
    {"kg", 1e-6, "ug"},
    {"kg", 1e-3, "mg"},
    {"kg", 1.0, "g"},
    {"A", 1e-3, "uA"},
    {"A", 1.0, "mA"},
    {"W", 1e-3, "uW"},
    {"W", 1.0, "mW"},
    {"J mol-1", 1e3, "J mol-1"},
    {"J mol-1", 1e9, "kJ mol-1"},
    {"J kg-1", 1e9, "J g-1"},
    {"m N-1", 1.0, "nm mN-1"},
    {"m s-1", 1e-6, "nm s-1"},
    {"m s-1", 1e-3, "um s-1"},
    {"m s-1", 1.0, "mm s-1"},
    {"N m", 1e-6, "nN m"},
    {"N m", 1e-3, "uN m"},
    {"N m", 1.0, "mN m"},
    {"Pa m", 1e15, "GPa um"},
};

/* m^3/s and m3 s-1 are one spelling: drops ^ and turns one / into a negative exponent. */
static void plain_spelling(const char *si, char out[32])
{
    size_t n = 0;
    bool below = false, digits = false;
    for (; *si && n < 28; si++) {
        if (*si == '^') continue;
        if (*si == '/' || *si == '*' || *si == '.') {
            below = below || *si == '/';
            out[n++] = ' ';
            continue;
        }
        digits = isdigit((unsigned char)*si) != 0;
        if (below && digits && n > 0 && isalpha((unsigned char)out[n - 1])) out[n++] = '-';
        out[n++] = *si;
    }
    if (below && !digits) {
        out[n++] = '-';
        out[n++] = '1';
    }
    out[n] = '\0';
}

/* A point on the temperature scale, not a difference, nor the T0 and B of a law that live in kelvin. */
static bool on_celsius_scale(const char *name)
{
    static const char *const points[] = {"temperature", "transition", "breakdown", "onset",
                                         "midpoint",    "liquidus",   "maximum",   "minimum"};
    static const char *const others[] = {"difference", "shift", "width", "interval",   "step",
                                         "rise",       "ramp",  "vft",   "uncertainty"};
    bool point = false;
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) point = point || strstr(name, points[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) point = point && !strstr(name, others[i]);
    return point;
}

void vti_unit_choose(const char *name, const char *si, double value, vt_unit *unit)
{
    char plain[32];
    const char *best = si;
    plain_spelling(si, plain);
    const size_t n = sizeof SCALES / sizeof *SCALES;
    for (size_t i = n; i-- > 0;)
        if (strcmp(plain, SCALES[i].si) == 0 && fabs(value) < SCALES[i].below * (1.0 - 1e-9)) best = SCALES[i].unit;
    if (value == 0.0) best = si;
    if (strcmp(si, "K") == 0 && on_celsius_scale(name)) best = "degC";
    if (strcmp(si, "rad") == 0) best = "degree";
    vt_error ignored;
    if (vt_unit_read(best, si, unit, &ignored) == VT_OK) return;
    *unit = (vt_unit){.scale = 1.0};
    snprintf(unit->text, sizeof unit->text, "%s", si);
    snprintf(unit->si, sizeof unit->si, "%s", si);
}
