import * as fc from "fast-check";
import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { parseMailbox, parsePlainAddress } from "@/lib/mail/address";
import { messageIdOf } from "@/lib/mail/mime";
import { calendarPartOf, outgoingMailOf } from "@/lib/testing/factories/outgoing-mail";

type Part = {
  readonly type: string;
  readonly parameters: Record<string, string>;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly parts: readonly Part[];
};

/** A MIME tree read by the letter of RFC 2046, apart from the library that wrote it. */
function treeOf(message: string): Part {
  const end = message.indexOf("\r\n\r\n");
  const body = message.slice(end + 4);
  const headers = new Map(
    message
      .slice(0, end)
      .replace(/\r\n[ \t]+/g, " ")
      .split("\r\n")
      .map((line) => [
        line.slice(0, line.indexOf(":")).toLowerCase(),
        line.slice(line.indexOf(":") + 1).trim(),
      ]),
  );
  const [type = "", ...rest] = (headers.get("content-type") ?? "text/plain").split(";");
  const parameters = Object.fromEntries(
    rest.map((part) => {
      const [name = "", value = ""] = part.trim().split(/=(.*)/s);
      return [name.toLowerCase(), value.replace(/^"|"$/g, "")];
    }),
  );
  const { boundary } = parameters;
  const pieces = boundary ? `\r\n${body}`.split(`\r\n--${boundary}`).slice(1, -1) : [];
  return {
    type: type.toLowerCase(),
    parameters,
    headers,
    body,
    parts: pieces.map((piece) => treeOf(piece.replace(/^\r\n/, ""))),
  };
}

function decoded(part: Part | undefined): string {
  if (part?.headers.get("content-transfer-encoding") === "base64")
    return Buffer.from(part.body, "base64").toString("utf8");
  const bytes = (part?.body ?? "")
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

const outline = (part: Part): unknown =>
  part.parts.length === 0 ? part.type : { [part.type]: part.parts.map(outline) };

test("an invitation is mixed, around text, HTML and calendar as alternatives, and a file", async () => {
  const { raw } = await outgoingMailOf();
  const tree = treeOf(raw.toString("latin1"));
  expect(outline(tree)).toEqual({
    "multipart/mixed": [
      { "multipart/alternative": ["text/plain", "text/html", "text/calendar"] },
      "application/ics",
    ],
  });
  const [alternative, file] = tree.parts;
  expect(alternative?.parts[2]?.parameters).toMatchObject({ charset: "utf-8", method: "REQUEST" });
  expect(file?.headers.get("content-disposition")).toContain("filename=invite.ics");
});

test("a mail without a calendar has two alternatives and no file", async () => {
  const { ics: _none, ...rest } = await outgoingMailOf();
  const { raw } = await outgoingMailOf({ ...rest, ics: undefined as never });
  expect(outline(treeOf(raw.toString("latin1")))).toEqual({
    "multipart/alternative": ["text/plain", "text/html"],
  });
});

for (const method of ["REQUEST", "CANCEL"] as const) {
  test(`${method} in the header is ${method} in the calendar, in both copies, byte for byte`, async () => {
    const ics = calendarPartOf(method);
    const { raw } = await outgoingMailOf({ ics });
    const [alternative, file] = treeOf(raw.toString("latin1")).parts;
    const calendar = alternative?.parts[2];
    expect(calendar?.parameters.method).toBe(method);
    // The line break before a boundary belongs to the boundary, so one more may stand there.
    expect(decoded(calendar).trimEnd()).toBe(ics.content.trimEnd());
    expect(decoded(file)).toBe(ics.content);
  });
}

test("a calendar whose METHOD is another one is never mailed", async () => {
  const { content } = calendarPartOf("CANCEL");
  await expect(outgoingMailOf({ ics: { method: "REQUEST", content } })).rejects.toThrow("CANCEL");
});

test("everything written is read back by another program's parser", async () => {
  const { raw, messageId } = await outgoingMailOf();
  const mail = await PostalMime.parse(raw);
  expect(mail).toMatchObject({
    subject: "Confirmed: Roadmap review @ 14:00 (JST)",
    from: { address: "meetings@haldenworks.example", name: "Ana Lim, Halden Works" },
    to: [{ address: "mika+work@example.com", name: "Mika Sato" }],
    replyTo: [{ address: "ana.lim@haldenworks.example" }],
    messageId,
    date: "2026-11-01T09:30:00.000Z",
  });
  expect(mail.text?.replaceAll("\r\n", "\n").trim()).toBe("14:00–15:00\n予定");
  expect(mail.html).toContain("14:00–15:00 予定");
});

test("the same draft is the same bytes, and another key is another message", async () => {
  const [once, again] = await Promise.all([outgoingMailOf(), outgoingMailOf()]);
  expect(once.raw.equals(again.raw)).toBe(true);
  const other = await outgoingMailOf({ idempotencyKey: "moved/m-4711/mika/1" });
  expect(other.messageId).not.toBe(once.messageId);
  expect(once.messageId).toBe(messageIdOf("confirmed/m-4711/mika/0", "a@haldenworks.example"));
  expect(once.messageId).toMatch(/^<[0-9a-f]{32}@haldenworks\.example>$/);
});

const HEADERS = [
  "auto-submitted",
  "content-type",
  "date",
  "from",
  "message-id",
  "mime-version",
  "reply-to",
  "subject",
  "to",
  "x-auto-response-suppress",
];

test("no subject and no name can add a header, a reader or a part", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom(
          "x\r\nBcc: victim@example.com",
          "x\nSubject: other\n\nbody",
          "x\u2028Bcc: a@b.c",
          '"a" <b@c.d>, e@f.g',
          "=?utf-8?Q?x=0D=0ABcc:_a@b.c?=",
        ),
      ),
      async (text) => {
        const { raw } = await outgoingMailOf({
          subject: text,
          from: { name: text, address: "meetings@haldenworks.example" },
          to: { name: text, address: "mika+work@example.com" },
        });
        const mail = await PostalMime.parse(raw);
        const names = [...new Set(mail.headers.map(({ key }) => key))].sort();
        expect(names.filter((name) => !HEADERS.includes(name))).toEqual([]);
        expect(mail.to?.map(({ address }) => address)).toEqual(["mika+work@example.com"]);
        expect(mail.from?.address).toBe("meetings@haldenworks.example");
        expect(mail.bcc ?? []).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

test("only one plain address is an address", () => {
  expect(parsePlainAddress("Mika+work@Example.COM")).toBe("Mika+work@example.com");
  expect(parsePlainAddress("ana@bücher.example")).toBe("ana@xn--bcher-kva.example");
  for (const other of [
    "",
    "a",
    "@b.c",
    "a@",
    "a@b c",
    "a@b,c@d",
    "a@b\r\nBcc: c@d",
    "<a@b.c>",
    '"a b"@c.d',
    "a..b@c.d",
    ".a@c.d",
    "a@-b.c",
    "a(b)@c.d",
    `${"a".repeat(65)}@b.c`,
    `a@${"b".repeat(300)}`,
  ])
    expect(parsePlainAddress(other), other).toBeUndefined();
});

test("a mail to something that is no plain address is not built", async () => {
  const address = "a@b.c, d@e.f";
  await expect(outgoingMailOf({ to: { address } })).rejects.toThrow("address");
  await expect(outgoingMailOf({ replyTo: address })).rejects.toThrow("address");
});

test("MAIL_FROM may carry a name", () => {
  expect(parseMailbox("Meridian <meetings@example.org>")).toEqual({
    name: "Meridian",
    address: "meetings@example.org",
  });
  expect(parseMailbox("meetings@example.org")).toEqual({ address: "meetings@example.org" });
  expect(() => parseMailbox("nobody")).toThrow();
});
