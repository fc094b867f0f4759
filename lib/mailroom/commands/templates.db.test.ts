import { expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { findStoredTemplate } from "@/lib/meetings/reads/mail-templates";
import { fivePeople, invite, memberOf, sendWaiting } from "@/lib/testing/factories/invitations";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import { mailroomPolicy } from "../policy";
import { suppressionForm, templateForm } from "../schema";
import { liftSuppression } from "./lift-suppression";
import { resetTemplate, saveTemplate } from "./save-template";

const NAME = { event: "confirmed", role: "attendee", locale: "en" } as const;

const words = (subject: string, opening: string, version = 0) =>
  templateForm.parse({ ...NAME, subject, opening, version: String(version) });

const grantOf = (actor: Member) =>
  mailroomPolicy.authorize(actor, "mail.words", { workspaceId: actor.workspaceId });

async function scene(house: House) {
  const people = await fivePeople(house);
  const workspaceId = people[0].workspaceId;
  const manager = await makePerson(house.db, workspaceId, {
    name: "Mai Doan",
    groups: ["meeting_manager"],
  });
  return { people, workspaceId, manager: memberOf(manager, ["meeting_manager"]) };
}

const audited = async (house: House, workspaceId: string) =>
  (
    await house.db.$queryRaw<{ line: string }[]>`
      SELECT action || ' ' || subject AS line FROM audit_entry
      WHERE workspace_id = ${workspaceId}::uuid ORDER BY sequence`
  ).map(({ line }) => line);

test("a mail says a manager's words from then on, in that language only, and the product's after a reset", async ({
  house,
}) => {
  const { people, workspaceId, manager } = await scene(house);
  const kenji = people[2];
  const saved = await saveTemplate(
    words(
      "Please come: {{topic}}, {{ time }} ({{zone}})",
      "Dear {{reader}},\n\n{{host}} <b>asks</b> for you: {{when}}.",
    ),
    grantOf(manager),
    house,
  );
  expect(saved).toEqual({ ok: true, value: { version: 1 } });
  // What somebody types as a topic is text, and no variable.
  await invite(house, people, { subject: "Budget {{guest}} https://evil.example" });
  const mails = await sendWaiting(house, workspaceId);
  const mail = mails.find(({ to }) => to.address === kenji?.email);
  expect(mail?.subject).toMatch(/^Please come: Budget \{\{guest\}\} .*, 14:00 \(JST\)$/);
  expect(mail?.text).toContain(
    "Dear Kenji Mori,\n\nAna Lim <b>asks</b> for you: Wed 25 Nov 14:00–15:00 (JST).",
  );
  expect(mail?.html).toContain("&lt;b&gt;asks&lt;/b&gt;");
  expect(mail?.html).not.toContain("<b>asks");
  expect(mail?.html).not.toMatch(/href="https?:\/\/[^"/]*evil/);
  // The host reads another mail, which has no words of its own.
  expect(mails.find(({ to }) => to.address === people[0].email)?.subject).toMatch(/^Confirmed: /);
  const reset = await resetTemplate({ ...NAME, version: 1 }, grantOf(manager), house);
  expect(reset.ok).toBe(true);
  await invite(house, people, { start: "2026-11-26T05:00:00Z", end: "2026-11-26T06:00:00Z" });
  const [again] = (await sendWaiting(house, workspaceId)).filter(
    ({ to }) => to.address === kenji?.email,
  );
  expect(again?.subject).toBe("Invitation: Roadmap review @ 14:00 (JST)");
  expect(await audited(house, workspaceId)).toEqual([
    "mail-words.save confirmed/attendee/en",
    "mail-words.reset confirmed/attendee/en",
  ]);
});

test("of two who change the same words the second is shown the first one's, and nothing is lost", async ({
  house,
}) => {
  const { workspaceId, manager } = await scene(house);
  const both = await Promise.all([
    saveTemplate(words("One", "first"), grantOf(manager), house),
    saveTemplate(words("Two", "second"), grantOf(manager), house),
  ]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  const lost = both.find(({ ok }) => !ok);
  const stored = await findStoredTemplate(house.db, { workspaceId, ...NAME });
  expect(lost).toMatchObject({
    refusal: { version: 1, words: { subject: stored?.subject, opening: stored?.opening } },
  });
  expect((await saveTemplate(words("Three", "third", 1), grantOf(manager), house)).ok).toBe(true);
  expect((await resetTemplate({ ...NAME, version: 1 }, grantOf(manager), house)).ok).toBe(false);
  expect(await findStoredTemplate(house.db, { workspaceId, ...NAME })).toEqual({
    subject: "Three",
    opening: "third",
    version: 2,
  });
});

test("words that name no variable, or no mail, are refused with what is wrong", () => {
  const refusals = (given: Record<string, string>) =>
    templateForm
      .safeParse({ ...NAME, subject: "S", opening: "O", version: "0", ...given })
      .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  expect(refusals({ subject: "Hello {{name}}" })).toEqual([
    "subject: {{name}} is no variable here.",
  ]);
  expect(refusals({ opening: "Hello {{topic" })).toEqual([
    "opening: “{{” stands alone. A variable is written like {{topic}}.",
  ]);
  expect(refusals({ subject: "two\nlines" })).toEqual(["subject: A subject is one line."]);
  expect(refusals({ opening: " " })).toEqual(["opening: Say something."]);
  expect(refusals({ event: "requested" })).toEqual([": There is no such mail."]);
  expect(refusals({ subject: "{{constructor}}" })).toEqual([
    "subject: {{constructor}} is no variable here.",
  ]);
  expect(refusals({ event: "no-such" })?.[0]).toMatch(/^event: /);
});

test("hosts change no words, and nobody another workspace's", async ({ house }) => {
  const { people, manager } = await scene(house);
  expect(() => grantOf(memberOf(people[0]))).toThrow(AccessDenied);
  const elsewhere = await makeWorkspace(house.db);
  expect(() => mailroomPolicy.authorize(manager, "mail.words", { workspaceId: elsewhere })).toThrow(
    AccessDenied,
  );
});

test("an address that was held back takes mail again for a reason, which is logged without it", async ({
  house,
}) => {
  const { people, workspaceId } = await scene(house);
  const kenji = people[2];
  const email = kenji?.email ?? "";
  await house.db.mailSuppression.create({ data: { workspaceId, email, reason: "no such user" } });
  await invite(house, people);
  expect((await sendWaiting(house, workspaceId)).map(({ to }) => to.address)).not.toContain(email);
  const admin = memberOf(people[0], ["admin"]);
  const grant = mailroomPolicy.authorize(admin, "mail.suppressions", { workspaceId });
  const input = suppressionForm.parse({ email: ` ${email.toUpperCase()} `, reason: "New mailbox" });
  expect(await liftSuppression(input, grant, house)).toEqual({ ok: true, value: null });
  expect(await liftSuppression(input, grant, house)).toEqual({
    ok: false,
    refusal: "not-suppressed",
  });
  const lines = await audited(house, workspaceId);
  expect(lines).toEqual(["mail-suppression.lift p…@meridian.example"]);
  expect(suppressionForm.safeParse({ email, reason: " " }).success).toBe(false);
});
