/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/record-json.h - a record as JSON, the same wherever it goes.
 *
 * Runs in:  command line, staff pages.
 * Source:   postern(1); doc/review.md, "Getting it out"
 */
#ifndef DAEMON_RECORD_JSON_H
#define DAEMON_RECORD_JSON_H

#include <jansson.h>

#include "spool/record.h"

/* "2024-03-05T10:00:00Z"; the caller frees. */
char *daemon_record_json_time(gint64 at);

/* One row of a listing; and a whole record: forms, fields, mails filed with it, what was found in
 * the mail.  New references. */
json_t *daemon_record_json_listing(const SpoolListing *row);
json_t *daemon_record_json(const SpoolRecord *record);

#endif
