/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/xml-plain.c - one quick look through XML that has nothing but tags, attributes and text.
 *
 * What it takes is well-formed, and means here what it means to libxml2, which has all the rest:
 * whatever is odd (a comment, a document type, another encoding, an error) is not plain, and is
 * refused before a reader has seen anything of it.
 *
 * A plain text ends with ">", at which every loop stops, so that none has to ask where it ends.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; XML 1.0; Namespaces in XML 1.0
 */
#include "config.h"

#include "parsers/xml-plain.h"

#include <string.h>

#include "parsers/xml-text.h"

enum {
    PLAIN_BYTES = 4 * 1024 * 1024, /* the tags of it take up to eight times as much */
    DEPTH_MAX = 200,               /* libxml2 allows 256 */
    ATTRIBUTES_MAX = 64,
};

/* What a byte may be. */
enum {
    FIRST = 1, /* the first of a name */
    NAME = 2,
    TEXT = 4,  /* between tags, without a second look */
    VALUE = 8, /* between quotes, likewise */
    BLANK = 16,
};

#define MARK (TEXT | VALUE)
#define LETTER (FIRST | NAME | TEXT | VALUE)

/* clang-format off */
static const guint8 classes[256] = {
    ['\t' ... '\n'] = TEXT | BLANK,
    ['\r']          = BLANK,
    [' ']           = MARK | BLANK,
    ['!']           = MARK,
    ['"']           = TEXT,
    ['#' ... '%']   = MARK,
    ['\'']          = TEXT,
    ['(' ... ',']   = MARK,
    ['-' ... '.']   = NAME | MARK,
    ['/']           = MARK,
    ['0' ... '9']   = NAME | MARK,
    [':' ... ';']   = MARK,
    ['=']           = MARK,
    ['?' ... '@']   = MARK,
    ['A' ... 'Z']   = LETTER,
    ['[' ... '\\']  = MARK,
    [']']           = VALUE,
    ['^']           = MARK,
    ['_']           = LETTER,
    ['`']           = MARK,
    ['a' ... 'z']   = LETTER,
    ['{' ... '~']   = MARK,
};
/* clang-format on */

struct ParsersXmlPlain {
    GBytes *bytes;
    const char *data;
    ParsersXmlTag *tags;
    guint n_tags;
    guint room; /* for tags */
    ParsersXmlNames *names;
};

typedef struct {
    ParsersXmlPlain *plain;
    const char *at;
    const char *end; /* after the last ">" */
    guint max_depth;
    guint depth;
    guint open[DEPTH_MAX]; /* tags */
    guint n_attributes;
    ParsersXmlName attributes[ATTRIBUTES_MAX]; /* of the tag that is read */
} Scan;

void
parsers_xml_plain_free(ParsersXmlPlain *plain)
{
    if (plain == NULL)
        return;
    g_free(plain->tags);
    parsers_xml_names_free(plain->names);
    g_bytes_unref(plain->bytes);
    g_free(plain);
}

static bool
is(guint8 class, const char *at)
{
    return (classes[(guint8)*at] & class) != 0;
}

static const char *
pass(guint8 class, const char *at)
{
    while (is(class, at))
        at++;
    return at;
}

/* ---- Text ---- */

/* Pass over what only a second look allows: a reference, a letter beyond ASCII. */
static bool
pass_odd(Scan *scan)
{
    gunichar c = 0;
    gsize length = 0;

    if (*scan->at == '&') {
        length = parsers_xml_text_reference(scan->at, scan->end, &c);
        scan->at += length;
        return length > 0;
    }
    if ((guint8)*scan->at < 0x80)
        return false;
    c = g_utf8_get_char_validated(scan->at, scan->end - scan->at);
    if (!parsers_xml_text_allows(c))
        return false;
    scan->at = g_utf8_next_char(scan->at);
    return true;
}

static bool
scan_text(Scan *scan)
{
    for (;;) {
        scan->at = pass(TEXT, scan->at);
        if (*scan->at == '<')
            return true;
        if (*scan->at == ']' && memcmp(scan->at, "]]>", MIN(3, scan->end - scan->at)) != 0)
            scan->at++;
        else if (*scan->at == '>' && scan->at + 1 < scan->end)
            scan->at++;
        else if (!pass_odd(scan))
            return false;
    }
}

static bool
scan_value(Scan *scan)
{
    const char quote = *scan->at;

    if (quote != '"' && quote != '\'')
        return false;
    scan->at++;
    for (;;) {
        scan->at = pass(VALUE, scan->at);
        if (*scan->at == quote)
            break;
        if (*scan->at == '"' || *scan->at == '\'')
            scan->at++;
        else if (!pass_odd(scan))
            return false;
    }
    scan->at++;
    return true;
}

/* ---- Names ---- */

static const char *
scan_word(const char *at, guint *hash)
{
    guint sum = *hash;

    for (; is(NAME, at); at++)
        sum = sum * 33 + (guint8)*at;
    *hash = sum;
    return at;
}

static bool
scan_name(Scan *scan, ParsersXmlName *out)
{
    const char *at = scan->at;

    *out = (ParsersXmlName){.at = at};
    if (!is(FIRST, at))
        return false;
    at = scan_word(at, &out->hash);
    if (*at == ':') {
        out->prefix = (guint)(at - out->at);
        if (!is(FIRST, ++at))
            return false;
        at = scan_word(at, &out->hash);
    }
    out->length = (guint)(at - out->at);
    scan->at = at;
    return out->length < PARSERS_XML_NAMES_BYTES;
}

static bool
declares(const ParsersXmlName *name)
{
    return (name->prefix == 5 || (name->prefix == 0 && name->length == 5)) &&
           memcmp(name->at, "xmlns", 5) == 0;
}

/* ---- Attributes ---- */

static bool
scan_attribute(Scan *scan)
{
    ParsersXmlName *name = &scan->attributes[scan->n_attributes];
    const char *value = NULL;

    if (scan->n_attributes >= ATTRIBUTES_MAX || !scan_name(scan, name) || *scan->at != '=')
        return false;
    value = ++scan->at + 1;
    if (!scan_value(scan))
        return false;
    scan->n_attributes++;
    return !declares(name) ||
           parsers_xml_names_bind(scan->plain->names, name, value, (gsize)(scan->at - 1 - value),
                                  scan->plain->n_tags);
}

static bool
scan_attributes(Scan *scan, bool *out_empty)
{
    scan->n_attributes = 0;
    for (;;) {
        const char *before = scan->at;

        scan->at = pass(BLANK, before);
        *out_empty = *scan->at == '/';
        if (*scan->at == '/' || *scan->at == '>')
            break;
        if (scan->at == before || !scan_attribute(scan))
            return false;
    }
    scan->at += *out_empty;
    return *scan->at++ == '>';
}

/* Two attributes of one local name, both with a prefix or both without, are not one for certain;
 * but they are rare enough. */
static bool
is_twin(const ParsersXmlName *one, const ParsersXmlName *other)
{
    const guint a = one->prefix > 0 ? one->prefix + 1 : 0;
    const guint b = other->prefix > 0 ? other->prefix + 1 : 0;

    return (a > 0) == (b > 0) && one->length - a == other->length - b &&
           memcmp(one->at + a, other->at + b, one->length - a) == 0;
}

/* Does its prefix mean something?  Mostly it is the element's own, which is asked about anyway. */
static bool
is_bound(const Scan *scan, const ParsersXmlName *name, const ParsersXmlName *element)
{
    ParsersXmlSpace space = PARSERS_XML_NONE;

    if (name->prefix == element->prefix && memcmp(name->at, element->at, name->prefix) == 0)
        return true;
    if (name->length == 9 && memcmp(name->at, "xml:space", 9) == 0)
        return true;
    return name->prefix == 0 || declares(name) ||
           parsers_xml_names_space(scan->plain->names, name->at, name->prefix, &space);
}

static bool
check_attributes(const Scan *scan, const ParsersXmlName *element)
{
    for (guint i = 0; i < scan->n_attributes; i++) {
        const ParsersXmlName *name = &scan->attributes[i];

        if (!is_bound(scan, name, element))
            return false;
        for (guint k = 0; k < i; k++) {
            if (is_twin(&scan->attributes[k], name))
                return false;
        }
    }
    return true;
}

/* ---- Tags ---- */

static guint32
offset(const Scan *scan)
{
    return (guint32)(scan->at - scan->plain->data);
}

static void
add_tag(ParsersXmlPlain *plain, const ParsersXmlTag *tag)
{
    if (plain->n_tags == plain->room) {
        plain->room *= 2;
        plain->tags = g_renew(ParsersXmlTag, plain->tags, plain->room);
    }
    plain->tags[plain->n_tags++] = *tag;
}

static bool
scan_start(Scan *scan)
{
    ParsersXmlTag tag = {.start = offset(scan), .other = scan->plain->n_tags};
    bool empty = false;
    ParsersXmlName name;

    scan->at++;
    if (scan->depth >= MIN(scan->max_depth, (guint)DEPTH_MAX) || !scan_name(scan, &name))
        return false;
    if (!scan_attributes(scan, &empty) || !check_attributes(scan, &name))
        return false;
    if (!parsers_xml_names_find(scan->plain->names, &name, &tag.name, &tag.space))
        return false;
    tag.end = offset(scan);
    if (empty)
        parsers_xml_names_unbind(scan->plain->names, tag.other, tag.other);
    else
        scan->open[scan->depth++] = tag.other;
    add_tag(scan->plain, &tag);
    return true;
}

static bool
scan_end(Scan *scan)
{
    const guint opened = scan->open[--scan->depth];
    ParsersXmlTag *start = &scan->plain->tags[opened];
    const ParsersXmlName *name = parsers_xml_names_whole(scan->plain->names, start->name);
    ParsersXmlTag tag = {
        .start = offset(scan), .other = opened, .name = start->name, .space = start->space};

    scan->at += 2;
    if ((gsize)(scan->end - scan->at) <= name->length ||
        memcmp(scan->at, name->at, name->length) != 0 || scan->at[name->length] != '>')
        return false;
    scan->at += name->length + 1;
    tag.end = offset(scan);
    start->other = scan->plain->n_tags;
    parsers_xml_names_unbind(scan->plain->names, opened, start->other);
    add_tag(scan->plain, &tag);
    return true;
}

/* ---- The document ---- */

static bool
take(Scan *scan, const char *text)
{
    const gsize length = strlen(text);

    if ((gsize)(scan->end - scan->at) <= length || memcmp(scan->at, text, length) != 0)
        return false;
    scan->at += length;
    return true;
}

/* The declaration, as nearly all write it. */
static bool
scan_prolog(Scan *scan)
{
    take(scan, "\xef\xbb\xbf");
    if (take(scan, "<?xml version=\"1.0\"")) {
        if (take(scan, " encoding=\"") && !take(scan, "UTF-8\"") && !take(scan, "utf-8\""))
            return false;
        if (take(scan, " standalone=\"") && !take(scan, "yes\"") && !take(scan, "no\""))
            return false;
        if (!take(scan, "?>"))
            return false;
        scan->at = pass(BLANK, scan->at);
    }
    return *scan->at == '<';
}

static bool
scan_document(Scan *scan)
{
    if (!scan_prolog(scan))
        return false;
    do {
        const bool ends = scan->at[1] == '/' && scan->depth > 0;

        if (!(ends ? scan_end(scan) : scan_start(scan)))
            return false;
        if (scan->depth == 0 || scan->at == scan->end)
            return scan->depth == 0 && scan->at == scan->end;
    } while (scan_text(scan));
    return false;
}

ParsersXmlPlain *
parsers_xml_plain_new(GBytes *bytes, guint max_depth)
{
    g_autoptr(ParsersXmlPlain) plain = NULL;
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    Scan scan;

    while (length > 0 && is(BLANK, data + length - 1))
        length--;
    if (length == 0 || length > PLAIN_BYTES || data[length - 1] != '>')
        return NULL;
    plain = g_new0(ParsersXmlPlain, 1);
    plain->bytes = g_bytes_ref(bytes);
    plain->data = data;
    plain->names = parsers_xml_names_new();
    /* A tag of a form is twenty bytes or more; what is not touched of this costs nothing. */
    plain->room = (guint)(length / 16 + 16);
    plain->tags = g_new(ParsersXmlTag, plain->room);
    scan.plain = plain;
    scan.at = data;
    scan.end = data + length;
    scan.max_depth = max_depth;
    scan.depth = 0;
    return scan_document(&scan) ? g_steal_pointer(&plain) : NULL;
}

/* ---- What readers ask for ---- */

const ParsersXmlTag *
parsers_xml_plain_tags(const ParsersXmlPlain *plain, guint *out_n)
{
    *out_n = plain->n_tags;
    return plain->tags;
}

const char *
parsers_xml_plain_name(const ParsersXmlPlain *plain, guint name)
{
    return parsers_xml_names_local(plain->names, name);
}

void
parsers_xml_plain_text(const ParsersXmlPlain *plain, guint32 from, guint32 to,
                       void (*text)(gpointer user, const char *text, gsize length), gpointer user)
{
    parsers_xml_text_give(plain->data + from, plain->data + to, text, user);
}

/* One attribute as it stands. */
typedef struct {
    const char *start;
    const char *colon;  /* or NULL */
    const char *equals; /* the value begins two bytes on */
    const char *end;    /* its closing quote */
} Attribute;

/* The next from a place on; false when the tag ends. */
static bool
next_attribute(const char *at, Attribute *out)
{
    *out = (Attribute){.start = pass(BLANK, at)};
    if (!is(FIRST, out->start))
        return false;
    out->equals = pass(NAME, out->start);
    if (*out->equals == ':') {
        out->colon = out->equals;
        out->equals = pass(NAME, out->colon + 1);
    }
    out->end = out->equals + 2;
    while (*out->end != out->equals[1])
        out->end++;
    return true;
}

char *
parsers_xml_plain_attribute(const ParsersXmlPlain *plain, guint tag, ParsersXmlSpace space,
                            const char *name)
{
    const ParsersXmlTag *about = &plain->tags[tag];
    const ParsersXmlName *element = parsers_xml_names_whole(plain->names, about->name);
    const gsize length = strlen(name);
    Attribute one = {.end = plain->data + about->start + element->length};

    while (next_attribute(one.end + 1, &one)) {
        const char *local = one.colon == NULL ? one.start : one.colon + 1;

        if ((gsize)(one.equals - local) != length || memcmp(local, name, length) != 0)
            continue;
        if (one.colon == NULL ? space == PARSERS_XML_NONE
                              : parsers_xml_names_means(plain->names, tag, one.start,
                                                        (gsize)(one.colon - one.start), space))
            return parsers_xml_text_copy(one.equals + 2, one.end);
    }
    return NULL;
}
