#pragma once
#include <stdbool.h>
#include <vitrum/units.h>

/* A unit that has passed the guard. */
typedef struct vti_unit_expr {
    char text[VT_UNIT_TEXT]; /* trimmed, in ASCII ("um", "Pa s", "degC"); "1" if dimensionless */
    char safe[256];          /* the same as a product of powers that UDUNITS cannot misread */
    char offset;             /* 'C', 'F': the unit as a whole is a temperature on that scale; 0: not */
    int radian;              /* net power of plane angle */
} vti_unit_expr;

/* Reads a unit by vitrum's own grammar: known symbols with integer powers, products, one division or
 * parentheses. Everything else is refused by name. Thread-safe. */
vt_status vti_unit_guard(const char *text, vti_unit_expr *expr, vt_error *err);

/* Bytes of text, UTF-8 or Latin-1, to the ASCII that the guard reads; a character that has no meaning in a
 * unit becomes '?'. Trimmed. false: longer than size - 1. */
bool vti_unit_ascii(const char *text, char *ascii, size_t size);

/* One known symbol. */
typedef struct vti_unit_symbol {
    const char *name;
    const char *safe; /* what UDUNITS is given */
    bool prefix;      /* may carry an SI prefix */
    int radian;
    char scale; /* 'C', 'F': a temperature scale with an offset */
} vti_unit_symbol;

/* Symbol with its prefix ("um": prefix "1e-6", symbol m); NULL if unknown. */
const vti_unit_symbol *vti_unit_symbol_find(const char *name, const char **prefix);

/* What somebody who wrote this unknown name probably meant: a sentence, or NULL. */
const char *vti_unit_hint(const char *name);

/* The whole number by which vt_unit_to_si divides instead of multiplying by scale; 0 if it multiplies. For
 * loops over many values of one unit. */
double vti_unit_divisor(double scale);

/* What the unit of a column of this name might be ("depth": "nm"), for messages only; "UNIT": no idea. */
const char *vti_unit_likely(const char *name);
/* Does the name hold this part, which is in lower case, in any case? */
bool vti_name_holds(const char *name, const char *part);
