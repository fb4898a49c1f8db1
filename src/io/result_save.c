/* The files of one result in its folder. */
#include "io/file_internal.h"
#include <stdio.h>
#include <string.h>
#include <vitrum/image.h>
#include <vitrum/io.h>

enum { SAVE_PATH = 4096 };

static vt_status join(char path[SAVE_PATH], const char *dir, const char *name, const char *ending, vt_error *err)
{
    const int n = snprintf(path, SAVE_PATH, "%s/%s%s", dir, name, ending);
    if (n < 0 || n >= SAVE_PATH) return vt_fail(err, VT_ELIMIT, "the path of %s in %.300s is too long", name, dir);
    return VT_OK;
}

static vt_status save_json(const vt_result *r, const char *dir, vt_error *err)
{
    char path[SAVE_PATH];
    vti_file_out out = {0};
    vt_status st;
    VT_TRY(st = join(path, dir, "result", ".json", err));
    VT_TRY(st = vti_file_begin(&out, path, err));
    VT_TRY(st = vt_result_write_json(r, out.stream, err));
    st = vti_file_commit(&out, err);
done:
    vti_file_abandon(&out);
    return st;
}

static vt_status save_properties(const vt_result *r, const char *dir, vt_error *err)
{
    char path[SAVE_PATH];
    vti_file_out out = {0};
    vt_status st;
    VT_TRY(st = join(path, dir, "properties", ".csv", err));
    VT_TRY(st = vti_file_begin(&out, path, err));
    VT_TRY(st = vt_result_write_properties(r, out.stream, ',', err));
    st = vti_file_commit(&out, err);
done:
    vti_file_abandon(&out);
    return st;
}

static vt_status save_curves(const vt_result *r, const char *dir, vt_error *err)
{
    char folder[SAVE_PATH], path[SAVE_PATH];
    vt_status st;
    if (vt_result_curves(r) == 0) return VT_OK;
    VT_TRY(st = join(folder, dir, "curves", "", err));
    VT_TRY(st = vt_folder_make(folder, err));
    for (size_t i = 0; i < vt_result_curves(r); i++) {
        const char *ending = vt_table_image(vt_result_curve(r, i)) ? ".tif" : ".csv";
        VT_TRY(st = join(path, folder, vt_result_curve_name(r, i), ending, err));
        VT_TRY(st = vt_table_save(vt_result_curve(r, i), path, err));
    }
done:
    return st;
}

static vt_status save_document(const vt_result *r, size_t i, const char *dir, vt_error *err)
{
    char path[SAVE_PATH];
    vti_file_out out = {0};
    vt_status st;
    VT_TRY(st = join(path, dir, vt_result_document_name(r, i), "", err));
    VT_TRY(st = vti_file_begin(&out, path, err));
    fputs(vt_result_document_text(r, i), out.stream);
    st = vti_file_commit(&out, err);
done:
    vti_file_abandon(&out);
    return st;
}

vt_status vt_result_save(const vt_result *r, const char *dir, vt_error *err)
{
    char path[SAVE_PATH];
    vt_status st;
    if (!r || !dir || !dir[0]) return vt_fail(err, VT_EARG, "result or dir is NULL or empty");
    VT_TRY(st = save_json(r, dir, err));
    VT_TRY(st = save_properties(r, dir, err));
    VT_TRY(st = save_curves(r, dir, err));
    for (size_t i = 0; i < vt_result_documents(r); i++) VT_TRY(st = save_document(r, i, dir, err));
    if (!vt_result_card(r)) return VT_OK;
    VT_TRY(st = join(path, dir, "card", ".yaml", err));
    VT_TRY(st = vt_card_save(vt_result_card(r), path, err));
done:
    return st;
}
