/* The parts of a .xlsx workbook: members of a ZIP archive through libxml2's push parser, nothing kept in memory. */
#include "io/archive/zip_internal.h"
#include "io/sheet/xlsx_internal.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <gsf/gsf-utils.h>
#include <libxml/parser.h>

struct vti_xlsx {
    vti_file file; /* borrowed */
    vti_zip *zip;
};

static void be_silent(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer user)
{
    (void)domain, (void)level, (void)message, (void)user;
}

/* libgsf prints what it does not like about damaged files; here it is told by status and text. */
static void start(void)
{
    static const char *const DOMAINS[] = {"libgsf", "libgsf:msole"};
    for (size_t i = 0; i < sizeof DOMAINS / sizeof *DOMAINS; i++)
        g_log_set_handler(DOMAINS[i], G_LOG_LEVEL_MASK, be_silent, NULL);
    gsf_init();
    xmlInitParser();
}

void vti_sheet_libraries(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start);
}

vt_status vti_xlsx_archive(vti_xlsx **zip, const char *name, const void *bytes, size_t size, vt_error *err)
{
    vti_sheet_libraries();
    vti_xlsx *x = calloc(1, sizeof *x);
    if (!x) return vt_fail_at(err, VT_EMEMORY, name, 0, 0, "no memory for a workbook");
    x->file = (vti_file){name, bytes, size};
    const vt_status st = vti_zip_open(&x->zip, &x->file, err);
    if (st == VT_OK)
        *zip = x;
    else
        free(x);
    return st;
}

void vti_xlsx_close(vti_xlsx *zip)
{
    if (!zip) return;
    vti_zip_close(zip->zip);
    free(zip);
}

/* Index of a member, or the number of members. */
static size_t find_part(const vti_zip *zip, const char *path)
{
    size_t i = 0;
    while (i < zip->n && strcmp(zip->entry[i].name, path) != 0) i++;
    return i;
}

/* ---- libxml2 callbacks ---- */
struct parse {
    const vti_xml_reader *reader;
    xmlParserCtxtPtr context;
    const char *name, *path;
    vt_status st;
    vt_error *err;
};

static bool has_enough(const struct parse *p)
{
    return p->reader->enough && *p->reader->enough;
}

static void stop_on_failure(struct parse *p)
{
    if (p->st != VT_OK || has_enough(p)) xmlStopParser(p->context);
}

static void on_begin(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int nnamespaces,
                     const xmlChar **namespaces, int nattributes, int ndefaulted, const xmlChar **attributes)
{
    (void)prefix, (void)uri, (void)nnamespaces, (void)namespaces, (void)ndefaulted;
    struct parse *p = user;
    if (p->st != VT_OK || has_enough(p)) return;
    const vti_xml_element e = {(const char *)local, attributes, nattributes};
    p->st = p->reader->begin(p->reader->state, &e, p->err);
    stop_on_failure(p);
}

static void on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix, (void)uri;
    struct parse *p = user;
    if (p->st != VT_OK || !p->reader->end) return;
    p->st = p->reader->end(p->reader->state, (const char *)local, p->err);
    stop_on_failure(p);
}

static void on_text(void *user, const xmlChar *text, int n)
{
    struct parse *p = user;
    if (p->st != VT_OK || n <= 0 || !p->reader->text) return;
    p->st = p->reader->text(p->reader->state, (const char *)text, (size_t)n, p->err);
    stop_on_failure(p);
}

static void on_doctype(void *user, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    struct parse *p = user;
    p->st = vt_fail_at(p->err, VT_EPARSE, p->name, 0, 0, "the workbook has a document type declaration; refused");
    stop_on_failure(p);
}

#if LIBXML_VERSION >= 21200
static void on_error(void *user, const xmlError *error)
#else
static void on_error(void *user, xmlError *error)
#endif
{
    (void)user, (void)error; /* reported once, below, from the state of the parser */
}

bool vti_xml_attribute(const vti_xml_element *e, const char *name, char *buf, size_t size)
{
    for (int i = 0; i < e->nattributes; i++) {
        const unsigned char *const *a = e->attributes + 5 * i; /* local name, prefix, URI, value, its end */
        if (strcmp((const char *)a[0], name) != 0) continue;
        const size_t n = (size_t)(a[4] - a[3]);
        if (n >= size) return false;
        memcpy(buf, a[3], n);
        buf[n] = '\0';
        return true;
    }
    return false;
}

/* The next piece of the part. */
static vt_status feed(void *state, const char *bytes, size_t n, vt_error *err)
{
    struct parse *p = state;
    if (n == 0) return VT_OK;
    const bool good = xmlParseChunk(p->context, bytes, (int)n, 0) == 0;
    if (p->st != VT_OK) return p->st;
    if (!good && !has_enough(p))
        return vt_fail_at(err, VT_EPARSE, p->name, 0, 0, "the part '%s' of the workbook is damaged; save it again",
                          p->path);
    return VT_OK;
}

static vt_status parse_part(struct parse *p, const vti_zip *zip, size_t member)
{
    const vti_zip_sink sink = {feed, p, p->reader->enough};
    const vt_status st = vti_zip_stream(zip, member, VTI_SHEET_PART, &sink, p->err);
    if (st != VT_OK || has_enough(p)) return st;
    const bool good = xmlParseChunk(p->context, "", 0, 1) == 0 && p->context->wellFormed;
    if (p->st != VT_OK) return p->st;
    return good ? VT_OK
                : vt_fail_at(p->err, VT_EPARSE, p->name, 0, 0,
                             "the part '%s' of the workbook is damaged; save it again", p->path);
}

vt_status vti_xlsx_part(vti_xlsx *zip, const char *path, bool optional, const vti_xml_reader *reader, vt_error *err)
{
    const size_t member = find_part(zip->zip, path);
    if (member == zip->zip->n && optional) return VT_OK;
    if (member == zip->zip->n)
        return vt_fail_at(err, VT_EPARSE, zip->file.name, 0, 0, "is a ZIP archive without '%s': no .xlsx workbook",
                          path);
    struct parse p = {.reader = reader, .name = zip->file.name, .path = path, .err = err};
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_begin;
    sax.endElementNs = on_end;
    sax.characters = sax.cdataBlock = sax.ignorableWhitespace = on_text;
    sax.internalSubset = on_doctype;
    sax.serror = on_error;
    p.context = xmlCreatePushParserCtxt(&sax, &p, NULL, 0, NULL);
    if (!p.context) return vt_fail_at(err, VT_EMEMORY, p.name, 0, 0, "no memory to read '%s'", path);
    /* No network; no HUGE, so libxml2's limits of depth and size hold. NOENT resolves &amp; and its like in
     * attributes; there are no others, since a document type declaration stops the parser. */
    xmlCtxtUseOptions(p.context, XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOENT);
    const vt_status st = parse_part(&p, zip->zip, member);
    xmlFreeParserCtxt(p.context);
    return st;
}
