#pragma once
#include "text_internal.h"
#include <vitrum/quantity.h>
#include <vitrum/units.h>

/* Units and numbers as people read them. */

/* "degC" -> °C, "m3 s-1" -> m³·s⁻¹, "um^2" -> µm², "1" -> nothing. UTF-8, not escaped; to be passed on to
 * vti_put_html or vti_put_gnuplot. out: terminated, cut if too small. */
void vti_unit_pretty(const char *unit, char *out, size_t size);

/* The unit in which a value is best read: nm, um, mm or m for lengths, degC for temperatures that name
 * tells to be points on the scale, degrees for angles, eV for atomic energies ... The SI unit itself where nothing else
 * is better. name: of the property or column; value: SI, the largest of those shown together. */
void vti_unit_choose(const char *name, const char *si, double value, vt_unit *unit);

/* A value with its uncertainty, ready to read; all UTF-8, not escaped. */
typedef struct vti_shown {
    char value[128]; /* "97.3 ± 3.1" or "(1.02 ± 0.12) × 10¹²" or, without u, "97.3" */
    char range[160]; /* "91.2 to 103.4"; "" if there is no interval */
    char unit[48];   /* "nm"; "" for a plain number */
} vti_shown;
/* largest: SI, of the values shown together, which share a unit. */
void vti_show_quantity(const char *name, const vt_quantity *q, double largest, vti_shown *out);

/* One number with `digits` significant digits: 0.00123, 12.5, 1.23 × 10⁻⁷; minus sign U+2212. */
void vti_show_number(double x, int digits, char *out, size_t size);

/* A value and its uncertainty in cells of their own, in one unit: u with two significant digits, the value with as many
 * decimals, both by one power of ten; the value with five where there is no u. */
void vti_show_apart(double value, double u, char out[2][64]);

/* critical_diameter -> "Critical diameter"; a symbol such as d_c stays. */
void vti_show_name(const char *name, char *out, size_t size);
/* d_c_max -> <i>d</i><sub>c,max</sub>, part by part between blanks, brackets and slashes; Greek names as letters;
 * anything else in <i>, escaped. */
void vti_put_symbol(vti_text *t, const char *symbol);
