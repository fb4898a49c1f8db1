/* What a command gives: a result on standard output, and its folder. */
#include "cli.h"
#include <vitrum/report.h>

struct folder {
    const cli_args *args;
    const vt_result *result;
    vt_render render;
};

static vt_status fill(const char *dir, void *context, vt_error *err)
{
    struct folder *f = context;
    char title[160];
    snprintf(title, sizeof title, "%s %s", vt_result_kind(f->result), vt_result_name(f->result));
    vt_status st = vt_result_save(f->result, dir, err);
    if (st == VT_OK) st = vt_report_result(dir, f->result, f->args->command_line, true, &f->render, err);
    if (st == VT_OK) st = vt_crate_write(dir, title, f->args->command_line, err);
    return st;
}

static void words(const cli_args *args, const vt_result *r)
{
    if (args->quiet || args->format == CLI_TABLE) return; /* the table prints its warnings itself */
    for (size_t i = 0; i < vt_result_warnings(r); i++)
        fprintf(stderr, "vitrum: warning: %s: %s\n", vt_result_warning_code(r, i), vt_result_warning_message(r, i));
}

vt_status cli_result(const cli_args *args, const vt_result *r, vt_error *err)
{
    vt_status st = VT_OK;
    if (args->output) {
        struct folder f = {.args = args, .result = r};
        st = vt_folder_write(args->output, args->force != 0, fill, &f, err);
        if (st != VT_OK) return st;
        if (!args->quiet && f.render.note[0]) fprintf(stderr, "vitrum: %s\n", f.render.note);
        if (!args->quiet) fprintf(stderr, "vitrum: report: %s/report.html\n", args->output);
    }
    switch ((cli_format)args->format) {
    case CLI_JSON: st = vt_result_write_json(r, stdout, err); break;
    case CLI_CSV: st = vt_result_write_properties(r, stdout, ',', err); break;
    case CLI_TABLE: st = vt_result_print(r, stdout, err); break;
    }
    if (st == VT_OK) words(args, r);
    return st;
}
