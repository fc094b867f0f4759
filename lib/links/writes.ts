import { randomUUID } from "node:crypto";
import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import { insertRows } from "@/lib/db/rows";
import type { Instant } from "@/lib/time/instant";
import type { Prisma } from "@/prisma/generated/client";
import { fairStart, keptShare } from "./core/fair-start";
import type { LinkFacts } from "./policy";
import type { StoredLink } from "./reads/settings";
import type { LinkSettings } from "./schema";

type Part = { readonly workspaceId: string; readonly linkId: string };

/** The columns of `booking_link` that settings are kept in. */
const columnsOf = (settings: LinkSettings) => ({
  token: settings.token,
  name: settings.name,
  description: settings.description,
  active: settings.active,
  zone: settings.zone,
  zoneLocked: settings.zoneLocked,
  durationMinutes: settings.durationMinutes,
  otherDurations: [...settings.otherDurations].sort((a, b) => a - b),
  intervalMinutes: settings.intervalMinutes,
  offsetMinutes: settings.offsetMinutes,
  bufferBeforeMinutes: settings.bufferBeforeMinutes,
  bufferAfterMinutes: settings.bufferAfterMinutes,
  noticeMinutes: settings.noticeMinutes,
  horizon: settings.horizon as Prisma.InputJsonValue,
  limits: settings.limits as Prisma.InputJsonValue,
  extraGuests: settings.extraGuests,
  seats: settings.seats,
  showSeats: settings.showSeats,
  waitingList: settings.waitingList,
  makesLeads: settings.makesLeads,
  needsApproval: settings.needsApproval,
  holdMinutes: settings.holdMinutes,
  changeDeadlineMinutes: settings.changeDeadlineMinutes,
  expiresAt: settings.expiresAt === null ? null : columnFromInstant(settings.expiresAt),
  maxUses: settings.maxUses,
  colour: settings.colour,
  logoId: settings.logoId,
  afterNote: settings.afterNote,
  redirectUrl: settings.redirectUrl,
  reminderMinutes: [...settings.reminderMinutes].sort((a, b) => b - a),
});

async function insertParts(tx: Transaction, part: Part, settings: LinkSettings): Promise<void> {
  const own = { workspace_id: part.workspaceId, link_id: part.linkId };
  await insertRows(tx, [
    {
      table: "booking_link_place",
      rows: settings.places.map(({ virtualRoomId, ...place }, position) => ({
        ...own,
        ...place,
        virtual_room_id: virtualRoomId,
        position,
      })),
    },
    {
      table: "booking_link_question",
      rows: settings.questions.map((question, position) => ({
        ...own,
        id: randomUUID(),
        ...question,
        position,
      })),
    },
    {
      table: "booking_link_room",
      rows: settings.roomIds.map((room_id) => ({ ...own, room_id })),
    },
  ]);
}

type HostRow = {
  readonly userId: string;
  readonly role: "fixed" | "one_of";
  readonly weight: number;
  readonly assigned: number;
};

/** Writes who hosts, keeping what each has been given: whoever joins a round robin begins level with the others. */
async function replaceHosts(tx: Transaction, part: Part, settings: LinkSettings): Promise<void> {
  const before = await tx.$queryRaw<HostRow[]>`
    SELECT user_id AS "userId", role::text, weight, assigned FROM booking_link_host
    WHERE workspace_id = ${part.workspaceId}::uuid AND link_id = ${part.linkId}::uuid FOR UPDATE`;
  const known = new Map(before.map((host) => [host.userId, host]));
  const staying = settings.hosts.flatMap(({ userId, role }) => {
    const host = known.get(userId);
    return role === "one_of" && host?.role === "one_of" ? [host] : [];
  });
  await tx.$executeRaw`
    DELETE FROM booking_link_host WHERE workspace_id = ${part.workspaceId}::uuid AND link_id = ${part.linkId}::uuid`;
  await insertRows(tx, [
    {
      table: "booking_link_host",
      rows: settings.hosts.map((host, position) => {
        const was = known.get(host.userId);
        const kept = was !== undefined && was.role === host.role;
        return {
          workspace_id: part.workspaceId,
          link_id: part.linkId,
          user_id: host.userId,
          role: host.role,
          weight: host.weight,
          position,
          assigned: kept ? keptShare(was, host.weight) : fairStart(staying, host.weight),
          schedule_id: host.scheduleId,
        };
      }),
    },
  ]);
}

/** A new link. Fails with `link_token_is_used_once` when the address is taken. */
export async function insertLink(
  tx: Transaction,
  grant: Grant<"link.create", LinkFacts>,
  link: {
    readonly id: string;
    readonly settings: LinkSettings;
    readonly parentId: string | null;
  },
  now: Instant,
): Promise<void> {
  const { workspaceId, ownerId } = grant.resource;
  const part = { workspaceId, linkId: link.id };
  const at = columnFromInstant(now);
  await tx.bookingLink.create({
    data: {
      workspaceId,
      id: link.id,
      ownerId,
      oneOffOf: link.parentId,
      createdAt: at,
      updatedAt: at,
      ...columnsOf(link.settings),
    },
  });
  await replaceHosts(tx, part, link.settings);
  await insertParts(tx, part, link.settings);
}

/** Writes every setting of a link as it was seen at its version; false when it has changed since. */
export async function updateLink(
  tx: Transaction,
  grant: Grant<"link.edit", StoredLink>,
  settings: LinkSettings,
  now: Instant,
): Promise<boolean> {
  const { workspaceId, id, version } = grant.resource;
  const part = { workspaceId, linkId: id };
  const { count } = await tx.bookingLink.updateMany({
    where: { workspaceId, id, version },
    data: { ...columnsOf(settings), version: { increment: 1 }, updatedAt: columnFromInstant(now) },
  });
  if (count === 0) return false;
  const where = { workspaceId, linkId: id };
  await tx.bookingLinkPlace.deleteMany({ where });
  await tx.bookingLinkQuestion.deleteMany({ where });
  await tx.bookingLinkRoom.deleteMany({ where });
  await replaceHosts(tx, part, settings);
  await insertParts(tx, part, settings);
  return true;
}

/** Gives a link another address; the old one leads nowhere from the commit on. False: changed since it was seen. */
export async function markAddress(
  tx: Transaction,
  grant: Grant<"link.edit", StoredLink>,
  token: string,
  now: Instant,
): Promise<boolean> {
  const { workspaceId, id, version } = grant.resource;
  const { count } = await tx.bookingLink.updateMany({
    where: { workspaceId, id, version },
    data: { token, version: { increment: 1 }, updatedAt: columnFromInstant(now) },
  });
  return count === 1;
}

/** Closes a link for good, or opens it again. Its meetings are not touched. False: changed since it was seen. */
export async function markArchived(
  tx: Transaction,
  grant: Grant<"link.edit", StoredLink>,
  archived: boolean,
  now: Instant,
): Promise<boolean> {
  const { workspaceId, id, version } = grant.resource;
  const at = columnFromInstant(now);
  const { count } = await tx.bookingLink.updateMany({
    where: { workspaceId, id, version },
    data: {
      active: !archived,
      archivedAt: archived ? at : null,
      version: { increment: 1 },
      updatedAt: at,
    },
  });
  return count === 1;
}
