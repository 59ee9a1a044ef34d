/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/conversion.c - all the documents of one mail that must be converted to be read.
 *
 * Whatever a converter does, the first reading of the mail is kept until a second one has
 * succeeded, so that a mail can only gain.
 *
 * Runs in:  intake and the command line.
 * Source:   doc/process-model.md, "Converters"
 */
#include "config.h"

#include "daemon/conversion.h"

#include <string.h>

#include "daemon/converter.h"
#include "parsers/foreign.h"
#include "parsers/limits.h"

#define ALL_WALL_US (60 * G_USEC_PER_SEC) /* of all documents of one mail */

struct DaemonConversion {
    ParsersFindings *first;
    bool allowed;
    guint next; /* in first->foreign */
    gint64 until;
    DaemonConverter *converter; /* of the one before next, or NULL */
    GPtrArray *converted;       /* ParsersForeign */
    GHashTable *reasons;        /* sum: why it was not converted */
};

static void
drop_pictures(GPtrArray *list)
{
    for (guint i = list->len; i > 0; i--)
        if (strcmp(((const ParsersForeign *)list->pdata[i - 1])->converter, "picture") == 0)
            g_ptr_array_remove_index(list, i - 1);
}

DaemonConversion *
daemon_conversion_new(ParsersFindings **findings, bool allowed, bool pictures)
{
    DaemonConversion *conversion = NULL;

    if (!pictures)
        drop_pictures((*findings)->foreign);
    if ((*findings)->foreign->len == 0)
        return NULL;
    conversion = g_new0(DaemonConversion, 1);
    conversion->first = g_steal_pointer(findings);
    conversion->allowed = allowed;
    conversion->until = g_get_monotonic_time() + ALL_WALL_US;
    conversion->converted = parsers_foreign_list_new();
    conversion->reasons = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return conversion;
}

void
daemon_conversion_free(DaemonConversion *conversion)
{
    if (conversion == NULL)
        return;
    daemon_converter_free(conversion->converter);
    parsers_findings_free(conversion->first);
    g_ptr_array_unref(conversion->converted);
    g_hash_table_unref(conversion->reasons);
    g_free(conversion);
}

static void
give_up(DaemonConversion *conversion, const ParsersForeign *foreign, const char *reason)
{
    g_hash_table_replace(conversion->reasons, g_strdup(foreign->sha256), g_strdup(reason));
}

/* The converter that ran is done, dead, or out of time. */
static void
collect(DaemonConversion *conversion)
{
    const ParsersForeign *foreign = conversion->first->foreign->pdata[conversion->next - 1];
    g_autoptr(GBytes) document = NULL;
    g_autoptr(GError) error = NULL;

    if (!daemon_converter_finish(conversion->converter, &document, &error))
        give_up(conversion, foreign, error->message);
    else if (!parsers_foreign_add(conversion->converted, parsers_limits_default(), "",
                                  foreign->sha256, document))
        give_up(conversion, foreign, "limit convert_bytes: left unconverted");
    g_clear_pointer(&conversion->converter, daemon_converter_free);
}

static void
start_next(DaemonConversion *conversion)
{
    const ParsersForeign *foreign = conversion->first->foreign->pdata[conversion->next++];
    g_autoptr(GError) error = NULL;

    if (!conversion->allowed)
        give_up(conversion, foreign, "not converted: the settings say convert = false");
    else if (g_get_monotonic_time() >= conversion->until)
        give_up(conversion, foreign, "not converted: the mail's other documents took too long");
    else if (!daemon_converter_start(foreign->converter, foreign->bytes, &conversion->converter,
                                     &error))
        give_up(conversion, foreign, error->message);
}

static bool
still_running(const DaemonConversion *conversion)
{
    GPollFD watched = {.fd = daemon_conversion_fd(conversion), .events = G_IO_IN};

    return g_poll(&watched, 1, 0) == 0 &&
           g_get_monotonic_time() < daemon_conversion_deadline(conversion);
}

bool
daemon_conversion_step(DaemonConversion *conversion)
{
    if (conversion->converter != NULL) {
        if (still_running(conversion))
            return false;
        collect(conversion);
    }
    while (conversion->converter == NULL && conversion->next < conversion->first->foreign->len)
        start_next(conversion);
    return conversion->converter == NULL;
}

int
daemon_conversion_fd(const DaemonConversion *conversion)
{
    return conversion->converter != NULL ? daemon_converter_fd(conversion->converter) : -1;
}

gint64
daemon_conversion_deadline(const DaemonConversion *conversion)
{
    return conversion->converter != NULL
               ? MIN(daemon_converter_deadline(conversion->converter), conversion->until)
               : 0;
}

bool
daemon_conversion_saw_pictures(const DaemonConversion *conversion)
{
    return conversion->first->unseen_pictures;
}

GBytes *
daemon_conversion_packed(const DaemonConversion *conversion)
{
    return conversion->converted->len > 0 ? parsers_foreign_pack(conversion->converted) : NULL;
}

void
daemon_conversion_note(const DaemonConversion *conversion, ParsersFindings *findings)
{
    for (guint i = 0; i < findings->parts->len; i++) {
        ParsersPart *part = findings->parts->pdata[i];
        const char *reason = g_hash_table_lookup(conversion->reasons, part->sha256);
        g_autofree char *before = NULL;

        if (reason == NULL)
            continue;
        before = g_steal_pointer(&part->problem);
        part->problem = g_strdup_printf("%s; %s", before, reason);
    }
}

ParsersFindings *
daemon_conversion_first(DaemonConversion *conversion, const char *failure)
{
    for (guint i = 0; failure != NULL && i < conversion->converted->len; i++)
        give_up(conversion, conversion->converted->pdata[i], failure);
    return g_steal_pointer(&conversion->first);
}
