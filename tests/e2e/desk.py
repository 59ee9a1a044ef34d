#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/desk.py - a working day at the staff desk, in a real browser.
#
# posternd between Maildirs; Chromium signs in, takes, corrects, decides, restricts, prints.  axe-core
# looks at every page on the way, light and dark; nothing scrolls sideways at any zoom.
#
# Usage:    top_srcdir=... top_builddir=... desk.py
# Source:   doc/review.md; WCAG 2.2

import base64
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)),
                os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")]
import browser  # noqa: E402
from desk_browser import Desk  # noqa: E402
from desk_world import (PASSWORD, Client, World, check, code, finish, form_mail, sample,  # noqa: E402
                        story_mail, two_forms, until)

ACT_PAGES = ("take", "hand", "accept", "redirect", "hold", "link", "split", "reply", "note", "urgent",
             "close", "reopen", "this-was-a-parent")


DANGER = "He is outside our house with a knife, he says he will kill him. My son is upstairs."


def deliver(world):
    """Six mails; returns the record ids by what they are."""
    for box, mail in (("lado-parents", form_mail(1, "Robert Stubbs")),
                      ("lado-parents", form_mail(2, "Bob Stubbs", parent="Ian Roe", child="Tom Roe")),
                      ("lado-parents", form_mail(3, "Robert Stubs", parent="Eva Lee", child="Kim Lee")),
                      ("cls-legacy", sample("professional-after-cutoff")),
                      ("lado-parents", two_forms()),
                      ("lado-parents", story_mail(6, "Dawn Hollis", DANGER))):
        world.deliver(box, mail)
        world.decided(world.delivered)
    names = ("robert", "bob", "near", "redirected", "two", "story")
    return dict(zip(names, range(1, 7)))


def sign_in(desk):
    desk.go("/")
    desk.fill("name", "alice")
    desk.fill("password", "not the right password")
    desk.press("Continue")
    check("a wrong password is refused", "is not right" in desk.words(), desk.words())
    desk.look("sign-in, refused")
    desk.fill("name", "Alice")
    desk.fill("password", PASSWORD)
    desk.press("Continue")
    check("the second factor is set up first", "Set up your code" in desk.words())
    secret = desk.page.find_element("name", "secret").get_attribute("value")
    desk.look("second factor, set-up")
    desk.fill("code", "000000" if code(secret) != "000000" else "000001")
    desk.press("Sign in")
    check("a wrong code is refused", "code is not right" in desk.words(), desk.words())
    again = desk.page.find_element("name", "secret").get_attribute("value")
    check("the same key is shown again", again == secret)
    desk.go("/queue")
    check("half signed in is not signed in", desk.path() == "/second-factor", desk.path())
    secret = desk.page.find_element("name", "secret").get_attribute("value")
    desk.fill("code", code(secret))
    desk.press("Sign in")
    check("signed in", desk.path() == "/queue", desk.path())
    desk.world.secrets["alice"] = secret
    cookie = desk.page.get_cookie("postern")
    check("the cookie is out of reach", cookie["httpOnly"] and cookie["sameSite"] == "Strict", cookie)


# Words over columns that take more lines than they have words.
BROKEN_HEADS = """return [...document.querySelectorAll('table.items thead th')].filter(th => {
    const range = document.createRange();
    range.selectNodeContents(th);
    return range.getClientRects().length > th.textContent.split(' ').length;
}).map(th => th.textContent)"""


def locked_out(desk):
    bob = Client(desk.world, "127.0.0.7")
    for _ in range(5):
        bob.post("/sign-in", name="bob", password="wrong wrong wrong")
    status, page = bob.post("/sign-in", name="bob", password=PASSWORD)
    check("locked, even with the right password", status == 403 and "locked" in page, status)
    check("the list says so", b", locked" in desk.world.cli("account", "list"))
    desk.world.cli("account", "unlock", "bob")
    check("unlocked by the administrator", desk.world.sign_in("bob", "127.0.0.8") is not None)


def queue(desk, items):
    desk.go("/queue")
    rows = desk.page.find_elements("css selector", "table.items tbody tr")
    first = rows[0].text if rows else ""
    check("what waits is listed, the redirected mail is not", len(rows) == 5, len(rows))
    check("urgent comes first", "Urgent" in first, first)
    browser.look(desk.page, 800)
    broken = desk.page.execute_script(BROKEN_HEADS)
    check("no word over a column is broken", not broken, broken)
    desk.look("queue")
    desk.page.find_element("id", "urgent").click()
    desk.press("Show")
    check("only urgent", len(desk.page.find_elements("css selector", "tbody tr")) == 1)
    desk.go("/queue")
    desk.follow(desk.page.find_element("css selector", "table.items a"))
    check("the top item opens", desk.path() == f"/item/{items['story']}", desk.path())
    desk.look("item")


def correct(desk, item):
    desk.go(f"/item/{item}")
    desk.press("Take it")
    desk.press("Take it")
    check("taken", "Alice" in desk.text("p.tags"), desk.text("p.tags"))
    desk.follow(desk.page.find_element("css selector", "a.change[href*='key=child.1.name']"))
    check("the answer stands in its field", desk.value("value") == "Nils Lindqvist", desk.value("value"))
    desk.fill("value", "Niels Lindqvist")
    desk.press("Save")
    check("a reason is asked where the machine was sure", "Say why" in desk.words(), desk.words())
    check("what was typed is still there", desk.value("value") == "Niels Lindqvist")
    check("the page says which question it is", desk.text("label[for=value]") == "Child's full name")
    check("its title says that something is wrong", desk.page.title.startswith("Error: "), desk.page.title)
    check("the summary has the focus", "There is a problem" in desk.focused()["text"], desk.focused())
    desk.page.find_element("link text", "Say why, for whoever looks at this later.").click()
    check("and leads to the field", desk.page.current_url.endswith("#reason"), desk.page.current_url)
    desk.look("act, refused")
    desk.fill("reason", "The mother spelled it on the phone.")
    desk.press("Save")
    words = desk.words()
    check("corrected, and by whom", "Niels Lindqvist" in words and "corrected an answer" in words)
    check("which answer was corrected stands there", "corrected an answer (Child's full name)" in words)
    if desk.page.find_elements("css selector", ".where"):
        show = desk.page.find_elements("xpath", "//dt[.=\"Child's full name\"]/following-sibling::dd[1]//a[contains(@class,'where')]")
        check("it still leads to where it was read", len(show) == 1, len(show))
    kept = desk.world.sql("SELECT COUNT(record.answers), COUNT(*) FROM record JOIN field ON field.record_id = record.id"
                          " WHERE key = 'child.1.name' AND record.id = ?", item)
    check("what was read is kept beside it", kept == [(1, 1)], kept)


def accept_and_mentions(desk, items):
    desk.go(f"/item/{items['robert']}")
    words = desk.words()
    place = desk.page.execute_script("return document.querySelector('#before').getBoundingClientRect().top")
    check("what a LADO asks first stands first", place < 700, place)
    check("mentioned before, by a short name", "Bob Stubbs" in words and "short or other form" in words)
    check("mentioned before, one letter off", "Robert Stubs," in words and "one letter" in words)
    desk.press("Accept as a referral")
    check("the reply is read before it leaves", "We have received your email" in desk.words())
    desk.look("act, with a letter")
    desk.press("Accept")
    check("accepted by a person", "accepted it as a referral" in desk.words())
    check("nothing was sent again", len(desk.mails_to("rosa1@mail.example")) == 1)


def search(desk):
    """By a name one letter off, without its accent, in another order; by what nobody has."""
    for text, found in (("stubs robért", True), ("Stubbs, Bob", True), ("Zaphod Nobody", False)):
        desk.go("/search")
        desk.fill("text", text)
        document = desk.page.find_element("css selector", "html")
        desk.page.find_element("id", "text").submit()
        desk.wait_for_another(document)
        check(f"search for {text}", ("Robert Stubs" in desk.words()) == found, desk.words()[-400:])
        check("it stands in no address", desk.page.current_url.endswith("/search"))
        desk.look(f"search, {'found' if found else 'nothing found'}")


def search_what_was_typed(desk, item):
    """A reason, one letter off, in another order."""
    desk.go("/search")
    desk.fill("text", "spelled mothr")
    document = desk.page.find_element("css selector", "html")
    desk.page.find_element("id", "text").submit()
    desk.wait_for_another(document)
    check("a reason is found", desk.page.find_elements("css selector", f"table a[href='/item/{item}']"), desk.words()[-300:])
    check("and how", "what staff wrote" in desk.words() and "one letter is different" in desk.words())


def undo_redirection(desk, item):
    world = desk.world
    before = len(world.sent())
    desk.go("/queue?state=closed")
    check("a redirected mail is found", "Stuart Pellow" in desk.words())
    desk.go(f"/item/{item}")
    desk.press("This was a parent")
    desk.look("this was a parent")
    desk.press("Put it right")
    check("a reason is asked", "Say why" in desk.words())
    desk.fill("reason", "She is the mother of the boy, and works at the school.")
    desk.press("Put it right")
    words = desk.words()
    check("the record is a referral now", "Postern had made it: Sent to the portal" in words, words)
    check("an apology leaves", until(lambda: len(world.sent()) > before))
    apology = [mail for mail in world.sent() if b"Subject: We are sorry" in mail]
    check("to whom was turned away", len(apology) == 1 and b"To: i.castell@brookvale.example.org" in apology[0])
    text = apology[0].split(b"\r\n\r\n", 1)[1] if apology else b"Pellow"
    check("with nothing of their mail in it",
          not any(word in text for word in (b"Pellow", b"Quarrie", b"LADO referral", b"Brookvale")))
    reference = [m["reference"] for m in world.listing() if m["id"] == item][0]
    check("with the reference as acknowledgement", reference.encode() in text)
    check("the desk says so", until(lambda: desk.go(f"/item/{item}") or "Apology" in desk.words()))


def pages_appear(desk):
    """A Word file's pages, without anybody looking again; its text is there from the beginning."""
    if not os.path.exists("/usr/bin/bwrap") or shutil.which("soffice") is None:
        print("SKIP pages of office files: LibreOffice or bubblewrap is not installed")
        return
    making = desk.page.find_elements("css selector", ".making")
    check("pages are being made", making and "Look again" in making[0].text)
    check("the text is there meanwhile", "Telling the LADO about your concern" in desk.words())
    check("they appear by themselves",
          until(lambda: not desk.page.find_elements("css selector", ".making"), 60))
    desk.page.execute_script("document.querySelector('.page img').scrollIntoView()")
    check("as pictures", until(lambda: desk.page.execute_script(
        "return document.querySelector('.page img').naturalWidth") == 1200, 10))
    desk.look("an item with pages")
    desk.go(desk.path())


def link_and_split(desk, items):
    reference = [m["reference"] for m in desk.world.listing() if m["id"] == items["bob"]][0]
    desk.go(f"/item/{items['robert']}/link")
    desk.fill("reference", "LADO-0000-0000")
    desk.fill("reason", "The same coach.")
    desk.press("Link")
    check("an unknown reference is refused", "There is a problem" in desk.words())
    check("what was typed is kept", desk.value("reference") == "LADO-0000-0000")
    desk.fill("reference", reference.lower())
    desk.press("Link")
    check("linked", reference in desk.text("section[aria-labelledby=linked]"))
    desk.go(f"/item/{items['bob']}")
    check("both ways", "Linked with it" in desk.words())
    desk.go(f"/item/{items['two']}")
    pages_appear(desk)
    desk.press("Make records of its forms")
    desk.fill("reason", "Two families.")
    desk.press("Split")
    check("each further form is a record of its own", "Linked with it" in desk.words(), desk.words()[:300])
    count = desk.world.sql("SELECT COUNT(*) FROM item")[0][0]
    check("one more item", count == 7, count)
    desk.go("/item/7")
    check("with the second form's answers", "Hazel Thornbury" in desk.words() or
          "Colin Farthing" in desk.words())
    desk.look("split record")


def notes(desk, item):
    desk.go(f"/item/{item}/note")
    desk.fill("reason", "Phoned the head.\n<b>She</b> will ring back.")
    desk.press("Save")
    check("noted, as it was typed", "<b>She</b> will ring back." in desk.words())
    desk.go(f"/item/{item}/hand")
    desk.choose("colleague", "Bob")
    desk.press("Hand over")
    bob = desk.world.sign_in("bob", "127.0.0.9")
    check("it waits for bob", f"/item/{item}" in bob.get("/queue?mine=yes")[1])
    desk.go(f"/item/{item}/close")
    desk.press("Close")
    check("what is to be decided is not closed without a word", "Say why" in desk.words())
    desk.fill("reason", "It came twice.")
    desk.press("Close")
    check("closed items leave the queue", f"/item/{item}\"" not in desk.source())
    desk.go(f"/item/{item}/reopen")
    desk.fill("reason", "There is more.")
    desk.press("Open again")
    check("opened again", "opened it again" in desk.words())


def act_pages(desk, item):
    for name in ACT_PAGES:
        desk.go(f"/item/{item}/{name}")
        desk.look(f"act page {name}")


def reply_is_read(desk, item):
    """The one that is chosen stands there, word for word, and no other."""
    desk.go(f"/item/{item}/reply")
    check("no letter before one is chosen", "We have received your email" not in desk.words())
    desk.page.find_element("id", "lacknowledgement").click()
    check("the chosen letter stands there", "We have received your email" in desk.words())
    check("as from a person", "A person sent you this message" in desk.words() and "automatic message" not in desk.words())
    check("alone", len([pre for pre in desk.page.find_elements("css selector", "pre.letter") if pre.is_displayed()]) == 1)
    check("and to whom", "It goes to rosa" in desk.words())
    desk.look("a reply, chosen")


def sent_is_read(desk, item):
    """The one that left, by keyboard."""
    desk.go(f"/item/{item}")
    letter = desk.page.find_element("css selector", ".copy.letter")
    check("its words are folded away", not letter.is_displayed())
    desk.tab_to(text="Read it, as it left")
    desk.type("\n")
    check("a reply as it left", letter.is_displayed() and "We have received your email" in letter.text, letter.text)
    desk.look("a reply as it left")


def drafts(desk, item):
    """Typed, and the lid closed: with the script, and without any."""
    desk.go(f"/item/{item}/note")
    desk.fill("reason", "Begun with a scr")
    check("a draft is kept while one types",
          until(lambda: desk.world.sql("SELECT 1 FROM draft WHERE act = 'note'"), 5))
    desk.page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    desk.go(f"/item/{item}/correct?form=0&key=child.1.dob")
    desk.fill("value", "5 June 2016")
    desk.fill("reason", "Begun without")
    desk.press("Save for later")
    check("saved without script", desk.path() == f"/item/{item}", desk.path())
    desk.page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def drafts_are_there(desk, item):
    desk.go(f"/item/{item}/note")
    check("the draft outlives the browser", desk.value("reason") == "Begun with a scr", desk.value("reason"))
    check("and says so", "what you had begun" in desk.words())
    desk.look("act with a draft")
    desk.go(f"/item/{item}/correct?form=0&key=child.1.dob")
    check("a draft made without script too", desk.value("reason") == "Begun without", desk.value("reason"))
    check("with the answer", desk.value("value") == "5 June 2016", desk.value("value"))
    desk.go(f"/item/{item}/correct?form=0&key=adult.name")
    check("a draft is of one answer only", desk.value("reason") == "" and
          desk.value("value") != "5 June 2016", desk.value("value"))


def restrict(desk, item):
    """By a manager; bob sees it nowhere any more."""
    world = desk.world
    mary, bob = world.sign_in("mary", "127.0.0.10"), world.sign_in("bob", "127.0.0.11")
    reference = [m["reference"] for m in world.listing() if m["id"] == item][0]
    alice = world.sql("SELECT id FROM account WHERE name = 'alice'")[0][0]
    check("a reviewer cannot restrict", bob.get(f"/item/{item}/restrict")[0] == 403)
    status, _ = mary.act(item, "restrict", reason="A colleague is named.", colleagues=[alice])
    check("restricted", status == 303, status)
    for path in ("/queue", "/queue?state=any", "/item/1", "/item/2", "/item/3"):
        page = bob.get(path)[1]
        check(f"bob does not see it on {path}", f"/item/{item}\"" not in page and reference not in page)
    check("bob cannot open it", bob.get(f"/item/{item}")[0] == 404)
    check("nor act on it", bob.get(f"/item/{item}/note")[0] == 404)
    status, page = bob.get("/item/1/note")
    status, page = bob.post("/item/1/link", csrf=bob.csrf(page), version=bob.version(
        bob.get("/item/1/link")[1]), reference=reference, reason="probing")
    check("nor link with it", status == 422, status)
    desk.go(f"/item/{item}")
    check("alice, who is named, does", "Restricted" in desk.text("p.tags"))
    desk.look("restricted item")


def printed(desk, item):
    desk.go(f"/item/{item}")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(base64.b64decode(desk.page.print_page()))
        file.flush()
        text = subprocess.run(["pdftotext", "-layout", file.name, "-"], capture_output=True,
                              text=True, check=True).stdout
    check("the print has the record", "Niels Lindqvist" in text and "football coach" in text and
          "LADO-" in text, text[:300])
    check("and what nobody answered", "Child's ethnicity" in text, text[:300])
    check("and no buttons", not any(word in text for word in ("Sign out", "Take it", "Send a reply",
                                                              "Close it", "Change", "Skip to")), [word for word in text.split('\n') if word.strip()][:12])


def by_keyboard(desk):
    """From signing in to an act: Tab, Enter and typing; what has the focus is always seen."""
    desk.go("/sign-in")
    desk.tab_to("name")
    desk.type("alice")
    desk.tab_to("password")
    desk.enter(PASSWORD)
    desk.world.sql("UPDATE account SET last_step = 0 WHERE name = 'alice'")
    desk.tab_to("code")
    desk.enter(code(desk.world.secrets["alice"]))
    check("signed in by keyboard", desk.path() == "/queue", desk.path())
    desk.type("\t")
    check("the first stop leads to the main part", desk.focused()["text"] == "Skip to the main part")
    desk.type("\n")
    desk.tab_to(text="Dawn")
    desk.enter()
    check("an item by keyboard", desk.path().startswith("/item/"), desk.path())
    desk.tab_to(text="Add a note")
    desk.enter()
    desk.tab_to("reason")
    desk.type("By keyboard alone.")
    desk.tab_to(text="Save")
    desk.enter()
    check("an act by keyboard", "By keyboard alone." in desk.words())


def session_ends(desk):
    """The clock is moved in the database: nobody waits 20 minutes for a test."""
    desk.world.sql("UPDATE session SET seen = seen - ?", 61 * 10**6)
    desk.go("/queue")
    check("a quiet minute ends the session", desk.path() == "/sign-in", desk.path())
    desk.look("sign-in")


def sign_out(desk):
    cookie = desk.page.get_cookie("postern")["value"]
    desk.press("Sign out")
    check("signed out", desk.path() == "/sign-in", desk.path())
    stale = Client(desk.world)
    stale.cookie = cookie
    check("and the cookie is worth nothing", stale.get("/queue")[0] == 303)
    desk.page.back()
    check("nor is the way back", "Rosa Lindqvist" not in desk.source())


def locked_page(desk):
    stranger = Client(desk.world, "127.0.0.13")
    for _ in range(5):
        stranger.post("/sign-in", name="bob", password="wrong wrong wrong")
    desk.go("/sign-in")
    desk.fill("name", "bob")
    desk.fill("password", PASSWORD)
    desk.press("Continue")
    check("who is locked out is told what to do", "ask your administrator" in desk.words(), desk.words())
    desk.look("locked out")


def other_pages(desk):
    for path, title in (("/accessibility", "Accessibility statement"), ("/nowhere", "There is nothing here"),
                        ("/item/999999", "There is nothing here"), ("/queue?outcome=ignore", "Queue")):
        desk.go(path)
        check(f"{path} says so", title in desk.words())
        desk.look(path)


def main():
    source = browser.axe_source()
    with World(review="session-minutes = 1") as world:
        items = deliver(world)
        with browser.open_browser() as page:
            desk = Desk(world, page, source)
            sign_in(desk)
            locked_out(desk)
            queue(desk, items)
            correct(desk, items["robert"])
            accept_and_mentions(desk, items)
            search(desk)
            search_what_was_typed(desk, items["robert"])
            undo_redirection(desk, items["redirected"])
            link_and_split(desk, items)
            notes(desk, items["story"])
            act_pages(desk, items["two"])
            reply_is_read(desk, items["robert"])
            sent_is_read(desk, items["robert"])
            other_pages(desk)
            restrict(desk, items["near"])
            printed(desk, items["robert"])
            drafts(desk, items["robert"])
        with browser.open_browser() as page:
            desk = Desk(world, page, source)
            by_keyboard(desk)
            drafts_are_there(desk, items["robert"])
            session_ends(desk)
        with browser.open_browser() as page:
            desk = Desk(world, page, source)
            desk.borrow(world.sign_in("alice", "127.0.0.12"))
            sign_out(desk)
            locked_page(desk)
        check("the audit is whole", b"whole" in world.cli("audit", "--verify"))
    finish("desk.py")


main()
