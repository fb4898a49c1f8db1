/* The registry: one line for each experiment, process and map. Nothing else knows their names. */
#include "experiment/calorimetry/calorimetry_internal.h"
#include "experiment/compression/compression_internal.h"
#include "experiment/creep/creep_internal.h"
#include "experiment/experiment_internal.h"
#include "experiment/flow/flow_internal.h"
#include "experiment/fracture/fracture_internal.h"
#include "experiment/heating/heating_internal.h"
#include "experiment/indentation/indentation_internal.h"
#include "experiment/indentation_calibration/calibration_internal.h"
#include "experiment/molding/molding.h"
#include "experiment/onchip/onchip_internal.h"
#include "experiment/pulling/pulling_internal.h"
#include "experiment/tomography/tomography_internal.h"
#include "experiment/torsion/torsion_internal.h"
#include "experiment/transport/transport.h"
#include "experiment/viscosity/viscosity_internal.h"
#include "map/mechanism/mechanism_internal.h"
#include "process/joule/joule_internal.h"
#include "process/molding/molding_internal.h"
#include "process/scan/scan_internal.h"
#include <string.h>

/* In the order in which they are listed: molding, indents and heat, hot wires, torsion, chips. */
const vt_experiment *const VT_EXPERIMENTS[] = {
    &vti_mold_experiment,        &vti_transport_experiment,   &vti_viscosity_experiment, &vti_indentation_experiment,
    &vti_calibration_experiment, &vti_calorimetry_experiment, &vti_creep_experiment,     &vti_heating_experiment,
    &vti_pulling_experiment,     &vti_compression_experiment, &vti_flow_experiment,      &vti_torsion_experiment,
    &vti_tomography_experiment,  &vti_fracture_experiment,    &vti_onchip_experiment,    NULL};

const vt_forecast *const VT_FORECASTS[] = {&vti_predict_molding, &vti_predict_joule, &vti_predict_scan,
                                           &vti_map_mechanism, NULL};

const vt_experiment *vt_experiment_find(const char *name)
{
    for (size_t i = 0; name && VT_EXPERIMENTS[i]; i++)
        if (strcmp(VT_EXPERIMENTS[i]->name, name) == 0) return VT_EXPERIMENTS[i];
    return NULL;
}

const vt_forecast *vt_forecast_find(vt_model_kind kind, const char *name)
{
    for (size_t i = 0; name && VT_FORECASTS[i]; i++)
        if (VT_FORECASTS[i]->kind == kind && strcmp(VT_FORECASTS[i]->name, name) == 0) return VT_FORECASTS[i];
    return NULL;
}
