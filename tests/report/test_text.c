/* Units, numbers and escapes as people, browsers and gnuplot read them. */
#include "check.h"
#include "report/text_internal.h"
#include "report/unit_text_internal.h"
#include <locale.h>

static void same(const char *got, const char *expected)
{
    if (strcmp(got, expected) != 0) CHECK_FAILED("\"%s\", expected \"%s\"", got, expected);
}

static void units_are_pretty(void)
{
    static const char *const rows[][2] = {
        {"degC", "°C"},     {"um", "µm"}, {"Pa s", "Pa·s"}, {"m3 s-1", "m³·s⁻¹"},     {"m^3/s", "m³/s"},
        {"um^2", "µm²"},    {"1", ""},    {"%", "%"},       {"kJ mol-1", "kJ·mol⁻¹"}, {"J/(mol K)", "J/(mol·K)"},
        {"10^3 m", "10³·m"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[64];
        vti_unit_pretty(rows[i][0], text, sizeof text);
        same(text, rows[i][1]);
    }
    char tiny[4];
    vti_unit_pretty("Pa s", tiny, sizeof tiny); /* cut between factors, never inside a letter */
    same(tiny, "Pa");
}

static void values_are_shown_in_the_unit_that_suits_them(void)
{
    static const struct {
        const char *name, *si;
        double value;
        const char *unit;
    } rows[] = {{"critical_diameter", "m", 99e-9, "nm"},
                {"length", "m", 3.1e-6, "um"},
                {"length", "m", 0.0031, "mm"},
                {"elastic_modulus", "Pa", 98e9, "GPa"},
                {"yield_stress", "Pa", 1.9e8, "MPa"},
                {"kink_temperature", "K", 560.65, "degC"},
                {"vft_T0", "K", 415.56, "K"},
                {"temperature_difference", "K", 12.5, "K"},
                {"glass_activation_energy", "J", 1.416e-19, "eV"},
                {"viscosity", "Pa s", 1.7e9, "Pa s"},
                {"flux", "m^3/s", 1.2e-26, "m^3/s"},
                {"atomic_volume", "m^3", 1.233e-29, "nm^3"},
                {"speed", "m/s", 3e-7, "nm s-1"},
                {"time", "s", 299.0, "s"},
                {"time", "s", 300.0, "min"},
                {"time", "s", 10800.0, "h"},
                {"exposure_time", "s", 36000.0, "h"},
                {"relaxation_time", "s", 8.5e5, "d"},
                {"fracture_angle", "rad", 0.7505, "degree"},
                {"fracture_angle", "rad", 0.0, "degree"},
                {"torque", "N m", 1.5e-5, "uN m"},
                {"layer_stiffness", "Pa m", 2.2e4, "GPa um"},
                {"fragility", "1", 46.05, "1"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        vt_unit unit;
        vti_unit_choose(rows[i].name, rows[i].si, rows[i].value, &unit);
        same(unit.text, rows[i].unit);
    }
}

static void numbers_keep_their_digits(void)
{
    static const struct {
        double x;
        int digits;
        const char *text;
    } rows[] = {{12.5, 5, "12.5"},
                {-0.00123, 5, "−0.00123"},
                {1.234e-7, 3, "1.23 × 10⁻⁷"},
                {0.0, 5, "0"},
                {6.0221e23, 5, "6.0221 × 10²³"},
                {99999.7, 5, "100000"},
                {-3.2e12, 2, "−3.2 × 10¹²"},
                {NAN, 5, "–"},
                {INFINITY, 5, "∞"},
                {590.15, 6, "590.15"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[64];
        vti_show_number(rows[i].x, rows[i].digits, text, sizeof text);
        same(text, rows[i].text);
    }
}

static vt_quantity quantity(double value, double u, double low, double high, const char *unit)
{
    vt_quantity q = {.value = value, .u = u, .low = low, .high = high, .level = 0.95};
    snprintf(q.unit, sizeof q.unit, "%s", unit);
    return q;
}

static void quantities_are_rounded_by_their_uncertainty(void)
{
    static const struct {
        const char *name;
        double value, u, low, high;
        const char *unit, *shown, *range, *pretty;
    } rows[] = {{"critical_diameter", 97.34e-9, 3.14e-9, 91.2e-9, 103.44e-9, "m", "97.3 ± 3.1", "91.2 to 103.4", "nm"},
                {"viscosity", 1.00037e12, 1.2e11, 8.1e11, 1.3e12, "Pa s", "(1.00 ± 0.12) × 10¹²",
                 "(0.81 to 1.30) × 10¹²", "Pa·s"},
                {"kink_temperature", 560.65, 1.234, 558.15, 563.15, "K", "287.5 ± 1.2", "285.0 to 290.0", "°C"},
                {"exponent", 0.0996, 0.0996, NAN, NAN, "1", "0.10 ± 0.10", "", ""},
                {"offset", -2.5e-9, 4e-10, -3.3e-9, -1.7e-9, "m", "−2.50 ± 0.40", "−3.30 to −1.70", "nm"},
                {"time", 2940.0, 1203.0, 1319.0, 6556.0, "s", "49 ± 20", "22 to 109", "min"},
                {"vft_B", 2940.0, 1203.0, 1319.0, 6556.0, "K", "2900 ± 1200", "1300 to 6600", "K"},
                {"vft_viscosity_infinite", 4e-5, 9.2e-5, 1.3e-7, 3.35e-3, "Pa s", "(4.0 ± 9.2) × 10⁻⁵",
                 "1.300 × 10⁻⁷ to 0.00335", "Pa·s"},
                {"fragility", 46.0512345, 0.0, NAN, NAN, "1", "46.0512", "", ""}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const vt_quantity q = quantity(rows[i].value, rows[i].u, rows[i].low, rows[i].high, rows[i].unit);
        vti_shown s;
        vti_show_quantity(rows[i].name, &q, q.value, &s);
        same(s.value, rows[i].shown);
        same(s.range, rows[i].range);
        same(s.unit, rows[i].pretty);
    }
}

static void values_stand_beside_their_uncertainty(void)
{
    static const struct {
        double value, u;
        const char *shown, *u_shown;
    } rows[] = {{37.2474, 3.9177, "37.2", "3.9"},
                {-0.88794, 6.5852, "−0.9", "6.6"},
                {-0.02, 1.04, "0.0", "1.0"},
                {1234.5, 117.0, "1230", "120"},
                {3.9731e-7, 9.96e-9, "3.97 × 10⁻⁷", "0.10 × 10⁻⁷"},
                {2.17083, NAN, "2.1708", "–"},
                {2.17083, 0.0, "2.1708", "0"},
                {NAN, 0.1234, "–", "0.12"},
                {INFINITY, 0.1234, "∞", "0.12"},
                {2.17083, INFINITY, "2.1708", "∞"},
                {-1.7e308, 1e-300, NULL, NULL}}; /* whatever it says, within its room */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2][64];
        vti_show_apart(rows[i].value, rows[i].u, text);
        if (!rows[i].shown) continue;
        same(text[0], rows[i].shown);
        same(text[1], rows[i].u_shown);
    }
}

static void html_shows_every_text_and_runs_none(void)
{
    vti_text t = {0};
    vti_put_html(&t, "<a href=\"x\" on='y'>&amp; \xC3\xA9 \xFF \x01 \xE2\x80\xAE \xC0\xAF");
    same(t.s, "&lt;a href=&quot;x&quot; on=&#39;y&#39;&gt;&amp;amp; é \xEF\xBF\xBD \xEF\xBF\xBD \xEF\xBF\xBD "
              "\xEF\xBF\xBD\xEF\xBF\xBD");
    vti_text_free(&t);
}

static void words_show_degrees(void)
{
    vti_text t = {0};
    vti_put_words(&t, "at 297 degC, <b> 5 degC/min; temperature [ degC] degCx degC");
    same(t.s, "at 297 °C, &lt;b&gt; 5 °C/min; temperature [ degC] degCx °C");
    t.n = 0;
    vti_put_gnuplot(&t, "297 degC and degC_x");
    same(t.s, "'297 °C and degC_x'");
    vti_text_free(&t);
}

static void gnuplot_strings_cannot_be_left(void)
{
    vti_text t = {0};
    vti_put_gnuplot(&t, "it's `rm x` @m\n' ; system('y')\\");
    same(t.s, "'it’s ‘rm x‘ @m ’ ; system(’y’)\\'");
    vti_text_free(&t);
}

static void base64_follows_its_standard(void)
{
    /* RFC 4648, section 10 */
    static const char *const rows[][2] = {{"f", "Zg=="},        {"fo", "Zm8="},         {"foo", "Zm9v"},
                                          {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"}, {"", ""}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        vti_text t = {0};
        vti_put_data_uri(&t, "a/b", rows[i][0], strlen(rows[i][0]));
        same(t.s + strlen("data:a/b;base64,"), rows[i][1]);
        vti_text_free(&t);
    }
}

static void symbols_have_letters_and_subscripts(void)
{
    static const char *const rows[][2] = {{"d_c_max", "<i>d</i><sub>c,max</sub>"},
                                          {"deltaD_I", "<i>δD</i><sub>I</sub>"},
                                          {"eta", "<i>η</i>"},
                                          {"betas", "<i>betas</i>"},
                                          {"a<b", "<i>a&lt;b</i>"},
                                          {"G_s SR", "<i>G</i><sub>s</sub> <i>SR</i>"},
                                          {"t/tau_B", "<i>t</i>/<i>τ</i><sub>B</sub>"},
                                          {"T(d_c,max)", "<i>T</i>(<i>d</i><sub>c,max</sub>)"},
                                          {"delta D_I", "<i>δ</i> <i>D</i><sub>I</sub>"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        vti_text t = {0};
        vti_put_symbol(&t, rows[i][0]);
        same(t.s, rows[i][1]);
        vti_text_free(&t);
    }
}

static void csv_cells_are_quoted_when_they_must_be(void)
{
    vti_text t = {0};
    vti_put_csv(&t, "plain [nm]");
    vti_put_csv(&t, "a,\"b\"\n");
    same(t.s, "plain [nm]\"a,\"\"b\"\" \"");
    vti_text_free(&t);
}

CHECK_MAIN(CHECK_CASE(units_are_pretty), CHECK_CASE(values_are_shown_in_the_unit_that_suits_them),
           CHECK_CASE(numbers_keep_their_digits), CHECK_CASE(quantities_are_rounded_by_their_uncertainty),
           CHECK_CASE(values_stand_beside_their_uncertainty), CHECK_CASE(html_shows_every_text_and_runs_none),
           CHECK_CASE(words_show_degrees), CHECK_CASE(gnuplot_strings_cannot_be_left),
           CHECK_CASE(base64_follows_its_standard), CHECK_CASE(symbols_have_letters_and_subscripts),
           CHECK_CASE(csv_cells_are_quoted_when_they_must_be))
