/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/forms-keys.c - the keys that a record's fields have.
 *
 * Runs in:  command line.
 * Source:   doc/records.md
 */
#include "config.h"

#include "daemon/forms-keys.h"

#include <string.h>

#define KEY_MAX 64u
#define NEAR 2u /* letters */

static const char *const keys[] = {
    "referral.date",
    "referrer.name",
    "referrer.relationship",
    "referrer.job_title",
    "referrer.organisation",
    "referrer.address",
    "referrer.postcode",
    "referrer.phone",
    "referrer.email",
    "child.N.name",
    "child.N.dob",
    "child.N.gender",
    "child.N.ethnicity",
    "child.N.address",
    "child.N.postcode",
    "child.N.school",
    "child.N.disability",
    "adult.name",
    "adult.known_as",
    "adult.dob",
    "adult.gender",
    "adult.ethnicity",
    "adult.address",
    "adult.postcode",
    "adult.phone",
    "adult.job_title",
    "adult.employer",
    "adult.employer_address",
    "adult.own_children",
    "adult.other_work",
    "incident.date",
    "incident.place",
    "incident.category",
    "incident.description",
    "incident.injuries",
    "incident.witnesses",
    "incident.previous_concerns",
    "incident.actions_taken",
    "reported.setting",
    "reported.police",
    "reported.crime_reference",
    "aware.adult",
    "aware.parent",
    "wishes",
};

/* Whatever a form asks besides what a record has fixed keys for. */
static const char *const free_groups[] = {
    "agency.N.", "family.", "health.", "household.N.", "request.",
};

bool
daemon_forms_keys_free(const char *key)
{
    for (gsize i = 0; i < G_N_ELEMENTS(free_groups); i++)
        if (g_str_has_prefix(key, free_groups[i]))
            return true;
    return false;
}

bool
daemon_forms_keys_known(const char *key)
{
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        if (g_str_equal(keys[i], key))
            return true;
    return false;
}

bool
daemon_forms_keys_taken(const char *key)
{
    const char *dot = strrchr(key, '.');
    const gsize length = dot != NULL ? (gsize)(dot - key) + 1 : 0;

    for (gsize i = 0; length > 0 && i < G_N_ELEMENTS(keys); i++)
        if (strncmp(keys[i], key, length) == 0)
            return true;
    return false;
}

/* Letters to put in, take out or change to make one of the other (Levenshtein). */
static guint
distance(const char *one, const char *other)
{
    guint row[KEY_MAX + 1];
    const gsize n = strlen(other);

    for (guint j = 0; j <= n; j++)
        row[j] = j;
    for (guint i = 0; one[i] != '\0'; i++) {
        guint corner = row[0];

        row[0] = i + 1;
        for (guint j = 0; j < n; j++) {
            guint change = corner + (one[i] != other[j]);

            corner = row[j + 1];
            row[j + 1] = MIN(MIN(row[j], row[j + 1]) + 1, change);
        }
    }
    return row[n];
}

const char *
daemon_forms_keys_near(const char *key)
{
    const char *best = NULL;
    guint least = NEAR + 1;

    if (strlen(key) > KEY_MAX)
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        const guint away = distance(key, keys[i]);

        if (away > 0 && away < least) {
            least = away;
            best = keys[i];
        }
    }
    return best;
}
