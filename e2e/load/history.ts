import type { Reply } from "./http-client";

/** What a client tried. */
export type Operation = "book" | "repeat" | "move" | "cancel";

/** What one guest was told of one booking, and may therefore rely on. */
export type Held = {
  readonly manageToken: string;
  readonly linkToken: string;
  /** Every start it may have now, epoch milliseconds: one, unless a move's answer was lost. */
  readonly starts: ReadonlySet<number>;
  /** `unknown`: a cancellation whose answer was lost. */
  readonly state: "live" | "cancelled" | "unknown";
};

/** Everything the clients of one run did and were told. */
export class History {
  readonly held = new Map<string, Held>();
  readonly latencies: number[] = [];
  /** How often each operation was answered with each status; 0 is no answer. */
  readonly counts = new Map<string, number>();
  /** Answers that can never be right, in words. */
  readonly anomalies: string[] = [];

  /** Counts one answer. */
  note(operation: Operation, reply: Reply): void {
    this.latencies.push(reply.ms);
    const key = `${operation} ${reply.status}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  /** How many answers had a status in [from, to]. */
  answered(from: number, to: number): number {
    return [...this.counts].reduce((sum, [key, count]) => {
      const status = Number(key.split(" ")[1]);
      return status >= from && status <= to ? sum + count : sum;
    }, 0);
  }

  /** Milliseconds that `share` of all answers did not exceed. */
  latencyAt(share: number): number {
    const sorted = this.latencies.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  }

  /** One line for the log of a run. */
  summary(seconds: number): string {
    const parts = [...this.counts].toSorted(([a], [b]) => a.localeCompare(b));
    const at = (share: number) => `${this.latencyAt(share).toFixed(0)} ms`;
    const total = this.latencies.length;
    return [
      `${total} requests in ${seconds.toFixed(1)} s (${(total / seconds).toFixed(0)}/s)`,
      `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, longest ${at(1)}`,
      parts.map(([key, count]) => `${key}: ${count}`).join(", "),
    ].join("; ");
  }
}
