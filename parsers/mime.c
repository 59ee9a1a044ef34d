/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/mime.c - one mail as a flat list of parts with decoded bytes.
 *
 * Every leaf of the mail gets a row, readable or not: nothing that somebody sent
 * is left out of the list, except past the limit on parts, which is said aloud.
 *
 * Runs in:  postern-parser.
 * Source:   RFC 2045 to 2047, RFC 2231, RFC 2183; doc/reading.md
 */
#include "config.h"

#include "parsers/mime.h"

#include <gmime/gmime.h>
#include <string.h>

#include "parsers/archive.h"
#include "parsers/charset.h"
#include "parsers/mime-part.h"
#include "parsers/msg.h"
#include "parsers/signed.h"
#include "parsers/sniff.h"
#include "parsers/split.h"
#include "parsers/tnef.h"
#include "parsers/transfer.h"

/* Of more no reader takes any: four for each of the longest text that is read. */
enum { TEXT_BYTES = 16 * 1024 * 1024 };

enum {
    LARGE_BYTES = 256 * 1024, /* a larger part is not held unless somebody reads it */
    HEAD_BYTES = 16 * 1024,   /* of it say what it is */
};

struct ParsersMime {
    const ParsersLimits *limits;
    GPtrArray *parts;
    GPtrArray *headers;
    GPtrArray *warnings;
    char *type;
    gsize budget;    /* bytes that archives may still inflate to */
    guint unwrapped; /* opaque signatures taken off, each inside the one before */
};

/* Where new parts belong. */
typedef struct {
    guint container;
    gint parent;
} Place;

static void read_mail(ParsersMime *mime, GBytes *raw, Place place, GPtrArray **out_headers);

static ParsersMimePart *
part_new(GBytes *bytes, Place place)
{
    ParsersMimePart *part = parsers_mime_part_new(bytes);

    part->container = place.container;
    part->parent = place.parent;
    return part;
}

static void
warn(ParsersMime *mime, const char *text)
{
    for (guint i = 0; i < mime->warnings->len; i++)
        if (strcmp(g_ptr_array_index(mime->warnings, i), text) == 0)
            return;
    g_ptr_array_add(mime->warnings, g_strdup(text));
}

static void
warn_limit(ParsersMime *mime, const char *limit)
{
    g_autofree char *text = g_strdup_printf("limit %s: part of the mail was not read", limit);

    warn(mime, text);
}

/* ---- containers ---- */

static bool
has_suffix(const ParsersMimePart *part, const char *suffix)
{
    g_autofree char *lower = g_ascii_strdown(part->name, -1);

    return g_str_has_suffix(lower, suffix);
}

static bool
is_mail(const ParsersMimePart *part)
{
    if (strcmp(part->declared, "message/rfc822") == 0 ||
        strcmp(part->declared, "message/global") == 0)
        return true;
    return strcmp(part->type, "mail") == 0 &&
           (has_suffix(part, ".eml") || strcmp(part->declared, "application/octet-stream") == 0);
}

static void add_part(ParsersMime *mime, ParsersMimePart *part);

/* A container while it is opened. */
typedef struct {
    ParsersMime *mime;
    Place place;  /* of what is inside */
    guint locked; /* files that need a password */
    guint taken;  /* files that were taken out */
} Opening;

/* One file at a time: what no reader wants is let go before the next is inflated. */
static void
take_file(gpointer user, const char *name, GBytes *bytes, GError *error)
{
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);
    g_autoptr(GError) problem = error;
    Opening *opening = user;
    ParsersMimePart *part = part_new(bytes != NULL ? bytes : none, opening->place);

    parsers_mime_part_set_name(part, name);
    part->attachment = true;
    if (g_error_matches(problem, PARSERS_ERROR, PARSERS_ERROR_ENCRYPTED))
        parsers_mime_part_spoil(part, PARSERS_PART_LOCKED, problem->message);
    else if (g_error_matches(problem, PARSERS_ERROR, PARSERS_ERROR_LIMIT))
        parsers_mime_part_spoil(part, PARSERS_PART_LIMIT, problem->message);
    else if (problem != NULL)
        parsers_mime_part_spoil(part, PARSERS_PART_DAMAGED, problem->message);
    opening->locked += part->state == PARSERS_PART_LOCKED;
    opening->taken += bytes != NULL;
    add_part(opening->mime, part);
}

static void
take_files(Opening *opening, const GPtrArray *files)
{
    for (guint i = 0; i < files->len; i++) {
        ParsersArchiveFile *file = g_ptr_array_index(files, i);

        take_file(opening, file->name, file->bytes, g_steal_pointer(&file->error));
    }
}

/* A locked archive is one that holds nothing that can be read. */
static void
judge_archive(ParsersMimePart *part, const Opening *opening, const GError *error)
{
    if (g_error_matches(error, PARSERS_ERROR, PARSERS_ERROR_LIMIT))
        parsers_mime_part_spoil(part, PARSERS_PART_LIMIT, error->message);
    else if (error != NULL)
        parsers_mime_part_spoil(part, PARSERS_PART_DAMAGED, error->message);
    else if (opening->locked > 0 && opening->taken == 0)
        parsers_mime_part_spoil(part, PARSERS_PART_LOCKED, "zip password");
}

static void
open_archive(ParsersMime *mime, ParsersMimePart *part, Place inner)
{
    Opening opening = {.mime = mime, .place = inner};
    const ParsersArchiveSink sink = {.take = take_file, .user = &opening};
    g_autoptr(GPtrArray) files = parsers_archive_list_new();
    g_autoptr(GError) error = NULL;

    if (strcmp(part->type, "tnef") == 0)
        parsers_tnef_read(part->bytes, mime->limits, files, &error);
    else
        parsers_archive_read_zip(part->bytes, mime->limits, &mime->budget, &sink, &error);
    take_files(&opening, files);
    judge_archive(part, &opening, error);
    parsers_mime_part_let_go(part);
}

/* A mail that Outlook saved: written as a mail again, and read as one. */
static void
open_msg(ParsersMime *mime, ParsersMimePart *part, Place inner)
{
    g_autoptr(GBytes) mail = NULL;
    g_autoptr(GError) error = NULL;

    if (!parsers_msg_to_mail(part->bytes, mime->limits, &mail, &error)) {
        judge_archive(part, &(const Opening){.mime = mime}, error);
        return;
    }
    part->type = "mail";
    read_mail(mime, mail, inner, &part->mail_headers);
}

/* What an opaque signature holds stands in the mail as if it were not signed. */
static void
unwrap(ParsersMime *mime, ParsersMimePart *part)
{
    const Place place = {part->container, part->parent};
    g_autoptr(GPtrArray) headers = NULL;
    g_autoptr(GBytes) inner = NULL;

    if (strcmp(part->type, "pkcs7") != 0 || mime->unwrapped >= mime->limits->container_depth)
        return;
    inner = parsers_signed_content(part->bytes);
    if (inner == NULL)
        return;
    part->type = "signed";
    mime->unwrapped++;
    read_mail(mime, inner, place, &headers);
    mime->unwrapped--;
}

/* Takes the part, and opens it when it is a container. */
static void
add_part(ParsersMime *mime, ParsersMimePart *part)
{
    const Place inner = {part->container + 1, (gint)mime->parts->len};
    const bool mail = part->state == PARSERS_PART_READ && is_mail(part);
    const bool archive = part->state == PARSERS_PART_READ && !mail &&
                         (strcmp(part->type, "zip") == 0 || strcmp(part->type, "tnef") == 0);
    const bool msg = part->state == PARSERS_PART_READ && !mail && strcmp(part->type, "msg") == 0;

    if (mime->parts->len >= mime->limits->mime_parts) {
        warn_limit(mime, "mime_parts");
        parsers_mime_part_free(part);
        return;
    }
    g_ptr_array_add(mime->parts, part);
    parsers_mime_part_settle(part);
    if (mail)
        part->type = "mail";
    unwrap(mime, part);
    if (!mail && !archive && !msg)
        return;
    if (part->container >= mime->limits->container_depth) {
        parsers_mime_part_spoil(part, PARSERS_PART_LIMIT, "container_depth");
        warn_limit(mime, "container_depth");
    } else if (mail) {
        read_mail(mime, part->bytes, inner, &part->mail_headers);
    } else if (msg) {
        open_msg(mime, part, inner);
    } else {
        open_archive(mime, part, inner);
    }
}

/* ---- leaves ---- */

/* Files that old programs write into the text itself become parts of their own. */
static void
take_uuencoded(ParsersMime *mime, ParsersMimePart *part)
{
    gsize size = 0, offset = 0;
    const char *data = g_bytes_get_data(part->bytes, &size);
    g_autoptr(GString) rest = g_string_new(NULL);
    g_autoptr(ParsersTransferFile) file = parsers_transfer_find_file(data, size, 0);
    Opening opening = {.mime = mime, .place = {part->container, part->parent}};

    if (file == NULL) {
        add_part(mime, part);
        return;
    }
    g_autoptr(GPtrArray) found = parsers_archive_list_new();
    while (file != NULL) {
        g_string_append_len(rest, data + offset, (gssize)(file->start - offset));
        offset = file->end;
        parsers_archive_add(found, file->name, file->bytes, NULL);
        parsers_transfer_file_free(file);
        file = parsers_transfer_find_file(data, size, offset);
    }
    g_string_append_len(rest, data + offset, (gssize)(size - offset));
    g_bytes_unref(part->bytes);
    part->bytes = g_bytes_new(rest->str, rest->len);
    part->type = parsers_sniff_type(part->bytes);
    add_part(mime, part);
    for (guint i = 0; i < found->len; i++) {
        ParsersArchiveFile *one = g_ptr_array_index(found, i);
        g_autofree char *name = parsers_charset_to_utf8(one->name, strlen(one->name), NULL);

        g_free(one->name);
        one->name = g_steal_pointer(&name);
    }
    take_files(&opening, found);
}

static ParsersMimePart *
leaf_new(const ParsersSplitLeaf *leaf, GBytes *bytes, Place place)
{
    ParsersMimePart *part = part_new(bytes, place);

    part->size = g_bytes_get_size(bytes);
    part->headers = g_ptr_array_ref(leaf->headers);
    part->declared = (g_free(part->declared), g_strdup(leaf->type));
    part->alternative = leaf->alternative;
    part->related = leaf->related;
    part->report = leaf->report;
    part->encrypted = leaf->encrypted;
    parsers_mime_part_describe(part);
    return part;
}

/* Measure a part without holding it.  False when somebody reads it: it must be held then. */
static bool
measure(const ParsersMime *mime, ParsersMimePart *part, GBytes *body, const char **out_problem)
{
    const gsize limit = mime->limits->part_bytes;
    const bool may_be_read = parsers_mime_part_is_read(part);
    ParsersJpeg jpeg = {0};

    if (may_be_read && g_bytes_get_size(body) / 4 * 3 <= limit)
        return false;
    g_free(part->sha256);
    parsers_transfer_measure(body, &jpeg, &part->size, &part->sha256, out_problem);
    part->unopenable = strcmp(part->type, "jpeg") == 0 && !jpeg.has_frame;
    if (may_be_read && part->size > limit)
        part->state = PARSERS_PART_LIMIT;
    return !parsers_mime_part_is_read(part);
}

/* A film or a photograph that nobody here looks into, and what is beyond the limit, would fill the
 * memory for nothing.  The first bytes say what it is; NULL when it must be held. */
static ParsersMimePart *
measure_leaf(const ParsersMime *mime, const ParsersSplitLeaf *leaf, Place place,
             const char **out_problem)
{
    const gsize size = g_bytes_get_size(leaf->body);
    g_autoptr(GBytes) start = g_bytes_new_from_bytes(leaf->body, 0, MIN(size, (gsize)HEAD_BYTES));
    g_autoptr(GBytes) head = parsers_transfer_decode(start, "base64", out_problem);
    ParsersMimePart *part = leaf_new(leaf, head, place);

    if (g_str_has_prefix(leaf->type, "message/") || !measure(mime, part, leaf->body, out_problem)) {
        parsers_mime_part_free(part);
        return NULL;
    }
    part->state = PARSERS_PART_READ;
    parsers_mime_part_let_go(part);
    return part;
}

static ParsersMimePart *
decode_leaf(const ParsersMime *mime, const ParsersSplitLeaf *leaf, Place place,
            const char **out_problem)
{
    const char *value = parsers_header_value(leaf->headers, "Content-Transfer-Encoding", 0);
    g_autofree char *encoding = parsers_header_token(value != NULL ? value : "");
    ParsersMimePart *part = NULL;
    g_autoptr(GBytes) bytes = NULL;

    if (g_bytes_get_size(leaf->body) > LARGE_BYTES && g_ascii_strcasecmp(encoding, "base64") == 0)
        part = measure_leaf(mime, leaf, place, out_problem);
    if (part != NULL)
        return part;
    bytes = parsers_transfer_decode(leaf->body, encoding, out_problem);
    return leaf_new(leaf, bytes, place);
}

static void
add_leaf(ParsersMime *mime, const ParsersSplitLeaf *leaf, Place place)
{
    const char *problem = NULL;
    ParsersMimePart *part = decode_leaf(mime, leaf, place, &problem);

    if (leaf->cut)
        warn(mime, "the mail has no closing boundary: its end may be missing");
    if (problem != NULL)
        parsers_mime_part_spoil(part, PARSERS_PART_DAMAGED, problem);
    if (part->size > mime->limits->part_bytes)
        parsers_mime_part_spoil(part, PARSERS_PART_LIMIT, "part_bytes");

    if (strcmp(part->declared, "text/plain") == 0 && !part->attachment)
        take_uuencoded(mime, part);
    else
        add_part(mime, part);
}

static void
read_mail(ParsersMime *mime, GBytes *raw, Place place, GPtrArray **out_headers)
{
    g_autoptr(ParsersSplit) split = parsers_split_read(raw, mime->limits);

    if (split->limit != NULL)
        warn_limit(mime, split->limit);
    if (split->guessed)
        warn(mime, "the mail does not say where its parts begin; this was guessed");
    *out_headers = g_ptr_array_ref(split->headers);
    if (mime->type == NULL)
        mime->type = g_strdup(split->type);
    for (guint i = 0; i < split->leaves->len; i++)
        add_leaf(mime, g_ptr_array_index(split->leaves, i), place);
}

/* ---- public ---- */

ParsersMime *
parsers_mime_read(GBytes *raw, const ParsersLimits *limits)
{
    static gsize started = 0;
    ParsersMime *mime = g_new0(ParsersMime, 1);
    const Place top = {0, -1};

    if (g_once_init_enter(&started)) {
        g_mime_init();
        g_once_init_leave(&started, 1);
    }
    mime->limits = limits;
    mime->budget = limits->zip_total_bytes;
    mime->parts = g_ptr_array_new_with_free_func(parsers_mime_part_free);
    mime->warnings = g_ptr_array_new_with_free_func(g_free);
    if (g_bytes_get_size(raw) > limits->mail_bytes) {
        g_autoptr(GBytes) start = g_bytes_new_from_bytes(raw, 0, limits->mail_bytes);

        warn_limit(mime, "mail_bytes");
        read_mail(mime, start, top, &mime->headers);
    } else {
        read_mail(mime, raw, top, &mime->headers);
    }
    return mime;
}

void
parsers_mime_free(ParsersMime *mime)
{
    if (mime == NULL)
        return;
    g_ptr_array_unref(mime->parts);
    g_ptr_array_unref(mime->headers);
    g_ptr_array_unref(mime->warnings);
    g_free(mime->type);
    g_free(mime);
}

const GPtrArray *
parsers_mime_parts(const ParsersMime *mime)
{
    return mime->parts;
}

void
parsers_mime_replace(ParsersMime *mime, guint index, GBytes *bytes)
{
    ParsersMimePart *part = g_ptr_array_index(mime->parts, index);

    g_bytes_ref(bytes);
    g_bytes_unref(part->bytes);
    part->bytes = bytes;
    part->type = parsers_sniff_type(bytes);
}

const GPtrArray *
parsers_mime_headers(const ParsersMime *mime)
{
    return mime->headers;
}

const char *
parsers_mime_header(const ParsersMime *mime, const char *name, guint n)
{
    return parsers_header_value(mime->headers, name, n);
}

const char *
parsers_mime_type(const ParsersMime *mime)
{
    return mime->type;
}

const GPtrArray *
parsers_mime_warnings(const ParsersMime *mime)
{
    return mime->warnings;
}

char *
parsers_mime_text(const ParsersMimePart *part)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(part->bytes, &size);

    if (strcmp(part->type, "html") != 0) /* that may hold pictures */
        size = MIN(size, TEXT_BYTES);
    return parsers_charset_to_utf8(data != NULL ? data : "", size, part->charset);
}
