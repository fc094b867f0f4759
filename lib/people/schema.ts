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

/** A new account. */
export const newUser = z.strictObject({
  email: emailAddress,
  name: z
    .string()
    .trim()
    .min(1, "is needed")
    .max(120, "is longer than 120 characters")
    .regex(/^[^\p{Cc}]*$/u, "contains a control character"),
  title: z.string().trim().max(120).optional(),
  groups: groupNames,
  zone: z
    .string()
    .refine((name) => parseTimeZone(name) !== undefined, "is not a time zone")
    .optional(),
});

export type NewUser = z.input<typeof newUser>;
