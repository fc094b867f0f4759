import type { ActionAnswer } from "@/lib/meetings/actions";
import { cancelMeetingAction, confirmMeetingAction } from "@/lib/meetings/actions";
import { cancelSeriesAction, confirmSeriesAction } from "@/lib/meetings/actions/series";
import type { SeriesAnswer } from "@/lib/meetings/core/series-wire";
import type { TimeZone } from "@/lib/time/zone";
import { clashWords } from "./save-series";
import type { Scope } from "./series-scope";
import { say } from "./series-words";

type Reader = { readonly zone: TimeZone; readonly locale: string };

const refused = (message: string): ActionAnswer => ({
  status: "refused",
  reason: "series",
  message,
});

function asAnswer(answer: SeriesAnswer, done: string, reader: Reader): ActionAnswer {
  switch (answer.status) {
    case "saved":
      return { status: "done", message: done };
    case "dates":
      return refused(clashWords(answer.clashes, reader));
    case "invalid":
      return refused(Object.values(answer.fields)[0] ?? say("acts.invalid"));
    case "refused":
      return refused(answer.message);
  }
}

/** What a form without scripts would send, as these actions take it. */
function payloadFrom(form: FormData, more: object = {}): FormData {
  const sent = new FormData();
  const reason = form.get("reason");
  sent.set(
    "payload",
    JSON.stringify({
      meetingId: form.get("meetingId"),
      version: Number(form.get("version")),
      ...(reason === null ? {} : { reason }),
      ...more,
    }),
  );
  return sent;
}

type Act = (previous: ActionAnswer, form: FormData) => Promise<ActionAnswer>;

/** Confirms a meeting; of a series every draft that is to come, at once. */
export const confirmAct = (inSeries: boolean, reader: Reader): Act =>
  inSeries
    ? async (_previous, form) =>
        asAnswer(await confirmSeriesAction(payloadFrom(form)), say("acts.confirmed"), reader)
    : confirmMeetingAction;

/** Cancels a meeting; of a series as many dates as were meant. */
export const cancelAct = (scope: Scope, reader: Reader): Act =>
  scope === "one"
    ? cancelMeetingAction
    : async (_previous, form) =>
        asAnswer(
          await cancelSeriesAction(payloadFrom(form, { scope })),
          say("acts.cancelled"),
          reader,
        );
