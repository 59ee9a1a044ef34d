/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/parser-program.c - which program reads, and what it must be given first.
 *
 * Runs in:  intake, staff pages and the command line.
 * Source:   doc/process-model.md
 */
#include "config.h"

#include <string.h>

#include "daemon/parser.h"
#include "parsers/wire.h"
#include "templates/file.h"

char *
daemon_parser_program(DaemonParserKind kind)
{
    static const char *const names[] = {[DAEMON_PARSER_WORDS] = "postern-parser",
                                        [DAEMON_PARSER_PICTURES] = "postern-ocr",
                                        [DAEMON_PARSER_VIEW] = "postern-view"};
    const char *name = names[kind];
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = self != NULL ? g_path_get_dirname(self) : NULL;
    g_autofree char *beside = folder != NULL ? g_build_filename(folder, name, NULL) : NULL;

    if (beside != NULL && g_file_test(beside, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer(&beside);
    return g_build_filename(POSTERN_LIBEXECDIR, name, NULL);
}

bool
daemon_parser_definitions(const char *templates_folder, GBytes **out_definitions, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    g_autoptr(GPtrArray) borrowed = g_ptr_array_new();
    g_auto(GStrv) names = templates_file_list(templates_folder, "forms");
    g_autoptr(GError) reason = NULL;

    for (guint i = 0; names[i] != NULL; i++) {
        GBytes *bytes = NULL;

        if (!templates_file_get(templates_folder, names[i], &bytes, &reason))
            return daemon_throw(error, DAEMON_ERROR_FILE, "%s", reason->message);
        g_ptr_array_add(files, bytes);
        /* The file's own name, by which the others include it. */
        g_ptr_array_add(borrowed, names[i] + strlen("forms/"));
    }
    if (!parsers_wire_pack(borrowed, files, out_definitions, &reason))
        return daemon_throw(error, DAEMON_ERROR_FILE, "%s", reason->message);
    return true;
}
