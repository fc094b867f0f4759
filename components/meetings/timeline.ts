import type {
  MailDelivery,
  MailState,
  MeetingHistoryEntry,
} from "@/lib/meetings/core/meeting-view";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";

export type TimelineEntry =
  | { readonly kind: "history"; readonly at: Instant; readonly entry: MeetingHistoryEntry }
  | {
      readonly kind: "mail";
      readonly at: Instant;
      readonly event: string;
      readonly outcome: MailOutcome;
      /** Mails of one event with one outcome, sent within a few minutes: one line, several readers. */
      readonly mails: readonly MailDelivery[];
    };

export type MailOutcome = "delivered" | "underway" | "failed" | "held-back";

const OUTCOMES: Readonly<Record<MailState, MailOutcome>> = {
  queued: "underway",
  sending: "underway",
  sent: "delivered",
  bounced: "failed",
  failed: "failed",
  suppressed: "held-back",
};

// Readers of one event are served by one job run; a later "send again" is an event of its own.
const TOGETHER_MS = 5 * MINUTE_MS;

type MailLine = Extract<TimelineEntry, { kind: "mail" }>;

function groupMails(mails: readonly MailDelivery[]): readonly MailLine[] {
  const lines: MailLine[] = [];
  for (const mail of [...mails].sort((a, b) => a.at - b.at)) {
    const outcome = OUTCOMES[mail.state];
    // Each failure stays alone, because each has its own reason and its own way out.
    const together = lines.findIndex(
      (line) =>
        outcome !== "failed" &&
        line.outcome === outcome &&
        line.event === mail.event &&
        mail.at - line.at <= TOGETHER_MS,
    );
    const line = lines[together];
    if (line === undefined)
      lines.push({ kind: "mail", at: mail.at, event: mail.event, outcome, mails: [mail] });
    else lines[together] = { ...line, mails: [...line.mails, mail] };
  }
  return lines;
}

/** What happened and which mails went out, newest first, as one list. */
export function mergeTimeline(
  history: readonly MeetingHistoryEntry[],
  mails: readonly MailDelivery[],
): readonly TimelineEntry[] {
  const happened = history.map((entry) => ({ kind: "history", at: entry.at, entry }) as const);
  // A mail follows its cause, so at the same moment it stands above it.
  return [...groupMails(mails), ...happened].sort(
    (a, b) => b.at - a.at || (a.kind === "mail" ? -1 : 1),
  );
}

/** How many mails reached their reader, and how many did not. */
export function countMails(mails: readonly MailDelivery[]): Readonly<Record<MailOutcome, number>> {
  const counts = { delivered: 0, underway: 0, failed: 0, "held-back": 0 };
  for (const { state } of mails) counts[OUTCOMES[state]] += 1;
  return counts;
}
