import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

type Address = { readonly workspaceId: string; readonly email: string };

/** The leads that are about this address: by their own address, or by the contact that has it. */
async function listLeadIds(tx: Transaction, { workspaceId, email }: Address): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT l.id FROM lead l
     WHERE l.workspace_id = ${workspaceId}::uuid AND (l.email = ${email} OR l.contact_id IN
       (SELECT c.id FROM contact c WHERE c.workspace_id = ${workspaceId}::uuid AND c.email = ${email}))
     ORDER BY l.id FOR NO KEY UPDATE`;
  return rows.map(({ id }) => id);
}

async function emptyLeads(
  tx: Transaction,
  workspaceId: string,
  ids: readonly string[],
  at: Instant,
): Promise<void> {
  // The first touch says who came by which invitation; the source itself names nobody and stays.
  await tx.$executeRaw`SELECT set_config('meridian.merging', 'on', true), set_config('meridian.erasing', 'on', true)`;
  await tx.$executeRaw`
    UPDATE lead SET name = CASE WHEN company_id IS NULL THEN 'Former contact' ELSE company_name END,
           contact_name = NULL, company_name = CASE WHEN company_id IS NULL THEN NULL ELSE company_name END,
           email = NULL, phone = NULL, contact_id = NULL, description = NULL, lost_note = NULL, custom = '{}', tags = '{}',
           campaign = NULL, first_touch = '{}', version = version + 1, updated_at = ${toIso(at)}::timestamptz
     WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${[...ids]}::uuid[])`;
  await tx.$executeRaw`
    UPDATE opportunity_change SET before = NULL, after = NULL
     WHERE workspace_id = ${workspaceId}::uuid AND lead_id = ANY(${[...ids]}::uuid[])
       AND field IN ('company', 'custom', 'tags') AND (before IS NOT NULL OR after IS NOT NULL)`;
  await tx.$executeRaw`SELECT set_config('meridian.merging', '', true), set_config('meridian.erasing', '', true)`;
}

/** What people wrote about them: notes, activities, notices, what could be undone, what imports complained of. */
async function emptyWords(
  tx: Transaction,
  { workspaceId, email }: Address,
  ids: readonly string[],
): Promise<void> {
  const leads = [...ids];
  await tx.$executeRaw`
    UPDATE lead_note SET body = '(erased)', mentions = '{}', version = version + 1
     WHERE workspace_id = ${workspaceId}::uuid AND lead_id = ANY(${leads}::uuid[])`;
  await tx.$executeRaw`
    UPDATE activity SET subject = '(erased)', note = NULL, outcome = NULL, version = version + 1
     WHERE workspace_id = ${workspaceId}::uuid AND lead_id = ANY(${leads}::uuid[])`;
  await tx.$executeRaw`
    DELETE FROM notification WHERE workspace_id = ${workspaceId}::uuid AND lead_id = ANY(${leads}::uuid[])`;
  await tx.$executeRaw`
    DELETE FROM crm_undo u WHERE u.workspace_id = ${workspaceId}::uuid
       AND EXISTS (SELECT FROM jsonb_array_elements(u.before) r WHERE (r->>'id')::uuid = ANY(${leads}::uuid[]))`;
  // A merge that held them can no longer be undone; that it happened stays.
  await tx.$executeRaw`
    UPDATE lead_merge SET before = '{}', after = '{}'
     WHERE workspace_id = ${workspaceId}::uuid
       AND (survivor_id = ANY(${leads}::uuid[]) OR merged_ids && ${leads}::uuid[]
         OR position(${email} IN lower(before::text || after::text)) > 0)`;
  await tx.$executeRaw`
    UPDATE import_issue SET value = NULL WHERE workspace_id = ${workspaceId}::uuid AND position(${email} IN lower(value)) > 0`;
  await tx.$executeRaw`
    UPDATE webhook_delivery SET payload = payload || '{"actor": {"name": ""}, "lead": {}}'::jsonb
     WHERE workspace_id = ${workspaceId}::uuid AND payload->'lead'->>'id' = ANY(${leads})`;
  await tx.$executeRaw`
    UPDATE pgboss.job SET data = data || '{"actorName": ""}'::jsonb
     WHERE name = 'crm.changed' AND data->>'workspaceId' = ${workspaceId}
       AND EXISTS (SELECT FROM jsonb_array_elements(data->'leads') l WHERE l->>'id' = ANY(${leads}))`;
}

/**
 * Takes one address out of sales: its contact and what was written about it go; deals stay with their amounts, stages,
 * times and people of ours, because they are the company's books. Returns how many contacts and leads it was in.
 */
export async function forgetInSales(tx: Transaction, about: Address, at: Instant): Promise<number> {
  const { workspaceId, email } = about;
  const ids = await listLeadIds(tx, about);
  await emptyLeads(tx, workspaceId, ids, at);
  await emptyWords(tx, about, ids);
  const contacts = await tx.$executeRaw`
    UPDATE contact SET name = 'Former contact', email = NULL, phone = NULL, title = NULL, description = NULL, zone = NULL, locale = NULL,
           tags = '{}', custom = '{}', external_id = NULL, version = version + 1, deleted_at = coalesce(deleted_at, ${toIso(at)}::timestamptz), updated_at = ${toIso(at)}::timestamptz
     WHERE workspace_id = ${workspaceId}::uuid AND email = ${email}`;
  return contacts + ids.length;
}
