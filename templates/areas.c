/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/areas.c - councils next door: what lies in them, and whom to ring there.
 *
 * "Kent" is still written in Medway's postal addresses, so that word proves nothing,
 * and streets are named after the next town.
 *
 * Runs in:  intake, courier, command line.
 * Source:   doc/deciding.md, "Where"
 */
#include "config.h"

#include <string.h>

#include "templates/areas.h"
#include "templates/autoptr.h"
#include "templates/file.h"

#define MAX_FILE (256u * 1024u)
#define MAX_WORDS (64u * 1024u) /* bytes looked at */
#define DIGITS "0123456789"

struct TemplatesAreas {
    json_t *list;
    GRegex *any_place;  /* of any area, or NULL */
    GPtrArray *places;  /* GRegex of each area's places, or NULL; not before the name of a street */
    GPtrArray *against; /* GRegex of what speaks against each area, or NULL */
    GRegex *whole;      /* a post code */
    GRegex *alone;      /* its first half at the end of a text */
};

/* Nor after a person's title. */
#define NO_NAME "(?<!\\bmr\\s|\\bmrs\\s|\\bms\\s|\\bmiss\\s|\\bdr\\s|\\bsir\\s)"
#define STREET                                                                                     \
    "(?!\\s+(?:road|rd|street|st|avenue|ave|lane|ln|close|way|drive|hill|crescent|gardens|court|"  \
    "terrace|house|grove|square|walk|mews|gate)\\b)"

void
templates_areas_free(TemplatesAreas *areas)
{
    if (areas == NULL)
        return;
    json_decref(areas->list);
    g_clear_pointer(&areas->any_place, g_regex_unref);
    g_clear_pointer(&areas->places, g_ptr_array_unref);
    g_clear_pointer(&areas->against, g_ptr_array_unref);
    g_clear_pointer(&areas->whole, g_regex_unref);
    g_clear_pointer(&areas->alone, g_regex_unref);
    g_free(areas);
}

static void
unref_regex(gpointer regex)
{
    if (regex != NULL)
        g_regex_unref(regex);
}

static bool
is_list_of_texts(const json_t *list)
{
    gsize i;
    json_t *text;

    if (list != NULL && !json_is_array(list))
        return false;
    json_array_foreach((json_t *)list, i, text) if (!json_is_string(text) ||
                                                    json_string_length(text) == 0) return false;
    return true;
}

static bool
check_area(const json_t *area, gsize number, GError **error)
{
    static const char *const lists[] = {"districts", "places", "not-places", "not-with", NULL};
    static const char *const texts[] = {
        "name", "front-door", "front-door-phone", "out-of-hours-phone", "lado-phone", NULL};
    const char *key;
    json_t *value;

    if (!json_is_object(area) || !json_is_string(json_object_get(area, "name")))
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX, "areas.json: area %zu has no name",
                               number + 1);
    json_object_foreach((json_t *)area, key, value)
    {
        bool good = g_strv_contains(texts, key)   ? json_is_string(value)
                    : g_strv_contains(lists, key) ? is_list_of_texts(value)
                                                  : false;

        if (!good)
            return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                                   "areas.json: area %zu: \"%s\" is not known, or not a text or "
                                   "list of texts",
                                   number + 1, key);
    }
    return true;
}

/* Any of these names as whole words; NULL for none of them. */
static GRegex *
any_of(const json_t *first, const json_t *second, bool in_words)
{
    const json_t *const lists[] = {first, second};
    g_autoptr(GString) pattern = g_string_new(in_words ? NO_NAME "\\b(?:" : "\\b(?:");
    gsize i, before = pattern->len;
    json_t *text;

    for (gsize k = 0; k < G_N_ELEMENTS(lists); k++)
        json_array_foreach((json_t *)lists[k], i, text)
        {
            g_autofree char *escaped = g_regex_escape_string(json_string_value(text), -1);

            g_string_append_printf(pattern, "%s%s", pattern->len > before ? "|" : "", escaped);
        }
    if (pattern->len == before)
        return NULL;
    g_string_append_printf(pattern, ")\\b%s", in_words ? STREET : "");
    return g_regex_new(pattern->str, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
}

static TemplatesAreas *
areas_new(json_t *list)
{
    TemplatesAreas *areas = g_new0(TemplatesAreas, 1);
    g_autoptr(json_t) all = json_array();
    gsize i;
    json_t *area;

    areas->list = json_incref(list);
    areas->places = g_ptr_array_new_with_free_func(unref_regex);
    areas->against = g_ptr_array_new_with_free_func(unref_regex);
    areas->whole = g_regex_new("\\b([A-Z]{1,2})([0-9OI][0-9OIA-Z]?)\\s*[0-9OI][A-Z]{2}\\b",
                               G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    areas->alone = g_regex_new("\\b([A-Z]{1,2})([0-9][0-9]?)[\\s.,]*$",
                               G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    json_array_foreach(list, i, area)
    {
        g_ptr_array_add(areas->places, any_of(json_object_get(area, "places"), NULL, true));
        g_ptr_array_add(areas->against, any_of(json_object_get(area, "not-places"),
                                               json_object_get(area, "not-with"), false));
        json_array_extend(all, json_object_get(area, "places"));
    }
    areas->any_place = any_of(all, NULL, true);
    return areas;
}

bool
templates_areas_load(const char *folder, TemplatesAreas **out_areas, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(json_t) root = NULL;
    json_error_t why;
    json_t *list, *area;
    gsize i;

    if (!templates_file_get(folder, "areas.json", &bytes, error))
        return false;
    if (g_bytes_get_size(bytes) > MAX_FILE)
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX, "areas.json is too long");
    root = json_loadb(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
                      JSON_REJECT_DUPLICATES, &why);
    if (root == NULL)
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX, "areas.json:%d: %s", why.line,
                               why.text);
    list = json_object_get(root, "areas");
    if (!json_is_array(list))
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                               "areas.json: there is no list \"areas\"");
    json_array_foreach(list, i, area) if (!check_area(area, i, error)) return false;
    *out_areas = areas_new(list);
    return true;
}

/* "MEI0" is ME10. */
static char *
district_of(const GMatchInfo *match)
{
    g_autofree char *letters = g_match_info_fetch(match, 1);
    g_autofree char *rest = g_match_info_fetch(match, 2);
    char *district = g_strconcat(letters, rest, NULL);

    for (gsize i = 0; district[i] != '\0'; i++) {
        district[i] = g_ascii_toupper(district[i]);
        if (i >= strlen(letters) && district[i] == 'O')
            district[i] = '0';
        if (i >= strlen(letters) && district[i] == 'I')
            district[i] = '1';
    }
    return district;
}

/* The first district that a text names, or NULL; owned.  "To Ian" is none: it has no digit. */
static char *
find_district(const GRegex *regex, const char *text)
{
    g_autoptr(GMatchInfo) match = NULL;

    if (text == NULL || strpbrk(text, DIGITS) == NULL)
        return NULL;
    for (g_regex_match(regex, text, 0, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL)) {
        g_autofree char *all = g_match_info_fetch(match, 0);

        if (strpbrk(all, DIGITS) != NULL)
            return district_of(match);
    }
    return NULL;
}

static const char *
name_at(const TemplatesAreas *areas, gsize index)
{
    return json_string_value(json_object_get(json_array_get(areas->list, index), "name"));
}

/* Whether the words name a place that is not in the area though the post code or town says so. */
static bool
spoken_against(const TemplatesAreas *areas, gsize index, const char *words)
{
    const GRegex *against = areas->against->pdata[index];

    return against != NULL && words != NULL && g_regex_match(against, words, 0, NULL);
}

static const char *
by_district(const TemplatesAreas *areas, const char *district, const char *words)
{
    gsize i, k;
    json_t *area, *listed;

    json_array_foreach(areas->list, i, area) json_array_foreach(
        json_object_get(area, "districts"), k,
        listed) if (g_ascii_strcasecmp(json_string_value(listed), district) ==
                    0) return spoken_against(areas, i, words)
        ? NULL
        : name_at(areas, i);
    return NULL;
}

static const char *
by_place(const TemplatesAreas *areas, const char *words)
{
    if (areas->any_place == NULL || !g_regex_match(areas->any_place, words, 0, NULL))
        return NULL;
    for (guint i = 0; i < areas->places->len; i++) {
        const GRegex *places = areas->places->pdata[i];

        if (places != NULL && g_regex_match(places, words, 0, NULL) &&
            !spoken_against(areas, i, words))
            return name_at(areas, i);
    }
    return NULL;
}

const char *
templates_areas_of_address(const TemplatesAreas *areas, const char *postcode, const char *address)
{
    const char *const texts[] = {postcode, address};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *district = find_district(areas->whole, texts[i]);

        if (district == NULL)
            district = find_district(areas->alone, texts[i]);
        if (district != NULL)
            return by_district(areas, district, address);
    }
    return address != NULL ? by_place(areas, address) : NULL;
}

const char *
templates_areas_of_words(const TemplatesAreas *areas, const char *words)
{
    g_autofree char *text = g_utf8_make_valid(words, (gssize)strnlen(words, MAX_WORDS));
    g_autofree char *district = find_district(areas->whole, text);
    const char *found = district != NULL ? by_district(areas, district, text) : NULL;

    return found != NULL ? found : by_place(areas, text);
}

json_t *
templates_areas_contacts(const TemplatesAreas *areas, const char *name)
{
    static const char *const keys[] = {"name", "front-door", "front-door-phone",
                                       "out-of-hours-phone", "lado-phone"};
    json_t *contacts = json_object();
    json_t *area, *found = NULL;
    gsize i;

    json_array_foreach(areas != NULL ? areas->list : NULL, i,
                       area) if (name != NULL && g_str_equal(name_at(areas, i), name)) found = area;
    for (i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *text = json_string_value(json_object_get(found, keys[i]));

        json_object_set_new(contacts, keys[i], json_string(text != NULL ? text : ""));
    }
    return contacts;
}

const char *
templates_areas_first(const TemplatesAreas *areas)
{
    return json_array_size(areas->list) > 0 ? name_at(areas, 0) : NULL;
}
