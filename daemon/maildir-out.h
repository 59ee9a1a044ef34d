/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/maildir-out.h - an outbox that is a folder, for trying Postern out without a relay.
 *
 * Runs in:  courier.
 * Source:   https://cr.yp.to/proto/maildir.html
 */
#ifndef DAEMON_MAILDIR_OUT_H
#define DAEMON_MAILDIR_OUT_H

#include "daemon/error.h"

/* File one mail in a Maildir, made when missing; it is on disk when this returns true.
 *
 * from: envelope sender, kept as Return-Path (RFC 5321 section 4.4); borrowed.
 *
 * Errors: DAEMON_ERROR_TEMPORARY: try again later. */
bool daemon_maildir_out(const char *folder, const char *from, GBytes *mail, GError **error);

#endif
