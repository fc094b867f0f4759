import { z } from "zod";
import { groups } from "@/lib/access/actor";
import { parseTimeZone } from "@/lib/time/zone";

/** A plain address in lower case: no display name, no quotes, no characters outside ASCII that look like others. */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "is longer than 254 characters")
  .regex(
    /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/,
    "is not an e-mail address",
  );

export const groupNames = z.array(z.enum(groups)).transform((names) => [...new Set(names)]);

const NO_CONTROL = /^[^\p{Cc}]*$/u;

const personName = z
  .string()
  .trim()
  .min(1, "is needed")
  .max(120, "is longer than 120 characters")
  .regex(NO_CONTROL, "contains a control character");

const title = z
  .string()
  .trim()
  .max(120, "is longer than 120 characters")
  .regex(NO_CONTROL, "contains a control character");

const zoneName = z
  .string()
  .refine((name) => parseTimeZone(name) !== undefined, "is not a time zone");

/** A new account. */
export const newUser = z.strictObject({
  email: emailAddress,
  name: personName,
  title: title.optional(),
  groups: groupNames,
  zone: zoneName.optional(),
});

export type NewUser = z.input<typeof newUser>;

/** The first person of an installation, and its workspace. */
export const setUpInput = z.strictObject({
  code: z.string().max(200, "is not a code"),
  workspaceName: personName,
  zone: zoneName,
  name: personName,
  email: emailAddress,
  password: z
    .string()
    .min(12, "needs at least 12 characters")
    .max(256, "is longer than 256 characters"),
});

export type SetUp = z.output<typeof setUpInput>;
