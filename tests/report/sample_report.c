/* Writes the sample page into a folder, for the browser check: sample_report DIR */
#include "report/sample.h"
#include <vitrum/io.h>

static vt_answer answer_of(const vt_result *r, const char *label, const char *property, const char *sentence)
{
    return (vt_answer){.label = label, .property = vt_result_find(r, property, NULL, NULL, 0.0), .sentence = sentence};
}

static vt_status write_page(const char *dir, const vt_result *map, const vt_result *molding, vt_error *err)
{
    const vt_answer answers[] = {
        answer_of(map, "Largest critical diameter", "maximum_critical_diameter",
                  "Below this diameter atoms move one by one along the interface; above it the glass flows."),
        answer_of(map, "Bulk glass transition in 36 000 s", "bulk_glass_transition",
                  "Where the relaxation time reaches the molding time; the kink of the viscosity lies there."),
        answer_of(map, "Activation energy of the glass", "glass_activation_energy",
                  "Viscosity below the kink; it makes the critical diameter fall again on cooling.")};
    const vt_section sections[] = {
        {.heading = "The map",
         .text = "The critical diameter is where both laws give the same length.\n\nAt 297 °C the published "
                 "diameter and the law disagree; both are shown.",
         .result = map},
        {.heading = "Molding lengths",
         .text = "Four sets of wires, reduced together.",
         .result = molding,
         .folder = "steps/molding"}};
    const char *const notes[] = {"The published 62 nm at 297 °C is 2.1 standard uncertainties above the law."};
    const vt_report doc = {.title = "Nanomolding of Ni45Pd35P16B4",
                           .question = "How thin must a pore be before diffusion along its wall beats viscous flow?",
                           .reference = "Liu et al. (2023)",
                           .nanswers = 3,
                           .answers = answers,
                           .nsections = 2,
                           .sections = sections,
                           .nnotes = 1,
                           .notes = notes,
                           .command_line = "vitrum run studies/liu2023/study.yaml -o out",
                           .study_path = "studies/liu2023/study.yaml",
                           .study_text = "title: Nanomolding\nsteps:\n  - name: fit\n    reduce: transport\n",
                           .draw = true};
    vt_render done_ = {0};
    const vt_status st = vt_report_write(dir, &doc, &done_, err);
    if (done_.note[0]) fprintf(stderr, "%s\n", done_.note);
    return st;
}

static vt_status write_sample(const char *dir, vt_error *err)
{
    vt_result *map = NULL, *molding = NULL;
    vt_status st;
    VT_TRY(st = sample_map(&map, err));
    VT_TRY(st = sample_molding(&molding, err));
    VT_TRY(st = vt_folder_make(dir, err));
    VT_TRY(st = write_page(dir, map, molding, err));
done:
    vt_result_free(map);
    vt_result_free(molding);
    return st;
}

int main(int argc, char **argv)
{
    vt_error err = {0};
    char text[1024];
    if (argc != 2) {
        fputs("usage: sample_report DIR\n", stderr);
        return 2;
    }
    if (write_sample(argv[1], &err) == VT_OK) return 0;
    vt_error_format(&err, text, sizeof text);
    fprintf(stderr, "sample_report: %s\n", text);
    return 1;
}
