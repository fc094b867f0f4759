import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { companyDomainOf } from "../core/mail-domain";

export type FoundContact = {
  readonly id: string;
  readonly companyId: string | null;
  readonly companyName: string | null;
};

/**
 * The contact of this address, made when there is none and otherwise left as it is, locked for the rest of the
 * transaction: two bookings of one guest at once meet here. A new one joins the company that has its mail domain.
 */
export async function findOrMakeContact(
  tx: Transaction,
  workspaceId: string,
  person: {
    readonly name: string;
    readonly email: string;
    readonly phone?: string | null;
    readonly zone?: string;
    readonly locale?: string;
  },
  now: Instant,
): Promise<FoundContact> {
  const email = person.email.toLowerCase();
  const domain = companyDomainOf(email) ?? null;
  await tx.$executeRaw`
    INSERT INTO contact (workspace_id, id, name, email, phone, zone, locale, company_id, created_at, updated_at)
    SELECT ${workspaceId}::uuid, ${newId()}::uuid, ${person.name.slice(0, 200)}, ${email}, ${person.phone ?? null}, ${person.zone ?? null}, ${person.locale ?? null},
           (SELECT c.id FROM company c WHERE c.workspace_id = ${workspaceId}::uuid AND c.domain = ${domain} AND c.deleted_at IS NULL ORDER BY c.created_at, c.id LIMIT 1),
           ${toIso(now)}::timestamptz, ${toIso(now)}::timestamptz
    ON CONFLICT (workspace_id, email) WHERE deleted_at IS NULL DO NOTHING`;
  const [found] = await tx.$queryRaw<FoundContact[]>`
    SELECT k.id, k.company_id AS "companyId", c.name AS "companyName"
      FROM contact k LEFT JOIN company c ON c.workspace_id = k.workspace_id AND c.id = k.company_id
     WHERE k.workspace_id = ${workspaceId}::uuid AND k.email = ${email} AND k.deleted_at IS NULL
       FOR NO KEY UPDATE OF k`;
  if (found === undefined) throw new Error("a contact was written and is not there");
  return found;
}
