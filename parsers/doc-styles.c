/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/doc-styles.c - styles of a Word binary file, with what they are based on.
 *
 * A sheet that breaks off loses styles only: the text still stands.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; [MS-DOC] 2.9.271, 2.9.260, 2.9.338 to 2.9.340
 */
#include "config.h"

#include "parsers/doc-styles.h"

enum {
    STYLES_MAX = 4096, /* a number of a style has 12 bits */
    BASES_MAX = 16,    /* styles based on one another; also ends a circle of them */
    KIND_PARAGRAPH = 1,
    KIND_CHARACTER = 2,
    NUMBER_NONE = 0x0FFF,
    BUILT_IN_TITLE = 62,
};

/* A record as it stands in the sheet. */
typedef struct {
    guint built_in; /* number of a built-in style, which has the same meaning in all languages */
    guint kind;
    guint base;
    ParsersOctets paragraph;
    ParsersOctets character;
} Record;

/* A list after its length, from an even offset on. */
static ParsersOctets
take_list(ParsersOctets record, gsize *at)
{
    ParsersOctets list = {0};

    *at += *at & 1;
    if (parsers_octets_slice(record, *at + 2, parsers_octets_u16(record, *at), &list))
        *at += 2 + list.size;
    else
        *at = record.size;
    return list;
}

static Record
read_record(ParsersOctets octets, gsize base_size)
{
    Record record = {.built_in = parsers_octets_u16(octets, 0) & 0x0FFF,
                     .kind = parsers_octets_u16(octets, 2) & 0x000F,
                     .base = parsers_octets_u16(octets, 2) >> 4};
    gsize at = base_size + 2 + 2 * ((gsize)parsers_octets_u16(octets, base_size) + 1);
    ParsersOctets list = {0};

    if (octets.size == 0) {
        record.base = NUMBER_NONE;
        return record;
    }
    if (record.kind == KIND_PARAGRAPH) {
        list = take_list(octets, &at);
        if (list.size > 2)
            parsers_octets_slice(list, 2, list.size - 2, &record.paragraph);
    }
    if (record.kind == KIND_PARAGRAPH || record.kind == KIND_CHARACTER)
        record.character = take_list(octets, &at);
    return record;
}

static void
apply_record(const Record *record, ParsersDocStyle *style)
{
    const ParsersDocCharacter base = style->character;

    if (record->kind == KIND_PARAGRAPH && record->built_in >= 1 && record->built_in <= 9)
        style->paragraph.heading = MIN(record->built_in, 6);
    else if (record->kind == KIND_PARAGRAPH && record->built_in == BUILT_IN_TITLE)
        style->paragraph.heading = 1;
    parsers_doc_sprm_paragraph(record->paragraph, &style->paragraph);
    parsers_doc_sprm_character(record->character, &base, &style->character);
}

static ParsersDocStyle
resolve(const GArray *records, guint number)
{
    const Record *chain[BASES_MAX];
    ParsersDocStyle style = {0};
    gsize n = 0;

    while (number < records->len && n < BASES_MAX) {
        chain[n] = &g_array_index(records, Record, number);
        number = chain[n++]->base;
    }
    while (n > 0)
        apply_record(chain[--n], &style);
    return style;
}

GArray *
parsers_doc_styles_read(const ParsersDocFile *file)
{
    const ParsersOctets part = parsers_doc_file_part(file, PARSERS_DOC_STYLES);
    const guint n = MIN(parsers_octets_u16(part, 2), (guint)STYLES_MAX);
    const gsize base_size = parsers_octets_u16(part, 4);
    g_autoptr(GArray) records = g_array_new(FALSE, FALSE, sizeof(Record));
    GArray *styles = g_array_new(FALSE, FALSE, sizeof(ParsersDocStyle));
    gsize at = 2 + (gsize)parsers_octets_u16(part, 0);

    for (guint i = 0; i < n; i++) {
        const gsize length = parsers_octets_u16(part, at);
        ParsersOctets octets = {0};
        Record record;

        if (!parsers_octets_slice(part, at + 2, length, &octets))
            break;
        record = read_record(octets, base_size);
        g_array_append_val(records, record);
        at += 2 + length + (length & 1);
    }
    for (guint i = 0; i < records->len; i++) {
        const ParsersDocStyle style = resolve(records, i);

        g_array_append_val(styles, style);
    }
    return styles;
}

const ParsersDocStyle *
parsers_doc_styles_find(const GArray *styles, guint number)
{
    static const ParsersDocStyle none;

    return number < styles->len ? &g_array_index(styles, ParsersDocStyle, number) : &none;
}

void
parsers_doc_styles_lay(const GArray *styles, guint number, ParsersDocCharacter *character)
{
    const ParsersDocCharacter *upper = &parsers_doc_styles_find(styles, number)->character;

    character->flags |= upper->flags;
    character->hidden = character->hidden || upper->hidden;
    if (upper->has_font) {
        character->has_font = true;
        character->font = upper->font;
    }
}
