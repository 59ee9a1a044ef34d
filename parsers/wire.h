/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/wire.h - what postern-parser and its parent say to each other.
 *
 * One sequenced-packet socket, one packet a message, never a pointer or a length that is believed.
 * Bytes travel in memory files: mails and definitions sealed, findings in a file of fixed size that
 * the parent made, and that it copies before it looks.
 *
 * Runs in:  postern-parser and its parent.
 * Source:   doc/process-model.md; memfd_create(2), unix(7)
 */
#ifndef PARSERS_WIRE_H
#define PARSERS_WIRE_H

#include "parsers/error.h"

enum {
    PARSERS_WIRE_FD = 3,      /* the socket's number in postern-parser */
    PARSERS_WIRE_MAX_FDS = 2, /* descriptors in one packet */
    PARSERS_WIRE_MAX_FILES = 256,
    PARSERS_WIRE_MAX_DEFINITIONS = 16 * 1024 * 1024, /* bytes of all definition files together */
};

typedef enum {
    PARSERS_WIRE_READY,   /* the cage is closed, mails may come; text: what this kernel lacks, or ""
                           */
    PARSERS_WIRE_REFUSED, /* it cannot serve; text says why; it exits */
    PARSERS_WIRE_READ,    /* the findings are in the file */
    PARSERS_WIRE_SIGNAL,  /* the child died of signal `detail` */
    PARSERS_WIRE_CPU,     /* the child used up its processor time */
    PARSERS_WIRE_MEMORY,  /* the child used up its memory */
    PARSERS_WIRE_WALL,    /* the child took too long */
    PARSERS_WIRE_GAVE_UP, /* the child left by itself with status `detail` */
    PARSERS_WIRE_TOO_BIG, /* the findings are larger than findings_bytes */
    PARSERS_WIRE_BAD_MAIL, /* the mail's file is not sealed, or too large */
    PARSERS_WIRE_NOTHING   /* there is no such picture, or document */
} ParsersWireVerdict;

/* What is wanted of a mail.  Only postern-view gives the latter three. */
typedef enum {
    PARSERS_WIRE_WANT_FINDINGS, /* parsers/findings.h */
    PARSERS_WIRE_WANT_VIEW,     /* parsers/view.h */
    PARSERS_WIRE_WANT_PICTURE,  /* a page of a part as PNG */
    PARSERS_WIRE_WANT_DOCUMENT  /* a part whose pages a program outside must print:
                                   parsers/foreign.h, one entry */
} ParsersWireWant;

/* Parent to parser.  The first carries one file: the definitions.  Each further one carries two:
 * the sealed mail, and the file for its findings. */
typedef struct {
    guint64 serial;       /* comes back in the reply */
    guint64 memory_bytes; /* address space that the child may take beyond what it starts with */
    guint32 cpu_s;
    guint32 wall_ms;
    guint32 careful; /* not 0: leave attachments unopened; for a mail that has killed its reader */
    guint32 converted_bytes; /* at the end of the mail's file: a packed list of ParsersForeign */
    guint32 want;            /* ParsersWireWant */
    guint32 part, page;      /* of a picture: part from 0, page from 1 */
    guint64 whole; /* not 0: better read at once where all libraries are; a guess, which costs only
                      time when it is wrong */
} ParsersWireRequest;

/* Parser to parent. */
typedef struct {
    guint64 serial;
    guint32 verdict; /* ParsersWireVerdict */
    guint32 detail;
    char text[256];
} ParsersWireReply;

/* How findings, or what else is wanted, lie in their file: the lengths, the findings, then a packed
 * list of ParsersForeign that wait for a converter. */
typedef struct {
    guint64 length;
    guint64 foreign_length;
} ParsersWireHeader;

/* Send one packet.
 *
 * fds: n_fds descriptors that go with it, at most PARSERS_WIRE_MAX_FDS; borrowed; may be NULL.
 *
 * Returns false when the other side is gone; errno says more. */
bool parsers_wire_send(int socket, gconstpointer packet, gsize length, const int *fds, guint n_fds);

/* Wait for one packet of exactly `length` bytes with exactly n_fds descriptors.
 *
 * out_fds: set on success to descriptors that the caller closes; close-on-exec.
 *
 * Returns false when the other side is gone, or sent something else: it is then not to be trusted.
 */
bool parsers_wire_receive(int socket, gpointer packet, gsize length, int *out_fds, guint n_fds);

/* True when fd is a memory file that nobody can change any more, of at most max bytes. */
bool parsers_wire_is_sealed(int fd, gsize max, gsize *out_size);

/* The files of definitions as one piece of bytes, and back.
 *
 * names, files: as many char* as GBytes*, borrowed; unpacked: owned by the arrays.
 *
 * Errors: PARSERS_ERROR_DEFINITION, too many files, too many bytes, or not what was packed. */
bool parsers_wire_pack(const GPtrArray *names, const GPtrArray *files, GBytes **out_packed,
                       GError **error);
bool parsers_wire_unpack(GBytes *packed, GPtrArray **out_names, GPtrArray **out_files,
                         GError **error);

#endif
