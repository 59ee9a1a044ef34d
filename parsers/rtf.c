/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/rtf.c - takes Rich Text Format apart: groups, control words, bytes.
 *
 * Groups, numbers and \bin lengths are bounded here; what a word means is in
 * parsers/rtf-words.c.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; Rich Text Format Specification 1.9.1
 */
#include "config.h"

#include "parsers/rtf.h"

#include "parsers/charset.h"
#include "parsers/rtf-state.h"
#include "parsers/symbol.h"

#include <string.h>

enum {
    WORD_MAX = 32,
    NAME_MAX_BYTES = 1024, /* of a field's name or prompt */
    CHUNK_BYTES = 32 * 1024,
    BUDGET_FACTOR = 4, /* records beside the text they hold */
};

typedef struct {
    const char *at;
    const char *end;
} Input;

ParsersRtfGroup *
parsers_rtf_group(ParsersRtfState *state)
{
    return &g_array_index(state->groups, ParsersRtfGroup, state->groups->len - 1);
}

ParsersRtfFlow *
parsers_rtf_flow(ParsersRtfState *state)
{
    return g_ptr_array_index(state->flows, state->flows->len - 1);
}

/* ---- Text ---- */

static void
put_font_name(ParsersRtfState *state, const char *text, gsize length)
{
    ParsersRtfFont *font = g_hash_table_lookup(state->fonts, GUINT_TO_POINTER(state->open_font));
    g_autofree char *name = g_strndup(text, length);

    if (font == NULL || *font->name != '\0')
        return;
    g_strstrip(g_strdelimit(name, ";", ' '));
    g_strlcpy(font->name, name, sizeof(font->name));
    font->is_symbol = font->is_symbol || parsers_symbol_is_font(font->name);
}

static void
put_colours(ParsersRtfState *state, const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        if (text[i] != ';' || state->colours->len >= 4096)
            continue;
        g_array_append_val(state->colours, state->colour);
        state->colour = G_MAXUINT32;
    }
}

/* Headings are known by the English name of their style. */
static void
put_style_name(ParsersRtfState *state, const char *text, gsize length)
{
    guint level = 0;

    if (state->style_name->len < NAME_MAX_BYTES)
        g_string_append_len(state->style_name, text, (gssize)length);
    if (memchr(text, ';', length) == NULL)
        return;
    if (g_ascii_strncasecmp(state->style_name->str, "heading ", 8) == 0)
        level = CLAMP((guint)g_ascii_strtoull(state->style_name->str + 8, NULL, 10), 1, 6);
    else if (g_ascii_strncasecmp(state->style_name->str, "title;", 6) == 0)
        level = 1;
    if (level > 0 && g_hash_table_size(state->headings) < 1000)
        g_hash_table_insert(state->headings, GUINT_TO_POINTER(state->open_style + 1),
                            GUINT_TO_POINTER(level));
    state->open_style = 0;
    g_string_truncate(state->style_name, 0);
}

/* Text in UTF-8 goes where the group says. */
static void
put(ParsersRtfState *state, const char *text, gsize length)
{
    const ParsersRtfGroup *group = parsers_rtf_group(state);

    switch (group->destination) {
    case PARSERS_RTF_SKIP:
    case PARSERS_RTF_FORM_FIELD:
        break;
    case PARSERS_RTF_BODY:
        if (!group->hidden && !parsers_rtf_field_take(state, text, length, group->flags))
            parsers_rtf_flow_text(parsers_rtf_flow(state), text, length, group->flags);
        break;
    case PARSERS_RTF_FONTS:
        put_font_name(state, text, length);
        break;
    case PARSERS_RTF_COLOURS:
        put_colours(state, text, length);
        break;
    case PARSERS_RTF_STYLES:
        put_style_name(state, text, length);
        break;
    case PARSERS_RTF_INSTRUCTION:
        parsers_rtf_field_instruct(state, text, length);
        break;
    default:
        parsers_rtf_field_describe(state, group->destination, text, length);
        break;
    }
}

static const ParsersRtfFont *
font_here(ParsersRtfState *state)
{
    return g_hash_table_lookup(state->fonts, GUINT_TO_POINTER(parsers_rtf_group(state)->font));
}

static bool
put_box(ParsersRtfState *state, gunichar c)
{
    const ParsersRtfFont *font = font_here(state);
    const ParsersRtfGroup *group = parsers_rtf_group(state);
    ParsersSymbol symbol =
        parsers_symbol_look_up(font != NULL && font->is_symbol ? font->name : NULL, c);
    ParsersSpan span = {.kind = PARSERS_SPAN_CHECKBOX, .flags = group->flags};

    if (symbol == PARSERS_SYMBOL_OTHER || group->destination != PARSERS_RTF_BODY)
        return false;
    if (group->hidden || parsers_rtf_field_take(state, "", 0, group->flags))
        return true;
    span.flags |= symbol == PARSERS_SYMBOL_TICKED ? PARSERS_SPAN_CHECKED : 0;
    parsers_rtf_flow_span(parsers_rtf_flow(state), &span);
    return true;
}

void
parsers_rtf_put_char(ParsersRtfState *state, gunichar c)
{
    char utf8[6];

    if (!g_unichar_validate(c) || c == 0)
        c = 0xFFFD;
    if (!put_box(state, c))
        put(state, utf8, (gsize)g_unichar_to_utf8(c, utf8));
}

static bool
is_ascii(const GString *bytes)
{
    for (gsize i = 0; i < bytes->len; i++) {
        if ((guchar)bytes->str[i] >= 0x80)
            return false;
    }
    return true;
}

/* Convert and put what was gathered in state->bytes. */
static void
flush(ParsersRtfState *state)
{
    const ParsersRtfFont *font = font_here(state);
    const ParsersRtfGroup *group = parsers_rtf_group(state);
    GString *bytes = state->bytes;
    g_autofree char *text = NULL;

    if (bytes->len == 0)
        return;
    if (font != NULL && font->is_symbol && group->destination == PARSERS_RTF_BODY) {
        for (gsize i = 0; i < bytes->len; i++)
            parsers_rtf_put_char(state,
                                 bytes->str[i] == ' ' ? ' ' : 0xF000u + (guchar)bytes->str[i]);
    } else if (is_ascii(bytes)) {
        put(state, bytes->str, bytes->len);
    } else {
        text = parsers_charset_to_utf8(bytes->str, bytes->len,
                                       font != NULL && font->charset != NULL ? font->charset
                                                                             : state->charset);
        put(state, text, strlen(text));
    }
    g_string_truncate(bytes, 0);
}

static void
add_byte(ParsersRtfState *state, char byte)
{
    if (state->to_skip > 0)
        state->to_skip--;
    else if (parsers_rtf_group(state)->destination != PARSERS_RTF_SKIP)
        g_string_append_c(state->bytes, byte);
    /* Keeps the memory for one long line small; a space never stands inside a character. */
    if ((state->bytes->len >= CHUNK_BYTES && byte == ' ') || state->bytes->len >= 16 * CHUNK_BYTES)
        flush(state);
}

/* ---- Blocks ---- */

void
parsers_rtf_end_paragraph(ParsersRtfState *state)
{
    const ParsersRtfGroup *group = parsers_rtf_group(state);

    if (group->destination != PARSERS_RTF_BODY)
        return;
    parsers_rtf_field_flush(state);
    parsers_rtf_flow_end_paragraph(parsers_rtf_flow(state),
                                   group->in_table ? MAX(group->level, 1u) : 0, group->heading,
                                   group->list_item);
}

void
parsers_rtf_begin_flow(ParsersRtfState *state, ParsersRegion region, bool attached)
{
    ParsersRtfGroup *group = parsers_rtf_group(state);

    if (group->opens_flow || group->destination != PARSERS_RTF_BODY)
        return;
    group->opens_flow = true;
    group->in_table = false;
    group->level = 0;
    g_ptr_array_add(state->flows,
                    parsers_rtf_flow_new(attached ? NULL : state->document, &state->budget));
    g_array_append_val(state->regions, region);
    parsers_document_set_region(state->document, region);
}

static void
end_flow(ParsersRtfState *state)
{
    ParsersRtfFlow *inner = parsers_rtf_flow(state);

    parsers_rtf_flow_finish(inner);
    if (state->flows->len > 1)
        parsers_rtf_flow_attach(g_ptr_array_index(state->flows, state->flows->len - 2), inner);
    g_ptr_array_set_size(state->flows, (gint)state->flows->len - 1);
    g_array_set_size(state->regions, state->regions->len - 1);
    if (state->regions->len > 0)
        parsers_document_set_region(
            state->document, g_array_index(state->regions, ParsersRegion, state->regions->len - 1));
}

/* ---- Groups ---- */

static bool
begin_group(ParsersRtfState *state, GError **error)
{
    ParsersRtfGroup group = *parsers_rtf_group(state);

    if (state->groups->len > state->limits->xml_depth)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit xml_depth was reached");
    flush(state);
    state->to_skip = 0;
    group.starred = false;
    group.opens_field = false;
    group.opens_flow = false;
    g_array_append_val(state->groups, group);
    return true;
}

static void
end_group(ParsersRtfState *state)
{
    bool ends_flow = parsers_rtf_group(state)->opens_flow || state->groups->len == 2;

    flush(state);
    state->to_skip = 0;
    if (parsers_rtf_group(state)->opens_field)
        parsers_rtf_field_end(state);
    /* The last paragraph of a flow needs no \par. */
    if (ends_flow && parsers_rtf_flow_is_open(parsers_rtf_flow(state)))
        parsers_rtf_end_paragraph(state);
    if (parsers_rtf_group(state)->opens_flow)
        end_flow(state);
    g_array_set_size(state->groups, state->groups->len - 1);
}

/* ---- Control words and symbols ---- */

static int
read_number(Input *input, bool *out_given)
{
    bool negative = input->at < input->end && *input->at == '-';
    const char *at = input->at + (negative ? 1 : 0);
    gint64 number = 0;

    *out_given = at < input->end && g_ascii_isdigit(*at);
    if (!*out_given)
        return 0;
    for (; at < input->end && g_ascii_isdigit(*at); at++)
        number = MIN(number * 10 + (*at - '0'), G_MAXINT);
    input->at = at;
    return (int)(negative ? -number : number);
}

static bool
skip_binary(Input *input, int length, GError **error)
{
    if (length < 0 || length > input->end - input->at)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED,
                             "RTF: \\bin is longer than the document");
    input->at += length;
    return true;
}

static void
apply_word(ParsersRtfState *state, const char *word, bool given, int number)
{
    ParsersRtfGroup *group = parsers_rtf_group(state);
    bool starred = group->starred;

    group->starred = false;
    if (group->destination == PARSERS_RTF_SKIP)
        return;
    if (!parsers_rtf_words_apply(state, word, given, number) && starred)
        parsers_rtf_group(state)->destination = PARSERS_RTF_SKIP;
}

static bool
read_word(ParsersRtfState *state, Input *input, GError **error)
{
    char word[WORD_MAX + 1];
    gsize n = 0;
    bool given = false;
    int number = 0;

    for (; input->at < input->end && g_ascii_isalpha(*input->at); input->at++) {
        if (n < WORD_MAX)
            word[n++] = *input->at;
    }
    word[n] = '\0';
    number = read_number(input, &given);
    if (input->at < input->end && *input->at == ' ')
        input->at++;
    if (strcmp(word, "bin") == 0)
        return skip_binary(input, number, error);
    flush(state);
    if (state->to_skip > 0)
        state->to_skip--;
    else
        apply_word(state, word, given, number);
    return true;
}

static void
read_hex(ParsersRtfState *state, Input *input)
{
    if (input->end - input->at < 2 || !g_ascii_isxdigit(input->at[0]) ||
        !g_ascii_isxdigit(input->at[1]))
        return;
    add_byte(state,
             (char)(g_ascii_xdigit_value(input->at[0]) * 16 + g_ascii_xdigit_value(input->at[1])));
    input->at += 2;
}

static bool
read_control(ParsersRtfState *state, Input *input, GError **error)
{
    char c = input->at < input->end ? *input->at : '\0';

    if (g_ascii_isalpha(c))
        return read_word(state, input, error);
    if (input->at < input->end)
        input->at++;
    if (c == '\'') {
        read_hex(state, input);
    } else if (c == '\\' || c == '{' || c == '}') {
        add_byte(state, c);
    } else if (c == '*') {
        parsers_rtf_group(state)->starred = true;
    } else if (c == '~' || c == '_' || c == '\n' || c == '\r') {
        flush(state);
        if (state->to_skip > 0)
            state->to_skip--;
        else if (c == '~' || c == '_')
            parsers_rtf_put_char(state, c == '~' ? 0xA0 : '-');
        else
            parsers_rtf_end_paragraph(state);
    }
    return true;
}

static bool
read_groups(ParsersRtfState *state, Input *input, GError **error)
{
    /* The group at the bottom of the stack is no group of the document. */
    bool inside = false;

    while (input->at < input->end && (!inside || state->groups->len > 1)) {
        char c = *input->at++;

        if (state->budget.spent)
            break;
        if (c == '{') {
            inside = true;
            if (!begin_group(state, error))
                return false;
        } else if (c == '}') {
            end_group(state);
        } else if (c == '\\') {
            if (!read_control(state, input, error))
                return false;
        } else if (c != '\r' && c != '\n' && c != '\0') {
            add_byte(state, c);
        }
    }
    if (state->budget.spent)
        return parsers_throw(error, PARSERS_ERROR_LIMIT, "limit document_text_bytes was reached");
    if (state->groups->len > 1)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "RTF: cut short, a group has no end");
    return true;
}

/* ---- The whole ---- */

static void
free_flow(gpointer flow)
{
    parsers_rtf_flow_free(flow);
}

static void
init_state(ParsersRtfState *state, ParsersDocument *document, const ParsersLimits *limits)
{
    const ParsersRtfGroup bottom = {.destination = PARSERS_RTF_BODY, .unicode_skip = 1};
    const ParsersRegion body = PARSERS_REGION_BODY;

    state->limits = limits;
    state->document = document;
    state->budget.left = (gsize)limits->document_text_bytes * BUDGET_FACTOR;
    state->groups = g_array_new(FALSE, FALSE, sizeof(ParsersRtfGroup));
    g_array_append_val(state->groups, bottom);
    state->flows = g_ptr_array_new_with_free_func(free_flow);
    g_ptr_array_add(state->flows, parsers_rtf_flow_new(document, &state->budget));
    state->regions = g_array_new(FALSE, FALSE, sizeof(ParsersRegion));
    g_array_append_val(state->regions, body);
    state->fields = g_ptr_array_new_with_free_func(parsers_rtf_field_free);
    state->fonts = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    state->headings = g_hash_table_new(g_direct_hash, g_direct_equal);
    state->style_name = g_string_new(NULL);
    state->colours = g_array_new(FALSE, FALSE, sizeof(guint32));
    state->colour = G_MAXUINT32;
    state->charset = "windows-1252";
    state->bytes = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(state->rows); i++)
        state->rows[i].edges = g_array_new(FALSE, FALSE, sizeof(ParsersRtfEdge));
}

static void
clear_state(ParsersRtfState *state)
{
    g_array_unref(state->groups);
    g_ptr_array_unref(state->flows);
    g_array_unref(state->regions);
    g_ptr_array_unref(state->fields);
    g_hash_table_unref(state->fonts);
    g_hash_table_unref(state->headings);
    g_string_free(state->style_name, TRUE);
    g_array_unref(state->colours);
    g_string_free(state->bytes, TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS(state->rows); i++)
        g_array_unref(state->rows[i].edges);
}

bool
parsers_rtf_read(GBytes *bytes, const ParsersLimits *limits, ParsersDocument **out_document,
                 GError **error)
{
    g_autoptr(ParsersDocument) document = parsers_document_new(limits);
    ParsersRtfState state = {0};
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    Input input = {0};
    bool ok = false;

    if (length < 5 || memcmp(data, "{\\rtf", 5) != 0)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "not RTF");
    input.at = data;
    input.end = data + length;
    init_state(&state, document, limits);
    ok = read_groups(&state, &input, error);
    if (ok)
        parsers_rtf_flow_finish(parsers_rtf_flow(&state));
    clear_state(&state);
    if (!ok || !parsers_document_check(document, error))
        return false;
    *out_document = g_steal_pointer(&document);
    return true;
}
