import { spawn } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { findProcess } from "@/lib/operations/processes";
import { environmentFor, makeDataDir, runServer } from "../fixtures/run-server";

// Starts are what is tested here: each takes some seconds, and a first one makes a database.
test.describe.configure({ timeout: 240_000 });

let dataDir: string;

test.beforeEach(() => {
  dataDir = makeDataDir();
});

test.afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

/** Runs the launcher until it ends by itself. */
function launch(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = spawn(process.execPath, ["bin/meridian.mjs", ...args], {
    env: environmentFor({ MERIDIAN_DATA_DIR: dataDir, ...env }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    err += String(chunk);
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

// A process that ended and is not reaped yet, as where nobody's children have no init, is gone.
const isAlive = (pid: number): boolean => findProcess(pid) !== undefined;

const databasePid = (): number =>
  Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);

test("the first start shows where to go and who to be; the second takes under ten seconds; stopping leaves nothing", async () => {
  const first = await runServer({ dataDir });
  expect(first.output()).toContain(`Meridian is at http://localhost:${first.port}`);
  expect(first.output()).toContain("meridian-demo");
  expect(first.output()).toContain("/book/demo");
  const database = databasePid();
  expect(await first.stop()).toBe(0);
  expect([isAlive(first.pid), isAlive(database)]).toEqual([false, false]);
  expect(readdirSync(join(dataDir, "postgres.users"))).toEqual([]);

  const begun = Date.now();
  const second = await runServer({ dataDir });
  expect(Date.now() - begun).toBeLessThan(10_000);
  expect(second.output()).not.toContain("Making the demonstration workspace");
  expect(await second.stop()).toBe(0);
});

test("a start that was killed is followed by one that works, with everything still there", async () => {
  const first = await runServer({ dataDir });
  process.kill(first.pid, "SIGKILL");
  await expect.poll(() => isAlive(first.pid)).toBe(false);
  expect(isAlive(databasePid())).toBe(true);
  const second = await runServer({ dataDir });
  const listed = await launch(["users", "list", "--json"], {});
  expect((JSON.parse(listed.out) as { email: string }[]).map(({ email }) => email)).toContain(
    "host@meridian.example",
  );
  const database = databasePid();
  await second.stop();
  expect(isAlive(database)).toBe(false);
});

test("a start that was killed while it made the demonstration workspace makes it again", async () => {
  writeFileSync(join(dataDir, "demonstration.json"), JSON.stringify({ state: "seeding" }));
  const server = await runServer({ dataDir });
  expect(server.output()).toContain("The first start was interrupted");
  expect((await fetch(`${server.url}/book/demo`)).status).toBe(200);
  await server.stop();
});

test("the command joins the running server, and does without one", async () => {
  const created = await launch(
    [
      "users",
      "create",
      "--email",
      "new@example.org",
      "--name",
      "New",
      "--groups",
      "admin",
      "--json",
    ],
    {},
  );
  expect(created).toMatchObject({ code: 0, err: "" });
  expect(JSON.parse(created.out)).toMatchObject({ email: "new@example.org", groups: ["admin"] });
  const server = await runServer({ dataDir, env: { MERIDIAN_DEMO: "0" } });
  const key = await launch(["api-key", "create", "--user", "new@example.org", "--json"], {});
  expect(JSON.parse(key.out)).toHaveProperty("key");
  expect((await fetch(`${server.url}/api/ready`)).status).toBe(200);
  await server.stop();
});

test("a taken port is said, with another to try, and nothing is left running", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address() as AddressInfo;
  const { code, err } = await launch(["start"], { PORT: String(port) });
  taken.close();
  expect(code).toBe(1);
  expect(err).toContain(`Port ${port} is taken`);
  expect(existsSync(join(dataDir, "postgres"))).toBe(false);
});

test("an unwritable data directory, an unreachable database and a bad setting each say what to do", async () => {
  const file = join(dataDir, "file");
  writeFileSync(file, "");
  chmodSync(file, 0o444);
  const unwritable = await launch(["start"], {
    MERIDIAN_DATA_DIR: join(file, "data"),
    PORT: "4199",
  });
  expect(unwritable.code).toBe(1);
  expect(unwritable.err).toContain("MERIDIAN_DATA_DIR");
  const unreachable = await launch(["start"], {
    DATABASE_URL: "postgresql://u:s3cret@127.0.0.1:9/x",
    PORT: "4199",
  });
  expect(unreachable.code).toBe(1);
  expect(unreachable.err).toContain("DATABASE_URL (127.0.0.1:9/x) cannot be used");
  expect(unreachable.err).not.toContain("s3cret");
  const bad = await launch(["start"], { PORT: "http" });
  expect(bad).toMatchObject({ code: 1, err: "PORT must be a whole number from 1 to 65535.\n" });
});
