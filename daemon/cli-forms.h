/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/cli-forms.h - what the commands of "postern forms" share.
 *
 * Runs in:  command line.
 * Source:   doc/forms.md
 */
#ifndef DAEMON_CLI_FORMS_H
#define DAEMON_CLI_FORMS_H

#include "daemon/cli.h"
#include "daemon/forms-load.h"

/* The files of a form, with the template folder of --config where that is given.
 * Errors: those of settings and of daemon_forms_load(). */
bool daemon_cli_forms_load(const DaemonCliOptions *options, const char *form,
                           DaemonFormsFiles **out_files, GError **error);

/* "postern forms try": names are a form and documents.  Returns the exit code: 1 when a document
 * was not read as that form. */
int daemon_cli_forms_try(const DaemonCliOptions *options, char **names);

#endif
