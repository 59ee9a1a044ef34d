/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/symbol.c - boxes and marks in picture fonts and in Unicode.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; Unicode L2/11-344
 */
#include "config.h"

#include "parsers/symbol.h"

/* clang-format off */
static const struct {
    const char *font;
    const char *empty;  /* codes of empty boxes */
    const char *ticked; /* codes of marked boxes and of marks */
} fonts[] = {
    { "wingdings",   "\x6f\x70\x71\x72\xa8", "\x78\xfb\xfc\xfd\xfe"             },
    { "wingdings 2", "\x2a\xa3",             "\x4f\x50\x51\x52\x53\x54\x55\x56" },
    { "webdings",    "\x63",                 "\x61\x72"                         },
};

static const struct {
    gunichar c;
    ParsersSymbol symbol;
} chars[] = {
    { 0x2610,  PARSERS_SYMBOL_EMPTY  }, { 0x2611,  PARSERS_SYMBOL_TICKED },
    { 0x2612,  PARSERS_SYMBOL_TICKED }, { 0x25A1,  PARSERS_SYMBOL_EMPTY  },
    { 0x2B1C,  PARSERS_SYMBOL_EMPTY  }, { 0x25FB,  PARSERS_SYMBOL_EMPTY  },
    { 0x2751,  PARSERS_SYMBOL_EMPTY  }, { 0x2752,  PARSERS_SYMBOL_EMPTY  },
    { 0x1F5F5, PARSERS_SYMBOL_TICKED }, { 0x1F5F7, PARSERS_SYMBOL_TICKED },
    { 0x1F5F9, PARSERS_SYMBOL_TICKED }, { 0x1F78E, PARSERS_SYMBOL_EMPTY  },
    { 0x1F78F, PARSERS_SYMBOL_EMPTY  }, { 0x1F790, PARSERS_SYMBOL_EMPTY  },
};
/* clang-format on */

static gssize
find_font(const char *font)
{
    for (gsize i = 0; font != NULL && i < G_N_ELEMENTS(fonts); i++) {
        if (g_ascii_strcasecmp(font, fonts[i].font) == 0)
            return (gssize)i;
    }
    return -1;
}

bool
parsers_symbol_is_font(const char *font)
{
    return find_font(font) >= 0;
}

static bool
contains(const char *codes, gunichar code)
{
    for (const char *at = codes; *at != '\0'; at++) {
        if ((guchar)*at == code)
            return true;
    }
    return false;
}

ParsersSymbol
parsers_symbol_look_up(const char *font, gunichar code)
{
    gssize i = find_font(font);

    if (code >= 0xF020 && code <= 0xF0FF) {
        code -= 0xF000;
        i = MAX(i, 0);
    }
    /* In the Symbol font the private use area has Greek letters and bullets, and no boxes. */
    if (i < 0 || (font != NULL && g_ascii_strcasecmp(font, "symbol") == 0))
        return PARSERS_SYMBOL_OTHER;
    if (contains(fonts[i].empty, code))
        return PARSERS_SYMBOL_EMPTY;
    return contains(fonts[i].ticked, code) ? PARSERS_SYMBOL_TICKED : PARSERS_SYMBOL_OTHER;
}

ParsersSymbol
parsers_symbol_of_char(gunichar c)
{
    for (gsize i = 0; i < G_N_ELEMENTS(chars); i++) {
        if (chars[i].c == c)
            return chars[i].symbol;
    }
    return PARSERS_SYMBOL_OTHER;
}
