import { createHash } from "node:crypto";
import { enqueue } from "@/lib/jobs/queue";
import { log } from "@/lib/log";
import type { Deps } from "@/lib/runtime";
import { accessOf } from "../core/credentials";
import { readZoomSummary } from "../core/zoom-summary";
import type { ZoomHeaders } from "../core/zoom-webhook";
import {
  isRecent,
  isSigned,
  readSummaryEvent,
  urlValidation,
  validationAnswer,
} from "../core/zoom-webhook";
import { bringSummary } from "../jobs";
import { findStoredCredentials, listRoomsWithCredentials } from "../reads/credentials";

type Room = { readonly workspaceId: string; readonly virtualRoomId: string };

/** A secret Zoom signs with, and whose it is: a virtual room's own, or the environment's. */
type Voucher = { readonly secret: string; readonly room: Room | null };

type ZoomAnswer = { readonly status: 200 | 400 | 401; readonly body?: object };

type Reception = Pick<Deps, "db" | "queue" | "keys" | "now"> & {
  /** The environment's webhook secret. */
  readonly secret: string | undefined;
};

async function listVouchers(deps: Reception): Promise<readonly Voucher[]> {
  const own: Voucher[] = [];
  for (const room of await listRoomsWithCredentials(deps.db, "zoom")) {
    const access = accessOf("zoom", await findStoredCredentials(deps.db, deps.keys, room));
    const secret = access?.name === "zoom" ? access.credentials.webhookSecret : undefined;
    if (secret !== undefined) own.push({ secret, room });
  }
  const environment = deps.secret === undefined ? [] : [{ secret: deps.secret, room: null }];
  return [...environment, ...own];
}

function parse(raw: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(raw).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Queues the work of an event that was not worked on before; the same bytes again are known. */
async function keep(
  raw: Uint8Array,
  json: unknown,
  { room }: Voucher,
  deps: Reception,
): Promise<void> {
  const event = readSummaryEvent(json);
  if (event === undefined) return;
  const { externalId, startedAt, written } = event;
  const id = createHash("sha256").update(raw).digest("hex");
  await deps.db.$transaction(async (tx) => {
    const isNew = await tx.$executeRaw`
      INSERT INTO inbound_event (source, id) VALUES ('zoom', ${id}) ON CONFLICT DO NOTHING`;
    if (isNew === 0) return;
    const summary = readZoomSummary(written);
    const payload = {
      provider: "zoom" as const,
      externalId,
      startedAt,
      room,
      summary: summary && {
        ...summary,
        details: [...summary.details],
        nextSteps: [...summary.nextSteps],
      },
    };
    await enqueue(deps.queue, tx, bringSummary, [{ payload }]);
  });
}

/**
 * Takes what Zoom sends to our webhook. Its question whether the address is ours is answered; an event counts when its
 * signature over the raw bytes is right and it was sent within the last five minutes, and is worked on once. Whoever
 * sends something else learns nothing but that.
 */
export async function receiveZoomEvent(
  { raw, headers }: { readonly raw: Uint8Array; readonly headers: ZoomHeaders },
  deps: Reception,
): Promise<ZoomAnswer> {
  const json = parse(raw);
  if (json === undefined) return { status: 400 };
  const vouchers = await listVouchers(deps);
  const asked = urlValidation.safeParse(json);
  const isUnsigned = headers.signature === null;
  const known =
    asked.success && isUnsigned
      ? vouchers[0]
      : vouchers.find(({ secret }) => isSigned(secret, headers, raw));
  if (known === undefined) {
    log.warn({ secrets: vouchers.length }, "a webhook was not signed by Zoom");
    return { status: 401 };
  }
  if (asked.success) {
    return { status: 200, body: validationAnswer(known.secret, asked.data.payload.plainToken) };
  }
  if (!isRecent(headers, deps.now())) {
    log.warn({}, "a webhook of Zoom came too late, or again");
    return { status: 401 };
  }
  await keep(raw, json, known, deps);
  return { status: 200, body: {} };
}
