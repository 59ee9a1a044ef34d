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

#include "templates/areas.h"
#include "templates/calendar.h"
#include "templates/kit.h"

/* All borrowed. */
typedef struct {
    const char *language;    /* subfolder of mails, such as "cy"; NULL for "en" */
    const char *template;    /* acknowledgement, holding, redirection, alert ... */
    const char *variant;     /* unopened or blank, of holding; NULL for none */
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
    const TemplatesCalendar *calendar;
    TemplatesHours consultation; /* hours of the No Named consultation; all 0: as built in */
    const TemplatesAreas *areas; /* or NULL */
    const char *home_area; /* name of an area, whose numbers for families are given; or NULL */
    guint waiting;         /* urgent items that nobody has opened; for the digest of alerts */
    const char *work_area; /* name of an area, whose LADO's number is given; or NULL */
    bool by_hand;          /* a member of staff sends it, who has seen the mail */
} TemplatesReply;

/* The template for staff: a mail whose words may mean danger now. */
#define TEMPLATES_REPLY_ALERT "alert"

/* The template for whoever was advised in a No Named consultation. */
#define TEMPLATES_REPLY_CONSULTATION "consultation"

/* Every template there is, as its files are called: the preview's list; NULL-terminated. */
const char *const *templates_reply_names(void);

/* Take the name of a template's files apart: "holding-blank" is holding, blank.  False when there
 * is no such template.  out_variant: NULL for none; both static. */
bool templates_reply_parse(const char *name, const char **out_template, const char **out_variant);

/* Make the mail: text and HTML, CRLF line ends, no line over 78 bytes but long message ids.
 *
 * kit: what it is made from, of the reply's language.
 *
 * The same input gives the same bytes, so that a reply sent again is the same mail.
 *
 * Errors: TEMPLATES_ERROR_RENDER            the address is not a plain one, or is our own: never
 * send TEMPLATES_ERROR_MISSING, _SYNTAX  a template is broken: templates_reply_check() was not
 *                                           asked at start
 * Source: RFC 5322 section 3.6; RFC 3834 section 3.1; RFC 2046 section 5.1.4 */
bool templates_reply_render(const TemplatesReply *reply, TemplatesKit *kit, GBytes **out_mail,
                            GError **error);

/* Read every mail template and fill each in with made-up data, to refuse a broken one at start.
 *
 * folder, language, contacts: as for templates_kit_new().
 *
 * Errors: TEMPLATES_ERROR_MISSING, _SYNTAX, _RENDER: the text names file and line. */
bool templates_reply_check(const char *folder, const char *language, GHashTable *contacts,
                           GError **error);

/* Contacts of our own that change nothing: neither built in nor named by a template, as one that is
 * misspelt.  The caller frees.
 *
 * Asked when templates_reply_check() has found all these good; folder, language, contacts: the
 * same. */
char **templates_reply_unused(const char *folder, const char *language, GHashTable *contacts);

#endif
