/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fuzz/fuzz-mail.c - any bytes as a mail.
 */
#include "config.h"

#include "parsers/mail.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) raw = g_bytes_new(data, size);

    fuzz_use_findings(parsers_mail_read(raw, fuzz_definitions(), parsers_limits_default()));
    return 0;
}
