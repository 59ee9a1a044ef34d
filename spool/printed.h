/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/printed.h - office files of mails as pages, made when somebody first looks.
 *
 * Nothing depends on them: what is forgotten or failed is made again when it is next wanted.
 *
 * Runs in:  staff pages (want, list); printer (all else).
 * Source:   doc/review.md, "Pages of office files"
 */
#ifndef SPOOL_PRINTED_H
#define SPOOL_PRINTED_H

#include "spool/db.h"

#define SPOOL_PRINTED_MAX (32u * 1024 * 1024) /* bytes of one document */

typedef enum {
    SPOOL_PRINTED_WAITING, /* wanted, or being made */
    SPOOL_PRINTED_MADE,
    SPOOL_PRINTED_FAILED
} SpoolPrintedState;

/* One part of one mail. */
typedef struct {
    gint64 mail_id;
    guint part; /* from 0, as its view has it */
    SpoolPrintedState state;
    GBytes *document; /* of a made one: what the printer gave, a stranger's; else NULL */
} SpoolPrinted;
void spool_printed_clear(SpoolPrinted *printed);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpoolPrinted, spool_printed_clear)

/* Ask for one.  *out_new: false when somebody has asked before, whatever came of it. */
bool spool_printed_want(SpoolDb *db, gint64 mail_id, guint part, bool *out_new, GError **error);

/* What was asked for of a mail, by part.  out_list: array of SpoolPrinted; owned. */
bool spool_printed_list(SpoolDb *db, gint64 mail_id, GArray **out_list, GError **error);

/* Take the one that waits longest.  *out_any: false when none does.  One that was taken and not
 * kept after three minutes has failed. */
bool spool_printed_take(SpoolDb *db, SpoolPrinted *out_printed, bool *out_any, GError **error);

/* Keep what came of it, sealed under the key of its mail.  document: NULL when nothing did. */
bool spool_printed_keep(SpoolDb *db, const SpoolPrinted *taken, GBytes *document, GError **error);

/* Put back what was taken and not looked at: the printer stops. */
bool spool_printed_put_back(SpoolDb *db, const SpoolPrinted *taken, GError **error);

/* Forget what is older than a week, and what failed an hour ago. */
bool spool_printed_tidy(SpoolDb *db, GError **error);

#endif
