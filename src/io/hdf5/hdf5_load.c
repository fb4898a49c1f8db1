/* What the child sends of an HDF5 file, as a list. It is trusted no more than the file: a damaged one may have brought
 * the child out of step. */
#include "base/table_internal.h"
#include "io/encoding_internal.h"
#include "io/hdf5/hdf5_child_internal.h"
#include "io/natural_internal.h"
#include <stdlib.h>
#include <string.h>

enum {
    START = 250,      /* ms that the library takes to begin, at most */
    PACE = 8 << 10,   /* bytes of the file that it reads in a ms, at least */
    COPIES = 3,       /* of the file that the child may hold: two of the library, one column */
    LIBRARY = 4 << 20 /* bytes that the library takes for itself */
};

struct load {
    const vti_file *file;
    vti_hdf5 *content;
    size_t taken; /* bytes */
};

bool vti_is_hdf5(const vti_file *head)
{
    return head->size >= 8 && memcmp(head->bytes, "\x89HDF\r\n\x1A\n", 8) == 0;
}

static void free_item(vti_hdf5_item *item)
{
    free(item->path);
    free(item->text);
    free(item->value);
}

void vti_hdf5_free(vti_hdf5 *content)
{
    for (size_t i = 0; i < content->n; i++) free_item(&content->item[i]);
    free(content->item);
    *content = (vti_hdf5){0};
}

static vt_status confused(const struct load *l, vt_error *err)
{
    return vt_fail_at(err, VT_EPARSE, l->file->name, 0, 0, "is an HDF5 file that is damaged; copy it again");
}

/* n bytes as a text: UTF-8, or Latin-1 if it is none, on one line. */
static char *take_text(vti_pipe *in, size_t n)
{
    char *text = malloc(2 * n + 1), *raw = text ? text + n : NULL;
    size_t length = n;
    if (!text || !vti_pipe_take(in, raw, n)) {
        free(text);
        return NULL;
    }
    if (vti_utf8_valid(raw, n))
        memmove(text, raw, n);
    else
        length = vti_latin1_to_utf8(raw, n, text); /* never overtakes what it reads: 2 bytes for each of the last n */
    text[length] = '\0';
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F) *c = ' ';
    return text;
}

static vt_status take_item(struct load *l, vti_pipe *in, const vti_hdf5_head *head, vt_error *err)
{
    const bool words = head->kind == VTI_HDF5_TEXT || head->kind == VTI_HDF5_LEFT_OUT;
    const bool numbers = head->kind == VTI_HDF5_NUMBERS || head->kind == VTI_HDF5_DATA;
    const size_t most = VTI_HDF5_TIMES * l->file->size + VTI_HDF5_SPARE;
    if ((!words && !numbers) || head->path >= VTI_HDF5_PATH || head->n > most / (words ? 1 : sizeof(double)) ||
        l->content->n == VTI_HDF5_ITEMS)
        return confused(l, err);
    l->taken += sizeof *head + head->path + head->n * (words ? 1 : sizeof(double));
    if (l->taken > most) return confused(l, err);
    vti_hdf5_item *room = vti_grow(l->content->item, l->content->n, &l->content->room, sizeof *room);
    if (!room) return vt_fail_at(err, VT_EMEMORY, l->file->name, 0, 0, "no memory for its items");
    l->content->item = room;
    vti_hdf5_item *item = &room[l->content->n++];
    *item = (vti_hdf5_item){.kind = (vti_hdf5_kind)head->kind, .n = numbers ? (size_t)head->n : 0};
    item->path = take_text(in, head->path);
    if (words) item->text = take_text(in, (size_t)head->n);
    if (item->n > 0) item->value = malloc(item->n * sizeof(double));
    if (!item->path || (words && !item->text) || (item->n > 0 && !item->value)) return confused(l, err);
    return item->n == 0 || vti_pipe_take(in, item->value, item->n * sizeof(double)) ? VT_OK : confused(l, err);
}

vt_status vti_hdf5_take(const vti_file *file, vti_pipe *in, vti_hdf5 *content, vt_error *err)
{
    struct load l = {.file = file, .content = content};
    vti_hdf5_head head;
    for (;;) {
        if (!vti_pipe_take(in, &head, sizeof head)) return confused(&l, err);
        if (head.kind == 0) return VT_OK;
        const vt_status st = take_item(&l, in, &head, err);
        if (st != VT_OK) return st;
    }
}

static vt_status take(void *context, vti_pipe *in, vt_error *err)
{
    const struct load *l = context;
    return vti_hdf5_take(l->file, in, l->content, err);
}

static vt_status work(void *context, vti_pipe *out, vt_error *err)
{
    const struct load *l = context;
    const vti_hdf5_head end = {0};
    const vt_status st = vti_hdf5_walk(l->file, out, err);
    if (st == VT_OK && !vti_pipe_put(out, &end, sizeof end)) return vt_fail(err, VT_EIO, "cannot be handed over");
    return st;
}

static int by_path(const void *a, const void *b)
{
    const vti_hdf5_item *x = a, *y = b;
    return vti_natural_compare(x->path, y->path);
}

void vti_hdf5_sort(vti_hdf5 *content)
{
    if (content->n > 0) qsort(content->item, content->n, sizeof *content->item, by_path);
}

vt_status vti_hdf5_load(const vti_file *file, vti_hdf5 *content, vt_error *err)
{
    struct load l = {.file = file, .content = content};
    *content = (vti_hdf5){0};
    const vti_isolated job = {.name = file->name,
                              .memory = COPIES * file->size + LIBRARY,
                              .milliseconds = START + (int)(file->size / PACE),
                              .context = &l,
                              .work = work,
                              .take = take};
    const vt_status st = vti_isolated_run(&job, err);
    if (st == VT_OK)
        vti_hdf5_sort(content);
    else
        vti_hdf5_free(content);
    return st;
}

vti_hdf5_item *vti_hdf5_find(const vti_hdf5 *content, const char *path)
{
    vti_hdf5_item key = {0}, *found = NULL;
    if (!(key.path = vti_copy(path))) return NULL;
    if (content->n > 0) found = bsearch(&key, content->item, content->n, sizeof key, by_path);
    free(key.path);
    return found;
}

const char *vti_hdf5_text(const vti_hdf5 *content, const char *path)
{
    const vti_hdf5_item *item = vti_hdf5_find(content, path);
    return item && item->kind == VTI_HDF5_TEXT ? item->text : NULL;
}
