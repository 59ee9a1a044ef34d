/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/portal-copy.c - print-outs of forms that were submitted on the council's portal.
 *
 * Runs in:  postern-parser.
 * Source:   doc/deciding.md, "What arrives, and the proof"
 */
#include "config.h"

#include "parsers/portal-copy.h"

#include <string.h>

#include "parsers/normalise.h"

#define TITLE_LINES 6u   /* in which the portal's name stands */
#define LOOKED_AT 40u    /* lines in which it says that it was submitted */
#define TITLE_BYTES 100u /* no sentence about the portal */

/* Every word of the list, which are separated by blanks, begins one of the line's. */
static bool
says(const char *line, const char *words)
{
    g_auto(GStrv) wanted = g_strsplit(words, " ", -1);

    for (guint i = 0; wanted[i] != NULL; i++) {
        const char *found = strstr(line, wanted[i]);

        if (found == NULL || (found > line && g_ascii_isalpha(found[-1])))
            return false;
    }
    return true;
}

/* "Kent Integrated Children's Services Portal", and not "Professionals must use the ... portal." */
static bool
is_title(const char *line)
{
    return !g_str_has_suffix(line, ".") && !says(line, "use") && !says(line, "must") &&
           (says(line, "children portal") || says(line, "integrated children services"));
}

static bool
is_receipt(const char *line)
{
    return g_str_has_prefix(line, "submitted") || g_str_has_prefix(line, "form submitted") ||
           g_str_has_prefix(line, "date submitted") || g_str_has_prefix(line, "submission");
}

bool
parsers_portal_copy(const ParsersDocument *document)
{
    g_autofree char *text = parsers_document_text(document);
    bool titled = false;
    char *at = text;

    for (guint seen = 0; at != NULL && seen < LOOKED_AT && (titled || seen < TITLE_LINES);) {
        char *line = strsep(&at, "\n");
        g_autofree char *folded = NULL;

        g_strstrip(line);
        if (line[0] == '\0')
            continue;
        seen++;
        if (strlen(line) > TITLE_BYTES)
            continue;
        folded = parsers_normalise_casefold(line);
        if (titled && is_receipt(folded))
            return true;
        titled = titled || is_title(folded);
    }
    return false;
}
