/* Ends of an interval in first order against those of Monte Carlo draws (procedure 1.8). */
#include "base/quantity_internal.h"
#include "quantile_internal.h"
#include <gsl/gsl_randist.h>
#include <math.h>

/* Share of the half-width; standard errors of the ends that are left to chance; draws beyond either end at least. */
static const double DIFFER = 0.1, CHANCE = 2.0, BEYOND = 5.0;

bool vti_draws_tell_ends(double level, size_t draws)
{
    return (double)draws * 0.5 * (1.0 - level) > BEYOND * (1.0 - 1e-9);
}

bool vti_ends_differ(const double first[2], const double drawn[2], double level, size_t draws)
{
    if (!vti_draws_tell_ends(level, draws)) return false;
    const double tail = 0.5 * (1.0 - level), z = vti_coverage_factor(level, INFINITY);
    /* of a quantile of so many normal draws, in half-widths */
    const double error = sqrt(tail * (1.0 - tail) / (double)draws) / (gsl_ran_ugaussian_pdf(z) * z);
    const double limit = 0.5 * (first[1] - first[0]) * (DIFFER + CHANCE * error);
    return !(fabs(drawn[0] - first[0]) <= limit) || !(fabs(drawn[1] - first[1]) <= limit);
}
