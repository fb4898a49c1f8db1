/* The workbook inside an OLE2 compound file, through libgsf. */
#include "io/sheet/container_internal.h"
#include "io/sheet/gsf_internal.h"
#include <stdlib.h>
#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-infile.h>
#include <gsf/gsf-input-memory.h>

/* Stream by name; NULL if there is none. */
static GsfInput *stream_of(GsfInfile *ole, const char *name)
{
    GsfInput *in = vti_gsf_member(ole, name);
    if (in && GSF_IS_INFILE(in) && gsf_infile_num_children(GSF_INFILE(in)) >= 0) { /* a folder */
        g_object_unref(in);
        return NULL;
    }
    return in;
}

static vt_status no_workbook(GsfInfile *ole, const char *name, vt_error *err)
{
    GsfInput *locked = stream_of(ole, "EncryptedPackage");
    if (locked) {
        g_object_unref(locked);
        return vt_fail_at(err, VT_EPARSE, name, 0, 0,
                          "is an encrypted workbook; open it and save it without a password");
    }
    return vt_fail_at(
        err, VT_EPARSE, name, 0, 0,
        "is an OLE2 compound file without a workbook that can be read: of another program, damaged or cut off; "
        "export its table as text");
}

static vt_status copy_stream(GsfInput *in, const char *name, size_t size, unsigned char **stream, size_t *n,
                             vt_error *err)
{
    const gsf_off_t length = gsf_input_size(in);
    if (length <= 0 || (size_t)length > size)
        return vt_fail_at(err, VT_EPARSE, name, 0, 0, "the workbook in it is longer than the file: damaged or cut off");
    unsigned char *bytes = malloc((size_t)length);
    if (!bytes) return vt_fail_at(err, VT_EMEMORY, name, 0, 0, "no memory for %zu bytes", (size_t)length);
    if (!gsf_input_read(in, (size_t)length, bytes)) {
        free(bytes);
        return vt_fail_at(err, VT_EPARSE, name, 0, 0, "the workbook in it cannot be read: damaged or cut off");
    }
    *stream = bytes;
    *n = (size_t)length;
    return VT_OK;
}

vt_status vti_ole_stream(const char *name, const void *bytes, size_t size, unsigned char **stream, size_t *n,
                         vt_error *err)
{
    vti_sheet_libraries();
    GsfInput *input = gsf_input_memory_new(bytes, (gsf_off_t)size, FALSE);
    if (!input) return vt_fail_at(err, VT_EMEMORY, name, 0, 0, "no memory for a workbook");
    GsfInfile *ole = gsf_infile_msole_new(input, NULL);
    g_object_unref(input);
    if (!ole)
        return vt_fail_at(err, VT_EPARSE, name, 0, 0,
                          "begins like an OLE2 compound file (.xls) but cannot be opened: damaged or cut off");
    GsfInput *book = stream_of(ole, "Workbook");
    if (!book) book = stream_of(ole, "Book");
    const vt_status st = book ? copy_stream(book, name, size, stream, n, err) : no_workbook(ole, name, err);
    if (book) g_object_unref(book);
    g_object_unref(ole);
    return st;
}
