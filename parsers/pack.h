/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/pack.h - values written one behind the other, as GVariant stores them.
 *
 * A GVariant is made of a small object for each text, which are then sized, and then copied.
 * Here all is written at once into one growing buffer; what comes out is the same to the byte.
 *
 * Runs in:  postern-parser.
 * Source:   the GVariant serialisation of GLib
 */
#ifndef PARSERS_PACK_H
#define PARSERS_PACK_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    guint8 *bytes;
    gsize used;
    gsize size;
    GArray *ends; /* gsize: where the members of the open containers end that have no fixed size */
} ParsersPack;

/* An open array or tuple. */
typedef struct {
    gsize start;
    guint first; /* of its ends */
} ParsersPackBox;

ParsersPack parsers_pack_new(void);

/* All that was written; the pack is gone.  The caller unrefs. */
GBytes *parsers_pack_finish(ParsersPack *pack);

/* Open an array or tuple.  align: of its type: the largest of its members' sizes, 1 for texts. */
ParsersPackBox parsers_pack_open(ParsersPack *pack, gsize align);

/* A member without a fixed size was written: to be said of each in an array, and of each in a tuple
 * but the last member. */
void parsers_pack_end(ParsersPack *pack, const ParsersPackBox *box);

/* Everything in it was written, and each member that has no fixed size said so. */
void parsers_pack_close_array(ParsersPack *pack, const ParsersPackBox *box);
/* Likewise of a tuple. */
void parsers_pack_close_tuple(ParsersPack *pack, const ParsersPackBox *box);

/* A text of at most so many bytes; what is no UTF-8 becomes U+FFFD. */
void parsers_pack_text(ParsersPack *pack, const char *text, gsize most);
void parsers_pack_bool(ParsersPack *pack, bool value);
void parsers_pack_uint(ParsersPack *pack, guint32 value);
void parsers_pack_uint64(ParsersPack *pack, guint64 value);
void parsers_pack_double(ParsersPack *pack, double value);

#endif
