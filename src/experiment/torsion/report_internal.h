#pragma once
#include "experiment/emit_internal.h"
#include "torsion_internal.h"

/* Influences that several values share: diameter, gauge length, torque, angle, machine. */
enum { VTI_SHARED = 5 };

/* A value with its interval from the fit, and the powers with which the shared influences enter. */
typedef struct vti_torsion_value {
    const char *name, *symbol, *unit, *reading, *method;
    vti_torsion_extent fit;
    double power[VTI_SHARED];
    const char *scope; /* window; NULL: none */
} vti_torsion_value;

vt_status vti_torsion_emit(const vti_torsion_run *run, const vti_torsion_value *v, vt_error *err);
vti_torsion_extent vti_torsion_times(vti_torsion_extent e, double by);
