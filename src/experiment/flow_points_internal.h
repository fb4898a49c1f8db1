#pragma once
#include <vitrum/rate_sensitivity.h>
#include <vitrum/result.h>

/* One point of the flow map, as the experiments that measure one hand it to the experiment `flow`. */
typedef struct vti_flow_row {
    const char *group, *specimen; /* NULL: "" */
    double viscosity;             /* Pa s: sigma/(3 rate), at this rate */
    double strain_rate;           /* 1/s, true */
    double m;                     /* rate sensitivity here; NaN: not known */
    vt_flow_class class_of;
} vti_flow_row;

/* Adds the curve `flow_points`: the columns of the experiment `flow`, one row a point. A study reads it as
 * `data: STEP.flow_points`, the command line as DIR/curves/flow_points.csv. n = 0: adds nothing. */
vt_status vti_emit_flow_points(vt_result *r, size_t n, const vti_flow_row *row, vt_error *err);
