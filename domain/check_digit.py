"""The check digit that Swedish organisation numbers and personal numbers end with."""


def has_check_digit(digits: str) -> bool:
    """Whether the last of the ten digits is the right one (Luhn's test)."""
    weighed = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(sum(divmod(product, 10)) for product in weighed) % 10 == 0
