/* MSER-5 about a line. */
#include "line_internal.h"
#include <math.h>
#include <vitrum/steady.h>

/* Moments of the batches from some one to the last, taken in from the end. */
typedef struct moments {
    double n, t, y, stt, sty, syy; /* means and centred sums */
} moments;

static void take(moments *m, double t, double y)
{
    const double dt = t - m->t, dy = y - m->y;
    m->n += 1.0;
    m->t += dt / m->n;
    m->y += dy / m->n;
    m->stt += dt * (t - m->t);
    m->sty += dt * (y - m->y);
    m->syy += dy * (y - m->y);
}

static double batch(const double *x, size_t j)
{
    const double *b = x + 5 * j;
    return (b[0] + b[1] + b[2] + b[3] + b[4]) / 5.0;
}

vt_status vt_steady_mser5_line(size_t n, const double *t, const double *y, size_t *cut, vt_error *err)
{
    const vt_status st = vti_line_check(n, 40, t, y, err);
    if (st != VT_OK) return st;
    if (!cut) return vt_fail(err, VT_EARG, "no place for the cut (NULL)");
    const size_t m = n / 5, off = n % 5; /* what fills no batch is left at the beginning */
    moments s = {0};
    double least = INFINITY;
    size_t at = 0;
    for (size_t k = 1; k <= m; k++) {
        const size_t j = m - k;
        take(&s, batch(t + off, j), batch(y + off, j));
        if (2 * j > m || !(s.stt > 0.0) || k < 4) continue;
        const double rss = fmax(s.syy - s.sty * s.sty / s.stt, 0.0), se2 = rss / ((s.n - 2.0) * s.n);
        if (se2 <= least) {
            least = se2;
            at = j;
        }
    }
    *cut = at ? off + 5 * at : 0;
    return VT_OK;
}
