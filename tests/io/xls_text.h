#pragma once
/* Small .xls workbooks made in memory: BIFF records ([MS-XLS]) in an OLE2 compound file ([MS-CFB]), written here by the
 * specifications and not by the library that reads them. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Growing bytes. */
struct xls {
    unsigned char *p;
    size_t n, room;
};

static inline void xls_bytes(struct xls *x, const void *p, size_t n)
{
    if (x->n + n > x->room) {
        x->room = 2 * (x->n + n) + 512;
        x->p = realloc(x->p, x->room);
    }
    if (n > 0) memcpy(x->p + x->n, p, n);
    x->n += n;
}

/* Little-endian; zeros beyond 8 bytes. */
static inline void xls_int(struct xls *x, uint64_t v, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        const unsigned char byte = (unsigned char)(i < 8 ? v >> 8 * i : 0);
        xls_bytes(x, &byte, 1);
    }
}

static inline void xls_double(struct xls *x, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    xls_int(x, bits, 8);
}

static inline void xls_record(struct xls *x, unsigned number, const void *p, size_t n)
{
    xls_int(x, number, 2);
    xls_int(x, n, 2);
    xls_bytes(x, p, n);
}

/* Takes the bytes of `body` as a record. */
static inline void xls_take(struct xls *x, unsigned number, struct xls *body)
{
    xls_record(x, number, body->p, body->n);
    free(body->p);
    *body = (struct xls){0};
}

/* Row, column and a format, as every cell begins. */
static inline struct xls xls_at(unsigned row, unsigned column)
{
    struct xls b = {0};
    xls_int(&b, row, 2);
    xls_int(&b, column, 2);
    xls_int(&b, 15, 2);
    return b;
}

static inline void xls_number(struct xls *x, unsigned row, unsigned column, double v)
{
    struct xls b = xls_at(row, column);
    xls_double(&b, v);
    xls_take(x, 0x0203, &b);
}

static inline void xls_rk(struct xls *x, unsigned row, unsigned column, uint32_t rk)
{
    struct xls b = xls_at(row, column);
    xls_int(&b, rk, 4);
    xls_take(x, 0x027E, &b);
}

static inline void xls_shared(struct xls *x, unsigned row, unsigned column, uint32_t index)
{
    struct xls b = xls_at(row, column);
    xls_int(&b, index, 4);
    xls_take(x, 0x00FD, &b);
}

/* A text of single bytes (Latin-1): u16 length, and in BIFF8 a flags byte. */
static inline void xls_text(struct xls *b, const char *text, unsigned version)
{
    xls_int(b, strlen(text), 2);
    if (version == 0x0600) xls_int(b, 0, 1);
    xls_bytes(b, text, strlen(text));
}

static inline void xls_label(struct xls *x, unsigned row, unsigned column, const char *text, unsigned version)
{
    struct xls b = xls_at(row, column);
    xls_text(&b, text, version);
    xls_take(x, 0x0204, &b);
}

/* Formula with a result of eight bytes. */
static inline void xls_formula(struct xls *x, unsigned row, unsigned column, const void *result)
{
    struct xls b = xls_at(row, column);
    xls_bytes(&b, result, 8);
    xls_int(&b, 0, 8); /* flags, and an empty expression */
    xls_take(x, 0x0006, &b);
}

static inline void xls_bof(struct xls *x, unsigned version, unsigned type)
{
    struct xls b = {0};
    xls_int(&b, version, 2);
    xls_int(&b, type, 2);
    xls_int(&b, 0, version == 0x0600 ? 12 : 4);
    xls_take(x, 0x0809, &b);
}

static inline void xls_eof(struct xls *x)
{
    xls_record(x, 0x000A, NULL, 0);
}

struct xls_sheet {
    const char *name;
    unsigned type; /* 0 worksheet, 2 chart */
    struct xls cells;
};

/* The stream of a workbook: globals with the records `extra` before their end (shared strings), then the sheets, whose
 * cells are freed. */
static inline struct xls xls_stream(unsigned version, const struct xls *extra, struct xls_sheet *sheet, size_t sheets)
{
    struct xls x = {0};
    size_t place[16];
    xls_bof(&x, version, 0x0005);
    xls_record(&x, 0x0042, "\xE4\x04", 2); /* code page 1252 */
    for (size_t i = 0; i < sheets; i++) {
        struct xls b = {0};
        xls_int(&b, 0, 4);
        xls_int(&b, sheet[i].type << 8, 2);
        xls_int(&b, strlen(sheet[i].name), 1);
        if (version == 0x0600) xls_int(&b, 0, 1);
        xls_bytes(&b, sheet[i].name, strlen(sheet[i].name));
        place[i] = x.n + 4;
        xls_take(&x, 0x0085, &b);
    }
    if (extra) xls_bytes(&x, extra->p, extra->n);
    xls_eof(&x);
    for (size_t i = 0; i < sheets; i++) {
        for (size_t k = 0; k < 4; k++) x.p[place[i] + k] = (unsigned char)(x.n >> 8 * k);
        xls_bof(&x, version, sheet[i].type ? 0x0020 : 0x0010);
        xls_bytes(&x, sheet[i].cells.p, sheet[i].cells.n);
        xls_eof(&x);
        free(sheet[i].cells.p);
        sheet[i].cells = (struct xls){0};
    }
    return x;
}

/* Shared strings of single bytes as one SST record. */
static inline struct xls xls_strings(const char *const *text, size_t n)
{
    struct xls b = {0}, x = {0};
    xls_int(&b, n, 4);
    xls_int(&b, n, 4);
    for (size_t i = 0; i < n; i++) xls_text(&b, text[i], 0x0600);
    xls_take(&x, 0x00FC, &b);
    return x;
}

static inline void ole_entry(struct xls *x, const char *name, unsigned type, uint32_t child, uint32_t start,
                             size_t size)
{
    const size_t n = strlen(name);
    for (size_t i = 0; i < 32; i++) xls_int(x, i < n ? (unsigned char)name[i] : 0, 2);
    xls_int(x, n ? 2 * n + 2 : 0, 2);
    xls_int(x, type, 1);
    xls_int(x, 1, 1); /* black */
    xls_int(x, 0xFFFFFFFFu, 4);
    xls_int(x, 0xFFFFFFFFu, 4);
    xls_int(x, child, 4);
    xls_int(x, 0, 36);
    xls_int(x, start, 4);
    xls_int(x, size, 8);
}

/* Compound file of one stream, padded to the 4096 bytes from which streams lie in sectors of their own: header, FAT
 * sectors, one directory sector, the stream. */
static inline unsigned char *ole_make(const char *name, const void *stream, size_t n, size_t *size)
{
    const size_t length = n < 4096 ? 4096 : n, data = (length + 511) / 512;
    size_t fat = 1;
    while (fat * 128 < fat + 1 + data) fat++;
    struct xls x = {0};
    xls_bytes(&x, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    xls_int(&x, 0, 16);
    xls_int(&x, 0x003E, 2);
    xls_int(&x, 3, 2);
    xls_int(&x, 0xFFFE, 2); /* little-endian */
    xls_int(&x, 9, 2);      /* sectors of 512 */
    xls_int(&x, 6, 2);      /* small ones of 64 */
    xls_int(&x, 0, 10);
    xls_int(&x, fat, 4);
    xls_int(&x, fat, 4); /* first sector of the directory */
    xls_int(&x, 0, 4);
    xls_int(&x, 4096, 4);
    xls_int(&x, 0xFFFFFFFEu, 4);
    xls_int(&x, 0, 4);
    xls_int(&x, 0xFFFFFFFEu, 4);
    xls_int(&x, 0, 4);
    for (size_t i = 0; i < 109; i++) xls_int(&x, i < fat ? i : 0xFFFFFFFFu, 4);
    for (size_t i = 0; i < fat * 128; i++) {
        uint32_t next = 0xFFFFFFFFu;
        if (i < fat) next = 0xFFFFFFFDu;
        if (i == fat || i == fat + data) next = 0xFFFFFFFEu;
        if (i > fat && i < fat + data) next = (uint32_t)i + 1;
        xls_int(&x, next, 4);
    }
    ole_entry(&x, "Root Entry", 5, 1, 0xFFFFFFFEu, 0);
    ole_entry(&x, name, 2, 0xFFFFFFFFu, (uint32_t)fat + 1, length);
    ole_entry(&x, "", 0, 0xFFFFFFFFu, 0, 0);
    ole_entry(&x, "", 0, 0xFFFFFFFFu, 0, 0);
    xls_bytes(&x, stream, n);
    while (x.n < 512 * (1 + fat + 1 + data)) xls_int(&x, 0, 1);
    *size = x.n;
    return x.p;
}

/* A whole .xls file; the stream is freed. */
static inline unsigned char *xls_file(struct xls stream, size_t *size)
{
    unsigned char *file = ole_make("Workbook", stream.p, stream.n, size);
    free(stream.p);
    return file;
}
