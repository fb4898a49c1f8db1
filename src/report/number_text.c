/* Numbers and quantities as people read them. */
#include "unit_text_internal.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLAIN_LOW = -4, PLAIN_HIGH = 5 }; /* decimal exponents written without a power of ten */

/* Decimal exponent of x after rounding to `digits` significant digits; x finite, not 0. */
static int exponent_of(double x, int digits)
{
    char text[64];
    snprintf(text, sizeof text, "%.*e", digits - 1, fabs(x));
    const char *e = strchr(text, 'e');
    return e ? (int)strtol(e + 1, NULL, 10) : 0;
}

static void power_of_ten(int e, char *out, size_t size)
{
    static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    char digits[16];
    size_t n = (size_t)snprintf(out, size, " × 10");
    snprintf(digits, sizeof digits, "%d", e);
    for (const char *d = digits; *d && n < size; d++)
        n += (size_t)snprintf(out + n, size - n, "%s", *d == '-' ? "⁻" : raised[*d - '0']);
}

/* x with a fixed number of decimals and a true minus sign. */
static void fixed(double x, int decimals, char *out, size_t size)
{
    char text[400]; /* the largest double has 309 digits */
    if (decimals < 0) x = round(x * pow(10.0, decimals)) * pow(10.0, -decimals);
    snprintf(text, sizeof text, "%.*f", decimals > 0 ? decimals : 0, x);
    const bool negative = text[0] == '-' && strpbrk(text, "123456789") != NULL; /* no "-0.0" */
    snprintf(out, size, "%s%.*s", negative ? "−" : "", (int)size - 4, text[0] == '-' ? text + 1 : text);
}

void vti_show_number(double x, int digits, char *out, size_t size)
{
    if (isnan(x)) {
        snprintf(out, size, "–");
        return;
    }
    if (isinf(x)) {
        snprintf(out, size, "%s", x > 0.0 ? "∞" : "−∞");
        return;
    }
    const int e = x == 0.0 ? 0 : exponent_of(x, digits);
    if (x == 0.0 || (e >= PLAIN_LOW && e <= PLAIN_HIGH)) {
        fixed(x, x == 0.0 ? 0 : digits - 1 - e, out, size);
        if (strchr(out, '.')) { /* trailing zeros say nothing when no uncertainty is given */
            size_t n = strlen(out);
            while (out[n - 1] == '0') n--;
            if (out[n - 1] == '.') n--;
            out[n] = '\0';
        }
        return;
    }
    char mantissa[64], power[48];
    fixed(x / pow(10.0, e), digits - 1, mantissa, sizeof mantissa);
    power_of_ten(e, power, sizeof power);
    snprintf(out, size, "%s%s", mantissa, power);
}

/* How a value with its uncertainty is rounded: common power of ten and decimals. */
struct rounding {
    int power;    /* 0: none */
    int decimals; /* after division by 10^power; -2: whole hundreds */
};

/* The uncertainty keeps two significant digits. */
static struct rounding round_to(double value, double u)
{
    struct rounding r = {0, 0};
    const int eu = exponent_of(u, 2);
    const int ev = value == 0.0 ? eu : exponent_of(value, 6);
    const int top = ev > eu ? ev : eu;
    if (top < PLAIN_LOW || top > PLAIN_HIGH) r.power = top;
    r.decimals = r.power + 1 - eu;
    if (r.decimals > 15) r.decimals = 15;
    return r;
}

static void show_plain_range(double low, double high, vti_shown *out)
{
    char l[48], h[48];
    if (isnan(low) || isnan(high)) return;
    vti_show_number(low, 4, l, sizeof l);
    vti_show_number(high, 4, h, sizeof h);
    snprintf(out->range, sizeof out->range, "%s to %s", l, h);
}

static void show_with_u(const double shown[4], vti_shown *out)
{
    const struct rounding r = round_to(shown[0], shown[1]);
    const double k = pow(10.0, r.power);
    char part[4][28], power[32] = "";
    for (size_t i = 0; i < 4; i++) fixed(shown[i] / k, r.decimals, part[i], sizeof part[i]);
    if (r.power) power_of_ten(r.power, power, sizeof power);
    const char *open = r.power ? "(" : "", *close = r.power ? ")" : "";
    snprintf(out->value, sizeof out->value, "%s%s ± %s%s%s", open, part[0], part[1], close, power);
    const double digit = 0.5 * pow(10.0, r.power - r.decimals);
    /* Rounds to 0, which says nothing of an end that is small against its value, but all of one beside it. */
    const bool even = fabs(shown[2] + shown[3] - 2.0 * shown[0]) < 0.01 * (shown[3] - shown[2]);
    const bool lost = fabs(shown[2]) < digit && shown[2] != 0.0 && !even;
    if (lost || !(fabs(shown[2] / k) < 1e7) || !(fabs(shown[3] / k) < 1e7)) /* absent, or too far */
        show_plain_range(shown[2], shown[3], out);
    else
        snprintf(out->range, sizeof out->range, "%s%s to %s%s%s", open, part[2], part[3], close, power);
}

void vti_show_apart(double value, double u, char out[2][64])
{
    if (!(u > 0.0) || isinf(u) || !isfinite(value)) {
        vti_show_number(value, 5, out[0], sizeof out[0]);
        vti_show_number(u, 2, out[1], sizeof out[1]);
        return;
    }
    const struct rounding r = round_to(value, u);
    const double shown[2] = {value, u};
    char number[28], power[32] = "";
    if (r.power) power_of_ten(r.power, power, sizeof power);
    for (size_t i = 0; i < 2; i++) {
        fixed(shown[i] / pow(10.0, r.power), r.decimals, number, sizeof number);
        snprintf(out[i], sizeof out[i], "%s%s", number, power);
    }
}

void vti_show_quantity(const char *name, const vt_quantity *q, double largest, vti_shown *out)
{
    vt_unit unit;
    *out = (vti_shown){0};
    vti_unit_choose(name, q->unit, largest, &unit);
    vti_unit_pretty(unit.text, out->unit, sizeof out->unit);
    const double shown[4] = {vt_unit_from_si(&unit, q->value), q->u / unit.scale, vt_unit_from_si(&unit, q->low),
                             vt_unit_from_si(&unit, q->high)};
    if (q->u > 0.0 && isfinite(shown[0]) && isfinite(shown[1])) {
        show_with_u(shown, out);
        return;
    }
    vti_show_number(shown[0], 6, out->value, sizeof out->value);
    show_plain_range(shown[2], shown[3], out);
}

void vti_show_name(const char *name, char *out, size_t size)
{
    const char *first = strchr(name, '_');
    snprintf(out, size, "%s", name);
    if (first && first - name <= 2) return; /* d_c: a symbol */
    for (char *c = out; *c; c++)
        if (*c == '_') *c = ' ';
    if (strncmp(out, "vft ", 4) == 0) memcpy(out, "VFT", 3);
    if (islower((unsigned char)out[0])) out[0] = (char)toupper((unsigned char)out[0]);
}

/* eta -> η, deltaD -> δD: a Greek name at the beginning, if nothing small follows it. */
static void put_greek(vti_text *t, const char *head)
{
    static const char *const letters[][2] = {
        {"alpha", "α"}, {"beta", "β"},  {"gamma", "γ"},  {"delta", "δ"}, {"epsilon", "ε"}, {"eta", "η"},
        {"theta", "θ"}, {"kappa", "κ"}, {"lambda", "λ"}, {"mu", "μ"},    {"nu", "ν"},      {"xi", "ξ"},
        {"rho", "ρ"},   {"sigma", "σ"}, {"tau", "τ"},    {"phi", "φ"},   {"chi", "χ"},     {"psi", "ψ"},
        {"omega", "ω"}, {"Omega", "Ω"}, {"Delta", "Δ"},  {"Gamma", "Γ"}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        const size_t n = strlen(letters[i][0]);
        if (strncmp(head, letters[i][0], n) != 0 || islower((unsigned char)head[n])) continue;
        vti_put(t, letters[i][1]);
        head += n;
        break;
    }
    vti_put_html(t, head);
}

static void put_letter(vti_text *t, const char *symbol)
{
    const char *low = strchr(symbol, '_');
    const bool simple = low && low > symbol && low[1] && !strpbrk(symbol, "*^");
    char head[VT_NAME], sub[VT_NAME] = "";
    snprintf(head, sizeof head, "%.*s", simple ? (int)(low - symbol) : VT_NAME - 1, symbol);
    if (simple) snprintf(sub, sizeof sub, "%s", low + 1);
    for (char *c = sub; *c; c++)
        if (*c == '_') *c = ',';
    vti_put(t, "<i>");
    put_greek(t, head);
    vti_put(t, "</i>");
    if (!sub[0]) return;
    vti_put(t, "<sub>");
    vti_put_html(t, sub);
    vti_put(t, "</sub>");
}

void vti_put_symbol(vti_text *t, const char *symbol)
{
    static const char *const between = " ()/";
    while (*symbol) {
        char word[VT_NAME];
        const size_t n = strcspn(symbol, between);
        snprintf(word, sizeof word, "%.*s", (int)(n < VT_NAME ? n : VT_NAME - 1), symbol);
        if (n > 0) put_letter(t, word);
        symbol += n;
        if (*symbol) vti_putn(t, symbol++, 1);
    }
}
