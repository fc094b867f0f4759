import "server-only";
import { notFound } from "next/navigation";
import type { Member } from "@/lib/access/actor";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import type { CrmScope } from "./core/scope";
import { crmPolicy } from "./policy";
import { getScope } from "./reads/scope";

/** Whoever sells, with what they may see; to others the pages of sales do not exist. */
export async function getSeller(): Promise<{ readonly member: Member; readonly scope: CrmScope }> {
  const member = await getMember();
  if (!crmPolicy.can(member, "crm.use", member)) notFound();
  return { member, scope: await getScope(runtime().db, member) };
}

/** Whoever sets sales up; to others those pages do not exist. */
export async function getSalesManager(): Promise<{
  readonly member: Member;
  readonly scope: CrmScope;
}> {
  const seller = await getSeller();
  if (!crmPolicy.can(seller.member, "crm.configure", seller.member)) notFound();
  return seller;
}
