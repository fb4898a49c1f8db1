#pragma once
#include "check.h"

/* Half a unit of the last printed digit of a number: 1.6710e9 -> 5e4. */
static inline double half_unit(const char *printed)
{
    int decimals = 0, exponent = 0;
    const char *e = strpbrk(printed, "eE");
    const char *dot = strchr(printed, '.');
    if (dot) decimals = (int)((e ? e : printed + strlen(printed)) - dot) - 1;
    if (e) exponent = (int)strtol(e + 1, NULL, 10);
    return 0.5 * pow(10.0, exponent - decimals);
}

/* value rounds to the printed number. 1e-9 of it more, for the decimal exactly half way. */
#define CHECK_PRINTED(value, printed) \
    do { \
        const double printed_number = strtod(printed, NULL); \
        CHECK_ABS(value, printed_number, half_unit(printed) + 1e-9 * fabs(printed_number)); \
    } while (0)

/* |log2 of the ratio of two errors| of a central difference with steps h and h/2: order 2. */
#define CHECK_ORDER_2(error_h, error_half) CHECK_ABS(log2(fabs(error_h) / fabs(error_half)), 2.0, 0.05)
