import { expect } from "vitest";
import { makeSales, makeTeam } from "@/lib/testing/factories/crm";
import { test } from "@/lib/testing/house";
import { NO_FILTER } from "../core/question";
import { getGroupNames, resolveFilter } from "./names";

test("filters are said by ids and by names, in any case, with commas in them, and never of another workspace", async ({
  house,
}) => {
  const { db } = house;
  const sales = await makeSales(db);
  const { workspaceId } = sales;
  const west = await makeTeam(db, workspaceId, "West");
  const south = await makeTeam(db, workspaceId, "South, far");
  const elsewhere = await makeTeam(db, (await makeSales(db)).workspaceId, "Elsewhere");
  const teams = async (team: string) => {
    const { filter, unknown } = await resolveFilter(db, workspaceId, { team });
    return { team: [...filter.team], unknown: unknown.team };
  };
  const known = (...ids: string[]) => ({ team: ids.sort(), unknown: undefined });
  expect(await teams("west")).toEqual(known(west));
  expect(await teams(`WEST, ${south.toUpperCase()}`)).toEqual(known(west, south));
  expect(await teams("South, far")).toEqual(known(south));
  expect(await teams("South, far\nwest\nnone")).toEqual(known("none", south, west));
  expect(await teams("West,North")).toEqual({ team: [west], unknown: ["North"] });
  expect(await teams(elsewhere)).toEqual({ team: [], unknown: [elsewhere] });
  expect(await teams("Elsewhere")).toEqual({ team: [], unknown: ["Elsewhere"] });
  expect((await resolveFilter(db, workspaceId, { owner: " ", source: "Referral" })).filter).toEqual(
    {
      ...NO_FILTER,
      source: [expect.any(String)],
    },
  );
  const nameOf = await getGroupNames(db, workspaceId, "team", [west, null]);
  expect([nameOf(west), nameOf(null)]).toEqual(["West", "No team"]);
  const countryOf = await getGroupNames(db, workspaceId, "country", ["DE", null]);
  expect([countryOf("DE"), countryOf(null)]).toEqual(["Germany", "Unknown"]);
});
