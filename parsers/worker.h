/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/worker.h - a child that reads plain mails one after the other.
 *
 * A fork costs more than reading a plain mail does.  What is not plain, what the
 * worker is slow at and what kills it is read again by a child of its own.
 *
 * Runs in:  postern-parser.
 * Source:   doc/process-model.md, "Plain mails"; unix(7)
 */
#ifndef PARSERS_WORKER_H
#define PARSERS_WORKER_H

#include <sys/types.h>

#include "parsers/findings.h"
#include "parsers/error.h"

typedef struct ParsersWorker ParsersWorker;

/* What its child does. */
typedef struct {
    /* Close the cage; false: it must not read. */
    bool (*enter)(gpointer data);
    ParsersFindings *(*read)(GBytes *raw, gpointer data);
    gpointer data;
    bool lacking; /* some converters of character sets were dropped here */
} ParsersWorkerDeeds;

/* Make ready, before the outer cage closes: takes the descriptors 0 and 1 of the process.
 * deeds: copied.  Errors: PARSERS_ERROR_CAGE. */
bool parsers_worker_new(const ParsersWorkerDeeds *deeds, ParsersWorker **out_worker,
                        GError **error);

/* Have a mail read; its child is started when there is none.
 *
 * raw:          at most PARSERS_PLAIN_BYTES; borrowed.
 * out_findings: the encoded findings, borrowed until the next call.
 *
 * out_elsewhere: set, also when it returns false, to whether the mail needs what is lacking here.
 *
 * Returns false when it must be read by a child of its own. */
bool parsers_worker_read(ParsersWorker *worker, GBytes *raw, const char **out_findings,
                         gsize *out_length, bool *out_elsewhere);

/* In another child, before it looks at a mail: let go of all that is shared with the worker. */
void parsers_worker_forget(ParsersWorker *worker);

#endif
