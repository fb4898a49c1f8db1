/* Round trips without a layer. */
enum { TRIPS = 200 };
#include "experiment/tomography/campaign_cases.h"

CHECK_MAIN(CHECK_CASE(null_has_no_layer))
