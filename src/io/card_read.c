/* Alloy cards from YAML: every refusal with file, line and column. */
#include "glass/card_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/io.h>
#include <vitrum/yaml.h>

typedef struct reader {
    const vt_yaml *doc;
    vt_card *card;
    vt_error *err;
} reader;

/* ---- texts and numbers of an entry ---- */
static vt_status take_text(const reader *r, const vt_yaml_node *node, const char *what, size_t size, char *out)
{
    if (!node) return VT_OK;
    if (vt_yaml_node_kind(node) != VT_YAML_SCALAR)
        return vt_yaml_fail(r->doc, node, r->err, VT_EPARSE, "%s must be a text", what);
    if (strlen(vt_yaml_text(node)) >= size)
        return vt_yaml_fail(r->doc, node, r->err, VT_ELIMIT, "%s has %zu bytes, at most %zu", what,
                            strlen(vt_yaml_text(node)), size - 1);
    snprintf(out, size, "%s", vt_yaml_is_null(node) ? "" : vt_yaml_text(node));
    for (char *c = out; *c; c++)
        if (*c == '\n' || *c == '\t') *c = ' ';
    for (size_t n = strlen(out); n > 0 && out[n - 1] == ' '; n--) out[n - 1] = '\0';
    return VT_OK;
}

static vt_status take_tag(const reader *r, const vt_yaml_node *entry, const vt_yaml_node *at, char *tag)
{
    const vt_yaml_node *node = vt_yaml_find(entry, "tag");
    const char *text = vt_yaml_text(node);
    if (strlen(text) == 1 && strchr("ABCR", text[0])) {
        *tag = text[0];
        return VT_OK;
    }
    return vt_yaml_fail(r->doc, node ? node : at, r->err, VT_EPARSE,
                        "tag \"%.20s\"; write A (read in the source), B (read elsewhere), C (derived) or R (recalled)",
                        text);
}

static vt_status take_number(const reader *r, const vt_yaml_node *node, const char *what, double *x)
{
    vt_error why = {0};
    if (vt_yaml_node_kind(node) != VT_YAML_SCALAR || vt_number_read(vt_yaml_text(node), x, &why) != VT_OK)
        return vt_yaml_fail(r->doc, node, r->err, VT_EPARSE,
                            "%s \"%.60s\" is not a number; the unit stands apart, in \"unit\"", what,
                            vt_yaml_text(node));
    return VT_OK;
}

/* The node that an error of the card object is about. */
static const vt_yaml_node *culprit(const vt_yaml_node *entry, const vt_yaml_node *key, vt_status code)
{
    const char *name = code == VT_EUNITS ? "unit" : code == VT_ESOURCE ? "source" : code == VT_ERANGE ? "value" : "";
    const vt_yaml_node *node = vt_yaml_find(entry, name);
    return node ? node : key;
}

/* ---- constants ---- */
static vt_status read_value(const reader *r, const vt_yaml_node *key, const vt_yaml_node *entry, const vt_param *row,
                            vt_constant *k)
{
    const vt_yaml_node *value = vt_yaml_find(entry, "value"), *unit = vt_yaml_find(entry, "unit");
    const vt_yaml_node *u = vt_yaml_find(entry, "uncertainty");
    vt_unit scale;
    vt_error why = {0};
    double x = NAN, ux = NAN;
    vt_status st;
    if (!value) return vt_yaml_fail(r->doc, key, r->err, VT_EPARSE, "constant %s has no value", row->name);
    if (vt_yaml_is_null(unit) || !unit || vti_card_blank(vt_yaml_text(unit)))
        return vt_yaml_fail(r->doc, unit ? unit : key, r->err, VT_EUNITS,
                            "constant %s has no unit; write unit: \"%s\", or a multiple of it", row->name, row->unit);
    VT_TRY(st = take_text(r, unit, "unit", sizeof k->unit, k->unit));
    if (vti_card_unit(row, k->unit, &scale, &why) != VT_OK)
        return vt_yaml_fail(r->doc, unit, r->err, why.code, "constant %s: %s", row->name, why.msg);
    VT_TRY(st = take_number(r, value, "value", &x));
    k->value = vt_unit_to_si(&scale, x);
    if (u) {
        VT_TRY(st = take_number(r, u, "uncertainty", &ux));
        if (!(ux >= 0.0))
            return vt_yaml_fail(r->doc, u, r->err, VT_ERANGE, "uncertainty %g of %s is not >= 0", ux, row->name);
    }
    k->u = vt_unit_interval_to_si(&scale, ux);
done:
    return st;
}

static vt_status unknown_constant(const reader *r, const vt_yaml_node *key)
{
    const char *near = vt_param_nearest(VT_CARD_CONSTANTS, vt_yaml_text(key));
    return vt_yaml_fail(r->doc, key, r->err, VT_EKEY, "no constant is called \"%s\"%s%s%s", vt_yaml_text(key),
                        near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static vt_status read_constant(const reader *r, const vt_yaml_node *key, const vt_yaml_node *entry)
{
    static const char *const known[] = {"value", "unit", "uncertainty", "tag", "conditions", "source", NULL};
    vt_constant k = {.line = vt_yaml_line(key)};
    vt_error why = {0};
    vt_status st;
    const vt_param *row = vt_param_find(VT_CARD_CONSTANTS, vt_yaml_text(key));
    if (!row) return unknown_constant(r, key);
    VT_TRY(st = vt_yaml_check_keys(r->doc, entry, known, "a constant", r->err));
    snprintf(k.key, sizeof k.key, "%s", row->name);
    VT_TRY(st = read_value(r, key, entry, row, &k));
    VT_TRY(st = take_tag(r, entry, key, &k.tag));
    VT_TRY(st = take_text(r, vt_yaml_find(entry, "conditions"), "conditions", sizeof k.conditions, k.conditions));
    VT_TRY(st = take_text(r, vt_yaml_find(entry, "source"), "source", sizeof k.source, k.source));
    st = vt_card_add(r->card, &k, &why);
    if (st != VT_OK) vt_yaml_fail(r->doc, culprit(entry, key, st), r->err, st, "%s", why.msg);
done:
    return st;
}

static vt_status read_constants(const reader *r, const vt_yaml_node *all)
{
    if (!all) return VT_OK;
    if (vt_yaml_node_kind(all) != VT_YAML_MAPPING)
        return vt_yaml_fail(r->doc, all, r->err, VT_EPARSE, "constants must be a mapping of names to constants");
    for (size_t i = 0; i < vt_yaml_size(all); i++) {
        const vt_status st = read_constant(r, vt_yaml_key(all, i), vt_yaml_value(all, i));
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

/* ---- covariance, in products of the units that the card gives the constants in ---- */
static vt_status read_cov_key(const reader *r, const vt_yaml_node *node, const char **key, double *scale)
{
    const vt_constant *k = vt_card_find(r->card, vt_yaml_text(node));
    if (!k)
        return vt_yaml_fail(r->doc, node, r->err, VT_EKEY, "covariance: the card has no constant \"%.63s\"",
                            vt_yaml_text(node));
    vt_unit unit;
    const vt_status st = vti_card_unit(vt_param_find(VT_CARD_CONSTANTS, k->key), k->unit, &unit, r->err);
    if (st != VT_OK) return st;
    *key = k->key;
    *scale = unit.scale;
    return VT_OK;
}

static vt_status read_cov_rows(const reader *r, const vt_yaml_node *matrix, size_t n, const double *scale, double *cov)
{
    for (size_t i = 0; i < n; i++) {
        const vt_yaml_node *row = vt_yaml_item(matrix, i);
        if (vt_yaml_node_kind(row) != VT_YAML_SEQUENCE || vt_yaml_size(row) != n)
            return vt_yaml_fail(r->doc, row, r->err, VT_ESHAPE, "covariance: row %zu must be a list of %zu numbers",
                                i + 1, n);
        for (size_t j = 0; j < n; j++) {
            const vt_status st = take_number(r, vt_yaml_item(row, j), "covariance", &cov[i * n + j]);
            if (st != VT_OK) return st;
            cov[i * n + j] *= scale[i] * scale[j];
        }
    }
    return VT_OK;
}

static vt_status read_covariance(const reader *r, const vt_yaml_node *node)
{
    static const char *const known[] = {"keys", "matrix", NULL};
    const char *keys[VTI_CARD_CORRELATED];
    double scale[VTI_CARD_CORRELATED], cov[VTI_CARD_CORRELATED * VTI_CARD_CORRELATED];
    vt_error why = {0};
    vt_status st;
    if (!node) return VT_OK;
    VT_TRY(st = vt_yaml_check_keys(r->doc, node, known, "covariance", r->err));
    const vt_yaml_node *names = vt_yaml_find(node, "keys"), *matrix = vt_yaml_find(node, "matrix");
    const size_t n = vt_yaml_size(names);
    if (vt_yaml_node_kind(names) != VT_YAML_SEQUENCE || vt_yaml_node_kind(matrix) != VT_YAML_SEQUENCE ||
        vt_yaml_size(matrix) != n || n == 0 || n > VTI_CARD_CORRELATED)
        return vt_yaml_fail(r->doc, node, r->err, VT_ESHAPE,
                            "covariance needs keys (1 to %d names) and matrix (as many rows)", VTI_CARD_CORRELATED);
    for (size_t i = 0; i < n; i++) VT_TRY(st = read_cov_key(r, vt_yaml_item(names, i), &keys[i], &scale[i]));
    VT_TRY(st = read_cov_rows(r, matrix, n, scale, cov));
    st = vt_card_set_covariance(r->card, n, keys, cov, &why);
    if (st != VT_OK) vt_yaml_fail(r->doc, node, r->err, st, "%s", why.msg);
done:
    return st;
}

/* ---- lists ---- */
static vt_status take_with_unit(const reader *r, const vt_yaml_node *entry, const char *name, const char *unit,
                                double *x)
{
    const vt_yaml_node *node = vt_yaml_find(entry, name);
    vt_error why = {0};
    if (!node) return vt_yaml_fail(r->doc, entry, r->err, VT_EPARSE, "ttt: a row without %s", name);
    const vt_status st = vt_unit_read_value(vt_yaml_text(node), unit, x, NULL, &why);
    return st == VT_OK ? st : vt_yaml_fail(r->doc, node, r->err, st, "ttt: %s: %s", name, why.msg);
}

static vt_status read_ttt_row(const vt_yaml_node *entry, void *context)
{
    const reader *r = context;
    static const char *const known[] = {"temperature", "time", "fraction", "tag", "source", NULL};
    vt_ttt_row row = {.T = 0.0};
    vt_error why = {0};
    vt_status st;
    VT_TRY(st = vt_yaml_check_keys(r->doc, entry, known, "a ttt row", r->err));
    VT_TRY(st = take_with_unit(r, entry, "temperature", "K", &row.T));
    VT_TRY(st = take_with_unit(r, entry, "time", "s", &row.t));
    VT_TRY(st = take_with_unit(r, entry, "fraction", "1", &row.fraction));
    VT_TRY(st = take_tag(r, entry, entry, &row.tag));
    VT_TRY(st = take_text(r, vt_yaml_find(entry, "source"), "source", sizeof row.source, row.source));
    st = vt_card_add_ttt(r->card, &row, &why);
    if (st != VT_OK) vt_yaml_fail(r->doc, culprit(entry, entry, st), r->err, st, "%s", why.msg);
done:
    return st;
}

static vt_status read_observation(const vt_yaml_node *entry, void *context)
{
    const reader *r = context;
    static const char *const known[] = {"property",   "symbol", "value",  "unit", "uncertainty",
                                        "conditions", "tag",    "source", NULL};
    vt_observation o = {.tag = 0};
    vt_error why = {0};
    vt_status st;
    VT_TRY(st = vt_yaml_check_keys(r->doc, entry, known, "an observation", r->err));
    VT_TRY(st = take_text(r, vt_yaml_find(entry, "property"), "property", sizeof o.property, o.property));
    VT_TRY(st = take_text(r, vt_yaml_find(entry, "symbol"), "symbol", sizeof o.symbol, o.symbol));
    VT_TRY(st = take_text(r, vt_yaml_find(entry, "value"), "value", sizeof o.value, o.value));
    VT_TRY(st = take_text(r, vt_yaml_find(entry, "unit"), "unit", sizeof o.unit, o.unit));
    VT_TRY(st = take_text(r, vt_yaml_find(entry, "uncertainty"), "uncertainty", sizeof o.uncertainty, o.uncertainty));
    VT_TRY(st = take_text(r, vt_yaml_find(entry, "conditions"), "conditions", sizeof o.conditions, o.conditions));
    VT_TRY(st = take_tag(r, entry, entry, &o.tag));
    VT_TRY(st = take_text(r, vt_yaml_find(entry, "source"), "source", sizeof o.source, o.source));
    if (vti_card_blank(o.property) || vti_card_blank(o.value))
        return vt_yaml_fail(r->doc, entry, r->err, VT_EPARSE, "an observation needs property and value");
    st = vt_card_add_observation(r->card, &o, &why);
    if (st != VT_OK) vt_yaml_fail(r->doc, culprit(entry, entry, st), r->err, st, "%s", why.msg);
done:
    return st;
}

/* ---- the card ---- */
static vt_status read_document(const vt_yaml *doc, vt_card **card, vt_error *err)
{
    static const char *const known[] = {"alloy", "constants", "covariance", "ttt", "observations", NULL};
    const vt_yaml_node *root = vt_yaml_root(doc);
    reader r = {.doc = doc, .err = err};
    vt_error why = {0};
    vt_status st;
    VT_TRY(st = vt_yaml_check_keys(doc, root, known, "an alloy card", err));
    const vt_yaml_node *alloy = vt_yaml_find(root, "alloy");
    st = vt_card_create(&r.card, vt_yaml_text(alloy), &why);
    if (st != VT_OK) {
        st = st == VT_EARG ? VT_EPARSE : st;
        return vt_yaml_fail(doc, alloy ? alloy : root, err, st, "%s", why.msg);
    }
    vt_card_set_path(r.card, vt_yaml_name(doc));
    VT_TRY(st = read_constants(&r, vt_yaml_find(root, "constants")));
    VT_TRY(st = read_covariance(&r, vt_yaml_find(root, "covariance")));
    VT_TRY(st = vt_yaml_each(doc, vt_yaml_find(root, "ttt"), "ttt", read_ttt_row, &r, err));
    VT_TRY(st = vt_yaml_each(doc, vt_yaml_find(root, "observations"), "observations", read_observation, &r, err));
    *card = r.card;
    r.card = NULL;
done:
    vt_card_free(r.card);
    return st;
}

vt_status vt_card_parse(const char *name, const char *text, size_t size, vt_card **card, vt_error *err)
{
    vt_yaml *doc = NULL;
    if (!card) return vt_fail(err, VT_EARG, "card is NULL");
    vt_status st = vt_yaml_parse(name, text, size, &doc, err);
    if (st == VT_OK) st = read_document(doc, card, err);
    vt_yaml_free(doc);
    return st;
}

vt_status vt_card_read(const char *path, vt_card **card, vt_error *err)
{
    vt_yaml *doc = NULL;
    if (!card) return vt_fail(err, VT_EARG, "card is NULL");
    vt_status st = vt_yaml_read(path, &doc, err);
    if (st == VT_OK) st = read_document(doc, card, err);
    vt_yaml_free(doc);
    return st;
}
