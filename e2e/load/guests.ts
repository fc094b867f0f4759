import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Held, History } from "./history";
import type { Call, HttpClient, Reply } from "./http-client";
import type { Random } from "./random";
import { pick, randomFrom } from "./random";

/** A link the guests book through, how often they choose it, and the starts they fight for. */
export type Target = {
  readonly token: string;
  /** Parts of all bookings, beside those of the other targets. */
  readonly weight: number;
  /** Epoch milliseconds. */
  readonly starts: readonly number[];
};

export type Crowd = {
  readonly client: HttpClient;
  readonly targets: readonly Target[];
  readonly clients: number;
  readonly seed: number;
  readonly history: History;
  /** False ends the run; requests in flight are waited for. */
  readonly goesOn: () => boolean;
  /** How often an unanswered booking is sent again under its key; the rest stay unknown. 0…1. */
  readonly persistence?: number;
};

type Booked = { readonly manageToken: string; readonly start: string };

const isBooked = (body: unknown): body is Booked =>
  typeof body === "object" && body !== null && "manageToken" in body && "start" in body;

/** No answer, or one that only says "not now": the request may have been carried out all the same. */
const isUnknown = ({ status }: Reply): boolean => status === 0 || status >= 500;

/** "Not now": nothing was done. A throttle also says so while it cannot count because the database is away. */
const NOT_NOW = 429;

const PAUSE_AFTER_TROUBLE_MS = 100;
/** A server that was killed is back within this; who hears nothing for longer gives up. */
const PATIENCE_MS = 30_000;

/** One run: what its guests share. */
class Run {
  readonly crowd: Crowd;
  /** Bookings nobody is changing at the moment. Whoever takes one has it alone, so its state is never a guess. */
  private readonly idle: Held[] = [];
  /** Bookings with a key, for repetitions. */
  private readonly keyed: { readonly call: Call; readonly manageToken: string }[] = [];
  private readonly wheel: readonly Target[];

  constructor(crowd: Crowd) {
    this.crowd = crowd;
    this.wheel = crowd.targets.flatMap((target) => Array(target.weight).fill(target));
  }

  async guest(random: Random): Promise<void> {
    while (this.crowd.goesOn()) {
      const chance = random();
      if (chance < 0.55) await this.book(random);
      else if (chance < 0.65) await this.repeat(random);
      else if (chance < 0.82) await this.move(random);
      else await this.cancel(random);
    }
  }

  private async book(random: Random): Promise<void> {
    const target = pick(random, this.wheel);
    const start = pick(random, target.starts);
    const withKey = random() < 0.5;
    const call: Call = {
      method: "POST",
      path: `/api/v1/booking-links/${target.token}/bookings`,
      body: {
        start: new Date(start).toISOString(),
        zone: "Asia/Tokyo",
        name: "Mika Tanaka",
        email: `guest-${randomUUID()}@kaminari.example`,
      },
      ...(withKey ? { idempotencyKey: randomUUID() } : {}),
    };
    const persistent = withKey && random() < (this.crowd.persistence ?? 0);
    const reply = persistent ? await this.untilAnswered(call) : await this.send("book", call);
    if (reply.status !== 201) return this.judge("book", reply, [409, NOT_NOW]);
    if (!isBooked(reply.body)) return this.blame("book", reply);
    const { manageToken } = reply.body;
    if (Date.parse(reply.body.start) !== start) this.blame("book", reply);
    this.release({
      manageToken,
      linkToken: target.token,
      starts: new Set([start]),
      state: "live",
    });
    if (withKey) this.keyed.push({ call, manageToken });
  }

  /** Sends the same booking again and again until somebody says yes or no. */
  private async untilAnswered(call: Call): Promise<Reply> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const reply = await this.send("book", call);
      const answered = !isUnknown(reply) && reply.status !== NOT_NOW;
      if (answered || performance.now() > deadline) return reply;
    }
  }

  private async repeat(random: Random): Promise<void> {
    if (this.keyed.length === 0) return this.book(random);
    const { call, manageToken } = pick(random, this.keyed);
    const replies = await Promise.all([this.send("repeat", call), this.send("repeat", call)]);
    for (const reply of replies) {
      if (isUnknown(reply) || reply.status === NOT_NOW) continue;
      const same = reply.status === 201 && isBooked(reply.body);
      if (!same || (isBooked(reply.body) && reply.body.manageToken !== manageToken)) {
        this.blame("repeat", reply);
      }
    }
  }

  private async move(random: Random): Promise<void> {
    const held = this.take(random);
    if (held === undefined) return this.book(random);
    const starts = this.crowd.targets.find(({ token }) => token === held.linkToken)?.starts ?? [];
    const start = pick(random, starts);
    const reply = await this.send("move", {
      method: "PATCH",
      path: `/api/v1/bookings/${held.manageToken}`,
      body: { start: new Date(start).toISOString() },
    });
    if (reply.status === 200) this.release({ ...held, starts: new Set([start]) });
    else if (isUnknown(reply)) this.release({ ...held, starts: new Set([...held.starts, start]) });
    else {
      this.judge("move", reply, [409, NOT_NOW]);
      this.release(held);
    }
  }

  private async cancel(random: Random): Promise<void> {
    const held = this.take(random);
    if (held === undefined) return this.book(random);
    const reply = await this.send("cancel", {
      method: "DELETE",
      path: `/api/v1/bookings/${held.manageToken}`,
    });
    if (reply.status === 200) this.remember({ ...held, state: "cancelled" });
    else if (isUnknown(reply)) this.remember({ ...held, state: "unknown" });
    else {
      this.judge("cancel", reply, [NOT_NOW]);
      this.release(held);
    }
  }

  private async send(operation: "book" | "repeat" | "move" | "cancel", call: Call): Promise<Reply> {
    const reply = await this.crowd.client.send(call);
    this.crowd.history.note(operation, reply);
    if (isUnknown(reply) || reply.status === NOT_NOW) await sleep(PAUSE_AFTER_TROUBLE_MS);
    return reply;
  }

  private judge(operation: string, reply: Reply, legal: readonly number[]): void {
    if (!isUnknown(reply) && !legal.includes(reply.status)) this.blame(operation, reply);
  }

  private blame(operation: string, { status, body }: Reply): void {
    this.crowd.history.anomalies.push(
      `${operation}: ${status} ${JSON.stringify(body).slice(0, 300)}`,
    );
  }

  private take(random: Random): Held | undefined {
    const at = Math.floor(random() * this.idle.length);
    const [held] = this.idle.splice(at, 1);
    return held;
  }

  private release(held: Held): void {
    this.idle.push(held);
    this.remember(held);
  }

  private remember(held: Held): void {
    this.crowd.history.held.set(held.manageToken, held);
  }
}

/**
 * Lets a crowd book, repeat, move and cancel at random until told to stop; everything it was told is in its history.
 * Every booking has an address of its own, because a guest has to pause after a success.
 */
export async function runCrowd(crowd: Crowd): Promise<void> {
  const run = new Run(crowd);
  await Promise.all(
    Array.from({ length: crowd.clients }, (_, index) =>
      run.guest(randomFrom(crowd.seed * 1_000 + index)),
    ),
  );
}
