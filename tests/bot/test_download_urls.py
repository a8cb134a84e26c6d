"""What people send is fetched from Teams and OneDrive, or in local mode from this machine, and from nowhere else."""

import pytest

from bot.download_urls import DownloadUrls
from bot.service_urls import ServiceUrls


def guard(*, is_local: bool = False) -> DownloadUrls:
    return DownloadUrls(service_urls=ServiceUrls(is_local=is_local), is_local=is_local)


@pytest.mark.parametrize(
    "url",
    [
        "https://exempel-my.sharepoint.com/personal/anna/_layouts/15/download.aspx?UniqueId=1&tempauth=x",
        "https://smba.trafficmanager.net/emea/0f1d2c3b/v3/attachments/0-weu/views/original",
        "https://exempel.sharepoint.us/file",
    ],
)
def test_teams_and_onedrive_are_allowed(url: str) -> None:
    assert guard().allows(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://exempel-my.sharepoint.com/file",
        "https://sharepoint.com.evil.example/file",
        "https://evilsharepoint.com/file",
        "https://exempel-my.sharepoint.com@evil.example/file",
        "https://anna:secret@exempel-my.sharepoint.com/file",
        "https://127.0.0.1/file",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "https://exempel-my.sharepoint.com/a b",
        "",
        "https://" + "x" * 5000,
    ],
)
def test_everything_else_is_not(url: str) -> None:
    assert not guard().allows(url)


def test_local_mode_fetches_from_this_machine_alone() -> None:
    assert guard(is_local=True).allows("http://127.0.0.1:3978/files/1")
    assert not guard(is_local=True).allows("https://exempel-my.sharepoint.com/file")


def test_the_token_is_for_the_connector_alone() -> None:
    assert guard().is_connector("https://smba.trafficmanager.net/emea/v3/attachments/1/views/original")
    assert not guard().is_connector("https://exempel-my.sharepoint.com/file")
