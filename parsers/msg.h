/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/msg.h - a mail that Outlook saved as a file, as the mail that it was.
 *
 * Runs in:  postern-parser.
 * Source:   [MS-OXMSG]; [MS-OXPROPS]
 */
#ifndef PARSERS_MSG_H
#define PARSERS_MSG_H

#include "parsers/error.h"
#include "parsers/limits.h"

/* Write a .msg file as an Internet mail: headers, text and HTML, attachments, mails attached to it.
 *
 * bytes:    borrowed.
 * out_mail: set on success; the caller unrefs.
 *
 * Errors: PARSERS_ERROR_DAMAGED, not such a file, or its tables are broken
 *         PARSERS_ERROR_LIMIT, the message names the limit */
bool parsers_msg_to_mail(GBytes *bytes, const ParsersLimits *limits, GBytes **out_mail,
                         GError **error);

#endif
