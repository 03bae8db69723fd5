import { describe, expect, it } from "vitest";
import { csvOf } from "./csv";
import { sampleExecution } from "./sample";

describe("CSV", () => {
  const line = (change: Parameters<typeof sampleExecution>[1]) =>
    csvOf([sampleExecution(0, change)])[1];

  it("has a line for each call below the names of its columns", () => {
    const [names, ...lines] = csvOf([sampleExecution(1), sampleExecution(2)]);
    expect(names).toMatch(/^id,started_at,status,.*\r\n$/);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(",everything,echo,rest,apiKey,key_first,100,90,,,req_1\r\n");
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])("lets no spreadsheet run %j", (name) =>
    expect(line({ name })).toContain(`,'${name},`),
  );

  it("quotes what would end a cell", () => {
    expect(line({ name: 'a,"b"\nc' })).toContain(',"a,""b""\nc",');
    expect(line({ name: '=HYPERLINK("x","y")' })).toContain(`,"'=HYPERLINK(""x"",""y"")",`);
  });
});
