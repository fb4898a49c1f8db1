/* The text under a reader: a window that slides over a file, a pipe or memory. */
#include "io/table_read_internal.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Up to n raw bytes from the origin. */
static vt_status take(vti_source *s, void *out, size_t n, size_t *got, vt_error *err)
{
    if (!s->in) {
        *got = n < s->left ? n : s->left;
        if (*got == 0) return VT_OK; /* memory may be NULL */
        memcpy(out, s->memory, *got);
        s->memory += *got;
        s->left -= *got;
        return VT_OK;
    }
    errno = 0;
    *got = fread(out, 1, n, s->in);
    if (*got < n && ferror(s->in))
        return vt_fail_at(err, VT_EIO, s->name, 0, 0, "cannot be read: %s", errno ? strerror(errno) : "read error");
    return VT_OK;
}

/* Number of the line that is not complete at the end of the window. */
static long last_line(const vti_source *s)
{
    const char *p = s->window + s->begin, *end = vti_source_lines_end(s);
    long line = s->line;
    for (; p < end; line++) (void)vti_line_end(p, end, &p);
    return line;
}

/* Room for n more bytes behind the text, which moves to the front of the window. */
static vt_status make_room(vti_source *s, size_t n, vt_error *err)
{
    const size_t used = s->end - s->begin;
    if (s->begin > 0 && used > 0) memmove(s->window, s->window + s->begin, used);
    s->begin = 0;
    s->end = used;
    if (used > VTI_LINE_LIMIT)
        return vt_fail_at(err, VT_ELIMIT, s->name, last_line(s), 0,
                          "the line is longer than %d MiB; is this a text table?", VTI_LINE_LIMIT >> 20);
    if (used + n <= s->room) return VT_OK;
    char *bigger = realloc(s->window, used + n);
    if (!bigger) return vt_fail_at(err, VT_EMEMORY, s->name, s->line, 0, "no memory for %zu bytes of text", used + n);
    s->window = bigger;
    s->room = used + n;
    return VT_OK;
}

/* A NUL in text[from ... end) is refused with its line and offset. */
static vt_status check_nul(const vti_source *s, size_t from, vt_error *err)
{
    const char *nul = memchr(s->window + from, 0, s->end - from);
    if (!nul) return VT_OK;
    long line = s->line;
    const char *p = s->window + s->begin, *start = p;
    while (p < nul) {
        const char *stop = vti_line_end(p, nul, &p);
        if (stop == nul) break;
        line++;
        start = p;
    }
    return vt_fail_at(err, VT_EPARSE, s->name, line, nul - start + 1,
                      "NUL byte at offset %llu; the file is damaged or no text: export it again",
                      (unsigned long long)(s->offset + (uint64_t)(nul - s->window - (ptrdiff_t)s->begin)));
}

static vt_status decode(vti_source *s, vt_error *err)
{
    size_t got = 0, used = 0;
    vt_status st = take(s, s->raw + s->nraw, VTI_WINDOW - s->nraw, &got, err);
    if (st != VT_OK) return st;
    s->finished = got < VTI_WINDOW - s->nraw;
    s->nraw += got;
    const size_t wrote = vti_utf16_to_utf8(s->raw, s->nraw, s->encoding == VTI_UTF16BE, s->window + s->end, &used);
    memmove(s->raw, s->raw + used, s->nraw - used);
    s->nraw -= used;
    s->end += wrote;
    if (s->finished && s->nraw > 0)
        return vt_fail_at(err, VT_EPARSE, s->name, 0, 0, "UTF-16 text ends in the middle of a character");
    return VT_OK;
}

/* First bytes: encoding, byte order mark, and what is no text. */
static vt_status start(vti_source *s, vt_error *err)
{
    size_t got = 0, mark = 0;
    vt_status st = take(s, s->window, VTI_WINDOW, &got, err);
    if (st != VT_OK) return st;
    s->started = true;
    s->finished = got < VTI_WINDOW;
    const char *advice, *kind = vti_binary_kind((const unsigned char *)s->window, got, &advice);
    if (kind) return vt_fail_at(err, VT_EPARSE, s->name, 0, 0, "is %s, not a text table: %s", kind, advice);
    s->encoding = vti_encoding_detect((const unsigned char *)s->window, got, &mark);
    s->begin = mark;
    s->end = got;
    s->offset = mark;
    if (s->encoding == VTI_UTF8) return VT_OK;
    s->raw = malloc(VTI_WINDOW);
    if (!s->raw) return vt_fail_at(err, VT_EMEMORY, s->name, 0, 0, "no memory to decode UTF-16");
    s->nraw = got - mark;
    memcpy(s->raw, s->window + mark, s->nraw);
    s->begin = s->end = 0;
    return decode(s, err);
}

vt_status vti_source_fill(vti_source *s, vt_error *err)
{
    /* UTF-16 grows by half at most when it becomes UTF-8; what is in memory may be much smaller than a window */
    const size_t more = s->in || s->left + s->nraw > VTI_WINDOW ? VTI_WINDOW : s->left + s->nraw;
    vt_status st = make_room(s, 2 * more + 16, err);
    if (st != VT_OK) return st;
    size_t from = s->end, got = 0;
    if (!s->started) {
        st = start(s, err);
        from = s->begin;
    } else if (s->encoding != VTI_UTF8) {
        st = decode(s, err);
    } else {
        st = take(s, s->window + s->end, VTI_WINDOW, &got, err);
        s->finished = got < VTI_WINDOW;
        s->end += got;
    }
    return st == VT_OK ? check_nul(s, from, err) : st;
}

const char *vti_source_lines_end(const vti_source *s)
{
    const char *begin = s->window + s->begin, *p = s->window + s->end;
    if (s->finished) return p;
    if (p > begin && p[-1] == '\r') p--; /* its LF may still come */
    while (p > begin && p[-1] != '\n' && p[-1] != '\r') p--;
    return p;
}

void vti_source_free(vti_source *s)
{
    free(s->window);
    free(s->raw);
    s->window = NULL;
    s->raw = NULL;
}
