/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fuzz/fuzz-doc.c - any bytes as a Word binary document.
 */
#include "config.h"

#include "parsers/doc.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    ParsersDocument *document = NULL;

    if (parsers_doc_read(bytes, parsers_limits_default(), &document, NULL))
        fuzz_use_document(document);
    return 0;
}
