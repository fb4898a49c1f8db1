#pragma once
#include <vitrum/experiment.h>
#include <vitrum/pulling_law.h>
#include <vitrum/units.h>

/* The experiment `pulling`: arrays of wires drawn at constant speed (P07). */
extern const vt_experiment vti_pulling_experiment;

typedef struct vti_pulling_params {
    double pulling_speed, top_temperature, bottom_temperature;
    double pulling_speed_u, scale_u, measurement_u;
    double viscosity, surface_tension;
} vti_pulling_params;

typedef struct vti_pulling_truth {
    double pulling_speed, initial_length, length_spread, initial_diameter, diameter_spread;
    double strain, strain_spread, necked_share, measurement;
    long wires;
} vti_pulling_truth;

typedef enum vti_shape { VTI_SHAPE_UNKNOWN, VTI_UNIFORM, VTI_NECKED } vti_shape;

/* One wire. */
typedef struct vti_wire {
    const char *array; /* borrowed; "" if there is one array only */
    size_t order;      /* row over all tables */
    double L0, d0, d;  /* m; d NaN: not measured */
    vti_shape shape;
    vt_pulled pulled;
} vti_wire;

typedef struct vti_pulling_run {
    const vt_job *job;
    const vti_pulling_params *par;
    vt_result *result;
    size_t n;
    vti_wire *wire;  /* arrays by name, wires in the order of the tables */
    double *scratch; /* 2 n values */
} vti_pulling_run;

vt_status vti_pulling_gather(vti_pulling_run *run, vt_error *err);
/* Properties of the wires from ... to - 1, which are one array. */
vt_status vti_pulling_array(vti_pulling_run *run, size_t from, size_t to, vt_error *err);
vt_status vti_pulling_curves(vti_pulling_run *run, vt_error *err);
vt_status vti_pulling_reduce(const vt_job *job, vt_result *result, vt_error *err);
vt_status vti_pulling_simulate(const vt_job *job, vt_table *record, vt_error *err);
