import { z } from "zod";

const text = z.string().max(2_000);

/** What Resend says of one mail, as far as anything follows from it. Other fields are left alone. */
const shape = z.object({
  type: text,
  created_at: text.optional(),
  data: z.object({
    email_id: z.string().min(1).max(200),
    to: z.union([text, z.array(text).max(50)]).optional(),
    bounce: z
      .object({ type: text.optional(), subType: text.optional(), message: text.optional() })
      .nullish(),
    failed: z.object({ reason: text.optional() }).nullish(),
  }),
});

/** What became of a mail after it was handed over. */
export type DeliveryEvent = {
  readonly providerId: string;
  readonly kind: "delivered" | "delayed" | "bounced" | "complained" | "failed";
  /** Epoch ms; undefined when the provider did not say. */
  readonly at: number | undefined;
  /** In words, for the log and the host. */
  readonly reason: string;
  /** The address itself takes no mail: nothing more is to be sent there. */
  readonly deadAddress: boolean;
};

const KINDS: Readonly<Record<string, DeliveryEvent["kind"]>> = {
  "email.delivered": "delivered",
  "email.delivery_delayed": "delayed",
  "email.bounced": "bounced",
  "email.complained": "complained",
  "email.failed": "failed",
};

const oneLine = (words: string): string =>
  words
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 300);

/** Reads an event of Resend; "unknown" for events nothing follows from, undefined for what is none. */
export function readDeliveryEvent(json: unknown): DeliveryEvent | "unknown" | undefined {
  const parsed = shape.safeParse(json);
  if (!parsed.success) return undefined;
  const { type, created_at, data } = parsed.data;
  const kind = KINDS[type];
  if (kind === undefined) return "unknown";
  const at = Date.parse(created_at ?? "");
  const { bounce, failed } = data;
  const said = {
    delivered: "",
    delayed: "the receiving server takes it later",
    bounced: [bounce?.type, bounce?.subType, bounce?.message].filter(Boolean).join(": "),
    complained: "its reader marked it as unwanted",
    failed: failed?.reason ?? "",
  }[kind];
  return {
    providerId: data.email_id,
    kind,
    at: Number.isNaN(at) ? undefined : at,
    reason: oneLine(said) || kind,
    // A full mailbox is no dead one; a bounce that does not say is taken for good, as the provider itself does.
    deadAddress:
      kind === "complained" ||
      (kind === "bounced" && !/^(?:transient|undetermined)$/i.test(bounce?.type ?? "")),
  };
}
