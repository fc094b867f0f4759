import { revalidatePath } from "next/cache";
import type { z } from "zod";
import type { Member } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import type { Result } from "@/lib/result";
import { ok } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import type { SetUpAnswer } from "../core/set-up";
import { crmPolicy } from "../policy";

/** What a refusal is called on these pages, and next to which field it stands. */
const REFUSALS: Readonly<Record<string, readonly [words: string, field?: string]>> = {
  "changed-meanwhile": [
    "Somebody else changed this meanwhile. Load the page again to see theirs; yours is not saved.",
  ],
  "name-taken": ["There is one of this name already.", "name"],
  gone: ["This is gone, or it is so already. Load the page again."],
  "no-pipeline": ["This pipeline is gone."],
  "no-stage": ["This stage is gone. Load the page again."],
  "no-such-stage": ["Choose an open stage of the same pipeline.", "moveTo"],
  "closing-stage": ["Deals are won and lost in this stage: it stays. It can be renamed."],
  "last-stage": ["A pipeline needs one open stage at least."],
  "deals-left": ["There are open deals here. Move them first."],
  "deals-stayed": ["Some deals could not be moved. Load the page again to see which stand here."],
  "default-pipeline": ["New deals begin in this pipeline. Make another one the default first."],
  "rules-left": ["An assignment rule gives leads to this team. Change the rule first."],
  "no-such-currency": ["This is no currency in use.", "currency"],
  "unknown-currency": ["This is no currency in use.", "currency"],
  "own-currency": ["This is the workspace's own currency: it is worth one.", "currency"],
  "not-an-amount": ["This amount has more digits than its currency.", "price"],
  "not-a-rate": ["Write a positive number such as 1.0835.", "rate"],
  "no-such-rate": ["This rate was removed meanwhile."],
  "too-many": ["There are 60 fields. Put one away before you add another."],
  "no-such-person": ["This person is gone, or has no part in sales any more."],
  "no-such-team": ["This team is gone.", "teamId"],
  "currency-in-use": [
    "Amounts, rates or targets are counted in the present currency, so it stays.",
    "currency",
  ],
  "no-rule": ["This rule is gone. Load the page again."],
};

const UNSAVED = "Nothing was saved. Look at the marked fields.";

type Who = {
  readonly member: Member;
  readonly grant: Grant<"crm.configure", { readonly workspaceId: string }>;
  readonly deps: Deps;
};

type Done = { readonly message: string; readonly id?: string };

export const refusedWith = (
  refusal: string,
): Extract<SetUpAnswer, { readonly status: "refused" }> => {
  const [message, field] = REFUSALS[refusal] ?? ["This could not be done."];
  return {
    status: "refused",
    message: field === undefined ? message : UNSAVED,
    fields: field === undefined ? {} : { [field]: message },
  };
};

/** What a command answered, as the page says it. */
export const said = <Value, Refusal extends string>(
  result: Result<Value, Refusal>,
  words: (value: Value) => string | Done,
): Result<Done, string> => {
  if (!result.ok) return result;
  const told = words(result.value);
  return ok(typeof told === "string" ? { message: told } : told);
};

/** A form of somebody who sets sales up: parsed, done, and said in words. */
export const setUpForm = <Shape extends z.ZodType>(
  name: string,
  shape: Shape,
  work: (input: z.output<Shape>, who: Who) => Promise<Result<Done, string>>,
) =>
  formAction<Shape, SetUpAnswer>(
    shape,
    {
      name,
      invalid: (fields) => ({ status: "refused", message: UNSAVED, fields }),
      refused: (message) => ({ status: "refused", message, fields: {} }),
    },
    async (input) => {
      const member = await getMember();
      const grant = crmPolicy.authorize(member, "crm.configure", {
        workspaceId: member.workspaceId,
      });
      const result = await work(input, { member, grant, deps: runtime() });
      if (!result.ok) return refusedWith(result.refusal);
      revalidatePath("/admin/crm", "layout");
      return { status: "done", ...result.value };
    },
  );
