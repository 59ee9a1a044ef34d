/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/warm.h - everything that libraries open, opened before the cage closes.
 *
 * Runs in:  postern-parser, before it reads anything.
 * Source:   doc/process-model.md
 */
#ifndef PARSERS_WARM_H
#define PARSERS_WARM_H

/* Load character sets, locale, time zone and each library's tables, and keep them loaded.
 *
 * Without this the cage makes a form's answers disappear in silence: a converter that cannot be
 * loaded gives empty text and no error. */
void parsers_warm_up(void);

#endif
