/* Decimal numbers to the nearest double, and back, without the locale. */
#include "base/number_internal.h"
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { EXACT_DIGITS = 19, EXPONENT_CAP = 100000 };

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
/* Eight digits at once (Lemire 2021, section 3): false if one of the eight bytes is no digit. */
static bool eight_digits(const char *p, uint64_t *value)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    if ((((v + 0x4646464646464646u) | (v - 0x3030303030303030u)) & 0x8080808080808080u) != 0) return false;
    v -= 0x3030303030303030u;
    v = v * 10 + (v >> 8);
    *value =
        ((v & 0x000000FF000000FFu) * 0x000F424000000064u + ((v >> 16) & 0x000000FF000000FFu) * 0x0000271000000001u) >>
        32;
    return true;
}
#else
static bool eight_digits(const char *p, uint64_t *value)
{
    uint64_t v = 0;
    for (int i = 0; i < 8; i++) {
        if (!is_digit(p[i])) return false;
        v = 10 * v + (uint64_t)(p[i] - '0');
    }
    *value = v;
    return true;
}
#endif

/* Appends the digits at p to *w (wraps beyond 19 digits: the caller counts). */
static const char *digits(const char *p, const char *end, uint64_t *w)
{
    uint64_t v = *w, eight;
    while (end - p >= 8 && eight_digits(p, &eight)) {
        v = 100000000u * v + eight;
        p += 8;
    }
    for (; p < end && is_digit(*p); p++) v = 10 * v + (uint64_t)(*p - '0');
    *w = v;
    return p;
}

static double make_double(uint64_t bits)
{
    double d;
    memcpy(&d, &bits, sizeof d);
    return d;
}

__extension__ typedef unsigned __int128 wide;

/* w * 5^q to 128 bits as far as the rounding of 53 bits needs them. */
static void product(uint64_t w, long q, uint64_t *high, uint64_t *low)
{
    const uint64_t *power = VTI_POWERS_OF_FIVE[q - VTI_POWER_LOW];
    const wide first = (wide)w * power[0];
    *high = (uint64_t)(first >> 64);
    *low = (uint64_t)first;
    if ((*high & 0x1FF) == 0x1FF) { /* the 9 bits below the 55 kept ones could carry */
        const uint64_t second = (uint64_t)(((wide)w * power[1]) >> 64);
        *low += second;
        if (*low < second) ++*high;
    }
}

/* w * 10^q, w up to 19 digits, correctly rounded (Lemire 2021, algorithm 1; q checked by the caller). */
static double scale(uint64_t w, long q)
{
    if (w == 0 || q < VTI_POWER_LOW) return 0.0;
    if (q > VTI_POWER_HIGH) return HUGE_VAL;
    const int lz = __builtin_clzll(w);
    uint64_t high, low;
    product(w << lz, q, &high, &low);
    const int upper = (int)(high >> 63);
    uint64_t m = high >> (upper + 9); /* 54 bits: 53 and one to round */
    long e = (((152170 + 65536) * q) >> 16) + 63 + upper - lz + 1023;
    if (e <= 0) { /* subnormal */
        if (1 - e >= 64) return 0.0;
        m >>= 1 - e;
        m += m & 1;
        m >>= 1;
        return make_double(m); /* a carry into bit 52 is the smallest normal number */
    }
    if (low <= 1 && q >= -4 && q <= 23 && (m & 3) == 1 && m << (upper + 9) == high) m &= ~(uint64_t)1; /* tie to even */
    m += m & 1;
    m >>= 1;
    if (m >> 53) {
        m >>= 1;
        e++;
    }
    if (e >= 0x7FF) return HUGE_VAL;
    return make_double((m & ((UINT64_C(1) << 52) - 1)) | (uint64_t)e << 52);
}

static double convert(uint64_t w, long q)
{
#if FLT_EVAL_METHOD == 0
    static const double TEN[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    /* Both factors are exact, so one rounding: Clinger, PLDI 1990. */
    if (w >> 53 == 0 && q >= -22 && q <= 22) return q < 0 ? (double)w / TEN[-q] : (double)w * TEN[q];
#endif
    return scale(w, q);
}

/* More than 19 digits: the first 19 significant ones bracket the number; exact integers settle what is left. */
static double convert_long(const char *first, const char *last, char decimal, long exponent)
{
    while (first < last && (*first == '0' || *first == decimal)) first++;
    uint64_t w = 0;
    long taken = 0, left = 0;
    for (const char *p = first; p < last; p++) {
        if (*p == decimal) continue;
        if (taken < EXACT_DIGITS) {
            w = 10 * w + (uint64_t)(*p - '0');
            taken++;
        } else {
            left++;
        }
    }
    const double low = convert(w, exponent + left);
    if (left == 0 || w == 0 || low == convert(w + 1, exponent + left)) return low;
    return vti_number_settle(first, last - first, exponent, low);
}

/* Optional exponent at p; returns the position after it, p itself if there is none. */
static const char *read_exponent(const char *p, const char *end, long *exponent)
{
    const char *s = p;
    if (s >= end || (*s | 0x20) != 'e') return p;
    s++;
    const bool negative = s < end && *s == '-';
    if (s < end && (*s == '-' || *s == '+')) s++;
    if (s >= end || !is_digit(*s)) return p;
    long e = 0;
    for (; s < end && is_digit(*s); s++)
        if (e < EXPONENT_CAP) e = 10 * e + (*s - '0');
    *exponent = negative ? -e : e;
    return s;
}

const char *vti_number_scan(const char *p, const char *end, char decimal, double *v)
{
    if (!p || p >= end) return NULL;
    const bool negative = *p == '-';
    if (*p == '-' || *p == '+') p++;
    uint64_t w = 0;
    const char *last = digits(p, end, &w);
    long whole = last - p, fraction = 0, exponent = 0;
    if (last < end && *last == decimal) {
        const char *f = last + 1, *s = digits(f, end, &w);
        fraction = s - f;
        if (whole + fraction > 0) last = s;
    }
    if (whole + fraction == 0) return NULL;
    const char *after = read_exponent(last, end, &exponent);
    const double d = whole + fraction <= EXACT_DIGITS ? convert(w, exponent - fraction)
                                                      : convert_long(p, last, decimal, exponent - fraction);
    *v = negative ? -d : d;
    return after;
}

int vti_number_digits(double v, int precision, char buf[VTI_NUMBER_TEXT])
{
    const int n = snprintf(buf, VTI_NUMBER_TEXT, "%.*g", precision, v);
    for (int i = 0; i < n; i++) /* the locale's decimal sign */
        if (!is_digit(buf[i]) && !strchr("+-e", buf[i])) buf[i] = '.';
    return n;
}

int vti_number_write(double v, char buf[VTI_NUMBER_TEXT])
{
    if (isnan(v)) return snprintf(buf, VTI_NUMBER_TEXT, "nan");
    if (isinf(v)) return snprintf(buf, VTI_NUMBER_TEXT, "%s", v > 0 ? "inf" : "-inf");
    int n = 0;
    for (int precision = 15; precision <= 17; precision++) {
        double back = 0.0;
        n = vti_number_digits(v, precision, buf);
        if (vti_number_scan(buf, buf + n, '.', &back) && back == v) break;
    }
    return n;
}
