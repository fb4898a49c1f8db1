#pragma once
#include "indentation_internal.h"

/* Parts of vti_indents_gather. */

/* What the metadata of the table say of its test; alone: the table is one test, so that its label is, too. VT_EUNITS,
 * VT_EPARSE, VT_ERANGE with file and line. */
vt_status vti_indent_metadata(vti_indent *s, bool alone, vt_error *err);

/* Rows of the forms `indents` and `indent_list`. */
vt_status vti_indent_gather_rows(const vt_job *job, vti_indents *set, vt_error *err);

/* What tables of specimens say of tests and rows. */
void vti_indent_specimens(const vt_job *job, vti_indents *set);

/* The same test by its label: equal, or equal but for leading zeros and blanks before the number that ends them
 * ("Test 1", "Test 001"), or group and number ("HT_V_100mN" with "1" is "HT_V_100mN_1"). */
bool vti_same_test(const char *test, const char *group, const char *label);
