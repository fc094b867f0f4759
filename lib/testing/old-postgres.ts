import type { AddressInfo } from "node:net";
import { createServer } from "node:net";

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

const int16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

const TEXT_OID = 25;
const ready = message("Z", Buffer.from("I"));

/** One row with one text column, as PostgreSQL answers a simple query. */
function answer(column: string, value: string): Buffer {
  const field = [int32(0), int16(0), int32(TEXT_OID), int16(-1), int32(-1), int16(0)];
  return Buffer.concat([
    message("T", Buffer.concat([int16(1), Buffer.from(`${column}\0`), ...field])),
    message("D", Buffer.concat([int16(1), int32(value.length), Buffer.from(value)])),
    message("C", Buffer.from("SHOW\0")),
    ready,
  ]);
}

/**
 * A server that speaks PostgreSQL's protocol just far enough to be asked its version, on a free loopback port. No
 * real server of that age is at hand where only the embedded one is installed.
 */
export async function startOldPostgres(
  versionNumber: number,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((socket) => {
    let isStarted = false;
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      if (!isStarted) {
        isStarted = true;
        socket.write(Buffer.concat([message("R", int32(0)), ready]));
      } else if (data.subarray(0, 1).toString() === "Q") {
        socket.write(answer("server_version_num", String(versionNumber)));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://somebody:s3cret-word@127.0.0.1:${port}/anything`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
