/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/settings.h - the settings file, read once at start.
 *
 * One row of a table for each setting; doc/settings.md and the man page are made from it.
 *
 * Runs in:  every role, read before privileges are dropped.
 * Source:   the contract, "Settings"; doc/settings.md
 */
#ifndef DAEMON_SETTINGS_H
#define DAEMON_SETTINGS_H

#include "daemon/error.h"
#include "templates/areas.h"
#include "templates/calendar.h"
#include "templates/domains.h"

typedef enum { DAEMON_TLS_IMPLICIT, DAEMON_TLS_STARTTLS, DAEMON_TLS_NONE } DaemonTls;
typedef enum { DAEMON_ROLE_LADO_PARENTS, DAEMON_ROLE_CLS_LEGACY } DaemonMailboxRole;
typedef enum { DAEMON_SCHEME_IMAP, DAEMON_SCHEME_SMTP, DAEMON_SCHEME_MAILDIR } DaemonScheme;

/* Where a server or a folder is; taken apart from a url and checked. */
typedef struct {
    DaemonScheme scheme;
    DaemonTls tls;
    char *user; /* from the url or the user key, or NULL */
    char *host; /* NULL for maildir */
    guint port;
    char *folder; /* IMAP mailbox name ("INBOX") or maildir path */
} DaemonServer;

/* Where tokens are had, and what proves that we may. */
typedef struct {
    char *name; /* of the group */
    char *token_url, *client_id, *scope;
    char *client_secret_file, *secret_ends_text; /* or NULL: by key */
    char *key_file, *certificate_file;           /* or NULL: by secret */
    char *ca_file;
    gint64 secret_ends; /* microseconds UTC; 0: not known */
} DaemonOauth;

typedef struct {
    char *name; /* of the group: "lado-parents" */
    DaemonServer server;
    char *password_file;  /* or NULL */
    char *oauth;          /* name of a DaemonOauth, or NULL: by password */
    char *ca_file;        /* or NULL: the system's */
    GPtrArray *addresses; /* char*, lower case: ours, the first is the main one */
    DaemonMailboxRole role;
    gint64 professional_cutoff; /* microseconds UTC: 00:00 local of the day set */
    guint poll_interval;        /* s: a look at the mailbox even without IDLE news */
    guint idle_refresh;         /* s: IDLE is renewed this often (RFC 2177: under 29 min) */
    guint timeout;              /* s: silence that ends a connection */
    guint message_max;          /* MiB: larger mails are not fetched but held */
    guint batch;                /* mails fetched and committed at once */
    char *start_date;           /* day from which on mails are ours, as written; or NULL: all are */
    gint64 start;               /* microseconds UTC: 00:00 local of it; 0: all */
    char *junk_folder;          /* read as well, as a mailbox NAME-junk of its own; or NULL */
    bool junk;                  /* this is such a one: it is only read, and nobody is answered */
    guint canary_interval;      /* minutes between two canaries; 0: none */
    guint canary_patience;      /* minutes within which one must come back */
} DaemonMailbox;

typedef struct {
    /* [service] */
    char *name;
    char *portal_url;
    char *timezone;
    char *authserv_id; /* DAEMON_SETTING_UNNAMED, or NULL: no verdict counts */
    char *message_id_domain;
    char *templates;           /* a council's own template folder, or NULL */
    char *language;            /* of replies: a subfolder of mails */
    TemplatesAreas *areas;     /* councils next door */
    TemplatesDomains *domains; /* whose addresses are whose */
    guint alert_limit;         /* alerts in an hour, before one digest stands for all */
    char *duty_address;        /* who is alerted to words of danger, or NULL: nobody is */
    char *consultation_hours;  /* as written; consultation is what it says */
    TemplatesHours consultation;
    char **closures;            /* days such as "2026-12-29" on which nobody works; never NULL */
    char *user;                 /* account that roles run as when started as root */
    guint parsers;              /* parser processes; 0: one a core */
    guint parser_timeout;       /* s */
    guint parser_memory;        /* MiB */
    guint reply_limit;          /* replies to one address in 24 hours */
    guint reply_limit_domain;   /* replies to one organisation in an hour */
    guint reply_limit_all;      /* replies to anybody in an hour; beyond it the breaker opens */
    bool convert;               /* documents that no reader knows, by programs outside the cage */
    bool reply_unauthenticated; /* answer when our gateway gave no verdict at all */
    /* [contacts]: shown in replies */
    GHashTable *contacts; /* key -> text, for the templates */
    /* [spool] */
    char *spool_url, *spool_node; /* node: see daemon_settings_node() */
    char *master_key_file;
    /* [mailbox NAME] */
    GPtrArray *mailboxes; /* DaemonMailbox */
    /* [oauth NAME] */
    GPtrArray *oauths; /* DaemonOauth */
    /* [smtp] */
    bool has_smtp;
    DaemonServer smtp;
    char *smtp_from, *smtp_from_address; /* as in the From field, and the address alone */
    char *bounce_address; /* pattern with one "*", or NULL: bounces go to smtp_from_address */
    char *smtp_oauth;     /* name of a DaemonOauth, or NULL: by password */
    char *smtp_password_file, *smtp_ca_file;
    guint smtp_timeout;   /* s */
    guint smtp_retry_min; /* s: first pause after a temporary failure; doubles each time */
    guint smtp_retry_max; /* s */
    guint smtp_expire;    /* hours after which a reply is given up */
    guint smtp_connections, smtp_rate; /* a minute; 0: as is known of the relay */
    char *smtp_require_tls;            /* domains separated by semicolons, or NULL */
    /* [review] */
    char *review_listen; /* or NULL: no staff pages */
    char *review_url;    /* or NULL */
    guint review_workers;
    char *review_certificate_file, *review_key_file; /* or NULL: no TLS */
    guint review_session_minutes;
    char *review_proxies;                       /* or NULL */
    char *review_sso_header, *review_sso_peers; /* or NULL: people sign in here */
    /* [export] */
    char *export_webhook_url; /* or NULL: records are not handed over */
    char *export_webhook_secret_file, *export_webhook_ca_file;
    guint export_webhook_expire; /* hours */
} DaemonSettings;

/* Read and check a settings file.
 *
 * path: borrowed.
 * for_daemon: also require what only the daemon needs (spool, keys, smtp); false for "examine".
 *
 * Errors: DAEMON_ERROR_SETTINGS, _FILE: each text names file, group and key and says what to do. */
bool daemon_settings_load(const char *path, bool for_daemon, DaemonSettings **out_settings,
                          GError **error);
void daemon_settings_free(DaemonSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaemonSettings, daemon_settings_free)

/* Built-in settings for "examine" without a file: the two roles of the contract, no addresses. */
DaemonSettings *daemon_settings_embedded(void);

/* The mailbox of that name, or NULL; borrowed. */
const DaemonMailbox *daemon_settings_mailbox(const DaemonSettings *settings, const char *name);

/* The token source of that name, or NULL, also for no name; borrowed. */
const DaemonOauth *daemon_settings_oauth(const DaemonSettings *settings, const char *name);

/* Our name among those that share the spool; borrowed. */
const char *daemon_settings_node(const DaemonSettings *settings);
/* The reference of all settings as Markdown (doc/settings.md); the caller frees. */
char *daemon_settings_reference(void);

#endif
