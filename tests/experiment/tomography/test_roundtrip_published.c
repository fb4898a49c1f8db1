/* Round trips of the recipe of P31. */
enum { TRIPS = 200 };
#include "experiment/tomography/campaign_cases.h"

CHECK_MAIN(CHECK_CASE(published_recipe))
