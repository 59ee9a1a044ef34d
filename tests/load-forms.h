/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/load-forms.h - form definitions as they lie in a folder.
 */
#ifndef TESTS_LOAD_FORMS_H
#define TESTS_LOAD_FORMS_H

#include "parsers/definition.h"

/* Add every .form file of a folder, and check that nothing is missing. */
static inline bool
load_forms(ParsersDefinitions *definitions, const char *folder, GError **error)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, error);
    const char *name = NULL;

    if (dir == NULL)
        return false;
    while ((name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autoptr(GBytes) bytes = NULL;
        char *data = NULL;
        gsize size = 0;

        if (!g_str_has_suffix(name, ".form"))
            continue;
        if (!g_file_get_contents(path, &data, &size, error))
            return false;
        bytes = g_bytes_new_take(data, size);
        if (!parsers_definitions_add(definitions, name, bytes, error))
            return false;
    }
    return parsers_definitions_check(definitions, error);
}

#endif
