/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * templates/reply.h - an automatic reply as a complete mail.
 *
 * Nothing of the mail that is answered goes into the reply but its sender's
 * address, its Message-ID and when we received it.
 *
 * Runs in:  courier, command line.
 * Source:   RFC 5322, RFC 2045, RFC 3834; doc/replies.md
 */
#ifndef TEMPLATES_REPLY_H
#define TEMPLATES_REPLY_H

#include "templates/calendar.h"

/* All borrowed. */
typedef struct {
    const char *folder;      /* a council's own template folder, or NULL */
    const char *template;    /* acknowledgement, holding or redirection */
    const char *reference;   /* LADO-7K3M-Q9TR, or NULL for none */
    const char *to;          /* one bare address */
    const char *from;        /* as in the From field: County LADO Service <lado@example.org> */
    const char *message_id;  /* of this reply, without brackets */
    const char *in_reply_to; /* of the mail answered, without brackets; "" or NULL for none */
    const char *mark;        /* proves that it is ours (X-Postern-Mark), or NULL for none */
    gint64 received;         /* when we received the mail answered, microseconds UTC */
    gint64 now;              /* when this reply is sent, microseconds UTC: decides the wording */
    const char *service;     /* name of the service, signs the reply */
    const char *portal_url;
    GHashTable *contacts; /* text -> text, before those of mails/contacts.json; or NULL */
    const TemplatesCalendar *calendar;
} TemplatesReply;

/* Make the mail: text and HTML, CRLF line ends, no line over 78 bytes but long message ids.
 *
 * The same input gives the same bytes, so that a reply sent again is the same mail.
 *
 * Errors: TEMPLATES_ERROR_RENDER            the address is not a plain one, or is our own: never
 * send TEMPLATES_ERROR_MISSING, _SYNTAX  a template is broken: templates_reply_check() was not
 *                                           asked at start
 * Source: RFC 5322 section 3.6; RFC 3834 section 3.1; RFC 2046 section 5.1.4 */
bool templates_reply_render(const TemplatesReply *reply, GBytes **out_mail, GError **error);

/* Read every mail template and fill each in with made-up data, to refuse a broken one at start.
 *
 * folder: a council's own template folder, or NULL.  contacts: as in TemplatesReply.
 *
 * Errors: TEMPLATES_ERROR_MISSING, _SYNTAX, _RENDER: the text names file and line. */
bool templates_reply_check(const char *folder, GHashTable *contacts, GError **error);

/* Whether a text is one bare mail address that we may write to: local@domain of plain ASCII without
 * quotes, comments, white space or control characters.  Source: RFC 5321 section 4.1.2, RFC 1123 */
bool templates_reply_address_ok(const char *address);

#endif
