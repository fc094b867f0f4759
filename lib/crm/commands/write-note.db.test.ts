import { expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import { getScope } from "../reads/scope";
import { makeLead } from "./make-lead";
import { deleteNote, editNote, followLead, writeNote } from "./write-note";

async function sellerIn(
  house: House,
  workspaceId: string,
  name: string,
  group: "crm_user" | "crm_manager",
) {
  const person = await makePerson(house.db, workspaceId, { name, groups: [group] });
  const actor: Member = {
    kind: "member",
    userId: person.id as UserId,
    workspaceId: workspaceId as WorkspaceId,
    name,
    groups: [group],
  };
  return { actor, scope: await getScope(house.db, actor) };
}

/** A deal of Ana's, her manager Bo who sees all, and Cy who sees his own only. */
async function officeIn(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const ana = await sellerIn(house, workspaceId, "Ana Lim", "crm_user");
  const bo = await sellerIn(house, workspaceId, "Bo Tan", "crm_manager");
  const cy = await sellerIn(house, workspaceId, "Cy Ong", "crm_user");
  const made = await makeLead(
    {
      ...ana,
      via: "person",
      input: { kind: "opportunity", ownerId: ana.actor.userId, fields: { name: "Dalton" } },
    },
    house,
  );
  if (!made.ok) throw new Error(made.refusal);
  return { ana, bo, cy, leadId: made.value.id };
}

const noticesOf = (house: House, leadId: string) =>
  house.db.notification.findMany({ where: { leadId, kind: "deal-mentioned" } });

test("who is named in a note and sees the deal is told and follows it, who does not see it is not", async ({
  house,
}) => {
  const { ana, bo, cy, leadId } = await officeIn(house);
  const mentions = [bo.actor.userId, cy.actor.userId, ana.actor.userId];
  const written = await writeNote({ ...ana, leadId, body: "Look, @Bo Tan", mentions }, house);
  expect(written).toMatchObject({ ok: true, value: { untold: ["Cy Ong"] } });
  expect(await noticesOf(house, leadId)).toMatchObject([
    { userId: bo.actor.userId, title: expect.stringContaining("Dalton"), detail: "Look, @Bo Tan" },
  ]);
  const followers = await house.db.leadFollower.findMany({ where: { leadId } });
  expect(followers.map(({ userId }) => userId).sort()).toEqual(
    [ana.actor.userId, bo.actor.userId].sort(),
  );
});

test("a note is changed and deleted by its author only, at the version they saw", async ({
  house,
}) => {
  const { ana, bo, leadId } = await officeIn(house);
  const written = await writeNote({ ...ana, leadId, body: "First", mentions: [] }, house);
  if (!written.ok) throw new Error(written.refusal);
  const noteId = written.value.id;
  const change = { noteId, version: 1, body: "Second", mentions: [bo.actor.userId] };
  expect(await editNote({ ...bo, ...change }, house)).toEqual({ ok: false, refusal: "not-yours" });
  expect((await editNote({ ...ana, ...change }, house)).ok).toBe(true);
  expect(await editNote({ ...ana, ...change }, house)).toEqual({
    ok: false,
    refusal: "changed-meanwhile",
  });
  // Named first by the change, so told by it; a second change does not tell again.
  expect(await noticesOf(house, leadId)).toHaveLength(1);
  await editNote({ ...ana, ...change, version: 2 }, house);
  expect(await noticesOf(house, leadId)).toHaveLength(1);
  expect(await deleteNote({ ...bo, noteId, version: 3 }, house)).toMatchObject({ ok: false });
  expect((await deleteNote({ ...ana, noteId, version: 3 }, house)).ok).toBe(true);
  expect(await deleteNote({ ...ana, noteId, version: 4 }, house)).toEqual({
    ok: false,
    refusal: "not-here",
  });
});

test("a deal out of sight takes no note and no follower", async ({ house }) => {
  const { cy, leadId } = await officeIn(house);
  await expect(
    writeNote({ ...cy, leadId, body: "Hello", mentions: [] }, house),
  ).rejects.toBeInstanceOf(NotHere);
  await expect(followLead({ ...cy, leadId, following: true }, house)).rejects.toBeInstanceOf(
    NotHere,
  );
  expect(await house.db.leadFollower.count({ where: { leadId } })).toBe(0);
});
