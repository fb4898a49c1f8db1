/* 1000 maps of each kind, simulated and reduced. */
enum { ROUND_TRIPS = 1000 };
#include "experiment/flow/roundtrip_cases.h"
