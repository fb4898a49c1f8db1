#pragma once
/* Tables from text literals, for tests of the reader. */
#include "check.h"
#include <vitrum/io.h>

static inline vt_table *table_of_size(const char *text, size_t size, const vt_read_options *options)
{
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(vt_table_parse("t.csv", text, size, options, &t, &err), &err);
    return t;
}

static inline vt_table *table_of(const char *text)
{
    return table_of_size(text, strlen(text), NULL);
}

/* The text is refused with this code in this line, and the message contains part. */
static inline void refused_size(const char *text, size_t size, const vt_read_options *options, vt_status code,
                                long line, const char *part)
{
    vt_table *t = NULL;
    vt_error err = {0};
    const vt_status st = vt_table_parse("t.csv", text, size, options, &t, &err);
    if (st != code || err.line != line || strcmp(err.file, "t.csv") != 0 || !strstr(err.msg, part))
        CHECK_FAILED("'%.60s': %s line %ld \"%s\" in %s, expected %s line %ld \"%s\"", text, vt_status_name(st),
                     err.line, err.msg, err.file, vt_status_name(code), line, part);
    CHECK(t == NULL);
    vt_table_free(t);
}

static inline void refused(const char *text, vt_status code, long line, const char *part)
{
    refused_size(text, strlen(text), NULL, code, line, part);
}

static inline double at(const vt_table *t, const char *name, size_t row)
{
    const long c = vt_table_find(t, name);
    const double *v = c >= 0 ? vt_table_values(t, (size_t)c) : NULL;
    if (!v || row >= vt_table_rows(t)) {
        CHECK_FAILED("no number in column %s, row %zu", name, row);
        return (double)NAN;
    }
    return v[row];
}
