import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { LeadFacts } from "../policy";

type LogGrant = Grant<"lead.log", LeadFacts & { readonly id: string }>;

export type NoteRow = {
  readonly id: string;
  readonly authorId: string;
  readonly body: string;
  readonly mentions: readonly string[];
};

/** Writes a note on the lead of the grant. */
export async function insertNote(
  tx: Transaction,
  { resource }: LogGrant,
  note: NoteRow,
  now: Instant,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO lead_note (workspace_id, id, lead_id, author_id, body, mentions, at)
    VALUES (${resource.workspaceId}::uuid, ${note.id}::uuid, ${resource.id}::uuid, ${note.authorId}::uuid, ${note.body},
            ${[...note.mentions]}::uuid[], ${toIso(now)}::timestamptz)`;
}

/** The author's new words. The caller holds the note's row. */
export async function updateNote(
  tx: Transaction,
  { resource }: LogGrant,
  note: Omit<NoteRow, "authorId">,
  now: Instant,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE lead_note SET body = ${note.body}, mentions = ${[...note.mentions]}::uuid[],
           edited_at = ${toIso(now)}::timestamptz, version = version + 1
     WHERE workspace_id = ${resource.workspaceId}::uuid AND id = ${note.id}::uuid`;
}

export async function removeNote(
  tx: Transaction,
  { resource }: LogGrant,
  id: string,
  now: Instant,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE lead_note SET deleted_at = ${toIso(now)}::timestamptz, version = version + 1
     WHERE workspace_id = ${resource.workspaceId}::uuid AND id = ${id}::uuid`;
}

/** Follows the lead of the grant, or no longer; saying it twice is saying it once. */
export async function setFollowing(
  tx: Transaction,
  { resource }: Grant<"lead.read", LeadFacts & { readonly id: string }>,
  userIds: readonly string[],
  following: boolean,
): Promise<void> {
  const { workspaceId, id } = resource;
  if (following)
    await tx.$executeRaw`
      INSERT INTO lead_follower (workspace_id, lead_id, user_id)
      SELECT ${workspaceId}::uuid, ${id}::uuid, f FROM unnest(${[...userIds]}::uuid[]) f ON CONFLICT DO NOTHING`;
  else
    await tx.$executeRaw`
      DELETE FROM lead_follower WHERE workspace_id = ${workspaceId}::uuid AND lead_id = ${id}::uuid
         AND user_id = ANY(${[...userIds]}::uuid[])`;
}
