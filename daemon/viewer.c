/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/viewer.c - a mail shown to people: its view, and pictures of its pages.
 *
 * Runs in:  staff pages; printer.
 * Source:   doc/review.md, "The original"; ISO 15948, section 5
 */
#include "config.h"

#include <poll.h>
#include <string.h>

#include "daemon/viewer.h"
#include "parsers/foreign.h"

#define PATIENCE_S 10u /* somebody waits for the page */

struct DaemonViewer {
    DaemonParser *parser;
};

bool
daemon_viewer_open(const DaemonSettings *settings, DaemonViewer **out_viewer, GError **error)
{
    g_autofree char *program = daemon_parser_program(DAEMON_PARSER_VIEW);
    g_autoptr(GBytes) definitions = NULL;
    DaemonViewer *viewer = NULL;

    if (!daemon_parser_definitions(settings->templates, &definitions, error))
        return false;
    viewer = g_new0(DaemonViewer, 1);
    viewer->parser = daemon_parser_new(
        &(DaemonParserSettings){.program = program,
                                .definitions = definitions,
                                .timeout_s = MIN(settings->parser_timeout, PATIENCE_S),
                                .memory_mib = settings->parser_memory});
    *out_viewer = viewer;
    return true;
}

void
daemon_viewer_free(DaemonViewer *viewer)
{
    if (viewer == NULL)
        return;
    daemon_parser_free(viewer->parser);
    g_free(viewer);
}

bool
daemon_viewer_look(DaemonViewer *viewer, DaemonMemoryFile *mail, ParsersView **out_view,
                   GError **error)
{
    const DaemonParserWant want = {.what = PARSERS_WIRE_WANT_VIEW};
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) damage = NULL;

    if (!daemon_parser_show(viewer->parser, mail, &want, &bytes, error))
        return false;
    return parsers_view_decode(bytes, out_view, &damage) ||
           daemon_throw(error, DAEMON_ERROR_PARSER_DIED, "%s", damage->message);
}

/* A child that was taken over may send anything: browsers get it as a PNG file or not at all. */
static bool
is_png(GBytes *bytes)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);

    return size > 33 && memcmp(data, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) == 0;
}

bool
daemon_viewer_draw(DaemonViewer *viewer, DaemonMemoryFile *mail, guint part, guint page,
                   GError **error)
{
    const DaemonParserWant want = {PARSERS_WIRE_WANT_PICTURE, part, page};

    return daemon_parser_ask(viewer->parser, mail, &want, error);
}

int
daemon_viewer_fd(const DaemonViewer *viewer)
{
    return daemon_parser_fd(viewer->parser);
}

bool
daemon_viewer_is_drawn(const DaemonViewer *viewer)
{
    struct pollfd fd = {daemon_viewer_fd(viewer), POLLIN, 0};

    return poll(&fd, 1, 0) > 0 || g_get_monotonic_time() > daemon_parser_deadline(viewer->parser);
}

bool
daemon_viewer_drawn(DaemonViewer *viewer, GBytes **out_png, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;

    if (!daemon_parser_answer(viewer->parser, &bytes, error))
        return false;
    if (!is_png(bytes))
        return daemon_throw(error, DAEMON_ERROR_PARSER_DIED, "the parser made no picture");
    *out_png = g_steal_pointer(&bytes);
    return true;
}

bool
daemon_viewer_document(DaemonViewer *viewer, DaemonMemoryFile *mail, guint part,
                       GPtrArray **out_list, GError **error)
{
    const DaemonParserWant want = {PARSERS_WIRE_WANT_DOCUMENT, part, 0};
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GPtrArray) list = NULL;
    g_autoptr(GError) damage = NULL;

    if (!daemon_parser_show(viewer->parser, mail, &want, &bytes, error))
        return false;
    if (!parsers_foreign_unpack(bytes, &list, &damage) || list->len != 1)
        return daemon_throw(error, DAEMON_ERROR_PARSER_DIED, "%s",
                            damage != NULL ? damage->message : "the parser gave no document");
    *out_list = g_steal_pointer(&list);
    return true;
}

void
daemon_viewer_set_converted(DaemonViewer *viewer, GBytes *packed)
{
    daemon_parser_set_converted(viewer->parser, packed);
}
