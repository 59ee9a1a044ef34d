/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/forms-load.c - form definitions as they would be with one more file installed.
 *
 * Runs in:  command line.
 * Source:   doc/forms.md
 */
#include "config.h"

#include <string.h>

#include "daemon/forms-load.h"
#include "parsers/wire.h"
#include "templates/file.h"

#define FILES_MAX 100u

/* What a person names on the command line is still bounded. */
#define FILE_BYTES_MAX (1024 * 1024)

static void
file_free(gpointer data)
{
    DaemonFormsFile *file = data;

    g_free(file->name);
    g_free(file->shown);
    g_bytes_unref(file->bytes);
    g_free(file);
}

void
daemon_forms_files_free(DaemonFormsFiles *files)
{
    if (files == NULL)
        return;
    g_free(files->main);
    g_ptr_array_unref(files->files);
    g_free(files);
}

/* Takes bytes. */
static void
add_file(DaemonFormsFiles *files, const char *name, const char *shown, GBytes *bytes)
{
    DaemonFormsFile *file = g_new0(DaemonFormsFile, 1);

    file->name = g_strdup(name);
    file->shown = g_strdup(shown);
    file->bytes = bytes;
    g_ptr_array_add(files->files, file);
}

static bool
has_file(const DaemonFormsFiles *files, const char *name)
{
    for (guint i = 0; i < files->files->len; i++) {
        const DaemonFormsFile *file = files->files->pdata[i];

        if (g_str_equal(file->name, name))
            return true;
    }
    return false;
}

/* What stands behind a keyword in each line that begins with it: char*. */
static GPtrArray *
values_of(GBytes *bytes, const char *keyword)
{
    GPtrArray *values = g_ptr_array_new_with_free_func(g_free);
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *text = g_strndup(size > 0 ? data : "", size);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    const gsize length = strlen(keyword);

    for (guint i = 0; lines[i] != NULL; i++) {
        const char *line = g_strstrip(lines[i]);

        if (strncmp(line, keyword, length) == 0 && g_ascii_isspace(line[length]))
            g_ptr_array_add(values, g_strstrip(g_strdup(line + length)));
    }
    return values;
}

static bool
read_path(const char *path, GBytes **out_bytes, GError **error)
{
    g_autoptr(GMappedFile) mapped = NULL;
    g_autoptr(GError) reason = NULL;

    mapped = g_mapped_file_new(path, FALSE, &reason);
    if (mapped == NULL)
        return daemon_throw(error, DAEMON_ERROR_FILE, "%s", reason->message);
    if (g_mapped_file_get_length(mapped) > FILE_BYTES_MAX)
        return daemon_throw(error, DAEMON_ERROR_FILE, "%s: larger than 1 MiB", path);
    *out_bytes = g_bytes_new(g_mapped_file_get_contents(mapped), g_mapped_file_get_length(mapped));
    return true;
}

/* An installed file; NULL when there is none of that name. */
static GBytes *
read_installed(const char *folder, const char *name)
{
    g_autofree char *path = g_strconcat("forms/", name, NULL);
    GBytes *bytes = NULL;

    return templates_file_get(folder, path, &bytes, NULL) ? bytes : NULL;
}

/* One file that another includes: beside it, else installed, else not at all.  A name with a
 * folder in it is never one of ours. */
static void
add_included(DaemonFormsFiles *files, const char *folder, const char *beside, const char *name)
{
    GBytes *bytes = NULL;

    if (has_file(files, name) || strchr(name, G_DIR_SEPARATOR) != NULL ||
        files->files->len >= FILES_MAX)
        return;
    if (beside != NULL) {
        g_autofree char *path = g_build_filename(beside, name, NULL);

        if (read_path(path, &bytes, NULL)) {
            add_file(files, name, path, bytes);
            return;
        }
    }
    bytes = read_installed(folder, name);
    if (bytes != NULL)
        add_file(files, name, name, bytes);
}

/* Whatever the files so far include, and what that includes. */
static void
add_includes(DaemonFormsFiles *files, const char *folder, const char *beside)
{
    for (guint i = 0; i < files->files->len; i++) {
        const DaemonFormsFile *file = files->files->pdata[i];
        g_autoptr(GPtrArray) names = values_of(file->bytes, "include");

        for (guint n = 0; n < names->len; n++)
            add_included(files, folder, beside, names->pdata[n]);
    }
    files->used = files->files->len;
}

/* "form NAME" of a file, or NULL; the caller frees. */
static char *
form_of(GBytes *bytes)
{
    g_autoptr(GPtrArray) names = values_of(bytes, "form");

    return names->len > 0 ? g_strdup(names->pdata[0]) : NULL;
}

/* The other installed forms, so that a document finds the form that it fits best. */
static void
add_others(DaemonFormsFiles *files, const char *folder)
{
    const DaemonFormsFile *first = files->files->pdata[0];
    g_autofree char *own = form_of(first->bytes);
    g_auto(GStrv) names = templates_file_list(folder, "forms");

    for (guint i = 0; names[i] != NULL; i++) {
        const char *name = names[i] + strlen("forms/");
        GBytes *bytes = NULL;
        g_autofree char *form = NULL;

        if (!g_str_has_suffix(name, ".form") || has_file(files, name))
            continue;
        bytes = read_installed(folder, name);
        form = bytes != NULL ? form_of(bytes) : NULL;
        if (bytes != NULL && (own == NULL || g_strcmp0(own, form) != 0))
            add_file(files, name, name, bytes);
        else
            g_clear_pointer(&bytes, g_bytes_unref);
    }
}

static bool
is_path(const char *form)
{
    return g_str_has_suffix(form, ".form") || strchr(form, G_DIR_SEPARATOR) != NULL;
}

bool
daemon_forms_load(const char *folder, const char *form, DaemonFormsFiles **out_files,
                  GError **error)
{
    g_autoptr(DaemonFormsFiles) files = g_new0(DaemonFormsFiles, 1);
    g_autofree char *beside = is_path(form) ? g_path_get_dirname(form) : NULL;
    GBytes *bytes = NULL;

    files->files = g_ptr_array_new_with_free_func(file_free);
    files->main = beside != NULL ? g_path_get_basename(form) : g_strconcat(form, ".form", NULL);
    if (beside != NULL) {
        if (!read_path(form, &bytes, error))
            return false;
    } else {
        bytes = read_installed(folder, files->main);
        if (bytes == NULL)
            return daemon_throw(error, DAEMON_ERROR_FILE,
                                "there is no form \"%s\"; to name a file, write its whole name "
                                "with .form",
                                form);
    }
    add_file(files, files->main, beside != NULL ? form : files->main, bytes);
    add_includes(files, folder, beside);
    add_others(files, folder);
    *out_files = g_steal_pointer(&files);
    return true;
}

bool
daemon_forms_definitions(const DaemonFormsFiles *files, ParsersDefinitions **out_definitions,
                         GError **error)
{
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();

    for (guint i = 0; i < files->files->len; i++) {
        const DaemonFormsFile *file = files->files->pdata[i];

        if (!parsers_definitions_add(definitions, file->name, file->bytes, error))
            return false;
    }
    if (!parsers_definitions_check(definitions, error))
        return false;
    *out_definitions = g_steal_pointer(&definitions);
    return true;
}

const ParsersDefinition *
daemon_forms_main(const DaemonFormsFiles *files, const ParsersDefinitions *definitions)
{
    const DaemonFormsFile *first = files->files->pdata[0];
    g_autofree char *form = form_of(first->bytes);

    return form != NULL ? parsers_definitions_find(definitions, form) : NULL;
}

bool
daemon_forms_pack(const DaemonFormsFiles *files, GBytes **out_packed, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GPtrArray) bytes = g_ptr_array_new();
    g_autoptr(GError) reason = NULL;

    for (guint i = 0; i < files->files->len; i++) {
        const DaemonFormsFile *file = files->files->pdata[i];

        g_ptr_array_add(names, file->name);
        g_ptr_array_add(bytes, file->bytes);
    }
    if (!parsers_wire_pack(names, bytes, out_packed, &reason))
        return daemon_throw(error, DAEMON_ERROR_FILE, "%s", reason->message);
    return true;
}

GBytes *
daemon_forms_without_line(GBytes *bytes, guint number)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *text = g_strndup(size > 0 ? data : "", size);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    char *joined = NULL;

    if (number == 0 || number > g_strv_length(lines))
        return NULL;
    lines[number - 1][0] = '\0';
    joined = g_strjoinv("\n", lines);
    return g_bytes_new_take(joined, strlen(joined));
}
