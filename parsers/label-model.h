/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/label-model.h - what a label that the lexicon does not know probably asks for.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#ifndef PARSERS_LABEL_MODEL_H
#define PARSERS_LABEL_MODEL_H

#include <glib.h>

/* The key that a label most probably asks for, "child.N.name".
 *
 * section:  name of the section whose heading is in force, or "".
 * out_sure: how probable, 0 to 1.
 *
 * Returns static text; "-" stands for none of the keys. */
const char *parsers_label_model_guess(const char *text, const char *section, double *out_sure);

#endif
