/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/intake-read.c - reading a mail in the cage, as intake and the dry run both do.
 *
 * Runs in:  intake, command line.
 * Source:   doc/life-of-a-message.md, "Read"
 */
#include "config.h"

#include "daemon/intake-read.h"

bool
daemon_intake_parser_new(const DaemonSettings *settings, DaemonParser **out_parser, GError **error)
{
    g_autoptr(GBytes) definitions = NULL;
    DaemonParserSettings parser = {.timeout_s = settings->parser_timeout,
                                   .memory_mib = settings->parser_memory};

    if (!daemon_parser_definitions(settings->templates, &definitions, error))
        return false;
    parser.definitions = definitions;
    *out_parser = daemon_parser_new(&parser);
    return true;
}

ParsersFindings *
daemon_intake_unreadable(const char *reason)
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

void
daemon_intake_note_death(ParsersFindings *findings, const char *reason)
{
    parsers_findings_add_signal(findings, "reader-died", reason);
    g_ptr_array_add(findings->warnings, g_strdup(reason));
}

bool
daemon_intake_read(DaemonParser *parser, GBytes *raw, ParsersFindings **out_findings,
                   GError **error)
{
    g_autoptr(GError) problem = NULL, second = NULL;
    bool read = daemon_parser_read(parser, raw, out_findings, &problem);

    if (!read && !g_error_matches(problem, DAEMON_ERROR, DAEMON_ERROR_SYSTEM)) {
        daemon_parser_set_careful(parser, true);
        read = daemon_parser_read(parser, raw, out_findings, &second);
        daemon_parser_set_careful(parser, false);
        if (read)
            daemon_intake_note_death(*out_findings, problem->message);
        else
            *out_findings = daemon_intake_unreadable(problem->message);
        return true;
    }
    if (!read)
        g_propagate_error(error, g_steal_pointer(&problem));
    return read;
}
