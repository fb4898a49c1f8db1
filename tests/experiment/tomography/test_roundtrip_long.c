/* The round trips of P31, a thousand of each. */
enum { TRIPS = 1000 };
#include "experiment/tomography/campaign_cases.h"

CHECK_MAIN(CHECK_CASE(published_recipe), CHECK_CASE(layers_with_artefacts), CHECK_CASE(null_has_no_layer),
           CHECK_CASE(slices_with_artefacts))
