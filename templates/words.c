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
#include "templates/dates.h"
#include "templates/file.h"
#include "templates/mustache.h"
#include "templates/words.h"

#define MAX_CONTACTS (64u * 1024u) /* bytes of contacts.json */
#define MAX_SUBJECT 200            /* bytes */

/* Which files a partial is looked for in. */
typedef struct {
    const char *folder;
    const char *language;
    const char *suffix; /* ".txt" or ".html" */
} Place;

static const char *
language_of(const TemplatesReply *reply)
{
    return reply->language != NULL ? reply->language : "en";
}

/* Such as mails/en/holding-blank.txt; the caller frees. */
static char *
path_of(const TemplatesReply *reply, const char *suffix)
{
    return g_strconcat("mails/", language_of(reply), "/", reply->template,
                       reply->variant != NULL ? "-" : "",
                       reply->variant != NULL ? reply->variant : "", suffix, NULL);
}

void
templates_words_clear(TemplatesWords *words)
{
    g_clear_pointer(&words->subject, g_free);
    g_clear_pointer(&words->text, g_free);
    g_clear_pointer(&words->html, g_free);
}

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
make_contacts(const TemplatesReply *reply, json_t **out_contacts, GError **error)
{
    g_autofree char *own = g_strconcat("mails/", language_of(reply), "/contacts.json", NULL);
    g_autoptr(json_t) contacts = json_object();
    GHashTableIter iter;
    gpointer key, value;

    if (!add_contacts_of(contacts, reply->folder, "mails/contacts.json", true, error) ||
        !add_contacts_of(contacts, reply->folder, own, false, error))
        return false;
    if (reply->contacts != NULL) {
        g_hash_table_iter_init(&iter, reply->contacts);
        while (g_hash_table_iter_next(&iter, &key, &value))
            add_contact(contacts, key, value);
    }
    *out_contacts = g_steal_pointer(&contacts);
    return true;
}

/* What a template may say of another council's area: area.name, area.lado-phone-link ... */
static void
add_area(json_t *data, const TemplatesReply *reply, const char *key, const char *name)
{
    g_autoptr(json_t) texts = templates_areas_contacts(reply->areas, name);
    json_t *area = json_object();
    const char *text_key;
    json_t *text;

    json_object_foreach(texts, text_key, text) add_contact(area, text_key, json_string_value(text));
    json_object_set_new(data, key, area);
}

typedef struct {
    const TemplatesReply *reply;
    const TemplatesDates *dates;
} Clock;

static void
add_time(json_t *data, const Clock *clock, const char *prefix, gint64 at)
{
    g_autoptr(GDateTime) local = templates_calendar_local(clock->reply->calendar, at);
    g_autofree char *day_key = g_strconcat(prefix, "-day", NULL);
    g_autofree char *time_key = g_strconcat(prefix, "-time", NULL);
    g_autofree char *day = templates_dates_day(clock->dates, local);
    g_autofree char *time = templates_dates_clock(clock->dates, local);

    json_object_set_new(data, day_key, json_string(day));
    json_object_set_new(data, time_key, json_string(time));
}

/* When the number of the No Named consultation is answered. */
static void
add_consultation(json_t *data, const Clock *clock)
{
    const TemplatesReply *reply = clock->reply;
    TemplatesHours hours = reply->consultation;

    if (hours.shuts == 0)
        hours = TEMPLATES_CALENDAR_CONSULTATION;
    json_object_set_new(data, "consultation-open",
                        json_boolean(templates_calendar_open(reply->calendar, &hours, reply->now)));
    add_time(data, clock, "consultation-next",
             templates_calendar_opens(reply->calendar, &hours, reply->now));
}

static bool
add_times(json_t *data, const TemplatesReply *reply, GError **error)
{
    const TemplatesCalendar *calendar = reply->calendar;
    g_autoptr(TemplatesDates) dates = NULL;
    Clock clock = {reply, NULL};

    if (!templates_dates_load(reply->folder, language_of(reply), &dates, error))
        return false;
    clock.dates = dates;
    json_object_set_new(data, "in-hours",
                        json_boolean(templates_calendar_in_hours(calendar, reply->now)));
    json_object_set_new(data, "holiday",
                        json_boolean(templates_calendar_holiday(calendar, reply->now)));
    add_time(data, &clock, "received", reply->received);
    add_time(data, &clock, "next-open", templates_calendar_next_opening(calendar, reply->now));
    add_consultation(data, &clock);
    return true;
}

static bool
make_data(const TemplatesReply *reply, json_t **out_data, GError **error)
{
    g_autoptr(json_t) data = json_object();
    g_autofree char *waiting_text = g_strdup_printf("%u", reply->waiting);
    json_t *contacts = NULL;

    if (!make_contacts(reply, &contacts, error))
        return false;
    json_object_set_new(data, "contacts", contacts);
    json_object_set_new(data, "language", json_string(language_of(reply)));
    json_object_set_new(data, "reference",
                        json_string(reply->reference != NULL ? reply->reference : ""));
    json_object_set_new(data, "service", json_string(reply->service));
    json_object_set_new(data, "portal-url", json_string(reply->portal_url));
    json_object_set_new(data, "subject", json_string(""));
    json_object_set_new(data, "waiting", json_string(waiting_text));
    add_area(data, reply, "home-area", reply->home_area);
    add_area(data, reply, "work-area", reply->work_area);
    if (!add_times(data, reply, error))
        return false;
    *out_data = g_steal_pointer(&data);
    return true;
}

static bool
load_text(const char *folder, const char *path, char **out_text, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    gsize size;
    const char *data;

    if (!templates_file_get(folder, path, &bytes, error))
        return false;
    data = g_bytes_get_data(bytes, &size);
    if (size > TEMPLATES_MUSTACHE_MAX_TEXT || memchr(data, '\0', size) != NULL)
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                               "%s:1: this is not a text, or too long", path);
    *out_text = g_strndup(data, size);
    return true;
}

static char *
load_partial(const char *name, gpointer user_data)
{
    const Place *place = user_data;
    g_autofree char *path = NULL;
    char *text = NULL;

    if (strchr(name, '/') != NULL || name[0] == '.')
        return NULL;
    path = g_strconcat("mails/", place->language, "/", name, place->suffix, NULL);
    return load_text(place->folder, path, &text, NULL) ? text : NULL;
}

static bool
fill_in(const TemplatesReply *reply, const char *suffix, const json_t *data, char **out_text,
        GError **error)
{
    g_autofree char *path = path_of(reply, suffix);
    g_autofree char *text = NULL;
    Place place = {reply->folder, language_of(reply), suffix};
    TemplatesMustache job = {.name = path, .partial = load_partial, .user_data = &place};

    if (!load_text(reply->folder, path, &text, error))
        return false;
    job.text = text;
    job.escape = g_str_equal(suffix, ".html");
    return templates_mustache_render(&job, data, out_text, error);
}

static bool
check_subject(const TemplatesReply *reply, char *subject, GError **error)
{
    g_autofree char *path = path_of(reply, ".subject");

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
check_reference(const TemplatesReply *reply, const TemplatesWords *words, GError **error)
{
    const char *parts[][2] = {
        {words->subject, ".subject"}, {words->text, ".txt"}, {words->html, ".html"}};

    for (guint i = 0; reply->reference != NULL && i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *path = path_of(reply, parts[i][1]);

        if (strstr(parts[i][0], reply->reference) == NULL)
            return templates_throw(error, TEMPLATES_ERROR_RENDER, "%s: the reference is not in it",
                                   path);
    }
    return true;
}

bool
templates_words_make(const TemplatesReply *reply, TemplatesWords *out_words, GError **error)
{
    g_auto(TemplatesWords) words = {0};
    g_autoptr(json_t) data = NULL;

    if (!make_data(reply, &data, error))
        return false;
    if (!fill_in(reply, ".subject", data, &words.subject, error))
        return false;
    if (!check_subject(reply, words.subject, error))
        return false;
    json_object_set_new(data, "subject", json_string(words.subject));
    if (!fill_in(reply, ".txt", data, &words.text, error))
        return false;
    if (!fill_in(reply, ".html", data, &words.html, error))
        return false;
    if (!check_reference(reply, &words, error))
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

static bool
check_file(const TemplatesReply *reply, const char *suffix, const char *const *known,
           GError **error)
{
    g_autofree char *path = path_of(reply, suffix);
    g_autofree char *text = NULL;
    Place place = {reply->folder, language_of(reply), suffix};
    TemplatesMustache job = {.name = path, .partial = load_partial, .user_data = &place};

    if (!load_text(reply->folder, path, &text, error))
        return false;
    job.text = text;
    return templates_mustache_check(&job, known, error);
}

bool
templates_words_check(const TemplatesReply *reply, GError **error)
{
    static const char *const suffixes[] = {".subject", ".txt", ".html"};
    g_autoptr(json_t) data = NULL;
    g_auto(GStrv) known = NULL;

    if (!make_data(reply, &data, error))
        return false;
    known = known_names(data);
    for (guint i = 0; i < G_N_ELEMENTS(suffixes); i++)
        if (!check_file(reply, suffixes[i], (const char *const *)known, error))
            return false;
    return true;
}
