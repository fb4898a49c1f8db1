#pragma once
#include <vitrum/yaml.h>

/* A YAML document in memory, shared by yaml.c and yaml_parse.c. */
struct vt_yaml_node {
    vt_yaml_kind kind;
    vt_yaml_style style;
    long line, column;
    char *text;           /* scalar: owned, terminated; NULL otherwise */
    size_t n;             /* children; of a mapping keys and values in turn */
    vt_yaml_node **child; /* owned array of borrowed nodes */
};

struct vt_yaml {
    char *name;
    vt_yaml_node *root;  /* borrowed from nodes */
    size_t nnodes;       /* every node once: released without recursion */
    vt_yaml_node **node; /* owned */
};

/* Appends to an array of n pointers, doubling at powers of two. */
vt_status vti_yaml_append(vt_yaml_node ***array, size_t n, vt_yaml_node *node, vt_error *err);
