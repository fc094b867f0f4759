import { describe, expect, test } from "vitest";
import type { House } from "@/lib/testing/architecture/house";
import { importsOf, isSource, readHouse } from "@/lib/testing/architecture/house";
import { roomOf } from "@/lib/testing/architecture/rooms";
import { RULES } from "@/lib/testing/architecture/rules";

const house = readHouse();

// A guard that sees nothing also finds nothing.
test("this test can see", () => {
  const sources = [...house.keys()].filter(isSource);
  expect(sources.length).toBeGreaterThan(150);
  expect(sources).toContain("lib/architecture.test.ts");
  expect(sources).toContain("lib/http/route.ts");
  expect(sources.flatMap((path) => importsOf(house, path)).length).toBeGreaterThan(sources.length);
  for (const folder of ["app/", "components/", "bin/", "prisma/"]) {
    expect(
      sources.some((path) => path.startsWith(folder)),
      folder,
    ).toBe(true);
  }
});

describe("the house", () => {
  test.each(Object.keys(RULES))("%s", (rule) => {
    expect(RULES[rule]?.(house)).toEqual([]);
  });
});

/** A violation of each rule, in a house of its own. `#` stands before what would otherwise break the rule here. */
const PLANTED: Readonly<Record<string, readonly Record<string, string>[]>> = {
  "every file has a place": [
    { "lib/thing.ts": "" },
    { "lib/meetings/service.ts": "" },
    { "lib/elsewhere/core/x.ts": "" },
    { "lib/meetings/core/deep/x.ts": "" },
    { "components/x.tsx": "" },
    { "middleware.ts": "" },
  ],
  "imports point inwards": [
    { "lib/meetings/core/x.ts": 'import { y } from "@/lib/db/y"', "lib/db/y.ts": "" },
    { "lib/time/x.ts": 'import { y } from "../meetings/core/y"', "lib/meetings/core/y.ts": "" },
    { "lib/db/x.ts": 'import "@/lib/meetings/reads"', "lib/meetings/reads.ts": "" },
    {
      "components/a/x.tsx": 'import { y } from "@/lib/meetings/reads"',
      "lib/meetings/reads.ts": "",
    },
    { "app/x/page.tsx": 'import { y } from "@/lib/meetings/writes"', "lib/meetings/writes.ts": "" },
    { "app/x/page.tsx": 'import { y } from "@/lib/db/client"', "lib/db/client.ts": "" },
    {
      "lib/meetings/loaders.ts": 'const y = await import("./commands/y")',
      "lib/meetings/commands/y.ts": "",
    },
    {
      "lib/meetings/reads.ts": 'import type { Y } from "./commands/y"',
      "lib/meetings/commands/y.ts": "",
    },
    {
      "lib/conferencing/providers/x.ts": 'import { y } from "../reads"',
      "lib/conferencing/reads.ts": "",
    },
    {
      "lib/conferencing/actions.ts": 'import { y } from "./providers/y"',
      "lib/conferencing/providers/y.ts": "",
    },
  ],
  "nothing that runs imports a test": [
    { "lib/db/x.ts": 'import "@/lib/testing/y"', "lib/testing/y.ts": "" },
  ],
  "a domain knows only the domains it may": [
    {
      "lib/availability/core/x.ts": 'import "@/lib/meetings/core/y"',
      "lib/meetings/core/y.ts": "",
    },
    { "lib/people/reads.ts": 'import "../meetings/reads"', "lib/meetings/reads.ts": "" },
    { "lib/dashboards/reads.ts": 'import "@/lib/meetings/reads"', "lib/meetings/reads.ts": "" },
    { "lib/meetings/core/x.ts": 'import "@/lib/booking/core/y"', "lib/booking/core/y.ts": "" },
  ],
  "metrics read and never change": [
    { "lib/metrics/reads.ts": 'import "@/lib/crm/writes"', "lib/crm/writes.ts": "" },
    { "lib/metrics/reads.ts": 'import "@/lib/crm/commands/y"', "lib/crm/commands/y.ts": "" },
  ],
  "no two domains need each other": [
    {
      "lib/meetings/core/x.ts": 'import "@/lib/crm/core/y"',
      "lib/crm/core/y.ts": 'import "@/lib/meetings/core/z"',
      "lib/meetings/core/z.ts": "",
    },
    {
      "lib/meetings/reads.ts": 'import "@/lib/mail/y"',
      "lib/mail/y.ts": 'import "@/lib/meetings/core/z"',
      "lib/meetings/core/z.ts": "",
    },
  ],
  "no folder is a drawer for anything": [
    { "lib/utils/x.ts": "" },
    { "components/hooks/x.ts": "" },
    { "lib/meetings/types/x.ts": "" },
    { "e2e/helpers/x.ts": "" },
  ],
  "there are no barrels": [
    { "lib/meetings/index.ts": "" },
    { "lib/meetings/reads.ts": 'export * from "./x"' },
    { "lib/meetings/reads.ts": 'export { a, b } from "./x"' },
    { "lib/meetings/reads.ts": 'export type { A } from "./x"' },
  ],
  "colours are tokens": [
    { "components/a/x.tsx": 'const c = "#1a2b3c"' },
    { "components/a/x.module.css": ".a { color: #FFF; }" },
    { "lib/meetings/mails/x.tsx": 'const c = "#aabbccdd"' },
  ],
  "server actions stand in actions.ts": [
    { "lib/meetings/commands/x.ts": '"use server";' },
    { "app/x/page.tsx": 'async function f() { "use server"; }' },
  ],
  '"use client" stands in components': [{ "lib/meetings/core/x.ts": '"use client";' }],
  "only lib/http calls out": [
    { "lib/mail/x.ts": 'await fetch("https://example.org")' },
    { "lib/mail/x.ts": "await globalThis.fetch(address)" },
    { "components/a/x.tsx": 'fetch("https://example.org")' },
    { "components/a/x.tsx": "fetch(address)" },
    { "components/a/x.tsx": 'new WebSocket("wss://x")' },
    { "components/a/x.tsx": "new EventSource(address)" },
  ],
  "only named files open sockets": [
    { "lib/mail/x.ts": 'import { request } from "node:https"' },
    { "lib/meetings/reads.ts": 'const net = await import("node:net")' },
    { "lib/auth/x.ts": 'import { fetch } from "undici"' },
    { "lib/meetings/handlers/x.ts": 'import { createTransport } from "nodemailer"' },
    { "app/api/x/route.ts": 'import dns from "dns"' },
  ],
  "only lib/time knows luxon": [{ "lib/meetings/core/x.ts": 'import { DateTime } from "luxon"' }],
  "only lib/auth may know next-auth": [
    { "app/api/x/route.ts": 'import NextAuth from "next-auth"' },
  ],
  "only data and infrastructure speak Prisma": [
    { "lib/meetings/commands/x.ts": 'import { Prisma } from "@/prisma/generated/client"' },
    { "components/a/x.tsx": 'import type { Meeting } from "@/prisma/generated/client"' },
    { "app/x/page.tsx": 'import { PrismaClient } from "@prisma/client"' },
  ],
  "settings are read in one place": [{ "lib/mail/x.ts": "const url = process.env.SMTP_URL" }],
  "no query is built from text": [
    { "lib/meetings/reads.ts": "db.$queryRawUnsafe(text)" },
    { "lib/meetings/reads.db.test.ts": "db.$executeRawUnsafe(text)" },
  ],
};

describe("each rule is broken by what it forbids", () => {
  test("every rule has a planted violation", () => {
    expect(Object.keys(PLANTED).sort()).toEqual(Object.keys(RULES).sort());
  });

  const plants = Object.entries(PLANTED).flatMap(([rule, houses]) =>
    houses.map((planted) => [rule, planted] as const),
  );
  test.each(plants)("%s: %j", (rule, planted) => {
    const files: House = new Map(Object.entries(planted));
    expect(RULES[rule]?.(files)).not.toEqual([]);
  });

  test("and what only looks like a violation is none", () => {
    const harmless: House = new Map(
      Object.entries({
        "lib/meetings/core/x.ts": "// #fff, process.env.X and fetch(y)\nexport const x = 'a#b';",
        "lib/meetings/reads.ts": "/* db.$queryRawUnsafe */ export const f = (o) => o.fetch(1);",
        "components/a/x.tsx": 'export const load = () => fetch("/api/v1/meetings");',
        "components/a/x.module.css": ".a { color: var(--ink); } /* #fff */",
      }),
    );
    for (const rule of Object.values(RULES)) expect(rule(harmless)).toEqual([]);
  });
});

test("every room of the list is lived in or announced by the plan", () => {
  const rooms = new Set([...house.keys()].map(roomOf));
  for (const room of ["kernel", "core", "infrastructure", "data", "command", "component", "page"]) {
    expect(rooms, room).toContain(room);
  }
});
