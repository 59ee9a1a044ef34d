/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * parsers/tnef.c - the files inside a winmail.dat.
 *
 * Runs in:  postern-parser, inside the cage only: libytnef has had memory errors.
 * Source:   MS-OXTNEF; MS-OXRTFCP
 */
#include "config.h"

#include "parsers/tnef.h"

#include <stdio.h>
#include <string.h>
#include <ytnef.h>

#include <mapidefs.h>

#include "parsers/charset.h"
#include "parsers/octets.h"

enum {
    OBJECT_ID_BYTES = 16, /* the interface id before the data of an object attachment */
    RTF_GROWTH = 64,      /* compressed RTF that claims to grow more is not believed */
    MOST_ATTACHMENTS = 500,
};

static variableLength *
property(MAPIProps *props, guint type, guint id)
{
    variableLength *value = MAPIFindProperty(props, PROP_TAG(type, id));

    if (value == MAPI_UNDEFINED || value == NULL || value->data == NULL || value->size <= 0)
        return NULL;
    return value;
}

static void
add_text(GPtrArray *files, const char *name, const variableLength *value)
{
    g_autoptr(GBytes) bytes = g_bytes_new(value->data, strnlen((char *)value->data, value->size));

    if (g_bytes_get_size(bytes) > 0)
        parsers_archive_add(files, name, bytes, NULL);
}

/* Compressed RTF says how long it will be; libytnef believes it. */
static GBytes *
inflate_rtf(variableLength *value, const ParsersLimits *limits)
{
    guint32 claimed = 0;
    GBytes *bytes = NULL;
    int size = 0;
    BYTE *rtf = NULL;

    if (value->size < 16)
        return NULL;
    memcpy(&claimed, value->data + 4, sizeof claimed);
    claimed = GUINT32_FROM_LE(claimed);
    if (claimed > limits->body_text_bytes || claimed / RTF_GROWTH > (guint32)value->size)
        return NULL;
    rtf = DecompressRTF(value, &size);
    while (rtf != NULL && size > 0 && rtf[size - 1] == 0) /* counted as text by some versions */
        size--;
    if (rtf != NULL && size > 0)
        bytes = g_bytes_new(rtf, (gsize)size);
    free(rtf);
    return bytes;
}

static void
add_rtf(GPtrArray *files, variableLength *value, const ParsersLimits *limits)
{
    g_autoptr(GBytes) bytes = inflate_rtf(value, limits);

    if (bytes != NULL)
        parsers_archive_add(files, "body.rtf", bytes, NULL);
}

GBytes *
parsers_tnef_inflate_rtf(GBytes *compressed, const ParsersLimits *limits)
{
    gsize size = 0;
    gconstpointer data = g_bytes_get_data(compressed, &size);
    g_autofree BYTE *copy = NULL;
    variableLength value = {0};

    if (size == 0 || size > limits->body_text_bytes)
        return NULL;
    copy = g_memdup2(data, size);
    value.data = copy;
    value.size = (int)size;
    return inflate_rtf(&value, limits);
}

/* The body once: as RTF or HTML when it has one, else as text. */
static void
add_body(GPtrArray *files, TNEFStruct *tnef, const ParsersLimits *limits)
{
    MAPIProps *props = &tnef->MapiProperties;
    variableLength *rtf = property(props, PT_BINARY, PR_RTF_COMPRESSED);
    variableLength *html = property(props, PT_BINARY, 0x1013);
    variableLength *text = property(props, PT_STRING8, PR_BODY);
    const guint before = files->len;

    if (html != NULL)
        add_text(files, "body.html", html);
    else if (rtf != NULL)
        add_rtf(files, rtf, limits);
    if (files->len > before)
        return;
    if (text == NULL && tnef->body.data != NULL && tnef->body.size > 0)
        text = &tnef->body;
    if (text != NULL)
        add_text(files, "body.txt", text);
}

static char *
attachment_name(Attachment *attachment)
{
    static const guint ids[] = {PR_ATTACH_LONG_FILENAME, PR_DISPLAY_NAME, PR_ATTACH_FILENAME};
    static const guint types[] = {PT_STRING8, PT_UNICODE};
    const variableLength *name = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(ids) && name == NULL; i++)
        for (gsize k = 0; k < G_N_ELEMENTS(types) && name == NULL; k++)
            name = property(&attachment->MAPI, types[k], ids[i]);
    if (name == NULL && attachment->Title.data != NULL && attachment->Title.size > 0)
        name = &attachment->Title;
    if (name == NULL)
        return g_strdup("");
    return parsers_charset_to_utf8((const char *)name->data,
                                   strnlen((const char *)name->data, (gsize)name->size), NULL);
}

static void
add_attachment(GPtrArray *files, Attachment *attachment)
{
    const variableLength *data = property(&attachment->MAPI, PT_OBJECT, PR_ATTACH_DATA_OBJ);
    gsize skip = OBJECT_ID_BYTES;
    g_autofree char *name = NULL;
    g_autoptr(GBytes) bytes = NULL;

    if (data == NULL || (gsize)data->size <= skip) {
        data = property(&attachment->MAPI, PT_BINARY, PR_ATTACH_DATA_OBJ);
        skip = 0;
    }
    if (data == NULL || data->size <= 0) {
        data = &attachment->FileData;
        skip = 0;
    }
    if (data->data == NULL || data->size <= 0)
        return;
    name = attachment_name(attachment);
    bytes = g_bytes_new(data->data + skip, (gsize)data->size - skip);
    parsers_archive_add(files, name, bytes, NULL);
}

/* ---- what libytnef gives up on ---- */

enum {
    STREAM_HEAD = 6,    /* signature and key */
    ATTRIBUTE_HEAD = 9, /* level, id, length */
    ATTRIBUTE_TAIL = 2, /* checksum */
    ATTRIBUTE_DATA = 0x6800f,
    ATTRIBUTE_TITLE = 0x18010,
    ATTRIBUTE_START = 0x69002, /* of one more attachment */
};

static bool
is_listed(const GPtrArray *files, const char *name)
{
    for (guint i = 0; i < files->len; i++)
        if (strcmp(((const ParsersArchiveFile *)g_ptr_array_index(files, i))->name, name) == 0)
            return true;
    return false;
}

/* One attachment, unless it was found before.  An empty one is kept for its name. */
static void
salvage_one(GPtrArray *files, ParsersOctets title, ParsersOctets data)
{
    g_autofree char *name = NULL;
    g_autoptr(GBytes) bytes = g_bytes_new(data.data, data.size);

    if (title.data == NULL || files->len >= MOST_ATTACHMENTS)
        return;
    name = parsers_charset_to_utf8((const char *)title.data,
                                   strnlen((const char *)title.data, title.size), NULL);
    if (!is_listed(files, name))
        parsers_archive_add(files, name, bytes, NULL);
}

/* Names and data of attachments, attribute for attribute: libytnef stops at an empty file and
 * forgets those after it.  True when the stream ends where an attribute does. */
static bool
salvage(GBytes *bytes, GPtrArray *files)
{
    const ParsersOctets stream = parsers_octets_of(bytes);
    ParsersOctets title = {0}, data = {0}, value;
    gsize at = STREAM_HEAD;

    for (; at + ATTRIBUTE_HEAD <= stream.size; at += ATTRIBUTE_HEAD + value.size + ATTRIBUTE_TAIL) {
        const guint32 id = parsers_octets_u32(stream, at + 1);

        if (!parsers_octets_slice(stream, at + ATTRIBUTE_HEAD, parsers_octets_u32(stream, at + 5),
                                  &value))
            break;
        if (id == ATTRIBUTE_START) {
            salvage_one(files, title, data);
            title = data = (ParsersOctets){0};
        }
        if (id == ATTRIBUTE_TITLE)
            title = value;
        if (id == ATTRIBUTE_DATA)
            data = value;
    }
    salvage_one(files, title, data);
    return at == stream.size && stream.size > STREAM_HEAD;
}

bool
parsers_tnef_read(GBytes *bytes, const ParsersLimits *limits, GPtrArray *files, GError **error)
{
    gsize size = 0;
    gconstpointer data = g_bytes_get_data(bytes, &size);
    g_autofree BYTE *copy = g_memdup2(data, size); /* libytnef asks for memory it may write */
    TNEFStruct tnef;
    bool whole = false;
    guint n = 0;

    TNEFInitialize(&tnef);
    tnef.Debug = 0;
    whole = TNEFParseMemory(copy, (long)size, &tnef) == 0;
    add_body(files, &tnef, limits);
    for (Attachment *a = tnef.starting_attach.next; a != NULL && n < MOST_ATTACHMENTS;
         a = a->next) {
        add_attachment(files, a);
        n++;
    }
    TNEFFree(&tnef);
    return whole || salvage(bytes, files) ||
           parsers_throw(error, PARSERS_ERROR_DAMAGED, "winmail.dat is cut short or broken");
}
