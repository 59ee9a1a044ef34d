/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/mustache.h - Mustache templates filled in from JSON.
 *
 * Variables, sections, inverted sections, comments, partials, set delimiters
 * and the rules for tags that stand alone on a line; no lambdas, no
 * inheritance.  Work, depth and output are bounded.
 *
 * Runs in:  courier, staff pages, command line.
 * Source:   mustache(5), https://mustache.github.io/mustache.5.html
 */
#ifndef TEMPLATES_MUSTACHE_H
#define TEMPLATES_MUSTACHE_H

#include <jansson.h>

#include "templates/error.h"

#define TEMPLATES_MUSTACHE_MAX_TEXT (256u * 1024u)    /* bytes of one template */
#define TEMPLATES_MUSTACHE_MAX_OUTPUT (4096u * 1024u) /* bytes of the result */
#define TEMPLATES_MUSTACHE_MAX_DEPTH 32u              /* sections and partials inside each other */
#define TEMPLATES_MUSTACHE_MAX_STEPS 1000000u         /* tags and pieces of text rendered */

/* The text of a partial, or NULL if there is none of that name; the caller frees. */
typedef char *(*TemplatesPartial)(const char *name, gpointer user_data);

typedef struct {
    const char *name; /* of the file, for errors; borrowed */
    const char *text; /* UTF-8; borrowed; NULL when it is parsed already */
    bool escape;      /* true for HTML: {{x}} is escaped and {{{x}}} is not; false: neither is */
    TemplatesPartial partial; /* or NULL: every partial is empty */
    gpointer user_data;       /* of partial; borrowed */
    GHashTable *parsed;       /* what was parsed before, by name; borrowed; or NULL */
} TemplatesMustache;

/* Where templates and partials are kept as they were parsed, for whoever fills them in often: one
 * of the same name is not read again.  The caller unrefs. */
GHashTable *templates_mustache_parsed_new(void);
bool templates_mustache_is_parsed(const TemplatesMustache *job);

/* Fill in a template.
 *
 * data: borrowed.  False, null, an empty list, an empty text and a name that is not there are
 *       "false" for a section; a partial that is not there is empty.
 * out_text: the result; the caller frees.
 *
 * Errors: TEMPLATES_ERROR_SYNTAX  "file:line: what is wrong"
 *         TEMPLATES_ERROR_RENDER  a bound was reached */
bool templates_mustache_render(const TemplatesMustache *job, const json_t *data, char **out_text,
                               GError **error);

/* Read a template and all its partials without filling them in, so that a broken one is refused at
 * start and not while a parent waits.
 *
 * known: the names that may stand in a tag, NULL-terminated; or NULL for any.
 *
 * Errors: TEMPLATES_ERROR_SYNTAX   "file:line: what is wrong", a name that is not known included
 *         TEMPLATES_ERROR_MISSING  "file:line: there is no partial ..." */
bool templates_mustache_check(const TemplatesMustache *job, const char *const *known,
                              GError **error);

#endif
