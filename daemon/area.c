/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/area.c - whether a place is in Medway, next door.
 *
 * "Kent" is still written in Medway's postal addresses, so that word proves nothing.
 *
 * Runs in:  intake, command line.
 * Source:   doc/deciding.md, "Where"
 */
#include "config.h"

#include <glib.h>
#include <string.h>

#include "daemon/area.h"

/* Districts that are wholly or mostly Medway. */
static const char *const districts[] = {"ME1", "ME2", "ME3", "ME4", "ME5", "ME7", "ME8"};

static const char *const towns[] = {
    "chatham",   "gillingham",    "rochester",       "strood",       "rainham", "walderslade",
    "lordswood", "hempstead",     "wigmore",         "parkwood",     "twydall", "cuxton",
    "halling",   "isle of grain", "hoo st werburgh", "cliffe woods",
};

/* The outward half of the first post code in text ("ME5"), or NULL; the caller frees. */
static char *
find_district(const char *text)
{
    g_autoptr(GRegex) regex =
        g_regex_new("\\b([A-Z]{1,2}[0-9][A-Z0-9]?)\\s*[0-9][A-Z]{2}\\b", G_REGEX_CASELESS, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    g_autofree char *found = NULL;

    if (!g_regex_match(regex, text, 0, &match))
        return NULL;
    found = g_match_info_fetch(match, 1);
    return g_ascii_strup(found, -1);
}

static bool
is_medway_district(const char *district)
{
    for (gsize i = 0; i < G_N_ELEMENTS(districts); i++)
        if (g_str_equal(district, districts[i]))
            return true;
    return false;
}

bool
daemon_area_is_medway(const char *address, const char *postcode)
{
    const char *texts[] = {postcode, address};
    g_autofree char *lower = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *district = texts[i] != NULL ? find_district(texts[i]) : NULL;

        if (district != NULL)
            return is_medway_district(district);
    }
    if (address == NULL)
        return false;
    lower = g_utf8_strdown(address, -1);
    for (gsize i = 0; i < G_N_ELEMENTS(towns); i++)
        if (strstr(lower, towns[i]) != NULL)
            return true;
    return false;
}
