import { randomBytes, randomUUID } from "node:crypto";
import type { World } from "./world";

const NOBODYS_TOKEN = "A".repeat(43);
/** Bytes in the shape of a passkey's answer, made by no authenticator. */
const NO_PASSKEY = {
  id: "AAAA",
  rawId: "AAAA",
  type: "public-key",
  clientExtensionResults: {},
  response: { clientDataJSON: "AAAA", authenticatorData: "AAAA", signature: "AAAA" },
};
const NO_NEW_PASSKEY = {
  ...NO_PASSKEY,
  response: { clientDataJSON: "AAAA", attestationObject: "AAAA" },
};

/** One more session of the host's, whose token nobody has. */
async function spareSession(world: World): Promise<string> {
  const id = randomUUID();
  await world.db.query(
    `INSERT INTO session (workspace_id, id, user_id, token_hash, expires_at)
     SELECT workspace_id, $1, id, $2, now() + interval '1 day'
       FROM app_user WHERE email = 'host@meridian.example'`,
    [id, randomBytes(32)],
  );
  return id;
}

/** The fields of the forms on the way in. */
export const accountForms: Readonly<Record<string, () => Promise<Record<string, string>>>> = {
  askLinkAction: async () => ({ purpose: "sign-in", email: `${randomUUID()}@example.org` }),
  acceptInvitationAction: async () => ({
    token: NOBODYS_TOKEN,
    name: "Somebody",
    password: "otters juggle violets",
  }),
  confirmEmailAction: async () => ({ token: NOBODYS_TOKEN }),
  openLinkAction: async () => ({ token: NOBODYS_TOKEN }),
  resetPasswordAction: async () => ({ token: NOBODYS_TOKEN, password: "otters juggle violets" }),
  undoEmailAction: async () => ({ token: NOBODYS_TOKEN }),
  enterCodeAction: async () => ({ code: "000000" }),
  leaveStepAction: async () => ({}),
};

/** What the actions of one's own account are called with: one object, or nothing. */
export const accountCalls = (
  world: World,
): Readonly<Record<string, () => Promise<readonly unknown[]>>> => ({
  enterPasskeyAction: async () => [{ purpose: "sign-in", response: NO_PASSKEY }],
  proveAction: async () => [{ by: "password", password: "meridian-demo" }],
  askEmailAction: async () => [{ email: `${randomUUID()}@example.org` }],
  changePasswordAction: async () => [{ password: "otters juggle violets" }],
  endOtherSessionsAction: async () => [],
  endSessionAction: async () => [{ id: await spareSession(world) }],
  offerTotpAction: async () => [],
  addPasskeyAction: async () => [{ name: "Mine", response: NO_NEW_PASSKEY }],
  confirmTotpAction: async () => [{ code: "000000" }],
  removeIdentityAction: async () => [{ id: randomUUID() }],
  removePasskeyAction: async () => [{ id: randomUUID() }],
  removeTotpAction: async () => [],
  renamePasskeyAction: async () => [{ id: randomUUID(), name: "Mine" }],
  renewCodesAction: async () => [],
});
