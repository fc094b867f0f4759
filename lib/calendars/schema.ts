import { z } from "zod";
import { feedAddress } from "./core/external-calendar";

const NO_CONTROL = /^[^\p{Cc}]*$/u;

const line = (most: number, missing: string) =>
  z
    .string()
    .trim()
    .min(1, missing)
    .max(most, `Use ${most} characters or fewer.`)
    .regex(NO_CONTROL, "Contains a character that cannot be written.");

const address = z
  .string()
  .trim()
  .max(2000, "Use 2000 characters or fewer.")
  .transform((text, context) => {
    const url = feedAddress(text);
    if (url !== undefined) return url.href;
    context.addIssue({ code: "custom", message: "Write an address that begins with https://." });
    return z.NEVER;
  });

/** Of a server people often write the name alone. */
const server = z
  .string()
  .trim()
  .transform((text) => (/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`))
  .pipe(address);

const several = z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]);

const ticked = z.literal("on").optional();

export const noInput = z.strictObject({});
export const calendarId = z.strictObject({ id: z.uuid() });

/** A calendar by its address. */
export const feedInput = z.strictObject({
  url: address,
  name: line(120, "A calendar needs a name."),
});

/** An account on a CalDAV server; `calendar` are the addresses chosen of those that were found, `writes` one of them. */
export const accountInput = z.strictObject({
  server,
  user: line(254, "Write your user name."),
  password: z.string().min(1, "Write the password.").max(500, "Use 500 characters or fewer."),
  calendar: several.pipe(z.array(z.string().max(2000)).max(100)),
  writes: z.string().max(2000).optional(),
});

/** What a calendar is for; `copies` says what becomes of meetings written there when that ends. */
export const calendarChange = z.strictObject({
  id: z.uuid(),
  blocks: ticked,
  writes: ticked,
  copies: z.enum(["delete", "leave"]).default("delete"),
});

export const calendarRemoval = z.strictObject({
  id: z.uuid(),
  copies: z.enum(["delete", "leave"]).default("delete"),
});
