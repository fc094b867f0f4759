import { expect, test } from "vitest";
import { readGuests } from "./guest-lines";

const read = (text: string) =>
  readGuests(text).guests.map(({ name, email }) => `${name} <${email}>`);

test("a pasted list of guests is read as mail programs and people write it", () => {
  expect(
    read(`Lukas Brandt <lukas@halden.example>, "Solberg, Ingrid" <ingrid@halden.example>
      mika.tanaka+work@kaminari.example
      Ana Lim, ana@atelier.example; bo@atelier.example`),
  ).toEqual([
    "Lukas Brandt <lukas@halden.example>",
    "Ingrid Solberg <ingrid@halden.example>",
    "Mika Tanaka <mika.tanaka+work@kaminari.example>",
    "Ana Lim <ana@atelier.example>",
    "Bo <bo@atelier.example>",
  ]);
});

test("nobody is in it twice", () => {
  expect(read("a@example.org, A@Example.org\na@example.org")).toEqual(["A <a@example.org>"]);
});

test("what holds no address is given back", () => {
  expect(readGuests("Lukas Brandt\nana@atelier.example\n\n")).toEqual({
    guests: [{ name: "Ana", email: "ana@atelier.example" }],
    rest: ["Lukas Brandt"],
  });
});
