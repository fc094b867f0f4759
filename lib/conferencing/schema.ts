import { z } from "zod";
import { PLAIN_SETTINGS, PROVIDER_NAMES } from "./core/provider";

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
