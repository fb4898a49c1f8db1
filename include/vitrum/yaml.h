#pragma once
#include <stddef.h>
#include <vitrum/error.h>

/* A strict subset of YAML for studies and alloy cards: one document of mappings, sequences and scalars.
 *
 * Scalars stay as typed: no guessing of numbers, dates or "no" for false; the reader of a value decides with
 * vt_number_read, vt_unit_read_value or as text. Refused with line and column: anchors, aliases, tags, merge
 * keys (<<), directives, several documents, keys that are not scalars, the same key twice in a mapping, and what
 * exceeds the limits below. Encoding UTF-8, a byte order mark is tolerated. */
enum {
    VT_YAML_DEPTH = 32,           /* nested collections */
    VT_YAML_NODES = 200000,       /* nodes of a file, keys included */
    VT_YAML_BYTES = 16 * 1048576, /* size of a file */
    VT_YAML_KEY = 256             /* bytes of a key */
};

typedef struct vt_yaml vt_yaml;           /* a document; owns its nodes */
typedef struct vt_yaml_node vt_yaml_node; /* borrowed, valid until the document is freed */

typedef enum vt_yaml_kind { VT_YAML_SCALAR, VT_YAML_SEQUENCE, VT_YAML_MAPPING } vt_yaml_kind;
typedef enum vt_yaml_style {
    VT_YAML_PLAIN,  /* 590.15 K */
    VT_YAML_QUOTED, /* "590.15 K" or '590.15 K' */
    VT_YAML_BLOCK   /* | or > */
} vt_yaml_style;

/* Reads a file; "-": standard input. VT_EIO; VT_EPARSE with line and column; VT_EKEY: a key twice; VT_ELIMIT. */
vt_status vt_yaml_read(const char *path, vt_yaml **doc, vt_error *err);
/* Same from memory; name stands for the path in errors; text need not be terminated. An empty text is refused. */
vt_status vt_yaml_parse(const char *name, const char *text, size_t size, vt_yaml **doc, vt_error *err);
void vt_yaml_free(vt_yaml *doc);

const vt_yaml_node *vt_yaml_root(const vt_yaml *doc);
const char *vt_yaml_name(const vt_yaml *doc); /* path or name as given */

/* ---- nodes; every function takes NULL and then answers 0, NULL, "" or VT_YAML_SCALAR ---- */
vt_yaml_kind vt_yaml_node_kind(const vt_yaml_node *node);
long vt_yaml_line(const vt_yaml_node *node);   /* 1-based */
long vt_yaml_column(const vt_yaml_node *node); /* 1-based, in characters */

/* Text of a scalar, terminated; "" for collections. A text with a NUL character is refused when read. */
const char *vt_yaml_text(const vt_yaml_node *node);
vt_yaml_style vt_yaml_scalar_style(const vt_yaml_node *node);
/* A scalar that was left out or written ~ or null, unquoted. */
int vt_yaml_is_null(const vt_yaml_node *node);

/* Entries of a mapping, items of a sequence; 0 for a scalar. */
size_t vt_yaml_size(const vt_yaml_node *node);
const vt_yaml_node *vt_yaml_item(const vt_yaml_node *node, size_t i); /* of a sequence */
const vt_yaml_node *vt_yaml_key(const vt_yaml_node *node, size_t i);  /* key node of entry i, in file order */
const vt_yaml_node *vt_yaml_value(const vt_yaml_node *node, size_t i);
/* Value of a key; NULL if the mapping has no such key. */
const vt_yaml_node *vt_yaml_find(const vt_yaml_node *mapping, const char *key);

/* Fills err with the place of the node in the document and returns code. */
vt_status vt_yaml_fail(const vt_yaml *doc, const vt_yaml_node *node, vt_error *err, vt_status code, const char *fmt,
                       ...) __attribute__((format(printf, 5, 6)));

/* Calls read for every item of a list until one fails; a list that is not there (NULL) has none. VT_EPARSE if the node
 * is no list; `what` names it in the message ("ttt"). */
typedef vt_status (*vt_yaml_reader)(const vt_yaml_node *item, void *context);
vt_status vt_yaml_each(const vt_yaml *doc, const vt_yaml_node *list, const char *what, vt_yaml_reader read,
                       void *context, vt_error *err);

/* Every key of the mapping must be in `known` (NULL-terminated): otherwise VT_EKEY at the key, naming the nearest
 * known one. VT_EPARSE if the node is not a mapping; `what` names it in the message ("a step"). */
vt_status vt_yaml_check_keys(const vt_yaml *doc, const vt_yaml_node *mapping, const char *const *known,
                             const char *what, vt_error *err);
