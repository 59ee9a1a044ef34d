/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/record-document.h - a record of the spool in the order and words of its form.
 *
 * Runs in:  command line, staff pages.
 * Source:   doc/architecture.md
 */
#ifndef DAEMON_RECORD_DOCUMENT_H
#define DAEMON_RECORD_DOCUMENT_H

#include "daemon/settings.h"
#include "parsers/definition.h"
#include "spool/record.h"
#include "templates/calendar.h"
#include "templates/record.h"

/* Lay a record out for printing: the sections and labels of its form's definition, answers in them,
 * questions that were not answered left in so that a reader sees what is missing.
 * Errors: those of loading templates and definitions. */
bool daemon_record_document(const DaemonSettings *settings, const SpoolRecord *record,
                            TemplatesRecord **out_document, GError **error);

/* The same for who makes many, with what was loaded once; all borrowed. */
typedef struct {
    const DaemonSettings *settings;
    const ParsersDefinitions *definitions;
    const TemplatesCalendar *calendar;
} DaemonRecordWith;
TemplatesRecord *daemon_record_document_make(const DaemonRecordWith *with,
                                             const SpoolRecord *record);

#endif
