/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fuzz/fuzz-odt.c - any bytes as the content of an OpenDocument text.
 */
#include "config.h"

#include "parsers/odt.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = fuzz_zip("content.xml", data, size);
    ParsersDocument *document = NULL;

    if (parsers_odt_read(bytes, parsers_limits_default(), &document, NULL))
        fuzz_use_document(document);
    return 0;
}
