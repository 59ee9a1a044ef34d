/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/repair.c - values taken apart, put together and moved to the box they belong in.
 *
 * Each rule moves only what can be nothing else: an e-mail address in the phone
 * box, a postcode in an address, "dob 1/2/2015" behind a name.
 *
 * Runs in:  postern-parser.
 * Source:   doc/reading.md
 */
#include "config.h"

#include "parsers/repair.h"

#include "parsers/date.h"
#include "parsers/normalise.h"
#include "parsers/value.h"

#include <string.h>

static void
value_free(ParsersValue *value)
{
    g_free(value->key);
    g_free(value->text);
    g_free(value->raw);
    g_free(value->label);
    g_free(value);
}

ParsersValues *
parsers_values_new(const ParsersContext *reading)
{
    ParsersValues *values = g_new0(ParsersValues, 1);

    values->reading = reading;
    values->list = g_ptr_array_new_with_free_func((GDestroyNotify)value_free);
    return values;
}

void
parsers_values_free(ParsersValues *values)
{
    if (values == NULL)
        return;
    g_ptr_array_unref(values->list);
    g_free(values);
}

ParsersValue *
parsers_values_get(const ParsersValues *values, const char *key)
{
    for (guint i = 0; i < values->list->len; i++) {
        ParsersValue *value = g_ptr_array_index(values->list, i);

        if (strcmp(value->key, key) == 0)
            return value;
    }
    return NULL;
}

ParsersValue *
parsers_values_add(ParsersValues *values, const char *key, const ParsersFieldDef *field,
                   const char *text, const char *raw)
{
    ParsersValue *value = g_new0(ParsersValue, 1);

    value->key = g_strdup(key);
    value->field = field;
    value->text = g_strdup(text);
    value->raw = g_strdup(raw);
    value->label = g_strdup("");
    value->confidence = 0.9;
    g_ptr_array_add(values->list, value);
    return value;
}

/* The key of another field of the same person: "child.2.dob" beside "child.2.name". */
static char *
beside(const char *key, const char *general)
{
    const char *last = strrchr(general, '.');
    const char *own = strrchr(key, '.');

    if (last == NULL || own == NULL || strstr(general, ".N.") == NULL)
        return g_strdup(general);
    return g_strdup_printf("%.*s%s", (int)(own - key), key, last);
}

/* Give a text to a key that has none; what it had stays. */
static bool
give(ParsersValues *values, const ParsersValue *from, const char *key, const char *text)
{
    const ParsersFieldDef *field = parsers_definition_field(values->reading->form, key);
    ParsersValue *value = NULL;

    if (field == NULL || text == NULL || text[0] == '\0' || parsers_values_get(values, key) != NULL)
        return false;
    value = parsers_values_add(values, key, field, text, from->raw);
    value->place = from->place;
    value->confidence = MIN(from->confidence, 0.9);
    g_free(value->label);
    value->label = g_strdup(from->label);
    return true;
}

static void
set_text(ParsersValue *value, char *text)
{
    g_free(value->text);
    value->text = text;
}

static void
drop(ParsersValues *values, ParsersValue *value)
{
    g_ptr_array_remove(values->list, value);
}

/* ---- One answer for several keys ---- */

/* "Oakhurst School, Oakhurst Road, Sevenoaks": a name, then an address. */
static char *
split_address(const char *text, char **out_rest)
{
    const gsize cut = strcspn(text, ",\n");
    bool digits = false;

    for (const char *p = text + cut; *p != '\0'; p++)
        digits = digits || g_ascii_isdigit(*p);
    if (text[cut] == '\0' || !digits)
        return NULL;
    *out_rest = g_strndup(text, cut);
    return g_strstrip(g_strdup(text + cut + 1));
}

/* "Mrs P Garside, Deputy Head": a name, then a job. */
static char *
split_job(const char *text, char **out_rest)
{
    static const char *const marks[] = {"\n", " - ", " \xe2\x80\x93 ", ", ", " / ", "/"};

    for (guint i = 0; i < G_N_ELEMENTS(marks); i++) {
        const char *mark = strstr(text, marks[i]);

        if (mark == NULL || mark == text)
            continue;
        *out_rest = g_strndup(text, (gsize)(mark - text));
        return g_strstrip(g_strdup(mark + strlen(marks[i])));
    }
    return NULL;
}

static char *
take_part(const char *text, const ParsersFieldDef *field, char **out_rest)
{
    if (field->type == PARSERS_TYPE_ADDRESS || g_str_has_suffix(field->key, "_address"))
        return split_address(text, out_rest);
    if (g_str_has_suffix(field->key, ".job_title") || g_str_has_suffix(field->key, ".relationship"))
        return split_job(text, out_rest);
    return parsers_value_take(text, field->type, out_rest);
}

static void
take_apart(ParsersValues *values, ParsersValue *whole)
{
    const GPtrArray *parts = whole->field->parts;
    g_autofree char *text = g_strdup(whole->text);

    for (guint i = parts->len; i-- > 1;) {
        g_autofree char *key = beside(whole->key, g_ptr_array_index(parts, i));
        const ParsersFieldDef *field = parsers_definition_field(values->reading->form, key);
        g_autofree char *rest = NULL;
        g_autofree char *part = field != NULL ? take_part(text, field, &rest) : NULL;

        if (part == NULL || !give(values, whole, key, part))
            continue;
        g_free(text);
        text = g_steal_pointer(&rest);
    }
    if (parts->len > 0) {
        g_autofree char *key = beside(whole->key, g_ptr_array_index(parts, 0));
        const ParsersFieldDef *field = parsers_definition_field(values->reading->form, key);
        g_autofree char *rest = NULL;
        g_autofree char *part = NULL;

        if (field != NULL && (field->type == PARSERS_TYPE_PHONE))
            part = parsers_value_take(text, field->type, &rest);
        if (field != NULL && field->type == PARSERS_TYPE_DATE && part == NULL)
            part = parsers_date_iso(text);
        give(values, whole, key, part != NULL ? part : text);
    }
}

static void
take_all_apart(ParsersValues *values)
{
    for (guint i = 0; i < values->list->len;) {
        ParsersValue *value = g_ptr_array_index(values->list, i);

        if (value->field->parts->len == 0) {
            i++;
            continue;
        }
        take_apart(values, value);
        drop(values, value);
    }
}

/* ---- First name and surname ---- */

/* True if a part of a name may be added to what stands for the whole: one made of parts, or one
 * word in a box called "Name" beside a box for the surname. */
static bool
may_join(const ParsersValue *whole, GHashTable *made)
{
    return g_hash_table_contains(made, whole->key) || strchr(whole->text, ' ') == NULL;
}

static void
join_names(ParsersValues *values)
{
    g_autoptr(GHashTable) made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < values->list->len;) {
        ParsersValue *value = g_ptr_array_index(values->list, i);
        g_autofree char *key = NULL;
        ParsersValue *whole = NULL;

        if (value->field->joins == NULL) {
            i++;
            continue;
        }
        key = beside(value->key, value->field->joins);
        whole = parsers_values_get(values, key);
        if (whole == NULL) {
            give(values, value, key, value->text);
            g_hash_table_add(made, g_steal_pointer(&key));
        } else if (may_join(whole, made)) {
            const bool first = g_str_has_suffix(value->key, ".first_name");

            set_text(whole, g_strdup_printf("%s %s", first ? value->text : whole->text,
                                            first ? whole->text : value->text));
        }
        drop(values, value);
    }
}

/* ---- What was typed in the wrong box ---- */

static bool
holds(const char *text, ParsersType type)
{
    g_autofree char *rest = NULL;
    g_autofree char *found = parsers_value_take(text, type, &rest);

    return found != NULL;
}

static void
mend_contact(ParsersValues *values, ParsersValue *phone)
{
    g_autofree char *key = beside(phone->key, "x.N.email");
    ParsersValue *email = parsers_values_get(values, key);
    g_autofree char *rest = NULL;
    g_autofree char *found = NULL;

    if (strchr(phone->text, '@') == NULL)
        return;
    if (email != NULL && strchr(email->text, '@') == NULL &&
        holds(email->text, PARSERS_TYPE_PHONE)) {
        char *text = email->text;

        email->text = phone->text;
        phone->text = text;
        return;
    }
    found = parsers_value_take(phone->text, PARSERS_TYPE_EMAIL, &rest);
    if (found == NULL || email != NULL || !give(values, phone, key, found))
        return;
    if (rest[0] == '\0')
        drop(values, phone);
    else
        set_text(phone, g_steal_pointer(&rest));
}

static void
mend_email(ParsersValues *values, ParsersValue *email)
{
    g_autofree char *key = beside(email->key, "x.N.phone");
    g_autofree char *rest = NULL;
    g_autofree char *found = parsers_value_take(email->text, PARSERS_TYPE_EMAIL, &rest);

    if (found == NULL) {
        if (holds(email->text, PARSERS_TYPE_PHONE) && parsers_values_get(values, key) == NULL &&
            give(values, email, key, email->text))
            drop(values, email);
        return;
    }
    if (rest[0] != '\0' && holds(rest, PARSERS_TYPE_PHONE))
        give(values, email, key, rest);
    set_text(email, g_steal_pointer(&found));
}

/* A postcode has its own box on this form, or its own word in the label. */
static void
mend_address(ParsersValues *values, ParsersValue *address)
{
    g_autofree char *key = beside(address->key, "x.N.postcode");
    g_autofree char *rest = NULL;
    g_autofree char *found = NULL;
    g_autofree char *label = parsers_normalise_casefold(address->label);
    const bool asked =
        g_hash_table_contains(values->reading->seen, key) || strstr(label, "post") != NULL;
    ParsersValue *postcode = parsers_values_get(values, key);

    if (!asked)
        return;
    found = parsers_value_take(address->text, PARSERS_TYPE_POSTCODE, &rest);
    if (found == NULL)
        return;
    if (postcode == NULL && !give(values, address, key, found))
        return;
    if (rest[0] == '\0')
        drop(values, address);
    else
        set_text(address, g_steal_pointer(&rest));
}

static void
mend_name(ParsersValues *values, ParsersValue *name)
{
    g_autofree char *key = beside(name->key, "x.N.dob");
    g_autofree char *rest = NULL;
    g_autofree char *found = NULL;

    if (parsers_values_get(values, key) != NULL ||
        parsers_definition_field(values->reading->form, key) == NULL)
        return;
    found = parsers_value_take(name->text, PARSERS_TYPE_DATE, &rest);
    if (found == NULL || rest[0] == '\0' || !give(values, name, key, found))
        return;
    set_text(name, g_steal_pointer(&rest));
}

void
parsers_values_repair(ParsersValues *values)
{
    /* clang-format off */
    static const struct { ParsersType type; void (*mend)(ParsersValues *values, ParsersValue *value); } rules[] = {
        { PARSERS_TYPE_PHONE,   mend_contact },
        { PARSERS_TYPE_EMAIL,   mend_email   },
        { PARSERS_TYPE_ADDRESS, mend_address },
        { PARSERS_TYPE_NAME,    mend_name    },
    };
    /* clang-format on */

    take_all_apart(values);
    join_names(values);
    for (guint r = 0; r < G_N_ELEMENTS(rules); r++) {
        const guint n = values->list->len;

        /* Rules may add at the end and drop the value they look at. */
        for (guint i = n; i-- > 0;) {
            ParsersValue *value = g_ptr_array_index(values->list, i);

            if (value->field->type == rules[r].type)
                rules[r].mend(values, value);
        }
    }
}
