/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/symbol.h - what characters of the Wingdings fonts mean on a form.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md; Unicode L2/11-344 (Wingdings and Webdings symbols)
 */
#ifndef PARSERS_SYMBOL_H
#define PARSERS_SYMBOL_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
    PARSERS_SYMBOL_OTHER,  /* no box */
    PARSERS_SYMBOL_EMPTY,  /* an empty box */
    PARSERS_SYMBOL_TICKED, /* a box with a mark in it, or the mark alone */
} ParsersSymbol;

/* Whether the font is one of the picture fonts that have boxes.  font: a name, or NULL. */
bool parsers_symbol_is_font(const char *font);

/* code: a character of that font, as 0x20 to 0xFF or in Unicode's private use area as 0xF020 to
 * 0xF0FF.  font: its name; NULL or one that is not known is taken as Wingdings for private use
 * characters, and as an ordinary font otherwise. */
ParsersSymbol parsers_symbol_look_up(const char *font, gunichar code);

/* What Unicode's own characters mean: U+2610 to U+2612 and their like. */
ParsersSymbol parsers_symbol_of_char(gunichar c);

#endif
