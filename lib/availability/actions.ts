"use server";

import { revalidatePath } from "next/cache";
import type { Member } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import type { UserId } from "@/lib/ids";
import type { Result } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import { deleteSchedule, renameSchedule, setDefaultSchedule } from "./commands/change-schedule";
import { makeSchedule } from "./commands/make-schedule";
import { removeAbsence, saveAbsence } from "./commands/save-absence";
import { saveSchedule } from "./commands/save-schedule";
import { absenceProblem } from "./core/absence";
import type { HoursAnswer } from "./core/answers";
import { refusedWith } from "./core/answers";
import type { OwnerFacts, Schedule } from "./core/schedule";
import { availabilityPolicy } from "./policy";
import type { HourOwner } from "./reads";
import { findAbsence, findHourOwner, findSchedule } from "./reads";
import {
  makeScheduleInput,
  removeAbsenceInput,
  renameScheduleInput,
  saveAbsenceInput,
  saveScheduleInput,
  scheduleInput,
} from "./schema";

const answers = (name: string) => ({
  name,
  // Fields of a draft are named without the form's own field around them.
  invalid: (fields: Readonly<Record<string, string>>): HoursAnswer => ({
    status: "invalid",
    fields: Object.fromEntries(
      Object.entries(fields).map(([path, message]) => [path.replace(/^draft\.?/, ""), message]),
    ),
  }),
  refused: (message: string): HoursAnswer => ({ status: "refused", reason: "failed", message }),
});

type Visible = { readonly member: Member; readonly deps: Deps; readonly owner: OwnerFacts };

function assertVisible(member: Member, owner: OwnerFacts): void {
  if (!availabilityPolicy.can(member, "availability.read", owner)) throw new NotHere();
}

/** The schedule as this person may see it. Throws NotHere. */
async function getVisibleSchedule(id: string): Promise<Visible & { readonly schedule: Schedule }> {
  const member = await getMember();
  const deps = runtime();
  const found = await findSchedule(deps.db, { workspaceId: member.workspaceId, id });
  if (found === undefined) throw new NotHere();
  assertVisible(member, found.owner);
  return { member, deps, ...found };
}

/** The person whose hours this person may see. Throws NotHere. */
async function getVisibleOwner(id: string): Promise<Visible & { readonly person: HourOwner }> {
  const member = await getMember();
  const deps = runtime();
  const owner = { workspaceId: member.workspaceId, userId: id as UserId };
  assertVisible(member, owner);
  const person = await findHourOwner(deps.db, owner);
  if (person === undefined) throw new NotHere();
  return { member, deps, owner, person };
}

/** What came of it; who was too late is told with the schedule as it is now. */
async function answered<Value>(
  result: Result<Value, string>,
  told: (value: Value) => Omit<Extract<HoursAnswer, { status: "done" }>, "status">,
  about?: { readonly deps: Deps; readonly owner: OwnerFacts; readonly schedule: Schedule },
): Promise<HoursAnswer> {
  if (result.ok) {
    revalidatePath("/", "layout");
    return { status: "done", ...told(result.value) };
  }
  const refused = refusedWith(result.refusal);
  if (about === undefined) return refused;
  const { deps, owner, schedule } = about;
  if (result.refusal === "in-use")
    return { ...refused, links: schedule.links.map(({ name }) => name) };
  const { workspaceId } = owner;
  const now = await findSchedule(deps.db, { workspaceId, id: schedule.id });
  return now === undefined ? refused : { ...refused, current: now.schedule };
}

const save = formAction(
  saveScheduleInput,
  answers("save-schedule"),
  async ({ scheduleId, version, draft }) => {
    const { member, deps, owner, schedule } = await getVisibleSchedule(scheduleId);
    const asked = { actor: member, owner, schedule, version, hours: draft };
    const saved = await saveSchedule(asked, deps);
    return answered(saved, ({ version: next, outside }) => ({ version: next, meetings: outside }), {
      deps,
      owner,
      schedule,
    });
  },
);

const make = formAction(
  makeScheduleInput,
  answers("make-schedule"),
  async ({ personId, name, copyOf }) => {
    const { member, deps, owner, person } = await getVisibleOwner(personId);
    const copied = copyOf === undefined ? undefined : await getVisibleSchedule(copyOf);
    const asked = { actor: member, owner, zone: person.zone, name };
    const made = await makeSchedule(
      copied === undefined ? asked : { ...asked, copyOf: copied.schedule },
      deps,
    );
    return answered(made, ({ id }) => ({ id }));
  },
);

const rename = formAction(
  renameScheduleInput,
  answers("rename-schedule"),
  async ({ scheduleId, version, name }) => {
    const { member, deps, owner, schedule } = await getVisibleSchedule(scheduleId);
    const asked = { actor: member, owner, schedule, version, name };
    return answered(await renameSchedule(asked, deps), () => ({ version: version + 1 }), {
      deps,
      owner,
      schedule,
    });
  },
);

const setDefault = formAction(
  scheduleInput,
  answers("set-default-schedule"),
  async ({ scheduleId, version }) => {
    const { member, deps, owner, schedule } = await getVisibleSchedule(scheduleId);
    const asked = { actor: member, owner, schedule, version };
    return answered(await setDefaultSchedule(asked, deps), () => ({ version: version + 1 }), {
      deps,
      owner,
      schedule,
    });
  },
);

const remove = formAction(
  scheduleInput,
  answers("delete-schedule"),
  async ({ scheduleId, version }) => {
    const { member, deps, owner, schedule } = await getVisibleSchedule(scheduleId);
    const asked = { actor: member, owner, schedule, version };
    return answered(await deleteSchedule(asked, deps), () => ({}), { deps, owner, schedule });
  },
);

const away = formAction(
  saveAbsenceInput,
  answers("save-absence"),
  async ({ personId, absenceId, draft }): Promise<HoursAnswer> => {
    const { member, deps, owner, person } = await getVisibleOwner(personId);
    const asked = { actor: member, owner, zone: person.zone, absence: draft, instead: absenceId };
    const saved = await saveAbsence(asked, deps);
    const problem = saved.ok ? undefined : absenceProblem(saved.refusal);
    if (problem !== undefined)
      return { status: "invalid", fields: { [problem.field]: problem.message } };
    return answered(saved, ({ id, within }) => ({ id, meetings: within }));
  },
);

const back = formAction(
  removeAbsenceInput,
  answers("remove-absence"),
  async ({ absenceId }): Promise<HoursAnswer> => {
    const member = await getMember();
    const deps = runtime();
    const { workspaceId } = member;
    const found = await findAbsence(deps.db, { workspaceId, id: absenceId });
    if (found === undefined) throw new NotHere();
    assertVisible(member, found.owner);
    await removeAbsence({ actor: member, ...found }, deps);
    revalidatePath("/", "layout");
    return { status: "done" };
  },
);

/** Exchanges the hours of the form's `scheduleId`, as seen at `version`, by its `draft` (JSON). */
export async function saveScheduleAction(
  previous: HoursAnswer,
  form: FormData,
): Promise<HoursAnswer> {
  return save(previous, form);
}

/** Makes the form's `personId` a schedule called `name`, as a copy of `copyOf` where there is one. */
export async function makeScheduleAction(
  previous: HoursAnswer,
  form: FormData,
): Promise<HoursAnswer> {
  return make(previous, form);
}

/** Calls the form's `scheduleId`, as seen at `version`, by its `name`. */
export async function renameScheduleAction(
  previous: HoursAnswer,
  form: FormData,
): Promise<HoursAnswer> {
  return rename(previous, form);
}

/** Makes the form's `scheduleId`, as seen at `version`, its person's default. */
export async function setDefaultScheduleAction(
  previous: HoursAnswer,
  form: FormData,
): Promise<HoursAnswer> {
  return setDefault(previous, form);
}

/** Removes the form's `scheduleId`, as seen at `version`. */
export async function deleteScheduleAction(
  previous: HoursAnswer,
  form: FormData,
): Promise<HoursAnswer> {
  return remove(previous, form);
}

/** Notes that the form's `personId` is away as its `draft` (JSON) says, in place of `absenceId` where there is one. */
export async function saveAbsenceAction(
  previous: HoursAnswer,
  form: FormData,
): Promise<HoursAnswer> {
  return away(previous, form);
}

/** Takes the form's `absenceId` back. */
export async function removeAbsenceAction(
  previous: HoursAnswer,
  form: FormData,
): Promise<HoursAnswer> {
  return back(previous, form);
}
