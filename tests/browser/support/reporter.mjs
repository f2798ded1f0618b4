// Tells each test in one line, what failed once more with its reason, and in the end the count.

export default async function* report(events) {
  let passed = 0;
  const failed = [];
  for await (const { type, data } of events) {
    if (type === "test:stderr" || type === "test:stdout") yield data.message;
    // A group has no promise of its own: what is in it is counted.
    if (!["test:pass", "test:fail"].includes(type) || data.details?.type === "suite" || data.skip || data.todo) continue;
    const seconds = (data.details.duration_ms / 1000).toFixed(1);
    if (type === "test:pass") {
      passed += 1;
      yield `   ${data.name} (${seconds} s)\n`;
    } else {
      const error = data.details.error?.cause ?? data.details.error;
      failed.push(`${data.name}: ${error?.message ?? error}`);
      yield `!! ${failed.at(-1)}\n${error?.stack ?? ""}\n`;
    }
  }
  if (failed.length) yield `\nBroken:\n${failed.map((line) => `!! ${line}\n`).join("")}`;
  yield `${passed} passed, ${failed.length} failed\n`;
}
