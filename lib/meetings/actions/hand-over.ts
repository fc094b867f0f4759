"use server";

import { revalidatePath } from "next/cache";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import type { UserId } from "@/lib/ids";
import { runtime } from "@/lib/runtime";
import { handOver } from "../commands/hand-over";
import type { HandOverAnswer } from "../core/hand-over";
import { HAND_OVER_REFUSALS } from "../core/hand-over";
import { handOverInput } from "../schema";

const refused = (message: string): HandOverAnswer => ({ status: "refused", message });

const handle = formAction(
  handOverInput,
  { name: "hand-over", invalid: () => refused("Choose who takes over."), refused },
  async ({ from, to, after }): Promise<HandOverAnswer> => {
    const actor = await getMember();
    const asked = { actor, from: from as UserId, to: to as UserId, after };
    const result = await handOver(asked, runtime());
    if (!result.ok) return refused(HAND_OVER_REFUSALS[result.refusal]);
    revalidatePath("/admin/users");
    return { status: "done", handed: result.value, to };
  },
);

/** Hands the links and meetings of the form's `from` over to `to`; goes on `after` where a call before stopped. */
export async function handOverAction(
  previous: HandOverAnswer,
  form: FormData,
): Promise<HandOverAnswer> {
  return handle(previous, form);
}
