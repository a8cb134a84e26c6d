"""Whom to believe on the net: the certificate authorities of the system and those the operator names."""

import ssl
from collections.abc import Sequence
from pathlib import Path


def trust(ca_files: Sequence[Path] = ()) -> ssl.SSLContext:
    """A client's TLS context that checks names and chains against the system's authorities and the files'."""
    context = ssl.create_default_context()
    for path in ca_files:
        context.load_verify_locations(cafile=path)
    return context
