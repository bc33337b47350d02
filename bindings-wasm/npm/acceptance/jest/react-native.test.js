/**
 * As React Native's own preset has it: the condition of its bundler, and no package is transformed.
 * @jest-environment-options {"customExportConditions": ["require", "react-native"]}
 */
const { checkUser, InvalidInput, SmileIdRelay } = require("enrollkit");

test("an app gets a page's part, as plain JavaScript", () => {
  expect(require.resolve("enrollkit")).toMatch(/react-native\.cjs$/);
  expect(require("enrollkit/page")).toBe(require("enrollkit"));
  expect(require("enrollkit").SmileId).toBeUndefined();
  expect(new SmileIdRelay("/api/smile").reEnroll("user-42").body).toBe('{"action":"smile_id.re_enroll","user_id":"user-42"}');
  expect(() => new SmileIdRelay("/api/smile").reEnroll("")).toThrow(InvalidInput);
  expect(checkUser({})[0].code).toBe("required");
});
