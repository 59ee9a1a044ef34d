/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fuzz/fuzz-docx.c - any bytes as the main part of a Word document.
 */
#include "config.h"

#include "parsers/docx.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = fuzz_zip("word/document.xml", data, size);
    ParsersDocument *document = NULL;

    if (parsers_docx_read(bytes, parsers_limits_default(), &document, NULL))
        fuzz_use_document(document);
    return 0;
}
