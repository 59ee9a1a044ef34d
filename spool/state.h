/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/state.h - the states of a mail and of a reply, and the legal moves between them.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md
 */
#ifndef SPOOL_STATE_H
#define SPOOL_STATE_H

#include "spool/error.h"

#endif
