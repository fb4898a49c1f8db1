/* Text encodings of instrument files, and what is no text at all. */
#include "io/encoding_internal.h"
#include <stdint.h>
#include <string.h>

vti_encoding vti_encoding_detect(const unsigned char *bytes, size_t n, size_t *mark)
{
    *mark = 0;
    if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        *mark = 3;
        return VTI_UTF8;
    }
    if (n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        *mark = 2;
        return bytes[0] == 0xFF ? VTI_UTF16LE : VTI_UTF16BE;
    }
    const size_t seen = n < 512 ? n & ~(size_t)1 : 512;
    size_t zero[2] = {0, 0};
    for (size_t i = 0; i < seen; i++) zero[i & 1] += bytes[i] == 0;
    /* Tables are mostly ASCII; a few Greek letters among them may have no zero byte. */
    if (seen >= 4 && zero[0] == 0 && zero[1] >= seen / 2 - seen / 16) return VTI_UTF16LE;
    if (seen >= 4 && zero[1] == 0 && zero[0] >= seen / 2 - seen / 16) return VTI_UTF16BE;
    return VTI_UTF8;
}

static size_t put(char *out, uint32_t c)
{
    unsigned char *o = (unsigned char *)out;
    if (c < 0x80) {
        o[0] = (unsigned char)c;
        return 1;
    }
    if (c < 0x800) {
        o[0] = (unsigned char)(0xC0 | c >> 6);
        o[1] = (unsigned char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        o[0] = (unsigned char)(0xE0 | c >> 12);
        o[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
        o[2] = (unsigned char)(0x80 | (c & 0x3F));
        return 3;
    }
    o[0] = (unsigned char)(0xF0 | c >> 18);
    o[1] = (unsigned char)(0x80 | (c >> 12 & 0x3F));
    o[2] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
    o[3] = (unsigned char)(0x80 | (c & 0x3F));
    return 4;
}

static uint32_t unit_at(const unsigned char *p, bool big_endian)
{
    return big_endian ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

size_t vti_utf16_to_utf8(const unsigned char *in, size_t n, bool big_endian, char *out, size_t *used)
{
    size_t i = 0, o = 0;
    while (i + 2 <= n) {
        uint32_t c = unit_at(in + i, big_endian);
        size_t step = 2;
        if (c >= 0xD800 && c < 0xDC00) {
            if (i + 4 > n) break;
            const uint32_t low = unit_at(in + i + 2, big_endian);
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                step = 4;
            } else {
                c = 0xFFFD;
            }
        } else if (c >= 0xDC00 && c < 0xE000) {
            c = 0xFFFD;
        }
        o += put(out + o, c);
        i += step;
    }
    *used = i;
    return o;
}

/* Length of the sequence that starts at s, 0 if it is malformed. */
static size_t sequence(const unsigned char *s, size_t n)
{
    const size_t length = s[0] < 0x80 ? 1 : s[0] < 0xC2 ? 0 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : s[0] < 0xF5 ? 4 : 0;
    if (length == 0 || length > n) return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xC0) != 0x80) return 0;
    if (s[0] == 0xE0 && s[1] < 0xA0) return 0; /* not the shortest form */
    if (s[0] == 0xED && s[1] > 0x9F) return 0; /* surrogate */
    if (s[0] == 0xF0 && s[1] < 0x90) return 0;
    if (s[0] == 0xF4 && s[1] > 0x8F) return 0; /* beyond U+10FFFF */
    return length;
}

bool vti_utf8_valid(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;
    for (size_t i = 0; i < n;) {
        const size_t step = sequence(p + i, n - i);
        if (step == 0) return false;
        i += step;
    }
    return true;
}

size_t vti_latin1_to_utf8(const char *in, size_t n, char *out)
{
    size_t o = 0;
    for (size_t i = 0; i < n; i++) o += put(out + o, (unsigned char)in[i]);
    return o;
}

const char *vti_binary_kind(const unsigned char *bytes, size_t n, const char **advice)
{
    static const struct {
        const char *magic;
        size_t length;
        const char *kind, *advice;
    } KINDS[] = {
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "an OLE2 compound file (Excel 97-2003 .xls, vendor files)",
         "name a workbook as a file, not as standard input; export others as text"},
        {"PK\x03\x04", 4, "a ZIP archive or workbook",
         "name a workbook as a file, not as standard input; unpack others first"},
        {"\x1F\x8B", 2, "a gzip archive", "unpack it first"},
        {"\x89HDF\r\n\x1A\n", 8, "an HDF5 file", "export the table as text"},
        {"%PDF", 4, "a PDF document", "export the table as text"},
        {"\x89PNG", 4, "a PNG image", "it holds no table"},
        {"II*\0", 4, "a TIFF image", "it holds no table"},
        {"MM\0*", 4, "a TIFF image", "it holds no table"},
        {"\xFF\xD8\xFF", 3, "a JPEG image", "it holds no table"},
        {"\0\0\0\3\0", 5, "a Gatan DM3 file", "it holds no table"},
        {"\0\0\0\4\0", 5, "a Gatan DM4 file", "it holds no table"},
        {"\x49\x49\x97\x01", 4, "a TIA series (.ser)", "it holds no table"},
        {"IMGBLO", 6, "a NanoMEGAS diffraction stack (.blo)", "it holds no table"},
    };
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (n < KINDS[i].length || memcmp(bytes, KINDS[i].magic, KINDS[i].length) != 0) continue;
        *advice = KINDS[i].advice;
        return KINDS[i].kind;
    }
    return NULL;
}
