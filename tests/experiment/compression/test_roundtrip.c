enum { SETS = 200 };
#include "roundtrip_cases.h"
CHECK_MAIN(CHECK_CASE(values_are_covered), CHECK_CASE(newtonian_flow_shows_no_overshoot),
           CHECK_CASE(an_overshoot_of_five_sigma_is_seen), CHECK_CASE(newtonian_m_is_one))
