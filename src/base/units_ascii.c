/* Letters of units that instruments write in UTF-8 or Latin-1, to ASCII. */
#include "base/units_internal.h"
#include <stdint.h>
#include <string.h>

/* Code point at *s, which moves on; bytes that are not UTF-8 are Latin-1. */
static uint32_t next_point(const unsigned char **s)
{
    const unsigned char *c = *s;
    int more = 0;
    uint32_t point = c[0];
    if (c[0] >= 0xC2 && c[0] <= 0xDF) more = 1, point = c[0] & 0x1Fu;
    if (c[0] >= 0xE0 && c[0] <= 0xEF) more = 2, point = c[0] & 0x0Fu;
    for (int i = 1; i <= more; i++) {
        if ((c[i] & 0xC0) != 0x80) {
            more = 0;
            point = c[0];
            break;
        }
        point = (point << 6) | (c[i] & 0x3Fu);
    }
    *s = c + more + 1;
    return point;
}

static const struct {
    uint32_t point;
    const char *ascii;
} LETTERS[] = {
    {0x00B5, "u"},    {0x03BC, "u"},    {0x00C5, "Ang"}, {0x212B, "Ang"}, {0x00B0, "deg"},
    {0x2103, "degC"}, {0x2109, "degF"}, {0x03A9, "ohm"}, {0x2126, "ohm"}, {0x00B7, " "},
    {0x22C5, " "},    {0x2219, " "},    {0x00D7, "*"},   {0x2212, "-"},   {0x00A0, " "},
    {0x2009, " "},    {0x202F, " "},    {0x212A, "K"},   {0xFF75, "u"}, /* the micro sign 0xB5, read as Shift-JIS */
    {0, NULL},
};

/* Superscript digits and sign, as in s⁻¹; 0: not one. */
static char superscript(uint32_t point)
{
    if (point == 0x00B9) return '1';
    if (point == 0x00B2) return '2';
    if (point == 0x00B3) return '3';
    if (point == 0x207B) return '-';
    if (point >= 0x2074 && point <= 0x2079) return (char)('4' + (point - 0x2074));
    return 0;
}

static const char *letters_of(uint32_t point)
{
    for (size_t i = 0; LETTERS[i].ascii; i++)
        if (LETTERS[i].point == point) return LETTERS[i].ascii;
    return "?";
}

static bool blank(unsigned char c)
{
    return c == ' ' || c == '\t';
}

/* Appends the letters of one code point. */
static void letters(uint32_t point, bool *raised, char out[8])
{
    const char up = superscript(point);
    size_t n = 0;
    if (up && !*raised) out[n++] = '^';
    *raised = up != 0;
    if (up) {
        out[n++] = up;
    } else if (point < 0x80) {
        out[n++] = point == '\t' ? ' ' : point < 0x20 || point == 0x7F ? '?' : (char)point;
    } else {
        const char *ascii = letters_of(point);
        n = strlen(ascii);
        memcpy(out, ascii, n);
    }
    out[n] = '\0';
}

bool vti_unit_ascii(const char *text, char *ascii, size_t size)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t n = 0;
    bool raised = false;
    while (blank(*s)) s++;
    while (*s) {
        char out[8];
        letters(next_point(&s), &raised, out);
        const size_t more = strlen(out);
        if (n + more >= size) return false;
        memcpy(ascii + n, out, more);
        n += more;
    }
    while (n > 0 && ascii[n - 1] == ' ') n--;
    ascii[n] = '\0';
    return true;
}
