/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/printer.c - the printer role: office files as pages, for people who look at them.
 *
 * The document is taken from its mail in postern-view's cage and printed in bubblewrap; this
 * process looks into neither.
 *
 * Runs in:  printer; one process.
 * Source:   doc/review.md, "Pages of office files"; doc/process-model.md
 */
#include "config.h"

#include <poll.h>
#include <string.h>

#include "daemon/converter.h"
#include "daemon/doorbell.h"
#include "daemon/log.h"
#include "daemon/printer.h"
#include "daemon/viewer.h"
#include "parsers/foreign.h"
#include "spool/message.h"
#include "spool/printed.h"

#define LOOK_MS 5000 /* a lost doorbell costs no more than this */

typedef struct {
    const DaemonPrinterWork *work;
    DaemonViewer *viewer; /* while there is something to do, or NULL */
} Printer;

static bool
stopping(const Printer *printer)
{
    return daemon_doorbell_wait(printer->work->stop_fd, -1, 0);
}

/* The part of the mail, as a list of one. */
static bool
take_out(Printer *printer, const SpoolPrinted *job, GPtrArray **out_list, GError **error)
{
    g_autoptr(DaemonMemoryFile) mail = NULL;

    return daemon_memory_file_load(printer->work->db, job->mail_id, &mail, error) &&
           (printer->viewer != NULL ||
            daemon_viewer_open(printer->work->settings, &printer->viewer, error)) &&
           daemon_viewer_document(printer->viewer, mail, job->part, out_list, error);
}

/* Until it is done, out of time, or we are to stop. */
static void
wait_for(const Printer *printer, const DaemonConverter *converter)
{
    const gint64 left_us = daemon_converter_deadline(converter) - g_get_monotonic_time();
    struct pollfd watched[] = {{daemon_converter_fd(converter), POLLIN, 0},
                               {printer->work->stop_fd, POLLIN, 0}};

    poll(watched, G_N_ELEMENTS(watched), (int)(MAX(left_us, 0) / 1000 + 1));
}

/* What came of it, packed as the viewer takes it.  *out_document stays NULL when we are to stop. */
static bool
print(const Printer *printer, const ParsersForeign *wanted, GBytes **out_document, GError **error)
{
    const bool picture = strcmp(wanted->converter, "picture") == 0;
    const bool only_pages = strcmp(wanted->converter, "print") == 0;
    g_autoptr(DaemonConverter) converter = NULL;
    g_autoptr(GPtrArray) made = parsers_foreign_list_new();
    g_autoptr(GBytes) pages = NULL;

    if (!daemon_converter_start(picture ? "picture" : "print", wanted->bytes, &converter, error))
        return false;
    wait_for(printer, converter);
    if (stopping(printer))
        return true;
    if (!daemon_converter_finish(converter, &pages, error))
        return false;
    if (!parsers_foreign_add(made, parsers_limits_default(), only_pages ? "print" : "",
                             wanted->sha256, pages))
        return daemon_throw(error, DAEMON_ERROR_CONVERT, "limit convert_bytes: left unprinted");
    *out_document = parsers_foreign_pack(made);
    return true;
}

/* Whatever a document does, its row says that it failed, and the next one has its turn. */
static bool
do_job(Printer *printer, const SpoolPrinted *job, GError **error)
{
    g_autoptr(GPtrArray) list = NULL;
    g_autoptr(GBytes) document = NULL;
    g_autoptr(GError) problem = NULL;

    if (!take_out(printer, job, &list, &problem) ||
        !print(printer, list->pdata[0], &document, &problem))
        daemon_log(DAEMON_LOG_WARNING, "printer", "mail:%" G_GINT64_FORMAT " part=%u unprinted: %s",
                   job->mail_id, job->part, problem->message);
    else if (document == NULL)
        return spool_printed_put_back(printer->work->db, job, error);
    return spool_printed_keep(printer->work->db, job, document, error);
}

static bool
do_all(Printer *printer, GError **error)
{
    bool any = true;

    while (any && !stopping(printer)) {
        g_auto(SpoolPrinted) job = {0};

        if (printer->work->alive != NULL)
            printer->work->alive(printer->work->alive_data);
        if (!spool_printed_take(printer->work->db, &job, &any, error) ||
            (any && !do_job(printer, &job, error)))
            return false;
    }
    g_clear_pointer(&printer->viewer, daemon_viewer_free);
    return spool_printed_tidy(printer->work->db, error);
}

bool
daemon_printer_run(const DaemonPrinterWork *work, GError **error)
{
    Printer printer = {.work = work};
    bool good = true;

    while (good && !stopping(&printer)) {
        daemon_doorbell_clear(work->doorbell_fd);
        good = do_all(&printer, error);
        if (good)
            daemon_doorbell_wait(work->doorbell_fd, work->stop_fd, LOOK_MS);
    }
    daemon_viewer_free(printer.viewer);
    return good;
}
