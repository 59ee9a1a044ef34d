/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/settings-table.h - one row for each setting.
 *
 * Runs in:  every role.
 * Source:   the contract, "Settings"
 */
#ifndef DAEMON_SETTINGS_TABLE_H
#define DAEMON_SETTINGS_TABLE_H

#include "daemon/settings.h"

/* authserv-id of a gateway that writes no name; no name has parentheses, which begin a comment. */
#define DAEMON_SETTING_UNNAMED "(unnamed)"

typedef enum { DAEMON_SETTING_TEXT, DAEMON_SETTING_UINT, DAEMON_SETTING_BOOL } DaemonSettingKind;

typedef struct {
    const char *group; /* "mailbox NAME" stands for every mailbox */
    const char *key;
    DaemonSettingKind kind;
    bool in_struct;     /* false: read by code of its own, here for the reference */
    gsize offset;       /* in DaemonSettings, or in DaemonMailbox for a mailbox */
    guint min, max;     /* numbers only */
    const char *preset; /* NULL: none */
    const char *unit;
    const char *meaning;
} DaemonSettingRow;

extern const DaemonSettingRow daemon_setting_rows[];
extern const gsize daemon_n_setting_rows;

#endif
