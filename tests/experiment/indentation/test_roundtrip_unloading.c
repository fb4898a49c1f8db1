/* 200 round trips of each kind through the unloading. The long campaign makes 1000. */
enum { ROUND_TRIPS = 200 };
#include "roundtrip_unloading_cases.h"
