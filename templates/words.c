/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/words.c - what a reply says: its subject, its text and its HTML.
 *
 * The templates see the reference, the times, the service's name and numbers,
 * and whether the office is open; never a word of the mail that is answered.
 *
 * Runs in:  courier, command line.
 * Source:   doc/replies.md
 */
#include "config.h"

#include <string.h>

#include "templates/autoptr.h"
#include "templates/words.h"

#define MAX_SUBJECT 200 /* bytes */

/* What one reply is made from. */
typedef struct {
    const TemplatesReply *reply;
    TemplatesKit *kit;
    const TemplatesDates *dates;
} Maker;

/* Such as holding-blank; the caller frees. */
static char *
file_name(const TemplatesReply *reply)
{
    return g_strconcat(reply->template, reply->variant != NULL ? "-" : "",
                       reply->variant != NULL ? reply->variant : "", NULL);
}

static char *
path_of(const Maker *maker, const char *suffix)
{
    g_autofree char *name = file_name(maker->reply);

    return templates_kit_path(maker->kit, name, suffix);
}

void
templates_words_clear(TemplatesWords *words)
{
    g_clear_pointer(&words->subject, g_free);
    g_clear_pointer(&words->text, g_free);
    g_clear_pointer(&words->html, g_free);
}

static void
add_time(json_t *data, const Maker *maker, const char *prefix, gint64 at)
{
    g_autoptr(GDateTime) local = templates_calendar_local(maker->reply->calendar, at);
    g_autofree char *day_key = g_strconcat(prefix, "-day", NULL);
    g_autofree char *time_key = g_strconcat(prefix, "-time", NULL);
    g_autofree char *day = templates_dates_day(maker->dates, local);
    g_autofree char *time = templates_dates_clock(maker->dates, local);

    json_object_set_new(data, day_key, json_string(day));
    json_object_set_new(data, time_key, json_string(time));
}

/* When the number of the No Named consultation is answered. */
static void
add_consultation(json_t *data, const Maker *maker)
{
    const TemplatesReply *reply = maker->reply;
    TemplatesHours hours = reply->consultation;

    if (hours.shuts == 0)
        hours = TEMPLATES_CALENDAR_CONSULTATION;
    json_object_set_new(data, "consultation-open",
                        json_boolean(templates_calendar_open(reply->calendar, &hours, reply->now)));
    add_time(data, maker, "consultation-next",
             templates_calendar_opens(reply->calendar, &hours, reply->now));
}

static void
add_times(json_t *data, const Maker *maker)
{
    const TemplatesReply *reply = maker->reply;
    const TemplatesCalendar *calendar = reply->calendar;

    json_object_set_new(data, "in-hours",
                        json_boolean(templates_calendar_in_hours(calendar, reply->now)));
    json_object_set_new(data, "holiday",
                        json_boolean(templates_calendar_holiday(calendar, reply->now)));
    add_time(data, maker, "received", reply->received);
    add_time(data, maker, "next-open", templates_calendar_next_opening(calendar, reply->now));
    add_consultation(data, maker);
}

static bool
make_data(Maker *maker, json_t **out_data, GError **error)
{
    const TemplatesReply *reply = maker->reply;
    g_autoptr(json_t) data = json_object();
    g_autofree char *waiting_text = g_strdup_printf("%u", reply->waiting);
    const char *language = reply->language != NULL ? reply->language : "en";
    json_t *contacts = NULL;

    if (!templates_kit_contacts(maker->kit, &contacts, error) ||
        !templates_kit_dates(maker->kit, &maker->dates, error))
        return false;
    json_object_set(data, "contacts", contacts);
    json_object_set_new(data, "language", json_string(language));
    json_object_set_new(data, "reference",
                        json_string(reply->reference != NULL ? reply->reference : ""));
    json_object_set_new(data, "service", json_string(reply->service));
    json_object_set_new(data, "portal-url", json_string(reply->portal_url));
    json_object_set_new(data, "subject", json_string(""));
    json_object_set_new(data, "by-hand", json_boolean(reply->by_hand));
    json_object_set_new(data, "waiting", json_string(waiting_text));
    json_object_set(data, "home-area",
                    templates_kit_area(maker->kit, reply->areas, reply->home_area));
    json_object_set(data, "work-area",
                    templates_kit_area(maker->kit, reply->areas, reply->work_area));
    add_times(data, maker);
    *out_data = g_steal_pointer(&data);
    return true;
}

static bool
fill_in(const Maker *maker, const char *suffix, const json_t *data, char **out_text, GError **error)
{
    g_autofree char *path = path_of(maker, suffix);

    return templates_kit_fill_in(maker->kit, path, data, out_text, error);
}

static bool
check_subject(const Maker *maker, char *subject, GError **error)
{
    g_autofree char *path = path_of(maker, ".subject");

    g_strstrip(subject);
    for (const char *c = subject; *c != '\0'; c++)
        if (g_ascii_iscntrl(*c))
            return templates_throw(error, TEMPLATES_ERROR_SYNTAX, "%s:1: a subject is one line",
                                   path);
    if (*subject == '\0' || strlen(subject) > MAX_SUBJECT)
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                               "%s:1: the subject is empty or too long", path);
    return true;
}

/* People quote the reference and we find their case by it, so each part must give it. */
static bool
check_reference(const Maker *maker, const TemplatesWords *words, GError **error)
{
    const char *parts[][2] = {
        {words->subject, ".subject"}, {words->text, ".txt"}, {words->html, ".html"}};
    const char *reference = maker->reply->reference;

    for (guint i = 0; reference != NULL && i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *path = path_of(maker, parts[i][1]);

        if (strstr(parts[i][0], reference) == NULL)
            return templates_throw(error, TEMPLATES_ERROR_RENDER, "%s: the reference is not in it",
                                   path);
    }
    return true;
}

bool
templates_words_make(const TemplatesReply *reply, TemplatesKit *kit, TemplatesWords *out_words,
                     GError **error)
{
    Maker maker = {reply, kit, NULL};
    g_auto(TemplatesWords) words = {0};
    g_autoptr(json_t) data = NULL;

    if (!make_data(&maker, &data, error))
        return false;
    if (!fill_in(&maker, ".subject", data, &words.subject, error))
        return false;
    if (!check_subject(&maker, words.subject, error))
        return false;
    json_object_set_new(data, "subject", json_string(words.subject));
    if (!fill_in(&maker, ".txt", data, &words.text, error))
        return false;
    if (!fill_in(&maker, ".html", data, &words.html, error))
        return false;
    if (!check_reference(&maker, &words, error))
        return false;
    *out_words = words;
    memset(&words, 0, sizeof words);
    return true;
}

/* Every name a mail template may use: "contacts" and what is in it, as "contacts.key". */
static char **
known_names(const json_t *data)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *key, *inner_key;
    json_t *value, *inner;

    json_object_foreach((json_t *)data, key, value)
    {
        g_ptr_array_add(names, g_strdup(key));
        json_object_foreach(value, inner_key, inner)
            g_ptr_array_add(names, g_strconcat(key, ".", inner_key, NULL));
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_steal(names, NULL);
}

bool
templates_words_check(const TemplatesReply *reply, TemplatesKit *kit, GError **error)
{
    static const char *const suffixes[] = {".subject", ".txt", ".html"};
    Maker maker = {reply, kit, NULL};
    g_autoptr(json_t) data = NULL;
    g_auto(GStrv) known = NULL;

    if (!make_data(&maker, &data, error))
        return false;
    known = known_names(data);
    for (guint i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        g_autofree char *path = path_of(&maker, suffixes[i]);

        if (!templates_kit_check(kit, path, (const char *const *)known, error))
            return false;
    }
    return true;
}
