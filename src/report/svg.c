/* Cleans the SVG that gnuplot writes: text alternatives, unique ids, nothing active, nothing empty. */
#include "svg_internal.h"
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#define XML(s) ((const xmlChar *)(s))

static bool one_of(const xmlChar *name, const char *const *list)
{
    for (; *list; list++)
        if (xmlStrEqual(name, XML(*list))) return true;
    return false;
}

static const char *const DRAWING[] = {
    "svg",      "g",           "path",     "text",    "tspan", "rect",           "circle",         "line",
    "polyline", "polygon",     "ellipse",  "use",     "defs",  "title",          "desc",           "filter",
    "feFlood",  "feComposite", "clipPath", "pattern", "stop",  "linearGradient", "radialGradient", NULL};
static const char *const CONTAINER[] = {"g", "defs", "svg", NULL};

/* Next node in document order after the subtree of node, within root; NULL at the end. */
static xmlNode *after(const xmlNode *root, xmlNode *node)
{
    while (node != root && !node->next) node = node->parent;
    return node == root ? NULL : node->next;
}

static bool blank_text(const xmlNode *node)
{
    return node->type == XML_TEXT_NODE && xmlIsBlankNode(node) && one_of(node->parent->name, CONTAINER);
}

static bool unwanted(const xmlNode *node)
{
    if (node->type == XML_TEXT_NODE) return blank_text(node);
    return node->type != XML_ELEMENT_NODE || !one_of(node->name, DRAWING);
}

/* Removes what does not draw, in document order: a removed node takes its subtree along. */
static void remove_unwanted(xmlNode *root)
{
    for (xmlNode *node = root->children; node;) {
        const bool out = unwanted(node);
        xmlNode *next = !out && node->children ? node->children : after(root, node);
        if (out) {
            xmlUnlinkNode(node);
            xmlFreeNode(node);
        }
        node = next;
    }
}

/* gnuplot opens a group for every change of pen; those that draw nothing go, until none is left. */
static void remove_empty_groups(xmlNode *root)
{
    for (bool again = true; again;) {
        again = false;
        for (xmlNode *node = root->children; node;) {
            const bool out = xmlStrEqual(node->name, XML("g")) && !node->children;
            xmlNode *next = node->children ? node->children : after(root, node);
            if (out) {
                xmlUnlinkNode(node);
                xmlFreeNode(node);
                again = true;
            }
            node = next;
        }
    }
}

static void set_prefixed(xmlAttr *a, const char *before, const char *prefix, const xmlChar *id)
{
    vti_text value = {0};
    vti_putf(&value, "%s%s-%s", before, prefix, (const char *)id);
    xmlNode *owner = a->parent;
    if (!value.failed) xmlSetNsProp(owner, a->ns, a->name, XML(value.s));
    vti_text_free(&value);
}

/* Event handlers and references to the outside go; ids and references to them get the prefix. */
static void clean_attributes(xmlNode *node, const char *prefix)
{
    for (xmlAttr *a = node->properties; a;) {
        xmlAttr *next = a->next;
        xmlChar *value = xmlNodeListGetString(node->doc, a->children, 1);
        const bool reference = xmlStrEqual(a->name, XML("href"));
        const bool url = value && strstr((const char *)value, "url(");
        const bool own_url = url && strncmp((const char *)value, "url(#", 5) == 0;
        const bool event = xmlStrncasecmp(a->name, XML("on"), 2) == 0;
        if (!value || event || (reference && value[0] != '#') || (url && !own_url))
            xmlRemoveProp(a);
        else if (xmlStrEqual(a->name, XML("id")))
            set_prefixed(a, "", prefix, value);
        else if (reference)
            set_prefixed(a, "#", prefix, value + 1);
        else if (own_url)
            set_prefixed(a, "url(#", prefix, value + 5);
        xmlFree(value);
        a = next;
    }
}

static void clean_all_attributes(xmlNode *root, const char *prefix)
{
    for (xmlNode *node = root; node; node = node->children ? node->children : after(root, node))
        if (node->type == XML_ELEMENT_NODE) clean_attributes(node, prefix);
}

/* Puts <title> and <desc> first, in place of gnuplot's own. */
static void describe(xmlNode *root, const vti_svg *how)
{
    for (xmlNode *node = root->children; node;) {
        xmlNode *next = node->next;
        if (xmlStrEqual(node->name, XML("title")) || xmlStrEqual(node->name, XML("desc"))) {
            xmlUnlinkNode(node);
            xmlFreeNode(node);
        }
        node = next;
    }
    vti_text id = {0};
    const char *text[2] = {how->desc, how->title}, *name[2] = {"desc", "title"};
    for (size_t i = 0; i < 2; i++) {
        xmlNode *node = xmlNewDocNode(root->doc, root->ns, XML(name[i]), NULL);
        if (!node) continue;
        xmlNodeAddContent(node, XML(text[i] ? text[i] : ""));
        id.n = 0;
        vti_putf(&id, "%s-%s", how->prefix, name[i]);
        if (!id.failed) xmlSetProp(node, XML("id"), XML(id.s));
        if (root->children)
            xmlAddPrevSibling(root->children, node);
        else
            xmlAddChild(root, node);
    }
    vti_text_free(&id);
}

static void set_root(xmlNode *root, const vti_svg *how)
{
    char text[160];
    xmlUnsetProp(root, XML("width"));
    xmlUnsetProp(root, XML("height"));
    if (how->inlined) {
        xmlSetProp(root, XML("role"), XML("img"));
        snprintf(text, sizeof text, "%.64s-title %.64s-desc", how->prefix, how->prefix);
        xmlSetProp(root, XML("aria-labelledby"), XML(text));
        return;
    }
    snprintf(text, sizeof text, "%.4gmm", how->width * 25.4 / 96.0);
    xmlSetProp(root, XML("width"), XML(text));
    snprintf(text, sizeof text, "%.4gmm", how->height * 25.4 / 96.0);
    xmlSetProp(root, XML("height"), XML(text));
}

static vt_status append(xmlDoc *doc, xmlNode *root, const vti_svg *how, vti_text *out, vt_error *err)
{
    xmlBuffer *buffer = xmlBufferCreate();
    if (!buffer || xmlNodeDump(buffer, doc, root, 0, 0) < 0) {
        if (buffer) xmlBufferFree(buffer);
        return vt_fail(err, VT_EMEMORY, "out of memory for an SVG");
    }
    if (!how->inlined) vti_put(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    vti_putn(out, (const char *)xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer));
    vti_put(out, "\n");
    xmlBufferFree(buffer);
    return vti_text_check(out, err);
}

vt_status vti_svg_clean(const char *svg, size_t n, const vti_svg *how, vti_text *out, vt_error *err)
{
    if (!svg || !how || !how->prefix || !out) return vt_fail(err, VT_EARG, "svg, how, prefix or out is NULL");
    if (n > INT_MAX / 2) return vt_fail(err, VT_ELIMIT, "an SVG of %zu bytes", n);
    const int quiet = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlDoc *doc = xmlReadMemory(svg, (int)n, NULL, "UTF-8", quiet);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    vt_status st = VT_OK;
    if (!root || !xmlStrEqual(root->name, XML("svg"))) {
        st = vt_fail(err, VT_EPARSE, "gnuplot's SVG of %zu bytes is not well-formed", n);
    } else {
        remove_unwanted(root);
        remove_empty_groups(root);
        clean_all_attributes(root, how->prefix);
        describe(root, how);
        set_root(root, how);
        st = append(doc, root, how, out, err);
    }
    if (doc) xmlFreeDoc(doc);
    return st;
}
