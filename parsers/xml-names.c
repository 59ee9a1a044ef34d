/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/xml-names.c - names and namespaces of plain XML.
 *
 * An element's namespace is looked for once, and again only when what prefixes mean has changed.
 *
 * Runs in:  postern-parser.
 * Source:   Namespaces in XML 1.0
 */
#include "config.h"

#include "parsers/xml-names.h"

#include <string.h>

enum {
    BINDINGS_MAX = 512,
    SLOTS = 1024, /* a power of two, and more than there may be names */
};

typedef struct {
    ParsersXmlName whole;
    char local[PARSERS_XML_NAMES_BYTES];
    ParsersXmlSpace space;
    guint epoch; /* for which space is right */
} Known;

/* A prefix means a namespace from the first tag to the last. */
typedef struct {
    const char *prefix;
    gsize length;
    ParsersXmlSpace space;
    guint first;
    guint last;
} Binding;

struct ParsersXmlNames {
    guint8 slots[SLOTS]; /* by hash: number of a name + 1 */
    guint n_live;
    guint live[BINDINGS_MAX]; /* those bindings whose tags are open */
    guint epoch;              /* counts the changes of live, from 1 */
    guint n_bindings;
    Binding bindings[BINDINGS_MAX];
    guint n_known;
    Known known[PARSERS_XML_NAMES_MAX];
};

ParsersXmlNames *
parsers_xml_names_new(void)
{
    /* Not set to zeros: most of it is never touched. */
    ParsersXmlNames *names = g_malloc(sizeof *names);

    memset(names->slots, 0, sizeof names->slots);
    names->n_live = 0;
    names->epoch = 1;
    names->n_bindings = 0;
    names->n_known = 0;
    return names;
}

void
parsers_xml_names_free(ParsersXmlNames *names)
{
    g_free(names);
}

/* ---- Namespaces ---- */

static bool
is_letter(char c)
{
    return g_ascii_isalnum(c) || c == '.' || c == '_' || c == '-';
}

/* An address that libxml2 has nothing to say against. */
static bool
is_good_uri(const char *uri, gsize length)
{
    static const char *const own[] = {"http://www.w3.org/XML/1998/namespace",
                                      "http://www.w3.org/2000/xmlns/"};
    const bool urn = length > 4 && memcmp(uri, "urn:", 4) == 0;
    const bool http = length > 7 && memcmp(uri, "http://", 7) == 0;
    gsize i = urn ? 4 : 7;

    if ((!urn && !http) || !g_ascii_isalpha(uri[i]))
        return false;
    for (gsize k = 0; k < G_N_ELEMENTS(own); k++) {
        if (strlen(own[k]) == length && memcmp(uri, own[k], length) == 0)
            return false;
    }
    while (i < length && (is_letter(uri[i]) || uri[i] == '/' || (urn && uri[i] == ':')))
        i++;
    return i == length || (i + 1 == length && uri[i] == '#');
}

bool
parsers_xml_names_bind(ParsersXmlNames *names, const ParsersXmlName *name, const char *uri,
                       gsize length, guint tag)
{
    const guint start = name->prefix > 0 ? name->prefix + 1 : name->length;
    const Binding binding = {.prefix = name->at + start,
                             .length = name->length - start,
                             .space =
                                 length == 0 ? PARSERS_XML_NONE : parsers_xml_space(uri, length),
                             .first = tag,
                             .last = G_MAXUINT};

    if (length == 0 ? binding.length > 0 : !is_good_uri(uri, length))
        return false;
    if (names->n_bindings >= BINDINGS_MAX)
        return false;
    if (binding.length >= 3 && memcmp(binding.prefix, "xml", 3) == 0)
        return false;
    names->live[names->n_live++] = names->n_bindings;
    names->bindings[names->n_bindings++] = binding;
    names->epoch++;
    return true;
}

void
parsers_xml_names_unbind(ParsersXmlNames *names, guint tag, guint end)
{
    while (names->n_live > 0 && names->bindings[names->live[names->n_live - 1]].first == tag) {
        names->bindings[names->live[--names->n_live]].last = end;
        names->epoch++;
    }
}

static bool
is_of(const Binding *binding, const char *prefix, gsize length)
{
    return binding->length == length && memcmp(binding->prefix, prefix, length) == 0;
}

bool
parsers_xml_names_space(const ParsersXmlNames *names, const char *prefix, gsize length,
                        ParsersXmlSpace *out_space)
{
    for (guint i = names->n_live; i > 0; i--) {
        const Binding *binding = &names->bindings[names->live[i - 1]];

        if (is_of(binding, prefix, length)) {
            *out_space = binding->space;
            return true;
        }
    }
    *out_space = PARSERS_XML_NONE;
    return length == 0;
}

bool
parsers_xml_names_means(const ParsersXmlNames *names, guint tag, const char *prefix, gsize length,
                        ParsersXmlSpace space)
{
    /* The innermost was made last. */
    for (guint i = names->n_bindings; i > 0; i--) {
        const Binding *binding = &names->bindings[i - 1];

        if (binding->first <= tag && tag <= binding->last && is_of(binding, prefix, length))
            return binding->space == space;
    }
    /* Nobody declares "xml" and "xmlns", and what has the latter is no attribute. */
    return space == PARSERS_XML_OTHER && length == strlen("xml");
}

/* ---- Names ---- */

static Known *
add_known(ParsersXmlNames *names, const ParsersXmlName *name, guint slot)
{
    const guint start = name->prefix > 0 ? name->prefix + 1 : 0;
    Known *known = &names->known[names->n_known++];

    names->slots[slot] = (guint8)names->n_known;
    known->whole = *name;
    known->epoch = 0;
    memcpy(known->local, name->at + start, name->length - start);
    known->local[name->length - start] = '\0';
    return known;
}

static Known *
find_known(ParsersXmlNames *names, const ParsersXmlName *name)
{
    guint slot = name->hash % SLOTS;

    for (; names->slots[slot] != 0; slot = (slot + 1) % SLOTS) {
        Known *known = &names->known[names->slots[slot] - 1];

        if (known->whole.length == name->length &&
            memcmp(known->whole.at, name->at, name->length) == 0)
            return known;
    }
    return names->n_known < PARSERS_XML_NAMES_MAX ? add_known(names, name, slot) : NULL;
}

bool
parsers_xml_names_find(ParsersXmlNames *names, const ParsersXmlName *name, guint8 *out_number,
                       guint8 *out_space)
{
    Known *known = find_known(names, name);

    if (known == NULL)
        return false;
    if (known->epoch != names->epoch &&
        !parsers_xml_names_space(names, name->at, name->prefix, &known->space))
        return false;
    known->epoch = names->epoch;
    *out_number = (guint8)(known - names->known);
    *out_space = (guint8)known->space;
    return true;
}

const ParsersXmlName *
parsers_xml_names_whole(const ParsersXmlNames *names, guint number)
{
    return &names->known[number].whole;
}

const char *
parsers_xml_names_local(const ParsersXmlNames *names, guint number)
{
    return names->known[number].local;
}
