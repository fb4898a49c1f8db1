/* Pictures: the decoders of TIFF and PNG in this process, their words, and one time in 256 the way through the child.
 */
#include "io/image/image_internal.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void insist(int good)
{
    if (!good) abort();
}

static void through_the_child(const vti_file *file)
{
    vt_image *i = NULL;
    vt_table *t = NULL;
    vt_error err = {0};
    insist(vt_table_create(&t, NULL) == VT_OK);
    const vt_status st = vt_image_parse(file->name, file->bytes, file->size, NULL, &i, t, &err);
    insist(st == VT_OK ? i && i->width > 0 : err.code == st && err.msg[0] && !i);
    vt_image_free(i);
    vt_table_free(t);
}

static void decode(const vti_file *file, bool png)
{
    static vti_picture p;
    vt_error err = {0};
    double unit;
    p = (vti_picture){0};
    const vt_status st = png ? vti_png_decode(file, NULL, &p, &err) : vti_tiff_decode(file, NULL, &p, &err);
    insist(st == VT_OK ? p.image && p.image->width > 0 : err.code == st && err.msg[0]);
    vt_table *t = NULL;
    insist(vt_table_create(&t, NULL) == VT_OK);
    insist(vti_description_read(p.description, t, &unit, NULL) == VT_OK);
    vt_table_free(t);
    vt_image_free(p.image);
}

/* The first byte chooses; the head of the format is put in its place. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 16) return 0;
    uint8_t *bytes = malloc(size);
    const vti_file file = {"fuzz", bytes, size - 1};
    memcpy(bytes, data + 1, size - 1);
    if (data[0] % 2)
        memcpy(bytes, "\x89PNG\r\n\x1A\n", 8);
    else
        memcpy(bytes, data[0] & 4 ? "MM\0*" : "II*\0", 4);
    if (data[0] < 2)
        through_the_child(&file);
    else
        decode(&file, data[0] % 2);
    free(bytes);
    return 0;
}
