"""The vendor's own client in the make-believe workspace: so it speaks the protocol that apps expect."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.support.desktops import Desktop, listening
from tests.support.vendor_apps import put_app, said_by_app

_APP = """
import { AmazonConnectApp } from "@amazon-connect/app";
import { ContactClient } from "@amazon-connect/contact";

const say = (...words) => parent.postMessage({ said: words }, "*");
const CURRENT = "CURRENT_CONTACT";

const { provider } = AmazonConnectApp.init({
  onCreate: async ({ context: { scope, appInstanceId } }) => {
    const contacts = new ContactClient({ provider });
    const contactId = scope.contactId ?? CURRENT;
    say("created", scope.type, scope.contactId ?? "", typeof appInstanceId);
    contacts.onConnected(async (event) => {
      say("connected", event.contactId);
      say("attributes", await contacts.getAttributes(event.contactId, ["customerId", "unset"]));
    }, contactId);
    contacts.onStartingAcw(async (event) => say("acw", event.contactId), contactId);
    contacts.onCleared(async (event) => say("cleared", event.contactId), contactId);
    if (contactId === CURRENT) return;
    say("attributes", await contacts.getAttributes(contactId, "*"));
    await contacts.getAttributes("another", "*").catch((error) => say("refused", error.errorKey));
  },
});
provider.onStart(async () => say("started"));
provider.getProxy().onHealthCheckStatusChanged(async ({ status }) => say("health", status));
"""


def _workspace(desk: Desktop) -> Page:
    """The workspace, whose app is one that uses the vendor's client."""
    page = desk.page(path="/amazon-connect/")
    put_app(page, "**/embed/connect/", _APP)
    return listening(page)


def _contact_id(page: Page, at: int) -> str:
    return str(page.evaluate("at => workspace.contacts[at].contactId", at))


def test_client_is_created_started_and_told_the_attributes_of_its_contact(desk: Desktop) -> None:
    page = _workspace(desk)
    amal = _contact_id(page, 0)

    page.click("#contacts button >> nth=0")
    said = said_by_app(page, until=lambda said: any(one[0] == "refused" for one in said))

    assert ["created", "contact", amal, "string"] in said
    assert ["attributes", {"customerId": "C-1001", "orderId": "A-20731"}] in said
    assert ["refused", "unauthorized"] in said
    said = said_by_app(page, until=lambda said: ["started"] in said and ["health", "healthy"] in said)
    assert ["started"] in said
    assert ["health", "healthy"] in said


def test_client_hears_that_its_contact_ended_and_completes_its_end(desk: Desktop) -> None:
    page = _workspace(desk)
    amal = _contact_id(page, 0)
    page.click("#contacts button >> nth=0")
    said_by_app(page, until=lambda said: ["started"] in said)

    page.click("#end")
    said = said_by_app(page, until=lambda said: ["cleared", amal] in said)
    page.wait_for_function("!document.querySelector('#panel iframe')")

    assert [one for one in said if one[0] in ("acw", "cleared")] == [["acw", amal], ["cleared", amal]]
    stages = "workspace.log.filter((one) => one.type === 'appLifecycleHandlerCompleted').map((one) => one.stage)"
    assert page.evaluate(stages) == ["create", "destroy"]


def test_client_of_all_contacts_follows_the_current_one(desk: Desktop) -> None:
    page = _workspace(desk)
    page.select_option("#scope", "CROSS_CONTACTS")
    page.click("#contacts button >> nth=0")
    said = said_by_app(page, until=lambda said: ["started"] in said)
    assert ["created", "idle", "", "string"] in said

    page.click("#contacts button >> nth=1")
    said = said_by_app(page, until=lambda said: any(one[0] == "attributes" for one in said))

    assert ["connected", _contact_id(page, 1)] in said
    assert ["attributes", {"customerId": "C-1003"}] in said
