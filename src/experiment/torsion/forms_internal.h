#pragma once
#include "torsion_internal.h"

extern const vt_form vti_torsion_forms[];

/* The job's one table, which is of a form. */
vt_status vti_torsion_reduce_form(const vt_job *job, vt_result *result, vt_error *err);
