/* Text tables from arbitrary bytes: a table that can be written and read back to the same shape, or a refusal
 * with code, text and file. The first byte chooses options. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/io.h>

static void insist(int condition)
{
    if (!condition) abort();
}

static void check_round_trip(const vt_table *t)
{
    char *text = NULL;
    size_t n = 0;
    vt_error err = {0};
    FILE *out = open_memstream(&text, &n);
    insist(out != NULL && vt_table_write(t, out, &err) == VT_OK);
    fclose(out);
    vt_table *back = NULL;
    /* names that end in a bracket, or unit columns without texts, may be read differently: not a crash */
    if (vt_table_parse("back.csv", text, n, NULL, &back, &err) != VT_OK) insist(err.code != VT_OK && err.msg[0]);
    vt_table_free(back);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const vt_setting units[] = {{"*", "1", NULL, 0}, {"T", "degC", NULL, 0}};
    static const char *const texts[] = {"id", NULL};
    if (size == 0) return 0;
    const vt_read_options options = {
        .units = units, .nunits = data[0] & 1u, .text_columns = data[0] & 2 ? texts : NULL};
    /* a copy of the exact size, so that the sanitizer sees every byte read too many */
    char *copy = malloc(size);
    if (size > 1) memcpy(copy, data + 1, size - 1);
    vt_table *t = NULL;
    vt_error err = {0};
    const vt_status st = vt_table_parse("fuzz", copy, size - 1, &options, &t, &err);
    free(copy);
    if (st == VT_OK) {
        insist(vt_table_rows(t) > 0 && vt_table_columns(t) > 0);
        for (size_t c = 0; c < vt_table_columns(t); c++)
            for (size_t r = 0; r < vt_table_rows(t); r++) insist(vt_table_text(t, c, r) != NULL);
        insist(vt_table_line(t, vt_table_rows(t) - 1) > 0);
        check_round_trip(t);
    } else {
        insist(err.code == st && err.msg[0] && t == NULL);
    }
    vt_table_free(t);
    return 0;
}
