import { expect, test } from "@playwright/test";
import fc from "fast-check";
import type { RunningServer } from "../fixtures/run-server";
import { callAction, pathFor } from "../matrix/ask";
import { databaseState } from "../matrix/database-state";
import { ACTIONS, ROUTES } from "../matrix/expected";
import { formFor } from "../matrix/forms";
import { hostilePart, hostileQuery, rawBody, spoiltBody, spoiltForm } from "../matrix/fuzz";
import { builtActions } from "../matrix/manifests";
import type { Booking, World } from "../matrix/world";
import { makeWorld, quietServer } from "../matrix/world";

// MERIDIAN_FUZZ raises the number of cases in all; the nightly run has 100,000.
const CASES = Number(process.env.MERIDIAN_FUZZ ?? 500);
const API = Object.keys(ROUTES).filter((line) => line.includes(" /api/v1/"));
const ACTION_NAMES = Object.keys(ACTIONS).filter((name) => !name.includes("#signOut"));
const PER_TARGET = Math.max(3, Math.ceil(CASES / (API.length * 2 + ACTION_NAMES.length)));

test.describe.configure({ mode: "default", timeout: 60_000 + CASES * 200 });

let server: RunningServer;
let world: World;
let about: Booking;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  server = await quietServer();
  world = await makeWorld(server);
  about = await world.book();
});
test.afterAll(async () => {
  await world?.close();
  await server?.dispose();
});

/** Words of the database, of a file or of a stack have no business in an answer. */
const INTERNALS =
  /\bat [\w.]+ \(|node_modules|\.(?:ts|js):\d+|prisma|postgres|SELECT |INSERT |violates|constraint|syntax error|ECONN|undefined is not|Cannot read/i;

async function check(answer: Response, what: string): Promise<void> {
  const text = await answer.text();
  expect(answer.status, `${what}: ${text.slice(0, 300)}`).toBeLessThan(500);
  if (answer.status < 400 || !answer.headers.get("content-type")?.includes("json")) return;
  const { error } = JSON.parse(text) as { error: { code: string; message: string } };
  expect(error.code, what).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
  expect(error.message.length, what).toBeGreaterThan(5);
  expect(error.message, what).not.toMatch(INTERNALS);
}

const refused = (answer: Response): boolean => answer.status >= 400;

const VALID = {
  start: "2026-11-23T01:00:00.000Z",
  zone: "Europe/Berlin",
  name: "Guest",
  email: "guest@example.org",
  guests: ["other@example.org"],
  subject: "Subject",
  note: "Note",
  locale: "en",
  version: 1,
  reason: "because",
};

const settings = {
  numRuns: PER_TARGET,
  interruptAfterTimeLimit: 90_000,
  markInterruptAsFailure: false,
};

for (const line of API) {
  const [method = "", pattern = ""] = line.split(" ");

  test(`${line} refuses hostile bodies and queries with words, and nothing changes`, async () => {
    const role = pattern.includes("[manageToken]") ? "guest" : "host";
    const path = await pathFor(world, pattern, role, about);
    const hasBody = !["GET", "HEAD"].includes(method);
    const body = fc.oneof(
      rawBody,
      spoiltBody(VALID).map((value) => JSON.stringify(value) ?? ""),
    );
    await fc.assert(
      fc.asyncProperty(body, hostileQuery, async (sent, query) => {
        const before = await databaseState(world.db);
        const answer = await fetch(`${world.url}${path}${query === "" ? "" : `?${query}`}`, {
          method,
          headers: {
            cookie: world.cookieOf(role, about),
            origin: world.url,
            ...(hasBody ? { "content-type": "application/json" } : {}),
          },
          ...(hasBody ? { body: sent as BodyInit } : {}),
        });
        await check(answer, `${method} ${path}?${query} ${String(sent).slice(0, 200)}`);
        if (refused(answer)) expect(await databaseState(world.db)).toEqual(before);
        // What was accepted may have used the booking up.
        else if (hasBody) about = await world.book();
      }),
      settings,
    );
  });

  if (!pattern.includes("[")) continue;
  test(`${line} finds nothing under hostile names, and nothing changes`, async () => {
    const before = await databaseState(world.db);
    await fc.assert(
      fc.asyncProperty(hostilePart, async (part) => {
        const path = pattern.replace(/\[\w+\]/, part);
        const answer = await fetch(`${world.url}${path}`, {
          method,
          redirect: "manual",
          headers: {
            cookie: world.cookieOf("host", about),
            origin: world.url,
            "content-type": "application/json",
          },
          ...(method === "GET" ? {} : { body: "{}" }),
        });
        await check(answer, `${method} ${path}`);
        expect(answer.status, path).toBeGreaterThanOrEqual(300);
      }),
      settings,
    );
    expect(await databaseState(world.db)).toEqual(before);
  });
}

/** The booking in question, or another where an earlier form that was good enough has ended it. */
async function stillGoing(): Promise<Booking> {
  const { rows } = await world.db.query<{ state: string }>(
    "SELECT state::text FROM meeting WHERE id = $1",
    [about.id],
  );
  return ["draft", "confirmed"].includes(rows[0]?.state ?? "") ? about : world.book();
}

for (const name of ACTION_NAMES) {
  test(`${name} answers hostile forms with words`, async () => {
    about = await stillGoing();
    const action = builtActions().find((one) => one.name === name);
    if (!action) throw new Error("not built");
    const role = name.startsWith("lib/booking/") ? "guest" : "host";
    const valid = await formFor(world, name, about);
    await fc.assert(
      fc.asyncProperty(spoiltForm(valid), async (fields) => {
        const answer = await callAction(world, { ...action, role, about, fields });
        const text = await answer.text();
        expect(answer.status, `${name} ${JSON.stringify(fields).slice(0, 300)}`).toBeLessThan(500);
        // A defect is told with its reference, and counts as one here.
        expect(text, JSON.stringify(fields).slice(0, 300)).not.toMatch(
          /our side\. Reference [\w-]{8}/,
        );
      }),
      settings,
    );
  });
}

test("none of it was a defect in the server's log", () => {
  const lines = server.output().split("\n");
  expect(lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  expect(lines.filter((line) => /unhandled|uncaught/i.test(line))).toEqual([]);
});
