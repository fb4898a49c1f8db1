#pragma once
#include <vitrum/quantity.h>
#include <stddef.h>

/* Standard uncertainty of the sum of n lines: those of one group add up with their signs, different groups and lines
 * without one in quadrature. */
double vti_budget_u(size_t n, const vt_budget_item *budget);

/* Standard uncertainties to each side that hold this share of a normal distribution, of Student's t with finite dof. */
double vti_coverage_factor(double level, double dof);
