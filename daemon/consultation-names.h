/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/consultation-names.h - what in a summary looks as if it named a child.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/consultations.md
 */
#ifndef DAEMON_CONSULTATION_NAMES_H
#define DAEMON_CONSULTATION_NAMES_H

#include "daemon/consultation.h"

typedef struct {
    const char *what; /* "a name", "a date of birth" ...; static */
    char *words;      /* as they stand in the summary: personal */
} DaemonConsultationName;

/* Names that are neither the adviser's nor the advised one's, dates of birth, ages, NHS and UPN
 * numbers, post codes.  A guess: it warns, and never refuses.
 *
 * at: when the consultation was, microseconds UTC: a date more than a year before it may be of
 *     birth.
 * Returns DaemonConsultationName in the order of the kinds, at most 20; the caller frees. */
GPtrArray *daemon_consultation_names_find(const DaemonConsultation *consultation, gint64 at);

#endif
