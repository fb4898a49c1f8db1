#pragma once
#include <stdint.h>

/* Reads the longest decimal number that starts at p and ends before end:
 * [+-] digits [decimal digits] [(e|E) [+-] digits], with at least one digit; nothing else ("nan", "inf",
 * hexadecimal, blanks, thousands separators) is a number.
 *
 * decimal  '.' or ','
 * v        out: the double nearest to the decimal number (ties to even), +-HUGE_VAL beyond the range
 *
 * Returns the position after the number, or NULL if none starts at p (*v untouched). A dangling exponent
 * ("1e", "2e+") is not part of the number. No locale, no allocation, thread-safe.
 * Source: Lemire, Softw. Pract. Exp. 51 (2021) 1700; Mushtak & Lemire, Softw. Pract. Exp. 53 (2023) 1467
 * (why no fallback is needed for up to 19 digits); longer numbers are settled by exact integers. */
const char *vti_number_scan(const char *p, const char *end, char decimal, double *v);

enum { VTI_NUMBER_TEXT = 32 };

/* Writes the shortest of 15, 16 or 17 significant digits that vti_number_scan reads back exactly, decimal
 * point whatever the locale; "nan" for NaN, "inf" and "-inf". Returns the length. */
int vti_number_write(double v, char buf[VTI_NUMBER_TEXT]);

/* v with `precision` significant digits (1 ... 17), decimal point whatever the locale. Returns the length. */
int vti_number_digits(double v, int precision, char buf[VTI_NUMBER_TEXT]);

enum { VTI_POWERS = 651, VTI_POWER_LOW = -342, VTI_POWER_HIGH = 308 };
extern const uint64_t VTI_POWERS_OF_FIVE[VTI_POWERS][2];

/* Decides which of the neighbours low and the next double above it is nearest to the decimal number
 * digits * 10^exponent (ties to even). digits: n characters '0' ... '9' with at most one decimal character
 * among them that is skipped; exponent counts from the last digit. low must be finite, >= 0. */
double vti_number_settle(const char *digits, long n, long exponent, double low);
