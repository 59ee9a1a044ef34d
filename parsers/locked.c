/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/locked.c - parts that hold a message which only its reader's keys or portal can open.
 *
 * Nothing is decrypted and no portal is asked: a person must.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 8551, RFC 9580, RFC 3156; what Purview, Egress, NHSmail, Proofpoint, Cisco,
 *           Mimecast, Zivver, Zix and Galaxkey send
 */
#include "config.h"

#include "parsers/locked.h"

#include <string.h>

enum {
    WRAPPER_BYTES = 256 * 1024, /* of a wrapper that are searched */
};

/* clang-format off */
static const struct {
    const char *declared;
    const char *kind;
} types[] = {
    {"application/x-microsoft-rpmsg-message", "Microsoft Purview"},
    {"application/pgp-encrypted",             "PGP"},
    {"application/x-egress-switch",           "Egress"},
    {"application/x-switch",                  "Egress"},
};

/* File names in lower case; a leading or trailing "*" stands for anything. */
static const struct {
    const char *name;
    const char *kind;
} names[] = {
    {"*.rpmsg",               "Microsoft Purview"},
    {"*.switch",              "Egress"},
    {"encrypted_message.htm*", "NHSmail"},
    {"securemessageatt.htm*", "Proofpoint"},
    {"securedoc*",            "Cisco"},
    {"*.p7m.pgp",             "PGP"},
};

/* Words of a wrapper that is an HTML file, with who writes them. */
static const struct {
    const char *words;
    const char *kind;
} wrappers[] = {
    {"egress",                      "Egress"},
    {"securemessageatt",            "Proofpoint"},
    {"proofpoint",                  "Proofpoint"},
    {"cisco registered envelope",   "Cisco"},
    {"mimecast",                    "Mimecast"},
    {"zivver",                      "Zivver"},
    {"zixcorp",                     "Zix"},
    {"galaxkey",                    "Galaxkey"},
    {"message encryption portal",   "Microsoft Purview"},
    {"office 365 message encryption", "Microsoft Purview"},
    {"nhsmail",                     "NHSmail"},
    {"trend micro email encryption", "Trend Micro"},
};

/* What every such wrapper says in some form: the message is secure, and somewhere else. */
static const char *const promises[] = {
    "secure message", "secure email", "secure e-mail", "encrypted message", "encrypted email",
    "encrypted e-mail", "protected message", "securely",
};
static const char *const actions[] = {
    "sign in", "log in", "login", "passcode", "click to read", "read the message", "open the message",
    "decrypt", "read this", "view the message", "password", "<form",
};
/* clang-format on */

static bool
has_any(const char *text, const char *const *words, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (strstr(text, words[i]) != NULL)
            return true;
    return false;
}

static const char *
by_name(const ParsersMimePart *part)
{
    g_autofree char *lower = g_utf8_strdown(part->name, -1);

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_pattern_match_simple(names[i].name, lower))
            return names[i].kind;
    return NULL;
}

static bool
has_oid(const ParsersMimePart *part, const char *oid, gsize length)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(part->bytes, &size);

    return data != NULL && memmem(data, MIN(size, 32), oid, length) != NULL;
}

/* S/MIME: enveloped data is locked, signed data is not. */
static const char *
by_pkcs7(const ParsersMimePart *part)
{
    const char *value =
        part->headers != NULL ? parsers_header_value(part->headers, "Content-Type", 0) : NULL;
    g_autofree char *kind = value != NULL ? parsers_header_parameter(value, "smime-type") : NULL;

    if (strcmp(part->type, "pkcs7") != 0 && strstr(part->declared, "pkcs7-mime") == NULL)
        return NULL;
    if (has_oid(part, "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", 9))
        return NULL;
    if (has_oid(part, "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03", 9) ||
        has_oid(part, "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17", 11))
        return "S/MIME";
    return kind != NULL && strstr(kind, "envelope") != NULL ? "S/MIME" : NULL;
}

static bool
is_armoured(const ParsersMimePart *part)
{
    static const char begin[] = "-----BEGIN PGP MESSAGE-----";
    gsize size = 0;
    const char *data = g_bytes_get_data(part->bytes, &size);

    return data != NULL && memmem(data, MIN(size, WRAPPER_BYTES), begin, sizeof begin - 1) != NULL;
}

/* An attached page that leads to a portal. */
static const char *
by_wrapper(const ParsersMimePart *part)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(part->bytes, &size);
    g_autofree char *lower = NULL;

    if (strcmp(part->type, "html") != 0 || !part->attachment)
        return NULL;
    lower = g_ascii_strdown(data, (gssize)MIN(size, WRAPPER_BYTES));
    if (!has_any(lower, promises, G_N_ELEMENTS(promises)) ||
        !has_any(lower, actions, G_N_ELEMENTS(actions)))
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(wrappers); i++)
        if (strstr(lower, wrappers[i].words) != NULL)
            return wrappers[i].kind;
    return "a secure mail portal";
}

const char *
parsers_locked_by(const ParsersMimePart *part)
{
    const char *kind = by_pkcs7(part);

    for (gsize i = 0; kind == NULL && i < G_N_ELEMENTS(types); i++)
        if (strcmp(types[i].declared, part->declared) == 0)
            kind = types[i].kind;
    if (kind == NULL)
        kind = by_name(part);
    if (kind == NULL && (part->encrypted || is_armoured(part)))
        kind = "PGP";
    return kind != NULL ? kind : by_wrapper(part);
}

bool
parsers_locked_is_signature(const ParsersMimePart *part)
{
    return strstr(part->declared, "pkcs7-signature") != NULL ||
           strcmp(part->declared, "application/pgp-signature") == 0 ||
           strcmp(part->declared, "application/pgp-keys") == 0;
}
