/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/danger-weights.h - the weights of the model of danger, which parsers/label-train makes.
 *
 * Runs in:  postern-parser.
 * Source:   templates/danger.txt
 */
#ifndef PARSERS_DANGER_WEIGHTS_H
#define PARSERS_DANGER_WEIGHTS_H

#include "parsers/label-weights.h"

#define PARSERS_DANGER_KEY 1u /* "danger"; 0 is "-" */

extern const guint parsers_danger_n_keys;
extern const char *const parsers_danger_keys[];
extern const float parsers_danger_scale;
extern const guint32 parsers_danger_starts[];
extern const ParsersLabelWeight parsers_danger_weights[];

#endif
