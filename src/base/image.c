/* Images in memory, and the table that carries one. */
#include "base/table_internal.h"
#include <stdlib.h>
#include <vitrum/image.h>

vt_status vt_image_create(vt_image **image, size_t width, size_t height, size_t count, vt_error *err)
{
    if (!image) return vt_fail(err, VT_EARG, "image is NULL");
    if (width == 0 || height == 0 || count == 0 || width > VT_IMAGE_SIDE || height > VT_IMAGE_SIDE ||
        count > VT_IMAGE_COUNT || width * height > VT_IMAGE_PIXELS / count)
        return vt_fail(err, VT_ELIMIT,
                       "an image of %zu x %zu pixels and %zu slices; a side has 1 to %d, a stack 1 to %d slices and %d "
                       "pixels at most: crop it, or take one slice",
                       width, height, count, VT_IMAGE_SIDE, VT_IMAGE_COUNT, VT_IMAGE_PIXELS);
    vt_image *i = calloc(1, sizeof *i);
    float *grey = calloc(width * height * count, sizeof *grey);
    if (!i || !grey) {
        free(i);
        free(grey);
        return vt_fail(err, VT_EMEMORY, "no memory for an image of %zu x %zu pixels and %zu slices", width, height,
                       count);
    }
    *i = (vt_image){.width = width, .height = height, .count = count, .grey = grey, .bits = 32, .real = true};
    *image = i;
    return VT_OK;
}

void vt_image_free(vt_image *image)
{
    if (!image) return;
    free(image->grey);
    free(image->colour);
    free(image->rgb);
    free(image);
}

const float *vt_image_slice(const vt_image *image, size_t k)
{
    return image && k < image->count ? image->grey + k * image->width * image->height : NULL;
}

const vt_image *vt_table_image(const vt_table *table)
{
    return table ? table->image : NULL;
}

static void drop(vt_table *table)
{
    if (!table->borrowed_image) vt_image_free(table->image);
    table->image = NULL;
    table->borrowed_image = false;
}

void vt_table_set_image(vt_table *table, vt_image *image)
{
    if (!table || table->image == image) return;
    drop(table);
    table->image = image;
}

void vti_table_borrow_image(vt_table *table, const vt_table *owner)
{
    drop(table);
    table->image = owner->image;
    table->borrowed_image = table->image != NULL;
}
