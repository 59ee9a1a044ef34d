/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/calendar.c - when the office is open, and when it next will be.
 *
 * The file of holidays wins over the rules, as a proclamation can add or move
 * a day; the rules stand in for years that the file does not know.
 *
 * Runs in:  courier, staff pages, command line.
 * Source:   https://www.gov.uk/bank-holidays.json; Banking and Financial Dealings Act 1971
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include <stdlib.h>

#include "templates/autoptr.h"
#include "templates/calendar.h"
#include "templates/file.h"

#define HOLIDAYS_OF_A_YEAR 8
#define MAX_FILE (1024u * 1024u)
#define FIRST_YEAR 1970
#define LAST_YEAR 2199

static const TemplatesHours office = {8 * 60 + 30, 17 * 60};

struct TemplatesCalendar {
    GTimeZone *zone;
    GHashTable *days;     /* set of day keys of the file's holidays */
    GHashTable *closures; /* set of day keys on which only the council closes */
    GHashTable *years;    /* set of years whose holidays the file knows */
    int last_year;        /* greatest of years, or 0 */
};

static gpointer
day_key(const GDate *date)
{
    return GUINT_TO_POINTER(g_date_get_julian(date));
}

static bool
read_date(const char *text, GDate *out_date)
{
    unsigned year, month, day;
    int used = 0;

    if (text == NULL || strlen(text) != 10 ||
        sscanf(text, "%4u-%2u-%2u%n", &year, &month, &day, &used) != 3 || used != 10)
        return false;
    if (year < FIRST_YEAR || year > LAST_YEAR ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return false;
    g_date_clear(out_date, 1);
    g_date_set_dmy(out_date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return true;
}

/* Count a year's holidays; it is known once it has enough of them. */
static void
count_year(TemplatesCalendar *calendar, GHashTable *counts, int year)
{
    gpointer key = GINT_TO_POINTER(year);
    int n = GPOINTER_TO_INT(g_hash_table_lookup(counts, key)) + 1;

    g_hash_table_insert(counts, key, GINT_TO_POINTER(n));
    if (n < HOLIDAYS_OF_A_YEAR)
        return;
    g_hash_table_add(calendar->years, key);
    calendar->last_year = MAX(calendar->last_year, year);
}

static bool
add_holidays(TemplatesCalendar *calendar, const json_t *events, GError **error)
{
    g_autoptr(GHashTable) counts = g_hash_table_new(NULL, NULL);

    if (!json_is_array(events))
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                               "holidays.json: there is no list england-and-wales, events");
    for (size_t i = 0; i < json_array_size(events); i++) {
        const char *text = json_string_value(json_object_get(json_array_get(events, i), "date"));
        GDate date;

        if (!read_date(text, &date))
            return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                                   "holidays.json: event %zu has no date such as 2026-12-25",
                                   i + 1);
        if (g_hash_table_add(calendar->days, day_key(&date)))
            count_year(calendar, counts, g_date_get_year(&date));
    }
    return true;
}

static bool
add_file(TemplatesCalendar *calendar, const char *folder, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(json_t) root = NULL;
    json_error_t why;

    if (!templates_file_get(folder, "holidays.json", &bytes, error))
        return false;
    if (g_bytes_get_size(bytes) > MAX_FILE)
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX, "holidays.json is too long");
    root = json_loadb(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
                      JSON_REJECT_DUPLICATES, &why);
    if (root == NULL)
        return templates_throw(error, TEMPLATES_ERROR_SYNTAX, "holidays.json:%d: %s", why.line,
                               why.text);
    return add_holidays(
        calendar, json_object_get(json_object_get(root, "england-and-wales"), "events"), error);
}

static bool
add_closures(TemplatesCalendar *calendar, const char *const *closures, GError **error)
{
    for (guint i = 0; closures != NULL && closures[i] != NULL; i++) {
        GDate date;

        if (!read_date(closures[i], &date))
            return templates_throw(error, TEMPLATES_ERROR_SYNTAX,
                                   "closure day %u is not a date such as 2026-12-29", i + 1);
        g_hash_table_add(calendar->closures, day_key(&date));
    }
    return true;
}

bool
templates_calendar_load(const char *folder, const char *zone_name, const char *const *closures,
                        TemplatesCalendar **out_calendar, GError **error)
{
    g_autoptr(TemplatesCalendar) calendar = g_new0(TemplatesCalendar, 1);

    calendar->days = g_hash_table_new(NULL, NULL);
    calendar->closures = g_hash_table_new(NULL, NULL);
    calendar->years = g_hash_table_new(NULL, NULL);
    calendar->zone = g_time_zone_new_identifier(zone_name);
    if (calendar->zone == NULL)
        return templates_throw(error, TEMPLATES_ERROR_MISSING, "there is no time zone \"%s\"",
                               zone_name);
    if (!add_file(calendar, folder, error))
        return false;
    if (!add_closures(calendar, closures, error))
        return false;
    *out_calendar = g_steal_pointer(&calendar);
    return true;
}

void
templates_calendar_free(TemplatesCalendar *calendar)
{
    if (calendar == NULL)
        return;
    g_clear_pointer(&calendar->zone, g_time_zone_unref);
    g_clear_pointer(&calendar->days, g_hash_table_unref);
    g_clear_pointer(&calendar->closures, g_hash_table_unref);
    g_clear_pointer(&calendar->years, g_hash_table_unref);
    g_free(calendar);
}

/* Easter Sunday by the method of the anonymous Gregorian computus (Meeus, Jones and Butcher). */
static void
easter(int year, GDate *out_date)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;

    g_date_clear(out_date, 1);
    g_date_set_dmy(out_date, (GDateDay)(f % 31 + 1), (GDateMonth)(f / 31), (GDateYear)year);
}

static bool
is_weekend(const GDate *date)
{
    return g_date_get_weekday(date) >= G_DATE_SATURDAY;
}

static bool
is_moving_holiday(const GDate *date)
{
    GDateMonth month = g_date_get_month(date);
    GDateDay day = g_date_get_day(date);
    GDate sunday;
    int from_easter;

    easter(g_date_get_year(date), &sunday);
    from_easter = g_date_days_between(&sunday, date);
    if (from_easter == -2 || from_easter == 1)
        return true;
    if (g_date_get_weekday(date) != G_DATE_MONDAY)
        return false;
    return (month == G_DATE_MAY && (day <= 7 || day >= 25)) ||
           (month == G_DATE_AUGUST && day >= 25);
}

/* New Year's Day, Christmas Day and Boxing Day; one that falls on a weekend moves to the next
 * weekday that is not a holiday itself. */
static bool
is_fixed_holiday(const GDate *date)
{
    GDateMonth month = g_date_get_month(date);
    GDateDay day = g_date_get_day(date);
    GDateWeekday weekday = g_date_get_weekday(date);

    if (month == G_DATE_JANUARY)
        return day == 1 || (day <= 3 && weekday == G_DATE_MONDAY);
    if (month != G_DATE_DECEMBER)
        return false;
    return day == 25 || day == 26 ||
           ((day == 27 || day == 28) && (weekday == G_DATE_MONDAY || weekday == G_DATE_TUESDAY));
}

static bool
is_holiday(const TemplatesCalendar *calendar, const GDate *date)
{
    if (g_hash_table_contains(calendar->days, day_key(date)))
        return true;
    if (g_hash_table_contains(calendar->years, GINT_TO_POINTER((int)g_date_get_year(date))))
        return false;
    return is_moving_holiday(date) || is_fixed_holiday(date);
}

static bool
is_working_date(const TemplatesCalendar *calendar, const GDate *date)
{
    return !is_weekend(date) && !g_hash_table_contains(calendar->closures, day_key(date)) &&
           !is_holiday(calendar, date);
}

GDateTime *
templates_calendar_local(const TemplatesCalendar *calendar, gint64 at)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);

    g_assert(utc != NULL);
    return g_date_time_to_timezone(utc, calendar->zone);
}

static void
local_date(GDateTime *local, GDate *out_date)
{
    int year, month, day;

    g_date_time_get_ymd(local, &year, &month, &day);
    g_date_clear(out_date, 1);
    g_date_set_dmy(out_date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

bool
templates_calendar_working_day(const TemplatesCalendar *calendar, gint64 at)
{
    g_autoptr(GDateTime) local = templates_calendar_local(calendar, at);
    GDate date;

    local_date(local, &date);
    return is_working_date(calendar, &date);
}

bool
templates_calendar_holiday(const TemplatesCalendar *calendar, gint64 at)
{
    g_autoptr(GDateTime) local = templates_calendar_local(calendar, at);
    GDate date;

    local_date(local, &date);
    return !is_weekend(&date) && is_holiday(calendar, &date);
}

bool
templates_calendar_hours(const char *text, TemplatesHours *out_hours)
{
    static const char pattern[] = "\\A([01]\\d|2[0-3]):([0-5]\\d)-([01]\\d|2[0-3]):([0-5]\\d)\\z";
    TemplatesHours hours;

    if (!g_regex_match_simple(pattern, text, 0, 0))
        return false;
    hours.opens = atoi(text) * 60 + atoi(text + 3);
    hours.shuts = atoi(text + 6) * 60 + atoi(text + 9);
    if (hours.shuts <= hours.opens)
        return false;
    *out_hours = hours;
    return true;
}

bool
templates_calendar_open(const TemplatesCalendar *calendar, const TemplatesHours *hours, gint64 at)
{
    g_autoptr(GDateTime) local = templates_calendar_local(calendar, at);
    int minute = g_date_time_get_hour(local) * 60 + g_date_time_get_minute(local);

    return minute >= hours->opens && minute < hours->shuts &&
           templates_calendar_working_day(calendar, at);
}

static gint64
opening_of(const TemplatesCalendar *calendar, const TemplatesHours *hours, const GDate *date)
{
    g_autoptr(GDateTime) opening =
        g_date_time_new(calendar->zone, g_date_get_year(date), (gint)g_date_get_month(date),
                        g_date_get_day(date), hours->opens / 60, hours->opens % 60, 0);

    return g_date_time_to_unix(opening) * G_USEC_PER_SEC;
}

gint64
templates_calendar_opens(const TemplatesCalendar *calendar, const TemplatesHours *hours,
                         gint64 after)
{
    g_autoptr(GDateTime) local = templates_calendar_local(calendar, after);
    GDate date;

    local_date(local, &date);
    while (!is_working_date(calendar, &date) || opening_of(calendar, hours, &date) <= after)
        g_date_add_days(&date, 1);
    return opening_of(calendar, hours, &date);
}

bool
templates_calendar_in_hours(const TemplatesCalendar *calendar, gint64 at)
{
    return templates_calendar_open(calendar, &office, at);
}

gint64
templates_calendar_next_opening(const TemplatesCalendar *calendar, gint64 after)
{
    return templates_calendar_opens(calendar, &office, after);
}

gint64
templates_calendar_ends(const TemplatesCalendar *calendar)
{
    g_autoptr(GDateTime) end = NULL;

    if (calendar->last_year == 0)
        return 0;
    end = g_date_time_new(calendar->zone, calendar->last_year + 1, 1, 1, 0, 0, 0);
    return g_date_time_to_unix(end) * G_USEC_PER_SEC;
}
