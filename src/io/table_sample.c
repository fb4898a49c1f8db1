/* What a separator makes of the first lines: shapes, headers with rows, blocks of numbers. */
#include "io/table_layout_internal.h"
#include <string.h>

static vti_shape shape_of(const vti_sample *s, const vti_sample_line *l, char decimal)
{
    vti_shape shape = {0};
    const size_t most = s->cells;
    shape.total = vti_cells(l->p, l->end, s->separator, s->cell, most);
    const size_t n = shape.total < most ? shape.total : most;
    size_t empty = 0;
    for (size_t i = 0; i < n; i++) {
        double v;
        const vti_kind kind = vti_cell_kind(&s->cell[i], decimal, &v, NULL);
        if (kind == VTI_EMPTY) {
            empty++;
            continue;
        }
        shape.used = i + 1;
        shape.empty = empty;
        shape.numbers += kind == VTI_NUMBER || kind == VTI_SENTINEL || kind == VTI_MISSING;
        shape.texts += kind == VTI_TEXT;
    }
    return shape;
}

static size_t measure(vti_sample *s, char decimal)
{
    size_t numbers = 0;
    s->decimal = decimal;
    for (size_t i = 0; i < s->n; i++) {
        vti_sample_line *l = &s->line[i];
        if (l->comment) continue;
        l->shape = shape_of(s, l, decimal);
        numbers += l->shape.numbers;
    }
    return numbers;
}

void vti_sample_measure(vti_sample *s)
{
    if (s->separator == ',') {
        measure(s, '.');
        return;
    }
    const size_t comma = measure(s, ','), point = measure(s, '.');
    if (comma > point) measure(s, ',');
}

/* Next line that is no comment; s->n if there is none. */
static size_t next_line(const vti_sample *s, size_t i)
{
    do i++;
    while (i < s->n && s->line[i].comment);
    return i;
}

/* Does the line fit a table of k columns? Trailing separators are tolerated. */
static bool fits(const vti_shape *shape, size_t k)
{
    return shape->used <= k && shape->total >= k;
}

/* One name with a comma inside is two names under another separator. */
static bool is_list(const vti_sample *s, const vti_sample_line *l)
{
    return vti_cells(l->p, l->end, ',', s->cell, 1) > 1 || vti_cells(l->p, l->end, ';', s->cell, 1) > 1;
}

/* Number of columns that the line names as a header, 0 if it cannot be one. */
static size_t header_columns(const vti_sample *s, size_t i)
{
    const vti_sample_line *l = &s->line[i];
    if (l->comment || l->shape.numbers > 0) return 0;
    size_t columns = l->shape.empty == 0 ? l->shape.used : 0;
    if (s->separator == ' ') {
        const size_t next = next_line(s, i);
        if (next >= s->n) return 0;
        columns = s->line[next].shape.used;
        if (vti_header_cells(l->p, l->end, ' ', columns, s->cell, s->cells) != columns) return 0;
    }
    return columns == 1 && is_list(s, l) ? 0 : columns;
}

static bool in_brackets(const vti_cell *c)
{
    return c->n >= 2 && ((c->p[0] == '[' && c->p[c->n - 1] == ']') || (c->p[0] == '(' && c->p[c->n - 1] == ')'));
}

static bool is_unit(const vti_cell *c)
{
    char text[VTI_NAME_LIMIT];
    vt_unit unit;
    if (in_brackets(c)) return true;
    vti_cell_text(c, text, sizeof text);
    return vt_unit_read(text, NULL, &unit, NULL) == VT_OK;
}

/* A row of units below the header: no numbers, and at least half of its cells are units (the rest is refused by
 * name later). */
static bool is_units_row(const vti_sample *s, size_t i, size_t k)
{
    const vti_sample_line *l = &s->line[i];
    if (l->shape.numbers > 0 || l->shape.texts == 0 || !fits(&l->shape, k)) return false;
    const size_t n = vti_cells(l->p, l->end, s->separator, s->cell, k);
    size_t units = 0, cells = 0;
    for (size_t c = 0; c < n && c < k; c++) {
        if (s->cell[c].n == 0) continue;
        cells++;
        units += is_unit(&s->cell[c]);
    }
    return 2 * units >= cells;
}

static bool names_have_units(const vti_sample *s, size_t i)
{
    const vti_sample_line *l = &s->line[i];
    return memchr(l->p, '[', (size_t)(l->end - l->p)) || memchr(l->p, '(', (size_t)(l->end - l->p));
}

/* Numbers in the rows from `row` on that fit k columns, as far as the block goes. */
static void weigh(const vti_sample *s, vti_candidate *c, size_t k)
{
    for (size_t i = c->row; i < s->n; i = next_line(s, i)) {
        const vti_shape *shape = &s->line[i].shape;
        const bool fit = fits(shape, k);
        if (!fit && shape->numbers == 0) break;
        if (fit) c->numbers += shape->numbers;
        c->last = i;
    }
    c->weight = c->numbers * (c->units != c->header || names_have_units(s, c->header) ? 4 : 1);
}

static bool is_row(const vti_sample *s, size_t i, size_t k)
{
    const vti_shape *shape = &s->line[i].shape;
    return i < s->n && shape->numbers > 0 && fits(shape, k) && (s->separator != ' ' || shape->texts == 0);
}

/* A first row whose numbers are all missing: where it has text, the row below has no number. */
static bool is_row_of_missing(const vti_sample *s, size_t i, size_t k)
{
    const vti_sample_line *l = &s->line[i];
    if (s->separator == ' ' || k < 2 || !fits(&l->shape, k) || l->shape.texts >= k) return false;
    const size_t below = next_line(s, i);
    if (below >= s->n || !fits(&s->line[below].shape, k)) return false;
    vti_cell *other = s->cell + s->cells;
    const size_t n = vti_cells(l->p, l->end, s->separator, s->cell, k);
    const size_t m = vti_cells(s->line[below].p, s->line[below].end, s->separator, other, k);
    for (size_t c = 0; c < n && c < m && c < k; c++) {
        double v;
        if (vti_cell_kind(&s->cell[c], s->decimal, &v, NULL) == VTI_TEXT &&
            vti_cell_kind(&other[c], s->decimal, &v, NULL) == VTI_NUMBER)
            return false;
    }
    return true;
}

vti_candidate vti_sample_headed(const vti_sample *s)
{
    vti_candidate best = {0};
    size_t tries = 0;
    for (size_t i = 0; i < s->n; i++) {
        const size_t k = header_columns(s, i), next = next_line(s, i);
        if (k == 0 || next >= s->n) continue;
        vti_candidate c = {.found = true, .header = i, .units = i, .row = next};
        if (!is_row(s, next, k)) {
            const size_t after = next_line(s, next);
            const bool units = after < s->n && is_row(s, after, k) && is_units_row(s, next, k);
            if (!units && !is_row_of_missing(s, next, k)) continue;
            c.units = units ? next : i;
            c.row = units ? after : next;
        }
        weigh(s, &c, k);
        if (c.weight > best.weight) best = c;
        if (++tries > 200) break; /* no instrument writes so many tables above the one that counts */
    }
    return best;
}

vti_candidate vti_sample_headless(const vti_sample *s)
{
    vti_candidate best = {0}, c = {0};
    for (size_t i = 0; i < s->n; i++) {
        const vti_shape *shape = &s->line[i].shape;
        if (s->line[i].comment) continue;
        const bool numbers = shape->numbers > shape->texts;
        if (!numbers || !c.found || shape->used != s->line[c.row].shape.used)
            c = (vti_candidate){.found = numbers, .header = i, .units = i, .row = i};
        if (!numbers) continue;
        c.numbers += shape->numbers;
        c.weight = c.numbers;
        c.last = i;
        if (c.weight > best.weight) best = c;
    }
    return best;
}
