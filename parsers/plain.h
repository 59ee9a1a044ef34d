/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/plain.h - mails that are nothing but plain text, which may share a process.
 *
 * Runs in:  postern-parser.
 * Source:   doc/process-model.md, "Plain mails"; RFC 2045, RFC 3464
 */
#ifndef PARSERS_PLAIN_H
#define PARSERS_PLAIN_H

#include "parsers/findings.h"
#include "parsers/limits.h"

#define PARSERS_PLAIN_BYTES (64u * 1024u)     /* of a mail */
#define PARSERS_PLAIN_FINDINGS (512u * 1024u) /* bytes of what is found in it */
#define PARSERS_PLAIN_MAILS 100u              /* that one process reads */

/* Whether every part of a mail claims to be plain text, without a name, a disposition or base 64,
 * or the part of a report: a look over its lines that opens nothing.  Bounces are plain too. */
bool parsers_plain_looks(const char *data, gsize size);

/* Whether it claims no character set but those of which every process has the converter
 * (parsers/aside.c). */
bool parsers_plain_is_common(const char *data, gsize size);

/* Limits under which no document, archive or picture is opened; static. */
const ParsersLimits *parsers_plain_limits(void);

/* Whether it was so: nothing was found in the mail but text, and nothing was left unopened. */
bool parsers_plain_was(const ParsersFindings *findings);

#endif
