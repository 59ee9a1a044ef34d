/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/parser.h - one parser process: a mail in, findings out, and it may die meanwhile.
 *
 * What comes back is checked as a stranger's: the process that made it read a stranger's bytes.
 *
 * Runs in:  intake, staff pages and the command line.
 * Source:   doc/process-model.md; parsers/wire.h
 */
#ifndef DAEMON_PARSER_H
#define DAEMON_PARSER_H

#include "daemon/memory-file.h"
#include "parsers/findings.h"
#include "parsers/wire.h"

typedef enum {
    DAEMON_PARSER_WORDS,    /* postern-parser: reads every mail, and no picture */
    DAEMON_PARSER_PICTURES, /* postern-ocr: the same, and reads pictures; may not be installed */
    DAEMON_PARSER_VIEW,     /* postern-view: shows mails to people */
} DaemonParserKind;

typedef struct {
    const char *program; /* path, as from daemon_parser_program() */
    GBytes *definitions; /* from daemon_parser_definitions() */
    guint timeout_s;     /* processor time of one mail; twice that by the clock */
    guint memory_mib;    /* address space that one mail may take */
    guint recycle_after; /* mails after which the process is replaced; 0: a default */
} DaemonParserSettings;

typedef struct DaemonParser DaemonParser;

/* A parser; its process is started with the first mail.  The first of all that starts writes into
 * the log when this kernel cannot make the whole cage.  settings: borrowed, copied. */
DaemonParser *daemon_parser_new(const DaemonParserSettings *settings);
void daemon_parser_free(DaemonParser *parser); /* ends the process */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonParser, daemon_parser_free)

/* From now on leave attachments unopened (careful), or open them again: for a mail that has killed
 * or outrun its reader, so that staff see at least its own words. */
void daemon_parser_set_careful(DaemonParser *parser, bool careful);

/* What converters made of parts of the next mails: a packed list of ParsersForeign, or NULL to
 * forget it; referenced. */
void daemon_parser_set_converted(DaemonParser *parser, GBytes *packed);

/* Read one mail, in two steps, for a loop that keeps several parsers busy: start it (only when
 * nothing is under way); wait until daemon_parser_fd() is readable or daemon_parser_deadline() has
 * passed; then finish.  finish waits if it is called early.
 *
 * mail:         as received; borrowed.
 * out_findings: set on success; the caller frees.
 *
 * Whatever happens, the next start begins afresh.
 *
 * Errors: DAEMON_ERROR_PARSER_DIED  this mail killed its process, used up its memory, or the answer
 *                                   was not findings: try once more, then hold
 *         DAEMON_ERROR_PARSER_SLOW  its time was used up: try once more, then hold
 *         DAEMON_ERROR_SYSTEM       no process could be started at all: the text says what to do;
 *                                   from start */
bool daemon_parser_start(DaemonParser *parser, DaemonMemoryFile *mail, GError **error);
bool daemon_parser_finish(DaemonParser *parser, ParsersFindings **out_findings, GError **error);

/* What is to be shown of a mail; only DAEMON_PARSER_VIEW can. */
typedef struct {
    ParsersWireWant what;
    guint part, page; /* of a picture: part from 0, page from 1 */
} DaemonParserWant;

/* Ask for something else than findings, and wait for it.
 *
 * out_bytes: a view or a PNG file, not looked at: a stranger's; the caller unrefs.
 *
 * Errors: as above; DAEMON_ERROR_FILE, there is no such picture */
bool daemon_parser_show(DaemonParser *parser, DaemonMemoryFile *mail, const DaemonParserWant *want,
                        GBytes **out_bytes, GError **error);
/* The same in two steps, as daemon_parser_start() and _finish() are. */
bool daemon_parser_ask(DaemonParser *parser, DaemonMemoryFile *mail, const DaemonParserWant *want,
                       GError **error);
bool daemon_parser_answer(DaemonParser *parser, GBytes **out_bytes, GError **error);

/* End the process, and with it what it may be reading; the next mail starts another. */
void daemon_parser_end(DaemonParser *parser);
int daemon_parser_fd(const DaemonParser *parser); /* to poll for reading; -1 when idle */
gint64
daemon_parser_deadline(const DaemonParser *parser); /* microseconds, g_get_monotonic_time() */

/* Id of the process, or 0 when none is there; for tests and the log. */
int daemon_parser_pid(const DaemonParser *parser);

/* Where a program is, or should be: beside our own when that is not installed, else in libexec.
 * The caller frees. */
char *daemon_parser_program(DaemonParserKind kind);

/* All files below forms/ for daemon_parser_new().
 *
 * templates_folder: a council's own folder, or NULL; borrowed.
 *
 * Errors: DAEMON_ERROR_FILE. */
bool daemon_parser_definitions(const char *templates_folder, GBytes **out_definitions,
                               GError **error);

#endif
