/* The RO-Crate description of a result folder, against the rules of RO-Crate 1.1. */
#include "check.h"
#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vitrum/io.h>
#include <vitrum/version.h>

static char dir[] = "test_crate_XXXXXX";

static void put(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *out = fopen(path, "w");
    CHECK(out != NULL);
    if (!out) return;
    fputs(text, out);
    fclose(out);
}

static json_t *crate(void)
{
    char path[128];
    vt_error err = {0};
    CHECK_OK(vt_crate_write(dir, "Molding of Ni-Pd-P-B", "vitrum reduce molding \"w 52.csv\" -o out", &err), &err);
    snprintf(path, sizeof path, "%s/ro-crate-metadata.json", dir);
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    CHECK(root != NULL);
    return root;
}

static const json_t *entity(const json_t *root, const char *id)
{
    const json_t *graph = json_object_get(root, "@graph");
    for (size_t i = 0; i < json_array_size(graph); i++) {
        const json_t *o = json_array_get(graph, i);
        if (strcmp(json_string_value(json_object_get(o, "@id")), id) == 0) return o;
    }
    CHECK_FAILED("the crate has no entity %s", id);
    return NULL;
}

static const char *text_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s ? s : "(absent)";
}

static const char *id_in(const json_t *o, const char *key)
{
    return text_of(json_object_get(o, key), "@id");
}

static void the_required_entities_are_there(void)
{
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1); /* date -u -d @1700000000: 2023-11-14 */
    json_t *root = crate();
    CHECK(strcmp(json_string_value(json_array_get(json_object_get(root, "@context"), 0)),
                 "https://w3id.org/ro/crate/1.1/context") == 0);
    const json_t *o = entity(root, "ro-crate-metadata.json");
    CHECK(strcmp(text_of(o, "@type"), "CreativeWork") == 0 && strcmp(id_in(o, "about"), "./") == 0);
    CHECK(strcmp(id_in(o, "conformsTo"), "https://w3id.org/ro/crate/1.1") == 0);
    o = entity(root, "./");
    CHECK(strcmp(text_of(o, "@type"), "Dataset") == 0 && strcmp(text_of(o, "name"), "Molding of Ni-Pd-P-B") == 0);
    CHECK(strcmp(text_of(o, "datePublished"), "2023-11-14") == 0);
    CHECK_TEXT(text_of(o, "description"), "vitrum reduce molding");
    CHECK(strcmp(id_in(o, "mentions"), "#run") == 0);
    o = entity(root, "#vitrum");
    CHECK(strcmp(text_of(o, "@type"), "SoftwareApplication") == 0);
    CHECK(strcmp(text_of(o, "softwareVersion"), VT_VERSION) == 0);
    o = entity(root, "#run");
    CHECK(strcmp(text_of(o, "@type"), "CreateAction") == 0 && strcmp(id_in(o, "instrument"), "#vitrum") == 0);
    CHECK(strcmp(text_of(o, "name"), "vitrum reduce molding \"w 52.csv\" -o out") == 0);
    json_decref(root);
}

static void every_file_is_described_once(void)
{
    json_t *root = crate();
    const json_t *parts = json_object_get(entity(root, "./"), "hasPart");
    static const char *const ids[] = {"curves/a%20b.csv", "empty.svg", "result.json"}; /* sorted; not the crate file */
    CHECK(json_array_size(parts) == 3);
    for (size_t i = 0; i < 3; i++) CHECK(strcmp(text_of(json_array_get(parts, i), "@id"), ids[i]) == 0);
    const json_t *o = entity(root, "curves/a%20b.csv");
    CHECK(strcmp(text_of(o, "@type"), "File") == 0 && strcmp(text_of(o, "name"), "curves/a b.csv") == 0);
    CHECK(strcmp(text_of(o, "contentSize"), "3") == 0 && strcmp(text_of(o, "encodingFormat"), "text/csv") == 0);
    /* FIPS 180-4, examples "abc" and the empty message */
    CHECK(strcmp(text_of(o, "sha256"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") == 0);
    o = entity(root, "empty.svg");
    CHECK(strcmp(text_of(o, "contentSize"), "0") == 0 && strcmp(text_of(o, "encodingFormat"), "image/svg+xml") == 0);
    CHECK(strcmp(text_of(o, "sha256"), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") == 0);
    const json_t *graph = json_object_get(root, "@graph"); /* every @id once */
    for (size_t i = 0; i < json_array_size(graph); i++)
        for (size_t j = 0; j < i; j++)
            CHECK(strcmp(text_of(json_array_get(graph, i), "@id"), text_of(json_array_get(graph, j), "@id")) != 0);
    json_decref(root);
}

static void the_run_names_its_inputs(void)
{
    json_t *root = crate();
    const json_t *objects = json_object_get(entity(root, "#run"), "object");
    CHECK(json_array_size(objects) == 2);
    CHECK(strcmp(text_of(entity(root, "#input-1"), "name"), "w 52.csv") == 0);
    CHECK(strcmp(text_of(entity(root, "#input-1"), "sha256"), "00ff") == 0);
    CHECK(!json_object_get(entity(root, "#input-2"), "sha256"));
    CHECK(json_array_size(json_object_get(entity(root, "#run"), "result")) == 3);
    json_decref(root);
}

static void it_is_the_same_twice_and_refuses_nonsense(void)
{
    char first[65], second[65], path[128];
    vt_error err = {0};
    snprintf(path, sizeof path, "%s/ro-crate-metadata.json", dir);
    json_decref(crate());
    CHECK_OK(vt_file_sha256(path, first, &err), &err);
    json_decref(crate());
    CHECK_OK(vt_file_sha256(path, second, &err), &err);
    CHECK(strcmp(first, second) == 0);
    CHECK(vt_crate_write("no_such_dir", "t", "c", &err) == VT_EIO);
    CHECK(vt_crate_write(NULL, "t", "c", &err) == VT_EARG);
}

static int begin(void **state)
{
    char path[128];
    (void)state;
    if (!mkdtemp(dir)) return -1;
    snprintf(path, sizeof path, "%s/curves", dir);
    if (mkdir(path, 0777) != 0) return -1;
    put("result.json", "{\"inputs\": [{\"path\": \"w 52.csv\", \"sha256\": \"00ff\"}, {\"path\": \"-\"}]}");
    put("empty.svg", "");
    put("curves/a b.csv", "abc");
    snprintf(path, sizeof path, "%s/link", dir);
    return symlink("/etc/passwd", path); /* not part of the crate */
}

static int end(void **state)
{
    static const char *const names[] = {"result.json", "empty.svg", "curves/a b.csv", "link", "ro-crate-metadata.json"};
    char path[128];
    (void)state;
    for (int i = 0; i < 5; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/curves", dir);
    return rmdir(path) || rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {CHECK_CASE(the_required_entities_are_there),
                                       CHECK_CASE(every_file_is_described_once), CHECK_CASE(the_run_names_its_inputs),
                                       CHECK_CASE(it_is_the_same_twice_and_refuses_nonsense)};
    return cmocka_run_group_tests(tests, begin, end);
}
