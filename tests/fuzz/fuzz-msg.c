/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fuzz/fuzz-msg.c - any bytes as a mail that Outlook saved.
 */
#include "config.h"

#include "parsers/msg.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(GBytes) mail = NULL;

    parsers_msg_to_mail(bytes, parsers_limits_default(), &mail, NULL);
    return 0;
}
