import { ensureChromium } from "@/bin/browser";
import type { Command } from "@/bin/command";
import { say } from "@/bin/terminal";
import { runServer } from "@/e2e/fixtures/run-server";
import { ROUTES, takePictures } from "@/e2e/shots";
import { OperatorError } from "@/lib/operations/operator-error";

const FOLDER = ".shots";

export const command: Command = {
  async run(args) {
    const routes = ROUTES.filter(({ name }) => args.length === 0 || args.includes(name));
    if (routes.length === 0) {
      throw new OperatorError(`There are: ${ROUTES.map(({ name }) => name).join(", ")}.`);
    }
    const executablePath = ensureChromium();
    const given = process.env.MERIDIAN_E2E_URL;
    const server = given ? undefined : await runServer();
    try {
      const url = given ?? server?.url ?? "";
      const count = await takePictures({ url, folder: FOLDER, routes, executablePath });
      say(`${count} pictures are in ${FOLDER}/.`);
    } finally {
      await server?.dispose();
    }
    return 0;
  },
};
