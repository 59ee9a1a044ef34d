/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/settings-table.c - the table of settings, and the reference made from it.
 *
 * A setting is one row: group, key, place in the struct, bounds, default, unit,
 * meaning.  Reading, checking and doc/settings.md all follow this table.
 *
 * Runs in:  every role.
 * Source:   the contract, "Settings"
 */
#include "config.h"

#include "daemon/settings-table.h"

/* clang-format off */
/* The kind follows from the field's C type; any other type does not compile. */
#define KIND_OF(type, field)                        \
    _Generic(((type *)NULL)->field,                 \
        char *: DAEMON_SETTING_TEXT,                \
        guint:  DAEMON_SETTING_UINT,                \
        bool:   DAEMON_SETTING_BOOL)
#define IN(type, field) KIND_OF(type, field), true, G_STRUCT_OFFSET(type, field)
#define S(group, key, field, min, max, preset, unit, meaning) \
    { group, key, IN(DaemonSettings, field), min, max, preset, unit, meaning }
#define O(key, field, preset, meaning) \
    { "oauth NAME", key, IN(DaemonOauth, field), 0, 0, preset, "", meaning }
#define M(key, field, min, max, preset, unit, meaning) \
    { "mailbox NAME", key, IN(DaemonMailbox, field), min, max, preset, unit, meaning }
/* Read by code of its own in settings.c; here for the reference. */
#define X(group, key, preset, meaning) \
    { group, key, DAEMON_SETTING_TEXT, false, 0, 0, 0, preset, "", meaning }

const DaemonSettingRow daemon_setting_rows[] = {
    S("service", "name", name, 0, 0, "County LADO Service", "",
      "Name of the service, as replies sign."),
    S("service", "portal-url", portal_url, 0, 0,
      "https://www.kscmp.org.uk/procedures/local-authority-designated-officer-lado", "",
      "Page that leads professionals to the portal."),
    S("service", "timezone", timezone, 0, 0, "Europe/London", "",
      "Time zone of office hours, dates and the cut-off."),
    S("service", "authserv-id", authserv_id, 0, 0, NULL, "",
      "Our gateway's name in Authentication-Results (RFC 8601): the word before the first semicolon. "
      "Only its verdicts count. Exchange Online writes no name there: say " DAEMON_SETTING_UNNAMED ", and the "
      "topmost such field of a mail counts, if it has no name (doc/exchange-online.md). Without "
      "this setting no verdict counts."),
    S("service", "message-id-domain", message_id_domain, 0, 0, "postern.invalid", "",
      "Right side of the Message-ID of our own mails; mails that refer to it are answers to "
      "ours."),
    S("service", "templates", templates, 0, 0, NULL, "",
      "A council's own template folder; its files win over the built-in ones of the same "
      "name."),
    S("service", "language", language, 0, 0, "en", "",
      "Language of replies: the subfolder of mails, such as cy, that has all its files. Not mixed: a "
      "file that is missing there is an error at start."),
    S("service", "duty-address", duty_address, 0, 0, NULL, "",
      "Who is alerted at once, by a mail that holds nothing but the reference, when the words of a "
      "mail may mean danger now. One address, not one of our own mailboxes. Without it nobody is."),
    S("service", "alert-limit", alert_limit, 1, 1000, "10", "alerts",
      "Alerts to duty-address in an hour. Beyond it one mail in an hour says how many urgent items "
      "wait; each stays at the top of the queue."),
    S("service", "consultation-hours", consultation_hours, 0, 0, "10:00-16:00", "",
      "When the No Named consultation is answered on working days."),
    X("service", "closures", NULL,
      "Further days on which the office is closed, separated by semicolons: "
      "2026-12-29;2026-12-30. Bank holidays are known."),
    S("service", "user", user, 0, 0, NULL, "",
      "Account that the roles run as, and whose the spool's files are, when root starts Postern or "
      "a command; by default the owner of the folder that holds the spool."),
    S("service", "parsers", parsers, 0, 64, "0", "processes",
      "Parser processes; 0 means one for each core."),
    S("service", "parser-timeout", parser_timeout, 1, 300, "20", "s",
      "A parser that needs longer for one mail is killed."),
    S("service", "parser-memory", parser_memory, 64, 4096, "128", "MiB",
      "Address space that reading one mail may take; at least 512 where pictures are read."),
    S("service", "convert", convert, 0, 1, "true", "",
      "Have documents that Postern cannot read itself (Works, WordPerfect, Excel, HEIC and others) "
      "converted by LibreOffice and libheif inside bubblewrap, where these are installed; the staff "
      "pages then show office files as pages, too."),
    S("service", "reply-limit", reply_limit, 1, 1000, "5", "replies",
      "Replies to one address in 24 hours; mails beyond it are kept, unanswered."),
    S("service", "reply-limit-domain", reply_limit_domain, 1, 100000, "5000", "replies",
      "Replies to one organisation's addresses in an hour; mails beyond it are kept, unanswered."),
    S("service", "reply-limit-all", reply_limit_all, 1, 100000, "10000", "replies",
      "Replies to anybody in an hour. Beyond it nobody is answered for the rest of the hour, mails "
      "are kept, and staff get a task. Set it to some times what your busiest hour needs."),
    S("service", "reply-unauthenticated", reply_unauthenticated, 0, 1, "true", "",
      "Also answer mails on which our gateway left no verdict. A failed check is never "
      "answered."),
    X("contacts", "KEY", NULL,
      "Any telephone number, address or link that a template names; see doc/replies.md for "
      "the keys and what is built in."),
    S("spool", "url", spool_url, 0, 0, NULL, "",
      "Where everything is kept: sqlite:/path/to/postern.db, or postgresql://user@host/database, "
      "which several nodes may share. A password does not belong here: name a file that has it, "
      "?passfile=/etc/postern/database.password (doc/spool.md)."),
    S("spool", "node", spool_node, 0, 0, NULL, "",
      "Name of this machine among those that share a PostgreSQL database, each one its own; by "
      "default the name of the host."),
    S("spool", "master-key-file", master_key_file, 0, 0, NULL, "",
      "File with the master key: 32 bytes, 64 hexadecimal digits, or 44 characters of base 64. Made by: postern "
      "make-key FILE"),
    X("mailbox NAME", "url", NULL,
      "imaps://user@host:993/INBOX, imap://user@host:143/INBOX, or maildir:/path"),
    X("mailbox NAME", "user", NULL,
      "Account at the mail server, when it is not in the url."),
    X("mailbox NAME", "address", NULL,
      "Our addresses on this mailbox, the main one first, separated by semicolons."),
    X("mailbox NAME", "role", NULL, "lado-parents or cls-legacy"),
    X("mailbox NAME", "tls", "implicit for imaps, else starttls",
      "implicit, starttls, or none (only for an address of this machine)"),
    X("mailbox NAME", "professional-cutoff", "2023-04-16",
      "Day from whose first minute on professionals must use the portal, by the server's "
      "receipt time."),
    M("password-file", password_file, 0, 0, NULL, "", "File with the mailbox's password."),
    M("oauth", oauth, 0, 0, NULL, "",
      "Instead of a password: the NAME of the [oauth NAME] that gives tokens."),
    M("ca-file", ca_file, 0, 0, NULL, "",
      "Certificate authority of the mail server, when it is a private one (PEM)."),
    M("poll-interval", poll_interval, 1, 86400, "60", "s",
      "Pause between two looks at the mailbox, at most: with IDLE the server wakes us sooner. Without "
      "IDLE every 20 seconds, or this often where that is less."),
    M("idle-refresh", idle_refresh, 5, 1700, "25", "s",
      "IDLE is renewed this often, so that a dead connection is found within this and the timeout "
      "(RFC 2177: within 29 minutes)."),
    M("timeout", timeout, 1, 120, "30", "s", "Silence of the server that ends the connection."),
    M("message-max", message_max, 1, 100, "50", "MiB",
      "A larger mail stays in the inbox, unread, and is held for a person."),
    M("batch", batch, 1, 500, "50", "mails", "Mails fetched and committed at once."),
    M("start-date", start_date, 0, 0, NULL, "",
      "Day of the first mail that is ours, such as 2026-09-01, by the server's receipt time. Mails before "
      "the first one of that day are left alone. Without it all that lies in the folder is ours."),
    M("junk-folder", junk_folder, 0, 0, NULL, "",
      "Folder of the same account that is read as well, such as Junk Email, and never changed. Its "
      "mails are listed under NAME-junk: what a person may have written is held, nobody is answered."),
    M("canary-interval", canary_interval, 0, 10080, "0", "minutes",
      "How often a mail to the mailbox' own address proves its way in and out; 0: never. See "
      "doc/imap.md."),
    M("canary-patience", canary_patience, 1, 1440, "15", "minutes",
      "A canary that is not back by then raises an alarm."),
    O("token-url", token_url, NULL,
      "Where tokens are had: https://login.microsoftonline.com/TENANT/oauth2/v2.0/token"),
    O("client-id", client_id, NULL, "The application's id."),
    O("scope", scope, "https://outlook.office365.com/.default", "What the token is for."),
    O("client-secret-file", client_secret_file, NULL, "File with the application's secret."),
    O("secret-ends", secret_ends_text, NULL,
      "Day on which the secret ends, such as 2027-03-31; warned of for six weeks."),
    O("key-file", key_file, NULL,
      "Instead of a secret: the application's private key (RSA, PEM). Safer: it is never sent."),
    O("certificate-file", certificate_file, NULL, "The certificate of that key (PEM)."),
    O("ca-file", ca_file, NULL,
      "Certificate authority of the token server, when it is a private one (PEM)."),
    X("smtp", "url", NULL, "smtp://host:587, smtps://host:465, or maildir:/path"),
    X("smtp", "user", NULL, "Account for SMTP AUTH; none: no authentication."),
    X("smtp", "tls", "implicit for smtps, else starttls",
      "implicit, starttls, or none (only for an address of this machine)"),
    S("smtp", "from", smtp_from, 0, 0, NULL, "",
      "From field of replies: County LADO Service <lado@example.org>"),
    S("smtp", "bounce-address", bounce_address, 0, 0, NULL, "",
      "Where bounces go, with a * that becomes a signed mark of each reply, such as "
      "lado+*@example.org; it must be delivered to one of the mailboxes. Without it they go to the "
      "address of from."),
    S("smtp", "oauth", smtp_oauth, 0, 0, NULL, "",
      "Instead of a password: the NAME of the [oauth NAME] that gives tokens."),
    S("smtp", "password-file", smtp_password_file, 0, 0, NULL, "", "File with the SMTP password."),
    S("smtp", "ca-file", smtp_ca_file, 0, 0, NULL, "",
      "Certificate authority of the relay, when it is a private one (PEM)."),
    S("smtp", "timeout", smtp_timeout, 1, 900, "60", "s",
      "Silence of the relay that ends the attempt."),
    S("smtp", "retry-min", smtp_retry_min, 1, 86400, "60", "s",
      "First pause after a temporary failure; it doubles each time."),
    S("smtp", "retry-max", smtp_retry_max, 1, 86400, "3600", "s",
      "Longest pause between two attempts."),
    S("smtp", "expire", smtp_expire, 1, 720, "72", "hours",
      "A reply that could not be sent for so long is given up and becomes a task for staff."),
    S("smtp", "connections", smtp_connections, 1, 16, "8", "connections",
      "Connections to the relay at once, when hundreds of replies wait; else there is one."),
    S("smtp", "rate", smtp_rate, 0, 60000, "0", "replies",
      "Replies that may leave in a minute. 0: no limit, but 30 for Exchange Online, which takes no "
      "more. Alerts and replies to urgent mails leave first."),
    S("smtp", "require-tls", smtp_require_tls, 0, 0, NULL, "",
      "Domains, with all below them, to which a reply may travel only by TLS on its whole way, "
      "separated by semicolons: gov.uk;nhs.net. The relay must offer REQUIRETLS (RFC 8689); where it "
      "does not, such a reply is not sent and becomes a task for staff. Without REQUIRETLS leave "
      "this out and require TLS for these domains at the relay."),
    S("review", "listen", review_listen, 0, 0, NULL, "",
      "Where the staff pages are served: 127.0.0.1:8080 or [::1]:8080. Another address than one of "
      "this machine needs a certificate. Without it there are no staff pages."),
    S("review", "url", review_url, 0, 0, NULL, "",
      "What staff type to reach the pages, such as https://postern.council.example, when a reverse "
      "proxy stands before them. With https cookies are for TLS only."),
    S("review", "workers", review_workers, 1, 16, "2", "processes",
      "Processes that serve the pages."),
    S("review", "certificate-file", review_certificate_file, 0, 0, NULL, "",
      "Certificate chain of the pages (PEM)."),
    S("review", "key-file", review_key_file, 0, 0, NULL, "", "Private key of the certificate (PEM)."),
    S("review", "session-minutes", review_session_minutes, 1, 480, "20", "minutes",
      "Quiet after which somebody must sign in again."),
    S("review", "proxies", review_proxies, 0, 0, NULL, "",
      "Addresses of reverse proxies before the pages, separated by semicolons: from them "
      "X-Forwarded-For is believed, so that one who guesses passwords slows down nobody else."),
    S("review", "sso-header", review_sso_header, 0, 0, NULL, "",
      "Header in which a reverse proxy names the account that it has signed in. There are no "
      "passwords then. Needs sso-peers."),
    S("review", "sso-peers", review_sso_peers, 0, 0, NULL, "",
      "Addresses of the proxies whose sso-header is believed, separated by semicolons: 127.0.0.1"),
    S("export", "webhook-url", export_webhook_url, 0, 0, NULL, "",
      "Where records are handed over to, by HTTPS POST, when staff choose so: "
      "https://cases.council.example/postern. Without it they cannot be."),
    S("export", "webhook-secret-file", export_webhook_secret_file, 0, 0, NULL, "",
      "File with the secret that both sides know, of which signatures are made: whsec_ and base 64 of "
      "24 to 64 random bytes."),
    S("export", "webhook-ca-file", export_webhook_ca_file, 0, 0, NULL, "",
      "Certificate authority of the other side, when it is a private one (PEM)."),
    S("export", "webhook-expire", export_webhook_expire, 1, 720, "72", "hours",
      "A record that could not be handed over for so long becomes a task for staff. The pauses between "
      "attempts are those of [smtp]."),
};
/* clang-format on */

const gsize daemon_n_setting_rows = G_N_ELEMENTS(daemon_setting_rows);

static void
describe(GString *out, const DaemonSettingRow *row)
{
    g_autofree char *range =
        row->kind == DAEMON_SETTING_UINT && row->max > 0
            ? g_strdup_printf("%u to %u%s%s", row->min, row->max, row->unit[0] != '\0' ? " " : "",
                              row->unit)
            : g_strdup(row->kind == DAEMON_SETTING_BOOL ? "true or false" : row->unit);

    g_string_append_printf(out, "| `%s` | %s | %s | %s |\n", row->key,
                           row->preset != NULL ? row->preset : "", range, row->meaning);
}

char *
daemon_settings_reference(void)
{
    GString *out = g_string_new("# Settings\n\nMade from the table in `daemon/settings-table.c` by "
                                "`postern settings`; do not edit.\n\nOne file in GLib key-file "
                                "syntax, by default `/etc/postern/postern.conf`. A comment starts "
                                "with `#` at the start of a line, or with ` ;` after a value. "
                                "Secrets are read from files, never from here.\n");
    const char *group = "";

    for (gsize r = 0; r < daemon_n_setting_rows; r++) {
        if (!g_str_equal(group, daemon_setting_rows[r].group))
            g_string_append_printf(out,
                                   "\n## [%s]\n\n| key | default | range | meaning |\n"
                                   "|---|---|---|---|\n",
                                   daemon_setting_rows[r].group);
        group = daemon_setting_rows[r].group;
        describe(out, &daemon_setting_rows[r]);
    }
    return g_string_free(out, FALSE);
}
