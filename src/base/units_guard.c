/* The guard before UDUNITS: units are read by a small grammar of our own and handed on as plain products of
 * powers. UDUNITS itself takes "GPa m^0.5" for 5e9 Pa, "m^1/2" for half a metre and "J/g K" for (J/g) K. */
#include "base/units_internal.h"
#include <stdio.h>
#include <string.h>

struct reader {
    const char *text; /* as given by the caller, ASCII */
    const char *at;
    vti_unit_expr *expr;
    bool divide;    /* the next factor stands below a '/' */
    bool divided;   /* a '/' has been seen on this level */
    bool group;     /* inside parentheses */
    bool below;     /* the parentheses stand below a '/' */
    bool outer;     /* divided, of the level outside the parentheses */
    bool operand;   /* a factor has just been read: a product follows */
    bool separated; /* blank, '*' or '.' since then */
    size_t factors;
    char scale; /* of temperature, of the last factor: 'C', 'F' or 0 */
    vt_error *err;
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static vt_status refuse(const struct reader *r, const char *why)
{
    return vt_fail(r->err, VT_EUNITS, "unit '%.40s': %s", r->text, why);
}

/* Power after a symbol: m2, s-1, m^2, m**2, m^(-1). Integer, 1 ... 9. */
static vt_status read_power(struct reader *r, int *power)
{
    const char *c = r->at;
    *power = 1;
    bool marked = false;
    if (c[0] == '^')
        c++, marked = true;
    else if (c[0] == '*' && c[1] == '*')
        c += 2, marked = true;
    const bool paren = marked && *c == '(';
    if (paren) c++;
    const bool negative = *c == '-';
    if (negative || (marked && *c == '+')) c++;
    if (!is_digit(*c)) {
        if (!marked && !negative) return VT_OK;
        return refuse(r, negative && !marked ? "a '-' that is no power; write a blank between units"
                                             : "a power is missing after '^'");
    }
    const int digit = *c++ - '0';
    if ((*c == '.' && is_digit(c[1])) || (paren && *c != ')'))
        return refuse(r, "non-integer exponent; only whole powers are read");
    if (digit == 0 || is_digit(*c)) return refuse(r, "the exponent must be between 1 and 9");
    if (paren) c++;
    *power = negative ? -digit : digit;
    r->at = c;
    return VT_OK;
}

/* "at.%" is 981 Pa to UDUNITS. */
static bool read_fraction(struct reader *r)
{
    static const char *const NAMES[] = {"at.%", "at%", "wt.%", "wt%", "mol%", "vol%", "vol.%"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const size_t n = strlen(NAMES[i]);
        if (strncmp(r->at, NAMES[i], n) != 0) continue;
        r->at += n;
        return true;
    }
    return false;
}

static vt_status read_name(struct reader *r, char name[VT_UNIT_TEXT])
{
    if (read_fraction(r)) {
        strcpy(name, "%");
        return VT_OK;
    }
    size_t n = 0;
    if (*r->at == '%')
        name[n++] = *r->at++;
    else
        while (is_letter(*r->at) && n + 1 < VT_UNIT_TEXT) name[n++] = *r->at++;
    name[n] = '\0';
    return VT_OK;
}

static vt_status append(struct reader *r, const char *safe, const char *prefix, int power)
{
    vti_unit_expr *e = r->expr;
    const size_t used = strlen(e->safe);
    const int n = snprintf(e->safe + used, sizeof e->safe - used, "%s(%s%s%s)^%d", used ? " " : "",
                           prefix ? prefix : "", prefix ? " " : "", safe, power);
    if (n < 0 || (size_t)n >= sizeof e->safe - used) return refuse(r, "too many factors");
    return VT_OK;
}

static vt_status read_factor(struct reader *r)
{
    char name[VT_UNIT_TEXT];
    const char *prefix;
    int power;
    vt_status st = read_name(r, name);
    if (st != VT_OK) return st;
    const vti_unit_symbol *symbol = vti_unit_symbol_find(name, &prefix);
    if (!symbol) {
        const char *hint = vti_unit_hint(name);
        return vt_fail(r->err, VT_EUNITS, "unit '%.40s': '%s' is not known%s%s", r->text, name, hint ? ": " : "",
                       hint ? hint : "");
    }
    if ((st = read_power(r, &power)) != VT_OK) return st;
    const int size = power < 0 ? -power : power;
    const bool alone = r->factors == 0 && !*r->at;
    if (strcmp(symbol->safe, "A") == 0 && (size >= 3 || (size == 2 && alone)))
        return refuse(r, "A is the ampere; for angstroms write angstrom"); /* A^3, eV/A^3 */
    if (r->operand && !r->separated && !r->divide) return refuse(r, "write a blank between units");
    if (r->factors > 0 && !r->divide && r->divided && !(r->group && !r->operand))
        return refuse(r, "what stands below '/' is not clear; write parentheses, as in J/(g K)");
    const int sign = (r->divide ? -1 : 1) * (r->group && r->below ? -1 : 1);
    r->scale = sign * power == 1 ? symbol->scale : 0;
    r->expr->radian += sign * power * symbol->radian;
    r->divide = false;
    r->operand = true;
    r->separated = false;
    r->factors++;
    return append(r, symbol->safe, prefix, sign * power);
}

static vt_status read_slash(struct reader *r)
{
    if (!r->operand || r->divide) return refuse(r, "nothing stands before '/'; write 1/s");
    r->divide = r->divided = true;
    r->operand = false;
    r->at++;
    return VT_OK;
}

static vt_status open_group(struct reader *r)
{
    if (r->group) return refuse(r, "only one level of parentheses is read");
    if (r->factors > 0 && !r->divide && r->divided)
        return refuse(r, "what stands below '/' is not clear; write one pair of parentheses, as in J/(g K)");
    r->group = true;
    r->below = r->divide;
    r->outer = r->divided;
    r->divide = r->divided = r->operand = false;
    r->at++;
    return VT_OK;
}

static vt_status close_group(struct reader *r)
{
    if (!r->group || !r->operand) return refuse(r, "parentheses do not match");
    r->group = r->below = false;
    r->divided = r->outer;
    r->separated = false;
    r->at++;
    if (*r->at == '^' || is_digit(*r->at)) return refuse(r, "a power of parentheses is not read");
    return VT_OK;
}

static vt_status read_token(struct reader *r)
{
    const char c = *r->at;
    if (c == ' ' || c == '*' || c == '.') {
        if (c != ' ' && (!r->operand || r->divide)) return refuse(r, "nothing stands before the product sign");
        if (c != ' ' && !is_letter(r->at[1]) && r->at[1] != ' ' && r->at[1] != '(')
            return refuse(r, is_digit(r->at[1]) ? "a stray digit" : "nothing stands after the product sign");
        r->separated = true;
        r->at++;
        return VT_OK;
    }
    if (c == '/') return read_slash(r);
    if (c == '(') return open_group(r);
    if (c == ')') return close_group(r);
    if (is_letter(c) || c == '%') return read_factor(r);
    if (is_digit(c)) return refuse(r, "a stray digit; powers follow a unit without blank, as in m2 or m^2");
    return vt_fail(r->err, VT_EUNITS, "unit '%.40s': '%c' has no meaning in a unit", r->text, c);
}

/* "1/s": the only number that a unit may hold. */
static void skip_one(struct reader *r)
{
    if (r->at[0] != '1') return;
    const char *c = r->at + 1;
    while (*c == ' ') c++;
    if (*c != '/') return;
    r->at = c;
    r->operand = true;
}

vt_status vti_unit_guard(const char *text, vti_unit_expr *expr, vt_error *err)
{
    char ascii[VT_UNIT_TEXT];
    if (!vti_unit_ascii(text, ascii, sizeof ascii))
        return vt_fail(err, VT_EUNITS, "unit '%.40s...' is longer than %d letters", text, VT_UNIT_TEXT - 1);
    *expr = (vti_unit_expr){0};
    if (!ascii[0] || strcmp(ascii, "1") == 0 || strcmp(ascii, "-") == 0) {
        strcpy(expr->text, "1");
        strcpy(expr->safe, "1");
        return VT_OK;
    }
    memcpy(expr->text, ascii, sizeof ascii);
    struct reader r = {.text = ascii, .at = ascii, .expr = expr, .err = err};
    skip_one(&r);
    while (*r.at) {
        const vt_status st = read_token(&r);
        if (st != VT_OK) return st;
    }
    if (r.group) return refuse(&r, "parentheses do not match");
    if (r.divide || r.factors == 0) return refuse(&r, "nothing stands after '/'");
    if (r.factors == 1) expr->offset = r.scale; /* in a product, degC is an interval */
    return VT_OK;
}
