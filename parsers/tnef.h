/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/tnef.h - the files inside a winmail.dat.
 *
 * Runs in:  postern-parser, inside the cage only: libytnef has had memory errors.
 * Source:   MS-OXTNEF
 */
#ifndef PARSERS_TNEF_H
#define PARSERS_TNEF_H

#include "parsers/archive.h"

/* Take every attachment, and the body as "body.txt", "body.html" or "body.rtf", out of TNEF.
 *
 * bytes: borrowed.  files: appended to, as of parsers/archive.h.
 *
 * Errors: PARSERS_ERROR_DAMAGED  what came before the damage is in files all the same */
bool parsers_tnef_read(GBytes *bytes, const ParsersLimits *limits, GPtrArray *files,
                       GError **error);

/* Inflate RTF as Outlook compresses it ([MS-OXRTFCP]).  NULL when it is broken, or claims to grow
 * past reason or body_text_bytes.  The caller unrefs. */
GBytes *parsers_tnef_inflate_rtf(GBytes *compressed, const ParsersLimits *limits);

#endif
