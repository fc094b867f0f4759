import { expect, test } from "@playwright/test";
import { expectClean, expectCleanInBoth } from "../fixtures/axe";
import { enter } from "../fixtures/session";

/** A file as they come: two good deals, and of each kind of dirt one row. */
const fileOf = (mark: string): string =>
  [
    "Opportunity ID,Deal name,Account,Email,Deal stage,Amount,Currency,Created,Close date",
    `${mark}-1,Ovens ${mark},Dalton Bakeries,ann@dalton.example,Proposal,"12,400.50",USD,2026-03-01,`,
    `${mark}-2,Mixers ${mark},Kestrel Foods,,Won,900,USD,2026-02-01,2026-03-02`,
    `${mark}-3,Racks,Kestrel Foods,,Nonsense,100,USD,2026-02-01,`,
    `${mark}-4,Never,Old Mill,,Won,50,USD,2026-02-30,2026-03-05`,
    `${mark}-5,=SUM(A1),Old Mill,,Proposal,50,USD,2026-02-10,`,
    `${mark}-1,Ovens again,Dalton Bakeries,,Proposal,1,USD,2026-03-01,`,
    "",
  ].join("\n");

test("a file is sent, its columns named, checked, imported; its bad rows are told, and sent again it changes nothing", async ({
  page,
}) => {
  const mark = `J${Date.now()}`;
  const file = { name: `${mark}.csv`, mimeType: "text/csv", buffer: Buffer.from(fileOf(mark)) };
  await enter(page, "manager", "/leads/import");
  await expectClean(page, "imports");
  await page.getByLabel("File", { exact: true }).setInputFiles(file);

  await expect(page.getByRole("heading", { name: "What each column becomes" })).toBeVisible();
  await expect(page.getByLabel("What Opportunity ID becomes")).toHaveValue("externalId");
  await expect(page.getByLabel("What Close date becomes")).toHaveValue("closedAt");
  await expectCleanInBoth(page, "mapping");
  await page.getByRole("button", { name: "Check the file" }).click();

  await expect(page.getByRole("heading", { name: `${mark}.csv was checked` })).toBeVisible();
  await expect(page.getByText("Nothing was kept.", { exact: false })).toBeVisible();
  const issues = page.getByRole("region", { name: "The first 4" });
  await expect(issues.getByRole("row")).toHaveCount(5);
  await expect(issues).toContainText("The calendar has no such day: 2026-02-30.");
  await expect(issues).toContainText("Row 2 has the same id; that one was taken.");
  await expectClean(page, "a checked file");
  await page.getByRole("button", { name: "Import 2 rows now" }).click();

  await expect(page.getByRole("heading", { name: `${mark}.csv is imported` })).toBeVisible();
  const told = page.waitForEvent("download");
  await page.getByRole("link", { name: "All of them as CSV" }).click();
  expect((await told).suggestedFilename()).toBe("import-issues.csv");

  // The same file again, by its mapping's name, as a machine sends it.
  const sent = await page.request.post(`/api/v1/leads/import?mapping=${mark}&name=again.csv`, {
    data: file.buffer,
    headers: { origin: new URL(page.url()).origin, "content-type": "text/csv" },
  });
  expect(sent.status()).toBe(202);
  const { id } = (await sent.json()) as { id: string };
  await expect
    .poll(async () => {
      const answer = await page.request.get(`/api/v1/leads/import/${id}`);
      const { state, created, updated, unchanged, failed } = await answer.json();
      return { state, created, updated, unchanged, failed };
    })
    .toEqual({ state: "done", created: 0, updated: 0, unchanged: 2, failed: 4 });

  const exported = await page.request.get(`/leads/export?format=csv&q=${mark}`);
  expect(await exported.text()).toContain(`Ovens ${mark}`);
  await page.goto("/inbox");
  await expect(page.getByText(`Import of ${mark}.csv is done`)).toBeVisible();
});
