import { NotHere } from "@/lib/access/policy";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { instantOf } from "@/lib/time/instant";
import { actedBy } from "../core/acted-by";
import type { MeetingParts } from "../core/assemble";
import { differencesOf } from "../core/differences";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import type { SeriesPreview, SeriesRefused } from "../core/series-answer";
import { refusedSeries } from "../core/series-answer";
import { lettersOfEdit } from "../core/series-letters";
import { actsAsOverride, meetingPolicy } from "../policy";
import { listSeriesMeetings } from "../reads/meeting";
import { findParts } from "../reads/parts";
import { findSeries } from "../reads/series";
import { newProblems, wishedPeople } from "./edit-meeting";
import type { SeriesEdit, SeriesScene } from "./edit-series-dates";
import { planEdit, targetsOf } from "./edit-series-plan";
import type { SeriesChange, WrittenChange } from "./series-change";
import { changeSeries } from "./series-change";
import type { SeriesConsequences } from "./series-consequences";
import { listClashes } from "./series-dates";

type Asked = SeriesEdit & {
  /** The version of the edited date the person saw. */
  readonly version?: number | undefined;
};

/** The series of a date with all its dates, as they are now. Throws NotHere for a meeting that has none. */
export async function loadSeries(meeting: Meeting, deps: Deps): Promise<SeriesScene> {
  const { workspaceId } = meeting;
  const id = meeting.series?.id ?? "";
  const series = id === "" ? undefined : await findSeries(deps.db, workspaceId, id);
  if (series === undefined) throw new NotHere("series");
  return {
    series,
    dates: await listSeriesMeetings(deps.db, workspaceId, id),
    now: deps.now(),
    uidHost: new URL(deps.appUrl).hostname,
  };
}

/** Everybody and everything any of these dates may need. */
function partsFor(
  { actor, input, choices = [] }: SeriesEdit,
  targets: readonly Meeting[],
  deps: Deps,
): Promise<MeetingParts> {
  const wishes = targets.map((meeting) => wishedPeople({ actor, meeting, input }));
  const [first] = wishes;
  return findParts(deps.db, actor.workspaceId, {
    userIds: [
      ...new Set(
        wishes.flatMap(({ hostId, people }) => [hostId, ...people.map((one) => one.userId)]),
      ),
    ],
    emails: [...new Set(wishes.flatMap(({ guests }) => guests.map(({ email }) => email)))],
    roomIds: [
      ...new Set([
        ...wishes.flatMap(({ roomIds }) => roomIds),
        ...choices.flatMap((choice) => (choice.do === "rooms" ? choice.roomIds : [])),
      ]),
    ],
    virtualRoomId:
      input.virtualRoomId === undefined ? (first?.virtualRoomId ?? null) : input.virtualRoomId,
  });
}

type Planned = { readonly scene: SeriesScene; readonly change: SeriesChange };

async function plan(asked: Asked, deps: Deps): Promise<Result<Planned, SeriesRefused>> {
  const { actor, meeting, scope, version, input } = asked;
  meetingPolicy.authorize(actor, "meeting.edit", factsOf(meeting));
  const scene = await loadSeries(meeting, deps);
  const current = scene.dates.find(({ id }) => id === meeting.id);
  if (current === undefined || (version !== undefined && version !== current.version))
    return refuse(refusedSeries("changed-meanwhile"));
  const targets = targetsOf(scene, meeting, scope);
  for (const target of targets) meetingPolicy.authorize(actor, "meeting.edit", factsOf(target));
  if (targets.length === 0) return refuse(refusedSeries("not-changeable"));
  const parts = await partsFor(asked, targets, deps);
  const fields = newProblems({ actor, meeting: current, input }, parts);
  if (Object.keys(fields).length > 0) return refuse(refusedSeries("invalid", { fields }));
  const change = planEdit(scene, { ...asked, meeting: current }, parts);
  if (typeof change === "string")
    return refuse(refusedSeries("invalid", { fields: { repeat: change } }));
  const moved = change.changed.some(
    ({ before, after }) =>
      after.state !== "cancelled" && before.start !== after.start && after.end <= scene.now,
  );
  if (moved || change.added.some(({ end }) => end <= scene.now))
    return refuse(refusedSeries("slot-passed"));
  return ok({ scene, change });
}

const wantedOf = ({ changed, added }: SeriesChange): readonly Meeting[] =>
  [...changed.map(({ after }) => after), ...added].filter(({ state }) => state === "confirmed");

/** What a change of a series would lead to, and which dates clash. Nothing is written. Throws AccessDenied. */
export async function previewSeriesEdit(
  asked: Asked,
  deps: Deps,
): Promise<Result<SeriesPreview, SeriesRefused>> {
  const planned = await plan(asked, deps);
  if (!planned.ok) return planned;
  const { change } = planned.value;
  const wanted = wantedOf(change);
  const except = change.changed.map(({ before }) => before.id);
  return ok({
    dates: wanted.map((date) => ({
      at: instantOf(date.series?.recurrenceStart ?? date.start),
      start: instantOf(date.start),
      end: instantOf(date.end),
    })),
    clashes: change.takes ? await listClashes(deps.db, asked.actor, wanted, except) : [],
    skipped: (change.continued ?? change.after).excluded,
  });
}

function consequencesOf(
  { actor, meeting, scope }: Asked,
  { scene, change }: Planned,
  { changed, added }: WrittenChange,
): SeriesConsequences {
  const override = actsAsOverride(actor, factsOf(meeting));
  const by = actedBy(actor, override);
  const befores = new Map(changed.map(({ before, after }) => [after.id as string, before]));
  const touched = new Set(changed.map(({ after }) => after.id as string));
  const silent = new Set(change.silent.map(({ after }) => after.id as string));
  const kept = scene.dates.filter(({ id }) => !(touched.has(id) || silent.has(id)));
  const moved = (date: Meeting) => befores.get(date.id)?.start !== date.start;
  const [first] = changed.map(({ after }) => after);
  return {
    by,
    permission: "meeting.edit",
    kind: (date) => {
      if (!befores.has(date.id)) return "booked";
      if (date.state === "cancelled") return "cancelled";
      return moved(date) ? "moved" : "edited";
    },
    details: (date) => {
      const before = befores.get(date.id);
      if (before === undefined) return { series: scope };
      return {
        series: scope,
        changes: differencesOf(before, date),
        ...(moved(date)
          ? {
              previousStart: before.start,
              previousEnd: before.end,
              start: date.start,
              end: date.end,
            }
          : {}),
        ...(date.state === "cancelled" ? { previousState: before.state } : {}),
      };
    },
    letters: lettersOfEdit({
      after: change.after,
      continued: change.continued,
      changed,
      added,
      kept,
    }),
    notices:
      first === undefined || by.userId === first.hostId
        ? []
        : [
            {
              workspaceId: first.workspaceId,
              userId: first.hostId,
              meetingId: first.id,
              kind: "updated",
              title: first.subject,
              detail: by.actorName,
            },
          ],
  };
}

/**
 * Changes the dates of a series from one on, or all that are to come: what they are, when, how they go on. All of them
 * are changed or none; dates that differ on purpose keep what differs. Where earlier dates stay as they were, the series
 * is cut in two. By whoever may edit every one of them. Throws AccessDenied.
 */
export async function editSeries(
  asked: Asked,
  deps: Deps,
): Promise<Result<WrittenChange & Pick<SeriesChange, "after" | "continued">, SeriesRefused>> {
  const planned = await plan(asked, deps);
  if (!planned.ok) return planned;
  const { change } = planned.value;
  const written = await changeSeries(
    change,
    {
      actor: asked.actor,
      consequences: (done) => consequencesOf(asked, planned.value, done),
    },
    deps,
  );
  return written.ok
    ? ok({ ...written.value, after: change.after, continued: change.continued })
    : written;
}
