/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/viewer.h - a mail shown to people: its view, and pictures of its pages.
 *
 * Made in postern-view's cage, by a fresh child each time; checked here as a stranger's.
 *
 * Runs in:  staff pages; printer.
 * Source:   doc/review.md, "The original"
 */
#ifndef DAEMON_VIEWER_H
#define DAEMON_VIEWER_H

#include "daemon/parser.h"
#include "daemon/settings.h"
#include "parsers/view.h"

typedef struct DaemonViewer DaemonViewer;

/* Its process starts with the first mail.  Errors: DAEMON_ERROR_FILE. */
bool daemon_viewer_open(const DaemonSettings *settings, DaemonViewer **out_viewer, GError **error);
void daemon_viewer_free(DaemonViewer *viewer); /* ends the process */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonViewer, daemon_viewer_free)

/* What stands in a mail.  Errors: as daemon_parser_show(). */
bool daemon_viewer_look(DaemonViewer *viewer, DaemonMemoryFile *mail, ParsersView **out_view,
                        GError **error);

/* A picture of one page, as PNG, in two steps for a loop that does something else meanwhile: begin
 * it; poll daemon_viewer_fd() for reading, or ask daemon_viewer_is_drawn(), which is also true when
 * its time is up; then take it, which waits if it is done early.
 *
 * part: from 0; page: from 1.
 *
 * Errors: as daemon_parser_show() */
bool daemon_viewer_draw(DaemonViewer *viewer, DaemonMemoryFile *mail, guint part, guint page,
                        GError **error);
int daemon_viewer_fd(const DaemonViewer *viewer);
bool daemon_viewer_is_drawn(const DaemonViewer *viewer);
bool daemon_viewer_drawn(DaemonViewer *viewer, GBytes **out_png, GError **error);

/* Hand out a part whose pages a program outside must print: a list of one ParsersForeign, owned.
 *
 * Errors: as daemon_parser_show() */
bool daemon_viewer_document(DaemonViewer *viewer, DaemonMemoryFile *mail, guint part,
                            GPtrArray **out_list, GError **error);

/* From now on look at what programs outside made of the mail's parts, too: a packed list of
 * ParsersForeign; NULL to forget it; referenced. */
void daemon_viewer_set_converted(DaemonViewer *viewer, GBytes *packed);

#endif
