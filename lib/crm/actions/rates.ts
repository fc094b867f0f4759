"use server";

import { saveMoney } from "../commands/save-money";
import { removeRate, setRates } from "../commands/set-rates";
import { moneyForm, rateForm, rateRemoval, ratesPaste } from "../core/rate-input";
import type { SetUpAnswer } from "../core/set-up";
import { said, setUpForm } from "./set-up-form";

const FOLLOW = "Open deals are valued anew in a moment.";

const addRate = setUpForm(
  "rate-set",
  rateForm,
  async ({ restate, ...rate }, { member: actor, deps }) => {
    const { workspaceId } = actor;
    const asked = { actor, workspaceId, rates: [rate], restateClosed: restate };
    const words = restate ? "Open and closed deals are valued anew in a moment." : FOLLOW;
    return said(await setRates(asked, deps), () => `Saved. ${words}`);
  },
);

const addRates = setUpForm("rates-paste", ratesPaste, async ({ rates }, { member: actor, deps }) =>
  said(await setRates({ actor, workspaceId: actor.workspaceId, rates }, deps), () => {
    const count = rates.length === 1 ? "1 rate was" : `${rates.length} rates were`;
    return `${count} saved. ${FOLLOW}`;
  }),
);

const dropRate = setUpForm("rate-remove", rateRemoval, async (input, { member: actor, deps }) =>
  said(
    await removeRate({ actor, workspaceId: actor.workspaceId, ...input }, deps),
    () => "Removed.",
  ),
);

const keepMoney = setUpForm("money-save", moneyForm, async (input, { member, grant, deps }) =>
  said(await saveMoney({ ...input, actor: member }, grant, deps), () => "Saved."),
);

/** Sets the rate of the form. */
export async function setRateAction(before: SetUpAnswer, form: FormData) {
  return addRate(before, form);
}

/** Sets every rate of what was pasted, or none. */
export async function pasteRatesAction(before: SetUpAnswer, form: FormData) {
  return addRates(before, form);
}

/** Removes the rate of the form's currency and day. */
export async function removeRateAction(before: SetUpAnswer, form: FormData) {
  return dropRate(before, form);
}

/** Sets in what the workspace counts and when its business year begins. */
export async function saveMoneyAction(before: SetUpAnswer, form: FormData) {
  return keepMoney(before, form);
}
