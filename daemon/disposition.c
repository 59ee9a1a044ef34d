/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/disposition.c - what follows from each error, decided in one table.
 *
 * Every code of every domain has a row; a test fails when one is missing.
 *
 * Runs in:  every role.
 * Source:   doc/architecture.md, "Errors"
 */
#include "config.h"

#include "daemon/disposition.h"
#include "daemon/error.h"
#include "parsers/error.h"
#include "spool/error.h"
#include "templates/error.h"

/* clang-format off */
static const struct {
    GQuark (*domain)(void);
    int code;
    DaemonDisposition disposition;
    const char *advice;
} table[] = {
    { parsers_error_quark,   PARSERS_ERROR_DAMAGED,      DAEMON_HOLD_IT, "open the mail with: postern raw" },
    { parsers_error_quark,   PARSERS_ERROR_ENCRYPTED,    DAEMON_HOLD_IT, "ask the sender for another way" },
    { parsers_error_quark,   PARSERS_ERROR_LIMIT,        DAEMON_HOLD_IT, "open the mail with: postern raw" },
    { parsers_error_quark,   PARSERS_ERROR_UNSUPPORTED,  DAEMON_HOLD_IT, "open the mail with: postern raw" },
    { parsers_error_quark,   PARSERS_ERROR_CAGE,         DAEMON_STOP,    "run Postern on a kernel with seccomp, and without a filter of its own" },
    { parsers_error_quark,   PARSERS_ERROR_DEFINITION,   DAEMON_STOP,    "mend the form definition" },
    { spool_error_quark,     SPOOL_ERROR_BUSY,           DAEMON_RETRY,   "nothing, unless it lasts: then look for a backup that holds the database" },
    { spool_error_quark,     SPOOL_ERROR_FULL,           DAEMON_RETRY,   "make room on the disk of the spool; mail waits in the inbox meanwhile" },
    { spool_error_quark,     SPOOL_ERROR_IO,             DAEMON_RETRY,   "check the disk of the spool" },
    { spool_error_quark,     SPOOL_ERROR_CORRUPT,        DAEMON_STOP,    "restore the spool from its backup; mail waits in the inbox meanwhile" },
    { spool_error_quark,     SPOOL_ERROR_SCHEMA,         DAEMON_STOP,    "run the Postern that made this spool, or a newer one" },
    { spool_error_quark,     SPOOL_ERROR_KEY,            DAEMON_STOP,    "name the master key that this spool was made with" },
    { spool_error_quark,     SPOOL_ERROR_TOO_BIG,        DAEMON_HOLD_IT, "open the mail in the mailbox itself" },
    { spool_error_quark,     SPOOL_ERROR_STATE,          DAEMON_RETRY,   "report this: it is a fault in Postern" },
    { spool_error_quark,     SPOOL_ERROR_STALE,          DAEMON_RETRY,   NULL },
    { spool_error_quark,     SPOOL_ERROR_NOT_FOUND,      DAEMON_RETRY,   NULL },
    { spool_error_quark,     SPOOL_ERROR_AUDIT,          DAEMON_STOP,    "keep a copy of the spool and find out who changed the audit log" },
    { templates_error_quark, TEMPLATES_ERROR_MISSING,    DAEMON_STOP,    "put the template back" },
    { templates_error_quark, TEMPLATES_ERROR_SYNTAX,     DAEMON_STOP,    "mend the template" },
    { templates_error_quark, TEMPLATES_ERROR_FONT,       DAEMON_RETRY,   "install the font's package" },
    { templates_error_quark, TEMPLATES_ERROR_RENDER,     DAEMON_REFUSE,  "answer the sender by hand" },
    { daemon_error_quark,    DAEMON_ERROR_SETTINGS,      DAEMON_STOP,    "mend the settings" },
    { daemon_error_quark,    DAEMON_ERROR_FILE,          DAEMON_STOP,    "put the file right" },
    { daemon_error_quark,    DAEMON_ERROR_CONNECT,       DAEMON_RETRY,   NULL },
    { daemon_error_quark,    DAEMON_ERROR_TLS,           DAEMON_RETRY,   "check the server's certificate and ca-file" },
    { daemon_error_quark,    DAEMON_ERROR_AUTH,          DAEMON_RETRY,   "check the account and its password-file" },
    { daemon_error_quark,    DAEMON_ERROR_PROTOCOL,      DAEMON_RETRY,   NULL },
    { daemon_error_quark,    DAEMON_ERROR_TIMEOUT,       DAEMON_RETRY,   NULL },
    { daemon_error_quark,    DAEMON_ERROR_MAILBOX,       DAEMON_RETRY,   "check the mailbox's name and our rights on it" },
    { daemon_error_quark,    DAEMON_ERROR_THROTTLED,     DAEMON_RETRY,   "nothing, unless it lasts: then find out what else uses this account" },
    { daemon_error_quark,    DAEMON_ERROR_UNCONNECTED,   DAEMON_RETRY,   "nothing, unless it lasts: then check the mailbox's name, its licence and our rights on it" },
    { daemon_error_quark,    DAEMON_ERROR_QUOTA,         DAEMON_RETRY,   "make room in the mailbox: decided mails stay in the inbox meanwhile" },
    { daemon_error_quark,    DAEMON_ERROR_RELAY,         DAEMON_RETRY,   "ask whoever runs the relay" },
    { daemon_error_quark,    DAEMON_ERROR_TEMPORARY,     DAEMON_RETRY,   NULL },
    { daemon_error_quark,    DAEMON_ERROR_PERMANENT,     DAEMON_REFUSE,  "tell the sender by another way" },
    { daemon_error_quark,    DAEMON_ERROR_UNCERTAIN,     DAEMON_RETRY,   "it is sent once more with the same Message-ID" },
    { daemon_error_quark,    DAEMON_ERROR_PARSER_DIED,   DAEMON_HOLD_IT, "open the mail with: postern raw" },
    { daemon_error_quark,    DAEMON_ERROR_PARSER_SLOW,   DAEMON_HOLD_IT, "open the mail with: postern raw" },
    { daemon_error_quark,    DAEMON_ERROR_CONVERT,       DAEMON_HOLD_IT, "open the mail with: postern raw" },
    { daemon_error_quark,    DAEMON_ERROR_SYSTEM,        DAEMON_RETRY,   "check memory and process limits" },
};
/* clang-format on */

DaemonDisposition
daemon_disposition(const GError *error, const char **out_advice)
{
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        if (error->domain != table[i].domain() || error->code != table[i].code)
            continue;
        if (out_advice != NULL)
            *out_advice = table[i].advice;
        return table[i].disposition;
    }
    if (out_advice != NULL)
        *out_advice = NULL;
    return DAEMON_RETRY;
}

bool
daemon_disposition_known(GQuark domain, int code)
{
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        if (table[i].domain() == domain && table[i].code == code)
            return true;
    return false;
}
