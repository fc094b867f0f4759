import { v7 as newId } from "uuid";
import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import { keyFrom } from "../core/set-up";
import type { FieldInput } from "../core/set-up-input";
import { actAs } from "../writes/lead";
import { nextPosition, renameOptions } from "../writes/set-up";
import type { SetUpDeps } from "./audit-set-up";
import { auditSetUp } from "./audit-set-up";

type MayConfigure = Grant<"crm.configure", { readonly workspaceId: string }>;

export type FieldRefusal = "gone" | "too-many";

// A record shows them all.
const MOST = 60;

/** A key no field of this record ever had, archived ones among them: their values are kept. */
async function freeKey(
  tx: Transaction,
  { record, label }: FieldInput,
  workspaceId: string,
): Promise<string> {
  const wanted = keyFrom(label);
  const taken = new Set(
    (await tx.customField.findMany({ where: { workspaceId, record }, select: { key: true } })).map(
      ({ key }) => key,
    ),
  );
  for (let at = 1; ; at += 1) {
    const key = at === 1 ? wanted : `${wanted.slice(0, 36)}_${at}`;
    if (!taken.has(key)) return key;
  }
}

type Saved = Result<{ readonly id: string; readonly renamed: number }, FieldRefusal>;

async function insertField(
  tx: Transaction,
  input: FieldInput,
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Saved> {
  const { workspaceId } = grant.resource;
  const { record, label, kind, required } = input;
  const there = await tx.customField.count({ where: { workspaceId, record, archivedAt: null } });
  if (there >= MOST) return refuse("too-many");
  const id = newId();
  const key = await freeKey(tx, input, workspaceId);
  const position = await nextPosition(tx, grant, "field");
  const field = { record, key, label, kind, required, options: optionsOf(input) };
  await tx.customField.create({ data: { workspaceId, id, position, ...field } });
  await auditSetUp(tx, grant, deps, { action: "crm.field.make", subject: id, details: field });
  return ok({ id, renamed: 0 });
}

async function updateField(
  tx: Transaction,
  input: FieldInput & { readonly id: string },
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Saved> {
  const { workspaceId } = grant.resource;
  const { id, record, label, kind, required } = input;
  const [before] = await tx.$queryRaw<{ key: string; kind: string; options: string[] }[]>`
    SELECT key, kind, options FROM custom_field
     WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND record = ${record} AND archived_at IS NULL
       FOR NO KEY UPDATE`;
  if (before === undefined || before.kind !== kind) return refuse("gone");
  const { key } = before;
  const options = optionsOf(input);
  await tx.customField.updateMany({
    where: { workspaceId, id },
    data: { label, required, options },
  });
  const changes = (input.options ?? []).flatMap(({ was, name }) =>
    was !== undefined && was !== name && before.options.includes(was) ? [[was, name]] : [],
  );
  let renamed = 0;
  if (kind === "select" && changes.length > 0) {
    const { actor } = grant;
    await actAs(tx, { userId: actor.kind === "member" ? actor.userId : null, via: "person" });
    const names = Object.fromEntries(changes);
    renamed = await renameOptions(tx, grant, { record, key, renamed: names, now: deps.now() });
  }
  await auditSetUp(tx, grant, deps, {
    action: "crm.field.change",
    subject: id,
    details: { record, key, label, required, options, renamed },
  });
  return ok({ id, renamed });
}

const optionsOf = ({ kind, options = [] }: FieldInput): string[] =>
  kind === "select" ? options.map(({ name }) => name) : [];

/**
 * Makes a field of records, or changes one: its name, its options, whether it is required. The kind and the key stay.
 * An option's new name is written where its old one stands in records; an option that is left out is only offered no
 * more. `renamed` is how many records got another text.
 */
export const saveField = (
  input: FieldInput,
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Saved> =>
  deps.db.$transaction(
    (tx) =>
      input.id === undefined
        ? insertField(tx, input, grant, deps)
        : updateField(tx, { ...input, id: input.id }, grant, deps),
    // A name that stands in a million records takes its time.
    { timeout: 120_000 },
  );
