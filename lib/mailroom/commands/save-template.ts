import { appendAudit } from "@/lib/audit/append";
import type { MailWords } from "@/lib/meetings/core/mail-template";
import { findStoredTemplate } from "@/lib/meetings/reads/mail-templates";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { MailroomGrant } from "../policy";
import { auditedAs } from "../policy";
import type { TemplateInput } from "../schema";
import { removeTemplate, writeTemplate } from "../writes/templates";

type Grant = MailroomGrant<"mail.words">;
type TemplateDeps = Pick<Deps, "db" | "now" | "keys">;
type Name = Pick<TemplateInput, "event" | "role" | "locale">;

/** Somebody else saved or reset these words since they were read: here are theirs, null for the product's own. */
export type TemplateConflict = { readonly words: MailWords | null; readonly version: number };

const audited = (grant: Grant, name: Name, action: string, deps: TemplateDeps) => ({
  ...auditedAs(grant),
  workspaceId: grant.resource.workspaceId,
  at: deps.now(),
  action,
  subject: `${name.event}/${name.role}/${name.locale}`,
  details: {},
});

async function conflictOf(deps: TemplateDeps, grant: Grant, name: Name): Promise<TemplateConflict> {
  const now = await findStoredTemplate(deps.db, { ...grant.resource, ...name });
  return now === undefined
    ? { words: null, version: 0 }
    : { words: { subject: now.subject, opening: now.opening }, version: now.version };
}

/** From now on this mail begins with these words, in this language. Mails that are rendered already stay as they are. */
export async function saveTemplate(
  { version: seen, subject, opening, ...name }: TemplateInput,
  grant: Grant,
  deps: TemplateDeps,
): Promise<Result<{ readonly version: number }, TemplateConflict>> {
  const { workspaceId } = grant.resource;
  const by = auditedAs(grant).userId;
  const saved = await deps.db.$transaction(async (tx) => {
    const words = { subject, opening, seen, by, at: deps.now() };
    if (!(await writeTemplate(tx, { workspaceId, ...name }, words))) return false;
    await appendAudit(tx, deps.keys, audited(grant, name, "mail-words.save", deps));
    return true;
  });
  if (!saved) return refuse(await conflictOf(deps, grant, name));
  return ok({ version: seen + 1 });
}

/** This mail says again what the product says. */
export async function resetTemplate(
  { version: seen, ...name }: Name & { readonly version: number },
  grant: Grant,
  deps: TemplateDeps,
): Promise<Result<null, TemplateConflict>> {
  const { workspaceId } = grant.resource;
  const removed = await deps.db.$transaction(async (tx) => {
    if (!(await removeTemplate(tx, { workspaceId, ...name }, seen))) return false;
    await appendAudit(tx, deps.keys, audited(grant, name, "mail-words.reset", deps));
    return true;
  });
  return removed ? ok(null) : refuse(await conflictOf(deps, grant, name));
}
