/* 200 maps of each kind, simulated and reduced. The long campaign makes 1000. */
enum { ROUND_TRIPS = 200 };
#include "experiment/flow/roundtrip_cases.h"
