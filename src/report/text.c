/* A growing text, and escapes for the places where texts of users and files end up. */
#include "text_internal.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void vti_text_free(vti_text *t)
{
    free(t->s);
    *t = (vti_text){0};
}

static bool reserve(vti_text *t, size_t more)
{
    if (t->failed) return false;
    if (more < t->room - t->n) return true;
    if (more > SIZE_MAX / 4 - t->n) {
        t->failed = true;
        return false;
    }
    const size_t room = 2 * (t->n + more) + 256;
    char *s = realloc(t->s, room);
    if (!s) {
        t->failed = true;
        return false;
    }
    t->s = s;
    t->room = room;
    return true;
}

void vti_putn(vti_text *t, const char *s, size_t n)
{
    if (!reserve(t, n + 1)) return;
    if (n > 0) memcpy(t->s + t->n, s, n);
    t->n += n;
    t->s[t->n] = '\0';
}

void vti_put(vti_text *t, const char *s)
{
    if (s) vti_putn(t, s, strlen(s));
}

void vti_putf(vti_text *t, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    const int n = vsnprintf(NULL, 0, fmt, args);
    if (n < 0)
        t->failed = true;
    else if (reserve(t, (size_t)n + 1)) {
        vsnprintf(t->s + t->n, (size_t)n + 1, fmt, again);
        t->n += (size_t)n;
    }
    va_end(again);
    va_end(args);
}

unsigned long vti_utf8_next(const char **s)
{
    const unsigned char *p = (const unsigned char *)*s;
    if (!*p) return 0;
    if (*p < 0x80) {
        *s += 1;
        return *p;
    }
    static const unsigned long smallest[5] = {0, 0, 0x80, 0x800, 0x10000}; /* overlong forms are broken */
    const size_t n = *p >= 0xF0 && *p < 0xF8 ? 4 : *p >= 0xE0 && *p < 0xF0 ? 3 : *p >= 0xC0 && *p < 0xE0 ? 2 : 0;
    unsigned long c = n ? *p & (0x7FU >> n) : 0;
    size_t i = 1;
    for (; n && i < n && (p[i] & 0xC0) == 0x80; i++) c = c << 6 | (p[i] & 0x3FU);
    const bool good = n && i == n && c >= smallest[n] && c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
    *s += good ? n : 1;
    return good ? c : 0xFFFD;
}

size_t vti_utf8_length(const char *s)
{
    size_t n = 0;
    while (vti_utf8_next(&s)) n++;
    return n;
}

/* Control characters, direction overrides and noncharacters: they make a page lie or break. */
static bool unprintable(unsigned long c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

/* " degC" as a word of its own? */
static bool celsius(const char *s)
{
    const char after = strncmp(s, " degC", 5) == 0 ? s[5] : 'x';
    return !((after >= 'a' && after <= 'z') || (after >= 'A' && after <= 'Z') || (after >= '0' && after <= '9') ||
             after == '_' || after == ']');
}

void vti_put_words(vti_text *t, const char *s)
{
    for (const char *at = s; at && *at;) {
        const char *hit = strstr(at, " degC");
        while (hit && !celsius(hit)) hit = strstr(hit + 1, " degC");
        vti_text part = {0};
        vti_putn(&part, at, hit ? (size_t)(hit - at) : strlen(at));
        vti_put_html(t, part.s);
        if (hit) vti_put(t, " °C");
        if (part.failed) t->failed = true;
        vti_text_free(&part);
        at = hit ? hit + 5 : NULL;
    }
}

void vti_put_html(vti_text *t, const char *s)
{
    if (!s) return;
    while (*s) {
        const char *begin = s;
        const unsigned long c = vti_utf8_next(&s);
        switch (c) {
        case '&': vti_put(t, "&amp;"); break;
        case '<': vti_put(t, "&lt;"); break;
        case '>': vti_put(t, "&gt;"); break;
        case '"': vti_put(t, "&quot;"); break;
        case '\'': vti_put(t, "&#39;"); break;
        case 0xFFFD: vti_put(t, "\xEF\xBF\xBD"); break;
        default:
            if (unprintable(c))
                vti_put(t, "\xEF\xBF\xBD");
            else
                vti_putn(t, begin, (size_t)(s - begin));
        }
    }
}

void vti_put_gnuplot(vti_text *t, const char *s)
{
    vti_put(t, "'");
    while (s && *s) {
        const char *begin = s;
        if (celsius(s)) {
            vti_put(t, " °C");
            s += 5;
            continue;
        }
        const unsigned long c = vti_utf8_next(&s);
        if (c == '\'')
            vti_put(t, "\xE2\x80\x99");
        else if (c == '`')
            vti_put(t, "\xE2\x80\x98");
        else if (c == 0xFFFD)
            vti_put(t, "?");
        else if (c < 0x20 || unprintable(c))
            vti_put(t, " ");
        else
            vti_putn(t, begin, (size_t)(s - begin));
    }
    vti_put(t, "'");
}

void vti_put_csv(vti_text *t, const char *s)
{
    const bool quoted = strpbrk(s, ",;\"\t\r\n") != NULL;
    if (quoted) vti_put(t, "\"");
    for (; *s; s++) {
        if (*s == '"') vti_put(t, "\"");
        vti_putn(t, (unsigned char)*s < 0x20 ? " " : s, 1);
    }
    if (quoted) vti_put(t, "\"");
}

void vti_put_data_uri(vti_text *t, const char *type, const char *data, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *p = (const unsigned char *)data;
    vti_putf(t, "data:%s;base64,", type);
    if (!reserve(t, n / 3 * 4 + 8)) return;
    for (size_t i = 0; i < n; i += 3) {
        const size_t left = n - i;
        const unsigned long v = (unsigned long)p[i] << 16 | (left > 1 ? (unsigned long)p[i + 1] << 8 : 0) |
                                (left > 2 ? (unsigned long)p[i + 2] : 0);
        char four[4] = {digits[v >> 18 & 63], digits[v >> 12 & 63], '=', '='};
        if (left > 1) four[2] = digits[v >> 6 & 63];
        if (left > 2) four[3] = digits[v & 63];
        vti_putn(t, four, 4);
    }
}
