/* The alloy card: life and constants. */
#include "base/grow_internal.h"
#include "glass/card_internal.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/constants.h>

/* ---- life ---- */
vt_status vt_card_create(vt_card **card, const char *alloy, vt_error *err)
{
    if (!card || !alloy) return vt_fail(err, VT_EARG, "card or alloy is NULL");
    if (vti_card_blank(alloy)) return vt_fail(err, VT_EARG, "the card needs the name of its alloy");
    if (strlen(alloy) >= VTI_CARD_ALLOY)
        return vt_fail(err, VT_ELIMIT, "alloy name of %zu bytes, at most %d", strlen(alloy), VTI_CARD_ALLOY - 1);
    vt_card *c = calloc(1, sizeof *c);
    if (!c) return vt_fail(err, VT_EMEMORY, "an alloy card");
    snprintf(c->alloy, sizeof c->alloy, "%s", alloy);
    *card = c;
    return VT_OK;
}

void vt_card_free(vt_card *card)
{
    if (!card) return;
    free(card->constants);
    free(card->ttt);
    free(card->observations);
    free(card);
}

static void *copy_of(const void *array, size_t n, size_t size)
{
    size_t room = 1;
    while (room < n) room *= 2; /* what the growing of the copy expects */
    void *copy = malloc(room * size);
    if (copy && n > 0) memcpy(copy, array, n * size);
    return copy;
}

vt_status vt_card_copy(const vt_card *card, vt_card **copy, vt_error *err)
{
    if (!card || !copy) return vt_fail(err, VT_EARG, "card or copy is NULL");
    vt_card *c = malloc(sizeof *c);
    if (!c) return vt_fail(err, VT_EMEMORY, "an alloy card");
    *c = *card;
    c->constants = copy_of(card->constants, card->nconstants, sizeof *card->constants);
    c->ttt = copy_of(card->ttt, card->nttt, sizeof *card->ttt);
    c->observations = copy_of(card->observations, card->nobservations, sizeof *card->observations);
    if (!c->constants || !c->ttt || !c->observations) {
        vt_card_free(c);
        return vt_fail(err, VT_EMEMORY, "the rows of an alloy card");
    }
    *copy = c;
    return VT_OK;
}

const char *vt_card_alloy(const vt_card *card)
{
    return card ? card->alloy : "";
}

const char *vt_card_path(const vt_card *card)
{
    return card ? card->path : "";
}

void vt_card_set_path(vt_card *card, const char *path)
{
    if (card) snprintf(card->path, sizeof card->path, "%s", path ? path : "");
}

/* ---- checks ---- */
int vti_card_terminated(const char *text, size_t size)
{
    return memchr(text, '\0', size) != NULL;
}

int vti_card_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

vt_status vti_card_check_source(char tag, const char *source, size_t size, const char *what, vt_error *err)
{
    if (tag != 'A' && tag != 'B' && tag != 'C' && tag != 'R')
        return vt_fail(err, VT_EARG,
                       "%s: tag '%c' is not A (read in the source), B (read elsewhere), C (derived) or R (recalled)",
                       what, tag ? tag : '0');
    if (!vti_card_terminated(source, size)) return vt_fail(err, VT_EARG, "%s: source does not end", what);
    if (vti_card_blank(source))
        return vt_fail(err, VT_ESOURCE, "%s has no source; say where the value comes from", what);
    return VT_OK;
}

/* "Pa m^0.5" and its multiples: the one non-integer exponent that people write, kept away from the general reader. */
static vt_status toughness_unit(const char *text, vt_unit *unit, vt_error *err)
{
    static const char *const roots[] = {"m^0.5", "m^(1/2)", "m^1/2", "sqrt(m)"};
    char pressure[VT_UNIT_TEXT];
    const size_t n = strlen(text);
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        const size_t tail = strlen(roots[i]);
        if (n <= tail || n >= sizeof pressure || strcmp(text + n - tail, roots[i]) != 0) continue;
        memcpy(pressure, text, n - tail);
        pressure[n - tail] = '\0';
        for (size_t k = n - tail; k > 0 && strchr(" *", pressure[k - 1]); k--) pressure[k - 1] = '\0';
        const vt_status st = vt_unit_read(pressure, "Pa", unit, err);
        if (st != VT_OK) return st;
        memcpy(unit->text, text, n + 1);
        snprintf(unit->si, sizeof unit->si, "Pa m^0.5");
        return VT_OK;
    }
    return vt_fail(err, VT_EUNITS, "unit '%.60s' is not that of a toughness; write MPa m^0.5", text);
}

vt_status vti_card_unit(const vt_param *row, const char *text, vt_unit *unit, vt_error *err)
{
    if (strcmp(row->unit, "Pa m^0.5") == 0) return toughness_unit(text, unit, err);
    if (strcmp(row->unit, "J") == 0 && vt_unit_read(text, "J mol-1", unit, NULL) == VT_OK) {
        unit->scale /= VT_AVOGADRO;
        snprintf(unit->si, sizeof unit->si, "J");
        return VT_OK;
    }
    return vt_unit_read(text, row->unit, unit, err);
}

static vt_status out_of_range(const vt_param *row, const vt_constant *k, const vt_unit *unit, vt_error *err)
{
    return vt_fail(err, VT_ERANGE, "%s = %.6g %s is outside [%.6g, %.6g] %s (%s); check value and unit", k->key,
                   vt_unit_from_si(unit, k->value), unit->text, vt_unit_from_si(unit, row->low),
                   vt_unit_from_si(unit, row->high), unit->text, row->text);
}

static vt_status unknown_key(const char *key, vt_error *err)
{
    const char *near = vt_param_nearest(VT_CARD_CONSTANTS, key);
    return vt_fail(err, VT_EKEY, "no constant is called \"%.63s\"%s%s%s", key, near ? "; did you mean \"" : "",
                   near ? near : "", near ? "\"?" : "");
}

static vt_status check_constant(const vt_constant *k, vt_unit *unit, vt_error *err)
{
    char what[96];
    if (!vti_card_terminated(k->key, sizeof k->key) || !vti_card_terminated(k->unit, sizeof k->unit) ||
        !vti_card_terminated(k->conditions, sizeof k->conditions))
        return vt_fail(err, VT_EARG, "a constant with a text that does not end");
    const vt_param *row = vt_param_find(VT_CARD_CONSTANTS, k->key);
    if (!row) return unknown_key(k->key, err);
    vt_status st = vti_card_unit(row, k->unit[0] ? k->unit : row->unit, unit, err);
    if (st != VT_OK) return st;
    if (!(k->value >= row->low && k->value <= row->high)) return out_of_range(row, k, unit, err);
    if (!isnan(k->u) && !(k->u >= 0.0 && isfinite(k->u)))
        return vt_fail(err, VT_ERANGE, "%s: uncertainty %g %s is not >= 0", k->key, k->u, row->unit);
    snprintf(what, sizeof what, "constant %s", k->key);
    return vti_card_check_source(k->tag, k->source, sizeof k->source, what, err);
}

/* ---- constants ---- */
vt_status vt_card_add(vt_card *card, const vt_constant *constant, vt_error *err)
{
    vt_unit unit;
    if (!card || !constant) return vt_fail(err, VT_EARG, "card or constant is NULL");
    vt_status st = check_constant(constant, &unit, err);
    if (st != VT_OK) return st;
    size_t i = 0;
    while (i < card->nconstants && strcmp(card->constants[i].key, constant->key) != 0) i++;
    if (i == card->nconstants) {
        st = vti_grow_by_one(&card->constants, card->nconstants, sizeof *card->constants, err);
        if (st != VT_OK) return st;
        card->nconstants++;
    }
    vti_card_uncorrelate(card, constant->key);
    card->constants[i] = *constant;
    memcpy(card->constants[i].unit, unit.text, sizeof unit.text);
    return VT_OK;
}

size_t vt_card_constants(const vt_card *card)
{
    return card ? card->nconstants : 0;
}

const vt_constant *vt_card_constant(const vt_card *card, size_t i)
{
    return card && i < card->nconstants ? &card->constants[i] : NULL;
}

const vt_constant *vt_card_find(const vt_card *card, const char *key)
{
    if (!card || !key) return NULL;
    for (size_t i = 0; i < card->nconstants; i++)
        if (strcmp(card->constants[i].key, key) == 0) return &card->constants[i];
    return NULL;
}

vt_status vt_card_value(const vt_card *card, const char *key, double *value, vt_error *err)
{
    if (!card || !key || !value) return vt_fail(err, VT_EARG, "card, key or value is NULL");
    const vt_constant *k = vt_card_find(card, key);
    if (k) {
        *value = k->value;
        return VT_OK;
    }
    const vt_param *row = vt_param_find(VT_CARD_CONSTANTS, key);
    if (!row) return unknown_key(key, err);
    return vt_fail(err, VT_EREFERENCE,
                   "the card of %s has no %s (%s); add to %s: %s: {value: ..., unit: \"%s\", tag: A, source: ...}",
                   card->alloy, key, row->text, card->path[0] ? card->path : "its constants", key, row->unit);
}
