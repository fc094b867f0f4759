import type { KeyRing } from "@/lib/crypto/keys";
import type { Database } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import type { Mailbox } from "./address";
import type { OutboxRow } from "./outbox-rows";
import type { OutgoingMail } from "./transport";

/** What a renderer may use. It reads and changes nothing: rendering may be repeated after a crash. */
export type RenderDeps = {
  readonly db: Database;
  readonly keys: KeyRing;
  readonly now: () => Instant;
  readonly appUrl: string;
  readonly from: Mailbox;
};

/**
 * Makes the message of one outbox row whose event begins with the renderer's prefix. Capabilities are derived here,
 * so that none stands in the row. Undefined: there is nothing to say any more (its link was used or withdrawn), and
 * nothing is sent.
 */
export type MailRenderer = (row: OutboxRow, deps: RenderDeps) => Promise<OutgoingMail | undefined>;

/** Renderers by what stands before the slash of an event: `account` renders `account/invitation`. */
export type MailRenderers = Readonly<Record<string, MailRenderer>>;

/** The renderer of this event; undefined for events without a slash, which are a meeting's. Throws for an unknown one. */
export function rendererOf(renderers: MailRenderers, event: string): MailRenderer | undefined {
  const slash = event.indexOf("/");
  if (slash < 0) return undefined;
  const prefix = event.slice(0, slash);
  const found = Object.hasOwn(renderers, prefix) ? renderers[prefix] : undefined;
  if (found === undefined) throw new Error(`nobody renders the mail ${event}`);
  return found;
}
