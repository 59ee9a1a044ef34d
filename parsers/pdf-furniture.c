/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-furniture.c - running heads and feet of a PDF.
 *
 * A line in the margin is a running one if half of the pages, and two at least, have it at the
 * same height, numbers aside; or if it is a page number.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/pdf-furniture.h"

#include "parsers/pdf-lines.h"

#include <math.h>
#include <string.h>

#define MARGIN 0.095  /* of the page's height */
#define SAME_HEIGHT 6 /* points */

enum {
    CANDIDATES_MAX = 3000, /* lines in all margins together */
};

/* A line in a margin. */
typedef struct {
    guint page; /* index */
    double top;
    bool is_foot;
    char *text;       /* without white space, numbers as one '#' */
    GPtrArray *items; /* ParsersPdfItem, borrowed from the page */
} Candidate;

static void
clear_candidate(gpointer data)
{
    Candidate *candidate = data;

    g_free(candidate->text);
    g_ptr_array_unref(candidate->items);
}

static void
append_folded(GString *text, const ParsersPdfPage *page, const ParsersPdfItem *word)
{
    for (guint i = word->first; i < word->last; i++) {
        gunichar character = g_array_index(page->glyphs, ParsersPdfGlyph, i).character;

        if (!g_unichar_isdigit(character))
            g_string_append_unichar(text, g_unichar_tolower(character));
        else if (text->len == 0 || text->str[text->len - 1] != '#')
            g_string_append_c(text, '#');
    }
}

/* The folded text of a line, or NULL when there is something to fill in on it. */
static char *
folded_text(const ParsersPdfPage *page, const ParsersPdfLine *line)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < line->items->len; i++) {
        const ParsersPdfItem *item = g_ptr_array_index(line->items, i);

        if (item->kind != PARSERS_PDF_WORD)
            return NULL;
        append_folded(text, page, item);
    }
    return g_strdup(text->str);
}

static void
collect_margins(const ParsersPdfPage *page, guint index, GArray *candidates)
{
    g_autoptr(GPtrArray) lines = parsers_pdf_lines_build(page, -1, PARSERS_REGION_BODY);

    for (guint i = 0; i < lines->len; i++) {
        const ParsersPdfLine *line = g_ptr_array_index(lines, i);
        double middle = (line->top + line->bottom) / 2;
        bool is_foot = middle > page->height * (1 - MARGIN);
        Candidate candidate = {.page = index, .top = line->top, .is_foot = is_foot};

        if (!is_foot && middle > page->height * MARGIN)
            continue;
        candidate.text = folded_text(page, line);
        if (candidate.text == NULL)
            continue;
        candidate.items = g_ptr_array_ref(line->items);
        g_array_append_val(candidates, candidate);
    }
}

/* "Page 1", "1 of 4", "- 3 -" and the like, alone or at the end of a foot. */
static bool
is_page_number(const Candidate *candidate)
{
    static const char *const ends[] = {"page#", "page#of#", "page#/#", "p.#"};
    static const char *const whole[] = {"#", "-#-", "#of#", "#/#"};

    for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
        if (g_str_has_suffix(candidate->text, ends[i]))
            return true;
    for (guint i = 0; i < G_N_ELEMENTS(whole); i++)
        if (strcmp(candidate->text, whole[i]) == 0)
            return candidate->is_foot;
    return false;
}

static bool
is_repeated(const GArray *candidates, const Candidate *candidate, guint n_pages)
{
    guint seen = 0;
    guint last = G_MAXUINT;

    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *other = &g_array_index(candidates, Candidate, i);

        if (other->page == last || other->is_foot != candidate->is_foot ||
            fabs(other->top - candidate->top) > SAME_HEIGHT ||
            strcmp(other->text, candidate->text) != 0)
            continue;
        last = other->page;
        seen++;
    }
    return seen >= 2 && seen * 2 >= n_pages;
}

void
parsers_pdf_furniture_mark(const GPtrArray *pages)
{
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));

    g_array_set_clear_func(candidates, clear_candidate);
    for (guint i = 0; i < pages->len; i++)
        collect_margins(g_ptr_array_index(pages, i), i, candidates);
    if (candidates->len > CANDIDATES_MAX)
        return;
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *candidate = &g_array_index(candidates, Candidate, i);

        if (!is_page_number(candidate) && !is_repeated(candidates, candidate, pages->len))
            continue;
        for (guint j = 0; j < candidate->items->len; j++) {
            ParsersPdfItem *item = g_ptr_array_index(candidate->items, j);

            item->region = candidate->is_foot ? PARSERS_REGION_FOOTER : PARSERS_REGION_HEADER;
        }
    }
}
