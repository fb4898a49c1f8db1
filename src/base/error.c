/* Status codes and the error record: names, exit classes, formatting. */
#include <gsl/gsl_errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/error.h>

static vt_status fill(vt_error *err, vt_status code, const char *file, long line, long column, const char *fmt,
                      va_list args)
{
    if (!err) return code;
    char text[VT_ERROR_TEXT]; /* the arguments may point into *err */
    char path[VT_ERROR_PATH];
    vsnprintf(text, sizeof text, fmt, args);
    snprintf(path, sizeof path, "%s", file ? file : "");
    for (char *c = text; *c; c++)
        if (*c == '\n' || *c == '\r') *c = ' ';
    err->code = code;
    err->line = line;
    err->column = column;
    memcpy(err->file, path, sizeof path);
    memcpy(err->msg, text, sizeof text);
    return code;
}

vt_status vt_fail(vt_error *err, vt_status code, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    fill(err, code, NULL, 0, 0, fmt, args);
    va_end(args);
    return code;
}

vt_status vt_fail_at(vt_error *err, vt_status code, const char *file, long line, long column, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    fill(err, code, file, line, column, fmt, args);
    va_end(args);
    return code;
}

vt_status vt_error_place(vt_error *err, const char *file, long line)
{
    if (!err) return VT_EINTERNAL;
    if (!err->file[0] && file) {
        snprintf(err->file, sizeof err->file, "%s", file);
        err->line = line;
    }
    return err->code;
}

vt_status vt_error_about(vt_error *err, const char *what)
{
    if (!err) return VT_EINTERNAL;
    const size_t n = what ? strlen(what) : 0;
    if (n == 0 || (strncmp(err->msg, what, n) == 0 && err->msg[n] == ':')) return err->code;
    char text[VT_ERROR_TEXT];
    if (snprintf(text, sizeof text, "%.100s: %s", what, err->msg) >= 0) memcpy(err->msg, text, sizeof text);
    return err->code;
}

struct status_row {
    const char *name;
    char exit_class;
    const char *text;
};

#define VT_STATUS_ROW(name, class, text) [VT_E##name] = {"E_" #name, #class[0], text},
static const struct status_row STATUS[VT_STATUS_COUNT] = {[VT_OK] = {"OK", 'O', "no error"},
                                                          VT_STATUS_LIST(VT_STATUS_ROW)};
#undef VT_STATUS_ROW

static const struct status_row *row_of(vt_status code)
{
    static const struct status_row unknown = {"E_UNKNOWN", 'C', "unknown status"};
    return (int)code >= 0 && code < VT_STATUS_COUNT ? &STATUS[code] : &unknown;
}

const char *vt_status_name(vt_status code)
{
    return row_of(code)->name;
}

const char *vt_status_text(vt_status code)
{
    return row_of(code)->text;
}

int vt_error_exit(const vt_error *err)
{
    if (!err || err->code == VT_OK) return 0;
    switch (row_of(err->code)->exit_class) {
    case 'U': return 2;
    case 'I': return err->file[0] ? 3 : 2;
    default: return 1;
    }
}

size_t vt_error_format(const vt_error *err, char *buf, size_t size)
{
    char place[VT_ERROR_PATH + 64] = "";
    if (err->file[0] && err->line > 0 && err->column > 0)
        snprintf(place, sizeof place, "%s:%ld:%ld: ", err->file, err->line, err->column);
    else if (err->file[0] && err->line > 0)
        snprintf(place, sizeof place, "%s:%ld: ", err->file, err->line);
    else if (err->file[0])
        snprintf(place, sizeof place, "%s: ", err->file);
    const int n = snprintf(buf, size, "%s%s: %s", place, vt_status_name(err->code), err->msg);
    return n < 0 ? 0 : (size_t)n;
}

/* GSL's default handler ends the process of whoever calls it. Every call here looks at what GSL returns. */
__attribute__((constructor)) static void quiet_gsl(void)
{
    gsl_set_error_handler_off();
}
