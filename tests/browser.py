# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/browser.py - pages as people see them: a real Chromium, driven by Selenium, and axe-core.
#
#     with browser.open_browser(width=320, dark=True) as page:
#         page.get("file:///tmp/page.html")
#         for line in browser.axe(page): ...
#
# Where Chromium, its driver, Selenium or axe-core are missing the test says SKIP and ends with 77,
# as automake and ./check understand it.
#
# Runs in:  tests of replies and of the staff pages.
# Source:   https://github.com/dequelabs/axe-core; WCAG 2.2

import contextlib
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.abspath(os.environ.get("top_builddir", "."))
PHONE = 320  # CSS pixels: the width at which WCAG 2.2, 1.4.10 wants everything to fit
DESK = 1280


def skip(why):
    print(f"SKIP {why}")
    sys.exit(77)


def axe_source():
    """The text of axe-core, fetched when it is not there."""
    subprocess.run(["sh", os.path.join(HERE, "get-axe-core.sh")], check=True,
                   env=dict(os.environ, top_builddir=BUILD))
    path = os.path.join(BUILD, "axe-core", "axe.min.js")
    if not os.path.exists(path):
        skip("axe-core cannot be had")
    with open(path, encoding="utf-8") as file:
        return file.read()


def driver():
    """A headless Chromium; the caller quits it."""
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        skip("python3-selenium is not installed")
    chromium, program = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or program is None:
        skip("chromium or chromium-driver is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage",
                     "--disable-lcd-text", "--hide-scrollbars", "--no-first-run",
                     "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium's own does not work for root
    # A proxy of the surroundings must not come between us and 127.0.0.1.
    clean = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    return webdriver.Chrome(service=Service(program, env=clean), options=options)


def look(page, width=DESK, height=900, dark=False):
    """The width of the window, and whether its owner wants dark pages."""
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                         {"width": width, "height": height, "deviceScaleFactor": 1,
                          "mobile": width < 600})
    page.execute_cdp_cmd("Emulation.setEmulatedMedia",
                         {"features": [{"name": "prefers-color-scheme",
                                        "value": "dark" if dark else "light"}]})


@contextlib.contextmanager
def open_browser(width=DESK, dark=False):
    page = driver()
    try:
        look(page, width, dark=dark)
        yield page
    finally:
        page.quit()


@contextlib.contextmanager
def tall(page):
    """A window so high that nothing in the page is scrolled out of sight."""
    width, height = page.execute_script("return [document.documentElement.clientWidth, innerHeight]")
    whole = page.execute_script("""
        return [document.documentElement, ...document.querySelectorAll('*')].reduce(
            (sum, e) => sum + Math.max(0, e.scrollHeight - e.clientHeight), innerHeight)""")
    size = {"width": width, "deviceScaleFactor": 1, "mobile": width < 600}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", dict(size, height=min(whole, 50000)))
    try:
        yield
    finally:
        page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", dict(size, height=height))


def axe(page, source=None):
    """What axe-core finds, all of its rules asked, best practice too: one line for each element."""
    page.execute_script(source or axe_source())
    with tall(page):
        found = page.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations', 'incomplete']}).then(done,"
            "  error => done({violations: [{id: String(error), impact: '', nodes: [{target: []}]}],"
            "                 incomplete: []}));")
    # What axe cannot decide counts too: on our plain pages it has no reason not to.  But of a single
    # letter, such as a sender may write, it never says what its contrast is.
    return [f"{rule['impact']} {rule['id']}: {rule.get('help', '')}: {' '.join(map(str, node['target']))}"
            for rule in found["violations"] + found["incomplete"] for node in rule["nodes"]
            if not any((check.get("data") or {}).get("messageKey") == "shortTextContent"
                       for check in node.get("any", []) if isinstance(check.get("data"), dict))]


def too_wide(page):
    """How many CSS pixels the page is wider than its window."""
    return page.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth")


def fetched(page):
    """Addresses of what the page has asked for beside itself."""
    return page.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")


def picture(page, width=None, scale=1):
    """The whole page as PNG bytes; scale: picture points a CSS pixel."""
    import base64
    size = page.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    shot = page.execute_cdp_cmd("Page.captureScreenshot", {
        "format": "png", "captureBeyondViewport": True,
        "clip": {"x": 0, "y": 0, "width": width or size["width"], "height": size["height"],
                 "scale": scale}})
    return base64.b64decode(shot["data"])
