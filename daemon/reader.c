/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/reader.c - a mail's way through the programs that read it, as intake and command line go.
 *
 *   words --read--> done
 *     |  |\--has pictures--> pictures --read or not--> done
 *     |   \--has foreign documents--> converters --> words or pictures, once more
 *     |
 *     died --> words, carefully --read or not--> done
 *
 * Runs in:  intake and the command line.
 * Source:   doc/life-of-a-message.md, "Read"; doc/process-model.md
 */
#include "config.h"

#include "daemon/reader.h"

#include <poll.h>

#include "daemon/conversion.h"
#include "daemon/log.h"

/* A page of 300 pixels an inch, its copies, and what Tesseract makes of them. */
enum { PICTURES_MEMORY_MIB = 512 };

/* Its start costs a hundred times what a small mail does: one with pictures is seldom alone. */
#define PICTURES_IDLE_US (10 * G_USEC_PER_SEC)

struct DaemonReader {
    DaemonParser *words;
    DaemonParser *pictures; /* or NULL */
    gint64 pictures_until;  /* when that is ended, if nobody needs it before; 0: it does not run */
    bool convert;           /* documents that only other programs know */

    const char *id;         /* for the log, or NULL */
    DaemonMemoryFile *mail; /* that is being read, or NULL */
    DaemonParser *at_work;  /* who has it */
    char *problem;          /* why it is read carefully, or NULL */
    ParsersFindings *first; /* without its pictures, while these are read */

    DaemonConversion *conversion; /* of its documents, or NULL */
    bool converting;              /* that has it, and no parser */
};

DaemonReader *
daemon_reader_new(DaemonParser *words, DaemonParser *pictures)
{
    DaemonReader *reader = g_new0(DaemonReader, 1);

    reader->words = words;
    reader->pictures = pictures;
    reader->at_work = words;
    return reader;
}

static void
set_converted(DaemonReader *reader, GBytes *packed)
{
    daemon_parser_set_converted(reader->words, packed);
    if (reader->pictures != NULL)
        daemon_parser_set_converted(reader->pictures, packed);
}

static void
forget(DaemonReader *reader)
{
    set_converted(reader, NULL);
    g_clear_pointer(&reader->conversion, daemon_conversion_free);
    reader->converting = false;
    g_clear_pointer(&reader->mail, daemon_memory_file_unref);
    g_clear_pointer(&reader->problem, g_free);
    g_clear_pointer(&reader->first, parsers_findings_free);
    reader->at_work = reader->words;
    reader->id = NULL;
}

void
daemon_reader_free(DaemonReader *reader)
{
    if (reader == NULL)
        return;
    forget(reader);
    daemon_parser_free(reader->words);
    daemon_parser_free(reader->pictures);
    g_free(reader);
}

bool
daemon_reader_open(const DaemonSettings *settings, GBytes *definitions, DaemonReader **out_reader,
                   GError **error)
{
    g_autofree char *words = daemon_parser_program(DAEMON_PARSER_WORDS);
    g_autofree char *pictures = daemon_parser_program(DAEMON_PARSER_PICTURES);
    g_autoptr(GBytes) packed = definitions != NULL ? g_bytes_ref(definitions) : NULL;
    DaemonParserSettings parser = {.timeout_s = settings->parser_timeout,
                                   .memory_mib = settings->parser_memory};
    DaemonParser *first = NULL, *second = NULL;

    if (packed == NULL && !daemon_parser_definitions(settings->templates, &packed, error))
        return false;
    parser.definitions = packed;
    parser.program = words;
    first = daemon_parser_new(&parser);
    if (g_file_test(pictures, G_FILE_TEST_IS_EXECUTABLE)) {
        parser.program = pictures;
        parser.memory_mib = MAX(parser.memory_mib, PICTURES_MEMORY_MIB);
        second = daemon_parser_new(&parser);
    }
    *out_reader = daemon_reader_new(first, second);
    (*out_reader)->convert = settings->convert;
    return true;
}

ParsersFindings *
daemon_reader_unreadable(const char *reason)
{
    ParsersFindings *findings = parsers_findings_new();
    ParsersPart *part = parsers_part_new();

    g_free(part->type);
    part->type = g_strdup("mail");
    part->state = PARSERS_PART_LIMIT;
    g_free(part->problem);
    part->problem = g_strdup(reason);
    g_ptr_array_add(findings->parts, part);
    g_ptr_array_add(findings->warnings, g_strdup(reason));
    return findings;
}

/* Findings that lack something because a program died: the mail is held. */
static void
note_death(ParsersFindings *findings, const char *reason)
{
    parsers_findings_add_signal(findings, "reader-died", reason);
    g_ptr_array_add(findings->warnings, g_strdup(reason));
}

static void
log_problem(const DaemonReader *reader, const char *what, const GError *problem)
{
    if (reader->id != NULL)
        daemon_log(DAEMON_LOG_WARNING, reader->id, "%s: %s", what, problem->message);
}

bool
daemon_reader_start(DaemonReader *reader, const char *id, DaemonMemoryFile *mail, GError **error)
{
    g_assert(reader->mail == NULL);
    daemon_parser_set_careful(reader->words, false);
    if (!daemon_parser_start(reader->words, mail, error))
        return false;
    reader->mail = daemon_memory_file_ref(mail);
    reader->id = id;
    return true;
}

/* Findings are there: nothing is left to do for this mail. */
static bool
conclude(DaemonReader *reader, ParsersFindings *findings, ParsersFindings **out_findings)
{
    if (reader->conversion != NULL)
        daemon_conversion_note(reader->conversion, findings);
    forget(reader);
    *out_findings = findings;
    return true;
}

/* What is known when the reading of converted documents, or of pictures, came to nothing. */
static ParsersFindings *
take_first(DaemonReader *reader, const char *problem)
{
    ParsersFindings *findings = g_steal_pointer(&reader->first);

    return findings != NULL ? findings : daemon_conversion_first(reader->conversion, problem);
}

/* Give the mail to the program that reads pictures.  Whatever hinders it holds the mail as it was
 * read so far: it stops nobody else's. */
static bool
go_on_with_pictures(DaemonReader *reader, ParsersFindings **out_findings)
{
    g_autoptr(GError) problem = NULL;
    ParsersFindings *findings = NULL;

    if (daemon_parser_start(reader->pictures, reader->mail, &problem)) {
        reader->at_work = reader->pictures;
        *out_findings = NULL;
        return true;
    }
    log_problem(reader, "pictures unread", problem);
    findings = take_first(reader, problem->message);
    note_death(findings, "the program that reads pictures cannot be started");
    return conclude(reader, findings, out_findings);
}

static bool
go_on_carefully(DaemonReader *reader, const GError *problem, ParsersFindings **out_findings,
                GError **error)
{
    reader->problem = g_strdup(problem->message);
    daemon_parser_set_careful(reader->words, true);
    if (!daemon_parser_start(reader->words, reader->mail, error)) {
        forget(reader);
        return false;
    }
    *out_findings = NULL;
    return true;
}

/* The program for pictures has answered, died, or is out of time. */
static bool
collect_pictures(DaemonReader *reader, ParsersFindings **out_findings)
{
    g_autoptr(GError) problem = NULL;
    ParsersFindings *findings = NULL;

    if (!daemon_parser_finish(reader->pictures, &findings, &problem)) {
        log_problem(reader, "pictures unread", problem);
        findings = take_first(reader, problem->message);
        note_death(findings, problem->message);
    }
    reader->pictures_until = g_get_monotonic_time() + PICTURES_IDLE_US;
    return conclude(reader, findings, out_findings);
}

/* Converters are done with the mail's documents: read it with what they made of them. */
static bool
go_on_converted(DaemonReader *reader, ParsersFindings **out_findings, GError **error)
{
    g_autoptr(GBytes) packed = daemon_conversion_packed(reader->conversion);
    const bool pictures = daemon_conversion_saw_pictures(reader->conversion);

    reader->converting = false;
    set_converted(reader, packed);
    if (pictures && reader->pictures != NULL)
        return go_on_with_pictures(reader, out_findings);
    if (packed == NULL)
        return conclude(reader, daemon_conversion_first(reader->conversion, NULL), out_findings);
    *out_findings = NULL;
    if (daemon_parser_start(reader->words, reader->mail, error))
        return true;
    forget(reader);
    return false;
}

static bool
collect_converted(DaemonReader *reader, ParsersFindings **out_findings, GError **error)
{
    if (daemon_conversion_step(reader->conversion))
        return go_on_converted(reader, out_findings, error);
    *out_findings = NULL;
    return true;
}

/* The mail was read, and not carefully: is there more to be had? */
static bool
collect_read(DaemonReader *reader, ParsersFindings *findings, ParsersFindings **out_findings,
             GError **error)
{
    if (reader->conversion == NULL)
        reader->conversion =
            daemon_conversion_new(&findings, reader->convert, reader->pictures != NULL);
    if (findings == NULL) {
        reader->converting = true;
        return collect_converted(reader, out_findings, error);
    }
    if (!findings->unseen_pictures || reader->pictures == NULL)
        return conclude(reader, findings, out_findings);
    reader->first = findings;
    return go_on_with_pictures(reader, out_findings);
}

static bool
collect_words(DaemonReader *reader, ParsersFindings **out_findings, GError **error)
{
    g_autoptr(GError) problem = NULL;
    ParsersFindings *findings = NULL;
    const bool read = daemon_parser_finish(reader->words, &findings, &problem);

    if (!read)
        log_problem(reader, reader->problem == NULL ? "unread try=1" : "unread try=2", problem);
    if (!read && reader->conversion != NULL)
        return conclude(reader, take_first(reader, problem->message), out_findings);
    if (!read && reader->problem == NULL)
        return go_on_carefully(reader, problem, out_findings, error);
    if (!read)
        findings = daemon_reader_unreadable(reader->problem);
    else if (reader->problem != NULL)
        note_death(findings, reader->problem);
    else
        return collect_read(reader, findings, out_findings, error);
    return conclude(reader, findings, out_findings);
}

bool
daemon_reader_go_on(DaemonReader *reader, ParsersFindings **out_findings, GError **error)
{
    g_assert(reader->mail != NULL);
    if (reader->converting)
        return collect_converted(reader, out_findings, error);
    return reader->at_work == reader->pictures ? collect_pictures(reader, out_findings)
                                               : collect_words(reader, out_findings, error);
}

void
daemon_reader_rest(DaemonReader *reader, gint64 now)
{
    if (reader->mail != NULL || reader->pictures_until == 0 || now < reader->pictures_until)
        return;
    daemon_parser_end(reader->pictures);
    reader->pictures_until = 0;
}

static void
wait_for(const DaemonReader *reader)
{
    struct pollfd watched = {.fd = daemon_reader_fd(reader), .events = POLLIN};
    const gint64 left_us = daemon_reader_deadline(reader) - g_get_monotonic_time();

    poll(&watched, 1, (int)(MAX(left_us, 0) / 1000 + 1));
}

bool
daemon_reader_read(DaemonReader *reader, GBytes *raw, ParsersFindings **out_findings,
                   GError **error)
{
    g_autoptr(DaemonMemoryFile) mail = NULL;
    ParsersFindings *findings = NULL;

    if (!daemon_memory_file_new(raw, &mail, error) ||
        !daemon_reader_start(reader, NULL, mail, error))
        return false;
    while (findings == NULL) {
        wait_for(reader);
        if (!daemon_reader_go_on(reader, &findings, error))
            return false;
    }
    *out_findings = findings;
    return true;
}

int
daemon_reader_fd(const DaemonReader *reader)
{
    return reader->converting ? daemon_conversion_fd(reader->conversion)
                              : daemon_parser_fd(reader->at_work);
}

gint64
daemon_reader_deadline(const DaemonReader *reader)
{
    return reader->converting ? daemon_conversion_deadline(reader->conversion)
                              : daemon_parser_deadline(reader->at_work);
}
