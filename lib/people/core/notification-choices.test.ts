import { expect, test } from "vitest";
import { DEAL_NOTICE_MAILS } from "@/lib/crm/core/deal-mail";
import { MAIL_EVENTS } from "@/lib/meetings/core/mail-events";
import { noticeKinds } from "@/lib/notifications/core/inbox";
import { NOTIFICATION_CHOICES, NOTIFICATION_SWITCHES, switchesOn } from "./notification-choices";

// Of the mails of meetings these go to guests only.
const FOR_GUESTS = ["requested", "no-show"];

test("every mail a host may get and every notice has its switch, and no switch is without effect", () => {
  const named = (channel: "mail" | "inbox") =>
    NOTIFICATION_CHOICES.flatMap((line) => (line as Record<string, string>)[channel] ?? []).sort();
  expect(named("mail")).toEqual(
    [
      ...MAIL_EVENTS.filter((event) => !FOR_GUESTS.includes(event)),
      "report/weekly",
      ...DEAL_NOTICE_MAILS,
    ].sort(),
  );
  expect(named("inbox")).toEqual([...noticeKinds].sort());
});

test("everything is on until it is switched off", () => {
  expect(switchesOn([])).toEqual([...NOTIFICATION_SWITCHES.keys()]);
  expect(switchesOn([{ event: "new-request", channel: "mail" }])).not.toContain("request:mail");
  expect(switchesOn([{ event: "new-request", channel: "inbox" }])).toContain("request:mail");
});
