/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/unit/test-parsers-findings.c - findings survive the pipe, and damage does not crash.
 */
#include "config.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/findings.h"
#include "parsers/limits.h"

static void
set(char **place, const char *text)
{
    g_free(*place);
    *place = g_strdup(text);
}

static ParsersFindings *
sample(void)
{
    ParsersFindings *f = parsers_findings_new();
    ParsersForm *form = parsers_form_new();
    ParsersPart *part = parsers_part_new();
    ParsersAuth *auth = g_new0(ParsersAuth, 1);

    set(&f->message_id, "a@b");
    set(&f->subject, "caf\xc3\xa9");
    set(&f->from_address, "x@example.org");
    f->from_count = 2;
    f->has_return_path = true;
    g_ptr_array_add(f->recipients, g_strdup("lado@example.org"));
    g_ptr_array_add(f->references, g_strdup("LADO-7K3M-Q9TR"));
    auth->authserv_id = g_strdup("mx");
    auth->instance = 1;
    auth->method = g_strdup("dkim");
    auth->result = g_strdup("pass");
    auth->domain = g_strdup("example.org");
    g_ptr_array_add(f->auth, auth);
    f->kind = PARSERS_KIND_BOUNCE;
    parsers_findings_add_signal(f, "auto-submitted", "auto-replied");
    set(&f->text, "hello");
    f->has_form = true;
    f->unseen_pictures = true;
    set(&part->name, "form.docx");
    part->size = 5;
    part->depth = 1;
    part->state = PARSERS_PART_LIMIT;
    g_ptr_array_add(f->parts, part);
    set(&form->form, "lado-parent");
    g_ptr_array_add(form->fields, parsers_field_new("child.1.name", "A", "A ", "page 1", 0.5));
    g_ptr_array_add(form->missing, g_strdup("adult.dob"));
    g_ptr_array_add(f->forms, form);
    g_ptr_array_add(f->warnings, g_strdup("w"));
    return f;
}

static void
test_round_trip(void **fixture)
{
    (void)fixture;
    g_autoptr(ParsersFindings) in = sample();
    g_autoptr(GBytes) bytes = parsers_findings_encode(in);
    g_autoptr(ParsersFindings) out = NULL;
    g_autoptr(GBytes) again = NULL;

    assert_true(parsers_findings_decode(bytes, &out, NULL));
    again = parsers_findings_encode(out);
    assert_true(g_bytes_equal(bytes, again));
    assert_string_equal(out->subject, "caf\xc3\xa9");
    assert_string_equal(out->from_address, "x@example.org");
    assert_int_equal(out->from_count, 2);
    assert_true(out->has_return_path);
    assert_string_equal(g_ptr_array_index(out->references, 0), "LADO-7K3M-Q9TR");
    assert_string_equal(((ParsersAuth *)g_ptr_array_index(out->auth, 0))->method, "dkim");
    assert_int_equal(out->kind, PARSERS_KIND_BOUNCE);
    assert_string_equal(parsers_findings_signal(out, "auto-submitted"), "auto-replied");
    assert_null(parsers_findings_signal(out, "nothing"));
    assert_string_equal(parsers_form_value(g_ptr_array_index(out->forms, 0), "child.1.name"), "A");
    assert_int_equal(((ParsersPart *)g_ptr_array_index(out->parts, 0))->state, PARSERS_PART_LIMIT);
}

/* Every cut is refused, except one that is by chance whole again; none crashes. */
static void
test_truncated(void **fixture)
{
    (void)fixture;
    g_autoptr(ParsersFindings) in = sample();
    g_autoptr(GBytes) bytes = parsers_findings_encode(in);

    for (gsize n = 0; n < g_bytes_get_size(bytes); n++) {
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(bytes, 0, n);
        g_autoptr(ParsersFindings) out = NULL;
        g_autoptr(GError) error = NULL;

        assert_false(parsers_findings_decode(cut, &out, &error));
        assert_null(out);
        assert_non_null(error);
    }
}

static void
test_flipped_bits(void **fixture)
{
    (void)fixture;
    g_autoptr(ParsersFindings) in = sample();
    g_autoptr(GBytes) bytes = parsers_findings_encode(in);
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    guint refused = 0;

    for (gsize bit = 0; bit < size * 8; bit++) {
        guint8 *copy = g_memdup2(data, size);
        g_autoptr(GBytes) flipped = g_bytes_new_take(copy, size);
        g_autoptr(ParsersFindings) out = NULL;

        copy[bit / 8] ^= (guint8)(1u << (bit % 8));
        if (!parsers_findings_decode(flipped, &out, NULL))
            refused++;
        else
            assert_true(g_utf8_validate(out->text, -1, NULL));
    }
    assert_true(refused > size); /* offsets, padding, UTF-8: much of it shows */
}

static void
refuses(const ParsersFindings *findings)
{
    g_autoptr(GBytes) bytes = parsers_findings_encode(findings);
    g_autoptr(ParsersFindings) out = NULL;

    assert_false(parsers_findings_decode(bytes, &out, NULL));
}

static void
test_out_of_range(void **fixture)
{
    (void)fixture;
    g_autoptr(ParsersFindings) f = sample();
    ParsersForm *form = g_ptr_array_index(f->forms, 0);
    ParsersPart *part = g_ptr_array_index(f->parts, 0);
    ParsersField *field = g_ptr_array_index(form->fields, 0);

    f->kind = PARSERS_N_KINDS;
    refuses(f);
    f->kind = PARSERS_KIND_PERSON;
    form->part = 1;
    refuses(f);
    form->part = 0;
    part->state = (ParsersPartState)(PARSERS_PART_LIMIT + 1);
    refuses(f);
    part->state = PARSERS_PART_READ;
    field->confidence = (double)NAN;
    refuses(f);
}

/* Bytes that are not UTF-8 are repaired, and too much is cut with a warning that says so. */
static void
test_too_much(void **fixture)
{
    (void)fixture;
    g_autoptr(ParsersFindings) f = sample();
    g_autofree char *big = g_strnfill(3 * 1024 * 1024, 'x');
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(ParsersFindings) out = NULL;

    set(&f->subject, "a\xff");
    set(&f->text, big);
    set(&f->quoted, big);
    set(&f->signature, big);
    bytes = parsers_findings_encode(f);
    assert_true(g_bytes_get_size(bytes) <= parsers_limits_default()->findings_bytes);
    assert_true(parsers_findings_decode(bytes, &out, NULL));
    assert_string_equal(out->subject, "a\xef\xbf\xbd");
    assert_int_equal(out->warnings->len, 2);
    assert_non_null(strstr(g_ptr_array_index(out->warnings, 0), "findings_bytes"));
}

static void
add_fields(ParsersFindings *findings, guint n)
{
    ParsersForm *form = parsers_form_new();

    for (guint i = 0; i < n; i++)
        g_ptr_array_add(form->fields, parsers_field_new("k", "v", "v", "p", 1.0));
    g_ptr_array_add(findings->forms, form);
}

/* The fields of all forms count together; what is left out is said. */
static void
test_many_fields(void **fixture)
{
    (void)fixture;
    g_autoptr(ParsersFindings) f = sample();
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(ParsersFindings) out = NULL;

    add_fields(f, 15000);
    add_fields(f, 15000);
    bytes = parsers_findings_encode(f);
    assert_true(parsers_findings_decode(bytes, &out, NULL));
    assert_int_equal(out->forms->len, 3);
    assert_int_equal(((ParsersForm *)g_ptr_array_index(out->forms, 2))->fields->len, 2000);
    assert_non_null(strstr(g_ptr_array_index(out->warnings, 0), "limit findings_bytes"));
}

/* What parsers_findings_encode() would never make: each form twice. */
static GBytes *
with_forms_twice(GBytes *bytes)
{
    static const char type[] =
        "((sssssussbsasasasasasa(susss))(ua(ss))(sssbb)a(sssuba(ssssd)asa(ssssd))a(ssstsuus)as)";
    g_autoptr(GVariant) all =
        g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(type), bytes, FALSE));
    g_autoptr(GVariant) forms = g_variant_get_child_value(all, 3);
    g_autoptr(GVariant) twice = NULL;
    GVariantBuilder tuple, array;

    g_variant_builder_init(&array, g_variant_get_type(forms));
    for (gsize i = 0; i < 2 * g_variant_n_children(forms); i++) {
        g_autoptr(GVariant) form = g_variant_get_child_value(forms, i / 2);

        g_variant_builder_add_value(&array, form);
    }
    g_variant_builder_init(&tuple, G_VARIANT_TYPE(type));
    for (gsize i = 0; i < g_variant_n_children(all); i++) {
        g_autoptr(GVariant) child = g_variant_get_child_value(all, i);

        g_variant_builder_add_value(&tuple, i == 3 ? g_variant_builder_end(&array) : child);
    }
    twice = g_variant_ref_sink(g_variant_builder_end(&tuple));
    return g_variant_get_data_as_bytes(twice);
}

static void
test_fields_of_a_stranger(void **fixture)
{
    (void)fixture;
    for (guint n = 9000; n <= 11000; n += 2000) {
        g_autoptr(ParsersFindings) f = sample();
        g_autoptr(ParsersFindings) out = NULL;
        g_autoptr(GBytes) bytes = NULL;
        g_autoptr(GBytes) twice = NULL;

        add_fields(f, n);
        bytes = parsers_findings_encode(f);
        twice = with_forms_twice(bytes);
        assert_int_equal(parsers_findings_decode(twice, &out, NULL), n == 9000);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_flipped_bits),
        cmocka_unit_test(test_out_of_range),
        cmocka_unit_test(test_too_much),
        cmocka_unit_test(test_many_fields),
        cmocka_unit_test(test_fields_of_a_stranger),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
