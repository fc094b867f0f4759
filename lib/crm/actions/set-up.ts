"use server";

import { archiveStage } from "../commands/archive-stage";
import { archiveThing, orderThings } from "../commands/arrange-set-up";
import { saveChoice } from "../commands/save-choice";
import { saveField } from "../commands/save-field";
import { makeDefault, savePipeline } from "../commands/save-pipeline";
import { saveStage } from "../commands/save-stage";
import { savePerson, saveTeam } from "../commands/save-team";
import type { SetUpAnswer } from "../core/set-up";
import {
  archiveForm,
  choiceForm,
  fieldForm,
  orderForm,
  personForm,
  pipelineChoice,
  pipelineForm,
  stageForm,
  stageRemoval,
  teamForm,
} from "../core/set-up-input";
import { getScope } from "../reads/scope";
import { said, setUpForm } from "./set-up-form";

const keepPipeline = setUpForm("pipeline-save", pipelineForm, async (input, { grant, deps }) =>
  said(await savePipeline(input, grant, deps), ({ id }) => ({
    id,
    message: input.id === undefined ? `${input.name} was added.` : "Saved.",
  })),
);

const chooseDefault = setUpForm("pipeline-default", pipelineChoice, async (input, who) =>
  said(
    await makeDefault(input, who.grant, who.deps),
    ({ name }) => `New deals begin in ${name} from now on.`,
  ),
);

const deals = (count: number): string => (count === 1 ? "1 open deal" : `${count} open deals`);

const keepStage = setUpForm("stage-save", stageForm, async (input, { grant, deps }) =>
  said(await saveStage(input, grant, deps), ({ id, reweighted }) => {
    if (input.id === undefined) return { id, message: `${input.name} was added.` };
    const follows = reweighted === 1 ? "follows" : "follow";
    return reweighted === 0
      ? { id, message: "Saved." }
      : {
          id,
          message: `Saved. The weighted value of ${deals(reweighted)} ${follows} the new probability at once.`,
        };
  }),
);

const putStageAway = setUpForm("stage-archive", stageRemoval, async (input, who) => {
  const { member: actor, grant, deps } = who;
  const scope = await getScope(deps.db, actor);
  return said(await archiveStage(input, { actor, scope, grant }, deps), ({ name, moved }) =>
    moved === 0 ? `${name} was archived.` : `${deals(moved)} moved, and ${name} was archived.`,
  );
});

const keepChoice = setUpForm("choice-save", choiceForm, async (input, { grant, deps }) =>
  said(await saveChoice(input, grant, deps), ({ id }) => ({
    id,
    message: input.id === undefined ? `${input.name} was added.` : "Saved.",
  })),
);

const keepField = setUpForm("field-save", fieldForm, async (input, { grant, deps }) =>
  said(await saveField(input, grant, deps), ({ id, renamed }) => {
    if (input.id === undefined) return { id, message: `${input.label} was added.` };
    const records = renamed === 1 ? "1 record says" : `${renamed} records say`;
    return { id, message: renamed === 0 ? "Saved." : `Saved. ${records} the new option now.` };
  }),
);

const arrange = setUpForm("set-up-order", orderForm, async (input, { grant, deps }) =>
  said(await orderThings(input, grant, deps), () => "The order was saved."),
);

const putAway = setUpForm("set-up-archive", archiveForm, async (input, { grant, deps }) =>
  said(await archiveThing(input, grant, deps), ({ name }) =>
    input.archived === "yes" ? `${name} was archived.` : `${name} is back.`,
  ),
);

const keepTeam = setUpForm("team-save", teamForm, async (input, { grant, deps }) =>
  said(await saveTeam(input, grant, deps), ({ id }) => ({
    id,
    message: input.id === undefined ? `${input.name} was added.` : "Saved.",
  })),
);

const keepPerson = setUpForm("sales-person-save", personForm, async (input, { grant, deps }) =>
  said(await savePerson(input, grant, deps), () => "Saved."),
);

/** Makes the pipeline of the form, or renames the one it names. */
export async function savePipelineAction(before: SetUpAnswer, form: FormData) {
  return keepPipeline(before, form);
}

/** New deals begin in the pipeline of the form. */
export async function makeDefaultAction(before: SetUpAnswer, form: FormData) {
  return chooseDefault(before, form);
}

/** Makes the stage of the form, or changes the one it names. */
export async function saveStageAction(before: SetUpAnswer, form: FormData) {
  return keepStage(before, form);
}

/** Archives the stage of the form, its open deals going to `moveTo`. */
export async function archiveStageAction(before: SetUpAnswer, form: FormData) {
  return putStageAway(before, form);
}

/** Makes the reason, source or product of the form, or changes the one it names. */
export async function saveChoiceAction(before: SetUpAnswer, form: FormData) {
  return keepChoice(before, form);
}

/** Makes the field of the form, or changes the one it names. */
export async function saveFieldAction(before: SetUpAnswer, form: FormData) {
  return keepField(before, form);
}

/** Puts things of one kind into the order of the form's `ids`. */
export async function orderAction(before: SetUpAnswer, form: FormData) {
  return arrange(before, form);
}

/** Archives a thing, or brings it back. */
export async function archiveAction(before: SetUpAnswer, form: FormData) {
  return putAway(before, form);
}

/** Makes the team of the form, or changes the one it names, with its people and hours. */
export async function saveTeamAction(before: SetUpAnswer, form: FormData) {
  return keepTeam(before, form);
}

/** Sets what the person of the form sees and takes on. */
export async function savePersonAction(before: SetUpAnswer, form: FormData) {
  return keepPerson(before, form);
}
