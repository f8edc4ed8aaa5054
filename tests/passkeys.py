"""A passkey in memory: what a telephone does when someone touches it."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

FLAG = AuthenticatorData.FLAG
ANYONE = b"\x00" * 16


@dataclass
class Passkey:
    """One passkey of one site, kept by one device."""

    origin: str = "https://testserver"
    verifies: bool = True  # that it is its owner who touches it
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    user: str = ""

    def create(self, options: dict) -> str:
        """Answer what a page asks to make a passkey."""
        options = options["publicKey"]
        self.user = options["user"]["id"]
        public = AttestedCredentialData.create(
            ANYONE, self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = AuthenticatorData.create(
            self._host(options["rp"]["id"]), self._flags() | FLAG.AT, 0, public
        )
        made = AttestationObject.create("none", data, {})
        client = self._client("webauthn.create", options["challenge"])
        return self._answer({"clientDataJSON": client, "attestationObject": bytes(made)})

    def get(self, options: dict) -> str:
        """Answer what a page asks of someone who wants in."""
        options = options["publicKey"]
        data = AuthenticatorData.create(self._host(options["rpId"]), self._flags(), 1)
        client = self._client("webauthn.get", options["challenge"])
        signed = self.key.sign(
            bytes(data) + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256())
        )
        return self._answer(
            {
                "clientDataJSON": client,
                "authenticatorData": bytes(data),
                "signature": signed,
                "userHandle": websafe_decode(self.user),
            }
        )

    def _flags(self) -> int:
        return FLAG.UP | (FLAG.UV if self.verifies else 0)

    def _host(self, name: str) -> bytes:
        return hashlib.sha256(name.encode()).digest()

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, bytes]) -> str:
        return json.dumps(
            {
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "type": "public-key",
                "clientExtensionResults": {"credProps": {"rk": True}},
                "response": {name: websafe_encode(value) for name, value in response.items()},
            }
        )
