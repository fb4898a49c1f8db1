/* Results as JSON, CSV and files. */
#include "check.h"
#include <jansson.h>
#include <unistd.h>
#include <vitrum/io.h>
#include <vitrum/version.h>

/* A result with everything in it; lengths and energies whose binary form is not short. */
static vt_result *sample(void)
{
    vt_result *r = NULL;
    vt_error err = {0};
    CHECK_OK(vt_result_create(&r, "experiment", "molding", &err), &err);
    vt_property p = {.name = "critical_diameter", .symbol = "d_c", .reading = "paper", .method = "crossing, \"exact\""};
    p.q = (vt_quantity){.value = 5.495e-8,
                        .u = 1.7e-9,
                        .low = 5.15e-8,
                        .high = 5.84e-8,
                        .level = 0.95,
                        .dof = 9.0,
                        .unit = "m",
                        .nbudget = 2};
    p.q.budget[0] =
        (vt_budget_item){.source = "pressure gauge", .group = "gauge", .type = 'B', .u = 1.1e7, .c = -1e-16};
    p.q.budget[1] = (vt_budget_item){.source = "wires", .type = 'A', .u = 1.3e-9, .c = 1.0};
    p.nscope = 2;
    p.scope[0] = (vt_scope){.key = "temperature", .value = 570.15, .unit = "K"};
    p.scope[1] = (vt_scope){.key = "specimen", .text = "w52"};
    CHECK_OK(vt_result_add_property(r, &p, &err), &err);
    vt_property bare = {.name = "glass_activation_energy"};
    bare.q = (vt_quantity){.value = 0.1, .u = 0.0, .low = NAN, .high = NAN, .dof = INFINITY, .unit = "J"};
    CHECK_OK(vt_result_add_property(r, &bare, &err), &err);
    const vt_model m = {.name = "additive", .group = "T = 570.15 K", .aicc = 12.1, .weight = 0.93, .chi2 = NAN};
    CHECK_OK(vt_result_add_model(r, &m, &err), &err);
    const vt_segment s = {.name = "hold", .begin = 3.0, .end = 9.5, .unit = "s", .verdict = "steady"};
    CHECK_OK(vt_result_add_segment(r, &s, &err), &err);
    vt_table *t = NULL;
    const double x[3] = {1e-8, 2e-8, NAN};
    CHECK_OK(vt_table_create(&t, &err), &err);
    CHECK_OK(vt_table_add_si(t, "diameter", "m", 3, x, &err), &err);
    CHECK_OK(vt_result_add_curve(r, "lengths", "Lengths", t, &err), &err);
    CHECK_OK(vt_result_warn(r, &err, "W_ENTRANCE", "entrance term of 12 %% at \xC2\xB5m"), &err);
    vt_result_set_seed(r, 9007199254740993u);
    return r;
}

static char *json_of(const vt_result *r)
{
    char *text = NULL;
    size_t size = 0;
    vt_error err = {0};
    FILE *out = open_memstream(&text, &size);
    CHECK_OK(vt_result_write_json(r, out, &err), &err);
    fclose(out);
    return text;
}

static double number(const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    CHECK(json_is_number(v));
    return json_number_value(v);
}

static const char *text_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s ? s : "(absent)";
}

static void json_holds_what_the_result_holds(void)
{
    vt_result *r = sample();
    char *text = json_of(r);
    json_error_t why;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &why);
    CHECK(root != NULL);
    CHECK(strcmp(text_of(root, "vitrum"), VT_VERSION) == 0 && strcmp(text_of(root, "experiment"), "molding") == 0);
    CHECK(strcmp(text_of(root, "seed"), "9007199254740993") == 0); /* 2^53 + 1: no double holds it */
    const json_t *list = json_object_get(root, "properties"), *p = json_array_get(list, 0);
    CHECK(json_array_size(list) == 2);
    CHECK(number(p, "value") == 5.495e-8 && number(p, "u") == 1.7e-9 && number(p, "low") == 5.15e-8);
    CHECK(number(p, "high") == 5.84e-8 && number(p, "level") == 0.95 && number(p, "dof") == 9.0);
    CHECK(strcmp(text_of(p, "method"), "crossing, \"exact\"") == 0 && strcmp(text_of(p, "reading"), "paper") == 0);
    const json_t *scope = json_object_get(p, "scope"), *budget = json_object_get(p, "budget");
    CHECK(number(scope, "temperature") == 570.15 && strcmp(text_of(scope, "specimen"), "w52") == 0);
    CHECK(json_array_size(budget) == 2);
    CHECK(strcmp(text_of(json_array_get(budget, 0), "group"), "gauge") == 0);
    CHECK_REL(number(json_array_get(budget, 0), "contribution"), 1.1e-9, 1e-15); /* |c u|, one rounding */
    p = json_array_get(list, 1);
    CHECK(number(p, "value") == 0.1 && number(p, "u") == 0.0);
    CHECK(!json_object_get(p, "low") && !json_object_get(p, "level") && !json_object_get(p, "reading"));
    CHECK(!json_object_get(p, "dof") && json_object_size(json_object_get(p, "scope")) == 0);
    CHECK(strcmp(text_of(json_array_get(json_object_get(root, "models"), 0), "name"), "additive") == 0);
    CHECK(number(json_array_get(json_object_get(root, "segments"), 0), "end") == 9.5);
    CHECK(strcmp(json_string_value(json_array_get(json_object_get(root, "curves"), 0)), "lengths") == 0);
    CHECK_TEXT(text_of(json_array_get(json_object_get(root, "warnings"), 0), "message"), "12 % at \xC2\xB5m");
    json_decref(root);
    free(text);
    vt_result_free(r);
}

static void keys_stand_in_order_and_numbers_are_short(void)
{
    static const char *const order[] = {"\"vitrum\"",     "\"experiment\"", "\"inputs\"", "\"options\"", "\"seed\"",
                                        "\"properties\"", "\"name\"",       "\"symbol\"", "\"value\"",   "\"unit\"",
                                        "\"u\"",          "\"low\"",        "\"high\"",   "\"level\"",   "\"reading\"",
                                        "\"scope\"",      "\"method\"",     "\"budget\"", "\"models\"",  "\"segments\"",
                                        "\"curves\"",     "\"warnings\""};
    vt_result *r = sample();
    char *text = json_of(r), *again = json_of(r);
    const char *at = text;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const char *found = strstr(at, order[i]);
        CHECK(found != NULL);
        if (found) at = found;
    }
    CHECK_TEXT(text, "\"value\": 0.1,"); /* not 0.10000000000000001 */
    CHECK_TEXT(text, "\"value\": 5.495e-08,");
    CHECK(strcmp(text, again) == 0);
    free(text);
    free(again);
    vt_result_free(r);
}

static void inputs_and_options_are_the_provenance(void)
{
    char path[] = "test_result_XXXXXX";
    const int fd = mkstemp(path);
    CHECK(fd >= 0 && write(fd, "abc", 3) == 3);
    close(fd);
    vt_result *r = sample();
    vt_error err = {0};
    vt_common common;
    CHECK_OK(vt_param_defaults(VT_COMMON_PARAMS, &common, &err), &err);
    common.threads = 7;
    CHECK_OK(vt_result_add_input(r, path, "", &err), &err);
    CHECK_OK(vt_result_add_input(r, "-", "", &err), &err);
    CHECK_OK(vt_result_add_input(r, "caf\xE9.csv", "", &err), &err); /* Latin-1 */
    CHECK_OK(vt_result_add_options(r, VT_COMMON_PARAMS, &common, &err), &err);
    char *text = json_of(r);
    json_t *root = json_loads(text, 0, NULL);
    const json_t *in = json_object_get(root, "inputs");
    /* FIPS 180-4, example "abc" */
    CHECK(strcmp(text_of(json_array_get(in, 0), "sha256"),
                 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") == 0);
    CHECK(strcmp(text_of(json_array_get(in, 0), "path"), path) == 0);
    CHECK(!json_object_get(json_array_get(in, 1), "sha256"));
    CHECK(strcmp(text_of(json_array_get(in, 2), "path"), "caf?.csv") == 0);
    const json_t *options = json_object_get(root, "options");
    CHECK(number(json_object_get(options, "level"), "value") == 0.95);
    CHECK(strcmp(text_of(json_object_get(options, "replicates"), "unit"), "1") == 0);
    CHECK(!json_object_get(options, "threads"));
    json_decref(root);
    free(text);
    unlink(path);
    vt_result_free(r);
}

static void properties_come_as_a_table(void)
{
    char *text = NULL;
    size_t size = 0;
    vt_result *r = sample();
    vt_error err = {0};
    FILE *out = open_memstream(&text, &size);
    CHECK_OK(vt_result_write_properties(r, out, ',', &err), &err);
    fclose(out);
    CHECK(strcmp(text, "name,symbol,reading,value,unit,u,low,high,level,scope,method\n"
                       "critical_diameter,d_c,paper,5.495e-08,m,1.7e-09,5.15e-08,5.84e-08,0.95,"
                       "temperature = 570.15 K; specimen = w52,\"crossing, \"\"exact\"\"\"\n"
                       "glass_activation_energy,,,0.1,J,0,,,,,\n") == 0);
    CHECK(vt_result_write_properties(r, stdout, 'x', &err) == VT_EARG);
    CHECK(vt_result_write_json(NULL, stdout, &err) == VT_EARG);
    free(text);
    vt_result_free(r);
}

static void a_result_is_saved_as_files(void)
{
    char dir[] = "test_result_XXXXXX", path[64];
    static const char *const names[] = {"result.json", "properties.csv", "curves/lengths.csv", "card.yaml"};
    CHECK(mkdtemp(dir) != NULL);
    vt_result *r = sample();
    vt_error err = {0};
    vt_card *card = NULL, *back = NULL;
    CHECK_OK(vt_card_create(&card, "Test50Glass50", &err), &err);
    vt_result_adopt_card(r, card);
    CHECK_OK(vt_result_save(r, dir, &err), &err);
    snprintf(path, sizeof path, "%s/card.yaml", dir);
    CHECK_OK(vt_card_read(path, &back, &err), &err);
    snprintf(path, sizeof path, "%s/curves/lengths.csv", dir);
    vt_table *t = NULL;
    CHECK_OK(vt_table_read(path, NULL, &t, &err), &err);
    CHECK(vt_table_rows(t) == 3 && vt_table_values(t, 0)[1] == 2e-8 && isnan(vt_table_values(t, 0)[2]));
    vt_table_free(t);
    vt_card_free(back);
    vt_result_free(r);
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        CHECK(unlink(path) == 0);
    }
    snprintf(path, sizeof path, "%s/curves", dir);
    CHECK(rmdir(path) == 0 && rmdir(dir) == 0); /* nothing else was left behind */
    CHECK(vt_result_save(NULL, dir, &err) == VT_EARG);
}

static void a_full_disk_is_an_error(void)
{
    FILE *out = fopen("/dev/full", "w");
    if (!out) {
        fprintf(stderr, "no /dev/full here: the test of a full disk is skipped\n");
        return;
    }
    vt_result *r = sample();
    vt_error err = {0};
    setvbuf(out, NULL, _IONBF, 0);
    CHECK(vt_result_write_json(r, out, &err) == VT_EWRITE);
    clearerr(out);
    CHECK(vt_result_write_properties(r, out, ',', &err) == VT_EWRITE);
    fclose(out);
    vt_result_free(r);
}

CHECK_MAIN(CHECK_CASE(json_holds_what_the_result_holds), CHECK_CASE(keys_stand_in_order_and_numbers_are_short),
           CHECK_CASE(inputs_and_options_are_the_provenance), CHECK_CASE(properties_come_as_a_table),
           CHECK_CASE(a_result_is_saved_as_files), CHECK_CASE(a_full_disk_is_an_error))
