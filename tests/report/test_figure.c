/* Figures: data file, gnuplot script, drawing, refusals. */
#define _XOPEN_SOURCE 700
#include "check.h"
#include "report/figure_internal.h"
#include "report/gnuplot_internal.h"
#include "report/sample.h"
#include "report/scratch.h"
#include "report/svg_internal.h"

static void count_drawn(const vt_result *r, const char *dir, size_t expected)
{
    vt_error err = {0};
    vt_render done_ = {0};
    CHECK_OK(vt_report_figures(r, dir, true, &done_, &err), &err);
    CHECK(done_.written == expected && done_.drawn == expected);
    CHECK(done_.note[0] == '\0');
}

static void a_figure_is_data_script_svg_and_png(void)
{
    vt_error err = {0};
    vt_result *r = NULL;
    char dir[256];
    if (!scratch_gnuplot()) return;
    CHECK(scratch_make(dir));
    CHECK_OK(sample_map(&r, &err), &err);
    count_drawn(r, dir, 1);
    char *svg = scratch_text(dir, "figures/mechanism_map.svg", NULL);
    char *png = scratch_text(dir, "figures/mechanism_map.png", NULL);
    CHECK_TEXT(svg, "<text>temperature (°C)</text>"); /* text as text */
    CHECK_TEXT(svg, "width=\"88.9mm\"");
    CHECK_TEXT(svg, "Deformation mechanism map of Ni45Pd35P16B4</title>");
    CHECK_TEXT(svg, "It rises from 9.6 nm");
    CHECK(memcmp(png, "\x89PNG\r\n\x1A\n", 8) == 0);
    CHECK((unsigned char)png[18] * 256 + (unsigned char)png[19] == 1050); /* 89 mm at 300 per inch */
    free(svg);
    free(png);
    vt_result_free(r);
    scratch_remove(dir);
}

static void the_data_are_in_the_units_of_the_axes(void)
{
    vt_error err = {0};
    vt_result *r = NULL;
    char dir[256];
    CHECK(scratch_make(dir));
    CHECK_OK(sample_map(&r, &err), &err);
    CHECK_OK(vt_report_figures(r, dir, false, NULL, &err), &err);
    char *csv = scratch_text(dir, "figures/mechanism_map.csv", NULL);
    CHECK_TEXT(csv, "critical_diameter.temperature [degC],critical_diameter.d_c [nm],");
    double celsius = NAN, low = NAN, high = NAN, cold = NAN, mT = NAN, md = NAN;
    const char *row = strchr(csv, '\n');
    /* d_c is missing below 527 K: NaN, at which gnuplot breaks the line */
    CHECK(row && sscanf(row + 1, "%lf,NaN,%lf,%lf,%lf,%lf,%lf", &celsius, &low, &high, &cold, &mT, &md) == 6);
    CHECK_ABS(celsius, 100.0, 1e-7); /* 10 digits are written */
    CHECK_REL(cold, 1e9 * sample_dc(373.15), 1e-8);
    CHECK_ABS(mT, 317.0, 1e-7);
    CHECK_ABS(md, 19.0, 1e-8);
    CHECK(!scratch_has(dir, "figures/mechanism_map.svg")); /* draw was false */
    free(csv);
    vt_result_free(r);
    scratch_remove(dir);
}

static void every_colour_has_its_marker_and_dash(void)
{
    vt_error err = {0};
    vt_result *r = NULL;
    vti_text gp = {0};
    vti_plot *plot = malloc(sizeof *plot);
    CHECK_OK(sample_molding(&r, &err), &err);
    CHECK_OK(vti_plot_prepare(r, vt_result_figure(r, 0), plot, &err), &err);
    vti_plot_script(plot, &gp);
    CHECK_TEXT(gp.s, "set style line 1 lc rgb '#440154' lw 1.5 pt 7 ps 0.55 dt 1\n");
    CHECK_TEXT(gp.s, "set style line 2 lc rgb '#1f9e89' lw 1.5 pt 5 ps 0.55 dt (26,3)\n");
    CHECK_TEXT(gp.s, "set style line 3 lc rgb '#31688e' lw 1.5 pt 9 ");
    CHECK_TEXT(gp.s, "set logscale x 10\n");
    CHECK_TEXT(gp.s, ", 10, 20, '' 30 1,"); /* 1.5 decades: 1, 2, 5 are labelled */
    CHECK_TEXT(gp.s, "with yerrorbars ls 1 lw 0.8 dt 1 title '317 °C'");
    vti_text_free(&gp);
    free(plot);
    vt_result_free(r);
}

static void a_script_redraws_in_its_folder(void)
{
    vt_error err = {0};
    vt_result *r = NULL;
    char dir[256], note[VT_ERROR_TEXT];
    size_t size[2];
    if (!scratch_gnuplot()) return;
    CHECK(scratch_make(dir));
    CHECK_OK(sample_molding(&r, &err), &err);
    count_drawn(r, dir, 1);
    char *first = scratch_text(dir, "figures/lengths.png", &size[0]);
    scratch_write(dir, "figures/lengths.png", "");
    vti_script script = {.folder = "figures", .name = "lengths"};
    CHECK_OK(vti_gnuplot_run(dir, 1, &script, note, &err), &err);
    char *second = scratch_text(dir, "figures/lengths.png", &size[1]);
    CHECK(script.drawn && size[0] == size[1] && memcmp(first, second, size[0]) == 0); /* same bytes */
    free(first);
    free(second);
    vt_result_free(r);
    scratch_remove(dir);
}

/* Twelve figures with names and texts of their own. */
static vt_status many(vt_result **out, const vt_figure *like, vt_error *err)
{
    vt_status st;
    VT_TRY(st = vt_result_create(out, "map", "mechanism", err));
    VT_TRY(st = sample_map_curves(*out, err));
    for (int i = 0; i < 12; i++) {
        vt_figure f = *like;
        snprintf(f.name, sizeof f.name, "map_%d", i);
        VT_TRY(st = vt_result_add_figure(*out, &f, err));
    }
done:
    return st;
}

static void twelve_figures_are_drawn_together(void)
{
    vt_error err = {0};
    vt_result *r = NULL;
    char dir[256];
    const vt_figure f = sample_map_figure();
    if (!scratch_gnuplot()) return;
    CHECK(scratch_make(dir));
    CHECK_OK(many(&r, &f, &err), &err);
    count_drawn(r, dir, 12);
    vt_result_free(r);
    scratch_remove(dir);
}

static void hostile_texts_are_drawn_and_not_run(void)
{
    vt_error err = {0};
    vt_result *r = NULL;
    char dir[256];
    vt_figure f = sample_map_figure();
    if (!scratch_gnuplot()) return;
    CHECK(scratch_make(dir));
    snprintf(f.title, sizeof f.title, "`touch A`\n!touch B\nsystem('touch C')");
    snprintf(f.alt, sizeof f.alt, "</svg><script>alert(1)</script>");
    snprintf(f.x.label, sizeof f.x.label, "'; system('touch D'); '");
    snprintf(f.y.label, sizeof f.y.label, "\"`touch E`\" @x \\");
    snprintf(f.series[0].label, sizeof f.series[0].label, "<b>&`touch F`' ; ! touch G");
    snprintf(f.labels[0].text, sizeof f.labels[0].text, "x' at 0,0\n!touch H\n");
    CHECK_OK(many(&r, &f, &err), &err);
    count_drawn(r, dir, 12);
    char *svg = scratch_text(dir, "figures/map_0.svg", NULL);
    CHECK_TEXT(svg, "&lt;b&gt;&amp;‘touch F‘’ ; ! touch G");
    CHECK_TEXT(svg, "&lt;/svg&gt;&lt;script&gt;");
    CHECK(strstr(svg, "<script") == NULL);
    for (char name[] = "figures/A"; name[8] <= 'H'; name[8]++) CHECK(!scratch_has(dir, name));
    free(svg);
    vt_result_free(r);
    scratch_remove(dir);
}

static void without_gnuplot_data_and_scripts_are_written(void)
{
    vt_error err = {0};
    vt_result *r = NULL;
    vt_render done_ = {0};
    char dir[256];
    CHECK(scratch_make(dir));
    CHECK_OK(sample_map(&r, &err), &err);
    setenv("VITRUM_GNUPLOT", "no-such-gnuplot", 1);
    CHECK_OK(vt_report_figures(r, dir, true, &done_, &err), &err);
    unsetenv("VITRUM_GNUPLOT");
    CHECK(done_.written == 1 && done_.drawn == 0);
    CHECK_TEXT(done_.note, "no-such-gnuplot was not found (Debian: apt install gnuplot-nox)");
    CHECK(scratch_has(dir, "figures/mechanism_map.gp") && scratch_has(dir, "figures/mechanism_map.csv"));
    CHECK(!scratch_has(dir, "figures/mechanism_map.svg"));
    vt_result_free(r);
    scratch_remove(dir);
}

static void a_script_that_fails_does_not_stop_the_others(void)
{
    vt_error err = {0};
    char dir[256], note[VT_ERROR_TEXT];
    static const char good[] =
        "set terminal svg\nset output '%s.svg'\nplot 3*x\nset terminal png\nset output '%s.png'\n"
        "replot\nset output\n";
    char text[512];
    if (!scratch_gnuplot()) return;
    CHECK(scratch_make(dir));
    snprintf(text, sizeof text, good, "a", "a");
    scratch_write(dir, "a.gp", text);
    scratch_write(dir, "b.gp", "plot 'no-such-file'\n");
    snprintf(text, sizeof text, good, "c", "c");
    scratch_write(dir, "c.gp", text);
    vti_script s[3] = {{.folder = ".", .name = "a"}, {.folder = ".", .name = "b"}, {.folder = ".", .name = "c"}};
    CHECK_OK(vti_gnuplot_run(dir, 3, s, note, &err), &err);
    CHECK(s[0].drawn && !s[1].drawn && s[2].drawn);
    CHECK_TEXT(note, "no-such-file");
    scratch_remove(dir);
}

static void labels_stand_apart(void)
{
    vt_error err = {0};
    vt_result *r = NULL;
    vti_plot *plot = malloc(sizeof *plot);
    CHECK_OK(sample_map(&r, &err), &err);
    vt_figure f = sample_map_figure();
    f.nlabels = 3; /* three labels of one point */
    for (size_t i = 0; i < 3; i++) f.labels[i] = (vt_label){430.0, 50e-9, "the same place"};
    CHECK_OK(vti_plot_prepare(r, &f, plot, &err), &err);
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < i; k++) {
            const vti_place *a = &plot->place[i], *b = &plot->place[k];
            CHECK(a->dx != b->dx || a->dy != b->dy || a->align != b->align);
        }
    free(plot);
    vt_result_free(r);
}

static void an_interval_beyond_zero_stays_on_a_logarithmic_axis(void)
{
    vt_error err = {0};
    vt_result *r = NULL;
    vti_plot *plot = malloc(sizeof *plot);
    double x[3] = {300.0, 310.0, 320.0}, y[3] = {2e-9, 3e-9, 4e-9}, low[3] = {-1e-9, 1e-12, 3e-9},
           high[3] = {5e-9, 6e-9, 1e-3};
    CHECK_OK(vt_result_create(&r, "map", "mechanism", &err), &err);
    CHECK_OK(sample_curve(r, "c", "", 3, 4, (const char *[]){"T", "y", "low", "high"},
                          (const char *[]){"K", "m", "m", "m"}, (double *[]){x, y, low, high}, &err),
             &err);
    const vt_figure f = {
        .name = "f",
        .x = {"T", "K", 0, NAN, NAN},
        .y = {"y", "nm", 1, NAN, NAN},
        .nseries = 1,
        .series = {{.curve = "c", .x = "T", .y = "y", .low = "low", .high = "high", .style = VT_POINTS}}};
    CHECK_OK(vti_plot_prepare(r, &f, plot, &err), &err);
    /* edges reach one decade beyond the values, 2 to 4 nm, and a margin of 4 % of the 2.3 decades */
    CHECK_REL(plot->y[0], 0.2 * pow(200.0, -0.04), 1e-12);
    CHECK_REL(plot->y[1], 40.0 * pow(200.0, 0.04), 1e-12);
    free(plot);
    vt_result_free(r);
}

static void refuse(const vt_result *r, const vt_figure *f, vt_status code, const char *part)
{
    vt_error err = {0};
    vti_plot *plot = malloc(sizeof *plot);
    CHECK(vti_plot_prepare(r, f, plot, &err) == code);
    CHECK_TEXT(err.msg, part);
    free(plot);
}

static void wrong_figures_are_refused_by_name(void)
{
    vt_error err = {0};
    vt_result *r = NULL;
    CHECK_OK(sample_map(&r, &err), &err);
    const vt_figure good = sample_map_figure();
    vt_figure f = good;
    snprintf(f.series[0].curve, sizeof f.series[0].curve, "elsewhere");
    refuse(r, &f, VT_EINTERNAL, "mechanism_map: the result has no curve \"elsewhere\"");
    f = good;
    snprintf(f.series[1].y, sizeof f.series[1].y, "d_x");
    refuse(r, &f, VT_EINTERNAL, "has no column of numbers \"d_x\"");
    f = good;
    snprintf(f.y.unit, sizeof f.y.unit, "degC");
    refuse(r, &f, VT_EUNITS, "column d_c of critical_diameter in m");
    f = good;
    f.series[0].high[0] = '\0';
    refuse(r, &f, VT_EINTERNAL, "lacks a column for its style");
    static const char *const names[] = {"../up", "Map", "a b", "", "-e", "a.gp"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        f = good;
        snprintf(f.name, sizeof f.name, "%s", names[i]);
        refuse(r, &f, VT_EINTERNAL, "only a-z, 0-9, _ and - make a file name");
    }
    CHECK(vt_report_figures(NULL, ".", false, NULL, &err) == VT_EARG);
    vt_result_free(r);
}

static void svg_is_cleaned(void)
{
    static const char raw[] =
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' onload='x()' width='3'>"
        "<title>Gnuplot</title><script>alert(1)</script><!-- said --><g><g></g></g><foreignObject/>"
        "<g id='a'><use xlink:href='#a' onclick='y()'/><use xlink:href='http://x/y'/>"
        "<path fill='url(#a)' stroke='url(http://x)'/><text>kept</text></g></svg>";
    vt_error err = {0};
    vti_text out = {0};
    const vti_svg how = {.title = "A < B", .desc = "C", .prefix = "fig7", .inlined = true};
    CHECK_OK(vti_svg_clean(raw, strlen(raw), &how, &out, &err), &err);
    CHECK_TEXT(out.s, "<title id=\"fig7-title\">A &lt; B</title><desc id=\"fig7-desc\">C</desc><g id=\"fig7-a\">"
                      "<use xlink:href=\"#fig7-a\"/><use/><path fill=\"url(#fig7-a)\"/><text>kept</text></g>");
    CHECK_TEXT(out.s, "role=\"img\" aria-labelledby=\"fig7-title fig7-desc\"");
    CHECK(!strstr(out.s, "script") && !strstr(out.s, "onload") && !strstr(out.s, "width") && !strstr(out.s, "said"));
    vti_text_free(&out);
    CHECK(vti_svg_clean("<svg><g></svg>", 14, &how, &out, &err) == VT_EPARSE);
    CHECK_TEXT(err.msg, "not well-formed");
    vti_text_free(&out);
}

/* A map of 4 x 3 places, 7 um apart, one without value. */
static vt_status sample_tiles(vt_result **r, const char *value, vt_error *err)
{
    static double x[12], y[12], H[12];
    vt_figure f = {.name = "map",
                   .title = "Map of the hardness",
                   .alt = "Hardness from 6.5 to 7.6 GPa.",
                   .x = {.label = "x", .unit = "um", .low = NAN, .high = NAN},
                   .y = {.label = "y", .unit = "um", .low = NAN, .high = NAN},
                   .value = {.label = "hardness", .unit = "GPa", .low = 6.5e9, .high = 7.6e9},
                   .nseries = 1,
                   .series = {{.curve = "map", .x = "x", .y = "y", .style = VT_TILES}}};
    for (int i = 0; i < 12; i++) x[i] = 7e-6 * (i % 4), y[i] = 7e-6 * (i / 4), H[i] = i == 5 ? NAN : 6.5e9 + 1e8 * i;
    snprintf(f.series[0].value, sizeof f.series[0].value, "%s", value);
    vt_status st = vt_result_create(r, "experiment", "indentation", err);
    if (st == VT_OK)
        st = sample_curve(*r, "map", "", 12, 3, (const char *[]){"x", "y", "H"}, (const char *[]){"m", "m", "Pa"},
                          (double *[]){x, y, H}, err);
    return st == VT_OK ? vt_result_add_figure(*r, &f, err) : st;
}

static void tiles_are_as_wide_as_places_are_apart(void)
{
    vt_error err = {0};
    vt_result *r = NULL;
    vti_plot p;
    vti_text gp = {0};
    CHECK_OK(sample_tiles(&r, "H", &err), &err);
    CHECK_OK(vti_plot_prepare(r, vt_result_figure(r, 0), &p, &err), &err);
    CHECK(p.tiles);
    CHECK_REL(p.tile[0], 3.5, 1e-12);
    CHECK_REL(p.value[0], 6.5, 1e-12);
    CHECK_REL(p.value[1], 7.6, 1e-12);
    CHECK(p.x[0] <= -3.5 && p.x[1] >= 24.5 && p.y[1] >= 17.5); /* whole tiles are shown */
    vti_plot_script(&p, &gp);
    CHECK_TEXT(gp.s, "set palette defined (0 '#440154'");
    CHECK_TEXT(gp.s, "set cblabel 'hardness (GPa)'");
    CHECK_TEXT(gp.s, "with boxxyerror");
    vti_text_free(&gp);
    vt_result_free(r);
}

static void tiles_are_drawn_and_need_a_value(void)
{
    vt_error err = {0};
    vt_result *r = NULL;
    vti_plot p;
    char dir[256];
    CHECK_OK(sample_tiles(&r, "", &err), &err);
    CHECK(vti_plot_prepare(r, vt_result_figure(r, 0), &p, &err) == VT_EINTERNAL);
    CHECK_TEXT(err.msg, "lacks a column");
    vt_result_free(r);
    if (!scratch_gnuplot()) return;
    r = NULL;
    CHECK(scratch_make(dir));
    CHECK_OK(sample_tiles(&r, "H", &err), &err);
    count_drawn(r, dir, 1);
    char *svg = scratch_text(dir, "figures/map.svg", NULL);
    CHECK_TEXT(svg, "Map of the hardness</title>");
    CHECK_TEXT(svg, "Hardness from 6.5 to 7.6 GPa.");
    CHECK_TEXT(svg, "hardness (GPa)");
    free(svg);
    vt_result_free(r);
    scratch_remove(dir);
}

CHECK_MAIN(CHECK_CASE(tiles_are_as_wide_as_places_are_apart), CHECK_CASE(tiles_are_drawn_and_need_a_value),
           CHECK_CASE(a_figure_is_data_script_svg_and_png), CHECK_CASE(the_data_are_in_the_units_of_the_axes),
           CHECK_CASE(every_colour_has_its_marker_and_dash), CHECK_CASE(a_script_redraws_in_its_folder),
           CHECK_CASE(twelve_figures_are_drawn_together), CHECK_CASE(hostile_texts_are_drawn_and_not_run),
           CHECK_CASE(without_gnuplot_data_and_scripts_are_written),
           CHECK_CASE(a_script_that_fails_does_not_stop_the_others), CHECK_CASE(labels_stand_apart),
           CHECK_CASE(an_interval_beyond_zero_stays_on_a_logarithmic_axis),
           CHECK_CASE(wrong_figures_are_refused_by_name), CHECK_CASE(svg_is_cleaned))
