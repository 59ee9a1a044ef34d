/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/safe-text.h - strangers' texts, fit to be shown.
 *
 * Runs in:  staff pages, command line.
 * Source:   doc/review.md, "Safe pages"; Unicode Technical Report 36
 */
#ifndef DAEMON_SAFE_TEXT_H
#define DAEMON_SAFE_TEXT_H

#include <glib.h>

/* A text in which nothing acts and nothing hides: control characters, changes of direction and
 * letters without width are shown as [U+202E]; line ends and tabs stay.  What was not UTF-8 becomes
 * U+FFFD.  The caller frees. */
char *daemon_safe_text(const char *text);

/* The same on one line, for lists and terminals; at most max letters, then an ellipsis. */
char *daemon_safe_line(const char *text, guint max);

/* A cell of a CSV file: quoted, and never a formula.  The caller frees. */
char *daemon_safe_csv(const char *text);

#endif
