import { afterEach, beforeEach, expect, test } from "vitest";
import { resendTransport } from "@/lib/mail/resend";
import type { MailTransport } from "@/lib/mail/transport";
import { calendarPartOf, outgoingMailOf } from "@/lib/testing/factories/outgoing-mail";
import type { ResendTestServer } from "@/lib/testing/resend-server";
import { startResendServer } from "@/lib/testing/resend-server";

let server: ResendTestServer;
let transport: MailTransport;

beforeEach(async () => {
  server = await startResendServer("re_test");
  transport = resendTransport({
    apiKey: "re_test",
    apiUrl: server.url,
    fetchOutbound: fetch,
    timeoutMs: 300,
  });
});

afterEach(() => server.close());

test("a mail is asked for with its key, its parts and its calendar file", async () => {
  const mail = await outgoingMailOf();
  expect(await transport.send(mail)).toEqual({ status: "sent", providerId: expect.any(String) });
  const [request] = server.requests;
  expect(request?.idempotencyKey).toBe(mail.idempotencyKey);
  expect(request?.body).toEqual({
    from: '"Ana Lim, Halden Works" <meetings@haldenworks.example>',
    to: ['"Mika Sato" <mika+work@example.com>'],
    reply_to: "ana.lim@haldenworks.example",
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: { "Message-ID": mail.messageId, "Auto-Submitted": "auto-generated" },
    attachments: [
      {
        filename: "invite.ics",
        content: Buffer.from(calendarPartOf("REQUEST").content).toString("base64"),
        content_type: "text/calendar; charset=utf-8; method=REQUEST",
      },
    ],
  });
});

test("a cancellation says so in the type of its file", async () => {
  await transport.send(await outgoingMailOf({ ics: calendarPartOf("CANCEL") }));
  expect(server.requests[0]?.body).toMatchObject({
    attachments: [{ content_type: "text/calendar; charset=utf-8; method=CANCEL" }],
  });
});

test("a name cannot bring a second reader", async () => {
  const name = 'x" <a@b.c>, "y\r\nBcc: d@e.f';
  await transport.send(await outgoingMailOf({ to: { name, address: "mika@example.com" } }));
  expect(server.requests[0]?.body.to).toEqual(['"x a@b.c , y Bcc: d@e.f" <mika@example.com>']);
});

test("an answer that got lost is asked for again, and one mail was sent", async () => {
  server.misbehave({ kind: "lost-answer" });
  const mail = await outgoingMailOf();
  expect(await transport.send(mail)).toMatchObject({ status: "retry" });
  expect(await transport.send(mail)).toMatchObject({ status: "sent" });
  expect(server.requests).toHaveLength(2);
  expect(server.sent.size).toBe(1);
});

test("no answer in time is a retry", async () => {
  server.misbehave({ kind: "hang" });
  const mail = await outgoingMailOf();
  expect(await transport.send(mail)).toMatchObject({ status: "retry" });
  expect(await transport.send(mail)).toMatchObject({ status: "sent" });
  expect(server.sent.size).toBe(1);
});

test("too many requests wait as long as the provider says", async () => {
  server.misbehave({ kind: "status", status: 429, name: "rate_limit_exceeded", retryAfter: "7" });
  expect(await transport.send(await outgoingMailOf())).toEqual({
    status: "retry",
    reason: "429 rate_limit_exceeded test fault",
    retryAfterSeconds: 7,
  });
});

for (const status of [500, 502, 503, 401, 403])
  test(`${status} is not the mail's fault, so it is kept`, async () => {
    server.misbehave({ kind: "status", status });
    expect(await transport.send(await outgoingMailOf())).toMatchObject({ status: "retry" });
  });

for (const status of [400, 413, 422])
  test(`${status} is final`, async () => {
    server.misbehave({ kind: "status", status, name: "validation_error" });
    expect(await transport.send(await outgoingMailOf())).toMatchObject({ status: "rejected" });
  });

test("a request that is still running is asked for again; the same key for another mail is refused for good", async () => {
  server.misbehave({ kind: "status", status: 409, name: "concurrent_idempotent_requests" });
  const mail = await outgoingMailOf();
  expect(await transport.send(mail)).toMatchObject({ status: "retry" });
  expect(await transport.send(mail)).toMatchObject({ status: "sent" });
  expect(await transport.send(await outgoingMailOf({ subject: "Other" }))).toMatchObject({
    status: "rejected",
    reason: expect.stringContaining("invalid_idempotent_request"),
  });
  expect(server.sent.size).toBe(1);
});

test("a wrong key of ours does not show in the reason", async () => {
  const other = resendTransport({
    apiKey: "re_wrong",
    apiUrl: server.url,
    fetchOutbound: fetch,
  });
  const answer = await other.send(await outgoingMailOf());
  expect(answer).toMatchObject({ status: "retry" });
  expect(JSON.stringify(answer)).not.toContain("re_wrong");
});
