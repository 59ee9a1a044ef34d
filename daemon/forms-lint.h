/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/forms-lint.h - what is wrong, or better otherwise, in a .form file.
 *
 * Runs in:  command line.
 * Source:   doc/forms.md
 */
#ifndef DAEMON_FORMS_LINT_H
#define DAEMON_FORMS_LINT_H

#include "daemon/forms-load.h"

typedef struct {
    char *file;   /* as the person named it */
    guint line;   /* 0: the file as a whole */
    bool mistake; /* must be put right; else advice */
    char *text;
} DaemonFormsRemark;

/* Look a form's file over, with all it includes.
 *
 * out_mistakes: how many of the remarks are mistakes.
 *
 * Returns remarks (DaemonFormsRemark) in the order of the file; the caller frees. */
GPtrArray *daemon_forms_lint(const DaemonFormsFiles *files, guint *out_mistakes);

#endif
