/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/words.h - what a reply says: its subject, its text and its HTML.
 *
 * Runs in:  courier, command line.
 * Source:   doc/replies.md
 */
#ifndef TEMPLATES_WORDS_H
#define TEMPLATES_WORDS_H

#include "templates/kit.h"
#include "templates/reply.h"

typedef struct {
    char *subject; /* one line */
    char *text;
    char *html;
} TemplatesWords;

void templates_words_clear(TemplatesWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TemplatesWords, templates_words_clear)

/* Fill in the three templates of a reply.  kit: of its folder, language and contacts; out_words:
 * clear after use.
 *
 * Errors: TEMPLATES_ERROR_MISSING, _SYNTAX, _RENDER; also for a subject of more than one line, and
 *         for words that leave out the reference. */
bool templates_words_make(const TemplatesReply *reply, TemplatesKit *kit, TemplatesWords *out_words,
                          GError **error);

/* Read the three templates of a reply and their partials without filling them in.
 * Errors: as templates_mustache_check(). */
bool templates_words_check(const TemplatesReply *reply, TemplatesKit *kit, GError **error);

#endif
