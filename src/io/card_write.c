/* Alloy cards to YAML, in the form that card_read.c takes back. */
#include "base/number_internal.h"
#include "glass/card_internal.h"
#include "io/file_internal.h"
#include "io/yaml_write_internal.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <vitrum/io.h>

static vt_status put_constant(FILE *out, const vt_constant *k, vt_error *err)
{
    vt_unit unit;
    const vt_status st = vti_card_unit(vt_param_find(VT_CARD_CONSTANTS, k->key), k->unit, &unit, err);
    if (st != VT_OK) return st;
    fprintf(out, "  %s:\n    {value: ", k->key);
    vti_yaml_put_number(out, &unit, k->value, vt_unit_to_si, vt_unit_from_si(&unit, k->value));
    fputs(", unit: ", out);
    vti_yaml_put_text(out, k->unit);
    if (!isnan(k->u)) {
        fputs(", uncertainty: ", out);
        vti_yaml_put_number(out, &unit, k->u, vt_unit_interval_to_si, k->u / unit.scale);
    }
    fprintf(out, ", tag: %c", k->tag);
    if (k->conditions[0]) {
        fputs(",\n     conditions: ", out);
        vti_yaml_put_text(out, k->conditions);
    }
    fputs(",\n     source: ", out);
    vti_yaml_put_text(out, k->source);
    fputs("}\n", out);
    return VT_OK;
}

static vt_status put_covariance(FILE *out, const vt_card *card, vt_error *err)
{
    const size_t n = vt_card_correlated(card);
    double scale[VTI_CARD_CORRELATED];
    char text[VTI_NUMBER_TEXT];
    if (n == 0) return VT_OK;
    fputs("\n# in products of the units above\ncovariance:\n  keys: [", out);
    for (size_t i = 0; i < n; i++) {
        vt_unit unit;
        const vt_constant *k = vt_card_find(card, vt_card_correlated_key(card, i));
        const vt_status st = vti_card_unit(vt_param_find(VT_CARD_CONSTANTS, k->key), k->unit, &unit, err);
        if (st != VT_OK) return st;
        scale[i] = unit.scale;
        fprintf(out, "%s%s", i ? ", " : "", k->key);
    }
    fputs("]\n  matrix:\n", out);
    for (size_t i = 0; i < n; i++) {
        fputs("    - [", out);
        for (size_t j = 0; j < n; j++) {
            vti_number_write(card->cov[i * n + j] / (scale[i] * scale[j]), text);
            fprintf(out, "%s%s", j ? ", " : "", text);
        }
        fputs("]\n", out);
    }
    return VT_OK;
}

static void put_ttt(FILE *out, const vt_card *card)
{
    char T[VTI_NUMBER_TEXT], t[VTI_NUMBER_TEXT], x[VTI_NUMBER_TEXT];
    if (vt_card_ttt(card) > 0) fputs("\nttt:\n", out);
    for (size_t i = 0; i < vt_card_ttt(card); i++) {
        const vt_ttt_row *row = vt_card_ttt_row(card, i);
        vti_number_write(row->T, T);
        vti_number_write(row->t, t);
        vti_number_write(row->fraction, x);
        fprintf(out, "  - {temperature: %s K, time: %s s, fraction: %s, tag: %c,\n     source: ", T, t, x, row->tag);
        vti_yaml_put_text(out, row->source);
        fputs("}\n", out);
    }
}

static void put_field(FILE *out, const char *name, const char *text)
{
    if (!text[0]) return;
    fprintf(out, "    %s: ", name);
    vti_yaml_put_text(out, text);
    fputc('\n', out);
}

static void put_observations(FILE *out, const vt_card *card)
{
    if (vt_card_observations(card) > 0) fputs("\nobservations:\n", out);
    for (size_t i = 0; i < vt_card_observations(card); i++) {
        const vt_observation *o = vt_card_observation(card, i);
        fputs("  - property: ", out);
        vti_yaml_put_text(out, o->property);
        fputc('\n', out);
        put_field(out, "symbol", o->symbol);
        put_field(out, "value", o->value);
        put_field(out, "unit", o->unit);
        put_field(out, "uncertainty", o->uncertainty);
        put_field(out, "conditions", o->conditions);
        fprintf(out, "    tag: %c\n", o->tag);
        put_field(out, "source", o->source);
    }
}

vt_status vt_card_write(const vt_card *card, FILE *out, vt_error *err)
{
    if (!card || !out) return vt_fail(err, VT_EARG, "card or out is NULL");
    fputs("# Alloy card of vitrum. Tags: A read in the source, B read elsewhere, C derived, R recalled.\nalloy: ", out);
    vti_yaml_put_text(out, vt_card_alloy(card));
    if (vt_card_constants(card) > 0) fputs("\n\nconstants:\n", out);
    for (size_t i = 0; i < vt_card_constants(card); i++) {
        const vt_status st = put_constant(out, vt_card_constant(card, i), err);
        if (st != VT_OK) return st;
    }
    const vt_status st = put_covariance(out, card, err);
    if (st != VT_OK) return st;
    put_ttt(out, card);
    put_observations(out, card);
    fputc('\n', out);
    if (ferror(out))
        return vt_fail(err, VT_EWRITE, "the card of %s cannot be written: %s", card->alloy, strerror(errno));
    return VT_OK;
}

vt_status vt_card_save(const vt_card *card, const char *path, vt_error *err)
{
    vti_file_out out = {0};
    if (!card || !path) return vt_fail(err, VT_EARG, "card or path is NULL");
    vt_status st = vti_file_begin(&out, path, err);
    if (st == VT_OK) st = vt_card_write(card, out.stream, err);
    if (st == VT_OK) st = vti_file_commit(&out, err);
    vti_file_abandon(&out);
    return st;
}
