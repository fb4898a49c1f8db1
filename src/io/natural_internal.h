#pragma once

/* Order of names as people count: runs of digits by their value ("Test 2" before "Test 10"), the rest by bytes. As
 * strcmp: negative, 0 or positive; 0 only for equal names. */
int vti_natural_compare(const char *a, const char *b);
