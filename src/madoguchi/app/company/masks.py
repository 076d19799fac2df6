"""A person's items as one number: fast to count and to ask for, and it says nothing about who they are."""

from collections.abc import Iterable

# The bit of each item of the catalogue. Stored in databases: keys are added at the end, never moved or taken out.
BITS = """
    name name_kana address postal_code phone email birth_date sex age employer occupation purchase_history
    member_id order_id login_id password password_hash card_number card_last4 card_expiry card_security_code
    bank_account bank_pin income assets my_number passport_number driver_licence health_insurance_number
    pension_number residence_card medical_history medical_treatment health_check disability crime_victim
    criminal_record criminal_procedure juvenile_procedure race creed social_status biometric location photo
    message_content family_register union_membership political_view ip_address device_id
""".split()
_BIT = {key: 1 << position for position, key in enumerate(BITS)}


def mask(items: Iterable[str]) -> int:
    """Return the items (keys of the catalogue) as a mask; KeyError for a key that has no bit."""
    value = 0
    for item in items:
        value |= _BIT[item]
    return value


def items(value: int) -> list[str]:
    """Return the items of a mask in the order of the catalogue's contract."""
    return [key for key, bit in _BIT.items() if value & bit]
