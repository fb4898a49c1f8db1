#pragma once
#include <stdbool.h>
#include <vitrum/error.h>

/* Units, through UDUNITS-2 behind a guard.
 *
 * The guard refuses by name what UDUNITS would misread or read as something else: a non-integer
 * exponent ("GPa m^0.5"), a stray digit, a bare prefix, a time reference ("since"), an unknown
 * dimension. Both UTF-8 and Latin-1 mu, degree sign and middle dot are understood. "degC" and
 * "K" are both temperatures, but differ by an offset: vt_unit_factor refuses degC, so a Celsius
 * value can never enter a ratio or product; vt_unit_to_si converts it with its offset. */

enum { VT_UNIT_TEXT = 32 };

typedef struct vt_unit {
    char text[VT_UNIT_TEXT]; /* as written, trimmed, in ASCII ("um", "degC"); "1" if dimensionless */
    char si[VT_UNIT_TEXT];   /* the coherent SI unit of the same dimension, UDUNITS spelling, e.g. "Pa s" */
    double scale;            /* si value = scale * value + offset */
    double offset;           /* != 0 only for temperatures with an offset (degC, degF) */
} vt_unit;

/* Reads a unit as people write it ("um", "MPa", "Pa*s", "degC", "%", "" or "1" or "-": dimensionless).
 * si_wanted: the SI unit that the value must have ("m", "Pa s", "K", "1"), or NULL for any; the
 * result's si is then si_wanted itself. Thread-safe.
 * VT_EUNITS: unknown, refused by the guard, or of another dimension; the text names both. */
vt_status vt_unit_read(const char *text, const char *si_wanted, vt_unit *unit, vt_error *err);

/* value in *unit to SI. */
double vt_unit_to_si(const vt_unit *unit, double value);

/* SI value to *unit. */
double vt_unit_from_si(const vt_unit *unit, double value);

/* A standard uncertainty or difference in *unit to SI: scale only, no offset. */
double vt_unit_interval_to_si(const vt_unit *unit, double u);

/* Number with unit as people write it: "52um", "297 degC", "1.25 GPa", "0.05", "2e-3 1/s".
 * A bare number is taken for dimensionless, and refused (VT_EUNITS) if si_wanted is a dimension.
 * The number is parsed whole, C locale, decimal point; no "nan" or "inf". */
vt_status vt_unit_read_value(const char *text, const char *si_wanted, double *value_si, vt_unit *unit, vt_error *err);

/* Parses a whole C-locale decimal number; VT_EPARSE if anything is left over or it is not finite. */
vt_status vt_number_read(const char *text, double *value, vt_error *err);

/* Whole decimal integer in [low, high]. */
vt_status vt_integer_read(const char *text, long low, long high, long *value, vt_error *err);
