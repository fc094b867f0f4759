import { expect } from "vitest";
import { parseMailbox } from "@/lib/mail/address";
import { findOutboxRow, insertSuppression } from "@/lib/mail/outbox-rows";
import type { MailTransport, OutgoingMail } from "@/lib/mail/transport";
import { handleSendMail } from "@/lib/meetings/handlers/send-mail";
import { makeRawLead, makeSeller } from "@/lib/testing/factories/sales";
import { makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import { CRM_MAIL } from "../core/deal-mail";
import { renderDealMail } from "../mails/render-deal-mail";
import { listLeadActivities } from "../reads/activities";
import { findLead } from "../reads/lead";
import { mailLead } from "./mail-lead";

async function scene(house: House, answer: Awaited<ReturnType<MailTransport["send"]>>) {
  const workspaceId = await makeWorkspace(house.db);
  const ana = await makeSeller(house, workspaceId, { name: "Ana Lim" });
  const lead = await makeRawLead(house, workspaceId, {
    ownerId: ana.person.id,
    email: "wati@customer.example",
    contactName: "Wati",
  });
  const sent: OutgoingMail[] = [];
  const transport: MailTransport = {
    name: "smtp",
    send: async (mail) => {
      sent.push(mail);
      return answer;
    },
    close: async () => undefined,
  };
  const deps = {
    ...house,
    transport,
    from: parseMailbox("Meridian <meetings@meridian.example>"),
    renderers: { [CRM_MAIL]: renderDealMail },
  };
  const asker = { actor: ana.actor, scope: ana.scope, leadId: lead.id };
  const write = async () => {
    const written = await mailLead(
      {
        ...asker,
        subject: "Your question",
        body: "Dear Wati,\n\nhere is the offer:\nA & B <100>\n\nAna",
      },
      house,
    );
    if (!written.ok) throw new Error(written.refusal);
    const mailId = written.value.mailId ?? "";
    await handleSendMail({ workspaceId, mailId }, deps);
    return { workspaceId, mailId };
  };
  const timeline = () => listLeadActivities(house.db, { workspaceId, leadId: lead.id });
  return { workspaceId, ana, lead, sent, asker, write, timeline };
}

test("a seller's letter goes out in their name, answers reach them, and it answers the lead", async ({
  house,
}) => {
  const { workspaceId, ana, lead, sent, write, timeline } = await scene(house, { status: "sent" });
  await write();
  expect(sent).toHaveLength(1);
  const raw = sent[0]?.raw.toString("utf8") ?? "";
  expect(sent[0]).toMatchObject({
    from: { address: "meetings@meridian.example", name: "Ana Lim, Halden Works" },
    to: { address: "wati@customer.example", name: "Wati" },
    replyTo: ana.person.email,
    subject: "Your question",
    text: expect.stringContaining("here is the offer:\nA & B <100>"),
    html: expect.stringContaining("A &amp; B &lt;100&gt;"),
  });
  expect(raw).not.toContain("Auto-Submitted");
  expect(await findLead(house.db, { workspaceId, id: lead.id })).toMatchObject({
    firstResponseAt: NOW,
    lastTouchAt: NOW,
  });
  expect(await timeline()).toMatchObject([
    {
      kind: "mail",
      direction: "out",
      subject: "Your question",
      delivery: { state: "sent", sentAt: NOW },
    },
  ]);
});

test("a letter that is returned shows so in the timeline, and who wrote it is told", async ({
  house,
}) => {
  const { ana, lead, write, timeline } = await scene(house, {
    status: "rejected",
    reason: "no such mailbox",
    deadAddress: true,
  });
  await write();
  expect(await timeline()).toMatchObject([
    { delivery: { state: "bounced", error: "no such mailbox" } },
  ]);
  expect(
    await house.db
      .$queryRaw`SELECT kind, lead_id AS "leadId", detail FROM notification WHERE user_id = ${ana.person.id}::uuid`,
  ).toEqual([
    { kind: "mail-failed", leadId: lead.id, detail: "wati@customer.example: no such mailbox" },
  ]);
});

test("an address that takes no mail gets none, and the timeline says so", async ({ house }) => {
  const { workspaceId, sent, write, timeline } = await scene(house, { status: "sent" });
  await insertSuppression(house.db, workspaceId, "wati@customer.example", "asked us not to");
  const id = await write();
  expect(sent).toEqual([]);
  expect(await findOutboxRow(house.db, id)).toMatchObject({ state: "suppressed" });
  expect(await timeline()).toMatchObject([{ delivery: { state: "suppressed" } }]);
});

test("a deal without an address cannot be written to", async ({ house }) => {
  const { workspaceId, ana, asker } = await scene(house, { status: "sent" });
  const bare = await makeRawLead(house, workspaceId, { ownerId: ana.person.id });
  expect(
    await mailLead({ ...asker, leadId: bare.id, subject: "Hello", body: "Hello" }, house),
  ).toEqual({
    ok: false,
    refusal: "no-address",
  });
});
