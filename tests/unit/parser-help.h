/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/parser-help.h - one mail, read by one parser.
 */
#ifndef TESTS_UNIT_PARSER_HELP_H
#define TESTS_UNIT_PARSER_HELP_H

#include "daemon/parser.h"

/* Read a mail and wait for it. */
static inline bool
help_read(DaemonParser *parser, GBytes *raw, ParsersFindings **out_findings, GError **error)
{
    g_autoptr(DaemonMemoryFile) mail = NULL;

    return daemon_memory_file_new(raw, &mail, error) && daemon_parser_start(parser, mail, error) &&
           daemon_parser_finish(parser, out_findings, error);
}

#endif
