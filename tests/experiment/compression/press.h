#pragma once
/* Records of a Newtonian disc in closed form, as text. */
#include "roundtrip.h"
#include <vitrum/compression_law.h>

/* A Newtonian disc of 2 mm by 4 mm at constant crosshead speed, rising elastically within 1 % of strain; times 10 ms
 * after a way of 10 um in air. */
enum { ROWS = 300 };
struct press {
    double eta, rate, diameter, height, sign_u, sign_F, last; /* strain at the end */
    double back_at, back_to; /* strain at which the crosshead goes back, and by how much; 0: does not */
    double clip;             /* N; 0: none */
    double stiffen;          /* growth of the stress per strain beyond 0.12 */
    double pull;             /* N added at the end */
    double rise;             /* strain within which the force rises */
};
static const struct press PLAIN = {.eta = 3.3e10,
                                   .rate = 1e-3,
                                   .diameter = 2e-3,
                                   .height = 4e-3,
                                   .sign_u = 1.0,
                                   .sign_F = 1.0,
                                   .last = 0.28,
                                   .rise = 0.003};

static inline void write_rows(const struct press *p, char *text, size_t size, const char *head)
{
    const double v = p->rate * p->height, end = -expm1(-p->last) / p->rate;
    const vt_compression_disc disc = {.diameter = p->diameter, .height = p->height};
    size_t n = (size_t)snprintf(text, size, "%s", head);
    double back = 0.0;
    for (int i = 0; i < ROWS && n < size; i++) {
        const double t = -2.5 + (end + 2.5) * i / (ROWS - 1);
        double F = 0.0, u = v * t;
        if (t > 0.0) {
            CHECK(vt_compression_newtonian(&disc, p->eta, v, 1, &t, &F, NULL) == VT_OK);
            F *= -expm1(-t * p->rate / p->rise);
            const double strain = -log1p(-p->rate * t);
            F *= 1.0 + p->stiffen * fmax(0.0, strain - 0.12);
            if (p->back_at > 0.0 && strain > p->back_at) {
                back = back + 0.05 * p->back_to;
                if (back < p->back_to) {
                    u -= 2.0 * (back < 0.5 * p->back_to ? back : p->back_to - back) * p->height;
                    F *= 0.2;
                }
            }
        }
        F += 0.05 * sin(7.3 * i) + (i > ROWS - 8 ? p->pull : 0.0);
        if (p->clip > 0.0 && F > p->clip) F = p->clip;
        n += (size_t)snprintf(text + n, size - n, "%.6f,%.9f,%.6f\n", t + 2.5, p->sign_u * (u + 1e-5) * 1e3,
                              p->sign_F * F);
    }
}

static inline vt_result *reduce_text(const char *text, const vt_setting *set, size_t n, vt_error *err)
{
    return reduced_text("compression", "press.csv", text, set, n, err);
}

static const char HEAD[] = "# diameter: 2 [mm]\n# height: 4 [mm]\n# temperature: 255 [degC]\n"
                           "time [s],displacement [mm],force [N]\n";
static char TEXT[65536];

static inline vt_result *reduce_press(const struct press *p, const vt_setting *set, size_t n, vt_error *err)
{
    write_rows(p, TEXT, sizeof TEXT, HEAD);
    return reduce_text(TEXT, set, n, err);
}
