#pragma once
#include <gsf/gsf-infile-impl.h>

/* A member by name, or NULL. gsf_infile_child_by_name prints where a member is damaged; the method it calls does not.
 */
static inline GsfInput *vti_gsf_member(GsfInfile *in, const char *name)
{
    const GsfInfileClass *class = (const GsfInfileClass *)G_OBJECT_GET_CLASS(in);
    GError *why = NULL;
    GsfInput *member = class->child_by_name(in, name, &why);
    g_clear_error(&why);
    return member;
}
