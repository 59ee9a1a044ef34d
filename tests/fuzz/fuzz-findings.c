/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/fuzz/fuzz-findings.c - what a taken-over parser may hand back.
 *
 * This decoder runs outside the cage: it is the wall's other side.  Random bytes are refused at the
 * first look, so most inputs are edits of a good encoding: three bytes say where and what.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

static GBytes *
good_encoding(void)
{
    g_autoptr(ParsersFindings) findings = parsers_findings_new();
    ParsersForm *form = parsers_form_new();
    ParsersPart *part = parsers_part_new();

    parsers_findings_add_signal(findings, "auto-submitted", "auto-replied");
    g_ptr_array_add(form->fields, parsers_field_new("child.1.name", "Ann", "Ann", "page 1", 0.5));
    g_ptr_array_add(form->missing, g_strdup("adult.dob"));
    g_ptr_array_add(findings->forms, form);
    g_ptr_array_add(findings->parts, part);
    g_ptr_array_add(findings->warnings, g_strdup("a warning"));
    g_ptr_array_add(findings->recipients, g_strdup("a@example.org"));
    return parsers_findings_encode(findings);
}

static GBytes *
edited(const uint8_t *data, size_t size)
{
    static GBytes *good = NULL;
    gsize length = 0;
    guint8 *copy;

    if (good == NULL)
        good = good_encoding();
    copy = g_memdup2(g_bytes_get_data(good, NULL), g_bytes_get_size(good));
    length = g_bytes_get_size(good);
    for (size_t i = 0; i + 2 < size; i += 3)
        copy[(data[i] << 8 | data[i + 1]) % length] = data[i + 2];
    return g_bytes_new_take(copy, length);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool raw = size > 0 && (data[0] & 0x80) != 0;
    g_autoptr(GBytes) bytes = raw ? g_bytes_new(data + 1, size - 1) : edited(data, size);
    ParsersFindings *findings = NULL;

    if (parsers_findings_decode(bytes, &findings, NULL))
        fuzz_use_findings(findings);
    return 0;
}
