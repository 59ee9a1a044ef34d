/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/rtf-charset.c - code pages and font charsets of RTF by the names that iconv knows.
 *
 * Runs in:  postern-parser.
 * Source:   RTF Specification 1.9.1, "Character Set" and "Font Table"
 */
#include "config.h"

#include "parsers/rtf-state.h"

/* clang-format off */
static const struct {
    int page;
    int font_charset; /* \fcharset, or -1 */
    const char *name;
} charsets[] = {
    { 1252,   0, "windows-1252" }, { 1250, 238, "windows-1250" }, { 1251, 204, "windows-1251" },
    { 1253, 161, "windows-1253" }, { 1254, 162, "windows-1254" }, { 1255, 177, "windows-1255" },
    { 1256, 178, "windows-1256" }, { 1257, 186, "windows-1257" }, { 1258, 163, "windows-1258" },
    {  874, 222, "windows-874"  }, {  932, 128, "shift_jis"        }, {  936, 134, "gb18030"      },
    {  949, 129, "euc-kr"       }, {  950, 136, "big5"         }, {10000,  77, "macintosh"    },
    {  437,  -1, "cp437"        }, {  850,  -1, "cp850"        }, {65001,  -1, "utf-8"        },
};
/* clang-format on */

const char *
parsers_rtf_charset_of_page(int page)
{
    for (gsize i = 0; i < G_N_ELEMENTS(charsets); i++) {
        if (charsets[i].page == page)
            return charsets[i].name;
    }
    return NULL;
}

const char *
parsers_rtf_charset_of_font(int charset)
{
    /* 0 is what writers put that know nothing better. */
    for (gsize i = 0; charset > 0 && i < G_N_ELEMENTS(charsets); i++) {
        if (charsets[i].font_charset == charset)
            return charsets[i].name;
    }
    return NULL;
}
