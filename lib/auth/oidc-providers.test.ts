import { expect, test } from "vitest";
import { readEnvironment } from "@/lib/env";
import { providersIn } from "./oidc-providers";

test("without settings there is no provider", () => {
  expect(providersIn(readEnvironment({}))).toEqual([]);
});

test("each provider that is set up is named, with the issuer as its tokens spell it", () => {
  const settings = readEnvironment({
    OIDC_ISSUER: "https://id.example.org/realms/staff",
    OIDC_CLIENT_ID: "a",
    OIDC_CLIENT_SECRET: "b",
    GOOGLE_OIDC_CLIENT_ID: "c",
    GOOGLE_OIDC_CLIENT_SECRET: "d",
    ENTRA_TENANT_ID: "8f14e45f-ceea-467f-a9d5-3a2b1c0d9e8f",
    ENTRA_CLIENT_ID: "e",
    ENTRA_CLIENT_SECRET: "f",
  });
  expect(providersIn(settings).map(({ id, name, issuer }) => [id, name, issuer])).toEqual([
    ["oidc", "id.example.org", "https://id.example.org/realms/staff"],
    ["google", "Google", "https://accounts.google.com"],
    [
      "entra",
      "Microsoft",
      "https://login.microsoftonline.com/8f14e45f-ceea-467f-a9d5-3a2b1c0d9e8f/v2.0",
    ],
  ]);
});
