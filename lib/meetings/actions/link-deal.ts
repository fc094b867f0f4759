"use server";

import { revalidatePath } from "next/cache";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import { findLeadNamed } from "@/lib/crm/reads/received";
import { runtime } from "@/lib/runtime";
import { getVisibleMeeting } from "../commands/get-visible-meeting";
import { linkDeal } from "../commands/link-deal";
import type { DealAnswer } from "../core/deal-answer";
import { dealInput } from "../core/deal-answer";

const NO_SUCH = "There is no such deal among those you may see. Use its number, such as D-12.";

const link = formAction<typeof dealInput, DealAnswer>(
  dealInput,
  {
    name: "link-deal",
    invalid: (_fields, typed) => ({
      status: "refused",
      message: NO_SUCH,
      deal: String(typed.deal ?? ""),
    }),
    refused: (message, typed) => ({ status: "refused", message, deal: String(typed.deal ?? "") }),
  },
  async ({ meetingId, deal }) => {
    const actor = await getMember();
    const deps = runtime();
    const meeting = await getVisibleMeeting(deps.db, actor, meetingId);
    const leadId = deal === "" ? null : await findLeadNamed(deps.db, actor.workspaceId, deal);
    if (leadId === undefined) return { status: "refused", message: NO_SUCH, deal };
    const linked = await linkDeal({ actor, meeting, leadId }, deps);
    if (!linked.ok) return { status: "refused", message: NO_SUCH, deal };
    revalidatePath("/meetings", "layout");
    return { status: "saved" };
  },
);

/** Puts the form's meeting into the deal of that number or address; an empty one takes it out. */
export async function linkDealAction(before: DealAnswer, form: FormData): Promise<DealAnswer> {
  return link(before, form);
}
