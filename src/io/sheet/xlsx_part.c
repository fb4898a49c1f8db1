/* The parts of a workbook: ZIP through libgsf, XML through libxml2's push parser, nothing kept in memory. */
#include "io/sheet/gsf_internal.h"
#include "io/sheet/xlsx_internal.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <gsf/gsf-infile-zip.h>
#include <gsf/gsf-infile.h>
#include <gsf/gsf-input-memory.h>
#include <gsf/gsf-utils.h>
#include <libxml/parser.h>

enum { CHUNK = 1 << 16 };

struct vti_xlsx {
    const char *name; /* borrowed */
    GsfInfile *zip;
};

static void be_silent(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer user)
{
    (void)domain, (void)level, (void)message, (void)user;
}

/* libgsf prints what it does not like about damaged files; here it is told by status and text. */
static void start(void)
{
    static const char *const DOMAINS[] = {"libgsf", "libgsf:msole", "libgsf:zip"};
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
    vti_xlsx *b = calloc(1, sizeof *b);
    GsfInput *input = b ? gsf_input_memory_new(bytes, (gsf_off_t)size, FALSE) : NULL;
    if (!input) {
        free(b);
        return vt_fail_at(err, VT_EMEMORY, name, 0, 0, "no memory for a workbook");
    }
    b->name = name;
    b->zip = gsf_infile_zip_new(input, NULL);
    g_object_unref(input);
    if (!b->zip) {
        free(b);
        return vt_fail_at(err, VT_EPARSE, name, 0, 0,
                          "begins like a ZIP archive or .xlsx workbook but cannot be unpacked");
    }
    *zip = b;
    return VT_OK;
}

void vti_xlsx_close(vti_xlsx *zip)
{
    if (!zip) return;
    g_object_unref(zip->zip);
    free(zip);
}

/* Walks the folders of path; NULL if there is no such part. */
static GsfInput *find_part(GsfInfile *zip, const char *path)
{
    GsfInput *at = GSF_INPUT(g_object_ref(zip));
    while (at && *path) {
        char step[VTI_SHEET_NAME];
        const size_t n = strcspn(path, "/");
        if (n >= sizeof step || !GSF_IS_INFILE(at)) {
            g_object_unref(at);
            return NULL;
        }
        memcpy(step, path, n);
        step[n] = '\0';
        GsfInput *next = vti_gsf_member(GSF_INFILE(at), step);
        g_object_unref(at);
        at = next;
        path += n + (path[n] == '/');
    }
    return at;
}

/* ---- libxml2 callbacks ---- */
struct parse {
    const vti_xml_reader *reader;
    xmlParserCtxtPtr context;
    const char *name;
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

/* Feeds the part chunk by chunk. */
static vt_status feed(struct parse *p, GsfInput *part, const char *path)
{
    guint8 *chunk = malloc(CHUNK);
    if (!chunk) return vt_fail_at(p->err, VT_EMEMORY, p->name, 0, 0, "no memory to unpack '%s'", path);
    bool good = true;
    for (;;) {
        const gsf_off_t left = gsf_input_remaining(part);
        if (left <= 0 || !good || p->st != VT_OK || has_enough(p)) break;
        const size_t n = left < CHUNK ? (size_t)left : CHUNK;
        good = gsf_input_read(part, n, chunk) && xmlParseChunk(p->context, (const char *)chunk, (int)n, 0) == 0;
    }
    if (good && p->st == VT_OK && !has_enough(p)) good = xmlParseChunk(p->context, (const char *)chunk, 0, 1) == 0;
    free(chunk);
    if (p->st != VT_OK || has_enough(p)) return p->st;
    if (!good || !p->context->wellFormed)
        return vt_fail_at(p->err, VT_EPARSE, p->name, 0, 0, "the part '%s' of the workbook is damaged; save it again",
                          path);
    return VT_OK;
}

vt_status vti_xlsx_part(vti_xlsx *zip, const char *path, bool optional, const vti_xml_reader *reader, vt_error *err)
{
    GsfInput *part = find_part(zip->zip, path);
    if (!part && optional) return VT_OK;
    if (!part)
        return vt_fail_at(err, VT_EPARSE, zip->name, 0, 0, "is a ZIP archive without '%s': no .xlsx workbook", path);
    vt_status st = VT_OK;
    struct parse p = {.reader = reader, .name = zip->name, .err = err};
    if (gsf_input_size(part) > VTI_SHEET_PART) {
        st = vt_fail_at(err, VT_ELIMIT, zip->name, 0, 0, "the part '%s' unpacks to more than %d MiB", path,
                        VTI_SHEET_PART >> 20);
        goto done;
    }
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_begin;
    sax.endElementNs = on_end;
    sax.characters = sax.cdataBlock = sax.ignorableWhitespace = on_text;
    sax.internalSubset = on_doctype;
    sax.serror = on_error;
    p.context = xmlCreatePushParserCtxt(&sax, &p, NULL, 0, NULL);
    if (!p.context) {
        st = vt_fail_at(err, VT_EMEMORY, zip->name, 0, 0, "no memory to read '%s'", path);
        goto done;
    }
    /* No network; no HUGE, so libxml2's limits of depth and size hold. NOENT resolves &amp; and its like in
     * attributes; there are no others, since a document type declaration stops the parser. */
    xmlCtxtUseOptions(p.context, XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOENT);
    st = feed(&p, part, path);
done:
    if (p.context) xmlFreeParserCtxt(p.context);
    g_object_unref(part);
    return st;
}
