"""The key with which the make-believe Zendesk signs the tokens of its agents."""

from __future__ import annotations

from functools import cache

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

# Everybody may know it: the demo’s desktop and a portal under DEBUG start apart and have to agree on it; no other
# portal trusts it.
PRIVATE_KEY = """\
-----BEGIN PRIVATE KEY-----
MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQDnyKly1c1oz8iV
ejhbIaFJygduH0ywklxuOXRUehnr6alc+npU9jknFClE13p1vzaOFVqaje/7iOz7
1OTDfEKR2lVt26rfknDlkcAhcowIO63Gl0uNx0Miay31ctEMfghekxrn1Hef0X9W
8oQtELsPBoXomUXmJ/pC4j0YpwTe5E+g2M0DkNQbBsXjhTBVo4rtlBW6jvomlJTF
hiSuLiMDSejxwzrJFp6nHztvzoa3cbY29n0E7cd4m9x3IryOibWYGAZSIW1WbZts
DIyvunTSbWrjygpDk4dzH8BB9zalaCvmknJNmnaOj453tPIa0onIBoMJHw/YfFDd
VWxoxNGvAgMBAAECggEABiLnsfzGEjwEsp4sIB33pVcTbIE22iqKP814YD26Mkpw
TycissEGQuL8erdglxo5d5S77J2wX6QHxUCW0FCLefgM20jEzZ0GgrHao2DxXAXG
O2PlsDqcrAHE9uK+kYp84CAcHEzMNb2w3Nx7zsq8i7tYiMiHXgyyWGihRVfBv/n5
SPrxSBteHCA3ENWCvaccH/Vajo53WN0NXrKUakQd/HCyAv5VmIN6iDKOO6rANl72
Xm+cZ6cowiGGdjdf5fgFmspS3tI8VeSnmKiTjdpwQ/yGuZ4F8SBCBCrY/BBMJcgM
B44/6KDKlw8hZGvu/dNjr3d0KRiCxSpb1gSKWxWvOQKBgQD9dFXPHrF6iK2YpURq
Ns674TkjrfjR3T5I3i9J4gk/XRMX5pex9GrNvhYc3uBHkfvPlcda5znBFFWIvAb3
JJy6Tavrl5dCVPSpKFYKEvx9qkl4MdlFEu9OuAlDUHeU+TVTMJTqY6dEEJkxoIHS
NLE+eDOqwCxUJNJou+cZMZKiRwKBgQDqHJvW0/9X8QIjMdLEfV1SRZsswLhWLHlW
QrXVOL2+ABE5Xx8m7phugQ1Z4SP4mfzYYcJCgzah5RTNuUe02rhDn78/TouSNhtS
awhwwuy4TAhurYjuK1di/TVaFAo+gImQ0xj+/juLXpFy1WnzXhHKw2vpuIh0WpWe
d1Q4TYbhWQKBgQD44R3Jzpf0fPYKKG8v5TXII/cZ5CGq4pfgsdy5ri3qfJjdJV/c
LOgbtAa+vtR5Mw6T3r3ts5Rw1mjPZeNpGBiWkOK66xZq2kWNPcCPD+nD9E1Eq55w
R5GaOPlPklp6fOQyFkiEiOqc2be0laolIfzSHPKPPznIPogmtCzP/m/AzQKBgQC4
Qg4RtkdJcuHoy2UEy1qwzyIDxicPg+94CgdNK1yDd1AXJJvDK5UDnETi0cVa+++6
aq7XZKiSIVgPVt1uJZtTdh6y9+H4EOfOJXm+Llzb7NPSMHkOY0RjH8FnBVDOwqID
P3Jz96rr1WGKzReXuRktykNb76ZOVaFe2LKLodEf+QKBgQDGhyWzp8QvVLWISwhQ
icdwzQ4JMUrKF+jnmUNxhitH41t6Vtc1gimK0FVkYKyEe5PeBrZiKlacYhL/5Xhm
D+yoWlJBMRVuQSAUrb+tM3dTDGW6bgg7N4NJFUTgayAAGfLGNSxM+knrCB3JQY02
y+Vr4HoKToFGj1H5NBID99GKwQ==
-----END PRIVATE KEY-----
"""


@cache
def public_key() -> str:
    """The public half, in PEM, as an administrator copies it out of Zendesk."""
    public = load_pem_private_key(PRIVATE_KEY.encode(), password=None).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
