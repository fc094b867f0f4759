import ICAL from "ical.js";
import { expect, test } from "vitest";
import { tokens } from "@/components/ui/tokens";
import type { MailFacts } from "@/lib/meetings/core/mail-facts";
import { parseMailFacts } from "@/lib/meetings/core/mail-facts";
import { renderMeetingMail } from "@/lib/meetings/mails/render-meeting-mail";
import { anaReads, MIKA, mailFactsOf, mikaReads } from "@/lib/testing/factories/mails";

const MOVED = {
  sequence: 1,
  invited: true,
  changedBy: "host",
  previousStart: "2026-11-17T05:00:00.000Z",
  previousEnd: "2026-11-17T06:00:00.000Z",
  guest: MIKA,
} as const;

test("an invitation's subject is the topic and the start on the reader's own clock", async () => {
  const subjectIn = async (zone: string, locale = "en", hourCycle: 12 | 24 = 24) =>
    (await renderMeetingMail(mailFactsOf({ reader: { zone, locale, hourCycle } }))).subject;
  expect(await subjectIn("Asia/Tokyo")).toBe("Invitation: Roadmap review @ 14:00 (JST)");
  expect(await subjectIn("Europe/Berlin")).toBe("Invitation: Roadmap review @ 06:00 (CET)");
  expect(await subjectIn("America/New_York", "en", 12)).toBe(
    "Invitation: Roadmap review @ 12:00 am (EST)",
  );
  expect(await subjectIn("Asia/Tokyo", "ja-JP")).toBe("招待: Roadmap review @ 14:00 (JST)");
  expect(await subjectIn("Asia/Tokyo", "xx")).toBe("Invitation: Roadmap review @ 14:00 (JST)");
});

const SUBJECTS: readonly [MailFacts["event"], MailFacts["reader"]["role"], string, string][] = [
  ["requested", "guest", "Request received", "リクエスト受付"],
  ["new-request", "host", "New request", "新しいリクエスト"],
  ["confirmed", "guest", "Confirmed", "予約確定"],
  ["confirmed", "extra-guest", "Invitation", "招待"],
  ["confirmed", "host", "New booking", "新しい予約"],
  ["declined", "guest", "Declined", "辞退"],
  ["moved", "guest", "Moved", "日時変更"],
  ["cancelled", "host", "Cancelled", "キャンセル"],
  ["expired", "guest", "Request lapsed", "リクエスト期限切れ"],
  ["reminder", "guest", "Reminder", "リマインダー"],
];

for (const [event, role, english, japanese] of SUBJECTS)
  test(`a ${role} reads of "${event}" in the subject, in English and Japanese`, async () => {
    const subject = async (locale: string) =>
      (
        await renderMeetingMail(
          mailFactsOf({ event, meeting: { guest: MIKA }, reader: { role, locale } }),
        )
      ).subject;
    expect(await subject("en")).toBe(`${english}: Roadmap review @ 14:00 (JST)`);
    expect(await subject("ja")).toBe(`${japanese}: Roadmap review @ 14:00 (JST)`);
  });

test("text and HTML both say date, local time, UTC, duration and every room in its own zone", async () => {
  const { text, html } = await renderMeetingMail(mailFactsOf());
  const words = html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
  for (const said of [
    "Ana Lim invites you.",
    "Wednesday 18 November 2026",
    "Your time in Tokyo (GMT+9)",
    "05:00–06:00 UTC",
    "60 minutes",
    "831 9026 4415",
    "417 902",
    "Where, in local time",
  ]) {
    expect(text).toContain(said);
    expect(words).toContain(said);
  }
  expect(text).toContain(
    [
      "14:00–15:00 JST    Kaede, Tokyo, 8F, your room",
      "13:00–14:00 SGT    Tembusu, Singapore, Level 5",
      "16:00–17:00 AEDT   Wattle, Sydney, Level 12",
      "21:00–22:00 PST    Alder, San Francisco, Floor 3 [Tue 17 Nov]",
      "13:00–14:00 SGT    Zoom, Host’s zone, Singapore",
    ].join("\n"),
  );
  for (const row of [
    "Kaede, Tokyo 8F, your room 14:00–15:00 JST",
    "Tembusu, Singapore Level 5 13:00–14:00 SGT",
    "Wattle, Sydney Level 12 16:00–17:00 AEDT",
    "Alder, San Francisco Floor 3 Tue 17 Nov 21:00–22:00 PST",
    "Zoom Host’s zone, Singapore 13:00–14:00 SGT",
  ])
    expect(words).toContain(row);
});

test("without rooms or provider the table shows the reader and the host", async () => {
  const { rooms: _rooms, provider: _provider, ...meeting } = mailFactsOf().meeting;
  const facts = { ...mailFactsOf(), meeting: { ...meeting, rooms: [] } };
  const { text } = await renderMeetingMail(facts);
  expect(text).toContain(
    "14:00–15:00 JST   You, Tokyo\n13:00–14:00 SGT   Ana Lim, host, Singapore",
  );
});

test("UTC names its day where it is another one than the reader's", async () => {
  const { text } = await renderMeetingMail(
    mailFactsOf({ reader: { zone: "America/Los_Angeles" } }),
  );
  expect(text).toContain("Tuesday 17 November 2026\n21:00–22:00 PST");
  expect(text).toContain("Wed 18 Nov, 05:00–06:00 UTC, 60 minutes");
});

test("a moved meeting says from when to when, on the reader's clock, and keeps its UID", async () => {
  const mail = await renderMeetingMail(
    mailFactsOf({ event: "moved", meeting: MOVED, reader: mikaReads }),
  );
  const words = "Moved from Tue 17 Nov 14:00–15:00 (JST) to Wed 18 Nov 14:00–15:00 (JST)";
  expect(mail.text.replaceAll("\n", " ")).toContain(words);
  expect(mail.html).toContain(words);
  expect(mail.text).toContain("Ana Lim moved this meeting.");
  expect(mail.ics?.method).toBe("REQUEST");
  expect(mail.ics?.content).toContain("UID:m-4711@haldenworks.example\r\nSEQUENCE:1\r\n");
});

test("a cancelled meeting gives the host's reason, offers nothing to join, and leaves the calendar", async () => {
  const mail = await renderMeetingMail(
    mailFactsOf({
      event: "cancelled",
      meeting: { ...MOVED, sequence: 2, reason: "The release moved." },
      reader: mikaReads,
      bookAgainUrl: "https://meridian.example/book/x",
      manageUrl: "https://meridian.example/m/secret",
    }),
  );
  expect(mail.text).toContain("The release moved.");
  expect(mail.text).toContain("Pick another time:\nhttps://meridian.example/book/x");
  expect(mail.text + mail.html).not.toMatch(/zoom\.example|Join on|Manage this/);
  expect(mail.ics?.method).toBe("CANCEL");
  expect(mail.ics?.content).toContain("\r\nMETHOD:CANCEL\r\n");
});

const CALENDAR: readonly [string, MailFacts, "REQUEST" | "CANCEL" | undefined][] = [
  [
    "a request received",
    mailFactsOf({ event: "requested", meeting: { settled: false }, reader: mikaReads }),
    undefined,
  ],
  ["a confirmation", mailFactsOf({ reader: mikaReads }), "REQUEST"],
  [
    "a move of something never invited to, still unsettled",
    mailFactsOf({ event: "moved", meeting: { settled: false }, reader: mikaReads }),
    undefined,
  ],
  [
    "a move that waits for the host again",
    mailFactsOf({ event: "moved", meeting: { ...MOVED, settled: false }, reader: mikaReads }),
    "REQUEST",
  ],
  [
    "a refusal of a request",
    mailFactsOf({ event: "declined", meeting: { settled: false }, reader: mikaReads }),
    undefined,
  ],
  [
    "a refusal of a moved meeting",
    mailFactsOf({ event: "declined", meeting: MOVED, reader: mikaReads }),
    "CANCEL",
  ],
  ["a reminder", mailFactsOf({ event: "reminder", reader: mikaReads }), undefined],
  [
    "the host's copy of a booking",
    mailFactsOf({ meeting: { guest: MIKA }, reader: anaReads }),
    undefined,
  ],
  [
    "the host's copy of a cancellation",
    mailFactsOf({ event: "cancelled", meeting: MOVED, reader: anaReads }),
    undefined,
  ],
  [
    "a copy to the organizer's own mailbox",
    mailFactsOf({ reader: { email: "Meetings@haldenworks.example" } }),
    undefined,
  ],
];

for (const [what, facts, method] of CALENDAR)
  test(`${what} carries ${method ?? "no calendar file"}`, async () => {
    const { ics } = await renderMeetingMail(facts);
    expect(ics?.method).toBe(method);
    if (!ics) return;
    const calendar = new ICAL.Component(ICAL.parse(ics.content));
    expect(calendar.getFirstPropertyValue("method")).toBe(method);
    const event = calendar.getFirstSubcomponent("vevent");
    expect(event?.getAllProperties("attendee")).toHaveLength(1);
    expect(event?.getFirstPropertyValue("organizer")).toBe("mailto:meetings@haldenworks.example");
  });

test("a moved meeting that waits for the host is tentative in the calendar", async () => {
  const { ics, text } = await renderMeetingMail(
    mailFactsOf({ event: "moved", meeting: { ...MOVED, settled: false }, reader: mikaReads }),
  );
  expect(ics?.content).toContain("\r\nSTATUS:TENTATIVE\r\n");
  expect(text).toContain("Waiting for Ana Lim to confirm");
});

test("the manage link is not given to somebody else's calendar service", async () => {
  const { html } = await renderMeetingMail(
    mailFactsOf({ reader: mikaReads, manageUrl: "https://meridian.example/m/secret" }),
  );
  const forms = [...html.matchAll(/href="(https:\/\/(?:calendar\.google|outlook)[^"]+)"/g)];
  expect(forms).toHaveLength(2);
  for (const [, url = ""] of forms) expect(decodeURIComponent(url)).not.toContain("secret");
  expect(html).toContain('href="https://meridian.example/m/secret"');
});

test("the HTML says its language, scheme and title, and every layout table is marked as one", async () => {
  const { html } = await renderMeetingMail(
    mailFactsOf({ reader: { locale: "ja" }, calendarFileUrl: "https://meridian.example/c/1" }),
  );
  expect(html).toMatch(/^<!DOCTYPE html><html dir="ltr" lang="ja"/);
  expect(html).toContain('<meta name="color-scheme" content="light dark"/>');
  expect(html).toContain("<title>招待: Roadmap review @ 14:00 (JST)</title>");
  expect(html).toContain(tokens.dark.surface);
  expect(html.split("<style>")[1]?.split("</style>")[0]).not.toContain("&");
  expect(html).not.toMatch(/<(?:script|link|img)\b/);
  const tables = html.match(/<table[^>]*>/g) ?? [];
  // The time-zone table and the pairs are data, with heads; all others are layout.
  expect(tables.filter((table) => !table.includes('role="presentation"'))).toHaveLength(2);
  expect(html.match(/<h1/g)).toHaveLength(1);
});

test("equal facts are an equal mail, and facts survive their time in the database", async () => {
  const facts = mailFactsOf({ meeting: MOVED, event: "moved", reader: mikaReads });
  const stored = parseMailFacts(JSON.parse(JSON.stringify(facts)));
  expect(await renderMeetingMail(stored)).toEqual(await renderMeetingMail(facts));
});

test("facts that could break a mail are no facts", () => {
  const facts = mailFactsOf();
  for (const broken of [
    { ...facts, reader: { ...facts.reader, email: "a@b.c\r\nBcc: d@e.f" } },
    { ...facts, reader: { ...facts.reader, zone: "Mars/Base" } },
    { ...facts, meeting: { ...facts.meeting, joinUrl: "javascript:alert(1)" } },
    { ...facts, meeting: { ...facts.meeting, start: "2026-11-18T05:00:00" } },
    { ...facts, meeting: { ...facts.meeting, uid: "a\r\nb" } },
    { ...facts, manageUrl: 'https://x.example/"onclick=' },
    { ...facts, extra: 1 },
  ])
    expect(() => parseMailFacts(broken)).toThrow();
});

test("a hundred mails of one event are rendered in well under five seconds", async () => {
  const from = process.cpuUsage();
  for (let index = 0; index < 100; index++)
    await renderMeetingMail(mailFactsOf({ reader: { email: `reader${index}@example.com` } }));
  const { user, system } = process.cpuUsage(from);
  expect((user + system) / 1_000_000).toBeLessThan(5);
});
