import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { Duplicate, DuplicateReason } from "../core/duplicate";
import { byStrength, companyNameOf, duplicateOf } from "../core/duplicate";
import { companyDomainOf } from "../core/mail-domain";
import type { CrmScope } from "../core/scope";
import { inScope } from "./scope";

/** What is known of somebody; `id` is left out of what is found. */
export type Known = {
  readonly id?: string | undefined;
  readonly email?: string | null | undefined;
  /** E.164. */
  readonly phone?: string | null | undefined;
  readonly contactName?: string | null | undefined;
  readonly companyId?: string | null | undefined;
  readonly companyName?: string | null | undefined;
};

/** Names as like as this are looked at; lower, a common word alone would find thousands. */
const ALIKE = 0.5;
const MOST = 20;

type Hit = { readonly id: string; readonly reason: DuplicateReason; readonly likeness: number };

function ranked(hits: readonly Hit[]): Duplicate[] {
  const groups = Map.groupBy(hits, ({ id }) => id);
  return [...groups]
    .map(([id, found]) => duplicateOf(id, found))
    .sort(byStrength)
    .slice(0, MOST);
}

/** Companies that may be the known one's: the same, of the same domain, of a similar name; each with its likeness. */
const nearCompanies = (workspaceId: string, known: Known): Prisma.Sql => {
  const here = Prisma.sql`c.workspace_id = ${workspaceId}::uuid AND c.deleted_at IS NULL`;
  const domain = known.email ? companyDomainOf(known.email) : undefined;
  const name = known.companyName ? companyNameOf(known.companyName) : undefined;
  const ways = [
    Prisma.sql`SELECT NULL::uuid AS id, NULL::text AS reason, 0::float8 AS likeness WHERE false`,
    ...(known.companyId
      ? [Prisma.sql`SELECT ${known.companyId}::uuid, 'same-company', 1::float8`]
      : []),
    ...(domain === undefined
      ? []
      : [
          Prisma.sql`(SELECT c.id, 'same-domain', 1::float8 FROM company c WHERE ${here} AND c.domain = ${domain} LIMIT 5)`,
        ]),
    ...(name === undefined
      ? []
      : [
          Prisma.sql`(SELECT c.id, 'similar-company', similarity(lower(c.name), ${name})::float8 FROM company c
             WHERE ${here} AND lower(c.name) % ${name} ORDER BY 3 DESC, c.id LIMIT 10)`,
        ]),
  ];
  return Prisma.sql`near AS MATERIALIZED (${Prisma.join(ways, " UNION ALL ")})`;
};

/** One transaction, so that the likeness that counts is that of this question only. */
async function alike(db: Db, question: Prisma.Sql): Promise<Hit[]> {
  const ask = async (tx: Db): Promise<Hit[]> => {
    await tx.$executeRaw`SELECT set_config('pg_trgm.similarity_threshold', ${String(ALIKE)}, true)`;
    return tx.$queryRaw<Hit[]>(question);
  };
  return "$transaction" in db ? db.$transaction(ask) : ask(db);
}

/**
 * Leads and deals that may be the same as what is known, inside a scope, the most likely first; at most 20. By e-mail,
 * phone, and the contact's name among those of the same or a similar company. Every way in has an index.
 */
export async function findDuplicateLeads(
  db: Db,
  scope: CrmScope,
  known: Known,
): Promise<Duplicate[]> {
  const here = Prisma.sql`${inScope(scope, Prisma.sql`l`)} AND l.deleted_at IS NULL AND l.id IS DISTINCT FROM ${known.id ?? null}::uuid`;
  const contact = known.contactName?.trim().toLowerCase() ?? "";
  const hits = await alike(
    db,
    Prisma.sql`
    WITH ${nearCompanies(scope.workspaceId, known)},
    theirs AS MATERIALIZED (
      SELECT l.id, lower(l.contact_name) AS contact, n.reason, n.likeness FROM near n
       CROSS JOIN LATERAL (SELECT l.* FROM lead l WHERE ${here} AND l.company_id = n.id LIMIT 200) l)
    (SELECT l.id, 'same-email' AS reason, 1::float8 AS likeness FROM lead l WHERE ${here} AND l.email = ${known.email?.toLowerCase() ?? null} LIMIT 50)
    UNION ALL (SELECT l.id, 'same-phone', 1 FROM lead l WHERE ${here} AND l.phone = ${known.phone ?? null} LIMIT 50)
    UNION ALL SELECT t.id, 'similar-contact', similarity(t.contact, ${contact})::float8 FROM theirs t WHERE similarity(t.contact, ${contact}) >= ${ALIKE}
    UNION ALL SELECT t.id, 'same-company', CASE t.reason WHEN 'similar-company' THEN t.likeness * 0.7 ELSE 1 END FROM theirs t`,
  );
  // That a company has other deals is no sign by itself: colleagues are different people.
  const said = new Set(hits.flatMap(({ id, reason }) => (reason === "same-company" ? [] : [id])));
  return ranked(hits.filter(({ id }) => said.has(id)));
}

/** Companies that may be the same: of this domain, or of a similar name; the most likely first, at most 20. */
export async function findDuplicateCompanies(
  db: Db,
  workspaceId: string,
  known: { readonly id?: string; readonly name?: string | null; readonly domain?: string | null },
): Promise<Duplicate[]> {
  const here = Prisma.sql`c.workspace_id = ${workspaceId}::uuid AND c.deleted_at IS NULL AND c.id IS DISTINCT FROM ${known.id ?? null}::uuid`;
  const name = known.name ? companyNameOf(known.name) : "";
  return ranked(
    await alike(
      db,
      Prisma.sql`
    (SELECT c.id, 'same-domain' AS reason, 1::float8 AS likeness FROM company c WHERE ${here} AND c.domain = ${known.domain?.toLowerCase() ?? null} LIMIT 20)
    UNION ALL (SELECT c.id, 'similar-company', similarity(lower(c.name), ${name})::float8 FROM company c
      WHERE ${here} AND lower(c.name) % ${name} ORDER BY 3 DESC, c.id LIMIT 20)`,
    ),
  );
}

/** Contacts that may be the same: of this e-mail or phone, or of a similar name in the same company; at most 20. */
export async function findDuplicateContacts(
  db: Db,
  workspaceId: string,
  known: Omit<Known, "companyName">,
): Promise<Duplicate[]> {
  const here = Prisma.sql`p.workspace_id = ${workspaceId}::uuid AND p.deleted_at IS NULL AND p.id IS DISTINCT FROM ${known.id ?? null}::uuid`;
  const name = known.contactName?.trim().toLowerCase() ?? "";
  return ranked(
    await alike(
      db,
      Prisma.sql`
    WITH ${nearCompanies(workspaceId, known)}
    SELECT p.id, 'same-email' AS reason, 1::float8 AS likeness FROM contact p WHERE ${here} AND p.email = ${known.email?.toLowerCase() ?? null}
    UNION ALL (SELECT p.id, 'same-phone', 1 FROM contact p WHERE ${here} AND p.phone = ${known.phone ?? null} LIMIT 20)
    UNION ALL (SELECT p.id, 'similar-contact', similarity(lower(p.name), ${name})::float8 FROM near n
      CROSS JOIN LATERAL (SELECT p.* FROM contact p WHERE ${here} AND p.company_id = n.id LIMIT 500) p
      WHERE similarity(lower(p.name), ${name}) >= ${ALIKE} LIMIT 50)`,
    ),
  );
}
