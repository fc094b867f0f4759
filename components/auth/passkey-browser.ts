import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import type { NewPasskeyAnswer, PasskeyAnswer } from "@/lib/auth/core/passkey-shapes";

type Purpose = "sign-in" | "second-factor" | "prove";

/** The server would not ask: nobody is signed in any more, or too often. `code` is its word for it. */
export class PasskeyRefused extends Error {
  override readonly name = "PasskeyRefused";
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

async function ask<Options>(purpose: Purpose | "new"): Promise<Options> {
  const answer = await fetch("/api/auth/passkey", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ purpose }),
  });
  const body: { options?: Options; error?: { code?: string } } = await answer.json();
  if (body.options === undefined) throw new PasskeyRefused(body.error?.code ?? "unavailable");
  return body.options;
}

export const hasPasskeys = (): boolean => browserSupportsWebAuthn();
export const offersPasskeys = (): Promise<boolean> => browserSupportsWebAuthnAutofill();

/**
 * Shows a passkey. With `autofill` it waits among the suggestions of the address field until one is picked. Throws when
 * the person cancels, or something newer asks.
 */
export async function showPasskey(purpose: Purpose, autofill = false): Promise<PasskeyAnswer> {
  const optionsJSON = await ask<PublicKeyCredentialRequestOptionsJSON>(purpose);
  const shown = await startAuthentication({ optionsJSON, useBrowserAutofill: autofill });
  const { id, rawId, type, response } = shown;
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return {
    id,
    rawId,
    type,
    clientExtensionResults: {},
    response: {
      clientDataJSON,
      authenticatorData,
      signature,
      ...(userHandle === undefined ? {} : { userHandle }),
    },
  };
}

/** Makes a passkey. Throws when the person cancels. */
export async function makePasskey(): Promise<NewPasskeyAnswer> {
  const optionsJSON = await ask<PublicKeyCredentialCreationOptionsJSON>("new");
  const { id, rawId, type, response } = await startRegistration({ optionsJSON });
  const { clientDataJSON, attestationObject, transports } = response;
  return {
    id,
    rawId,
    type,
    clientExtensionResults: {},
    response: {
      clientDataJSON,
      attestationObject,
      ...(transports === undefined ? {} : { transports }),
    },
  };
}
