/* Which tests figures show. */
#include "curves_internal.h"
#include <string.h>

static bool same_specimen(const vti_indent *a, const vti_indent *b)
{
    return strcmp(a->group, b->group) == 0 && strcmp(a->specimen, b->specimen) == 0;
}

/* How many tests of its specimen, and how many other specimens of its group, come before test i. */
static void rank(const vti_indentation_run *run, size_t i, size_t *in_specimen, size_t *in_group)
{
    const vti_indent *s = run->set.indent;
    *in_specimen = *in_group = 0;
    for (size_t k = 0; k < i; k++) {
        if (same_specimen(&s[k], &s[i])) {
            ++*in_specimen;
            continue;
        }
        const bool first = k == 0 || !same_specimen(&s[k], &s[k - 1]); /* the tests of a specimen follow each other */
        *in_group += first && strcmp(s[k].group, s[i].group) == 0;
    }
}

size_t vti_shown_tests(const vti_indentation_run *run, size_t which[VTI_SHOWN_TESTS])
{
    bool groups = false;
    size_t n = 0;
    for (size_t i = 1; i < run->set.n; i++)
        groups = groups || strcmp(run->set.indent[i].group, run->set.indent[0].group) != 0;
    if (!groups) {
        for (; n < run->set.n && n < VTI_SHOWN_TESTS; n++) which[n] = n;
        return n;
    }
    for (size_t round = 0; n < VTI_SHOWN_TESTS && round < VTI_SHOWN_TESTS; round++)
        for (size_t i = 0; i < run->set.n && n < VTI_SHOWN_TESTS; i++) {
            size_t in_specimen, in_group;
            rank(run, i, &in_specimen, &in_group);
            if (in_specimen == 0 && in_group == round) which[n++] = i;
        }
    return n;
}
