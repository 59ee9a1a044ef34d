/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/printer.h - the printer role: office files as pages, for people who look at them.
 *
 * A role of its own, so that neither a mail nor a page ever waits for LibreOffice.
 *
 * Runs in:  printer; one process.
 * Source:   doc/review.md, "Pages of office files"; doc/process-model.md
 */
#ifndef DAEMON_PRINTER_H
#define DAEMON_PRINTER_H

#include "daemon/settings.h"
#include "spool/db.h"

typedef struct {
    const DaemonSettings *settings;
    SpoolDb *db;     /* this process's own connection */
    int doorbell_fd; /* rung when somebody waits for pages; or -1 */
    int stop_fd;     /* readable: put back what is at hand and return; or -1 */
    void (*alive)(void *data);
    void *alive_data;
} DaemonPrinterWork;

/* Run the role until told to stop.  Errors: SPOOL_ERROR_*, DAEMON_ERROR_FILE. */
bool daemon_printer_run(const DaemonPrinterWork *work, GError **error);

#endif
