import { expect, test } from "vitest";
import { LOCALES } from "@/lib/i18n/locale";
import { MAIL_EVENTS, MAIL_MATRIX, MAIL_ROLES } from "@/lib/meetings/core/mail-events";
import { renderMeetingMail } from "@/lib/meetings/mails/render-meeting-mail";
import { MIKA, mailFactsOf } from "@/lib/testing/factories/mails";

const MOVED = {
  sequence: 1,
  invited: true,
  previousStart: "2026-11-17T05:00:00.000Z",
  previousEnd: "2026-11-17T06:00:00.000Z",
} as const;

const NASTY = {
  subject: 'Win <b>money</b> at https://evil.example & "more"',
  note: "NOTE see http://evil.example/pay\n<script>alert(1)</script>",
  reason: "REASON www.evil.example",
  answers: [{ question: "Company", answer: "ANSWER evil.example <img src=x onerror=y>" }],
  guest: { ...MIKA, name: "<i>Mika</i> evil.example" },
};

test("what a guest typed is text for everybody: no markup, no link, in either part", async () => {
  for (const role of MAIL_ROLES) {
    const mail = await renderMeetingMail(
      mailFactsOf({
        event: "cancelled",
        meeting: { ...MOVED, ...NASTY, changedBy: "guest" },
        reader: { role },
      }),
    );
    expect(mail.html).not.toMatch(/<script|<img|<b>|<i>|onerror=y>/);
    expect(mail.html).not.toMatch(/href="[^"]*evil/);
    expect(`${mail.html}${mail.text}${mail.subject}`).not.toMatch(/evil\.example|:\/\/evil/);
  }
});

test("a guest's note, answers and reason reach the host and nobody else", async () => {
  for (const event of MAIL_EVENTS)
    for (const role of MAIL_MATRIX[event]) {
      const mail = await renderMeetingMail(
        mailFactsOf({
          event,
          meeting: { ...MOVED, ...NASTY, changedBy: "guest" },
          reader: { role },
        }),
      );
      const everything = JSON.stringify(mail);
      for (const word of ["NOTE", "ANSWER", "REASON"])
        expect(everything.includes(word), `${word} in ${event} to ${role}`).toBe(role === "host");
    }
});

test("other people are named only where the meeting shares its list, and never by address", async () => {
  const alone = await renderMeetingMail(mailFactsOf({ meeting: { guest: MIKA } }));
  expect(JSON.stringify(alone)).not.toContain(MIKA.email);
  const other = (name: string, email: string) =>
    ({ name, email, required: true, answer: "accepted" }) as const;
  const shared = await renderMeetingMail(
    mailFactsOf({ others: [other("Sam Okoro", "sam@x.example"), other("Jo Ek", "jo@x.example")] }),
  );
  expect(`${shared.html}${shared.text}`).not.toContain("sam@x.example");
  expect(shared.text).toContain("Sam Okoro\nJo Ek");
});

test("every event says something to every reader in every language, without a hole", async () => {
  for (const locale of LOCALES)
    for (const event of MAIL_EVENTS)
      for (const role of MAIL_MATRIX[event]) {
        const facts = mailFactsOf({
          event,
          meeting: { ...MOVED, ...NASTY },
          reader: { role, locale },
        });
        const mail = await renderMeetingMail(facts);
        expect(`${mail.subject}${mail.text}`).not.toMatch(
          /undefined|null|NaN|\{\w+\}|\[object|mail\./,
        );
      }
});
