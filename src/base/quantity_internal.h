#pragma once

/* Standard uncertainties to each side that hold this share of a normal distribution, of Student's t with finite dof. */
double vti_coverage_factor(double level, double dof);
