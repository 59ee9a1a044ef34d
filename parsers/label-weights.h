/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/label-weights.h - the weights that label-train made; only label-model.c looks at them.
 *
 * Runs in:  postern-parser.
 * Source:   parsers/label-train.c
 */
#ifndef PARSERS_LABEL_WEIGHTS_H
#define PARSERS_LABEL_WEIGHTS_H

#include <glib.h>

typedef struct {
    guint8 key;
    gint8 weight;
} ParsersLabelWeight;

extern const guint parsers_label_n_keys;
extern const char *const parsers_label_keys[]; /* the first is "-": no field */
extern const float parsers_label_scale;
extern const guint32 parsers_label_starts[]; /* of each bucket's weights, and the end of the last */
extern const ParsersLabelWeight parsers_label_weights[];

#endif
