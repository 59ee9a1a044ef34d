/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/words.c - what the words of a mail say about who writes, and what about.
 *
 * Each signal is one pattern over one part of the mail.  A signal is evidence for
 * a rule of daemon/, never a decision: the words are how people in general write,
 * and whoever writes otherwise is read by a person.
 *
 * Runs in:  postern-parser, inside the cage.
 * Source:   doc/deciding.md, "Signals"
 */
#include "config.h"

#include <string.h>

#include "parsers/danger.h"
#include "parsers/needs.h"
#include "parsers/pattern.h"
#include "parsers/sieve.h"
#include "parsers/words-table.h"
#include "parsers/words.h"

/* Enough for any mail that a person types; more is not looked at. */
#define LOOK_BYTES 65536
#define EVIDENCE_CHARS 120

static ParsersPattern *compiled[PARSERS_SIEVE_PATTERNS]; /* one for each row */
static ParsersSieve *sieve;

void
parsers_words_warm_up(void)
{
    g_autoptr(GPtrArray) needs = NULL;

    if (sieve != NULL)
        return;
    needs = g_ptr_array_new();
    for (gsize i = 0; parsers_words_table[i].signal != NULL; i++) {
        g_assert(i < PARSERS_SIEVE_PATTERNS);
        compiled[i] = parsers_pattern_new(parsers_words_table[i].pattern, PARSERS_PATTERN_ASCII);
        g_ptr_array_add(needs, parsers_needs_of(parsers_words_table[i].pattern));
    }
    sieve = parsers_sieve_new((GPtrArray *const *)needs->pdata, needs->len);
    for (guint i = 0; i < needs->len; i++)
        g_clear_pointer((GPtrArray **)&needs->pdata[i], g_ptr_array_unref);
}

/* ---- text ---- */

/* What is written in its place, or NULL when the character stays. */
static const char *
folded_character(gunichar c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x02bc:
    case 0x00b4:
    case '`':
        return "'";
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x00ab:
    case 0x00bb:
        return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2013:
    case 0x2014:
        return "-";
    default:
        break;
    }
    if (c == 0x200b || c == 0x200c || c == 0x200d || c == 0x2060 || c == 0xfeff || c == 0x00ad)
        return "";
    return c != '\n' && g_unichar_isspace(c) ? " " : NULL;
}

/* How many characters from here on stay as they are, at most so many: signs of ASCII, and single
 * spaces behind them. */
static gsize
plain_length(const char *text, gsize most)
{
    gsize n = 0;

    while (n < most && ((text[n] > ' ' && text[n] < 0x7f && text[n] != '`') ||
                        (text[n] == ' ' && n > 0 && text[n - 1] != ' ')))
        n++;
    return n;
}

/* One way to write apostrophes, quotation marks, hyphens and spaces, so that the patterns need only
 * one.  *out_cut: the text was longer than is looked at. */
static char *
fold(const char *text, bool *out_cut)
{
    GString *folded = g_string_sized_new(strnlen(text, LOOK_BYTES) + 1);

    for (const char *p = text; *p != '\0';) {
        const char *other = NULL;
        gsize same = 0;

        if (folded->len > LOOK_BYTES) {
            *out_cut = true;
            break;
        }
        same = plain_length(p, LOOK_BYTES + 1 - folded->len);
        if (same > 0) {
            g_string_append_len(folded, p, (gssize)same);
            p += same;
            continue;
        }
        other = folded_character(g_utf8_get_char(p));
        if (other == NULL)
            g_string_append_len(folded, p, g_utf8_next_char(p) - p);
        else if (other[0] != ' ' || folded->len == 0 || folded->str[folded->len - 1] != ' ')
            g_string_append(folded, other);
        p = g_utf8_next_char(p);
    }
    return g_string_free(folded, FALSE);
}

/* What was told in forms that are filled in. */
static char *
form_text(const ParsersFindings *findings)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < findings->forms->len; i++) {
        const ParsersForm *form = findings->forms->pdata[i];

        for (guint f = 0; f < form->fields->len && !form->blank; f++) {
            const ParsersField *field = form->fields->pdata[f];

            if (g_str_has_prefix(field->key, "incident.") || g_str_equal(field->key, "wishes"))
                g_string_append_printf(text, "%s\n", field->value);
        }
    }
    return g_string_free(text, FALSE);
}

/* A short piece of the text around a match, on one line. */
static char *
quote_match(const char *text, gsize start, gsize end)
{
    gsize length = MIN(end - start, (gsize)EVIDENCE_CHARS);
    g_autofree char *piece = g_utf8_make_valid(text + start, (gssize)length);

    g_strdelimit(piece, "\r\n\t", ' ');
    return g_strdup(g_strstrip(piece));
}

/* ---- signals ---- */

/* A text as the patterns see it. */
typedef struct {
    char *text;
    gsize length;
    bool valid; /* UTF-8, which the patterns need not ask again */
    ParsersSieved sieved;
} Folded;

/* Look for one row between two places of a text.  A text that a limit keeps from being read says
 * so: the words that would have spoken for a parent may be in it.  False: it is not there. */
static bool
look_between(ParsersFindings *findings, gsize row, const Folded *folded, ParsersPatternSpan where)
{
    ParsersPatternSpan span = {0, 0};
    const char *signal = parsers_words_table[row].signal;
    g_autofree char *evidence = NULL;

    switch (folded->valid ? parsers_pattern_look_between(compiled[row], folded->text, where, &span)
                          : PARSERS_PATTERN_UNDECIDED) {
    case PARSERS_PATTERN_FOUND:
        evidence = quote_match(folded->text, span.start, span.end);
        parsers_findings_add_signal(findings, signal, evidence);
        return true;
    case PARSERS_PATTERN_UNDECIDED:
        if (parsers_findings_signal(findings, "words-unread") == NULL)
            parsers_findings_add_signal(findings, "words-unread", signal);
        return true;
    default:
        return false;
    }
}

/* Look for one row in one text, where it can be. */
static void
look(ParsersFindings *findings, gsize row, const Folded *folded)
{
    const guint64 bit = G_GUINT64_CONSTANT(1) << row;
    const GArray *lines = folded->sieved.lines;
    bool done = false;

    if (!folded->valid || (folded->sieved.whole & bit) != 0) {
        look_between(findings, row, folded, (ParsersPatternSpan){0, folded->length});
        return;
    }
    if ((folded->sieved.some & bit) == 0)
        return;
    for (guint i = 0; i < lines->len && !done; i++) {
        const ParsersSieveLine *line = &g_array_index(lines, ParsersSieveLine, i);

        done = (line->patterns & bit) != 0 && look_between(findings, row, folded, line->span);
    }
}

/* English function words: a text of some length without them is in another language. */
static const char english[] =
    "the to of and i a in is it that was for my on he she they you with at have has not be "
    "this are his her me we but had please from as an if can do so what would him them been "
    "about who our your find attached dear hi hello thank thanks regards sincerely all will "
    "there when which by or no any just get know see more form school mrs mr ms";

static bool
is_english(const char *word, gsize length)
{
    static GHashTable *known = NULL;
    char lower[16];

    if (known == NULL) {
        char **words = g_strsplit(english, " ", -1);

        known = g_hash_table_new(g_str_hash, g_str_equal);
        for (guint i = 0; words[i] != NULL; i++)
            g_hash_table_add(known, words[i]);
        g_free(words); /* its words live on */
    }
    if (length >= sizeof lower)
        return false;
    for (gsize i = 0; i < length; i++)
        lower[i] = g_ascii_tolower(word[i]);
    lower[length] = '\0';
    return g_hash_table_contains(known, lower);
}

static bool
is_other_language(const char *text)
{
    guint count = 0, known = 0;

    for (guint i = 0; i < 500; i++) {
        const gsize length = strcspn(text, " \t\r\n.,;:!?\"()");

        count += length > 0;
        known += length > 0 && is_english(text, length);
        text += length;
        if (*text++ == '\0')
            break;
    }
    return count >= 12 && known * 8 < count;
}

/* What no pattern found may still be danger; see danger.c. */
static void
look_for_danger(ParsersFindings *findings, const Folded *texts)
{
    static const guint where[] = {0, 1, 4}; /* subject, text and form; as in the table */

    for (guint i = 0; i < G_N_ELEMENTS(where); i++) {
        const char *text = texts[where[i]].text;
        gsize start = 0, end = 0;

        if (parsers_findings_signal(findings, "urgent-words") == NULL &&
            parsers_danger_find(text, &start, &end)) {
            g_autofree char *evidence = quote_match(text, start, end);

            parsers_findings_add_signal(findings, "urgent-words", evidence);
        }
    }
}

void
parsers_words_find(ParsersFindings *findings)
{
    bool cut = false;
    g_autofree char *form = form_text(findings);
    const char *const texts[] = {findings->subject, findings->text, findings->signature,
                                 findings->quoted, form};
    Folded folded[G_N_ELEMENTS(texts)];

    parsers_words_warm_up();
    for (gsize w = 0; w < G_N_ELEMENTS(texts); w++) {
        folded[w].text = fold(texts[w], &cut);
        folded[w].length = strlen(folded[w].text);
        folded[w].valid = g_utf8_validate_len(folded[w].text, folded[w].length, NULL);
        parsers_sieve_look(sieve, folded[w].text, folded[w].length, &folded[w].sieved);
    }
    for (gsize i = 0; parsers_words_table[i].signal != NULL; i++)
        for (gsize w = 0; w < G_N_ELEMENTS(texts); w++)
            if ((parsers_words_table[i].where & (1u << w)) != 0 && folded[w].length > 0 &&
                parsers_findings_signal(findings, parsers_words_table[i].signal) == NULL)
                look(findings, i, &folded[w]);
    if (cut && parsers_findings_signal(findings, "words-unread") == NULL)
        parsers_findings_add_signal(findings, "words-unread", "longer than is looked at");
    if (is_other_language(findings->text))
        parsers_findings_add_signal(findings, "other-language", "few English words");
    else
        look_for_danger(findings, folded);
    for (gsize w = 0; w < G_N_ELEMENTS(texts); w++) {
        g_free(folded[w].text);
        parsers_sieved_clear(&folded[w].sieved);
    }
}
