import type { Transaction } from "@/lib/db/client";
import type { MailWords } from "@/lib/meetings/core/mail-template";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

export type TemplateName = {
  readonly workspaceId: string;
  readonly event: string;
  readonly role: string;
  readonly locale: string;
};

/**
 * Keeps a mail's own words, if they are still as somebody saw them; 0 stands for none. False when they are not: then
 * nothing was written.
 */
export async function writeTemplate(
  tx: Transaction,
  { workspaceId, event, role, locale }: TemplateName,
  words: MailWords & { readonly seen: number; readonly by: string | null; readonly at: Instant },
): Promise<boolean> {
  const { subject, opening, seen, by, at } = words;
  const written =
    seen === 0
      ? await tx.$executeRaw`
          INSERT INTO mail_template (workspace_id, event, role, locale, subject, opening, updated_by, updated_at)
          VALUES (${workspaceId}::uuid, ${event}, ${role}, ${locale}, ${subject}, ${opening}, ${by}::uuid,
            ${toIso(at)}::timestamptz)
          ON CONFLICT DO NOTHING`
      : await tx.$executeRaw`
          UPDATE mail_template SET subject = ${subject}, opening = ${opening}, updated_by = ${by}::uuid,
            updated_at = ${toIso(at)}::timestamptz, version = version + 1
          WHERE workspace_id = ${workspaceId}::uuid AND event = ${event} AND role = ${role} AND locale = ${locale}
            AND version = ${seen}`;
  return written === 1;
}

/** The mail says again what the product says; false when its words were not as somebody saw them. */
export async function removeTemplate(
  tx: Transaction,
  { workspaceId, event, role, locale }: TemplateName,
  seen: number,
): Promise<boolean> {
  const removed = await tx.$executeRaw`
    DELETE FROM mail_template
    WHERE workspace_id = ${workspaceId}::uuid AND event = ${event} AND role = ${role} AND locale = ${locale}
      AND version = ${seen}`;
  return removed === 1;
}
