#pragma once
#include "io/book/book_internal.h"
#include "io/sheet/frame_internal.h"

/* Workbooks that indenters export: NanoSuite (MTS, Agilent, Keysight, KLA) and InView (KLA). */
extern const vti_format VTI_WORKBOOK_FORMAT;

/* Sheets that list tests: names in row 1, units in row 2, then a row per test ("1") or cycle ("1-2", "     1:2"). */
typedef enum vti_listing_kind {
    VTI_LIST_RESULTS,  /* Results: the vendor's values per test */
    VTI_LIST_CYCLES,   /* the same per cycle: rows "1-2" of Results, or Cycles-GroupedByTest */
    VTI_LIST_REQUIRED, /* Required Inputs, Pre-Test Inputs */
    VTI_LIST_EDITABLE, /* Inputs Editable Post Test, Post-Test Inputs: these hold where both say something */
    VTI_LISTINGS
} vti_listing_kind;

typedef struct vti_listing {
    vt_table *table; /* NULL: none; column "test" (label of the test), "cycle" for VTI_LIST_CYCLES, then the others */
    long *test;      /* number of the test of each row */
} vti_listing;

typedef struct vti_test {
    vt_table *table;
    const char *label; /* name of its sheet, borrowed from the workbook */
    long number;       /* at the end of the name; -1: none */
    size_t order;      /* of the sheet in the workbook */
    bool named;        /* "Test nnn" */
} vti_test;

/* "No value" in a column, over all tests. */
typedef struct vti_sheet_missing {
    char name[VTI_FRAME_NAME];
    size_t cells;
} vti_sheet_missing;

typedef struct vti_instrument {
    vti_workbook *workbook;
    vt_book *book;
    bool inview;
    size_t n, room;
    vti_test *test;
    vti_listing list[VTI_LISTINGS];
    size_t nmissing, missing_room;
    vti_sheet_missing *missing;
    size_t late; /* tests with a marker after their end */
    char late_marker[64];
} vti_instrument;

/* Is the sheet the record of a test: names, units, and segment markers in the first column? */
bool vti_is_record(const vti_grid *g, bool *inview);
/* Takes it as a test. A sheet without readings becomes none and is said to be left out. */
vt_status vti_take_record(vti_instrument *in, const vti_grid *g, size_t sheet, vt_error *err);
/* Takes a sheet that lists tests (any of the kinds above); *taken false: it is another sheet. */
vt_status vti_take_listing(vti_instrument *in, const vti_grid *g, bool *taken, vt_error *err);
/* Counts the cells without value of a frame. */
vt_status vti_sheet_count_missing(vti_instrument *in, const vti_frame *f, vt_error *err);
/* Number at the end of a sheet's name; *named: the name is "Test" with a number. -1: no number. */
long vti_test_number(const char *label, bool *named);
/* Metadata of the tests and of the file from the lists; what is left of them is said to be left out. */
vt_status vti_apply_listings(vti_instrument *in, vt_error *err);
