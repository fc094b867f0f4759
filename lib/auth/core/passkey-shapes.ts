import { z } from "zod";

// What browsers send of a passkey, bounded: 64 KiB is more than any authenticator's certificate chain.
const bytes = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]*$/);
const around = {
  id: bytes(1_400).min(1),
  rawId: bytes(1_400).min(1),
  type: z.literal("public-key"),
  clientExtensionResults: z.record(z.string().max(60), z.unknown()).catch({}),
};

/** The answer to a challenge. */
export const passkeyAnswer = z.object({
  ...around,
  response: z.object({
    clientDataJSON: bytes(8_000),
    authenticatorData: bytes(8_000),
    signature: bytes(8_000),
    userHandle: bytes(200).exactOptional(),
  }),
});

/** A passkey that was just made. */
export const newPasskeyAnswer = z.object({
  ...around,
  response: z.object({
    clientDataJSON: bytes(8_000),
    attestationObject: bytes(64_000),
    transports: z.array(z.string().max(20)).max(10).exactOptional(),
  }),
});

export type PasskeyAnswer = z.infer<typeof passkeyAnswer>;
export type NewPasskeyAnswer = z.infer<typeof newPasskeyAnswer>;
