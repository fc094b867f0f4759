import { Writable } from "node:stream";
import { pino } from "pino";
import { expect, test } from "vitest";
import { newToken } from "@/lib/crypto/token";
import { describeError, REDACTED_PATHS, scrub } from "./log-redaction";

const token = newToken();
const canaries = {
  mail: "guest.canary@example.org",
  token,
  key: `mk_${newToken()}`,
  password: "canary-password",
};

/** What reaches the stream when the house's redaction is in place. */
function lineOf(write: (log: pino.Logger) => void): string {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const options = {
    redact: { paths: [...REDACTED_PATHS], censor: "[redacted]" },
    serializers: { err: describeError },
    hooks: { streamWrite: scrub },
  };
  write(pino(options, stream));
  return lines.join("");
}

test.each([
  ["named fields", { password: canaries.password, token, email: canaries.mail }],
  ["fields of a body", { body: { password: canaries.password, manageToken: token } }],
  ["fields two levels down", { a: { b: { password: canaries.password, cookie: token } } }],
  ["headers", { request: { headers: { authorization: `Bearer ${canaries.key}`, x: token } } }],
  ["free text", { note: `sent to ${canaries.mail} with ${token}`, url: `/m/${token}?x=1` }],
  ["a list", { people: [canaries.mail, canaries.key] }],
])("a secret does not reach the log in %s", (_where, fields) => {
  const line = lineOf((log) => log.info(fields, "something happened"));
  expect(line).toContain("something happened");
  for (const secret of Object.values(canaries)) expect(line).not.toContain(secret);
});

test("an error is written without what a database quotes in it", () => {
  const error = Object.assign(new Error(`no mail to ${canaries.mail} (${token})`), {
    code: "23P01",
    constraint: "resource_is_claimed_once_at_a_time",
    detail: `Key (email)=(${canaries.mail}) already exists; ${canaries.password}`,
    cause: new Error(`postgres://app:${canaries.password}@db/meridian`),
  });
  const line = lineOf((log) => log.error({ err: error }, "failed"));
  expect(line).toContain("23P01");
  expect(line).toContain("resource_is_claimed_once_at_a_time");
  for (const secret of Object.values(canaries)) expect(line).not.toContain(secret);
});

test("what is not secret stays readable", () => {
  const id = "019a9f7e-1234-7abc-8def-0123456789ab";
  const line = lineOf((log) =>
    log.info({ meetingId: id, route: "/api/v1/bookings/[token]" }, "ok"),
  );
  expect(line).toContain(id);
  expect(line).toContain("/api/v1/bookings/[token]");
});

test("a hostile line of a megabyte costs no more than its length", () => {
  // Of the processor, not of the clock: a busy machine makes nobody wait for a pattern that runs away.
  const began = process.threadCpuUsage().user;
  scrub("a@".repeat(300_000) + "A".repeat(400_000));
  scrub("x".repeat(1_000_000));
  expect((process.threadCpuUsage().user - began) / 1_000).toBeLessThan(3_000);
});
