"""The app in a real browser: rings open, clicks are answered, text is text, nothing calls home."""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from graphfraud.ui.launch import ADDRESS, command, environment

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SMALL, LARGE, EMPTY = "11" * 8, "22" * 8, "00" * 8
RING = f"?run={SMALL}&ring={'a1' * 8}"
WAIT_MS = 30_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the system's browser; without one skip, but never where the whole suite must run."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("No Chromium on PATH: the page tests must run here.")
        pytest.skip("No Chromium on PATH: page tests skipped.")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(full_workspace: Path) -> Iterator[str]:
    """Serve the workspace on a free port; return the app's address."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port = probe.getsockname()[1]
    line, variables = command(port=port), environment(full_workspace)
    with subprocess.Popen(line, env=variables, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(f"http://{ADDRESS}:{port}/_stcore/health", server)
            yield f"http://{ADDRESS}:{port}/"
        finally:
            server.terminate()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page of a small laptop's size; afterwards no request may have left the machine."""
    asked: list[str] = []
    complaints: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    with browser.new_context(viewport={"width": 1366, "height": 768}) as context:
        context.on("request", note)
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        hosts = {urlsplit(url).hostname for url in asked if urlsplit(url).scheme != "data"}
    assert asked
    assert {host for host in hosts if host} == {ADDRESS}
    assert complaints == []


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310  our own server
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("The server did not start within 30 seconds.")


def _drawn(page: Page) -> None:
    page.wait_for_selector(".stage canvas")
    page.wait_for_timeout(500)  # the canvas draws on its next frame


def _click_node(page: Page, name: str) -> None:
    stage = page.locator(".stage")
    place = None
    for _ in range(100):  # a new language draws the network anew; there is none in between
        place = stage.evaluate(
            """(el, name) => el.network?.nodesHandler && el.network.body.nodes[name]
                ? el.network.canvasToDOM(el.network.getPosition(name)) : null""",
            name,
        )
        if place:
            break
        page.wait_for_timeout(100)
    assert place, f"{name} is not drawn"
    stage.click(position={"x": place["x"], "y": place["y"]})


def test_leads_load_and_a_click_opens_the_ring(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address)
    row = page.locator("tr.row")
    row.first.wait_for()
    assert row.count() == 1
    assert "42 次" in row.inner_text()
    page.screenshot(path=tmp_path / "leads.png")
    row.click()
    _drawn(page)
    page.wait_for_url(f"**/?run={SMALL}&ring={'a1' * 8}")
    page.get_by_role("button", name="← 全部线索").click()
    row.first.wait_for()
    page.wait_for_url(lambda url: "ring=" not in url)
    page.go_back()
    _drawn(page)


def test_a_lead_opens_from_the_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("tr.row").first.focus()
    page.keyboard.press("Enter")
    _drawn(page)


def test_a_click_on_a_node_changes_the_details(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address + RING)
    _drawn(page)
    page.screenshot(path=tmp_path / "ring.png")
    _click_node(page, "facility:P00518")
    page.get_by_text("P00518 医药机构").wait_for()
    _click_node(page, "person:310101196303124121")
    page.get_by_text("310101196303124121 参保人").wait_for()
    assert page.get_by_text("次共同就诊；按巧合应有").count() >= 5
    page.wait_for_timeout(500)
    page.screenshot(path=tmp_path / "node.png")


def test_hovering_tells_observed_against_expected(page: Page, address: str) -> None:
    page.goto(address + RING)
    _drawn(page)
    stage = page.locator(".stage")
    middle = stage.evaluate(
        """el => {
          const [a, b] = ["person:310101196203124114", "person:310101196403124128"]
            .map((name) => el.network.getPosition(name));
          return el.network.canvasToDOM({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
        }"""
    )
    stage.hover(position=middle)
    card = page.locator(".card")
    card.wait_for()
    assert "次共同就诊；按巧合应有" in card.inner_text()


def test_hostile_names_are_text(page: Page, address: str) -> None:
    page.goto(address + RING)
    _drawn(page)
    page.get_by_text("English").click()
    page.get_by_text("Zoom in").or_(page.get_by_text("← All leads")).first.wait_for()
    sentence = page.locator("p.gf-sentence").first
    sentence.get_by_text("<script>window.hacked=1</script> and ![x](http://").wait_for()
    _click_node(page, "person:<script>window.hacked=1</script>")
    page.locator("b", has_text="<script>window.hacked=1</script>").wait_for()
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src*=tracker]").count() == 0


def test_every_tab_of_a_ring(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address + RING)
    _drawn(page)
    page.set_viewport_size({"width": 1366, "height": 1300})
    for number, name in enumerate(("共同就诊（36）", "合理解释（4）", "单据（54）", "成员（12）")):
        tab = page.get_by_role("tab", name=name)
        tab.click()
        tab.scroll_into_view_if_needed()
        page.wait_for_timeout(700)
        page.screenshot(path=tmp_path / f"tab{number}.png")
    assert page.get_by_test_id("stException").count() == 0


def test_a_large_ring_shows_at_most_300_elements(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}?run={LARGE}&ring={'c3' * 8}")
    _drawn(page)
    counted = "el => el.network.body.data.nodes.length + el.network.body.data.edges.length"
    assert page.locator(".stage").evaluate(counted) <= 300
    page.get_by_text("共 190 个节点").wait_for()
    page.screenshot(path=tmp_path / "large.png")
    page.get_by_text("全部显示").click()
    page.wait_for_function(
        "n => { const walk = (root) => [...root.querySelectorAll('*')].flatMap("
        "(el) => [el, ...(el.shadowRoot ? walk(el.shadowRoot) : [])]);"
        "const stage = walk(document).find((el) => el.network);"
        "return stage && stage.network.body.data.nodes.length === n; }",
        arg=190,
    )


def test_facilities_above_their_peers(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address)
    page.get_by_role("button", name="与同类机构比较").click()
    page.wait_for_url("**page=peers**")
    page.get_by_text("2 家机构有预警").wait_for()
    page.get_by_text("未评估“退费占比”").wait_for()
    page.wait_for_timeout(700)  # the grid draws on its next frame
    page.screenshot(path=tmp_path / "peers.png")
    page.get_by_text("3 级", exact=True).click()
    page.get_by_text("可能的合理原因：急诊科").wait_for()
    page.get_by_text("English").click()
    page.get_by_text("Facilities with a warning line: 2").wait_for()
    page.screenshot(path=tmp_path / "peers_en.png")
    page.get_by_role("button", name="← All leads").click()
    page.locator("tr.row").first.wait_for()


def test_a_lead_is_named_by_how_it_acts_and_by_who_else_found_it(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(address)
    row = page.locator("tr.row").first
    row.wait_for()
    assert row.locator(".chip").inner_text() == "轮换"
    assert "另由异常密集发现。" in row.inner_text()
    page.get_by_text("未检测“资金回流”：数据中没有 payments").wait_for()
    page.screenshot(path=tmp_path / "chip.png")
    row.click()
    _drawn(page)
    page.set_viewport_size({"width": 1366, "height": 1300})
    for name in ("其他关联（1）", "发现它的模式（2）", "行为特征（2）", "机构预警（2）"):
        page.get_by_role("tab", name=name).click()
        page.wait_for_timeout(500)
        page.screenshot(path=tmp_path / f"{name[:2]}.png")
    assert page.get_by_test_id("stException").count() == 0


def test_english_pages_and_duplicates(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address)
    page.get_by_text("English").click()
    page.get_by_role("tab", name="Duplicate claims").click()
    page.get_by_text("2 pairs, fund money at risk 3,703.68 yuan").wait_for()
    page.wait_for_timeout(700)
    page.screenshot(path=tmp_path / "duplicates.png")


def test_a_run_without_leads_teaches(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}?run={EMPTY}")
    page.get_by_text("没有线索").wait_for()
    page.screenshot(path=tmp_path / "no_leads.png")


def test_another_site_cannot_reach_the_app_under_its_own_name(page: Page, address: str) -> None:
    port = urlsplit(address).port
    page.goto(f"http://{ADDRESS}:{port}/")
    page.locator("tr.row").first.wait_for()
    assert _handshake(port, f"{ADDRESS}:{port}") == 101
    assert _handshake(port, f"localhost:{port}") == 101
    assert _handshake(port, f"rebound.example:{port}") != 101


def _handshake(port: int | None, host: str) -> int:
    """Ask for the app's WebSocket under the name `host`; return the HTTP status."""
    lines = [
        "GET /_stcore/stream HTTP/1.1",
        f"Host: {host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    ]
    with socket.create_connection((ADDRESS, port or 0), timeout=5) as wire:
        wire.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return int(wire.recv(64).split()[1])
