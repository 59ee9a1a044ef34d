# spool/: everything that must survive a power cut: mail, states, records, outbox, audit.
noinst_LIBRARIES += libspool.a
libspool_a_SOURCES = \
	%D%/audit.h \
	%D%/db.h \
	%D%/error.c %D%/error.h \
	%D%/message.h \
	%D%/outbox.h \
	%D%/record.h \
	%D%/reference.h \
	%D%/state.h
libspool_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS) $(OPENSSL_CFLAGS)
SPOOL_LIBS = $(SQLITE_LIBS) $(OPENSSL_LIBS) $(GLIB_LIBS)
