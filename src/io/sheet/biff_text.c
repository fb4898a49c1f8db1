/* Texts of the binary workbook: characters of one or two bytes, cut by CONTINUE records anywhere ([MS-XLS] 2.5.293,
 * 2.5.294, 2.4.265). */
#include "io/encoding_internal.h"
#include "io/sheet/biff_internal.h"
#include <string.h>

enum { WIDE = 1, FAR_EAST = 4, RICH = 8 }; /* flags of a text */

vti_cursor vti_cursor_at(const vti_biff *b, const vti_record *r, size_t skip)
{
    return (vti_cursor){b, r->p + (skip < r->n ? skip : r->n), r->p + r->n, r->next};
}

/* On into the CONTINUE record; false: there is none. */
static bool go_on(vti_cursor *c)
{
    vti_record r;
    if (!vti_biff_record(c->b, c->next, &r) || r.number != VTI_BIFF_CONTINUE) return false;
    c->p = r.p;
    c->end = r.p + r.n;
    c->next = r.next;
    return true;
}

/* Passes over n bytes, into CONTINUE records where need be. */
static bool skip(vti_cursor *c, size_t n)
{
    while (n > (size_t)(c->end - c->p)) {
        n -= (size_t)(c->end - c->p);
        if (!go_on(c)) return false;
    }
    c->p += n;
    return true;
}

/* n <= 4 bytes that stand together. */
static const unsigned char *fixed(vti_cursor *c, size_t n)
{
    if (c->p == c->end && !go_on(c)) return NULL;
    if ((size_t)(c->end - c->p) < n) return NULL;
    c->p += n;
    return c->p - n;
}

bool vti_cursor_characters(vti_cursor *c, size_t characters, unsigned flags, vti_text_room *room, size_t *n)
{
    size_t done = 0, used;
    while (done < characters) {
        if (c->p == c->end) {
            if (!go_on(c) || c->p == c->end) return false;
            flags = *c->p++;
        }
        const size_t width = flags & WIDE ? 2 : 1, there = (size_t)(c->end - c->p) / width;
        const size_t now = there < characters - done ? there : characters - done;
        unsigned char *out = room->wide + 2 * done;
        if (now == 0 && c->p < c->end) return false; /* half a character */
        if (width == 2) memcpy(out, c->p, 2 * now);
        for (size_t i = 0; width == 1 && i < now; i++) {
            out[2 * i] = c->p[i];
            out[2 * i + 1] = 0;
        }
        c->p += width * now;
        done += now;
    }
    *n = vti_utf16_to_utf8(room->wide, 2 * characters, false, room->utf8, &used);
    room->utf8[*n] = '\0';
    return true;
}

size_t vti_biff_bytes(const unsigned char *p, size_t n, vti_text_room *room)
{
    const size_t most = n < VTI_BIFF_TEXT ? n : VTI_BIFF_TEXT;
    const size_t used = vti_latin1_to_utf8((const char *)p, most, room->utf8);
    room->utf8[used] = '\0';
    return used;
}

bool vti_cursor_text(vti_cursor *c, vti_text_room *room, size_t *n)
{
    const unsigned char *head = fixed(c, 2);
    if (!head) return false;
    const size_t characters = vti_u16(head);
    if (c->b->version == VTI_BIFF8) {
        const unsigned char *flags = fixed(c, 1);
        return flags && vti_cursor_characters(c, characters, *flags, room, n);
    }
    if (characters > (size_t)(c->end - c->p)) return false;
    *n = vti_biff_bytes(c->p, characters, room);
    c->p += characters;
    return true;
}

/* One shared string: length, flags, counts of formatting runs and phonetic bytes, characters, runs, phonetics. */
static bool read_shared(vti_cursor *c, vti_text_room *room, size_t *n)
{
    const unsigned char *head = fixed(c, 3);
    if (!head) return false;
    const size_t characters = vti_u16(head);
    const unsigned flags = head[2];
    size_t after = 0;
    if (flags & RICH) {
        const unsigned char *runs = fixed(c, 2);
        if (!runs) return false;
        after += 4 * (size_t)vti_u16(runs);
    }
    if (flags & FAR_EAST) {
        const unsigned char *phonetics = fixed(c, 4);
        if (!phonetics) return false;
        after += vti_u32(phonetics);
    }
    return vti_cursor_characters(c, characters, flags, room, n) && skip(c, after);
}

vt_status vti_biff_strings(vti_workbook *book, const vti_record *sst, vti_text_room *room, vt_error *err)
{
    vti_strings *all = &book->strings;
    vti_cursor c = vti_cursor_at(&book->biff, sst, 8); /* after both counts, which are not needed */
    size_t n;
    while (read_shared(&c, room, &n)) {
        if (!vti_strings_begin(all) || !vti_buffer_add(&all->text, room->utf8, n) || !vti_buffer_add(&all->text, "", 1))
            return vt_fail_at(err, VT_ELIMIT, book->name, 0, 0,
                              "the workbook holds more than %d MiB of text or %d strings, or memory is short",
                              VTI_SHEET_TEXT >> 20, VTI_SHEET_STRINGS);
    }
    return VT_OK;
}
