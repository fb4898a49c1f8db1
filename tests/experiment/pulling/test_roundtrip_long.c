/* 1000 pulled arrays of each kind, simulated and reduced. */
enum { ROUND_TRIPS = 1000 };
#include "experiment/pulling/roundtrip_cases.h"
