/**
 * What a person is told of, and by which events of mails and kinds of notices it is told: the names the senders use.
 * A channel that is absent does not exist for it.
 */
export const NOTIFICATION_CHOICES = [
  { choice: "request", mail: "new-request", inbox: "requested" },
  { choice: "booked", mail: "confirmed", inbox: "booked" },
  { choice: "invited", inbox: "invited" },
  { choice: "joined", inbox: "joined" },
  { choice: "left", inbox: "left" },
  { choice: "moved", mail: "moved", inbox: "moved" },
  { choice: "updated", mail: "updated", inbox: "updated" },
  { choice: "cancelled", mail: "cancelled", inbox: "cancelled" },
  { choice: "removed", mail: "removed", inbox: "removed" },
  { choice: "declined", mail: "declined", inbox: "declined" },
  { choice: "expired", mail: "expired", inbox: "expired" },
  { choice: "said", mail: "answered", inbox: "answered" },
  { choice: "proposed", mail: "proposed", inbox: "proposed" },
  { choice: "proposal-declined", inbox: "proposal-declined" },
  { choice: "reminder", mail: "reminder", inbox: "reminder" },
  { choice: "link-ready", mail: "link-ready", inbox: "link-ready" },
  { choice: "summary-ready", mail: "summary-ready", inbox: "summary-ready" },
  { choice: "answered", inbox: "confirmed" },
  { choice: "restored", inbox: "restored" },
  { choice: "no-show", inbox: "no-show" },
  { choice: "room-asked", mail: "room-asked", inbox: "room-asked" },
  { choice: "room-declined", mail: "room-declined", inbox: "room-declined" },
  { choice: "room-released", inbox: "room-released" },
  { choice: "online-failed", mail: "online-failed", inbox: "online-failed" },
  { choice: "mail-failed", inbox: "mail-failed" },
  { choice: "weekly-report", mail: "report/weekly" },
  { choice: "webhook-stopped", inbox: "webhook-stopped" },
  { choice: "deal-assigned", mail: "crm/assigned", inbox: "deal-assigned" },
  { choice: "activity-due", mail: "crm/activity-due", inbox: "activity-due" },
  { choice: "answer-overdue", mail: "crm/answer-overdue", inbox: "answer-overdue" },
  { choice: "deal-mentioned", inbox: "deal-mentioned" },
  { choice: "deal-moved", inbox: "deal-moved" },
  { choice: "deal-won", inbox: "deal-won" },
  { choice: "deal-lost", inbox: "deal-lost" },
  { choice: "import-ended", inbox: "import-ended" },
  { choice: "figures-drifted", inbox: "figures-drifted" },
] as const satisfies readonly {
  readonly choice: string;
  readonly mail?: string;
  readonly inbox?: string;
}[];

export type NotificationChoice = (typeof NOTIFICATION_CHOICES)[number]["choice"];
export type NotificationChannel = "mail" | "inbox";

/** `request:mail`: one switch of the settings. */
export type NotificationSwitch = `${NotificationChoice}:${NotificationChannel}`;

export type Preference = { readonly event: string; readonly channel: NotificationChannel };

/** Every switch, with the sender's name of what it switches. */
export const NOTIFICATION_SWITCHES: ReadonlyMap<NotificationSwitch, Preference> = new Map(
  NOTIFICATION_CHOICES.flatMap((line) =>
    (["mail", "inbox"] as const).flatMap((channel): [NotificationSwitch, Preference][] => {
      const event = (line as { mail?: string; inbox?: string })[channel];
      return event === undefined ? [] : [[`${line.choice}:${channel}`, { event, channel }]];
    }),
  ),
);

/** The switches that are on, of a person who switched these off. */
export const switchesOn = (off: readonly Preference[]): readonly NotificationSwitch[] =>
  [...NOTIFICATION_SWITCHES]
    .filter(
      ([, { event, channel }]) =>
        !off.some((other) => other.event === event && other.channel === channel),
    )
    .map(([name]) => name);
