/* Parameters from text and back. */
#include "base/number_internal.h"
#include "base/param_internal.h"
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

vt_status vti_param_unit(const vt_param *row, vt_unit *unit, vt_error *err)
{
    double value;
    const char *si = row->unit ? row->unit : "1";
    /* The default's own unit; a list keeps its at the end. */
    const char *last = row->def ? strrchr(row->def, ',') : NULL;
    const char *text = last ? last + 1 : row->def;
    if (text && text[0] && vt_unit_read_value(text, si, &value, unit, NULL) == VT_OK) return VT_OK;
    return vt_unit_read(si, si, unit, err);
}

void vti_param_show(const vt_param *row, double value, char *buf, size_t size)
{
    vt_unit u;
    if (vti_param_unit(row, &u, NULL) != VT_OK) u = (vt_unit){.text = "1", .scale = 1.0};
    const bool plain = strcmp(u.text, "1") == 0;
    snprintf(buf, size, "%.6g%s%s", vt_unit_from_si(&u, value), plain ? "" : " ", plain ? "" : u.text);
}

static vt_status check_range(const vt_param *row, double value, const char *text, vt_error *err)
{
    if (row->low == 0.0 && row->high == 0.0) return VT_OK;
    if (value >= row->low && value <= row->high) return VT_OK;
    char low[64], high[64];
    vti_param_show(row, row->low, low, sizeof low);
    vti_param_show(row, row->high, high, sizeof high);
    if (isinf(row->high)) return vt_fail(err, VT_ERANGE, "%.60s is below %s", text, low);
    return vt_fail(err, VT_ERANGE, "%.60s is outside %s ... %s", text, low, high);
}

static vt_status store_real(const vt_param *row, double *field, const char *text, vt_error *err)
{
    double value;
    vt_status st = vt_unit_read_value(text, row->unit ? row->unit : "1", &value, NULL, err);
    if (st == VT_OK) st = check_range(row, value, text, err);
    if (st == VT_OK) *field = value;
    return st;
}

static vt_status store_seed(uint64_t *field, const char *text, vt_error *err)
{
    uint64_t v = 0;
    const char *c = text;
    for (; *c >= '0' && *c <= '9'; c++) {
        const uint64_t digit = (uint64_t)(*c - '0');
        if (v > (UINT64_MAX - digit) / 10) return vt_fail(err, VT_ERANGE, "%.60s needs more than 64 bits", text);
        v = 10 * v + digit;
    }
    if (c == text || *c) return vt_fail(err, VT_EPARSE, "'%.60s' is not a whole number", text);
    *field = v;
    return VT_OK;
}

int vti_param_choice(const char *choices, const char *text)
{
    const size_t n = strlen(text);
    int index = 0;
    for (const char *c = choices; c && *c; index++) {
        const size_t length = strcspn(c, "|");
        if (length == n && strncmp(c, text, n) == 0) return index;
        c += length + (c[length] == '|');
    }
    return -1;
}

static vt_status store_choice(const vt_param *row, int *field, const char *text, vt_error *err)
{
    const int index = vti_param_choice(row->choices, text);
    if (index < 0) return vt_fail(err, VT_EPARSE, "'%.60s' is none of %s", text, row->choices);
    *field = index;
    return VT_OK;
}

static vt_status store_flag(int *field, const char *text, vt_error *err)
{
    const int yes = vti_param_choice("yes|true|on|1", text), no = vti_param_choice("no|false|off|0", text);
    if (yes < 0 && no < 0) return vt_fail(err, VT_EPARSE, "'%.60s' is neither yes nor no", text);
    *field = yes >= 0;
    return VT_OK;
}

/* Unit at the end of a list, "nm" of "10,20,40 nm"; "" if its last number is bare. */
static void list_unit(const char *text, char *unit, size_t size)
{
    const char *last = strrchr(text, ',');
    double value;
    last = last ? last + 1 : text;
    while (*last == ' ' || *last == '\t') last++;
    const char *after = vti_number_scan(last, last + strlen(last), '.', &value);
    snprintf(unit, size, "%s", after ? after : "");
}

static vt_status read_item(const vt_param *row, const char *item, const char *unit, double *x, vt_error *err)
{
    char text[VT_PARAM_TEXT];
    double value;
    while (*item == ' ' || *item == '\t') item++;
    const char *after = vti_number_scan(item, item + strlen(item), '.', &value);
    while (after && (*after == ' ' || *after == '\t')) after++;
    const bool bare = after && !*after;
    const int n = snprintf(text, sizeof text, "%s%s", item, bare ? unit : "");
    if (n < 0 || (size_t)n >= sizeof text) return vt_fail(err, VT_ELIMIT, "an entry is too long");
    return store_real(row, x, text, err);
}

static vt_status store_list(const vt_param *row, vt_list *field, const char *text, vt_error *err)
{
    vt_list list = {0};
    char unit[VT_UNIT_TEXT + 8], item[128];
    const size_t length = strlen(text);
    if (length > 0 && text[length - 1] == ',') return vt_fail(err, VT_EPARSE, "'%.60s' ends with a comma", text);
    list_unit(text, unit, sizeof unit);
    for (const char *c = text; *c;) {
        const size_t n = strcspn(c, ",");
        if (n >= sizeof item) return vt_fail(err, VT_EPARSE, "'%.60s' is not a list of numbers", text);
        if (list.n == VT_LIST_MAX) return vt_fail(err, VT_ELIMIT, "more than %d entries", VT_LIST_MAX);
        memcpy(item, c, n);
        item[n] = '\0';
        vt_error inner = {0};
        const vt_status st = read_item(row, item, unit, &list.x[list.n], &inner);
        if (st != VT_OK) return vt_fail(err, st, "entry %zu: %s", list.n + 1, inner.msg);
        list.n++;
        c += n;
        if (*c == ',') c++;
    }
    if (list.n == 0) return vt_fail(err, VT_EPARSE, "a list of numbers is wanted, as in '10,20,40 nm'");
    *field = list;
    return VT_OK;
}

static vt_status store_integer(const vt_param *row, long *field, const char *text, vt_error *err)
{
    const bool any = row->low == 0.0 && row->high == 0.0;
    const long low = any || row->low < -9e15 ? LONG_MIN : (long)row->low;
    const long high = any || row->high > 9e15 ? LONG_MAX : (long)row->high;
    return vt_integer_read(text, low, high, field, err);
}

vt_status vti_param_store(const vt_param *row, void *base, const char *text, vt_error *err)
{
    void *field = (char *)base + row->offset;
    switch (row->type) {
    case VT_REAL: return store_real(row, field, text, err);
    case VT_INT: return store_integer(row, field, text, err);
    case VT_SEED: return store_seed(field, text, err);
    case VT_CHOICE: return store_choice(row, field, text, err);
    case VT_FLAG: return store_flag(field, text, err);
    case VT_LIST: return store_list(row, field, text, err);
    case VT_TEXT: break;
    }
    if (strlen(text) >= VT_PARAM_TEXT)
        return vt_fail(err, VT_ELIMIT, "text is longer than %d bytes", VT_PARAM_TEXT - 1);
    snprintf(field, VT_PARAM_TEXT, "%s", text);
    return VT_OK;
}

/* Text that grows up to size and counts on beyond it. */
struct writer {
    char *buf;
    size_t size, length;
};

static void put(struct writer *w, const char *text)
{
    const size_t n = strlen(text);
    if (w->length + n < w->size) memcpy(w->buf + w->length, text, n + 1);
    w->length += n;
}

static void put_number(struct writer *w, double value)
{
    char text[VTI_NUMBER_TEXT];
    vti_number_write(value, text);
    put(w, text);
}

static void put_unit(struct writer *w, const vt_param *row)
{
    if (!row->unit || strcmp(row->unit, "1") == 0) return;
    put(w, " ");
    put(w, row->unit);
}

static void put_choice(struct writer *w, const char *choices, int index)
{
    char name[VT_PARAM_TEXT];
    const char *c = choices;
    for (int i = 0; i < index && *c; i++) {
        c += strcspn(c, "|");
        if (*c) c++;
    }
    snprintf(name, sizeof name, "%.*s", (int)strcspn(c, "|"), c);
    put(w, name);
}

static void put_list(struct writer *w, const vt_param *row, const vt_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        if (i > 0) put(w, ",");
        put_number(w, list->x[i]);
    }
    put_unit(w, row);
}

size_t vt_param_format(const vt_param *row, const void *base, char *buf, size_t size)
{
    const void *field = (const char *)base + row->offset;
    struct writer w = {buf, size, 0};
    char text[32];
    if (size > 0) buf[0] = '\0';
    if (!vt_param_present(row, base)) return 0;
    switch (row->type) {
    case VT_REAL:
        put_number(&w, *(const double *)field);
        put_unit(&w, row);
        break;
    case VT_INT:
        snprintf(text, sizeof text, "%ld", *(const long *)field);
        put(&w, text);
        break;
    case VT_SEED:
        snprintf(text, sizeof text, "%llu", (unsigned long long)*(const uint64_t *)field);
        put(&w, text);
        break;
    case VT_TEXT: put(&w, field); break;
    case VT_CHOICE: put_choice(&w, row->choices, *(const int *)field); break;
    case VT_FLAG: put(&w, *(const int *)field ? "yes" : "no"); break;
    case VT_LIST: put_list(&w, row, field); break;
    }
    return w.length;
}
