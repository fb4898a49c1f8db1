/* Alloy cards as files: what is delivered, what is refused and where, round trips, damage. */
#include "check.h"
#include <sys/stat.h>
#include <unistd.h>
#include <vitrum/constants.h>
#include <vitrum/io.h>
#include <vitrum/version.h>

static const char SOUND[] =
    "alloy: Test50Glass50\n"
    "constants:\n"
    "  glass_transition:\n"
    "    {value: 317, unit: degC, uncertainty: 2, tag: A, source: \"Liu 2023\"}\n"
    "  interface_activation_energy:\n"
    "    {value: 1.58, unit: eV, uncertainty: 0.005, tag: A, source: \"Liu 2023\"}\n"
    "  crystallization_activation_energy: {value: 361, unit: kJ/mol, tag: B, source: \"Qiao\",\n"
    "    conditions: \"a text\n    over two lines\"}\n"
    "  vft_strength: {value: 13.18, unit: \"1\", tag: C, source: \"fit\"}\n"
    "  vft_T0: {value: 415.56, unit: K, tag: C, source: \"fit\"}\n"
    "covariance:\n"
    "  keys: [interface_activation_energy, vft_T0]\n"
    "  matrix:\n"
    "    - [2.5e-5, 0.01]\n"
    "    - [0.01, 24]\n"
    "ttt:\n"
    "  - {temperature: 400 degC, time: 2 min, fraction: 0.01, tag: A, source: \"Schroers\"}\n"
    "  - {temperature: 650 K, time: 90 s, fraction: 1 %, tag: A, source: \"Schroers\"}\n"
    "observations:\n"
    "  - property: \"molding \\\"condition\\\"\"\n"
    "    value: 2 GPa; 900 s\n"
    "    tag: A\n"
    "    source: \"Liu 2023\"\n";

static vt_card *parse(const char *text)
{
    vt_card *card = NULL;
    vt_error err = {0};
    CHECK_OK(vt_card_parse("c.yaml", text, strlen(text), &card, &err), &err);
    return card;
}

static void values_come_in_si_with_their_line(void)
{
    vt_card *card = parse(SOUND);
    const vt_constant *k = vt_card_find(card, "glass_transition");
    CHECK(k && k->value == 590.15 && k->u == 2.0 && k->tag == 'A' && k->line == 3); /* u is a difference: no offset */
    CHECK(strcmp(k->unit, "degC") == 0 && strcmp(k->source, "Liu 2023") == 0);
    k = vt_card_find(card, "interface_activation_energy");
    CHECK_REL(k->value, 1.58 * VT_ELECTRONVOLT, 1e-15);
    k = vt_card_find(card, "crystallization_activation_energy");
    CHECK_REL(k->value, 361e3 / VT_AVOGADRO, 1e-15);
    CHECK(isnan(k->u) && strcmp(k->conditions, "a text over two lines") == 0);
    /* eV K to J K */
    CHECK_REL(vt_card_covariance(card, "vft_T0", "interface_activation_energy"), 0.01 * VT_ELECTRONVOLT, 1e-14);
    CHECK_REL(vt_card_find(card, "vft_T0")->u, sqrt(24.0), 1e-15);
    CHECK(vt_card_ttt(card) == 2 && vt_card_ttt_row(card, 0)->T == 650.0 && vt_card_ttt_row(card, 1)->t == 120.0);
    CHECK(vt_card_ttt_row(card, 0)->fraction == 0.01);
    CHECK(vt_card_observations(card) == 1);
    CHECK(strcmp(vt_card_observation(card, 0)->property, "molding \"condition\"") == 0);
    CHECK(strcmp(vt_card_path(card), "c.yaml") == 0);
    vt_card_free(card);
}

static char *written(const vt_card *card)
{
    char *text = NULL;
    size_t size = 0;
    vt_error err = {0};
    FILE *out = open_memstream(&text, &size);
    CHECK_OK(vt_card_write(card, out, &err), &err);
    fclose(out);
    return text;
}

static void same_card(const vt_card *a, const vt_card *b)
{
    CHECK(strcmp(vt_card_alloy(a), vt_card_alloy(b)) == 0 && vt_card_constants(a) == vt_card_constants(b));
    for (size_t i = 0; i < vt_card_constants(a); i++) {
        const vt_constant *p = vt_card_constant(a, i), *q = vt_card_constant(b, i);
        CHECK(q && strcmp(p->key, q->key) == 0 && p->value == q->value && strcmp(p->unit, q->unit) == 0);
        CHECK(q && p->tag == q->tag && strcmp(p->source, q->source) == 0 && strcmp(p->conditions, q->conditions) == 0);
        if (isnan(p->u))
            CHECK(q && isnan(q->u));
        else /* the root of a variance that went through two conversions: three roundings */
            CHECK_ABS(q->u, p->u, 1e-15 * p->u);
        for (size_t j = 0; j < vt_card_constants(a); j++) {
            const double cov = vt_card_covariance(a, p->key, vt_card_constant(a, j)->key);
            CHECK_ABS(vt_card_covariance(b, p->key, vt_card_constant(a, j)->key), cov, 2e-15 * fabs(cov));
        }
    }
    CHECK(vt_card_ttt(a) == vt_card_ttt(b) && vt_card_observations(a) == vt_card_observations(b));
    for (size_t i = 0; i < vt_card_ttt(a); i++)
        CHECK(memcmp(vt_card_ttt_row(a, i), vt_card_ttt_row(b, i), offsetof(vt_ttt_row, tag)) == 0);
    for (size_t i = 0; i < vt_card_observations(a); i++)
        CHECK(memcmp(vt_card_observation(a, i), vt_card_observation(b, i), sizeof(vt_observation)) == 0);
}

static void a_written_card_reads_back_the_same(void)
{
    vt_card *card = parse(SOUND);
    char *text = written(card);
    vt_card *back = parse(text);
    same_card(card, back);
    CHECK_TEXT(text, "value: 317, unit: \"degC\""); /* as people wrote it, not 316.99999999999994 */
    CHECK_TEXT(text, "value: 1.58, unit: \"eV\", uncertainty: 0.005");
    CHECK_TEXT(text, "value: 361, unit: \"kJ/mol\"");
    char *again = written(back);
    CHECK(strcmp(text, again) == 0);
    free(text);
    free(again);
    vt_card_free(card);
    vt_card_free(back);
}

/* ---- refusals ---- */
static void refused(const char *text, vt_status code, long line, long column, const char *words)
{
    vt_card *card = NULL;
    vt_error err = {0};
    CHECK(vt_card_parse("c.yaml", text, strlen(text), &card, &err) == code);
    CHECK_TEXT(err.msg, words);
    if (err.line != line || err.column != column)
        CHECK_FAILED("\"%s\": at %ld:%ld, expected %ld:%ld", text, err.line, err.column, line, column);
    CHECK(strcmp(err.file, "c.yaml") == 0 && vt_error_exit(&err) == 3 && !card);
    vt_card_free(card);
}

static void bad_constants_are_refused_with_their_place(void)
{
    const char *head = "alloy: X\nconstants:\n  ";
    const struct {
        const char *entry;
        vt_status code;
        long line, column;
        const char *words;
    } cases[] = {
        {"glas_transition: {value: 1, unit: K}", VT_EKEY, 3, 3, "did you mean \"glass_transition\"?"},
        {"density: {value: 9300, tag: A, source: s}", VT_EUNITS, 3, 3, "has no unit; write unit: \"kg m-3\""},
        {"density: {value: 9300, unit: , tag: A, source: s}", VT_EUNITS, 3, 32, "has no unit"},
        {"density: {value: 9300, unit: m, tag: A, source: s}", VT_EUNITS, 3, 32, "constant density: "},
        {"density: {value: 9.3, unit: kg/m3, tag: A, source: s}", VT_ERANGE, 3, 20, "outside [500, 25000] kg/m3"},
        {"density: {unit: kg/m3, tag: A, source: s}", VT_EPARSE, 3, 3, "constant density has no value"},
        {"density: {value: 9300 kg/m3, unit: kg/m3, tag: A, source: s}", VT_EPARSE, 3, 20, "the unit stands apart"},
        {"density: {value: \"9,3e3\", unit: kg/m3, tag: A, source: s}", VT_EPARSE, 3, 20, "is not a number"},
        {"density: {value: .inf, unit: kg/m3, tag: A, source: s}", VT_EPARSE, 3, 20, "is not a number"},
        {"density: {value: [1], unit: kg/m3, tag: A, source: s}", VT_EPARSE, 3, 20, "is not a number"},
        {"density: {value: 9300, unit: kg/m3, tag: A}", VT_ESOURCE, 3, 3, "constant density has no source"},
        {"density: {value: 9300, unit: kg/m3, tag: A, source: \" \"}", VT_ESOURCE, 3, 55, "has no source"},
        {"density: {value: 9300, unit: kg/m3, tag: D, source: s}", VT_EPARSE, 3, 44, "tag \"D\"; write A"},
        {"density: {value: 9300, unit: kg/m3, source: s}", VT_EPARSE, 3, 3, "tag \"\"; write A"},
        {"density: {value: 9300, unit: kg/m3, uncertainty: -3, tag: A, source: s}", VT_ERANGE, 3, 52, "is not >= 0"},
        {"density: {value: 9300, unit: kg/m3, tag: A, sorce: s}", VT_EKEY, 3, 47, "did you mean \"source\"?"},
        {"density: 9300", VT_EPARSE, 3, 12, "a constant must be a mapping"},
        {"density: {value: 9300, unit: kg/m3, tag: A, source: s}\n  density: {value: 1}", VT_EKEY, 4, 3, "again"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        snprintf(text, sizeof text, "%s%s\n", head, cases[i].entry);
        refused(text, cases[i].code, cases[i].line, cases[i].column, cases[i].words);
    }
}

static void a_bad_frame_is_refused_with_its_place(void)
{
    refused("constants: {}\n", VT_EPARSE, 1, 1, "needs the name of its alloy");
    refused("alloy: X\nconstant: {}\n", VT_EKEY, 2, 1, "did you mean \"constants\"?");
    refused("- 1\n", VT_EPARSE, 1, 1, "an alloy card must be a mapping");
    refused("alloy: X\nconstants: [1]\n", VT_EPARSE, 2, 12, "constants must be a mapping");
    refused("alloy: X\nttt: {}\n", VT_EPARSE, 2, 6, "ttt must be a list");
    refused("alloy: X\nttt:\n  - {temperature: 300, time: 1 s, fraction: 0.5, tag: A, source: s}\n", VT_EUNITS, 3, 19,
            "ttt: temperature: ");
    refused("alloy: X\nttt:\n  - {temperature: 300 K, fraction: 0.5, tag: A, source: s}\n", VT_EPARSE, 3, 5,
            "a row without time");
    refused("alloy: X\nobservations:\n  - {property: p, tag: A, source: s}\n", VT_EPARSE, 3, 5,
            "needs property and value");
    refused("alloy: X\nobservations:\n  - {property: p, value: 3, tag: A}\n", VT_ESOURCE, 3, 5, "has no source");
    refused("alloy: X\ncovariance: {keys: [density], matrix: [[1]]}\n", VT_EKEY, 2, 21, "no constant \"density\"");
    refused("alloy: X\ncovariance: {keys: [a], matrix: [[1], [2]]}\n", VT_ESHAPE, 2, 13, "as many rows");
    refused("alloy: X\nconstants:\n  density: {value: 9300, unit: kg/m3, tag: A, source: s}\n"
            "covariance: {keys: [density], matrix: [[-4]]}\n",
            VT_ERANGE, 4, 13, "variance -4");
}

/* ---- delivered cards ---- */
static long number_in(const char **at)
{
    char *end = NULL;
    const long n = strtol(*at, &end, 10);
    *at = *end == ',' ? end + 1 : end;
    return n;
}

/* Every collected row of the literature is a constant or an observation of its card, or was lost. */
static void the_delivered_cards_are_complete(void)
{
    char line[256];
    size_t listed = 0, n = 0;
    long total = 0;
    char(*stems)[VT_NAME] = NULL;
    FILE *in = fopen("tests/reference/card_rows.csv", "r");
    CHECK(in != NULL);
    while (in && fgets(line, sizeof line, in)) {
        char *comma = strchr(line, ',');
        if (line[0] == '#' || !comma || strncmp(line, "stem,", 5) == 0) continue;
        *comma = '\0';
        const char *at = comma + 1;
        const long rows = number_in(&at), extra = number_in(&at);
        vt_card *card = NULL;
        vt_error err = {0};
        CHECK_OK(vt_card_open(line, &card, &err), &err);
        const long held = (long)(vt_card_constants(card) + vt_card_observations(card));
        if (held != rows + extra) CHECK_FAILED("%s holds %ld rows, expected %ld + %ld", line, held, rows, extra);
        total += rows;
        listed++;
        vt_card_free(card);
    }
    if (in) fclose(in);
    CHECK(total == 197); /* rows of the collection */
    CHECK(vt_card_list(&n, &stems, NULL) == VT_OK && n == listed);
    for (size_t i = 1; i < n; i++) CHECK(strcmp(stems[i - 1], stems[i]) < 0);
    free(stems);
}

static void every_delivered_card_passes_and_reads_back(void)
{
    size_t n = 0;
    char(*stems)[VT_NAME] = NULL;
    CHECK(vt_card_list(&n, &stems, NULL) == VT_OK);
    for (size_t i = 0; i < n; i++) {
        vt_card *card = NULL;
        vt_error err = {0};
        CHECK_OK(vt_card_open(stems[i], &card, &err), &err);
        char *text = written(card);
        vt_card *back = parse(text);
        same_card(card, back);
        free(text);
        vt_card_free(back);
        vt_card_free(card);
    }
    free(stems);
}

static void the_reference_set_is_on_its_card(void)
{
    static const struct {
        const char *key;
        double value;
    } set[] = {/* procedures 10.3 */
               {"glass_transition", 590.15},
               {"vft_viscosity_at_reference", 1.671e9},
               {"vft_strength", 13.18},
               {"vft_T0", 415.56},
               {"kink_temperature", 560.65},
               {"glass_activation_energy", 0.884 * VT_ELECTRONVOLT},
               {"interface_mobility_at_reference", 1.272e-26},
               {"interface_activation_energy", 1.580 * VT_ELECTRONVOLT},
               {"interface_thickness", 0.368e-9},
               {"atomic_radius", 0.1316e-9},
               {"stokes_einstein_constant", 6.0},
               {"atomic_volume", 1.233e-29},
               {"relaxation_time_at_reference", 76.0},
               {"viscosity_prefactor", 32.0}};
    vt_card *card = NULL;
    vt_error err = {0};
    CHECK_OK(vt_card_open("Ni45Pd35P16B4", &card, &err), &err);
    for (size_t i = 0; i < sizeof set / sizeof *set; i++) {
        double value = 0.0;
        CHECK_OK(vt_card_value(card, set[i].key, &value, &err), &err);
        CHECK_REL(value, set[i].value, 1e-15);
    }
    /* The critical diameter goes with the cube root of viscosity times mobility: their uncertainties cancel to
     * u(ln d_c) = 3 %, near the 5 % of each of five diameters; uncorrelated they would give 17 %. */
    const double a = vt_card_find(card, "vft_viscosity_at_reference")->value;
    const double b = vt_card_find(card, "interface_mobility_at_reference")->value;
    const double var =
        vt_card_covariance(card, "vft_viscosity_at_reference", "vft_viscosity_at_reference") / (a * a) +
        vt_card_covariance(card, "interface_mobility_at_reference", "interface_mobility_at_reference") / (b * b) +
        2.0 * vt_card_covariance(card, "vft_viscosity_at_reference", "interface_mobility_at_reference") / (a * b);
    CHECK_BAND(sqrt(var) / 3.0, 0.02, 0.05);
    vt_card_free(card);
}

static void cards_are_found_by_any_of_their_names(void)
{
    const char *names[] = {"vit1", "Vit 1", "VIT-1", "Zr41.2Ti13.8Cu12.5Ni10Be22.5",
                           "zr41.2ti13.8cu12.5ni10be22.5 (vit 1)"};
    for (int i = 0; i < 5; i++) {
        vt_card *card = NULL;
        vt_error err = {0};
        CHECK_OK(vt_card_open(names[i], &card, &err), &err);
        CHECK_TEXT(vt_card_alloy(card), "(Vit 1)");
        vt_card_free(card);
    }
    vt_card *card = NULL;
    vt_error err = {0};
    CHECK(vt_card_open("Ni45Pd35P16B5", &card, &err) == VT_EKEY);
    CHECK_TEXT(err.msg, "did you mean \"ni45pd35p16b4\"?");
    CHECK_TEXT(err.msg, "`vitrum alloy list` names all");
    CHECK(vt_error_exit(&err) == 2); /* a name on the command line, no file at fault */
    CHECK(vt_card_open("./no_such.yaml", &card, &err) == VT_EIO);
    CHECK(vt_card_open("", &card, &err) == VT_EARG && vt_card_open(NULL, &card, &err) == VT_EARG);
    CHECK(!card);
}

static void a_saved_card_is_opened_by_path(void)
{
    char dir[] = "test_card_XXXXXX", path[64];
    CHECK(mkdtemp(dir) != NULL);
    snprintf(path, sizeof path, "%s/mine.yaml", dir);
    vt_card *card = parse(SOUND), *back = NULL;
    vt_error err = {0};
    CHECK_OK(vt_card_save(card, path, &err), &err);
    CHECK_OK(vt_card_open(path, &back, &err), &err);
    same_card(card, back);
    CHECK(strcmp(vt_card_path(back), path) == 0);
    CHECK(vt_card_save(card, "no_such_dir/x.yaml", &err) == VT_EWRITE);
    unlink(path);
    rmdir(dir);
    vt_card_free(card);
    vt_card_free(back);
}

static void the_data_lie_where_the_environment_says(void)
{
    char path[512] = "kept";
    vt_error err = {0};
    CHECK(vt_data_path("../etc", path, sizeof path, &err) == VT_EARG);
    CHECK(vt_data_path("a/../../b", path, sizeof path, &err) == VT_EARG);
    CHECK(vt_data_path("/etc", path, sizeof path, &err) == VT_EARG);
    CHECK(vt_data_path("alloys", path, 3, &err) == VT_ELIMIT);
    setenv("VITRUM_HOME", "tests", 1);
    CHECK(vt_data_path("alloys", path, sizeof path, &err) == VT_EIO);
    CHECK_TEXT(err.msg, "VITRUM_HOME holds no \"alloys\"");
    CHECK(strcmp(path, "kept") == 0);
    CHECK_OK(vt_data_path("reference", path, sizeof path, &err), &err);
    CHECK(strcmp(path, "tests/reference") == 0);
    unsetenv("VITRUM_HOME"); /* this program lies in the source tree or in a build directory elsewhere */
    CHECK_OK(vt_data_path("alloys/vit1.yaml", path, sizeof path, &err), &err);
    CHECK(strncmp(path, VT_SOURCE_DATA, strlen(VT_SOURCE_DATA)) == 0 ||
          strncmp(path, VT_INSTALLED_DATA, strlen(VT_INSTALLED_DATA)) == 0);
    setenv("VITRUM_HOME", VT_SOURCE_DATA, 1);
    CHECK_OK(vt_data_path("alloys", path, sizeof path, &err), &err);
}

static void put(const char *path, const char *text)
{
    FILE *out = fopen(path, "w");
    CHECK(out != NULL);
    if (!out) return;
    fputs(text, out);
    fclose(out);
}

static void a_broken_card_does_not_hide_the_others(void)
{
    char home[] = "test_home_XXXXXX", dir[64], broken[128], sound[128];
    CHECK(mkdtemp(home) != NULL);
    snprintf(dir, sizeof dir, "%s/alloys", home);
    snprintf(broken, sizeof broken, "%s/a.yaml", dir);
    snprintf(sound, sizeof sound, "%s/b.yaml", dir);
    CHECK(mkdir(dir, 0777) == 0);
    put(broken, "alloy: Broken\nconstants: 3\n");
    put(sound, SOUND);
    setenv("VITRUM_HOME", home, 1);
    vt_card *card = NULL;
    vt_error err = {0};
    CHECK_OK(vt_card_open("Test50Glass50", &card, &err), &err); /* by alloy: a.yaml is tried first */
    vt_card_free(card);
    card = NULL;
    CHECK(vt_card_open("Broken", &card, &err) == VT_EPARSE && err.line == 2 &&
          !card); /* perhaps the one that was meant */
    unlink(sound);
    unlink(broken);
    CHECK(vt_card_open("b", &card, &err) == VT_EIO);
    CHECK_TEXT(err.msg, "holds no alloy card");
    rmdir(dir);
    rmdir(home);
    setenv("VITRUM_HOME", VT_SOURCE_DATA, 1);
}

/* Flipped bits: a card or a refusal with a place, never a crash or a leak. */
static void damaged_cards_never_crash(void)
{
    uint64_t x = 0x9E3779B97F4A7C15u; /* xorshift64, Marsaglia 2003 */
    const size_t n = sizeof SOUND - 1;
    int refusals = 0;
    for (int i = 0; i < 1000; i++) {
        char text[sizeof SOUND];
        vt_card *card = NULL;
        vt_error err = {0};
        memcpy(text, SOUND, n);
        for (int k = 0; k < 1 + i % 3; k++) {
            x ^= x << 13, x ^= x >> 7, x ^= x << 17;
            text[x % n] ^= (char)(1u << (x >> 32) % 8);
        }
        const int refused_it = vt_card_parse("c.yaml", text, n, &card, &err) != VT_OK;
        refusals += refused_it;
        CHECK(refused_it ? err.line > 0 && !card : card != NULL);
        vt_card_free(card);
    }
    CHECK(refusals > 300 && refusals < 1000);
}

/* The page on cards shows a card that passes, and every key with its unit. */
static void the_documentation_is_true(void)
{
    char *page = NULL;
    size_t size = 0;
    vt_error err = {0};
    CHECK_OK(vt_file_text("docs/alloy-cards.md", 1u << 20, &page, &size, &err), &err);
    if (!page) return;
    const char *begin = strstr(page, "```yaml\n"), *end = begin ? strstr(begin + 8, "```") : NULL;
    CHECK(begin && end);
    vt_card *card = NULL;
    if (end) CHECK_OK(vt_card_parse("example", begin + 8, (size_t)(end - begin) - 8, &card, &err), &err);
    CHECK(vt_card_constants(card) == 4 && vt_card_correlated(card) == 2 && vt_card_observations(card) == 1);
    for (const vt_param *p = VT_CARD_CONSTANTS; p->name; p++) {
        char row[512];
        snprintf(row, sizeof row, "| `%s` | %s | %g to %g | %s |\n", p->name, p->unit, p->low, p->high, p->text);
        if (!strstr(page, row)) CHECK_FAILED("docs/alloy-cards.md lacks the line %s", row);
    }
    vt_card_free(card);
    free(page);
}

int main(void)
{
    setenv("VITRUM_HOME", VT_SOURCE_DATA, 1); /* the cards of this tree, not of an older installation */
    const struct CMUnitTest tests[] = {CHECK_CASE(values_come_in_si_with_their_line),
                                       CHECK_CASE(a_written_card_reads_back_the_same),
                                       CHECK_CASE(bad_constants_are_refused_with_their_place),
                                       CHECK_CASE(a_bad_frame_is_refused_with_its_place),
                                       CHECK_CASE(the_delivered_cards_are_complete),
                                       CHECK_CASE(every_delivered_card_passes_and_reads_back),
                                       CHECK_CASE(the_reference_set_is_on_its_card),
                                       CHECK_CASE(cards_are_found_by_any_of_their_names),
                                       CHECK_CASE(a_saved_card_is_opened_by_path),
                                       CHECK_CASE(the_data_lie_where_the_environment_says),
                                       CHECK_CASE(a_broken_card_does_not_hide_the_others),
                                       CHECK_CASE(damaged_cards_never_crash),
                                       CHECK_CASE(the_documentation_is_true)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
