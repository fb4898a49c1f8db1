/* 1000 round trips of each kind through the unloading. */
enum { ROUND_TRIPS = 1000 };
#include "roundtrip_unloading_cases.h"
