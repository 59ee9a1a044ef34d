/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/line.c - a text as lines of a given width, in the order in which they are drawn.
 *
 * Runs in:  staff pages, command line.
 * Source:   Unicode UAX 9 (bidirectional text), UAX 53; FriBidi
 */
#include "config.h"

#include <fribidi.h>
#include <string.h>

#include "templates/line.h"

/* One paragraph with what FriBidi says of each character. */
typedef struct {
    const TemplatesLineFont *font;
    guint n;
    FriBidiChar *chars;
    FriBidiCharType *types;
    FriBidiLevel *levels;
    FriBidiParType direction;
} Paragraph;

static void
paragraph_clear(Paragraph *paragraph)
{
    g_free(paragraph->chars);
    g_free(paragraph->types);
    g_free(paragraph->levels);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Paragraph, paragraph_clear)

static void
line_free(gpointer data)
{
    TemplatesLine *line = data;

    g_free(line->text);
    g_free(line);
}

/* Signs that say how to draw others and draw nothing themselves. */
static bool
is_invisible(gunichar c)
{
    return c == 0xad || (c >= 0x200b && c <= 0x200f) || (c >= 0x2060 && c <= 0x2064) ||
           (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff;
}

/* Signs by which a text could show itself in another order than it has. */
static bool
is_direction_trick(gunichar c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static void
append_mark(GArray *out, gunichar c)
{
    char mark[16];

    g_snprintf(mark, sizeof mark, "[U+%04X]", c);
    for (const char *m = mark; *m != '\0'; m++) {
        FriBidiChar one = (FriBidiChar)*m;

        g_array_append_val(out, one);
    }
}

/* The characters of a paragraph, those that the font lacks replaced. */
static void
read_chars(Paragraph *paragraph, const char *text, bool *marked)
{
    g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    g_autoptr(GArray) out = g_array_new(FALSE, FALSE, sizeof(FriBidiChar));

    for (const char *p = composed; *p != '\0'; p = g_utf8_next_char(p)) {
        FriBidiChar c = g_utf8_get_char(p);

        if (g_unichar_isspace(c))
            c = ' ';
        if (is_direction_trick(c) || g_unichar_iscntrl(c))
            continue;
        if (is_invisible(c) || paragraph->font->has(paragraph->font->face, c)) {
            g_array_append_val(out, c);
            continue;
        }
        append_mark(out, c);
        *marked = true;
    }
    paragraph->n = out->len;
    paragraph->chars = (FriBidiChar *)g_array_steal(out, NULL);
}

/* Give each Arabic letter the form it has between its neighbours, where the font has that form. */
static void
join_letters(Paragraph *paragraph)
{
    FriBidiStrIndex n = (FriBidiStrIndex)paragraph->n;
    g_autofree FriBidiArabicProp *joining = g_new0(FriBidiArabicProp, paragraph->n);
    g_autofree FriBidiChar *plain = g_memdup2(paragraph->chars, paragraph->n * sizeof(FriBidiChar));
    const TemplatesLineFont *font = paragraph->font;

    fribidi_get_joining_types(paragraph->chars, n, joining);
    fribidi_join_arabic(paragraph->types, n, paragraph->levels, joining);
    fribidi_shape(FRIBIDI_FLAGS_DEFAULT | FRIBIDI_FLAGS_ARABIC, paragraph->levels, n, joining,
                  paragraph->chars);
    for (guint i = 0; i < paragraph->n; i++)
        if (!is_invisible(paragraph->chars[i]) && !font->has(font->face, paragraph->chars[i]))
            paragraph->chars[i] = plain[i];
}

static void
find_directions(Paragraph *paragraph)
{
    FriBidiStrIndex n = (FriBidiStrIndex)paragraph->n;
    g_autofree FriBidiBracketType *brackets = g_new0(FriBidiBracketType, paragraph->n);

    paragraph->types = g_new0(FriBidiCharType, paragraph->n);
    paragraph->levels = g_new0(FriBidiLevel, paragraph->n);
    paragraph->direction = FRIBIDI_PAR_ON;
    fribidi_get_bidi_types(paragraph->chars, n, paragraph->types);
    fribidi_get_bracket_types(paragraph->chars, n, paragraph->types, brackets);
    /* Fails only when memory runs out; all levels are then left to right. */
    (void)!fribidi_get_par_embedding_levels_ex(paragraph->types, brackets, n, &paragraph->direction,
                                               paragraph->levels);
    join_letters(paragraph);
}

static double
advance_of(const Paragraph *paragraph, guint i)
{
    if (is_invisible(paragraph->chars[i]))
        return 0;
    return paragraph->font->advance(paragraph->font->face, paragraph->chars[i]);
}

/* Turns the characters of the line round in place: no other line reads them. */
static TemplatesLine *
make_line(Paragraph *paragraph, guint first, guint last)
{
    TemplatesLine *line = g_new0(TemplatesLine, 1);
    GString *text = g_string_new(NULL);

    for (guint i = first; i < last; i++)
        line->width += advance_of(paragraph, i);
    if (last > first)
        (void)!fribidi_reorder_line(FRIBIDI_FLAGS_DEFAULT, paragraph->types,
                                    (FriBidiStrIndex)(last - first), (FriBidiStrIndex)first,
                                    paragraph->direction, paragraph->levels, paragraph->chars,
                                    NULL);
    for (guint i = first; i < last; i++)
        if (!is_invisible(paragraph->chars[i]))
            g_string_append_unichar(text, paragraph->chars[i]);
    line->text = g_string_free(text, FALSE);
    line->rtl = FRIBIDI_IS_RTL(paragraph->direction);
    return line;
}

/* How many characters from first fit on a line; a word that is too long is cut. */
static guint
fit(const Paragraph *paragraph, guint first, double width)
{
    guint end = first, last_space = 0;
    double used = 0;

    while (end < paragraph->n) {
        used += advance_of(paragraph, end);
        if (paragraph->chars[end] == ' ')
            last_space = end;
        else if (used > width && end > first)
            break;
        end++;
    }
    if (end < paragraph->n && last_space > first)
        return last_space;
    return end;
}

static void
wrap_paragraph(Paragraph *paragraph, double width, GPtrArray *lines)
{
    guint first = 0;

    do {
        guint end = fit(paragraph, first, width);
        guint last = end;

        while (last > first && paragraph->chars[last - 1] == ' ')
            last--;
        g_ptr_array_add(lines, make_line(paragraph, first, last));
        while (end < paragraph->n && paragraph->chars[end] == ' ')
            end++;
        first = end;
    } while (first < paragraph->n);
}

GPtrArray *
templates_line_wrap(const char *text, const TemplatesLineFont *font, double width, bool *marked)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_auto(GStrv) paragraphs = NULL;
    GPtrArray *lines = g_ptr_array_new_with_free_func(line_free);

    g_strchomp(valid);
    /* g_strsplit() makes no piece of an empty text; it is an empty line here. */
    paragraphs = g_strsplit(*valid != '\0' ? valid : " ", "\n", -1);
    for (guint i = 0; paragraphs[i] != NULL; i++) {
        g_auto(Paragraph) paragraph = {.font = font};

        read_chars(&paragraph, paragraphs[i], marked);
        find_directions(&paragraph);
        wrap_paragraph(&paragraph, width, lines);
    }
    return lines;
}
