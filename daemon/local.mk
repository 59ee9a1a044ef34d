# daemon/: everything that talks, waits, decides, logs or reads settings.
noinst_LIBRARIES += libdaemon.a
libdaemon_a_SOURCES = \
	%D%/address.c %D%/address.h \
	%D%/area.c %D%/area.h \
	%D%/backoff.c %D%/backoff.h \
	%D%/case.c %D%/case.h \
	%D%/doorbell.c %D%/doorbell.h \
	%D%/error.c %D%/error.h \
	%D%/imap-fetch.c %D%/imap-fetch.h \
	%D%/imap-folder.c %D%/imap-folder.h \
	%D%/imap-guard.c %D%/imap-guard.h \
	%D%/imap-idle.c %D%/imap-idle.h \
	%D%/imap-login.c %D%/imap-login.h \
	%D%/imap-session.c %D%/imap-session.h \
	%D%/imap.c %D%/imap.h \
	%D%/log.c %D%/log.h \
	%D%/policy.c %D%/policy.h \
	%D%/reply-rules.c %D%/reply-rules.h \
	%D%/rules.h \
	%D%/rules-machine.c \
	%D%/rules-referral.c \
	%D%/rules-rest.c \
	%D%/parser.c %D%/parser.h \
	%D%/mailbox-move.c %D%/mailbox-move.h \
	%D%/mailbox-state.c %D%/mailbox-state.h \
	%D%/mailbox-take.c %D%/mailbox-take.h \
	%D%/mailbox.c %D%/mailbox.h \
	%D%/maildir-uids.c %D%/maildir-uids.h \
	%D%/maildir.c %D%/maildir.h \
	%D%/secret.c %D%/secret.h \
	%D%/settings.c %D%/settings.h \
	%D%/settings-table.c %D%/settings-table.h \
	%D%/settings-url.c %D%/settings-url.h \
	%D%/settings.c %D%/settings.h \
	%D%/store.c %D%/store.h \
	%D%/tcp.c %D%/tcp.h \
	%D%/tls-stream.c %D%/tls-stream.h \
	%D%/tls-verify.c %D%/tls-verify.h \
	%D%/writer.c %D%/writer.h
libdaemon_a_CFLAGS = $(AM_CFLAGS) $(ETPAN_CFLAGS) $(OPENSSL_CFLAGS) $(CURL_CFLAGS) \
	$(JANSSON_CFLAGS) $(SECCOMP_CFLAGS)
DAEMON_LIBS = $(ETPAN_LIBS) $(CURL_LIBS) $(JANSSON_LIBS) $(OPENSSL_LIBS) $(SECCOMP_LIBS) $(GLIB_LIBS)
# What every program but the parser links, in layer order.
ALL_ARCHIVES = libdaemon.a libtemplates.a libspool.a libparsers.a
