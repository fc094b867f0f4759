"use server";

import { removeRule, saveRule } from "../commands/save-rule";
import { ruleChoice, ruleForm } from "../core/rule-form";
import type { SetUpAnswer } from "../core/set-up";
import { said, setUpForm } from "./set-up-form";

const keepRule = setUpForm("rule-save", ruleForm, async (input, { grant, deps }) =>
  said(await saveRule(input, grant, deps), ({ id }) => ({
    id,
    message: input.id === undefined ? `${input.name} was added.` : "Saved.",
  })),
);

const dropRule = setUpForm("rule-remove", ruleChoice, async (input, { grant, deps }) =>
  said(await removeRule(input, grant, deps), ({ name }) => `${name} was removed.`),
);

/** Makes the assignment rule of the form, or changes the one it names. */
export async function saveRuleAction(before: SetUpAnswer, form: FormData) {
  return keepRule(before, form);
}

/** Removes the assignment rule of the form. */
export async function removeRuleAction(before: SetUpAnswer, form: FormData) {
  return dropRule(before, form);
}
