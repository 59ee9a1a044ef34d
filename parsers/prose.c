/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/prose.c - what a person wrote in a body, apart from what stands around it.
 *
 * Cutting too little only leaves a signature in the text; cutting too much would hide a
 * person's words, so closing words count only where little and short follows.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/prose.h"

#include <string.h>

#include "parsers/pattern.h"

enum {
    BLOCK_LINES = 14,   /* most lines of a signature below its closing words */
    BLOCK_WIDTH = 90,   /* most characters of one of them */
    CLOSING_BYTES = 80, /* closing words are short */
    MOST_LINES = 3000,  /* a body that is longer is no letter, and is left whole */
};

/* clang-format off */
static const char closing[] =
    "^\\W*((with )?(kind|kindest|best|warm|many|sincere)( and)? ?(regards|wishes|thanks)|regards|"
    "thanks( (again|in advance|very much|so much|for your (help|time)))?|thank you( (again|in advance|very much|"
    "so much|for your (help|time)))?|cheers|yours( (sincerely|faithfully|truly))?|sincerely|all the best|"
    "take care|kr|br|rgds)[ ,.!x]*$";

static const char rest[] =
    "^(-- ?|sent from (my|yahoo|outlook|mail|samsung|the new|proton|aol|iphone).*|get outlook for .*|"
    "sent via .*|sent with .*proton.*|download the .* app.*)$";

static const char disclaimer[] =
    "(this (e-?mail|message|communication|transmission)[^.]{0,80}(confidential|intended (solely|only)|privileged|"
    "is for the)|information (contained )?in this (e-?mail|message|communication)|confidentiality notice|"
    "if you (have received|are not the intended)|^\\W*disclaimer\\b|consider the environment|"
    "(scanned|checked) (for viruses|by)|virus.free|unless otherwise stated)";

static const char banner[] =
    "(^\\W*(caution|warning|external( e-?mail| sender)?)\\b.{0,60}(e-?mail|message|sender|external|outside)|"
    "(e-?mail|message) (originated|came|was sent) from (an external|outside)|"
    "do not click (on )?(any )?links or open attachments|"
    "you don.t often get e-?mail from|learn why this is important)";
/* clang-format on */

/* Compiled once; matching a body of many lines asks for each of them often. */
static bool
is(const char *pattern, const char *line)
{
    static GHashTable *known = NULL;
    const ParsersPattern *compiled = NULL;

    if (known == NULL)
        known = g_hash_table_new(g_direct_hash, g_direct_equal);
    compiled = g_hash_table_lookup(known, pattern);
    if (compiled == NULL) {
        compiled = parsers_pattern_new(pattern, PARSERS_PATTERN_LINE);
        g_hash_table_insert(known, (gpointer)pattern, (gpointer)compiled);
    }
    return parsers_pattern_look(compiled, line, strlen(line), NULL, NULL) == PARSERS_PATTERN_FOUND;
}

/* ---- collecting ---- */

static void collect_blocks(const GPtrArray *blocks, bool quoted, const char *end, GString *out);

static void
collect_table(const ParsersBlock *table, bool quoted, GString *out)
{
    for (guint r = 0; r < table->rows->len; r++) {
        const GPtrArray *row = g_ptr_array_index(table->rows, r);
        const gsize before = out->len;

        for (guint c = 0; c < row->len; c++) {
            const ParsersCell *cell = g_ptr_array_index(row, c);

            collect_blocks(cell->blocks, quoted, "\t", out);
        }
        if (out->len > before && out->str[out->len - 1] == '\t')
            out->str[out->len - 1] = '\n';
    }
}

static void
collect_blocks(const GPtrArray *blocks, bool quoted, const char *end, GString *out)
{
    for (guint i = 0; i < blocks->len; i++) {
        const ParsersBlock *block = g_ptr_array_index(blocks, i);
        g_autofree char *text = NULL;

        if (block->kind == PARSERS_BLOCK_TABLE) {
            collect_table(block, quoted, out);
            continue;
        }
        if ((block->region == PARSERS_REGION_QUOTE) != quoted)
            continue;
        text = g_strstrip(parsers_document_paragraph_text(block));
        if (*text != '\0')
            g_string_append_printf(out, "%s%s", text, end);
    }
}

char *
parsers_prose_collect(const ParsersDocument *document, bool quoted)
{
    GString *out = g_string_new(NULL);

    collect_blocks(parsers_document_blocks(document), quoted, "\n", out);
    return g_string_free(out, FALSE);
}

/* ---- splitting ---- */

/* Few short lines follow, up to a disclaimer if there is one. */
static bool
only_block_follows(char **lines, guint at, guint n)
{
    guint count = 0;

    for (guint i = at + 1; i < n && !is(disclaimer, lines[i]); i++) {
        count += *lines[i] != '\0';
        if (g_utf8_strlen(lines[i], -1) > BLOCK_WIDTH)
            return false;
    }
    return count <= BLOCK_LINES;
}

/* The first line that is no longer the person's own words. */
static guint
find_cut(char **lines, guint n)
{
    for (guint i = 0; i < MIN(n, MOST_LINES); i++) {
        const bool is_short = strlen(lines[i]) <= CLOSING_BYTES;

        if ((is_short && is(rest, lines[i])) || (i > 0 && is(disclaimer, lines[i])))
            return i;
        if (is_short && is(closing, lines[i]) && only_block_follows(lines, i, n))
            return i;
    }
    return n;
}

static void
append(GString *out, const char *line)
{
    if (out->len > 0)
        g_string_append_c(out, '\n');
    g_string_append(out, line);
}

void
parsers_prose_split(const char *body, char **out_text, char **out_signature)
{
    g_auto(GStrv) lines = g_strsplit(body, "\n", -1);
    const guint n = g_strv_length(lines);
    GString *text = g_string_new(NULL);
    GString *signature = g_string_new(NULL);
    guint start = 0, cut = 0;

    while (start < n && start < 6 && (*lines[start] == '\0' || is(banner, lines[start])))
        start++;
    cut = start + find_cut(lines + start, n - start);
    for (guint i = start; i < n; i++)
        append(i < cut ? text : signature, lines[i]);
    *out_text = g_strstrip(g_string_free(text, FALSE));
    *out_signature = g_strstrip(g_string_free(signature, FALSE));
}
