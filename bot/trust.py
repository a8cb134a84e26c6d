"""Whom to believe on the net: the certificate authorities of the system and those the operator names."""

import ssl
from functools import cache
from pathlib import Path


@cache
def trust(ca_files: tuple[Path, ...] = ()) -> ssl.SSLContext:
    """A client's TLS context that checks names and chains against the system's authorities and the files'.

    Made once: reading the system's authorities takes longer than answering a message.
    """
    context = ssl.create_default_context()
    for path in ca_files:
        context.load_verify_locations(cafile=path)
    return context
