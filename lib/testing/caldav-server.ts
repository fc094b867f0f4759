import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createSocketServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What goes wrong in front of the real server, once each, in order; `on` limits it to one method. */
export type CaldavFault = { readonly on?: string } & (
  | { readonly kind: "status"; readonly status: number; readonly headers?: Record<string, string> }
  /** The server does as asked, and its answer is lost. */
  | { readonly kind: "lost-answer" }
  | { readonly kind: "hang" }
);

export type CaldavServer = {
  /** `http://127.0.0.1:port`: the server, with faults in front of it. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Every request that was asked: `PUT /ana/work/x.ics`. */
  readonly asked: readonly string[];
  readonly misbehave: (...faults: readonly CaldavFault[]) => void;
  /** Makes a calendar; returns its address. */
  readonly makeCalendar: (name: string) => Promise<string>;
  /** The files of a calendar, by their names, as the server itself tells them. */
  readonly list: (calendar: string) => Promise<ReadonlyMap<string, string>>;
  readonly put: (href: string, file: string) => Promise<void>;
  readonly remove: (href: string) => Promise<void>;
  /** Nobody answers any more, until `wake`. */
  readonly sleep: () => Promise<void>;
  readonly wake: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const USER = "ana";
const PASSWORD = "app-password";
const READY_MS = 15_000;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createSocketServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function requireRadicale(): void {
  if (spawnSync("radicale", ["--version"]).status === 0) return;
  throw new Error(
    "These tests talk to a real CalDAV server, Radicale, which is not here. Debian, Ubuntu: apt-get install radicale",
  );
}

async function startRadicale(folder: string) {
  const port = await freePort();
  mkdirSync(join(folder, "collections"));
  writeFileSync(join(folder, "users"), `${USER}:${PASSWORD}\n`);
  writeFileSync(
    join(folder, "config"),
    [
      "[server]",
      `hosts = 127.0.0.1:${port}`,
      "[auth]",
      "type = htpasswd",
      `htpasswd_filename = ${join(folder, "users")}`,
      "htpasswd_encryption = plain",
      "delay = 0",
      "[storage]",
      `filesystem_folder = ${join(folder, "collections")}`,
      "[logging]",
      "level = warning",
    ].join("\n"),
  );
  const child = spawn("radicale", ["--config", join(folder, "config")], { stdio: "pipe" });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += String(chunk);
  });
  const deadline = Date.now() + READY_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Radicale ended:\n${said}`);
    if (Date.now() > deadline) throw new Error(`Radicale did not become ready:\n${said}`);
    if (await fetch(`http://127.0.0.1:${port}/.web/`).catch(() => undefined)) break;
    await sleep(50);
  }
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill();
    await ended;
  };
  return { port, stop };
}

/** Hands a request on to the real server, and its answer back unless that is to be lost. */
function pass(
  from: IncomingMessage,
  to: ServerResponse,
  { port, lost }: { readonly port: number; readonly lost: boolean },
): void {
  const { method, url: path, headers } = from;
  const onward = forward({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
    if (lost) {
      answer.resume();
      answer.on("end", () => to.socket?.destroy());
      return;
    }
    to.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(to);
  });
  onward.on("error", () => to.socket?.destroy());
  from.pipe(onward);
}

/** Who speaks to the server itself, past the faults: what the tests prepare and look up. */
function ownClient(origin: string) {
  const authorization = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString("base64")}`;
  const ask = async (method: string, href: string, body?: string, more = {}) => {
    const answer = await fetch(new URL(new URL(href, origin).pathname, origin), {
      method,
      headers: { authorization, ...more },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${href}: ${answer.status} ${text}`);
    return text;
  };
  return {
    ask,
    list: async (calendar: string): Promise<ReadonlyMap<string, string>> => {
      const body = `<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>`;
      const answer = await ask("PROPFIND", calendar, body, { depth: "1" });
      const names = [...answer.matchAll(/<href>([^<]+\.ics)<\/href>/g)].map(
        ([, href = ""]) => href,
      );
      const files = await Promise.all(
        names.map(async (href) => [href.split("/").at(-1) ?? "", await ask("GET", href)] as const),
      );
      return new Map(files);
    },
  };
}

/** A real Radicale on loopback, with a front that can misbehave. */
export async function startCaldavServer(): Promise<CaldavServer> {
  requireRadicale();
  const folder = mkdtempSync(join(tmpdir(), "meridian-caldav-"));
  const radicale = await startRadicale(folder);
  const faults: CaldavFault[] = [];
  const asked: string[] = [];
  const front = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const at = faults.findIndex(({ on }) => on === undefined || on === request.method);
    const [fault] = at < 0 ? [] : faults.splice(at, 1);
    if (fault?.kind === "hang") return;
    if (fault?.kind === "status") {
      request.resume();
      response.writeHead(fault.status, fault.headers);
      response.end();
      return;
    }
    pass(request, response, { port: radicale.port, lost: fault?.kind === "lost-answer" });
  });
  const listen = (port: number) =>
    new Promise<void>((ready) => front.listen(port, "127.0.0.1", ready));
  const silence = async (): Promise<void> => {
    const closed = new Promise((resolve) => front.close(resolve));
    front.closeAllConnections();
    await closed;
  };
  await listen(0);
  const { port } = front.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const own = ownClient(`http://127.0.0.1:${radicale.port}`);
  return {
    url,
    user: USER,
    password: PASSWORD,
    asked,
    misbehave: (...more) => {
      faults.push(...more);
    },
    makeCalendar: async (name) => {
      const body = `<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop><displayname>${name}</displayname></prop></set></C:mkcalendar>`;
      await own.ask("MKCALENDAR", `/${USER}/${name}/`, body);
      return `${url}/${USER}/${name}/`;
    },
    list: own.list,
    put: async (href, file) => {
      await own.ask("PUT", href, file, { "content-type": "text/calendar" });
    },
    remove: async (href) => {
      await own.ask("DELETE", href);
    },
    sleep: silence,
    wake: () => listen(port),
    close: async () => {
      await silence().catch(() => undefined);
      await radicale.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
