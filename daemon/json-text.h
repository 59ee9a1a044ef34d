/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/json-text.h - JSON written straight into a text, in one line, in the order of the calls.
 *
 * Runs in:  intake, command line.
 * Source:   RFC 8259
 */
#ifndef DAEMON_JSON_TEXT_H
#define DAEMON_JSON_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* Each puts a comma before what it adds where one belongs. */

/* Begin an object ('{') or array ('['), and end it. */
void daemon_json_text_open(GString *json, char bracket);
void daemon_json_text_close(GString *json, char bracket);

/* The key of what is added next; static, nothing in it needs escaping.  For one from a mail:
 * daemon_json_text_key_of(). */
void daemon_json_text_key(GString *json, const char *key);
void daemon_json_text_key_of(GString *json, const char *key);

/* text: NULL is null; what is no UTF-8 is mended. */
void daemon_json_text_string(GString *json, const char *text);
void daemon_json_text_bool(GString *json, bool value);
void daemon_json_text_number(GString *json, guint64 value);
/* 0 to 1, six digits. */
void daemon_json_text_share(GString *json, double value);

/* A key and its text. */
void daemon_json_text_pair(GString *json, const char *key, const char *text);

#endif
