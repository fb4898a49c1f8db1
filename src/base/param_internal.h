#pragma once
#include <vitrum/param.h>
#include <vitrum/units.h>

/* Unit in which a row is shown to people: that of its default ("52um"), else SI. */
vt_status vti_param_unit(const vt_param *row, vt_unit *unit, vt_error *err);

/* "52 um" for a value of the row in SI. */
void vti_param_show(const vt_param *row, double value, char *buf, size_t size);

/* Index of text among "a|b|c", or -1. */
int vti_param_choice(const char *choices, const char *text);

/* Parses text for the row and stores it at base + offset. */
vt_status vti_param_store(const vt_param *row, void *base, const char *text, vt_error *err);
