import { fieldMessages } from "@/lib/actions/form-action";
import type { Db } from "@/lib/db/client";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import { slugProblem } from "../core/address";
import { findUsable } from "../reads/settings";
import type { LinkSettings } from "../schema";
import { linkSettings } from "../schema";

/** What is wrong with which setting: `questions.3.label` → words for the person. */
export type FieldProblems = Readonly<Record<string, string>>;

type Known = {
  readonly workspaceId: string;
  /** The address the link has: it may stay, whatever it looks like. */
  readonly token: string;
  /** Who hosts already: they may stay, even when they could not be chosen anew. */
  readonly hostIds: readonly string[];
};

async function foreignIds(db: Db, known: Known, settings: LinkSettings): Promise<FieldProblems> {
  const usable = await findUsable(db, known.workspaceId, settings);
  const problems: Record<string, string> = {};
  for (const [index, host] of settings.hosts.entries()) {
    if (!usable.hosts.has(host.userId) && !known.hostIds.includes(host.userId)) {
      problems[`hosts.${index}.userId`] = "There is nobody like this to meet.";
    } else if (!usable.schedules.has(`${host.userId} ${host.scheduleId}`)) {
      problems[`hosts.${index}.scheduleId`] = "This host has no such schedule.";
    }
  }
  for (const [index, id] of settings.roomIds.entries()) {
    if (!usable.rooms.has(id)) problems[`roomIds.${index}`] = "There is no such room.";
  }
  for (const [index, { virtualRoomId }] of settings.places.entries()) {
    if (virtualRoomId !== null && !usable.virtualRooms.has(virtualRoomId)) {
      problems[`places.${index}.virtualRoomId`] = "There is no such virtual room.";
    }
  }
  if (settings.logoId !== null && !usable.logo) problems.logoId = "This picture is not here.";
  return problems;
}

/**
 * Settings as somebody sent them, checked by themselves and against what the workspace has. What belongs to another
 * workspace is as absent as what was never there.
 */
export async function checkSettings(
  db: Db,
  known: Known,
  sent: unknown,
): Promise<Result<LinkSettings, FieldProblems>> {
  const parsed = linkSettings.safeParse(sent);
  if (!parsed.success) return refuse(fieldMessages(parsed.error));
  const settings = parsed.data;
  const slug = settings.token === known.token ? undefined : slugProblem(settings.token);
  const problems = {
    ...(slug === undefined ? {} : { token: slug }),
    ...(await foreignIds(db, known, settings)),
  };
  return Object.keys(problems).length === 0 ? ok(settings) : refuse(problems);
}
