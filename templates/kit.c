/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/kit.c - what all replies of a service are made from, read and parsed once.
 *
 * Runs in:  courier, staff pages, command line.
 * Source:   doc/replies.md, "Your own words and numbers"
 */
#include "config.h"

#include "templates/kit.h"

#include <string.h>

#include "templates/autoptr.h"
#include "templates/file.h"
#include "templates/mustache.h"

#define MAX_CONTACTS (64u * 1024u) /* bytes of contacts.json */

struct TemplatesKit {
    const char *folder;
    const char *language;
    GHashTable *own_contacts;
    json_t *contacts; /* NULL: not read yet; so with all that follows */
    TemplatesDates *dates;
    GHashTable *areas;  /* name -> json_t */
    GHashTable *parsed; /* suffix -> what templates of that kind were parsed to */
};

static void
unref_json(gpointer json)
{
    json_decref(json);
}

static void
unref_table(gpointer table)
{
    g_hash_table_unref(table);
}

TemplatesKit *
templates_kit_new(const char *folder, const char *language, GHashTable *contacts)
{
    TemplatesKit *kit = g_new0(TemplatesKit, 1);

    kit->folder = folder;
    kit->language = language != NULL ? language : "en";
    kit->own_contacts = contacts;
    kit->areas = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unref_json);
    kit->parsed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unref_table);
    return kit;
}

void
templates_kit_free(TemplatesKit *kit)
{
    if (kit == NULL)
        return;
    json_decref(kit->contacts);
    templates_dates_free(kit->dates);
    g_hash_table_unref(kit->areas);
    g_hash_table_unref(kit->parsed);
    g_free(kit);
}

/* ---- contacts ---- */

/* What a telephone dials for "03000 41 11 11". */
static char *
dialled(const char *phone)
{
    GString *digits = g_string_new(NULL);

    for (; *phone != '\0'; phone++)
        if (g_ascii_isdigit(*phone) || *phone == '+')
            g_string_append_c(digits, *phone);
    return g_string_free(digits, FALSE);
}

/* With a "-link" that a telephone dials when it is a "-phone". */
static void
add_contact(json_t *contacts, const char *key, const char *value)
{
    json_object_set_new(contacts, key, json_string(value));
    if (g_str_has_suffix(key, "-phone")) {
        g_autofree char *link_key = g_strconcat(key, "-link", NULL);
        g_autofree char *digits = dialled(value);

        json_object_set_new(contacts, link_key, json_string(digits));
    }
}

/* Add what a file of contacts says; one that need not be there may be missing. */
static bool
add_contacts_of(json_t *contacts, const char *folder, const char *path, bool needed, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(json_t) root = NULL;
    json_error_t why;
    const char *key;
    json_t *value;

    if (!templates_file_get(folder, path, &bytes, needed ? error : NULL))
        return !needed;
    if (g_bytes_get_size(bytes) > MAX_CONTACTS)
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX, "%s is too long", path);
    root = json_loadb(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
                      JSON_REJECT_DUPLICATES, &why);
    if (!json_is_object(root))
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX, "%s:%d: %s", path,
                               root == NULL ? why.line : 1,
                               root == NULL ? why.text : "this is not an object");
    json_object_foreach(root, key, value)
    {
        if (!json_is_string(value))
            return templates_throw(error, TEMPLATES_ERROR_SYNTAX, "%s: \"%s\" is not a text", path,
                                   key);
        add_contact(contacts, key, json_string_value(value));
    }
    return true;
}

/* The built-in ones, then those of the language, then those of the settings: the last one wins. */
static bool
read_contacts(const TemplatesKit *kit, json_t **out_contacts, GError **error)
{
    g_autofree char *own = g_strconcat("mails/", kit->language, "/contacts.json", NULL);
    g_autoptr(json_t) contacts = json_object();
    GHashTableIter iter;
    gpointer key, value;

    if (!add_contacts_of(contacts, kit->folder, "mails/contacts.json", true, error) ||
        !add_contacts_of(contacts, kit->folder, own, false, error))
        return false;
    if (kit->own_contacts != NULL) {
        g_hash_table_iter_init(&iter, kit->own_contacts);
        while (g_hash_table_iter_next(&iter, &key, &value))
            add_contact(contacts, key, value);
    }
    *out_contacts = g_steal_pointer(&contacts);
    return true;
}

bool
templates_kit_contacts(TemplatesKit *kit, json_t **out_contacts, GError **error)
{
    if (kit->contacts == NULL && !read_contacts(kit, &kit->contacts, error))
        return false;
    *out_contacts = kit->contacts;
    return true;
}

json_t *
templates_kit_area(TemplatesKit *kit, const TemplatesAreas *areas, const char *name)
{
    const char *key = name != NULL ? name : "";
    json_t *area = g_hash_table_lookup(kit->areas, key);
    const char *text_key;
    json_t *text;

    if (area != NULL)
        return area;
    g_autoptr(json_t) texts = templates_areas_contacts(areas, name);

    area = json_object();
    json_object_foreach(texts, text_key, text) add_contact(area, text_key, json_string_value(text));
    g_hash_table_insert(kit->areas, g_strdup(key), area);
    return area;
}

/* ---- dates ---- */

bool
templates_kit_dates(TemplatesKit *kit, const TemplatesDates **out_dates, GError **error)
{
    if (kit->dates == NULL && !templates_dates_load(kit->folder, kit->language, &kit->dates, error))
        return false;
    *out_dates = kit->dates;
    return true;
}

/* ---- templates ---- */

char *
templates_kit_path(const TemplatesKit *kit, const char *name, const char *suffix)
{
    return g_strconcat("mails/", kit->language, "/", name, suffix, NULL);
}

static bool
load_text(const TemplatesKit *kit, const char *path, char **out_text, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    gsize size;
    const char *data;

    if (!templates_file_get(kit->folder, path, &bytes, error))
        return false;
    data = g_bytes_get_data(bytes, &size);
    if (size > TEMPLATES_MUSTACHE_MAX_TEXT || memchr(data, '\0', size) != NULL)
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                               "%s:1: this is not a text, or too long", path);
    *out_text = g_strndup(data, size);
    return true;
}

/* Which files a partial is looked for in. */
typedef struct {
    const TemplatesKit *kit;
    const char *suffix;
} Place;

static char *
load_partial(const char *name, gpointer user_data)
{
    const Place *place = user_data;
    g_autofree char *path = NULL;
    char *text = NULL;

    if (strchr(name, '/') != NULL || name[0] == '.')
        return NULL;
    path = templates_kit_path(place->kit, name, place->suffix);
    return load_text(place->kit, path, &text, NULL) ? text : NULL;
}

/* Templates and partials of one kind; those of another kind have the same names. */
static GHashTable *
parsed_of(TemplatesKit *kit, const char *suffix)
{
    GHashTable *parsed = g_hash_table_lookup(kit->parsed, suffix);

    if (parsed == NULL) {
        parsed = templates_mustache_parsed_new();
        g_hash_table_insert(kit->parsed, g_strdup(suffix), parsed);
    }
    return parsed;
}

bool
templates_kit_fill_in(TemplatesKit *kit, const char *path, const json_t *data, char **out_text,
                      GError **error)
{
    const char *suffix = strrchr(path, '.');
    Place place = {kit, suffix};
    TemplatesMustache job = {.name = path,
                             .escape = g_str_equal(suffix, ".html"),
                             .partial = load_partial,
                             .user_data = &place,
                             .parsed = parsed_of(kit, suffix)};
    g_autofree char *text = NULL;

    if (!templates_mustache_is_parsed(&job) && !load_text(kit, path, &text, error))
        return false;
    job.text = text;
    return templates_mustache_render(&job, data, out_text, error);
}

bool
templates_kit_check(TemplatesKit *kit, const char *path, const char *const *known, GError **error)
{
    Place place = {kit, strrchr(path, '.')};
    g_autofree char *text = NULL;
    TemplatesMustache job = {.name = path, .partial = load_partial, .user_data = &place};

    if (!load_text(kit, path, &text, error))
        return false;
    job.text = text;
    return templates_mustache_check(&job, known, error);
}
