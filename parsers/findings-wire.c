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
#include "parsers/pack.h"

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

#define MOST_ELEMENTS 20000u /* of any one array, on either side */

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

#define NUMBER_ALIGN 4u /* of what holds a number or an enum */
#define WIDE_ALIGN 8u   /* of what holds a size or a confidence */

/* The buffer, and how much is kept of each text and array. */
typedef struct {
    ParsersPack pack;
    const Keep *keep;
} Out;

static void
put_text(Out *out, const char *text)
{
    parsers_pack_text(&out->pack, text, out->keep->text);
}

/* Texts that other members of their tuple follow. */
static void
put_members(Out *out, const ParsersPackBox *tuple, const char *const *texts, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        put_text(out, texts[i]);
        parsers_pack_end(&out->pack, tuple);
    }
}

static void
put_texts(Out *out, const GPtrArray *texts)
{
    const ParsersPackBox array = parsers_pack_open(&out->pack, 1);

    for (guint i = 0; i < MIN(texts->len, out->keep->elements); i++) {
        put_text(out, g_ptr_array_index(texts, i));
        parsers_pack_end(&out->pack, &array);
    }
    parsers_pack_close_array(&out->pack, &array);
}

typedef void (*PutElement)(Out *out, gconstpointer element);

static void
put_array(Out *out, const GPtrArray *elements, gsize align, guint most, PutElement put)
{
    const ParsersPackBox array = parsers_pack_open(&out->pack, align);

    for (guint i = 0; i < MIN(elements->len, most); i++) {
        put(out, g_ptr_array_index(elements, i));
        parsers_pack_end(&out->pack, &array);
    }
    parsers_pack_close_array(&out->pack, &array);
}

static void
put_field(Out *out, gconstpointer element)
{
    const ParsersField *field = element;
    const char *const texts[] = {field->key, field->value, field->raw, field->place};
    const ParsersPackBox tuple = parsers_pack_open(&out->pack, WIDE_ALIGN);

    put_members(out, &tuple, texts, G_N_ELEMENTS(texts));
    parsers_pack_double(&out->pack, field->confidence);
    parsers_pack_close_tuple(&out->pack, &tuple);
}

static void
put_auth(Out *out, gconstpointer element)
{
    const ParsersAuth *auth = element;
    const char *const texts[] = {auth->method, auth->result};
    const ParsersPackBox tuple = parsers_pack_open(&out->pack, NUMBER_ALIGN);

    put_text(out, auth->authserv_id);
    parsers_pack_end(&out->pack, &tuple);
    parsers_pack_uint(&out->pack, auth->instance);
    put_members(out, &tuple, texts, G_N_ELEMENTS(texts));
    put_text(out, auth->domain);
    parsers_pack_close_tuple(&out->pack, &tuple);
}

static void
put_signal(Out *out, gconstpointer element)
{
    const ParsersSignal *signal = element;
    const ParsersPackBox tuple = parsers_pack_open(&out->pack, 1);

    put_text(out, signal->name);
    parsers_pack_end(&out->pack, &tuple);
    put_text(out, signal->evidence);
    parsers_pack_close_tuple(&out->pack, &tuple);
}

static void
put_part(Out *out, gconstpointer element)
{
    const ParsersPart *part = element;
    const char *const texts[] = {part->name, part->declared, part->type};
    const ParsersPackBox tuple = parsers_pack_open(&out->pack, WIDE_ALIGN);

    put_members(out, &tuple, texts, G_N_ELEMENTS(texts));
    parsers_pack_uint64(&out->pack, part->size);
    put_text(out, part->sha256);
    parsers_pack_end(&out->pack, &tuple);
    parsers_pack_uint(&out->pack, part->depth);
    parsers_pack_uint(&out->pack, (guint32)part->state);
    put_text(out, part->problem);
    parsers_pack_close_tuple(&out->pack, &tuple);
}

static void
put_form(Out *out, gconstpointer element)
{
    const ParsersForm *form = element;
    const char *const texts[] = {form->form, form->source, form->format};
    const guint most = out->keep->elements;
    const ParsersPackBox tuple = parsers_pack_open(&out->pack, WIDE_ALIGN);

    put_members(out, &tuple, texts, G_N_ELEMENTS(texts));
    parsers_pack_uint(&out->pack, form->part);
    parsers_pack_bool(&out->pack, form->blank);
    put_array(out, form->fields, WIDE_ALIGN, most, put_field);
    parsers_pack_end(&out->pack, &tuple);
    put_texts(out, form->missing);
    parsers_pack_end(&out->pack, &tuple);
    put_array(out, form->others, WIDE_ALIGN, most, put_field);
    parsers_pack_close_tuple(&out->pack, &tuple);
}

static void
put_headers(Out *out, const ParsersFindings *f)
{
    const char *const first[] = {f->message_id, f->subject, f->date, f->from_address, f->from_name};
    const char *const second[] = {f->sender_address, f->reply_to};
    const GPtrArray *const lists[] = {f->recipients, f->delivered_to, f->in_reply_to,
                                      f->original_ids, f->references};
    const ParsersPackBox tuple = parsers_pack_open(&out->pack, NUMBER_ALIGN);

    put_members(out, &tuple, first, G_N_ELEMENTS(first));
    parsers_pack_uint(&out->pack, f->from_count);
    put_members(out, &tuple, second, G_N_ELEMENTS(second));
    parsers_pack_bool(&out->pack, f->has_return_path);
    put_members(out, &tuple, (const char *const[]){f->return_path}, 1);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        put_texts(out, lists[i]);
        parsers_pack_end(&out->pack, &tuple);
    }
    put_array(out, f->auth, NUMBER_ALIGN, out->keep->elements, put_auth);
    parsers_pack_close_tuple(&out->pack, &tuple);
}

static void
put_signals(Out *out, const ParsersFindings *findings)
{
    const ParsersPackBox tuple = parsers_pack_open(&out->pack, NUMBER_ALIGN);

    parsers_pack_uint(&out->pack, (guint32)findings->kind);
    put_array(out, findings->signals, 1, out->keep->elements, put_signal);
    parsers_pack_close_tuple(&out->pack, &tuple);
}

static void
put_contents(Out *out, const ParsersFindings *findings)
{
    const char *const texts[] = {findings->text, findings->signature, findings->quoted};
    const ParsersPackBox tuple = parsers_pack_open(&out->pack, 1);

    put_members(out, &tuple, texts, G_N_ELEMENTS(texts));
    parsers_pack_bool(&out->pack, findings->has_form);
    parsers_pack_bool(&out->pack, findings->unseen_pictures);
    parsers_pack_close_tuple(&out->pack, &tuple);
}

static void
put_warnings(Out *out, const GPtrArray *warnings)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    char cut[] = "limit findings_bytes: part of what was read is left out here; see the mail";

    if (out->keep != keeps)
        g_ptr_array_add(all, cut);
    for (guint i = 0; i < warnings->len; i++)
        g_ptr_array_add(all, g_ptr_array_index(warnings, i));
    put_texts(out, all);
}

static GBytes *
put_findings(const ParsersFindings *findings, const Keep *keep)
{
    Out out = {.pack = parsers_pack_new(), .keep = keep};
    const ParsersPackBox tuple = parsers_pack_open(&out.pack, WIDE_ALIGN);

    put_headers(&out, findings);
    parsers_pack_end(&out.pack, &tuple);
    put_signals(&out, findings);
    parsers_pack_end(&out.pack, &tuple);
    put_contents(&out, findings);
    parsers_pack_end(&out.pack, &tuple);
    put_array(&out, findings->forms, WIDE_ALIGN, keep->elements, put_form);
    parsers_pack_end(&out.pack, &tuple);
    /* Every part stays, at any size: forms point to them by number. */
    put_array(&out, findings->parts, WIDE_ALIGN, MOST_ELEMENTS, put_part);
    parsers_pack_end(&out.pack, &tuple);
    put_warnings(&out, findings->warnings);
    parsers_pack_close_tuple(&out.pack, &tuple);
    return parsers_pack_finish(&out.pack);
}

GBytes *
parsers_findings_encode(const ParsersFindings *findings)
{
    const gsize most = parsers_limits_default()->findings_bytes;
    GBytes *bytes = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(keeps); i++) {
        g_clear_pointer(&bytes, g_bytes_unref);
        bytes = put_findings(findings, &keeps[i]);
        if (g_bytes_get_size(bytes) <= most)
            break;
    }
    return bytes;
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

static bool
get_forms(GVariant *array, ParsersFindings *findings)
{
    const gsize n = g_variant_n_children(array);

    if (n > MOST_ELEMENTS)
        return false;
    for (gsize i = 0; i < n; i++) {
        g_autoptr(GVariant) value = g_variant_get_child_value(array, i);
        ParsersForm *form = parsers_form_new();

        g_ptr_array_add(findings->forms, form);
        if (!get_form(value, findings->parts->len, form))
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
