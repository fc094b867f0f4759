"use server";

import { revalidatePath } from "next/cache";
import type { z } from "zod";
import type { Member } from "@/lib/access/actor";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import type { Result } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import { addHolidays } from "./commands/add-holidays";
import { changeHoliday } from "./commands/change-holiday";
import { changeWorkspace } from "./commands/change-workspace";
import { removeHoliday } from "./commands/remove-holiday";
import type { AdminAnswer } from "./core/admin-answer";
import { workspacePolicy } from "./policy";
import { holidayChange, holidayForm, holidayImport, holidayRemoval, workspaceForm } from "./schema";

/** What a refusal is called on these pages. */
const REFUSALS: Readonly<Record<string, string>> = {
  "changed-meanwhile":
    "Somebody else changed these settings meanwhile. Load the page again to see theirs; yours are not saved.",
  "holiday-exists": "That day has a holiday of this name already.",
  "no-holiday": "This holiday was removed meanwhile.",
};

type Work<Input> = (
  input: Input,
  who: { readonly member: Member; readonly deps: Deps },
) => Promise<Result<string, string>>;

/** A form of an admin: parsed, done, and said in words. `done` is the path whose page shows the change. */
const adminForm = <Shape extends z.ZodType>(
  name: string,
  shape: Shape,
  path: string,
  work: Work<z.output<Shape>>,
) =>
  formAction<Shape, AdminAnswer>(
    shape,
    {
      name,
      invalid: (fields, typed) => ({
        status: "refused",
        message: "Nothing was saved. Look at the marked fields.",
        fields,
        typed,
      }),
      refused: (message, typed) => ({ status: "refused", message, fields: {}, typed }),
    },
    async (input, typed) => {
      const result = await work(input, { member: await getMember(), deps: runtime() });
      if (!result.ok) {
        const message = REFUSALS[result.refusal] ?? "This could not be done.";
        return { status: "refused", message, fields: {}, typed };
      }
      revalidatePath(path);
      return { status: "done", message: result.value };
    },
  );

const mayChange = (member: Member) =>
  workspacePolicy.authorize(member, "workspace.change", { workspaceId: member.workspaceId });

const mayHolidays = (member: Member) =>
  workspacePolicy.authorize(member, "workspace.holidays", { workspaceId: member.workspaceId });

const said = <Value, Refusal extends string>(
  result: Result<Value, Refusal>,
  words: (value: Value) => string,
): Result<string, string> => (result.ok ? { ok: true, value: words(result.value) } : result);

const saveWorkspace = adminForm(
  "workspace-change",
  workspaceForm,
  "/admin/workspace",
  async ({ version, ...settings }, { member, deps }) =>
    said(await changeWorkspace(settings, version, mayChange(member), deps), () => "Saved."),
);

const addHoliday = adminForm(
  "holiday-add",
  holidayForm,
  "/admin/holidays",
  async (holiday, { member, deps }) =>
    said(
      await addHolidays({ holidays: [holiday] }, mayHolidays(member), deps),
      () => `${holiday.name} was added.`,
    ),
);

const saveHoliday = adminForm(
  "holiday-change",
  holidayChange,
  "/admin/holidays",
  async (holiday, { member, deps }) =>
    said(await changeHoliday(holiday, mayHolidays(member), deps), () => "Saved."),
);

const dropHoliday = adminForm(
  "holiday-remove",
  holidayRemoval,
  "/admin/holidays",
  async ({ id }, { member, deps }) =>
    said(await removeHoliday(id, mayHolidays(member), deps), () => "Removed."),
);

const takeHolidays = adminForm(
  "holiday-import",
  holidayImport,
  "/admin/holidays",
  async ({ country, holiday }, { member, deps }) =>
    said(
      await addHolidays({ country, holidays: holiday }, mayHolidays(member), deps),
      ({ added }) => (added === 1 ? "1 holiday was added." : `${added} holidays were added.`),
    ),
);

/** Saves the settings of the workspace. */
export async function saveWorkspaceAction(before: AdminAnswer, form: FormData) {
  return saveWorkspace(before, form);
}

/** Adds the holiday of the form's `date` and `name`. */
export async function addHolidayAction(before: AdminAnswer, form: FormData) {
  return addHoliday(before, form);
}

/** Changes the holiday of the form's `id`. */
export async function changeHolidayAction(before: AdminAnswer, form: FormData) {
  return saveHoliday(before, form);
}

/** Removes the holiday of the form's `id`. */
export async function removeHolidayAction(before: AdminAnswer, form: FormData) {
  return dropHoliday(before, form);
}

/** Adds the holidays that were ticked in a preview. */
export async function importHolidaysAction(before: AdminAnswer, form: FormData) {
  return takeHolidays(before, form);
}
