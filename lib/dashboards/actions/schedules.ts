"use server";

import { z } from "zod";
import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import { scheduleMail } from "../commands/schedule-mail";
import { stopMail } from "../commands/stop-mail";
import type { ScheduleAnswer, ScheduleRefusal } from "../core/schedule";
import { MOST_SCHEDULES, scheduleAct } from "../core/schedule";

const WORDS: Readonly<Record<ScheduleRefusal, string>> = {
  "not-here": "This scheduled mail is not there any more. Load the page again.",
  "changed-meanwhile": "Somebody changed it meanwhile. Close this and open it again.",
  "no-such-person": "One of the recipients is no member who sells any more. Choose again.",
  "too-many": `There are ${MOST_SCHEDULES} scheduled mails already. Delete one first.`,
};

const refused = (message: string): ScheduleAnswer => ({ status: "refused", message });

/** Makes, changes, deletes or tries a mail that carries a dashboard, as the payload says. */
export async function scheduleMailAction(form: FormData): Promise<ScheduleAnswer> {
  return withAction<ScheduleAnswer>(
    "schedule-dashboard-mail",
    async () => {
      const actor = await getMember();
      const asked = payloadOf(scheduleAct, form);
      if (!asked?.success)
        return refused("Give it a name, a time, a zone there is, and at least one recipient.");
      const done = await scheduleMail({ actor, asked: asked.data }, runtime());
      return done.ok ? { status: "done", id: done.value.id } : refused(WORDS[done.refusal]);
    },
    refused,
  );
}

const stopInput = z.strictObject({ id: z.uuid(), stopped: z.boolean() });

/** Stops a scheduled mail for its sender alone, or has it come again. */
export async function stopMailAction(form: FormData): Promise<ScheduleAnswer> {
  return withAction<ScheduleAnswer>(
    "stop-dashboard-mail",
    async () => {
      const actor = await getMember();
      const asked = payloadOf(stopInput, form);
      if (!asked?.success) return refused("This was not understood. Load the page again.");
      const done = await stopMail({ actor, ...asked.data }, runtime());
      return done.ok ? { status: "done", id: asked.data.id } : refused(WORDS[done.refusal]);
    },
    refused,
  );
}
