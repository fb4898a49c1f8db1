/* The ledger of published numbers as a result: every entry recomputed, side by side. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vitrum/ledger.h>

struct columns {
    size_t n;
    const char **id, **source, **what, **unit, **verdict, **remark;
    double *published, *low, *high, *computed;
};

static void release(struct columns *c)
{
    free(c->id);
    free(c->published);
}

/* One block for the six text columns, one for the four numeric ones. */
static vt_status reserve(struct columns *c, vt_error *err)
{
    const size_t room = vt_ledger_count();
    c->id = calloc(6 * room, sizeof *c->id);
    c->published = calloc(4 * room, sizeof *c->published);
    if (!c->id || !c->published) return vt_fail(err, VT_EMEMORY, "no memory for %zu ledger entries", room);
    c->source = c->id + room;
    c->what = c->source + room;
    c->unit = c->what + room;
    c->verdict = c->unit + room;
    c->remark = c->verdict + room;
    c->low = c->published + room;
    c->high = c->low + room;
    c->computed = c->high + room;
    return VT_OK;
}

static vt_status warn_of(vt_result *r, const vt_ledger_entry *e, double computed, vt_ledger_verdict verdict,
                         const vt_error *why, vt_error *err)
{
    if (verdict == VT_LEDGER_TENSION)
        return vt_result_warn(r, err, "W_TENSION", "%s (%s): %s", e->id, e->what, e->tension);
    if (verdict == VT_LEDGER_FAIL && why->code != VT_OK)
        return vt_result_warn(r, err, "W_LEDGER", "%s (%s) cannot be computed: %s", e->id, e->what, why->msg);
    if (verdict == VT_LEDGER_FAIL)
        return vt_result_warn(r, err, "W_LEDGER", "%s (%s): %.6g %s is outside [%.6g, %.6g]", e->id, e->what, computed,
                              e->unit, e->low, e->high);
    return VT_OK;
}

static vt_status add_entry(struct columns *c, size_t i, vt_result *r, size_t count[3], vt_error *err)
{
    vt_ledger_entry e;
    vt_error why = {0};
    vt_ledger_verdict verdict = VT_LEDGER_FAIL;
    double value = NAN;
    vt_status st = vt_ledger_entry_at(i, &e, err);
    if (st != VT_OK) return st;
    if (vt_ledger_compute(i, &value, &why) == VT_OK) st = vt_ledger_judge(i, value, &verdict, err);
    if (st != VT_OK) return st;
    const size_t k = c->n++;
    c->id[k] = e.id;
    c->source[k] = e.source;
    c->what[k] = e.what;
    c->unit[k] = e.unit;
    c->verdict[k] = vt_ledger_verdict_name(verdict);
    c->remark[k] = verdict == VT_LEDGER_TENSION ? e.tension : e.reason;
    c->published[k] = e.kind == VT_LEDGER_BAND ? NAN : e.published;
    c->low[k] = isfinite(e.low) ? e.low : NAN;
    c->high[k] = isfinite(e.high) ? e.high : NAN;
    c->computed[k] = value;
    count[verdict]++;
    return warn_of(r, &e, value, verdict, &why, err);
}

static vt_status to_table(const struct columns *c, vt_table **table, vt_error *err)
{
    vt_status st;
    VT_TRY(st = vt_table_create(table, err));
    VT_TRY(st = vt_table_add_text(*table, "id", c->n, c->id, err));
    VT_TRY(st = vt_table_add_text(*table, "what", c->n, c->what, err));
    VT_TRY(st = vt_table_add_text(*table, "unit", c->n, c->unit, err));
    VT_TRY(st = vt_table_add_si(*table, "published", "1", c->n, c->published, err));
    VT_TRY(st = vt_table_add_si(*table, "low", "1", c->n, c->low, err));
    VT_TRY(st = vt_table_add_si(*table, "high", "1", c->n, c->high, err));
    VT_TRY(st = vt_table_add_si(*table, "computed", "1", c->n, c->computed, err));
    VT_TRY(st = vt_table_add_text(*table, "verdict", c->n, c->verdict, err));
    VT_TRY(st = vt_table_add_text(*table, "remark", c->n, c->remark, err));
    st = vt_table_add_text(*table, "source", c->n, c->source, err);
done:
    return st;
}

static vt_status add_counts(vt_result *r, const size_t count[3], vt_error *err)
{
    static const char *const names[3] = {"entries_passed", "entries_in_tension", "entries_failed"};
    for (size_t v = 0; v < 3; v++) {
        vt_property p = {
            .q = {.value = (double)count[v], .low = NAN, .high = NAN, .level = 0.95, .dof = INFINITY, .unit = "1"}};
        snprintf(p.name, sizeof p.name, "%s", names[v]);
        snprintf(p.method, sizeof p.method, "count of ledger entries, each recomputed from the laws");
        const vt_status st = vt_result_add_property(r, &p, err);
        if (st != VT_OK) return st;
    }
    return VT_OK;
}

vt_status vt_ledger_result(const char *prefix, vt_result **result, vt_error *err)
{
    struct columns c = {0};
    size_t count[3] = {0};
    vt_result *r = NULL;
    vt_table *table = NULL;
    vt_status st;
    if (!prefix || !result) return vt_fail(err, VT_EARG, "prefix or result is NULL");
    const size_t length = strlen(prefix);
    VT_TRY(st = vt_result_create(&r, "ledger", "verify", err));
    VT_TRY(st = reserve(&c, err));
    for (size_t i = 0; i < vt_ledger_count(); i++) {
        vt_ledger_entry e;
        VT_TRY(st = vt_ledger_entry_at(i, &e, err));
        if (strncmp(e.id, prefix, length) == 0) VT_TRY(st = add_entry(&c, i, r, count, err));
    }
    if (c.n == 0) VT_TRY(st = vt_fail(err, VT_EKEY, "no ledger entry starts with '%s'; \"\" takes all", prefix));
    VT_TRY(st = add_counts(r, count, err));
    VT_TRY(st = to_table(&c, &table, err));
    st = vt_result_add_curve(r, "ledger", "Published numbers, recomputed", table, err);
    table = NULL;
    if (st != VT_OK) goto done;
    *result = r;
    r = NULL;
done:
    release(&c);
    vt_table_free(table);
    vt_result_free(r);
    return st;
}
