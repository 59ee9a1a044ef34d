/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-fields.cc - the form fields of a PDF, and their places on its pages.
 *
 * Poppler's own reader of forms opens, for each field and again for each page, all that a viewer
 * would draw and do.  Here each object is fetched once, and only what says something is looked at.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1 section 12.7
 */
#include "config.h"

#include "parsers/pdf-fields.hh"

#include <Array.h>
#include <Dict.h>
#include <Object.h>
#include <PDFDocEncoding.h>

#include <cstring>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace
{

const int CHOICES_MAX = 2000; /* of one list */
const int PUSH = 0x10000;     /* flags of buttons */
const int RADIO = 0x8000;
const int COMBO = 0x20000; /* flags of lists */
const int EDIT = 0x40000;

/* ---- Strings ---- */

/* Empty when it is no text of whole letters. */
std::string
from_utf16(const char *text, size_t length, bool is_little)
{
    const guchar *bytes = reinterpret_cast<const guchar *>(text);
    const size_t high = is_little ? 1 : 0;
    std::vector<gunichar2> units;

    if (length == 0 || length % 2 != 0)
        return std::string();
    for (size_t i = 0; i < length; i += 2)
        units.push_back((gunichar2)(bytes[i + high] << 8 | bytes[i + 1 - high]));
    g_autofree char *out =
        g_utf16_to_utf8(units.data(), (glong)units.size(), nullptr, nullptr, nullptr);

    return out != nullptr ? out : "";
}

std::string
from_document_encoding(const char *text, size_t length)
{
    std::string out;

    for (size_t i = 0; i < length; i++) {
        Unicode character = pdfDocEncoding[(guchar)text[i]];
        char letter[6];

        if (character > 0 && character < 0x80)
            out.push_back((char)character);
        else
            out.append(letter, (size_t)g_unichar_to_utf8(character, letter));
    }
    return out;
}

/* A string of the file in UTF-8; empty when there is none, or when it is no text at all. */
std::string
text_of(const Object &object)
{
    const char *text = object.isString() ? object.getString()->c_str() : "";
    size_t length = object.isString() ? (size_t)object.getString()->getLength() : 0;

    if (length >= 2 && memcmp(text, "\xfe\xff", 2) == 0)
        return from_utf16(text + 2, length - 2, false);
    if (length >= 2 && memcmp(text, "\xff\xfe", 2) == 0)
        return from_utf16(text + 2, length - 2, true);
    return from_document_encoding(text, length);
}

void
clear_field(gpointer data)
{
    ParsersPdfField *field = static_cast<ParsersPdfField *>(data);

    g_free(field->name);
    g_free(field->own_name);
    g_free(field->tip);
    g_strfreev(field->values);
}

char *
to_c(const std::string &text)
{
    return g_strdup(text.c_str());
}

char **
to_strings(const std::vector<std::string> &texts)
{
    char **strings = g_new0(char *, texts.size() + 1);

    for (size_t i = 0; i < texts.size(); i++)
        strings[i] = to_c(texts[i]);
    return strings;
}

/* Where a place stands on its page; what does not say so is a square of one point. */
void
set_corners(const Object &place, const PDFRectangle *crop, double corners[4])
{
    Object rectangle = place.dictLookup("Rect");
    bool is_there = parsers_pdf_tree_has_rectangle(place);

    for (int i = 0; i < 4; i++) {
        Object number = is_there ? rectangle.arrayGet(i) : Object(objNull);

        corners[i] = number.isNum() ? number.getNum() : i / 2;
        corners[i] -= i % 2 == 0 ? crop->x1 : crop->y1;
    }
}

/* The strings of an entry that is one, or an array of them. */
std::set<std::string>
strings_of(const Object &entry)
{
    std::set<std::string> strings;

    if (entry.isString())
        strings.insert(entry.getString()->toStr());
    for (int i = 0; entry.isArray() && i < entry.arrayGetLength(); i++) {
        Object part = entry.arrayGet(i);

        if (part.isString())
            strings.insert(part.getString()->toStr());
    }
    return strings;
}

/* The positions that an entry of a list gives, whatever they are worth. */
std::set<int>
positions_of(const Object &entry)
{
    std::set<int> positions;

    for (int i = 0; i < entry.arrayGetLength(); i++) {
        Object part = entry.arrayGet(i);

        if (part.isInt())
            positions.insert(part.getInt());
    }
    return positions;
}

/* ---- What a field says ---- */

int
flags_of(const ParsersPdfTree &tree, const ParsersPdfNode &field)
{
    Object flags = tree.inherited(field.object, "Ff");

    return flags.isInt() ? flags.getInt() : 0;
}

/* Its name behind those of the fields that it is part of. */
std::string
name_of(const ParsersPdfTree &tree, const Object &field)
{
    Object own = field.dictLookup("T");
    Object holder = tree.above(field);
    std::string name;

    for (size_t depth = 0; depth < PARSERS_PDF_TREE_DEPTH && holder.isDict(); depth++) {
        Object part = holder.dictLookup("T");

        if (part.isString())
            name.insert(0, text_of(part) + ".");
        holder = tree.above(holder);
    }
    if (own.isString())
        return name + text_of(own);
    if (!name.empty())
        name.pop_back();
    return name;
}

/* One of several round buttons has no state of its own: their group names the one pressed. */
bool
keeps_state(const ParsersPdfTree &tree, const ParsersPdfNode &field)
{
    int flags = flags_of(tree, field);
    bool is_grouped = field.is_terminal && field.parent != nullptr &&
                      field.parent->type == ParsersPdfType::button;

    return (flags & PUSH) == 0 && !((flags & RADIO) != 0 && is_grouped);
}

/* A button is pressed when its field names the look that it has then. */
bool
is_checked(const ParsersPdfTree &tree, const ParsersPdfPlace &place)
{
    Object looks = place.object.dictLookup("AP");
    std::string on = (flags_of(tree, *place.field) & RADIO) != 0 ? "" : "Yes";

    if (looks.isDict())
        looks = looks.dictLookup("N");
    for (int i = 0; looks.isDict() && i < looks.dictGetLength(); i++)
        if (strcmp(looks.dictGetKey(i), "Off") != 0) {
            on = looks.dictGetKey(i);
            break;
        }
    for (const ParsersPdfNode *at = place.field;
         at != nullptr && at->type == ParsersPdfType::button; at = at->parent)
        if (!on.empty() && keeps_state(tree, *at) && at->object.dictLookup("V").isName(on.c_str()))
            return true;
    return false;
}

std::vector<std::string>
text_value(const ParsersPdfTree &tree, const ParsersPdfNode &field)
{
    Object value = tree.inherited(field.object, "V");

    if (!value.isString())
        return {};
    if (value.getString()->hasUnicodeMarker())
        return {text_of(value)};
    return {
        from_document_encoding(value.getString()->c_str(), (size_t)value.getString()->getLength())};
}

/* What is chosen of a list, as it is seen.  The specification lets the value prevail over the
 * positions; everybody does the opposite, and compares the value with what would be sent. */
std::vector<std::string>
chosen(const ParsersPdfTree &tree, const ParsersPdfNode &field)
{
    Object positions = tree.inherited(field.object, "I");
    Object value = positions.isArray() ? Object(objNull) : tree.inherited(field.object, "V");
    Object options = tree.inherited(field.object, "Opt");
    std::set<int> numbers = positions.isArray() ? positions_of(positions) : std::set<int>();
    std::set<std::string> names = strings_of(value);
    std::vector<std::string> texts;
    bool is_known = false;

    for (int i = 0; options.isArray() && i < options.arrayGetLength(); i++) {
        Object option = options.arrayGet(i);
        Object sent =
            option.isArray() && option.arrayGetLength() >= 2 ? option.arrayGet(0) : Object(objNull);
        Object seen = option.isArray()
                          ? (option.arrayGetLength() >= 2 ? option.arrayGet(1) : Object(objNull))
                          : option.copy();
        const Object &compared = sent.isString() ? sent : seen;
        bool is_named = compared.isString() && names.count(compared.getString()->toStr()) > 0;

        if ((is_named && !(is_known && value.isString())) || numbers.count(i) > 0) {
            if (i < CHOICES_MAX)
                texts.push_back(text_of(seen));
            is_known = true;
        }
    }
    if (!is_known && value.isString() && (flags_of(tree, field) & (COMBO | EDIT)) == (COMBO | EDIT))
        texts.push_back(text_of(value));
    return texts;
}

/* False for what holds no answer: push buttons and signatures. */
bool
take_value(const ParsersPdfTree &tree, const ParsersPdfPlace &place, ParsersPdfField *out)
{
    const ParsersPdfNode &field = *place.field;
    int flags = 0;

    switch (field.type) {
    case ParsersPdfType::text:
        out->kind = PARSERS_PDF_FIELD_TEXT;
        out->values = to_strings(text_value(tree, field));
        return true;
    case ParsersPdfType::choice:
        out->kind = PARSERS_PDF_FIELD_CHOICE;
        out->values = to_strings(chosen(tree, field));
        return true;
    case ParsersPdfType::button:
        flags = flags_of(tree, field);
        out->kind = (flags & RADIO) != 0 ? PARSERS_PDF_FIELD_RADIO : PARSERS_PDF_FIELD_CHECK;
        out->is_checked = (flags & PUSH) == 0 && is_checked(tree, place);
        return (flags & PUSH) == 0;
    case ParsersPdfType::signature:
    case ParsersPdfType::none:
        return false;
    }
    return false;
}

void
list(const ParsersPdfTree &tree, const ParsersPdfPlace &place, const PDFRectangle *crop,
     GArray *out)
{
    const Object &object = place.field->object;
    ParsersPdfField field = {};

    if (!take_value(tree, place, &field))
        return;
    set_corners(place.object, crop, field.corners);
    field.name = to_c(name_of(tree, object));
    field.own_name = to_c(text_of(object.dictLookup("T")));
    field.tip = to_c(text_of(object.dictLookup("TU")));
    g_array_append_val(out, field);
}

} /* namespace */

GArray *
parsers_pdf_fields_read(ParsersPdfTree *tree, Page *page)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(ParsersPdfField));
    Object annotations = page->getAnnotsObject();
    std::vector<Ref> strangers;

    g_array_set_clear_func(out, clear_field);
    for (int i = 0; annotations.isArray() && i < annotations.arrayGetLength(); i++) {
        const Object &annotation = annotations.arrayGetNF(i);
        const ParsersPdfPlace *place =
            annotation.isRef() ? tree->find(annotation.getRef()) : nullptr;

        if (place != nullptr && parsers_pdf_tree_has_rectangle(place->object))
            list(*tree, *place, page->getCropBox(), out);
        else if (place == nullptr && annotation.isRef())
            strangers.push_back(annotation.getRef());
    }
    for (Ref ref : strangers) {
        ParsersPdfPlace place = {};

        if (tree->take_alone(ref, &place))
            list(*tree, place, page->getCropBox(), out);
    }
    if (tree->is_over())
        g_clear_pointer(&out, g_array_unref);
    return out;
}
