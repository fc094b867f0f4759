/** "These links have changed", from one node to another. */
export type NodeMessage = {
  readonly from: string;
  readonly to: string;
  /** Counts up by one per message of a sender. */
  readonly nonce: number;
  readonly tokens: readonly string[];
};

/** Messages of one sender that may arrive late and still be taken. */
const WINDOW = 4_096;

/** The message of a body, or undefined when it is none. */
export function parseNodeMessage(body: string): NodeMessage | undefined {
  let read: unknown;
  try {
    read = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof read !== "object" || read === null) return undefined;
  const { from, to, nonce, tokens } = read as Record<string, unknown>;
  if (typeof from !== "string" || typeof to !== "string" || !Number.isSafeInteger(nonce))
    return undefined;
  if (!Array.isArray(tokens) || !tokens.every((token) => typeof token === "string"))
    return undefined;
  return { from, to, nonce: Number(nonce), tokens };
}

/** Remembers which messages were taken, so that a recorded one cannot be played again. */
export class MessageLog {
  private readonly senders = new Map<string, { highest: number; taken: Set<number> }>();

  /** True the first time a message is seen; false for a repetition or one that is far too late. */
  take({ from, nonce }: NodeMessage): boolean {
    const sender = this.senders.get(from) ?? { highest: 0, taken: new Set<number>() };
    this.senders.set(from, sender);
    if (nonce <= sender.highest - WINDOW || sender.taken.has(nonce)) return false;
    sender.taken.add(nonce);
    if (nonce > sender.highest) {
      sender.highest = nonce;
      for (const old of sender.taken) if (old <= nonce - WINDOW) sender.taken.delete(old);
    }
    if (this.senders.size > 1_000) {
      const [oldest] = this.senders.keys();
      if (oldest !== undefined && oldest !== from) this.senders.delete(oldest);
    }
    return true;
  }
}
