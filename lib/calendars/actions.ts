"use server";

import { revalidatePath } from "next/cache";
import type { z } from "zod";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import { tooManyRequests } from "@/lib/http/answer";
import { findDavCalendars } from "@/lib/http/caldav";
import { CalendarTrouble } from "@/lib/http/calendar-trouble";
import { fetchOutbound } from "@/lib/http/outbound";
import { consume } from "@/lib/http/throttle";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import { addCalendars, MOST_CALENDARS } from "./commands/add-calendars";
import { changeCalendar, readCalendarNow, removeCalendar } from "./commands/change-calendar";
import { endFeed, renewFeed } from "./commands/renew-feed";
import type { CalendarAnswer } from "./core/calendar-answer";
import { causeWords } from "./core/calendar-answer";
import type { CalendarsGrant } from "./policy";
import { calendarsPolicy } from "./policy";
import {
  accountInput,
  calendarChange,
  calendarId,
  calendarRemoval,
  feedInput,
  noInput,
} from "./schema";

const PAGE = "/settings/calendars";

const refused = (message: string): CalendarAnswer => ({ status: "refused", message });

/** A form about the reader's own calendars. */
const ownForm = <Shape extends z.ZodType>(
  name: string,
  shape: Shape,
  work: (input: z.output<Shape>, grant: CalendarsGrant, deps: Deps) => Promise<CalendarAnswer>,
) =>
  formAction<Shape, CalendarAnswer>(
    shape,
    {
      name,
      invalid: (fields) => ({
        status: "refused",
        message: "Nothing was saved. Look at the marked fields.",
        fields,
      }),
      refused,
    },
    async (input) => {
      const member = await getMember();
      const { workspaceId, userId } = member;
      const grant = calendarsPolicy.authorize(member, "calendars.own", { workspaceId, userId });
      const answer = await work(input, grant, runtime());
      if (answer.status === "done") revalidatePath(PAGE);
      return answer;
    },
  );

const GONE = "This calendar is gone.";
const TOO_MANY = `${MOST_CALENDARS} calendars are the most. Remove one that is no longer needed.`;

async function countLook({ resource }: CalendarsGrant): Promise<void> {
  const counted = await consume("calendar-member", resource.userId);
  if (!counted.ok) throw tooManyRequests(counted.retryAfterSeconds);
}

const renew = ownForm("calendar-feed-renew", noInput, async (_input, grant, deps) => {
  const { url } = await renewFeed(grant, deps);
  return {
    status: "done",
    message: "The address is made.",
    url,
  };
});

const end = ownForm("calendar-feed-end", noInput, async (_input, grant, deps) => {
  const ended = await endFeed(grant, deps);
  if (!ended.ok) return refused("There is no address any more.");
  return { status: "done", message: "The address is ended. Whoever subscribed finds nothing." };
});

const addFeed = ownForm("calendar-add-feed", feedInput, async ({ url, name }, grant, deps) => {
  await countLook(grant);
  const secret = { kind: "ics", url } as const;
  const added = await addCalendars([{ name, secret, blocks: true, writes: false }], grant, deps);
  return added.ok
    ? { status: "done", message: `“${name}” is added and being read.` }
    : refused(TOO_MANY);
});

const addAccount = ownForm("calendar-add-account", accountInput, async (input, grant, deps) => {
  await countLook(grant);
  const { server, user, password } = input;
  try {
    const found = await findDavCalendars(server, { user, password }, fetchOutbound);
    if (found.length === 0) return refused("This account has no calendars.");
    const chosen = found.filter(({ url }) => input.calendar.includes(url) || url === input.writes);
    // The first time nothing is chosen: these are what there is.
    if (chosen.length === 0) return { status: "choose", calendars: found };
    const calendars = chosen.map(({ name, url }) => ({
      name: name.trim() || new URL(url).host,
      secret: { kind: "caldav", url, user, password } as const,
      blocks: input.calendar.includes(url),
      writes: url === input.writes,
    }));
    const added = await addCalendars(calendars, grant, deps);
    if (!added.ok) return refused(TOO_MANY);
    const many = added.value.added === 1 ? "1 calendar is" : `${added.value.added} calendars are`;
    return { status: "done", message: `${many} added and being read.` };
  } catch (error) {
    if (error instanceof CalendarTrouble) return refused(causeWords(error.why));
    throw error;
  }
});

const change = ownForm("calendar-change", calendarChange, async (input, grant, deps) => {
  const { id, copies } = input;
  const wanted = { id, copies, blocks: input.blocks === "on", writes: input.writes === "on" };
  const changed = await changeCalendar(wanted, grant, deps);
  if (changed.ok) return { status: "done", message: "Saved." };
  return refused(
    changed.refusal === "no-calendar" ? GONE : "A calendar feed cannot be written to.",
  );
});

const remove = ownForm("calendar-remove", calendarRemoval, async (input, grant, deps) => {
  const removed = await removeCalendar(input, grant, deps);
  return removed.ok ? { status: "done", message: "The calendar is removed." } : refused(GONE);
});

const readNow = ownForm("calendar-read", calendarId, async ({ id }, grant, deps) => {
  await countLook(grant);
  const asked = await readCalendarNow(id, grant, deps);
  return asked.ok ? { status: "done", message: "The calendar is being read." } : refused(GONE);
});

/** Makes the reader's secret calendar address anew; the answer carries it, once. */
export async function renewFeedAction(before: CalendarAnswer, form: FormData) {
  return renew(before, form);
}

/** Ends the reader's secret calendar address. */
export async function endFeedAction(before: CalendarAnswer, form: FormData) {
  return end(before, form);
}

/** Adds the calendar at the form's `url`. */
export async function addFeedAction(before: CalendarAnswer, form: FormData) {
  return addFeed(before, form);
}

/** Finds the calendars of the form's account, and adds those that are chosen. */
export async function addAccountAction(before: CalendarAnswer, form: FormData) {
  return addAccount(before, form);
}

/** Says what the reader's calendar `id` is for. */
export async function changeCalendarAction(before: CalendarAnswer, form: FormData) {
  return change(before, form);
}

/** Removes the reader's calendar `id`. */
export async function removeCalendarAction(before: CalendarAnswer, form: FormData) {
  return remove(before, form);
}

/** Has the reader's calendar `id` read now. */
export async function readCalendarAction(before: CalendarAnswer, form: FormData) {
  return readNow(before, form);
}
