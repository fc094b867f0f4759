import "server-only";
import { notFound } from "next/navigation";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import type { ErasureEntry } from "./core/erasure-entry";
import type { RetentionPlan } from "./core/retention-plan";
import { retentionCutoff } from "./core/retention-plan";
import { privacyPolicy } from "./policy";
import { listErasures } from "./reads/erasures";
import { countOld, findRetentionDays } from "./reads/targets";

export type PrivacyOverview = {
  readonly erasures: readonly ErasureEntry[];
  /** What a removal by age would remove now; undefined when everything is kept. */
  readonly plan: RetentionPlan | undefined;
};

/** What was removed lately and what age would remove now. To everybody but admins this page does not exist. */
export async function loadPrivacy(): Promise<PrivacyOverview> {
  const member = await getMember();
  const { workspaceId } = member;
  if (!privacyPolicy.can(member, "privacy.search", { workspaceId })) notFound();
  const { db, now } = runtime();
  const [erasures, days] = await Promise.all([
    listErasures(db, workspaceId),
    findRetentionDays(db, workspaceId),
  ]);
  if (days === null) return { erasures, plan: undefined };
  const before = retentionCutoff(now(), days);
  return { erasures, plan: { days, before, ...(await countOld(db, workspaceId, before)) } };
}
