"use server";

import { revalidatePath } from "next/cache";
import type { z } from "zod";
import type { Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { fieldMessages } from "@/lib/actions/form-action";
import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import { cancelSeries } from "../commands/cancel-series";
import { confirmSeries } from "../commands/confirm-series";
import { editSeries, previewSeriesEdit } from "../commands/edit-series";
import { getVisibleMeeting } from "../commands/get-visible-meeting";
import { makeSeries, previewSeries } from "../commands/make-series";
import type { Meeting } from "../core/meeting";
import type { SeriesRefused } from "../core/series-answer";
import {
  cancelSeriesInput,
  confirmSeriesInput,
  newSeriesInput,
  seriesChangeInput,
  seriesInput,
} from "../core/series-input";
import type { PreviewAnswer, SeriesAnswer } from "../core/series-wire";
import { shownClashes } from "../core/series-wire";

const refused = (message: string): { readonly status: "refused"; readonly message: string } => ({
  status: "refused",
  message,
});

const INCOMPLETE = "This form was not complete. Load the page again.";

const REFUSALS: Readonly<Record<SeriesRefused["reason"], string>> = {
  conflict: "Some of the dates are taken.",
  invalid: "This cannot be held.",
  "slot-passed": "A series cannot begin in the past.",
  "changed-meanwhile":
    "Somebody changed this series a moment ago. Load the page to see it as it is now.",
  "not-changeable": "None of these dates can be changed any more.",
};

/** Problems of the part that is the meeting itself, by the names its fields have in the form. */
const invalid = (error: z.ZodError): SeriesAnswer => ({
  status: "invalid",
  fields: Object.fromEntries(
    Object.entries(fieldMessages(error)).map(([path, message]) => [
      path.replace(/^(?:input\.meeting|meeting|changes)\./, ""),
      message,
    ]),
  ),
});

function answerTo({ reason, fields = {}, dates }: SeriesRefused): SeriesAnswer {
  if (reason === "invalid") return { status: "invalid", fields };
  if (reason === "conflict") return { status: "dates", clashes: shownClashes(dates) };
  return refused(REFUSALS[reason]);
}

const firstOf = ({ reason, fields = {} }: SeriesRefused): string =>
  Object.values(fields)[0] ?? REFUSALS[reason];

function saved(meetings: readonly Meeting[]): SeriesAnswer {
  revalidatePath("/", "layout");
  const meeting = meetings.find(({ state }) => state !== "cancelled") ?? meetings[0];
  return {
    status: "saved",
    meetingId: meeting?.id ?? "",
    confirmed: meeting?.state === "confirmed",
  };
}

/** Runs one change; who may not, is told in the words agreed. */
const change = <Answer>(
  name: string,
  work: (member: Member) => Promise<Answer | ReturnType<typeof refused>>,
) =>
  withAction<Answer | ReturnType<typeof refused>>(
    name,
    async () => {
      try {
        return await work(await getMember());
      } catch (error) {
        if (error instanceof AccessDenied) return refused(error.words);
        throw error;
      }
    },
    refused,
  );

/** How the payload's series would come out, `{meeting, repeat}`: its dates, and what stands in whose way. Writes nothing. */
export async function previewSeriesAction(form: FormData): Promise<PreviewAnswer> {
  return change("preview-series", async (actor) => {
    const asked = payloadOf(seriesInput, form);
    if (asked === undefined) return refused(INCOMPLETE);
    if (!asked.success) return refused(Object.values(fieldMessages(asked.error))[0] ?? INCOMPLETE);
    const preview = await previewSeries({ actor, input: asked.data }, runtime());
    if (!preview.ok) return refused(firstOf(preview.refusal));
    const { clashes, ...rest } = preview.value;
    return { status: "preview" as const, ...rest, clashes: shownClashes(clashes) };
  });
}

/** Makes the payload's series: `{confirm, input: {meeting, repeat}}`. */
export async function makeSeriesAction(form: FormData): Promise<SeriesAnswer> {
  return change("make-series", async (actor) => {
    const asked = payloadOf(newSeriesInput, form);
    if (asked === undefined) return refused(INCOMPLETE);
    if (!asked.success) return invalid(asked.error);
    const made = await makeSeries({ actor, ...asked.data }, runtime());
    return made.ok ? saved(made.value.dates) : answerTo(made.refusal);
  });
}

async function seriesChange(actor: Member, form: FormData) {
  const asked = payloadOf(seriesChangeInput, form);
  if (!asked?.success) return asked;
  const { meetingId, changes, ...rest } = asked.data;
  const meeting = await getVisibleMeeting(runtime().db, actor, meetingId);
  return { success: true as const, data: { ...rest, actor, meeting, input: changes } };
}

/** What the payload's change would lead to, `{meetingId, version, scope, changes, repeat, choices}`. Writes nothing. */
export async function previewSeriesEditAction(form: FormData): Promise<PreviewAnswer> {
  return change("preview-series-edit", async (actor) => {
    const asked = await seriesChange(actor, form);
    if (asked === undefined) return refused(INCOMPLETE);
    if (!asked.success) return refused(Object.values(fieldMessages(asked.error))[0] ?? INCOMPLETE);
    const preview = await previewSeriesEdit(asked.data, runtime());
    if (!preview.ok) return refused(firstOf(preview.refusal));
    const { clashes, ...rest } = preview.value;
    return { status: "preview" as const, ...rest, clashes: shownClashes(clashes) };
  });
}

/** Changes the payload's date and those after it, or all: `{meetingId, version, scope, changes, repeat, choices}`. */
export async function editSeriesAction(form: FormData): Promise<SeriesAnswer> {
  return change("edit-series", async (actor) => {
    const asked = await seriesChange(actor, form);
    if (asked === undefined) return refused(INCOMPLETE);
    if (!asked.success) return invalid(asked.error);
    const edited = await editSeries(asked.data, runtime());
    if (!edited.ok) return answerTo(edited.refusal);
    const { changed, added } = edited.value;
    const own = changed.filter(({ before }) => before.id === asked.data.meeting.id);
    return saved([...own, ...changed].map(({ after }) => after).concat(added));
  });
}

/** Withdraws the payload's date and those after it, or all that are to come: `{meetingId, version, scope, reason}`. */
export async function cancelSeriesAction(form: FormData): Promise<SeriesAnswer> {
  return change("cancel-series", async (actor) => {
    const asked = payloadOf(cancelSeriesInput, form);
    if (asked === undefined) return refused(INCOMPLETE);
    if (!asked.success) return invalid(asked.error);
    const { meetingId, ...rest } = asked.data;
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, meetingId);
    const cancelled = await cancelSeries({ actor, meeting, ...rest }, deps);
    return cancelled.ok
      ? saved(cancelled.value.changed.map(({ after }) => after))
      : answerTo(cancelled.refusal);
  });
}

/** Confirms every draft of the payload's series, at once: `{meetingId, version}`. */
export async function confirmSeriesAction(form: FormData): Promise<SeriesAnswer> {
  return change("confirm-series", async (actor) => {
    const asked = payloadOf(confirmSeriesInput, form);
    if (asked === undefined) return refused(INCOMPLETE);
    if (!asked.success) return invalid(asked.error);
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, asked.data.meetingId);
    const confirmed = await confirmSeries({ actor, meeting, version: asked.data.version }, deps);
    return confirmed.ok
      ? saved(confirmed.value.changed.map(({ after }) => after))
      : answerTo(confirmed.refusal);
  });
}
