# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/e2e/desk_browser.py - the staff desk as somebody uses it: words, buttons, keys.
#
# Source:   tests/browser.py, tests/e2e/desk_world.py

import urllib.parse

import browser
from desk_world import check, until

ZOOMS = {640: "200 %", 320: "400 %, or a phone"}

FOCUS = """const a = document.activeElement, s = getComputedStyle(a);
return {id: a.id, text: a.textContent.trim(), tag: a.tagName,
        seen: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2}"""


class Desk:
    def __init__(self, world, page, source):
        self.world, self.page, self.source_of_axe = world, page, source

    def go(self, path):
        self.page.get(self.world.url + path)

    def path(self):
        return urllib.parse.urlparse(self.page.current_url).path

    def source(self):
        return self.page.page_source

    def text(self, selector):
        found = self.page.find_elements("css selector", selector)
        return found[0].text if found else ""

    def words(self):
        return self.text("main")

    def value(self, name):
        return self.page.find_element("id", name).get_property("value")

    def fill(self, name, text):
        field = self.page.find_element("id", name)
        field.clear()
        field.send_keys(text)

    def choose(self, name, label):
        for option in self.page.find_elements("css selector", f"#{name} option"):
            if option.text == label:
                option.click()

    def press(self, label):
        """A button, or a link that looks like one, by its words."""
        found = [element for element in self.page.find_elements("css selector", "button, a")
                 if element.text.strip() == label]
        if not check(f"there is a button \"{label}\" on {self.path()}", found, self.words()):
            raise SystemExit(1)
        self.follow(found[-1])

    def follow(self, element):
        """Click, and wait for the page that it leads to."""
        document = self.page.find_element("css selector", "html")
        element.click()
        self.wait_for_another(document)

    def wait_for_another(self, document):
        if not until(lambda: self.is_gone(document), 10):
            check(f"a click on {self.path()} leads somewhere", False)
        until(lambda: self.page.execute_script("return document.readyState") == "complete", 10)

    @staticmethod
    def is_gone(element):
        from selenium.common.exceptions import WebDriverException
        try:
            return not element.tag_name
        except WebDriverException:
            return True

    def mails_to(self, address):
        return [mail for mail in self.world.sent() if b"To: " + address.encode() in mail]

    def borrow(self, client):
        """The session of a client that signed in by itself."""
        self.go("/sign-in")
        self.page.add_cookie({"name": "postern", "value": client.cookie, "path": "/",
                              "sameSite": "Strict", "httpOnly": True})
        self.go("/queue")

    # ---- the keyboard ----

    def type(self, keys):
        from selenium.webdriver.common.action_chains import ActionChains
        from selenium.webdriver.common.keys import Keys
        for key in keys:
            key = {"\t": Keys.TAB, "\n": Keys.ENTER}.get(key, key)
            ActionChains(self.page).send_keys(key).perform()

    def enter(self, keys=""):
        """Type, press Enter, and wait for the page that it leads to."""
        document = self.page.find_element("css selector", "html")
        self.type(keys + "\n")
        self.wait_for_another(document)

    def focused(self):
        return self.page.execute_script(FOCUS)

    def tab_to(self, name=None, text=None):
        """Press Tab until it is there; each stop on the way must be seen."""
        for _ in range(150):
            self.type("\t")
            focus = self.focused()
            if focus["tag"] != "BODY":
                check(f"focus is seen on {self.path()}", focus["seen"], focus)
            if (name and focus["id"] == name) or (text and focus["text"].startswith(text)):
                return
        check(f"Tab leads to {name or text} on {self.path()}", False)

    # ---- what everybody must be able to read ----

    def look(self, what):
        """axe-core in light at a desk and in dark on a phone; nothing scrolls sideways at any zoom."""
        self.ask_axe(f"{what}, light")
        for width, zoom in ZOOMS.items():
            browser.look(self.page, width, dark=True)
            wide = browser.too_wide(self.page)
            check(f"{what} fits at {zoom}", wide <= 0, f"{wide} pixels too wide")
        self.ask_axe(f"{what}, dark, on a phone")
        browser.look(self.page)

    def ask_axe(self, what):
        found = browser.axe(self.page, self.source_of_axe)
        check(f"axe-core, {what}", not found, "\n".join(found[:4]))
