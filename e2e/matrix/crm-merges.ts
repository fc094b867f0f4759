import { randomUUID } from "node:crypto";
import type { World } from "./world";

type Database = Pick<World, "db">;

/** Two leads of the person of sales, made for one question. */
export async function twoLeads({ db }: Database): Promise<readonly [string, string]> {
  const ids = [randomUUID(), randomUUID()] as const;
  await db.query(
    `INSERT INTO lead (workspace_id, id, kind, name, currency, owner_id, created_at, updated_at)
     SELECT u.workspace_id, i, 'lead', 'Matrix twin', 'USD', u.id, now(), now()
       FROM app_user u, unnest($1::uuid[]) i WHERE u.email = 'sales@meridian.example'`,
    [ids],
  );
  return ids;
}

/** Two companies nobody has a deal with, made for one question. */
export async function twoCompanies({ db }: Database): Promise<readonly [string, string]> {
  const ids = [randomUUID(), randomUUID()] as const;
  await db.query(
    `INSERT INTO company (workspace_id, id, name)
     SELECT u.workspace_id, i, 'Matrix twin' FROM app_user u, unnest($1::uuid[]) i WHERE u.email = 'sales@meridian.example'`,
    [ids],
  );
  return ids;
}

/** What a merge keeps of each: the rows themselves, and that nothing hangs on them. */
const IMAGES = {
  lead: `jsonb_build_object('lead', (SELECT jsonb_agg(to_jsonb(x)) FROM lead x WHERE x.id = ANY($1::uuid[])), 'activity', '[]'::jsonb,
    'lead_note', '[]'::jsonb, 'lead_meeting', '[]'::jsonb, 'lead_follower', '[]'::jsonb, 'lead_assignment', '[]'::jsonb)`,
  company: `jsonb_build_object('rows', (SELECT jsonb_agg(to_jsonb(x)) FROM company x WHERE x.id = ANY($1::uuid[])),
    'of_lead', '[]'::jsonb, 'of_contact', '[]'::jsonb, 'of_company', '[]'::jsonb)`,
} as const;

/** A merge of two of the person of sales, or of two companies, as the merging leaves it: nobody worked on it since. */
export async function newMerge(world: Database, record: "lead" | "company"): Promise<string> {
  const { db } = world;
  const ids = await (record === "lead" ? twoLeads(world) : twoCompanies(world));
  const [survivor, merged] = ids;
  const id = randomUUID();
  const image = IMAGES[record];
  await db.query(
    `INSERT INTO lead_merge (workspace_id, id, record, survivor_id, merged_ids, before, after, merged_at, merged_by)
     SELECT workspace_id, $2, $3, $4, ARRAY[$5::uuid], ${image}, '{}', now(), id FROM app_user WHERE email = 'sales@meridian.example'`,
    [ids, id, record, survivor, merged],
  );
  await db.query(
    `UPDATE ${record} SET merged_into = $1, deleted_at = now(), updated_at = now(), version = version + 1 WHERE id = $2`,
    [survivor, merged],
  );
  await db.query(`UPDATE lead_merge SET after = ${image} WHERE id = $2`, [ids, id]);
  return id;
}
