#pragma once
#include <stdbool.h>
#include <stddef.h>

/* Text encodings of instrument files: UTF-8, UTF-16 of either byte order, and Latin-1 for bytes that are no
 * UTF-8 (micro 0xB5, degree 0xB0, Angstrom 0xC5). */
typedef enum vti_encoding { VTI_UTF8, VTI_UTF16LE, VTI_UTF16BE } vti_encoding;

/* From the first bytes of a file. *mark: length of the byte order mark, 0 if there is none. UTF-16 without a
 * mark is recognised by zeros in every second of at least 4 bytes. */
vti_encoding vti_encoding_detect(const unsigned char *bytes, size_t n, size_t *mark);

/* UTF-16 code units to UTF-8. *used: bytes read (a surrogate pair or odd byte at the end is left for the next
 * call); out needs 3 n / 2 + 4 bytes. Lone surrogates become U+FFFD. Returns the number of bytes written. */
size_t vti_utf16_to_utf8(const unsigned char *in, size_t n, bool big_endian, char *out, size_t *used);

/* Well-formed UTF-8 (shortest form, no surrogates, at most U+10FFFF)? */
bool vti_utf8_valid(const char *s, size_t n);

/* Latin-1 to UTF-8; out needs 2 n bytes. Returns the number of bytes written. */
size_t vti_latin1_to_utf8(const char *in, size_t n, char *out);

/* Name of what the first bytes say it is ("an OLE2 compound file (Excel 97-2003 .xls, ...)", "an HDF5 file", ...)
 * and what to do about it, or NULL if they may be text. */
const char *vti_binary_kind(const unsigned char *bytes, size_t n, const char **advice);
