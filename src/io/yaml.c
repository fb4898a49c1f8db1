/* A YAML document: reading the file, looking at nodes. */
#include "io/yaml_internal.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/io.h>

/* ---- the file ---- */
vt_status vt_yaml_read(const char *path, vt_yaml **doc, vt_error *err)
{
    char *text = NULL;
    size_t size = 0;
    if (!path || !doc) return vt_fail(err, VT_EARG, "path or doc is NULL");
    vt_status st = vt_file_text(path, VT_YAML_BYTES, &text, &size, err);
    if (st == VT_OK) st = vt_yaml_parse(path, text, size, doc, err);
    free(text);
    return st;
}

void vt_yaml_free(vt_yaml *doc)
{
    if (!doc) return;
    for (size_t i = 0; i < doc->nnodes; i++) {
        free(doc->node[i]->text);
        free(doc->node[i]->child);
        free(doc->node[i]);
    }
    free(doc->node);
    free(doc->name);
    free(doc);
}

/* ---- nodes ---- */
const vt_yaml_node *vt_yaml_root(const vt_yaml *doc)
{
    return doc ? doc->root : NULL;
}

const char *vt_yaml_name(const vt_yaml *doc)
{
    return doc ? doc->name : "";
}

vt_yaml_kind vt_yaml_node_kind(const vt_yaml_node *node)
{
    return node ? node->kind : VT_YAML_SCALAR;
}

long vt_yaml_line(const vt_yaml_node *node)
{
    return node ? node->line : 0;
}

long vt_yaml_column(const vt_yaml_node *node)
{
    return node ? node->column : 0;
}

const char *vt_yaml_text(const vt_yaml_node *node)
{
    return node && node->text ? node->text : "";
}

vt_yaml_style vt_yaml_scalar_style(const vt_yaml_node *node)
{
    return node ? node->style : VT_YAML_PLAIN;
}

int vt_yaml_is_null(const vt_yaml_node *node)
{
    if (!node || node->kind != VT_YAML_SCALAR || node->style != VT_YAML_PLAIN) return 0;
    return !node->text[0] || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0;
}

size_t vt_yaml_size(const vt_yaml_node *node)
{
    if (!node) return 0;
    return node->kind == VT_YAML_MAPPING ? node->n / 2 : node->n;
}

const vt_yaml_node *vt_yaml_item(const vt_yaml_node *node, size_t i)
{
    return node && node->kind == VT_YAML_SEQUENCE && i < node->n ? node->child[i] : NULL;
}

const vt_yaml_node *vt_yaml_key(const vt_yaml_node *node, size_t i)
{
    return node && node->kind == VT_YAML_MAPPING && i < node->n / 2 ? node->child[2 * i] : NULL;
}

const vt_yaml_node *vt_yaml_value(const vt_yaml_node *node, size_t i)
{
    return node && node->kind == VT_YAML_MAPPING && i < node->n / 2 ? node->child[2 * i + 1] : NULL;
}

const vt_yaml_node *vt_yaml_find(const vt_yaml_node *mapping, const char *key)
{
    if (!key) return NULL;
    for (size_t i = 0; i < vt_yaml_size(mapping); i++) {
        const vt_yaml_node *k = vt_yaml_key(mapping, i);
        if (k && strcmp(k->text, key) == 0) return vt_yaml_value(mapping, i);
    }
    return NULL;
}

/* ---- errors ---- */
vt_status vt_yaml_fail(const vt_yaml *doc, const vt_yaml_node *node, vt_error *err, vt_status code, const char *fmt,
                       ...)
{
    char text[VT_ERROR_TEXT];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    return vt_fail_at(err, code, vt_yaml_name(doc), vt_yaml_line(node), vt_yaml_column(node), "%s", text);
}

/* The nearest of the known names, by the same measure as the nearest parameter. */
static const char *nearest(const char *const *known, const char *key)
{
    vt_param rows[65] = {VT_PARAM_END};
    for (size_t i = 0; known[i] && i < 64; i++) rows[i].name = known[i];
    return vt_param_nearest(rows, key);
}

static int is_known(const char *const *known, const char *key)
{
    for (size_t i = 0; known[i]; i++)
        if (strcmp(known[i], key) == 0) return 1;
    return 0;
}

vt_status vt_yaml_each(const vt_yaml *doc, const vt_yaml_node *list, const char *what, vt_yaml_reader read,
                       void *context, vt_error *err)
{
    if (!list) return VT_OK;
    if (vt_yaml_node_kind(list) != VT_YAML_SEQUENCE)
        return vt_yaml_fail(doc, list, err, VT_EPARSE, "%s must be a list", what);
    for (size_t i = 0; i < vt_yaml_size(list); i++) {
        const vt_status st = read(vt_yaml_item(list, i), context);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

vt_status vt_yaml_check_keys(const vt_yaml *doc, const vt_yaml_node *mapping, const char *const *known,
                             const char *what, vt_error *err)
{
    if (!doc || !mapping || !known || !what) return vt_fail(err, VT_EARG, "doc, mapping, known or what is NULL");
    if (mapping->kind != VT_YAML_MAPPING)
        return vt_yaml_fail(doc, mapping, err, VT_EPARSE, "%s must be a mapping, \"key: value\"", what);
    for (size_t i = 0; i < vt_yaml_size(mapping); i++) {
        const vt_yaml_node *key = vt_yaml_key(mapping, i);
        if (is_known(known, key->text)) continue;
        const char *near = nearest(known, key->text);
        return vt_yaml_fail(doc, key, err, VT_EKEY, "%s has no key \"%s\"%s%s%s", what, key->text,
                            near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    }
    return VT_OK;
}
