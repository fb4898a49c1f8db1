/* Round trips of layers under cupping, fringes and correlated noise. */
enum { TRIPS = 200 };
#include "experiment/tomography/campaign_cases.h"

CHECK_MAIN(CHECK_CASE(layers_with_artefacts))
