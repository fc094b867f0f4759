import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import PostalMime from "postal-mime";
import type { Delivery, MailTransport, OutgoingMail } from "./transport";

/** A captured mail, as a list shows it. `at` is ISO 8601 in UTC. */
export type CapturedMail = {
  readonly id: string;
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
};

/** A captured mail, opened. */
export type OpenedMail = CapturedMail & {
  /** Untrusted: show it in a sandboxed frame only. */
  readonly html: string;
  readonly text: string;
  readonly calendars: readonly {
    readonly filename: string;
    readonly mimeType: string;
    readonly content: string;
  }[];
  /** The message as it would have gone out. */
  readonly raw: Buffer;
};

const ID = /^(\d{8}T\d{6})Z-[0-9a-f]{16}$/;

const folderOf = (dataDir: string): string => join(dataDir, "mail");

// Time and key of the message itself, so that every attempt at one mail has one name.
function idOf({ raw, messageId }: OutgoingMail): string {
  const date = /^Date: (.+)\r$/m.exec(raw.subarray(0, 4_000).toString("latin1"))?.[1] ?? "";
  const at = new Date(Date.parse(date) || 0).toISOString().replace(/[-:]|\.\d{3}/g, "");
  return `${at}-${messageId.slice(1, 17)}`;
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Written beside and renamed, so that nobody ever reads half a mail, and synced, so that a crash loses none. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  const file = await open(part, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
}

/** The built-in mailbox: every mail becomes `<dataDir>/mail/<time>-<key>.eml`, a complete message. */
export function mailboxTransport(dataDir: string): MailTransport {
  async function send(mail: OutgoingMail): Promise<Delivery> {
    const id = idOf(mail);
    const path = join(folderOf(dataDir), `${id}.eml`);
    try {
      if (await exists(path)) return { status: "sent", providerId: id };
      await mkdir(folderOf(dataDir), { recursive: true, mode: 0o700 });
      await writeWhole(path, mail.raw);
      return { status: "sent", providerId: id };
    } catch (error) {
      // A full or read-only disk is for the operator; the mail waits.
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      return { status: "retry", reason: `mailbox cannot be written: ${code}` };
    }
  }
  return { name: "mailbox", send, close: async () => undefined };
}

async function parsed(dataDir: string, id: string): Promise<OpenedMail | undefined> {
  const raw = await readFile(join(folderOf(dataDir), `${id}.eml`)).catch(() => undefined);
  if (raw === undefined) return undefined;
  const mail = await PostalMime.parse(raw, { attachmentEncoding: "utf8" });
  return {
    id,
    at: mail.date ?? "",
    from: mail.from?.address ?? "",
    to: mail.to?.map((reader) => reader.address).join(", ") ?? "",
    subject: mail.subject ?? "",
    html: mail.html ?? "",
    text: mail.text ?? "",
    calendars: mail.attachments
      .filter(({ mimeType }) => mimeType === "text/calendar" || mimeType === "application/ics")
      .map(({ filename, mimeType, content }) => ({
        filename: filename ?? "invite.ics",
        mimeType,
        // The parser turns line ends into LF; a calendar file has CRLF (RFC 5545 3.1).
        content: String(content).replace(/\r?\n/g, "\r\n"),
      })),
    raw,
  };
}

/** The newest captured mails first, at most `limit`. Empty before the first mail. */
export async function listCaptured(dataDir: string, limit = 200): Promise<readonly CapturedMail[]> {
  const files = await readdir(folderOf(dataDir)).catch((): string[] => []);
  const ids = files
    .filter((file) => file.endsWith(".eml"))
    .map((file) => file.slice(0, -".eml".length))
    .filter((id) => ID.test(id))
    .sort()
    .reverse()
    .slice(0, limit);
  const mails = await Promise.all(ids.map((id) => parsed(dataDir, id)));
  return mails
    .filter((mail) => mail !== undefined)
    .map(({ id, at, from, to, subject }) => ({ id, at, from, to, subject }));
}

/** One captured mail, or undefined. Ids come from addresses: anything that is no id of ours is absent. */
export const readCaptured = async (dataDir: string, id: string): Promise<OpenedMail | undefined> =>
  ID.test(id) ? parsed(dataDir, id) : undefined;

/** Removes captured messages, named by the first 16 characters of their Message-ID, whatever time they are of. */
export async function removeCaptured(dataDir: string, keys: readonly string[]): Promise<void> {
  const wanted = new Set(keys);
  const files = await readdir(folderOf(dataDir)).catch((): string[] => []);
  const found = files.filter((file) => wanted.has(file.slice(-20, -".eml".length)));
  await Promise.all(found.map((file) => rm(join(folderOf(dataDir), file), { force: true })));
}
