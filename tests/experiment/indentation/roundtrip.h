#pragma once
/* Monte-Carlo round trips of the experiment `indentation` (P18 to P20, section 11): the virtual indenter writes raw
 * records, the production code reduces them, the truth is compared. Shared by the campaigns of `make check` and the
 * long ones. */
#include "round_trips.h"
#include "experiment/indentation/virtual_internal.h"
#include <vitrum/constants.h>
#include <vitrum/contact.h>

/* Truth parameters with the same settings. */
static inline vti_indent_truth truth_of(struct settings *s)
{
    vti_indent_truth p;
    read_truth(VTI_INDENT_TRUTH, s, &p);
    return p;
}

static inline vt_result *round_trip(struct settings *truth, struct settings *how)
{
    return there_and_back("indentation", truth, how);
}

/* Box around the numbers of section 11, one draw for each session. */
static inline void draw_box(struct settings *s, uint64_t session)
{
    vt_stream r;
    vt_stream_init(&r, 20201, vt_stream_purpose("roundtrip/box"), session);
    set_number(s, "modulus", 70.0 + 60.0 * vt_stream_uniform(&r), "GPa");
    set_number(s, "hardness", 4.0 + 4.0 * vt_stream_uniform(&r), "GPa");
    set_number(s, "loads", 8.0 + 12.0 * vt_stream_uniform(&r), "mN");
    set_number(s, "tip_radius", 20.0 + 60.0 * vt_stream_uniform(&r), "nm");
    set_number(s, "frame_compliance", 0.4 * vt_stream_uniform(&r), "nm/mN");
    set_number(s, "drift", -0.05 + 0.1 * vt_stream_uniform(&r), "nm/s");
    set_number(s, "exponent", 1.3 + 0.4 * vt_stream_uniform(&r), "");
    set_number(s, "seed", (double)(1000 + session), "");
}

static inline uint64_t seed_of(const struct settings *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->row[i].key, "seed") == 0) return strtoull(s->text[i], NULL, 10);
    return 1;
}

/* Contact at the start of the unloading from load P (N) of a session without scatter of material. */
struct contact {
    double E, H, E_r, h_c, A, S;
};
static inline struct contact true_contact(struct settings *s, double P)
{
    const vti_indent_truth p = truth_of(s);
    vti_instrument_truth box;
    vti_specimen_truth specimen;
    vti_virtual_indent indent;
    vti_touch touch;
    vt_stream stream;
    vt_stream_init(&stream, 1, 1, 1);
    vti_population_instrument(&p, seed_of(s), &box);
    vti_population_specimen(&p, 1, 0, 0, &specimen);
    vti_population_indent(&p, &box, &specimen, 1, 0, &stream, &indent);
    vti_touch_at(&indent.ground, &indent.tip, P, vti_yielded_depth(&indent.ground, &indent.tip, P), &touch);
    return (struct contact){.E = p.modulus,
                            .H = p.hardness,
                            .E_r = indent.ground.K / p.beta,
                            .h_c = touch.h_c,
                            .A = vti_tip_area(&indent.tip, touch.h_c),
                            .S = touch.S};
}
