/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/file.c - template files: a council's own folder first, then the embedded ones.
 *
 * Runs in:  every role.
 * Source:   doc/architecture.md
 */
#include "config.h"

#include <gio/gio.h>

#include "templates/file.h"
#include "templates/resource.h"

#define PREFIX "/postern/"

/* The embedded files.  Their resource knows nothing before it is registered. */
static GResource *
embedded(void)
{
    static gsize done;

    if (g_once_init_enter(&done)) {
        templates_register_resource();
        g_once_init_leave(&done, 1);
    }
    return templates_get_resource();
}

bool
templates_file_get(const char *folder, const char *name, GBytes **out_bytes, GError **error)
{
    g_autofree char *path = NULL;
    char *data = NULL;
    gsize length = 0;
    g_autoptr(GError) why = NULL;
    GBytes *bytes;

    if (folder != NULL) {
        path = g_build_filename(folder, name, NULL);
        if (g_file_get_contents(path, &data, &length, &why)) {
            *out_bytes = g_bytes_new_take(data, length);
            return true;
        }
        /* The council's words must not silently give way to ours. */
        if (!g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            return templates_throw(error, TEMPLATES_ERROR_MISSING, "%s", why->message);
        g_clear_pointer(&path, g_free);
    }
    path = g_strconcat(PREFIX, name, NULL);
    bytes = g_resource_lookup_data(embedded(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    if (bytes == NULL)
        return templates_throw(error, TEMPLATES_ERROR_MISSING, "there is no template file %s",
                               name);
    *out_bytes = bytes;
    return true;
}

static void
add_embedded(GHashTable *names, const char *subfolder)
{
    g_autofree char *path = g_strconcat(PREFIX, subfolder, NULL);
    g_auto(GStrv) children =
        g_resource_enumerate_children(embedded(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

    for (guint i = 0; children != NULL && children[i] != NULL; i++)
        g_hash_table_add(names, g_strconcat(subfolder, "/", children[i], NULL));
}

static void
add_own(GHashTable *names, const char *folder, const char *subfolder)
{
    g_autofree char *path = g_build_filename(folder, subfolder, NULL);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *child;

    while (dir != NULL && (child = g_dir_read_name(dir)) != NULL)
        if (child[0] != '.')
            g_hash_table_add(names, g_strconcat(subfolder, "/", child, NULL));
}

static gint
by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **
templates_file_list(const char *folder, const char *subfolder)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    GHashTableIter iter;
    gpointer name;

    add_embedded(names, subfolder);
    if (folder != NULL)
        add_own(names, folder, subfolder);
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        g_ptr_array_add(sorted, g_strdup(name));
    g_ptr_array_sort(sorted, by_name);
    g_ptr_array_add(sorted, NULL);
    return (char **)g_ptr_array_steal(sorted, NULL);
}
