import { randomUUID } from "node:crypto";
import { deflateSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { expectClean } from "../fixtures/axe";
import { withDatabase } from "../fixtures/database";
import { enter } from "../fixtures/session";
import { untilShown } from "../fixtures/until-shown";

/** A colleague who is about to leave, with a link of their own. */
const insertLeaver = (name: string): Promise<string> =>
  withDatabase(async (db) => {
    const id = randomUUID();
    const [scheduleId, linkId] = [randomUUID(), randomUUID()];
    const { rows } = await db.query<{ workspace_id: string }>(
      "SELECT workspace_id FROM app_user WHERE email = 'admin@meridian.example'",
    );
    const here = rows[0]?.workspace_id;
    await db.query(
      `INSERT INTO app_user (workspace_id, id, email, name, zone, password_hash)
       VALUES ($1, $2, $3, $4, 'UTC', 'none')`,
      [here, id, `${id}@example.org`, name],
    );
    await db.query(
      `INSERT INTO resource (workspace_id, id, kind, user_id, name)
       VALUES ($1, $2, 'person', $3, $4)`,
      [here, randomUUID(), id, name],
    );
    await db.query(
      `INSERT INTO schedule (workspace_id, id, user_id, name, zone, is_default)
       VALUES ($1, $2, $3, 'Hours', 'UTC', true)`,
      [here, scheduleId, id],
    );
    await db.query(
      `INSERT INTO booking_link (workspace_id, id, token, name, zone, owner_id)
       VALUES ($1, $2, $3, 'Farewell talks', 'UTC', $4)`,
      [here, linkId, randomUUID(), id],
    );
    await db.query(
      `INSERT INTO booking_link_host (workspace_id, link_id, user_id, schedule_id)
       VALUES ($1, $2, $3, $4)`,
      [here, linkId, id, scheduleId],
    );
    return id;
  });

/** A PNG of one colour; `claim` writes another size into its header than it has pixels for. */
function pngOf(size: number, claim = size): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    let crc = 0xffffffff;
    for (const byte of body) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    const end = Buffer.alloc(4);
    end.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
    return Buffer.concat([length, body, end]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claim, 0);
  header.writeUInt32BE(claim, 4);
  header.set([8, 2], 8);
  const rows = Buffer.alloc(size * (size * 3 + 1), 120);
  for (let row = 0; row < size; row += 1) rows[row * (size * 3 + 1)] = 0;
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

test("an admin invites people, finds them, and takes an invitation back", async ({ page }) => {
  await enter(page, "admin", "/admin/users");
  const mark = randomUUID().slice(0, 8);
  const dialog = page.getByRole("dialog", { name: "Invite people" });
  await untilShown(() => page.getByRole("button", { name: "Invite people" }).click(), dialog);
  await dialog.getByLabel("E-mail addresses").fill(`mei.${mark}@halden.example, nonsense`);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText("The addresses hold what is no address: nonsense.")).toBeVisible();
  await dialog
    .getByLabel("E-mail addresses")
    .fill(`mei.${mark}@halden.example\nana.${mark}@halden.example`);
  await dialog.getByRole("button", { name: "Send invitations" }).click();
  await expect(dialog.getByText("2 invitations are on their way.")).toBeVisible();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await page.getByRole("searchbox", { name: "Name or e-mail" }).fill(mark);
  await page.getByRole("button", { name: "Apply" }).click();
  const people = page.getByRole("list", { name: "People" });
  await expect(people.getByRole("listitem")).toHaveCount(2);
  await expect(page).toHaveURL(new RegExp(`q=${mark}`));
  await people.getByRole("link", { name: /^Mei/ }).click();
  const panel = page.getByRole("complementary", { name: "Person" });
  await panel.getByRole("button", { name: "Send again" }).click();
  await expect(panel.getByText("A new invitation is on its way.")).toBeVisible();
  await panel.getByRole("button", { name: "Take back" }).click();
  await expect(people.getByRole("listitem")).toHaveCount(1);
});

test("who leaves hands their links over, and only then is removed", async ({ page }) => {
  const name = `Leaver ${randomUUID().slice(0, 8)}`;
  const id = await insertLeaver(name);
  await enter(page, "admin", `/admin/users?open=${id}`);
  const panel = page.getByRole("complementary", { name: "Person" });
  await expect(
    panel.getByText("They hold 1 link, no meetings to come and no open deals:"),
  ).toBeVisible();
  await expect(panel.getByRole("button", { name: "Remove" })).toBeDisabled();
  const dialog = page.getByRole("dialog", { name: `Hand over what ${name} holds` });
  await untilShown(() => panel.getByRole("button", { name: "Hand over" }).click(), dialog);
  await dialog.getByRole("combobox", { name: "Who takes over" }).fill("priya");
  await page.getByRole("option", { name: /priya@/ }).click();
  await dialog.getByRole("button", { name: "Hand over" }).click();
  await expect(dialog.getByText("1 link and no meetings handed over.")).toBeVisible();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await panel.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: `Remove ${name}` }).click();
  await expect(page).toHaveURL(/\/admin\/users$/);
  const { owner, removed } = await withDatabase(async (db) => {
    const links = await db.query(
      `SELECT u.email FROM booking_link l JOIN app_user u ON u.id = l.owner_id
        WHERE l.name = 'Farewell talks' ORDER BY l.created_at DESC LIMIT 1`,
    );
    const users = await db.query("SELECT removed_at, email FROM app_user WHERE id = $1", [id]);
    return { owner: links.rows[0]?.email, removed: users.rows[0] };
  });
  expect(owner).toBe("priya@meridian.example");
  expect(removed.removed_at).not.toBeNull();
  expect(removed.email).not.toContain("example.org");
});

test("settings say what is unsaved, and the later of two saves is shown the other", async ({
  page,
  context,
}) => {
  await enter(page, "sales", "/settings");
  const other = await context.newPage();
  await other.goto("/settings");
  for (const [tab, title] of [
    [page, "First"],
    [other, "Second"],
  ] as const) {
    await expect(async () => {
      await tab.getByLabel("Title", { exact: true }).fill(title);
      await expect(tab.getByText("1 unsaved change")).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
  }
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Everything is saved.")).toBeVisible();
  await other.getByRole("button", { name: "Save", exact: true }).click();
  await expect(other.getByText("saved somewhere else meanwhile")).toBeVisible();
  await expect(other.getByLabel("Title", { exact: true })).toHaveValue("Second");
  await other.getByRole("button", { name: "Save", exact: true }).click();
  await expect(other.getByText("Everything is saved.")).toBeVisible();
});

test("a photo is taken by what it holds: a script and a bomb are refused in words, a picture is served inert", async ({
  page,
}) => {
  await enter(page, "host", "/settings");
  const field = page.getByLabel("Photo", { exact: true });
  const give = (name: string, buffer: Buffer) =>
    field.setInputFiles({ name, mimeType: "image/png", buffer });
  await expect(async () => {
    await give("me.png", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"));
    await expect(page.getByText("This is not a JPEG, PNG, WebP or GIF")).toBeVisible({
      timeout: 3_000,
    });
  }).toPass({ timeout: 20_000 });
  await give("bomb.png", pngOf(2, 50_000));
  await expect(page.getByText("more than 50 megapixels")).toBeVisible();
  await give("me.png", pngOf(300));
  await expect(page.getByText("The photo is saved.")).toBeVisible();
  const shown = page.locator('main img[src^="/api/v1/images/"]');
  const answer = await page.request.get((await shown.getAttribute("src")) ?? "");
  expect(answer.headers()).toMatchObject({
    "content-type": "image/webp",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "public, max-age=31536000, immutable",
  });
  const large = await page.request.put("/api/v1/photo", {
    data: Buffer.alloc(6 * 1024 * 1024, 7),
    headers: { origin: new URL(page.url()).origin },
  });
  expect(large.status()).toBe(413);
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("The photo is removed.")).toBeVisible();
});

test("an API key is shown once, works, and is dead when it is revoked", async ({ page }) => {
  await enter(page, "priya", "/settings/keys");
  const name = `Script ${randomUUID().slice(0, 8)}`;
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Make a key" }).click();
  const key = (await page.locator("code", { hasText: /^mk_[\w-]{43}$/ }).textContent()) ?? "";
  const headers = { authorization: `Bearer ${key}` };
  expect((await fetch(`${new URL(page.url()).origin}/api/v1/meetings`, { headers })).status).toBe(
    200,
  );
  await page.reload();
  await expect(page.getByText(name)).toBeVisible();
  await expect(page.getByText(key)).toHaveCount(0);
  await page.getByRole("button", { name: `Revoke ${name}` }).click();
  await expect(page.getByText("The key is revoked.")).toBeVisible();
  expect((await fetch(`${new URL(page.url()).origin}/api/v1/meetings`, { headers })).status).toBe(
    401,
  );
});

for (const [colorScheme, width] of [
  ["light", 1366],
  ["dark", 375],
] as const) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });

    test("people and settings have no finding", async ({ page }) => {
      await enter(page, "admin", "/admin/users");
      await expectClean(page, "people");
      await page.getByRole("link", { name: /^Ana/ }).first().click();
      await expect(page.getByRole("complementary", { name: "Person" })).toBeVisible();
      await expectClean(page, "a person");
      await page.goto("/admin/users");
      const dialog = page.getByRole("dialog", { name: "Invite people" });
      await untilShown(() => page.getByRole("button", { name: "Invite people" }).click(), dialog);
      await expectClean(page, "the invitation");
      for (const path of ["/settings", "/settings/notifications", "/settings/keys"]) {
        await page.goto(path);
        await expectClean(page, path);
      }
    });
  });
}
