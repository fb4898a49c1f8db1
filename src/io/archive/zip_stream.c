/* Members of a ZIP archive that are too large to be unpacked whole. */
#include <stdlib.h>
#include "io/archive/zip_internal.h"
#include <zlib.h>

enum { PIECE = 1 << 16 };

struct stream {
    const vti_zip_sink *sink;
    uint32_t crc;
    size_t n; /* bytes given */
};

static bool has_enough(const struct stream *s)
{
    return s->sink->enough && *s->sink->enough;
}

static vt_status give(struct stream *s, const unsigned char *p, size_t n, vt_error *err)
{
    s->crc = (uint32_t)crc32(s->crc, p, (uInt)n);
    s->n += n;
    return s->sink->take(s->sink->state, (const char *)p, n, err);
}

static vt_status give_stored(struct stream *s, const unsigned char *in, const vti_zip_entry *e, vt_error *err)
{
    vt_status st = VT_OK;
    for (size_t at = 0; at < e->packed && st == VT_OK && !has_enough(s); at += PIECE)
        st = give(s, in + at, e->packed - at < PIECE ? e->packed - at : PIECE, err);
    return st;
}

/* *good false: no deflated bytes of the size that the directory says. */
static vt_status give_unpacked(struct stream *s, const unsigned char *in, const vti_zip_entry *e, bool *good,
                               vt_error *err)
{
    z_stream z = {.next_in = (unsigned char *)in, .avail_in = e->packed}; /* zlib's type; it does not write there */
    unsigned char *piece = malloc(PIECE);
    vt_status st = VT_OK;
    int end = Z_OK;
    if (!piece) return vt_fail(err, VT_EMEMORY, "no memory to unpack '%.200s'", e->name);
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK) end = Z_DATA_ERROR;
    while (end == Z_OK && st == VT_OK && !has_enough(s)) {
        z.next_out = piece;
        z.avail_out = PIECE;
        end = inflate(&z, Z_NO_FLUSH);
        const size_t n = PIECE - z.avail_out;
        if (s->n + n > e->size || (n == 0 && end != Z_STREAM_END)) end = Z_DATA_ERROR;
        if (end == Z_OK || end == Z_STREAM_END) st = give(s, piece, n, err);
    }
    inflateEnd(&z);
    free(piece);
    *good = end == Z_STREAM_END || (end == Z_OK && has_enough(s));
    return st;
}

vt_status vti_zip_stream(const vti_zip *zip, size_t i, size_t limit, const vti_zip_sink *sink, vt_error *err)
{
    const vti_zip_entry *e = &zip->entry[i];
    const vti_file *f = zip->file;
    struct stream s = {.sink = sink};
    bool good = true;
    vt_status st = VT_OK;
    if (e->locked) return vt_fail_at(err, VT_EPARSE, f->name, 0, 0, "'%.200s' is encrypted; unpack it", e->name);
    if (e->size > limit)
        return vt_fail_at(err, VT_ELIMIT, f->name, 0, 0, "'%.200s' unpacks to more than %zu MiB", e->name, limit >> 20);
    const unsigned char *in = vti_zip_packed(f, e);
    if (!in || (e->method != 0 && e->method != 8))
        good = false;
    else if (e->method == 0)
        st = give_stored(&s, in, e, err);
    else
        st = give_unpacked(&s, in, e, &good, err);
    if (st != VT_OK) return st;
    if (good && (has_enough(&s) || (s.n == e->size && s.crc == e->crc))) return VT_OK;
    return vt_fail_at(err, VT_EPARSE, f->name, 0, 0, "'%.200s' in the archive is damaged; copy it again", e->name);
}
