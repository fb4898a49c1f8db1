/* ZIP archives: directory, local headers (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16) and members through zlib. */
#include "io/archive/zip_internal.h"
#include "io/encoding_internal.h"
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    END = 22,      /* bytes of the end record, without its comment */
    ENTRY = 46,    /* bytes of an entry, without name, extra field and comment */
    INFLATE = 1032 /* bytes that deflate can make of one, at most */
};

static uint32_t u16(const unsigned char *p)
{
    return p[0] | (uint32_t)p[1] << 8;
}

static uint32_t u32(const unsigned char *p)
{
    return u16(p) | u16(p + 2) << 16;
}

bool vti_is_zip(const vti_file *head)
{
    return head->size >= 4 && memcmp(head->bytes, "PK\x03\x04", 4) == 0;
}

static vt_status damaged(const vti_file *f, const char *what, vt_error *err)
{
    return vt_fail_at(err, VT_EPARSE, f->name, 0, 0, "is a ZIP archive that cannot be unpacked: %s; copy it again",
                      what);
}

/* The end record: the last place where it fits with its comment; NULL: none. */
static const unsigned char *find_end(const vti_file *f)
{
    for (size_t back = END; back <= f->size && back <= END + 65535; back++) {
        const unsigned char *p = f->bytes + f->size - back;
        if (memcmp(p, "PK\x05\x06", 4) == 0 && u16(p + 20) + END == back) return p;
    }
    return NULL;
}

/* Name for people: UTF-8 without control characters. */
static char *copy_name(const unsigned char *p, size_t n)
{
    char *name = malloc(n + 1);
    if (!name) return NULL;
    memcpy(name, p, n);
    name[n] = '\0';
    const bool utf8 = vti_utf8_valid(name, n);
    for (size_t i = 0; i < n; i++)
        if (p[i] < 0x20 || p[i] == 0x7F || (p[i] >= 0x80 && !utf8)) name[i] = '?';
    return name;
}

static vt_status read_directory(vti_zip *z, vt_error *err)
{
    const vti_file *f = z->file;
    const unsigned char *end = find_end(f);
    if (!end) return damaged(f, "its directory is missing", err);
    const size_t n = u16(end + 10), size = u32(end + 12), offset = u32(end + 16), room = (size_t)(end - f->bytes);
    if (n == 0xFFFF || offset == 0xFFFFFFFFu)
        return vt_fail_at(err, VT_ELIMIT, f->name, 0, 0, "an archive of more than 65534 members or 4 GiB; divide it");
    if (offset > room || size > room - offset || n > size / ENTRY) return damaged(f, "its directory is damaged", err);
    z->entry = calloc(n + 1, sizeof *z->entry);
    if (!z->entry) return vt_fail_at(err, VT_EMEMORY, f->name, 0, 0, "no memory for %zu members", n);
    for (size_t at = offset; z->n < n; z->n++) {
        const unsigned char *p = f->bytes + at;
        if (room - at < ENTRY || memcmp(p, "PK\x01\x02", 4) != 0) return damaged(f, "its directory is damaged", err);
        const size_t length = u16(p + 28), whole = ENTRY + length + u16(p + 30) + u16(p + 32);
        if (room - at < whole) return damaged(f, "its directory is damaged", err);
        vti_zip_entry *e = &z->entry[z->n];
        *e = (vti_zip_entry){.size = u32(p + 24),
                             .packed = u32(p + 20),
                             .offset = u32(p + 42),
                             .crc = u32(p + 16),
                             .method = u16(p + 10),
                             .locked = (p[8] & 1) != 0};
        if (e->size > INFLATE * ((uint64_t)e->packed + 64)) return damaged(f, "a member is impossibly large", err);
        e->name = copy_name(p + ENTRY, length);
        if (!e->name) return vt_fail_at(err, VT_EMEMORY, f->name, 0, 0, "no memory for %zu members", n);
        at += whole;
    }
    return VT_OK;
}

vt_status vti_zip_open(vti_zip **zip, const vti_file *file, vt_error *err)
{
    vti_zip *z = calloc(1, sizeof *z);
    if (!z) return vt_fail_at(err, VT_EMEMORY, file->name, 0, 0, "no memory for an archive");
    z->file = file;
    const vt_status st = read_directory(z, err);
    if (st == VT_OK)
        *zip = z;
    else
        vti_zip_close(z);
    return st;
}

void vti_zip_close(vti_zip *zip)
{
    if (!zip) return;
    for (size_t i = 0; zip->entry && i < zip->n; i++) free(zip->entry[i].name);
    free(zip->entry);
    free(zip);
}

/* Behind its local header, whose name and extra field may be longer than those of the directory. */
const unsigned char *vti_zip_packed(const vti_file *f, const vti_zip_entry *e)
{
    enum { LOCAL = 30 };
    if (e->offset > f->size || f->size - e->offset < LOCAL) return NULL;
    const unsigned char *p = f->bytes + e->offset;
    const size_t room = f->size - e->offset - LOCAL, names = u16(p + 26) + u16(p + 28);
    if (memcmp(p, "PK\x03\x04", 4) != 0 || names > room || e->packed > room - names) return NULL;
    return p + LOCAL + names;
}

/* Exactly e->size bytes out of exactly e->packed; no more is ever written. */
static bool unpack(const unsigned char *in, const vti_zip_entry *e, char *out)
{
    if (e->method == 0) {
        if (e->packed == e->size) memcpy(out, in, e->size);
        return e->packed == e->size;
    }
    z_stream z = {.next_in = (unsigned char *)in, /* zlib's type; it does not write there */
                  .avail_in = e->packed,
                  .next_out = (unsigned char *)out,
                  .avail_out = e->size};
    if (e->method != 8 || inflateInit2(&z, -MAX_WBITS) != Z_OK) return false;
    const int end = inflate(&z, Z_FINISH);
    inflateEnd(&z);
    return end == Z_STREAM_END && z.avail_out == 0;
}

vt_status vti_zip_read(const vti_zip *zip, size_t i, size_t limit, char **bytes, size_t *n, vt_error *err)
{
    const vti_zip_entry *e = &zip->entry[i];
    const vti_file *f = zip->file;
    if (e->locked) return vt_fail_at(err, VT_EPARSE, f->name, 0, 0, "'%.200s' is encrypted; unpack it", e->name);
    if (e->size > limit)
        return vt_fail_at(err, VT_ELIMIT, f->name, 0, 0,
                          "'%.200s' unpacks to %lu bytes, more than vitrum takes from an archive of %zu bytes", e->name,
                          (unsigned long)e->size, f->size);
    const unsigned char *in = vti_zip_packed(f, e);
    char *text = in ? malloc((size_t)e->size + 1) : NULL;
    if (in && !text) return vt_fail_at(err, VT_EMEMORY, f->name, 0, 0, "no memory to unpack '%.200s'", e->name);
    if (!in || !unpack(in, e, text) || crc32(0, (const unsigned char *)text, e->size) != e->crc) {
        free(text);
        return vt_fail_at(err, VT_EPARSE, f->name, 0, 0, "'%.200s' in the archive is damaged; copy it again", e->name);
    }
    text[e->size] = '\0';
    *bytes = text;
    *n = e->size;
    return VT_OK;
}
