/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/rtf-words.c - the control words of RTF that matter on a form.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; Rich Text Format Specification 1.9.1
 */
#include "config.h"

#include "parsers/rtf-state.h"

#include <string.h>

enum {
    EDGES_MAX = 256,
};

/* ---- Characters ---- */

static void
act_char(ParsersRtfState *state, int argument, bool given, int number)
{
    parsers_rtf_put_char(state, (gunichar)argument);
}

/* A word without a number switches on. */
static void
act_flag(ParsersRtfState *state, int argument, bool given, int number)
{
    ParsersRtfGroup *group = parsers_rtf_group(state);

    if (!given || number != 0)
        group->flags |= (guint)argument;
    else
        group->flags &= ~(guint)argument;
}

static void
act_clear(ParsersRtfState *state, int argument, bool given, int number)
{
    parsers_rtf_group(state)->flags &= ~(guint)argument;
}

static bool
is_coloured(const ParsersRtfState *state, int number)
{
    if (number <= 0 || (guint)number >= state->colours->len)
        return false;
    return g_array_index(state->colours, guint32, (guint)number) < 0xFFFFFF;
}

static void
act_background(ParsersRtfState *state, int argument, bool given, int number)
{
    act_flag(state, PARSERS_SPAN_HIGHLIGHT, true, is_coloured(state, number) ? 1 : 0);
}

static void
act_hidden(ParsersRtfState *state, int argument, bool given, int number)
{
    parsers_rtf_group(state)->hidden = !given || number != 0;
}

static void
act_plain(ParsersRtfState *state, int argument, bool given, int number)
{
    ParsersRtfGroup *group = parsers_rtf_group(state);

    group->flags = 0;
    group->hidden = false;
    group->font = state->default_font;
}

static void
act_font(ParsersRtfState *state, int argument, bool given, int number)
{
    parsers_rtf_group(state)->font = (guint)MAX(number, 0);
    if (parsers_rtf_group(state)->destination == PARSERS_RTF_FONTS)
        state->open_font = (guint)MAX(number, 0);
}

static void
act_default_font(ParsersRtfState *state, int argument, bool given, int number)
{
    state->default_font = (guint)MAX(number, 0);
    parsers_rtf_group(state)->font = state->default_font;
}

static void
act_unicode_skip(ParsersRtfState *state, int argument, bool given, int number)
{
    parsers_rtf_group(state)->unicode_skip = (guint)CLAMP(number, 0, 16);
}

static void
act_unicode(ParsersRtfState *state, int argument, bool given, int number)
{
    gunichar c = (gunichar)(number < 0 ? number + 65536 : number);

    state->to_skip = parsers_rtf_group(state)->unicode_skip;
    if (c >= 0xD800 && c < 0xDC00) {
        state->high = c;
        return;
    }
    if (c >= 0xDC00 && c < 0xE000)
        c = state->high == 0 ? 0xFFFD : 0x10000 + ((state->high - 0xD800) << 10) + (c - 0xDC00);
    state->high = 0;
    parsers_rtf_put_char(state, c);
}

/* ---- Charsets ---- */

static void
act_page(ParsersRtfState *state, int argument, bool given, int number)
{
    const char *charset = parsers_rtf_charset_of_page(number);

    if (charset != NULL)
        state->charset = charset;
}

static ParsersRtfFont *
open_font(ParsersRtfState *state)
{
    gpointer key = GUINT_TO_POINTER(state->open_font);
    ParsersRtfFont *font = g_hash_table_lookup(state->fonts, key);

    if (font == NULL && g_hash_table_size(state->fonts) < 4096) {
        font = g_new0(ParsersRtfFont, 1);
        g_hash_table_insert(state->fonts, key, font);
    }
    return font;
}

static void
act_font_charset(ParsersRtfState *state, int argument, bool given, int number)
{
    ParsersRtfFont *font = open_font(state);

    if (font == NULL || parsers_rtf_group(state)->destination != PARSERS_RTF_FONTS)
        return;
    font->is_symbol = number == 2;
    font->charset = parsers_rtf_charset_of_font(number);
}

static void
act_charset(ParsersRtfState *state, int argument, bool given, int number)
{
    act_page(state, 0, true, argument);
}

/* ---- Colours and styles ---- */

static void
act_colour(ParsersRtfState *state, int argument, bool given, int number)
{
    if (state->colour == G_MAXUINT32)
        state->colour = 0;
    state->colour |= (guint32)(CLAMP(number, 0, 255) << argument);
}

static void
act_style(ParsersRtfState *state, int argument, bool given, int number)
{
    ParsersRtfGroup *group = parsers_rtf_group(state);

    if (group->destination == PARSERS_RTF_STYLES)
        state->open_style = (guint)MAX(number, 0);
    else
        group->heading = GPOINTER_TO_UINT(
            g_hash_table_lookup(state->headings, GUINT_TO_POINTER((guint)MAX(number, 0) + 1)));
}

/* ---- Paragraphs and tables ---- */

static void
act_paragraph_reset(ParsersRtfState *state, int argument, bool given, int number)
{
    ParsersRtfGroup *group = parsers_rtf_group(state);

    group->in_table = false;
    group->level = 0;
    group->heading = 0;
    group->list_item = false;
}

static void
act_in_table(ParsersRtfState *state, int argument, bool given, int number)
{
    parsers_rtf_group(state)->in_table = true;
}

static void
act_level(ParsersRtfState *state, int argument, bool given, int number)
{
    parsers_rtf_group(state)->level = (guint)CLAMP(number, 0, 16);
}

static void
act_outline(ParsersRtfState *state, int argument, bool given, int number)
{
    if (number >= 0 && number < 9)
        parsers_rtf_group(state)->heading = (guint)MIN(number + 1, 6);
}

static void
act_list(ParsersRtfState *state, int argument, bool given, int number)
{
    parsers_rtf_group(state)->list_item = number != 0 || argument != 0;
}

static void
act_paragraph_end(ParsersRtfState *state, int argument, bool given, int number)
{
    parsers_rtf_end_paragraph(state);
}

/* A cell ends in its own level whatever its paragraph said. */
static void
act_cell_end(ParsersRtfState *state, int argument, bool given, int number)
{
    ParsersRtfGroup *group = parsers_rtf_group(state);
    guint level = argument == 1 ? 1 : MAX(group->level, 2u);

    if (group->destination != PARSERS_RTF_BODY)
        return;
    parsers_rtf_field_flush(state);
    parsers_rtf_flow_end_paragraph(parsers_rtf_flow(state), level, group->heading,
                                   group->list_item);
    parsers_rtf_flow_end_cell(parsers_rtf_flow(state), level);
}

static ParsersRtfRow *
open_row(ParsersRtfState *state)
{
    return &state->rows[parsers_rtf_group(state)->nested_row ? 1 : 0];
}

static void
act_row_end(ParsersRtfState *state, int argument, bool given, int number)
{
    guint level = argument == 1 ? 1 : MAX(parsers_rtf_group(state)->level, 2u);

    if (parsers_rtf_group(state)->destination != PARSERS_RTF_BODY)
        return;
    /* Text after the last cell: keep it, in a cell of its own. */
    if (argument == 1 && parsers_rtf_flow_is_open(parsers_rtf_flow(state)))
        act_cell_end(state, 1, false, 0);
    parsers_rtf_flow_end_row(parsers_rtf_flow(state), level, open_row(state));
}

static void
act_row_begin(ParsersRtfState *state, int argument, bool given, int number)
{
    ParsersRtfRow *row = open_row(state);

    g_array_set_size(row->edges, 0);
    row->left = 0;
    row->header = false;
    memset(&state->edge, 0, sizeof(state->edge));
}

static void
act_row_left(ParsersRtfState *state, int argument, bool given, int number)
{
    open_row(state)->left = CLAMP(number, -100000, 100000);
}

static void
act_row_header(ParsersRtfState *state, int argument, bool given, int number)
{
    open_row(state)->header = true;
}

static void
act_edge(ParsersRtfState *state, int argument, bool given, int number)
{
    ParsersRtfRow *row = open_row(state);

    state->edge.right = CLAMP(number, -100000, 100000);
    if (row->edges->len < EDGES_MAX)
        g_array_append_val(row->edges, state->edge);
    memset(&state->edge, 0, sizeof(state->edge));
}

static void
act_left_merged(ParsersRtfState *state, int argument, bool given, int number)
{
    state->edge.left_merged = true;
}

static void
act_up_merged(ParsersRtfState *state, int argument, bool given, int number)
{
    state->edge.up_merged = true;
}

static void
act_shaded(ParsersRtfState *state, int argument, bool given, int number)
{
    state->edge.shaded = is_coloured(state, number);
}

/* ---- Destinations ---- */

static void
act_destination(ParsersRtfState *state, int argument, bool given, int number)
{
    parsers_rtf_group(state)->destination = (ParsersRtfDestination)argument;
}

static void
act_nested_row(ParsersRtfState *state, int argument, bool given, int number)
{
    parsers_rtf_group(state)->nested_row = true;
}

static void
act_running(ParsersRtfState *state, int argument, bool given, int number)
{
    parsers_rtf_begin_flow(state, (ParsersRegion)argument, false);
}

static void
act_box(ParsersRtfState *state, int argument, bool given, int number)
{
    parsers_rtf_begin_flow(state, PARSERS_REGION_BODY, true);
}

static void
act_picture(ParsersRtfState *state, int argument, bool given, int number)
{
    const ParsersSpan span = {.kind = PARSERS_SPAN_IMAGE};
    ParsersRtfGroup *group = parsers_rtf_group(state);

    if (group->destination == PARSERS_RTF_BODY && !group->hidden)
        parsers_rtf_flow_span(parsers_rtf_flow(state), &span);
    group->destination = PARSERS_RTF_SKIP;
}

static void
act_list_text(ParsersRtfState *state, int argument, bool given, int number)
{
    parsers_rtf_group(state)->destination = PARSERS_RTF_SKIP;
    if (state->groups->len > 1)
        (parsers_rtf_group(state) - 1)->list_item = true;
}

/* clang-format off */
static const struct {
    const char *word;
    ParsersRtfAct act;
    int argument;
} words[] = {
    { "b", act_flag, PARSERS_SPAN_BOLD },
    { "ul", act_flag, PARSERS_SPAN_UNDERLINE },
    { "uld", act_flag, PARSERS_SPAN_UNDERLINE },
    { "uldash", act_flag, PARSERS_SPAN_UNDERLINE },
    { "uldb", act_flag, PARSERS_SPAN_UNDERLINE },
    { "ulth", act_flag, PARSERS_SPAN_UNDERLINE },
    { "ulw", act_flag, PARSERS_SPAN_UNDERLINE },
    { "ulwave", act_flag, PARSERS_SPAN_UNDERLINE },
    { "ulnone", act_clear, PARSERS_SPAN_UNDERLINE },
    { "strike", act_flag, PARSERS_SPAN_STRIKE }, { "striked", act_flag, PARSERS_SPAN_STRIKE },
    { "highlight", act_background, 0 }, { "chcbpat", act_background, 0 },
    { "cb", act_background, 0 },
    { "v", act_hidden, 0 }, { "deleted", act_hidden, 0 },
    { "plain", act_plain, 0 },
    { "f", act_font, 0 },
    { "deff", act_default_font, 0 },
    { "fcharset", act_font_charset, 0 },
    { "ansicpg", act_page, 0 },
    { "mac", act_charset, 10000 }, { "pc", act_charset, 437 },
    { "pca", act_charset, 850 },
    { "uc", act_unicode_skip, 0 },
    { "u", act_unicode, 0 },
    { "tab", act_char, '\t' }, { "line", act_char, '\n' },
    { "lbr", act_char, '\n' }, { "emdash", act_char, 0x2014 },
    { "endash", act_char, 0x2013 }, { "emspace", act_char, 0x2003 },
    { "enspace", act_char, 0x2002 }, { "qmspace", act_char, 0x2005 },
    { "bullet", act_char, 0x2022 }, { "lquote", act_char, 0x2018 },
    { "rquote", act_char, 0x2019 }, { "ldblquote", act_char, 0x201C },
    { "rdblquote", act_char, 0x201D },
    { "red", act_colour, 16 },
    { "green", act_colour, 8 },
    { "blue", act_colour, 0 },
    { "s", act_style, 0 },
    { "pard", act_paragraph_reset, 0 },
    { "par", act_paragraph_end, 0 },
    { "sect", act_paragraph_end, 0 },
    { "intbl", act_in_table, 0 },
    { "itap", act_level, 0 },
    { "outlinelevel", act_outline, 0 },
    { "ls", act_list, 0 },
    { "cell", act_cell_end, 1 },
    { "nestcell", act_cell_end, 2 },
    { "row", act_row_end, 1 },
    { "nestrow", act_row_end, 2 },
    { "trowd", act_row_begin, 0 },
    { "trleft", act_row_left, 0 },
    { "trhdr", act_row_header, 0 },
    { "cellx", act_edge, 0 },
    { "clmrg", act_left_merged, 0 },
    { "clvmrg", act_up_merged, 0 },
    { "clcbpat", act_shaded, 0 },
    { "nesttableprops", act_nested_row, 0 },
    { "header", act_running, PARSERS_REGION_HEADER }, { "headerl", act_running, PARSERS_REGION_HEADER },
    { "headerr", act_running, PARSERS_REGION_HEADER }, { "headerf", act_running, PARSERS_REGION_HEADER },
    { "footer", act_running, PARSERS_REGION_FOOTER }, { "footerl", act_running, PARSERS_REGION_FOOTER },
    { "footerr", act_running, PARSERS_REGION_FOOTER }, { "footerf", act_running, PARSERS_REGION_FOOTER },
    { "footnote", act_box, 0 }, { "shptxt", act_box, 0 },
    { "dptxbxtext", act_box, 0 },
    { "shpinst", act_destination, PARSERS_RTF_BODY }, { "do", act_destination, PARSERS_RTF_BODY },
    { "sp", act_destination, PARSERS_RTF_SKIP }, { "shprslt", act_destination, PARSERS_RTF_SKIP },
    { "pict", act_picture, 0 }, { "shppict", act_picture, 0 },
    { "nonshppict", act_destination, PARSERS_RTF_SKIP },
    { "listtext", act_list_text, 0 }, { "pntext", act_list_text, 0 },
    { "fonttbl", act_destination, PARSERS_RTF_FONTS }, { "falt", act_destination, PARSERS_RTF_SKIP },
    { "colortbl", act_destination, PARSERS_RTF_COLOURS }, { "stylesheet", act_destination, PARSERS_RTF_STYLES },
    { "info", act_destination, PARSERS_RTF_SKIP }, { "upr", act_destination, PARSERS_RTF_SKIP },
    { "xe", act_destination, PARSERS_RTF_SKIP }, { "tc", act_destination, PARSERS_RTF_SKIP },
    { "rxe", act_destination, PARSERS_RTF_SKIP },
    { "nonesttables", act_destination, PARSERS_RTF_SKIP },
    { "listtable", act_destination, PARSERS_RTF_SKIP },
    { "listoverridetable", act_destination, PARSERS_RTF_SKIP },
    { "ftnsep", act_destination, PARSERS_RTF_SKIP }, { "ftnsepc", act_destination, PARSERS_RTF_SKIP },
    { "aftnsep", act_destination, PARSERS_RTF_SKIP }, { "aftnsepc", act_destination, PARSERS_RTF_SKIP },
    { "generator", act_destination, PARSERS_RTF_SKIP }, { "private", act_destination, PARSERS_RTF_SKIP },
    { "field", parsers_rtf_field_open, 0 },
    { "fldinst", parsers_rtf_field_instruction, 0 },
    { "fldrslt", parsers_rtf_field_result, 0 },
    { "formfield", act_destination, PARSERS_RTF_FORM_FIELD },
    { "ffres", parsers_rtf_field_number, 0 },
    { "ffdefres", parsers_rtf_field_number, 1 },
    { "fftype", parsers_rtf_field_number, 2 },
    { "ffname", parsers_rtf_field_part, PARSERS_RTF_FIELD_NAME },
    { "ffdeftext", act_destination, PARSERS_RTF_SKIP },
    { "ffhelptext", parsers_rtf_field_part, PARSERS_RTF_FIELD_HELP },
    { "ffstattext", parsers_rtf_field_part, PARSERS_RTF_FIELD_STATUS },
    { "ffl", parsers_rtf_field_part, PARSERS_RTF_FIELD_ENTRY },
};
/* clang-format on */

static GHashTable *
index_words(void)
{
    GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        g_hash_table_insert(index, (gpointer)words[i].word, GSIZE_TO_POINTER(i + 1));
    return index;
}

bool
parsers_rtf_words_apply(ParsersRtfState *state, const char *word, bool given, int number)
{
    static GHashTable *index;
    gsize found = 0;

    if (g_once_init_enter(&index))
        g_once_init_leave(&index, index_words());
    found = GPOINTER_TO_SIZE(g_hash_table_lookup(index, word));
    if (found == 0)
        return false;
    words[found - 1].act(state, words[found - 1].argument, given, number);
    return true;
}
