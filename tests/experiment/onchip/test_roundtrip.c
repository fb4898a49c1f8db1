/* Round trips of tension on a chip: 200 wafers. */
#include "roundtrip_cases.h"

static void wafers(void)
{
    wafers_come_back(200);
}

static void strains(void)
{
    strains_come_back(60);
}

static void elastic(void)
{
    elastic_wafers_do_not_relax(200);
}

static void too_far(void)
{
    too_far_is_refused(40);
}

CHECK_MAIN(CHECK_CASE(wafers), CHECK_CASE(strains), CHECK_CASE(elastic), CHECK_CASE(too_far))
