/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/charset.c - text in whatever charset, out as valid UTF-8.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 2045; the WHATWG encoding table for what labels mean in practice
 */
#include "config.h"

#include "parsers/charset.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* clang-format off */
/* Labels as mail uses them, and the superset that their writers really mean.  The
 * first is also read where no label is known. */
static const struct {
    const char *label;
    const char *charset;
} labels[] = {
    {"us-ascii",       "CP1252"},       {"ascii",        "CP1252"},       {"ansi_x3.4-1968", "CP1252"},
    {"iso-8859-1",     "CP1252"},       {"iso8859-1",    "CP1252"},       {"iso_8859-1",     "CP1252"},
    {"latin1",         "CP1252"},       {"latin-1",      "CP1252"},       {"windows-1252",   "CP1252"},
    {"cp1252",         "CP1252"},       {"cp-1252",      "CP1252"},       {"x-ansi",         "CP1252"},
    {"utf-7",          "UTF-7"},        {"utf-16",       "UTF-16"},       {"utf-16le",       "UTF-16LE"},
    {"utf-16be",       "UTF-16BE"},     {"ucs-2",        "UTF-16"},       {"utf-32",         "UTF-32"},
    {"unicode-1-1-utf-7", "UTF-7"},
    {"iso-8859-2",     "ISO-8859-2"},   {"iso-8859-3",   "ISO-8859-3"},   {"iso-8859-4",     "ISO-8859-4"},
    {"iso-8859-5",     "ISO-8859-5"},   {"iso-8859-6",   "ISO-8859-6"},   {"iso-8859-7",     "ISO-8859-7"},
    {"iso-8859-8",     "ISO-8859-8"},   {"iso-8859-8-i", "ISO-8859-8"},   {"iso-8859-9",     "CP1254"},
    {"iso-8859-10",    "ISO-8859-10"},  {"iso-8859-13",  "ISO-8859-13"},  {"iso-8859-14",    "ISO-8859-14"},
    {"iso-8859-15",    "ISO-8859-15"},  {"iso-8859-16",  "ISO-8859-16"},  {"latin2",         "ISO-8859-2"},
    {"windows-1250",   "CP1250"},       {"windows-1251", "CP1251"},       {"windows-1253",   "CP1253"},
    {"windows-1254",   "CP1254"},       {"windows-1255", "CP1255"},       {"windows-1256",   "CP1256"},
    {"windows-1257",   "CP1257"},       {"windows-1258", "CP1258"},       {"windows-874",    "CP874"},
    {"cp1250",         "CP1250"},       {"cp1251",       "CP1251"},       {"tis-620",        "CP874"},
    {"koi8-r",         "KOI8-R"},       {"koi8-u",       "KOI8-U"},       {"macintosh",      "MACINTOSH"},
    {"cp437",          "CP437"},        {"cp850",        "CP850"},        {"cp866",          "CP866"},
    {"gb2312",         "GB18030"},      {"gbk",          "GB18030"},      {"gb18030",        "GB18030"},
    {"x-gbk",          "GB18030"},      {"big5",         "BIG5-HKSCS"},   {"hz-gb-2312",     "GB18030"},
    {"shift_jis",      "CP932"},        {"shift-jis",    "CP932"},        {"x-sjis",         "CP932"},
    {"windows-31j",    "CP932"},        {"euc-jp",       "EUC-JP"},       {"iso-2022-jp",    "ISO-2022-JP"},
    {"iso-2022-kr",    "ISO-2022-KR"},  {"euc-kr",       "CP949"},        {"ks_c_5601-1987", "CP949"},
};
/* clang-format on */

/* Kept open for the life of the process: opening one costs more than most conversions.  In the cage
 * only those that parsers/warm.c has loaded can be had. */
static GIConv converters[G_N_ELEMENTS(labels)];

static GIConv
converter(gsize row)
{
    if (converters[row] == NULL)
        converters[row] = g_iconv_open("UTF-8", labels[row].charset);
    return converters[row];
}

/* Some write "koi8_r": a hyphen and an underscore are the same here. */
static bool
is_label(const char *label, const char *declared)
{
    for (; *label != '\0' && *declared != '\0'; label++, declared++) {
        const char c = *declared == '_' ? '-' : g_ascii_tolower(*declared);

        if ((*label == '_' ? '-' : *label) != c)
            return false;
    }
    return *label == *declared;
}

static gsize
find_label(const char *declared)
{
    for (gsize row = 0; declared != NULL && row < G_N_ELEMENTS(labels); row++)
        if (is_label(labels[row].label, declared))
            return row;
    return 0;
}

/* UTF-8 without NULs; bad bytes become U+FFFD. */
static char *
from_utf8(const char *data, gsize size)
{
    g_autoptr(GString) kept = NULL;

    if (g_utf8_validate_len(data, size, NULL))
        return g_strndup(data, size);
    kept = g_string_sized_new(size + 1);
    for (gsize i = 0; i < size; i++)
        if (data[i] != '\0')
            g_string_append_c(kept, data[i]);
    return g_utf8_make_valid(kept->str, (gssize)kept->len);
}

static char *
from_converter(GIConv cd, const char *data, gsize size)
{
    g_autoptr(GString) out = g_string_sized_new(size * 2 + 16);
    char buffer[4096];
    char *in = (char *)data; /* iconv() does not write to it */
    gsize left = size;

    g_iconv(cd, NULL, NULL, NULL, NULL);
    while (left > 0) {
        char *to = buffer;
        gsize room = sizeof buffer;
        const gsize rc = g_iconv(cd, &in, &left, &to, &room);
        const int problem = errno;

        g_string_append_len(out, buffer, (gssize)(sizeof buffer - room));
        if (rc != (gsize)-1 || problem == E2BIG)
            continue;
        g_string_append(out, REPLACEMENT);
        if (problem == EINVAL) /* cut in the middle of a character */
            break;
        in++;
        left--;
    }
    return from_utf8(out->str, out->len);
}

/* Most of the bytes above 0x7f are parts of good UTF-8: a few broken ones do not make it another
 * charset. */
static bool
is_mostly_utf8(const char *data, gsize size)
{
    gsize good = 0, bad = 0;

    for (gsize i = 0; i < size;) {
        gunichar c = 0;

        if ((guint8)data[i] < 0x80) {
            i++;
            continue;
        }
        c = g_utf8_get_char_validated(data + i, (gssize)(size - i));
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            bad++;
            i++;
        } else {
            good++;
            i += (gsize)g_unichar_to_utf8(c, NULL);
        }
    }
    return good > bad;
}

/* Charsets whose bytes may look like UTF-8 although they are not.  UTF-16 of real text has NULs. */
static bool
hides_in_ascii(const char *charset, const char *data, gsize size)
{
    if (g_str_has_prefix(charset, "UTF-16") || g_str_has_prefix(charset, "UTF-32"))
        return memchr(data, 0, size) != NULL;
    return g_str_has_prefix(charset, "ISO-2022") || strcmp(charset, "UTF-7") == 0;
}

/* The escapes to Japanese characters are in no other text, whatever charset it is said to have. */
static bool
is_iso_2022_jp(const char *data, gsize size)
{
    const char *escape = memchr(data, 27, size);
    const gsize left = escape != NULL ? size - (gsize)(escape - data) : 0;

    return left >= 3 && (memcmp(escape, "\x1b$B", 3) == 0 || memcmp(escape, "\x1b$@", 3) == 0) &&
           memmem(escape, left, "\x1b(", 2) != NULL;
}

char *
parsers_charset_to_utf8(const char *data, gsize size, const char *declared)
{
    gsize row = find_label(declared);
    GIConv cd = NULL;

    if (size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0)
        return from_utf8(data + 3, size - 3);
    if (size >= 2 && (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0))
        row = find_label("utf-16");
    if (is_iso_2022_jp(data, size))
        row = find_label("iso-2022-jp");
    if (!hides_in_ascii(labels[row].charset, data, size)) {
        if (g_utf8_validate_len(data, size, NULL) || is_mostly_utf8(data, size))
            return from_utf8(data, size);
    }

    cd = converter(row);
    if (cd == (GIConv)-1)
        cd = converter(0);
    return cd == (GIConv)-1 ? from_utf8(data, size) : from_converter(cd, data, size);
}
