import type { KeyObject } from "node:crypto";
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { NewPasskeyAnswer, PasskeyAnswer } from "@/lib/auth/core/passkey-shapes";

/** What a device answers otherwise than it should. */
export type DeviceFault = {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  /** Nobody unlocked it. */
  readonly unverified?: boolean;
  readonly counter?: number;
  readonly signature?: Buffer;
};

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes: string | Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

const PRESENT = 0x01;
const VERIFIED = 0x04;
const WITH_CREDENTIAL = 0x40;

/**
 * An authenticator in software: makes one ES256 key for one origin, and signs challenges with it as WebAuthn says,
 * or otherwise when asked to.
 */
export class PasskeyDevice {
  readonly credentialId = randomBytes(32);
  readonly origin: string;
  readonly #key: KeyObject;
  readonly #cose: Uint8Array;
  counter = 0;

  constructor(origin: string) {
    this.origin = origin;
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#key = privateKey;
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    this.#cose = isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x, "base64url"))],
        [-3, new Uint8Array(Buffer.from(y, "base64url"))],
      ]),
    );
  }

  #clientData(type: string, challenge: string, fault: DeviceFault): Buffer {
    const origin = fault.origin ?? this.origin;
    const said = { type, challenge: fault.challenge ?? challenge, origin, crossOrigin: false };
    return Buffer.from(JSON.stringify(said));
  }

  #authenticatorData(fault: DeviceFault, credential?: Buffer): Buffer {
    const head = Buffer.alloc(37);
    sha256(fault.rpId ?? new URL(this.origin).hostname).copy(head);
    const verified = fault.unverified ? 0 : VERIFIED;
    head.writeUInt8(PRESENT | verified | (credential ? WITH_CREDENTIAL : 0), 32);
    head.writeUInt32BE(fault.counter ?? this.counter, 33);
    return credential ? Buffer.concat([head, credential]) : head;
  }

  /** Makes the passkey. */
  create(challenge: string, fault: DeviceFault = {}): NewPasskeyAnswer {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    const made = Buffer.concat([Buffer.alloc(16), length, this.credentialId, this.#cose]);
    const attestation = isoCBOR.encode(
      new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", new Uint8Array(this.#authenticatorData(fault, made))],
      ]) as never,
    );
    return {
      id: base64url(this.credentialId),
      rawId: base64url(this.credentialId),
      type: "public-key",
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(this.#clientData("webauthn.create", challenge, fault)),
        attestationObject: base64url(attestation),
        transports: ["internal"],
      },
    };
  }

  /** Answers a challenge; its counter grows by one each time. */
  get(challenge: string, fault: DeviceFault = {}): PasskeyAnswer {
    this.counter += 1;
    const client = this.#clientData("webauthn.get", challenge, fault);
    const data = this.#authenticatorData(fault);
    const signed = sign("sha256", Buffer.concat([data, sha256(client)]), this.#key);
    return {
      id: base64url(this.credentialId),
      rawId: base64url(this.credentialId),
      type: "public-key",
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(fault.signature ?? signed),
      },
    };
  }
}
