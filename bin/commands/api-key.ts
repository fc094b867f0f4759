import { parseArgs } from "node:util";
import type { Command } from "@/bin/command";
import { requirePerson, withPeople } from "@/bin/people";
import { print } from "@/bin/terminal";
import { OperatorError } from "@/lib/operations/operator-error";
import { createApiKey } from "@/lib/people/commands/create-api-key";

export const command: Command = {
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        user: { type: "string" },
        name: { type: "string", default: "made by the operator" },
        json: { type: "boolean" },
      },
    });
    const { user, name } = values;
    if (positionals.join() !== "create") throw new OperatorError("Say what: api-key create.");
    if (user === undefined) throw new OperatorError("--user is needed: the person's address.");
    return withPeople(async (house) => {
      const { id } = await requirePerson(house, user);
      const about = { workspaceId: house.workspaceId, userId: id, name };
      const result = await createApiKey(about, "operator", house.deps);
      if (!result.ok) throw new OperatorError(`${user} is disabled.`);
      print(
        values.json ?? false,
        result.value,
        () => `This key speaks for ${user}. It is not shown again:\n\n  ${result.value.key}`,
      );
      return 0;
    });
  },
};
