"""Messages leave for Microsoft's connectors, or in local mode for this machine, and for nowhere else."""

import pytest

from bot.service_urls import ServiceUrls


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/emea/0f1d2c3b/",
        "https://SMBA.trafficmanager.net/teams",
        "https://smba.infra.gcc.teams.microsoft.com/teams/",
        "https://smba.infra.gov.teams.microsoft.us/teams",
        "https://webchat.botframework.com/",
    ],
)
def test_microsofts_connectors_are_allowed(url: str) -> None:
    assert ServiceUrls(is_local=False).allows(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://smba.trafficmanager.net/teams/",
        "https://evil.trafficmanager.net/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evilbotframework.com/",
        "https://botframework.com.evil.example/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://evil.example\\@smba.trafficmanager.net/",
        "https://evil.example#.botframework.com/",
        "https://smba.trafficmanager.net/?x=1",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://169.254.169.254/",
        "https://smba.trafficmanager.net:99999/",
        "https://smba.trafficmanager.net/\nHost: evil",
        "https://smbа.trafficmanager.net/",  # noqa: RUF001 - a Cyrillic letter is the point
        "https:///teams",
        "smba.trafficmanager.net",
        "",
        "https://" + "a" * 600 + ".botframework.com/",
    ],
)
def test_everything_else_is_refused(url: str) -> None:
    assert not ServiceUrls(is_local=False).allows(url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:3000/", "http://localhost:56150/_connector", "http://[::1]:3000", "https://127.8.8.8/"]
)
def test_in_local_mode_this_machine_is_allowed_by_each_of_its_names(url: str) -> None:
    assert ServiceUrls(is_local=True).allows(url)
