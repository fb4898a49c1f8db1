/* HDF5 of the micromechanics project: tests, units, what is left out, every refusal; damaged files, which bring the
 * library down, and never vitrum. The real files are read if they are there. `--write FILE` writes the made-up one, for
 * the fixture of the command line. */
#include "io/hdf5_image.h"
#include "io/mutate.h"

#define NANOTEST "https://github.com/micromechanics/tools/blob/main/Micromaterials2hdf.py"
static const image_recipe GOOD = {NANOTEST, "2.0", "{\"test_3\": {\"ignore\": true}}", NULL, 11, 5, 0, 0};

static vt_book *book_of(const image_recipe *recipe, const vt_read_options *options)
{
    size_t n;
    unsigned char *bytes = image_make(recipe, &n);
    vt_book *b = NULL;
    vt_error err = {0};
    CHECK_OK(vt_book_parse("made-up.hdf5", bytes, n, options, &b, &err), &err);
    free(bytes);
    return b;
}

static double at(const vt_table *t, const char *name, size_t row)
{
    const long c = vt_table_find(t, name);
    return c < 0 ? NAN : vt_table_values(t, (size_t)c)[row];
}

static void tests_come_in_their_own_order(void)
{
    vt_book *b = book_of(&GOOD, NULL);
    CHECK_TEXT(vt_book_format(b), "micromechanics HDF5");
    CHECK(vt_book_tables(b) == 10); /* of 11 one is marked */
    CHECK(strcmp(vt_table_label(vt_book_table(b, 1)), "test_2") == 0);
    CHECK(strcmp(vt_table_label(vt_book_table(b, 2)), "test_4") == 0);
    const vt_table *last = vt_book_table(b, 9);
    CHECK(strcmp(vt_table_label(last), "test_11") == 0 && strcmp(vt_table_form(last), "record") == 0);
    CHECK(vt_table_rows(last) == 16 && vt_table_columns(last) == 4);
    CHECK(strcmp(vt_table_column_name(last, 0), "time") == 0 &&
          strcmp(vt_table_column_name(last, 1), "displacement") == 0);
    CHECK(at(last, "time", 3) == 0.75 && at(last, "temperature", 2) == 26.0);
    CHECK(vt_book_ignored(b) == 2);
    CHECK_TEXT(vt_book_ignored_text(b, 0), "test_3: marked 'ignore'");
    CHECK_TEXT(vt_book_ignored_text(b, 1), "instrument: 1 settings");
    vt_book_free(b);
}

static void units_come_from_the_column_or_the_converter(void)
{
    image_recipe r = GOOD;
    vt_book *b = book_of(&r, NULL);
    const vt_table *t = vt_book_table(b, 0);
    CHECK_REL(at(t, "displacement", 0), -3.5e-9, 1e-15); /* nm */
    CHECK_REL(at(t, "force", 0), -0.5e-3, 1e-15);        /* mN */
    CHECK(!vt_table_column_has_unit(t, 3));              /* of the temperature nobody says it */
    vt_book_free(b);
    r.force_unit = "uN"; /* what the file says counts more than what the converter usually does */
    b = book_of(&r, NULL);
    CHECK_REL(at(vt_book_table(b, 0), "force", 0), -0.5e-6, 1e-15);
    vt_book_free(b);
    r.uri = "https://example.org/mine.py";
    b = book_of(&r, NULL);
    t = vt_book_table(b, 0);
    CHECK(!vt_table_column_has_unit(t, 0) && !vt_table_column_has_unit(t, 1) && vt_table_column_has_unit(t, 2));
    vt_book_free(b);
    const vt_setting unit = {.key = "displacement", .text = "um"};
    b = book_of(&r, &(vt_read_options){.units = &unit, .nunits = 1});
    CHECK_REL(at(vt_book_table(b, 9), "displacement", 0), -3.5e-6, 1e-15);
    vt_book_free(b);
}

static const char *meta(const vt_table *t, const char *key)
{
    for (size_t i = 0; i < vt_table_metas(t); i++)
        if (strcmp(vt_table_meta(t, i).key, key) == 0) return vt_table_meta(t, i).text;
    return "";
}

static void places_drift_and_sentinels_are_told(void)
{
    vt_book *b = book_of(&GOOD, NULL);
    const vt_table *t = vt_book_table(b, 1);
    CHECK_TEXT(meta(t, "x"), "20 um");
    CHECK_TEXT(meta(t, "y"), "-4.5 um");
    CHECK_TEXT(meta(t, "drift_rate"), "0.125 nm/s");
    CHECK(isnan(at(t, "force", vt_table_rows(t) - 2)) && !isnan(at(t, "force", vt_table_rows(t) - 1)));
    CHECK(vt_table_notes(vt_book_table(b, 0)) == 2);
    CHECK_TEXT(vt_table_note(vt_book_table(b, 0), 0), "plane of the specimen");
    CHECK_TEXT(vt_table_note(vt_book_table(b, 0), 1), "force 10"); /* one in each of ten tests */
    vt_book_free(b);
}

static void links_out_of_the_file_are_not_followed(void)
{
    image_recipe r = GOOD;
    r.foreign = 1;
    vt_book *b = book_of(&r, NULL);
    char all[4096] = "";
    for (size_t i = 0; i < vt_book_ignored(b); i++) {
        strncat(all, vt_book_ignored_text(b, i), sizeof all - strlen(all) - 1);
        strncat(all, "\n", sizeof all - strlen(all) - 1);
    }
    CHECK_TEXT(all, "outside: a link that is not followed\n");
    CHECK_TEXT(all, "soft: a link that is not followed\n");
    CHECK_TEXT(all, "flat: a dataset that is not of one dimension\n");
    CHECK_TEXT(all, "words: a dataset that is not of numbers\n");
    CHECK_TEXT(all, "test_1/data/short: 2 numbers beside 6 readings\n");
    CHECK(vt_book_tables(b) == 10);
    vt_book_free(b);
}

static void refused(const image_recipe *r, const vt_read_options *o, vt_status code, const char *part)
{
    size_t n;
    unsigned char *bytes = image_make(r, &n);
    vt_book *b = NULL;
    vt_error err = {0};
    CHECK(vt_book_parse("bad.hdf5", bytes, n, o, &b, &err) == code && err.code == code && !b);
    CHECK_TEXT(err.msg, part);
    CHECK(strcmp(err.file, "bad.hdf5") == 0);
    free(bytes);
}

static void bad_files_are_refused(void)
{
    image_recipe r = GOOD;
    refused(&r, &(vt_read_options){.sheet = "Results"}, VT_EARG, "this is no workbook");
    r.version = "3.1";
    refused(&r, NULL, VT_EPARSE, "version '3.1'; vitrum reads 2.0");
    r.version = NULL;
    refused(&r, NULL, VT_EPARSE, "a layout that vitrum does not know");
    r = GOOD;
    r.tests = 0;
    refused(&r, NULL, VT_ESHAPE, "without readings of a test");
    r = GOOD;
    r.torn = 1;
    refused(&r, NULL, VT_ESHAPE, "test_2: force has 6 numbers, time has 7");
}

static void a_torn_file_is_refused_by_name(void)
{
    size_t n;
    unsigned char *bytes = image_make(&GOOD, &n);
    vt_book *b = NULL;
    vt_error err = {0};
    CHECK(vt_book_parse("torn.hdf5", bytes, n / 2, NULL, &b, &err) == VT_EPARSE);
    CHECK_TEXT(err.msg, "damaged; copy it again");
    CHECK(strcmp(err.file, "torn.hdf5") == 0);
    free(bytes);
}

static void damaged_files_are_refused(void)
{
    size_t n;
    const image_recipe small = {NANOTEST, "2.0", NULL, "mN", 2, 6, 0, 1};
    unsigned char *bytes = image_make(&small, &n);
    const mutate_job job = {.name = "made-up HDF5", .bytes = bytes, .size = n, .count = MUTATE_COUNT};
    const mutate_counts c = mutate_run(&job);
    CHECK(c.refused > 100); /* most bytes of so small a file are empty room of the library's blocks, or names */
    free(bytes);
}

static void real_one(const char *path, size_t tests, size_t rows, double t, double h, double P)
{
    size_t n = 0;
    unsigned char *bytes = mutate_load(path, &n);
    if (!bytes) return;
    vt_book *b = NULL;
    vt_error err = {0};
    CHECK_OK(vt_book_parse(path, bytes, n, NULL, &b, &err), &err);
    const vt_table *last = vt_book_table(b, tests - 1);
    CHECK(vt_book_tables(b) == tests && vt_table_rows(last) == rows);
    CHECK_ABS(at(last, "time", rows - 3), t,
              1e-7); /* printed with ten digits by a program that only calls the library */
    CHECK_REL(at(last, "displacement", 1), h, 1e-9);
    CHECK_REL(at(last, "force", 1), P, 1e-9);
    vt_book_free(b);
    const mutate_job job = {.name = path, .bytes = bytes, .size = n, .count = MUTATE_COUNT / 50};
    const mutate_counts c = mutate_run(&job);
    CHECK(c.accepted + c.refused == job.count);
    free(bytes);
}

static void the_real_files_are_read(void)
{
    real_one("nanoindentation/fischerscope-hm2000-report/N1_1.hdf5", 16, 2363, 214.7, -95.21763881e-6, -0.296007585e-3);
    real_one("nanoindentation/micromaterials-nanotest-depth-series/Sample1_Vac_RT.hdf5", 5, 602, 4.99128161,
             -341.9801402e-9, -0.02670258117e-3);
}

static int write_fixture(const char *path)
{
    const image_recipe small = {NANOTEST, "2.0", "{\"test_1\": {\"ignore\": true}}", NULL, 3, 6, 0, 0};
    size_t n;
    unsigned char *bytes = image_make(&small, &n);
    FILE *out = fopen(path, "wb");
    const bool good = out && fwrite(bytes, 1, n, out) == n;
    if (out) fclose(out);
    free(bytes);
    return good ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--write") == 0) return write_fixture(argv[2]);
    const struct CMUnitTest tests[] = {CHECK_CASE(tests_come_in_their_own_order),
                                       CHECK_CASE(units_come_from_the_column_or_the_converter),
                                       CHECK_CASE(places_drift_and_sentinels_are_told),
                                       CHECK_CASE(links_out_of_the_file_are_not_followed),
                                       CHECK_CASE(bad_files_are_refused),
                                       CHECK_CASE(a_torn_file_is_refused_by_name),
                                       CHECK_CASE(damaged_files_are_refused),
                                       CHECK_CASE(the_real_files_are_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
