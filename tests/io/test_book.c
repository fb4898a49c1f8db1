/* Books in general: one plain table, declared units and names in every table, several files side by side, and what the
 * front door does with many tables. */
#include "result_checks.h"
#include "experiment/experiment_internal.h"
#include "io/book/book_internal.h"
#include "io/natural_internal.h"
#include "io/zip_text.h"
#include <time.h>
#include <unistd.h>

/* ---- made-up files ---- */
static char folder[64];

static const char *write_file(const char *name, const char *bytes, size_t n, char path[256])
{
    if (!folder[0]) {
        strcpy(folder, "/tmp/vitrum_book_XXXXXX");
        CHECK(mkdtemp(folder) != NULL);
    }
    snprintf(path, 256, "%s/%s", folder, name);
    FILE *out = fopen(path, "wb");
    CHECK(out && fwrite(bytes, 1, n, out) == n);
    if (out) fclose(out);
    return path;
}

static void write_archive(const char *name, const char *first, char path[256])
{
    const struct zip_member m[] = {{"b 10.txt", "0 1 2\n1 2 3\n"}, {"b 9.txt", first}};
    size_t n;
    char *zip = zip_make(m, 2, &n);
    write_file(name, zip, n, path);
    free(zip);
}

static void remove_files(size_t n, char (*path)[256])
{
    for (size_t i = 0; i < n; i++) remove(path[i]);
    rmdir(folder);
    folder[0] = '\0';
}

/* ---- one file ---- */
static void a_plain_table_is_a_book_of_one(void)
{
    const char text[] = "T [K],note\n300,a\n";
    vt_book *b = NULL;
    vt_error err = {0};
    CHECK_OK(vt_book_parse("x.csv", text, strlen(text), NULL, &b, &err), &err);
    CHECK(vt_book_tables(b) == 1 && vt_book_ignored(b) == 0 && strcmp(vt_book_format(b), "text table") == 0);
    CHECK(strcmp(vt_table_label(vt_book_table(b, 0)), "") == 0 && strcmp(vt_table_form(vt_book_table(b, 0)), "") == 0);
    CHECK(!vt_book_table(b, 1) && strcmp(vt_book_ignored_text(b, 0), "") == 0);
    vt_book_free(b);
    vt_book_free(NULL);
    CHECK(vt_book_parse(NULL, text, 1, NULL, &b, &err) == VT_EARG && vt_book_read(NULL, NULL, &b, &err) == VT_EARG);
}

static vt_table *record(const char *label, const char *column, const char *unit, const double *x, size_t n)
{
    vt_table *t = NULL;
    vt_unit u;
    double *own = malloc(n * sizeof *own);
    memcpy(own, x, n * sizeof *own);
    if (unit) vt_unit_read(unit, NULL, &u, NULL);
    for (size_t i = 0; unit && i < n; i++) own[i] = vt_unit_to_si(&u, own[i]);
    CHECK(vt_table_create(&t, NULL) == VT_OK && vt_table_set_label(t, label, NULL) == VT_OK);
    CHECK(vt_table_name(t, "file", NULL) == VT_OK && vt_table_set_form(t, "record", NULL) == VT_OK);
    CHECK(vt_table_adopt(t, column, unit ? &u : NULL, unit != NULL, n, own, NULL) == VT_OK);
    return t;
}

/* What a declaration does to the first column of a book of two tables: `h` in nm and `h` without unit. */
static vt_status declare(const vt_read_options *o, double si[2], char name[64], vt_error *err)
{
    const double x[2] = {7.5, 8.5};
    vt_book *b = NULL;
    CHECK(vti_book_create(&b, NULL) == VT_OK);
    CHECK(vti_book_add(b, record("one", "h", "nm", x, 2), NULL) == VT_OK);
    CHECK(vti_book_add(b, record("two", "h", NULL, x, 2), NULL) == VT_OK);
    vt_status st = vti_book_declare(b, "file", o, err);
    if (st == VT_OK) st = vti_book_declare(b, "file", o, err); /* once more changes nothing */
    for (size_t i = 0; i < 2; i++) si[i] = vt_table_values(vt_book_table(b, i), 0)[0];
    snprintf(name, 64, "%s", vt_table_column_name(vt_book_table(b, 1), 0));
    vt_book_free(b);
    return st;
}

static void declarations_reach_every_table(void)
{
    const vt_setting um = {.key = "h", .text = "um"}, any = {.key = "*", .text = "um"},
                     bad = {.key = "h", .text = "ells"};
    const vt_setting name = {.key = "depth", .text = "h"},
                     gone = {.key = "depth", .text = "H", .file = "s.yaml", .line = 4};
    double si[2];
    char is[64];
    vt_error err = {0};
    CHECK(declare(&(vt_read_options){.units = &um, .nunits = 1}, si, is, &err) == VT_OK);
    CHECK_REL(si[0], 7.5e-6, 1e-15); /* what the file says is overruled: once back, once forth */
    CHECK(si[1] == 7.5e-6);
    CHECK(declare(&(vt_read_options){.units = &any, .nunits = 1}, si, is, &err) == VT_OK);
    CHECK(si[0] == 7.5e-9 && si[1] == 7.5e-6); /* only where there is none */
    CHECK(declare(&(vt_read_options){.units = &um, .nunits = 1, .names = &name, .nnames = 1}, si, is, &err) == VT_OK);
    CHECK(strcmp(is, "depth") == 0 && si[1] == 7.5e-6);
    CHECK(declare(&(vt_read_options){.units = &bad, .nunits = 1}, si, is, &err) == VT_EUNITS);
    CHECK_TEXT(err.msg, "one: declared unit of column 'h'");
    CHECK(strcmp(err.file, "file") == 0);
    CHECK(declare(&(vt_read_options){.names = &gone, .nnames = 1}, si, is, &err) == VT_EKEY);
    CHECK_TEXT(err.msg, "no table has a column 'H'");
    CHECK(strcmp(err.file, "s.yaml") == 0 && err.line == 4);
}

/* ---- several files ---- */
static void files_are_read_side_by_side_in_order(void)
{
    enum { FILES = 12 };
    char path[FILES][256];
    const char *paths[FILES];
    for (size_t i = 0; i < FILES; i++) {
        char name[32], first[32];
        snprintf(name, sizeof name, "f%zu", i);
        snprintf(first, sizeof first, "%zu 0 0\n", i);
        write_archive(name, first, path[i]);
        paths[i] = path[i];
    }
    for (int threads = 1; threads <= 3; threads++) {
        vt_book *books[FILES] = {NULL};
        const vt_table **tables = NULL;
        size_t n = 0;
        vt_error err = {0};
        CHECK_OK(vt_books_read(FILES, paths, NULL, threads, books, &err), &err);
        CHECK_OK(vt_books_tables(FILES, books, &tables, &n, &err), &err);
        CHECK(n == 2 * FILES && tables[n] == NULL);
        for (size_t i = 0; i < n; i++) CHECK(strcmp(vt_table_path(tables[i]), paths[i / 2]) == 0);
        for (size_t i = 0; i < n; i += 2) CHECK(vt_table_values(tables[i], 0)[0] == (double)(i / 2));
        free(tables);
        vt_books_free(FILES, books);
    }
    remove_files(FILES, path);
}

static void the_first_bad_file_is_named(void)
{
    char path[4][256];
    const char *paths[4];
    vt_book *books[4] = {NULL};
    write_archive("a", "0 0 0\n", path[0]);
    write_archive("b", "0 0\n", path[1]); /* left out, for the first line is not three numbers */
    write_archive("c", "0 0 0\n1 1\n", path[2]);
    write_file("d", "T\n1\n", 4, path[3]);
    for (size_t i = 0; i < 4; i++) paths[i] = path[i];
    for (int threads = 1; threads <= 3; threads++) {
        vt_error err = {0};
        CHECK(vt_books_read(4, paths, NULL, threads, books, &err) == VT_EPARSE);
        CHECK(strcmp(err.file, path[2]) == 0 && err.line == 2 && !books[0]);
        CHECK_TEXT(err.msg, "b 9.txt: line 2 is not three numbers");
    }
    vt_error err = {0};
    CHECK(vt_books_read(2, (const char *[]){"-", "-"}, NULL, 0, books, &err) == VT_EUSAGE);
    CHECK_TEXT(err.msg, "standard input (-) is named 2 times");
    CHECK(vt_books_read(1, (const char *[]){NULL}, NULL, 0, books, &err) == VT_EARG);
    CHECK(vt_books_read(0, NULL, NULL, 0, NULL, &err) == VT_OK);
    remove_files(4, path);
}

/* ---- the front door with many tables ---- */
static const vt_column MAIN[] = {
    {"h", "m", 1, -1, 1, NULL, "depth"}, {"who", "text", 0, 0, 0, NULL, "who"}, VT_COLUMN_END};
static const vt_column LIST[] = {
    {"name", "text", 1, 0, 0, NULL, "name"}, {"v", "row", 0, 0, 0, NULL, "v"}, VT_COLUMN_END};
static const vt_form FORMS[] = {{"list", LIST, "a row is a name"}, VT_FORM_END};

static vt_status count(const vt_job *job, vt_result *result, vt_error *err)
{
    return vt_result_warn(result, err, "W_COUNT", "%zu tables", job->ntables);
}
static const vt_experiment TOY = {.name = "toy", .columns = MAIN, .reduce = count, .forms = FORMS};

static void text_columns_of_forms_are_text_too(void)
{
    const char **names = NULL;
    vt_error err = {0};
    CHECK_OK(vt_text_columns(MAIN, FORMS, &names, &err), &err);
    CHECK(strcmp(names[0], "who") == 0 && strcmp(names[1], "name") == 0 && strcmp(names[2], "unit") == 0 && !names[3]);
    free(names);
    CHECK_OK(vt_text_columns(NULL, NULL, &names, &err), &err);
    CHECK(names && !names[0]);
    free(names);
}

static void a_bound_table_says_its_form_and_a_refusal_its_test(void)
{
    const double x = 2.0;
    vt_table *t = record("Test 003", "h", NULL, &x, 1), *bound = NULL, *list = NULL;
    vt_error err = {0};
    CHECK(vt_experiment_bind(&TOY, t, &bound, &err) == VT_EUNITS && !bound);
    CHECK_TEXT(err.msg, "Test 003: the file gives no unit for column 'h'; declare it, as in --unit h=UNIT");
    vt_table_free(t);
    CHECK(vt_table_create(&list, NULL) == VT_OK);
    CHECK(vt_table_add_text(list, "name", 1, (const char *[]){"w1"}, NULL) == VT_OK);
    CHECK_OK(vt_experiment_bind(&TOY, list, &bound, &err), &err);
    CHECK(strcmp(vt_table_form(bound), "list") == 0);
    vt_table_free(bound);
    vt_table_free(list);
    strcpy(err.msg, "Test 003: x");
    CHECK(vt_error_about(&err, "Test 003") == err.code && strcmp(err.msg, "Test 003: x") == 0);
    CHECK(vt_error_about(&err, "") == err.code && strcmp(err.msg, "Test 003: x") == 0);
}

static void a_thousand_tables_cost_little(void)
{
    enum { TABLES = 1000, ROWS = 800 };
    double x[ROWS];
    vt_table *tables[TABLES];
    for (size_t k = 0; k < TABLES; k++) {
        char label[32];
        snprintf(label, sizeof label, "Test %03zu", k);
        for (size_t i = 0; i < ROWS; i++) x[i] = (double)i + (double)(k == 700 ? 3 : k); /* one twice */
        tables[k] = record(label, "h", "nm", x, ROWS);
        if (k % 2) CHECK(vt_table_add_meta(tables[k], "stage", "7 mm", 0, NULL) == VT_OK);
    }
    vt_result *r = NULL;
    vt_error err = {0};
    const clock_t start = clock();
    const vt_request in = {.raw = (const vt_table *const *)tables, .nraw = TABLES};
    CHECK_OK(vt_reduce(&TOY, &in, &r, &err), &err);
    const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    CHECK(warnings(r, "W_DUPLICATE") == 1 && warnings(r, "W_INPUT") == 1); /* stage: once for all */
    for (size_t i = 0; i < vt_result_warnings(r); i++)
        if (strcmp(vt_result_warning_code(r, i), "W_DUPLICATE") == 0)
            CHECK_TEXT(vt_result_warning_message(r, i),
                       "file (Test 700, table 701) holds the same as file (Test 003, table 4)");
    /* seen 0.02 s; comparing each with each took 1 s and more. Ten times for slow machines and sanitizers */
    CHECK(seconds < 0.5);
    fprintf(stderr, "%d tables: %.3f s\n", TABLES, seconds);
    CHECK(vt_result_inputs(r) == 1);
    vt_result_free(r);
    for (size_t k = 0; k < TABLES; k++) vt_table_free(tables[k]);
}

/* ---- names ---- */
static void names_are_ordered_as_people_count(void)
{
    static const char *const ORDER[] = {"",        "Test",     "Test 1",   "Test 2", "Test 02",
                                        "Test 10", "Test 10a", "Test 100", "Tests",  "\xC3\xA4"};
    for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++)
        for (size_t k = 0; k < sizeof ORDER / sizeof *ORDER; k++) {
            const int c = vti_natural_compare(ORDER[i], ORDER[k]);
            if (strcmp(ORDER[i], "Test 02") == 0 && strcmp(ORDER[k], "Test 2") == 0)
                CHECK(c < 0); /* equal by value: the bytes decide, the same way round each time */
            else if (strcmp(ORDER[k], "Test 02") == 0 && strcmp(ORDER[i], "Test 2") == 0)
                CHECK(c > 0);
            else
                CHECK(i < k ? c < 0 : i > k ? c > 0 : c == 0);
        }
}

CHECK_MAIN(CHECK_CASE(a_plain_table_is_a_book_of_one), CHECK_CASE(declarations_reach_every_table),
           CHECK_CASE(files_are_read_side_by_side_in_order), CHECK_CASE(the_first_bad_file_is_named),
           CHECK_CASE(text_columns_of_forms_are_text_too),
           CHECK_CASE(a_bound_table_says_its_form_and_a_refusal_its_test), CHECK_CASE(a_thousand_tables_cost_little),
           CHECK_CASE(names_are_ordered_as_people_count))
