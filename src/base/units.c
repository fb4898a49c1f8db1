/* Units through UDUNITS-2: dimension and scale of what the guard let pass, and numbers with units. */
#include "base/number_internal.h"
#include "base/units_internal.h"
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <udunits2.h>

/* UDUNITS is not thread-safe: everything below is used under this lock. The system is read once; the cache
 * holds readings that succeeded, since a table asks for the same few units again and again. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static ut_system *system_of_units;
static bool loaded;
static locale_t c_locale; /* UDUNITS reads numbers as the locale writes them */

enum { CACHE_SIZE = 256 };
static struct {
    char text[VT_UNIT_TEXT], wanted[VT_UNIT_TEXT];
    vt_unit unit;
    bool used;
} cache[CACHE_SIZE];

/* Spelling of the coherent unit of a dimension, for si_wanted = NULL. */
static const char *const COHERENT[] = {
    "1",       "rad",       "m",      "s",      "K",          "kg",      "N",           "Pa",      "Pa s",   "J",
    "W",       "A",         "V",      "ohm",    "mol",        "cd",      "s-1",         "m-1",     "m2",     "m-2",
    "m3",      "m-3",       "m s-1",  "m2 s-1", "m3 s-1",     "m s-2",   "Pa s-1",      "N m-1",   "N s-1",  "K s-1",
    "K-1",     "W m-1 K-1", "W kg-1", "J kg-1", "J kg-1 K-1", "J mol-1", "J mol-1 K-1", "W mol-1", "kg m-3", "kg mol-1",
    "mol m-3", "m3 mol-1",  "Pa-1",   "m N-1",  "J m-3",      "rad s-1", "rad m-1",     NULL};

static size_t slot_of(const char *text, const char *wanted)
{
    size_t h = 5381;
    for (const char *c = text; *c; c++) h = h * 33 + (unsigned char)*c;
    h = h * 33 + 1;
    for (const char *c = wanted; *c; c++) h = h * 33 + (unsigned char)*c;
    return h % CACHE_SIZE;
}

static vt_status load(vt_error *err)
{
    if (!loaded) {
        loaded = true;
        c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
        if (c_locale) uselocale(c_locale);
        ut_set_error_message_handler(ut_ignore);
        system_of_units = ut_read_xml(NULL);
    }
    if (!system_of_units)
        return vt_fail(err, VT_EIO, "the unit database of UDUNITS-2 cannot be read; install libudunits2-data");
    return VT_OK;
}

/* Factor from unit to wanted, both guarded; 0: other dimension. UDUNITS itself also converts s to 1/s. */
static double factor(const char *unit, const char *wanted)
{
    double scale = 0.0;
    cv_converter *to_one = NULL;
    ut_unit *a = ut_parse(system_of_units, unit, UT_ASCII), *b = ut_parse(system_of_units, wanted, UT_ASCII);
    ut_unit *ratio = a && b ? ut_divide(a, b) : NULL;
    ut_unit *one = ut_get_dimensionless_unit_one(system_of_units);
    if (ratio && ut_is_dimensionless(ratio)) to_one = ut_get_converter(ratio, one);
    if (to_one) scale = cv_convert_double(to_one, 1.0);
    cv_free(to_one);
    ut_free(ratio);
    ut_free(one);
    ut_free(a);
    ut_free(b);
    /* 1e-9 cubed must be 1e-27: rounding of a few products is taken back. */
    if (!isfinite(scale)) return 0.0;
    const double power = scale > 0.0 ? pow(10.0, nearbyint(log10(scale))) : 0.0;
    return power > 0.0 && fabs(scale / power - 1.0) < 1e-14 ? power : scale;
}

static bool same_dimension(const vti_unit_expr *e, const vti_unit_expr *wanted, double *scale)
{
    *scale = factor(e->safe, wanted->safe);
    if (!(*scale > 0.0)) return false;
    /* An angle is a number, but 1/s and rad/s are not the same frequency. */
    const bool plain = strcmp(wanted->text, "1") == 0 || strcmp(wanted->text, "rad") == 0;
    return plain || e->radian == wanted->radian;
}

static vt_status find_coherent(const vti_unit_expr *e, vt_unit *u, vt_error *err)
{
    for (size_t i = 0; COHERENT[i]; i++) {
        vti_unit_expr wanted;
        if (vti_unit_guard(COHERENT[i], &wanted, err) != VT_OK) continue;
        if (e->radian != wanted.radian || !same_dimension(e, &wanted, &u->scale)) continue;
        snprintf(u->si, sizeof u->si, "%s", COHERENT[i]);
        return VT_OK;
    }
    char text[128] = "";
    ut_unit *parsed = ut_parse(system_of_units, e->safe, UT_ASCII);
    const int n = parsed ? ut_format(parsed, text, sizeof text, UT_ASCII | UT_DEFINITION) : -1;
    ut_free(parsed);
    double scale;
    const char *after = n > 0 && (size_t)n < sizeof text ? vti_number_scan(text, text + n, '.', &scale) : text;
    if (!after) after = text;
    while (*after == ' ') after++;
    if (n <= 0 || (size_t)n >= sizeof text || strlen(after) >= sizeof u->si || !*after)
        return vt_fail(err, VT_EUNITS, "unit '%s' is of a dimension that vitrum does not use", e->text);
    snprintf(u->si, sizeof u->si, "%s", after);
    for (char *c = u->si; *c; c++)
        if (*c == '.') *c = ' ';
    vti_unit_expr base;
    u->scale = vti_unit_guard(u->si, &base, NULL) == VT_OK ? factor(e->safe, base.safe) : 0.0;
    if (!(u->scale > 0.0))
        return vt_fail(err, VT_EUNITS, "unit '%s' is of a dimension or size that vitrum does not use", e->text);
    return VT_OK;
}

static vt_status other_dimension(const vti_unit_expr *e, const char *si_wanted, vt_error *err)
{
    const char *hint = "";
    if (strcmp(si_wanted, "J") == 0 && factor(e->safe, "J mol^-1") > 0.0)
        hint = "; an energy per particle is wanted: write eV (1 eV is 96.485 kJ/mol)";
    if (strcmp(si_wanted, "J mol-1") == 0 && factor(e->safe, "J") > 0.0) hint = "; an energy per mole is wanted";
    if (strcmp(si_wanted, "s") == 0 && factor(e->safe, "s^-1") > 0.0) hint = "; it is a rate, not a time";
    if (strcmp(si_wanted, "K") == 0 && strcmp(e->text, "deg") == 0) hint = "; for a temperature write degC";
    if (strcmp(si_wanted, "m") == 0 && strcmp(e->text, "A") == 0) hint = "; for angstroms write angstrom";
    if (strcmp(si_wanted, "1") == 0)
        return vt_fail(err, VT_EUNITS, "unit '%s' where a dimensionless number is wanted", e->text);
    if (strcmp(e->text, "1") == 0)
        return vt_fail(err, VT_EUNITS, "dimensionless, where a unit such as '%s' is wanted", si_wanted);
    return vt_fail(err, VT_EUNITS, "unit '%s' has another dimension than '%s', which is wanted%s", e->text, si_wanted,
                   hint);
}

static vt_status read_locked(const vti_unit_expr *e, const char *si_wanted, vt_unit *u, vt_error *err)
{
    vti_unit_expr wanted = {.safe = "K"};
    const bool scale_given = e->offset != 0; /* a temperature with its zero elsewhere */
    vt_status st = load(err);
    if (st == VT_OK && si_wanted) st = vti_unit_guard(si_wanted, &wanted, err);
    if (st != VT_OK) return st;
    memcpy(u->text, e->text, sizeof u->text);
    if (!si_wanted && !scale_given) return find_coherent(e, u, err);
    if (!same_dimension(e, &wanted, &u->scale)) return other_dimension(e, si_wanted ? si_wanted : "K", err);
    snprintf(u->si, sizeof u->si, "%s", si_wanted ? si_wanted : "K");
    if (e->offset == 'C') u->offset = 273.15;
    if (e->offset == 'F') u->offset = 459.67 * 5.0 / 9.0;
    return VT_OK;
}

vt_status vt_unit_read(const char *text, const char *si_wanted, vt_unit *unit, vt_error *err)
{
    if (!text || !unit) return vt_fail(err, VT_EARG, "unit or result is NULL");
    const char *wanted = si_wanted ? si_wanted : "";
    vti_unit_expr e;
    vt_status st = vti_unit_guard(text, &e, err);
    if (st != VT_OK) return st;
    if (strlen(wanted) >= VT_UNIT_TEXT) return vt_fail(err, VT_EARG, "wanted unit '%.40s...' is too long", wanted);
    pthread_mutex_lock(&lock);
    const size_t slot = slot_of(e.text, wanted);
    if (cache[slot].used && strcmp(cache[slot].text, e.text) == 0 && strcmp(cache[slot].wanted, wanted) == 0) {
        *unit = cache[slot].unit;
        pthread_mutex_unlock(&lock);
        return VT_OK;
    }
    vt_unit u = {.scale = 1.0};
    const locale_t before = uselocale(c_locale); /* 0, the first time, changes nothing */
    st = read_locked(&e, si_wanted, &u, err);
    uselocale(before);
    if (st == VT_OK) {
        memcpy(cache[slot].text, e.text, sizeof e.text);
        snprintf(cache[slot].wanted, sizeof cache[slot].wanted, "%s", wanted);
        cache[slot].unit = u;
        cache[slot].used = true;
        *unit = u;
    }
    pthread_mutex_unlock(&lock);
    return st;
}

double vti_unit_divisor(double scale)
{
    if (!(scale < 1.0)) return 0.0;
    const double inverse = nearbyint(1.0 / scale);
    return inverse <= 1e15 && fabs(inverse * scale - 1.0) < 1e-15 ? inverse : 0.0;
}

/* x * scale. Division by a whole reciprocal is exact where the product is not: 52 um is 5.2e-5 m. */
static double scaled(double scale, double x)
{
    const double divisor = vti_unit_divisor(scale);
    return divisor > 0.0 ? x / divisor : x * scale;
}

double vt_unit_to_si(const vt_unit *unit, double value)
{
    return unit->offset != 0.0 ? value * unit->scale + unit->offset : scaled(unit->scale, value);
}

double vt_unit_interval_to_si(const vt_unit *unit, double u)
{
    return scaled(unit->scale, u);
}

double vt_unit_from_si(const vt_unit *unit, double value)
{
    if (unit->offset != 0.0) return (value - unit->offset) / unit->scale;
    const double divisor = vti_unit_divisor(unit->scale);
    return divisor > 0.0 ? value * divisor : value / unit->scale;
}

vt_status vt_unit_read_value(const char *text, const char *si_wanted, double *si_value, vt_unit *unit, vt_error *err)
{
    if (!text || !si_value) return vt_fail(err, VT_EARG, "text or result is NULL");
    const char *s = text;
    while (*s == ' ' || *s == '\t') s++;
    double number;
    const char *after = vti_number_scan(s, s + strlen(s), '.', &number);
    if (!after || !isfinite(number))
        return vt_fail(err, VT_EPARSE, "'%.60s' is not a number with its unit, as in '52 um'", text);
    if (*after == ',') return vt_fail(err, VT_EPARSE, "'%.60s': write the decimals after a point", text);
    const char *blank = after;
    while (*blank == ' ' || *blank == '\t') blank++;
    if (!*blank && si_wanted && strcmp(si_wanted, "1") != 0 && strcmp(si_wanted, "rad") != 0)
        return vt_fail(err, VT_EUNITS, "'%.60s' has no unit; give one, as in '%.40s %s'", text, s,
                       strcmp(si_wanted, "K") == 0 ? "degC" : si_wanted);
    if ((*blank == '1' && blank == after) || *blank == '-')
        return vt_fail(err, VT_EPARSE, "'%.60s' is not a number with its unit", text);
    vt_unit u;
    const vt_status st = vt_unit_read(blank, si_wanted, &u, err);
    if (st != VT_OK) return st;
    const double si = vt_unit_to_si(&u, number);
    if (!isfinite(si)) return vt_fail(err, VT_EPARSE, "'%.60s' is beyond the range of numbers", text);
    *si_value = si;
    if (unit) *unit = u;
    return VT_OK;
}
