/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/search-words.h - what a record is found by, gathered to be stored at once.
 *
 * Runs in:  intake, staff pages.
 * Source:   doc/review.md, "Finding"
 */
#ifndef SPOOL_SEARCH_WORDS_H
#define SPOOL_SEARCH_WORDS_H

#include "spool/search-parts.h"

typedef struct SpoolSearchWords SpoolSearchWords;

/* db: borrowed. */
SpoolSearchWords *spool_search_words_new(SpoolDb *db);
void spool_search_words_free(SpoolSearchWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpoolSearchWords, spool_search_words_free)

/* Add what a value is found by; what has nothing to be found by is passed over.
 *
 * key: of the field ("adult.name"); or "sender.name", "sender.email"; borrowed.
 * value: may be NULL. */
void spool_search_words_add(SpoolSearchWords *words, const char *key, const char *value);
/* The same for what staff typed: each word of it, met as a name would be. */
void spool_search_words_add_typed(SpoolSearchWords *words, const char *text);

/* Store all of it, each once, for a record; in the open transaction when there is one. */
bool spool_search_words_store(SpoolSearchWords *words, gint64 record_id, GError **error);

/* What is stored of a part.  how keeps apart what is the same, what is short for it, and what is
 * near it. */
gint64 spool_search_words_hash(SpoolDb *db, SpoolPartKind kind, SpoolSearchHow how,
                               const char *text);

#endif
