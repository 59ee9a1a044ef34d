# spool/: everything that must survive a power cut: mail, states, records, outbox, audit.
noinst_LIBRARIES += libspool.a
libspool_a_SOURCES = \
	%D%/alert.c %D%/alert.h \
	%D%/account.c %D%/account.h \
	%D%/account-proof.c \
	%D%/act.c %D%/act.h \
	%D%/answers.c %D%/answers.h \
	%D%/audit.c %D%/audit.h \
	%D%/canary.c %D%/canary.h \
	%D%/contact.c %D%/contact.h \
	%D%/content.c %D%/content.h \
	%D%/crypt.c %D%/crypt.h \
	%D%/db.c %D%/db.h \
	%D%/device.c %D%/device.h \
	%D%/draft.c \
	%D%/entry.c %D%/entry.h \
	%D%/error.c %D%/error.h \
	%D%/expiry.c %D%/expiry.h \
	%D%/handover.c %D%/handover.h \
	%D%/item.c %D%/item.h \
	%D%/item-make.c \
	%D%/lease.c %D%/lease.h \
	%D%/mark.c %D%/mark.h \
	%D%/message.c %D%/message.h \
	%D%/message-claim.c \
	%D%/message-move.c \
	%D%/node.c %D%/node.h \
	%D%/outbox.c %D%/outbox.h \
	%D%/outbox-clock.c \
	%D%/outbox-mend.h \
	%D%/outbox-note.c %D%/outbox-note.h \
	%D%/outbox-queue.c \
	%D%/outbox-read.c \
	%D%/overview.c %D%/overview.h \
	%D%/owner.c %D%/owner.h \
	%D%/password.c %D%/password.h \
	%D%/postgres.c %D%/postgres-private.h \
	%D%/postgres-column.c \
	%D%/postgres-error.c \
	%D%/postgres-rows.c \
	%D%/printed.c %D%/printed.h \
	%D%/private.h \
	%D%/record.h \
	%D%/record-commit.c \
	%D%/record-field.c \
	%D%/record-history.c \
	%D%/record-read.c \
	%D%/reference.c %D%/reference.h \
	%D%/schema.c \
	%D%/schema-versions.c \
	%D%/search.c %D%/search.h \
	%D%/search-mend.c \
	%D%/search-parts.c %D%/search-parts.h \
	%D%/search-words.c %D%/search-words.h \
	%D%/session.c %D%/session.h \
	%D%/sql.c %D%/sql.h \
	%D%/sql-backend.h \
	%D%/sqlite.c \
	%D%/stage.c %D%/stage.h \
	%D%/state.c %D%/state.h \
	%D%/task.c %D%/task.h \
	%D%/text.c \
	%D%/tries.c %D%/tries.h \
	%D%/trouble.c %D%/trouble.h
libspool_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS) $(PQ_CFLAGS) $(OPENSSL_CFLAGS)
SPOOL_LIBS = $(SQLITE_LIBS) $(PQ_LIBS) $(OPENSSL_LIBS) $(GLIB_LIBS)
