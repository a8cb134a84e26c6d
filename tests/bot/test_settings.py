"""The environment is read once, whole, and refused with every fault named and no secret told."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsInvalid, read_settings, wants_tour

APP = {
    "AVTALSBOT_APP_ID": "6b1c5a0e-0000-4000-8000-00000000b071",
    "AVTALSBOT_APP_PASSWORD": "very-secret",
    "AVTALSBOT_APP_TENANT_ID": "0F1D2C3B-0000-4000-8000-000000007E4A",
}
LOCAL = {"AVTALSBOT_LOCAL": "1"}


def faults_of(environ: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsInvalid) as invalid:
        read_settings(environ)
    return invalid.value.faults


def test_nothing_set_is_a_bot_beside_its_database_that_may_not_send() -> None:
    settings = read_settings({})

    assert settings.database_url == "sqlite+aiosqlite:///avtalsbot.db"
    assert settings.home_tenant == "local"
    with pytest.raises(SettingsInvalid, match="AVTALSBOT_APP_ID"):
        settings.require_sender()


def test_local_mode_sends_without_credentials_and_listens_here_only() -> None:
    settings = read_settings(LOCAL)

    assert settings.require_sender() is None
    assert settings.host == "127.0.0.1"
    assert settings.service_url is None
    assert settings.bot_id == "28:avtalsbot"


def test_local_mode_never_runs_with_real_credentials() -> None:
    with pytest.raises(SettingsInvalid, match="AVTALSBOT_LOCAL"):
        read_settings({**APP, **LOCAL}).require_sender()


def test_the_tenant_that_signs_in_is_the_home_tenant_as_teams_writes_it() -> None:
    settings = read_settings(APP)

    credentials = settings.require_sender()
    assert credentials
    assert credentials.login_tenant == APP["AVTALSBOT_APP_TENANT_ID"]
    assert settings.home_tenant == APP["AVTALSBOT_APP_TENANT_ID"].lower()
    assert settings.bot_id == f"28:{APP['AVTALSBOT_APP_ID']}"
    assert settings.service_url == "https://smba.trafficmanager.net/teams/"


def test_a_multi_tenant_bot_signs_in_at_the_bot_frameworks_own_tenant() -> None:
    settings = read_settings({**APP, "AVTALSBOT_APP_TYPE": "multitenant", "AVTALSBOT_TENANT_ID": "exempelkommun"})

    credentials = settings.require_sender()
    assert credentials
    assert credentials.login_tenant == "botframework.com"
    assert settings.home_tenant == "exempelkommun"


@pytest.mark.parametrize("missing", ["AVTALSBOT_APP_ID", "AVTALSBOT_APP_PASSWORD", "AVTALSBOT_APP_TENANT_ID"])
def test_half_a_set_of_credentials_is_a_fault(missing: str) -> None:
    environ = {name: value for name, value in APP.items() if name != missing}

    (fault,) = faults_of(environ)

    assert fault.startswith(missing)


def test_all_faults_are_told_at_once() -> None:
    faults = faults_of(
        {
            "AVTALSBOT_DATABASE_URL": "mysql://bot:hemligt@db/avtal",
            "AVTALSBOT_LOCAL": "perhaps",
            "AVTALSBOT_PORT": "99999",
            "AVTALSBOT_LOG_LEVEL": "loud",
            "AVTALSBOT_SERVICE_URL": "http://elsewhere.example/",
            "AVTALSBOT_SERVICE_HOSTS": "https://connector.example/",
            "AVTALSBOT_LOGIN_URL": "http://login.example",
            "AVTALSBOT_TENANT_ID": "two words",
            "AVTALSBOT_APP_PASSWORD": "hemligt",
        }
    )

    assert [fault.partition(":")[0] for fault in faults] == [
        "AVTALSBOT_LOCAL",
        "AVTALSBOT_SERVICE_HOSTS",
        "AVTALSBOT_APP_ID",
        "AVTALSBOT_DATABASE_URL",
        "AVTALSBOT_PORT",
        "AVTALSBOT_LOG_LEVEL",
        "AVTALSBOT_TENANT_ID",
        "AVTALSBOT_SERVICE_URL",
        "AVTALSBOT_LOGIN_URL",
    ]
    assert "hemligt" not in str(faults)


@pytest.mark.parametrize("service_url", ["https://smba.trafficmanager.net/teams/", "http://10.0.0.7:3000/"])
def test_in_local_mode_the_service_url_is_on_this_machine(service_url: str) -> None:
    (fault,) = faults_of({**LOCAL, "AVTALSBOT_SERVICE_URL": service_url})

    assert fault.startswith("AVTALSBOT_SERVICE_URL")


def test_in_local_mode_other_machines_are_not_listened_to() -> None:
    (fault,) = faults_of({**LOCAL, "AVTALSBOT_HOST": "0.0.0.0"})

    assert fault.startswith("AVTALSBOT_HOST")


def test_a_connector_of_ones_own_may_be_named() -> None:
    settings = read_settings(
        {
            "AVTALSBOT_SERVICE_HOSTS": "Connector.Example, other.example",
            "AVTALSBOT_SERVICE_URL": "https://connector.example/x",
        }
    )

    assert settings.service_urls.allows("https://connector.example:8443/")
    assert not settings.service_urls.allows("http://connector.example/")


def test_documents_go_to_microsofts_onedrive_and_to_hosts_that_are_named() -> None:
    settings = read_settings({"AVTALSBOT_UPLOAD_HOSTS": "Files.Example"})

    assert settings.upload_urls.allows("https://kommun-my.sharepoint.com/personal/anna/up?tempauth=x")
    assert settings.upload_urls.allows("https://files.example/up")
    assert not settings.upload_urls.allows("https://other.example/up")


def test_the_usual_certificate_files_are_trusted(tmp_path: Path) -> None:
    ca_file = tmp_path / "ca.pem"
    ca_file.touch()

    settings = read_settings({"SSL_CERT_FILE": str(ca_file), "REQUESTS_CA_BUNDLE": str(ca_file)})

    assert settings.ca_files == (ca_file,)


def test_a_certificate_file_that_is_gone_stops_only_a_bot_that_speaks_to_microsoft() -> None:
    gone = {"SSL_CERT_FILE": "/no/such/file"}

    assert read_settings({**LOCAL, **gone}).ca_files == ()
    (fault,) = faults_of({**APP, **gone})
    assert fault.startswith("SSL_CERT_FILE")


def test_an_empty_value_counts_as_not_set() -> None:
    assert read_settings({"AVTALSBOT_PORT": " ", "AVTALSBOT_APP_ID": ""}).port == 3978


def test_the_password_is_not_shown_when_the_settings_are() -> None:
    assert "very-secret" not in repr(read_settings(APP))


def test_every_setting_is_explained_in_the_example() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
    source = (Path(__file__).parents[2] / "bot" / "settings.py").read_text(encoding="utf-8")

    named = {
        line.split("=")[0].lstrip("# ") for line in example.splitlines() if line.lstrip("# ").startswith("AVTALSBOT_")
    }
    read = {
        f"AVTALSBOT_{part.split(chr(34))[1]}"
        for part in source.split("reader.")[1:]
        if part.startswith(("read(", "text("))
    }

    assert named == read


def test_what_the_example_sets_can_be_used() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
    environ = dict(line.split("=", 1) for line in example.splitlines() if line and not line.startswith("#"))

    assert isinstance(read_settings(environ), Settings)


def test_the_demo_plays_by_itself_only_when_told_to() -> None:
    assert wants_tour({"AVTALSBOT_DEMO": "tour"})
    assert not wants_tour({"AVTALSBOT_DEMO": ""})
    assert not wants_tour({})
    with pytest.raises(SettingsInvalid, match="AVTALSBOT_DEMO: should be tour"):
        wants_tour({"AVTALSBOT_DEMO": "yes"})
