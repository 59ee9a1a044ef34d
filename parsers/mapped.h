/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/mapped.h - pages of the mail that were read and are not needed for now.
 *
 * Runs in:  postern-parser.
 * Source:   doc/process-model.md
 */
#ifndef PARSERS_MAPPED_H
#define PARSERS_MAPPED_H

#include <glib.h>

/* The mail of this process lies here: mapped from a file, private, never written to, for good. */
void parsers_mapped_set(const void *data, gsize size);

/* Give back the pages that lie wholly within these bytes, when they are the mail's and many; of
 * other bytes nothing happens.  Whoever reads them again gets them again. */
void parsers_mapped_release(const void *data, gsize size);

#endif
