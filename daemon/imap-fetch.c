/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/imap-fetch.c - what is in the inbox, and the mails themselves.
 *
 * A listing that the server has given up to UID n is complete up to n, because
 * UIDs only ascend; so the cursor may pass it.
 *
 * Runs in:  mailbox.
 * Source:   RFC 9051 sections 2.3.1.1 and 6.4.9
 */
#include "config.h"

#include "daemon/imap-fetch.h"

#include <string.h>

#define NEWS_BUDGET (4u * 1024 * 1024) /* for a listing without an end: some 40,000 mails */
#define LISTING_BYTES 256u             /* for one mail of a listing, generously */
#define SLACK_BYTES (64u * 1024)       /* for what a server says unasked */
#define HEADER_BYTES (512u * 1024)     /* for the headers of one mail */
#define WINDOW_MAX (1u << 30)

typedef struct mailimap_set ImapSet;
typedef struct mailimap_fetch_type ImapFetchType;
typedef clist ImapFetchResult;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImapSet, mailimap_set_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImapFetchType, mailimap_fetch_type_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImapFetchResult, mailimap_fetch_list_free)

/* What to ask for; each but the first with the UID. */
typedef enum { WANT_UID, WANT_LISTING, WANT_HEADERS, WANT_WHOLE } Want;

/* What we use of one FETCH response. */
typedef struct {
    DaemonStoreItem item;
    struct mailimap_msg_att_body_section *section;
} Response;

struct mailimap_set *
daemon_imap_fetch_set(const GArray *uids)
{
    struct mailimap_set *set = mailimap_set_new_empty();

    g_assert(set != NULL && uids->len > 0);
    for (guint first = 0, last; first < uids->len; first = last + 1) {
        last = first;
        while (last + 1 < uids->len &&
               g_array_index(uids, guint32, last + 1) == g_array_index(uids, guint32, last) + 1)
            last++;
        mailimap_set_add_interval(set, g_array_index(uids, guint32, first),
                                  g_array_index(uids, guint32, last));
    }
    return set;
}

static gint64
date_of(const struct mailimap_date_time *date)
{
    int minutes = abs(date->dt_zone) / 100 * 60 + abs(date->dt_zone) % 100;
    g_autoptr(GDateTime) local =
        g_date_time_new_utc(date->dt_year, date->dt_month, date->dt_day, date->dt_hour,
                            date->dt_min, (gdouble)date->dt_sec);

    if (local == NULL)
        return 0;
    return (g_date_time_to_unix(local) - (date->dt_zone < 0 ? -minutes : minutes) * 60) *
           G_USEC_PER_SEC;
}

static void
read_item(const struct mailimap_msg_att_item *item, Response *response)
{
    const struct mailimap_msg_att_static *fixed = item->att_data.att_static;

    if (item->att_type != MAILIMAP_MSG_ATT_ITEM_STATIC || fixed == NULL)
        return;
    switch (fixed->att_type) {
    case MAILIMAP_MSG_ATT_UID:
        response->item.uid = fixed->att_data.att_uid;
        break;
    case MAILIMAP_MSG_ATT_RFC822_SIZE:
        response->item.size = fixed->att_data.att_rfc822_size;
        break;
    case MAILIMAP_MSG_ATT_INTERNALDATE:
        if (fixed->att_data.att_internal_date != NULL)
            response->item.received = date_of(fixed->att_data.att_internal_date);
        break;
    case MAILIMAP_MSG_ATT_BODY_SECTION:
        response->section = fixed->att_data.att_body_section;
        break;
    default:
        break;
    }
}

static Response
read_response(const struct mailimap_msg_att *attributes)
{
    Response response = {{0, 0, 0}, NULL};

    for (clistiter *at = clist_begin(attributes->att_list); at != NULL; at = clist_next(at))
        read_item(clist_content(at), &response);
    return response;
}

static ImapFetchType *
fetch_type(Want want)
{
    ImapFetchType *type = mailimap_fetch_type_new_fetch_att_list_empty();

    g_assert(type != NULL);
    mailimap_fetch_type_new_fetch_att_list_add(type, mailimap_fetch_att_new_uid());
    if (want == WANT_LISTING) {
        mailimap_fetch_type_new_fetch_att_list_add(type, mailimap_fetch_att_new_rfc822_size());
        mailimap_fetch_type_new_fetch_att_list_add(type, mailimap_fetch_att_new_internaldate());
    } else if (want != WANT_UID) {
        struct mailimap_section *section =
            want == WANT_HEADERS ? mailimap_section_new_header() : mailimap_section_new(NULL);

        mailimap_fetch_type_new_fetch_att_list_add(
            type, mailimap_fetch_att_new_body_peek_section(section));
    }
    return type;
}

/* One UID FETCH.  out_refused: the server said NO; what it gave before that is thrown away. */
static bool
fetch(DaemonImap *imap, struct mailimap_set *set, Want want, ImapFetchResult **out_result,
      bool *out_refused, GError **error)
{
    g_autoptr(ImapFetchType) type = fetch_type(want);
    clist *result = NULL;
    int code = mailimap_uid_fetch(imap->etpan, set, type, &result);

    /* In any other case libetpan has freed the list and left the pointer to it. */
    if (code == MAILIMAP_NO_ERROR && !daemon_tls_stream_refused(imap->stream)) {
        *out_result = result;
        *out_refused = false;
        return true;
    }
    if (code == MAILIMAP_NO_ERROR)
        mailimap_fetch_list_free(result);
    *out_refused = code == MAILIMAP_NO_ERROR || code == MAILIMAP_ERROR_UID_FETCH;
    /* A server that is tired of us has not said that it lacks the mail. */
    if (*out_refused)
        return daemon_imap_session_is_of_it(daemon_tls_stream_said(imap->stream), "fetch", error);
    return daemon_imap_session_check(imap, code, DAEMON_ERROR_PROTOCOL, "fetch", error);
}

static gint
by_uid(gconstpointer a, gconstpointer b)
{
    const DaemonStoreItem *left = a, *right = b;

    return (left->uid > right->uid) - (left->uid < right->uid);
}

/* Servers may report a mail twice, once because its flags changed; keep what was said in full. */
static void
merge_twins(GArray *items)
{
    guint kept = 0;

    g_array_sort(items, by_uid);
    for (guint i = 1; i < items->len; i++) {
        const DaemonStoreItem *item = &g_array_index(items, DaemonStoreItem, i);
        DaemonStoreItem *last = &g_array_index(items, DaemonStoreItem, kept);

        if (item->uid != last->uid) {
            g_array_index(items, DaemonStoreItem, ++kept) = *item;
            continue;
        }
        last->size = MAX(last->size, item->size);
        last->received = MAX(last->received, item->received);
    }
    if (items->len > 0)
        g_array_set_size(items, kept + 1);
}

static void
note_listed(const clist *result, guint32 first, guint32 last, GArray *items)
{
    for (clistiter *at = clist_begin(result); at != NULL; at = clist_next(at)) {
        Response response = read_response(clist_content(at));

        /* "n:*" always names the last mail, even when it is older than n. */
        if (response.item.uid >= first && (last == 0 || response.item.uid <= last))
            g_array_append_val(items, response.item);
    }
    merge_twins(items);
}

/* All mails of [first, last]; last 0 means without an end. */
static bool
list_range(DaemonImap *imap, guint32 first, guint32 last, GArray *items, GError **error)
{
    g_autoptr(ImapSet) set = mailimap_set_new_interval(first, last);
    g_autoptr(ImapFetchResult) result = NULL;
    guint64 count = last != 0 ? (guint64)last - first + 1 : 0;
    guint64 budget =
        last != 0 ? MIN(count * LISTING_BYTES, NEWS_BUDGET) + SLACK_BYTES : NEWS_BUDGET;
    bool refused;

    daemon_imap_session_begin(imap, budget);
    if (!fetch(imap, set, WANT_LISTING, &result, &refused, error))
        return false;
    if (refused) {
        /* One mail whose size the server cannot tell must not hide the others. */
        daemon_imap_session_begin(imap, budget);
        if (!fetch(imap, set, WANT_UID, &result, &refused, error))
            return false;
    }
    if (refused)
        return daemon_imap_session_refused(daemon_tls_stream_said(imap->stream),
                                           DAEMON_ERROR_PROTOCOL, "listing", error);
    note_listed(result, first, last, items);
    /* The cursor could not pass it: everything would be read again for ever. */
    if (items->len > 0 && g_array_index(items, DaemonStoreItem, items->len - 1).uid == G_MAXUINT32)
        return daemon_throw(error, DAEMON_ERROR_PROTOCOL, "listing: the server is out of UIDs");
    return true;
}

static bool
refresh(DaemonImap *imap, GError **error)
{
    daemon_imap_session_begin(imap, DAEMON_IMAP_SMALL);
    return daemon_imap_session_check(imap, mailimap_noop(imap->etpan), DAEMON_ERROR_PROTOCOL,
                                     "noop", error);
}

bool
daemon_imap_fetch_list(DaemonImap *imap, guint32 next_uid, GArray *items, guint32 *out_next,
                       GError **error)
{
    guint32 first = MAX(next_uid, 1), last;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(DaemonStoreItem));

    /* What was there when the mailbox was selected, in windows: gaps of millions cost nothing. */
    while (first < imap->store.uidnext) {
        last = (guint32)MIN((guint64)first + imap->window - 1, (guint64)imap->store.uidnext - 1);
        if (!list_range(imap, first, last, found, error))
            return false;
        first = last + 1;
        if (found->len > 0) {
            imap->window = MAX(imap->window / 2, DAEMON_IMAP_WINDOW);
            break;
        }
        imap->window = MIN(imap->window * 4, WINDOW_MAX);
    }
    if (found->len == 0) {
        if (!refresh(imap, error) || !list_range(imap, first, 0, found, error))
            return false;
        if (found->len > 0)
            first = g_array_index(found, DaemonStoreItem, found->len - 1).uid + 1;
    }
    g_array_append_vals(items, found->data, found->len);
    *out_next = first;
    return true;
}

static void
free_part(gpointer part)
{
    mailimap_nstring_free(part);
}

/* What a section holds, taken from it: a copy would be as large as the mail. */
static GBytes *
take_part(struct mailimap_msg_att_body_section *section)
{
    char *part = g_steal_pointer(&section->sec_body_part);

    return g_bytes_new_with_free_func(part, section->sec_length, free_part, part);
}

static void
put_bytes(const clist *result, const GArray *items, GPtrArray *bytes, guint base)
{
    for (clistiter *at = clist_begin(result); at != NULL; at = clist_next(at)) {
        Response response = read_response(clist_content(at));

        if (response.section == NULL)
            continue;
        for (guint i = 0; i < items->len; i++)
            if (g_array_index(items, DaemonStoreItem, i).uid == response.item.uid &&
                bytes->pdata[base + i] == NULL && response.section->sec_body_part != NULL)
                bytes->pdata[base + i] = take_part(response.section);
    }
}

/* Exchange is known to announce too little for some mails; a size of 0 is not known at all. */
static guint64
bytes_for(const DaemonImap *imap, guint64 size)
{
    guint64 whole = (guint64)imap->mailbox->message_max * 1024 * 1024;

    return (size == 0 ? whole : MIN(size + size / 2, whole)) + SLACK_BYTES;
}

static guint64
budget_for(const DaemonImap *imap, const GArray *items, DaemonStorePart part)
{
    guint64 budget = SLACK_BYTES;

    for (guint i = 0; i < items->len; i++)
        budget += part == DAEMON_STORE_HEADERS
                      ? HEADER_BYTES
                      : bytes_for(imap, g_array_index(items, DaemonStoreItem, i).size);
    return budget;
}

/* One command for all of items. */
static bool
fetch_together(DaemonImap *imap, const GArray *items, DaemonStorePart part, GPtrArray *bytes,
               bool *out_refused, GError **error)
{
    g_autoptr(GArray) uids = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(ImapSet) set = NULL;
    g_autoptr(ImapFetchResult) result = NULL;
    guint base = bytes->len;

    for (guint i = 0; i < items->len; i++)
        g_array_append_val(uids, g_array_index(items, DaemonStoreItem, i).uid);
    set = daemon_imap_fetch_set(uids);
    g_ptr_array_set_size(bytes, (gint)(base + items->len));
    daemon_imap_session_begin(imap, budget_for(imap, items, part));
    if (!fetch(imap, set, part == DAEMON_STORE_HEADERS ? WANT_HEADERS : WANT_WHOLE, &result,
               out_refused, error))
        return false;
    if (!*out_refused)
        put_bytes(result, items, bytes, base);
    return true;
}

/* One mail that the server cannot give must not keep the others back. */
static bool
fetch_singly(DaemonImap *imap, const GArray *items, DaemonStorePart part, GPtrArray *bytes,
             GError **error)
{
    for (guint i = 0; i < items->len; i++) {
        g_autoptr(GArray) one = g_array_new(FALSE, FALSE, sizeof(DaemonStoreItem));
        bool refused;

        g_array_append_val(one, g_array_index(items, DaemonStoreItem, i));
        if (!fetch_together(imap, one, part, bytes, &refused, error))
            return false;
    }
    return true;
}

bool
daemon_imap_fetch_bytes(DaemonImap *imap, const GArray *items, DaemonStorePart part,
                        GPtrArray *bytes, GError **error)
{
    guint base = bytes->len;
    bool refused = false;

    if (items->len == 0)
        return true;
    if (!fetch_together(imap, items, part, bytes, &refused, error))
        return false;
    if (!refused || items->len == 1)
        return true;
    g_ptr_array_set_size(bytes, (gint)base);
    return fetch_singly(imap, items, part, bytes, error);
}

/* A mail on its way through. */
typedef struct {
    const DaemonStoreSink *sink;
    const struct mailimap_msg_att_body_section *section; /* the one that is let through */
    GError *failure;                                     /* of the sink */
} Flow;

/* What libetpan calls.  A server may send a mail twice: the first counts. */
static bool
pour(int type, struct mailimap_msg_att_body_section *section, const char *bytes, size_t length,
     void *data)
{
    Flow *flow = data;

    if (flow->section == NULL)
        flow->section = section;
    if (type != MAILIMAP_MSG_ATT_BODY_SECTION || section != flow->section)
        return true;
    return flow->sink->take(flow->sink->user, bytes, length, &flow->failure);
}

/* Whether what came, be it nothing, is the mail that was asked for. */
static bool
was_given(const Flow *flow, const clist *result, guint32 uid)
{
    for (clistiter *at = clist_begin(result); at != NULL; at = clist_next(at)) {
        Response response = read_response(clist_content(at));

        if (response.section != NULL && response.item.uid == uid &&
            response.section->sec_body_part != NULL)
            return flow->section == NULL || flow->section == response.section;
    }
    return false;
}

bool
daemon_imap_fetch_stream(DaemonImap *imap, const DaemonStoreItem *item, const DaemonStoreSink *sink,
                         bool *out_given, GError **error)
{
    g_autoptr(ImapSet) set = mailimap_set_new_single(item->uid);
    g_autoptr(ImapFetchResult) result = NULL;
    Flow flow = {sink, NULL, NULL};
    bool refused = false, good;

    daemon_imap_session_begin(imap, bytes_for(imap, item->size) + SLACK_BYTES);
    mailimap_set_msg_body_handler(imap->etpan, pour, &flow);
    good = fetch(imap, set, WANT_WHOLE, &result, &refused, error);
    mailimap_set_msg_body_handler(imap->etpan, NULL, NULL);
    if (flow.failure != NULL) {
        if (error != NULL)
            g_clear_error(error);
        g_propagate_error(error, flow.failure);
        return false;
    }
    if (!good)
        return false;
    *out_given = !refused && was_given(&flow, result, item->uid);
    return true;
}

bool
daemon_imap_fetch_present(DaemonImap *imap, const GArray *uids, GArray *present, GError **error)
{
    g_autoptr(ImapSet) set = daemon_imap_fetch_set(uids);
    g_autoptr(ImapFetchResult) result = NULL;
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    bool refused;

    daemon_imap_session_begin(imap, (guint64)uids->len * LISTING_BYTES + SLACK_BYTES);
    if (!fetch(imap, set, WANT_UID, &result, &refused, error))
        return false;
    if (refused)
        return daemon_imap_session_refused(daemon_tls_stream_said(imap->stream),
                                           DAEMON_ERROR_PROTOCOL, "listing", error);
    for (clistiter *at = clist_begin(result); at != NULL; at = clist_next(at))
        g_hash_table_add(seen, GUINT_TO_POINTER(read_response(clist_content(at)).item.uid));
    for (guint i = 0; i < uids->len; i++) {
        guint32 uid = g_array_index(uids, guint32, i);

        if (g_hash_table_contains(seen, GUINT_TO_POINTER(uid)))
            g_array_append_val(present, uid);
    }
    return true;
}
