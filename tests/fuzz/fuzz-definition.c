/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fuzz/fuzz-definition.c - any bytes as a form definition: refused in words, never a crash.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(ParsersDefinitions) definitions = parsers_definitions_new();
    g_autoptr(GError) error = NULL;

    if (!parsers_definitions_add(definitions, "fuzz.form", bytes, &error))
        g_assert(error != NULL && error->domain == PARSERS_ERROR);
    return 0;
}
