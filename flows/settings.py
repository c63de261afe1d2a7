"""Everything that can be tuned, in one place, each with the reason for its number."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from flows import __version__


class Settings(BaseSettings):
    """Settings, from the environment: BRIEFHOUSE_DELAY sets ``delay``, and so on."""

    model_config = SettingsConfigDict(env_prefix="BRIEFHOUSE_", extra="ignore", frozen=True)

    data: Path = Field(Path("data"), description="The data root.")
    delay: float = Field(
        1.0,
        ge=0,
        description="Seconds between two requests to one host; a person clicks no faster.",
    )
    contact: str = Field("", description="Address or page for those whose site is asked.")
    connect_timeout: float = Field(10, gt=0, description="Seconds; a live host connects in one.")
    read_timeout: float = Field(30, gt=0, description="Seconds without a byte; slow CMSs take 20.")
    total_timeout: float = Field(120, gt=0, description="Seconds for one answer as a whole.")
    max_bytes: int = Field(50_000_000, gt=0, description="Bytes of one answer; pages have 0.1 MB.")
    max_redirects: int = Field(10, ge=0, description="Redirects followed; browsers stop at 20.")
    retries: int = Field(
        2, ge=0, description="Times that an address is asked again if the line broke or it is busy."
    )
    allow_hosts: str = Field(
        "",
        description="Hosts that may be asked though they are not on the public network: names, "
        "host:port, networks such as 10.0.0.0/8, separated by commas.",
    )
    ca_bundle: Path | None = Field(
        None, description="File or folder of the certificates that servers are checked against."
    )
    believe_days: float = Field(
        7,
        ge=0,
        description="Days for which a server is believed that nothing changed; some always say so.",
    )
    max_entries: int = Field(1_000, gt=0, description="Entries read of one feed; most have 10-50.")
    settle: float = Field(
        10,
        ge=0,
        description="Seconds; a file of a folder written so lately is looked at twice.",
    )
    workers: int = Field(2, gt=0, description="Processes that parse; more than cores is waste.")
    parse_timeout: float = Field(
        30, gt=0, description="Seconds for one document; a page takes milliseconds."
    )
    worker_memory_mb: int = Field(
        1_000, ge=100, description="MB that parsing one document may take; a page takes a few."
    )
    reprocess_loss: float = Field(
        0.01,
        ge=0,
        le=1,
        description="Share of a publisher's briefs that may lose a value or get another id before "
        "reprocess asks for --accept; a person can look through one in a hundred.",
    )
    snapshot_days: int = Field(
        7, ge=0, description="Days for which the lake can be rolled back; maintain frees the rest."
    )
    landing_compact_days: int = Field(
        7, ge=0, description="Days after which a day's landing files become few; re-runs are over."
    )
    landing_keep_days: int | None = Field(
        None,
        ge=30,
        description="Days for which stored pages are kept; without a value for ever, so that all "
        "can be rebuilt.",
    )
    profiles: Path | None = Field(
        None, description="A folder of profiles of one's own, which go before those that ship."
    )

    experts: Path = Field(
        Path("experts.toml"),
        description="The file of decisions on who is who; none decides nothing.",
    )

    @field_validator("allow_hosts")
    @classmethod
    def _hosts(cls, text: str) -> str:
        from flows.fetch.addresses import AllowList

        AllowList.parse(text)
        return text

    @field_validator("ca_bundle")
    @classmethod
    def _there(cls, path: Path | None) -> Path | None:
        if path is not None and not path.exists():
            raise ValueError("there is no such file")
        return path

    @field_validator("profiles")
    @classmethod
    def _fit_for_use(cls, folder: Path | None) -> Path | None:
        from flows.profiles import own_profiles

        own_profiles(folder)  # a run must not find out when it has collected everything
        return folder

    @property
    def agent(self) -> str:
        """The User-Agent: it names the project, its version and whom to write to."""
        contact = f"; +{self.contact}" if self.contact else ""
        return f"Briefhouse/{__version__} (expert brief archive{contact})"


class SettingsError(ValueError):
    """A setting that can't be used; the message names the variable and what is wrong with it."""


def load_settings(data: Path | str | None = None) -> Settings:
    """Read the settings from the environment; ``data`` goes before BRIEFHOUSE_DATA."""
    try:
        return Settings(data=Path(data)) if data else Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = f"BRIEFHOUSE_{str(wrong['loc'][0]).upper()}"
        what = wrong["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{name}={wrong['input']}: {what}; see docs/settings.md") from None
