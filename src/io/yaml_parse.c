/* The strict YAML subset, built from the events of libyaml. */
#include "base/grow_internal.h"
#include "io/yaml_internal.h"
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

typedef struct builder {
    vt_yaml *doc;
    vt_error *err;
    size_t depth;
    vt_yaml_node *open[VT_YAML_DEPTH]; /* collections that wait for their end */
    int documents;
} builder;

vt_status vti_yaml_append(vt_yaml_node ***array, size_t n, vt_yaml_node *node, vt_error *err)
{
    const vt_status st = vti_grow_by_one(array, n, sizeof **array, err);
    if (st == VT_OK) (*array)[n] = node;
    return st;
}

static vt_status fail_at_mark(const builder *b, const yaml_mark_t *mark, vt_status code, const char *text)
{
    return vt_fail_at(b->err, code, b->doc->name, (long)mark->line + 1, (long)mark->column + 1, "%s", text);
}

static vt_status new_node(builder *b, vt_yaml_kind kind, const yaml_mark_t *mark, vt_yaml_node **out)
{
    if (b->doc->nnodes >= VT_YAML_NODES)
        return vt_fail_at(b->err, VT_ELIMIT, b->doc->name, (long)mark->line + 1, (long)mark->column + 1,
                          "more than %d nodes", VT_YAML_NODES);
    vt_yaml_node *node = calloc(1, sizeof *node);
    if (!node) return vt_fail(b->err, VT_EMEMORY, "a YAML node");
    node->kind = kind;
    node->line = (long)mark->line + 1;
    node->column = (long)mark->column + 1;
    const vt_status st = vti_yaml_append(&b->doc->node, b->doc->nnodes, node, b->err);
    if (st != VT_OK) {
        free(node);
        return st;
    }
    b->doc->nnodes++;
    *out = node;
    return VT_OK;
}

static vt_status check_key(const builder *b, const vt_yaml_node *key)
{
    if (key->kind != VT_YAML_SCALAR)
        return vt_yaml_fail(b->doc, key, b->err, VT_EPARSE, "a key must be a word, not a list or mapping");
    if (!key->text[0]) return vt_yaml_fail(b->doc, key, b->err, VT_EPARSE, "an empty key");
    if (strlen(key->text) > VT_YAML_KEY)
        return vt_yaml_fail(b->doc, key, b->err, VT_ELIMIT, "a key of %zu bytes, at most %d", strlen(key->text),
                            VT_YAML_KEY);
    if (strcmp(key->text, "<<") == 0 && key->style == VT_YAML_PLAIN)
        return vt_yaml_fail(b->doc, key, b->err, VT_EPARSE, "merge keys (<<) are not accepted; write the entries out");
    return VT_OK;
}

/* Hangs a node into the innermost open collection. */
static vt_status place(builder *b, vt_yaml_node *node)
{
    if (b->depth == 0) {
        b->doc->root = node;
        return VT_OK;
    }
    vt_yaml_node *parent = b->open[b->depth - 1];
    vt_status st = VT_OK;
    if (parent->kind == VT_YAML_MAPPING && parent->n % 2 == 0) st = check_key(b, node);
    if (st == VT_OK) st = vti_yaml_append(&parent->child, parent->n, node, b->err);
    if (st == VT_OK) parent->n++;
    return st;
}

static vt_status no_extras(const builder *b, const yaml_event_t *e, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor) return fail_at_mark(b, &e->start_mark, VT_EPARSE, "anchors (&) are not accepted; write the value out");
    if (tag) return fail_at_mark(b, &e->start_mark, VT_EPARSE, "tags (!) are not accepted; leave the tag out");
    return VT_OK;
}

static vt_yaml_style style_of(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return VT_YAML_QUOTED;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE: return VT_YAML_BLOCK;
    default: return VT_YAML_PLAIN;
    }
}

static vt_status take_scalar(builder *b, const yaml_event_t *e)
{
    const char *value = (const char *)e->data.scalar.value;
    const size_t length = e->data.scalar.length;
    vt_yaml_node *node = NULL;
    vt_status st;
    VT_TRY(st = no_extras(b, e, e->data.scalar.anchor, e->data.scalar.tag));
    if (memchr(value, '\0', length)) return fail_at_mark(b, &e->start_mark, VT_EPARSE, "a NUL character inside a text");
    VT_TRY(st = new_node(b, VT_YAML_SCALAR, &e->start_mark, &node));
    node->style = style_of(e->data.scalar.style);
    node->text = malloc(length + 1);
    if (!node->text) return vt_fail(b->err, VT_EMEMORY, "a text of %zu bytes", length);
    memcpy(node->text, value, length);
    node->text[length] = '\0';
    st = place(b, node);
done:
    return st;
}

static vt_status open_collection(builder *b, const yaml_event_t *e, vt_yaml_kind kind)
{
    vt_yaml_node *node = NULL;
    vt_status st;
    if (kind == VT_YAML_MAPPING)
        VT_TRY(st = no_extras(b, e, e->data.mapping_start.anchor, e->data.mapping_start.tag));
    else
        VT_TRY(st = no_extras(b, e, e->data.sequence_start.anchor, e->data.sequence_start.tag));
    if (b->depth >= VT_YAML_DEPTH)
        return vt_fail_at(b->err, VT_ELIMIT, b->doc->name, (long)e->start_mark.line + 1, (long)e->start_mark.column + 1,
                          "nested more than %d deep", VT_YAML_DEPTH);
    VT_TRY(st = new_node(b, kind, &e->start_mark, &node));
    VT_TRY(st = place(b, node));
    b->open[b->depth++] = node;
done:
    return st;
}

static int by_text(const void *x, const void *y)
{
    const vt_yaml_node *a = *(const vt_yaml_node *const *)x, *b = *(const vt_yaml_node *const *)y;
    const int order = strcmp(a->text, b->text);
    if (order) return order;
    return a->line != b->line ? (a->line > b->line) - (a->line < b->line)
                              : (a->column > b->column) - (a->column < b->column);
}

/* Sorted, so that a mapping of 1e5 keys costs n log n, not n^2. */
static vt_status check_duplicates(const builder *b, const vt_yaml_node *map)
{
    const size_t n = map->n / 2;
    if (n < 2) return VT_OK;
    const vt_yaml_node **keys = malloc(n * sizeof(const vt_yaml_node *));
    if (!keys) return vt_fail(b->err, VT_EMEMORY, "%zu keys", n);
    vt_status st = VT_OK;
    for (size_t i = 0; i < n; i++) keys[i] = map->child[2 * i];
    qsort(keys, n, sizeof(const vt_yaml_node *), by_text);
    for (size_t i = 1; i < n && st == VT_OK; i++)
        if (strcmp(keys[i]->text, keys[i - 1]->text) == 0)
            st = vt_yaml_fail(b->doc, keys[i], b->err, VT_EKEY, "key \"%s\" again; it stands in line %ld already",
                              keys[i]->text, keys[i - 1]->line);
    free(keys);
    return st;
}

static vt_status start_document(builder *b, const yaml_event_t *e)
{
    if (b->documents++ > 0)
        return fail_at_mark(b, &e->start_mark, VT_EPARSE, "a second document; only one is accepted");
    if (e->data.document_start.version_directive ||
        e->data.document_start.tag_directives.start != e->data.document_start.tag_directives.end)
        return fail_at_mark(b, &e->start_mark, VT_EPARSE, "directives (%) are not accepted");
    return VT_OK;
}

static vt_status take(builder *b, const yaml_event_t *e)
{
    switch (e->type) {
    case YAML_DOCUMENT_START_EVENT: return start_document(b, e);
    case YAML_SCALAR_EVENT: return take_scalar(b, e);
    case YAML_MAPPING_START_EVENT: return open_collection(b, e, VT_YAML_MAPPING);
    case YAML_SEQUENCE_START_EVENT: return open_collection(b, e, VT_YAML_SEQUENCE);
    case YAML_MAPPING_END_EVENT: return check_duplicates(b, b->open[--b->depth]);
    case YAML_SEQUENCE_END_EVENT: b->depth--; return VT_OK;
    case YAML_ALIAS_EVENT:
        return fail_at_mark(b, &e->start_mark, VT_EPARSE,
                            "aliases (*) are not accepted; quote a text that begins with *");
    default: return VT_OK;
    }
}

/* libyaml gives a mark for grammar, but only a byte offset for characters that it cannot read. */
static vt_status parser_failed(const builder *b, const yaml_parser_t *p, const char *text, size_t size)
{
    if (p->error == YAML_MEMORY_ERROR) return vt_fail(b->err, VT_EMEMORY, "a YAML file");
    if (p->error != YAML_READER_ERROR)
        return vt_fail_at(b->err, VT_EPARSE, b->doc->name, (long)p->problem_mark.line + 1,
                          (long)p->problem_mark.column + 1, "%s%s%s", p->context ? p->context : "",
                          p->context ? ": " : "", p->problem ? p->problem : "malformed YAML");
    long line = 1, column = 1;
    const size_t end = p->problem_offset < size ? p->problem_offset : size;
    for (size_t i = 0; i < end; i++) {
        column = text[i] == '\n' ? 1 : column + ((text[i] & 0xC0) != 0x80);
        line += text[i] == '\n';
    }
    return vt_fail_at(b->err, VT_EPARSE, b->doc->name, line, column, "%s; the file must be UTF-8 text",
                      p->problem ? p->problem : "unreadable character");
}

static vt_status run(builder *b, yaml_parser_t *p, const char *text, size_t size)
{
    for (int over = 0; !over;) {
        yaml_event_t e;
        if (!yaml_parser_parse(p, &e)) return parser_failed(b, p, text, size);
        const vt_status st = take(b, &e);
        over = e.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&e);
        if (st != VT_OK) return st;
    }
    if (!b->doc->root) return vt_fail_at(b->err, VT_EPARSE, b->doc->name, 1, 0, "the file has no content");
    return VT_OK;
}

static vt_yaml *new_document(const char *name)
{
    vt_yaml *doc = calloc(1, sizeof *doc);
    if (!doc) return NULL;
    doc->name = malloc(strlen(name) + 1);
    if (doc->name) return strcpy(doc->name, name), doc;
    free(doc);
    return NULL;
}

vt_status vt_yaml_parse(const char *name, const char *text, size_t size, vt_yaml **doc, vt_error *err)
{
    if (!name || !doc || (!text && size > 0)) return vt_fail(err, VT_EARG, "name, text or doc is NULL");
    if (size > VT_YAML_BYTES)
        return vt_fail_at(err, VT_ELIMIT, name, 0, 0, "%zu bytes; a YAML file has at most %d", size, VT_YAML_BYTES);
    if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        size -= 3;
    }
    yaml_parser_t parser;
    builder b = {.doc = new_document(name), .err = err};
    if (!b.doc) return vt_fail(err, VT_EMEMORY, "a YAML document");
    if (!yaml_parser_initialize(&parser)) {
        vt_yaml_free(b.doc);
        return vt_fail(err, VT_EMEMORY, "a YAML parser");
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)(text ? text : ""), size);
    const vt_status st = run(&b, &parser, text, size);
    yaml_parser_delete(&parser);
    if (st == VT_OK)
        *doc = b.doc;
    else
        vt_yaml_free(b.doc);
    return st;
}
