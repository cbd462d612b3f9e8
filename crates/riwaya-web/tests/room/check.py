"""Looks at the reading room as its users do: people in a browser, programs through the API, models through tools.

usage: check.py RIWAYA FOLDER [hostile|tools|api|browser …]

RIWAYA is the program, FOLDER takes screenshots and the report. Needs Playwright, Schemathesis and the client of the
Model Context Protocol (all from the Python registry), Chromium, and axe-core unpacked at FOLDER/axe.min.js.
"""

import asyncio
import json
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[3]
WIDTHS = (390, 1440)
LANGUAGES = ("ar", "en")
problems = []
passed = 0


def check(holds, what):
    global passed
    if holds:
        passed += 1
    else:
        problems.append(what)
        print("FAILED", what)


def get(base, path, **headers):
    request = urllib.request.Request(base + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def views(base):
    """An address for every kind of page, found by following what the record holds."""
    story = max(json.loads(get(base, "/stories.json")[2])["lines"], key=lambda s: len(s["articles"]))
    held = json.loads(get(base, "/story/" + quoted(story["id"]) + ".json")[2])
    people = json.loads(get(base, "/people.json")[2])["lines"]
    page = story["articles"][0]
    statement = next(l for l in json.loads(get(base, "/page/" + quoted(page) + ".json")[2])["lines"] if l["kind"] == "statement")
    span = statement["content"][0]
    said = "«" + span["text"] + "»"
    found = {
        "today": "/",
        "day": "/stories?day=" + story["to"],
        "story": "/story/" + quoted(story["id"]),
        "compare": "/compare/" + quoted(held["points"][0]["event"] or story["id"]),
        "compare-sides": "/compare/" + quoted(story["id"]) + "?sides=" + quoted("Kremlin, البيت الأبيض"),
        "compare-filtered": "/compare/" + quoted(story["id"]) + "?relation=only_one",
        "page": "/page/" + quoted(page) + f"?at={span['start']}-{span['end']}",
        "people": "/people",
        "person": "/person/" + quoted(people[0]["id"]),
        "people-named": "/people?name=" + quoted("بوتين"),
        "search": "/search?q=" + quoted(span["text"].split()[0]),
        "search-empty": "/search?q=" + quoted("qqqxyz zzzqq"),
        "ledger": "/ledger",
        "flags": "/flags",
        "corrections": "/corrections",
        "trace": "/trace/" + quoted(statement["id"]),
        "verify": "/verify?text=" + quoted("قال بيسكوف: " + said),
        "not-there": "/story/nothing",
        "bad-question": "/stories?limit=-1",
    }
    for line in (HERE / "hostile.jsonl").read_text().splitlines():
        page = json.loads(line)
        found["hostile-" + page["lang"]] = "/page/" + quoted(page["id"]) + (".html" if page["id"].endswith(".json") else "")
    return found


def quoted(text):
    return urllib.parse.quote(text, safe="")


def with_language(path, language):
    return path + ("&" if "?" in path else "?") + "ui=" + language


async def in_a_browser(base, folder):
    from playwright.async_api import async_playwright

    axe = (folder / "axe.min.js").read_text()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                context = await browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                page = await context.new_page()
                said = []
                page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
                page.on("dialog", lambda dialog: said.append("a dialog opened"))
                page.on("pageerror", lambda error: said.append(str(error)))
                for name, path in views(base).items():
                    for language in LANGUAGES:
                        where = f"{name} {language} {width} {scheme}"
                        said.clear()
                        await page.goto(base + with_language(path, language))
                        await look(page, where, language, said, axe)
                        if scheme == "light":
                            await page.screenshot(path=folder / f"{name}-{language}-{width}.png", full_page=True)
                await context.close()
        await by_keyboard(browser, base)
        await browser.close()


async def look(page, where, language, said, axe):
    missing = "not-there" in where or "bad-question" in where
    said = [text for text in said if not (missing and "Failed to load resource" in text)]
    check(not said, f"{where}: {said[:3]}")
    check(await page.evaluate("window.hit === undefined"), f"{where}: a script of a page ran")
    direction = await page.evaluate("document.documentElement.dir")
    check(direction == ("rtl" if language == "ar" else "ltr"), f"{where}: dir is {direction}")
    wide = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    check(wide <= 1, f"{where}: {wide} px wider than the screen")
    await page.evaluate(axe)
    result = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [v for v in result["violations"] if v["impact"] in ("serious", "critical")]
    told = [(v["id"], v["nodes"][0]["html"][:120], len(v["nodes"])) for v in serious]
    check(not serious, f"{where}: {told}")


async def by_keyboard(browser, base):
    page = await browser.new_page()
    await page.goto(base + "/?ui=en")
    await page.keyboard.press("Tab")
    check(await page.evaluate("document.activeElement.className") == "skip", "Tab leads to the skip link")
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("/")
    check(await page.evaluate("document.activeElement.id") == "q", "/ leads to the search field")
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("j")
    first = await page.evaluate("document.activeElement.href || ''")
    await page.keyboard.press("j")
    second = await page.evaluate("document.activeElement.href || ''")
    check(first and second and first != second, "j goes from row to row")
    await page.emulate_media(media="print")
    check(not await page.is_visible("nav"), "on paper there is no navigation")
    await page.close()


def hostile(base):
    for line in (HERE / "hostile.jsonl").read_text().splitlines():
        page = json.loads(line)
        path = "/page/" + quoted(page["id"]) + (".html" if page["id"].endswith(".json") else "")
        status, headers, body = get(base, path)
        text = body.decode()
        check(status == 200, f"{path}: {status}")
        check("script-src 'self'" in headers.get("content-security-policy", ""), "every page has a policy")
        check(not re.search("[\u202a-\u202e\u2066-\u2069]", text), f"{path}: marks of direction are made visible")
        check("<script>window" not in text and "onerror=\"" not in text, f"{path}: mark-up of a page is text")
        check('href="javascript:' not in text, f"{path}: no script in a link")
    check(get(base, "/page/" + quoted("صفحة/عداء?x=1#y.json"))[0] == 200, "an id may end like a form")
    check(get(base, "/", Host="evil.example")[0] == 421, "another name is turned away")
    status, headers, _ = get(base, "/")
    check(get(base, "/", **{"If-None-Match": headers["etag"]})[0] == 304, "what is known is not sent again")
    for path in ("/page/%00", "/page/%ff", "/stories?after=x", "/stories?day=%27;--", "/search?q=%22%20OR%20*", "/trace/a%23s99", "/person/%27"):
        check(get(base, path)[0] < 500, f"{path}: {get(base, path)[0]}")


def through_the_api(base, tools, folder):
    run = subprocess.run(
        [tools / "schemathesis", "run", base + "/openapi.json", "--checks", "not_a_server_error,response_schema_conformance,"
         "status_code_conformance,content_type_conformance", "--max-examples", "25", "--seed", "7", "--no-color"],
        capture_output=True, text=True, timeout=900, cwd=folder,
    )
    check(run.returncode == 0, "schemathesis: " + (run.stdout + run.stderr)[-3000:])


async def as_a_model(program, record, base):
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client
    from mcp.client.streamable_http import streamable_http_client

    def plain(model):
        # The client's names of fields have changed from version to version; the protocol's have not.
        return model.model_dump(by_alias=True, mode="json")

    async def ask(read, write, where):
        async with ClientSession(read, write) as session:
            hello = plain(await session.initialize())
            check("untrusted" in (hello["instructions"] or ""), f"{where}: the instructions say what pages are")
            tools = plain(await session.list_tools())["tools"]
            check(0 < len(tools) <= 8, f"{where}: {len(tools)} tools")
            check(all(t["annotations"]["readOnlyHint"] for t in tools), f"{where}: every tool only reads")
            news = plain(await session.call_tool("whats_new", {}))["structuredContent"]
            story = max(news["lines"], key=lambda s: len(s["articles"]))
            held = plain(await session.call_tool("story", {"id": story["id"]}))["structuredContent"]
            point = held["points"][0]
            calls = {
                "compare": {"id": point["event"] or story["id"]},
                "trace": {"statement": point["cells"][0]["statement"]},
                "verify": {"text": "قال: «" + point["cells"][0]["words"][0]["text"] + "»"},
                "timeline": {},
                "person": {"id": point["sides"][0]["entity"]},
                "search": {"q": point["cells"][0]["words"][0]["text"].split()[0]},
            }
            for name, arguments in calls.items():
                result = plain(await session.call_tool(name, arguments))
                held = result["structuredContent"] or {}
                check(not result["isError"] and held.get("lines"), f"{where} {name}: {result['content'][0]['text'][:200]}")
                check("untrusted" in held, f"{where} {name}: says what pages are")
            by_name = plain(await session.call_tool("person", {"id": "Песков"}))["structuredContent"]
            said = [l for l in by_name["lines"] if l["kind"] == "statement"]
            check(said and "بيسكوف" in json.dumps(by_name["lines"], ensure_ascii=False), f"{where}: a name in another script is found")
            several = plain(await session.call_tool("person", {"id": "ال"}))["structuredContent"]
            check(len(several["lines"]) > 1 and several["note"], f"{where}: who may be meant is listed")
            for name, arguments in (("person", {"id": "nobody at all"}), ("story", {"id": "nothing"}), ("search", {"nonsense": "x"}), ("trace", {}), ("story", {"id": "x\0"})):
                result = plain(await session.call_tool(name, arguments))
                check(result["isError"] and result["content"][0]["text"], f"{where} {name} {arguments}: says what is wrong")
            empty = plain(await session.call_tool("search", {"q": "qqqxyz zzzqq"}))["structuredContent"]
            check(empty["lines"] == [] and empty["note"], f"{where}: nothing found has a reason")

    server = StdioServerParameters(command=str(program), args=["mcp", str(record)])
    async with stdio_client(server) as (read, write):
        await ask(read, write, "stdio")
    async with streamable_http_client(base + "/mcp") as streams:
        await ask(streams[0], streams[1], "http")


def main():
    program, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    record = folder / "room.riwaya"
    record.unlink(missing_ok=True)
    pages = [ROOT / "corpus/sample.jsonl", HERE / "hostile.jsonl"]
    subprocess.run([program, "read", *pages, "-o", record], check=True, capture_output=True)
    subprocess.run(
        [program, "correct", "published", "sada-weekday", "2025-03-19", "-r", record, "--author", "«هيئة التحرير»", "--reason",
         "الصفحة بلا تاريخ، و<b>النشرة</b> مؤرخة"],
        check=True, capture_output=True,
    )
    server = subprocess.Popen([program, "serve", record, "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        base = server.stdout.readline().strip().rstrip("/")
        parts = {
            "hostile": lambda: hostile(base),
            "tools": lambda: asyncio.run(as_a_model(program, record, base)),
            "api": lambda: through_the_api(base, pathlib.Path(sys.executable).parent, folder),
            "browser": lambda: asyncio.run(in_a_browser(base, folder)),
        }
        for name in sys.argv[3:] or parts:
            parts[name]()
    finally:
        server.terminate()
        server.wait(timeout=10)
    (folder / "report.txt").write_text("\n".join(problems) + f"\n{passed} passed, {len(problems)} failed\n")
    print(f"{passed} passed, {len(problems)} failed")
    sys.exit(1 if problems else 0)


main()
