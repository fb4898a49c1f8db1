/* Tables written and read back: every bit, unit, text and metadata line. */
#include "io/table_text.h"
#include <float.h>
#include <unistd.h>

static vt_table *written_and_read(const vt_table *t)
{
    char *text = NULL;
    size_t n = 0;
    vt_error err = {0};
    FILE *out = open_memstream(&text, &n);
    CHECK_OK(vt_table_write(t, out, &err), &err);
    fclose(out);
    vt_table *back = table_of_size(text, n, NULL);
    free(text);
    return back;
}

static uint64_t next(uint64_t *s)
{
    *s ^= *s >> 12;
    *s ^= *s << 25;
    *s ^= *s >> 27;
    return *s * UINT64_C(2685821657736338717);
}

/* Values as a reader makes them: a decimal number in the unit, converted. They come back bit by bit. */
static void values_come_back_bit_by_bit(void)
{
    static const char *const UNITS[] = {"1", "nm", "degC", "mW/mg", "min", "deg", "GPa", "%"};
    enum { N = 2000 };
    static double v[N];
    uint64_t s = 99;
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(vt_table_create(&t, &err), &err);
    for (size_t u = 0; u < sizeof UNITS / sizeof *UNITS; u++) {
        vt_unit unit;
        char name[8];
        CHECK_OK(vt_unit_read(UNITS[u], NULL, &unit, &err), &err);
        for (int i = 0; i < N; i++)
            v[i] = ((double)(next(&s) >> 11) / 9007199254740992.0 - 0.3) * pow(10, (int)(next(&s) % 30) - 15);
        v[7] = NAN;
        snprintf(name, sizeof name, "c%zu", u);
        CHECK_OK(vt_table_add(t, name, &unit, N, v, &err), &err);
    }
    vt_table *back = written_and_read(t);
    size_t wrong = 0;
    for (size_t c = 0; c < vt_table_columns(t); c++) {
        const double *a = vt_table_values(t, c), *b = vt_table_values(back, c);
        for (int i = 0; i < N; i++) wrong += !(a[i] == b[i] || (isnan(a[i]) && isnan(b[i])));
        CHECK(strcmp(vt_table_column_unit(t, c)->text, vt_table_column_unit(back, c)->text) == 0);
    }
    CHECK(wrong == 0);
    vt_table_free(t);
    vt_table_free(back);
}

/* SI values that no number in the unit of origin gives: the nearest one is written, at most one ulp away. */
static void values_made_in_si_come_back_within_an_ulp(void)
{
    const double si[3] = {0.1 + 0.2, 1.0 / 3.0, 570.15000000000009};
    double in_unit[3];
    vt_unit unit;
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(vt_unit_read("min", "s", &unit, &err), &err);
    for (int i = 0; i < 3; i++) in_unit[i] = si[i] / 60.0;
    CHECK_OK(vt_table_create(&t, &err), &err);
    CHECK_OK(vt_table_add(t, "t", &unit, 3, in_unit, &err), &err);
    vt_table *back = written_and_read(t);
    for (size_t i = 0; i < 3; i++) CHECK_REL(at(back, "t", i), at(t, "t", i), DBL_EPSILON);
    vt_table_free(t);
    vt_table_free(back);
}

static void texts_and_metadata_come_back(void)
{
    const char *const words[] = {"plain", "with, comma", "with \"quotes\"", "", "# no comment", " blanks ", "12.5",
                                 "nan",   "--",          "\xC2\xB5m"};
    const double x[10] = {1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5};
    vt_table *t = NULL;
    vt_error err = {0};
    CHECK_OK(vt_table_create(&t, &err), &err);
    CHECK_OK(vt_table_add_text(t, "word, or so", 10, words, &err), &err);
    CHECK_OK(vt_table_add_si(t, "x", "m", 10, x, &err), &err);
    CHECK_OK(vt_table_add_meta(t, "diameter", "52 um", 1, &err), &err);
    CHECK_OK(vt_table_add_meta(t, "alloy", "ni-pd-p-b", 2, &err), &err);
    CHECK_OK(vt_table_add_meta(t, "list", "10,20,40 nm", 3, &err), &err);
    vt_table *back = written_and_read(t);
    CHECK(vt_table_find(back, "word, or so") == 0);
    for (size_t i = 0; i < 10; i++)
        if (strcmp(vt_table_text(back, 0, i), words[i]) != 0)
            CHECK_FAILED("'%s' came back as '%s'", words[i], vt_table_text(back, 0, i));
    CHECK(vt_table_metas(back) == 3);
    for (size_t i = 0; i < 3; i++) CHECK(strcmp(vt_table_meta(back, i).text, vt_table_meta(t, i).text) == 0);
    vt_table_free(t);
    vt_table_free(back);
}

static void the_text_is_what_people_write(void)
{
    char *text = NULL;
    size_t n = 0;
    vt_error err = {0};
    vt_table *t = table_of("# diameter: 52 [um]\nT [degC],eta [Pa s],who\n297,3.16e8,a\n270.5,nan,\n");
    FILE *out = open_memstream(&text, &n);
    CHECK_OK(vt_table_write(t, out, &err), &err);
    fclose(out);
    CHECK(strcmp(text, "# diameter: 52 [um]\nT [degC],eta [Pa s],who\n297,316000000,a\n270.5,nan,\n") == 0);
    free(text);
    vt_table_free(t);
}

static void saving_is_whole_or_not_at_all(void)
{
    char dir[] = "/tmp/vitrum-table-XXXXXX", path[64];
    vt_error err = {0};
    if (!mkdtemp(dir)) return;
    snprintf(path, sizeof path, "%s/t.csv", dir);
    vt_table *t = table_of("t [s],F [N]\n1.5,2.5\n"), *back = NULL;
    CHECK_OK(vt_table_save(t, path, &err), &err);
    CHECK_OK(vt_table_read(path, NULL, &back, &err), &err);
    CHECK(at(back, "F", 0) == 2.5 && strcmp(vt_table_path(back), path) == 0);
    CHECK(vt_table_save(t, "/no/such/folder/t.csv", &err) == VT_EWRITE);
    const double bad[1] = {INFINITY};
    CHECK_OK(vt_table_add_si(t, "bad", "m", 1, bad, &err), &err);
    CHECK(vt_table_save(t, path, &err) == VT_ENAN);
    CHECK_TEXT(err.msg, "column 'bad', row 1 is infinite");
    vt_table_free(back);
    back = NULL;
    CHECK_OK(vt_table_read(path, NULL, &back, &err), &err); /* the old file is still there */
    CHECK(vt_table_columns(back) == 2);
    CHECK(vt_table_write(NULL, stdout, &err) == VT_EARG && vt_table_save(t, NULL, &err) == VT_EARG);
    vt_table_free(t);
    vt_table_free(back);
    remove(path);
    CHECK(rmdir(dir) == 0); /* no temporary file is left */
}

CHECK_MAIN(CHECK_CASE(values_come_back_bit_by_bit), CHECK_CASE(values_made_in_si_come_back_within_an_ulp),
           CHECK_CASE(texts_and_metadata_come_back), CHECK_CASE(the_text_is_what_people_write),
           CHECK_CASE(saving_is_whole_or_not_at_all))
