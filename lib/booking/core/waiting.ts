import { z } from "zod";
import type { Instant } from "@/lib/time/instant";
import { HOUR_MS } from "@/lib/time/instant";

/** Somebody who wants to be told when a full link has a free time again. */
export type WaitingGuest = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly zone: string;
  readonly locale: string;
  readonly durationMinutes: number;
  readonly tokenHash: Uint8Array;
  readonly toldAt: Instant | null;
  readonly toldStart: Instant | null;
};

/** How long a free time is one guest's alone to hear of, before the next in line is told of it too. */
export const FIRST_TO_KNOW_MS = HOUR_MS;

/**
 * Who is told of which free time now: the longest waiting first, each of one time, and no time that somebody was told
 * of within the last hour. Times are given out soonest first. `waiting` is in the order they came.
 */
export function whoToTell(
  waiting: readonly Pick<WaitingGuest, "id" | "durationMinutes" | "toldAt" | "toldStart">[],
  startsOf: (durationMinutes: number) => readonly Instant[],
  now: Instant,
): { readonly id: string; readonly start: Instant }[] {
  const fresh = ({ toldAt }: { readonly toldAt: Instant | null }): boolean =>
    toldAt !== null && now - toldAt < FIRST_TO_KNOW_MS;
  const spokenFor = new Set(waiting.filter(fresh).map(({ toldStart }) => toldStart));
  const told: { id: string; start: Instant }[] = [];
  for (const { id, durationMinutes, toldAt, toldStart } of waiting) {
    if (fresh({ toldAt })) continue;
    // The same time twice would be a nuisance; another one is news.
    const start = startsOf(durationMinutes).find(
      (free) => !spokenFor.has(free) && free !== toldStart,
    );
    if (start === undefined) continue;
    spokenFor.add(start);
    told.push({ id, start });
  }
  return told;
}

/** Event prefix of these mails: the worker finds their renderer by it. */
export const WAITING_MAIL = "waiting";

export const waitingFacts = z.strictObject({
  kind: z.enum(["joined", "freed"]),
  waitingId: z.uuid(),
  locale: z.string().max(35),
  zone: z.string().max(64),
  workspaceName: z.string().min(1).max(300),
  linkName: z.string().min(1).max(300),
  linkToken: z.string().max(64),
  occurredAt: z.iso.datetime(),
  /** The time that came free. */
  start: z.iso.datetime().optional(),
  durationMinutes: z.int().optional(),
});

export type WaitingFacts = z.infer<typeof waitingFacts>;
