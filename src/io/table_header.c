/* Header cells: names and units. */
#include "io/table_read_internal.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool is_loose(char c)
{
    return c == ' ' || c == '\t' || c == '_' || c == ',' || c == '/' || c == ':';
}

/* cell[0 ... n) without what joins name and unit ("Time_[s]", "DSC/(mW/mg)"). */
static void copy_name(const char *cell, size_t n, char name[VTI_NAME_LIMIT])
{
    while (n > 0 && is_loose(cell[n - 1])) n--;
    while (n > 0 && isspace((unsigned char)*cell)) cell++, n--;
    memcpy(name, cell, n);
    name[n] = '\0';
}

static void copy_unit(const char *p, size_t n, char unit[VTI_NAME_LIMIT])
{
    while (n > 0 && (*p == ' ' || *p == '\t')) p++, n--;
    while (n > 0 && (p[n - 1] == ' ' || p[n - 1] == '\t')) n--;
    memcpy(unit, p, n);
    unit[n] = '\0';
}

/* Where the bracket that closes at the end of cell[0 ... n) opens, or n. */
static size_t opening(const char *cell, size_t n, char open, char close)
{
    size_t depth = 0;
    for (size_t i = n; i-- > 0;) {
        if (cell[i] == close) depth++;
        if (cell[i] == open && --depth == 0) return i;
    }
    return n;
}

static bool reads(const char *unit)
{
    vt_unit u;
    return vt_unit_read(unit, NULL, &u, NULL) == VT_OK;
}

static bool all_digits(const char *s)
{
    return *s && strspn(s, "0123456789 ") == strlen(s);
}

bool vti_header_split(const char *cell, bool slash, char name[VTI_NAME_LIMIT], char unit[VTI_NAME_LIMIT])
{
    size_t n = strlen(cell);
    while (n > 0 && isspace((unsigned char)cell[n - 1])) n--;
    unit[0] = '\0';
    if (n > 0 && cell[n - 1] == ']') {
        const size_t at = opening(cell, n, '[', ']');
        if (at < n) {
            copy_name(cell, at, name);
            copy_unit(cell + at + 1, n - at - 2, unit);
            return true;
        }
    }
    if (n > 0 && cell[n - 1] == ')') { /* a unit only if it reads as one: "HIT (O&P)", "Load (1)" are names */
        const size_t at = opening(cell, n, '(', ')');
        if (at < n) copy_unit(cell + at + 1, n - at - 2, unit);
        /* "Temperature (C)" means a unit, too: it is refused later, with the right one named */
        const bool slip = strcmp(unit, "C") == 0 || strcmp(unit, "F") == 0;
        if (at < n && unit[0] && !all_digits(unit) && (slip || reads(unit))) {
            copy_name(cell, at, name);
            return true;
        }
    }
    for (size_t i = n; i-- > 1;) { /* "time / s"; without blanks only before a degree sign: "Temp./°C" */
        if (cell[i] != '/') continue;
        const bool blanks = cell[i - 1] == ' ' && i + 1 < n && cell[i + 1] == ' ';
        if (!blanks && !slash && strncmp(cell + i + 1, "\xC2\xB0", 2) != 0) continue;
        copy_unit(cell + i + 1, n - i - 1, unit);
        if (!unit[0] || !reads(unit)) break;
        copy_name(cell, i, name);
        return true;
    }
    unit[0] = '\0';
    while (n > 0 && isspace((unsigned char)*cell)) cell++, n--;
    memcpy(name, cell, n);
    name[n] = '\0';
    return false;
}

/* Header words between single blanks: bracketed words are the unit of the word before them. */
static size_t join_units(vti_cell *cell, size_t n)
{
    size_t out = 0;
    char close = '\0'; /* of the bracket that is open */
    for (size_t i = 0; i < n; i++) {
        const char first = cell[i].n > 0 ? cell[i].p[0] : '\0';
        const bool opens = cell[i].quote == 0 && (first == '[' || first == '(');
        if (opens && !close) close = first == '[' ? ']' : ')';
        if (out > 0 && close)
            cell[out - 1].n = (size_t)(cell[i].p + cell[i].n - cell[out - 1].p);
        else
            cell[out++] = cell[i];
        if (close && cell[i].n > 0 && cell[i].p[cell[i].n - 1] == close) close = '\0';
    }
    return out;
}

/* Cells of p ... end that are two or more blanks (or a tab) apart. */
static size_t split_wide(const char *p, const char *end, vti_cell *cell, size_t most)
{
    size_t n = 0;
    while (p < end) {
        while (p < end && (*p == ' ' || *p == '\t')) p++;
        const char *s = p;
        while (s < end && *s != '\t' && !(*s == ' ' && (s + 1 == end || s[1] == ' ' || s[1] == '\t'))) s++;
        if (s > p) {
            if (n < most) cell[n] = (vti_cell){p, (size_t)(s - p), 0};
            n++;
        }
        p = s;
    }
    return n;
}

size_t vti_header_cells(const char *p, const char *end, char separator, size_t columns, vti_cell *cell, size_t most)
{
    if (separator != ' ') {
        size_t n = vti_cells(p, end, separator, cell, most);
        if (n > most) return n;
        while (n > columns && cell[n - 1].n == 0) n--;
        return n;
    }
    size_t n = split_wide(p, end, cell, most);
    if (n == columns || n > most) return n;
    n = vti_cells(p, end, ' ', cell, most);
    return n > most ? n : join_units(cell, n);
}
