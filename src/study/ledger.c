/* The ledger of published numbers: its rows, recomputation and verdict. */
#include "study/ledger_internal.h"

#include <math.h>
#include <string.h>

static const vti_ledger_block *const BLOCK[] = {&vti_ledger_s001,    &vti_ledger_s001_map,  &vti_ledger_reference,
                                                &vti_ledger_lengths, &vti_ledger_mechanics, &vti_ledger_flow,
                                                &vti_ledger_torsion, &vti_ledger_onchip,    &vti_ledger_materials};
enum { BLOCKS = sizeof BLOCK / sizeof BLOCK[0] };

size_t vt_ledger_count(void)
{
    size_t n = 0;
    for (int b = 0; b < BLOCKS; b++) n += BLOCK[b]->n;
    return n;
}

static const vti_ledger_row *row_at(size_t i)
{
    for (int b = 0; b < BLOCKS; b++) {
        if (i < BLOCK[b]->n) return &BLOCK[b]->row[i];
        i -= BLOCK[b]->n;
    }
    return NULL;
}

/* Half a unit of the last digit of a number as printed: 1.6710e9 -> 5e4. */
static double half_unit(const char *printed)
{
    int decimals = 0, exponent = 0, sign = 1;
    const char *c = printed;
    for (; *c && *c != '.' && *c != 'e'; c++) {
    }
    if (*c == '.')
        for (c++; *c && *c != 'e'; c++) decimals++;
    if (*c == 'e')
        for (c++; *c; c++) {
            if (*c == '-') sign = -1;
            if (*c >= '0' && *c <= '9') exponent = 10 * exponent + (*c - '0');
        }
    return 0.5 * pow(10.0, sign * exponent - decimals);
}

vt_status vt_ledger_entry_at(size_t i, vt_ledger_entry *entry, vt_error *err)
{
    const vti_ledger_row *r = row_at(i);
    if (!r || !entry) return vt_fail(err, VT_EARG, "entry %zu of %zu, or output NULL", i, vt_ledger_count());
    vt_ledger_entry e = {.id = r->id,
                         .source = r->source,
                         .what = r->what,
                         .unit = r->unit,
                         .kind = r->kind,
                         .published = r->published,
                         .tolerance = r->tolerance,
                         .low = r->low,
                         .high = r->high,
                         .reason = r->reason,
                         .tension = r->tension};
    if (r->printed) { /* a number printed half way between two digits may round either way */
        e.tolerance = half_unit(r->printed) + 1e-12 * fabs(r->published);
        e.reason = "half a unit of the last printed digit";
    }
    if (r->kind != VT_LEDGER_BAND) {
        e.low = r->kind == VT_LEDGER_AT_MOST ? -INFINITY : e.published - e.tolerance;
        e.high = r->kind == VT_LEDGER_AT_LEAST ? INFINITY : e.published + e.tolerance;
    }
    *entry = e;
    return VT_OK;
}

vt_status vt_ledger_find(const char *id, size_t *i, vt_error *err)
{
    if (!id || !i) return vt_fail(err, VT_EARG, "id or output is NULL");
    for (size_t k = 0; k < vt_ledger_count(); k++)
        if (strcmp(row_at(k)->id, id) == 0) {
            *i = k;
            return VT_OK;
        }
    return vt_fail(err, VT_EKEY, "the ledger has no entry \"%s\"", id);
}

vt_status vt_ledger_compute(size_t i, double *value, vt_error *err)
{
    double v = NAN;
    const vti_ledger_row *r = row_at(i);
    if (!r || !value) return vt_fail(err, VT_EARG, "entry %zu of %zu, or output NULL", i, vt_ledger_count());
    const vt_status st = r->compute(r->x, &v, err);
    if (st != VT_OK) return st;
    if (!isfinite(v)) return vt_fail(err, VT_ENAN, "%s: the recomputed value is not finite", r->id);
    *value = v;
    return VT_OK;
}

vt_status vt_ledger_judge(size_t i, double value, vt_ledger_verdict *verdict, vt_error *err)
{
    vt_ledger_entry e;
    const vt_status st = vt_ledger_entry_at(i, &e, err);
    if (st != VT_OK) return st;
    if (!verdict) return vt_fail(err, VT_EARG, "verdict is NULL");
    if (value >= e.low && value <= e.high)
        *verdict = VT_LEDGER_PASS;
    else
        *verdict = e.tension && isfinite(value) ? VT_LEDGER_TENSION : VT_LEDGER_FAIL;
    return VT_OK;
}

const char *vt_ledger_verdict_name(vt_ledger_verdict verdict)
{
    switch (verdict) {
    case VT_LEDGER_PASS: return "pass";
    case VT_LEDGER_TENSION: return "tension";
    default: return "FAIL";
    }
}
