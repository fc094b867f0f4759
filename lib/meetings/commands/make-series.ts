import type { Actor, Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { inTurn } from "@/lib/db/turnstile";
import { violates, withRetry } from "@/lib/db/violations";
import type { UserId } from "@/lib/ids";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import { actedBy } from "../core/acted-by";
import type { MeetingParts } from "../core/assemble";
import { assembleMeeting, placeOf, problemsOf, roomsOf } from "../core/assemble";
import type { Meeting } from "../core/meeting";
import { claimSpans } from "../core/meeting";
import { planRule } from "../core/recurrence";
import type { Series } from "../core/series";
import { choicesByDate, newSeries, occurrenceOf } from "../core/series";
import type { SeriesPreview, SeriesRefused } from "../core/series-answer";
import { RULE_PROBLEMS, refusedSeries } from "../core/series-answer";
import type { SeriesInput } from "../core/series-input";
import { minutesOf, wallOf } from "../core/series-input";
import { mayHost } from "../policy";
import { listLinksOn } from "../reads/meeting";
import { findParts } from "../reads/parts";
import { claimRows, lockResources } from "../writes";
import { meetingRows } from "../writes/new-meeting";
import { mergeRows, seriesRows } from "../writes/series";
import { askForRooms } from "./room-requests";
import { followDatesOnline, writeSeriesConsequences } from "./series-consequences";
import { DatesClash, listClashes, resourcesOf, settleDates } from "./series-dates";

type Asked = { readonly actor: Actor; readonly input: SeriesInput };

/** A series with its dates, before anything is written. */
type SeriesPlan = { readonly series: Series; readonly dates: readonly Meeting[] };

const isHosting = (actor: Actor): actor is Member => mayHost(actor);

const invalid = (fields: Readonly<Record<string, string>>): Result<never, SeriesRefused> =>
  refuse(refusedSeries("invalid", { fields }));

/** The rooms somebody chose for one date, as a date has them. */
const roomChoice =
  (actor: Member, parts: MeetingParts, input: SeriesInput["meeting"]) =>
  (roomIds: readonly string[]) => {
    const rooms = roomsOf(roomIds, parts, actor, { workspaceId: actor.workspaceId });
    return { rooms, ...placeOf(rooms, parts.virtualRoom, input.place) };
  };

async function planSeries(
  actor: Member,
  { meeting: asked, repeat }: SeriesInput,
  deps: Deps,
): Promise<Result<SeriesPlan, SeriesRefused>> {
  const { workspaceId } = actor;
  const { zone, rule, choices } = repeat;
  const durationMinutes = minutesOf(asked);
  const wall = wallOf(asked.start, zone);
  const planned = planRule(rule, wall, { zone, takenMinutes: durationMinutes });
  if (typeof planned === "string") return invalid({ repeat: RULE_PROBLEMS[planned] });
  const chosen = choicesByDate(choices);
  const known = new Set(planned.occurrences.map(({ start }) => start));
  if (choices.some(({ at }) => !known.has(at)))
    return invalid({ repeat: "The dates have changed. Look at them again." });
  const [first] = planned.occurrences;
  const kept = planned.occurrences.filter(({ start }) => chosen.get(start)?.do !== "skip");
  if (first === undefined || kept.length === 0)
    return invalid({ repeat: RULE_PROBLEMS["no-occurrence"] });
  const hostId = (asked.hostId ?? actor.userId) as UserId;
  const end = instantOf(first.start + durationMinutes * MINUTE_MS);
  const input = { ...asked, hostId, start: first.start, end };
  const otherRooms = choices.flatMap((choice) => (choice.do === "rooms" ? choice.roomIds : []));
  const parts = await findParts(deps.db, workspaceId, {
    userIds: [hostId, ...input.people.map(({ userId }) => userId)],
    emails: input.guests.map(({ email }) => email),
    roomIds: [...input.roomIds, ...otherRooms],
    virtualRoomId: input.virtualRoomId,
  });
  const wishes = { ...input, roomIds: [...input.roomIds, ...otherRooms] };
  const fields = problemsOf(wishes, parts, actor, workspaceId);
  if (Object.keys(fields).length > 0) return invalid(fields);
  const uidHost = new URL(deps.appUrl).hostname;
  const model = assembleMeeting(input, parts, {
    workspaceId,
    actor,
    creatorId: actor.userId,
    now: deps.now(),
    uidHost,
  });
  const excluded = planned.occurrences.flatMap(({ start }) =>
    chosen.get(start)?.do === "skip" ? [start] : [],
  );
  const series = newSeries(planned, { workspaceId, zone, durationMinutes, excluded, uidHost });
  const dates = kept.map((occurrence) =>
    occurrenceOf(model, series, occurrence, {
      choice: chosen.get(occurrence.start),
      roomsOf: roomChoice(actor, parts, asked),
    }),
  );
  if (dates.some((date) => date.end <= deps.now())) return refuse(refusedSeries("slot-passed"));
  return ok({ series, dates });
}

/**
 * Every date a series would have, and what stands in the way of which, by name and without private subjects. Nothing
 * is written. Throws AccessDenied for those who make no meetings.
 */
export async function previewSeries(
  { actor, input }: Asked,
  deps: Deps,
): Promise<Result<SeriesPreview, SeriesRefused>> {
  if (!isHosting(actor)) throw new AccessDenied("meeting.make");
  const planned = await planSeries(actor, input, deps);
  if (!planned.ok) return planned;
  const { series, dates } = planned.value;
  return ok({
    dates: dates.map((date) => ({
      at: instantOf(date.series?.recurrenceStart ?? date.start),
      start: instantOf(date.start),
      end: instantOf(date.end),
    })),
    clashes: await listClashes(deps.db, actor, dates),
    skipped: series.excluded,
  });
}

async function writeUnderLock(
  tx: Transaction,
  { series, dates }: SeriesPlan,
  {
    actor,
    confirm,
    deps,
  }: { readonly actor: Member; readonly confirm: boolean; readonly deps: Deps },
): Promise<SeriesPlan> {
  const at = deps.now();
  const [{ workspaceId } = actor] = dates;
  await lockResources(tx, workspaceId, resourcesOf(dates));
  const wanted = dates.map(
    (date) => ({ ...date, state: confirm ? "confirmed" : "draft" }) as const,
  );
  const settled = confirm ? await settleDates(tx, actor, wanted) : wanted;
  await insertRows(tx, [
    seriesRows(series, at),
    ...mergeRows([
      ...settled.flatMap((date) => meetingRows(date)),
      ...(confirm ? settled.map((date) => claimRows(date, claimSpans(date))) : []),
    ]),
  ]);
  const written = confirm
    ? await followDatesOnline(
        tx,
        settled.map((after) => ({ after })),
        { deps, at },
      )
    : settled;
  const by = actedBy(actor, false);
  const [first] = written;
  await writeSeriesConsequences(
    tx,
    written,
    {
      by,
      kind: () => (confirm ? "booked" : "drafted"),
      permission: "meeting.make",
      details: () => ({ dates: written.length }),
      letters: confirm
        ? [{ series, dates: written, about: written, happening: { event: "confirmed" } }]
        : [],
      notices:
        first === undefined || by.userId === first.hostId
          ? []
          : [
              {
                workspaceId,
                userId: first.hostId,
                meetingId: first.id,
                kind: "booked",
                title: first.subject,
                detail: by.actorName,
              },
            ],
    },
    { deps, at },
  );
  // One request for the whole series: its keeper sees every date in the room's own list.
  if (confirm && first !== undefined) await askForRooms(tx, first, [], { deps, at });
  return { series, dates: written };
}

/**
 * Makes a meeting that repeats: each date is a meeting of its own, and all of them are made, or none. Confirmed, they
 * take everybody and everything they need in one transaction; every date that clashes is named. One mail for each
 * reader. Throws AccessDenied for those who make no meetings.
 */
export async function makeSeries(
  { actor, input, confirm }: Asked & { readonly confirm: boolean },
  deps: Deps,
): Promise<Result<SeriesPlan, SeriesRefused>> {
  if (!isHosting(actor)) throw new AccessDenied("meeting.make");
  const planned = await planSeries(actor, input, deps);
  if (!planned.ok) return planned;
  const resources = resourcesOf(planned.value.dates);
  try {
    const made = await inTurn(resources, () =>
      withRetry(() =>
        deps.db.$transaction((tx) => writeUnderLock(tx, planned.value, { actor, confirm, deps })),
      ),
    );
    if (confirm) await deps.invalidate(await listLinksOn(deps.db, actor.workspaceId, resources));
    return ok(made);
  } catch (error) {
    if (error instanceof DatesClash)
      return refuse(refusedSeries("conflict", { dates: error.dates }));
    if (violates(error, "resource_is_claimed_once_at_a_time"))
      return refuse(
        refusedSeries("conflict", {
          dates: await listClashes(deps.db, actor, planned.value.dates),
        }),
      );
    throw error;
  }
}
