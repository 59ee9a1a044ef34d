/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/findings-wire.c - findings as the one value that leaves the cage.
 *
 * Whatever a parser that was taken over sends, decoding gives either whole, valid
 * findings or an error: type, normal form, UTF-8, array lengths and enums are checked.
 *
 * Runs in:  postern-parser (encode), intake and command line (decode).
 * Source:   doc/architecture.md; the GVariant serialisation of GLib
 */
#include "config.h"

#include "parsers/findings.h"

#include <string.h>

#include "parsers/error.h"
#include "parsers/limits.h"

/* clang-format off */
#define FIELD_TYPE   "(ssssd)"                              /* key value raw place confidence */
#define AUTH_TYPE    "(susss)"                              /* authserv-id instance method result domain */
#define HEADERS_TYPE "(sssssussbsasasasasasa" AUTH_TYPE ")" /* in the order of the struct */
#define SIGNALS_TYPE "(ua(ss))"                             /* kind, (name evidence)... */
#define TEXTS_TYPE   "(sssbb)"                              /* text signature quoted has_form unseen */
#define FORM_TYPE    "(sssuba" FIELD_TYPE "asa" FIELD_TYPE ")"
#define PART_TYPE    "(ssstsuus)"
#define FINDINGS_TYPE                                                                              \
    "(" HEADERS_TYPE SIGNALS_TYPE TEXTS_TYPE "a" FORM_TYPE "a" PART_TYPE "as)"
/* clang-format on */

/* On either side. */
#define MOST_ELEMENTS 20000u /* of any one array */
#define MOST_IN_FORMS 20000u /* fields, and names of missing ones, of all forms together */

/* How much is kept of each text and array; the next row is tried when findings grow too big. */
typedef struct {
    gsize text;
    guint elements;
} Keep;

static const Keep keeps[] = {
    {4u * 1024 * 1024, MOST_ELEMENTS},
    {64u * 1024, 2000},
    {4u * 1024, 500},
    {256, 20},
};

/* ---- encoding ---- */

/* Valid UTF-8 of at most keep->text bytes; GVariant aborts on anything else. */
static GVariant *
put_text(const char *text, const Keep *keep)
{
    g_autofree char *valid = g_utf8_make_valid(text, (gssize)strnlen(text, keep->text));

    return g_variant_new_take_string(g_steal_pointer(&valid));
}

static GVariant *
put_texts(const GPtrArray *texts, const Keep *keep)
{
    GVariantBuilder builder;

    g_variant_builder_init(&builder, G_VARIANT_TYPE("as"));
    for (guint i = 0; i < MIN(texts->len, keep->elements); i++)
        g_variant_builder_add_value(&builder, put_text(g_ptr_array_index(texts, i), keep));
    return g_variant_builder_end(&builder);
}

static GVariant *
put_fields(const GPtrArray *fields, const Keep *keep)
{
    GVariantBuilder builder;

    g_variant_builder_init(&builder, G_VARIANT_TYPE("a" FIELD_TYPE));
    for (guint i = 0; i < MIN(fields->len, keep->elements); i++) {
        const ParsersField *field = g_ptr_array_index(fields, i);

        g_variant_builder_add(&builder, "(@s@s@s@sd)", put_text(field->key, keep),
                              put_text(field->value, keep), put_text(field->raw, keep),
                              put_text(field->place, keep), field->confidence);
    }
    return g_variant_builder_end(&builder);
}

static GVariant *
put_auth(const GPtrArray *auths, const Keep *keep)
{
    GVariantBuilder builder;

    g_variant_builder_init(&builder, G_VARIANT_TYPE("a" AUTH_TYPE));
    for (guint i = 0; i < MIN(auths->len, keep->elements); i++) {
        const ParsersAuth *auth = g_ptr_array_index(auths, i);

        g_variant_builder_add(&builder, "(@su@s@s@s)", put_text(auth->authserv_id, keep),
                              auth->instance, put_text(auth->method, keep),
                              put_text(auth->result, keep), put_text(auth->domain, keep));
    }
    return g_variant_builder_end(&builder);
}

static GVariant *
put_headers(const ParsersFindings *f, const Keep *keep)
{
    return g_variant_new(
        "(@s@s@s@s@su@s@sb@s@as@as@as@as@as@a" AUTH_TYPE ")", put_text(f->message_id, keep),
        put_text(f->subject, keep), put_text(f->date, keep), put_text(f->from_address, keep),
        put_text(f->from_name, keep), f->from_count, put_text(f->sender_address, keep),
        put_text(f->reply_to, keep), (gboolean)f->has_return_path, put_text(f->return_path, keep),
        put_texts(f->recipients, keep), put_texts(f->delivered_to, keep),
        put_texts(f->in_reply_to, keep), put_texts(f->original_ids, keep),
        put_texts(f->references, keep), put_auth(f->auth, keep));
}

static GVariant *
put_signals(const ParsersFindings *findings, const Keep *keep)
{
    GVariantBuilder builder;

    g_variant_builder_init(&builder, G_VARIANT_TYPE("a(ss)"));
    for (guint i = 0; i < MIN(findings->signals->len, keep->elements); i++) {
        const ParsersSignal *signal = g_ptr_array_index(findings->signals, i);

        g_variant_builder_add(&builder, "(@s@s)", put_text(signal->name, keep),
                              put_text(signal->evidence, keep));
    }
    return g_variant_new("(ua(ss))", (guint32)findings->kind, &builder);
}

static GVariant *
put_forms(const GPtrArray *forms, const Keep *keep)
{
    GVariantBuilder builder;

    g_variant_builder_init(&builder, G_VARIANT_TYPE("a" FORM_TYPE));
    for (guint i = 0; i < MIN(forms->len, keep->elements); i++) {
        const ParsersForm *form = g_ptr_array_index(forms, i);

        g_variant_builder_add(&builder, "(@s@s@sub@a" FIELD_TYPE "@as@a" FIELD_TYPE ")",
                              put_text(form->form, keep), put_text(form->source, keep),
                              put_text(form->format, keep), form->part, (gboolean)form->blank,
                              put_fields(form->fields, keep), put_texts(form->missing, keep),
                              put_fields(form->others, keep));
    }
    return g_variant_builder_end(&builder);
}

static GVariant *
put_parts(const GPtrArray *parts, const Keep *keep)
{
    GVariantBuilder builder;

    g_variant_builder_init(&builder, G_VARIANT_TYPE("a" PART_TYPE));
    /* Every part stays, at any size: forms point to them by number. */
    for (guint i = 0; i < MIN(parts->len, MOST_ELEMENTS); i++) {
        const ParsersPart *part = g_ptr_array_index(parts, i);

        g_variant_builder_add(&builder, "(@s@s@st@suu@s)", put_text(part->name, keep),
                              put_text(part->declared, keep), put_text(part->type, keep),
                              part->size, put_text(part->sha256, keep), part->depth,
                              (guint32)part->state, put_text(part->problem, keep));
    }
    return g_variant_builder_end(&builder);
}

static GVariant *
put_warnings(const GPtrArray *warnings, const Keep *keep)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    char cut[] = "limit findings_bytes: part of what was read is left out here; see the mail";

    if (keep != keeps)
        g_ptr_array_add(all, cut);
    for (guint i = 0; i < warnings->len; i++)
        g_ptr_array_add(all, g_ptr_array_index(warnings, i));
    return put_texts(all, keep);
}

static GVariant *
put_findings(const ParsersFindings *findings, const Keep *keep)
{
    return g_variant_ref_sink(g_variant_new(
        "(@" HEADERS_TYPE "@" SIGNALS_TYPE "@" TEXTS_TYPE "@a" FORM_TYPE "@a" PART_TYPE "@as)",
        put_headers(findings, keep), put_signals(findings, keep),
        g_variant_new("(@s@s@sbb)", put_text(findings->text, keep),
                      put_text(findings->signature, keep), put_text(findings->quoted, keep),
                      (gboolean)findings->has_form, (gboolean)findings->unseen_pictures),
        put_forms(findings->forms, keep), put_parts(findings->parts, keep),
        put_warnings(findings->warnings, keep)));
}

/* How many elements the arrays of all forms have when so much of each is kept. */
static gsize
count_in_forms(const GPtrArray *forms, const Keep *keep)
{
    gsize n = 0;

    for (guint i = 0; i < MIN(forms->len, keep->elements); i++) {
        const ParsersForm *form = g_ptr_array_index(forms, i);

        n += MIN(form->fields->len, keep->elements) + MIN(form->missing->len, keep->elements) +
             MIN(form->others->len, keep->elements);
    }
    return n;
}

GBytes *
parsers_findings_encode(const ParsersFindings *findings)
{
    const gsize most = parsers_limits_default()->findings_bytes;
    g_autoptr(GVariant) value = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(keeps); i++) {
        g_clear_pointer(&value, g_variant_unref);
        value = put_findings(findings, &keeps[i]);
        if (g_variant_get_size(value) <= most &&
            count_in_forms(findings->forms, &keeps[i]) <= MOST_IN_FORMS)
            break;
    }
    return g_variant_get_data_as_bytes(value);
}

/* ---- decoding ---- */

static bool
get_texts(GVariant *array, GPtrArray *out_texts)
{
    GVariantIter iter;
    char *text = NULL;

    if (g_variant_iter_init(&iter, array) > MOST_ELEMENTS)
        return false;
    while (g_variant_iter_next(&iter, "s", &text))
        g_ptr_array_add(out_texts, text);
    return true;
}

static bool
get_fields(GVariant *array, GPtrArray *out_fields)
{
    GVariantIter iter;
    const char *key, *value, *raw, *place;
    double confidence;

    if (g_variant_iter_init(&iter, array) > MOST_ELEMENTS)
        return false;
    while (g_variant_iter_next(&iter, "(&s&s&s&sd)", &key, &value, &raw, &place, &confidence)) {
        if (!(confidence >= 0.0 && confidence <= 1.0)) /* NaN fails too */
            return false;
        g_ptr_array_add(out_fields, parsers_field_new(key, value, raw, place, confidence));
    }
    return true;
}

static bool
get_auth(GVariant *array, GPtrArray *out_auth)
{
    GVariantIter iter;
    char *id, *method, *result, *domain;
    guint32 instance;

    if (g_variant_iter_init(&iter, array) > MOST_ELEMENTS)
        return false;
    while (g_variant_iter_next(&iter, AUTH_TYPE, &id, &instance, &method, &result, &domain)) {
        ParsersAuth *auth = g_new0(ParsersAuth, 1);

        auth->authserv_id = id;
        auth->instance = instance;
        auth->method = method;
        auth->result = result;
        auth->domain = domain;
        g_ptr_array_add(out_auth, auth);
    }
    return true;
}

/* Put a new text in place of the empty one. */
static void
take(char **place, char *text)
{
    g_free(*place);
    *place = text;
}

static bool
get_headers(GVariant *headers, ParsersFindings *f)
{
    struct {
        gsize index;
        char **text;
    } texts[] = {
        {0, &f->message_id}, {1, &f->subject},        {2, &f->date},     {3, &f->from_address},
        {4, &f->from_name},  {6, &f->sender_address}, {7, &f->reply_to}, {9, &f->return_path},
    };
    GPtrArray *arrays[] = {f->recipients, f->delivered_to, f->in_reply_to, f->original_ids,
                           f->references};
    g_autoptr(GVariant) auth = g_variant_get_child_value(headers, 15);
    gboolean has_return_path = FALSE;

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        char *text = NULL;

        g_variant_get_child(headers, texts[i].index, "s", &text);
        take(texts[i].text, text);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(arrays); i++) {
        g_autoptr(GVariant) array = g_variant_get_child_value(headers, 10 + i);

        if (!get_texts(array, arrays[i]))
            return false;
    }
    g_variant_get_child(headers, 5, "u", &f->from_count);
    g_variant_get_child(headers, 8, "b", &has_return_path);
    f->has_return_path = has_return_path;
    return get_auth(auth, f->auth);
}

static bool
get_signals(GVariant *value, ParsersFindings *findings)
{
    g_autoptr(GVariantIter) iter = NULL;
    const char *name, *evidence;
    guint32 kind = 0;

    g_variant_get(value, "(ua(ss))", &kind, &iter);
    if (kind >= PARSERS_N_KINDS || g_variant_iter_n_children(iter) > MOST_ELEMENTS)
        return false;
    findings->kind = (ParsersKind)kind;
    while (g_variant_iter_next(iter, "(&s&s)", &name, &evidence))
        parsers_findings_add_signal(findings, name, evidence);
    return true;
}

static void
get_contents(GVariant *value, ParsersFindings *findings)
{
    char *text, *signature, *quoted;
    gboolean has_form = FALSE, unseen_pictures = FALSE;

    g_variant_get(value, TEXTS_TYPE, &text, &signature, &quoted, &has_form, &unseen_pictures);
    take(&findings->text, text);
    take(&findings->signature, signature);
    take(&findings->quoted, quoted);
    findings->has_form = has_form;
    findings->unseen_pictures = unseen_pictures;
}

static bool
get_form(GVariant *value, guint n_parts, ParsersForm *form)
{
    g_autoptr(GVariant) fields = g_variant_get_child_value(value, 5);
    g_autoptr(GVariant) missing = g_variant_get_child_value(value, 6);
    g_autoptr(GVariant) others = g_variant_get_child_value(value, 7);
    gboolean blank = FALSE;
    char **texts[] = {&form->form, &form->source, &form->format};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        char *text = NULL;

        g_variant_get_child(value, i, "s", &text);
        take(texts[i], text);
    }
    g_variant_get_child(value, 3, "u", &form->part);
    g_variant_get_child(value, 4, "b", &blank);
    form->blank = blank;
    return form->part < n_parts && get_fields(fields, form->fields) &&
           get_texts(missing, form->missing) && get_fields(others, form->others);
}

/* Before any of them is taken. */
static gsize
count_in_form(GVariant *value)
{
    gsize n = 0;

    for (gsize i = 5; i <= 7; i++) {
        g_autoptr(GVariant) array = g_variant_get_child_value(value, i);

        n += g_variant_n_children(array);
    }
    return n;
}

static bool
get_forms(GVariant *array, ParsersFindings *findings)
{
    const gsize n = g_variant_n_children(array);
    gsize in_forms = 0;

    if (n > MOST_ELEMENTS)
        return false;
    for (gsize i = 0; i < n; i++) {
        g_autoptr(GVariant) value = g_variant_get_child_value(array, i);
        ParsersForm *form = parsers_form_new();

        g_ptr_array_add(findings->forms, form);
        in_forms += count_in_form(value);
        if (in_forms > MOST_IN_FORMS || !get_form(value, findings->parts->len, form))
            return false;
    }
    return true;
}

static bool
get_parts(GVariant *array, GPtrArray *out_parts)
{
    const gsize n = g_variant_n_children(array);

    if (n > MOST_ELEMENTS)
        return false;
    for (gsize i = 0; i < n; i++) {
        ParsersPart *part = g_new0(ParsersPart, 1);
        guint32 state = 0;

        g_variant_get_child(array, i, PART_TYPE, &part->name, &part->declared, &part->type,
                            &part->size, &part->sha256, &part->depth, &state, &part->problem);
        g_ptr_array_add(out_parts, part);
        if (state > PARSERS_PART_LIMIT)
            return false;
        part->state = (ParsersPartState)state;
    }
    return true;
}

/* Parts come first: forms point to them. */
static bool
get_findings(GVariant *value, ParsersFindings *findings)
{
    g_autoptr(GVariant) headers = g_variant_get_child_value(value, 0);
    g_autoptr(GVariant) signals = g_variant_get_child_value(value, 1);
    g_autoptr(GVariant) contents = g_variant_get_child_value(value, 2);
    g_autoptr(GVariant) forms = g_variant_get_child_value(value, 3);
    g_autoptr(GVariant) parts = g_variant_get_child_value(value, 4);
    g_autoptr(GVariant) warnings = g_variant_get_child_value(value, 5);

    get_contents(contents, findings);
    return get_headers(headers, findings) && get_signals(signals, findings) &&
           get_parts(parts, findings->parts) && get_forms(forms, findings) &&
           get_texts(warnings, findings->warnings);
}

bool
parsers_findings_decode(GBytes *bytes, ParsersFindings **out_findings, GError **error)
{
    g_autoptr(ParsersFindings) findings = NULL;
    g_autoptr(GVariant) value = NULL;

    if (g_bytes_get_size(bytes) > parsers_limits_default()->findings_bytes)
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "findings are larger than allowed");

    value =
        g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(FINDINGS_TYPE), bytes, FALSE));
    if (!g_variant_is_normal_form(value))
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "findings are not in normal form");

    findings = parsers_findings_new();
    if (!get_findings(value, findings))
        return parsers_throw(error, PARSERS_ERROR_DAMAGED, "findings have a value out of range");

    *out_findings = g_steal_pointer(&findings);
    return true;
}
