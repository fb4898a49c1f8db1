#pragma once
#include "experiment/emit_internal.h"
#include "torsion_internal.h"

/* Influences that several values share: diameter, gauge length, torque, angle, machine, zero of the torque. */
enum { VTI_SHARED = 6 };

/* A value with its interval from the fit, and the powers with which the shared influences enter. */
typedef struct vti_torsion_value {
    const char *name, *symbol, *unit, *reading, *method;
    vti_torsion_extent fit;
    double power[VTI_SHARED];
    const char *scope; /* window; NULL: none */
    double T;          /* N m: torque it is read at; 0: it is of slopes, where the zero of the torque does not enter */
} vti_torsion_value;

vt_status vti_torsion_emit(const vti_torsion_run *run, const vti_torsion_value *v, vt_error *err);
vti_torsion_extent vti_torsion_times(vti_torsion_extent e, double by);
