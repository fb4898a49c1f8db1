/* Exact decision between two neighbouring doubles, with integers of up to 4096 bits. */
#include "base/number_internal.h"
#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* 800 digits (beyond them only "something follows" matters: no halfway point has more than 767) and powers
 * of five up to 5^1150 need 2700 bits. */
enum { LIMBS = 128, MOST_DIGITS = 800 };

struct big {
    int n; /* limbs in use, lowest first */
    uint32_t limb[LIMBS];
};

static void multiply_add(struct big *b, uint32_t factor, uint32_t add)
{
    uint64_t carry = add;
    for (int i = 0; i < b->n; i++) {
        carry += (uint64_t)b->limb[i] * factor;
        b->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry == 0) return;
    assert(b->n < LIMBS);
    b->limb[b->n++] = (uint32_t)carry;
}

static void multiply_five(struct big *b, long power)
{
    for (; power >= 13; power -= 13) multiply_add(b, 1220703125u, 0); /* 5^13 */
    for (; power > 0; power--) multiply_add(b, 5, 0);
}

static void shift(struct big *b, long bits)
{
    for (; bits >= 31; bits -= 31) multiply_add(b, UINT32_C(1) << 31, 0);
    multiply_add(b, UINT32_C(1) << bits, 0);
}

static int compare(const struct big *a, const struct big *b)
{
    if (a->n != b->n) return a->n < b->n ? -1 : 1;
    for (int i = a->n - 1; i >= 0; i--)
        if (a->limb[i] != b->limb[i]) return a->limb[i] < b->limb[i] ? -1 : 1;
    return 0;
}

/* The first MOST_DIGITS digits; *dropped: how many were left out; a digit 1 stands for them if one is not 0. */
static void load_digits(struct big *b, const char *digits, long n, long *dropped)
{
    long taken = 0;
    bool sticky = false;
    *dropped = 0;
    b->n = 0;
    for (long i = 0; i < n; i++) {
        if (digits[i] < '0' || digits[i] > '9') continue;
        if (taken < MOST_DIGITS) {
            multiply_add(b, 10, (uint32_t)(digits[i] - '0'));
            taken++;
        } else {
            ++*dropped;
            sticky = sticky || digits[i] != '0';
        }
    }
    if (sticky) {
        multiply_add(b, 10, 1);
        --*dropped;
    }
}

double vti_number_settle(const char *digits, long n, long exponent, double low)
{
    struct big number, half;
    long dropped;
    load_digits(&number, digits, n, &dropped);
    exponent += dropped;
    /* low = m 2^k; the border to the next double is (2 m + 1) 2^(k - 1). */
    uint64_t bits;
    memcpy(&bits, &low, sizeof bits);
    const long e = (long)(bits >> 52);
    const uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
    const uint64_t m = e > 0 ? fraction | UINT64_C(1) << 52 : fraction;
    const long k = (e > 0 ? e : 1) - 1075;
    const uint64_t border = 2 * m + 1; /* up to 54 bits, loaded in two halves */
    half.n = 0;
    multiply_add(&half, 1, (uint32_t)(border >> 27));
    multiply_add(&half, UINT32_C(1) << 27, (uint32_t)(border & ((1u << 27) - 1)));
    multiply_five(exponent >= 0 ? &number : &half, labs(exponent));
    const long s = exponent - (k - 1);
    shift(s >= 0 ? &number : &half, labs(s));
    const int order = compare(&number, &half);
    const bool up = order > 0 || (order == 0 && (m & 1));
    return up ? nextafter(low, HUGE_VAL) : low;
}
