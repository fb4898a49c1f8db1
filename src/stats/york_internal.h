#pragma once
#include <vitrum/york.h>

/* Refuses data that no fit with errors in both variables can use. */
vt_status vti_xy_check(const vt_xy_data *d, vt_error *err);
