#pragma once
#include <vitrum/random_effects.h>

/* Values put in order of specimens, and those specimens that have any in order of groups. */
typedef struct vti_nest {
    size_t n, S, G;
    size_t *begin;      /* S + 1: values of specimen s are begin[s] ... begin[s + 1] - 1 */
    size_t *group;      /* S */
    size_t *original;   /* S: index of the specimen as the caller counts */
    double *y, *u2;     /* n */
    bool exact;         /* all u are 0 */
    double *mean, *var; /* S: of the specimens, at one sigma^2 */
    double *grid;       /* 2 S VTI_NEST_NODES: mean and var at the nodes of the distribution of sigma */
} vti_nest;

enum { VTI_NEST_NODES = 32 };

/* A run of specimens that share components: from, to; degrees of freedom within and between. */
typedef struct vti_nest_part {
    size_t from, to;
    size_t dof_within, dof_between;
} vti_nest_part;

/* sum (y - m_s)^2/(sigma2 + u^2); m_s the weighted means. */
double vti_nest_within(const vti_nest *t, const vti_nest_part *p, double sigma2);
/* sigma^2 >= 0 at which that is `target` > 0; 0 if it is smaller already at 0. */
double vti_nest_solve_within(const vti_nest *t, const vti_nest_part *p, double target);
/* Means of the specimens of a part and their variances at sigma2. */
void vti_nest_means(const vti_nest *t, const vti_nest_part *p, double sigma2, double *mean, double *var);
/* sum w_s (m_s - mu_group)^2, w_s = 1/(tau2 + var_s). */
double vti_nest_between(const vti_nest *t, const vti_nest_part *p, double tau2, const double *mean, const double *var);
double vti_nest_solve_between(const vti_nest *t, const vti_nest_part *p, double target, const double *mean,
                              const double *var);

/* Components of a part with their intervals; sigma2 is what the part itself or another one gave. */
void vti_nest_components(const vti_nest *t, const vti_nest_part *within, const vti_nest_part *between, double level,
                         vt_group_effect *e);
