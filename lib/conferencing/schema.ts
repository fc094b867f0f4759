import { z } from "zod";
import { CREDENTIALS, needsCredentials } from "./core/credentials";
import type { ProviderName } from "./core/provider";
import { PLAIN_SETTINGS, PROVIDER_NAMES } from "./core/provider";
import { hasAccounts } from "./core/virtual-room";

const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const tidy = (text: string): string => text.toWellFormed().normalize("NFC").trim();

const line = (most: number, missing: string) =>
  z
    .string("This has to be text.")
    .transform(tidy)
    .refine((text) => text !== "", { error: missing, abort: true })
    .refine((text) => text.length <= most, {
      error: `Keep this under ${most + 1} characters.`,
      abort: true,
    })
    .refine((text) => !CONTROL.test(text), "This holds characters that cannot be shown.");

/** Settings as they are stored. What an older version wrote, or nobody set, is as the product has it. */
export const providerSettings = z.object({
  waitingRoom: z.boolean().catch(PLAIN_SETTINGS.waitingRoom),
  summary: z.boolean().catch(PLAIN_SETTINGS.summary),
  alternativeHosts: z.array(z.string()).catch([]),
});

const webAddress = z
  .string()
  .transform(tidy)
  .refine((text) => text.length <= 2_000, "Keep the address under 2001 characters.")
  .refine(
    (text) =>
      text === "" ||
      (/^https:\/\/[^\s"<>]+$/.test(text) && URL.canParse(text) && new URL(text).username === ""),
    "Write the whole address, beginning with https://",
  )
  .transform((text) => (text === "" ? null : text));

const version = z.coerce.number().int().min(1);
const roomId = z.uuid();

/** A checkbox: there when it is ticked. */
const ticked = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

const addresses = z
  .string()
  .max(2_000)
  .default("")
  .transform((text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))])
  .refine((all) => all.length <= 20, "At most 20 people.")
  .refine(
    (all) => all.every((one) => z.email().safeParse(one).success),
    "Write e-mail addresses, separated by commas.",
  );

const roomFields = {
  name: line(120, "Give it a name: hosts choose it by this."),
  address: webAddress.default(null),
  waitingRoom: ticked,
  summary: ticked,
  alternativeHosts: addresses,
  isDefault: ticked,
};

const needsAddress = (
  { provider, address }: { readonly provider: string; readonly address: string | null },
  context: z.RefinementCtx,
): void => {
  if (provider !== "link" || address !== null) return;
  const message = "Write the address everybody goes to.";
  context.addIssue({ code: "custom", path: ["address"], message });
};

export const newVirtualRoom = z
  .strictObject({ ...roomFields, provider: z.enum(PROVIDER_NAMES) })
  .superRefine(needsAddress);

export const virtualRoomChange = z.strictObject({
  ...roomFields,
  roomId,
  version,
  active: ticked,
});

export const virtualRoomArchive = z.strictObject({ roomId });
export const virtualRoomTest = z.strictObject({ roomId, accountId: z.uuid() });

/** A person may hold as many meetings at once at a provider as they have seats; ten is more than any sells. */
export const MOST_SEATS = 20;
const seats = z.coerce
  .number("A whole number.")
  .int("A whole number.")
  .min(1, `From 1 to ${MOST_SEATS}.`)
  .max(MOST_SEATS, `From 1 to ${MOST_SEATS}.`);

export const newAccount = z.strictObject({
  roomId,
  account: line(254, "Write the account: an address of a user, mostly."),
  seats,
});
export const accountChange = z.strictObject({ roomId, accountId: z.uuid(), seats });
export const accountRemoval = z.strictObject({ roomId, accountId: z.uuid() });

const secretField = z
  .string()
  .max(10_000)
  .transform((text) => text.trim())
  .default("");

/** Fields of every provider's credentials; which of them count, the room's provider says. */
export const credentialsInput = z.strictObject({
  roomId,
  accountId: secretField,
  clientId: secretField,
  clientSecret: secretField,
  webhookSecret: secretField,
  clientEmail: secretField,
  privateKey: secretField,
  tenantId: secretField,
});
export const credentialsRemoval = z.strictObject({ roomId });

export type NewVirtualRoom = z.output<typeof newVirtualRoom>;
export type VirtualRoomChange = z.output<typeof virtualRoomChange>;
export type NewAccount = z.output<typeof newAccount>;
export type AccountChange = z.output<typeof accountChange>;
export type CredentialsInput = z.output<typeof credentialsInput>;

const seatsOnWire = z.int().min(1).max(MOST_SEATS);
const accountName = newAccount.shape.account;

/** Fields of every provider's credentials; each provider has its own. Accepted, and answered to nobody. */
const credentialsOnWire = z.strictObject({
  accountId: z.string().max(10_000).optional(),
  clientId: z.string().max(10_000).optional(),
  clientSecret: z.string().max(10_000).optional(),
  webhookSecret: z.string().max(10_000).optional(),
  clientEmail: z.string().max(10_000).optional(),
  privateKey: z.string().max(10_000).optional(),
  tenantId: z.string().max(10_000).optional(),
});

export type CredentialsOnWire = z.output<typeof credentialsOnWire>;

const fieldsOnWire = {
  name: roomFields.name,
  /** Of a server of one's own, or of the one place a fixed link leads to. */
  address: webAddress.nullable(),
  waitingRoom: z.boolean(),
  summary: z.boolean(),
  alternativeHosts: z
    .array(z.email().max(254))
    .max(20)
    .transform((all) => [...new Set(all)]),
  isDefault: z.boolean(),
};

/** What is wrong with credentials for this provider, by field; nothing when they can be stored. */
export function credentialProblems(
  provider: ProviderName,
  given: CredentialsOnWire,
): Readonly<Record<string, string>> {
  if (!needsCredentials(provider)) return { credentials: "This provider needs none." };
  const parsed = CREDENTIALS[provider].safeParse(given);
  const problems = (parsed.error?.issues ?? []).flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => [key, "This provider has no such field."] as const)
      : [[String(issue.path[0] ?? ""), issue.message] as const],
  );
  return Object.fromEntries(
    problems.map(([field, message]) => [`credentials.${field}`, message] as const),
  );
}

/** A virtual room as machines make one, with its credentials and its first accounts. */
export const newVirtualRoomOnWire = z
  .strictObject({
    ...fieldsOnWire,
    provider: z.enum(PROVIDER_NAMES),
    address: fieldsOnWire.address.default(null),
    waitingRoom: fieldsOnWire.waitingRoom.default(PLAIN_SETTINGS.waitingRoom),
    summary: fieldsOnWire.summary.default(PLAIN_SETTINGS.summary),
    alternativeHosts: fieldsOnWire.alternativeHosts.prefault([]),
    isDefault: fieldsOnWire.isDefault.default(false),
    credentials: credentialsOnWire.optional(),
    accounts: z
      .array(z.strictObject({ account: accountName, seats: seatsOnWire }))
      .max(50)
      .default([]),
  })
  .superRefine(needsAddress)
  .superRefine(({ provider, credentials, accounts }, context) => {
    const wrong = (path: string[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    const problems = credentials === undefined ? {} : credentialProblems(provider, credentials);
    for (const [path, message] of Object.entries(problems)) wrong(path.split("."), message);
    if (accounts.length > 0 && !hasAccounts(provider))
      wrong(["accounts"], "A virtual room of this provider needs no accounts.");
    if (new Set(accounts.map(({ account }) => account)).size < accounts.length)
      wrong(["accounts"], "Name each account once.");
  });

/** As machines change one: the version they read, and what changes. Null forgets stored credentials. */
export const virtualRoomChangeOnWire = z
  .strictObject({
    ...fieldsOnWire,
    active: z.boolean(),
    version: z.int().min(1),
    credentials: credentialsOnWire.nullable(),
  })
  .partial();

export type VirtualRoomChangeOnWire = z.output<typeof virtualRoomChangeOnWire>;

export const newAccountOnWire = z.strictObject({ account: accountName, seats: seatsOnWire });
export const accountChangeOnWire = z.strictObject({ seats: seatsOnWire });

/** With which account a connection is tried; the first of the pool when absent. */
export const connectionTest = z.strictObject({ accountId: z.uuid().optional() });
