/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/consultation.h - No Named consultations: whom a social worker advised, and a number for
 * it.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/consultations.md
 */
#ifndef DAEMON_CONSULTATION_H
#define DAEMON_CONSULTATION_H

#include "daemon/settings.h"
#include "spool/entry.h"

/* The name under which lists show consultations. */
#define DAEMON_CONSULTATION_MAILBOX "consultations"

/* What a social worker enters; owned. */
typedef struct {
    char *name;         /* whom they advised */
    char *organisation; /* or NULL */
    char *address;      /* or NULL */
    char *email;        /* to whom the number is sent */
    char *when;         /* local: 2026-11-20 or 2026-11-20 14:30 */
    char *adviser;      /* the social worker */
    char *summary;      /* without names */
} DaemonConsultation;
void daemon_consultation_clear(DaemonConsultation *consultation);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DaemonConsultation, daemon_consultation_clear)

/* Read "Name: ...", "Organisation:", "Address:", "Email:", "When:" and "Adviser:" in any order, an
 * empty line, and the summary.
 *
 * Errors: DAEMON_ERROR_FILE names the line. */
bool daemon_consultation_parse(const char *text, DaemonConsultation *out_consultation,
                               GError **error);

/* What keeps it from being entered: something is missing, too long, no address or no past time.
 *
 * out_at: when it was, microseconds UTC.
 * Errors: DAEMON_ERROR_FILE says what to put right. */
bool daemon_consultation_check(const DaemonConsultation *consultation,
                               const DaemonSettings *settings, gint64 *out_at, GError **error);

/* Keep it, give it a number and queue the mail that tells the number.  Call
 * daemon_consultation_check() and daemon_consultation_names_find() first.  The courier
 * sees it within seconds.
 *
 * author:        who enters it, for the audit; borrowed.
 * out_reference: such as CON-7K3M-Q9TR; the caller frees.
 * Errors: DAEMON_ERROR_FILE as above; those of spool_entry_put(). */
bool daemon_consultation_enter(SpoolDb *db, const DaemonSettings *settings,
                               const DaemonConsultation *consultation, const char *author,
                               char **out_reference, GError **error);

#endif
