/* Names in the order in which people count. */
#include "io/natural_internal.h"
#include <string.h>

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

int vti_natural_compare(const char *a, const char *b)
{
    const char *x = a, *y = b;
    while (*x && *y) {
        if (!is_digit(*x) || !is_digit(*y)) {
            if (*x != *y) return (unsigned char)*x < (unsigned char)*y ? -1 : 1;
            x++, y++;
            continue;
        }
        while (*x == '0' && is_digit(x[1])) x++;
        while (*y == '0' && is_digit(y[1])) y++;
        size_t n = 0, m = 0;
        while (is_digit(x[n])) n++;
        while (is_digit(y[m])) m++;
        if (n != m) return n < m ? -1 : 1; /* more digits: more */
        const int order = memcmp(x, y, n);
        if (order != 0) return order;
        x += n, y += m;
    }
    if (*x || *y) return *x ? 1 : -1;
    return strcmp(a, b); /* equal but for leading zeros */
}
