using System.Text;
using System.Text.Json;

namespace OpinionPipeline.Pipeline.Submissions.Reading;

/// <summary>A JSON object a line, with the fields of the API or the names of the columns.</summary>
internal static class NdjsonReader
{
    public static IEnumerable<Row> Rows(TextReader text, LedgerTime time, ReadingLimits limits)
    {
        for (var number = 1; ReadLine(text, limits, number) is { } line; number++)
            if (!string.IsNullOrWhiteSpace(line))
                yield return Read(number, line, time, limits);
    }

    private static Row Read(int number, string line, LedgerTime time, ReadingLimits limits)
    {
        try
        {
            using var json = JsonDocument.Parse(
                line,
                new JsonDocumentOptions { MaxDepth = limits.JsonDepth }
            );
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return Bad("row.notObject", "此行不是 JSON 对象。", "This line is no JSON object.");
            var names = new List<string>();
            var values = new List<string>();
            foreach (var property in Flat(json.RootElement))
            {
                names.Add(property.Name);
                values.Add(property.Value);
            }
            return names.Count > limits.Columns
                    ? Bad("row.tooManyFields", "字段过多。", "Too many fields.")
                : Columns.TryRead(names, time, notices: []) is { } columns
                    ? columns.Read(number, values)
                : Bad("body.required", "缺少正文。", "The text is missing.");
        }
        catch (JsonException e)
        {
            return Bad(
                "row.notJson",
                $"此行不是有效的 JSON（第 {e.BytePositionInLine + 1} 字节附近）。",
                $"This line is no valid JSON (near byte {e.BytePositionInLine + 1})."
            );
        }

        Row Bad(string code, string zh, string en) =>
            new(number, null, [new Rejection(code, null, zh, en)]);
    }

    // reporter: {name, phone} stands beside the flat columns reporter and phone.
    private static IEnumerable<(string Name, string Value)> Flat(JsonElement json)
    {
        foreach (var property in json.EnumerateObject())
            if (property.Value.ValueKind == JsonValueKind.Object && property.Name == "reporter")
            {
                foreach (var inner in property.Value.EnumerateObject())
                    yield return (
                        inner.Name == "name" ? "reporter" : inner.Name,
                        inner.Value.ToString()
                    );
            }
            else
            {
                yield return (property.Name, property.Value.ToString());
            }
    }

    private static string? ReadLine(TextReader text, ReadingLimits limits, int number)
    {
        var line = new StringBuilder();
        int c;
        while ((c = text.Read()) >= 0 && c != '\n')
        {
            if (line.Length > limits.FieldLength)
                throw new UnreadableFileException(
                    "file.lineTooLong",
                    $"第 {number} 行过长。",
                    $"Line {number} is too long."
                );
            line.Append((char)c);
        }
        return c < 0 && line.Length == 0 ? null : line.ToString();
    }
}
