import { v7 as newId } from "uuid";
import { manageToken } from "@/lib/crypto/capability";
import { hashToken } from "@/lib/crypto/token";
import { insertRows } from "@/lib/db/rows";
import type { ClientAddress } from "@/lib/http/client-address";
import { isLoopback } from "@/lib/http/client-address";
import type { Throttle } from "@/lib/http/throttle";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { toIso } from "@/lib/time/instant";
import { durationsOf, whyClosed } from "../core/snapshot";
import type { WaitingFacts } from "../core/waiting";
import { WAITING_MAIL } from "../core/waiting";
import { findLinkSnapshot } from "../reads";
import type { WaitingInput } from "../schema";
import { insertWaiting } from "../writes";

export type WaitingRefused = {
  readonly reason: "link-absent" | "no-waiting-list" | "no-such-duration" | "too-many-requests";
  readonly retryAfterSeconds?: number;
};

type Asked = {
  readonly linkToken: string;
  readonly input: WaitingInput;
  readonly address: ClientAddress;
};

async function admit({ input, address }: Asked, throttle: Throttle): Promise<number | undefined> {
  if (!isLoopback(address)) {
    const door = await throttle.consume("booking-address", address.throttleKey);
    if (!door.ok) return door.retryAfterSeconds;
  }
  const door = await throttle.consume("booking-email", input.email);
  return door.ok ? undefined : door.retryAfterSeconds;
}

/**
 * Puts a guest on a link's waiting list and mails them the way off it. Whether they stood there already is not told:
 * who waits for what is between the two.
 */
export async function joinWaitingList(
  asked: Asked,
  deps: Deps & { readonly throttle: Throttle },
): Promise<Result<{ readonly linkName: string }, WaitingRefused>> {
  const { linkToken: token, input } = asked;
  const at = deps.now();
  const link = await findLinkSnapshot(deps.db, { by: { token }, window: { from: at, to: at } });
  if (link === undefined) return refuse({ reason: "link-absent" });
  if (!link.waitingList || whyClosed(link, at) !== undefined) {
    return refuse({ reason: "no-waiting-list" });
  }
  const durationMinutes = input.durationMinutes ?? link.durationMinutes;
  if (!durationsOf(link).includes(durationMinutes)) return refuse({ reason: "no-such-duration" });
  const retryAfterSeconds = await admit(asked, deps.throttle);
  if (retryAfterSeconds !== undefined) {
    return refuse({ reason: "too-many-requests", retryAfterSeconds });
  }
  const id = newId();
  const locale = input.locale ?? "en";
  const { name, email, zone } = input;
  const tokenHash = hashToken(manageToken(deps.keys, id, WAITING_MAIL, 0));
  const facts: WaitingFacts = {
    kind: "joined",
    waitingId: id,
    locale,
    zone,
    workspaceName: link.workspaceName,
    linkName: link.name,
    linkToken: link.token,
    occurredAt: toIso(at),
  };
  const outbox = queueMails(
    [
      {
        workspaceId: link.workspaceId,
        meetingId: null,
        attendeeId: null,
        event: `${WAITING_MAIL}/joined`,
        toName: name,
        toEmail: email,
        facts,
        idempotencyKey: `${WAITING_MAIL}/joined/${id}`,
      },
    ],
    at,
  );
  await deps.db.$transaction(async (tx) => {
    const guest = { id, name, email, zone, locale, durationMinutes, tokenHash };
    if (!(await insertWaiting(tx, link, guest, at))) return;
    await insertRows(tx, [outbox.rows]);
    await enqueue(deps.queue, tx, sendMail, outbox.orders);
  });
  return ok({ linkName: link.name });
}
