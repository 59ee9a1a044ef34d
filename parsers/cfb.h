/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/cfb.h - the streams of a compound file, as Office 97 to 2003 wrote them.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-CFB]
 */
#ifndef PARSERS_CFB_H
#define PARSERS_CFB_H

#include "parsers/error.h"
#include "parsers/limits.h"

typedef struct ParsersCfb ParsersCfb;

/* Open a compound file.  bytes: kept by reference.  Free with parsers_cfb_free().
 *
 * Errors: PARSERS_ERROR_DAMAGED, not a compound file, or its tables contradict themselves
 *         PARSERS_ERROR_LIMIT, the message names the limit */
bool parsers_cfb_open(GBytes *bytes, const ParsersLimits *limits, ParsersCfb **out_cfb,
                      GError **error);
void parsers_cfb_free(ParsersCfb *cfb);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParsersCfb, parsers_cfb_free)

/* A folder in the file, by its place in the directory. */
typedef guint32 ParsersCfbStorage;
enum { PARSERS_CFB_ROOT = 0 };

/* A storage within another by its name; letters of either case are the same. */
bool parsers_cfb_find(const ParsersCfb *cfb, ParsersCfbStorage within, const char *name,
                      ParsersCfbStorage *out_storage);

/* Read a stream of a storage, whole.  The caller unrefs *out_bytes.
 *
 * Errors: PARSERS_ERROR_DAMAGED, it is not there, or cut short */
bool parsers_cfb_read_in(const ParsersCfb *cfb, ParsersCfbStorage within, const char *name,
                         GBytes **out_bytes, GError **error);

/* Whether the root storage has a stream of this name; letters of either case are the same. */
bool parsers_cfb_has(const ParsersCfb *cfb, const char *name);

/* Read a stream of the root storage, whole.  The caller unrefs *out_bytes.
 *
 * Errors: PARSERS_ERROR_DAMAGED, it is not there, or cut short */
bool parsers_cfb_read(const ParsersCfb *cfb, const char *name, GBytes **out_bytes, GError **error);

#endif
