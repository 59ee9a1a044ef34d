/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pdf-object.cc - objects of a PDF form, without what only a viewer needs of them.
 *
 * Poppler takes a hundred steps for each byte that it reads of an object, and most of a field says
 * how it looks.  So a plain dictionary is cut before poppler reads it; whatever is not as plain as
 * nearly all are is left to poppler alone.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; ISO 32000-1 section 7.3
 */
#include "config.h"

#include "parsers/pdf-object.hh"

#include <Parser.h>
#include <Stream.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

namespace
{

const size_t LONGEST = 64 * 1024; /* bytes of an object that is cut */
const int NESTED_MAX = 100;

/* What is read of fields: see pdf-tree.cc and pdf-fields.cc. */
const std::string_view entries[] = {"AP", "FT", "Ff",     "I",    "Kids",    "Opt",
                                    "T",  "TU", "Parent", "Rect", "Subtype", "V"};

/* What is left of an object. */
struct Rest {
    const char *at;
    const char *end;
};

enum Kind : guint8 { letter, space, mark };

/* What bytes are between words and at their ends. */
constexpr std::array<Kind, 256>
make_kinds()
{
    std::array<Kind, 256> kinds = {};

    for (char byte : {'\0', '\t', '\n', '\f', '\r', ' '})
        kinds[(guchar)byte] = space;
    for (char byte : {'(', ')', '<', '>', '[', ']', '{', '}', '/', '%'})
        kinds[(guchar)byte] = mark;
    return kinds;
}

constexpr std::array<Kind, 256> kinds = make_kinds();

void
skip_space(Rest *rest)
{
    while (rest->at < rest->end && kinds[(guchar)*rest->at] == space)
        rest->at++;
}

/* Is that what comes next? */
bool
comes(const Rest *rest, std::string_view word)
{
    return (size_t)(rest->end - rest->at) >= word.size() &&
           memcmp(rest->at, word.data(), word.size()) == 0;
}

/* A name, number or word. */
bool
skip_word(Rest *rest)
{
    const char *start = rest->at;

    while (rest->at < rest->end && kinds[(guchar)*rest->at] == letter)
        rest->at++;
    return rest->at > start;
}

bool
skip_string(Rest *rest)
{
    int open = 0;

    for (; rest->at < rest->end; rest->at++) {
        if (*rest->at == '\\')
            rest->at++;
        else if (*rest->at == '(')
            open++;
        else if (*rest->at == ')' && --open == 0) {
            rest->at++;
            return true;
        }
    }
    return false;
}

bool
skip_hex_string(Rest *rest)
{
    const void *end = memchr(rest->at, '>', (size_t)(rest->end - rest->at));

    if (end == nullptr)
        return false;
    rest->at = static_cast<const char *>(end) + 1;
    return true;
}

/* One token; depth counts the arrays and dictionaries that are open. */
bool
skip_token(Rest *rest, int *depth)
{
    if (comes(rest, "<<") || comes(rest, ">>")) {
        *depth += *rest->at == '<' ? 1 : -1;
        rest->at += 2;
    } else if (*rest->at == '[' || *rest->at == ']') {
        *depth += *rest->at == '[' ? 1 : -1;
        rest->at++;
    } else if (*rest->at == '(') {
        return skip_string(rest);
    } else if (*rest->at == '<') {
        return skip_hex_string(rest);
    } else {
        rest->at += *rest->at == '/';
        return skip_word(rest);
    }
    return *depth >= 0 && *depth <= NESTED_MAX;
}

/* All up to the next key, or to the end of the dictionary. */
bool
skip_value(Rest *rest)
{
    int depth = 0;

    skip_space(rest);
    if (comes(rest, ">>"))
        return false;
    do {
        if (rest->at >= rest->end || !skip_token(rest, &depth))
            return false;
        skip_space(rest);
    } while (depth > 0 || !(comes(rest, "/") || comes(rest, ">>")));
    return true;
}

bool
is_entry(std::string_view key)
{
    return std::find(std::begin(entries), std::end(entries), key) != std::end(entries);
}

/* The dictionary of an object with the entries that count.  False when it is something else, or
 * not quite as it should be. */
bool
cut(Rest *rest, Ref ref, std::string *out)
{
    char head[64];

    snprintf(head, sizeof head, "%d %d obj", ref.num, ref.gen);
    if (!comes(rest, head))
        return false;
    rest->at += strlen(head);
    skip_space(rest);
    if (!comes(rest, "<<"))
        return false;
    rest->at += 2;
    *out = "<<";
    for (skip_space(rest); comes(rest, "/");) {
        const char *key = rest->at++;

        if (!skip_word(rest) || memchr(key, '#', (size_t)(rest->at - key)) != nullptr)
            return false;
        size_t length = (size_t)(rest->at - key);

        if (!skip_value(rest))
            return false;
        if (is_entry(std::string_view(key + 1, length - 1)))
            out->append(key, (size_t)(rest->at - key)).append(" ");
    }
    *out += ">>";
    if (!comes(rest, ">>"))
        return false;
    rest->at += 2;
    skip_space(rest);
    return comes(rest, "endobj");
}

} /* namespace */

Object
parsers_pdf_object_fetch(XRef *xref, GBytes *bytes, Ref ref)
{
    gsize size = 0;
    const char *data = static_cast<const char *>(g_bytes_get_data(bytes, &size));
    const XRefEntry *entry =
        ref.num >= 0 && ref.num < xref->getNumObjects() ? xref->getEntry(ref.num) : nullptr;
    std::string text;

    if (entry == nullptr || entry->type != xrefEntryUncompressed || entry->gen != ref.gen ||
        entry->offset < 0 || (guint64)entry->offset >= size || !entry->obj.isNull() ||
        xref->isEncrypted() || size < 4 || memcmp(data, "%PDF", 4) != 0)
        return xref->fetch(ref);
    Rest rest = {data + entry->offset,
                 data + entry->offset + std::min(size - (gsize)entry->offset, LONGEST)};
    if (!cut(&rest, ref, &text))
        return xref->fetch(ref);
    Parser parser(xref, new MemStream(text.data(), 0, (Goffset)text.size(), Object(objNull)),
                  false);
    return parser.getObj();
}
