import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  describeDatabase,
  requireFreePort,
  requireServer,
  requireServerVersion,
  requireWritableFolder,
} from "@/lib/operations/checks";
import { OperatorError } from "@/lib/operations/operator-error";
import { startOldPostgres } from "@/lib/testing/old-postgres";

async function wordsOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof OperatorError) return error.message;
    throw error;
  }
  throw new Error("it was not refused");
}

async function takePort() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => server.close(resolve)) };
}

test("a taken port is named, with another to try", async () => {
  const { port, close } = await takePort();
  const words = await wordsOf(() => requireFreePort(port, "127.0.0.1"));
  expect(words).toContain(`Port ${port} is taken`);
  expect(words).toContain(`PORT=${port + 1} npm start`);
  await close();
  await requireFreePort(port, "127.0.0.1");
});

test("an address that is not this machine's is refused", async () => {
  expect(await wordsOf(() => requireFreePort(0, "192.0.2.1"))).toContain("HOST must be an address");
});

test("a data directory is made, and one that cannot be written is refused with its path", async () => {
  const folder = mkdtempSync(join(tmpdir(), "meridian-"));
  requireWritableFolder(join(folder, "a", "b"));
  writeFileSync(join(folder, "file"), "");
  const words = await wordsOf(() => requireWritableFolder(join(folder, "file", "data")));
  expect(words).toContain(join(folder, "file", "data"));
  expect(words).toContain("MERIDIAN_DATA_DIR");
  rmSync(folder, { recursive: true });
});

test("a database nobody serves is refused with host and port, and never with the password", async () => {
  const { port, close } = await takePort();
  await close();
  const url = `postgresql://meridian:s3cret-word@127.0.0.1:${port}/meridian`;
  const words = await wordsOf(() => requireServer(url));
  expect(words).toContain(`DATABASE_URL (127.0.0.1:${port}/meridian) cannot be used`);
  expect(words).toContain("Is PostgreSQL running");
  expect(words).not.toContain("s3cret-word");
});

test("a host name nobody knows is refused", async () => {
  const words = await wordsOf(() => requireServer("postgresql://a:b@no-such-host.invalid/x"));
  expect(words).toMatch(/no-such-host\.invalid:5432\/x.*host name/);
});

test("a server older than PostgreSQL 16 is refused, as it answers over the wire", async () => {
  const old = await startOldPostgres(150_018);
  const words = await wordsOf(() => requireServer(old.url));
  await old.close();
  expect(words).toContain("PostgreSQL 15; Meridian needs 16");
  expect(words).not.toContain("s3cret-word");
});

test("PostgreSQL 16 is the oldest that will do", () => {
  expect(() => requireServerVersion(159_999)).toThrow(OperatorError);
  requireServerVersion(160_000);
  requireServerVersion(180_004);
});

test("a database is described without its user and password", () => {
  expect(describeDatabase("postgresql://u:p@db.example.org/name")).toBe("db.example.org:5432/name");
});
