/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/explain.h - findings and decision as the JSON of the contract.
 *
 * Runs in:  intake (kept with the record), command line (printed).
 * Source:   the contract, "Dry run"
 */
#ifndef DAEMON_EXPLAIN_H
#define DAEMON_EXPLAIN_H

#include <jansson.h>

#include "daemon/policy.h"

/* The object of "postern examine".  file: a name to show, or NULL for none.  The caller decrefs. */
json_t *daemon_explain_json(const char *file, const ParsersFindings *findings,
                            const DaemonDecision *decision);

/* Only the list of reasons.  The caller decrefs. */
json_t *daemon_explain_reasons(const DaemonDecision *decision);

/* One line of text without line end; the caller frees with free(). */
char *daemon_explain_dump(const json_t *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

#endif
