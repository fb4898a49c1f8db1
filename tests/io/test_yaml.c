/* The strict YAML subset: what is read, what is refused and where. */
#include "check.h"
#include <unistd.h>
#include <vitrum/yaml.h>

static vt_yaml *parse(const char *text)
{
    vt_yaml *doc = NULL;
    vt_error err = {0};
    CHECK_OK(vt_yaml_parse("s.yaml", text, strlen(text), &doc, &err), &err);
    return doc;
}

static void refused(const char *text, vt_status code, long line, long column, const char *words)
{
    vt_yaml *doc = NULL;
    vt_error err = {0};
    CHECK(vt_yaml_parse("s.yaml", text, strlen(text), &doc, &err) == code);
    CHECK_TEXT(err.msg, words);
    if (err.line != line || err.column != column)
        CHECK_FAILED("\"%s\": at %ld:%ld, expected %ld:%ld", text, err.line, err.column, line, column);
    CHECK(strcmp(err.file, "s.yaml") == 0 && doc == NULL);
    vt_yaml_free(doc);
}

static void scalars_stay_as_typed(void)
{
    vt_yaml *doc = parse("a: no\nb: 0x1F\nc: 1e3\nd: \"590.15 K\"\ne: 'it''s'\nf: 2001-01-01\ng: |\n  two\n  lines\n"
                         "h: ~\ni: 007\n");
    const vt_yaml_node *r = vt_yaml_root(doc);
    const char *keys[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    const char *texts[] = {"no", "0x1F", "1e3", "590.15 K", "it's", "2001-01-01", "two\nlines\n", "~", "007"};
    CHECK(vt_yaml_node_kind(r) == VT_YAML_MAPPING && vt_yaml_size(r) == 9);
    for (size_t i = 0; i < 9; i++) {
        CHECK(strcmp(vt_yaml_text(vt_yaml_find(r, keys[i])), texts[i]) == 0);
        CHECK(strcmp(vt_yaml_text(vt_yaml_key(r, i)), keys[i]) == 0);
        CHECK(vt_yaml_value(r, i) == vt_yaml_find(r, keys[i]));
    }
    CHECK(vt_yaml_scalar_style(vt_yaml_find(r, "a")) == VT_YAML_PLAIN);
    CHECK(vt_yaml_scalar_style(vt_yaml_find(r, "d")) == VT_YAML_QUOTED);
    CHECK(vt_yaml_scalar_style(vt_yaml_find(r, "g")) == VT_YAML_BLOCK);
    CHECK(vt_yaml_is_null(vt_yaml_find(r, "h")) && !vt_yaml_is_null(vt_yaml_find(r, "a")));
    CHECK(vt_yaml_find(r, "z") == NULL && vt_yaml_key(r, 9) == NULL && vt_yaml_item(r, 0) == NULL);
    CHECK(strcmp(vt_yaml_name(doc), "s.yaml") == 0);
    vt_yaml_free(doc);
}

static void every_node_knows_its_place(void)
{
    vt_yaml *doc =
        parse("\xEF\xBB\xBF# a comment\ntitle: \xC3\xBC\xC3\xA4 # umlauts\nsteps:\n  - {name: fit, set: [1, 2]}\n"
              "  - name: map\n");
    const vt_yaml_node *r = vt_yaml_root(doc), *steps = vt_yaml_find(r, "steps");
    CHECK(vt_yaml_line(vt_yaml_key(r, 1)) == 3 && vt_yaml_column(vt_yaml_key(r, 1)) == 1);
    CHECK(vt_yaml_line(vt_yaml_find(r, "title")) == 2 && vt_yaml_column(vt_yaml_find(r, "title")) == 8);
    CHECK(vt_yaml_node_kind(steps) == VT_YAML_SEQUENCE && vt_yaml_size(steps) == 2);
    const vt_yaml_node *set = vt_yaml_find(vt_yaml_item(steps, 0), "set");
    CHECK(vt_yaml_line(set) == 4 && vt_yaml_column(set) == 22);
    CHECK(strcmp(vt_yaml_text(vt_yaml_item(set, 1)), "2") == 0 && vt_yaml_column(vt_yaml_item(set, 1)) == 26);
    CHECK(vt_yaml_line(vt_yaml_item(steps, 1)) == 5 && vt_yaml_column(vt_yaml_item(steps, 1)) == 5);
    vt_yaml_free(doc);
}

static void what_yaml_adds_is_refused_by_name_and_place(void)
{
    refused("a: &x 1\nb: 2\n", VT_EPARSE, 1, 4, "anchors");
    refused("a: 1\nb: *x\n", VT_EPARSE, 2, 4, "aliases");
    refused("a: 1\nb: !!int 3\n", VT_EPARSE, 2, 4, "tags");
    refused("a: [1]\n<<: {b: 2}\n", VT_EPARSE, 2, 1, "merge keys");
    refused("%YAML 1.1\n---\na: 1\n", VT_EPARSE, 1, 1, "directives");
    refused("a: 1\n---\nb: 2\n", VT_EPARSE, 2, 1, "second document");
    refused("[1, 2]: 3\n", VT_EPARSE, 1, 1, "a key must be a word");
    refused("a: 1\n\"\": 2\n", VT_EPARSE, 2, 1, "empty key");
    refused("a: \"x\\0y\"\n", VT_EPARSE, 1, 4, "NUL character");
}

static void malformed_text_is_refused_with_its_place(void)
{
    refused("a: 1\n b: 2\n", VT_EPARSE, 2, 3, "mapping values are not allowed");
    refused("a: [1, 2\nb: 3\n", VT_EPARSE, 2, 2, "did not find expected ',' or ']'");
    refused("a: \"open\n", VT_EPARSE, 2, 1, "quoted scalar");
    refused("a:\n\t- 1\n", VT_EPARSE, 2, 1, "cannot start any token");
    refused("a: 1\nb: \xC3\x28\n", VT_EPARSE, 2, 5, "must be UTF-8"); /* the byte that does not go on */
    refused("a: 1\nb: x\x01y\n", VT_EPARSE, 2, 5, "control characters");
    refused("", VT_EPARSE, 1, 0, "no content");
    refused("# only a comment\n", VT_EPARSE, 1, 0, "no content");
    vt_yaml *doc = NULL;
    vt_error err = {0};
    CHECK(vt_yaml_parse("s.yaml", "a: 1\0b", 6, &doc, &err) == VT_EPARSE);
    CHECK_TEXT(err.msg, "control characters");
}

static void a_key_twice_is_refused_at_the_second(void)
{
    refused("a: 1\nb: 2\na: 3\n", VT_EKEY, 3, 1, "key \"a\" again; it stands in line 1");
    refused("x: {k: 1, j: 2, \"k\": 3}\n", VT_EKEY, 1, 17, "key \"k\" again");
    vt_yaml_free(parse("x: {k: 1}\ny: {k: 1}\n"));
}

static char *repeat(const char *unit, size_t times)
{
    const size_t n = strlen(unit);
    char *text = malloc(n * times + 1);
    for (size_t i = 0; i < times; i++) memcpy(text + i * n, unit, n);
    text[n * times] = '\0';
    return text;
}

static void limits_hold(void)
{
    char text[256] = "a: ";
    for (int i = 0; i < VT_YAML_DEPTH - 1; i++) strcat(text, "[");
    for (int i = 0; i < VT_YAML_DEPTH - 1; i++) strcat(text, "]");
    vt_yaml_free(parse(text)); /* the mapping and 31 lists: exactly the limit */
    char *deep = repeat("[", 100000);
    refused(deep, VT_ELIMIT, 1, VT_YAML_DEPTH + 1, "nested more than 32 deep");
    free(deep);
    char *many = repeat("- 1\n", VT_YAML_NODES);
    refused(many, VT_ELIMIT, VT_YAML_NODES, 3, "more than 200000 nodes");
    free(many);
    char *key = repeat("k", VT_YAML_KEY + 10);
    strcpy(key + VT_YAML_KEY + 1, ": 1");
    refused(key, VT_ELIMIT, 1, 1, "a key of 257 bytes, at most 256");
    free(key);
    vt_yaml *doc = NULL;
    CHECK(vt_yaml_parse("s.yaml", "a", (size_t)VT_YAML_BYTES + 1, &doc, NULL) == VT_ELIMIT); /* size is judged first */
}

static void a_large_mapping_is_checked_fast(void)
{
    char *text = malloc(20 * 90000), *end = text;
    for (int i = 0; i < 90000; i++) end += sprintf(end, "key%d: %d\n", (i * 7919) % 90000, i);
    vt_yaml *doc = parse(text); /* compared pairwise, 4e9 comparisons would exceed the time limit */
    CHECK(vt_yaml_size(vt_yaml_root(doc)) == 90000);
    vt_yaml_free(doc);
    free(text);
}

static void unknown_keys_name_the_nearest(void)
{
    static const char *const known[] = {"title", "question", "steps", NULL};
    vt_yaml *doc = parse("title: x\nstep: []\n");
    vt_error err = {0};
    CHECK(vt_yaml_check_keys(doc, vt_yaml_root(doc), known, "a study", &err) == VT_EKEY);
    CHECK_TEXT(err.msg, "a study has no key \"step\"; did you mean \"steps\"?");
    CHECK(err.line == 2 && err.column == 1);
    CHECK(vt_yaml_check_keys(doc, vt_yaml_value(vt_yaml_root(doc), 0), known, "a study", &err) == VT_EPARSE);
    CHECK_TEXT(err.msg, "must be a mapping");
    vt_yaml_free(doc);
}

static void files_are_read_or_refused(void)
{
    char path[] = "test_yaml_XXXXXX";
    const int fd = mkstemp(path);
    vt_yaml *doc = NULL;
    vt_error err = {0};
    CHECK(fd >= 0 && write(fd, "a: [1, 2, 3]\n", 13) == 13);
    CHECK_OK(vt_yaml_read(path, &doc, &err), &err);
    CHECK(vt_yaml_size(vt_yaml_find(vt_yaml_root(doc), "a")) == 3);
    vt_yaml_free(doc);
    CHECK(ftruncate(fd, (off_t)VT_YAML_BYTES + 5) == 0); /* a sparse file */
    CHECK(vt_yaml_read(path, &doc, &err) == VT_ELIMIT);
    close(fd);
    unlink(path);
    CHECK(vt_yaml_read(path, &doc, &err) == VT_EIO);
    CHECK(vt_yaml_read(".", &doc, &err) == VT_EIO);
    CHECK(vt_yaml_read(NULL, &doc, &err) == VT_EARG);
}

/* Flipped bits of a real file: any answer but a crash, a leak or a silent half. */
static void damaged_text_never_crashes(void)
{
    const char *sound = "title: \"A study\"\nsteps:\n  - {name: fit, data: [a.csv, b.csv], set: {p: 2 GPa}}\n"
                        "  - name: map\n    text: |\n      words\n# end\n";
    uint64_t x = 88172645463325252u; /* xorshift64, Marsaglia 2003 */
    int refusals = 0;
    for (int i = 0; i < 2000; i++) {
        char text[256];
        vt_yaml *doc = NULL;
        vt_error err = {0};
        const size_t n = strlen(sound);
        memcpy(text, sound, n);
        for (int k = 0; k < 3; k++) {
            x ^= x << 13, x ^= x >> 7, x ^= x << 17;
            text[x % n] ^= (char)(1u << (x >> 32) % 8);
        }
        const int refused_it = vt_yaml_parse("s.yaml", text, n, &doc, &err) != VT_OK;
        refusals += refused_it;
        CHECK(refused_it ? err.line > 0 && !doc : doc != NULL);
        vt_yaml_free(doc);
    }
    CHECK(refusals > 500 && refusals < 2000);
}

CHECK_MAIN(CHECK_CASE(scalars_stay_as_typed), CHECK_CASE(every_node_knows_its_place),
           CHECK_CASE(what_yaml_adds_is_refused_by_name_and_place),
           CHECK_CASE(malformed_text_is_refused_with_its_place), CHECK_CASE(a_key_twice_is_refused_at_the_second),
           CHECK_CASE(limits_hold), CHECK_CASE(a_large_mapping_is_checked_fast),
           CHECK_CASE(unknown_keys_name_the_nearest), CHECK_CASE(files_are_read_or_refused),
           CHECK_CASE(damaged_text_never_crashes))
