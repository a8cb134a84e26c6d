"""How the rules say no, in a form that can be said in any language."""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The rules say no; `text_key` names the sentence in the locales and `values` fill it in."""

    def __init__(self, text_key: str, **values: object) -> None:
        super().__init__(text_key)
        self.text_key = text_key
        self.values = values


class RuleBookInvalid(Exception):  # noqa: N818 - it says what the book is
    """A rule set or template that cannot be used; `faults` names every fault by file and key."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults
