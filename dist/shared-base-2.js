import{createRequire as createRequireForBundle}from'node:module';const require=createRequireForBundle(import.meta.url);

// src/base/errors.ts
var TowpathError = class extends Error {
  code;
  subject;
  hint;
  position;
  constructor(code, message, details = {}) {
    super(message, details.cause === void 0 ? void 0 : { cause: details.cause });
    this.name = "TowpathError";
    this.code = code;
    this.subject = details.subject;
    this.hint = details.hint;
    this.position = details.position;
  }
};
function toProblem(error, fallback = {}) {
  if (error instanceof TowpathError) {
    return {
      severity: "error",
      code: error.code,
      message: error.message,
      position: error.position,
      subject: error.subject ?? fallback.subject,
      hint: error.hint
    };
  }
  return { severity: "error", code: "UNEXPECTED", message: messageOf(error), subject: fallback.subject };
}
function messageOf(error) {
  return textOf(error).split(/[\r\n]+/).map((line) => line.trim()).filter((line) => line !== "").join(" ");
}
function textOf(error) {
  if (error instanceof Error) return error.message;
  try {
    return String(error);
  } catch {
    return "unknown error";
  }
}

export {
  TowpathError,
  toProblem,
  messageOf
};
