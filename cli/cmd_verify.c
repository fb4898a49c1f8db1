/* vitrum verify: every published number that the project claims to reproduce, recomputed. */
#include "rows.h"
#include <math.h>
#include <vitrum/ledger.h>

struct tally {
    size_t count[3]; /* by vt_ledger_verdict */
    size_t first_failed;
};

/* What was published, as a number or a bound. */
static void published(const vt_ledger_entry *e, char *buf, size_t size)
{
    switch (e->kind) {
    case VT_LEDGER_VALUE: snprintf(buf, size, "%.6g +- %.2g", e->published, e->tolerance); break;
    case VT_LEDGER_BAND: snprintf(buf, size, "%.6g to %.6g", e->low, e->high); break;
    case VT_LEDGER_AT_MOST: snprintf(buf, size, "<= %.6g", e->published); break;
    case VT_LEDGER_AT_LEAST: snprintf(buf, size, ">= %.6g", e->published); break;
    }
}

/* For people the published number stands with its tolerance in one column; for programs in three. */
static vt_status row(cli_rows *rows, const vt_ledger_entry *e, double value, const char *verdict, const char *remark,
                     cli_format format, vt_error *err)
{
    if (format == CLI_TABLE) {
        char text[96];
        published(e, text, sizeof text);
        const cli_cell cells[] = {{.text = e->id},   {.text = e->what}, {.text = text},      {.number = value},
                                  {.text = e->unit}, {.text = verdict}, {.text = e->source}, {.text = remark}};
        return cli_rows_add(rows, cells, err);
    }
    const cli_cell number = {.number = e->kind == VT_LEDGER_BAND ? (double)NAN : e->published};
    const cli_cell low = {.number = isfinite(e->low) ? e->low : (double)NAN};
    const cli_cell high = {.number = isfinite(e->high) ? e->high : (double)NAN};
    const cli_cell cells[] = {
        {.text = e->id},   {.text = e->what},   number,          low, high, {.number = value}, {.text = e->unit},
        {.text = verdict}, {.text = e->source}, {.text = remark}};
    return cli_rows_add(rows, cells, err);
}

static vt_status entry(cli_rows *rows, size_t i, cli_format format, struct tally *tally, vt_error *err)
{
    vt_ledger_entry e;
    vt_ledger_verdict verdict = VT_LEDGER_FAIL;
    vt_error why = {0};
    double value = (double)NAN;
    vt_status st = vt_ledger_entry_at(i, &e, err);
    if (st != VT_OK) return st;
    if (vt_ledger_compute(i, &value, &why) != VT_OK) value = (double)NAN; /* listed as failed, with the reason */
    st = vt_ledger_judge(i, value, &verdict, err);
    if (st != VT_OK) return st;
    if (verdict == VT_LEDGER_FAIL && tally->count[verdict] == 0) tally->first_failed = i;
    tally->count[verdict]++;
    const char *remark = why.msg[0] ? why.msg : verdict == VT_LEDGER_TENSION && e.tension ? e.tension : "";
    if (format != CLI_TABLE && !remark[0] && e.reason) remark = e.reason;
    return row(rows, &e, value, vt_ledger_verdict_name(verdict), remark, format, err);
}

static vt_status run(const cli_args *args, vt_error *err)
{
    static const char *const PEOPLE[] = {"id",      "what",   "published", "computed", "unit",
                                         "verdict", "source", "remark",    NULL};
    static const char *const PROGRAMS[] = {"id",   "what",    "published", "low",    "high", "computed",
                                           "unit", "verdict", "source",    "remark", NULL};
    cli_rows *rows = NULL;
    struct tally tally = {0};
    vt_status st;
    VT_TRY(st = cli_rows_create(&rows, args->format == CLI_TABLE ? PEOPLE : PROGRAMS, err));
    for (size_t i = 0; i < vt_ledger_count(); i++) VT_TRY(st = entry(rows, i, (cli_format)args->format, &tally, err));
    VT_TRY(st = cli_rows_write(rows, (cli_format)args->format, stdout, err));
    if (!args->quiet)
        fprintf(stderr, "vitrum: %zu published numbers: %zu reproduced, %zu known tensions, %zu failed\n",
                vt_ledger_count(), tally.count[VT_LEDGER_PASS], tally.count[VT_LEDGER_TENSION],
                tally.count[VT_LEDGER_FAIL]);
    if (tally.count[VT_LEDGER_FAIL] > 0) {
        vt_ledger_entry e;
        VT_TRY(st = vt_ledger_entry_at(tally.first_failed, &e, err));
        st = vt_fail(err, VT_EDOMAIN, "%zu published number(s) not reproduced, the first is %s (%s)",
                     tally.count[VT_LEDGER_FAIL], e.id, e.what);
    }
done:
    cli_rows_free(rows);
    return st;
}

const cli_command CMD_VERIFY = {
    .name = "verify",
    .usage = "",
    .summary = "recompute every published number the project claims to reproduce",
    .details = "Prints each published number beside the number that the laws give now, with verdict: pass, tension "
               "(known not to agree, with the reason) or FAIL. Exit status 1 if any fails.",
    .options = "format",
    .examples = "vitrum verify\nvitrum verify --format csv > ledger.csv",
    .words_low = 0,
    .words_high = 0,
    .run = run,
};
