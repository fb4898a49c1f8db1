#pragma once
#include <stdio.h>
#include <vitrum/units.h>

/* Pieces of YAML, in the form that yaml_parse.c takes back. */

/* A text in double quotes. */
void vti_yaml_put_text(FILE *out, const char *text);

/* A number in *unit that reads back as exactly `si`: of the doubles around `start`, its value in *unit, the one with
 * the shortest text, so that 1.58 eV is not written as 1.5799999999999998 eV. to_si: vt_unit_to_si, or
 * vt_unit_interval_to_si for differences. */
void vti_yaml_put_number(FILE *out, const vt_unit *unit, double si, double (*to_si)(const vt_unit *, double),
                         double start);
