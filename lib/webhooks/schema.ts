import { z } from "zod";
import type { WebhookEvent } from "./core/event";
import { WEBHOOK_EVENTS } from "./core/event";

const url = z
  .string()
  .trim()
  .max(2000, "Use 2000 characters or fewer.")
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    "Write an address that begins with https://.",
  )
  .refine(
    (text) =>
      !URL.canParse(text) || (new URL(text).username === "" && new URL(text).password === ""),
    "An address may not carry a login.",
  );

const isEvent = (name: string): name is WebhookEvent =>
  (WEBHOOK_EVENTS as readonly string[]).includes(name);

const events = z
  .array(z.string())
  .max(100)
  .refine((names) => names.every(isEvent), "Choose events of the list.")
  .transform((names) => [...new Set(names)])
  .refine((names) => names.length > 0, "Choose at least one event.");

const severalOrOne = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .default([]);

/** An endpoint as the form sends it. */
export const endpointForm = z.strictObject({ url, events: severalOrOne.pipe(events) });

/** An endpoint as machines send it. */
export const endpointInput = z.strictObject({ url, events });

export type EndpointInput = z.output<typeof endpointInput>;

/** The events of an endpoint, chosen anew. */
export const endpointChange = z.strictObject({ id: z.uuid(), events: severalOrOne.pipe(events) });

export const endpointId = z.strictObject({ id: z.uuid() });
export const endpointSwitch = z.strictObject({ id: z.uuid(), active: z.enum(["on", "off"]) });
