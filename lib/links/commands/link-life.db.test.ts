import { expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import { AccessDenied, NotHere } from "@/lib/access/policy";
import { loadBookingPage } from "@/lib/booking/loaders";
import { makeLinkScene, memberOf, storedLink, unwrap } from "@/lib/testing/factories/link-scene";
import { makeLink, makePerson } from "@/lib/testing/factories/workspace";
import { NOW, test } from "@/lib/testing/house";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import type { LinksQuestion } from "../core/link-view";
import { listLinks, listOneOffs } from "../reads/list";
import { archiveLink, regenerateAddress, restoreLink } from "./change-address";
import { createLink, duplicateLink, makeOneOff } from "./create-link";
import { previewLink } from "./preview-link";
import { saveLink } from "./save-link";

const ALL: LinksQuestion = { tab: "active", q: "", pages: 1 };

test("a new link is an hour with its maker, six days ahead, under an address nobody can guess", async ({
  house,
}) => {
  const { actor, ana, workspaceId } = await makeLinkScene(house);
  const made = unwrap(await createLink({ actor, name: "Office hours" }, house));
  const link = await storedLink(house, made, workspaceId);
  expect(made.token).toMatch(/^[\w-]{43}$/);
  expect(link.ownerId).toBe(ana.id);
  expect(link.settings).toMatchObject({
    name: "Office hours",
    durationMinutes: 60,
    needsApproval: true,
    horizon: { kind: "days", days: 6 },
    hosts: [{ userId: ana.id, role: "fixed", weight: 1, scheduleId: ana.scheduleId }],
  });
  const answer = await loadBookingPage(made.token, NOW, house.db);
  expect(answer.kind).toBe("open");
});

test("a copy has the settings of its link, and an address and places of its own", async ({
  house,
}) => {
  const { actor, ana, workspaceId } = await makeLinkScene(house);
  const link = await makeLink(house.db, [ana], {
    places: [{ kind: "virtual", label: "Jitsi Meet" }],
    questions: [{ key: "topic", kind: "text", label: "Topic?" }],
  });
  const from = await storedLink(house, link, workspaceId);
  const made = unwrap(await duplicateLink({ actor, linkId: link.id, name: "Copy" }, house));
  const copy = await storedLink(house, made, workspaceId);
  const ignored = { name: "", token: "", places: [] };
  expect({ ...copy.settings, ...ignored }).toEqual({ ...from.settings, ...ignored });
  expect(copy.settings.token).not.toBe(from.settings.token);
  expect(copy.settings.places[0]?.label).toBe("Jitsi Meet");
  expect(copy.settings.places[0]?.id).not.toBe(from.settings.places[0]?.id);
});

test("a new address works at once and the old one leads nowhere", async ({ house }) => {
  const { actor, link } = await makeLinkScene(house);
  const { token } = unwrap(await regenerateAddress({ actor, linkId: link.id }, house));
  expect(house.withdrawn).toContain(link.token);
  expect((await loadBookingPage(link.token, NOW, house.db)).kind).toBe("absent");
  expect((await loadBookingPage(token, NOW, house.db)).kind).toBe("open");
});

test("an archived link is closed to guests, cannot be changed, and opens again as it was", async ({
  house,
}) => {
  const { actor, link, before, workspaceId } = await makeLinkScene(house);
  const { version } = unwrap(await archiveLink({ actor, linkId: link.id, version: 1 }, house));
  expect(house.withdrawn).toContain(link.token);
  expect(await loadBookingPage(link.token, NOW, house.db)).toMatchObject({ kind: "closed" });
  const settings = before.settings;
  expect(await saveLink({ actor, linkId: link.id, version, settings }, house)).toEqual({
    ok: false,
    refusal: { reason: "archived" },
  });
  expect(await archiveLink({ actor, linkId: link.id }, house)).toMatchObject({
    refusal: "already-so",
  });
  expect(await restoreLink({ actor, linkId: link.id, version: 1 }, house)).toMatchObject({
    refusal: "changed-meanwhile",
  });
  unwrap(await restoreLink({ actor, linkId: link.id, version }, house));
  const after = await storedLink(house, link, workspaceId);
  expect(after.settings).toEqual(before.settings);
  expect((await loadBookingPage(link.token, NOW, house.db)).kind).toBe("open");
});

test("a one-off link takes one booking, is listed with its link, and can be taken back", async ({
  house,
}) => {
  const { actor, link, workspaceId } = await makeLinkScene(house);
  const expiresAt = instantOf(NOW + 7 * DAY_MS);
  const asked = { actor, linkId: link.id, name: "For Mika", expiresAt };
  const one = unwrap(await makeOneOff(asked, house));
  const two = unwrap(await makeOneOff({ ...asked, name: "For Sofia" }, house));
  await house.db.bookingLink.updateMany({ where: { id: two.id }, data: { uses: 1 } });
  const stored = await storedLink(house, one, workspaceId);
  expect(stored.settings).toMatchObject({ maxUses: 1, seats: 1, waitingList: false });
  const list = async () => {
    const oneOffs = await listOneOffs(
      house.db,
      { workspaceId: actor.workspaceId, linkId: link.id },
      NOW,
    );
    return Object.fromEntries(oneOffs.map(({ name, state }) => [name, state]));
  };
  expect(await list()).toEqual({ "For Mika": "active", "For Sofia": "used-up" });
  unwrap(await archiveLink({ actor, linkId: one.id }, house));
  expect(await list()).toEqual({ "For Mika": "archived", "For Sofia": "used-up" });
  const scope = { workspaceId: actor.workspaceId, userId: actor.userId, everybody: false };
  const shown = await listLinks(house.db, scope, { ...ALL, tab: "one-off" }, NOW);
  expect(shown.rows.map(({ name, parentName }) => [name, parentName])).toEqual([
    ["For Sofia", "Discovery"],
  ]);
});

test("a link is its hosts', its owner's and the managers'; to others it does not exist", async ({
  house,
}) => {
  const { link, before, ana, ben, workspaceId } = await makeLinkScene(house);
  const stranger = await makeLinkScene(house);
  unwrap(await createLink({ actor: memberOf(ben), name: "Ben's" }, house));
  const settings = before.settings;
  const sales = await makePerson(house.db, workspaceId, { name: "Sal Es" });
  const able: readonly (readonly [Member, boolean])[] = [
    [memberOf(ana), true],
    [memberOf(ben), false],
    [memberOf(ben, ["meeting_manager"]), true],
    [memberOf(ben, ["admin"]), true],
    [memberOf(sales, ["crm_manager"]), false],
    // A host who may no longer have meetings may no longer have links.
    [memberOf(ana, ["crm_user"]), false],
    [memberOf(stranger.ana, ["admin"]), false],
  ];
  for (const [actor, may] of able) {
    const asked = { actor, linkId: link.id, settings };
    const words = `${actor.name} ${actor.groups.join()}`;
    if (may) {
      expect((await previewLink(asked, house)).ok, words).toBe(true);
      continue;
    }
    await expect(previewLink(asked, house), words).rejects.toThrow(NotHere);
    await expect(saveLink({ ...asked, version: 1 }, house), words).rejects.toThrow(NotHere);
    await expect(archiveLink({ actor, linkId: link.id }, house), words).rejects.toThrow(NotHere);
    await expect(regenerateAddress({ actor, linkId: link.id }, house), words).rejects.toThrow(
      NotHere,
    );
    await expect(duplicateLink({ ...asked, name: "x" }, house), words).rejects.toThrow(NotHere);
  }
  await expect(
    createLink({ actor: memberOf(sales, ["crm_user"]), name: "x" }, house),
  ).rejects.toThrow(AccessDenied);
  const namesFor = async (actor: Member, everybody: boolean) => {
    const scope = { workspaceId: actor.workspaceId, userId: actor.userId, everybody };
    const { rows } = await listLinks(house.db, scope, ALL, NOW);
    return rows.map(({ name }) => name);
  };
  expect(await namesFor(memberOf(ana), false)).toEqual(["Discovery"]);
  expect(await namesFor(memberOf(ben), false)).toEqual(["Ben's"]);
  expect(await namesFor(memberOf(sales), true)).toEqual(["Ben's", "Discovery"]);
});

test("a list finds by name and address, and takes wildcards as letters", async ({ house }) => {
  const { actor, ana } = await makeLinkScene(house);
  await makeLink(house.db, [ana], { name: "100% remote", token: `remote_${ana.id.slice(-6)}` });
  const scope = { workspaceId: actor.workspaceId, userId: actor.userId, everybody: false };
  const find = async (q: string) =>
    (await listLinks(house.db, scope, { ...ALL, q }, NOW)).rows.map(({ name }) => name);
  expect(await find("disco")).toEqual(["Discovery"]);
  expect(await find("remote_")).toEqual(["100% remote"]);
  expect(await find("%")).toEqual(["100% remote"]);
  expect(await find("nothing")).toEqual([]);
});
