/* Texts of the binary workbook: characters of one or two bytes, cut by CONTINUE records anywhere ([MS-XLS] 2.5.293,
 * 2.5.294, 2.4.265). */
#include "io/encoding_internal.h"
#include "io/sheet/biff_internal.h"
#include <stdlib.h>
#include <string.h>

enum { WIDE = 1, FAR_EAST = 4, RICH = 8 }; /* flags of a text */

vt_status vti_biff_room(vti_biff *b, const char *name, vt_error *err)
{
    vti_text_room *room = &b->room;
    room->most = b->size < VTI_BIFF_TEXT ? b->size : VTI_BIFF_TEXT;
    room->wide = malloc(2 * room->most + 2);
    room->utf8 = malloc(3 * room->most + 4);
    return room->wide && room->utf8 ? VT_OK : vt_fail_at(err, VT_EMEMORY, name, 0, 0, "no memory for texts");
}

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

bool vti_cursor_characters(vti_cursor *c, size_t characters, unsigned flags, size_t *n)
{
    size_t done = 0, used;
    if (characters > c->b->room.most) return false;
    while (done < characters) {
        if (c->p == c->end) {
            if (!go_on(c) || c->p == c->end) return false;
            flags = *c->p++;
        }
        const size_t width = flags & WIDE ? 2 : 1, there = (size_t)(c->end - c->p) / width;
        const size_t now = there < characters - done ? there : characters - done;
        unsigned char *out = c->b->room.wide + 2 * done;
        if (now == 0 && c->p < c->end) return false; /* half a character */
        if (width == 2) memcpy(out, c->p, 2 * now);
        for (size_t i = 0; width == 1 && i < now; i++) {
            out[2 * i] = c->p[i];
            out[2 * i + 1] = 0;
        }
        c->p += width * now;
        done += now;
    }
    *n = vti_utf16_to_utf8(c->b->room.wide, 2 * characters, false, c->b->room.utf8, &used);
    c->b->room.utf8[*n] = '\0';
    return true;
}

/* Western code pages agree with Latin-1 where instruments use them; of others only ASCII is read, '?' the rest. */
size_t vti_biff_bytes(const vti_biff *b, const unsigned char *p, size_t n)
{
    const bool western = b->codepage == 0 || b->codepage == 1252 || b->codepage == 28591;
    size_t used = 0;
    for (size_t i = 0; i < n && i < b->room.most; i++) {
        const char c = !western && p[i] >= 0x80 ? '?' : (char)p[i];
        used += vti_latin1_to_utf8(&c, 1, b->room.utf8 + used);
    }
    b->room.utf8[used] = '\0';
    return used;
}

bool vti_cursor_text(vti_cursor *c, size_t *n)
{
    const unsigned char *head = fixed(c, 2);
    if (!head) return false;
    const size_t characters = vti_u16(head);
    if (c->b->version == VTI_BIFF8) {
        const unsigned char *flags = fixed(c, 1);
        return flags && vti_cursor_characters(c, characters, *flags, n);
    }
    if (characters > (size_t)(c->end - c->p)) return false;
    *n = vti_biff_bytes(c->b, c->p, characters);
    c->p += characters;
    return true;
}

/* One shared string: length, flags, counts of formatting runs and phonetic bytes, characters, runs, phonetics. */
static bool read_shared(vti_cursor *c, size_t *n)
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
    return vti_cursor_characters(c, characters, flags, n) && skip(c, after);
}

vt_status vti_biff_strings(vti_workbook *book, const vti_record *sst, vt_error *err)
{
    vti_strings *all = &book->strings;
    vti_cursor c = vti_cursor_at(&book->biff, sst, 8); /* after both counts, which are not needed */
    size_t n;
    while (read_shared(&c, &n)) {
        if (!vti_strings_begin(all) || !vti_buffer_add(&all->text, book->biff.room.utf8, n) ||
            !vti_buffer_add(&all->text, "", 1))
            return vt_fail_at(err, VT_ELIMIT, book->name, 0, 0,
                              "the workbook holds more than %d MiB of text or %d strings, or memory is short",
                              VTI_SHEET_TEXT >> 20, VTI_SHEET_STRINGS);
    }
    return VT_OK;
}
