import { z } from "zod";
import { groups } from "@/lib/access/actor";
import { LOCALES } from "@/lib/i18n/locale";
import { parseTimeZone } from "@/lib/time/zone";
import type { NotificationSwitch } from "./core/notification-choices";
import { NOTIFICATION_SWITCHES } from "./core/notification-choices";

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
  password: z.string().max(256, "is longer than 256 characters"),
});

export type SetUp = z.output<typeof setUpInput>;

/** Addresses as people write them into one field: by line, comma, semicolon or space. At most 50 at once. */
const addresses = z
  .string()
  .max(20_000, "is too long")
  .transform((text) => [
    ...new Set(
      text
        .split(/[\s,;]+/)
        .map((part) => part.trim().toLowerCase())
        .filter((part) => part !== ""),
    ),
  ])
  .superRefine((emails, issue) => {
    if (emails.length === 0) issue.addIssue({ code: "custom", message: "are needed" });
    if (emails.length > 50) issue.addIssue({ code: "custom", message: "may be 50 at once" });
    const wrong = emails.filter((email) => !emailAddress.safeParse(email).success);
    if (wrong.length > 0) {
      const named = wrong.slice(0, 3).join(", ").slice(0, 200);
      issue.addIssue({ code: "custom", message: `hold what is no address: ${named}` });
    }
  });

/** One value or several of the same name, as a form sends them. */
const several = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

export const groupChoice = several.default([]).pipe(groupNames);

export const invitationInput = z.strictObject({ emails: addresses, groups: groupChoice });

export type Invitation = z.output<typeof invitationInput>;

export const reasonInput = z
  .string()
  .trim()
  .min(1, "is needed")
  .max(500, "is longer than 500 characters")
  .regex(/^[^\p{Cc}]*$/u, "contains a control character");

const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, "is not a number")
  .transform(Number);

/** A person's own settings, as their form sends them. */
export const profileInput = z.strictObject({
  name: personName,
  title,
  zone: zoneName,
  locale: z.enum(LOCALES, "is not a language spoken here"),
  hourCycle: z.enum(["12", "24"], "is 12 or 24").transform((text) => (text === "12" ? 12 : 24)),
  weekStart: wholeNumber.refine((day) => day <= 6, "is not a day"),
  version: wholeNumber,
});

export type ProfileInput = z.output<typeof profileInput>;

const notificationSwitch = z
  .string()
  .refine((name) => NOTIFICATION_SWITCHES.has(name as NotificationSwitch), "is not a switch")
  .transform((name) => name as NotificationSwitch);

/** The switches that are on. */
export const notificationsInput = z.strictObject({
  on: several.default([]).pipe(z.array(notificationSwitch).max(100)),
});

export const apiKeyInput = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "is needed")
    .max(80, "is longer than 80 characters")
    .regex(NO_CONTROL, "contains a control character"),
});

/** A form that says everything by being sent. */
export const noInput = z.strictObject({});

export const idInput = z.strictObject({ id: z.uuid() });

/** One person, by what an admin's form sends. */
export const aboutPerson = z.strictObject({ userId: z.uuid() });
export const groupsOfPerson = aboutPerson.extend({ groups: groupChoice });
export const stateOfPerson = aboutPerson.extend({
  disabled: z.enum(["0", "1"]).transform((text) => text === "1"),
});
export const sessionOfPerson = aboutPerson.extend({
  sessionId: z.union([z.uuid(), z.literal("all")]),
});
export const reasonForPerson = aboutPerson.extend({ reason: reasonInput });
