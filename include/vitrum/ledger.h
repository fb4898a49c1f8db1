#pragma once
#include <vitrum/result.h>
#include <stddef.h>

/* The ledger of published numbers that the library claims to reproduce. An entry states what was published and how far
 * a recomputation may be off, and why; its value is computed by the laws each time it is asked for. */

typedef enum vt_ledger_kind {
    VT_LEDGER_VALUE,   /* |computed - published| <= tolerance */
    VT_LEDGER_BAND,    /* low <= computed <= high */
    VT_LEDGER_AT_MOST, /* computed <= published + tolerance */
    VT_LEDGER_AT_LEAST /* computed >= published - tolerance */
} vt_ledger_kind;

/* Everything static; strings are ASCII, in the unit named. */
typedef struct vt_ledger_entry {
    const char *id;     /* unique: "A7.ratio", "10.3/287/eta" */
    const char *source; /* label and place: "S001 Eq. 3; procedures A3" */
    const char *what;   /* one line */
    const char *unit;   /* UDUNITS spelling; "1" for a pure number */
    vt_ledger_kind kind;
    double published;    /* VALUE, AT_MOST, AT_LEAST: the number as published; BAND: unused, 0 */
    double low, high;    /* BAND; else published -+ tolerance where that side is bounded, -+INFINITY where not */
    double tolerance;    /* absolute, in unit; 0 for BAND */
    const char *reason;  /* where the tolerance comes from */
    const char *tension; /* NULL, or one sentence: the published number is known not to agree, and why */
} vt_ledger_entry;

typedef enum vt_ledger_verdict {
    VT_LEDGER_PASS,    /* within the tolerance */
    VT_LEDGER_TENSION, /* outside, and the entry says why that is known */
    VT_LEDGER_FAIL     /* outside without explanation, or not computable */
} vt_ledger_verdict;

/* Number of entries. */
size_t vt_ledger_count(void);

/* Fills *entry with the description of entry i; the strings are static. VT_EARG if i >= vt_ledger_count() or entry is
 * NULL. Thread-safe, as every function of this header. */
vt_status vt_ledger_entry_at(size_t i, vt_ledger_entry *entry, vt_error *err);

/* Index of the entry named id. VT_EKEY if there is none. */
vt_status vt_ledger_find(const char *id, size_t *i, vt_error *err);

/* Recomputes entry i, in its unit. VT_EARG; else what the law says. */
vt_status vt_ledger_compute(size_t i, double *value, vt_error *err);

/* Verdict on a computed value of entry i: a value inside the tolerance passes even where a tension is documented; NaN
 * fails. VT_EARG. */
vt_status vt_ledger_judge(size_t i, double value, vt_ledger_verdict *verdict, vt_error *err);

/* "pass", "tension" or "FAIL". Static storage. */
const char *vt_ledger_verdict_name(vt_ledger_verdict verdict);

/* Every entry whose id starts with prefix ("": all), recomputed side by side: a result with the table "ledger", the
 * counts entries_passed, entries_in_tension, entries_failed as properties, a warning W_TENSION for each documented
 * tension and W_LEDGER for each failure. VT_EKEY if no entry matches. Free with vt_result_free. */
vt_status vt_ledger_result(const char *prefix, vt_result **result, vt_error *err);
