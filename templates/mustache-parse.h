/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/mustache-parse.h - a Mustache template as a list of tokens.
 *
 * Runs in:  courier, staff pages, command line.
 * Source:   mustache(5), https://mustache.github.io/mustache.5.html
 */
#ifndef TEMPLATES_MUSTACHE_PARSE_H
#define TEMPLATES_MUSTACHE_PARSE_H

#include "templates/error.h"

typedef enum {
    TEMPLATES_TOKEN_TEXT,
    TEMPLATES_TOKEN_VALUE,
    TEMPLATES_TOKEN_RAW,
    TEMPLATES_TOKEN_SECTION,
    TEMPLATES_TOKEN_INVERTED,
    TEMPLATES_TOKEN_CLOSE,
    TEMPLATES_TOKEN_PARTIAL,
} TemplatesTokenKind;

typedef struct {
    TemplatesTokenKind kind;
    guint line;   /* from 1 */
    guint close;  /* SECTION, INVERTED: index of the tag that closes it */
    char *text;   /* literal text, or the name */
    char **names; /* of a value or section, the parts of its name between dots; else NULL */
    char *indent; /* PARTIAL alone on its line: the white space before it, else NULL */
} TemplatesToken;

/* Cut a template into tokens; every section in them has its end.
 *
 * name: of the file, for errors; borrowed.  text: borrowed.
 * out_tokens: TemplatesToken; the caller unrefs.
 *
 * Errors: TEMPLATES_ERROR_SYNTAX, "file:line: what is wrong". */
bool templates_mustache_parse(const char *name, const char *text, GArray **out_tokens,
                              GError **error);

#endif
