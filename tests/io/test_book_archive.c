/* Micro Materials archives: tests in their own order, columns without units, what is left out, every refusal; damaged
 * ones. The real archive is read if it is there. */
#include "io/mutate.h"
#include "io/zip_text.h"
#include <vitrum/experiment.h>

#define ONE "0.000000\t-367.98\t-0.0103\r\n0.000000\t0.5\t0.002\r\n0.5\t12.25\t1.5\r\n1\t20\t0.25\r\n"
#define TWO "0 -1 -0.5\n0.25 3 9.9e37\n\n"

static const struct zip_member MEMBERS[] = {{"s/300nmXX 10 7.txt", ONE},
                                            {"s/300nmXX 9 7.txt", TWO},
                                            {"readme.txt", "depth series\n"},
                                            {"s/1000nmXX 1 7.txt", "0,000000\t1,5\t2,5\n0,5\t2,5\t-3,5"},
                                            {"empty.txt", ""}};

static vt_book *book_of(const struct zip_member *member, size_t n, const vt_read_options *options)
{
    size_t size;
    char *zip = zip_make(member, n, &size);
    vt_book *book = NULL;
    vt_error err = {0};
    CHECK_OK(vt_book_parse("depths.zip", zip, size, options, &book, &err), &err);
    free(zip);
    return book;
}

static void tests_come_in_their_own_order(void)
{
    vt_book *b = book_of(MEMBERS, 5, NULL);
    CHECK_TEXT(vt_book_format(b), "Micro Materials");
    CHECK(vt_book_tables(b) == 3 && vt_book_table(b, 3) == NULL);
    const char *const LABELS[] = {"s/300nmXX 9 7", "s/300nmXX 10 7", "s/1000nmXX 1 7"};
    for (size_t i = 0; i < vt_book_tables(b) && i < 3; i++) {
        const vt_table *t = vt_book_table(b, i);
        CHECK(strcmp(vt_table_label(t), LABELS[i]) == 0 && strcmp(vt_table_form(t), "record") == 0);
        CHECK(strcmp(vt_table_path(t), "depths.zip") == 0);
        CHECK(vt_table_columns(t) == 3 && vt_table_find(t, "depth") == 1);
        CHECK(!vt_table_column_has_unit(t, 0) && !vt_table_column_has_unit(t, 2));
    }
    const vt_table *ten = vt_book_table(b, 1), *comma = vt_book_table(b, 2);
    CHECK(vt_table_rows(ten) == 4 && vt_table_values(ten, 1)[0] == -367.98 && vt_table_line(ten, 2) == 3);
    CHECK(vt_table_rows(comma) == 2 && vt_table_values(comma, 2)[1] == -3.5); /* decimal commas, no last line end */
    CHECK(vt_book_ignored(b) == 2);
    CHECK_TEXT(vt_book_ignored_text(b, 0), "empty.txt");
    CHECK_TEXT(vt_book_ignored_text(b, 1), "'readme.txt': does not begin with three numbers");
    vt_book_free(b);
}

static void sentinels_are_missing_and_counted(void)
{
    vt_book *b = book_of(MEMBERS, 5, NULL);
    const vt_table *nine = vt_book_table(b, 0);
    CHECK(vt_table_rows(nine) == 2 && isnan(vt_table_values(nine, 2)[1]));
    CHECK(vt_table_notes(nine) == 1);
    CHECK_TEXT(vt_table_note(nine, 0), "1 cells that stand for no value");
    vt_book_free(b);
}

static void declared_units_reach_every_test(void)
{
    const vt_setting units[] = {
        {.key = "time", .text = "s"}, {.key = "depth", .text = "nm"}, {.key = "*", .text = "mN"}};
    const vt_setting names[] = {{.key = "h", .text = "depth"}};
    vt_book *b = book_of(MEMBERS, 5, &(vt_read_options){.units = units, .nunits = 3, .names = names, .nnames = 1});
    for (size_t i = 0; i < vt_book_tables(b); i++) {
        const vt_table *t = vt_book_table(b, i);
        CHECK(vt_table_find(t, "depth") < 0 && vt_table_find(t, "h") == 1 && vt_table_column_has_unit(t, 2));
        CHECK(strcmp(vt_table_column_unit(t, 1)->si, "m") == 0 && strcmp(vt_table_column_unit(t, 2)->si, "N") == 0);
    }
    CHECK(vt_table_values(vt_book_table(b, 1), 1)[2] == 12.25e-9); /* exactly the nearest double: P 1.1 */
    vt_book_free(b);
}

static void refused(const void *bytes, size_t size, const vt_read_options *o, vt_status code, long line,
                    const char *part)
{
    vt_book *book = NULL;
    vt_error err = {0};
    CHECK(vt_book_parse("bad.zip", bytes, size, o, &book, &err) == code && err.code == code && !book);
    CHECK_TEXT(err.msg, part);
    CHECK(strcmp(err.file, "bad.zip") == 0 && err.line == line);
}

static void bad_archives_are_refused(void)
{
    const struct zip_member torn[] = {{"a 1.txt", ONE}, {"a 2.txt", "0 1 2\n3 4\n"}}, none[] = {{"a.txt", "words"}};
    const vt_setting gone = {.key = "depht", .text = "nm"}, wrong = {.key = "depth", .text = "furlong"};
    size_t n;
    char *zip = zip_make(torn, 2, &n);
    refused(zip, n, NULL, VT_EPARSE, 2, "a 2.txt: line 2 is not three numbers");
    free(zip);
    zip = zip_make(none, 1, &n);
    refused(zip, n, NULL, VT_ESHAPE, 0, "without texts of three columns");
    free(zip);
    zip = zip_make(MEMBERS, 5, &n);
    refused(zip, n, &(vt_read_options){.units = &gone, .nunits = 1}, VT_EKEY, 0, "a unit is declared for 'depht'");
    refused(zip, n, &(vt_read_options){.units = &wrong, .nunits = 1}, VT_EUNITS, 0, "furlong");
    refused(zip, n, &(vt_read_options){.names = &gone, .nnames = 1}, VT_EKEY, 0, "no table has a column 'nm'");
    refused(zip, n, &(vt_read_options){.sheet = "Results"}, VT_EARG, 0, "this is no workbook");
    refused(zip, n / 2, NULL, VT_EPARSE, 0, "its directory is missing");
    zip[40 + 12] ^= 1; /* a digit of the first member, behind the 30 bytes of its head and its name: CRC-32 tells */
    refused(zip, n, NULL, VT_EPARSE, 0, "'s/300nmXX 10 7.txt' in the archive is damaged");
    free(zip);
}

/* The directory says what it likes; entry 0 of the made-up archive is patched. */
static void the_directory_is_not_trusted(void)
{
    const struct {
        size_t at; /* in the entry */
        unsigned value;
        vt_status code;
        const char *part;
    } patches[] = {{8, 1, VT_EPARSE, "is encrypted"},
                   {25, 0xFF, VT_EPARSE, "a 1.txt' in the archive is damaged"},
                   {27, 0x7F, VT_EPARSE, "impossibly large"},
                   {28, 0xFF, VT_EPARSE, "its directory is damaged"},
                   {16, 0x55, VT_EPARSE, "is damaged"}};
    const struct zip_member one[] = {{"a 1.txt", ONE}};
    for (size_t i = 0; i < sizeof patches / sizeof *patches; i++) {
        size_t n;
        char *zip = zip_make(one, 1, &n);
        const size_t entry = n - 22 - 46 - strlen("a 1.txt");
        zip[entry + patches[i].at] = (char)patches[i].value;
        refused(zip, n, NULL, patches[i].code, 0, patches[i].part);
        free(zip);
    }
}

static void binding_names_the_units_to_declare(void)
{
    const vt_column columns[] = {{"depth", "m", 1, -1, 1, NULL, "depth"}, VT_COLUMN_END};
    const vt_experiment e = {.name = "toy", .columns = columns};
    vt_book *b = book_of(MEMBERS, 5, NULL);
    vt_table *bound = NULL;
    vt_error err = {0};
    CHECK(vt_experiment_bind(&e, vt_book_table(b, 0), &bound, &err) == VT_EUNITS);
    CHECK_TEXT(err.msg,
               "s/300nmXX 9 7: the file gives no unit for columns 'time', 'depth', 'load'; declare them, as in "
               "--unit time=s --unit depth=nm --unit load=mN");
    vt_book_free(b);
}

static void damaged_archives_are_refused(void)
{
    size_t n;
    char *zip = zip_make(MEMBERS, 5, &n);
    const mutate_job job = {.name = "made-up archive", .bytes = zip, .size = n, .count = 2 * MUTATE_COUNT};
    const mutate_counts c = mutate_run(&job);
    CHECK(c.refused > MUTATE_COUNT); /* what is read: dates, flags and other fields that say nothing */
    free(zip);
}

#define REAL "nanoindentation/micromaterials-nanotest-depth-series/multipleIndentations.zip"

/* SOURCE.md of the file: 39 tests of 300 to 2000 nm; "1000nmXX 1": 1018.6 nm. A tenth of the mutations here: all of
 * them are in test_book_indenter_long.c. */
static void the_real_archive_is_read(void)
{
    size_t n = 0;
    unsigned char *bytes = mutate_load(REAL, &n);
    if (!bytes) return;
    vt_book *b = NULL;
    vt_error err = {0};
    CHECK_OK(vt_book_parse("real.zip", bytes, n, NULL, &b, &err), &err);
    CHECK(vt_book_tables(b) == 39);
    CHECK_TEXT(vt_table_label(vt_book_table(b, 0)), "300nmXX 1 ");
    CHECK_TEXT(vt_table_label(vt_book_table(b, 38)), "2000nmXX 5 ");
    const vt_table *t = vt_book_table(b, 15);
    CHECK(t && strcmp(vt_table_label(t), "1000nmXX 1 6958 -4555") == 0 && vt_table_rows(t) == 886); /* wc -l */
    size_t deepest = 0;
    for (size_t i = 0; t && i < vt_table_rows(t); i++)
        if (vt_table_values(t, 1)[i] > vt_table_values(t, 1)[deepest]) deepest = i;
    CHECK_ABS(vt_table_values(t, 1)[deepest], 1018.6, 0.05); /* as printed */
    CHECK(vt_table_values(t, 2)[deepest] ==
          123.332821); /* tr -d '\r' | sort -g; SOURCE.md says 99.84, sorted as text */
    vt_book_free(b);
    const mutate_job job = {.name = "real archive", .bytes = bytes, .size = n, .count = MUTATE_COUNT / 10};
    const mutate_counts c = mutate_run(&job);
    CHECK(c.refused > 80); /* what packs tightly says little that does not count */
    free(bytes);
}

CHECK_MAIN(CHECK_CASE(tests_come_in_their_own_order), CHECK_CASE(sentinels_are_missing_and_counted),
           CHECK_CASE(declared_units_reach_every_test), CHECK_CASE(bad_archives_are_refused),
           CHECK_CASE(the_directory_is_not_trusted), CHECK_CASE(binding_names_the_units_to_declare),
           CHECK_CASE(damaged_archives_are_refused), CHECK_CASE(the_real_archive_is_read))
