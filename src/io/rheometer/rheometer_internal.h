#pragma once
#include "io/book/book_internal.h"
#include "io/indenter/indenter_internal.h" /* text, lines */

/* Readers of the text files of rheometers. */
extern const vti_format VTI_TRIOS;
