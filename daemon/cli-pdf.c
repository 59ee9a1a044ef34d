/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli-pdf.c - "postern pdf": a record as a document to print or to file.
 *
 * Runs in:  command line, as an account that may read the spool and its key.
 * Source:   the contract, "Commands"
 */
#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include "daemon/cli.h"
#include "daemon/record-document.h"
#include "templates/pdf.h"

static bool
write_out(const char *path, GBytes *pdf, GError **error)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(pdf, &size);

    if (path != NULL)
        return g_file_set_contents_full(path, data, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT,
                                        0600, error);
    if (isatty(STDOUT_FILENO))
        return daemon_throw(error, DAEMON_ERROR_FILE,
                            "a PDF is not for a terminal: say --output FILE");
    if (fwrite(data, 1, size, stdout) == size && fflush(stdout) == 0)
        return true;
    return daemon_throw(error, DAEMON_ERROR_FILE, "standard output could not be written");
}

/* With --json the document itself still goes to the file; what is printed tells of it. */
static bool
check_use(const DaemonCliOptions *options)
{
    if (!options->json || options->output != NULL)
        return true;
    fputs("postern pdf: --json tells of a file: say --output FILE\n", stderr);
    return false;
}

static void
tell(const DaemonCliOptions *options, const SpoolRecord *record, GBytes *pdf)
{
    if (options->json)
        daemon_cli_print_json(json_pack("{s:s?, s:s, s:I}", "reference", record->listing->reference,
                                        "file", options->output, "size",
                                        (json_int_t)g_bytes_get_size(pdf)));
}

int
daemon_cli_pdf(const DaemonCliOptions *options)
{
    g_autoptr(DaemonSettings) settings = NULL;
    g_autoptr(SpoolDb) db = NULL;
    g_autoptr(SpoolRecord) record = NULL;
    g_autoptr(TemplatesRecord) document = NULL;
    g_autoptr(GBytes) pdf = NULL;
    g_autoptr(GError) error = NULL;

    if (!check_use(options))
        return DAEMON_CLI_USAGE;
    if (!daemon_cli_open(options, &settings, &db, &error) ||
        !spool_record_get(db, options->names[0], &record, &error) ||
        !daemon_record_document(settings, record, &document, &error) ||
        !templates_pdf_render(document, &pdf, &error) || !write_out(options->output, pdf, &error))
        return daemon_cli_fail(error);
    tell(options, record, pdf);
    return DAEMON_CLI_DONE;
}
