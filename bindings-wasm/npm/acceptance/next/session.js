export const findSession = async (cookie) => (cookie === "session=operator" ? { role: "operator", email: "ops@bank.example" } : undefined);
