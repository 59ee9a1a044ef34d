/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/dates.c - days and times of day in the words of a language.
 *
 * The words stand in the language's own folder and not in the system's locale,
 * which a server in a county seldom has for more than one language.
 *
 * Runs in:  courier, command line.
 * Source:   doc/replies.md, "A second language"
 */
#include "config.h"

#include "templates/autoptr.h"
#include "templates/dates.h"
#include "templates/file.h"

#define MAX_FILE (64u * 1024u)

struct TemplatesDates {
    json_t *words;
};

void
templates_dates_free(TemplatesDates *dates)
{
    if (dates == NULL)
        return;
    json_decref(dates->words);
    g_free(dates);
}

static bool
has_words(const json_t *list, gsize count)
{
    if (!json_is_array(list) || json_array_size(list) != count)
        return false;
    for (gsize i = 0; i < count; i++)
        if (!json_is_string(json_array_get(list, i)))
            return false;
    return true;
}

static bool
check(const json_t *words, const char *path, GError **error)
{
    static const char *const single[] = {"am", "pm", "midday", "midnight"};

    if (!has_words(json_object_get(words, "days"), 7))
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                               "%s: \"days\" must name seven days, Monday first", path);
    if (!has_words(json_object_get(words, "months"), 12))
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                               "%s: \"months\" must name twelve months", path);
    for (gsize i = 0; i < G_N_ELEMENTS(single); i++)
        if (!json_is_string(json_object_get(words, single[i])))
            return templates_throw(error, TEMPLATES_ERROR_SYNTAX, "%s: \"%s\" is no text", path,
                                   single[i]);
    return true;
}

bool
templates_dates_load(const char *folder, const char *language, TemplatesDates **out_dates,
                     GError **error)
{
    g_autofree char *path = g_strconcat("mails/", language, "/dates.json", NULL);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(json_t) words = NULL;
    json_error_t why;

    if (!templates_file_get(folder, path, &bytes, error))
        return false;
    if (g_bytes_get_size(bytes) > MAX_FILE)
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX, "%s is too long", path);
    words = json_loadb(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
                       JSON_REJECT_DUPLICATES, &why);
    if (words == NULL)
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX, "%s:%d: %s", path, why.line,
                               why.text);
    if (!check(words, path, error))
        return false;
    *out_dates = g_new0(TemplatesDates, 1);
    (*out_dates)->words = g_steal_pointer(&words);
    return true;
}

static const char *
word(const TemplatesDates *dates, const char *key)
{
    return json_string_value(json_object_get(dates->words, key));
}

static const char *
word_of(const TemplatesDates *dates, const char *key, int number)
{
    return json_string_value(json_array_get(json_object_get(dates->words, key), (gsize)number - 1));
}

char *
templates_dates_day(const TemplatesDates *dates, GDateTime *at)
{
    return g_strdup_printf("%s %d %s %d", word_of(dates, "days", g_date_time_get_day_of_week(at)),
                           g_date_time_get_day_of_month(at),
                           word_of(dates, "months", g_date_time_get_month(at)),
                           g_date_time_get_year(at));
}

char *
templates_dates_clock(const TemplatesDates *dates, GDateTime *at)
{
    int hour = g_date_time_get_hour(at);
    int minute = g_date_time_get_minute(at);
    const char *half = word(dates, hour < 12 ? "am" : "pm");

    if (minute == 0 && hour % 12 == 0)
        return g_strdup(word(dates, hour == 0 ? "midnight" : "midday"));
    hour = hour % 12 == 0 ? 12 : hour % 12;
    if (minute == 0)
        return g_strdup_printf("%d%s", hour, half);
    return g_strdup_printf("%d:%02d%s", hour, minute, half);
}
