import { createHash } from "node:crypto";
import { StreamCount } from "./stream-count";

/** A topic is read anew at most once in this time, milliseconds: a burst of changes is one reading. */
const SPACING_MS = 250;
/** Readings at once, so that one busy host with many links does not take the connections bookings need. */
const READS_AT_ONCE = 2;
/** After a reading that failed, milliseconds. */
const RETRY_MS = 1_000;
/** A topic somebody hears is read anew after this long, milliseconds: the world may change without telling us. */
export const REREAD_AFTER_MS = 60_000;
/** Sent to every stream so often, milliseconds: proxies hang up on what is silent, commonly after 60 s. */
export const HEARTBEAT_MS = 25_000;
/** What a stream may have waiting, bytes. A reader who takes less is hung up on, and hears everything on return. */
const MOST_WAITING_BYTES = 64 * 1024;
/** How long a page waits before it connects again, milliseconds; each is told another time between these. */
const RECONNECT_MS = { least: 500, most: 4_500 };

/** Reads a topic's present state as one line of text; undefined when there is no such topic. */
export type Read = () => Promise<string | undefined>;

type State = { readonly id: string; readonly text: string; readonly bytes: Uint8Array };
type Sink = { readonly send: (bytes: Uint8Array) => void; readonly end: () => void };

type Topic = {
  readonly name: string;
  readonly read: Read;
  readonly sinks: Set<Sink>;
  readonly waiting: {
    resolve: (state: State | undefined) => void;
    reject: (why: unknown) => void;
  }[];
  state: State | undefined;
  phase: "still" | "due" | "queued" | "reading";
  /** Changed while it was being read: what was read may be from before. */
  again: boolean;
  readAt: number;
  timer: ReturnType<typeof setTimeout> | undefined;
};

export type Refusal = "too-many-streams" | "too-many-of-address" | "stopping" | "absent";

export type Listener = {
  readonly topic: string;
  readonly read: Read;
  /** Who is counted; undefined for whoever is not. */
  readonly address: string | undefined;
  /** `Last-Event-ID`: what this reader heard last. */
  readonly heard: string | undefined;
  readonly signal: AbortSignal;
};

const encoder = new TextEncoder();
const HEARTBEAT = encoder.encode(":\n\n");

function stateOf(text: string, { identity, event }: { identity: string; event: string }): State {
  const id = createHash("sha256").update(identity).digest("base64url").slice(0, 16);
  return { id, text, bytes: encoder.encode(`id: ${id}\nevent: ${event}\ndata: ${text}\n\n`) };
}

/**
 * What this process tells the pages that are open, topic by topic, as server-sent events.
 *
 * However many pages show one link, a change costs one reading and one encoding: the same bytes go to every stream.
 * A topic nobody hears is neither read nor kept. A stream begins with the present state, so nothing is lost between
 * a page and its stream, and a reader who was away needs no history.
 */
export class Broadcast {
  private readonly clock: () => number;
  private readonly onTrouble: (cause: unknown) => void;
  private readonly identityOf: (text: string) => string;
  private readonly event: string;
  private readonly topics = new Map<string, Topic>();
  private readonly count = new StreamCount();
  private readonly line: Topic[] = [];
  private reading = 0;
  private beat: ReturnType<typeof setInterval> | undefined;
  private stopped = false;

  /**
   * `clock`: monotonic milliseconds. `identityOf`: the part of a state in which two that say the same are equal; a
   * reading that says nothing new is not sent. `event` is what each piece of news is called on the wire.
   */
  constructor(parts: {
    readonly clock: () => number;
    readonly identityOf: (text: string) => string;
    readonly onTrouble: (cause: unknown) => void;
    readonly event?: string;
  }) {
    this.clock = parts.clock;
    this.identityOf = parts.identityOf;
    this.event = parts.event ?? "offers";
    this.onTrouble = parts.onTrouble;
  }

  /** These topics may have changed. Returns at once; what nobody hears costs nothing. */
  changed(names: readonly string[]): void {
    for (const name of names) {
      const topic = this.topics.get(name);
      if (topic) this.want(topic);
    }
  }

  /** Changes may have been missed: everything anybody hears is read anew. */
  missed(): void {
    for (const topic of this.topics.values()) this.want(topic);
  }

  /** The state a topic was last read in, while somebody hears it. */
  heard(name: string): string | undefined {
    return this.topics.get(name)?.state?.text;
  }

  /** Streams open now. */
  size(): number {
    return this.count.size();
  }

  /** A stream of one topic, which begins with its present state. Rejects when that cannot be read. */
  async open(listener: Listener): Promise<ReadableStream<Uint8Array> | Refusal> {
    const { address, signal } = listener;
    if (this.stopped) return "stopping";
    // Counted before anything is waited for, or a crowd would pass the bound together.
    const place = this.count.take(address);
    if (place !== "taken") return place;
    const topic = this.topicOf(listener);
    let left = false;
    const sink: { -readonly [Key in keyof Sink]: Sink[Key] } = { send: () => {}, end: () => {} };
    topic.sinks.add(sink);
    const leave = () => {
      if (left) return;
      left = true;
      topic.sinks.delete(sink);
      this.count.giveBack(address);
      this.forgetUnheard(topic);
      signal.removeEventListener("abort", leave);
    };
    signal.addEventListener("abort", leave);
    try {
      const state = topic.state ?? (await this.firstOf(topic));
      if (state !== undefined && !signal.aborted && !this.stopped)
        return this.streamInto(sink, topic.state ?? state, listener, leave);
      leave();
      return state === undefined ? "absent" : "stopping";
    } catch (cause) {
      leave();
      throw cause;
    }
  }

  /** Ends every stream; whoever wants to hear more connects to somebody else. */
  stop(): void {
    this.stopped = true;
    clearInterval(this.beat);
    for (const topic of this.topics.values()) {
      clearTimeout(topic.timer);
      for (const sink of [...topic.sinks]) sink.end();
    }
    this.topics.clear();
  }

  private streamInto(
    sink: { -readonly [Key in keyof Sink]: Sink[Key] },
    state: State,
    { heard }: Listener,
    leave: () => void,
  ): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          sink.end = () => {
            leave();
            try {
              controller.close();
            } catch {
              // The reader was quicker: the stream is closed already.
            }
          };
          sink.send = (bytes) => {
            if ((controller.desiredSize ?? 0) <= 0) sink.end();
            else controller.enqueue(bytes);
          };
          const { least, most } = RECONNECT_MS;
          const retry = Math.round(least + Math.random() * (most - least));
          sink.send(encoder.encode(`retry: ${retry}\n\n`));
          if (heard !== state.id) sink.send(state.bytes);
        },
        cancel: leave,
      },
      new ByteLengthQueuingStrategy({ highWaterMark: MOST_WAITING_BYTES }),
    );
  }

  private topicOf({ topic: name, read }: Listener): Topic {
    const known = this.topics.get(name);
    if (known) return known;
    const made: Topic = {
      name,
      read,
      sinks: new Set(),
      waiting: [],
      state: undefined,
      phase: "still",
      again: false,
      readAt: Number.NEGATIVE_INFINITY,
      timer: undefined,
    };
    this.topics.set(name, made);
    this.beat ??= this.beating();
    return made;
  }

  private firstOf(topic: Topic): Promise<State | undefined> {
    const first = new Promise<State | undefined>((resolve, reject) => {
      topic.waiting.push({ resolve, reject });
    });
    this.want(topic);
    return first;
  }

  private want(topic: Topic): void {
    if (topic.phase === "reading") topic.again = true;
    if (topic.phase !== "still") return;
    const waitMs = topic.readAt + SPACING_MS - this.clock();
    if (waitMs <= 0) this.queue(topic);
    else this.wantAfter(topic, waitMs);
  }

  private wantAfter(topic: Topic, waitMs: number): void {
    topic.phase = "due";
    topic.timer = setTimeout(() => this.queue(topic), waitMs);
    topic.timer.unref();
  }

  private queue(topic: Topic): void {
    topic.phase = "queued";
    this.line.push(topic);
    this.work();
  }

  private work(): void {
    while (this.reading < READS_AT_ONCE) {
      const topic = this.line.shift();
      if (topic === undefined) return;
      if (this.topics.get(topic.name) !== topic) continue;
      this.reading += 1;
      void this.readNow(topic).finally(() => {
        this.reading -= 1;
        this.work();
      });
    }
  }

  private async readNow(topic: Topic): Promise<void> {
    topic.phase = "reading";
    topic.again = false;
    topic.readAt = this.clock();
    let failed = false;
    try {
      this.tell(topic, await topic.read());
    } catch (cause) {
      failed = true;
      this.onTrouble(cause);
      for (const { reject } of topic.waiting.splice(0)) reject(cause);
    }
    topic.phase = "still";
    if (this.topics.get(topic.name) !== topic) return;
    if (failed) this.wantAfter(topic, RETRY_MS);
    else if (topic.again) this.want(topic);
  }

  private tell(topic: Topic, text: string | undefined): void {
    const state =
      text === undefined
        ? undefined
        : stateOf(text, { identity: this.identityOf(text), event: this.event });
    const isNews = state?.id !== topic.state?.id;
    topic.state = state;
    for (const { resolve } of topic.waiting.splice(0)) resolve(state);
    if (!isNews) return;
    for (const sink of [...topic.sinks]) {
      if (state === undefined) sink.end();
      else sink.send(state.bytes);
    }
  }

  private forgetUnheard(topic: Topic): void {
    if (topic.sinks.size > 0 || this.topics.get(topic.name) !== topic) return;
    clearTimeout(topic.timer);
    this.topics.delete(topic.name);
    if (this.topics.size > 0) return;
    clearInterval(this.beat);
    this.beat = undefined;
  }

  private beating(): ReturnType<typeof setInterval> {
    const timer = setInterval(() => {
      const readBefore = this.clock() - REREAD_AFTER_MS;
      for (const topic of this.topics.values()) {
        for (const sink of [...topic.sinks]) sink.send(HEARTBEAT);
        if (topic.readAt <= readBefore) this.want(topic);
      }
    }, HEARTBEAT_MS);
    timer.unref();
    return timer;
  }
}
