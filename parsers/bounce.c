/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/bounce.c - what a bounce says of the mail that it returns.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   RFC 3464 section 2.3; RFC 3463 section 2
 */
#include "config.h"

#include "parsers/bounce.h"
#include "parsers/kind-marks.h"

static const char delayed_words[] =
    "\\b(delayed|still being retried|will (keep|continue) (on )?trying|will be retried|"
    "not yet been delivered|(this is )?a warning( message)? only|do not need to resend)\\b";

/* The machine-readable part, or NULL; the caller frees. */
static char *
status_text(const ParsersMime *mime)
{
    const GPtrArray *parts = parsers_mime_parts(mime);

    for (guint i = 0; i < parts->len; i++) {
        const ParsersMimePart *part = parts->pdata[i];

        if (part->container == 0 &&
            parsers_kind_marks_match("^message/(global-)?delivery-status$", part->declared))
            return parsers_mime_text(part);
    }
    return NULL;
}

/* The last group of the first match, or NULL; the caller frees. */
static char *
first_match(const char *pattern, const char *text)
{
    g_autoptr(GMatchInfo) match = NULL;

    if (text == NULL || !g_regex_match(parsers_kind_marks_regex(pattern), text, 0, &match))
        return NULL;
    return g_match_info_fetch(match, 1);
}

/* Several recipients may each have an action; ours has one. */
static bool
is_delayed(const ParsersFindings *findings, const char *status)
{
    if (parsers_kind_marks_match("^Action:\\s*failed", status))
        return false;
    if (parsers_kind_marks_match("^Action:\\s*delayed", status))
        return true;
    return parsers_kind_marks_match("\\b(delay(ed)?|warning)\\b", findings->subject) &&
           parsers_kind_marks_match(delayed_words, findings->text);
}

/* The code that says most; the caller frees.  Some servers write "5.0.0" into Status, which says
 * nothing, and what they know into Diagnostic-Code. */
static char *
status_code(const char *status, const char *words)
{
    static const char telling[] =
        "(?<![\\d.])([45]\\.(?!0\\.0\\b)\\d{1,3}\\.\\d{1,3})(?![\\d.]*\\d)";
    g_autofree char *code = first_match("^Status:\\s*([245]\\.\\d{1,3}\\.\\d{1,3})\\b", status);
    char *better = NULL;

    if (code != NULL && !g_str_has_suffix(code, ".0.0"))
        return g_steal_pointer(&code);
    better = first_match(telling, status);
    if (better == NULL)
        better = first_match(telling, words);
    if (better == NULL && code == NULL)
        better = first_match("(?<![\\d.])([45]\\.0\\.0)(?![\\d.]*\\d)", words);
    return better != NULL ? better : g_steal_pointer(&code);
}

void
parsers_bounce_note(ParsersFindings *findings, const ParsersMime *mime)
{
    g_autofree char *status = status_text(mime);
    g_autofree char *code = status_code(status, findings->text);

    if (is_delayed(findings, status))
        parsers_findings_add_signal(findings, "bounce-delayed", "it is still being tried");
    if (code != NULL)
        parsers_findings_add_signal(findings, "bounce-status", code);
}
