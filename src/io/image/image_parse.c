/* Pictures through the pipe of a child process that decodes them, and as books of one table. */
#include "io/hdf5/hdf5_internal.h"
#include "io/image/image_internal.h"
#include "io/isolated_internal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    START = 2000,   /* ms that a library may take anyway */
    PACE = 1 << 10, /* bytes of the file that it unpacks in a ms, at least */
};
static const size_t MEMORY =
    (size_t)3 << 30; /* of the child: pixels as the library has them, as we have them, a mask */

typedef vt_status decoder(const vti_file *file, const vt_image_options *options, vti_picture *out, vt_error *err);

struct load {
    const vti_file *file;
    const vt_image_options *options;
    decoder *decode;
    vti_picture *picture;
};

/* What goes through the pipe before the pixels. */
struct head {
    uint64_t width, height, count;
    double pixel_size;
    uint32_t bits, real, palette, colour;
    char description[VTI_IMAGE_WORDS], notes[VTI_IMAGE_WORDS];
};

static decoder *decoder_of(const vti_file *file)
{
    static const char PNG[] = "\x89PNG\r\n\x1A\n";
    const unsigned char *b = file->bytes;
    if (file->size < 8) return NULL;
    if (memcmp(b, PNG, 8) == 0) return vti_png_decode;
    if (memcmp(b, "II*\0", 4) == 0 || memcmp(b, "MM\0*", 4) == 0 || memcmp(b, "II+\0", 4) == 0 ||
        memcmp(b, "MM\0+", 4) == 0)
        return vti_tiff_decode;
    return vti_is_hdf5(file) ? vti_hdf5_decode : NULL;
}

static vt_status work(void *context, vti_pipe *out, vt_error *err)
{
    static struct head h; /* of the child alone */
    const struct load *l = context;
    vti_picture *p = l->picture;
    const vt_status st = l->decode(l->file, l->options, p, err);
    if (st != VT_OK) return st;
    const vt_image *i = p->image;
    const size_t n = i->width * i->height * i->count;
    h = (struct head){.width = i->width,
                      .height = i->height,
                      .count = i->count,
                      .pixel_size = i->pixel_size,
                      .bits = i->bits,
                      .real = i->real,
                      .palette = i->palette,
                      .colour = i->colour != NULL};
    memcpy(h.description, p->description, sizeof h.description);
    memcpy(h.notes, p->notes, sizeof h.notes);
    const bool sent = vti_pipe_put(out, &h, sizeof h) && vti_pipe_put(out, i->grey, n * sizeof *i->grey) &&
                      (!i->colour || (vti_pipe_put(out, i->colour, n) && vti_pipe_put(out, i->rgb, 3 * n)));
    return sent ? VT_OK : vt_fail(err, VT_EIO, "cannot be handed over");
}

static vt_status confused(const struct load *l, vt_error *err)
{
    return vt_fail_at(err, VT_EPARSE, l->file->name, 0, 0, "is a damaged picture; copy it again");
}

/* Trusts what the child sends no more than the file. */
static vt_status take(void *context, vti_pipe *in, vt_error *err)
{
    const struct load *l = context;
    vti_picture *p = l->picture;
    struct head *h = malloc(sizeof *h);
    vt_status st = VT_EPARSE;
    if (!h || !vti_pipe_take(in, h, sizeof *h)) {
        confused(l, err);
        goto done;
    }
    VT_TRY(st = vt_image_create(&p->image, (size_t)h->width, (size_t)h->height, (size_t)h->count, err));
    const size_t n = p->image->width * p->image->height * p->image->count;
    p->image->pixel_size = h->pixel_size > 0.0 && h->pixel_size < 1.0 ? h->pixel_size : 0.0;
    p->image->bits = h->bits;
    p->image->real = h->real != 0;
    p->image->palette = h->palette != 0;
    memcpy(p->description, h->description, sizeof p->description);
    memcpy(p->notes, h->notes, sizeof p->notes);
    p->description[sizeof p->description - 1] = p->notes[sizeof p->notes - 1] = '\0';
    if (h->colour) p->image->colour = malloc(n);
    if (h->colour) p->image->rgb = malloc(3 * n);
    if ((h->colour && (!p->image->colour || !p->image->rgb)) ||
        !vti_pipe_take(in, p->image->grey, n * sizeof *p->image->grey) ||
        (h->colour && (!vti_pipe_take(in, p->image->colour, n) || !vti_pipe_take(in, p->image->rgb, 3 * n))))
        st = confused(l, err);
done:
    free(h);
    return st;
}

static vt_status check_finite(const char *name, const vt_image *i, vt_error *err)
{
    const size_t n = i->width * i->height * i->count;
    for (size_t k = 0; k < n; k++)
        if (!isfinite(i->grey[k]))
            return vt_fail_at(err, VT_ENAN, name, 0, 0,
                              "pixel (%zu, %zu) of slice %zu is not a finite number; crop the picture, or fill it",
                              k % i->width, k / i->width % i->height, k / i->width / i->height + 1);
    return VT_OK;
}

/* Lines of the notes as notes of the table. */
static vt_status add_notes(vti_picture *p, const char *name, vt_table *table, vt_error *err)
{
    vt_status st = VT_OK;
    double unit;
    for (char *line = p->notes, *end; st == VT_OK && (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        st = vt_table_add_note(table, err, "%s: %s", line, name);
    }
    return st == VT_OK ? vti_description_read(p->description, table, &unit, err) : st;
}

vt_status vt_image_parse(const char *name, const void *bytes, size_t size, const vt_image_options *options,
                         vt_image **image, vt_table *table, vt_error *err)
{
    if (!name || (!bytes && size > 0) || !image) return vt_fail(err, VT_EARG, "name, bytes or image is NULL");
    const vti_file file = {name, bytes, size};
    vti_picture *p = calloc(1, sizeof *p);
    struct load l = {&file, options, decoder_of(&file), p};
    const vti_isolated job = {.name = name,
                              .memory = MEMORY,
                              .milliseconds = START + (int)(size / PACE),
                              .context = &l,
                              .work = work,
                              .take = take};
    vt_status st = VT_EMEMORY;
    if (!p) return vt_fail(err, VT_EMEMORY, "no memory to read %s", name);
    if (!l.decode) VT_TRY(st = vt_fail_at(err, VT_EPARSE, name, 0, 0, "is no TIFF, PNG or HDF5 file"));
    VT_TRY(st = vti_isolated_run(&job, err));
    VT_TRY(st = check_finite(name, p->image, err));
    if (table) VT_TRY(st = add_notes(p, name, table, err));
    *image = p->image;
    p->image = NULL;
done:
    vt_image_free(p->image);
    free(p);
    return st;
}

/* ---- as a book ---- */
static const char *format_name(const vti_file *file)
{
    decoder *d = decoder_of(file);
    return d == vti_png_decode ? "PNG picture" : d == vti_tiff_decode ? "TIFF picture" : "HDF5 picture";
}

vt_status vti_image_book(const vti_file *file, const vt_read_options *options, vt_book *book, vt_error *err)
{
    const vt_image_options how = {.dataset = options ? options->dataset : NULL, .slice = options ? options->slice : 0};
    vt_table *t = NULL;
    vt_image *image = NULL;
    vt_status st;
    VT_TRY(st = vti_refuse_sheet(file->name, options, err));
    VT_TRY(st = vti_book_set_format(book, format_name(file), err));
    VT_TRY(st = vt_table_create(&t, err));
    VT_TRY(st = vt_table_name(t, file->name, err));
    VT_TRY(st = vt_image_parse(file->name, file->bytes, file->size, &how, &image, t, err));
    vt_table_set_image(t, image);
    st = vti_book_add(book, t, err);
    t = NULL;
done:
    vt_table_free(t);
    return st;
}

/* HDF5 is the matter of the readers of instruments, who hand a file of pictures on, unless a dataset is asked for. */
static bool recognise(const vti_file *file)
{
    decoder *d = decoder_of(file);
    return d == vti_png_decode || d == vti_tiff_decode;
}

const vti_format VTI_IMAGE_FORMAT = {"picture", recognise, vti_image_book};
