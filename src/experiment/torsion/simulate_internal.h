#pragma once
#include <vitrum/experiment.h>

typedef enum vti_torsion_wire {
    VTI_WIRE_LAYERED,
    VTI_WIRE_HOMOGENEOUS,
    VTI_WIRE_HARDENING,
    VTI_WIRE_GRADED,
    VTI_WIRE_EQUAL_YIELD
} vti_torsion_wire;

typedef struct vti_torsion_truth {
    int wire; /* vti_torsion_wire */
    double diameter, gauge_length, core_modulus, layer_modulus, layer_thickness, yield_strain, core_yield_strain,
        hardening;
    double max_strain, toe, torque_zero, drift, slip, slip_strain, machine_compliance;
    double torque_noise, correlation, angle_noise, diameter_error, gauge_length_error, torque_error, angle_error;
    long points;
} vti_torsion_truth;

extern const vt_param VTI_TORSION_TRUTH[];
vt_status vti_torsion_simulate(const vt_job *job, vt_table *record, vt_error *err);
