/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * spool/postgres-column.c - what PostgreSQL answers, from the bytes of its binary format.
 *
 * Runs in:  every role.
 * Source:   doc/spool.md, "PostgreSQL"
 */
#include "config.h"

#include <string.h>

#include "spool/postgres-private.h"

static const SpoolPgRows *
running(const SpoolSqlRows *rows)
{
    return rows->statement;
}

bool
spool_postgres_is_null(const SpoolSqlRows *rows, int column)
{
    return PQgetisnull(running(rows)->result, running(rows)->row, column) != 0;
}

const void *
spool_postgres_blob(const SpoolSqlRows *rows, int column, gsize *out_length)
{
    const SpoolPgRows *now = running(rows);

    *out_length = (gsize)PQgetlength(now->result, now->row, column);
    return spool_postgres_is_null(rows, column) ? NULL : PQgetvalue(now->result, now->row, column);
}

const char *
spool_postgres_text(const SpoolSqlRows *rows, int column)
{
    gsize length = 0;

    return spool_postgres_blob(rows, column, &length);
}

/* Up to eight bytes, the highest first. */
static guint64
read_bytes(const guint8 *data, gsize length)
{
    guint64 value = 0;

    for (gsize i = 0; i < length && i < sizeof value; i++)
        value = value << 8 | data[i];
    return value;
}

double
spool_postgres_real(const SpoolSqlRows *rows, int column)
{
    gsize length = 0;
    const guint8 *data = spool_postgres_blob(rows, column, &length);
    double real = 0;

    if (PQftype(running(rows)->result, column) != SPOOL_PG_FLOAT8)
        return (double)spool_postgres_int(rows, column);
    if (data != NULL && length == sizeof real) {
        guint64 bits = read_bytes(data, length);

        memcpy(&real, &bits, sizeof real);
    }
    return real;
}

gint64
spool_postgres_int(const SpoolSqlRows *rows, int column)
{
    gsize length = 0;
    const guint8 *data = spool_postgres_blob(rows, column, &length);

    if (data == NULL)
        return 0;
    switch (PQftype(running(rows)->result, column)) {
    case SPOOL_PG_BOOL:
        return data[0] != 0;
    case SPOOL_PG_INT2:
        return (gint16)read_bytes(data, length);
    case SPOOL_PG_INT4:
        return (gint32)read_bytes(data, length);
    case SPOOL_PG_INT8:
        return (gint64)read_bytes(data, length);
    case SPOOL_PG_FLOAT8:
        return (gint64)spool_postgres_real(rows, column);
    default:
        /* One of our texts asks for a sum or a text as if it were a number. */
        g_assert_not_reached();
    }
}
