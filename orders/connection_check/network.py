"""The steps below HTTP: names, ports, certificates."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext, ngettext

from orders.connection_check import reachability
from orders.connection_check.reachability import Trouble, Unreachable
from orders.connection_check.steps import FAILED, OK, WARNING, StepResult

_SECONDS = 5.0
_MIN_DAYS_LEFT = 14


def check_names() -> StepResult:
    """Check that both host names have an address."""
    found = []
    for host, port, _ in _servers():
        try:
            count = len(reachability.addresses(host, port))
        except Unreachable:
            return StepResult(
                FAILED,
                gettext("The name %(host)s is not known here.") % {"host": host},
                gettext("Check the address in the settings for typing errors, and this machine’s DNS."),
            )
        words = ngettext("%(host)s: %(count)d address", "%(host)s: %(count)d addresses", count)
        found.append(words % {"host": host, "count": count})
    return StepResult(OK, "; ".join(found) + ".")


def check_tls() -> StepResult:
    """Check that both servers take a connection and have a valid certificate."""
    found, advice = [], ""
    for host, port, is_secure in _servers():
        try:
            if not is_secure:
                reachability.connect(host, port, _SECONDS)
                found.append(gettext("%(host)s: without TLS, which only this machine may be") % {"host": host})
                continue
            secured = reachability.secure(host, port, _SECONDS)
        except Unreachable as error:
            return _unreachable(error.trouble, f"{host}:{port}")
        words = {"host": host, "version": secured.version, "days": secured.days_left}
        found.append(gettext("%(host)s: %(version)s, certificate valid for %(days)d days") % words)
        if secured.days_left < _MIN_DAYS_LEFT:
            advice = gettext("The certificate of %(host)s ends soon; its owner has to renew it.") % words
    return StepResult(WARNING if advice else OK, "; ".join(found) + ".", advice)


def _servers() -> list[tuple[str, int, bool]]:
    servers: dict[tuple[str, int, bool], None] = {}
    for address in (settings.ERC_TOKEN_URL, settings.ERC_API_BASE_URL):
        parts = urlsplit(address)
        is_secure = parts.scheme == "https"
        servers[parts.hostname or "", parts.port or (443 if is_secure else 80), is_secure] = None
    return list(servers)


def _unreachable(trouble: Trouble, server: str) -> StepResult:
    findings = {
        Trouble.NAME: gettext("The name of %(server)s is not known here."),
        Trouble.REFUSED: gettext("%(server)s refuses the connection."),
        Trouble.TIMEOUT: gettext("%(server)s does not answer within five seconds."),
        Trouble.NETWORK: gettext("There is no way to %(server)s from here."),
        Trouble.CERTIFICATE_EXPIRED: gettext("The certificate of %(server)s has ended, or is not valid yet."),
        Trouble.CERTIFICATE_NAME: gettext("The certificate of %(server)s is for another name."),
        Trouble.CERTIFICATE_UNTRUSTED: gettext("The certificate of %(server)s is not one that is trusted here."),
        Trouble.TLS: gettext("%(server)s does not speak TLS as it should."),
    }
    certificate = gettext(
        "Check this machine’s clock. If a proxy of your network stands in between, its certificate authority has "
        "to be trusted here (SSL_CERT_FILE)."
    )
    port = gettext("Check host and port in the settings, and whether a firewall lets this machine out to it.")
    name = gettext("Check the address in the settings; the name in it must be the one of the certificate.")
    advice = {
        Trouble.CERTIFICATE_EXPIRED: certificate,
        Trouble.CERTIFICATE_UNTRUSTED: certificate,
        Trouble.CERTIFICATE_NAME: name,
    }
    return StepResult(FAILED, findings[trouble] % {"server": server}, advice.get(trouble, port))
