import{createRequire as createRequireForBundle}from'node:module';const require=createRequireForBundle(import.meta.url);
import {
  backoffMs,
  createLimiter,
  deepEqual,
  exec,
  fieldOf,
  groupOf,
  isBuiltIn,
  isList,
  isObject,
  mapConcurrent,
  present,
  require_dist,
  retryAfterMs,
  textAt,
  unknownContext,
  valueAt,
  without
} from "./shared-yaml.js";
import {
  Secret,
  oneLine
} from "./shared-base.js";
import {
  TowpathError,
  messageOf,
  toProblem
} from "./shared-base-2.js";
import {
  __toESM
} from "./shared-runtime.js";

// src/cluster/clusters.ts
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path4 from "node:path";

// src/core/sync/kubeconfig.ts
var import_yaml = __toESM(require_dist(), 1);
var MAX_LENGTH = 8 * 1024 * 1024;
var BASE64_TEXT = /^[A-Za-z0-9+/=\s]+$/;
function parseKubeconfigs(sources) {
  const files = sources.map((source) => ({ source, root: parseRoot(source) }));
  const joined = (section, part) => {
    const entries = /* @__PURE__ */ new Map();
    for (const { source, root } of files) {
      for (const [name, value] of readSection(root, { section, part, source })) {
        if (!entries.has(name)) entries.set(name, { value, source });
      }
    }
    return entries;
  };
  const current = files.map(({ root }) => textAt(root, "current-context")).find((name) => name !== void 0 && name !== "");
  return {
    current: current ?? null,
    contexts: joined("contexts", "context"),
    clusters: joined("clusters", "cluster"),
    users: joined("users", "user")
  };
}
function decodeKubeconfigText(text) {
  const trimmed = text.trim();
  if (trimmed === "" || !BASE64_TEXT.test(trimmed)) return text;
  try {
    const bytes = Uint8Array.from(atob(trimmed.replace(/\s+/g, "")), (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}
function parseRoot(source) {
  if (source.text.length > MAX_LENGTH) {
    throw new TowpathError("KUBECONFIG_TOO_LARGE", `${source.name} is larger than 8 MiB`, {
      subject: source.name
    });
  }
  const root = toJson(source);
  if (root === null) return {};
  if (!isObject(root)) throw invalid(source, "is no mapping");
  return root;
}
function toJson(source) {
  const document = (0, import_yaml.parseDocument)(source.text, { prettyErrors: false, logLevel: "silent" });
  const [error] = document.errors;
  if (error === void 0) {
    try {
      return document.toJS({ maxAliasCount: 100 });
    } catch (cause) {
      throw notYaml(source, { place: "", code: "ALIASES", cause });
    }
  }
  const before = source.text.slice(0, error.pos[0]).split("\n");
  const place = ` at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  throw notYaml(source, { place, code: error.code });
}
function notYaml(source, found) {
  return new TowpathError(
    "KUBECONFIG_NOT_YAML",
    `${source.name} is not YAML${found.place} (${found.code})`,
    { subject: source.name, hint: "Give a kubeconfig as kubectl config view --raw prints it, plain or in base64." }
  );
}
function* readSection(root, { section, part, source }) {
  const list = fieldOf(root, section);
  if (list === void 0 || list === null) return;
  if (!isList(list)) throw invalid(source, `has no list under ${section}`);
  const seen = /* @__PURE__ */ new Set();
  for (const [index, item] of list.entries()) {
    const name = textAt(item, "name");
    if (name === void 0 || name === "") throw invalid(source, `has no name in ${section}[${index}]`);
    if (seen.has(name)) throw invalid(source, `has ${name} twice under ${section}`);
    seen.add(name);
    const value = fieldOf(item, part) ?? {};
    if (!isObject(value)) throw invalid(source, `has no mapping in ${section}[${index}].${part}`);
    yield [name, value];
  }
}
function invalid(source, clause) {
  return new TowpathError("KUBECONFIG_INVALID", `${source.name} ${clause}`, {
    subject: source.name,
    hint: "Compare it with what kubectl config view prints."
  });
}

// src/core/sync/json-text.ts
var LONG_INTEGER = /(?:^|[:,[])\s*-?\d{16,}/;
function parseJson(text) {
  if (!LONG_INTEGER.test(text)) return JSON.parse(text);
  return JSON.parse(text, keepDigits);
}
function stringifyJson(value) {
  return JSON.stringify(value, writeDigits).replace(YAML_REFUSES, escapeCharacter);
}
var YAML_REFUSES = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
function keepDigits(_key, value, context) {
  if (typeof value !== "number" || Number.isSafeInteger(value) || context.source === void 0) return value;
  return /^-?\d+$/.test(context.source) ? BigInt(context.source) : value;
}
function writeDigits(_key, value) {
  return typeof value === "bigint" ? JSON.rawJSON(String(value)) : value;
}
function escapeCharacter(character) {
  return "\\u" + character.charCodeAt(0).toString(16).padStart(4, "0");
}

// src/cluster/one-line.ts
var MAX_LENGTH2 = 400;
function oneLine2(text) {
  return oneLine(text, { longest: MAX_LENGTH2 }).replace(/\.$/, "");
}

// src/cluster/api/warnings.ts
var WARNING = /(?:^|,)\s*299 \S+ "((?:[^"\\]|\\.)*)"/g;
var MAX_WARNINGS = 50;
function parseWarnings(header) {
  if (header === void 0) return [];
  const texts = [...header.slice(0, 64 * 1024).matchAll(WARNING)].slice(0, MAX_WARNINGS);
  return texts.map(([, text = ""]) => oneLine2(text.replace(/\\(.)/g, "$1")));
}

// src/cluster/api/api-client.ts
var MAX_ATTEMPTS = 5;
var FIRST_BACKOFF_MS = 200;
var MAX_PAUSE_MS = 2e4;
var MAX_RETRYING_MS = 45e3;
var REQUEST_TIMEOUT_MS = 6e4;
var DEFAULT_MAX_BYTES = 32 * 1024 * 1024;
var MAX_IN_FLIGHT = 32;
function createApiClient(options) {
  const limiter = createLimiter(MAX_IN_FLIGHT);
  const connection = createConnection(options);
  let requests = 0;
  const prefix = options.server.pathname.replace(/\/$/, "");
  const exchange3 = async (request, used) => {
    try {
      const received = read(await used.transport.send(toTransport(request, { options, prefix, used })));
      requests++;
      return received;
    } catch (error) {
      if (wasSent(error)) requests++;
      throw error;
    }
  };
  const attempt = async (request) => {
    const used = await connection.open(request.signal);
    const answer = await exchange3(request, used);
    const renewed = answer.status === 401 ? await connection.renew(used, request.signal) : void 0;
    return renewed === void 0 ? answer : exchange3(request, renewed);
  };
  return {
    send: (request) => limiter(() => repeat(request, { attempt, clock: options.clock })),
    requests: () => requests,
    close: () => connection.close()
  };
}
function createConnection({ credentials: source, connect: connect2 }) {
  const opened = [];
  const connectionFor = (credentials) => {
    const known = opened.find((entry) => entry.credentials === credentials);
    if (known !== void 0) return known;
    const sameTls = opened.find((entry) => sameMaterial(entry.credentials, credentials));
    const connection = { credentials, transport: sameTls?.transport ?? connect2(credentials) };
    opened.push(connection);
    return connection;
  };
  return {
    open: async (signal) => connectionFor(await source.get(signal)),
    async renew(stale, signal) {
      const renewed = await source.refresh(stale.credentials, signal);
      return renewed === void 0 ? void 0 : connectionFor(renewed);
    },
    close() {
      for (const { transport } of opened) transport.close();
    }
  };
}
function sameMaterial({ tls: a }, { tls: b }) {
  const same = (x, y) => x === y || x !== void 0 && y !== void 0 && x.equals(y);
  return same(a.cert, b.cert) && same(a.key, b.key) && same(a.ca, b.ca);
}
function toTransport(request, { options, prefix, used }) {
  const query = new URLSearchParams(request.query).toString();
  return {
    method: request.method,
    path: `${prefix}${request.path}${query === "" ? "" : `?${query}`}`,
    headers: {
      ...used.credentials.headers,
      Accept: request.accept ?? "application/json",
      "Accept-Encoding": "gzip",
      "User-Agent": options.userAgent,
      // JSON is YAML; there is no apply patch in JSON by that name.
      ...request.body === void 0 ? {} : { "Content-Type": "application/apply-patch+yaml" }
    },
    body: request.body === void 0 ? void 0 : Buffer.from(stringifyJson(request.body)),
    timeoutMs: REQUEST_TIMEOUT_MS,
    maxBytes: request.maxBytes ?? DEFAULT_MAX_BYTES,
    signal: request.signal
  };
}
async function repeat(request, { attempt, clock }) {
  const start = clock.now();
  for (let count = 1; ; count++) {
    request.signal?.throwIfAborted();
    const isLast = count >= MAX_ATTEMPTS || clock.now() - start > MAX_RETRYING_MS;
    const outcome = await attempt(request).catch((error) => {
      if (isLast || !isBrokenConnection(error)) throw error;
      return null;
    });
    const wanted = outcome === null ? void 0 : pauseFor(outcome, clock.now());
    if (outcome !== null && (isLast || wanted === void 0 || wanted > MAX_PAUSE_MS)) return toAnswer(outcome);
    await clock.sleep(Math.max(wanted ?? 0, backoffMs(count, FIRST_BACKOFF_MS)), request.signal);
  }
}
function wasSent(error) {
  const code = error instanceof TowpathError ? error.code : void 0;
  return code !== "CLUSTER_UNREACHABLE" && code !== "CLUSTER_UNTRUSTED";
}
function isBrokenConnection(error) {
  if (!(error instanceof TowpathError)) return false;
  const code = error.code;
  return code === "CLUSTER_BROKEN" || code === "CLUSTER_UNREACHABLE";
}
function pauseFor(answer, nowMs) {
  const { status, headers } = answer;
  if (status === 429 || status === 503) return retryAfterMs(headers["retry-after"] ?? null, nowMs) ?? 0;
  return status === 502 || status === 504 || status === 500 && !isVerdict(answer) ? 0 : void 0;
}
function isVerdict({ body }) {
  return textAt(body, "kind") === "Status" && textAt(body, "reason") === void 0;
}
function read(answer) {
  const body = parseBody(answer.body);
  if (body !== void 0 || answer.status < 200 || answer.status > 299) return { ...answer, body };
  throw new TowpathError("CLUSTER_BROKEN", "the answer of the API server is not JSON");
}
function parseBody(body) {
  try {
    return parseJson(body.toString("utf8"));
  } catch {
    return void 0;
  }
}
function toAnswer({ status, headers, body }) {
  const warning = headers["warning"];
  return { status, body, warnings: parseWarnings(Array.isArray(warning) ? warning.join(", ") : warning) };
}

// src/cluster/context-kubeconfig.ts
var AS_HEADERS = { "Impersonate-User": "as", "Impersonate-Uid": "as-uid", "Impersonate-Group": "as-groups" };
var EXTRA_HEADER = "Impersonate-Extra-";
function renderKubeconfig(settings, credentials) {
  const { name, namespace, server, cluster } = settings;
  const { ca } = credentials.tls;
  const entries = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    contexts: [{ name, context: { cluster: "cluster", user: "user", namespace } }],
    clusters: [
      {
        name: "cluster",
        cluster: {
          server: server.href,
          "certificate-authority-data": ca?.toString("base64"),
          "insecure-skip-tls-verify": cluster.skipVerify ? true : void 0,
          "tls-server-name": cluster.tlsServerName,
          "proxy-url": cluster.proxyUrl
        }
      }
    ],
    users: [{ name: "user", user: userOf(settings, credentials) }]
  };
  return `${JSON.stringify(entries, null, 2)}
`;
}
function userOf({ user }, { headers, tls }) {
  return {
    ...authorizationOf(headers["Authorization"]),
    "client-certificate-data": tls.cert?.toString("base64"),
    "client-key-data": tls.key?.toString("base64"),
    ...impersonationOf(user.impersonate)
  };
}
function authorizationOf(header) {
  const [, scheme = "", value = ""] = /^(\w+) (.*)$/s.exec(String(header ?? "")) ?? [];
  if (scheme.toLowerCase() !== "basic") return value === "" ? {} : { token: value };
  const text = Buffer.from(value, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
function impersonationOf(headers) {
  const extra = {};
  const fields2 = {};
  for (const [header, value] of Object.entries(headers)) {
    if (header.startsWith(EXTRA_HEADER)) extra[decodeURIComponent(header.slice(EXTRA_HEADER.length))] = value;
    else if (header in AS_HEADERS) fields2[AS_HEADERS[header]] = value;
  }
  return Object.keys(extra).length === 0 ? fields2 : { ...fields2, "as-user-extra": extra };
}

// src/cluster/context-settings.ts
import path2 from "node:path";

// src/cluster/exec-settings.ts
import path from "node:path";
function readExecSettings(exec2, { user, source }) {
  if (!isObject(exec2)) return void 0;
  const command = textAt(exec2, "command") ?? "";
  if (command === "") {
    throw new TowpathError(
      "KUBECONFIG_INVALID",
      `${source.name}: user ${user} has exec without a command`,
      {
        subject: source.name
      }
    );
  }
  return {
    apiVersion: textAt(exec2, "apiVersion") ?? "client.authentication.k8s.io/v1",
    command: resolveCommand(command, source),
    args: listOfText(valueAt(exec2, "args")),
    env: environmentOf(valueAt(exec2, "env")),
    installHint: textAt(exec2, "installHint"),
    provideClusterInfo: valueAt(exec2, "provideClusterInfo") === true
  };
}
function resolveCommand(command, source) {
  const isRelativePath = /[\\/]/.test(command) && !path.isAbsolute(command);
  return isRelativePath && source.directory !== void 0 ? path.join(source.directory, command) : command;
}
function environmentOf(value) {
  if (!isList(value)) return {};
  const pairs = value.flatMap((item) => {
    const name = textAt(item, "name");
    return name === void 0 ? [] : [[name, textAt(item, "value") ?? ""]];
  });
  return Object.fromEntries(pairs);
}
function listOfText(value) {
  return isList(value) ? value.filter((item) => typeof item === "string") : [];
}

// src/cluster/context-settings.ts
function contextSettings(kubeconfig, name) {
  const context = kubeconfig.contexts.get(name);
  if (context === void 0) throw unknownContext(name, { names: [...kubeconfig.contexts.keys()] });
  const cluster = referred(kubeconfig.clusters, context, { name, what: "cluster" });
  const userName = textAt(context.value, "user") ?? "";
  const user = userName === "" ? void 0 : referred(kubeconfig.users, context, { name, what: "user" });
  const namespace = textAt(context.value, "namespace");
  return {
    name,
    namespace: namespace === "" ? void 0 : namespace,
    server: serverOf(cluster, name),
    cluster: clusterOf(cluster),
    user: userOf2(user, userName)
  };
}
function referred(entries, context, { name, what }) {
  const wanted = textAt(context.value, what) ?? "";
  const entry = entries.get(wanted);
  if (entry !== void 0) return entry;
  const clause = wanted === "" ? `names no ${what}` : `names the ${what} ${wanted}, which is not there`;
  throw invalid2(context.source, `context ${name} ${clause}`);
}
function serverOf(cluster, context) {
  const server = textAt(cluster.value, "server") ?? "";
  const text = server === "" || /^https?:\/\//i.test(server) ? server : `https://${server}`;
  const url = URL.canParse(text) ? new URL(text) : void 0;
  if (url === void 0)
    throw invalid2(cluster.source, `context ${context} has a cluster without a usable server address`);
  return url;
}
function clusterOf({ value, source }) {
  const skipVerify = valueAt(value, "insecure-skip-tls-verify") === true;
  const caData = textAt(value, "certificate-authority-data") || void 0;
  return {
    // Data wins over the file, as in kubectl.
    caData: skipVerify ? void 0 : caData,
    caFile: skipVerify || caData !== void 0 ? void 0 : fileAt(value, "certificate-authority", source),
    skipVerify,
    tlsServerName: textAt(value, "tls-server-name") || void 0,
    proxyUrl: textAt(value, "proxy-url") || void 0,
    execConfig: execExtension(value)
  };
}
function execExtension(cluster) {
  const extensions = valueAt(cluster, "extensions");
  if (!isList(extensions)) return void 0;
  const found = extensions.find((item) => textAt(item, "name") === "client.authentication.k8s.io/exec");
  const extension = valueAt(found, "extension");
  return isObject(extension) ? extension : void 0;
}
function userOf2(entry, name) {
  const value = entry?.value ?? {};
  const source = entry?.source ?? { name: "", directory: void 0, text: "" };
  const text = (key) => textAt(value, key) || void 0;
  const certData = text("client-certificate-data");
  const keyData = text("client-key-data");
  const authProvider = valueAt(value, "auth-provider");
  return {
    name,
    token: text("token"),
    tokenFile: fileAt(value, "tokenFile", source),
    username: text("username"),
    password: text("password"),
    certData,
    certFile: certData === void 0 ? fileAt(value, "client-certificate", source) : void 0,
    keyData,
    keyFile: keyData === void 0 ? fileAt(value, "client-key", source) : void 0,
    exec: readExecSettings(valueAt(value, "exec"), { user: name, source }),
    authProvider: isObject(authProvider) ? authProvider : void 0,
    impersonate: impersonation(value)
  };
}
function impersonation(user) {
  const headers = {};
  const as = textAt(user, "as");
  const uid = textAt(user, "as-uid");
  if (as) headers["Impersonate-User"] = as;
  if (uid) headers["Impersonate-Uid"] = uid;
  const groups = textList(valueAt(user, "as-groups"));
  if (groups.length > 0) headers["Impersonate-Group"] = groups;
  const extra = valueAt(user, "as-user-extra");
  if (isObject(extra)) {
    for (const [key, values] of Object.entries(extra)) {
      headers[`Impersonate-Extra-${encodeURIComponent(key)}`] = textList(values);
    }
  }
  return headers;
}
function textList(value) {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
function fileAt(value, key, source) {
  const file = textAt(value, key);
  if (file === void 0 || file === "") return void 0;
  if (path2.isAbsolute(file)) return file;
  if (source.directory !== void 0) return path2.join(source.directory, file);
  throw invalid2(source, `refers to the file ${file} by a relative path under ${key}, but is no file itself`, {
    hint: `Embed it as ${key}-data: kubectl config view --raw --flatten does.`
  });
}
function invalid2(source, clause, details = {}) {
  return new TowpathError("KUBECONFIG_INVALID", `${source.name}: ${clause}`, { subject: source.name, ...details });
}

// src/cluster/credentials.ts
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";

// src/cluster/exec-credential.ts
var TIMEOUT_MS = 6e4;
var MAX_OUTPUT_BYTES = 1024 * 1024;
async function runExecPlugin(plugin, run) {
  const { settings, env, signal, kubeconfigFile } = run;
  const kubeconfig = kubeconfigFile === void 0 ? {} : { KUBECONFIG: await kubeconfigFile() };
  const request = {
    apiVersion: plugin.apiVersion,
    kind: "ExecCredential",
    spec: { interactive: false, ...plugin.provideClusterInfo ? { cluster: clusterFacts(settings) } : {} }
  };
  const result = await exec(plugin.command, plugin.args, {
    env: { ...env, ...kubeconfig, ...plugin.env, KUBERNETES_EXEC_INFO: JSON.stringify(request) },
    timeoutMs: TIMEOUT_MS,
    maxOutputBytes: MAX_OUTPUT_BYTES,
    signal
  }).catch((error) => {
    throw startFailure(plugin, settings, error);
  });
  if (result.exitCode !== 0) {
    const said = oneLine2(result.stderr.trim().split("\n").at(-1) ?? "");
    throw failure(plugin, settings, `ended with code ${result.exitCode}${said === "" ? "" : `: ${said}`}`);
  }
  return readCredential(result.stdout.toString("utf8"), { plugin, settings });
}
function clusterFacts({ server, cluster }) {
  return {
    server: server.href.replace(/\/$/, ""),
    ...cluster.tlsServerName === void 0 ? {} : { "tls-server-name": cluster.tlsServerName },
    ...cluster.skipVerify ? { "insecure-skip-tls-verify": true } : {},
    ...cluster.caData === void 0 ? {} : { "certificate-authority-data": cluster.caData },
    ...cluster.proxyUrl === void 0 ? {} : { "proxy-url": cluster.proxyUrl },
    ...cluster.execConfig === void 0 ? {} : { config: cluster.execConfig }
  };
}
function readCredential(text, { plugin, settings }) {
  const status = valueAt(parseOutput(text, { plugin, settings }), "status");
  if (!isObject(status)) throw failure(plugin, settings, "printed no ExecCredential with a status");
  const token = textAt(status, "token") || void 0;
  const certificate = textAt(status, "clientCertificateData") || void 0;
  const key = textAt(status, "clientKeyData") || void 0;
  if (token === void 0 && (certificate === void 0 || key === void 0)) {
    throw failure(plugin, settings, "gave neither a token nor a certificate with its key");
  }
  return { token, certificate, key };
}
function parseOutput(text, { plugin, settings }) {
  try {
    return parseJson(text);
  } catch {
    throw failure(plugin, settings, "printed something that is not JSON");
  }
}
function startFailure(plugin, settings, error) {
  if (!(error instanceof TowpathError)) return error;
  const code = error.code;
  if (code === "COMMAND_NOT_FOUND") return failure(plugin, settings, "is not installed");
  return failure(plugin, settings, code === "COMMAND_TIMEOUT" ? "did not end within 60 s" : "printed too much");
}
function failure(plugin, settings, clause) {
  const hint = oneLine2(plugin.installHint ?? "");
  return new TowpathError("CLUSTER_CREDENTIAL_FAILED", `the credential command ${plugin.command} ${clause}`, {
    subject: settings.name,
    hint: hint === "" ? `Run it by hand to see what is wrong: it is the exec section of user ${settings.user.name}.` : hint
  });
}

// src/cluster/credentials.ts
function createCredentialSource(settings, options) {
  let current;
  let newest;
  const load = async (signal) => {
    newest = await loadCredentials({ ...options, settings, signal });
    return newest;
  };
  const renew = (signal) => {
    const loading = load(signal);
    current = loading;
    loading.catch(() => {
      if (current === loading) current = void 0;
    });
    return loading;
  };
  return {
    get: (signal) => current ?? renew(signal),
    async refresh(stale, signal) {
      if (newest !== stale) return current ?? renew(signal);
      if (!isRenewable(settings)) return void 0;
      newest = void 0;
      return renew(signal);
    }
  };
}
function isRenewable({ user }) {
  return [user.exec, user.tokenFile, user.authProvider, user.certFile].some((origin) => origin !== void 0);
}
async function loadCredentials(loading) {
  const { settings, mask } = loading;
  if (settings.server.protocol === "http:") return { headers: {}, tls: noTls() };
  const { exec: exec2, tokenFile, username, password } = settings.user;
  const issued = exec2 === void 0 ? void 0 : await runExecPlugin(exec2, loading);
  const token = tokenFile === void 0 ? settings.user.token : await readToken(tokenFile, settings);
  const options = await applyKubeConfig(settings, { issued, token });
  const credentials = {
    headers: { ...basicHeader(username, password), ...authorizationOf2(options), ...settings.user.impersonate },
    tls: {
      ca: bufferOf(options.ca),
      cert: bufferOf(options.cert),
      key: bufferOf(options.key),
      rejectUnauthorized: options.rejectUnauthorized !== false,
      servername: options.servername
    }
  };
  for (const secret of [token, issued?.token, issued?.key, password, bearerOf(credentials), bufferOf(options.key)]) {
    if (secret !== void 0) mask(new Secret(String(secret)));
  }
  refuseExpired(credentials.tls.cert, loading);
  return credentials;
}
function noTls() {
  return { ca: void 0, cert: void 0, key: void 0, rejectUnauthorized: true, servername: void 0 };
}
async function readToken(file, settings) {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (cause) {
    throw failure2(settings, `cannot read the token file ${file} (${cause.code})`, cause);
  }
}
async function applyKubeConfig(settings, { issued, token }) {
  const { KubeConfig } = await import("./kubernetes-client-node.js");
  const { cluster, user, server } = settings;
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [
      {
        name: "cluster",
        server: server.href,
        caData: cluster.caData,
        caFile: cluster.caFile,
        skipTLSVerify: cluster.skipVerify,
        tlsServerName: cluster.tlsServerName
      }
    ],
    users: [
      {
        name: "user",
        certData: toBase64(issued?.certificate) ?? user.certData,
        certFile: issued?.certificate === void 0 ? user.certFile : void 0,
        keyData: toBase64(issued?.key) ?? user.keyData,
        keyFile: issued?.key === void 0 ? user.keyFile : void 0,
        token: issued?.token ?? token,
        authProvider: user.authProvider
      }
    ],
    contexts: [{ name: "context", cluster: "cluster", user: "user" }],
    currentContext: "context"
  });
  const options = { headers: {} };
  try {
    await config.applyToHTTPSOptions(options);
  } catch (cause) {
    throw failure2(settings, `no credential for context ${settings.name}: ${oneLine2(messageOf(cause))}`, cause);
  }
  return options;
}
function authorizationOf2({ headers }) {
  const value = headers?.["Authorization"];
  return typeof value === "string" ? { Authorization: value } : {};
}
function basicHeader(username, password) {
  if (username === void 0) return {};
  return { Authorization: `Basic ${toBase64(`${username}:${password ?? ""}`)}` };
}
function bearerOf({ headers }) {
  const value = headers["Authorization"];
  return typeof value === "string" ? value.replace(/^\w+ /, "") : void 0;
}
function toBase64(text) {
  return text === void 0 ? void 0 : Buffer.from(text).toString("base64");
}
function bufferOf(value) {
  if (Buffer.isBuffer(value)) return value;
  return typeof value === "string" ? Buffer.from(value) : void 0;
}
function refuseExpired(certificate, { settings, clock }) {
  if (certificate === void 0) return;
  let parsed;
  try {
    parsed = new X509Certificate(certificate);
  } catch (cause) {
    throw failure2(settings, `the client certificate of context ${settings.name} cannot be read`, cause);
  }
  if (parsed.validToDate.getTime() >= clock.now()) return;
  throw new TowpathError(
    "KUBECONFIG_CERTIFICATE_EXPIRED",
    `the client certificate of context ${settings.name} expired on ${parsed.validToDate.toISOString()}`,
    { subject: settings.name, hint: `Renew the certificate of user ${settings.user.name} in the kubeconfig.` }
  );
}
function failure2(settings, message, cause) {
  return new TowpathError("CLUSTER_CREDENTIAL_FAILED", message, { subject: settings.name, cause });
}

// src/cluster/kubeconfig-sources.ts
import { readFile as readFile2 } from "node:fs/promises";
import path3 from "node:path";
var HINT = "Give one with --kubeconfig or the kubeconfig input, or set KUBECONFIG.";
async function readKubeconfigSources(input, env) {
  if (input !== void 0 && "text" in input) {
    return [{ name: "the kubeconfig given", directory: void 0, text: decodeKubeconfigText(input.text) }];
  }
  if (input !== void 0) return Promise.all(input.paths.map(readNamed));
  const listed2 = (env["KUBECONFIG"] ?? "").split(path3.delimiter).filter((file) => file !== "");
  const candidates = listed2.length > 0 ? [...new Set(listed2)] : defaultFiles(env);
  const found = await Promise.all(candidates.map(readIfThere));
  const sources = found.filter((source) => source !== null);
  if (sources.length > 0) return sources;
  const where = listed2.length > 0 ? `$KUBECONFIG names ${candidates.join(", ")}, which is not there` : noDefault(candidates);
  throw new TowpathError("KUBECONFIG_NOT_FOUND", where, { hint: HINT });
}
function noDefault(candidates) {
  const place = candidates[0] === void 0 ? "" : `, and there is no ${candidates[0]}`;
  return `no kubeconfig is given${place}`;
}
function defaultFiles(env) {
  const home = env["HOME"] || env["USERPROFILE"];
  return home === void 0 || home === "" ? [] : [path3.join(home, ".kube", "config")];
}
async function readNamed(file) {
  const source = await readIfThere(file);
  if (source !== null) return source;
  throw new TowpathError("KUBECONFIG_NOT_FOUND", `no kubeconfig at ${file}`, {
    subject: file,
    hint: HINT
  });
}
async function readIfThere(file) {
  try {
    const text = await readFile2(file, "utf8");
    return { name: file, directory: path3.resolve(path3.dirname(file)), text: decodeKubeconfigText(text) };
  } catch (cause) {
    const code = cause.code ?? "unknown";
    if (code === "ENOENT") return null;
    throw new TowpathError("KUBECONFIG_UNREADABLE", `cannot read ${file} (${code})`, {
      subject: file,
      cause
    });
  }
}

// src/core/sync/order.ts
var PHASES = [
  "namespaces",
  "custom resource definitions",
  "classes and quotas",
  "accounts and roles",
  "role bindings",
  "configuration and storage",
  "services",
  "workloads",
  "traffic and scaling",
  "admission"
];
var PHASE_OF_KIND = {
  "/Namespace": "namespaces",
  "apiextensions.k8s.io/CustomResourceDefinition": "custom resource definitions",
  "/LimitRange": "classes and quotas",
  "/ResourceQuota": "classes and quotas",
  "flowcontrol.apiserver.k8s.io/FlowSchema": "classes and quotas",
  "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration": "classes and quotas",
  "/ServiceAccount": "accounts and roles",
  "rbac.authorization.k8s.io/ClusterRole": "accounts and roles",
  "rbac.authorization.k8s.io/Role": "accounts and roles",
  "rbac.authorization.k8s.io/ClusterRoleBinding": "role bindings",
  "rbac.authorization.k8s.io/RoleBinding": "role bindings",
  "/ConfigMap": "configuration and storage",
  "/PersistentVolume": "configuration and storage",
  "/PersistentVolumeClaim": "configuration and storage",
  "/Secret": "configuration and storage",
  "networking.k8s.io/NetworkPolicy": "configuration and storage",
  "policy/PodDisruptionBudget": "configuration and storage",
  "/Endpoints": "services",
  "/Service": "services",
  "apiregistration.k8s.io/APIService": "services",
  "discovery.k8s.io/EndpointSlice": "services",
  "autoscaling/HorizontalPodAutoscaler": "traffic and scaling",
  "gateway.networking.k8s.io/GRPCRoute": "traffic and scaling",
  "gateway.networking.k8s.io/HTTPRoute": "traffic and scaling",
  "gateway.networking.k8s.io/TCPRoute": "traffic and scaling",
  "gateway.networking.k8s.io/TLSRoute": "traffic and scaling",
  "keda.sh/ScaledObject": "traffic and scaling",
  "networking.k8s.io/Ingress": "traffic and scaling",
  // A webhook whose backend is not there yet would refuse whatever comes after it.
  "admissionregistration.k8s.io/MutatingAdmissionPolicy": "admission",
  "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding": "admission",
  "admissionregistration.k8s.io/MutatingWebhookConfiguration": "admission",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy": "admission",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding": "admission",
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration": "admission"
};
function orderPhases(items) {
  const sorted = items.map((item) => ({ item, key: sortKey(item) })).sort((a, b) => compare(a.key, b.key));
  return PHASES.map((name) => ({
    name,
    items: sorted.filter(({ item }) => phaseOf(item) === name).map(({ item }) => item)
  })).filter((phase) => phase.items.length > 0);
}
function phaseOf({ apiVersion, kind }) {
  const key = `${groupOf(apiVersion)}/${kind}`;
  const known = Object.hasOwn(PHASE_OF_KIND, key) ? PHASE_OF_KIND[key] : void 0;
  return known ?? (kind.endsWith("Class") ? "classes and quotas" : "workloads");
}
function sortKey(item) {
  return [item.kind, groupOf(item.apiVersion), item.namespace ?? "", item.name, item.apiVersion];
}
function compare(a, b) {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? "";
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}

// src/cluster/api/server-error.ts
function serverMessage({ status, body }, secret) {
  const text = (textAt(body, "message") ?? "").replace(TYPED_PATCH, "");
  const message = oneLine2(secret === void 0 ? text : withoutSecretValues(text, secret));
  return message === "" ? `the server answered with status ${status}` : message;
}
var TYPED_PATCH = /^failed to create typed patch object \([^)]*\): \.?/;
function statusReason({ body }) {
  return textAt(body, "kind") === "Status" ? textAt(body, "reason") ?? "" : "";
}
function isObjectMissing(answer, name) {
  return answer.status === 404 && textAt(answer.body, "details", "name") === name;
}
function fieldConflicts({ status, body }) {
  const causes = valueAt(body, "details", "causes");
  if (status !== 409 || !isList(causes)) return [];
  return causes.filter(isFieldConflict).map(toConflict);
}
function isFieldConflict(cause) {
  return isObject(cause) && textAt(cause, "reason") === "FieldManagerConflict";
}
var CONFLICT_WITH = /^conflict with "((?:[^"\\]|\\.)*)"(?: with subresource "([^"]*)")?/;
function toConflict(cause) {
  const [, manager = "another manager", subresource = ""] = CONFLICT_WITH.exec(textAt(cause, "message") ?? "") ?? [];
  return { field: oneLine2(textAt(cause, "field") ?? ""), manager: oneLine2(manager), subresource };
}
var QUOTED_VALUES = [
  /(Invalid value: )(?:"(?:[^"\\]|\\.)*"|[^:]*)/g,
  /(Value:)[^}]*/g,
  /(got )(?:"(?:[^"\\]|\\.)*"|&value\S*)/g
];
function withoutSecretValues(message, secret) {
  let masked = message;
  for (const pattern of QUOTED_VALUES) masked = masked.replace(pattern, "$1***");
  for (const value of secretValues(secret)) masked = masked.split(value).join("***");
  return masked;
}
function secretValues(secret) {
  const values = /* @__PURE__ */ new Set();
  for (const field of ["data", "stringData"]) {
    const map = valueAt(secret, field);
    if (!isObject(map)) continue;
    for (const value of Object.values(map)) {
      if (value === null || isObject(value) || isList(value)) continue;
      const text = String(value);
      values.add(text);
      values.add(Buffer.from(text, "base64").toString("utf8"));
      values.add(Buffer.from(text).toString("base64"));
      for (const line of Buffer.from(text, "base64").toString("utf8").split(/\r?\n/)) values.add(line);
    }
  }
  return [...values].filter((value) => value.trim().length >= 3).sort((a, b) => b.length - a.length);
}

// src/cluster/api/cluster-error.ts
function unauthorized(answer) {
  return new TowpathError("CLUSTER_UNAUTHORIZED", `the API server does not know us: ${serverMessage(answer)}`, {
    hint: "Renew the credentials in the kubeconfig."
  });
}

// src/cluster/api/known-kinds.ts
var KNOWN_KINDS = {
  v1: "ConfigMap Endpoints=endpoints LimitRange *Namespace *Node *PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount",
  "apps/v1": "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
  "batch/v1": "CronJob Job",
  "autoscaling/v1": "HorizontalPodAutoscaler",
  "autoscaling/v2": "HorizontalPodAutoscaler",
  "policy/v1": "PodDisruptionBudget",
  "networking.k8s.io/v1": "Ingress=ingresses *IngressClass=ingressclasses NetworkPolicy=networkpolicies",
  "rbac.authorization.k8s.io/v1": "*ClusterRole *ClusterRoleBinding Role RoleBinding",
  "storage.k8s.io/v1": "*StorageClass=storageclasses *CSIDriver",
  "scheduling.k8s.io/v1": "*PriorityClass=priorityclasses",
  "node.k8s.io/v1": "*RuntimeClass=runtimeclasses",
  "coordination.k8s.io/v1": "Lease",
  "discovery.k8s.io/v1": "EndpointSlice",
  "apiextensions.k8s.io/v1": "*CustomResourceDefinition",
  "apiregistration.k8s.io/v1": "*APIService",
  "admissionregistration.k8s.io/v1": "*MutatingWebhookConfiguration *ValidatingWebhookConfiguration *ValidatingAdmissionPolicy=validatingadmissionpolicies *ValidatingAdmissionPolicyBinding"
};
function knownKind(apiVersion, kind) {
  const kinds = Object.hasOwn(KNOWN_KINDS, apiVersion) ? KNOWN_KINDS[apiVersion] : void 0;
  for (const entry of kinds?.split(" ") ?? []) {
    const [, star = "", name = "", plural = `${name.toLowerCase()}s`] = /^(\*?)(\w+)(?:=(\w+))?$/.exec(entry) ?? [];
    if (name === kind) return { apiVersion, kind, resource: plural, namespaced: star === "" };
  }
  return void 0;
}

// src/cluster/api/discovery.ts
var DISCOVERY_FAILED = "CLUSTER_DISCOVERY_FAILED";
var AGGREGATED = [
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
  "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList",
  "application/json"
].join(",");
function createDiscovery(api) {
  let groups;
  const versions = /* @__PURE__ */ new Map();
  const inVersion = async (apiVersion, key, signal) => {
    const loading = versions.get(apiVersion) ?? loadVersion(api, { apiVersion, signal });
    versions.set(apiVersion, loading);
    return toLookup((await loading).get(key));
  };
  return {
    async find(apiVersion, kind, signal) {
      const known = knownKind(apiVersion, kind);
      if (known !== void 0) return { kind: "found", resource: known };
      const key = keyOf(apiVersion, kind);
      try {
        if (!apiVersion.includes("/")) return await inVersion(apiVersion, key, signal);
        groups ??= loadGroups(api, signal);
        const { aggregated, resources, stale } = await groups;
        if (!aggregated) return await inVersion(apiVersion, key, signal);
        const isStale = !resources.has(key) && stale.has(apiVersion);
        return isStale ? { kind: "unavailable", reason: `the server of ${apiVersion} does not answer` } : toLookup(resources.get(key));
      } catch (error) {
        if (!(error instanceof TowpathError) || error.code !== DISCOVERY_FAILED) throw error;
        return { kind: "unavailable", reason: error.message };
      }
    }
  };
}
function toLookup(resource) {
  return resource === void 0 ? { kind: "unknown" } : { kind: "found", resource };
}
async function loadGroups(api, signal) {
  const answer = await api.send({ method: "GET", path: "/apis", accept: AGGREGATED, signal });
  if (answer.status !== 200) throw discoveryError(answer);
  const aggregated = textAt(answer.body, "kind") === "APIGroupDiscoveryList";
  const resources = /* @__PURE__ */ new Map();
  const stale = /* @__PURE__ */ new Set();
  for (const group of aggregated ? listAt(answer.body, "items") : []) {
    for (const version of listAt(group, "versions")) {
      const apiVersion = `${textAt(group, "metadata", "name")}/${textAt(version, "version")}`;
      if (textAt(version, "freshness") === "Stale") stale.add(apiVersion);
      for (const item of listAt(version, "resources")) {
        const kind = textAt(item, "responseKind", "kind");
        const resource = textAt(item, "resource");
        if (kind === void 0 || resource === void 0) continue;
        const namespaced = textAt(item, "scope") === "Namespaced";
        resources.set(keyOf(apiVersion, kind), { apiVersion, kind, resource, namespaced });
      }
    }
  }
  return { aggregated, resources, stale };
}
async function loadVersion(api, { apiVersion, signal }) {
  const answer = await api.send({ method: "GET", path: versionPath(apiVersion), signal });
  if (answer.status === 404) return /* @__PURE__ */ new Map();
  if (answer.status !== 200) throw discoveryError(answer);
  const resources = /* @__PURE__ */ new Map();
  for (const item of listAt(answer.body, "resources")) {
    const kind = textAt(item, "kind");
    const resource = textAt(item, "name");
    if (kind === void 0 || resource === void 0 || resource.includes("/")) continue;
    resources.set(keyOf(apiVersion, kind), {
      apiVersion,
      kind,
      resource,
      namespaced: valueAt(item, "namespaced") === true
    });
  }
  return resources;
}
function keyOf(apiVersion, kind) {
  return `${apiVersion} ${kind}`;
}
function versionPath(apiVersion) {
  const parts = apiVersion.split("/").map(encodeURIComponent);
  return `${parts.length === 1 ? "/api" : "/apis"}/${parts.join("/")}`;
}
function listAt(value, key) {
  const list = valueAt(value, key);
  return isList(list) ? list : [];
}
function discoveryError(answer) {
  if (answer.status === 401) return unauthorized(answer);
  return new TowpathError(DISCOVERY_FAILED, `the API server does not say what it serves: ${serverMessage(answer)}`);
}

// src/cluster/sync/target.ts
function objectPath(target) {
  return `${collectionPath(target)}/${encodeURIComponent(target.name)}`;
}
function collectionPath({ resource, namespace }) {
  const place = namespace === void 0 ? "" : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${versionPath(resource.apiVersion)}${place}/${encodeURIComponent(resource.resource)}`;
}

// src/cluster/sync/live-objects.ts
var PAGE_SIZE = 500;
var MAX_LIST_BYTES = 128 * 1024 * 1024;
var MAX_GETS_AT_ONCE = 16;
var WITHOUT_LIST = /* @__PURE__ */ new Set([403, 405, 410]);
async function readLive(api, { targets, signal }) {
  const groups = [...Map.groupBy(targets, collectionPath)];
  const found = await Promise.all(
    groups.map(async ([path5, members]) => {
      try {
        const [only] = members;
        const isAlone = members.length === 1 && only !== void 0;
        if (isAlone) return [[only, await readOne(api, { target: only, signal })]];
        return [...await listAll(api, { path: path5, members, signal })];
      } catch (error) {
        const reason = readFailure(error);
        return members.map((target) => [target, { kind: "unknown", reason }]);
      }
    })
  );
  return new Map(found.flat());
}
async function listAll(api, collection) {
  const missing = new Map(collection.members.map((target) => [target.name, target]));
  const found = /* @__PURE__ */ new Map();
  let token = "";
  while (missing.size > 0) {
    const page = await listPage(api, collection, token);
    if (page === "use gets")
      return new Map([...found, ...await getEach(api, [...missing.values()], collection.signal)]);
    if ("kind" in page) return new Map(collection.members.map((target) => [target, page]));
    for (const item of page.items) {
      const target = missing.get(textAt(item, "metadata", "name") ?? "");
      if (target === void 0 || !isObject(item)) continue;
      missing.delete(target.name);
      found.set(target, { kind: "present", object: withKind(item, target) });
    }
    if (page.next === "") break;
    token = page.next;
    if (page.remaining / PAGE_SIZE > missing.size) {
      return new Map([...found, ...await getEach(api, [...missing.values()], collection.signal)]);
    }
  }
  for (const target of missing.values()) found.set(target, { kind: "absent" });
  return found;
}
async function listPage(api, { path: path5, signal }, token) {
  const query = { limit: String(PAGE_SIZE), ...token === "" ? {} : { continue: token } };
  const answer = await api.send({ method: "GET", path: path5, query, maxBytes: MAX_LIST_BYTES, signal }).catch((error) => {
    if (isTooLarge(error)) return null;
    throw error;
  });
  if (answer === null || WITHOUT_LIST.has(answer.status)) return "use gets";
  if (answer.status === 404) return { kind: "unserved" };
  if (answer.status !== 200) return unknown(answer);
  const items = valueAt(answer.body, "items");
  const remaining = valueAt(answer.body, "metadata", "remainingItemCount");
  if (!isList(items)) return { kind: "unknown", reason: "its kind could not be listed: the answer is no list" };
  return {
    items,
    next: textAt(answer.body, "metadata", "continue") ?? "",
    remaining: typeof remaining === "number" ? remaining : 0
  };
}
function isTooLarge(error) {
  return error instanceof TowpathError && error.code === "CLUSTER_ANSWER_TOO_LARGE";
}
async function getEach(api, targets, signal) {
  return mapConcurrent(
    targets,
    MAX_GETS_AT_ONCE,
    async (target) => [target, await readOne(api, { target, signal })]
  );
}
async function readOne(api, { target, signal }) {
  const answer = await api.send({ method: "GET", path: objectPath(target), signal });
  if (answer.status === 403 || answer.status === 405) return { kind: "forbidden" };
  if (answer.status === 404) return { kind: isObjectMissing(answer, target.name) ? "absent" : "unserved" };
  if (answer.status !== 200 || !isObject(answer.body)) return unknown(answer);
  return { kind: "present", object: withKind(answer.body, target) };
}
function withKind(item, { apiVersion, kind }) {
  return { ...item, apiVersion, kind };
}
function unknown(answer) {
  if (answer.status === 401) throw unauthorized(answer);
  return { kind: "unknown", reason: `it could not be read: ${serverMessage(answer)}` };
}
function readFailure(error) {
  if (!(error instanceof TowpathError)) throw error;
  const code = error.code;
  if (code !== "CLUSTER_TIMEOUT" && code !== "CLUSTER_BROKEN" && code !== "CLUSTER_ANSWER_TOO_LARGE") throw error;
  return `it could not be read: ${error.message}`;
}

// src/core/sync/custom-kind.ts
function isCustomResourceDefinition(object) {
  return groupOf(object.apiVersion) === "apiextensions.k8s.io" && object.kind === "CustomResourceDefinition";
}
function customKindsOf(definition) {
  const group = textAt(definition, "spec", "group");
  const kind = textAt(definition, "spec", "names", "kind");
  const resource = textAt(definition, "spec", "names", "plural");
  const versions = valueAt(definition, "spec", "versions");
  if (group === void 0 || kind === void 0 || resource === void 0 || !isList(versions)) return [];
  const namespaced = textAt(definition, "spec", "scope") === "Namespaced";
  return versions.flatMap((version) => {
    const name = textAt(version, "name");
    if (name === void 0 || valueAt(version, "served") !== true) return [];
    return [{ apiVersion: `${group}/${name}`, kind, resource, namespaced }];
  });
}
function definitionState(live) {
  const conditions = valueAt(live, "status", "conditions");
  if (!isList(conditions)) return { kind: "pending" };
  const statusOf = (type) => conditions.find((condition) => textAt(condition, "type") === type);
  const names = statusOf("NamesAccepted");
  if (textAt(names, "status") === "False") return { kind: "refused", reason: textAt(names, "message") ?? "" };
  return { kind: textAt(statusOf("Established"), "status") === "True" ? "established" : "pending" };
}

// src/core/sync/ignored.ts
var IGNORE_ANNOTATIONS = ["fluxcd.io/ignore", "flux.weave.works/ignore"];
function ignoringAnnotation(object) {
  return IGNORE_ANNOTATIONS.find((key) => {
    const value = valueAt(object, "metadata", "annotations", key);
    return value === "true" || value === true;
  });
}
var REPLACED_KINDS = /* @__PURE__ */ new Set(["ImagePolicy", "ImageRepository", "ImageUpdateAutomation"]);
function isReplaced({ apiVersion, kind }) {
  return groupOf(apiVersion) === "image.toolkit.fluxcd.io" && REPLACED_KINDS.has(kind);
}

// src/core/sync/payload.ts
var SERVER_METADATA = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "selfLink",
  "uid"
];
var LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
function payloadOf(object, namespace) {
  const body = { ...without(object, "status"), metadata: metadataOf(object, namespace) };
  const apiVersion = typeof object["apiVersion"] === "string" ? object["apiVersion"] : "";
  if (!isBuiltIn(apiVersion)) return body;
  const cleaned = dropNullTimestamps(body);
  if (apiVersion === "v1" && object["kind"] === "Secret") return withPlainData(cleaned);
  if (apiVersion === "v1" && object["kind"] === "ConfigMap") return withCompactBase64(cleaned, "binaryData");
  if (object["kind"] === "ClusterRole") return withoutAggregatedRules(cleaned);
  return cleaned;
}
function metadataOf(object, namespace) {
  const metadata = fieldOf(object, "metadata");
  if (!isObject(metadata)) return metadata ?? {};
  const kept = without(metadata, "namespace", ...SERVER_METADATA);
  const annotations = fieldOf(kept, "annotations");
  const cleaned = isObject(annotations) && Object.hasOwn(annotations, LAST_APPLIED) ? { ...kept, annotations: without(annotations, LAST_APPLIED) } : kept;
  return namespace === void 0 ? cleaned : { ...cleaned, namespace };
}
function dropNullTimestamps(value, key) {
  if (isList(value)) return value.map((item) => dropNullTimestamps(item));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([name, child]) => !(key === "metadata" && name === "creationTimestamp" && child === null)).map(([name, child]) => [name, dropNullTimestamps(child, name)]);
  return Object.fromEntries(entries);
}
function withPlainData(secret) {
  const compact = withCompactBase64(secret, "data");
  const stringData = fieldOf(compact, "stringData");
  if (!isObject(stringData)) return compact;
  const entries = Object.entries(stringData);
  const refused = entries.filter(([, value]) => typeof value !== "string");
  const encoded = entries.filter((entry) => typeof entry[1] === "string").map(([key, value]) => [key, toBase642(value)]);
  const data = fieldOf(compact, "data");
  const merged = { ...isObject(data) ? data : {}, ...Object.fromEntries(encoded) };
  return {
    ...without(compact, "data", "stringData"),
    ...Object.keys(merged).length > 0 || data !== void 0 ? { data: merged } : {},
    ...refused.length > 0 ? { stringData: Object.fromEntries(refused) } : {}
  };
}
function withCompactBase64(object, field) {
  const data = fieldOf(object, field);
  if (!isObject(data)) return object;
  const compact = Object.entries(data).map(([key, value]) => [
    key,
    typeof value === "string" ? value.replace(/[\r\n]+/g, "") : value
  ]);
  return { ...object, [field]: Object.fromEntries(compact) };
}
function withoutAggregatedRules(role) {
  const rules = fieldOf(role, "rules");
  const isPlaceholder = rules === null || isList(rules) && rules.length === 0;
  return isObject(fieldOf(role, "aggregationRule")) && isPlaceholder ? without(role, "rules") : role;
}
function toBase642(text) {
  return Buffer.from(text).toString("base64");
}

// src/core/sync/subject.ts
function subjectOf({ kind, namespace, name }) {
  return namespace === void 0 ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}

// src/core/sync/managed-fields.ts
function managedEntries(live) {
  const list = valueAt(live, "metadata", "managedFields");
  if (!isList(list)) return [];
  return list.flatMap((entry) => {
    const fields2 = valueAt(entry, "fieldsV1");
    if (!isObject(fields2)) return [];
    return [
      {
        manager: textAt(entry, "manager") ?? "",
        operation: textAt(entry, "operation") ?? "",
        apiVersion: textAt(entry, "apiVersion") ?? "",
        subresource: textAt(entry, "subresource") ?? "",
        fields: fields2
      }
    ];
  });
}
function applyEntry(live, manager) {
  return managedEntries(live).find(
    (entry) => entry.manager === manager && entry.operation === "Apply" && entry.subresource === ""
  );
}
function ownsField(fields2, ...path5) {
  let current = fields2;
  for (const key of path5) current = valueAt(current, `f:${key}`);
  return current !== void 0;
}

// src/core/sync/conflicts.ts
var PEOPLE_AND_EARLIER_APPLIERS = [
  /^kubectl(?:$|-)/,
  /^before-first-apply$/,
  /^flux(?:d|ctl)?$/,
  /^k9s$/,
  /^(?:Open)?Lens(?:\.exe)?$/,
  /^node-fetch$/,
  /^Mozilla$/,
  /^dashboard$/,
  /^(?:steve|rancher)$/
];
var AUTOSCALERS = [/^kube-controller-manager$/, /^horizontal-pod-autoscaler$/, /^keda(?:$|-)/, /^vpa-/];
var REPLICAS = ".spec.replicas";
function planConflicts(conflicts) {
  const judged = conflicts.map((conflict) => ({ conflict, verdict: judge(conflict) }));
  const those = (verdict) => judged.filter((entry) => entry.verdict === verdict).map(({ conflict }) => conflict);
  return { take: those("take"), yield: those("yield"), refuse: those("refuse") };
}
function judge({ field, manager, subresource }) {
  if (isPersonOrEarlierApplier(manager)) return "take";
  return field === REPLICAS && isAutoscaler(manager, subresource) ? "yield" : "refuse";
}
function isPersonOrEarlierApplier(manager) {
  return PEOPLE_AND_EARLIER_APPLIERS.some((pattern) => pattern.test(manager));
}
function isAutoscaler(manager, subresource) {
  return subresource === "scale" || AUTOSCALERS.some((pattern) => pattern.test(manager));
}
function scalerOf(live, manager) {
  const own = applyEntry(live, manager);
  return managedEntries(live).find(
    (entry) => entry !== own && entry.manager !== manager && ownsField(entry.fields, "spec", "replicas") && !isPersonOrEarlierApplier(entry.manager) && isAutoscaler(entry.manager, entry.subresource)
  )?.manager;
}
function withoutReplicas(desired) {
  const spec = fieldOf(desired, "spec");
  return isObject(spec) ? { ...desired, spec: without(spec, "replicas") } : desired;
}
function setsReplicas(desired) {
  return valueAt(desired, "spec", "replicas") !== void 0;
}
var FIELDS_SHOWN = 3;
function describeConflicts(conflicts, preposition) {
  const byManager = /* @__PURE__ */ new Map();
  for (const { field, manager } of conflicts) {
    byManager.set(manager, [...byManager.get(manager) ?? [], field.replace(/^\./, "")]);
  }
  return [...byManager].map(([manager, fields2]) => `${listed(fields2)} ${preposition} ${manager}`).join("; ");
}
function listed(fields2) {
  const shown = fields2.slice(0, FIELDS_SHOWN).join(", ");
  return fields2.length > FIELDS_SHOWN ? `${shown} and ${fields2.length - FIELDS_SHOWN} more fields` : shown;
}

// src/cluster/sync/outcome.ts
function settled({ subject }, { action, reason = "", object }) {
  return { row: { subject, action, reason }, object };
}
function noSuchKind({ kind, apiVersion }) {
  return `no such kind ${kind} in ${apiVersion}: is its CustomResourceDefinition applied?`;
}
function unverified(target, {
  outcome,
  action
}) {
  if (outcome.cause === "forbidden") return settled(target, { action, reason: "not verified: patch is forbidden" });
  if (outcome.cause === "not previewed") return settled(target, { action, reason: `not verified: ${outcome.reason}` });
  return settled(target, { action: "failed", reason: outcome.reason });
}
function reasonOf({ taken, yielded }, note = "") {
  const parts = [
    taken.length > 0 ? `took over ${describeConflicts(taken, "from")}` : "",
    yielded.length > 0 ? `left ${describeConflicts(yielded, "to")}` : "",
    note
  ];
  return parts.filter((part) => part !== "").join("; ");
}

// src/cluster/sync/prepare.ts
function targetsOf(items) {
  return items.map(({ work }) => work).filter(isTarget);
}
function isTarget(work) {
  return "payload" in work;
}
async function prepareItems(objects, { discovery, defaultNamespace, signal }) {
  const customKinds = objects.filter(isCustomResourceDefinition).flatMap(({ object }) => customKindsOf(object));
  const items = [];
  for (const desired of objects) {
    const resource = customKind(customKinds, desired);
    const found = resource === void 0 ? await discovery.find(desired.apiVersion, desired.kind, signal) : { kind: "found", resource };
    items.push(toItem(desired, { found, defaultNamespace }));
  }
  return refuseDuplicates(items);
}
function customKind(kinds, { apiVersion, kind }) {
  return kinds.find((candidate) => candidate.apiVersion === apiVersion && candidate.kind === kind);
}
function toItem(desired, { found, defaultNamespace }) {
  const { apiVersion, kind, name } = desired;
  const resource = found.kind === "found" ? found.resource : void 0;
  const isNamespaced = resource?.namespaced ?? desired.namespace !== void 0;
  const namespace = isNamespaced ? desired.namespace ?? defaultNamespace : void 0;
  const identity = { apiVersion, kind, name, namespace };
  const subject = subjectOf(identity);
  const ignored = ignoringAnnotation(desired.object);
  if (ignored !== void 0) {
    return { ...identity, work: { subject, action: "skipped", reason: `${ignored} is set in its file` } };
  }
  if (found.kind === "unknown" && isReplaced(desired)) {
    const reason = "towpath takes the place of its controller, and the cluster has no such kind";
    return { ...identity, work: { subject, action: "skipped", reason } };
  }
  if (resource === void 0) {
    const reason = found.kind === "unavailable" ? `its kind cannot be looked up: ${found.reason}` : noSuchKind(desired);
    return { ...identity, work: { subject, action: "failed", reason } };
  }
  const payload = payloadOf(desired.object, namespace);
  return { ...identity, work: { ...identity, desired, resource, subject, payload } };
}
function refuseDuplicates(items) {
  const settled2 = items.filter(({ work }) => !isTarget(work));
  const groups = [...Map.groupBy(targetsOf(items), objectPath).values()];
  return [...settled2, ...groups.map((group) => onlyOne(group))];
}
function onlyOne([first, ...others]) {
  const target = present(first, "member of a group");
  const { apiVersion, kind, name, namespace, subject, payload } = target;
  const isSame = others.every((other) => deepEqual(other.payload, payload));
  const places = [target, ...others].map(({ desired }) => `${desired.position.file}:${desired.position.line}`).sort();
  const row = {
    subject,
    action: "failed",
    reason: `the files have it more than once: ${places.join(", ")}`
  };
  return { apiVersion, kind, name, namespace, work: isSame ? target : row };
}

// src/cluster/sync/prerequisites.ts
function createPrerequisites({ targets, live, applier, dryRun }) {
  const namespaces = new Map(targets.filter(isNamespace).map((target) => [target.name, target]));
  const definitions = definitionsByKind(targets);
  const rows = /* @__PURE__ */ new Map();
  const needsOf = (target) => {
    const definition = definitions.get(keyOf(target.apiVersion, target.kind));
    const namespace = target.namespace === void 0 ? void 0 : namespaces.get(target.namespace);
    return { definition, namespace };
  };
  const failureOf2 = (needed) => {
    const row = rows.get(needed);
    return row?.action === "failed" && !isUsable(live.get(needed)) ? row.reason : void 0;
  };
  return {
    async beforePhase(phase) {
      const unread = phase.filter((target) => {
        const { definition } = needsOf(target);
        return definition !== void 0 && failureOf2(definition) === void 0 && live.get(target)?.kind === "unserved";
      });
      if (dryRun || unread.length === 0) return;
      const { api, signal } = applier;
      for (const [target, found] of await readLive(api, { targets: unread, signal })) live.set(target, found);
    },
    verdict(target) {
      const { definition, namespace } = needsOf(target);
      for (const needed of [definition, namespace]) {
        const failure3 = needed === void 0 ? void 0 : failureOf2(needed);
        if (needed !== void 0 && failure3 !== void 0) return blocked(target, { needed, failure: failure3 });
      }
      if (!dryRun) return void 0;
      if (definition !== void 0 && live.get(target)?.kind === "unserved") return predicted(target, definition);
      const isNew = namespace !== void 0 && live.get(namespace)?.kind === "absent";
      return isNew ? predicted(target, namespace) : void 0;
    },
    record(target, row) {
      rows.set(target, row);
    }
  };
}
function isUsable(live) {
  if (live?.kind !== "present") return live?.kind === "forbidden" || live?.kind === "unknown";
  const isDefinition = valueAt(live.object, "kind") === "CustomResourceDefinition";
  return !isDefinition || definitionState(live.object).kind === "established";
}
function isNamespace({ apiVersion, kind }) {
  return apiVersion === "v1" && kind === "Namespace";
}
function definitionsByKind(targets) {
  const byKind = /* @__PURE__ */ new Map();
  for (const target of targets.filter(isCustomResourceDefinition)) {
    for (const { apiVersion, kind } of customKindsOf(target.payload)) byKind.set(keyOf(apiVersion, kind), target);
  }
  return byKind;
}
function blocked({ subject }, { needed, failure: failure3 }) {
  return { subject, action: "failed", reason: `${needed.subject} could not be applied: ${failure3}` };
}
function predicted({ subject }, needed) {
  return { subject, action: "created", reason: `not verified: ${needed.subject} is not there yet` };
}

// src/core/sync/difference.ts
function differenceBetween(before, after, manager) {
  if (!deepEqual(contentOf(before), contentOf(after))) return "content";
  const [ours, theirs] = [applyEntry(before, manager), applyEntry(after, manager)];
  if (ours === void 0 || theirs === void 0) return ours === theirs ? "none" : "ownership";
  return ours.apiVersion === theirs.apiVersion && deepEqual(ours.fields, theirs.fields) ? "none" : "ownership";
}
function contentOf(object) {
  const metadata = valueAt(object, "metadata");
  return {
    ...without(object, "status"),
    metadata: isObject(metadata) ? without(metadata, "generation", "managedFields", "resourceVersion") : {}
  };
}

// src/core/sync/quantity.ts
var QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?(m|u|n|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d{1,3})?$/;
var MAX_LENGTH3 = 64;
var DECIMAL_EXPONENTS = /* @__PURE__ */ new Map([
  ["n", -9],
  ["u", -6],
  ["m", -3],
  ["", 0],
  ["k", 3],
  ["M", 6],
  ["G", 9],
  ["T", 12],
  ["P", 15],
  ["E", 18]
]);
var BINARY_SUFFIXES = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
var MAX_DIGITS = 18;
var INT64_MAX = 2n ** 63n - 1n;
function canonicalQuantity(value) {
  const text = typeof value === "number" || typeof value === "bigint" ? String(value) : value;
  if (typeof text !== "string" || text.length > MAX_LENGTH3) return void 0;
  const match = QUANTITY.exec(text);
  if (match === null) return void 0;
  const [, sign = "", whole = "", fraction = "", suffix = ""] = match;
  if (whole === "" && fraction === "") return void 0;
  const digits = BigInt(whole + fraction);
  const amount = sign === "-" ? -digits : digits;
  const significant = (whole.replace(/^0+/, "") || "0") + fraction;
  if (suffix.endsWith("i")) {
    const form2 = binaryForm({ amount, decimals: fraction.length, suffix });
    return form2 !== void 0 && isKeptBinary(significant, { fraction, suffix }) ? text : form2;
  }
  const isScientific = /^[eE][+-]?\d/.test(suffix);
  const exponent = isScientific ? Number(suffix.slice(1)) : DECIMAL_EXPONENTS.get(suffix);
  if (exponent === void 0) return void 0;
  const power = exponent - fraction.length;
  const form = decimalForm({ amount, exponent: power, isScientific });
  return form !== void 0 && isKeptDecimal(significant, power) ? text : form;
}
function isKeptDecimal(significant, power) {
  const isShort = significant.length <= MAX_DIGITS;
  return isShort && power % 3 === 0 && !significant.endsWith("000") && !significant.startsWith("0");
}
function isKeptBinary(significant, { fraction, suffix }) {
  const bits = 10 * BINARY_SUFFIXES.indexOf(suffix);
  const room = 14 - significant.length - Math.trunc(bits * 3 / 10);
  return fraction === "" && room >= 0 && BigInt(significant) % 8n !== 0n;
}
function binaryForm({ amount, decimals, suffix }) {
  const power = BINARY_SUFFIXES.indexOf(suffix);
  const scaled = amount * 1024n ** BigInt(power);
  const divisor = 10n ** BigInt(decimals);
  if (scaled % divisor !== 0n) return void 0;
  let rest = scaled / divisor;
  if (!fits(rest)) return void 0;
  if (rest > -1024n && rest < 1024n) return decimalForm({ amount: rest, exponent: 0, isScientific: false });
  let steps = 0;
  while (rest !== 0n && rest % 1024n === 0n && steps < BINARY_SUFFIXES.length - 1) {
    rest /= 1024n;
    steps++;
  }
  return `${rest}${BINARY_SUFFIXES[steps]}`;
}
function decimalForm({ amount, exponent, isScientific }) {
  if (amount === 0n) return "0";
  let mantissa = amount;
  let power = exponent;
  while (mantissa % 10n === 0n) {
    mantissa /= 10n;
    power++;
  }
  while (power % 3 !== 0) {
    mantissa *= 10n;
    power--;
  }
  if (power < -3) return void 0;
  if (power > 18 || !fits(mantissa * 10n ** BigInt(Math.max(power, 0)))) return void 0;
  if (isScientific) return power === 0 ? String(mantissa) : `${mantissa}e${power}`;
  const suffix = [...DECIMAL_EXPONENTS].find(([, value]) => value === power)?.[0];
  return suffix === void 0 ? void 0 : `${mantissa}${suffix}`;
}
function fits(value) {
  return value <= INT64_MAX && value >= -INT64_MAX;
}

// src/core/sync/server-shape.ts
var EXACT = { exact: true };
var PLAIN = {};
var QUANTITY2 = { quantity: true };
var QUANTITIES = { each: QUANTITY2 };
var OPEN = { open: true };
var METADATA = { fields: { annotations: OPEN, labels: OPEN } };
var CUSTOM = { exact: true, fields: { metadata: METADATA } };
function shapeOf(apiVersion, kind) {
  if (!isBuiltIn(apiVersion)) return CUSTOM;
  const key = `${groupOf(apiVersion)}/${kind}`;
  const shape = Object.hasOwn(SHAPES, key) ? SHAPES[key] : void 0;
  return { ...shape, fields: { ...shape?.fields, metadata: METADATA } };
}
function fieldShape(shape, key) {
  const { fields: fields2 } = shape;
  if (fields2 !== void 0 && Object.hasOwn(fields2, key)) return fields2[key] ?? PLAIN;
  return itemShape(shape);
}
function itemShape(shape) {
  return shape.exact === true ? EXACT : shape.each ?? PLAIN;
}
function fields(children) {
  return { fields: children };
}
function listOf(each) {
  return { each };
}
function filledWith(defaults, shape = PLAIN) {
  return { ...shape, filled: (value) => ({ ...defaults, ...value }) };
}
var OPEN_QUANTITIES = { open: true, each: QUANTITY2 };
var RESOURCES = fields({ limits: OPEN_QUANTITIES, requests: OPEN_QUANTITIES });
var SELECTOR_REFERENCES = {
  fieldRef: filledWith({ apiVersion: "v1" }),
  resourceFieldRef: filledWith({ divisor: "0" }, fields({ divisor: QUANTITY2 }))
};
var PORTS = { each: filledWith({ protocol: "TCP" }), keyDefaults: { protocol: "TCP" } };
var CONTAINER = fields({
  env: listOf(fields({ valueFrom: fields(SELECTOR_REFERENCES) })),
  ports: PORTS,
  resources: RESOURCES,
  securityContext: OPEN
});
var DOWNWARD_ITEMS = fields({ items: listOf(fields(SELECTOR_REFERENCES)) });
var CLAIM_SPEC = fields({ resources: RESOURCES });
var VOLUME = fields({
  downwardAPI: DOWNWARD_ITEMS,
  emptyDir: fields({ sizeLimit: QUANTITY2 }),
  ephemeral: fields({ volumeClaimTemplate: fields({ spec: CLAIM_SPEC }) }),
  projected: fields({
    sources: listOf(
      fields({ downwardAPI: DOWNWARD_ITEMS, serviceAccountToken: filledWith({ expirationSeconds: 3600 }) })
    )
  })
});
var POD_SPEC = fields({
  containers: listOf(CONTAINER),
  ephemeralContainers: listOf(CONTAINER),
  initContainers: listOf(CONTAINER),
  overhead: QUANTITIES,
  resources: RESOURCES,
  securityContext: OPEN,
  volumes: listOf(VOLUME)
});
var POD_TEMPLATE = fields({ metadata: METADATA, spec: POD_SPEC });
var TEMPLATED = fields({ spec: fields({ strategy: OPEN, template: POD_TEMPLATE, updateStrategy: OPEN }) });
var VOLUME_CLAIM = filledWith(
  { apiVersion: "v1", kind: "PersistentVolumeClaim", status: { phase: "Pending" } },
  fields({ spec: filledWith({ volumeMode: "Filesystem" }, CLAIM_SPEC) })
);
var JOB_SPEC = fields({
  podFailurePolicy: fields({ rules: listOf(fields({ onPodConditions: listOf(filledWith({ status: "True" })) })) }),
  template: POD_TEMPLATE
});
var RBAC_GROUP = { apiGroup: "rbac.authorization.k8s.io" };
var BINDING = fields({ roleRef: filledWith(RBAC_GROUP), subjects: listOf(filledWith(RBAC_GROUP)) });
var NETWORK_RULES = listOf(fields({ ports: listOf(filledWith({ protocol: "TCP" })) }));
var METRIC_SOURCE = fields({ target: fields({ averageValue: QUANTITY2, value: QUANTITY2 }) });
var DEFAULT_METRIC = {
  type: "Resource",
  resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } }
};
var WEBHOOKS = fields({ webhooks: listOf(fields({ rules: listOf(filledWith({ scope: "*" })) })) });
var RESOURCE_RULES = listOf(filledWith({ scope: "*" }));
var MATCH_RESOURCES = fields({ excludeResourceRules: RESOURCE_RULES, resourceRules: RESOURCE_RULES });
var LIMIT_QUANTITIES = {
  default: QUANTITIES,
  defaultRequest: QUANTITIES,
  max: QUANTITIES,
  maxLimitRequestRatio: QUANTITIES,
  min: QUANTITIES
};
var SHAPES = {
  "/ConfigMap": fields({ binaryData: OPEN, data: OPEN }),
  "/Endpoints": fields({ subsets: listOf(fields({ ports: PORTS })) }),
  "/LimitRange": fields({
    spec: fields({ limits: listOf({ fields: LIMIT_QUANTITIES, filled: withContainerDefaults }) })
  }),
  "/PersistentVolume": fields({ spec: fields({ capacity: QUANTITIES }) }),
  "/PersistentVolumeClaim": fields({ spec: CLAIM_SPEC }),
  "/Pod": POD_TEMPLATE,
  "/PodTemplate": fields({ template: POD_TEMPLATE }),
  "/ReplicationController": TEMPLATED,
  "/ResourceQuota": fields({ spec: fields({ hard: QUANTITIES }) }),
  "/Secret": fields({ data: OPEN }),
  "/Service": fields({ spec: fields({ ports: PORTS }) }),
  "admissionregistration.k8s.io/MutatingWebhookConfiguration": WEBHOOKS,
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy": fields({
    spec: fields({ matchConstraints: MATCH_RESOURCES })
  }),
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding": fields({
    spec: fields({ matchResources: MATCH_RESOURCES })
  }),
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration": WEBHOOKS,
  "apps/DaemonSet": TEMPLATED,
  "apps/Deployment": TEMPLATED,
  "apps/ReplicaSet": TEMPLATED,
  "apps/StatefulSet": fields({
    spec: fields({ template: POD_TEMPLATE, updateStrategy: OPEN, volumeClaimTemplates: listOf(VOLUME_CLAIM) })
  }),
  "autoscaling/HorizontalPodAutoscaler": fields({
    spec: fields({
      metrics: {
        whenEmpty: [DEFAULT_METRIC],
        each: fields({
          containerResource: METRIC_SOURCE,
          external: METRIC_SOURCE,
          object: METRIC_SOURCE,
          pods: METRIC_SOURCE,
          resource: METRIC_SOURCE
        })
      }
    })
  }),
  "batch/CronJob": fields({ spec: fields({ jobTemplate: fields({ spec: JOB_SPEC }) }) }),
  "batch/Job": fields({ spec: JOB_SPEC }),
  "discovery.k8s.io/EndpointSlice": fields({ ports: listOf(filledWith({ name: "", protocol: "TCP" })) }),
  "networking.k8s.io/NetworkPolicy": fields({ spec: fields({ egress: NETWORK_RULES, ingress: NETWORK_RULES }) }),
  "node.k8s.io/RuntimeClass": fields({ overhead: fields({ podFixed: QUANTITIES }) }),
  "rbac.authorization.k8s.io/ClusterRoleBinding": BINDING,
  "rbac.authorization.k8s.io/RoleBinding": BINDING
};
function withContainerDefaults(limit) {
  if (valueAt(limit, "type") !== "Container") return limit;
  const part = (name) => {
    const value = valueAt(limit, name);
    return isObject(value) ? value : {};
  };
  const limits = { ...part("max"), ...part("default") };
  return { ...limit, default: limits, defaultRequest: { ...part("min"), ...limits, ...part("defaultRequest") } };
}

// src/core/sync/same-value.ts
function sameValue(desired, live, shape) {
  if (shape.exact === true) return deepEqual(desired, live) || desired === null && live === void 0;
  if (shape.quantity === true) return sameQuantity(desired, live);
  if (desired === null) return live === null || live === void 0;
  if (isList(desired)) return sameList(desired, live, shape);
  if (isObject(desired)) return sameObject(desired, live, shape);
  return deepEqual(desired, live) || live === void 0 && isZero(desired);
}
function isZero(value) {
  return value === "" || value === false || value === 0 || value === 0n;
}
function sameQuantity(desired, live) {
  const canonical = canonicalQuantity(desired);
  return canonical !== void 0 && canonical === live;
}
function sameList(desired, live, shape) {
  if (desired.length === 0 && isNone(live)) return true;
  if (desired.length === 0 && shape.whenEmpty !== void 0) return deepEqual(shape.whenEmpty, live);
  if (!isList(live) || live.length !== desired.length) return false;
  return desired.every((item, index) => sameValue(item, live[index], itemShape(shape)));
}
function isNone(live) {
  return live === void 0 || live === null || isList(live) && live.length === 0;
}
function sameObject(desired, live, shape) {
  const keys = Object.keys(desired);
  if (live === void 0 || live === null) return keys.length === 0;
  if (!isObject(live)) return false;
  if (keys.length === 0 && shape.open === true) return true;
  const filled = shape.filled?.(desired) ?? desired;
  const matches2 = (key, value) => value !== void 0 && sameValue(value, ownOf(live, key), fieldShape(shape, key));
  if (!keys.every((key) => matches2(key, desired[key]) || matches2(key, filled[key]))) return false;
  return Object.keys(live).every((key) => Object.hasOwn(desired, key) || matches2(key, ownOf(filled, key)));
}
function ownOf(value, key) {
  return Object.hasOwn(value, key) ? value[key] : void 0;
}

// src/core/sync/proof.ts
function prove({ desired, live, manager }) {
  const entry = applyEntry(live, manager);
  const apiVersion = textAt(desired, "apiVersion") ?? "";
  const place = { desired, live, shape: shapeOf(apiVersion, textAt(desired, "kind") ?? ""), path: [] };
  if (entry === void 0) return proveBare(place);
  if (entry.apiVersion !== apiVersion) return unknown2({ kind: "not-owned", path: "" });
  const doubt2 = doubtIn({ ...place, owned: entry.fields });
  return doubt2 === null ? { kind: "unchanged" } : unknown2(doubt2);
}
function proveBare(place) {
  if (isObject(place.desired) && Object.keys(withoutIdentity(place.desired, [])).length === 0)
    return { kind: "unchanged" };
  const ownsNone = doubtInStruct({ ...place, owned: {} }, []) === null;
  return unknown2({ kind: ownsNone ? "form" : "not-owned", path: "" });
}
function unknown2(why) {
  return { kind: "unknown", why };
}
function doubtIn(place) {
  const elements = Object.keys(place.owned).filter((key) => key !== ".");
  const first = elements[0];
  if (first === void 0) {
    return sameValue(place.desired, place.live, place.shape) ? null : doubt("value", place.path);
  }
  if (first.startsWith("f:")) return doubtInStruct(place, elements);
  if (first.startsWith("k:")) return doubtInKeyedList(place, elements);
  if (first.startsWith("v:")) return doubtInSet(place, elements);
  return doubt("form", place.path);
}
function doubtInStruct(place, elements) {
  const { desired, live, shape, path: path5 } = place;
  if (!isObject(desired) || !isObject(live)) return doubt("form", path5);
  const names = /* @__PURE__ */ new Set();
  for (const element of elements) {
    const name = element.slice(2);
    const owned = fieldOf(place.owned, element);
    if (!element.startsWith("f:") || !isObject(owned)) return doubt("form", path5);
    names.add(name);
    const value = fieldOf(desired, name);
    if (value === void 0) return doubt("field-removed", [...path5, name]);
    const child = { owned, desired: value, live: fieldOf(live, name), shape: fieldShape(shape, name) };
    const found = doubtIn({ ...child, path: [...path5, name] });
    if (found !== null) return found;
  }
  for (const [name, value] of Object.entries(withoutIdentity(desired, path5))) {
    if (names.has(name)) continue;
    if (!ownsNothing(value, fieldOf(live, name), fieldShape(shape, name))) return doubt("field-added", [...path5, name]);
  }
  return null;
}
function withoutIdentity(desired, path5) {
  if (path5.length === 1 && path5[0] === "metadata") return without(desired, "name", "namespace");
  if (path5.length > 0) return desired;
  const metadata = fieldOf(desired, "metadata");
  const isBare = isObject(metadata) && Object.keys(without(metadata, "name", "namespace")).length === 0;
  return without(desired, "apiVersion", "kind", ...isBare ? ["metadata"] : []);
}
function ownsNothing(desired, live, shape) {
  if (isList(desired)) {
    const isEmpty = live === null || isList(live) && live.length === 0 || live === void 0 && shape.exact !== true;
    return desired.length === 0 && isEmpty;
  }
  if (!isObject(desired) || Object.keys(desired).length === 0) return false;
  if (live !== void 0 && !isObject(live)) return false;
  if (live === void 0 && shape.exact === true) return false;
  return Object.entries(desired).every(
    ([name, value]) => ownsNothing(value, fieldOf(live, name), fieldShape(shape, name))
  );
}
function doubtInKeyedList(place, elements) {
  const { desired, live, shape, path: path5 } = place;
  if (!isList(desired) || !isList(live)) return doubt("form", path5);
  const index = indexByKey(elements, shape);
  if (index === null) return doubt("form", path5);
  const liveIndex = new Map(live.map((item, position) => [index.keyOf(item), position]));
  if (liveIndex.size !== live.length) return doubt("form", path5);
  let last = -1;
  for (const item of desired) {
    const key = index.keyOf(item) ?? keyWithDefaults(item, { index, owned: place.owned });
    const element = key === null ? void 0 : index.elements.get(key);
    const owned = element === void 0 ? void 0 : fieldOf(place.owned, element);
    if (key === null || element === void 0 || !isObject(owned)) return doubt("field-added", path5);
    index.elements.delete(key);
    const position = liveIndex.get(key);
    const itemPath = [...path5, `[${labelOf(element)}]`];
    if (position === void 0) return doubt("value", itemPath);
    if (position < last) return doubt("order", path5);
    last = position;
    const found = doubtIn({ owned, desired: item, live: live[position], shape: itemShape(shape), path: itemPath });
    if (found !== null) return found;
  }
  for (const element of index.elements.values()) return doubt("field-removed", [...path5, `[${labelOf(element)}]`]);
  return null;
}
function keyWithDefaults(item, { index, owned }) {
  const matches2 = [...index.elements].filter(
    ([, element]) => Object.entries(keyObject(element) ?? {}).every(([name, value]) => {
      const own = fieldOf(item, name);
      return own === void 0 ? valueAt(owned, element, `f:${name}`) === void 0 : deepEqual(own, value);
    })
  );
  const [first, second] = matches2;
  return first !== void 0 && second === void 0 ? first[0] : null;
}
function indexByKey(elements, shape) {
  const keys = elements.map((element) => element.startsWith("k:") ? keyObject(element) : null);
  const names = Object.keys(keys[0] ?? {}).sort();
  const keyOf2 = (item) => {
    const values = names.map((name) => fieldOf(item, name) ?? fieldOf(shape.keyDefaults, name));
    return values.includes(void 0) ? null : JSON.stringify(values.map(keyText));
  };
  const index = /* @__PURE__ */ new Map();
  for (const [position, key] of keys.entries()) {
    if (key === null || Object.keys(key).length !== names.length) return null;
    const text = keyOf2(key);
    if (text === null) return null;
    index.set(text, elements[position] ?? "");
  }
  return { elements: index, keyOf: keyOf2 };
}
function keyText(value) {
  return `${typeof value === "bigint" ? "number" : typeof value}:${isObject(value) || isList(value) ? "" : String(value)}`;
}
function keyObject(element) {
  try {
    const parsed = JSON.parse(element.slice(2));
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
function doubtInSet(place, elements) {
  const { desired, live, path: path5 } = place;
  if (!isList(desired) || !isList(live)) return doubt("form", path5);
  const owned = elements.map(setValue);
  if (owned.includes(void 0)) return doubt("form", path5);
  if (new Set(desired.map(keyText)).size !== desired.length) return doubt("form", path5);
  let last = -1;
  for (const item of desired) {
    if (!owned.some((value) => deepEqual(value, item))) return doubt("field-added", path5);
    const position = live.findIndex((value) => deepEqual(value, item));
    if (position < 0) return doubt("value", path5);
    if (position < last) return doubt("order", path5);
    last = position;
  }
  return owned.length > desired.length ? doubt("field-removed", path5) : null;
}
function setValue(element) {
  if (!element.startsWith("v:")) return void 0;
  try {
    return JSON.parse(element.slice(2));
  } catch {
    return void 0;
  }
}
function labelOf(element) {
  return Object.entries(keyObject(element) ?? {}).map(([name, value]) => `${name}=${isObject(value) || isList(value) ? "" : String(value)}`).join(",");
}
function doubt(kind, path5) {
  return { kind, path: path5.join(".").replaceAll(".[", "[") };
}

// src/cluster/sync/apply.ts
var MAX_ROUNDS = 4;
var RETRY_MS = 300;
var REFUSED_HINT = "Let one of the two set the fields: remove them from the manifest, or the object from the other";
function plainPatch(payload) {
  return { payload, force: false, taken: [], yielded: [] };
}
async function applyPatch(applier, { target, patch, dryRun }) {
  let current = patch;
  let answer = await sendPatch(applier, { target, patch: current, dryRun });
  for (let round = 1; round < MAX_ROUNDS && answer.status === 409; round++) {
    const conflicts = fieldConflicts(answer);
    if (conflicts.length > 0) {
      const next = settle(current, conflicts);
      if ("refused" in next) return { kind: "failed", reason: next.refused, cause: "other" };
      current = next;
    } else {
      await applier.clock.sleep(RETRY_MS * round, applier.signal);
    }
    answer = await sendPatch(applier, { target, patch: current, dryRun });
  }
  for (const text of answer.warnings) applier.onWarning(printable(text, target), target);
  if ((answer.status === 200 || answer.status === 201) && isObject(answer.body)) {
    return { kind: "applied", object: answer.body, created: answer.status === 201, patch: current };
  }
  return { kind: "failed", reason: printableMessage(answer, target), cause: causeOf(answer, dryRun) };
}
function settle(patch, conflicts) {
  const plan = planConflicts(conflicts);
  if (plan.refuse.length > 0) {
    return { refused: `owned by another: ${describeConflicts(plan.refuse, "of")}. ${REFUSED_HINT}` };
  }
  const leaves = plan.yield.length > 0 && setsReplicas(patch.payload);
  return {
    payload: leaves ? withoutReplicas(patch.payload) : patch.payload,
    force: patch.force || plan.take.length > 0,
    taken: [...patch.taken, ...plan.take],
    yielded: [...patch.yielded, ...plan.yield]
  };
}
function sendPatch({ api, manager, signal }, { target, patch, dryRun }) {
  return api.send({
    method: "PATCH",
    path: objectPath(target),
    query: {
      fieldManager: manager,
      fieldValidation: "Strict",
      force: String(patch.force),
      ...dryRun ? { dryRun: "All" } : {}
    },
    body: patch.payload,
    signal
  });
}
function printable(text, { kind, payload }) {
  return kind === "Secret" ? withoutSecretValues(text, payload) : text;
}
function printableMessage(answer, { kind, payload }) {
  return serverMessage(answer, kind === "Secret" ? payload : void 0);
}
function causeOf(answer, dryRun) {
  if (answer.status === 403 && / cannot (?:patch|create) resource /.test(serverMessage(answer))) return "forbidden";
  const noDryRun = dryRun && statusReason(answer) === "BadRequest" && /does not support dry run/.test(serverMessage(answer));
  return noDryRun ? "not previewed" : "other";
}

// src/cluster/sync/definitions.ts
var POLL_MS = 250;
var TIMEOUT_MS2 = 3e4;
async function confirmDefinition({ target, live, done, applier }) {
  const { row, object } = done;
  if (object === void 0 || row.action === "failed" || row.action === "skipped") return done;
  const wasInForce = live?.kind === "present" && definitionState(live.object).kind === "established";
  if (row.action === "unchanged" && wasInForce) return done;
  const refusal = await untilUsable(target, { object, applier });
  return refusal === null ? done : settled(target, { action: "failed", reason: refusal });
}
async function untilUsable(target, { object, applier }) {
  const { api, clock, signal } = applier;
  const deadline = clock.now() + TIMEOUT_MS2;
  let current = object;
  while (true) {
    const state = definitionState(current);
    if (state.kind === "refused") return `its names are not accepted: ${oneLine2(state.reason)}`;
    if (state.kind === "established" && await isListed(api, { current, signal })) return null;
    if (clock.now() >= deadline) return `it was not established within ${TIMEOUT_MS2 / 1e3} s`;
    await clock.sleep(POLL_MS, signal);
    const answer = await api.send({ method: "GET", path: objectPath(target), signal });
    if (answer.status === 200 && isObject(answer.body)) current = answer.body;
  }
}
async function isListed(api, { current, signal }) {
  for (const { apiVersion, kind } of customKindsOf(current)) {
    const served = await loadVersion(api, { apiVersion, signal });
    if (!served.has(keyOf(apiVersion, kind))) return false;
  }
  return true;
}

// src/cluster/sync/reconcile.ts
async function reconcile(work) {
  const { target, live, applier, dryRun } = work;
  applier.signal?.throwIfAborted();
  try {
    const done = await decide(work);
    if (dryRun || !isCustomResourceDefinition(target)) return done.row;
    return (await confirmDefinition({ target, live, done, applier })).row;
  } catch (error) {
    applier.signal?.throwIfAborted();
    return settled(target, { action: "failed", reason: toProblem(error).message }).row;
  }
}
function decide(work) {
  switch (work.live.kind) {
    case "unserved":
      return settled(work.target, { action: "failed", reason: noSuchKind(work.target) });
    case "absent":
      return create(work);
    case "unknown":
      return settled(work.target, { action: "failed", reason: work.live.reason });
    case "forbidden":
      return applyUnseen(work);
    case "present":
      return update(work, work.live.object);
  }
}
async function create({ target, applier, dryRun }) {
  const outcome = await applyPatch(applier, { target, patch: plainPatch(target.payload), dryRun });
  if (outcome.kind === "applied") {
    const action = outcome.created ? "created" : "configured";
    return settled(target, { action, reason: reasonOf(outcome.patch), object: outcome.object });
  }
  if (dryRun) return unverified(target, { outcome, action: "created" });
  return settled(target, { action: "failed", reason: outcome.reason });
}
async function applyUnseen({ target, applier, dryRun }) {
  const outcome = await applyPatch(applier, { target, patch: plainPatch(target.payload), dryRun });
  if (outcome.kind === "failed") {
    if (dryRun) return unverified(target, { outcome, action: "configured" });
    return settled(target, { action: "failed", reason: outcome.reason });
  }
  const { created, object, patch } = outcome;
  if (created) return settled(target, { action: "created", reason: reasonOf(patch), object });
  const reason = reasonOf(patch, "whether it changes is not known: reading it is forbidden");
  return settled(target, { action: "configured", reason, object });
}
async function update(work, live) {
  const { target, applier, dryRun } = work;
  const ignored = ignoringAnnotation(live);
  if (ignored !== void 0) {
    return settled(target, { action: "skipped", reason: `${ignored} is set in the cluster`, object: live });
  }
  if (valueAt(live, "metadata", "deletionTimestamp") !== void 0) {
    return settled(target, { action: "failed", reason: "it is being deleted; the next run creates it again" });
  }
  const patch = leaveReplicas(target.payload, { live, manager: applier.manager });
  const proof = prove({ desired: patch.payload, live, manager: applier.manager });
  if (proof.kind === "unchanged") {
    return settled(target, { action: "unchanged", reason: reasonOf(patch), object: live });
  }
  const isSure = proof.why.kind === "not-owned" || proof.why.kind === "field-removed";
  return isSure && !dryRun ? write(work, { live, patch }) : preview(work, { live, patch });
}
async function preview(work, { live, patch }) {
  const { target, applier, dryRun } = work;
  const outcome = await applyPatch(applier, { target, patch, dryRun: true });
  if (outcome.kind === "failed") {
    if (dryRun) return unverified(target, { outcome, action: "configured" });
    if (outcome.cause === "not previewed") return write(work, { live, patch });
    return settled(target, { action: "failed", reason: outcome.reason });
  }
  const difference = await differenceOf(work, { live, previewed: outcome.object });
  if (difference === "none") {
    return settled(target, { action: "unchanged", reason: reasonOf(outcome.patch), object: live });
  }
  if (!dryRun) return write(work, { live, patch: outcome.patch });
  return settled(target, { action: "configured", reason: reasonOf(outcome.patch, noteOn(difference)), object: live });
}
async function differenceOf({ target, applier }, { live, previewed }) {
  const difference = differenceBetween(live, previewed, applier.manager);
  if (difference === "none" || versionOf(live) === versionOf(previewed)) return difference;
  const again = await readOne(applier.api, { target, signal: applier.signal });
  if (again.kind !== "present" || versionOf(again.object) !== versionOf(previewed)) return difference;
  return differenceBetween(again.object, previewed, applier.manager);
}
async function write({ target, applier }, { live, patch }) {
  const outcome = await applyPatch(applier, { target, patch, dryRun: false });
  if (outcome.kind === "failed") return settled(target, { action: "failed", reason: outcome.reason });
  const { created, object } = outcome;
  if (created) return settled(target, { action: "created", reason: reasonOf(outcome.patch), object });
  const isSame = versionOf(live) !== void 0 && versionOf(live) === versionOf(object);
  const difference = isSame ? "none" : differenceBetween(live, object, applier.manager);
  const action = difference === "none" ? "unchanged" : "configured";
  return settled(target, { action, reason: reasonOf(outcome.patch, noteOn(difference)), object });
}
function versionOf(object) {
  return valueAt(object, "metadata", "resourceVersion");
}
function noteOn(difference) {
  return difference === "ownership" ? "recorded as owner, no value changed" : "";
}
function leaveReplicas(payload, { live, manager }) {
  const scaler = setsReplicas(payload) ? scalerOf(live, manager) : void 0;
  if (scaler === void 0) return plainPatch(payload);
  const left = { field: ".spec.replicas", manager: scaler, subresource: "scale" };
  return { ...plainPatch(withoutReplicas(payload)), yielded: [left] };
}

// src/cluster/sync/sync-objects.ts
var OBJECTS_AT_ONCE = 32;
var UNREAD = { kind: "unknown", reason: "it was not read" };
async function syncObjects(objects, { context, options }) {
  const { api, clock, defaultNamespace, manager } = context;
  const { signal, dryRun } = options;
  signal?.throwIfAborted();
  const discovery = createDiscovery(api);
  const items = await prepareItems(objects, { discovery, defaultNamespace, signal });
  const targets = targetsOf(items);
  const live = new Map(await readLive(api, { targets, signal }));
  const problems = collectWarnings();
  const applier = { api, clock, manager, signal, onWarning: problems.add };
  const needs = createPrerequisites({ targets, live, applier, dryRun });
  const progress = countRows(items.length, options);
  const rows = [];
  for (const phase of orderPhases(items)) {
    await needs.beforePhase(targetsOf(phase.items));
    const done = await mapConcurrent(phase.items, OBJECTS_AT_ONCE, async ({ work }) => {
      const row = isTarget(work) ? await settle2(work, { needs, applier, dryRun, live }) : work;
      progress(row);
      return row;
    });
    rows.push(...done);
  }
  return { rows, problems: problems.list() };
}
async function settle2(target, { needs, applier, dryRun, live }) {
  const row = needs.verdict(target) ?? await reconcile({ target, live: live.get(target) ?? UNREAD, applier, dryRun });
  needs.record(target, row);
  return row;
}
function countRows(total, { onRow }) {
  let done = 0;
  return (row) => {
    done++;
    onRow?.(row, done, total);
  };
}
function collectWarnings() {
  const found = /* @__PURE__ */ new Map();
  return {
    add(text, target) {
      if (text === "" || found.has(text)) return;
      const { subject, desired } = target;
      found.set(text, {
        severity: "warning",
        code: "CLUSTER_WARNING",
        message: text,
        subject,
        position: desired.position
      });
    },
    list: () => [...found.values()]
  };
}

// src/cluster/transport/proxy.ts
import { BlockList, isIP } from "node:net";
function proxyFor(server, proxyUrl, env) {
  if (proxyUrl !== void 0) return parseProxy(proxyUrl);
  const scheme = server.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const fromEnvironment = setting(env, scheme);
  if (fromEnvironment === void 0 || isDirect(server, setting(env, "NO_PROXY") ?? "")) return void 0;
  return parseProxy(fromEnvironment.includes("://") ? fromEnvironment : `http://${fromEnvironment}`);
}
function setting(env, name) {
  return env[name] || env[name.toLowerCase()] || void 0;
}
function parseProxy(text) {
  const url = URL.canParse(text) ? new URL(text) : void 0;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  const scheme = url === void 0 ? "something that is no URL" : url.protocol.replace(":", "");
  throw new TowpathError(
    "KUBECONFIG_PROXY_UNSUPPORTED",
    `cannot connect through a proxy of type ${scheme}`,
    {
      hint: "Use an http:// or https:// proxy that allows CONNECT."
    }
  );
}
function isDirect(server, noProxy) {
  const host = server.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const port = server.port || (server.protocol === "https:" ? "443" : "80");
  if (host === "localhost" || isLoopback(host)) return true;
  return noProxy.split(",").map((entry) => entry.trim().toLowerCase()).some((entry) => entry !== "" && matches(entry, { host, port }));
}
function isLoopback(host) {
  return host === "::1" || isIP(host) === 4 && host.startsWith("127.");
}
function matches(entry, { host, port }) {
  if (entry === "*") return true;
  if (entry.includes("/")) return inSubnet(entry, host);
  const [, name = entry, wantedPort] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
  if (wantedPort !== void 0 && wantedPort !== port) return false;
  const bare = name.replace(/^\[|\]$/g, "").replace(/^\*\./, ".");
  if (isIP(host) !== 0) return bare === host;
  return bare.startsWith(".") ? host.endsWith(bare) : host === bare || host.endsWith(`.${bare}`);
}
function inSubnet(entry, host) {
  const family = isIP(host);
  const [network = "", prefix = ""] = entry.split("/");
  if (family === 0 || isIP(network) !== family || !/^\d{1,3}$/.test(prefix)) return false;
  if (Number(prefix) > (family === 4 ? 32 : 128)) return false;
  const subnet = new BlockList();
  subnet.addSubnet(network, Number(prefix), family === 4 ? "ipv4" : "ipv6");
  return subnet.check(host, family === 4 ? "ipv4" : "ipv6");
}

// src/cluster/transport/dial.ts
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect as connectTcp, isIP as isIP2 } from "node:net";
import { connect as connectTls } from "node:tls";
var CONNECT_TIMEOUT_MS = 15e3;
var KEEP_ALIVE_MS = 3e4;
var UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ALTNAME/;
async function dial(options, protocols) {
  const stop = new AbortController();
  const timeout = options.clock.sleep(CONNECT_TIMEOUT_MS, stop.signal).then(
    () => {
      throw new TowpathError(
        "CLUSTER_UNREACHABLE",
        `${options.server.host} did not take a connection within ${CONNECT_TIMEOUT_MS / 1e3} s`
      );
    },
    () => new Promise(() => void 0)
    // connected in time
  );
  const opening = open(options, protocols);
  try {
    return await Promise.race([opening, timeout]);
  } catch (error) {
    opening.then((socket) => socket.destroy()).catch(() => void 0);
    throw error;
  } finally {
    stop.abort();
  }
}
async function open(options, protocols) {
  const { server, proxy } = options;
  const host = server.hostname.replace(/^\[|\]$/g, "");
  const port = Number(server.port || (server.protocol === "https:" ? 443 : 80));
  try {
    const socket = proxy === void 0 ? await tcp({ host, port }) : await tunnel(proxy, `${server.hostname}:${port}`);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    return server.protocol === "https:" ? await encrypt(socket, host, { options, protocols }) : socket;
  } catch (error) {
    throw connectionError(options, error);
  }
}
function tcp(address) {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ ...address, autoSelectFamily: true });
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      resolve(socket);
    });
  });
}
function tunnel(proxy, authority) {
  return new Promise((resolve, reject) => {
    const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    const authorization = proxy.username === "" ? {} : { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` };
    const send = proxy.protocol === "https:" ? httpsRequest : httpRequest;
    const request = send({
      host: proxy.hostname,
      port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
      method: "CONNECT",
      path: authority,
      headers: { host: authority, ...authorization },
      agent: false
    });
    request.once("error", (error) => reject(new Error(`the proxy ${proxy.host} cannot be used: ${messageOf(error)}`)));
    request.once("response", (response) => {
      request.destroy();
      reject(new Error(`the proxy ${proxy.host} refused with status ${response.statusCode}`));
    });
    request.once("connect", (response, socket) => {
      if (response.statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`the proxy ${proxy.host} refused with status ${response.statusCode}`));
    });
    request.end();
  });
}
function encrypt(socket, host, { options, protocols }) {
  const { tls } = options;
  const servername = tls.servername ?? (isIP2(host) === 0 ? host : void 0);
  const settings = {
    socket,
    host: tls.servername ?? host,
    ALPNProtocols: [...protocols],
    rejectUnauthorized: tls.rejectUnauthorized,
    ...servername === void 0 ? {} : { servername },
    ...tls.ca === void 0 ? {} : { ca: tls.ca },
    ...tls.cert === void 0 ? {} : { cert: tls.cert },
    ...tls.key === void 0 ? {} : { key: tls.key }
  };
  return new Promise((resolve, reject) => {
    const secure = connectTls(settings);
    const fail = (error) => {
      socket.destroy();
      reject(error);
    };
    secure.once("error", fail);
    secure.once("secureConnect", () => {
      secure.off("error", fail);
      resolve(secure);
    });
  });
}
function connectionError({ server }, error) {
  const code = String(error.code ?? "");
  if (UNTRUSTED.test(code)) {
    return new TowpathError("CLUSTER_UNTRUSTED", `${server.host} is not trusted: ${messageOf(error)} (${code})`, {
      cause: error,
      hint: "Check certificate-authority-data and tls-server-name of the cluster in the kubeconfig."
    });
  }
  const clause = code === "" ? messageOf(error) : code;
  return new TowpathError("CLUSTER_UNREACHABLE", `${server.host} cannot be reached (${clause})`, {
    cause: error,
    hint: "Check the server address in the kubeconfig, and that this machine may reach it."
  });
}

// src/cluster/transport/http1.ts
import { Agent, request as sendRequest } from "node:http";

// src/cluster/transport/body.ts
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
var unzip = promisify(gunzip);
function collect(stream, maxBytes) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    let received = 0;
    let ended = false;
    stream.on("data", (chunk) => {
      received += chunk.length;
      if (received > maxBytes) return reject(tooLarge(maxBytes));
      chunks.push(chunk);
    });
    stream.once("end", () => {
      ended = true;
      resolve(Buffer.concat(chunks, received));
    });
    stream.once("error", reject);
    stream.once("aborted", () => reject(broken("the connection broke within an answer")));
    stream.once("close", () => {
      if (!ended) reject(broken("the connection broke within an answer"));
    });
  });
}
async function decode(body, { encoding, maxBytes }) {
  if (encoding === void 0 || encoding === "identity" || body.length === 0) return body;
  if (encoding !== "gzip") throw broken("the answer has an unknown content coding");
  try {
    return await unzip(body, { maxOutputLength: maxBytes });
  } catch (cause) {
    if (cause.code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(maxBytes);
    throw broken("the answer cannot be decompressed");
  }
}
function broken(message) {
  return new TowpathError("CLUSTER_BROKEN", message);
}
function tooLarge(maxBytes) {
  return new TowpathError("CLUSTER_ANSWER_TOO_LARGE", `the answer is larger than ${Math.round(maxBytes / 1024)} KiB`);
}

// src/cluster/transport/failure.ts
function failureOf(request, error) {
  if (request.signal?.aborted === true) return request.signal.reason;
  if (error instanceof TowpathError) return error;
  const code = error.code ?? messageOf(error);
  return new TowpathError("CLUSTER_BROKEN", `the connection broke (${code})`, { cause: error });
}

// src/cluster/transport/http1.ts
var MAX_SOCKETS = 32;
function createHttp1(options, first) {
  const agent = new DialingAgent(options, first);
  return {
    usable: true,
    send: (request) => exchange(request, { agent, options }),
    close: () => agent.destroy()
  };
}
var DialingAgent = class extends Agent {
  #options;
  #first;
  constructor(options, first) {
    super({ keepAlive: true, maxSockets: MAX_SOCKETS, scheduling: "lifo" });
    this.#options = options;
    this.#first = first;
    first?.on("error", () => void 0);
  }
  createConnection(_options, callback) {
    const first = this.#first;
    this.#first = void 0;
    const opening = first === void 0 || first.destroyed ? dial(this.#options, ["http/1.1"]) : Promise.resolve(first);
    opening.then(
      (socket) => callback?.(null, socket),
      (error) => callback?.(error)
    );
  }
  destroy() {
    this.#first?.destroy();
    super.destroy();
  }
};
async function exchange(request, { agent, options }) {
  const { response, raw } = await new Promise((resolve, reject) => {
    const sent = sendRequest({
      agent,
      host: options.server.hostname,
      port: options.server.port,
      method: request.method,
      path: request.path,
      headers: {
        ...request.headers,
        host: options.server.host,
        ...request.body === void 0 ? {} : { "content-length": request.body.length }
      },
      ...request.signal === void 0 ? {} : { signal: request.signal }
    });
    sent.once("error", (error) => reject(failureOf(request, error)));
    sent.once("response", (answer) => resolve({ response: answer, raw: collect(answer, request.maxBytes) }));
    sent.end(request.body);
  });
  try {
    const encoding = response.headers["content-encoding"];
    const body = await decode(await raw, { encoding, maxBytes: request.maxBytes });
    return { status: response.statusCode ?? 0, headers: response.headers, body };
  } catch (error) {
    response.destroy();
    throw failureOf(request, error);
  }
}

// src/cluster/transport/http2.ts
import { connect, constants } from "node:http2";

// src/cluster/transport/liveness.ts
var SILENCE_MS = 5e3;
var PONG_MS = 4e3;
function watchLiveness(watched) {
  const { session } = watched;
  const waiting = /* @__PURE__ */ new Set();
  const stop = new AbortController();
  let guarding = false;
  const lose = () => {
    stop.abort();
    session.destroy();
    for (const reject of waiting) reject();
  };
  session.once("close", () => setImmediate(lose));
  const guard = async () => {
    while (waiting.size > 0 && !stop.signal.aborted) {
      if (!await isAlive(watched, stop.signal)) lose();
    }
  };
  return (work) => new Promise((resolve, reject) => {
    const end = () => reject(new TowpathError("CLUSTER_BROKEN", "the connection broke"));
    if (stop.signal.aborted) return end();
    waiting.add(end);
    work.then(resolve, reject).finally(() => waiting.delete(end));
    if (guarding) return;
    guarding = true;
    guard().catch(() => void 0).finally(() => {
      guarding = false;
    });
  });
}
async function isAlive({ session, socket, clock }, signal) {
  const before = socket.bytesRead;
  await clock.sleep(SILENCE_MS, signal);
  if (socket.bytesRead !== before || session.destroyed) return !session.destroyed;
  const pong = new Promise((resolve) => {
    const sent = session.ping((error) => resolve(error === null));
    if (!sent) resolve(false);
  });
  return Promise.race([pong, clock.sleep(PONG_MS, signal).then(() => false)]);
}

// src/cluster/transport/http2.ts
var WINDOW_BYTES = 8 * 1024 * 1024;
function createHttp2({ server, clock }, socket) {
  const session = connect(server.origin, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: WINDOW_BYTES }
  });
  let usable = true;
  const end = () => {
    usable = false;
  };
  session.on("error", end).on("close", end).on("goaway", end);
  session.once("connect", () => session.setLocalWindowSize(2 * WINDOW_BYTES));
  const untilLost = watchLiveness({ session, socket, clock });
  return {
    get usable() {
      return usable && !session.closed && !session.destroyed;
    },
    send: (request) => untilLost(exchange2(request, { session, server })),
    close: () => session.destroy()
  };
}
async function exchange2(request, { session, server }) {
  const stream = startStream(request, { session, server });
  try {
    const [headers, raw] = await Promise.all([responseHeaders(stream), collect(stream, request.maxBytes)]);
    if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) throw new Error(`stream reset with code ${stream.rstCode}`);
    const encoding = headers["content-encoding"];
    const body = await decode(raw, { encoding, maxBytes: request.maxBytes });
    return { status: Number(headers[constants.HTTP2_HEADER_STATUS] ?? 0), headers, body };
  } catch (error) {
    stream.close(constants.NGHTTP2_CANCEL);
    throw failureOf(request, error);
  }
}
function startStream(request, { session, server }) {
  const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
  try {
    const stream = session.request(
      {
        ...Object.fromEntries(headers),
        [constants.HTTP2_HEADER_METHOD]: request.method,
        [constants.HTTP2_HEADER_PATH]: request.path,
        [constants.HTTP2_HEADER_SCHEME]: "https",
        [constants.HTTP2_HEADER_AUTHORITY]: server.host
      },
      { endStream: request.body === void 0, ...request.signal === void 0 ? {} : { signal: request.signal } }
    );
    stream.on("error", () => void 0);
    if (request.body !== void 0) stream.end(request.body);
    return stream;
  } catch (error) {
    throw failureOf(request, error);
  }
}
function responseHeaders(stream) {
  return new Promise((resolve, reject) => {
    stream.once("response", (headers) => resolve(headers));
    stream.once("error", reject);
    stream.once("close", () => reject(new Error("closed without an answer")));
  });
}

// src/cluster/transport/transport.ts
function createTransport(options) {
  let wire;
  let open2;
  let closed = false;
  const connected = async () => {
    if (wire !== void 0 && (open2 === void 0 || open2.usable)) return wire;
    open2 = void 0;
    const opening = openWire(options).then((opened) => {
      if (closed) opened.close();
      open2 = opened;
      return opened;
    });
    wire = opening;
    opening.catch(() => {
      if (wire === opening) wire = void 0;
    });
    return opening;
  };
  return {
    async send(request) {
      request.signal?.throwIfAborted();
      return withDeadline({ request, clock: options.clock }, async (bounded, signal) => {
        const used = await abortable(connected(), signal);
        return used.send(bounded);
      });
    },
    close() {
      closed = true;
      open2?.close();
    }
  };
}
async function openWire(options) {
  if (options.server.protocol === "http:") return createHttp1(options, void 0);
  const socket = await dial(options, ["h2", "http/1.1"]);
  return socket.alpnProtocol === "h2" ? createHttp2(options, socket) : createHttp1(options, socket);
}
async function withDeadline({ request, clock }, work) {
  const deadline = new AbortController();
  const done = new AbortController();
  clock.sleep(request.timeoutMs, done.signal).then(
    () => deadline.abort(timeoutError(request)),
    () => void 0
    // the exchange ended in time
  );
  const signal = request.signal === void 0 ? deadline.signal : AbortSignal.any([request.signal, deadline.signal]);
  try {
    return await work({ ...request, signal }, signal);
  } finally {
    done.abort();
  }
}
function timeoutError({ timeoutMs }) {
  return new TowpathError("CLUSTER_TIMEOUT", `the API server did not answer within ${timeoutMs / 1e3} s`);
}
function abortable(promise, signal) {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

// src/cluster/clusters.ts
var FIELD_MANAGER = "towpath";
function createClusters(options) {
  let loading;
  const kubeconfigFile = fileOnDemand(options);
  const kubeconfig = () => {
    loading ??= readKubeconfigSources(options.kubeconfig, options.env).then(parseKubeconfigs);
    return loading;
  };
  return {
    async contexts() {
      const { contexts, current } = await kubeconfig();
      return { names: [...contexts.keys()], current };
    },
    async open(context) {
      return openCluster(contextSettings(await kubeconfig(), context), { ...options, kubeconfigFile });
    },
    async kubeconfigFor(context, signal) {
      const settings = contextSettings(await kubeconfig(), context);
      const source = createCredentialSource(settings, { ...options, kubeconfigFile });
      const credentials = await source.get(signal);
      const key = credentials.tls.key?.toString("base64");
      for (const secret of [key, passwordOf(settings.cluster.proxyUrl)]) {
        if (secret !== void 0) options.mask(new Secret(secret));
      }
      return new Secret(renderKubeconfig(settings, credentials));
    }
  };
}
function passwordOf(url) {
  const password = url !== void 0 && URL.canParse(url) ? new URL(url).password : "";
  return password === "" ? void 0 : password;
}
function fileOnDemand({ kubeconfig, scratch }) {
  if (kubeconfig === void 0 || !("text" in kubeconfig)) return void 0;
  let writing;
  return () => {
    writing ??= writeKubeconfig(scratch, decodeKubeconfigText(kubeconfig.text));
    return writing;
  };
}
async function writeKubeconfig(scratch, text) {
  const file = path4.join(await scratch(), `kubeconfig-${randomUUID()}`);
  await writeFile(file, text, { mode: 384, flag: "wx" });
  return file;
}
function openCluster(settings, options) {
  const { clock, env, mask, userAgent, kubeconfigFile } = options;
  const proxy = proxyFor(settings.server, settings.cluster.proxyUrl, env);
  const api = createApiClient({
    server: settings.server,
    credentials: createCredentialSource(settings, { env, clock, mask, kubeconfigFile }),
    connect: ({ tls }) => createTransport({ server: settings.server, tls, proxy, clock }),
    userAgent,
    clock
  });
  const context = { api, clock, manager: FIELD_MANAGER, defaultNamespace: settings.namespace ?? "default" };
  return {
    name: settings.name,
    requests: api.requests,
    sync: (objects, syncOptions) => syncObjects(objects, { context, options: syncOptions }),
    async close() {
      api.close();
    }
  };
}
export {
  createClusters
};
