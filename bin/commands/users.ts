import { parseArgs } from "node:util";
import type { Command } from "@/bin/command";
import type { PeopleHouse } from "@/bin/people";
import { requirePerson, withPeople } from "@/bin/people";
import { print, table } from "@/bin/terminal";
import type { Group } from "@/lib/access/actor";
import { groups as allGroups } from "@/lib/access/actor";
import { OperatorError } from "@/lib/operations/operator-error";
import { createUser } from "@/lib/people/commands/create-user";
import { setGroups } from "@/lib/people/commands/set-groups";
import { listUsers } from "@/lib/people/reads";

interface Values {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly zone?: string | undefined;
  readonly groups?: string | undefined;
  readonly json?: boolean | undefined;
}

function requireValue(values: Values, name: "email" | "name" | "groups"): string {
  const value = values[name];
  if (value !== undefined && value.trim() !== "") return value;
  throw new OperatorError(`--${name} is needed.`);
}

function parseGroups(text: string | undefined): readonly Group[] {
  const names = (text ?? "").split(",").map((name) => name.trim());
  return names
    .filter((name) => name !== "")
    .map((name) => {
      const group = allGroups.find((known) => known === name);
      if (group) return group;
      throw new OperatorError(`There is no group "${name}". There are: ${allGroups.join(", ")}.`);
    });
}

async function create(house: PeopleHouse, values: Values): Promise<void> {
  const email = requireValue(values, "email");
  const groups = parseGroups(values.groups);
  const result = await createUser(
    {
      workspaceId: house.workspaceId,
      email,
      name: requireValue(values, "name"),
      groups: [...groups],
      ...(values.title === undefined ? {} : { title: values.title }),
      ...(values.zone === undefined ? {} : { zone: values.zone }),
    },
    "operator",
    house.deps,
  );
  if (!result.ok) {
    throw new OperatorError(
      result.refusal === "email-taken"
        ? `Somebody has the address ${email} already.`
        : "This database has no workspace.",
    );
  }
  const { id, password } = result.value;
  print(values.json ?? false, { id, email: email.trim().toLowerCase(), groups, password }, () =>
    [
      `${email} can sign in with this password, which is not shown again:`,
      "",
      `  ${password}`,
    ].join("\n"),
  );
}

async function list(house: PeopleHouse, values: Values): Promise<void> {
  const users = await listUsers(house.deps.db, house.workspaceId);
  print(values.json ?? false, users, () =>
    table([
      ["E-MAIL", "NAME", "ZONE", "GROUPS", ""],
      ...users.map((user) => [
        user.email,
        user.name,
        user.zone,
        user.groups.join(", "),
        user.disabled ? "disabled" : "",
      ]),
    ]),
  );
}

/** With an address: puts that person into exactly these groups. Without: who is in which. */
async function groups(house: PeopleHouse, values: Values): Promise<void> {
  if (values.email === undefined) {
    const users = await listUsers(house.deps.db, house.workspaceId);
    const members = Object.fromEntries(
      allGroups.map((group) => [
        group,
        users.filter((user) => user.groups.includes(group)).map(({ email }) => email),
      ]),
    );
    print(values.json ?? false, members, () =>
      table(Object.entries(members).map(([group, emails]) => [group, emails.join(", ") || "–"])),
    );
    return;
  }
  const wanted = parseGroups(requireValue(values, "groups"));
  const { id } = await requirePerson(house, values.email);
  const person = { workspaceId: house.workspaceId, userId: id };
  const result = await setGroups(person, wanted, "operator", house.deps);
  if (!result.ok) {
    throw new OperatorError(
      result.refusal === "last-admin"
        ? `${values.email} is the last admin. Make somebody else admin first.`
        : `Nobody here has the address ${values.email}.`,
    );
  }
  print(
    values.json ?? false,
    { id, email: values.email, groups: result.value.groups },
    () => `${values.email} is in: ${result.value.groups.join(", ") || "no group"}`,
  );
}

const VERBS: Readonly<Record<string, (house: PeopleHouse, values: Values) => Promise<void>>> = {
  create,
  list,
  groups,
};

export const command: Command = {
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        email: { type: "string" },
        name: { type: "string" },
        title: { type: "string" },
        zone: { type: "string" },
        groups: { type: "string" },
        json: { type: "boolean" },
      },
    });
    const [name = "", ...rest] = positionals;
    const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
    if (!verb || rest.length > 0) {
      throw new OperatorError("Say what: users create, users list or users groups.");
    }
    await withPeople((house) => verb(house, values));
    return 0;
  },
};
