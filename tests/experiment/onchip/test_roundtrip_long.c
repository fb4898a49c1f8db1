/* Round trips of tension on a chip: 1000 wafers. */
#include "roundtrip_cases.h"

static void wafers(void)
{
    wafers_come_back(1000);
}

static void strains(void)
{
    strains_come_back(300);
}

static void elastic(void)
{
    elastic_wafers_do_not_relax(1000);
}

static void too_far(void)
{
    too_far_is_refused(200);
}

CHECK_MAIN(CHECK_CASE(wafers), CHECK_CASE(strains), CHECK_CASE(elastic), CHECK_CASE(too_far))
