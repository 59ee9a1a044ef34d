/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * daemon/area.c - whether a matter belongs to a council next door, by home and by workplace.
 *
 * Runs in:  intake, command line.
 * Source:   doc/deciding.md, "Where"
 */
#include "config.h"

#include <glib.h>

#include "daemon/area.h"

#define CHILDREN 9 /* looked at */

/* The area of an address; *out_known when there was one to look at. */
static const char *
area_at(const DaemonCase *mail, const char *postcode_key, const char *address_key, bool *out_known)
{
    const char *postcode = daemon_case_value(mail->findings, postcode_key);
    const char *address = daemon_case_value(mail->findings, address_key);

    *out_known = *out_known || postcode != NULL || address != NULL;
    return templates_areas_of_address(mail->settings->areas, postcode, address);
}

static const char *
home_of(const DaemonCase *mail)
{
    bool known = false, ignored = false;

    for (guint n = 1; n <= CHILDREN; n++) {
        g_autofree char *postcode = g_strdup_printf("child.%u.postcode", n);
        g_autofree char *address = g_strdup_printf("child.%u.address", n);
        const char *area = area_at(mail, postcode, address, &known);

        if (area != NULL)
            return area;
    }
    return known ? NULL : area_at(mail, "referrer.postcode", "referrer.address", &ignored);
}

DaemonArea
daemon_area_of(const DaemonCase *mail)
{
    DaemonArea area = {0};

    if (mail->settings->areas == NULL)
        return area;
    area.home = home_of(mail);
    area.work = templates_areas_of_address(
        mail->settings->areas, NULL, daemon_case_value(mail->findings, "adult.employer_address"));
    if (area.home == NULL && area.work == NULL && !mail->findings->has_form)
        area.words = templates_areas_of_words(mail->settings->areas, mail->findings->text);
    return area;
}
