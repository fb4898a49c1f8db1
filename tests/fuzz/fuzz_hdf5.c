/* What the child that reads HDF5 may send once a file has brought it out of step: arbitrary bytes to the reader of its
 * items and to the format behind; and, one time in 256, the bytes as a file through the child itself. (The library is
 * not fuzzed for itself: it runs in that child because it does not stand it.) */
#include "io/hdf5/hdf5_child_internal.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void insist(int good)
{
    if (!good) abort();
}

static void through_the_child(const vti_file *file)
{
    vt_book *b = NULL;
    vt_error err = {0};
    const vt_status st = vt_book_parse(file->name, file->bytes, file->size, NULL, &b, &err);
    insist(st == VT_OK ? vt_book_tables(b) > 0 : (err.code == st && err.msg[0] && !b));
    vt_book_free(b);
}

/* A good head, so that the fuzzer need not find it. */
static size_t put(uint8_t *to, const char *path, const char *text)
{
    const vti_hdf5_head head = {VTI_HDF5_TEXT, (uint32_t)strlen(path), strlen(text)};
    memcpy(to, &head, sizeof head);
    memcpy(to + sizeof head, path, strlen(path));
    memcpy(to + sizeof head + strlen(path), text, strlen(text));
    return sizeof head + strlen(path) + strlen(text);
}

static void as_items(const vti_file *file, const uint8_t *items, size_t n)
{
    vti_hdf5 content = {0};
    vt_book *b = NULL;
    vt_error err = {0};
    vti_pipe *in = vti_pipe_of(items, n);
    insist(in && vti_book_create(&b, NULL) == VT_OK);
    vt_status st = vti_hdf5_take(file, in, &content, &err);
    if (st == VT_OK) {
        vti_hdf5_sort(&content);
        st = vti_micromechanics_tables(file, &content, b, &err);
    }
    insist(st == VT_OK ? vt_book_tables(b) > 0 : (err.code == st && err.msg[0]));
    vti_hdf5_free(&content);
    vt_book_free(b);
    free(in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 9) return 0;
    uint8_t *bytes = malloc(size + 512);
    const vti_file file = {"fuzz.hdf5", bytes, size - 1};
    if (data[0] == 0) {
        memcpy(bytes, data + 1, size - 1);
        memcpy(bytes, "\x89HDF\r\n\x1A\n", 8);
        through_the_child(&file);
    } else {
        size_t n = put(bytes, "@version", "2.0");
        n += put(bytes + n, "@uri", data[0] % 2 ? "x/Micromaterials2hdf.py" : "y");
        memcpy(bytes + n, data + 1, size - 1);
        as_items(&file, bytes, n + size - 1);
    }
    free(bytes);
    return 0;
}
