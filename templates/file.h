/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/file.h - template files: a council's own folder first, then the embedded ones.
 *
 * Runs in:  every role.
 * Source:   doc/architecture.md
 */
#ifndef TEMPLATES_FILE_H
#define TEMPLATES_FILE_H

#include "templates/error.h"

/* One template file.
 *
 * folder: a council's own folder that is looked at first, or NULL; borrowed.
 * name:   such as "mails/en/acknowledgement.txt"; borrowed.
 *
 * Errors: TEMPLATES_ERROR_MISSING; also when the council's own file cannot be read. */
bool templates_file_get(const char *folder, const char *name, GBytes **out_bytes, GError **error);

/* Names of all files below a subfolder ("forms"), embedded and the council's own, sorted, without
 * repetition; NULL-terminated, the caller frees with g_strfreev(). */
char **templates_file_list(const char *folder, const char *subfolder);

#endif
