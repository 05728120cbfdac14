"""The vendor's own client in the make-believe workspace: so it speaks the protocol that apps expect."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.support.desktops import Desktop, listening
from tests.support.vendor_apps import put_app, said_by_app

_APP = """
import ClientApp from "purecloud-client-app-sdk";

const say = (...words) => parent.postMessage({ said: words }, "*");
const query = new URLSearchParams(location.search);

const app = new ClientApp({ gcHostOriginQueryParam: "gcHostOrigin", gcTargetEnvQueryParam: "gcTargetEnv" });
say("in", app.gcEnvironment, query.get("gcConversationId"), query.get("gcLangTag"));
app.lifecycle.addBootstrapListener((event) => {
  say("bootstrap", event.hook);
  app.lifecycle.bootstrapped();
  app.alerting.showToastPopup("Order", "It is on its way", { type: "info" });
  app.alerting.setAttentionCount(2);
});
app.lifecycle.addStopListener((event) => {
  say("stop", event.hook);
  app.lifecycle.stopped();
});
"""
_UNFILLED = """
import ClientApp from "purecloud-client-app-sdk";

try {
  new ClientApp({ gcHostOriginQueryParam: "gcHostOrigin", gcTargetEnvQueryParam: "gcTargetEnv" });
  parent.postMessage({ said: ["made"] }, "*");
} catch (error) {
  parent.postMessage({ said: ["thrown", error.message] }, "*");
}
"""


def _workspace(desk: Desktop, app: str) -> Page:
    """The workspace, whose widget is an app that uses the vendor's client."""
    page = desk.page(path="/genesys/")
    put_app(page, "**/embed/genesys/?*", app)
    return listening(page)


def test_client_takes_the_hosts_origin_and_the_conversation_from_the_address(desk: Desktop) -> None:
    page = _workspace(desk, _APP)

    page.click("#interactions button >> nth=0")
    said = said_by_app(page, until=bool)

    assert said[0] == ["in", "localhost", page.evaluate("host.interactions[0].id"), "en-us"]


def test_client_is_bootstrapped_and_heard(desk: Desktop) -> None:
    page = _workspace(desk, _APP)

    page.click("#interactions button >> nth=0")
    page.wait_for_function("host.log.some(one => one.action === 'setAttentionCount')")

    assert ["bootstrap", "bootstrap"] in said_by_app(page, until=lambda said: len(said) > 1)
    assert page.evaluate("host.log.map(one => one.action)") == ["bootstrapped", "showToast", "setAttentionCount"]
    expect(page.locator("#toast")).to_have_text("Order: It is on its way")
    assert page.title() == "(2) Interactions"


def test_client_is_stopped_at_the_end_of_its_interaction(desk: Desktop) -> None:
    page = _workspace(desk, _APP)
    page.click("#interactions button >> nth=0")
    said_by_app(page, until=lambda said: len(said) > 1)

    page.click("#end")

    expect(page.locator("#panel iframe")).to_have_count(0)
    assert said_by_app(page, until=lambda said: len(said) > 2)[-1] == ["stop", "stop"]


def test_client_refuses_an_address_that_was_not_filled_in(desk: Desktop) -> None:
    page = _workspace(desk, _UNFILLED)
    page.select_option("#fills", "none")

    page.click("#interactions button >> nth=0")
    said = said_by_app(page, until=bool)

    assert said[0][0] == "thrown"


def test_panel_says_what_the_client_says(desk: Desktop) -> None:
    client = _workspace(desk, _APP)
    client.click("#interactions button >> nth=0")
    client.wait_for_function("host.log.some(one => one.action === 'bootstrapped')")
    panel = desk.page(path="/genesys/")
    panel.click("#interactions button >> nth=0")
    panel.wait_for_function("host.log.some(one => one.action === 'bootstrapped')")

    for page in (client, panel):
        page.click("#end")
        page.wait_for_function("host.log.some(one => one.action === 'stopped')")

    of_hooks = "host.log.filter(one => ['bootstrapped', 'stopped'].includes(one.action))"
    assert panel.evaluate(of_hooks) == client.evaluate(of_hooks)
