/* Round trips of whole pictures. */
enum { TRIPS = 40 };
#include "experiment/tomography/campaign_cases.h"

CHECK_MAIN(CHECK_CASE(slices_with_artefacts))
