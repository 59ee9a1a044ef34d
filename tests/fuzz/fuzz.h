/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fuzz/fuzz.h - what all fuzz targets share.
 *
 * Source:   doc/HACKING.md, "Fuzzing"; https://llvm.org/docs/LibFuzzer.html
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdint.h>

#include "parsers/definition.h"
#include "parsers/document.h"
#include "parsers/findings.h"

/* libFuzzer calls these. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The definitions below templates/forms/ of $POSTERN_FORMS, read once; borrowed. */
const ParsersDefinitions *fuzz_definitions(void);

/* Go through a document as the rest of the program would, and free it. */
void fuzz_use_document(ParsersDocument *document);

/* Findings must survive the way out of the cage; free them. */
void fuzz_use_findings(ParsersFindings *findings);

/* A ZIP archive with one member; so that the fuzzer changes what is inside, not the packing. */
GBytes *fuzz_zip(const char *member, const uint8_t *data, size_t size);

/* A copy of what is well made, with some bytes changed: data says which three by three (a place in
 * two bytes, and what to put there), so that most of it still makes sense. */
GBytes *fuzz_edited(GBytes *good, const uint8_t *data, size_t size);

#endif
